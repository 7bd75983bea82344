"""Layer-2 circuits (syntax-ios-family A.7)."""

from collections.abc import Iterator, Sequence

import msgspec

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node

_ADDRESSED = ("neighbor", "member", "xconnect")


class _Bridge(msgspec.Struct):
    attachments: list[str] = msgspec.field(default_factory=list)
    sources: list[Source] = msgspec.field(default_factory=list)


def pseudowires(context: Context, ports: Sequence[Port]) -> Pseudowires:
    """Read circuits to other devices and between ports of this one.

    `xconnect A ID ...` of interfaces and service instances, `interface pseudowireN`, `l2vpn xconnect context`,
    `l2vpn vfi context`, `l2 vfi`, `bridge-domain N`, `l2vpn evpn instance N` and `connect NAME ...`.
    """
    reader = context.reader
    classes = _classes(reader)
    bridges: dict[str, _Bridge] = {}
    found: list[Pseudowire] = []
    for port in ports:
        if port.name.lower().startswith("pseudowire"):
            found += _interface(reader, port)
        gone = max((node.number for node in port.block.all("no xconnect")), default=0)
        reader.use(*port.block.all("no xconnect"))
        for node in (node for node in port.block.all("xconnect") if node.number > gone):
            found += _xconnect(reader, port, port.name, node, classes)
        for instance in port.block.all("service instance"):
            found += _instance(reader, port, instance, classes, bridges)
    found += [*_contexts(reader), *_vfis(reader), *_evpn(reader), *_connects(reader)]
    return Pseudowires((*found, *_bridges(reader, bridges)))


def _classes(reader: Reader) -> dict[str, str]:
    """`pseudowire-class C` > `encapsulation {mpls|l2tpv3}`, and `template type pseudowire T`."""
    found = {}
    for start in ("pseudowire-class", "template type pseudowire", "l2tp-class"):
        for words, node in reader.take(start):
            reader.use_block(node)
            kinds = [inner.text.split()[-1] for inner in node.children if inner.text.startswith("encapsulation")]
            if words and kinds:
                found[words[0]] = kinds[-1]
    return found


def _kind(words: Sequence[str], classes: dict[str, str]) -> str:
    encapsulation = after(words, "encapsulation") or classes.get(after(words, "pw-class"), "mpls")
    return "l2tpv3" if encapsulation == "l2tpv3" else "pseudowire"


def _xconnect(reader: Reader, port: Port, attachment: str, node: Node, classes: dict[str, str]) -> Iterator[Pseudowire]:
    """`xconnect A VCID {encapsulation {mpls|l2tpv3 [manual]} | pw-class C}` with `backup peer A VCID` inside."""
    reader.use_block(node)
    words = node.text.split()
    if len(words) < 3:
        reader.give_back(node)
        return
    kind = _kind(words, classes)
    sources = (port.source, *reader.block(node))
    yield Pseudowire(
        name=f"xconnect on {attachment}",
        kind=kind,
        source=reader.source(node),
        peer=words[1],
        id=words[2],
        attachments=(attachment,),
        sources=sources,
        active=not port.shutdown,
    )
    for inner in node.children:
        parts = inner.text.split()
        if parts[:2] == ["backup", "peer"] and len(parts) > 3:
            yield Pseudowire(
                f"backup on {attachment}", kind, reader.source(inner), parts[2], parts[3], (attachment,), sources
            )


def _instance(
    reader: Reader, port: Port, node: Node, classes: dict[str, str], bridges: dict[str, _Bridge]
) -> list[Pseudowire]:
    """`service instance N ethernet` > `xconnect ...` or `bridge-domain B`."""
    reader.use_block(node)
    words = node.text.split()
    attachment = f"{port.name} service instance {words[2] if len(words) > 2 else ''}".strip()
    found: list[Pseudowire] = []
    for inner in node.children:
        parts = inner.text.split()
        if parts[0] == "xconnect":
            found += _xconnect(reader, port, attachment, inner, classes)
        elif parts[0] == "bridge-domain" and len(parts) > 1:
            bridge = bridges.setdefault(parts[1], _Bridge())
            bridge.attachments.append(attachment)
            bridge.sources += (port.source, reader.source(node), reader.source(inner))
    return found


def _interface(reader: Reader, port: Port) -> list[Pseudowire]:
    """`interface pseudowireN` > `encapsulation mpls`, `neighbor A VCID`."""
    encapsulation = port.block.last("encapsulation")
    kind = "l2tpv3" if encapsulation is not None and "l2tpv3" in encapsulation.text else "pseudowire"
    return [
        Pseudowire(
            name=port.name,
            kind=kind,
            source=port.source,
            peer=words[1],
            id=words[2],
            sources=(port.source, reader.source(node)),
            active=not port.shutdown,
        )
        for node in port.block.all("neighbor")
        if len(words := node.text.split()) > 2
    ]


def _contexts(reader: Reader) -> list[Pseudowire]:
    """`l2vpn xconnect context X` with its members.

    `member I [service-instance N]`, `member A VCID encapsulation mpls`, `member pseudowireN`.
    """
    found = []
    for words, node in reader.take("l2vpn xconnect context"):
        reader.use_block(node)
        members = [inner.text.split()[1:] for inner in node.children if inner.text.startswith("member ")]
        remote = next((parts for parts in members if parts and parts[0][:1].isdigit()), None)
        local = tuple(" ".join(parts) for parts in members if parts is not remote)
        tunnelled = remote is not None or any(one.lower().startswith("pseudowire") for one in local)
        found.append(
            Pseudowire(
                name=f"xconnect context {' '.join(words)}",
                kind="pseudowire" if tunnelled else "local",
                source=reader.source(node),
                peer=remote[0] if remote else "",
                id=remote[1] if remote and len(remote) > 1 else "",
                attachments=local,
                sources=reader.block(node),
            )
        )
    return found


def _vfis(reader: Reader) -> list[Pseudowire]:
    """`l2vpn vfi context V` > `vpn id N`, `member A ...`; `l2 vfi V manual` > `neighbor A ...`; `autodiscovery bgp`."""
    found = []
    for start in ("l2vpn vfi context", "l2 vfi"):
        for words, node in reader.take(start):
            reader.use_block(node)
            name = f"vfi {words[0] if words else ''}"
            number = next((inner.text.split()[-1] for inner in node.children if inner.text.startswith("vpn id")), "")
            members = [
                (parts[1], inner)
                for inner in node.children
                if (parts := inner.text.split())[0] in _ADDRESSED and len(parts) > 1
            ]
            for peer, inner in members or [("", node)]:
                address = peer if peer[:1].isdigit() else ""
                sources = (reader.source(node), *((reader.source(inner),) if inner is not node else ()))
                attached = () if address or not peer else (peer,)
                found.append(Pseudowire(name, "vpls", reader.source(inner), address, number, attached, sources))
    return found


def _evpn(reader: Reader) -> list[Pseudowire]:
    """`l2vpn evpn instance N ...`: the other devices are learned by BGP."""
    found = []
    for words, node in reader.take("l2vpn evpn"):
        reader.use_block(node)
        if words[:1] == ["instance"] and len(words) > 1:
            name = f"evpn instance {words[1]}"
            found.append(Pseudowire(name, "evpn", reader.source(node), id=words[1], sources=reader.block(node)))
    return found


def _connects(reader: Reader) -> list[Pseudowire]:
    """`connect NAME I [N] I [N]`: two ports of this device."""
    found = []
    for words, node in reader.take("connect"):
        reader.use_block(node)
        if words:
            found.append(
                Pseudowire(
                    f"connect {words[0]}",
                    "local",
                    reader.source(node),
                    attachments=tuple(words[1:]),
                    sources=reader.block(node),
                )
            )
    return found


def _bridges(reader: Reader, bridges: dict[str, _Bridge]) -> list[Pseudowire]:
    """A bridge domain that joins at least two attachments.

    `bridge-domain N` > `member ...` adds to those of instances.
    """
    for words, node in reader.take("bridge-domain"):
        reader.use_block(node)
        if words:
            bridge = bridges.setdefault(words[0], _Bridge())
            bridge.sources.append(reader.source(node))
            for inner in node.children:
                if inner.text.startswith("member "):
                    bridge.attachments.append(inner.text.removeprefix("member "))
                    bridge.sources.append(reader.source(inner))
    return [
        Pseudowire(
            name=f"bridge-domain {number}",
            kind="local",
            source=bridge.sources[0],
            id=number,
            attachments=tuple(bridge.attachments),
            sources=tuple(bridge.sources),
        )
        for number, bridge in bridges.items()
        if len(bridge.attachments) > 1
    ]
