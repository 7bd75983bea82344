"""Tunnels, overlays and what takes tunnels in (syntax-other-families D7)."""

from collections.abc import Iterable

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.model.secret import Secret
from auditor.platforms.huawei_vrp.config import Config, Port, shut
from auditor.platforms.huawei_vrp.words import ADDRESS, after
from auditor.syntax.tree import Node

_MODES = {
    "gre": "gre",
    "gre p2mp": "mgre",
    "ipv4-ipv6": "ipip",
    "ipv6-ipv6": "ipip",
    "ipv4-ipv4": "ipip",
    "ipip": "ipip",
    "ipv6-ipv4": "ipip",
    "ipv6-ipv4 6to4": "6to4",
    "ipsec": "ipsec",
    "mpls te": "mpls-te",
    "vxlan": "vxlan",
}
_QUIET = (
    "gre", "keepalive", "mpls te", "tunnel", "nhrp", "statistic", "mtu", "tunnel-policy", "reserved-for-binding", "match", "encapsulation-limit",
)  # fmt: skip


def tunnels(config: Config) -> Tunnels:
    """Read tunnel interfaces, NVE interfaces with their peers, `l2tp-group`, `segment-routing` policies."""
    found: list[Tunnel] = []
    for port in config.ports.values():
        if port.name.lower().startswith(("tunnel", "mtunnel")):
            found.append(_tunnel(config, port))
        elif port.name.lower().startswith("nve"):
            found += _overlay(config, port)
    found += _l2tp(config)
    found += _policies(config)
    return Tunnels(tuple(found))


def _tunnel(config: Config, port: Port) -> Tunnel:
    """`tunnel-protocol M`, `source A|I`, `destination [vpn-instance V] A`, `ipsec profile P`, `gre key cipher K`, `nhrp ...`."""
    reader = config.reader
    protocol = _last(config, port, "tunnel-protocol")
    local = _last(config, port, "source")
    remote = _last(config, port, "destination")
    inner = [node for word in _QUIET for node in port.all(word)]
    reader.use(*inner)
    guards = [*port.all("ipsec profile"), *port.all("ipsec policy")]
    reader.use(*guards)
    words = remote.words[1:] if remote else []
    vrf = after(words, "vpn-instance")
    address = next((word for word in words if word not in ("vpn-instance", vrf, "ip", "ipv6")), "")
    mode = " ".join(protocol.words[1:]) if protocol else ""
    if any("segment-routing" in node.text or "signal-protocol bgp" in node.text for node in inner):
        mode = "sr-te"
    nodes = [node for node in (protocol, local, remote, *guards) if node is not None]
    secret: Secret | None = None
    for node in port.all("gre"):
        secret = next((reader.secret(word) for word in node.words if reader.is_secret(word)), secret)
        nodes.append(node)
    return Tunnel(
        name=port.name,
        mode=_MODES.get(mode, mode),
        source=port.source,
        sources=tuple(reader.source(node) for node in nodes),
        remote=address,
        local=local.words[-1] if local and len(local.words) > 1 else "",
        remote_source=reader.source(remote) if remote else None,
        active=not shut(port),
        vrf=vrf,
        protection=guards[-1].words[2] if guards and len(guards[-1].words) > 2 else "",
        secret=secret,
        nhrp=any(node.text.startswith("nhrp") for node in inner),
    )


def _last(config: Config, port: Port, start: str) -> Node | None:
    nodes = port.all(start)
    config.reader.use(*nodes)
    return nodes[-1] if nodes else None


def _overlay(config: Config, port: Port) -> Iterable[Tunnel]:
    """`interface Nve1` / `source A` / `vni N head-end peer-list A...` or `... protocol bgp`."""
    reader = config.reader
    local = _last(config, port, "source")
    address = local.words[-1] if local else ""
    any_peer = False
    for node in port.all("vni"):
        reader.use(node)
        words = node.words
        named = words[words.index("peer-list") + 1 :] if "peer-list" in words else []
        peers = [word for word in named if ADDRESS.match(word)]
        for peer in peers:
            source = reader.source(node)
            yield Tunnel(
                f"{port.name} vni {words[1]}",
                "vxlan",
                port.source,
                (source,),
                peer,
                address,
                source,
                active=not shut(port),
            )
        if not peers and not any_peer:
            any_peer = True
            yield Tunnel(port.name, "vxlan", port.source, (reader.source(node),), local=address, active=not shut(port))
    if not port.all("vni"):
        yield Tunnel(port.name, "vxlan", port.source, local=address, active=not shut(port))
    for word in ("vxlan", "mac-address", "undo", "mode"):
        reader.use(*(node for node in port.all(word) if not node.text.startswith("undo ip")))


def _l2tp(config: Config) -> Iterable[Tunnel]:
    """`l2tp enable`, `l2tp-group N` / `allow l2tp virtual-template T [remote R]` (server) or `start l2tp ip A` (client)."""
    reader = config.reader
    switch = config.last("l2tp enable")
    on = switch is not None and not switch.text.startswith("undo ")
    for words, node in reader.take("l2tp-group"):
        secret: Secret | None = None
        server: Source | None = None
        remote: tuple[str, Source] | None = None
        for inner in node.children:
            parts = inner.words
            match parts:
                case ["allow", "l2tp", *_]:
                    server = reader.source(inner)
                case ["start", "l2tp", *_]:
                    remote = (after(parts, "ip") or after(parts, "host"), reader.source(inner))
                case ["tunnel", "password", *rest] if rest:
                    secret = reader.secret(rest[-1])
                case ["tunnel" | "undo" | "mandatory-chap" | "mandatory-lcp" | "description" | "l2tp", *_]:
                    pass
                case _:
                    continue
            reader.use(inner)
        if server is None and remote is None:
            continue
        yield Tunnel(
            name=f"l2tp-group {words[0] if words else ''}".strip(),
            mode="l2tp",
            source=reader.source(node),
            sources=reader.block(node)[1:],
            remote=remote[0] if remote else "",
            remote_source=remote[1] if remote else None,
            active=on,
            secret=secret,
            server=server is not None,
        )


def _policies(config: Config) -> Iterable[Tunnel]:
    """`sr-te policy P endpoint A color N` and `srv6-te policy ...` below `segment-routing`."""
    for _, node in config.inside("segment-routing"):
        words = node.words
        if words[0] in ("sr-te", "srv6-te") and words[1:2] == ["policy"] and "endpoint" in words[:-1]:
            config.reader.use_block(node)
            source = config.reader.source(node)
            end = after(words, "endpoint")
            down = any(inner.text == "shutdown" for inner in node.children)
            yield Tunnel(words[2], "sr-te", source, remote=end, remote_source=source, active=not down)
