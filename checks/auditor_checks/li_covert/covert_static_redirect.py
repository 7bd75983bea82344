"""covert-static-redirect."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Kind,
    NotKnownError,
    Platform,
    Problem,
    Review,
    Severity,
    StaticRoute,
    Tunnel,
    contains,
    device_check,
    listed,
    no_list,
)
from auditor_checks.copies import evidence, into_tunnel, is_host, length, subnets
from auditor_checks.lawful import to_mediation
from auditor_checks.references import AA25
from auditor_checks.tunnel_kinds import SIGNALLED
from auditor_checks.wording import cisco

_CAUTION = "See first that the way by the routing protocol is there, and that no management session hangs on the route."


class _Doubt:
    """What is odd about a route, and whether it is grave."""

    def __init__(self, *, text: str, grave: bool, tunnel: Tunnel | None = None) -> None:
        self.text, self.grave, self.tunnel = text, grave, tunnel


@device_check(
    id="covert-static-redirect",
    title="A static route leads to a next hop or into a tunnel that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.ROUTES, Area.TUNNELS, Area.INTERFACES},
    fix={
        **cisco(Fix("no $line", verify="show ip route static", caution=_CAUTION)),
        Platform.CISCO_IOSXR: Fix(
            "router static\n address-family ipv4 unicast\n  no $line\ncommit",
            verify="show route static",
            caution=_CAUTION,
        ),
        Platform.CISCO_NXOS: Fix("no $line", verify="show ip route static vrf all", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "delete routing-options static route $prefix next-hop $hop",
            verify="show route protocol static",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix("no $line", verify="show ip route vrf all static", caution=_CAUTION),
        Platform.NOKIA_SROS: Fix(
            '/configure router "Base" static-routes delete route $prefix route-type unicast',
            verify="show router static-route",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / network-instance $vrf static-routes route $prefix\ncommit stay",
            verify="show network-instance $vrf route-table",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix("undo $line", verify="display ip routing-table protocol static", caution=_CAUTION),
        Platform.FRR: Fix("no $line", verify="show ip route static", caution=_CAUTION),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip route disable [find dst-address=$prefix gateway=$hop]", verify="/ip route print", caution=_CAUTION
        ),
    },
    how="Judged are routes to a single address outside the operator's space, routes into tunnels that paths.tunnels does not have, "
    "next hops outside that space that are no declared peer, and routes that cover declared AAA, log or time servers and do not "
    "go to a next hop of the operator on a connected network. What paths.static_next_hops has passes, as do sinks, and routes in "
    "declared management VRFs. High for a single address or such servers when the way is a tunnel or leaves the operator's "
    "space. Without the list: items to review. Routes that are switched off are info.",
    false_positives="Routes to customers and partners whose next hop nobody declared.",
    attack=("T1557", "T1565.002"),
    references=(AA25,),
    preserve=True,
)
def odd_route(facts: Facts) -> Iterator[Judgement]:
    """A static route for one address draws its traffic to whoever set it, past every routing protocol."""
    hops = facts.declared.static_next_hops
    reviewed = False
    for route in facts.routes.static:
        if _plain(facts, route):
            continue
        doubt = _doubt(facts, route)
        if doubt is None:
            continue
        subject = f"route {route.prefix} to {_way(route)}" + (f" in VRF {route.vrf}" if route.vrf else "")
        tunnel = doubt.tunnel
        lines = evidence(route.source, (tunnel.source, tunnel.remote_source) if tunnel and tunnel.remote_source else ())
        message = f"{subject}: {doubt.text}" + ("" if route.active else " (switched off)")
        if hops is None:
            reviewed = True
            yield Review(subject, message, lines)
            continue
        yield Problem(
            message=message,
            evidence=lines,
            subject=subject,
            severity=Severity.INFO if not route.active else Severity.HIGH if doubt.grave else Severity.MEDIUM,
            confidence=Confidence.LIKELY if facts.declared.operator_prefixes is None else Confidence.CERTAIN,
            values={
                "line": route.source.text.strip(),
                "prefix": route.prefix,
                "hop": route.next_hop or route.interface,
                "vrf": route.vrf or "default",
            },
        )
    if reviewed:
        yield no_list("next hops of static routes (paths.static_next_hops)")
    if not all(_plain(facts, route) for route in facts.routes.static):
        _known(facts)


def _known(facts: Facts) -> tuple[Tunnel, ...]:
    """The tunnels; a route is not known to be plain before they are."""
    return facts.tunnels.tunnels


def _way(route: StaticRoute) -> str:
    return " ".join(word for word in (route.interface, route.next_hop) if word) or route.next_vrf or "nowhere"


def _plain(facts: Facts, route: StaticRoute) -> bool:
    """Sinks, declared next hops, and routes of a declared management VRF."""
    declared = facts.declared
    hop = listed(declared.static_next_hops or (), route.next_hop)
    return route.discard or hop or listed(declared.management_vrfs or (), route.vrf)


def _doubt(facts: Facts, route: StaticRoute) -> _Doubt | None:
    """Why a route is odd; None where it is plain routing."""
    space, hop = facts.declared.in_operator_space, route.next_hop
    foreign_hop = space(hop) is False
    alone, server = is_host(route.prefix), _server(facts, route.prefix)
    tunnel = _tunnel(facts, route)
    if tunnel is not None:
        text = f"it leads into {tunnel.name}, an undeclared {tunnel.mode} tunnel to {tunnel.remote or 'many'}"
        return _Doubt(text=text, grave=alone or bool(server), tunnel=tunnel)
    if server and (alone or not _own(facts, hop)) and length(route.prefix) > 0:
        return _Doubt(text=f"it covers {server}, a declared server", grave=foreign_hop)
    if alone and not space(route.prefix) and not to_mediation(facts, route.prefix):
        return _Doubt(text="it draws the traffic of a single address", grave=foreign_hop)
    if foreign_hop and not listed(facts.declared.bgp_peers or (), hop):
        return _Doubt(
            text="its next hop lies outside the operator's address space and is no declared peer", grave=False
        )
    return None


def _tunnel(facts: Facts, route: StaticRoute) -> Tunnel | None:
    """The undeclared tunnel that the route leads into."""
    try:
        tunnel = into_tunnel(facts, route)
    except NotKnownError:
        return None
    known = tunnel is not None and tunnel.remote and listed(facts.declared.tunnels or (), tunnel.remote)
    return None if tunnel is None or known or tunnel.mode in SIGNALLED else tunnel


def _own(facts: Facts, hop: str) -> bool:
    """Whether a next hop is the operator's and on a connected network."""
    connected = any(contains(net, hop) for port in facts.interfaces.interfaces for net in subnets(facts, port.name))
    return connected and facts.declared.in_operator_space(hop) is True


def _server(facts: Facts, prefix: str) -> str:
    """A declared server of AAA, logs or time that the prefix covers."""
    declared = facts.declared
    lists = (declared.tacacs_servers, declared.radius_servers, declared.log_hosts, declared.ntp_servers)
    servers = (entry.value for entries in lists for entry in entries or ())
    return next((server for server in servers if contains(prefix, server)), "")
