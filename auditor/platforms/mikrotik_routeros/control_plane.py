"""What reaches the device itself: the input chains."""

from auditor.model.areas import ControlPlane, Filter, ManagementInterface
from auditor.model.evidence import Known, Unknown
from auditor.platforms.mikrotik_routeros.filters import FIREWALL, Firewall, Rule
from auditor.platforms.mikrotik_routeros.statements import ExportReader

_LIMITED = (("tool mac-server", "mac-telnet"), ("tool mac-server mac-winbox", "mac-winbox"))


def control_plane(reader: ExportReader, firewall: Firewall, families: tuple[int, ...]) -> ControlPlane:
    """The chain `input` polices when it does not end by letting everybody in; the chain `output` filters what is sent."""
    filters: list[Filter] = []
    for family in FIREWALL:
        found = firewall.reaching(family, "any", None)
        if found is not None:
            filters.append(found)
    closed = {one.family for one in filters if _closes(one)}
    sources = tuple(one.bound for one in filters)
    if isinstance(reader.complete, Unknown) and not sources:
        return ControlPlane(policed=reader.complete)
    outgoing = [
        rule for family in FIREWALL for rule in firewall.chains.get((family, "output"), ()) if _drops(firewall, rule)
    ]
    return ControlPlane(
        policed=Known(bool(closed) and set(families) <= closed, sources),
        filters=tuple(filters),
        management=tuple(_management(reader)),
        egress=Known(bool(outgoing), tuple(rule.source for rule in outgoing)),
        sources=sources,
    )


def _closes(one: Filter) -> bool:
    return not isinstance(one.any_source, Known) or not one.any_source.value


def _drops(firewall: Firewall, rule: Rule) -> bool:
    return rule.action in ("drop", "reject") and firewall.active(rule)


def _management(reader: ExportReader) -> list[ManagementInterface]:
    found = []
    for menu, protocol in _LIMITED:
        entry = reader.only(menu)
        word = entry.settings.get("allowed-interface-list", "") if entry is not None else ""
        if entry is not None and word not in ("", "all", "none"):
            found.append(
                ManagementInterface(f"interface list {word}", (protocol,), reader.at(entry, "allowed-interface-list"))
            )
    return found
