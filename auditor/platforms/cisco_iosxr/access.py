"""Ways in to the command line: lines, pools of VTYs and the services in front of them (syntax-ios-family B.4)."""

import msgspec

from auditor.model.areas import Access, AccessPoint, Filter, PointKind, Service, ServiceKind
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import number
from auditor.platforms.cisco_iosxr.services import Surroundings
from auditor.syntax.tree import Node

_ALL = ("telnet", "ssh")
"""Of what `transport input all` accepts, the protocols that matter here."""
_INPUT_DEFAULT = "a protocol answers only if its server is configured; syntax-ios-family B.4"
_PROTOCOLS = {ServiceKind.SSH: "ssh", ServiceKind.TELNET: "telnet"}


class _Line(msgspec.Struct):
    """The settings of a line; what a template does not say comes from `line default`."""

    source: Source
    transport: tuple[str, ...] | None = None
    transport_source: Source | None = None
    outbound: tuple[tuple[str, ...], Source] | None = None
    lists: tuple[tuple[str, Source], ...] = ()
    login: str = ""
    idle: tuple[int, Source] | None = None
    absolute: tuple[int, Source] | None = None


def access(reader: Configuration, around: Surroundings, services: tuple[Service, ...]) -> Access:
    """Read `line {console|default|template T}`, `vty-pool P A B [line-template T]`, and bring them together with the servers.

    A session must pass the list of the server's VRF, the protection of the management plane, and the list of the line.
    """
    lines = {node.text: _line(reader, node) for node in reader.find("line")}
    default = lines.get("line default")
    console = lines.get("line console")
    points = [_console(reader, around, console, default)]
    servers = [one for one in services if one.kind in _PROTOCOLS]
    for name, words, node in _pools(reader):
        template = words[words.index("line-template") + 1] if "line-template" in words[:-1] else "default"
        own = lines.get(f"line {template}") or lines.get(f"line template {template}")
        points += _pool(reader, around, (name, node), (own, default), servers)
    return Access(tuple(points))


def _pools(reader: Configuration) -> list[tuple[str, list[str], Node | None]]:
    """Pools that people come in by; those of the event manager lead nobody in. The default pool exists unprinted."""
    found: list[tuple[str, list[str], Node | None]] = []
    for words, node in reader.take("vty-pool"):
        if words and words[0] != "eem":
            end = words.index("line-template") if "line-template" in words else len(words)
            found.append((" ".join(["vty-pool", *words[:end]]), words, node))
    if not any(words[0] == "default" for _, words, _ in found):
        found.insert(0, ("vty-pool default", ["default"], None))
    return found


def _line(reader: Configuration, node: Node) -> _Line:
    line = _Line(reader.source(node))
    reader.use(node)
    for inner in node.children:
        source = reader.source(inner)
        match inner.text.split():
            case ["transport", "input", *words]:
                line.transport = _ALL if words == ["all"] else tuple(word for word in words if word != "none")
                line.transport_source = source
            case ["transport", "output", *words]:
                line.outbound = (_ALL if words == ["all"] else tuple(word for word in words if word != "none"), source)
            case ["access-class", "ingress", name, *_]:
                line.lists = ((name, source),)
            case ["access-class", "egress", *_]:
                pass
            case ["login", "authentication", name]:
                line.login = name
            case ["exec-timeout", minutes, *rest]:
                seconds = (number(minutes) or 0) * 60 + (number(rest[0]) or 0 if rest else 0)
                line.idle = (seconds, source)
            case ["absolute-timeout", minutes]:
                line.absolute = ((number(minutes) or 0) * 60, source)
            case ["authorization" | "accounting" | "users" | "transport", *_]:
                pass
            case _:
                continue
        reader.use(inner)
    return line


def _first(lines: tuple[_Line | None, ...], name: str) -> object:
    """The setting of the first line that has it."""
    return next((value for line in lines if line is not None and (value := getattr(line, name))), None)


def _console(reader: Configuration, around: Surroundings, own: _Line | None, default: _Line | None) -> AccessPoint:
    lines = (own, default)
    source = next((line.source for line in lines if line is not None), reader.vantage)
    return AccessPoint(
        name="line console",
        source=source,
        protocols=Known((), default="the console is reached by its port alone"),
        login_list=_login(lines),
        kind=PointKind.CONSOLE,
        idle_seconds=_idle(lines, around),
        session_seconds=_session(lines, around),
        outbound=_outbound(lines, around),
    )


def _pool(
    reader: Configuration,
    around: Surroundings,
    pool: tuple[str, Node | None],
    lines: tuple[_Line | None, _Line | None],
    servers: list[Service],
) -> list[AccessPoint]:
    """A pool once for every server in front of it; closed where no server is on that the line lets through."""
    name, node = pool
    accepted = next((line.transport for line in lines if line is not None and line.transport is not None), None)
    told = next(
        (line.transport_source for line in lines if line is not None and line.transport_source is not None), None
    )
    found = []
    unclear: list[Unknown] = []
    for server in servers:
        protocol = _PROTOCOLS[server.kind]
        if accepted is not None and protocol not in accepted:
            continue
        if isinstance(server.enabled, Unknown):
            unclear.append(server.enabled)
        elif server.enabled.value:
            found.append(_point(around, name, lines, server, told))
    if found:
        return found
    source = _place(reader, node, lines)
    sources = (told,) if told is not None else ()
    protocols: Setting[tuple[str, ...]] = Known((), sources, default="" if sources else _INPUT_DEFAULT)
    if unclear:
        protocols = Unknown(unclear[0].code, unclear[0].reason, unclear[0].sources or (source,))
    return [_plain(around, name, source, lines, protocols, sources)]


def _place(reader: Configuration, node: Node | None, lines: tuple[_Line | None, ...]) -> Source:
    if node is not None:
        return reader.source(node)
    return next((line.source for line in lines if line is not None), reader.vantage)


def _plain(
    around: Surroundings,
    name: str,
    source: Source,
    lines: tuple[_Line | None, _Line | None],
    protocols: Setting[tuple[str, ...]],
    sources: tuple[Source, ...],
) -> AccessPoint:
    filters = _filters(around, name, lines)
    return AccessPoint(
        name=name,
        source=source,
        protocols=protocols,
        filters=filters,
        open_families=Known(()) if isinstance(protocols, Known) else around.open("default", filters),
        login_list=_login(lines),
        protocol_sources=sources,
        idle_seconds=_idle(lines, around),
        session_seconds=_session(lines, around),
        outbound=_outbound(lines, around),
    )


def _point(
    around: Surroundings,
    name: str,
    lines: tuple[_Line | None, _Line | None],
    server: Service,
    told: Source | None,
) -> AccessPoint:
    protocol = _PROTOCOLS[server.kind]
    vrf = server.vrfs[0] if server.vrfs else "default"
    label = f"{name}: {protocol} in vrf {vrf}" + (f" port {server.port}" if server.name else "")
    filters = (*server.filters, *_filters(around, label, lines))
    sources = (*server.sources, *((told,) if told is not None else ()))
    return AccessPoint(
        name=label,
        source=server.sources[0],
        protocols=Known((protocol,), sources),
        filters=filters,
        open_families=_left_open(server, filters),
        login_list=_login(lines),
        protocol_sources=sources,
        idle_seconds=_idle(lines, around),
        session_seconds=_session(lines, around),
        outbound=_outbound(lines, around),
        vrfs=(vrf,),
    )


def _left_open(server: Service, filters: tuple[Filter, ...]) -> Setting[tuple[int, ...]]:
    if isinstance(server.open_families, Unknown):
        return server.open_families
    covered = {one.family for one in filters}
    return Known(tuple(family for family in server.open_families.value if family not in covered))


def _filters(around: Surroundings, where: str, lines: tuple[_Line | None, ...]) -> tuple[Filter, ...]:
    lists = _first(lines, "lists")
    if not isinstance(lists, tuple):
        return ()
    return tuple(one for name, source in lists for one in around.lists.either(name, source, where.partition(":")[0]))


def _login(lines: tuple[_Line | None, ...]) -> str:
    return str(_first(lines, "login") or "default")


def _idle(lines: tuple[_Line | None, ...], around: Surroundings) -> Setting[int]:
    """`exec-timeout M S`; what holds without it is not documented for all releases (syntax-ios-family B.4)."""
    for line in lines:
        if line is not None and line.idle is not None:
            return Known(line.idle[0], (line.idle[1],))
    if isinstance(around.complete, Unknown):
        return around.complete
    return Unknown(Code.DEFAULT, "no 'exec-timeout', and its default is not documented for this release")


def _session(lines: tuple[_Line | None, ...], around: Surroundings) -> Setting[int]:
    for line in lines:
        if line is not None and line.absolute is not None:
            return Known(line.absolute[0], (line.absolute[1],))
    return TABLE.absent("absolute-timeout", int, around.release, around.complete)


def _outbound(lines: tuple[_Line | None, ...], around: Surroundings) -> Setting[tuple[str, ...]]:
    for line in lines:
        if line is not None and line.outbound is not None:
            return Known(line.outbound[0], (line.outbound[1],))
    if isinstance(around.complete, Unknown):
        return around.complete
    return Unknown(Code.DEFAULT, "no 'transport output', and its default is not documented for this release")
