"""Servers, schemes and domains (syntax-other-families D3)."""

from collections.abc import Iterable

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
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import ADDRESS, after, number
from auditor.syntax.tree import Node

_METHODS = {
    "local": Method.LOCAL,
    "hwtacacs": Method.SERVERS,
    "radius": Method.SERVERS,
    "ldap": Method.SERVERS,
    "ad": Method.SERVERS,
    "radius-proxy": Method.SERVERS,
    "none": Method.NONE,
    "local-case": Method.LOCAL,
}
_TEMPLATES = (
    ("hwtacacs-server template", "tacacs+"),
    ("hwtacacs server template", "tacacs+"),
    ("radius-server template", "radius"),
    ("radius-server group", "radius"),
    ("radius server group", "radius"),
    ("ldap-server template", "ldap"),
    ("ad-server template", "ldap"),
)
_PURPOSES = {"authentication": "login", "authorization": "login", "accounting": "accounting"}
_ADMINS = "default_admin"
"""The domain of administrators unless another one is named."""


class _Server(msgspec.Struct):
    protocol: str
    address: str
    group: str
    port: int | None
    vrf: str
    order: int
    sources: list[Source] = msgspec.field(default_factory=list)
    purposes: list[str] = msgspec.field(default_factory=list)


class _Domain(msgspec.Struct):
    """What a domain binds: scheme or template by its key word, with the line."""

    name: str
    bound: dict[str, tuple[str, Source]] = msgspec.field(default_factory=dict)


class Schemes(msgspec.Struct):
    """The method lists, and which of them decides on administrators."""

    login: str = ""
    source: Source | None = None


def aaa(config: Config) -> tuple[Aaa, Schemes]:
    """Read server templates, the schemes and domains of `aaa`, recording schemes and clients of authorization."""
    servers, groups = _templates(config)
    domains = _domains(config)
    admins = _admin_domain(config)
    coa = tuple(_coa(config))
    lists = tuple(_login(config, domains))
    bound = next((domain.bound.get("authentication-scheme") for domain in domains if domain.name == admins), None)
    schemes = Schemes(*bound) if bound else Schemes()
    return Aaa(
        servers=tuple(servers),
        login_lists=lists,
        enabled=_enabled(config, lists, schemes),
        groups=tuple(groups),
        authorization=tuple(_authorization(config)),
        accounting=tuple(_accounting(config, domains)),
        coa=Known(bool(coa), tuple(client.source for client in coa)),
        coa_clients=coa,
    ), schemes


def _templates(config: Config) -> tuple[list[AaaServer], list[ServerGroup]]:
    found: list[AaaServer] = []
    groups: list[ServerGroup] = []
    for start, protocol in _TEMPLATES:
        for words, node in config.reader.take(start):
            if not words:
                continue
            servers, secret, secret_source = _template(config, node, protocol, words[0])
            members = tuple(dict.fromkeys(server.address for server in servers))
            groups.append(ServerGroup(words[0], protocol, members, config.reader.source(node)))
            found += [
                AaaServer(
                    protocol=protocol,
                    address=server.address,
                    sources=(config.reader.source(node), *server.sources),
                    group=words[0],
                    order=server.order,
                    port=server.port,
                    vrf=server.vrf,
                    secret=secret,
                    secret_source=secret_source,
                    purposes=tuple(dict.fromkeys(server.purposes)),
                )
                for server in servers
            ]
    return found, groups


def _template(
    config: Config, block: Node, protocol: str, group: str
) -> tuple[list[_Server], Secret | None, Source | None]:
    """`{hwtacacs|radius|ldap}-server {authentication|authorization|accounting} A [PORT] [vpn-instance V] [secondary]`."""
    servers: dict[tuple[str, str], _Server] = {}
    secret: Secret | None = None
    secret_source: Source | None = None
    for node in block.children:
        words = node.words
        if words[0] == "undo" or not words[0].startswith(("hwtacacs", "radius", "ldap", "ad-")):
            continue
        rest = words[2:] if words[1:2] == ["server"] else words[1:]
        if rest[:1] and rest[0].startswith("shared-key"):
            config.reader.use(node)
            secret, secret_source = config.reader.secret(rest[-1]), config.reader.source(node)
        elif rest[:1] and rest[0] in _PURPOSES and len(rest) > 1:
            config.reader.use(node)
            _server(config, servers, rest, node, protocol, group)
    return list(servers.values()), secret, secret_source


def _server(
    config: Config, servers: dict[tuple[str, str], _Server], words: list[str], node: Node, protocol: str, group: str
) -> None:
    rest = [word for word in words[1:] if word not in ("ipv6", "host", "ip")]
    if not rest:
        return
    address, vrf = rest[0], after(rest, "vpn-instance")
    port = number(rest[1]) if len(rest) > 1 else None
    order = 2 if "secondary" in rest else 3 if "third" in rest else 0
    server = servers.get((address, vrf))
    if server is None:
        place = order or len(servers) + 1
        server = servers[address, vrf] = _Server(protocol, address, group, port, vrf, place)
    server.sources.append(config.reader.source(node))
    server.purposes.append(_PURPOSES[words[0]])


def _domains(config: Config) -> list[_Domain]:
    """`domain D` in `aaa`: the schemes and templates that it binds."""
    found: dict[str, _Domain] = {}
    for _, node in config.inside("aaa"):
        words = node.words
        if words[0] != "domain" or len(words) < 2:
            continue
        config.reader.use(node)
        domain = found.setdefault(words[1], _Domain(words[1]))
        for inner in node.children:
            parts = inner.words
            if parts[0].endswith("-scheme") or parts[0].startswith(
                ("hwtacacs", "radius", "ldap", "ad-", "service-scheme")
            ):
                config.reader.use(inner)
                domain.bound[parts[0]] = (parts[-1], config.reader.source(inner))
    config.reader.use(*config.reader.find("aaa"))
    return list(found.values())


def _admin_domain(config: Config) -> str:
    """`domain D admin` outside of `aaa`, `default-domain admin D` inside."""
    name = _ADMINS
    for words, _ in config.reader.take("domain"):
        if words[1:2] == ["admin"]:
            name = words[0]
    for _, node in config.inside("aaa"):
        words = node.words
        if words[0] == "default-domain" and len(words) > 2 and words[1] == "admin":
            config.reader.use(node)
            name = words[2]
    return name


def _login(config: Config, domains: list[_Domain]) -> Iterable[MethodList]:
    """`authentication-scheme S` / `authentication-mode METHOD...`; without a mode it is local (D3)."""
    users: dict[str, list[Source]] = {}
    for domain in domains:
        if "authentication-scheme" in domain.bound:
            scheme, line = domain.bound["authentication-scheme"]
            users.setdefault(scheme, []).append(line)
    for name, node, inner in _schemes(config, "authentication-scheme", "authentication-mode"):
        words = inner.words[1:] if inner else []
        used = tuple(users.get(name, ()))
        source = config.reader.source(inner or node)
        yield MethodList(
            name=name,
            methods=tuple(_METHODS.get(word, Method.OTHER) for word in words) or (Method.LOCAL,),
            source=source,
            spelled=tuple(words),
            used_by=used,
        )


def _schemes(config: Config, start: str, mode: str) -> Iterable[tuple[str, Node, Node | None]]:
    for _, node in config.inside("aaa"):
        words = node.words
        if words[0] != start or len(words) < 2:
            continue
        config.reader.use(node)
        last = None
        for inner in node.children:
            if inner.text.startswith(mode):
                config.reader.use(inner)
                last = inner
        yield words[1], node, last


def _authorization(config: Config) -> Iterable[Authorization]:
    """`authorization-scheme S` / `authorization-mode M...` and `authorization-cmd L M...`."""
    for name, node, inner in _schemes(config, "authorization-scheme", "authorization-mode"):
        words = inner.words[1:] if inner else []
        yield Authorization(
            kind="exec",
            name=name,
            methods=tuple(_METHODS.get(word, Method.OTHER) for word in words) or (Method.LOCAL,),
            source=config.reader.source(inner or node),
            spelled=tuple(words),
        )
        for command in node.children:
            parts = command.words
            if parts[0] == "authorization-cmd" and len(parts) > 2:
                config.reader.use(command)
                yield Authorization(
                    kind="commands",
                    name=name,
                    methods=tuple(_METHODS.get(word, Method.OTHER) for word in parts[2:]),
                    source=config.reader.source(command),
                    level=parts[1],
                    spelled=tuple(parts[2:]),
                )


def _accounting(config: Config, domains: list[_Domain]) -> Iterable[Accounting]:
    """`accounting-scheme S` / `accounting-mode M`, `recording-scheme R` / `recording-mode hwtacacs T`, and their use.

    `cmd recording-scheme R` records commands, `outbound` connections that people open from here, `system` events.
    """
    for name, _, inner in _schemes(config, "accounting-scheme", "accounting-mode"):
        if inner is None:
            continue
        mode = inner.words[1:]
        word = {"hwtacacs": "hwtacacs", "radius": "radius"}.get(mode[0] if mode else "", "")
        groups = [
            bound[0]
            for domain in domains
            if domain.bound.get("accounting-scheme", ("",))[0] == name
            for key, bound in domain.bound.items()
            if word and key.startswith(word)
        ]
        yield Accounting(
            "exec", name, config.reader.source(inner), groups=tuple(dict.fromkeys(groups)), off=mode[:1] == ["none"]
        )
    recorders = {name: (node, inner) for name, node, inner in _schemes(config, "recording-scheme", "recording-mode")}
    kinds = {"cmd": "commands", "outbound": "connection", "system": "system"}
    for _, node in config.inside("aaa"):
        words = node.words
        if words[0] in kinds and words[1:2] == ["recording-scheme"] and len(words) > 2:
            config.reader.use(node)
            mode_node = recorders.get(words[2], (node, None))[1]
            group = mode_node.words[-1] if mode_node is not None else ""
            yield Accounting(
                kinds[words[0]],
                words[2],
                config.reader.source(node),
                groups=(group,) if group else (),
                off=mode_node is None,
            )


def _coa(config: Config) -> Iterable[CoaClient]:
    """`radius-server authorization A [vpn-instance V] shared-key [cipher] K`."""
    for words, node in config.reader.take("radius-server authorization"):
        if not words or not ADDRESS.match(words[0]):
            config.reader.give_back(node)
            continue
        secret = next((config.reader.secret(word) for word in words if config.reader.is_secret(word)), None)
        yield CoaClient(words[0], config.reader.source(node), secret=secret, vrf=after(words, "vpn-instance"))


def _enabled(config: Config, lists: tuple[MethodList, ...], schemes: Schemes) -> Setting[bool]:
    """Servers decide where the scheme of the administrators' domain asks them; without that scheme, where any does.

    `undo hwtacacs enable` keeps the device from asking HWTACACS servers, whatever the schemes say.
    """
    switch = config.last("hwtacacs enable")
    off = switch is not None and switch.text.startswith("undo ")
    mine = [one for one in lists if one.name == schemes.login] or [one for one in lists if one.used_by] or list(lists)
    asked = [
        one
        for one in mine
        if any(_METHODS.get(word) is Method.SERVERS and not (off and word == "hwtacacs") for word in one.spelled)
    ]
    if asked:
        return Known(True, tuple(one.source for one in asked))
    if isinstance(config.complete, Unknown):
        return config.complete
    told = (config.reader.source(switch),) if off and switch is not None else ()
    return Known(False, (*(one.source for one in mine), *told))
