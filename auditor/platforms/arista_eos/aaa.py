"""Servers, method lists, authorization and accounting (syntax-ios-family D.3)."""

import msgspec

from auditor.model.areas import Aaa, AaaServer, Accounting, Authorization, Method, MethodList, ServerGroup
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.arista_eos.context import Config, Context
from auditor.platforms.arista_eos.text import after, number

_METHODS = {"local": Method.LOCAL, "none": Method.NONE, "enable": Method.ENABLE, "line": Method.LINE}
_PROTOCOLS = {"tacacs-server": "tacacs+", "radius-server": "radius"}
_LOGIN_LISTS = ("default", "console")


class _Server(msgspec.Struct):
    protocol: str
    address: str
    vrf: str
    sources: list[Source]
    port: int | None = None
    secret: Secret | None = None
    tls: Setting[bool] = Known(False)
    group: str = ""
    order: int | None = None


def aaa(context: Context) -> Aaa:
    """Read servers, groups, and who decides and who is told.

    {tacacs|radius}-server host A [vrf V] [port N] [key {0|7|8a} K]    radius-server host A tls [ssl-profile P]
    {tacacs|radius}-server key K            radius-server dynamic-authorization port N
    aaa group server {tacacs+|radius|ldap} G / server A [vrf V]
    aaa authentication {login {default|console}|enable default} {group G|local|none} ...
    aaa authorization {exec|commands LEVELS} default ..., aaa authorization serial-console,
        no aaa authorization config-commands
    aaa accounting {exec|commands LEVELS|system|dot1x} {default|console} {start-stop|stop-only|none} {group G|logging} ...
    """
    config = context.config
    servers = _servers(config)
    groups = _groups(config, servers)
    login, enable = _lists(config)
    by_servers = [found for found in login if Method.SERVERS in found.methods]
    dynamic = tuple(config.source(node) for _, node in config.take("radius-server dynamic-authorization"))
    return Aaa(
        servers=tuple(
            AaaServer(
                protocol=one.protocol,
                address=one.address,
                sources=tuple(one.sources),
                group=one.group,
                order=one.order,
                port=one.port,
                vrf=one.vrf,
                secret=one.secret,
                tls=one.tls,
            )
            for one in servers
        ),
        login_lists=tuple(login),
        enabled=Known(True, tuple(found.source for found in by_servers))
        if by_servers
        else Known(False, tuple(found.source for found in login))
        if login
        else context.absent("login method list", bool),
        enable_lists=tuple(enable),
        groups=tuple(groups),
        authorization=tuple(_authorization(config)),
        accounting=tuple(_accounting(config)),
        coa=Known(True, dynamic) if dynamic else context.absent("dynamic-authorization", bool),
        default_role=tuple(
            config.source(node)
            for words, node in config.take("aaa authorization policy local default-role")
            if words[:1] == ["network-admin"]
        ),
    )


def _servers(config: Config) -> list[_Server]:
    found: dict[tuple[str, str, str, int | None], _Server] = {}
    for start, protocol in _PROTOCOLS.items():
        common: tuple[Secret, Source] | None = None
        for words, node in config.take(start):
            source = config.source(node)
            if words[:1] == ["host"] and len(words) > 1:
                vrf = after(words, "vrf")
                port = number(after(words, "port")) or number(after(words, "auth-port"))
                tls: Setting[bool] = Known("tls" in words, (source,) if "tls" in words else ())
                found[protocol, words[1], vrf, port] = _Server(
                    protocol, words[1], vrf, [source], port, _key(config, words), tls
                )
            elif words[:1] == ["key"] and len(words) > 1:
                common = (config.secret(words[-1]), source)
        for server in found.values():
            if server.protocol == protocol and server.secret is None and common is not None:
                server.secret = common[0]
                server.sources.append(common[1])
    for node in (*config.find("management ldap"), *config.find("ldap")):
        config.use_block(node)
        for inner in node.children:
            words = inner.words
            if words[0] == "server" and len(words) > 1:
                address = words[2] if words[1] == "host" and len(words) > 2 else words[1]
                sources = [config.source(node), config.source(inner)]
                found["ldap", address, after(words, "vrf"), None] = _Server(
                    "ldap", address, after(words, "vrf"), sources
                )
    return list(found.values())


def _key(config: Config, words: list[str]) -> Secret | None:
    if "key" not in words:
        return None
    tokens = [word for word in words[words.index("key") :] if config.is_secret(word)]
    return config.secret(tokens[0] if tokens else "")


def _groups(config: Config, servers: list[_Server]) -> list[ServerGroup]:
    """The order of a group's members is the order in which they are asked; a member may be defined nowhere."""
    known: dict[tuple[str, str, str], _Server] = {}
    for server in servers:
        known.setdefault((server.protocol, server.address, server.vrf), server)
    found = []
    for words, node in config.take("aaa group server"):
        if len(words) < 2:
            config.give_back(node)
            continue
        protocol, name = words[0], words[1]
        members: list[str] = []
        undefined: list[str] = []
        for parts, inner in config.take("server", node):
            if not parts:
                continue
            address, vrf = parts[0], after(parts, "vrf")
            members.append(address)
            if (protocol, address, vrf) not in known:
                undefined.append(address)
                known[protocol, address, vrf] = _Server(protocol, address, vrf, [])
                servers.append(known[protocol, address, vrf])
            server = known[protocol, address, vrf]
            server.sources.append(config.source(inner))
            if not server.group:
                server.group, server.order = name, len(members)
        found.append(ServerGroup(name, protocol, tuple(members), config.source(node), tuple(undefined)))
    return found


def methods(words: list[str]) -> tuple[Method, ...]:
    """The steps of a method list; a group is one step."""
    found = []
    rest = iter(words)
    for word in rest:
        if word == "group":
            next(rest, "")
            found.append(Method.SERVERS)
        else:
            found.append(_METHODS.get(word, Method.OTHER))
    return tuple(found)


def _lists(config: Config) -> tuple[list[MethodList], list[MethodList]]:
    found: dict[tuple[str, str], MethodList] = {}
    for kind in ("login", "enable"):
        for words, node in config.take(f"aaa authentication {kind}"):
            if len(words) > 1 and words[0] in _LOGIN_LISTS:
                spelled = words[1:]
                found[kind, words[0]] = MethodList(
                    words[0], methods(spelled), config.source(node), spelled=tuple(spelled)
                )
            else:
                config.give_back(node)
    for _, node in config.take("aaa authentication dot1x"):
        config.use(node)
    return (
        [one for (kind, _), one in found.items() if kind == "login"],
        [one for (kind, _), one in found.items() if kind == "enable"],
    )


def _authorization(config: Config) -> list[Authorization]:
    found: dict[tuple[str, str], Authorization] = {}
    for words, node in config.take("aaa authorization"):
        source = config.source(node)
        match words:
            case ["exec", name, *spelled]:
                found["exec", name] = Authorization("exec", name, methods(spelled), source, spelled=tuple(spelled))
            case ["commands", level, name, *spelled]:
                found["commands", level] = Authorization(
                    "commands", name, methods(spelled), source, level, tuple(spelled)
                )
            case ["serial-console" | "console"]:
                found["console", ""] = Authorization("console", "default", (), source)
            case ["config-commands"]:
                found.pop(("config-commands", ""), None)
    for _, node in config.take("no aaa authorization config-commands"):
        # The commands of the configuration mode are carried out without asking.
        found["config-commands", ""] = Authorization("config-commands", "default", (Method.NONE,), config.source(node))
    return list(found.values())


def _accounting(config: Config) -> list[Accounting]:
    found: dict[tuple[str, str, str], Accounting] = {}
    for words, node in config.take("aaa accounting"):
        level = words[1] if words[:1] == ["commands"] and len(words) > 1 else ""
        rest = words[2:] if level else words[1:]
        if len(rest) < 2:
            config.give_back(node)
            continue
        name, when, told = rest[0], rest[1], rest[2:]
        groups = tuple(
            told[at + 1] if word == "group" else word
            for at, word in enumerate(told)
            if word == "logging" or (word == "group" and at + 1 < len(told))
        )
        found[words[0], level, name] = Accounting(
            words[0], name, config.source(node), level, groups, broadcast="multicast" in told, off=when == "none"
        )
    return list(found.values())
