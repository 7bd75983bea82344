"""Authentication, authorization and accounting (syntax-ios-family A.3)."""

from collections.abc import Sequence

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
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after, number, number_after
from auditor.syntax.tree import Node

_METHODS = {
    "local": Method.LOCAL,
    "local-case": Method.LOCAL,
    "enable": Method.ENABLE,
    "line": Method.LINE,
    "none": Method.NONE,
    "group": Method.SERVERS,
    "cache": Method.SERVERS,
    "krb5": Method.SERVERS,
    "krb5-telnet": Method.SERVERS,
    # Spelling of releases before server groups.
    "tacacs+": Method.SERVERS,
    "radius": Method.SERVERS,
}
_SETTINGS = ("banner", "fail-message", "attempts", "password-prompt", "username-prompt")
_FAMILIES = ("ipv4", "ipv6")
_HELD_BACK = ("send", "update", "nested", "delay-start", "suppress", "gigawords", "jitter", "include", "redundancy")
_NO_LISTS = ("config-commands", "console")
_RECORDS = ("start-stop", "stop-only", "wait-start", "none")


class _Server(msgspec.Struct):
    protocol: str
    address: str
    sources: list[Source]
    name: str = ""
    group: str = ""
    order: int | None = None
    port: int | None = None
    vrf: str = ""
    secret: Secret | None = None
    secret_source: Source | None = None
    tls: Setting[bool] = Known(False)


def aaa(context: Context) -> Aaa:
    """Read servers of every spelling, their groups and the order in them, method lists, and clients of CoA.

    Without `aaa new-model` the method lists have no effect and are left out.
    """
    reader = context.reader
    servers = _named(reader) + _old_style(reader)
    groups = _groups(reader, servers)
    on = new_model(reader) is not None
    _settings(reader)
    login, enable = _authentication(reader, "login"), _authentication(reader, "enable")
    authorization, accounting = _authorization(reader), _accounting(reader)
    coa, clients, loose = _coa(reader)
    return Aaa(
        servers=tuple(
            AaaServer(
                protocol=server.protocol,
                address=server.address,
                sources=tuple(server.sources),
                name=server.name,
                group=server.group,
                order=server.order,
                port=server.port,
                vrf=server.vrf,
                secret=server.secret,
                tls=server.tls,
                secret_source=server.secret_source,
            )
            for server in servers
        ),
        login_lists=tuple(login) if on else (),
        enabled=context.switch("aaa new-model"),
        enable_lists=tuple(enable) if on else (),
        groups=tuple(groups),
        authorization=tuple(authorization) if on else (),
        accounting=tuple(accounting) if on else (),
        coa=coa,
        coa_clients=tuple(clients),
        coa_loose=tuple(loose),
    )


def new_model(reader: Reader) -> Node | None:
    """The statement that switches the AAA model on, if it is on."""
    node = reader.last("aaa new-model")
    return node if node is not None and not node.text.startswith("no ") else None


def _named(reader: Reader) -> list[_Server]:
    """`tacacs server N` / ` address ipv4 A` ` key ...` ` port N` ` tls ...`, and the same for radius."""
    found = []
    for protocol, word in (("tacacs+", "tacacs"), ("radius", "radius")):
        for words, node in reader.take(f"{word} server"):
            server = _Server(protocol, "", [reader.source(node)], name=words[0] if words else "")
            for inner in node.children:
                reader.use(inner)
                _server_line(server, inner.text.split(), reader, inner)
            found.append(server)
    return found


def _server_line(server: _Server, words: list[str], reader: Reader, node: Node) -> None:
    match words:
        case ["address", family, address, *rest] if family in _FAMILIES:
            server.address = address
            server.port = number_after(rest, "auth-port")
            server.sources.append(reader.source(node))
        case ["key", *rest] | ["pac", "key", *rest]:
            server.secret = reader.secret(rest[-1] if rest else "")
            server.secret_source = reader.source(node)
        case ["port", port]:
            server.port = number(port)
        case ["tls" | "dtls" | "security-protocol", *_]:
            server.tls = Known(True, (reader.source(node),))


def _old_style(reader: Reader) -> list[_Server]:
    """`tacacs-server host A ... [key K]`, `radius-server host A ...`, and the keys for all: `tacacs-server key K`."""
    found = []
    for protocol, word in (("tacacs+", "tacacs-server"), ("radius", "radius-server")):
        shared, shared_source = _shared_key(reader, word)
        for words, node in reader.take(f"{word} host"):
            if words:
                address = words[1] if words[0] in _FAMILIES and len(words) > 1 else words[0]
                server = _Server(protocol, address, [reader.source(node)])
                server.port = number_after(words, "port") or number_after(words, "auth-port")
                if "key" in words:
                    server.secret = reader.secret(words[-1])
                elif shared is not None and shared_source is not None:
                    server.secret, server.secret_source = shared, shared_source
                found.append(server)
        for _, node in reader.take(word):
            reader.use(node)
    return found


def _shared_key(reader: Reader, word: str) -> tuple[Secret | None, Source | None]:
    secret, source = None, None
    for words, node in reader.take(f"{word} key"):
        secret, source = reader.secret(words[-1] if words else ""), reader.source(node)
    return secret, source


def _groups(reader: Reader, servers: list[_Server]) -> list[ServerGroup]:
    """`aaa group server tacacs+ G`: order of its members, and servers that stand only there (`server-private`)."""
    found = []
    named: dict[tuple[str, str], list[_Server]] = {}
    for server in servers:
        for name in dict.fromkeys((server.name, server.address)):
            named.setdefault((server.protocol, name), []).append(server)
    for words, node in reader.take("aaa group server"):
        if len(words) < 2:
            continue
        protocol, group = words[0], words[1]
        members: list[str] = []
        undefined: list[str] = []
        mine: list[_Server] = []
        vrf = ""
        for inner in node.children:
            reader.use(inner)
            parts = inner.text.split()
            match parts:
                case ["server-private", *_]:
                    private = _private(protocol, group, len(members) + 1, parts[1:], reader, inner)
                    if private is not None:
                        mine.append(private)
                        members.append(private.address)
                case ["server", "name", name, *_] | ["server", name, *_]:
                    known = _member(named.get((protocol, name), ()), group, len(members) + 1, reader.source(inner))
                    members.append(known or name)
                    undefined += [] if known else [name]
                case ["ip", "vrf", "forwarding", name] | ["vrf", "forwarding", name] | ["vrf", name]:
                    vrf = name
        for server in mine:
            server.vrf = vrf
        servers += mine
        found.append(ServerGroup(group, protocol, tuple(members), reader.source(node), tuple(undefined)))
    return found


def _private(protocol: str, group: str, order: int, words: Sequence[str], reader: Reader, node: Node) -> _Server | None:
    words = words[1:] if words[:1] and words[0] in _FAMILIES else words
    if not words:
        return None
    return _Server(
        protocol,
        words[0],
        [reader.source(node)],
        group=group,
        order=order,
        port=number_after(words, "port") or number_after(words, "auth-port"),
        secret=reader.secret(words[-1]) if "key" in words else None,
    )


def _member(servers: Sequence[_Server], group: str, order: int, source: Source) -> str:
    """Note the group at the servers that it names; the address, or an empty text where no statement defines them."""
    for server in servers:
        if server.order is None:
            server.group, server.order = group, order
            server.sources.append(source)
    return servers[-1].address or servers[-1].name if servers else ""


def _settings(reader: Reader) -> None:
    """`aaa session-id`, prompts and banners: they belong to the area and say nothing that is asked for."""
    for start in ("aaa session-id", "aaa memory", "ip tacacs source-interface", "ip radius source-interface"):
        reader.use(*reader.find(start))


def _authentication(reader: Reader, kind: str) -> list[MethodList]:
    """`aaa authentication {login|enable} {default|LIST} METHOD...`.

    A later statement of a list replaces the earlier.
    """
    lists: dict[str, MethodList] = {}
    uses = _uses(reader) if kind == "login" else {}
    for words, node in reader.take(f"aaa authentication {kind}"):
        if len(words) > 1 and words[0] not in _SETTINGS:
            lists[words[0]] = MethodList(
                name=words[0],
                methods=_methods(words[1:]),
                source=reader.source(node),
                spelled=tuple(words[1:]),
                used_by=tuple(uses.get(words[0], ())),
            )
    return list(lists.values())


def _uses(reader: Reader) -> dict[str, list[Source]]:
    """`login authentication LIST` on lines and `ip http authentication aaa login-authentication LIST`."""
    found: dict[str, list[Source]] = {}
    for line in reader.find("line"):
        for words, node in reader.take("login authentication", line):
            if words:
                found.setdefault(words[0], []).append(reader.source(node))
    for words, node in reader.take("ip http authentication aaa login-authentication"):
        if words:
            found.setdefault(words[0], []).append(reader.source(node))
    return found


def _methods(words: Sequence[str]) -> tuple[Method, ...]:
    found = []
    rest = iter(words)
    for word in rest:
        found.append(_METHODS.get(word, Method.OTHER))
        if word in ("group", "cache"):
            next(rest, "")
    return tuple(found)


def _authorization(reader: Reader) -> list[Authorization]:
    """`aaa authorization {exec|commands N|network|...} LIST METHOD...`, `... config-commands`, `... console`."""
    found: dict[tuple[str, str, str], Authorization] = {}
    for words, node in reader.take("aaa authorization"):
        source = reader.source(node)
        match words:
            case [kind] if kind in _NO_LISTS:
                found[kind, "", ""] = Authorization(kind, "", (), source)
            case ["commands", level, name, *methods] if methods:
                found["commands", level, name] = Authorization(
                    "commands", name, _methods(methods), source, level, tuple(methods)
                )
            case [kind, name, *methods] if methods:
                found[kind, "", name] = Authorization(kind, name, _methods(methods), source, spelled=tuple(methods))
            case _:
                reader.give_back(node)
    return list(found.values())


def _accounting(reader: Reader) -> list[Accounting]:
    """`aaa accounting KIND [LEVEL] LIST {start-stop|stop-only|none} [broadcast] group G`, or the words in a block."""
    found: dict[tuple[str, str, str], Accounting] = {}
    bound = _accounted_lines(reader)
    for words, node in reader.take("aaa accounting"):
        if not words or words[0] in _HELD_BACK:
            continue
        level = words[1] if words[0] == "commands" and len(words) > 1 else ""
        name, rest = _accounting_list(words[2 if level else 1 :])
        for inner in node.children:
            reader.use(inner)
            parts = inner.text.split()
            rest += parts[1:] if parts[0] == "action-type" else parts
        found[words[0], level, name] = Accounting(
            kind=words[0],
            name=name,
            source=reader.source(node),
            level=level,
            groups=_accounting_groups(rest),
            broadcast="broadcast" in rest,
            off="none" in rest,
            used_by=None if name == "default" else tuple(bound.get((words[0], level, name), ())),
        )
    return list(found.values())


def _accounted_lines(reader: Reader) -> dict[tuple[str, str, str], list[Source]]:
    """`line ...` > `accounting {exec|connection|commands N} LIST`."""
    found: dict[tuple[str, str, str], list[Source]] = {}
    for block in reader.find("line"):
        for inner in block.children:
            match inner.text.split():
                case ["accounting", "commands", level, name]:
                    found.setdefault(("commands", level, name), []).append(reader.source(inner))
                case ["accounting", kind, name]:
                    found.setdefault((kind, "", name), []).append(reader.source(inner))
    return found


def _accounting_list(words: Sequence[str]) -> tuple[str, list[str]]:
    """The name of the list; `aaa accounting system start-stop ...` of old releases has none."""
    if not words or words[0] in _RECORDS:
        return "default", list(words)
    return words[0], list(words[1:])


def _accounting_groups(words: Sequence[str]) -> tuple[str, ...]:
    named = [words[position + 1] for position, word in enumerate(words[:-1]) if word == "group"]
    return tuple(named or [word for word in words if word in ("tacacs+", "radius")])


def _coa(reader: Reader) -> tuple[Setting[bool], list[CoaClient], list[Source]]:
    """`aaa server radius dynamic-author` with `client A [vrf V] [{tls|dtls} ...] [server-key [0|6|7] K]` and a `server-key` for all.

    `auth-type {all|any|session-key}` is the authorization type: without the line every attribute of a request has to match the
    session (Cisco, Catalyst 2975 Software Configuration Guide OL-19720-02, CoA Request Response Code). `ignore server-key`
    ignores the shared secret, `ignore session-key` attribute 151 alone (both: model Cisco-IOS-XE-aaa, release 17.12.1,
    dynamic-author). `dtls` below a client, and `tls` or `dtls` with a port for all, are of the same model and of Cisco's
    Configuring RADIUS over DTLS.
    """
    sources: list[Source] = []
    clients: list[CoaClient] = []
    loose: list[Source] = []
    for _, node in reader.take("aaa server radius dynamic-author"):
        sources.append(reader.source(node))
        shared: Secret | None = None
        for words, inner in reader.take("server-key", node):
            shared = reader.secret(words[-1] if words else "")
            sources.append(reader.source(inner))
        for words, inner in reader.take("client", node):
            if words:
                secret = reader.secret(words[-1]) if "server-key" in words else shared
                tls = "dtls" in words or "tls" in words
                clients.append(CoaClient(words[0], reader.source(inner), secret, after(words, "vrf"), tls=tls))
        for word in ("port", "auth-type", "ignore", "domain", "tls", "dtls"):
            for words, inner in reader.take(word, node):
                sources.append(reader.source(inner))
                if word == "auth-type" and words[:1] in (["any"], ["session-key"]):
                    loose.append(reader.source(inner))
                if word == "ignore" and "server-key" in words:
                    clients = [msgspec.structs.replace(one, secret=None) for one in clients]
    return Known(bool(sources), tuple(sources)), clients, loose
