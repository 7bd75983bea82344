"""Layer-2 circuits over MPLS and EVPN instances (`l2vpn`, `interface pseudowireN`, `evpn`)."""

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.cisco_nxos.blocks import Port
from auditor.platforms.cisco_nxos.context import Context
from auditor.syntax.tree import Node


def pseudowires(context: Context) -> Pseudowires:
    """Read `l2vpn xconnect context X`, `l2vpn vfi context V`, `interface pseudowireN`, and `evpn` with `vni N l2`."""
    reader = context.reader
    wires = {port.name.lower(): port for port in context.ports if port.name.lower().startswith("pseudowire")}
    found: list[Pseudowire] = []
    used: set[str] = set()
    for start, kind in (("l2vpn xconnect context", "pseudowire"), ("l2vpn vfi context", "vpls")):
        for words, node in reader.take(start):
            reader.use_block(node)
            members = [inner for inner in node.children if inner.text.startswith("member ")]
            found += _circuits(context, kind, words[0] if words else "", node, members, wires)
            used |= {inner.words[1].lower() for inner in members}
    found += [_wire(context, port, port.name, "pseudowire") for name, port in wires.items() if name not in used]
    for _, node in reader.take("evpn"):
        for inner in node.children:
            words = inner.words
            if words[0] == "vni" and words[2:3] == ["l2"]:
                reader.use_block(inner)
                found.append(Pseudowire(f"evpn vni {words[1]}", "evpn", reader.source(inner), id=words[1]))
    return Pseudowires(tuple(found))


def _circuits(
    context: Context, kind: str, name: str, node: Node, members: list[Node], wires: dict[str, Port]
) -> list[Pseudowire]:
    """Members are interfaces and pseudowires: `member pseudowireN` or `member A VCID encapsulation mpls`."""
    reader = context.reader
    attachments = tuple(
        inner.words[1] for inner in members if inner.words[1].lower().startswith(("eth", "port-c", "vlan"))
    )
    lines = (reader.source(node), *(reader.source(inner) for inner in members))
    found = []
    for inner in members:
        words = inner.words
        port = wires.get(words[1].lower())
        if port is not None:
            found.append(_wire(context, port, name, kind, attachments, lines))
        elif len(words) > 2 and words[1] not in attachments:
            found.append(Pseudowire(name, kind, reader.source(inner), words[1], words[2], attachments, lines))
    if not found:
        found.append(
            Pseudowire(name, "local" if kind == "pseudowire" else kind, reader.source(node), "", "", attachments, lines)
        )
    return found


def _wire(
    context: Context,
    port: Port,
    name: str,
    kind: str,
    attachments: tuple[str, ...] = (),
    lines: tuple[Source, ...] = (),
) -> Pseudowire:
    last = port.last("neighbor")
    words = last.words if last is not None else []
    port.all("encapsulation")
    return Pseudowire(
        name=name,
        kind=kind,
        source=port.source(last) if last is not None else context.reader.source(port.node),
        peer=words[1] if len(words) > 1 else "",
        id=words[2] if len(words) > 2 else "",
        attachments=attachments,
        sources=lines,
        active=port.up,
    )
