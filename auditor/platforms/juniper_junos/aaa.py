"""Authentication servers and the order of methods (syntax-other-families A3)."""

from auditor.model.areas import Aaa, AaaServer, Method, MethodList
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_METHODS = {
    "password": Method.LOCAL,
    "tacplus": Method.SERVERS,
    "radius": Method.SERVERS,
    "ldaps": Method.SERVERS,
}
_PROTOCOLS = (("tacacs+", "tacplus-server", "tacplus"), ("radius", "radius-server", "radius"))
_HANDLING = (
    "secret", "port", "accounting-port", "timeout", "retry", "single-connection", "source-address",
    "routing-instance", "max-outstanding-requests", "accounting-timeout", "accounting-retry",
)  # fmt: skip
ORDER = "authentication-order"
_ORDERED = (
    ("system",),
    ("system", "services", "ssh"),
    ("system", "services", "telnet"),
    ("system", "services", "ftp"),
    ("system", "ports", "console"),
    ("system", "ports", "auxiliary"),
)


def aaa(reader: JunosReader) -> Aaa:
    """Read `system tacplus-server A`, `system radius-server A`, accounting destinations, `authentication-order`.

    Servers are asked in the order in which they are listed.
    """
    servers = [
        _server(reader, word, protocol, order)
        for protocol, statement, _ in _PROTOCOLS
        for order, word in enumerate(reader.entries("system", statement), 1)
    ]
    for protocol, _, kind in _PROTOCOLS:
        for word in reader.entries("system", "accounting", "destination", kind, "server"):
            servers.append(_server(reader, word, protocol, None, group="accounting"))
    orders = (_order(reader, path) for path in _ORDERED)
    return Aaa(servers=tuple(servers), login_lists=tuple(order for order in orders if order is not None))


def _server(reader: JunosReader, word: Word, protocol: str, order: int | None, group: str = "") -> AaaServer:
    reader.use(word)
    for option in word.children.values():
        if option.text in _HANDLING:
            reader.use_block(option)
    return AaaServer(protocol=protocol, address=word.text, sources=reader.sources(word), group=group, order=order)


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
    return MethodList(
        name=" ".join((ORDER, *path[1:])) if len(path) > 1 else ORDER,
        methods=methods,
        source=reader.source(words[0]),
        after_reject=bool(asked and local and asked[0] < local[-1]),
        spelled=tuple(word.text for word in words),
    )
