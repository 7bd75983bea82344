"""Tunnel interfaces and VXLAN (syntax-ios-family C.7)."""

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.platforms.cisco_nxos.blocks import Port
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.common.reader import Reader

_MODES = {
    "gre": "gre",
    "gre ip": "gre",
    "gre ipv6": "gre",
    "ipip": "ipip",
    "ipip ip": "ipip",
    "ipip decapsulate-any": "ipip",
    "ipip decapsulate-any ip": "ipip",
    "ipv6ipv6": "ipip",
    "ipv6ipv6 decapsulate-any": "ipip",
    "mpls traffic-eng": "mpls-te",
}


def tunnels(context: Context) -> Tunnels:
    """Read `interface TunnelN` (GRE where no mode is written) and the networks of `interface nveN`."""
    found: list[Tunnel] = []
    for port in context.ports:
        if port.name.startswith("Tunnel"):
            found.append(_tunnel(context.reader, port))
        elif port.name.startswith("nve"):
            found += _overlay(context.reader, port)
    return Tunnels(tuple(found))


def _tunnel(reader: Reader, port: Port) -> Tunnel:
    mode = port.last("tunnel mode")
    words = " ".join(mode.after("tunnel mode")) if mode is not None and not mode.negated else "gre"
    remote = port.last("tunnel destination")
    lines = [one.node for one in port.statements if one.words[0] == "tunnel"]
    reader.use(*lines)
    return Tunnel(
        name=port.name,
        mode=_MODES.get(words, words),
        source=reader.source(port.node),
        sources=tuple(reader.source(node) for node in lines),
        remote=port.value("tunnel destination"),
        local=_local(port),
        remote_source=port.source(remote) if remote is not None and not remote.negated else None,
        active=port.up,
        vrf=port.value("tunnel use-vrf"),
    )


def _local(port: Port) -> str:
    """Address or interface; the name of an interface may be written in two words."""
    last = port.last("tunnel source")
    return "".join(last.after("tunnel source")) if last is not None and not last.negated else ""


def _overlay(reader: Reader, port: Port) -> list[Tunnel]:
    """`member vni N` with `peer-ip A` or `mcast-group G`; learned peers are one tunnel to any."""
    local = port.value("source-interface")
    head = reader.source(port.node)
    for key in ("host-reachability", "global", "advertise", "peer-ip", "multisite", "suppress-arp"):
        port.all(key)
    tunnels: list[Tunnel] = []
    learned: list[Source] = []
    for statement in port.all("member"):
        member = statement.node
        name = f"{port.name} {' '.join(statement.words[1:3])}"
        reader.use_block(member)
        peers = [inner for inner in member.walk() if inner.text.startswith("peer-ip ")]
        groups = [inner for inner in member.walk() if inner.text.startswith("mcast-group ")]
        for inner in (*peers, *groups):
            line = reader.source(inner)
            tunnels.append(
                Tunnel(name, "vxlan", head, (reader.source(member), line), inner.words[1], local, line, port.up)
            )
        if not peers and not groups:
            learned.append(reader.source(member))
    reach = [reader.source(one.node) for one in port.all("host-reachability")]
    if learned or not tunnels:
        tunnels.append(Tunnel(port.name, "vxlan", head, (*reach, *learned), "", local, None, port.up))
    return tunnels
