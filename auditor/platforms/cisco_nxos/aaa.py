"""Authentication servers, method lists, authorization and accounting (syntax-ios-family C.3)."""

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
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_PROTOCOLS = (("tacacs+", "tacacs-server"), ("radius", "radius-server"), ("ldap", "ldap-server"))
_PLACES = ("default", "console")
_RECORDED = ("exec", "commands", "config")
"""The accounting log holds sessions, every command, and with them every change."""


class _Host(msgspec.Struct):
    protocol: str
    address: str
    sources: list[Source]
    port: int | None = None
    secret: Secret | None = None
    purposes: tuple[str, ...] = ()
    tls: Setting[bool] = Known(False)
    secret_source: Source | None = None


def aaa(context: Context) -> Aaa:
    """Read servers, `aaa group server`, `aaa {authentication|authorization|accounting}` and dynamic authorization."""
    reader = context.reader
    hosts = _hosts(reader)
    groups, servers = _groups(reader, hosts)
    member = {(server.protocol, server.address) for server in servers}
    servers += [_server(host) for key, host in hosts.items() if key not in member]
    for start in ("ip tacacs", "ip radius", "ip ldap", "aaa user default-role", "no aaa user default-role"):
        reader.use(*reader.find(start))
    lists = _login_lists(context)
    clients, listening = _dynamic(reader)
    return Aaa(
        servers=tuple(servers),
        login_lists=tuple(lists),
        enabled=_enabled(context, lists),
        groups=tuple(groups),
        authorization=tuple(_authorization(reader)),
        accounting=tuple(_accounting(reader)),
        coa=listening,
        coa_clients=tuple(clients),
    )


def _hosts(reader: Reader) -> dict[tuple[str, str], _Host]:
    """`{tacacs|radius|ldap}-server host A [key T K] [port P] ...` (several lines a host) and the key for all hosts."""
    found: dict[tuple[str, str], _Host] = {}
    for protocol, start in _PROTOCOLS:
        common: tuple[Secret, Source] | None = None
        secure: Source | None = None
        for words, node in reader.take(start):
            source = reader.source(node)
            match words:
                case ["host", address, *rest]:
                    host = found.setdefault((protocol, address), _Host(protocol, address, []))
                    host.sources.append(source)
                    _host_options(reader, host, rest, source)
                case ["key", *rest]:
                    common = (reader.secret(rest[-1] if rest else ""), source)
                case ["secure", *_]:
                    secure = source
        for host in found.values():
            if host.protocol == protocol:
                if host.secret is None and common is not None:
                    host.secret, host.secret_source = common
                host.tls = Known(True, (secure,)) if secure else host.tls
    return found


def _host_options(reader: Reader, host: _Host, words: list[str], source: Source) -> None:
    rest = iter(words)
    for word in rest:
        match word:
            case "key" | "password":
                value = next(rest, "")
                if value.isdigit() and not reader.is_secret(value):
                    value = next(rest, "")
                host.secret = reader.secret(value)
            case "port" | "auth-port" | "tls-port":
                host.port = number(next(rest, ""))
            case "authentication" | "accounting":
                host.purposes = (*host.purposes, "login" if word == "authentication" else word)
            case "tls" | "enable-ssl" | "secure" | "dtls":
                host.tls = Known(True, (source,))
            case "test":
                return


def _server(host: _Host, group: str = "", order: int | None = None, vrf: str = "", *lines: Source) -> AaaServer:
    return AaaServer(
        protocol=host.protocol,
        address=host.address,
        sources=(*host.sources, *lines),
        group=group,
        order=order,
        port=host.port,
        vrf=vrf,
        secret=host.secret,
        secret_source=host.secret_source,
        tls=host.tls,
        purposes=host.purposes,
    )


def _groups(reader: Reader, hosts: dict[tuple[str, str], _Host]) -> tuple[list[ServerGroup], list[AaaServer]]:
    """`aaa group server P G` with `server A`, `use-vrf V`; a member without a definition is a server too."""
    groups: list[ServerGroup] = []
    servers: list[AaaServer] = []
    for words, node in reader.take("aaa group server"):
        if len(words) < 2:
            reader.give_back(node)
            continue
        reader.use_block(node)
        protocol, name = words[:2]
        members = [(inner.words[1], reader.source(inner)) for inner in node.children if _is(inner, "server")]
        vrf, vrf_lines = _group_vrf(reader, node)
        head = reader.source(node)
        for order, (address, line) in enumerate(members, 1):
            host = hosts.get((protocol, address)) or _Host(protocol, address, [])
            servers.append(_server(host, name, order, vrf, head, line, *vrf_lines))
        addresses = tuple(address for address, _ in members)
        undefined = tuple(address for address in addresses if (protocol, address) not in hosts)
        groups.append(ServerGroup(name, protocol, addresses, head, undefined))
    return groups, servers


def _is(node: Node, word: str) -> bool:
    words = node.words
    return words[0] == word and len(words) > 1


def _group_vrf(reader: Reader, node: Node) -> tuple[str, tuple[Source, ...]]:
    found = [inner for inner in node.children if _is(inner, "use-vrf")]
    return (found[-1].words[1], (reader.source(found[-1]),)) if found else ("", ())


def _methods(words: list[str]) -> tuple[Method, ...]:
    """`group G [G2 ...] [local|none]`: all groups together are one step."""
    found: list[Method] = []
    for word in words:
        match word:
            case "local":
                found.append(Method.LOCAL)
            case "none":
                found.append(Method.NONE)
            case _ if Method.SERVERS not in found:
                found.append(Method.SERVERS)
    return tuple(found)


def _login_lists(context: Context) -> list[MethodList]:
    """`aaa authentication login {default|console} METHOD...`; servers fail over to local users unless that is off."""
    reader = context.reader
    found: dict[str, MethodList] = {}
    fallback: dict[str, Setting[bool]] = {}
    for start, on in (("aaa authentication login", True), ("no aaa authentication login", False)):
        for words, node in reader.take(start):
            match words:
                case ["default" | "console" as place, "fallback", "error", "local"]:
                    fallback[place] = Known(on, (reader.source(node),))
                case ["default" | "console" as place, *methods] if on and methods:
                    found[place] = MethodList(place, _methods(methods), reader.source(node), spelled=tuple(methods))
    default = context.absent("aaa authentication login fallback error local", bool)
    return [_with_fallback(one, fallback.get(one.name, default)) for one in found.values()]


def _with_fallback(found: MethodList, fallback: Setting[bool]) -> MethodList:
    if found.methods != (Method.SERVERS,) or isinstance(fallback, Unknown) or not fallback.value:
        return found
    return msgspec.structs.replace(found, methods=(Method.SERVERS, Method.LOCAL))


def _enabled(context: Context, lists: list[MethodList]) -> Setting[bool]:
    """Servers decide on logins; without a method list local users do."""
    for one in lists:
        if one.name == "default":
            return Known(Method.SERVERS in one.methods, (one.source,))
    absent = context.absent("aaa authentication login", str)
    return absent if isinstance(absent, Unknown) else Known(False, default=absent.default)


def _authorization(reader: Reader) -> list[Authorization]:
    """`aaa authorization KIND {default|console} METHOD...`; a later statement of the same kind and place replaces."""
    found = {}
    for words, node in reader.take("aaa authorization"):
        if len(words) > 2 and words[1] in _PLACES:
            found[words[0], words[1]] = Authorization(
                words[0], words[1], _methods(words[2:]), reader.source(node), spelled=tuple(words[2:])
            )
        else:
            reader.give_back(node)
    return list(found.values())


def _accounting(reader: Reader) -> list[Accounting]:
    """`aaa accounting default {group G [G2 ...] [local]|local|none}`: sessions, commands and changes alike."""
    found: list[Accounting] = []
    for words, node in reader.take("aaa accounting"):
        if len(words) < 2 or words[0] not in _PLACES:
            reader.give_back(node)
            continue
        groups = tuple(word for word in words[1:] if word not in ("group", "local", "none"))
        found = [one for one in found if one.name != words[0]]
        found += [
            Accounting(kind, words[0], reader.source(node), groups=groups, off=words[1:] == ["none"])
            for kind in _RECORDED
        ]
    return found


def _dynamic(reader: Reader) -> tuple[list[CoaClient], Setting[bool]]:
    """`aaa server radius dynamic-author` with `client A [vrf V] [server-key T K]`."""
    clients: list[CoaClient] = []
    listening: Setting[bool] = Known(False)
    for _, node in reader.take("aaa server radius dynamic-author"):
        listening = Known(True, (reader.source(node),))
        for words, inner in reader.take("client", node):
            token = next((word for word in words if reader.is_secret(word)), "")
            vrf = words[words.index("vrf") + 1] if "vrf" in words[:-1] else ""
            clients.append(
                CoaClient(words[0] if words else "", reader.source(inner), reader.secret(token) if token else None, vrf)
            )
    return clients, listening
