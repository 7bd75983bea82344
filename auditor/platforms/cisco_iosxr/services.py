"""Services that answer on the network (syntax-ios-family B.4)."""

from collections.abc import Iterator

from auditor.model.areas import Admission, Algorithms, Filter, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.acls import Lists
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.control_plane import Protection
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import after, number
from auditor.syntax.tree import Node

_DEFAULT = "default"
_KINDS = {"cipher": "encryption", "key-exchange": "kex", "host-key": "hostkey"}
_GRPC_PORT = 57400
_GRPC_ON = ("gnmi", "gribi", "p4rt")


class Surroundings:
    """What every service needs to be judged: lists, protection, address families in use, and how whole the text is."""

    def __init__(
        self, lists: Lists, shield: Protection, six: frozenset[str], release: str, complete: Setting[bool]
    ) -> None:
        self.lists = lists
        self.shield = shield
        self.six = six
        self.release = release
        self.complete = complete

    def families(self, vrf: str) -> tuple[int, ...]:
        """Address families in which a service of the VRF can be reached."""
        return (4, 6) if vrf in self.six else (4,)

    def open(self, vrf: str, filters: tuple[Filter, ...]) -> Setting[tuple[int, ...]]:
        """Families in use that no filter stands in; unknown where further lines may be missing."""
        covered = {one.family for one in filters}
        if 0 in covered:
            return Known(())
        left = tuple(family for family in self.families(vrf) if family not in covered)
        return self.complete if left and isinstance(self.complete, Unknown) else Known(left)

    def absent(self, statement: str) -> Setting[bool]:
        """What it means that a statement stands nowhere."""
        return TABLE.absent(statement, bool, self.release, self.complete)


def services(reader: Configuration, around: Surroundings) -> Services:
    """List every service that IOS XR has: on, off, or not known to be either."""
    shells = ssh_services(reader, around)
    found = [
        *shells,
        *telnet_services(reader, around),
        *_netconf(reader, around),
        *_grpc(reader, around),
        *_xml(reader, around),
        *_web(reader, around),
        *_tftp(reader, around),
        *_small(reader, around),
        *_dhcp(reader, around),
        *_linux(reader, any(isinstance(one.enabled, Known) and one.enabled.value for one in shells)),
    ]
    return Services(found=tuple(found), ssh=_ssh_server(reader, around), tls=tuple(_tls(reader)))


def ssh_services(reader: Configuration, around: Surroundings) -> list[Service]:
    """`ssh server vrf V [ipv4 access-list A] [ipv6 access-list B]`, `ssh server [v2]`, `ssh server port P`, `backup port P vrf V`."""
    ports = [(number(words[0]), node) for words, node in reader.take("ssh server port") if words]
    common = tuple(
        reader.source(node) for start in ("ssh server v2", "ssh server v1") for _, node in reader.take(start)
    )
    common += tuple(reader.source(node) for _, node in ports)
    bare = [node for node in reader.find("ssh server") if node.text == "ssh server"]
    reader.use(*bare)
    common += tuple(reader.source(node) for node in bare)
    port = ports[-1][0] if ports else None
    found = [
        _listener(reader, around, ServiceKind.SSH, words, node, port, common)
        for words, node in reader.take("ssh server vrf")
        if words
    ]
    if not found and common:
        found.append(_without_vrf(around, common, port, bare=bool(bare)))
    for words, node in reader.take("ssh server backup"):
        vrf = after(words, "vrf") or _DEFAULT
        filters = around.shield.filters("ssh")
        source = reader.source(node)
        found.append(
            Service(
                ServiceKind.SSH,
                Known(True, (source,)),
                (source,),
                name="ssh server backup",
                port=number(after(words, "port")),
                filters=filters,
                open_families=around.open(vrf, filters),
                tls=Known(True),
                vrfs=(vrf,),
            )
        )
    if not found:
        reason = "no 'ssh server' statement, and what that means is not documented for this release"
        state: Setting[bool] = (
            around.complete if isinstance(around.complete, Unknown) else Unknown(Code.DEFAULT, reason)
        )
        found.append(Service(ServiceKind.SSH, state))
    return found


def _without_vrf(around: Surroundings, sources: tuple[Source, ...], port: int | None, *, bare: bool) -> Service:
    """`ssh server` serves the default VRF; of `ssh server v2` alone the references do not say whether it does (B.4)."""
    filters = around.shield.filters("ssh")
    reason = "'ssh server v2' without 'ssh server vrf V': whether the default VRF is served is not documented"
    return Service(
        ServiceKind.SSH,
        Known(True, sources) if bare else Unknown(Code.DEFAULT, reason, sources),
        sources,
        port=port,
        filters=filters,
        open_families=around.open(_DEFAULT, filters),
        tls=Known(True),
        vrfs=(_DEFAULT,),
    )


def _listener(
    reader: Configuration,
    around: Surroundings,
    kind: ServiceKind,
    words: list[str],
    node: Node,
    port: int | None,
    common: tuple[Source, ...] = (),
) -> Service:
    """A statement `... vrf V [ipv4 access-list A] [ipv6 access-list B]`; `words` begin with the VRF."""
    source = reader.source(node)
    filters = _lists(around, words, source, f"{kind} vrf {words[0]}")
    shield = around.shield.filters("netconf" if kind is ServiceKind.NETCONF else kind.value.partition("-")[0])
    return Service(
        kind,
        Known(True, (source,)),
        (source, *common),
        port=port,
        filters=(*filters, *shield),
        open_families=around.open(words[0], (*filters, *shield)),
        tls=Known(kind is ServiceKind.SSH or kind is ServiceKind.NETCONF),
        vrfs=(words[0],),
    )


def _lists(around: Surroundings, words: list[str], source: Source, where: str) -> tuple[Filter, ...]:
    """`[ipv4|ipv6] access-list A`, in any number; without a family it belongs to the family that the statement names."""
    found: list[Filter] = []
    for index, word in enumerate(words[:-1]):
        if word == "access-list":
            family = 6 if "ipv6" in words[:index] and words[index - 1] != "ipv4" else 4
            found.append(around.lists.on(words[index + 1], family, source, where, direction="in"))
    return tuple(found)


def telnet_services(reader: Configuration, around: Surroundings) -> list[Service]:
    """`telnet vrf V {ipv4|ipv6} server max-servers N [access-list A]`, and the older `telnet {ipv4|ipv6} server ...`."""
    by_vrf: dict[str, list[tuple[int, list[str], Node]]] = {}
    for words, node in reader.take("telnet"):
        vrf = words[1] if words[:1] == ["vrf"] and len(words) > 1 else _DEFAULT
        rest = words[2:] if words[:1] == ["vrf"] else words
        if len(rest) > 1 and rest[0] in ("ipv4", "ipv6") and rest[1] == "server":
            by_vrf.setdefault(vrf, []).append((4 if rest[0] == "ipv4" else 6, rest, node))
        elif "client" not in rest and "dscp" not in rest:
            reader.give_back(node)
    found = []
    for vrf, statements in by_vrf.items():
        sources = tuple(reader.source(node) for _, _, node in statements)
        filters = tuple(
            one
            for _, rest, node in statements
            for one in _lists(around, rest, reader.source(node), f"telnet vrf {vrf}")
        )
        filters += around.shield.filters("telnet")
        served = {family for family, _, _ in statements}
        left = around.open(vrf, filters)
        found.append(
            Service(
                ServiceKind.TELNET,
                Known(True, sources),
                sources,
                filters=filters,
                open_families=left
                if isinstance(left, Unknown)
                else Known(tuple(family for family in left.value if family in served)),
                vrfs=(vrf,),
            )
        )
    return found or [Service(ServiceKind.TELNET, around.absent("telnet vrf V ipv4 server"))]


def _netconf(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`netconf-yang agent` / `ssh`, `ssh server netconf [vrf V] [ipv4 access-list A]`, `ssh server netconf port P`, and the older agent."""
    agents = [node for _, node in reader.take("netconf-yang agent")]
    switches = [inner for node in agents for _, inner in reader.take("ssh", node)]
    for node in agents:
        for start in ("session", "rate-limit", "with-defaults-support", "netconf1.0"):
            for _, _inner in reader.take(start, node):
                pass
    old = [node for start in ("netconf agent", "ssh server capability netconf-xml") for _, node in reader.take(start)]
    listeners = [(words, node) for words, node in reader.take("ssh server netconf")]
    port = next((number(words[1]) for words, _ in listeners if words[:1] == ["port"] and len(words) > 1), None)
    on = [*(node for node in agents if switches), *switches, *old]
    bound = [(words[1:], node) for words, node in listeners if words[:1] == ["vrf"] and len(words) > 1]
    bare = [node for words, node in listeners if not words or words[0] in ("port", "ipv4", "ipv6")]
    sources = tuple(reader.source(node) for node in on)
    if not on:
        yield Service(
            ServiceKind.NETCONF,
            around.absent("netconf-yang agent ssh"),
            tuple(reader.source(node) for _, node in listeners),
        )
        return
    for words, node in bound:
        yield _listener(reader, around, ServiceKind.NETCONF, words, node, port, sources)
    if not bound:
        filters = around.shield.filters("netconf")
        where = tuple(reader.source(node) for node in bare)
        yield Service(
            ServiceKind.NETCONF,
            Known(True, sources),
            sources + where,
            port=port if bare else None,
            filters=filters,
            open_families=around.open(_DEFAULT, filters),
            tls=Known(True),
            vrfs=(_DEFAULT,),
        )


def _grpc(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`grpc` with `port N`, `no-tls`, `tls`, `vrf V`, `local-connection` ..., and its `server NAME` blocks."""
    blocks = [node for _, node in reader.take("grpc")]
    if not blocks:
        yield Service(ServiceKind.GNMI, around.absent("grpc"))
        return
    for node in blocks:
        flat = [inner for inner in node.children if inner.text.split()[0] not in ("server", "tunnel")]
        known = {inner.text.split()[0] for inner in flat}
        reader.use(*flat, *(leaf for inner in flat for leaf in inner.walk()))
        if "default-server-disable" not in known:
            yield _grpc_server(reader, around, node, flat, "")
        for words, inner in reader.take("server", node):
            reader.use_block(inner)
            yield _grpc_server(reader, around, inner, inner.children, words[0] if words else "")


def _grpc_server(reader: Configuration, around: Surroundings, head: Node, statements: list[Node], name: str) -> Service:
    options = {inner.text.split()[0]: inner for inner in statements}
    port_line = options.get("port")
    vrf_line = options.get("vrf")
    vrf = vrf_line.text.split()[1] if vrf_line is not None and len(vrf_line.text.split()) > 1 else _DEFAULT
    lines = [head, *statements, *(leaf for inner in statements for leaf in inner.walk())]
    sources = tuple(dict.fromkeys(reader.source(node) for node in lines))
    local = options.get("remote-connection")
    port = number(port_line.text.split()[-1]) if port_line is not None else None
    # Protection of the management plane does not cover what Linux listens for (syntax-ios-family B.4).
    filters = linux_filters(reader, vrf, str(port or _GRPC_PORT))
    unprotected = next(
        (node for node in lines if node.text.startswith(("metadata-authentication disable",)) or _inside_disable(node)),
        None,
    )
    return Service(
        ServiceKind.GNMI,
        Known(local is None or "disable" not in local.text, sources),
        sources,
        name=name,
        port=port,
        filters=filters,
        open_families=around.open(vrf, filters),
        tls=_grpc_tls(reader, around, options),
        unauthenticated=reader.source(unprotected) if unprotected is not None else None,
        vrfs=(vrf,),
        objects=_inner_services(statements),
    )


def _inside_disable(node: Node) -> bool:
    return node.text == "metadata-authentication" and any(inner.text == "disable" for inner in node.children)


def _inner_services(statements: list[Node]) -> tuple[str, ...]:
    found = [node.text.split()[0] for node in statements if node.text.split()[0] in _GRPC_ON]
    for node in statements:
        words = node.text.split()
        if words[0] == "services":
            found += words[1:] or [inner.text.split()[0] for inner in node.children]
    return tuple(found)


def _grpc_tls(reader: Configuration, around: Surroundings, options: dict[str, Node]) -> Setting[bool]:
    for word in ("no-tls", "tls-disable"):
        if word in options:
            return Known(False, reader.evidence(options[word]))
    for word in ("tls", "tls-mutual", "tls-trustpoint"):
        node = options.get(word)
        if node is not None:
            off = "disable" in node.text or any(inner.text == "disable" for inner in node.children)
            return Known(not off, reader.evidence(node))
    return around.absent("grpc tls")


def _tls(reader: Configuration) -> Iterator[TlsProfile]:
    """`tls-mutual`, `tls-trustpoint T`, `certificate-authentication`, `min-version` of gRPC."""
    for node in reader.find("grpc"):
        options = {inner.text.split()[0]: inner for inner in node.children}
        mine = [
            options[word] for word in ("tls-mutual", "tls-trustpoint", "certificate-authentication") if word in options
        ]
        if mine:
            mutual = [
                reader.source(options[word]) for word in ("tls-mutual", "certificate-authentication") if word in options
            ]
            yield TlsProfile(
                "grpc", tuple(reader.source(one) for one in mine), client_auth=Known(bool(mutual), tuple(mutual))
            )


def _xml(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`xml agent [tty|ssl]`, in older releases with a VRF and its lists inside."""
    nodes = [node for start in ("xml agent", "xr-xml agent") for _, node in reader.take(start)]
    if not nodes:
        yield Service(ServiceKind.XML_API, around.absent("xml agent"))
    for node in nodes:
        reader.use_block(node)
        filters = around.shield.filters("xml")
        for inner in node.walk():
            filters = (*_lists(around, inner.text.split(), reader.source(inner), "xml agent"), *filters)
        vrfs = tuple(inner.text.split()[1] for inner in node.walk() if inner.text.startswith("vrf ")) or (_DEFAULT,)
        yield Service(
            ServiceKind.XML_API,
            Known(True, reader.evidence(node)),
            reader.block(node),
            name=node.text.removeprefix("xr-").removeprefix("xml agent").strip(),
            filters=filters,
            open_families=Known(()) if "tty" in node.text else around.open(vrfs[0], filters),
            tls=Known("ssl" in node.text or "tty" in node.text),
            vrfs=vrfs,
        )


def _web(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`http server [ssl] [access-group A]`."""
    plain = secure = None
    for words, node in reader.take("http server"):
        source = reader.source(node)
        names = [words[index + 1] for index, word in enumerate(words[:-1]) if word in ("access-group", "access-list")]
        filters = tuple(around.lists.on(name, 4, source, "http server", direction="in") for name in names)
        filters += around.shield.filters("http")
        service = Service(
            ServiceKind.HTTPS if "ssl" in words else ServiceKind.HTTP,
            Known(True, (source,)),
            (source,),
            filters=filters,
            open_families=around.open(_DEFAULT, filters),
            tls=Known("ssl" in words),
            vrfs=(_DEFAULT,),
        )
        plain, secure = (plain, service) if "ssl" in words else (service, secure)
    yield plain or Service(ServiceKind.HTTP, around.absent("http server"))
    yield secure or Service(ServiceKind.HTTPS, around.absent("http server"))


def _tftp(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`tftp vrf V {ipv4|ipv6} server homedir D [max-servers N] [access-list A]`, and the older `tftp ipv4 server ...`."""
    found = False
    for words, node in reader.take("tftp"):
        if "server" not in words:
            if "client" not in words:
                reader.give_back(node)
            continue
        found = True
        source = reader.source(node)
        vrf = after(words, "vrf") or _DEFAULT
        filters = (*_lists(around, words, source, f"tftp vrf {vrf}"), *around.shield.filters("tftp"))
        home = after(words, "homedir")
        yield Service(
            ServiceKind.TFTP,
            Known(True, (source,)),
            (source,),
            filters=filters,
            open_families=around.open(vrf, filters),
            vrfs=(vrf,),
            objects=(home,) if home else (),
        )
    if not found:
        yield Service(ServiceKind.TFTP, around.absent("tftp vrf V ipv4 server"))


def _small(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`service {ipv4|ipv6} {tcp|udp}-small-servers max-servers {N|no-limit}`."""
    nodes = [
        node
        for start in ("service ipv4", "service ipv6")
        for words, node in reader.take(start)
        if words and words[0].endswith("small-servers")
    ]
    if not nodes:
        yield Service(ServiceKind.SMALL_SERVERS, around.absent("service ipv4 tcp-small-servers"))
    for node in nodes:
        source = reader.source(node)
        yield Service(
            ServiceKind.SMALL_SERVERS,
            Known(True, (source,)),
            (source,),
            name=node.text.split()[2],
            open_families=around.open(_DEFAULT, ()),
            vrfs=(_DEFAULT,),
        )


def _dhcp(reader: Configuration, around: Surroundings) -> Iterator[Service]:
    """`dhcp {ipv4|ipv6}` with `profile P server` and `interface I server profile P`; relays and proxies hand out nothing."""
    serving = []
    for start in ("dhcp ipv4", "dhcp ipv6"):
        for _, node in reader.take(start):
            reader.use_block(node)
            inner = [
                one for one in (node, *node.walk()) if one.text.split()[0] == "interface" and " server" in one.text
            ]
            serving += [node, *inner] if inner else []
    if serving:
        sources = tuple(reader.source(node) for node in serving)
        yield Service(ServiceKind.DHCP, Known(True, sources), sources)
    elif isinstance(around.complete, Unknown):
        yield Service(ServiceKind.DHCP, around.complete)
    else:
        yield Service(ServiceKind.DHCP, Known(False, around.complete.sources))


def _linux(reader: Configuration, ssh: bool) -> Iterator[Service]:
    """SSH of the Linux under the system and file transfer by the SSH server: no statement of the configuration shows them."""
    intent = []
    for start in ("linux networking", "tpa"):
        for _, node in reader.take(start):
            reader.use_block(node)
            intent += [reader.source(inner) for inner in node.walk() if "local-port" in inner.text]
    if ssh:
        reason = "whether the SSH server takes SFTP and SCP depends on the release and is in no statement"
        yield Service(ServiceKind.SFTP, Unknown(Code.STATE, reason))
    reason = "sshd_operns is started in Linux and is in no statement of the configuration"
    yield Service(ServiceKind.LINUX_SSH, Unknown(Code.STATE, reason), tuple(intent), port=57722)


def linux_filters(reader: Configuration, vrf: str, port: str) -> tuple[Filter, ...]:
    """`linux networking` / `vrf V` / `address-family F` / `protection` / `protocol tcp local-port N default-action A` with `permit ...`."""
    found = []
    for start in ("linux networking", "tpa"):
        for _, node in reader.take(start):
            for words, inside in reader.take("vrf", node):
                if words[:1] != [vrf]:
                    continue
                for family, level in reader.take("address-family", inside):
                    for inner in level.walk():
                        if after(inner.text.split(), "local-port") == port and inner.text.startswith(
                            ("protocol", "allow")
                        ):
                            found.append(_linux_filter(reader, inner, 6 if family[:1] == ["ipv6"] else 4))
    return tuple(found)


def _linux_filter(reader: Configuration, node: Node, family: int) -> Filter:
    source = reader.source(node)
    admits = after(node.text.split(), "default-action") == "permit"
    admitted = [
        Admission(address, reader.source(inner))
        for inner in node.children
        if inner.text.startswith("permit") and (address := after(inner.text.split(), "remote-address"))
    ]
    return Filter("linux networking", family, source, any_source=Known(admits, (source,)), admitted=tuple(admitted))


def _ssh_server(reader: Configuration, around: Surroundings) -> SshServer:
    """`ssh server algorithms K NAME...`, `ssh server {enable cipher|disable hmac} ...`, `ssh server port-forwarding local`."""
    found = [
        Algorithms(_KINDS.get(words[0], words[0]), tuple(words[1:]), reader.source(node))
        for words, node in reader.take("ssh server algorithms")
        if len(words) > 1
    ]
    found += [
        Algorithms("encryption", tuple(words), reader.source(node))
        for words, node in reader.take("ssh server enable cipher")
    ]
    old = next((node for _, node in reader.take("ssh server v1")), None)
    only = next((node for _, node in reader.take("ssh server v2")), None)
    version1: Setting[bool] = around.absent("ssh server v1")
    if old is not None:
        version1 = Known(True, reader.evidence(old))
    elif only is not None:
        version1 = Known(False, reader.evidence(only))
    forwarding = next((node for _, node in reader.take("ssh server port-forwarding")), None)
    return SshServer(
        version1=version1,
        algorithms=tuple(found),
        forwarding=Known(True, reader.evidence(forwarding))
        if forwarding is not None
        else around.absent("ssh server port-forwarding local"),
    )
