"""Authentication servers and method lists (syntax-ios-family A.3)."""

import msgspec

from auditor.model.areas import Aaa, AaaServer, Method, MethodList
from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
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


class _Server(msgspec.Struct):
    protocol: str
    address: str
    sources: list[Source]
    name: str = ""
    group: str = ""
    order: int | None = None


def aaa(reader: Reader) -> Aaa:
    """Read servers of every spelling, their groups and the order in them, and the login method lists.

    Without `aaa new-model` the method lists have no effect and are left out.
    """
    servers = _named(reader) + _old_style(reader)
    _groups(reader, servers)
    return Aaa(
        servers=tuple(
            AaaServer(
                protocol=server.protocol,
                address=server.address,
                sources=tuple(server.sources),
                name=server.name,
                group=server.group,
                order=server.order,
            )
            for server in servers
        ),
        login_lists=tuple(_login_lists(reader)),
    )


def new_model(reader: Reader) -> Node | None:
    """The statement that switches the AAA model on, if it is on."""
    node = reader.last("aaa new-model")
    return node if node is not None and not node.text.startswith("no ") else None


def _named(reader: Reader) -> list[_Server]:
    """`tacacs server N` / ` address ipv4 A` and the same for radius."""
    found = []
    for protocol, word in (("tacacs+", "tacacs"), ("radius", "radius")):
        for words, node in reader.take(f"{word} server"):
            sources = [reader.source(node)]
            address = ""
            for family in ("address ipv4", "address ipv6"):
                for parts, inner in reader.take(family, node):
                    address = parts[0] if parts else ""
                    sources.append(reader.source(inner))
            for inner in node.children:
                reader.use(inner)
            found.append(_Server(protocol, address, sources, name=words[0] if words else ""))
    return found


def _old_style(reader: Reader) -> list[_Server]:
    """`tacacs-server host A ...` and `radius-server host A ...`."""
    found = []
    for protocol, word in (("tacacs+", "tacacs-server"), ("radius", "radius-server")):
        for words, node in reader.take(f"{word} host"):
            if words:
                address = words[1] if words[0] in ("ipv4", "ipv6") and len(words) > 1 else words[0]
                found.append(_Server(protocol, address, [reader.source(node)]))
        for _, node in reader.take(word):
            reader.use(node)
    return found


def _groups(reader: Reader, servers: list[_Server]) -> None:
    """`aaa group server tacacs+ G`: order of its members, and servers that stand only there (`server-private`)."""
    for words, node in reader.take("aaa group server"):
        if len(words) < 2:
            continue
        protocol, group = words[0], words[1]
        order = 0
        for inner in node.children:
            reader.use(inner)
            parts = inner.words
            if parts[:1] == ["server-private"] and len(parts) > 1:
                order += 1
                servers.append(_Server(protocol, parts[1], [reader.source(inner)], group=group, order=order))
            elif parts[:1] == ["server"] and len(parts) > 1:
                order += 1
                name = parts[2] if parts[1] == "name" and len(parts) > 2 else parts[1]
                _member(servers, (protocol, name), group, order, reader.source(inner))


def _member(servers: list[_Server], key: tuple[str, str], group: str, order: int, source: Source) -> None:
    protocol, name = key
    for server in servers:
        if server.protocol == protocol and name in (server.name, server.address) and server.order is None:
            server.group, server.order = group, order
            server.sources.append(source)


def _login_lists(reader: Reader) -> list[MethodList]:
    """`aaa authentication login {default|LIST} METHOD...`; a later statement of the same list replaces the earlier."""
    lists: dict[str, MethodList] = {}
    for words, node in reader.take("aaa authentication login"):
        if len(words) > 1 and words[0] not in _SETTINGS:
            lists[words[0]] = MethodList(
                name=words[0], methods=_methods(words[1:]), source=reader.source(node), spelled=tuple(words[1:])
            )
    return list(lists.values()) if new_model(reader) else []


def _methods(words: list[str]) -> tuple[Method, ...]:
    found = []
    rest = iter(words)
    for word in rest:
        found.append(_METHODS.get(word, Method.OTHER))
        if word in ("group", "cache"):
            next(rest, "")
    return tuple(found)
