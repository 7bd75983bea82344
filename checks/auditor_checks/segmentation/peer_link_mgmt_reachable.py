"""peer-link-mgmt-reachable."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    AclEntry,
    Area,
    CheckClass,
    Confidence,
    Facts,
    Filter,
    Fix,
    Interface,
    Judgement,
    Known,
    Platform,
    PointKind,
    Problem,
    Service,
    ServiceKind,
    Severity,
    Source,
    device_check,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import accepts, by_default, cisco, is_on
from auditor_checks.zones import (
    GLOBAL,
    facing,
    families,
    filtered_as_a_whole,
    no_roles,
    not_probed,
    of_both,
    roles_unknown,
)

_ROLES = ("edge", "peering", "customer", "grx")
_BESIDE = (Platform.NOKIA_SROS,)
"""Where the VRFs of a way in are those that it is open in beside the global table, and none other is."""
_MANAGEMENT = (
    ServiceKind.HTTP,
    ServiceKind.HTTPS,
    ServiceKind.NETCONF,
    ServiceKind.RESTCONF,
    ServiceKind.GNMI,
    ServiceKind.JSON_RPC,
    ServiceKind.XML_API,
    ServiceKind.VENDOR_API,
    ServiceKind.VENDOR_MANAGEMENT,
    ServiceKind.SMART_INSTALL,
    ServiceKind.LINUX_SSH,
)
_BEFORE_LINUX = "nftables input"
"""Where chains are bound that packets to a Linux system itself pass."""
_RULES = "Permit BGP and ICMP of the neighbour before you bind the list, and keep a second login open."


@device_check(
    id="peer-link-mgmt-reachable",
    title="Management answers across an interconnect",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.CRITICAL,
    needs={Area.ACCESS, Area.SERVICES, Area.INTERFACES, Area.ACLS, Area.CONTROL_PLANE},
    fix={
        **cisco(
            Fix(
                "ip access-list extended EDGE-IN\n permit tcp host <NEIGHBOUR> any eq bgp\n"
                " deny ip any <INFRASTRUCTURE> <WILDCARD> log\n permit ip any any\n"
                "interface $interface\n ip access-group EDGE-IN in",
                verify="show ip interface $interface | include access list",
                caution=_RULES,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "control-plane\n management-plane\n  inband\n   interface <MANAGEMENT-INTERFACE>\n    allow SSH peer\n"
            "     address ipv4 <MANAGEMENT-NETWORK>",
            verify="show mgmt-plane",
            caution=_RULES,
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list EDGE-IN\n  10 permit tcp <NEIGHBOUR>/32 any eq bgp\n  20 deny ip any <INFRASTRUCTURE> log\n"
            "  30 permit ip any any\ninterface $interface\n  ip access-group EDGE-IN in",
            verify="show ip access-lists summary",
            caution=_RULES,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set firewall family inet filter PROTECT-RE term SSH from source-prefix-list MGMT\n"
            "set firewall family inet filter PROTECT-RE term SSH from destination-port ssh\n"
            "set firewall family inet filter PROTECT-RE term SSH then accept\n"
            "set interfaces lo0 unit 0 family inet filter input PROTECT-RE",
            verify="show configuration interfaces lo0",
            caution=_RULES + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list EDGE-IN\n   10 permit tcp host <NEIGHBOUR> any eq bgp\n   20 deny ip any <INFRASTRUCTURE> log\n"
            "   30 permit ip any any\ninterface $interface\n   ip access-group EDGE-IN in",
            verify="show ip access-lists EDGE-IN summary",
            caution=_RULES,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security management-access-filter ip-filter default-action drop\n"
            "/configure system security management-access-filter ip-filter entry 10 match src-ip address <MANAGEMENT-NETWORK>\n"
            "/configure system security management-access-filter ip-filter entry 10 action accept",
            verify="show system security management-access-filter ip-filter",
            caution=_RULES,
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl number <N>\n rule 5 deny ip destination <INFRASTRUCTURE> <WILDCARD> logging\n"
            "interface $interface\n traffic-filter inbound acl <N>",
            verify="display traffic-filter applied-record",
            caution=_RULES,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip firewall filter add chain=input in-interface=$interface action=drop log=yes",
            verify="/ip firewall filter print",
            caution=_RULES,
        ),
        Platform.FRR: Fix(
            "nft add chain inet filter input '{ type filter hook input priority 0; policy accept; }'\n"
            "nft add rule inet filter input iifname $interface ct state new tcp dport '{ 22, 2601-2623 }' drop",
            verify="nft list ruleset",
            caution=_RULES + " Write the rules to /etc/nftables.conf, or they are gone after a restart.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / acl acl-filter CPM type ipv4 entry <N> match ipv4 protocol tcp destination-port value 22\n"
            "set / acl acl-filter CPM type ipv4 entry <N> match ipv4 source-ip prefix <MANAGEMENT-NETWORK>\n"
            "set / acl acl-filter CPM type ipv4 entry <N> action accept\n"
            "set / system control-plane-traffic input acl acl-filter CPM type ipv4",
            verify="info from state / system control-plane-traffic input acl",
            caution=_RULES,
        ),
    },
    how="Interfaces that are declared edge, peering, customer or grx, are up and have no inbound list, on a device with a "
    "command line or management service that is on in their table and that no list covers in the same address family: "
    "high, because no probe has shown it. Everything else is unknown without a probe from such a place, never a pass.",
    false_positives="A filter on the other side of the link; addresses that the neighbour has no route to.",
    attack=("T1199", "T1133"),
    references=(AA25, CISA24),
    evidence=("config",),
)
def open_to_neighbours(facts: Facts) -> Iterator[Judgement]:
    """Intruders who own a peer or a customer come in through the link that joins the networks."""
    if roles_unknown(facts):
        yield no_roles()
    else:
        guarded = _guarded(facts)
        for one, role in facing(facts, *_ROLES):
            one.filters_known.need()
            for family in families(one):
                bound = any(entry.defined and entry.family in (family, 0) for entry in one.filters_in)
                if not bound and family not in guarded:
                    yield from _judged(one, role, family, _open(facts, one, family))
    yield not_probed("whether management answers a peer or customer")


def _guarded(facts: Facts) -> set[int]:
    """The families that a firewall of the device sees; on Linux that is the hook `input`, not the one for what is forwarded."""
    if facts.platform != Platform.FRR:
        return filtered_as_a_whole(facts)
    mine = [acl for acl in facts.acls.lists if any(place.where == _BEFORE_LINUX for place in acl.bindings)]
    return of_both(acl.family for acl in mine if not acl.default_permit or any(map(_stops, acl.entries)))


def _stops(entry: AclEntry) -> bool:
    """Whether an entry refuses packets, or hands them to a list that may."""
    return not entry.permit or bool(entry.action)


def _judged(one: Interface, role: str, family: int, found: dict[str, Source]) -> Iterator[Problem]:
    if found:
        yield Problem(
            message=f"{one.name} ({role}) has no inbound list for IPv{family}, and the device answers there with "
            + ", ".join(found),
            evidence=(one.source, *found.values()),
            subject=f"{one.name}: IPv{family}",
            severity=Severity.HIGH,
            confidence=Confidence.LIKELY,
            values={"interface": one.name},
        )


def _open(facts: Facts, one: Interface, family: int) -> dict[str, Source]:
    """Management that is on in the table of the interface, that no list covers and no limit keeps away from it."""
    limits = _limits(facts, one)
    found: dict[str, Source] = {}
    for point in facts.access.points:
        words = [word for word in accepts(point.protocols) if limits is None or limits & {"all", word}]
        if point.kind is PointKind.REMOTE and words and _reached(facts, point, one, family):
            found[f"{point.name} ({', '.join(words)}){by_default(point.protocols)}"] = point.source
    for service in facts.services.of(*_MANAGEMENT):
        let_in = limits is None or limits & {"all", service.kind.casefold()}
        if let_in and is_on(service.enabled) and _reached(facts, service, one, family):
            name = service.name if service.kind in service.name else f"{service.kind} {service.name}".strip()
            found[f"{name}{by_default(service.enabled)}"] = (*service.enabled.sources, *service.sources, one.source)[0]
    return found


def _limits(facts: Facts, one: Interface) -> set[str] | None:
    """The protocols that may come in over the interface, where management is limited to interfaces; None where not."""
    if not facts.control_plane.management:
        return None
    names = {port.name for port in facts.interfaces.interfaces}
    limited = [entry for entry in facts.control_plane.management if entry.interface in names]
    mine = {word.casefold() for entry in limited if entry.interface == one.name for word in entry.protocols}
    return (mine | ({"all"} if "any-service" in mine else set())) if limited else None


def _reached(facts: Facts, way: AccessPoint | Service, one: Interface, family: int) -> bool:
    tables = {*way.vrfs, *(GLOBAL if facts.platform in _BESIDE else ())}
    if tables and not {one.vrf, *(GLOBAL if one.vrf in GLOBAL else ())} & tables:
        return False
    return (isinstance(way.open_families, Known) and family in way.open_families.value) or _lets_all_in(way.filters)


def _lets_all_in(filters: tuple[Filter, ...]) -> bool:
    return bool(filters) and all(is_on(bound.any_source) for bound in filters)
