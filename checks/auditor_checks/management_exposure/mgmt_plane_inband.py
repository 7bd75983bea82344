"""mgmt-plane-inband."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Interface,
    Judgement,
    Known,
    Platform,
    PointKind,
    Problem,
    Service,
    Setting,
    Severity,
    Source,
    Unknown,
    device_check,
)
from auditor_checks.references import AA25, CISA24, UK_COP
from auditor_checks.wording import (
    PROGRAMS,
    accepts,
    cisco,
    closed,
    gap,
    in_management_vrf,
    is_management_vrf,
    is_off,
    roles,
)
from auditor_checks.zones import FACING, GLOBAL

_OWN_VRFS = (Platform.CISCO_IOSXR, Platform.ARISTA_EOS, Platform.NOKIA_SRLINUX)
"""Where a way in answers in the VRFs that it names, and in no others."""
_SHOWN = 5
_LOCKED_OUT = "Reach the device over the management network before you close the other way."


@device_check(
    id="mgmt-plane-inband",
    title="Management answers on interfaces that carry other people's traffic",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.ACCESS, Area.ACLS, Area.SERVICES, Area.INTERFACES, Area.CONTROL_PLANE},
    fix={
        **cisco(
            Fix(
                "control-plane host\n management-interface <INTERFACE> allow ssh snmp",
                verify="show management-interface",
                caution=_LOCKED_OUT,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "control-plane\n management-plane\n  out-of-band\n   interface MgmtEth0/RP0/CPU0/0\n    allow all",
            verify="show mgmt-plane",
            caution=_LOCKED_OUT,
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list MGMT\n permit tcp <MANAGEMENT-NETWORK> any eq 22\nline vty\n access-class MGMT in",
            verify="show running-config | section 'line vty'",
            caution=_LOCKED_OUT,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system management-instance\nset interfaces lo0 unit 0 family inet filter input <FILTER>",
            verify="show configuration interfaces lo0",
            caution="Use 'commit confirmed 5'. " + _LOCKED_OUT,
        ),
        Platform.ARISTA_EOS: Fix(
            "management ssh\n vrf default\n  shutdown\n vrf MGMT\n  no shutdown",
            verify="show management ssh",
            caution=_LOCKED_OUT,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security management-access-filter ip-filter default-action drop",
            verify="show system security management-access-filter",
            caution="Admit the management network first. " + _LOCKED_OUT,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system ssh-server <NAME> network-instance mgmt", verify="info system ssh-server", caution=_LOCKED_OUT
        ),
    },
    how="Ways in and interfaces for programs that answer outside a VRF for management and past any list, where an interface "
    "that is up, has an address in the global table and no list of its own faces core, edge, peering, customer, grx or "
    "internet by its declared role, and nothing limits management to certain interfaces. Unknown where such services are "
    "on and no roles are declared. SNMP is judged by snmp-source-restriction-missing.",
    false_positives="In-band management that is meant, behind filters at the edge of the network.",
    attack=("T1133", "T1021"),
    references=(CISA24, AA25, UK_COP),
)
def in_band(facts: Facts) -> Iterator[Judgement]:
    """Customers and peers then reach the logins of the network, and an outage of the network takes its management along."""
    unclear, found = _open(facts)
    if facts.control_plane.management:
        return
    yield from dict.fromkeys(unclear)
    if not found:
        return
    if facts.declared.interface_roles is None:
        yield Gap(Code.DECLARATION, "management answers in band, and no interface roles are declared (interfaces)")
        return
    facing = roles(facts)
    ports = [one for one in facts.interfaces.interfaces if _open_port(one) and facing[one.name] in FACING]
    if ports:
        names = ", ".join(one.name for one in ports[:_SHOWN]) + (" ..." if len(ports) > _SHOWN else "")
        yield Problem(
            message=f"{', '.join(found)} can be reached through {names}",
            evidence=tuple(
                dict.fromkeys(
                    (*(source for sources in found.values() for source in sources), *(one.source for one in ports))
                )
            ),
            subject="management in band",
        )


def _open(facts: Facts) -> tuple[list[Gap], dict[str, tuple[Source, ...]]]:
    """What answers in the global table past any list; and what cannot be told."""
    unclear: list[Gap] = []
    found: dict[str, tuple[Source, ...]] = {}
    for point in facts.access.points:
        if point.kind is PointKind.REMOTE and not _in_vrfs(facts, point):
            _sort(point, point.protocols, unclear, found)
    for one in facts.services.of(*PROGRAMS):
        if not is_off(one.enabled) and not in_management_vrf(facts, one):
            _sort(one, one.enabled, unclear, found)
    return unclear, found


def _in_vrfs(facts: Facts, point: AccessPoint) -> bool:
    return (
        facts.platform in _OWN_VRFS and bool(point.vrfs) and all(is_management_vrf(facts, name) for name in point.vrfs)
    )


def _sort(
    one: AccessPoint | Service,
    on: Setting[bool] | Setting[tuple[str, ...]],
    unclear: list[Gap],
    found: dict[str, tuple[Source, ...]],
) -> None:
    if isinstance(one, AccessPoint) and closed(one.protocols):
        return
    for value in (one.open_families, on):
        if isinstance(value, Unknown):
            unclear.append(gap(value))
            return
    if isinstance(one.open_families, Known) and one.open_families.value:
        if isinstance(one, AccessPoint):
            found[f"{one.name} ({', '.join(accepts(one.protocols))})"] = (one.source,)
        else:
            sources = one.enabled.sources
            found[f"{one.kind} {one.name}".strip()] = sources


def _open_port(one: Interface) -> bool:
    """Up, with an address in the global table, and no list of its own before it."""
    return not one.shutdown and bool(one.addresses) and one.vrf in GLOBAL and not one.filters_in
