"""routing-auth-missing."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network

from auditor.api import (
    Area,
    BgpNeighbor,
    CheckClass,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    ProtocolAdjacency,
    Severity,
    Source,
    Unknown,
    device_check,
    network,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco

Network = IPv4Network | IPv6Network
_PROTOCOLS = ("ospf", "ospfv3", "isis", "eigrp", "rip", "babel", "ldp", "hsrp", "vrrp", "glbp")
_KEY = "Set the key on both ends within the hold time, in a maintenance window: a key on one side ends the session."


@device_check(
    id="routing-auth-missing",
    title="A routing or redundancy protocol without authentication",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.MEDIUM,
    needs={Area.ROUTING, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "! BGP\nrouter bgp <AS>\n neighbor $where password <KEY>\n"
                "! OSPF\ninterface $where\n ip ospf authentication key-chain <KEYCHAIN>\n"
                "! HSRP\ninterface $where\n standby <GROUP> authentication md5 key-chain <KEYCHAIN>",
                verify="show ip bgp neighbors | include MD5; show ip ospf interface; show standby",
                caution=_KEY,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "router bgp <AS>\n neighbor $where\n  keychain <KEYCHAIN>\n"
            "router ospf <PROCESS>\n area <AREA>\n  interface $where\n   authentication message-digest keychain <KEYCHAIN>",
            verify="show bgp neighbor $where; show ospf interface",
            caution=_KEY,
        ),
        Platform.CISCO_NXOS: Fix(
            "router bgp <AS>\n  neighbor $where\n    password <KEY>\n"
            "interface $where\n  ip ospf authentication key-chain <KEYCHAIN>",
            verify="show bgp ipv4 unicast neighbors; show ip ospf interface",
            caution=_KEY,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set protocols bgp group <GROUP> neighbor $where authentication-algorithm ao\n"
            "set protocols bgp group <GROUP> neighbor $where authentication-key-chain <KEYCHAIN>\n"
            "set protocols ospf area <AREA> interface $where authentication keychain <KEYCHAIN>",
            verify="show bgp neighbor $where; show ospf interface detail",
            caution=_KEY + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "router bgp <AS>\n   neighbor $where password <KEY>\n"
            "interface $where\n   ip ospf authentication message-digest\n   ip ospf message-digest-key 1 sha256 <KEY>",
            verify="show bgp neighbors; show ip ospf interface",
            caution=_KEY,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure router "Base" bgp neighbor "$where" authentication-keychain "<KEYCHAIN>"\n'
            '/configure router "Base" ospf <INSTANCE> area <AREA> interface "$where" authentication-keychain "<KEYCHAIN>"',
            verify="show router bgp neighbor $where; show router ospf interface detail",
            caution=_KEY,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / network-instance <NAME> protocols bgp neighbor $where authentication keychain <KEYCHAIN>\n"
            "set / network-instance <NAME> protocols ospf instance <ID> area <AREA> interface $where authentication "
            "keychain <KEYCHAIN>",
            verify="info from state / network-instance <NAME> protocols bgp neighbor $where authentication",
            caution=_KEY,
        ),
        Platform.HUAWEI_VRP: Fix(
            "bgp <AS>\n peer $where keychain <KEYCHAIN>\n"
            "interface $where\n ospf authentication-mode hmac-sha256 1 cipher <KEY>",
            verify="display bgp peer $where verbose; display ospf interface $where",
            caution=_KEY,
        ),
        Platform.FRR: Fix(
            "router bgp <AS>\n neighbor $where password <KEY>\n"
            "interface $where\n ip ospf authentication key-chain <KEYCHAIN>",
            verify="vtysh -c 'show bgp neighbors $where'; vtysh -c 'show ip ospf interface'",
            caution=_KEY,
        ),
    },
    how="Every BGP neighbour, and every place where OSPF, IS-IS, EIGRP, RIP, LDP, HSRP, VRRP or GLBP talks to others. "
    "BGP over several hops, from a range, or on a network with more than two hosts is high. MD5 is reported as info, a "
    "password in clear text counts as none. Passive interfaces and loopbacks have no neighbours and are left out.",
    false_positives="Point-to-point links that the operator trusts; VRRP version 3 knows no authentication.",
    attack=("T1557", "T1565.002"),
    references=(CISA24, AA25),
)
def open_protocol(facts: Facts) -> Iterator[Judgement]:
    """Whoever reaches the link or the port can take part in a protocol without a key, and so move traffic to himself."""
    routing = facts.routing
    shared = _shared(facts)
    for neighbor in routing.bgp:
        why = _exposed(shared, neighbor)
        name = f"BGP neighbour {neighbor.address}" + _of(neighbor.vrf)
        severity = Severity.HIGH if why else Severity.MEDIUM
        yield from _judged(neighbor, name, severity, why)
    quiet = {one.name for one in facts.interfaces.interfaces if one.role == "loopback"}
    for place in routing.adjacencies:
        if place.protocol in _PROTOCOLS and not place.passive and not quiet & set(place.where.split()):
            name = " ".join(filter(None, (place.protocol.upper(), place.instance, "on", place.where))) + _of(place.vrf)
            yield from _judged(place, name, Severity.MEDIUM, "")


def _judged(place: BgpNeighbor | ProtocolAdjacency, name: str, severity: Severity, why: str) -> Iterator[Judgement]:
    kind = place.authentication
    if isinstance(kind, Unknown):
        yield Gap(kind.code, kind.reason)
        return
    weak = {"": f"has no authentication{why}", "text": "sends its password in clear text", "md5": "uses MD5"}
    if kind.value not in weak:
        return
    off = "" if place.active else " (shut down)"
    yield Problem(
        message=f"{name} {weak[kind.value]}{off}",
        evidence=_lines(place, kind),
        subject=name,
        severity=Severity.INFO if off or kind.value == "md5" else severity,
        values={"where": place.address if isinstance(place, BgpNeighbor) else place.where},
    )


def _lines(place: BgpNeighbor | ProtocolAdjacency, kind: Known[str]) -> tuple[Source, ...]:
    """The line that names the neighbour, and the one that says how it is guarded."""
    return tuple(dict.fromkeys((place.source, *kind.sources)))


def _exposed(shared: list[tuple[Network, str, str]], neighbor: BgpNeighbor) -> str:
    """Why more than the two ends of a link can reach the session; empty where nothing says so."""
    if neighbor.dynamic:
        return ", and any host of the range may connect"
    if isinstance(neighbor.multihop, Known) and neighbor.multihop.value > 1:
        return ", over several hops"
    peer = network(neighbor.address)
    for net, name, vrf in shared:
        if peer is not None and vrf == neighbor.vrf and peer.network_address in net:
            return f", on a network shared with others ({name})"
    return ""


def _shared(facts: Facts) -> list[tuple[Network, str, str]]:
    """The connected networks that more than two hosts fit in, with interface and VRF."""
    found = []
    for one in facts.interfaces.interfaces:
        for net in map(network, one.addresses if one.role != "loopback" else ()):
            if net is not None and net.num_addresses > 4:
                found.append((net, one.name, one.vrf))
    return found


def _of(vrf: str) -> str:
    return f" in VRF {vrf}" if vrf else ""
