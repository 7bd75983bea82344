"""What the checks of copied and diverted traffic share: ports, tunnels, tickets, what is switched off."""

import re
from collections.abc import Iterable

from auditor.api import (
    Capture,
    Declared,
    Facts,
    Known,
    Mirror,
    NotKnownError,
    Source,
    StaticRoute,
    Tunnel,
    Unknown,
    contains,
    listed,
    network,
)

ELSEWHERE = ("traffic-export", "tap-aggregation", "acl-capture", "next-hop-group", "l2-mirror")
"""Kinds of copies that have a check of their own."""

_PORT = re.compile(r"([A-Za-z][A-Za-z_ -]*?)\s*(\d[\w/.:]*)")


def same_port(one: str, other: str) -> bool:
    """Whether two spellings name one port: `Gi1/0/1` and `GigabitEthernet1/0/1`."""
    if one == other:
        return True
    left, right = _PORT.fullmatch(one), _PORT.fullmatch(other)
    if left is None or right is None or left[2] != right[2]:
        return False
    short, long = sorted((left[1].casefold(), right[1].casefold()), key=len)
    return long.startswith(short)


def names_port(text: str, port: str) -> bool:
    """Whether a text such as `interface Gi0/1 both` names a port."""
    return any(same_port(word, port) for word in re.split(r"[\s,]+", text)) or same_port(text, port)


def is_analyser(facts: Facts, port: str) -> bool:
    """Whether copies may go to this port: analysis.analysers, which may narrow an entry to a device."""
    return any(
        (not entry.more.get("device") or _is_device(facts, entry.more["device"]))
        and (listed((entry,), port) or same_port(entry.value, port))
        for entry in facts.declared.analysers or ()
    )


def _is_device(facts: Facts, pattern: str) -> bool:
    return listed((Declared(pattern),), facts.device.name, facts.hostname)


def has_ticket(facts: Facts) -> bool:
    """Whether a valid ticket allows captures on this device."""
    return listed(facts.declared.capture_tickets or (), facts.device.name, facts.hostname)


def tunnel_at(tunnels: Iterable[Tunnel], port: str) -> Tunnel | None:
    """The tunnel that an interface is."""
    return next((one for one in tunnels if same_port(one.name, port)), None)


def where(mirror: Mirror) -> str:
    """What is copied, for messages."""
    return ", ".join(mirror.copied) or "traffic"


def is_host(prefix: str) -> bool:
    """Whether a prefix is a single address."""
    net = network(prefix)
    return net is not None and net.prefixlen == net.max_prefixlen


def length(prefix: str) -> int:
    """Length of a prefix; 0 for anything else."""
    net = network(prefix)
    return net.prefixlen if net is not None else 0


def subnets(facts: Facts, name: str) -> tuple[str, ...]:
    """The networks on an interface."""
    found = (one for one in facts.interfaces.interfaces if one.name == name)
    return tuple(address for one in found for address in one.addresses if not address.lower().startswith("fe80"))


def into_tunnel(facts: Facts, route: StaticRoute) -> Tunnel | None:
    """The active tunnel that a static route leads into, by name or by its next hop."""
    for tunnel in facts.tunnels.tunnels:
        by_hop = route.next_hop and any(contains(net, route.next_hop) for net in subnets(facts, tunnel.name))
        if tunnel.active and (by_hop or (route.interface and same_port(tunnel.name, route.interface))):
            return tunnel
    return None


def evidence(*parts: Source | Iterable[Source] | None) -> tuple[Source, ...]:
    """Lines in the order that they are given, each once."""
    found: list[Source] = []
    for part in parts:
        if part is not None:
            found += (part,) if isinstance(part, Source) else tuple(part)
    return tuple(dict.fromkeys(found))


_TOOLS = ("tcpdump", "tshark", "dumpcap", "ethanalyzer", "tpacap")


def capturing_processes(facts: Facts) -> list[Capture]:
    """The processes that capture packets, where the list of processes is known; what they were told is the filter."""
    if isinstance(facts.state.processes, Unknown):
        return []
    return [
        Capture(f"process {_program(one.name)}", (one.source,), target=one.pid, filters=(one.path,))
        for one in facts.state.processes.value
        if any(_program(word) in _TOOLS for word in (one.path or one.name).split()[:2])
    ]


def _program(word: str) -> str:
    """`tcpdump` of `/usr/bin/tcpdump`, `tcpdump{tcpdump}` and `[tcpdump]`."""
    return word.rpartition("/")[2].partition("{")[0].strip("[]()")


def configured(facts: Facts) -> tuple[tuple[Mirror, ...], tuple[Capture, ...], str]:
    """Sessions and captures of the configuration, and where those that are started by hand are seen.

    Nothing where copies can be no configuration at all and the processes are known.
    """
    try:
        return facts.mirrors.sessions, facts.mirrors.captures, facts.mirrors.by_hand
    except NotKnownError:
        if isinstance(facts.state.processes, Known):
            return (), (), ""
        raise


def started_by_hand(facts: Facts, by_hand: str) -> tuple[Capture, ...]:
    """Captures that no configuration shows; raises NotKnownError where what shows them was not collected."""
    if by_hand == "captures":
        return facts.state.captures.need()
    if by_hand == "processes":
        facts.state.processes.need()
    return ()
