"""Flow export."""

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.mikrotik_routeros.statements import ExportReader

_IGNORED = (
    "active-flow-timeout",
    "inactive-flow-timeout",
    "cache-entries",
    "packet-sampling",
    "sampling-space",
    "interfaces",
)
_VERSIONS = {"1": "netflow", "5": "netflow", "9": "netflow", "ipfix": "ipfix"}


def exporters(reader: ExportReader) -> Exporters:
    """Read `/ip traffic-flow set enabled= interfaces=`, `/ip traffic-flow target add dst-address= port= version=`."""
    enabled = reader.flag("ip traffic-flow", "enabled")
    settings = reader.only("ip traffic-flow", *_IGNORED)
    bound: tuple[Source, ...] = ()
    if settings is not None and isinstance(enabled, Known) and enabled.value:
        settings.get("interfaces")
        bound = (reader.at(settings, "interfaces"),)
    found = []
    for entry in reader.entries("ip traffic-flow target", "v9-template-refresh", "v9-template-timeout", "src-address"):
        address, port = entry.get("dst-address"), entry.get("port", "2055")
        old, colon, old_port = entry.get("address").partition(":")
        port = old_port if colon else port
        on = reader.active(entry)
        active: Setting[bool] = (
            enabled if isinstance(enabled, Unknown) else Known(enabled.value and on, enabled.sources)
        )
        found.append(
            FlowExporter(
                address=address or old,
                source=reader.at(entry),
                protocol=_VERSIONS.get(entry.get("version", "9").lower(), "netflow"),
                port=int(port) if port.isdigit() else None,
                sources=reader.all(entry),
                bound=bound,
                active=active,
            )
        )
    sampling: tuple[Source, ...] = ()
    if settings is not None and settings.get("sampling-interval"):
        sampling = (reader.at(settings, "sampling-interval"),)
    return Exporters(tuple(found), sampling)
