"""Mirror sessions, traffic export and captures (syntax-ios-family A.6)."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node


class _Session(msgspec.Struct):
    kind: str = "span"
    sources: list[Source] = msgspec.field(default_factory=list)
    copied: list[str] = msgspec.field(default_factory=list)
    destinations: list[MirrorDestination] = msgspec.field(default_factory=list)
    active: Setting[bool] = Known(True)
    filters: list[str] = msgspec.field(default_factory=list)


def mirrors(context: Context, ports: Sequence[Port]) -> Mirrors:
    """Read mirror sessions, traffic export and captures.

    `monitor session N ...` in its flat and its block form, the old `port monitor I` of an interface,
    `ip traffic-export profile P`, `vlan access-map M` with `action forward capture`, and `monitor capture NAME ...`.
    """
    reader = context.reader
    sessions: dict[str, _Session] = {}
    for words, node in reader.take("monitor session"):
        if not words:
            continue
        session = sessions.setdefault(words[0], _Session())
        session.sources.append(reader.source(node))
        _statement(session, words[1:], context, node)
    found = [
        Mirror(
            name=f"monitor session {name}",
            kind=session.kind,
            sources=tuple(session.sources),
            destinations=tuple(session.destinations),
            copied=tuple(session.copied),
            active=session.active,
            filters=tuple(session.filters),
            whole=any(text.startswith("cpu") for text in session.copied),
            own=any(text.startswith("cpu") for text in session.copied),
        )
        for name, session in sessions.items()
    ]
    exported, recorded = _traffic_export(context, ports)
    return Mirrors(
        sessions=(
            *found,
            *_port_monitors(reader, ports),
            *exported,
            *_access_maps(context, ports),
            *_remote_vlans(reader),
        ),
        captures=(*recorded, *_captures(reader)),
        # `monitor capture` is typed at the prompt and leaves no line.
        state_only=Known(True),
        by_hand="captures",
    )


def _statement(session: _Session, words: list[str], context: Context, node: Node) -> None:
    source = context.reader.source(node)
    match words:
        case ["type", kind, *_]:
            _block(session, kind, context, node)
        case ["source", "remote", "vlan", vlan, *_]:
            session.kind = "rspan"
            session.copied.append(f"remote vlan {vlan}")
        case ["source", *what]:
            session.copied.append(" ".join(what))
        case ["destination", "remote", "vlan", vlan, *_]:
            session.kind = "rspan"
            session.destinations.append(MirrorDestination("vlan", vlan, source))
        case ["destination", "interface", *what]:
            session.destinations += _ports(what, source)
        case ["filter", *what]:
            _filter(session, what, context, node)
        case _:
            context.reader.give_back(node)


def _ports(words: Sequence[str], source: Source) -> list[MirrorDestination]:
    """`I , I - N [encapsulation replicate] [ingress ...]`: a range stays one text."""
    end = next((index for index, word in enumerate(words) if word in ("encapsulation", "ingress")), len(words))
    names = " ".join(words[:end]).split(",")
    return [MirrorDestination("interface", name.strip(), source) for name in names if name.strip()]


def _filter(session: _Session, words: Sequence[str], context: Context, node: Node) -> None:
    """`filter vlan L` and `filter [ip|ipv6|mac] access-group A`."""
    if "access-group" in words[:-1]:
        family = 6 if words[0] == "ipv6" else 4
        session.filters.append(words[-1])
        if words[0] != "mac":
            context.refer("access-list", words[-1], "monitor session", context.reader.source(node), family)
    else:
        session.copied.append("filter " + " ".join(words))


def _block(session: _Session, kind: str, context: Context, node: Node) -> None:
    """ERSPAN and the block forms of newer releases; down until `no shutdown` (XE 17.18 model)."""
    reader = context.reader
    session.kind = "erspan-destination" if kind == "erspan-destination" else kind.removesuffix("-source")
    reader.use_block(node)
    session.sources += [reader.source(inner) for inner in node.walk()]
    session.active = _state(reader, node)
    for words, _ in reader.take("source", node):
        if words:
            session.copied.append(" ".join(words))
    for words, inner in reader.take("filter", node):
        _filter(session, words, context, inner)
    for words, inner in reader.take("destination", node):
        if words[:1] == ["interface"]:
            session.destinations += _ports(words[1:], reader.source(inner))
        vrf = next((parts[0] for parts, _ in reader.take("vrf", inner) if parts), "")
        session.destinations += [
            MirrorDestination("address", parts[0], reader.source(leaf), vrf)
            for start in ("ip address", "ipv6 address")
            for parts, leaf in reader.take(start, inner)
            if parts
        ]


def _state(reader: Reader, node: Node) -> Setting[bool]:
    last = reader.last("shutdown", node)
    if last is None:
        return Unknown(Code.DEFAULT, f"'{node.text}' says neither 'shutdown' nor 'no shutdown'", (reader.source(node),))
    return Known(last.text == "no shutdown", (reader.source(last),))


def _port_monitors(reader: Reader, ports: Sequence[Port]) -> list[Mirror]:
    """`port monitor FastEthernet0/2` on the port that gets the copy (Catalyst 2900XL/3500XL)."""
    return [
        Mirror(
            name=f"port monitor on {port.name}",
            kind="span",
            sources=(port.source, reader.source(node)),
            destinations=(MirrorDestination("interface", port.name, reader.source(node)),),
            copied=(node.text.removeprefix("port monitor").strip(),),
        )
        for port in ports
        for node in port.block.all("port monitor")
    ]


def _traffic_export(context: Context, ports: Sequence[Port]) -> tuple[list[Mirror], list[Capture]]:
    """`ip traffic-export profile P [mode capture]` and the interfaces that say `ip traffic-export apply P`.

    Inside: `interface I`, `mac-address M`, `{incoming|outgoing} access-list A`.
    """
    reader = context.reader
    applied: dict[str, list[tuple[Port, Node]]] = {}
    for port in ports:
        for line in port.block.all("ip traffic-export"):
            applied.setdefault(after(line.text.split(), "apply"), []).append((port, line))
    mirrors, captures = [], []
    for words, node in reader.take("ip traffic-export profile"):
        if not words:
            continue
        reader.use_block(node)
        used = applied.get(words[0], [])
        sources = (*reader.block(node), *(reader.source(line) for _, line in used))
        filters = []
        for inner in node.children:
            parts = inner.text.split()
            if "access-list" in parts[:-1]:
                filters.append(parts[-1])
                context.refer("access-list", parts[-1], "traffic-export", reader.source(inner), 4)
        copied, active = tuple(port.name for port, _ in used), Known(bool(used), sources)
        name = f"traffic-export {words[0]}"
        if "capture" in words:
            captures.append(
                Capture(name, sources, interfaces=copied, filters=tuple(filters), active=active, kind="traffic-export")
            )
        else:
            targets = tuple(
                MirrorDestination(
                    "interface" if inner.text.startswith("interface") else "mac", target, reader.source(inner)
                )
                for inner in node.children
                if inner.text.startswith(("interface ", "mac-address ")) and (target := inner.text.split(None, 1)[1])
            )
            mirrors.append(Mirror(name, "traffic-export", sources, targets, copied, active, tuple(filters)))
    return mirrors, captures


def _access_maps(context: Context, ports: Sequence[Port]) -> list[Mirror]:
    """`vlan access-map M N` > `action forward capture`, `vlan filter M vlan-list L`, ports with `switchport capture`."""
    reader = context.reader
    applied: dict[str, list[Source]] = {}
    for words, node in reader.take("vlan filter"):
        if words:
            applied.setdefault(words[0], []).append(reader.source(node))
    ends = tuple(
        MirrorDestination("interface", port.name, reader.source(line))
        for port in ports
        for line in port.block.all("switchport")
        if line.text == "switchport capture"
    )
    found = []
    for words, node in reader.take("vlan access-map"):
        reader.use_block(node)
        copies = [inner for inner in node.children if inner.text.startswith("action") and "capture" in inner.text]
        if not words or not copies:
            continue
        filters = [inner.text.split()[-1] for inner in node.children if inner.text.startswith("match ip address")]
        bound = applied.get(words[0], [])
        found.append(
            Mirror(
                name=f"vlan access-map {' '.join(words)}",
                kind="acl-capture",
                sources=(*reader.block(node), *bound),
                destinations=ends,
                active=Known(bool(bound), tuple(bound)),
                filters=tuple(filters),
            )
        )
    return found


def _all_after(words: Sequence[str], key: str) -> tuple[str, ...]:
    return tuple(word for before, word in pairwise(words) if before == key)


def _remote_vlans(reader: Reader) -> list[Mirror]:
    """`vlan N` > `remote-span`: copies of other switches pass through here."""
    found = []
    for node in reader.find("vlan"):
        lines = [inner for inner in node.children if inner.text == "remote-span"]
        if lines:
            reader.use(node, *lines)
            number = node.text.removeprefix("vlan ").strip()
            sources = (reader.source(node), reader.source(lines[0]))
            found.append(Mirror(f"remote-span vlan {number}", "rspan", sources, copied=(f"remote vlan {number}",)))
    return found


def _captures(reader: Reader) -> list[Capture]:
    """`monitor capture NAME ...`, where somebody kept the line; by itself it is no configuration."""
    found: dict[str, list[Node]] = {}
    for words, node in reader.take("monitor capture"):
        if words:
            name = words[1] if words[0] in ("buffer", "point") and len(words) > 1 else words[0]
            found.setdefault(name, []).append(node)
        else:
            reader.give_back(node)
    captures = []
    for name, nodes in found.items():
        words = [word for node in nodes for word in node.text.split()[3:]]
        captures.append(
            Capture(
                name=name,
                sources=tuple(map(reader.source, nodes)),
                target=next((word for word in words if ":" in word and "/" in word), ""),
                interfaces=_all_after(words, "interface"),
                filters=_all_after(words, "access-list"),
            )
        )
    return captures
