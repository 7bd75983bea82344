"""Ways in to the command line: user interfaces (syntax-other-families D4)."""

import msgspec

from auditor.model.areas import (
    Access,
    AccessPoint,
    Filter,
    LoginHook,
    Method,
    MethodList,
    PointKind,
    Service,
    ServiceKind,
    Services,
    SharedPassword,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.acls import unclear
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import number
from auditor.syntax.tree import Node

_KINDS = {
    "con": PointKind.CONSOLE,
    "console": PointKind.CONSOLE,
    "aux": PointKind.AUX,
    "vty": PointKind.REMOTE,
    "tty": PointKind.ATTACHED,
}
_ALL = ("ssh", "telnet")
_ADMIN_LEVEL = 3
_ELSEWHERE = "logins over the network are judged by their lists of methods"


class Lines(msgspec.Struct):
    """What the user interfaces say beside the ways in."""

    passwords: list[SharedPassword] = msgspec.field(default_factory=list)
    rights: list[Source] = msgspec.field(default_factory=list)
    console_rights: list[Source] = msgspec.field(default_factory=list)
    hooks: list[LoginHook] = msgspec.field(default_factory=list)
    blocks: dict[str, list[Node]] = msgspec.field(default_factory=dict)
    methods: dict[str, MethodList] = msgspec.field(default_factory=dict)
    """Lines that ask for a password of their own: a method list of one step under the name of the line."""


def lines(config: Config) -> Lines:
    """Passwords, rights and commands at login of every `user-interface`; blocks of one name are one."""
    found = Lines()
    for words, node in config.reader.take("user-interface"):
        if words[:1] == ["maximum-vty"] or not words:
            continue
        name = " ".join(["user-interface", *words])
        found.blocks.setdefault(name, []).append(node)
        for inner in node.children:
            _beside(config, found, name, inner)
    return found


def _beside(config: Config, found: Lines, name: str, node: Node) -> None:
    match node.words:
        case ["set", "authentication", "password", *rest] if rest:
            config.reader.use(node)
            found.passwords.append(SharedPassword(name, config.reader.secret(rest[-1]), config.reader.source(node)))
        case ["authentication-mode", "password", *_]:
            source = config.reader.source(node)
            found.methods[name] = MethodList(name, (Method.LINE,), source, spelled=("password",), used_by=(source,))
        case ["authentication-mode", *_]:
            found.methods.pop(name, None)
        case ["user", "privilege", "level", level, *_]:
            config.reader.use(node)
            if (number(level) or 0) >= _ADMIN_LEVEL:
                found.rights.append(config.reader.source(node))
                if name.split()[1] in ("con", "console", "aux"):
                    found.console_rights.append(config.reader.source(node))
        case ["auto-execute", "command", *command]:
            config.reader.use(node)
            found.hooks.append(LoginHook("autocommand", " ".join(command), config.reader.source(node)))


def access(config: Config, found: Lines, services: Services, login_list: str) -> Access:
    """Read `authentication-mode`, `protocol inbound`, `acl [ipv6] N inbound`, `idle-timeout`, `shell`.

    What a line lets in counts as far as the server of the protocol is not known to be off. A list of the server is a
    list of the line where every protocol that the line lets in has one.
    """
    return Access(tuple(_point(config, name, nodes, services, login_list) for name, nodes in found.blocks.items()))


class _Said(msgspec.Struct):
    """The statements of a line; later ones replace earlier ones."""

    mode: str = ""
    mode_source: Source | None = None
    protocol: str = ""
    protocol_source: Source | None = None
    shell: Source | None = None
    idle: Setting[int] | None = None
    reverse: bool = False
    filters: dict[int, Filter] = msgspec.field(default_factory=dict)


def _point(config: Config, name: str, nodes: list[Node], services: Services, login_list: str) -> AccessPoint:
    said = _Said()
    for block in nodes:
        for node in block.children:
            _statement(config, said, name, node)
    kind = _KINDS.get(name.split()[1], PointKind.REMOTE)
    source = config.reader.source(nodes[0])
    default = "idle-timeout (vty)" if kind is PointKind.REMOTE else "idle-timeout (console)"
    idle = said.idle if said.idle is not None else config.absent(default, int)
    point = AccessPoint(
        name=name,
        source=source,
        protocols=Known((), (source,)),
        login_open=said.mode_source if said.mode == "none" else None,
        login_list=login_list if said.mode in ("aaa", "scheme") else name if said.mode == "password" else "",
        reverse=said.reverse,
        kind=kind,
        idle_seconds=idle,
        authenticated=_authenticated(name, said) if kind is not PointKind.REMOTE else Unknown(Code.CUT, _ELSEWHERE),
        interpreter=Known(True) if said.shell is None or kind is PointKind.REMOTE else Known(False, (said.shell,)),
    )
    return point if kind is not PointKind.REMOTE else _remote(config, point, said, services)


def _authenticated(name: str, said: _Said) -> Setting[bool]:
    if said.mode_source is None or not said.mode:
        return Unknown(Code.DEFAULT, f"'{name}' has no 'authentication-mode', and its default is not documented")
    return Known(False, (said.mode_source,)) if said.mode == "none" else Known(True)


def _remote(config: Config, point: AccessPoint, said: _Said, services: Services) -> AccessPoint:
    protocols, sources = _protocols(config, said, services)
    filters = tuple(said.filters.values())
    missing = [family for family in config.families if family not in said.filters]
    if isinstance(protocols, Known):
        servers = [one for one in services.found if one.kind.value in protocols.value]
        covered = [family for family in missing if protocols.value and _guarded(protocols.value, servers, family)]
        filters += tuple(bound for one in servers for bound in one.filters if bound.family in covered)
        missing = [family for family in missing if family not in covered]
        if not protocols.value:
            missing = []
    return msgspec.structs.replace(
        point,
        protocols=protocols,
        protocol_sources=sources,
        filters=filters,
        open_families=Known(tuple(missing)),
    )


def _guarded(protocols: tuple[str, ...], servers: list[Service], family: int) -> bool:
    return all(
        any(one.kind.value == protocol and any(bound.family == family for bound in one.filters) for one in servers)
        for protocol in protocols
    )


def _protocols(config: Config, said: _Said, services: Services) -> tuple[Setting[tuple[str, ...]], tuple[Source, ...]]:
    if said.shell is not None:
        return Known((), (said.shell,)), (said.shell,)
    spelled: Setting[str] = (
        Known(said.protocol, (said.protocol_source,))
        if said.protocol_source is not None
        else config.absent("protocol inbound", str)
    )
    if isinstance(spelled, Unknown):
        return spelled, ()
    let = {"all": _ALL, "ssh": ("ssh",), "telnet": ("telnet",)}.get(spelled.value, ())
    on = []
    sources = list(spelled.sources)
    for word, kind in (("ssh", ServiceKind.SSH), ("telnet", ServiceKind.TELNET)):
        if word not in let:
            continue
        state = services.state(kind)
        if isinstance(state, Known):
            sources += state.sources
        if not (isinstance(state, Known) and not state.value):
            on.append(word)
    return Known(tuple(on), tuple(sources), default=spelled.default), tuple(sources)


def _statement(config: Config, said: _Said, name: str, node: Node) -> None:
    source = config.reader.source(node)
    match node.words:
        case ["authentication-mode", mode, *_]:
            said.mode, said.mode_source = mode, source
        case ["undo", "authentication-mode", *_]:
            said.mode, said.mode_source = "", source
        case ["protocol", "inbound", protocol, *_]:
            said.protocol, said.protocol_source = protocol, source
        case ["idle-timeout", minutes, *seconds] if minutes.isdigit():
            rest = number(seconds[0]) if seconds else 0
            said.idle = Known(int(minutes[:6]) * 60 + (rest or 0), (source,))
        case ["undo", "shell"]:
            said.shell = source
        case ["shell"]:
            said.shell = None
        case ["redirect", "enable"]:
            said.reverse = True
        case ["acl", *rest] if rest:
            _list(config, said, name, rest, source)
        case _:
            return
    config.reader.use(node)


def _list(config: Config, said: _Said, name: str, words: list[str], source: Source) -> None:
    """`acl [ipv6] {N | name L} {inbound | outbound}`; what goes out is no way in."""
    family = 6 if words[0] == "ipv6" else 4
    rest = [word for word in words if word not in ("ipv6", "name", "number")]
    direction = "out" if "outbound" in rest else "in"
    if not rest:
        return
    if direction == "out":
        config.lists.use(rest[0], family, name, source, direction)
        return
    said.filters[family] = config.lists.bind(
        rest[0], family, name, source, unclear("a user interface", source), direction
    )
