"""What reaches the device itself."""

from auditor.model.areas import ControlPlane
from auditor.model.evidence import Known, Unknown
from auditor.platforms.nokia_srlinux.acls import Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader


def control_plane(reader: SrlReader, lists: Lists) -> ControlPlane:
    """The filters of `system control-plane-traffic input acl acl-filter F type T`; older: `acl cpm-filter ipv4-filter`."""
    reader.system.at("control-plane-traffic").use("output")
    filters = tuple(one for family in (4, 6) for one in lists.reaching(family, "", 0))
    sources = tuple(source for _, _, source in lists.control)
    if not sources and isinstance(reader.complete, Unknown):
        return ControlPlane(policed=reader.complete)
    return ControlPlane(policed=Known(bool(sources), sources), filters=filters, sources=sources)
