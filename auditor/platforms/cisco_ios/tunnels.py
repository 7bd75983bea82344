"""Tunnel interfaces, overlays and tunnel servers (syntax-ios-family A.7)."""

from collections.abc import Sequence

from auditor.model.areas import Tunnel, Tunnels
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
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
    "ipsec dual-overlay": "ipsec",
    "mpls traffic-eng": "mpls-te",
    "vxlan ipv4": "vxlan",
    "vxlan-gpe ipv4": "vxlan",
    "geneve": "geneve",
}
_KEYS = (
    "tunnel source",
    "tunnel mode",
    "tunnel destination",
    "tunnel protection",
    "tunnel vrf",
    "tunnel key",
    "ip nhrp",
)


def tunnels(context: Context, ports: Sequence[Port]) -> Tunnels:
    """Read `interface TunnelN`, `interface nveN`, `vpdn-group G` and SSL VPN gateways."""
    reader = context.reader
    found = []
    for port in ports:
        name = port.name.lower()
        if name.startswith("tunnel"):
            found.append(_tunnel(reader, port))
        elif name.startswith("nve"):
            found += _overlay(reader, port)
    return Tunnels((*found, *_dialin(reader), *_gateways(reader)))


def _tunnel(reader: Reader, port: Port) -> Tunnel:
    """Mode (absent: GRE over IP), ends, VRF of the packets, IPsec profile, NHRP and state."""
    block = port.block
    mode = _word(port, "tunnel mode")
    remote = block.last("tunnel destination")
    lines = sorted((node for key in _KEYS for node in block.all(key)), key=lambda node: node.number)
    return Tunnel(
        name=port.name,
        mode=_MODES.get(mode, mode) if mode else "gre",
        source=port.source,
        sources=tuple(map(reader.source, lines)),
        remote=_word(port, "tunnel destination"),
        local=_word(port, "tunnel source"),
        remote_source=reader.source(remote) if remote else None,
        active=not port.shutdown,
        vrf=_word(port, "tunnel vrf"),
        protection=_profile(block.last("tunnel protection")),
        nhrp=bool(block.all("ip nhrp")),
    )


def _profile(node: Node | None) -> str:
    """`tunnel protection ipsec profile P [shared]`."""
    words = node.text.split() if node is not None else []
    return words[4] if len(words) > 4 else ""


def _word(port: Port, key: str) -> str:
    node = port.block.last(key)
    return " ".join(node.text.split()[2:]) if node is not None else ""


def _overlay(reader: Reader, port: Port) -> list[Tunnel]:
    """`interface nveN` with `source-interface I` and `member vni N` > `ingress-replication A` or `mcast-group G`."""
    local = port.block.last("source-interface")
    members = port.block.all("member")
    found = []
    for member in members:
        reader.use_block(member)
        for inner in member.children:
            words = inner.text.split()
            if words[0] in ("ingress-replication", "mcast-group") and len(words) > 1:
                found.append(_vxlan(reader, port, local, words[-1], (member, inner)))
    if not found:
        found.append(_vxlan(reader, port, local, "", tuple(members)))
    return found


def _vxlan(reader: Reader, port: Port, local: Node | None, remote: str, lines: Sequence[Node]) -> Tunnel:
    return Tunnel(
        name=port.name,
        mode="vxlan",
        source=port.source,
        sources=tuple(map(reader.source, (*((local,) if local else ()), *lines))),
        remote=remote if remote not in ("protocol", "bgp") else "",
        local=local.text.split()[-1] if local else "",
        remote_source=reader.source(lines[-1]) if remote and lines else None,
        active=not port.shutdown,
    )


def _dialin(reader: Reader) -> list[Tunnel]:
    """`vpdn-group G` with `accept-dialin` (a server) or `request-dialin` and `initiate-to ip A`.

    `protocol {l2tp|pptp|any}`.
    """
    reader.use(*reader.find("vpdn enable"), *reader.find("vpdn logging"))
    found = []
    for words, node in reader.take("vpdn-group"):
        reader.use_block(node)
        inner = [(one.text.split(), one) for one in node.walk()]
        protocol = next((parts[1] for parts, _ in inner if parts[0] == "protocol" and len(parts) > 1), "l2tp")
        remote = next(
            ((parts[2], one) for parts, one in inner if parts[:2] == ["initiate-to", "ip"] and len(parts) > 2), None
        )
        password = next(
            (reader.secret(parts[-1]) for parts, _ in inner if parts[:3] == ["l2tp", "tunnel", "password"]), None
        )
        found.append(
            Tunnel(
                name=f"vpdn-group {' '.join(words)}",
                mode=protocol,
                source=reader.source(node),
                sources=tuple(reader.source(one) for _, one in inner),
                remote=remote[0] if remote else "",
                remote_source=reader.source(remote[1]) if remote else None,
                secret=password,
                server=any(parts[0] == "accept-dialin" for parts, _ in inner),
            )
        )
    return found


def _gateways(reader: Reader) -> list[Tunnel]:
    """`webvpn gateway G` and `crypto vpn`: tunnels over TLS from whoever can authenticate; up by `inservice`."""
    found = []
    for words, node in reader.take("webvpn gateway"):
        reader.use_block(node)
        found.append(
            Tunnel(
                name=f"webvpn gateway {' '.join(words)}",
                mode="sslvpn",
                source=reader.source(node),
                sources=reader.block(node)[1:],
                active=any(inner.text == "inservice" for inner in node.children),
                server=True,
            )
        )
    return found
