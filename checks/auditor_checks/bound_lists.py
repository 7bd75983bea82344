"""Every source list that stands in front of a management service, each once."""

from collections.abc import Iterator

import msgspec

from auditor.api import Admission, Facts, Filter, Known, Service, ServiceKind
from auditor_checks.wording import PROGRAMS, closed, community, is_off

MANAGEMENT = (
    *PROGRAMS,
    ServiceKind.VENDOR_API,
    ServiceKind.VENDOR_MANAGEMENT,
    ServiceKind.FTP,
    ServiceKind.TFTP,
)
"""Services by which a device is managed, beside the command line and SNMP."""
_WEB = (ServiceKind.HTTP, ServiceKind.HTTPS)


class BoundList(msgspec.Struct, frozen=True):
    """A list, where it stands, and in front of what."""

    filter: Filter
    where: str
    topic: str
    """`login`, `snmp` or `ntp`: whose declared sources it is compared with."""
    vrfs: tuple[str, ...] = ()


def bound_lists(facts: Facts) -> Iterator[BoundList]:
    """Lists on command lines, on services that are not known to be off, and on the SNMP agent."""
    for point in facts.access.points:
        if not point.reverse and not closed(point.protocols):
            yield from (BoundList(bound, point.name, "login", point.vrfs) for bound in point.filters)
    for service in facts.services.of(*MANAGEMENT):
        if not is_off(service.enabled):
            yield from (BoundList(bound, _named(service), "login", service.vrfs) for bound in service.filters)
    yield from _on_snmp(facts)


def is_everybody(bound: Filter, admission: Admission) -> bool:
    """Whether the entry is the one that lets any source in, which acl-any-on-management reports."""
    return (
        isinstance(bound.any_source, Known) and bound.any_source.value and admission.source in bound.any_source.sources
    )


def _on_snmp(facts: Facts) -> Iterator[BoundList]:
    snmp = facts.snmp
    if is_off(snmp.enabled):
        return
    places = [("SNMP agent", snmp.filters)]
    places += [(community(one), one.filters) for one in snmp.communities]
    places += [(f"SNMP group {group.name}", group.filters) for group in snmp.groups]
    places += [(f"SNMP user {user.name}", user.filters) for user in snmp.users]
    for where, filters in places:
        yield from (BoundList(bound, where, "snmp", snmp.vrfs) for bound in filters)


def _named(service: Service) -> str:
    if service.kind in _WEB:
        return "web server"
    name = service.name or str(service.kind)
    return name if name.startswith(service.kind) else f"{service.kind} {name}"
