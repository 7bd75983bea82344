"""Servers that decide on logins, and who is told (syntax-other-families B3).

system security user-params authentication-order { order [tacplus local]; exit-on-reject true }
system security aaa remote-servers tacplus { server N { address A; secret "..." }; accounting { }; authorization { } }
service vprn "V" aaa remote-servers ..., system security dot1x radius-policy ..., aaa radius server-policy
"""

from auditor.model.areas import Aaa, AaaServer, Accounting, Authorization, CoaClient, Method, MethodList
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_SECURITY = ("system", "security")
_ORDER = (*_SECURITY, "user-params", "authentication-order")
_PROTOCOLS = {"tacplus": "tacacs+", "radius": "radius", "ldap": "ldap"}
_METHODS = {"tacplus": Method.SERVERS, "radius": Method.SERVERS, "ldap": Method.SERVERS, "local": Method.LOCAL}
_QUIET = (
    "server-timeout", "timeout", "server-retry", "retry", "interactive-authentication", "route-preference",
    "access-algorithm", "use-default-template", "accounting-port", "single-connection", "public-key-authentication",
)  # fmt: skip


def aaa(reader: SrosReader, absence: Absence) -> Aaa:
    """Servers of the device and of its VPRNs, the order of methods, authorization and accounting."""
    servers: list[AaaServer] = []
    authorization: list[Authorization] = []
    accounting: list[Accounting] = []
    for vrf, holder in _holders(reader):
        for protocol in reader.entries(inside=holder):
            if protocol.text in _PROTOCOLS:
                servers += _servers(reader, protocol, vrf)
                authorization += _authorization(reader, protocol)
                accounting += _accounting(reader, protocol)
    servers += _subscriber_servers(reader)
    login = [server for server in servers if "login" in server.purposes]
    lists = _lists(reader, login, absence)
    coa, clients = _coa(reader)
    return Aaa(
        servers=tuple(servers),
        login_lists=lists,
        enabled=_enabled(lists, login),
        authorization=tuple(authorization),
        accounting=tuple(accounting),
        coa=coa,
        coa_clients=clients,
    )


def _holders(reader: SrosReader) -> list[tuple[str, Word]]:
    found = []
    own = reader.find(*_SECURITY, "aaa", "remote-servers")
    if own is not None:
        found.append(("", own))
        for name in ("inband", "outband", "vprn"):
            reader.leaf("vprn-server", name, inside=own)
    for vrf, word in reader.routers():
        other = reader.find("aaa", "remote-servers", inside=word)
        if other is not None:
            found.append((vrf, other))
    return found


def _servers(reader: SrosReader, protocol: Word, vrf: str) -> list[AaaServer]:
    """`server N { address A; port P; secret "..."; tls-client-profile T }`; N is the order in which they are asked."""
    reader.quiet(_QUIET, protocol)
    port = reader.number("port", inside=protocol)
    active = reader.admin(protocol)
    purposes = ("login",) if active is None or active.value else ()
    found = []
    for word in reader.entries("server", inside=protocol):
        addresses = reader.entries("address", inside=word)
        own = reader.number("port", inside=word)
        tls = reader.leaf("tls-client-profile", inside=word) or reader.leaf("tls-profile", inside=word)
        secret = reader.hidden("secret", inside=word) or reader.hidden("bind-authentication", "password", inside=word)
        for name in ("authenticator", "server-name"):
            reader.leaf(name, inside=word)
        reader.admin(word)
        for path in (("search", "base-dn"), ("bind-authentication", "root-dn")):
            reader.leaf(*path, inside=word)
        for address in addresses:
            inner = reader.number("port", inside=address)
            found.append(
                AaaServer(
                    protocol=_PROTOCOLS[protocol.text],
                    address=address.text,
                    sources=reader.sources(word),
                    name=word.text,
                    order=int(word.text) if word.text.isascii() and word.text.isdigit() else None,
                    port=inner if inner is not None else own if own is not None else port,
                    vrf=vrf,
                    secret=secret,
                    tls=Known(tls is not None, (reader.source(tls),) if tls is not None else ()),
                    purposes=purposes,
                )
            )
    return found


def _authorization(reader: SrosReader, protocol: Word) -> list[Authorization]:
    """`authorization [use-priv-lvl true]`; RADIUS: `authorization true`."""
    word = reader.find("authorization", inside=protocol)
    if word is None:
        return []
    reader.use_block(word)
    for name in ("priv-lvl-map", "admin-control", "service-request"):
        inner = reader.find(name, inside=protocol)
        if inner is not None:
            reader.use_block(inner)
    if "false" in word.children:
        return []
    return [Authorization("commands", protocol.text, (Method.SERVERS,), reader.source(word), spelled=(protocol.text,))]


def _accounting(reader: SrosReader, protocol: Word) -> list[Accounting]:
    """`accounting [record-type start-stop]`; RADIUS: `accounting true`. What is recorded are commands."""
    word = reader.find("accounting", inside=protocol)
    if word is None:
        return []
    reader.use_block(word)
    if "false" in word.children:
        return []
    addresses = [
        address.text
        for server in reader.entries("server", inside=protocol)
        for address in reader.entries("address", inside=server)
    ]
    return [Accounting("commands", protocol.text, reader.source(word), groups=tuple(addresses))]


def _lists(reader: SrosReader, servers: list[AaaServer], absence: Absence) -> tuple[MethodList, ...]:
    """One order for all logins. Without `exit-on-reject` a rejected login goes on to the next method."""
    words = reader.entries(*_ORDER, "order")
    strict = reader.switch(*_ORDER, "exit-on-reject")
    after = not (strict.value if strict is not None else False)
    if words:
        methods = tuple(_METHODS.get(word.text, Method.OTHER) for word in words)
        spelled = tuple(word.text for word in words)
        sources = tuple(dict.fromkeys(reader.source(word) for word in words))
        return (MethodList("default", methods, sources[0], after, spelled, used_by=()),)
    if not servers:
        return ()
    order = absence.of("authentication-order", str)
    if not isinstance(order, Known):
        return ()
    spelled = tuple(order.value.split())
    methods = tuple(_METHODS[word] for word in spelled)
    return (MethodList("default", methods, servers[0].sources[0], after, spelled),)


def _enabled(lists: tuple[MethodList, ...], servers: list[AaaServer]) -> Setting[bool]:
    by_servers = next((one for one in lists if Method.SERVERS in one.methods), None)
    if by_servers is not None and servers:
        return Known(True, (by_servers.source, servers[0].sources[0]))
    return Known(False, tuple(one.source for one in lists))


def _subscriber_servers(reader: SrosReader) -> list[AaaServer]:
    """`router radius server "S" { address A; secret "..." }` and `dot1x radius-policy P server N`: no logins."""
    found = []
    for vrf, router in reader.routers():
        for word in reader.entries("radius", "server", inside=router):
            found.append(_other_server(reader, word, vrf, "subscriber"))
    for policy in reader.entries(*_SECURITY, "dot1x", "radius-policy"):
        for name in ("retry", "timeout", "source-address"):
            reader.leaf(name, inside=policy)
        reader.admin(policy)
        found += [_other_server(reader, word, "", "dot1x") for word in reader.entries("server", inside=policy)]
    return found


def _other_server(reader: SrosReader, word: Word, vrf: str, purpose: str) -> AaaServer:
    for name in ("acct-port", "accounting-port", "pending-requests-limit", "type", "authentication-port"):
        reader.leaf(name, inside=word)
    return AaaServer(
        protocol="radius",
        address=reader.value("address", inside=word),
        sources=reader.sources(word),
        name=word.text,
        port=reader.number("auth-port", inside=word),
        vrf=vrf,
        secret=reader.hidden("secret", inside=word),
        purposes=(purpose,),
    )


def _coa(reader: SrosReader) -> tuple[Setting[bool], tuple[CoaClient, ...]]:
    """`router radius server "S" accept-coa true`: the server may change sessions."""
    clients: list[CoaClient] = []
    sources: list[Source] = []
    for vrf, router in reader.routers():
        for word in reader.entries("radius", "server", inside=router):
            accepted = reader.switch("accept-coa", inside=word)
            if accepted is not None and accepted.value:
                sources += accepted.sources
                address = reader.value("address", inside=word)
                clients.append(CoaClient(address, accepted.sources[0], reader.hidden("secret", inside=word), vrf))
    return Known(bool(clients), tuple(sources)), tuple(clients)
