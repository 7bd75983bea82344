"""Tunnel interfaces (syntax-ios-family A.7)."""

from auditor.model.areas import Tunnel, Tunnels
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_MODES = {
    "gre ip": "gre",
    "gre ipv6": "gre",
    "gre multipoint": "mgre",
    "gre multipoint ipv6": "mgre",
    "ethernet gre ipv4": "gre",
    "ethernet gre ipv6": "gre",
    "ipip": "ipip",
    "ipip decapsulate-any": "ipip",
    "ipv6ip": "ipip",
    "ipv6": "ipip",
    "ipv6ip 6to4": "6to4",
    "ipsec ipv4": "ipsec",
    "ipsec ipv6": "ipsec",
    "mpls traffic-eng": "mpls-te",
}


def tunnels(reader: Reader) -> Tunnels:
    """Read `interface TunnelN` with mode (absent: GRE over IP), ends and state."""
    return Tunnels(
        tuple(
            _tunnel(reader, node, words[0])
            for words, node in reader.take("interface")
            if words and words[0].lower().startswith("tunnel")
        )
    )


def _tunnel(reader: Reader, node: Node, name: str) -> Tunnel:
    mode = _word(reader, node, "tunnel mode")
    remote = next(iter(list(reader.find("tunnel destination", node))[-1:]), None)
    shutdown = reader.last("shutdown", node)
    return Tunnel(
        name=name,
        mode=_MODES.get(mode, mode) if mode else "gre",
        source=reader.source(node),
        sources=tuple(reader.source(inner) for inner in node.children if inner.text.startswith("tunnel ")),
        remote=_word(reader, node, "tunnel destination"),
        local=_word(reader, node, "tunnel source"),
        remote_source=reader.source(remote) if remote else None,
        active=shutdown is None or shutdown.text != "shutdown",
        vrf=_word(reader, node, "tunnel vrf"),
    )


def _word(reader: Reader, node: Node, start: str) -> str:
    value = ""
    for words, _ in reader.take(start, node):
        value = " ".join(words)
    return value
