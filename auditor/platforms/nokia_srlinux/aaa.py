"""Servers that decide on logins, and accounting."""

from auditor.model.areas import Aaa, AaaServer, Accounting, Method, MethodList, ServerGroup
from auditor.model.evidence import Known, Setting, Unknown
from auditor.model.secret import redacted
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element

_PROTOCOLS = {"tacacs": "tacacs+", "radius": "radius"}


def aaa(reader: SrlReader) -> Aaa:
    """Server groups, the order of methods, accounting of `system aaa`.

    Read `server-group G type tacacs server A tacacs secret-key K`, `authentication authentication-method [ G local ]`,
    `accounting accounting-method [ G ] event E record R`.
    """
    top = reader.system.at("aaa")
    authentication, accounting = top.at("authentication"), top.at("accounting")
    groups = top.all("server-group")
    kinds = {one.key: one.leaf("type") for one in groups}
    servers: list[AaaServer] = []
    for group in groups:
        group.use("priv-lvl-authorization", "timeout")
        servers += _servers(reader, group)
    words = authentication.leaves("authentication-method")
    lists: tuple[MethodList, ...] = ()
    if words:
        source = reader.at(authentication, "authentication-method")
        lists = (
            MethodList("login", tuple(_method(word, kinds) for word in words), source, _after_reject(reader), words),
        )
    return Aaa(
        servers=tuple(servers),
        login_lists=lists,
        enabled=_enabled(reader, authentication, words, kinds),
        groups=tuple(_group(reader, one) for one in groups if kinds[one.key] != "local"),
        accounting=tuple(_accounting(reader, accounting)),
    )


def _method(word: str, kinds: dict[str, str]) -> Method:
    local = word == "local" or kinds.get(word) == "local"
    return Method.LOCAL if local else Method.SERVERS if word in kinds else Method.OTHER


def _after_reject(reader: SrlReader) -> bool:
    """Without `exit-on-reject true` the next method is asked also after a refusal."""
    found = reader.switch(reader.system.at("aaa", "authentication"), "system aaa authentication", "exit-on-reject")
    return isinstance(found, Known) and not found.value


def _enabled(reader: SrlReader, element: Element, words: tuple[str, ...], kinds: dict[str, str]) -> Setting[bool]:
    if words:
        return Known(
            any(_method(word, kinds) is Method.SERVERS for word in words),
            (reader.at(element, "authentication-method"),),
        )
    if isinstance(reader.complete, Unknown):
        return reader.complete
    return Known(False, default="no authentication-method means local; syntax-other-families C3")


def _servers(reader: SrlReader, group: Element) -> list[AaaServer]:
    protocol = group.leaf("type")
    found: list[AaaServer] = []
    for one in group.all("server"):
        one.use("name")
        own = one.at("tacacs") if protocol == "tacacs" else one.at("radius")
        own.use("source-address", "acct-port", "retransmit-attempts")
        port = own.leaf("port") or own.leaf("auth-port")
        secret = own.leaf("secret-key")
        found.append(
            AaaServer(
                protocol=_PROTOCOLS.get(protocol, protocol),
                address=one.key,
                sources=reader.inside(one),
                name=one.leaf("name"),
                group=group.key,
                order=len(found) + 1,
                port=int(port) if port.isdigit() and port not in ("49", "1812") else None,
                vrf=one.leaf("network-instance"),
                secret=reader.secret(secret) if secret else redacted(),
                tls=Known(bool(one.leaf("tls-profile")), (reader.at(one, "tls-profile"),)),
            )
        )
    return found


def _group(reader: SrlReader, group: Element) -> ServerGroup:
    protocol = group.leaf("type")
    members = tuple(one.key for one in group.all("server"))
    return ServerGroup(group.key, _PROTOCOLS.get(protocol, protocol), members, reader.source(group))


def _event(word: str) -> str:
    """The kind of an event: `command` are commands, `session` and `login` are sessions; others keep their name."""
    if "command" in word:
        return "commands"
    return "exec" if "session" in word or "login" in word else word


def _accounting(reader: SrlReader, element: Element) -> list[Accounting]:
    element.use("acctz")
    groups = element.leaves("accounting-method")
    return [
        Accounting(
            kind=_event(one.key),
            name=one.leaf("record") or one.key,
            source=reader.source(one),
            groups=groups,
            off=not groups,
        )
        for one in element.all("event")
    ]
