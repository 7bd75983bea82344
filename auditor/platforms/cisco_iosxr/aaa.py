"""Authentication servers, method lists, authorization and accounting (syntax-ios-family B.3)."""

import msgspec

from auditor.model.areas import (
    Aaa,
    AaaServer,
    Accounting,
    Authorization,
    CoaClient,
    Method,
    MethodList,
    ServerGroup,
)
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import after, number
from auditor.syntax.tree import Node

_METHODS = {
    "local": Method.LOCAL,
    "enable": Method.ENABLE,
    "line": Method.LINE,
    "none": Method.NONE,
    "group": Method.SERVERS,
    "tacacs+": Method.SERVERS,
    "radius": Method.SERVERS,
}
_RECORDED = ("exec", "commands", "system", "network", "subscriber", "mobile", "service", "event")
_PORTS = {"tacacs+": "port", "radius": "auth-port"}


class _Server(msgspec.Struct):
    protocol: str
    address: str
    sources: list[Source]
    group: str = ""
    order: int | None = None
    port: int | None = None
    vrf: str = ""
    secret: Secret | None = None
    tls: Setting[bool] = Known(False)


def aaa(reader: Configuration, complete: Setting[bool], full: frozenset[str]) -> Aaa:
    """Read servers, groups and the order in them, lists for login, authorization and accounting, and CoA clients."""
    servers = [*_hosts(reader, "tacacs+", "tacacs-server"), *_hosts(reader, "radius", "radius-server")]
    common = {
        protocol: _common_key(reader, start)
        for protocol, start in (("tacacs+", "tacacs-server"), ("radius", "radius-server"))
    }
    groups = _groups(reader, servers)
    lists = _login_lists(reader)
    clients = tuple(_coa(reader))
    return Aaa(
        servers=tuple(_finished(server, common[server.protocol]) for server in servers),
        login_lists=tuple(lists),
        enabled=_enabled(lists, complete),
        groups=tuple(groups),
        authorization=tuple(_authorization(reader)),
        accounting=tuple(_accounting(reader)),
        coa=_listener(reader, complete),
        coa_clients=clients,
        default_role=tuple(
            reader.source(node) for words, node in reader.take("aaa default-taskgroup") if words and words[0] in full
        ),
    )


def _hosts(reader: Configuration, protocol: str, start: str) -> list[_Server]:
    """`tacacs-server host A [port P]`, `radius-server host A [auth-port P] [acct-port Q]` with `key`, `tls trustpoint T`."""
    found = []
    for words, node in reader.take(f"{start} host"):
        if not words:
            continue
        server = _Server(protocol, words[0], list(reader.evidence(node)), port=number(after(words, _PORTS[protocol])))
        _options(reader, server, node)
        if "key" in words:
            server.secret = _key(reader, words)
        found.append(server)
    return found


def _options(reader: Configuration, server: _Server, node: Node) -> None:
    for inner in node.children:
        words = inner.text.split()
        reader.use(inner)
        match words:
            case ["key", *_]:
                server.secret = _key(reader, words)
            case ["tls", *_]:
                server.tls = Known(True, reader.evidence(inner))
            case ["vrf", name]:
                server.vrf = name
            case ["timeout" | "retransmit" | "single-connection" | "holddown-time" | "description" | "idle-time", *_]:
                continue
            case ["ignore-auth-port" | "ignore-acct-port" | "single-connection-idle-timeout" | "test", *_]:
                continue
            case _:
                reader.give_back(inner)
                continue
        server.sources += reader.evidence(inner)


def _key(reader: Configuration, words: list[str]) -> Secret:
    return reader.secret(next((word for word in words if reader.is_secret(word)), ""))


def _common_key(reader: Configuration, start: str) -> tuple[Secret, Source] | None:
    """`tacacs-server key 7 K`: the key of every server that has none of its own; other settings of the client are taken."""
    found = None
    for words, node in reader.take(f"{start} key"):
        found = (_key(reader, words), reader.source(node))
    for word in (
        "timeout",
        "retransmit",
        "deadtime",
        "dead-criteria",
        "ipv4",
        "ipv6",
        "source-port",
        "vsa",
        "disallow",
        "load-balance",
        "throttle",
        "attribute",
    ):
        for _, node in reader.take(f"{start} {word}"):
            reader.use_block(node)
    return found


def _finished(server: _Server, common: tuple[Secret, Source] | None) -> AaaServer:
    secret, sources = server.secret, server.sources
    if secret is None and common is not None:
        secret, sources = common[0], [*sources, common[1]]
    return AaaServer(
        protocol=server.protocol,
        address=server.address,
        sources=tuple(sources),
        group=server.group,
        order=server.order,
        port=server.port,
        vrf=server.vrf,
        secret=secret,
        tls=server.tls,
    )


def _groups(reader: Configuration, servers: list[_Server]) -> list[ServerGroup]:
    """`aaa group server {tacacs+|radius} G` with `server A [...]`, `server-private A [port P]` (and its key), `vrf V`."""
    found = []
    for words, node in reader.take("aaa group server"):
        if len(words) < 2:
            continue
        protocol, group = words[0], words[1]
        members: list[str] = []
        undefined: list[str] = []
        vrf = next((parts[0] for parts, _ in reader.take("vrf", node) if parts), "")
        for inner in node.children:
            match inner.text.split():
                case ["server", "hostname" | "name", name, *rest] | ["server", name, *rest]:
                    port = number(after(rest, _PORTS[protocol])) if protocol in _PORTS else None
                    if not _member(servers, (protocol, name, port), group, len(members) + 1, reader.source(inner), vrf):
                        undefined.append(name)
                case ["server-private", name, *rest]:
                    private = _Server(protocol, name, list(reader.evidence(inner)), group, len(members) + 1, vrf=vrf)
                    private.port = number(after(rest, _PORTS.get(protocol, "")))
                    private.secret = _key(reader, rest) if "key" in rest else None
                    _options(reader, private, inner)
                    servers.append(private)
                case [
                    "source-interface"
                    | "deadtime"
                    | "load-balance"
                    | "accounting"
                    | "authorization"
                    | "throttle"
                    | "timeout"
                    | "retransmit",
                    *_,
                ]:
                    reader.use(inner)
                    continue
                case _:
                    continue
            reader.use(inner)
            members.append(name)
        found.append(ServerGroup(group, protocol, tuple(members), reader.source(node), tuple(undefined)))
    return found


def _member(
    servers: list[_Server], key: tuple[str, str, int | None], group: str, order: int, source: Source, vrf: str
) -> bool:
    protocol, name, port = key
    known = False
    for server in servers:
        if server.protocol == protocol and server.address == name and port in (None, server.port):
            known = True
            if server.order is None:
                server.group, server.order = group, order
                server.vrf = server.vrf or vrf
                server.sources.append(source)
    return known


def _login_lists(reader: Configuration) -> list[MethodList]:
    """`aaa authentication login {default|L} METHOD...` and the lines with `login authentication L`."""
    uses: dict[str, list[Source]] = {}
    for line in reader.find("line"):
        for words, node in reader.take("login authentication", line):
            if words:
                uses.setdefault(words[0], []).append(reader.source(node))
    lists: dict[str, MethodList] = {}
    for words, node in reader.take("aaa authentication login"):
        if len(words) > 1:
            lists[words[0]] = MethodList(
                name=words[0],
                methods=_methods(words[1:]),
                source=reader.source(node),
                spelled=tuple(words[1:]),
                used_by=tuple(uses.get(words[0], ())),
            )
    return list(lists.values())


def _methods(words: list[str]) -> tuple[Method, ...]:
    found = []
    rest = iter(words)
    for word in rest:
        found.append(_METHODS.get(word, Method.OTHER))
        if word == "group":
            next(rest, "")
    return tuple(found)


def _enabled(lists: list[MethodList], complete: Setting[bool]) -> Setting[bool]:
    """Logins are decided by servers where a list that is the default or bound to a line names a group."""
    deciding = [one for one in lists if Method.SERVERS in one.methods and (one.name == "default" or one.used_by)]
    if deciding:
        return Known(True, tuple(one.source for one in deciding))
    return complete if isinstance(complete, Unknown) else Known(False, tuple(one.source for one in lists))


def _authorization(reader: Configuration) -> list[Authorization]:
    """`aaa authorization {exec|commands|eventmanager|nacm|network|subscriber} {default|L} METHOD...`."""
    found: dict[tuple[str, str], Authorization] = {}
    for words, node in reader.take("aaa authorization"):
        if len(words) > 2:
            found[words[0], words[1]] = Authorization(
                words[0], words[1], _methods(words[2:]), reader.source(node), spelled=tuple(words[2:])
            )
        else:
            reader.give_back(node)
    return list(found.values())


def _accounting(reader: Configuration) -> list[Accounting]:
    """`aaa accounting {exec|commands|system|...} {default|L} {start-stop|stop-only|none} [broadcast] [group G]... [local]`."""
    found: dict[tuple[str, str], Accounting] = {}
    bound = [
        (tuple(inner.text.split()[1:]), reader.source(inner))
        for block in reader.find("line")
        for inner in block.children
        if inner.text.startswith("accounting ")
    ]
    for words, node in reader.take("aaa accounting"):
        if words[:1] == ["update"] or words[:1] == ["service"]:
            continue
        if len(words) < 2 or words[0] not in _RECORDED:
            reader.give_back(node)
            continue
        groups = tuple(words[index + 1] for index, word in enumerate(words[:-1]) if word == "group")
        if "local" in words[2:]:
            groups += ("local",)
        found[words[0], words[1]] = Accounting(
            kind=words[0],
            name=words[1],
            source=reader.source(node),
            groups=groups,
            broadcast="broadcast" in words,
            off=not groups,
            used_by=None
            if words[1] == "default"
            else tuple(source for use, source in bound if use == (words[0], words[1])),
        )
    return list(found.values())


def _coa(reader: Configuration) -> list[CoaClient]:
    """`aaa server radius dynamic-author` with `client A [vrf V] server-key 7 K` or the key inside the block."""
    found = []
    for _, node in reader.take("aaa server radius dynamic-author"):
        common = next((_key(reader, words) for words, _ in reader.take("server-key", node)), None)
        for words, inner in reader.take("client", node):
            if not words:
                continue
            key = _key(reader, words) if "server-key" in words else common
            for parts, below in reader.take("server-key", inner):
                key = _key(reader, parts)
                reader.use(below)
            found.append(CoaClient(words[0], reader.source(inner), key, after(words, "vrf")))
        for start in ("port", "ignore"):
            for _, inner in reader.take(start, node):
                reader.use(inner)
    return found


def _listener(reader: Configuration, complete: Setting[bool]) -> Setting[bool]:
    node = next(reader.find("aaa server radius dynamic-author"), None)
    if node is not None:
        return Known(True, reader.evidence(node))
    return complete if isinstance(complete, Unknown) else Known(False, complete.sources)
