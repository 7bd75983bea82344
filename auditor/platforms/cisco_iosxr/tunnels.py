"""Tunnels and overlays (syntax-ios-family B.7)."""

from collections.abc import Iterator

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import after, interface_name
from auditor.syntax.tree import Node

_MODES = {
    ("gre", "ipv4"): "gre",
    ("gre", "ipv6"): "gre",
    ("gre", "multipoint"): "mgre",
    ("ipv4",): "ipip",
    ("ipv6",): "ipip",
    ("ipsec", "ipv4"): "ipsec",
}
_KINDS = (
    ("tunnel-ip", "gre"),
    ("tunnel-ipsec", "ipsec"),
    ("tunnel-te", "mpls-te"),
    ("tunnel-mte", "mpls-te"),
    ("tunnel-tp", "mpls-te"),
)


def tunnels(reader: Configuration) -> Tunnels:
    """Read `interface tunnel-ip N`, `tunnel-te N`, `nve1`, named TE tunnels and SR policies."""
    return Tunnels((*_interfaces(reader), *_overlays(reader), *_named_te(reader), *_policies(reader)))


def _interfaces(reader: Configuration) -> Iterator[Tunnel]:
    """`tunnel mode M`, `tunnel source S`, `tunnel destination A`, `tunnel vrf V`, `tunnel protection ...`; GRE without a mode."""
    for node in reader.find("interface"):
        name = interface_name(node.text.split())
        if not name.startswith("tunnel-"):
            continue
        mode = next((mode for start, mode in reversed(_KINDS) if name.startswith(start)), "tunnel")
        yield _tunnel(reader, node, name, mode)


def _tunnel(reader: Configuration, node: Node, name: str, mode: str) -> Tunnel:
    sources: list[Source] = list(reader.evidence(node))
    found = {"remote": "", "local": "", "vrf": "", "protection": ""}
    remote_source = None
    active = True
    for inner in node.children:
        words = inner.text.split()
        match words:
            case ["tunnel", "destination", *target] | ["destination", *target] if target:
                found["remote"] = target[-1]
                remote_source = reader.source(inner)
            case ["tunnel", "source", *local] if local:
                found["local"] = " ".join(local)
            case ["tunnel", "mode", *how]:
                mode = _mode(how)
            case ["tunnel", "vrf", vrf, *_]:
                found["vrf"] = vrf
            case ["tunnel", "protection", *how]:
                found["protection"] = after(how, "profile") or " ".join(how)
            case ["tunnel", *_] | ["keepalive", *_] | ["profile", *_]:
                pass
            case ["shutdown"]:
                active = False
                continue
            case ["no", "shutdown"]:
                active = True
                continue
            case _:
                continue
        reader.use(inner)
        sources += reader.evidence(inner)
    return Tunnel(
        name=name,
        mode=mode,
        source=reader.source(node),
        sources=tuple(sources),
        remote=found["remote"],
        local=found["local"],
        remote_source=remote_source,
        active=active,
        vrf=found["vrf"],
        protection=found["protection"],
    )


def _mode(words: list[str]) -> str:
    return _MODES.get(tuple(words[:2])) or _MODES.get(tuple(words[:1])) or " ".join(words)


def _overlays(reader: Configuration) -> Iterator[Tunnel]:
    """`interface nve1` with `member vni N`, `source-interface I`, `host-reachability protocol ...`."""
    for node in reader.find("interface"):
        name = interface_name(node.text.split())
        if not name.startswith("nve"):
            continue
        reader.use_block(node)
        local = next(
            (inner.text.split()[-1] for inner in node.children if inner.text.startswith("source-interface ")), ""
        )
        yield Tunnel(
            name,
            "vxlan",
            reader.source(node),
            sources=reader.block(node),
            local=local,
            active=not any(inner.text == "shutdown" for inner in node.children),
        )


def _named_te(reader: Configuration) -> Iterator[Tunnel]:
    """`mpls traffic-eng` / `named-tunnels` / `tunnel-te N` with `destination A`."""
    for _, node in reader.take("mpls traffic-eng"):
        for _, block in reader.take("named-tunnels", node):
            for words, inner in reader.take("tunnel-te", block):
                reader.use_block(inner)
                remote = next((one for one in inner.children if one.text.startswith("destination ")), None)
                yield Tunnel(
                    " ".join(["tunnel-te", *words[:1]]),
                    "mpls-te",
                    reader.source(inner),
                    sources=reader.block(inner),
                    remote=remote.text.split()[-1] if remote is not None else "",
                    remote_source=reader.source(remote) if remote is not None else None,
                )


def _policies(reader: Configuration) -> Iterator[Tunnel]:
    """`segment-routing` / `traffic-eng` / `policy P` with `color N end-point {ipv4|ipv6} A`."""
    for _, node in reader.take("segment-routing"):
        for _, block in reader.take("traffic-eng", node):
            for words, inner in reader.take("policy", block):
                reader.use_block(inner)
                end = next((one for one in inner.children if "end-point" in one.text.split()), None)
                yield Tunnel(
                    " ".join(["sr policy", *words[:1]]),
                    "sr-te",
                    reader.source(inner),
                    sources=reader.block(inner),
                    remote=end.text.split()[-1] if end is not None else "",
                    remote_source=reader.source(end) if end is not None else None,
                    active=not any(one.text == "shutdown" for one in inner.children),
                )
