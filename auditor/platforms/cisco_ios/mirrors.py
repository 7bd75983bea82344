"""Mirror sessions (syntax-ios-family A.6)."""

import msgspec

from auditor.model.areas import Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node


class _Session(msgspec.Struct):
    kind: str = "span"
    sources: list[Source] = msgspec.field(default_factory=list)
    copied: list[str] = msgspec.field(default_factory=list)
    destinations: list[MirrorDestination] = msgspec.field(default_factory=list)
    active: Setting[bool] = Known(True)


def mirrors(reader: Reader) -> Mirrors:
    """Read `monitor session N ...` in its flat and its block form, and the old `port monitor I` of an interface."""
    sessions: dict[str, _Session] = {}
    for words, node in reader.take("monitor session"):
        if not words:
            continue
        session = sessions.setdefault(words[0], _Session())
        session.sources.append(reader.source(node))
        _statement(session, words[1:], reader, node)
    found = [
        Mirror(
            name=f"monitor session {name}",
            kind=session.kind,
            sources=tuple(session.sources),
            destinations=tuple(session.destinations),
            copied=tuple(session.copied),
            active=session.active,
        )
        for name, session in sessions.items()
    ]
    return Mirrors(tuple(found + _port_monitors(reader)))


def _statement(session: _Session, words: list[str], reader: Reader, node: Node) -> None:
    source = reader.source(node)
    match words:
        case ["type", kind, *_]:
            _block(session, kind, reader, node)
        case ["source", *what]:
            session.copied.append(" ".join(what))
        case ["destination", "remote", "vlan", vlan, *_]:
            session.kind = "rspan"
            session.destinations.append(MirrorDestination("vlan", vlan, source))
        case ["destination", "interface", *what]:
            session.destinations.append(MirrorDestination("interface", " ".join(what), source))


def _block(session: _Session, kind: str, reader: Reader, node: Node) -> None:
    """ERSPAN and the block forms of newer releases; down until `no shutdown` (XE 17.18 model)."""
    session.kind = kind.removesuffix("-source")
    reader.use_block(node)
    session.sources += [reader.source(inner) for inner in node.walk()]
    session.active = _state(reader, node)
    for _, inner in reader.take("source", node):
        session.copied.append(inner.text.removeprefix("source "))
    for words, inner in reader.take("destination", node):
        if words[:1] == ["interface"]:
            session.destinations.append(MirrorDestination("interface", " ".join(words[1:]), reader.source(inner)))
        vrf = next((parts[0] for parts, _ in reader.take("vrf", inner) if parts), "")
        session.destinations += [
            MirrorDestination("address", parts[0], reader.source(leaf), vrf)
            for start in ("ip address", "ipv6 address")
            for parts, leaf in reader.take(start, inner)
            if parts
        ]
    if kind == "erspan-destination":
        session.kind = "erspan-destination"


def _state(reader: Reader, node: Node) -> Setting[bool]:
    last = reader.last("shutdown", node)
    if last is None:
        return Unknown(Code.DEFAULT, f"'{node.text}' says neither 'shutdown' nor 'no shutdown'", (reader.source(node),))
    return Known(last.text == "no shutdown", (reader.source(last),))


def _port_monitors(reader: Reader) -> list[Mirror]:
    """`port monitor FastEthernet0/2` on the port that gets the copy (Catalyst 2900XL/3500XL)."""
    return [
        Mirror(
            name=f"port monitor on {port.text.removeprefix('interface ')}",
            kind="span",
            sources=(reader.source(port), reader.source(inner)),
            destinations=(MirrorDestination("interface", port.text.removeprefix("interface "), reader.source(inner)),),
            copied=(" ".join(words),),
        )
        for port in reader.find("interface")
        for words, inner in reader.take("port monitor", port)
    ]
