"""core-node-unexpected-dns-or-egress."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Interface,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    StaticRoute,
    Translation,
    contains,
    device_check,
    listed,
)
from auditor_checks.references import CS_LIGHTBASIN
from auditor_checks.wording import ANY, cisco
from auditor_checks.zones import GLOBAL, Roles, no_roles, roles_unknown

_LOOK = "Nodes of the core lose what they reach over it: see first what uses the route."


@device_check(
    id="core-node-unexpected-dns-or-egress",
    title="The mobile core has a way to the internet",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.HIGH,
    needs={Area.INTERFACES, Area.ROUTES, Area.NAT},
    fix={
        **cisco(Fix("no ip route vrf $vrf $prefix", verify="show ip route vrf $vrf", caution=_LOOK)),
        Platform.CISCO_IOSXR: Fix(
            "router static\n vrf $vrf\n  address-family ipv4 unicast\n   no $prefix",
            verify="show route vrf $vrf",
            caution=_LOOK,
        ),
        Platform.CISCO_NXOS: Fix(
            "vrf context $vrf\n  no ip route $prefix <NEXT-HOP>", verify="show ip route vrf $vrf", caution=_LOOK
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete routing-instances $vrf routing-options static route $prefix",
            verify="show route table $vrf.inet.0",
            caution=_LOOK + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix("no ip route vrf $vrf $prefix", verify="show ip route vrf $vrf", caution=_LOOK),
        Platform.NOKIA_SROS: Fix(
            '/configure service vprn "$vrf" delete static-routes route $prefix route-type unicast',
            verify='show router service-name "$vrf" route-table',
            caution=_LOOK,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / network-instance $vrf interface <INTERNET-INTERFACE>",
            verify="show network-instance $vrf route-table",
            caution=_LOOK,
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo ip route-static vpn-instance $vrf $prefix",
            verify="display ip routing-table vpn-instance $vrf",
            caution=_LOOK,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip route disable [find routing-table=$vrf dst-address=$prefix]",
            verify="/ip route print where routing-table=$vrf",
            caution=_LOOK,
        ),
        Platform.FRR: Fix("vrf $vrf\n no ip route $prefix <NEXT-HOP>", verify="show ip route vrf $vrf", caution=_LOOK),
    },
    how="A VRF is one of the mobile core where an interface in it is declared core, has a role with the name of one of "
    "address_plan.core_ranges, or an address of these. Findings are a default route from it into the global table or a VRF "
    "with an internet interface, an internet interface in it, and address translation for it or for the core's addresses. "
    "Without roles and ranges it is unknown.",
    false_positives="The user plane's own way to the internet, which is wanted: give it a VRF and role of its own.",
    attack=("T1071", "T1048"),
    references=(CS_LIGHTBASIN,),
)
def way_out(facts: Facts) -> Iterator[Judgement]:
    """Malware in the core calls home over the first way to the internet that it finds, DNS included."""
    if roles_unknown(facts) and facts.declared.core_ranges is None:
        yield no_roles()
        return
    roles = Roles(facts)
    core = {one.vrf: one for one in facts.interfaces.interfaces if _is_core(facts, roles, one)}
    online = [one for one in facts.interfaces.interfaces if not one.shutdown and roles.of(one) == "internet"]
    for one in online:
        if one.vrf in core:
            yield _problem(core[one.vrf], f"internet interface {one.name}", (one.source,))
    targets = {*GLOBAL, *(one.vrf for one in online)}
    for route in facts.routes.static:
        if route.vrf in core and _leads_out(route, targets):
            yield _problem(core[route.vrf], f"default route into {route.next_vrf}", (route.source,), route.prefix)
    for rule in facts.nat.rules:
        if rule.active and (rule.vrf in core or _inner(facts, rule)):
            name = f"address translation for {rule.inside or rule.vrf}"
            yield _problem(core.get(rule.vrf), name, (rule.source,))


def _is_core(facts: Facts, roles: Roles, one: Interface) -> bool:
    """Whether an interface shows that its VRF is one of the mobile core; the global table never is."""
    if one.vrf in GLOBAL or one.shutdown:
        return False
    ranges = facts.declared.core_ranges or ()
    inside = any(listed(ranges, address.partition("/")[0]) for address in one.addresses)
    return inside or roles.of(one) in {"core", *(entry.kind for entry in ranges)}


def _leads_out(route: StaticRoute, targets: set[str]) -> bool:
    everywhere = route.prefix in ANY
    return everywhere and route.active and bool(route.next_vrf) and route.next_vrf in targets


def _inner(facts: Facts, rule: Translation) -> bool:
    return any(contains(entry.value, rule.inside) for entry in facts.declared.core_ranges or ())


def _problem(one: Interface | None, what: str, lines: tuple[Source, ...], prefix: str = "") -> Problem:
    vrf = one.vrf if one is not None else ""
    return Problem(
        message=f"core VRF {vrf} has {what}" if vrf else f"the core has {what}",
        evidence=(*lines, *((one.source,) if one is not None else ())),
        subject=f"{vrf or 'core'}: {what}",
        values={"vrf": vrf, "prefix": prefix},
    )
