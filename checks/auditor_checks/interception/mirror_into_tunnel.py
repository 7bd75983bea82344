"""mirror-into-tunnel."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Known,
    Mirror,
    Platform,
    Problem,
    Severity,
    Source,
    Tunnel,
    contains,
    device_check,
    listed,
    network,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_POINTS = ("gre", "ipip", "mgre", "ipsec", "6to4", "sit", "gretap", "ip6gre", "ip6tnl", "vxlan", "wireguard")


@device_check(
    id="mirror-into-tunnel",
    title="Copied or diverted traffic leaves through a tunnel",
    check_class=CheckClass.INTERCEPTION,
    severity=Severity.CRITICAL,
    kind=Kind.COMBINATION,
    needs={Area.MIRRORS, Area.TUNNELS, Area.ROUTES, Area.REDIRECTION, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "interface $tunnel\n shutdown\nno $name",
                verify="show monitor session all; show interfaces $tunnel",
                caution="Treat this as an incident: agree with the investigators when to cut it off.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate interfaces $tunnel",
            verify="show configuration forwarding-options; show interfaces $tunnel terse",
            caution="Treat this as an incident: agree with the investigators when to cut it off.",
        ),
    },
    how="A mirror's destination, or a policy redirection's target, is a tunnel of the same device or is reached only through "
    "one by a static route or its own subnet: critical, unless the destination and the tunnel are both declared. An active "
    "mirror beside a tunnel that a list of declared ones does not have, without that link, is a co-occurrence: high.",
    false_positives="A monitoring service that takes its feed through a declared tunnel: declare both halves.",
    attack=("T1020.001", "T1572"),
    references=(AA25,),
    preserve=True,
)
def copy_into_tunnel(facts: Facts) -> Iterator[Judgement]:
    """A copy of traffic that goes into a tunnel is the documented way in which these intruders take it out."""
    tunnels = [tunnel for tunnel in facts.tunnels.tunnels if tunnel.active and tunnel.mode in _POINTS]
    mirrors = [mirror for mirror in facts.mirrors.sessions if not _down(mirror)]
    linked: set[str] = set()
    for what, name, kind, value, sources in _flows(facts, mirrors):
        for tunnel in tunnels:
            path = _path(facts, tunnel, kind, value)
            if path is None or _both_declared(facts, tunnel, value):
                continue
            linked.add(tunnel.name)
            yield Problem(
                message=f"{what} goes to {kind} {value} and so into {tunnel.name} ({tunnel.mode} to {tunnel.remote or 'many'})",
                evidence=(*sources, *path, tunnel.source, *((tunnel.remote_source,) if tunnel.remote_source else ())),
                subject=f"{name} into {tunnel.name}",
                values={"tunnel": tunnel.name, "name": name},
            )
    yield from _side_by_side(facts, mirrors, [tunnel for tunnel in tunnels if tunnel.name not in linked])


def _flows(facts: Facts, mirrors: list[Mirror]) -> Iterator[tuple[str, str, str, str, tuple[Source, ...]]]:
    for mirror in mirrors:
        for end in mirror.destinations:
            yield f"the copy of {mirror.name}", mirror.name, end.kind, end.value, (mirror.sources[0], end.source)
    for redirect in facts.redirection.redirects:
        sources = (redirect.source, *redirect.bound)
        yield f"traffic diverted by {redirect.name}", redirect.name, redirect.target_kind, redirect.target, sources


def _path(facts: Facts, tunnel: Tunnel, kind: str, value: str) -> tuple[Source, ...] | None:
    """The lines that lead into the tunnel; None where they do not."""
    if kind == "interface":
        return () if value.split(" ")[0] == tunnel.name else None
    if kind != "address" or network(value) is None:
        return None
    if value == tunnel.remote:
        return None
    subnets = _subnets(facts, tunnel.name)
    if any(contains(subnet, value) for subnet in subnets):
        return ()
    covering = [route for route in facts.routes.static if contains(route.prefix, value) and _length(route.prefix) > 0]
    if not covering:
        return None
    best = max(covering, key=lambda route: _length(route.prefix))
    through = best.interface == tunnel.name or any(contains(subnet, best.next_hop) for subnet in subnets)
    return (best.source,) if through else None


def _subnets(facts: Facts, name: str) -> list[str]:
    found = (interface for interface in facts.interfaces.interfaces if interface.name == name)
    return [address for interface in found for address in interface.addresses if not address.startswith("fe80")]


def _length(prefix: str) -> int:
    net = network(prefix)
    return net.prefixlen if net is not None else -1


def _both_declared(facts: Facts, tunnel: Tunnel, value: str) -> bool:
    declared = facts.declared
    return listed(declared.mirror_collectors or (), value) and listed(declared.tunnels or (), tunnel.remote)


def _side_by_side(facts: Facts, mirrors: list[Mirror], tunnels: list[Tunnel]) -> Iterator[Judgement]:
    declared = facts.declared
    if declared.tunnels is None:
        return
    foreign = [tunnel for tunnel in tunnels if tunnel.remote and not listed(declared.tunnels, tunnel.remote)]
    unknown = [
        mirror
        for mirror in mirrors
        if not all(listed(declared.mirror_collectors or (), end.value) for end in mirror.destinations)
    ]
    if foreign and unknown:
        yield Problem(
            message=f"{unknown[0].name} copies traffic on a device that also has an undeclared tunnel to {foreign[0].remote}; "
            "no line shows that one feeds the other",
            evidence=(unknown[0].sources[0], foreign[0].source),
            subject=f"{unknown[0].name} beside {foreign[0].name}",
            severity=Severity.HIGH,
            values={"tunnel": foreign[0].name, "name": unknown[0].name},
        )


def _down(mirror: Mirror) -> bool:
    return isinstance(mirror.active, Known) and not mirror.active.value
