"""mirror-into-tunnel."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Mirror,
    Platform,
    Problem,
    Severity,
    Source,
    Tunnel,
    contains,
    device_check,
    listed,
)
from auditor_checks.copies import length, same_port, subnets
from auditor_checks.references import AA25
from auditor_checks.tunnel_kinds import SIGNALLED
from auditor_checks.wording import cisco, is_off

_HOST = re.compile(r"//(?:[^@/]*@)?\[?([0-9a-fA-F.:]+)")
_CAUTION = "Treat this as an incident: agree with the investigators when to cut it off."


_Flow = tuple[str, str, str, str, tuple[Source, ...]]
"""What it is, its name, kind and value of where it goes, lines."""


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
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "interface $tunnel\n shutdown\ncommit",
            verify="show interfaces $tunnel; show monitor-session status",
            caution=_CAUTION,
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $tunnel\n shutdown", verify="show interface $tunnel; show monitor session all", caution=_CAUTION
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate interfaces $tunnel",
            verify="show configuration forwarding-options; show interfaces $tunnel terse",
            caution=_CAUTION,
        ),
        Platform.ARISTA_EOS: Fix(
            "interface $tunnel\n shutdown", verify="show interfaces $tunnel; show monitor session", caution=_CAUTION
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure service $tunnel admin-state disable",
            verify="show service sdp; show mirror mirror-dest",
            caution="Other services may use the same SDP. " + _CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / network-instance <NAME> policy-forwarding interface <INTERFACE>\ncommit stay",
            verify="info from state / network-instance * policy-forwarding",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $tunnel\n shutdown", verify="display interface $tunnel; display port-mirroring", caution=_CAUTION
        ),
        Platform.FRR: Fix(
            "ip link set dev $tunnel down", verify="ip -d link show dev $tunnel; show pbr map", caution=_CAUTION
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/interface disable $tunnel", verify="/interface print; /tool sniffer print", caution=_CAUTION
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
    tunnels = [tunnel for tunnel in facts.tunnels.tunnels if tunnel.active and tunnel.mode not in SIGNALLED]
    linked: set[str] = set()
    yield from _linked(facts, tunnels, _diverted(facts), linked)
    mirrors = [mirror for mirror in facts.mirrors.sessions if not is_off(mirror.active)]
    yield from _linked(facts, tunnels, _copied(facts, mirrors), linked)
    yield from _side_by_side(facts, mirrors, [tunnel for tunnel in tunnels if tunnel.name not in linked])


def _linked(facts: Facts, tunnels: list[Tunnel], flows: Iterator[_Flow], linked: set[str]) -> Iterator[Judgement]:
    """What goes into a tunnel; the names of these tunnels are noted in `linked`."""
    for what, name, kind, value, sources in flows:
        for tunnel in tunnels:
            path = () if _carries(tunnel, name, kind, value) else _path(facts, tunnel, kind, value)
            if path is None or _both_declared(facts, tunnel, value):
                continue
            linked.add(tunnel.name)
            yield Problem(
                message=f"{what} goes to {kind} {value} and so into {tunnel.name} ({tunnel.mode} to {tunnel.remote or 'many'})",
                evidence=(*sources, *path, tunnel.source, *((tunnel.remote_source,) if tunnel.remote_source else ())),
                subject=f"{name} into {tunnel.name}",
                values={"tunnel": tunnel.name, "name": name},
            )


def _copied(facts: Facts, mirrors: list[Mirror]) -> Iterator[_Flow]:
    for mirror in mirrors:
        for end in mirror.destinations:
            yield f"the copy of {mirror.name}", mirror.name, end.kind, end.value, (mirror.sources[0], end.source)
    for capture in facts.mirrors.captures:
        host = _HOST.search(capture.target)
        if host is not None and not is_off(capture.active):
            yield f"the capture {capture.name}", capture.name, "address", host[1], capture.sources


def _diverted(facts: Facts) -> Iterator[_Flow]:
    for redirect in facts.redirection.redirects:
        if redirect.bound:
            sources = (redirect.source, *redirect.bound)
            yield f"traffic diverted by {redirect.name}", redirect.name, redirect.target_kind, redirect.target, sources


def _carries(tunnel: Tunnel, name: str, kind: str, value: str) -> bool:
    """A circuit that the tunnel carries, and a policy that wraps packets up by itself."""
    circuit = kind == "pseudowire" or tunnel.name.startswith(f"{name} ")
    return circuit and bool(tunnel.remote) and value == tunnel.remote


def _path(facts: Facts, tunnel: Tunnel, kind: str, value: str) -> tuple[Source, ...] | None:
    """The lines that lead into the tunnel; None where they do not."""
    if kind == "interface":
        return () if same_port(value.split(" ")[0], tunnel.name) else None
    if value == tunnel.remote:
        return None
    nets = subnets(facts, tunnel.name)
    if any(contains(net, value) for net in nets):
        return ()
    covering = [route for route in facts.routes.static if contains(route.prefix, value) and length(route.prefix) > 0]
    if not covering:
        return None
    best = max(covering, key=lambda route: length(route.prefix))
    through = same_port(best.interface, tunnel.name) or any(contains(net, best.next_hop) for net in nets)
    return (best.source,) if through else None


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
