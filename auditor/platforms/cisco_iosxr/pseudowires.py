"""Layer-2 circuits (syntax-ios-family B.7)."""

from collections.abc import Iterator

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import after
from auditor.syntax.tree import Node


def pseudowires(reader: Configuration) -> Pseudowires:
    """Read `l2vpn` with `xconnect group G` / `p2p P`, `bridge group G` / `bridge-domain D` / `vfi V`, and EVPN instances."""
    found: list[Pseudowire] = []
    for _, node in reader.take("l2vpn"):
        for words, group in reader.take("xconnect group", node):
            for parts, circuit in reader.take("p2p", group):
                found += _circuit(reader, f"{_first(words)} {_first(parts)}", circuit)
            for parts, circuit in reader.take("mp2mp", group):
                reader.use_block(circuit)
                name = f"{_first(words)} {_first(parts)}"
                found.append(Pseudowire(name, "vpls", reader.source(circuit), sources=reader.block(circuit)))
        for words, group in reader.take("bridge group", node):
            for parts, domain in reader.take("bridge-domain", group):
                found += _domain(reader, f"{_first(words)} {_first(parts)}", domain)
        for _, wires in reader.take("pw-class", node):
            reader.use_block(wires)
    return Pseudowires(tuple(found))


def _first(words: list[str]) -> str:
    return words[0] if words else ""


def _circuit(reader: Configuration, name: str, node: Node) -> list[Pseudowire]:
    """`interface I` (one or two) and `neighbor [ipv4] A pw-id N` or `neighbor evpn evi N target T source S`."""
    ports: list[str] = []
    wires: list[tuple[list[str], Node]] = []
    session = False
    for inner in node.children:
        words = inner.text.split()
        match words:
            case ["interface", port, *_]:
                ports.append(port)
                reader.use(inner)
            case ["neighbor", *rest] if rest:
                wires.append((rest, inner))
                reader.use_block(inner)
            case ["monitor-session", session_name, *_]:
                ports.append(f"monitor-session {session_name}")
                session = True
                reader.use(inner)
            case ["description" | "interworking" | "control-word", *_]:
                reader.use(inner)
    if not wires:
        return (
            [Pseudowire(name, "local", reader.source(node), attachments=tuple(ports), sources=reader.block(node))]
            if ports
            else []
        )
    return [
        _wire(reader, name, "mirror" if session else "", words, inner, tuple(ports), reader.block(node))
        for words, inner in wires
    ]


def _wire(
    reader: Configuration,
    name: str,
    kind: str,
    words: list[str],
    node: Node,
    ports: tuple[str, ...],
    sources: tuple[Source, ...],
) -> Pseudowire:
    if words[0] == "evpn":
        return Pseudowire(
            name, kind or "evpn", reader.source(node), id=after(words, "evi"), attachments=ports, sources=sources
        )
    peer = words[1] if words[0] in ("ipv4", "ipv6") and len(words) > 1 else words[0]
    return Pseudowire(name, kind or "pseudowire", reader.source(node), peer, after(words, "pw-id"), ports, sources)


def _domain(reader: Configuration, name: str, node: Node) -> Iterator[Pseudowire]:
    """`interface I`, `neighbor A pw-id N`, `vfi V` with neighbours, `evi N`, `member vni N`, `routed interface BVI`."""
    ports: list[str] = []
    wires: list[tuple[str, list[str], Node]] = []
    instances: list[tuple[str, Node]] = []
    for inner in node.children:
        match inner.text.split():
            case ["interface", port, *_]:
                ports.append(port)
            case ["routed", "interface", port, *_]:
                ports.append(port)
            case ["neighbor", *rest] if rest:
                wires.append(("pseudowire", rest, inner))
            case ["vfi", *_]:
                wires += [
                    ("vpls", leaf.text.split()[1:], leaf)
                    for leaf in inner.children
                    if leaf.text.startswith("neighbor ")
                ]
            case ["evi", evi, *_] | ["member", "vni", evi, *_]:
                instances.append((evi, inner))
            case [
                "description"
                | "mtu"
                | "mac"
                | "storm-control"
                | "static-mac-address"
                | "dynamic-arp-inspection"
                | "igmp"
                | "split-horizon"
                | "flooding",
                *_,
            ]:
                pass
            case _:
                continue
        reader.use_block(inner)
    sources = reader.block(node)
    for kind, words, inner in wires:
        yield _wire(reader, name, kind, words, inner, tuple(ports), sources)
    for evi, inner in instances:
        yield Pseudowire(name, "evpn", reader.source(inner), id=evi, attachments=tuple(ports), sources=sources)
    if not wires and not instances and len(ports) > 1:
        yield Pseudowire(name, "local", reader.source(node), attachments=tuple(ports), sources=sources)
