"""covert-policy-redirect."""

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
    Redirect,
    Review,
    Severity,
    Tunnel,
    contains,
    device_check,
    listed,
    network,
    no_list,
)
from auditor_checks.copies import evidence, is_host, same_port, subnets, tunnel_at
from auditor_checks.lawful import to_mediation
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_CAUTION = "Take the policy off the interface first, then remove it; save the evidence before."


@device_check(
    id="covert-policy-redirect",
    title="Chosen traffic is sent to a next hop that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.REDIRECTION, Area.TUNNELS, Area.ACLS, Area.INTERFACES, Area.ROUTES},
    fix={
        **cisco(
            Fix(
                "interface <INTERFACE>\n no ip policy route-map $name\nno route-map $name",
                verify="show ip policy; show route-map $name",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "interface <INTERFACE>\n no ipv4 access-group $name ingress\n no service-policy type pbr input $name\ncommit",
            verify="show access-lists ipv4 $name; show policy-map type pbr pmap-name $name",
            caution="An access list filters as well: bind one without the next hop in its place. " + _CAUTION,
        ),
        Platform.CISCO_NXOS: Fix(
            "interface <INTERFACE>\n no ip policy route-map $name\nno route-map $name",
            verify="show route-map $name pbr-statistics; show ip policy",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate firewall family inet filter $name term <TERM>",
            verify="show configuration firewall | display set | match $name",
            caution="Use 'commit confirmed 5'; the term may also let the traffic in. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix(
            "interface <INTERFACE>\n no service-policy type pbr input $name\n no traffic-policy input",
            verify="show policy-map type pbr $name; show traffic-policy interface",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure filter ip-filter <FILTER> entry <ENTRY> action accept",
            verify="show filter ip <FILTER>",
            caution="$name names the filter and its entry. " + _CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / network-instance default policy-forwarding interface <INTERFACE>\ncommit stay",
            verify="info from state / network-instance default policy-forwarding",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface <INTERFACE>\n undo traffic-policy inbound\n undo ip policy-based-route\nquit\nundo traffic behavior $name",
            verify="display traffic policy applied-record; display ip policy-based-route",
            caution=_CAUTION,
        ),
        Platform.FRR: Fix(
            "interface <INTERFACE>\n no pbr-policy $name\nno pbr-map $name",
            verify="show pbr map; show pbr interface; ip rule",
            caution=_CAUTION,
        ),
    },
    how="Where policy routing, filter-based forwarding and traffic policies send packets is compared with "
    "paths.redirect_next_hops; an interface counts as declared when a declared next hop lies in its network, a VRF when its "
    "static routes lead to declared ones or when it is a declared management VRF. What a list of addresses cannot name (LSPs, "
    "groups, VRFs) is medium and only possible. Without the list a finding where the target is a tunnel or the policy picks a "
    "single host; else items to review. A policy that is applied nowhere is info.",
    false_positives="Scrubbers, caches, address translation and service chains that nobody declared.",
    attack=("T1557", "T1020.001", "T1565.002"),
    references=(AA25,),
    preserve=True,
)
def diversion(facts: Facts) -> Iterator[Judgement]:
    """Chosen traffic takes another way while the routing table looks clean."""
    declared = facts.declared.redirect_next_hops
    reviewed = False
    for one in facts.redirection.redirects:
        tunnel = tunnel_at(_tunnels(facts), one.target)
        alarming = _alarming(facts, one, tunnel)
        if declared is None and not alarming:
            reviewed = True
            lines = evidence(one.source, one.match_sources, one.bound)
            yield Review(_subject(one), f"{one.name} sends traffic to {_target(one)}{_unused(one)}", lines)
        elif not _declared(facts, one, tunnel):
            yield _problem(facts, one, alarming)
    if reviewed:
        yield no_list("next hops of redirected traffic (paths.redirect_next_hops)")


def _problem(facts: Facts, one: Redirect, alarming: str) -> Problem:
    vague = one.target_kind != "interface" and network(one.target) is None
    severity = Severity.MEDIUM if vague and not alarming else Severity.HIGH
    outside = facts.declared.in_operator_space(one.target) is False
    return Problem(
        message=f"{one.name} sends traffic to {_target(one)}, which is not declared"
        + (" and lies outside the operator's address space" if outside else "")
        + (f"; {alarming}" if alarming else "")
        + _unused(one),
        evidence=evidence(one.source, one.match_sources, one.bound),
        subject=_subject(one),
        severity=severity if one.bound else Severity.INFO,
        confidence=Confidence.POSSIBLE if vague and not alarming else Confidence.CERTAIN,
        values={"name": one.name},
    )


def _subject(one: Redirect) -> str:
    return f"{one.name} to {one.target_kind} {one.target}"


def _target(one: Redirect) -> str:
    return f"{one.target_kind} {one.target}" + (f" in VRF {one.vrf}" if one.vrf and one.target_kind != "vrf" else "")


def _unused(one: Redirect) -> str:
    return "" if one.bound else " (applied nowhere)"


def _tunnels(facts: Facts) -> tuple[Tunnel, ...]:
    """Tunnels make a target worse; where they cannot be known the list of next hops still decides."""
    try:
        return facts.tunnels.tunnels
    except NotKnownError:
        return ()


def _alarming(facts: Facts, one: Redirect, tunnel: Tunnel | None) -> str:
    """Why it is a finding without any list; empty where it is none."""
    if not one.bound:
        return ""
    if tunnel is not None:
        return f"the target is a {tunnel.mode} tunnel to {tunnel.remote or 'many'}"
    if _picks_a_host(facts, one):
        return "a single host is picked"
    return ""


def _picks_a_host(facts: Facts, one: Redirect) -> bool:
    if any(is_host(word) for text in one.matches for word in text.split() if "/" in word):
        return True
    for acl in facts.acls.lists:
        chosen = [entry for entry in acl.entries if entry.permit] if acl.name in one.matches else []
        if chosen and all(any(map(is_host, (*entry.sources, *entry.destinations))) for entry in chosen):
            return True
    return False


def _declared(facts: Facts, one: Redirect, tunnel: Tunnel | None) -> bool:
    hops = facts.declared.redirect_next_hops or ()
    if listed(hops, one.target) or to_mediation(facts, one.target):
        return True
    if tunnel is not None:
        return listed(hops, tunnel.remote)
    if one.target_kind == "interface":
        ports = [port.name for port in facts.interfaces.interfaces if same_port(port.name, one.target)]
        return any(contains(net, hop.value) for port in ports for net in subnets(facts, port) for hop in hops)
    if one.target_kind == "vrf":
        routes = [route for route in facts.routes.static if route.vrf == one.target and not route.discard]
        led = bool(routes) and all(listed(hops, route.next_hop) for route in routes)
        return led or listed(facts.declared.management_vrfs or (), one.target)
    return False
