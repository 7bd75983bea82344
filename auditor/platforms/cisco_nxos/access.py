"""Lines: who may come in to the command line, and how (syntax-ios-family C.4)."""

from auditor.model.areas import Access, AccessPoint, Filter, PointKind
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.cisco_nxos.acls import LOGIN, bind
from auditor.platforms.cisco_nxos.blocks import Block
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number

_VTY = "line vty"
_KINDS = {"vty": PointKind.REMOTE, "console": PointKind.CONSOLE}
_MINUTE = 60
_FILTERS = (("access-class", 4), ("ipv6 access-class", 6))
_NOTHING: tuple[Setting[tuple[str, ...]], tuple[Source, ...]] = (Known(()), ())


def access(context: Context) -> Access:
    """Read `line console` and `line vty` with `exec-timeout`, `absolute-timeout` and `access-class`.

    VTYs accept every login service that is on: SSH unless `no feature ssh`, Telnet with `feature telnet`. Where the
    configuration prints no `line vty`, a point without filters stands for it, so that silence does not read as closed.
    """
    reader = context.reader
    points = [_point(context, Block(reader, node), words[0]) for words, node in reader.take("line") if words]
    if not any(point.kind is PointKind.REMOTE for point in points):
        points.append(_unprinted(context))
    return Access(tuple(points))


def protocols(context: Context) -> tuple[Setting[tuple[str, ...]], tuple[Source, ...]]:
    """What VTYs accept, and the lines that say so."""
    found = {name: context.feature(name) for name in ("ssh", "telnet")}
    unknown = next((setting for setting in found.values() if isinstance(setting, Unknown)), None)
    if unknown is not None:
        return unknown, ()
    on = [(name, setting) for name, setting in found.items() if isinstance(setting, Known) and setting.value]
    sources = tuple(source for _, setting in on for source in setting.sources)
    cited = next((setting.default for _, setting in on if setting.default), "")
    return Known(tuple(name for name, _ in on), sources, default="" if sources else cited), sources


def _unprinted(context: Context) -> AccessPoint:
    last = context.reader.root.children[-1] if context.reader.root.children else None
    source = context.reader.source(last) if last is not None else Source(context.reader.document, 1, 1, "")
    accepted, sources = protocols(context)
    return AccessPoint(
        name=_VTY,
        source=source,
        protocols=accepted,
        open_families=_open(context, ()),
        login_list="default",
        idle_seconds=context.absent("line exec-timeout", int),
        protocol_sources=sources,
    )


def _point(context: Context, block: Block, name: str) -> AccessPoint:
    kind = _KINDS.get(name, PointKind.AUX)
    remote = kind is PointKind.REMOTE
    accepted, sources = protocols(context) if remote else _NOTHING
    filters = _filters(context, block)
    return AccessPoint(
        name=block.node.text,
        source=context.reader.source(block.node),
        protocols=accepted,
        filters=filters,
        open_families=_open(context, filters) if remote else Known(()),
        login_list="console" if kind is PointKind.CONSOLE else "default",
        protocol_sources=sources,
        kind=kind,
        idle_seconds=_minutes(block, "exec-timeout", context.absent("line exec-timeout", int)),
        session_seconds=_minutes(block, "absolute-timeout", Known(0)),
    )


def _filters(context: Context, block: Block) -> tuple[Filter, ...]:
    """`access-class A in` and `ipv6 access-class A in`; a list for `out` protects nothing here."""
    found: dict[int, Filter] = {}
    for key, family in _FILTERS:
        for words, node in block.take(key):
            if len(words) > 1 and words[1] == "in":
                found[family] = bind(context.lists, words[0], family, context.reader.source(node), LOGIN)
    return tuple(found.values())


def _open(context: Context, filters: tuple[Filter, ...]) -> Setting[tuple[int, ...]]:
    """Families in use that no list guards; not known where the block may have been cut."""
    if isinstance(context.complete, Unknown) and not filters:
        return context.complete
    covered = {bound.family for bound in filters}
    return Known(tuple(family for family in context.families if family not in covered))


def _minutes(block: Block, key: str, default: Setting[int]) -> Setting[int]:
    last = block.last(key)
    minutes = number(last.words[1]) if last is not None and not last.negated and len(last.words) > 1 else None
    return default if last is None or minutes is None else Known(minutes * _MINUTE, (block.source(last),))
