"""Lines: who may come in to the command line, and how (syntax-ios-family A.4)."""

from collections.abc import Sequence

from auditor.model.areas import Access, AccessPoint, Filter, PointKind
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.block import Block
from auditor.platforms.common.words import number
from auditor.syntax.tree import Node

_VTY = "line vty"
_ALL = ("telnet", "ssh")
"""Of what `transport input all` accepts, the protocols that matter here."""
_DOUBLE = frozenset(["transport", "ipv6", "logging"])
_READ = (
    *(
        "transport input",
        "transport output",
        "transport preferred",
        "no transport",
        "access-class",
        "ipv6 access-class",
    ),
    *("login", "no login", "exec-timeout", "no exec-timeout", "absolute-timeout", "session-timeout", "exec", "no exec"),
    "rotary",
)
_KINDS = {"vty": PointKind.REMOTE, "con": PointKind.CONSOLE, "console": PointKind.CONSOLE, "aux": PointKind.AUX}
_MINUTE = 60


def access(context: Context, lists: Lists, families: tuple[int, ...], *, aaa: bool) -> Access:
    """Read every `line` block and, on XE, `transport type persistent {ssh|telnet} input NAME`.

    Lines that are not printed exist with their defaults. Where no VTY is printed at all, a point with unknown protocols
    stands for them, so that silence does not read as closed.
    """
    points = [_point(context, node, words, lists, families, aaa=aaa) for words, node in context.reader.take("line")]
    if not any(point.name.startswith(_VTY) for point in points):
        points.append(_unprinted(context, families))
    return Access((*points, *_persistent(context, families)))


def _unprinted(context: Context, families: tuple[int, ...]) -> AccessPoint:
    reader = context.reader
    last = reader.root.children[-1] if reader.root.children else None
    source = reader.source(last) if last is not None else Source(reader.document, 1, 1, "")
    reason = f"no '{_VTY}' is printed, and the lines that exist keep their defaults"
    return AccessPoint(
        name=_VTY,
        source=source,
        protocols=Unknown(Code.DEFAULT, reason, (source,)),
        open_families=Known(families),
        login_list="default",
        idle_seconds=context.absent("exec-timeout", int),
        outbound=_outbound(context, None),
    )


def _open_families(context: Context, node: Node, families: tuple[int, ...]) -> Known[tuple[int, ...]] | Unknown:
    """The families in use; unknown for a block whose further lines may be missing."""
    complete = context.complete
    if isinstance(complete, Unknown) and (node is context.reader.root.children[-1] or complete.sources):
        return complete
    return Known(families)


def _point(
    context: Context, node: Node, words: list[str], lists: Lists, families: tuple[int, ...], *, aaa: bool
) -> AccessPoint:
    kind = _KINDS.get(words[0] if words else "", PointKind.ATTACHED)
    remote = kind is PointKind.REMOTE
    block = Block(node, _DOUBLE)
    for key in _READ:
        context.reader.use(*block.all(key))
    protocols, protocol_sources = _protocols(context, block, remote=remote)
    filters, vrfs = _filters(context, block, lists)
    covered = {bound.family for bound in filters}
    reach = _open_families(context, node, families)
    return AccessPoint(
        name=node.text,
        source=context.reader.source(node),
        protocols=protocols,
        protocol_sources=protocol_sources,
        filters=filters,
        open_families=reach
        if isinstance(reach, Unknown)
        else Known(tuple(family for family in reach.value if family not in covered)),
        login_open=_no_login(context, block, aaa=aaa) if remote else None,
        login_list=_login_list(block),
        reverse=not remote,
        kind=kind,
        idle_seconds=_idle(context, block),
        session_seconds=_session(context, block),
        outbound=_outbound(context, block),
        vrfs=vrfs,
        authenticated=_authenticated(context, block, kind, aaa=aaa),
        interpreter=_interpreter(context, block),
    )


def _authenticated(context: Context, block: Block, kind: PointKind, *, aaa: bool) -> Setting[bool]:
    """Whether a login is asked for: `login ...`, or the list of methods that is bound where AAA is on."""
    if aaa:
        name = _login_list(block)
        node = next(iter(context.reader.find(f"aaa authentication login {name}")), None)
        if node is not None:
            return Known(True, context.sources(node))
        reason = f"'{block.node.text}' has no list of methods, and what AAA does without one is not documented"
        return Unknown(Code.DEFAULT, reason, context.sources(block.node))
    login = block.switch("login")
    if login is not None:
        return Known(not login.text.startswith("no "), context.sources(login))
    return context.absent("vty login" if kind is PointKind.REMOTE else "tty login", bool)


def _interpreter(context: Context, block: Block) -> Setting[bool]:
    """`exec` and `no exec`."""
    node = block.switch("exec")
    return Known(True) if node is None else Known(not node.text.startswith("no "), context.sources(node))


def _protocols(context: Context, block: Block, *, remote: bool) -> tuple[Setting[tuple[str, ...]], tuple[Source, ...]]:
    """`transport input ...`; a later line replaces the earlier, several protocols may stand on one line."""
    node = block.last("transport input")
    if node is not None:
        sources = context.sources(node)
        return Known(_accepted(node.text.split()[2:]), sources), sources
    if remote:
        reason = f"'{block.node.text}' has no 'transport input', and its default differs between releases"
        return Unknown(Code.DEFAULT, reason, context.sources(block.node)), ()
    nothing = context.table.absent("tty transport input", str, context.release, Known(True))
    return Known((), default=nothing.default if isinstance(nothing, Known) else ""), ()


def _accepted(words: Sequence[str]) -> tuple[str, ...]:
    return _ALL if "all" in words else tuple(word for word in words if word != "none")


def _outbound(context: Context, block: Block | None) -> Setting[tuple[str, ...]]:
    """`transport output {all|none|PROTOCOL...}`: where a session may go on to."""
    node = block.last("transport output") if block is not None else None
    if node is not None:
        return Known(_accepted(node.text.split()[2:]), context.sources(node))
    usual = context.absent("transport output", str)
    return usual if isinstance(usual, Unknown) else Known((usual.value,), default=usual.default)


def _filters(context: Context, block: Block, lists: Lists) -> tuple[tuple[Filter, ...], tuple[str, ...]]:
    """`access-class A in [vrf-also | vrfname V]` and `ipv6 access-class A in`; `out` protects nothing here."""
    found: dict[tuple[int, str], Filter] = {}
    vrfs = []
    for key, family in (("access-class", 4), ("ipv6 access-class", 6)):
        for node in block.all(key):
            words = node.text.split()[2 if family == 6 else 1 :]
            if len(words) < 2:
                context.reader.give_back(node)
                continue
            source = context.reader.source(node)
            context.refer("access-list", words[0], block.node.text, source, family, words[1])
            if words[1] == "in":
                vrf = words[3] if words[2:3] == ["vrfname"] and len(words) > 3 else ""
                vrfs += [vrf] if vrf else []
                found[family, vrf] = lists.on_line(words[0], family, source)
    return tuple(found.values()), tuple(vrfs)


def _no_login(context: Context, block: Block, *, aaa: bool) -> Source | None:
    """`no login` opens a line; with the AAA model the method list decides and the statement has no effect."""
    login = block.switch("login")
    return context.reader.source(login) if login is not None and login.text == "no login" and not aaa else None


def _login_list(block: Block) -> str:
    bound = [node.text.split()[2:] for node in block.all("login") if node.text.startswith("login authentication")]
    return bound[-1][0] if bound and bound[-1] else "default"


def _idle(context: Context, block: Block) -> Setting[int]:
    """`exec-timeout MINUTES [SECONDS]`; 0 0 and `no exec-timeout` are never."""
    node = block.switch("exec-timeout")
    if node is None:
        return context.absent("exec-timeout", int)
    numbers = [number(word) for word in node.text.split()[1:]]
    if node.text.startswith("no "):
        return Known(0, context.sources(node))
    minutes = numbers[0] if numbers else None
    seconds = numbers[1] if len(numbers) > 1 else 0
    if minutes is None or seconds is None:
        context.reader.give_back(node)
        return Unknown(Code.CUT, f"'{node.text}' names no time", context.sources(node))
    return Known(minutes * _MINUTE + seconds, context.sources(node))


def _session(context: Context, block: Block) -> Setting[int]:
    """`absolute-timeout MINUTES`."""
    node = block.last("absolute-timeout")
    words = node.text.split() if node is not None else []
    minutes = number(words[1]) if len(words) > 1 else None
    return Known(minutes * _MINUTE, context.sources(node)) if minutes else Known(0)


def _persistent(context: Context, families: tuple[int, ...]) -> list[AccessPoint]:
    """`transport type persistent {ssh|telnet} input NAME`: the diagnostic shell, also when IOS itself is down."""
    reader = context.reader
    maps = {words[-1]: node for words, node in reader.take("transport-map type persistent") if words}
    for node in maps.values():
        reader.use_block(node)
    found = []
    for words, node in reader.take("transport type persistent"):
        match words:
            case ["ssh" | "telnet" as protocol, "input", name]:
                sources = context.sources(node, maps.get(name))
                found.append(
                    AccessPoint(
                        name=node.text,
                        source=sources[0],
                        protocols=Known((protocol,), sources),
                        protocol_sources=sources,
                        open_families=Known(families),
                        login_list="default",
                        idle_seconds=Unknown(Code.DEFAULT, "idle times of persistent transports are not documented"),
                    )
                )
            case ["console" | "webui", *_]:
                pass
            case _:
                reader.give_back(node)
    return found
