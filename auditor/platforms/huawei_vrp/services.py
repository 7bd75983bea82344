"""Services that answer on the network (syntax-other-families D4)."""

from collections.abc import Iterable

import msgspec

from auditor.model.areas import Algorithms, Filter, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.acls import unclear
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import number
from auditor.syntax.tree import Node


class _Kind(msgspec.Struct, frozen=True):
    """How a service is written."""

    kind: ServiceKind
    name: str
    on: tuple[tuple[str, int], ...]
    """Statements that switch it on, with the family they are about (0 for both)."""
    key: str
    """The statement whose absence is documented; empty where none is."""
    lists: tuple[tuple[str, int], ...] = ()
    ports: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Statements that name the interfaces it listens on."""
    tls: bool = False


_SSH_LISTS = (("ssh server acl", 4), ("ssh ipv4 server acl", 4), ("ssh ipv6 server acl", 6))
_SSH_PORTS = ("ssh server port", "ssh ipv4 server port", "ssh ipv6 server port")
_SSH_PLACES = ("ssh server-source", "ssh ipv6 server-source", "ssh server permit interface")


def _over_ssh(kind: ServiceKind, word: str) -> _Kind:
    return _Kind(
        kind,
        word,
        ((f"{word} server enable", 0), (f"{word} ipv4 server enable", 4), (f"{word} ipv6 server enable", 6)),
        f"{word} server enable",
        _SSH_LISTS,
        _SSH_PORTS,
        _SSH_PLACES,
        tls=True,
    )


_KINDS = (
    msgspec.structs.replace(
        _over_ssh(ServiceKind.SSH, "stelnet"),
        on=(*_over_ssh(ServiceKind.SSH, "stelnet").on, ("ssh server enable", 0)),
    ),
    _over_ssh(ServiceKind.SFTP, "sftp"),
    _over_ssh(ServiceKind.SCP, "scp"),
    _over_ssh(ServiceKind.NETCONF, "snetconf"),
    _Kind(
        ServiceKind.TELNET,
        "telnet",
        (("telnet server enable", 4), ("telnet ipv4 server enable", 4), ("telnet ipv6 server enable", 6)),
        "telnet server enable",
        (("telnet server acl", 4), ("telnet ipv6 server acl", 6)),
        ("telnet server port", "telnet ipv6 server port"),
        ("telnet server-source", "telnet ipv6 server-source", "telnet server permit interface"),
    ),
    _Kind(
        ServiceKind.FTP,
        "ftp",
        (("ftp server enable", 4), ("ftp ipv6 server enable", 6)),
        "ftp server enable",
        (("ftp acl", 4), ("ftp server acl", 4), ("ftp ipv6 acl", 6), ("ftp ipv6 server acl", 6)),
        ("ftp server port", "ftp ipv6 server port"),
        ("ftp server-source", "ftp server permit interface"),
    ),
    _Kind(
        ServiceKind.HTTP,
        "http",
        (("http server enable", 4), ("http ipv6 server enable", 6)),
        "http server enable",
        (("http acl", 4), ("http server acl", 4), ("http ipv6 acl", 6)),
        ("http server port",),
        ("http server-source", "http server permit interface"),
    ),
    _Kind(
        ServiceKind.HTTPS,
        "http secure-server",
        (("http secure-server enable", 4), ("http ipv6 secure-server enable", 6)),
        "http secure-server enable",
        (("http acl", 4), ("http secure-server acl", 4)),
        ("http secure-server port",),
        ("http server-source", "http server permit interface"),
        tls=True,
    ),
)
"""Services with statements at the outermost level."""


def services(config: Config) -> Services:
    """Read `{stelnet|sftp|scp|snetconf|telnet|ftp|http} [ipv4|ipv6] server {enable|disable}` with lists and ports.

    Also `http` / `service restconf`, `grpc` / `grpc server`, `dhcp enable`, `dns proxy enable`, `cluster enable`,
    `cwmp enable`, `nqa-server`.
    """
    bound: dict[int, Filter] = {}
    found = [_service(config, kind, bound) for kind in _KINDS]
    found += [_restconf(config), _grpc(config), _dhcp(config), _dns(config), _cluster(config), _cwmp(config)]
    found += list(_nqa(config))
    return Services(found=tuple(found), ssh=_ssh(config), tls=tuple(_profiles(config)))


def _service(config: Config, kind: _Kind, bound: dict[int, Filter]) -> Service:
    on, off = _states(config, kind)
    filters = _filters(config, kind.lists, kind.name, bound)
    port, sources = _port(config, kind.ports)
    places = [node for start in kind.places for _, node in config.reader.take(start)]
    told = [config.reader.source(node) for _, node in on] or [config.reader.source(node) for node in off]
    enabled: Setting[bool] = Known(bool(on), tuple(told)) if told else config.absent(kind.key, bool)
    families = {family for family, _ in on}
    listening = [one for one in config.families if 0 in families or one in families or not families]
    covered = {one.family for one in filters}
    open_families = tuple(one for one in listening if one not in covered)
    if isinstance(enabled, Known) and not enabled.value:
        open_families = ()
    return Service(
        kind=kind.kind,
        enabled=enabled,
        sources=(*told, *sources),
        name=kind.name,
        port=port,
        filters=filters,
        open_families=Known(open_families),
        tls=Known(kind.tls),
        bound=tuple(config.reader.source(node) for node in places),
    )


def _states(config: Config, kind: _Kind) -> tuple[list[tuple[int, Node]], list[Node]]:
    """Statements that hold: those that switch it on, each with its family, and those that switch it off."""
    on: list[tuple[int, Node]] = []
    off: list[Node] = []
    for start, family in kind.on:
        base = start.removesuffix(" enable")
        nodes = [
            *config.reader.find(start),
            *config.reader.find(f"undo {start}"),
            *config.reader.find(f"{base} disable"),
        ]
        nodes += list(config.reader.find(f"undo {base} disable"))
        config.reader.use(*nodes)
        last = max(nodes, key=lambda node: node.number) if nodes else None
        if last is None:
            continue
        if last.text.startswith("undo ") == last.text.endswith(" disable"):
            on.append((family, last))
        else:
            off.append(last)
    return on, off


def _filters(
    config: Config, lists: tuple[tuple[str, int], ...], name: str, bound: dict[int, Filter]
) -> tuple[Filter, ...]:
    """Each line binds its list once, however many services it guards."""
    found: dict[int, Filter] = {}
    for start, family in lists:
        for words, node in config.reader.take(start):
            rest = [word for word in words if word not in ("name", "number", "ipv6")]
            real = 6 if "ipv6" in words else family
            if not rest:
                config.reader.give_back(node)
                continue
            if node.number not in bound:
                source = config.reader.source(node)
                bound[node.number] = config.lists.bind(
                    rest[0], real, " ".join(start.split()[:-1]) or name, source, unclear(f"'{start}'", source), "in"
                )
            found[real] = bound[node.number]
    return tuple(found.values())


def _port(config: Config, starts: tuple[str, ...]) -> tuple[int | None, tuple[Source, ...]]:
    for start in starts:
        for words, node in config.reader.take(start):
            value = number(words[0]) if words else None
            if value is not None:
                return value, (config.reader.source(node),)
    return None, ()


def _in_blocks(config: Config, starts: tuple[str, ...], key: str) -> tuple[Setting[bool], list[Node], Node | None]:
    """Whether `server enable` stands in one of these blocks; the statements in them, and the line that decides."""
    inside: list[Node] = []
    for start in starts:
        for block in config.reader.find(start):
            config.reader.use(block)
            inside += block.walk()
    switch = [node for node in inside if node.text in ("server enable", "undo server enable")]
    config.reader.use(*switch)
    if not switch:
        return config.absent(key, bool), inside, None
    return Known(switch[-1].text == "server enable", (config.reader.source(switch[-1]),)), inside, switch[-1]


def _restconf(config: Config) -> Service:
    """NE routers: `http` / `service restconf` / `server enable`."""
    enabled, inside, _ = _in_blocks(config, ("http",), "restconf server enable")
    here = [node for node in inside if node.text.startswith(("service restconf", "ssl-policy", "port ", "server port"))]
    config.reader.use(*here)
    port = next((number(node.words[-1]) for node in here if node.text.startswith(("port ", "server port"))), None)
    secure = any(node.text.startswith("ssl-policy") for node in here)
    return _made(
        config, ServiceKind.RESTCONF, "restconf", enabled, port=port, tls=_CLEAR if here and not secure else Known(True)
    )


def _grpc(config: Config) -> Service:
    """`grpc` / `grpc server` / `server enable`, `server-port`, `ssl-policy`, `source-ip`, `acl`."""
    enabled, inside, switch = _in_blocks(config, ("grpc",), "grpc server enable")
    port: int | None = None
    secure = False
    filters: list[Filter] = []
    for node in inside:
        match node.words:
            case ["server-port", value, *_]:
                port = number(value)
            case ["ssl-policy", *_]:
                secure = True
            case ["source-ip" | "vpn-instance" | "grpc", *_]:
                pass
            case ["acl", *rest] if rest:
                source = config.reader.source(node)
                name = rest[-1]
                filters.append(config.lists.bind(name, 4, "grpc", source, unclear("'grpc'", source), "in"))
            case _:
                continue
        config.reader.use(node)
    tls: Setting[bool] = (
        Known(secure) if switch is None or secure else Unknown(Code.DEFAULT, "no 'ssl-policy' in the gRPC server")
    )
    return _made(config, ServiceKind.GNMI, "grpc", enabled, port=port, tls=tls, filters=tuple(filters))


_CLEAR: Setting[bool] = Known(False)


def _made(
    config: Config,
    kind: ServiceKind,
    name: str,
    enabled: Setting[bool],
    *,
    port: int | None = None,
    tls: Setting[bool] = _CLEAR,
    filters: tuple[Filter, ...] = (),
) -> Service:
    covered = {one.family for one in filters}
    off = isinstance(enabled, Known) and not enabled.value
    return Service(
        kind=kind,
        enabled=enabled,
        sources=enabled.sources,
        name=name,
        port=port,
        filters=filters,
        open_families=Known(() if off else tuple(one for one in config.families if one not in covered)),
        tls=tls,
    )


def _spoken(config: Config, starts: tuple[str, ...]) -> Setting[bool]:
    """On where one of the statements stands; off where the configuration is whole and none does."""
    nodes = [node for start in starts for node in (*config.reader.find(start), *config.reader.find(f"undo {start}"))]
    config.reader.use(*nodes)
    on = [node for node in nodes if not node.text.startswith("undo ")]
    if on:
        return Known(True, tuple(config.reader.source(node) for node in on))
    if isinstance(config.complete, Unknown):
        return config.complete
    return Known(False, tuple(config.reader.source(node) for node in nodes))


def _dhcp(config: Config) -> Service:
    """`dhcp enable` with pools (`ip pool P`, `dhcp server ip-pool P`) or interfaces that select one."""
    enabled = _spoken(config, ("dhcp enable",))
    pools = [*config.reader.find("ip pool"), *config.reader.find("dhcp server ip-pool")]
    ports = [
        node
        for port in config.having("dhcp")
        for node in port.all("dhcp")
        if node.text.startswith(("dhcp select interface", "dhcp select global"))
    ]
    config.reader.use(*ports)
    if isinstance(enabled, Known) and enabled.value and not pools and not ports:
        enabled = Known(False, enabled.sources)
    return _made(config, ServiceKind.DHCP, "dhcp", enabled)


def _dns(config: Config) -> Service:
    return _made(
        config,
        ServiceKind.DNS,
        "dns proxy",
        _spoken(config, ("dns proxy enable", "dns relay enable", "dns server enable")),
    )


def _cluster(config: Config) -> Service:
    """`cluster enable`: switches manage each other over layer 2 (HGMP)."""
    return _made(config, ServiceKind.VENDOR_MANAGEMENT, "cluster", _spoken(config, ("cluster enable",)))


def _cwmp(config: Config) -> Service:
    return _made(config, ServiceKind.TR069, "cwmp", _spoken(config, ("cwmp enable",)))


def _nqa(config: Config) -> Iterable[Service]:
    """`nqa-server {tcpconnect|udpecho} A P`: answers measurements."""
    enabled = _spoken(config, ("nqa-server",))
    if isinstance(enabled, Known) and enabled.value:
        yield _made(config, ServiceKind.OTHER, "nqa-server", enabled)


_LISTS = (
    ("ssh server cipher", "encryption"),
    ("ssh server hmac", "mac"),
    ("ssh server key-exchange", "kex"),
    ("ssh server publickey", "publickey"),
    ("ssh server secure-algorithms cipher", "encryption"),
    ("ssh server secure-algorithms hmac", "mac"),
    ("ssh server secure-algorithms kex", "kex"),
)
_NAMES = {
    "aes128_gcm": "aes128-gcm@openssh.com",
    "aes256_gcm": "aes256-gcm@openssh.com",
    "md5": "hmac-md5",
    "md5_96": "hmac-md5-96",
    "sha1": "hmac-sha1",
    "sha1_96": "hmac-sha1-96",
    "sha2_256": "hmac-sha2-256",
    "sha2_512": "hmac-sha2-512",
    "sha2_256_96": "hmac-sha2-256-96",
    "dh_group1_sha1": "diffie-hellman-group1-sha1",
    "dh_group14_sha1": "diffie-hellman-group14-sha1",
    "dh_group14_sha256": "diffie-hellman-group14-sha256",
    "dh_group15_sha512": "diffie-hellman-group15-sha512",
    "dh_group16_sha512": "diffie-hellman-group16-sha512",
    "dh_group18_sha512": "diffie-hellman-group18-sha512",
    "dh_group_exchange_sha1": "diffie-hellman-group-exchange-sha1",
    "dh_group_exchange_sha256": "diffie-hellman-group-exchange-sha256",
    "curve25519_sha256": "curve25519-sha256",
    "rsa": "ssh-rsa",
    "dsa": "ssh-dss",
    "ecc": "ecdsa-sha2-nistp256",
    "rsa_sha2_256": "rsa-sha2-256",
    "rsa_sha2_512": "rsa-sha2-512",
    "des_cbc": "des-cbc",
    "blowfish_cbc": "blowfish-cbc",
    "arcfour": "arcfour",
}
"""Words of VRP whose name at IANA is more than a hyphen away."""


def _algorithm(word: str) -> str:
    return _NAMES.get(word, word.replace("_ctr", "-ctr").replace("_cbc", "-cbc").replace("_", "-"))


def _ssh(config: Config) -> SshServer:
    """`ssh server {cipher|hmac|key-exchange|publickey} ...`, `dh-exchange min-len N`, `compatible-ssh1x`, forwarding."""
    algorithms: dict[str, Algorithms] = {}
    for start, kind in _LISTS:
        for words, node in config.reader.take(start):
            if words:
                algorithms[kind] = Algorithms(kind, tuple(map(_algorithm, words)), config.reader.source(node))
    bits: Setting[int] = Unknown(Code.DEFAULT, "no 'ssh server dh-exchange min-len'")
    for words, node in config.reader.take("ssh server dh-exchange min-len"):
        value = number(words[0]) if words else None
        if value is not None:
            bits = Known(value, (config.reader.source(node),))
    return SshServer(
        version1=config.switch("ssh server compatible-ssh1x enable"),
        algorithms=tuple(algorithms.values()),
        password_login=_passwords(config),
        forwarding=_forwarding(config),
        dh_bits=bits,
    )


def _forwarding(config: Config) -> Setting[bool]:
    for start in ("ssh server tcp-forwarding enable", "ssh server tcp forwarding enable"):
        node = config.last(start)
        if node is not None:
            return Known(not node.text.startswith("undo "), (config.reader.source(node),))
    return config.absent("ssh server tcp forwarding enable", bool)


def _passwords(config: Config) -> Setting[bool]:
    """Passwords are taken where the default or a user's `authentication-type` holds the word; keys alone say no."""
    nodes = list(config.reader.find("ssh authentication-type default"))
    nodes += [node for node in config.reader.find("ssh user") if " authentication-type " in node.text]
    config.reader.use(*nodes)
    taken = [node for node in nodes if any("password" in word or word in ("all", "any") for word in node.words[-1:])]
    if taken:
        return Known(True, tuple(config.reader.source(node) for node in taken))
    return Unknown(
        Code.DEFAULT, "no 'ssh authentication-type default password', and users without an entry are not known"
    )


def _profiles(config: Config) -> Iterable[TlsProfile]:
    """`ssl policy P` with `ssl minimum version V` and the certificates that it loads."""
    for words, node in config.reader.take("ssl policy"):
        versions: list[str] = []
        ciphers: list[str] = []
        for inner in node.children:
            parts = inner.words
            if parts[:3] == ["ssl", "minimum", "version"]:
                versions.append(parts[-1].removeprefix("tls"))
            elif parts[0] in ("version", "ssl-version") and len(parts) > 1:
                versions += [part.removeprefix("tls") for part in parts[1:]]
            elif parts[0] in ("ciphersuite", "cipher-suite", "binding"):
                ciphers += parts[1:]
            elif parts[0] not in (
                "certificate",
                "crl",
                "trusted-ca",
                "diffie-hellman",
                "pki-domain",
                "ecdh",
                "signature",
            ):
                continue
            config.reader.use(inner)
        if words:
            yield TlsProfile(words[0], config.reader.block(node), tuple(versions), tuple(ciphers))
