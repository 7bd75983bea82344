"""Copies of traffic (syntax-other-families D6)."""

import msgspec

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.policies import Traffic
from auditor.platforms.huawei_vrp.words import after, interface
from auditor.syntax.tree import Node

_DIRECTIONS = ("inbound", "outbound", "both", "in", "out")


class _Session(msgspec.Struct):
    name: str
    kind: str = "span"
    sources: list[Source] = msgspec.field(default_factory=list)
    destinations: list[MirrorDestination] = msgspec.field(default_factory=list)
    copied: list[str] = msgspec.field(default_factory=list)
    filters: list[str] = msgspec.field(default_factory=list)
    whole: bool = False
    inactive: bool = False


class _Sessions:
    """Sessions by the number of their observing port; what names none belongs to the board's."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.found: dict[str, _Session] = {}
        self.boards: list[str] = []
        self.at_port: dict[str, list[_Session]] = {}
        """Sessions by the interface that sends their copy out."""
        self._board = ""

    def at(self, name: str) -> _Session:
        return self.found.setdefault(name, _Session(name))

    def copy(self, name: str, what: str, node: Node) -> _Session:
        session = self.at(name)
        self.config.reader.use(node)
        session.sources.append(self.config.reader.source(node))
        session.copied.append(what)
        return session

    def board(self) -> str:
        """The session of sources that name no observing port: that of the board, where there is just one."""
        if not self._board:
            known = set(self.boards) or {name for name in self.found if name.startswith("observe-index")}
            self._board = known.pop() if len(known) == 1 else "port-mirroring"
        return self._board


def mirrors(config: Config, traffic: Traffic) -> Mirrors:
    """Read observing ports, mirrored ports and VLANs, behaviors that mirror, boards, instances and captures.

    S and CE: `observe-port N interface I`, `port-mirroring [to] observe-port N D`, `[mac-]mirroring to observe-port N`.
    NE: `port-observing observe-index N`, `port-mirroring D`, `port-mirroring to observe-index N`, `mirror to observe-index N`.
    """
    sessions = _Sessions(config)
    _observers(sessions)
    for port in config.having("port-observing"):
        for node in port.all("port-observing"):
            _observing(sessions, port.name, node)
    _boards(sessions)
    for port in config.having("port-mirroring", "mirroring", "mirroring-group", "traffic-mirror"):
        for node in (
            *port.all("port-mirroring"),
            *port.all("mirroring"),
            *port.all("mirroring-group"),
            *port.all("traffic-mirror"),
        ):
            _mirrored(sessions, port.name, node)
    for start in ("vlan", "port-group"):
        for block, node in config.inside(start):
            if node.text.startswith(("mirroring ", "mac-mirroring ", "port-mirroring ", "traffic-mirror ")):
                _mirrored(sessions, block.text, node)
    for words, node in config.reader.take("traffic-mirror"):
        _to(sessions, words, "all ports " + " ".join(words), node)
    _behaviors(sessions, traffic)
    _groups(sessions)
    _subscribers(sessions)
    made = tuple(_mirror(session) for session in sessions.found.values())
    return Mirrors(made, captures=_captures(config), state_only=_by_radius(config), by_hand="captures")


def _mirror(session: _Session) -> Mirror:
    active: Setting[bool] = Known(bool(session.copied) and not session.inactive)
    return Mirror(
        name=session.name,
        kind=session.kind,
        sources=tuple(session.sources),
        destinations=tuple(session.destinations),
        copied=tuple(session.copied),
        active=active,
        filters=tuple(session.filters),
        whole=session.whole,
        own=any("cpu-packet" in text for text in session.copied),
    )


def _observers(sessions: _Sessions) -> None:
    """`observe-port [group] N [name X] {interface I | interface-range ... | destination-ip A source-ip B} [vlan V]`."""
    reader = sessions.config.reader
    for words, node in reader.take("observe-port"):
        rest = [word for word in words if word != "group"]
        if not rest:
            reader.give_back(node)
            continue
        session = sessions.at(f"observe-port {rest[0]}")
        session.sources.append(reader.source(node))
        _destination(sessions, session, rest[1:], node)
        for inner in node.children:
            parts = inner.words
            if parts[0] in ("group-member", "interface", "member"):
                reader.use(inner)
                session.sources.append(reader.source(inner))
                _destination(sessions, session, ["interface", *parts[1:]], inner)


def _destination(sessions: _Sessions, session: _Session, words: list[str], node: Node) -> None:
    source = sessions.config.reader.source(node)
    if "destination-ip" in words[:-1]:
        session.kind = "erspan"
        vrf = after(words, "vpn-instance")
        session.destinations.append(MirrorDestination("address", after(words, "destination-ip"), source, vrf))
    if "interface" in words[:-1]:
        name, _ = interface(words[words.index("interface") + 1 :])
        session.destinations.append(MirrorDestination("interface", name, source))
    elif "interface-range" in words[:-1]:
        at = words.index("interface-range") + 1
        session.destinations.append(MirrorDestination("interface", " ".join(words[at : at + 5]), source))
    vlan = after(words, "vlan") or after(words, "remote-vlan")
    if vlan:
        session.kind = "rspan"
        session.destinations.append(MirrorDestination("vlan", vlan, source))


def _observing(sessions: _Sessions, port: str, node: Node) -> None:
    """`port-observing observe-index N`, `port-observing dest-mac M` on the interface that sends the copy out."""
    reader = sessions.config.reader
    words = node.words
    source = reader.source(node)
    reader.use(node)
    index = after(words, "observe-index")
    if index:
        session = sessions.at(f"observe-index {index}")
        session.sources.append(source)
        session.destinations.append(MirrorDestination("interface", port, source))
        sessions.at_port.setdefault(port, []).append(session)
    elif words[1:2] == ["dest-mac"]:
        for session in sessions.at_port.get(port, ()):
            session.sources.append(source)
            session.destinations.append(MirrorDestination("mac", words[-1], source))


def _boards(sessions: _Sessions) -> None:
    """`slot S` / `mirror to observe-index N`, `mirror instance I location` with its observing port."""
    reader = sessions.config.reader
    for block, node in sessions.config.inside("slot"):
        index = after(node.words, "observe-index")
        if node.words[0] in ("mirror", "observe-filter", "slot-observe") and index:
            reader.use(block, node)
            session = sessions.at(f"observe-index {index}")
            session.sources.append(reader.source(node))
            sessions.boards.append(session.name)
    for words, node in reader.take("mirror instance"):
        if words:
            session = sessions.at(f"mirror instance {words[0]}")
            session.sources += reader.block(node)
            reader.use_block(node)
            for inner in node.children:
                index = after(inner.words, "observe-index")
                if index:
                    session.destinations += sessions.at(f"observe-index {index}").destinations


def _mirrored(sessions: _Sessions, where: str, node: Node) -> None:
    words = node.words
    if words[0] == "mirroring-group":
        if len(words) > 2:
            sessions.copy(f"mirroring-group {words[1]}", f"{where} {' '.join(words[2:])}".strip(), node)
        return
    if words[1:2] == ["instance"] and len(words) > 2:
        sessions.copy(f"mirror instance {words[2]}", f"{where} {' '.join(words[3:])}".strip(), node)
        return
    if words[1:2] and words[1] in ("without-linklayer-header", "truncate", "tunnel-session"):
        sessions.config.reader.use(node)
        return
    _to(sessions, words[1:], where, node)


def _to(sessions: _Sessions, words: list[str], where: str, node: Node) -> _Session | None:
    """`[to] {observe-port N | group G | observe-index N | null0} [D]`, or a direction alone for the board's port."""
    direction = " ".join(word for word in words if word in _DIRECTIONS or word == "cpu-packet")
    what = f"{where} {direction}".strip()
    rest = [word for word in words if word != "group"]
    name = ""
    for key in ("observe-port", "observe-index"):
        target = after(rest, key)
        if target:
            name = f"{key} {target}"
    if "null0" in words:
        sessions.config.reader.use(node)
        return None
    session = sessions.copy(name or sessions.board(), what, node)
    listed = after(words, "acl")
    if listed:
        session.filters.append(listed)
        sessions.config.lists.use(listed, 4, session.name, sessions.config.reader.source(node), forwards=True)
    if "cpu-packet" in words:
        session.whole = True
    return session


def _behaviors(sessions: _Sessions, traffic: Traffic) -> None:
    """`traffic behavior B` / `{mirroring|port-mirroring} [to] observe-port N` or `port-mirroring enable`."""
    for name, nodes in traffic.behaviors.items():
        for node in nodes:
            if node.words[0] not in ("mirroring", "port-mirroring", "traffic-mirror"):
                continue
            bound, matches, lines = traffic.uses(name)
            session = _to(sessions, node.words[1:], f"traffic behavior {name}", node)
            if session is None:
                continue
            session.sources += [*bound, *lines]
            session.filters += matches
            if not bound and len(session.copied) == 1:
                session.inactive = True


def _groups(sessions: _Sessions) -> None:
    """`mirroring-group N {local | mirroring-port I D | monitor-port I | remote-probe vlan V}` of older switches."""
    reader = sessions.config.reader
    for words, node in reader.take("mirroring-group"):
        if len(words) < 2:
            reader.give_back(node)
            continue
        session = sessions.at(f"mirroring-group {words[0]}")
        source = reader.source(node)
        session.sources.append(source)
        match words[1:]:
            case ["mirroring-port" | "mirroring-vlan" | "mirroring-cpu", *what]:
                session.copied.append(" ".join(what))
            case ["monitor-port" | "monitor-egress" | "reflector-port", *what] if what:
                session.destinations.append(MirrorDestination("interface", interface(what)[0], source))
            case ["remote-probe", "vlan", vlan]:
                session.kind = "rspan"
                session.destinations.append(MirrorDestination("vlan", vlan, source))
            case ["remote-source" | "remote-destination", *_]:
                session.kind = "rspan"
    for port in sessions.config.having("monitor-port"):
        for node in port.all("monitor-port"):
            reader.use(node)
            session = sessions.at("mirroring-group")
            session.sources.append(reader.source(node))
            session.destinations.append(MirrorDestination("interface", port.name, reader.source(node)))


def _subscribers(sessions: _Sessions) -> None:
    """`service-policy mirror ...` of a broadband gateway: sessions of subscribers are copied."""
    reader = sessions.config.reader
    for words, node in reader.take("service-policy mirror"):
        session = sessions.copy(f"service-policy mirror {' '.join(words)}".strip(), "subscribers", node)
        session.kind = "service-policy"


def _captures(config: Config) -> tuple[Capture, ...]:
    """`capture-packet ...`, `packet-capture ...`: commands on most systems, statements on some."""
    found = []
    for start in ("capture-packet", "packet-capture"):
        for words, node in config.reader.take(start):
            port = after(words, "interface")
            listed = after(words, "acl") or next((word for word in words if word.isdigit() and len(word) == 4), "")
            target = after(words, "file") or after(words, "destination") or after(words, "host")
            found.append(
                Capture(
                    name=node.text,
                    sources=(config.reader.source(node),),
                    target=target,
                    interfaces=(port,) if port else (),
                    filters=(listed,) if listed else (),
                )
            )
    return tuple(found)


def _by_radius(config: Config) -> Setting[bool]:
    """RADIUS may switch a copy on for a subscriber (attribute HW-Port-Mirror) where subscribers are served."""
    nodes = [node for port in config.having("bas") for node in port.all("bas")]
    nodes += config.reader.find("radius-server group")
    return Known(bool(nodes), tuple(config.reader.source(node) for node in nodes[:3]))
