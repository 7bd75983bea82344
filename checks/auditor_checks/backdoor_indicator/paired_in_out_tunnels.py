"""paired-in-out-tunnels."""

from collections.abc import Iterator, Mapping

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    Source,
    Tunnel,
    contains,
    device_check,
    listed,
)
from auditor_checks.references import AA25
from auditor_checks.tunnel_kinds import SIGNALLED
from auditor_checks.wording import cisco

_INSIDE = (*SIGNALLED, "vxlan")
"""Paths of the operator's own network, of which a device has many by nature."""

_SERVICES = (Platform.NOKIA_SROS, Platform.NOKIA_SRLINUX)
"""Platforms on which services, and not routes to interfaces, lead into tunnels."""


def _isolate(commands: str, verify: str, caution: str = "") -> Fix:
    care = "Treat the device as a relay: save 'who sent what through it' first, then isolate it."
    return Fix(commands, verify=verify, caution=f"{care} {caution}".strip())


@device_check(
    id="paired-in-out-tunnels",
    title="Traffic of one tunnel is sent on into another",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.COMBINATION,
    needs={Area.TUNNELS, Area.ROUTES, Area.REDIRECTION, Area.INTERFACES},
    fix={
        **cisco(_isolate("interface $name\n shutdown", "show interfaces $name")),
        Platform.CISCO_IOSXR: _isolate("interface $name\n shutdown", "show interfaces $name"),
        Platform.CISCO_NXOS: _isolate("interface $name\n shutdown", "show interface $name"),
        Platform.JUNIPER_JUNOS: _isolate(
            "deactivate interfaces $name", "show interfaces $name terse", "Use 'commit confirmed 5'."
        ),
        Platform.ARISTA_EOS: _isolate("interface $name\n shutdown", "show interfaces $name"),
        Platform.HUAWEI_VRP: _isolate("interface $name\n shutdown", "display interface $name"),
        Platform.FRR: _isolate("ip link set dev $name down", "ip -d link show dev $name"),
        Platform.MIKROTIK_ROUTEROS: _isolate("/interface disable [find name=$name]", "/interface print"),
    },
    unseen={
        Platform.NOKIA_SRLINUX: "services lead into tunnels, and every one with two far ends joins them, so that neither routes nor policies tell a relay from a service (syntax-other-families C7)",
        Platform.NOKIA_SROS: "services lead into tunnels, and every one with two far ends joins them, so that neither routes nor policies tell a relay from a service (syntax-other-families B7)",
    },
    how="Two active tunnels to different ends, and static routes into both, or a policy that redirects traffic into one of "
    "them (by interface or by a next hop in its network), on a device whose role is not hub. Tunnels that are all declared "
    "(paths.tunnels, paths.vpn_peers) are none. Without a declared role such a pair is unknown. Logins before the tunnels came up stand in logs, which are not read. On SR OS and SR Linux services "
    "lead into tunnels, which is not worked out: unknown where two are there.",
    false_positives="A router that joins two customers' tunnels and whose role says nothing of it.",
    attack=("T1090.003", "T1572"),
    references=(AA25,),
    preserve=True,
)
def relay(facts: Facts) -> Iterator[Judgement]:
    """A router that takes a tunnel in and sends its traffic out by another is a relay of the intruder's network."""
    tunnels = [one for one in facts.tunnels.tunnels if one.active and one.remote and one.mode not in _INSIDE]
    routes, redirects = facts.routes.static, facts.redirection.redirects
    if len({one.remote for one in tunnels}) < 2:
        return
    if facts.platform in _SERVICES:
        yield Gap(Code.CUT, "which services join two tunnels is not worked out on this platform")
        return
    near = _networks(facts)
    routed = {
        one.remote: (
            one,
            [route.source for route in routes if route.active and _leads(near, one, route.interface, route.next_hop)],
        )
        for one in tunnels
    }
    routed = {remote: found for remote, found in routed.items() if found[1]}
    pushed = [
        (one, redirect.source)
        for one in tunnels
        for redirect in redirects
        if redirect.bound and _leads(near, one, redirect.target, redirect.target)
    ]
    if len(routed) < 2 and not pushed:
        return
    if not facts.device.role:
        yield Gap(Code.DECLARATION, "two tunnels are joined by routes, and the role of the device is not declared")
    elif "hub" not in facts.device.role.lower():
        between = {} if pushed else routed
        joined = _joined(facts, tunnels, [one for one, _ in (*pushed, *between.values())])
        if joined:
            yield _problem(joined, [source for _, sources in between.values() for source in sources], pushed)


def _joined(facts: Facts, tunnels: list[Tunnel], entered: list[Tunnel]) -> list[Tunnel]:
    """The tunnels that traffic is sent into, and those that it may come by; none where all of them are intended.

    A tunnel that the operator declared counts only where traffic is sent into it.
    """
    strange = [one for one in tunnels if not _declared(facts, one)]
    found = [one for one in tunnels if one in strange or one in entered]
    if not strange:
        return []
    return found if len({one.remote for one in found}) > 1 else tunnels


def _declared(facts: Facts, tunnel: Tunnel) -> bool:
    mine = [one for one in facts.declared.tunnels or () if one.kind in ("", tunnel.mode)]
    return listed((*mine, *(facts.declared.vpn_peers or ())), tunnel.remote)


def _networks(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The addresses of each interface, by its name in lower case."""
    return {one.name.lower(): one.addresses for one in facts.interfaces.interfaces}


def _leads(near: Mapping[str, tuple[str, ...]], tunnel: Tunnel, interface: str, next_hop: str) -> bool:
    """Whether a route or policy sends traffic into a tunnel: by its name, or by a next hop in its network."""
    name = tunnel.name.lower()
    if name == interface.lower():
        return True
    return bool(next_hop) and any(contains(prefix, next_hop) for prefix in near.get(name, ()))


def _problem(tunnels: list[Tunnel], routes: list[Source], pushed: list[tuple[Tunnel, Source]]) -> Problem:
    ends = sorted({one.remote for one in tunnels})
    lines = [line for one in tunnels for line in (one.source, one.remote_source) if line is not None]
    return Problem(
        f"tunnels to {', '.join(ends)} are joined by " + ("a policy" if pushed else "static routes"),
        tuple(dict.fromkeys((*lines, *routes, *(source for _, source in pushed)))),
        subject=f"tunnels to {', '.join(ends)}",
        values={"name": tunnels[-1].name},
    )
