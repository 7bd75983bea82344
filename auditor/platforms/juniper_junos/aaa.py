"""Authentication, authorization and accounting (syntax-other-families A3)."""

from collections.abc import Iterable

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
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos.defaults import SUPER_USER
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_METHODS = {
    "password": Method.LOCAL,
    "tacplus": Method.SERVERS,
    "radius": Method.SERVERS,
    "ldaps": Method.SERVERS,
    "none": Method.NONE,
}
_PROTOCOLS = (
    ("tacacs+", "tacplus-server", "tacplus"),
    ("radius", "radius-server", "radius"),
    ("ldap", "ldaps-server", "ldaps"),
)
_HANDLING = frozenset(
    ("secret", "port", "accounting-port", "timeout", "retry", "single-connection", "source-address", "routing-instance",
     "max-outstanding-requests", "accounting-timeout", "accounting-retry", "dynamic-request-port", "preauthentication-port",
     "preauthentication-secret")
)  # fmt: skip
ORDER = "authentication-order"
_ORDERED = (
    ("system",),
    ("system", "services", "ssh"),
    ("system", "services", "telnet"),
    ("system", "services", "ftp"),
    ("system", "services", "netconf", "ssh"),
    ("system", "services", "web-management"),
    ("system", "ports", "console"),
    ("system", "ports", "auxiliary"),
)
_EVENTS = {"login": "exec", "change-log": "config", "interactive-commands": "commands"}
_STRICT = (("tacplus-options", "strict-authorization"), ("password-options", "tacplus-authorization"))


def aaa(reader: JunosReader) -> Aaa:
    """Read servers, the order of methods, accounting, and the servers and profiles of subscribers.

    `system tacplus-server|radius-server A { secret; port; routing-instance; .. }` (asked in the order listed),
    `authentication-order [..]` of the device, a service or a port, `accounting { events [..]; destination { tacplus {
    server A; } } }`, `tacplus-options`, `access radius-server A { dynamic-request-port N; }`, `access
    radius-disconnect A { secret; }`, `access profile P { radius { authentication-server [..]; accounting-server [..]; } }`.
    """
    servers = [
        _server(reader, word, protocol, order=order)
        for protocol, statement, _ in _PROTOCOLS
        for order, word in enumerate(reader.entries("system", statement), 1)
    ]
    told = []
    for protocol, _, kind in _PROTOCOLS:
        for word in reader.entries("system", "accounting", "destination", kind, "server"):
            told.append(_server(reader, word, protocol, group="accounting", purposes=("accounting",)))
    subscriber: list[AaaServer] = []
    groups: list[ServerGroup] = []
    for scope in reader.scopes():
        subscriber += _subscriber_servers(reader, scope)
        groups += _profiles(reader, scope)
    orders = tuple(order for order in (_order(reader, path) for path in _ORDERED) if order is not None)
    coa, clients = _coa(reader, groups)
    return Aaa(
        servers=(*servers, *told, *subscriber),
        login_lists=orders,
        enabled=_enabled(reader, orders),
        groups=tuple(groups),
        authorization=tuple(_authorization(reader)),
        accounting=tuple(_accounting(reader, told, servers)),
        coa=coa,
        coa_clients=tuple(clients),
        default_role=tuple(_default_role(reader)),
    )


def _server(
    reader: JunosReader,
    word: Word,
    protocol: str,
    order: int | None = None,
    group: str = "",
    purposes: tuple[str, ...] = (),
) -> AaaServer:
    reader.use(word)
    reader.split(word, _HANDLING)
    for option in word.children.values():
        if option.text in _HANDLING:
            reader.use_block(option)
    return AaaServer(
        protocol=protocol,
        address=word.text,
        sources=reader.sources(word),
        group=group,
        order=order,
        port=reader.number("port", inside=word),
        vrf=reader.value("routing-instance", inside=word),
        secret=reader.held("secret", word),
        tls=Known(True, (reader.source(word),)) if protocol == "ldap" else Known(False),
        purposes=purposes,
    )


def _subscriber_servers(reader: JunosReader, scope: Scope) -> list[AaaServer]:
    """`access radius-server A`, which serves subscribers and, by a profile, the users of the firewall."""
    return [
        _server(reader, word, "radius", group="access", purposes=("subscriber",))
        for word in reader.entries("access", "radius-server", inside=scope.root)
    ]


def _profiles(reader: JunosReader, scope: Scope) -> list[ServerGroup]:
    """`access profile P radius authentication-server [..] accounting-server [..]`, or servers in the profile itself."""
    defined = {word.text for word in reader.entries("access", "radius-server", inside=scope.root)}
    found = []
    for profile in reader.entries("access", "profile", inside=scope.root):
        reader.use(profile)
        reader.members("authentication-order", inside=profile)
        radius = reader.take("radius", inside=profile)
        members: list[str] = []
        for name in ("authentication-server", "accounting-server", "preauthentication-server"):
            members += [word.text for word in reader.members(name, inside=radius)] if radius is not None else []
        own = [
            _server(reader, word, "radius", group=profile.text)
            for word in reader.entries("radius-server", inside=profile)
        ]
        unique = tuple(dict.fromkeys((*members, *(server.address for server in own))))
        if unique:
            undefined = tuple(member for member in dict.fromkeys(members) if member not in defined)
            found.append(ServerGroup(scope.named(profile.text), "radius", unique, reader.source(profile), undefined))
    return found


def _order(reader: JunosReader, path: tuple[str, ...]) -> MethodList | None:
    """`authentication-order [ tacplus radius password ]`.

    Where `password` is listed, the local password is tried even after a server said no; left out, it is used only
    when no server answers (syntax-other-families A3).
    """
    words = reader.members(*path, ORDER)
    if not words:
        return None
    methods = tuple(_METHODS.get(word.text, Method.OTHER) for word in words)
    asked = [at for at, method in enumerate(methods) if method is Method.SERVERS]
    local = [at for at, method in enumerate(methods) if method is Method.LOCAL]
    bound = reader.find(*path) if len(path) > 1 else None
    return MethodList(
        name=" ".join((ORDER, *path[1:])) if len(path) > 1 else ORDER,
        methods=methods,
        source=reader.source(words[0]),
        after_reject=bool(asked and local and asked[0] < local[-1]),
        spelled=tuple(word.text for word in words),
        used_by=(reader.source(bound),) if bound is not None else (),
    )


def _enabled(reader: JunosReader, orders: tuple[MethodList, ...]) -> Setting[bool]:
    """Logins are decided by servers as soon as an order names them."""
    central = tuple(order.source for order in orders if Method.SERVERS in order.methods)
    if central:
        return Known(True, central)
    if orders:
        return Known(False, tuple(order.source for order in orders))
    return reader.absent("set system authentication-order", bool)


def _authorization(reader: JunosReader) -> list[Authorization]:
    """Without `strict-authorization` a user whom the server names no class falls back to the local template."""
    found = []
    for statement, name in _STRICT:
        word = reader.take("system", statement, name)
        if word is not None:
            found.append(Authorization("exec", name, (Method.SERVERS,), reader.source(word), spelled=(name,)))
    return found


def _accounting(reader: JunosReader, told: list[AaaServer], servers: list[AaaServer]) -> list[Accounting]:
    """`accounting events [..]`; a destination without servers of its own tells those that decide on logins."""
    reader.take("system", "accounting")
    addresses = [server.address for server in told]
    for protocol, _, kind in _PROTOCOLS:
        destination = reader.take("system", "accounting", "destination", kind)
        if destination is not None and "server" not in destination.children:
            addresses += [server.address for server in servers if server.protocol == protocol]
    groups = tuple(dict.fromkeys(addresses))
    return [
        Accounting(_EVENTS.get(word.text, word.text), word.text, reader.source(word), groups=groups)
        for word in reader.members("system", "accounting", "events")
    ]


def _coa(reader: JunosReader, groups: list[ServerGroup]) -> tuple[Setting[bool], list[CoaClient]]:
    """Who may send dynamic requests: the servers that a profile authenticates subscribers with, and hosts of L2TP.

    The router listens for them on UDP port 3799 and takes them from every server of `authentication-server` (Junos,
    authentication-server (edit access), and "Configuring RADIUS-Initiated Dynamic Request Support"). Whether a server that
    stands in the profile alone may is not written there.
    """
    clients: dict[tuple[str, str], CoaClient] = {}
    for scope in reader.scopes():
        shared = {word.text: word for word in reader.entries("access", "radius-server", inside=scope.root)}
        for profile in reader.entries("access", "profile", inside=scope.root):
            own = {word.text: word for word in reader.entries("radius-server", inside=profile)}
            for word in reader.entries("radius", "authentication-server", inside=profile):
                server = own.get(word.text) or shared.get(word.text)
                if server is not None:
                    _may_ask(reader, clients, word, server)
            _by_port(reader, clients, own.values())
        _by_port(reader, clients, shared.values())
        for word in reader.entries("access", "radius-disconnect", inside=scope.root):
            reader.use_block(word)
            _may_ask(reader, clients, word, word)
        reader.leaf("access", "radius-disconnect-port", inside=scope.root)
    found = list(clients.values())
    if found:
        return Known(True, tuple(client.source for client in found)), found
    if groups:
        reason = "RADIUS serves subscribers, and whether it may change their sessions is not written"
        return Unknown(Code.DEFAULT, reason, tuple(group.source for group in groups)), []
    return Known(False), []


def _by_port(reader: JunosReader, clients: dict[tuple[str, str], CoaClient], servers: Iterable[Word]) -> None:
    for word in servers:
        reader.split(word, _HANDLING)
        port = reader.leaf("dynamic-request-port", inside=word)
        if port is not None:
            _may_ask(reader, clients, port, word)


def _may_ask(reader: JunosReader, clients: dict[tuple[str, str], CoaClient], named: Word, server: Word) -> None:
    """One client for an address, by the line that says most of it."""
    vrf = reader.value("routing-instance", inside=server)
    clients[server.text, vrf] = CoaClient(server.text, reader.source(named), reader.held("secret", server), vrf)


def _default_role(reader: JunosReader) -> list[Source]:
    """The template `remote` is for everybody whom a server names no user for; with full rights it gives these to all."""
    role = reader.leaf("system", "login", "user", "remote", "class")
    if role is None:
        return []
    permissions = reader.entries("system", "login", "class", role.text, "permissions")
    full = role.text in SUPER_USER or any(word.text == "all" for word in permissions)
    return [reader.source(role)] if full else []
