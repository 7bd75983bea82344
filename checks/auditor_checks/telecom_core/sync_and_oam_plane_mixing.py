"""sync-and-oam-plane-mixing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Interface,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import CISA24, SCAS, UK_COP
from auditor_checks.wording import cisco
from auditor_checks.zones import FACING, GLOBAL, Roles, no_roles, roles_unknown

_MOVE = "Moving an interface to another VRF removes its addresses and sessions: plan it in a maintenance window."


@device_check(
    id="sync-and-oam-plane-mixing",
    title="Planes that belong apart share a VRF",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.INTERFACES, Area.ROUTES},
    fix={
        **cisco(
            Fix(
                "interface $interface\n vrf forwarding <VRF>",
                verify="show vrf brief; show ip vrf interfaces",
                caution=_MOVE,
            )
        ),
        Platform.CISCO_IOSXR: Fix("interface $interface\n vrf <VRF>", verify="show vrf all", caution=_MOVE),
        Platform.CISCO_NXOS: Fix(
            "interface $interface\n  vrf member <VRF>", verify="show vrf interface", caution=_MOVE
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set routing-instances <VRF> interface $interface",
            verify="show route instance detail",
            caution=_MOVE + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix("interface $interface\n   vrf <VRF>", verify="show vrf", caution=_MOVE),
        Platform.NOKIA_SROS: Fix(
            '/configure service vprn "<VPRN>" interface "$interface"',
            verify="show service service-using",
            caution=_MOVE,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / network-instance <NAME> interface $interface",
            verify="show network-instance interfaces",
            caution=_MOVE,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $interface\n ip binding vpn-instance <VRF>",
            verify="display ip vpn-instance interface",
            caution=_MOVE,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip vrf add name=<VRF> interfaces=$interface", verify="/ip vrf print", caution=_MOVE
        ),
        Platform.FRR: Fix("ip link set dev $interface master <VRF>", verify="show vrf", caution=_MOVE),
    },
    how="The operator's list of roles names planes: oob, and words of the operator's own (oam, signalling, li, sync, user). "
    "What only faces somebody (core, edge, peering, customer, grx, internet) is transport. Interfaces of several planes in "
    "one VRF, the global table included, and static routes from the VRF of one plane into that of another are findings. "
    "Route targets are not compared. Without the list it is unknown.",
    false_positives="Roles that are no planes, such as words for a site or a vendor.",
    attack=("T1599",),
    references=(UK_COP, SCAS, CISA24),
)
def mixed_planes(facts: Facts) -> Iterator[Judgement]:
    """Where planes share a table, who breaks into one reaches the others: management, signalling and interception with it."""
    if roles_unknown(facts):
        yield no_roles()
    tables = _tables(facts)
    for vrf, planes in tables.items():
        if len(planes) > 1:
            first = [members[0] for members in planes.values()]
            yield Problem(
                message=f"{_table(vrf)} holds interfaces of several planes: "
                + ", ".join(f"{plane} ({members[0].name})" for plane, members in planes.items()),
                evidence=tuple(one.source for one in first),
                subject=_table(vrf),
                values={"interface": first[-1].name},
            )
    for route in facts.routes.static:
        target = "" if route.next_vrf in GLOBAL else route.next_vrf
        here, there = tables.get(route.vrf, {}), tables.get(target, {})
        if route.next_vrf and route.active and here and there and set(here) != set(there):
            yield Problem(
                message=f"a static route for {route.prefix} leads from {_table(route.vrf)} ({', '.join(here)}) into "
                f"{_table(target)} ({', '.join(there)})",
                evidence=(route.source,),
                subject=f"{_table(route.vrf)} to {_table(target)}: {route.prefix}",
            )


def _tables(facts: Facts) -> dict[str, dict[str, list[Interface]]]:
    """Of each table the planes in it, with their interfaces."""
    roles = Roles(facts)
    found: dict[str, dict[str, list[Interface]]] = {}
    for one in facts.interfaces.interfaces:
        role = roles.of(one)
        if role and not one.shutdown and one.addresses:
            plane = "transport" if role in FACING else role
            found.setdefault(one.vrf, {}).setdefault(plane, []).append(one)
    return found


def _table(vrf: str) -> str:
    return f"VRF {vrf}" if vrf else "the global table"
