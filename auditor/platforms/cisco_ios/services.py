"""Services that answer on the network (syntax-ios-family A.4)."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from auditor.model.areas import (
    AccessPoint,
    Algorithms,
    Filter,
    Service,
    ServiceKind,
    Services,
    SshServer,
    TlsProfile,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.words import after, number
from auditor.syntax.tree import Node

_TLS = Known(True)
_CLEAR = Known(False)
_DIALS = (["grpctunnel"],)
"""Words of gNXI by which the device calls a collector: not read, and told as unread lines."""
_ALGORITHMS = ("encryption", "mac", "kex", "hostkey", "publickey")


def services(
    context: Context,
    lists: Lists,
    points: Sequence[AccessPoint],
    ports: Sequence[Port],
    families: tuple[int, ...],
) -> Services:
    """Every service that the system has, each on, off or not known.

    Telnet and SSH are what the lines accept. `ip http ...`, `restconf`, `netconf-yang ...`, `netconf ssh`, `gnxi ...`,
    `wsma`, `cns`, `vstack`, `ip scp server enable`, `tftp-server`, `ftp-server`, `ip rcmd`, `ip finger`, `service
    {tcp|udp}-small-servers`, `service pad`, `ip bootp server`, `ip identd`, `mop enabled`, `ip dns server`, `ip dhcp
    pool`, `ip sla responder`, `cwmp agent`.
    """
    found = [
        *_logins(context, points),
        *_ssh_listeners(context, points),
        *_web(context, lists, families),
        *_automation(context, lists, families),
        *_files(context, lists, families),
        *_legacy(context, ports, families),
    ]
    smart_install = _smart_install(context, ports)
    if smart_install is not None:
        found.append(smart_install)
    return Services(tuple(found), ssh=_ssh(context), tls=tuple(_profiles(context)))


def _service(
    kind: ServiceKind,
    enabled: Setting[bool],
    families: tuple[int, ...] = (),
    *,
    filters: tuple[Filter, ...] = (),
    name: str = "",
    port: int | None = None,
    tls: Setting[bool] = _CLEAR,
    sources: tuple[Source, ...] = (),
    objects: tuple[str, ...] = (),
    bound: tuple[Source, ...] = (),
) -> Service:
    """A service with what its switch cites, and the families in which no list stands before it."""
    covered = {bound.family for bound in filters}
    return Service(
        kind,
        enabled,
        sources or enabled.sources,
        name=name,
        port=port,
        filters=filters,
        open_families=Known(tuple(family for family in families if family not in covered)),
        tls=tls,
        objects=objects,
        bound=bound,
    )


def _logins(context: Context, points: Sequence[AccessPoint]) -> list[Service]:
    """Telnet is on when a line accepts it; SSH also needs a key, which no configuration shows."""
    telnet, ssh = _accepted(points, "telnet"), _accepted(points, "ssh")
    disabled = context.reader.last("ip telnet disable")
    if disabled is not None and not disabled.text.startswith("no "):
        telnet = Known(False, context.sources(disabled))
    if isinstance(ssh, Known) and ssh.value:
        reason = "lines accept SSH, and whether the server runs depends on a key that is not in the configuration"
        ssh = Unknown(Code.STATE, reason, ssh.sources)
    return [_login(ServiceKind.TELNET, telnet, points, _CLEAR), _login(ServiceKind.SSH, ssh, points, _TLS)]


def _login(kind: ServiceKind, enabled: Setting[bool], points: Sequence[AccessPoint], tls: Setting[bool]) -> Service:
    """A service with the lists of the lines that accept it, and the families in which one of them has none."""
    mine = [one for one in points if not (isinstance(one.protocols, Known) and str(kind) not in one.protocols.value)]
    unclear = next((one.open_families for one in mine if isinstance(one.open_families, Unknown)), None)
    families = {family for one in mine if isinstance(one.open_families, Known) for family in one.open_families.value}
    return Service(
        kind,
        enabled,
        enabled.sources,
        filters=tuple(bound for one in mine for bound in one.filters),
        open_families=unclear or Known(tuple(sorted(families))),
        tls=tls,
        vrfs=tuple(dict.fromkeys(vrf for one in mine for vrf in one.vrfs)),
    )


def _accepted(points: Sequence[AccessPoint], protocol: str) -> Setting[bool]:
    """On when a line accepts the protocol; unknown when a VTY line does not say what it accepts."""
    sources: list[Source] = []
    for point in points:
        if isinstance(point.protocols, Known) and protocol in point.protocols.value:
            sources += point.protocol_sources
    if sources:
        return Known(True, tuple(sources))
    unclear = next((point.protocols for point in points if isinstance(point.protocols, Unknown)), None)
    if unclear is not None:
        return unclear
    return Known(False, tuple(source for point in points for source in point.protocol_sources))


def _ssh_listeners(context: Context, points: Sequence[AccessPoint]) -> list[Service]:
    """`ip ssh port N rotary LOW [HIGH]`, and the lines whose `rotary` is one of these groups; off where no line takes SSH."""
    reader = context.reader
    accepted = _accepted(points, "ssh")
    refused = accepted if isinstance(accepted, Known) and not accepted.value and accepted.sources else None
    rotaries = [
        (group, node)
        for line in reader.find("line")
        for words, node in reader.take("rotary", line)
        if words and (group := number(words[0])) is not None
    ]
    return [
        Service(
            ServiceKind.SSH,
            refused or Known(True, (reader.source(node),)),
            sources=(reader.source(node),),
            port=number(words[0]),
            tls=_TLS,
            bound=_rotaries(context, rotaries, words[2:]),
        )
        for words, node in reader.take("ip ssh port")
        if words and number(words[0]) not in (None, 22)
    ]


def _rotaries(context: Context, rotaries: Sequence[tuple[int, Node]], groups: list[str]) -> tuple[Source, ...]:
    """The `rotary` statements whose group lies in the range."""
    numbers = [found for group in groups if (found := number(group)) is not None]
    if not numbers:
        return ()
    return context.sources(*(node for group, node in rotaries if numbers[0] <= group <= numbers[-1]))


def _ssh(context: Context) -> SshServer:
    """`ip ssh version N`, `ip ssh server algorithm KIND LIST`, `ip ssh dh min size N`."""
    reader = context.reader
    version = reader.last("ip ssh version")
    first: Setting[bool] = context.absent("ip ssh version", bool)
    if version is not None:
        one = version.text.split()[-1] == "1" or version.text.startswith("no ")
        first = Known(one, context.sources(version))
    algorithms, passwords = [], context.absent("ip ssh server algorithm authentication", bool)
    for words, node in reader.take("ip ssh server algorithm"):
        kind, names = (words[0], tuple(words[1:])) if words else ("", ())
        if kind == "authentication":
            passwords = Known("password" in names or "keyboard" in names, context.sources(node))
        elif kind in _ALGORITHMS:
            algorithms.append(Algorithms(kind, names, reader.source(node)))
        else:
            reader.give_back(node)
    bits: Setting[int] = context.absent("ip ssh dh min size", int)
    for words, node in reader.take("ip ssh dh min size"):
        size = number(words[0]) if words else None
        bits = Known(size, context.sources(node)) if size is not None else bits
    return SshServer(version1=first, algorithms=tuple(algorithms), password_login=passwords, dh_bits=bits)


def _web(context: Context, lists: Lists, families: tuple[int, ...]) -> list[Service]:
    """`ip http server`, `ip http secure-server`, their ports and `ip http access-class [ipv4|ipv6] A`."""
    reader = context.reader
    clear, secure = context.switch("ip http server"), context.switch("ip http secure-server")
    off = all(isinstance(one, Known) and not one.value for one in (clear, secure))
    bound = tuple(_web_filters(context, lists))
    filters = () if off else bound
    reader.use(*reader.find("ip http authentication"))
    modules, secure_modules = _modules(context, ""), _modules(context, "secure-")
    return [
        _service(
            ServiceKind.HTTP,
            clear,
            families,
            filters=filters,
            port=_port(context, "ip http port"),
            objects=modules,
            bound=_port_lines(context, "ip http port"),
        ),
        _service(
            ServiceKind.HTTPS,
            secure,
            families,
            filters=filters,
            port=_port(context, "ip http secure-port"),
            tls=_TLS,
            objects=secure_modules,
            bound=_port_lines(context, "ip http secure-port"),
        ),
    ]


def _modules(context: Context, secure: str) -> tuple[str, ...]:
    """`ip http [secure-]active-session-modules {all|none|LIST}`: with `none` the server serves nothing."""
    found: tuple[str, ...] = ()
    for words, _ in context.reader.take(f"ip http {secure}active-session-modules"):
        found = tuple(words)
    return found


def _web_filters(context: Context, lists: Lists) -> list[Filter]:
    found: dict[int, Filter] = {}
    for words, node in context.reader.take("ip http access-class"):
        source = context.reader.source(node)
        family = 6 if words[:1] == ["ipv6"] else 4
        names = words[1:] if words[:1] in (["ipv4"], ["ipv6"]) else words
        if names:
            found[family] = lists.on_service(names[0], family, source)
            context.refer("access-list", names[0], "http server", source, family, "in")
    return list(found.values())


def _port_lines(context: Context, start: str) -> tuple[Source, ...]:
    return tuple(context.reader.source(node) for _, node in context.reader.take(start))[-1:]


def _port(context: Context, start: str) -> int | None:
    ports = [number(words[0]) for words, _ in context.reader.take(start) if words]
    return ports[-1] if ports else None


def _automation(context: Context, lists: Lists, families: tuple[int, ...]) -> list[Service]:
    """NETCONF, RESTCONF, gNMI, WSMA and CNS."""
    reader = context.reader
    found = [
        _flag(context, ServiceKind.WSMA, ("wsma agent",), "wsma agent", families),
        _flag(context, ServiceKind.CNS, ("cns config", "cns exec", "cns event"), "cns", families),
    ]
    for _, profile in reader.take("wsma"):
        reader.use_block(profile)
    old = list(reader.find("netconf"))
    if old or not context.xe:
        enabled = context.switch("netconf ssh")
        filters = tuple(_named_filters(context, lists, "netconf ssh acl", "netconf", 4))
        found.append(_service(ServiceKind.NETCONF, enabled, families, filters=filters, name="netconf ssh", tls=_TLS))
        reader.use(*old)
    if context.xe or any(True for start in ("netconf-yang", "restconf", "gnxi") for _ in reader.find(start)):
        found += [_netconf_yang(context, lists, families), _restconf(context, lists, families)]
        found += _gnmi(context, families)
    return found


def _named_filters(context: Context, lists: Lists, start: str, where: str, family: int) -> list[Filter]:
    """`... access-list name A` and `... acl A`."""
    found = []
    for words, node in context.reader.take(start):
        name = after(words, "name") or (words[-1] if words else "")
        if name:
            source = context.reader.source(node)
            context.refer("access-list", name, where, source, family, "in")
            found.append(lists.on_service(name, family, source))
    return found


def _netconf_yang(context: Context, lists: Lists, families: tuple[int, ...]) -> Service:
    """NETCONF over SSH.

    `netconf-yang`, `netconf-yang ssh port N`, `netconf-yang ssh {ipv4|ipv6} access-list name A`, `netconf-yang
    feature F`.
    """
    reader = context.reader
    filters = tuple(
        bound
        for family in (4, 6)
        for bound in _named_filters(context, lists, f"netconf-yang ssh ipv{family} access-list", "netconf-yang", family)
    )
    port = _port(context, "netconf-yang ssh port")
    lines = list(reader.find("netconf-yang"))
    reader.use(*lines)
    bare = next((node for node in reader.find("no netconf-yang") if node.text == "no netconf-yang"), None)
    if bare is not None and (not lines or bare.number > lines[-1].number):
        reader.use(bare)
        enabled: Setting[bool] = Known(False, context.sources(bare))
    elif lines:
        enabled = Known(True, context.sources(lines[0]))
    else:
        enabled = context.absent("netconf-yang", bool)
    sources = context.sources(*lines)
    return _service(ServiceKind.NETCONF, enabled, families, filters=filters, port=port, tls=_TLS, sources=sources)


def _restconf(context: Context, lists: Lists, families: tuple[int, ...]) -> Service:
    """`restconf` rides on the HTTPS server; `restconf {ipv4|ipv6} access-list name A`."""
    filters = tuple(
        bound
        for family in (4, 6)
        for bound in _named_filters(context, lists, f"restconf ipv{family} access-list", "restconf", family)
    )
    return _service(ServiceKind.RESTCONF, context.switch("restconf"), families, filters=filters, tls=_TLS)


def _gnmi(context: Context, families: tuple[int, ...]) -> list[Service]:
    """`gnxi`, `gnxi server` (clear), `gnxi secure-server`, `gnxi [secure-]port N`; older releases say `gnmi-yang`."""
    reader = context.reader
    found = []
    for word in ("gnxi", "gnmi-yang"):
        lines = [node for node in reader.find(word) if node.text.split()[1:2] not in _DIALS]
        reader.use(*lines)
        for key, name, secured in (("server", "clear", False), ("secure-server", "secure", True)):
            on = [node for node in lines if node.text == f"{word} {key}"]
            if on and any(node.text in (word, f"{word} {key}") for node in lines):
                port = _port(context, f"{word} {'secure-port' if secured else 'port'}")
                enabled = Known(True, context.sources(*lines))
                found.append(_service(ServiceKind.GNMI, enabled, families, name=name, port=port, tls=Known(secured)))
        if lines and not found:
            reason = f"'{word}' is configured, and which of its servers runs is not"
            found.append(_service(ServiceKind.GNMI, Unknown(Code.DEFAULT, reason, context.sources(*lines)), families))
    return found or [_service(ServiceKind.GNMI, context.absent("gnxi", bool), families)]


def _flag(context: Context, kind: ServiceKind, starts: Sequence[str], claim: str, families: tuple[int, ...]) -> Service:
    """A service that is on as soon as one of these statements stands."""
    reader = context.reader
    lines = [node for start in starts for node in reader.find(start)]
    reader.use(*lines)
    enabled = Known(True, context.sources(*lines)) if lines else context.absent(claim, bool)
    return _service(kind, enabled, families)


def _files(context: Context, lists: Lists, families: tuple[int, ...]) -> list[Service]:
    """`tftp-server FILE [alias A] [ACL]`, `ftp-server enable`, `ip scp server enable`, `ip rcmd ...`."""
    reader = context.reader
    objects, filters = [], []
    for words, node in reader.take("tftp-server"):
        objects += words[:1]
        rest = words[3:] if words[1:2] == ["alias"] else words[1:]
        if rest:
            source = reader.source(node)
            context.refer("access-list", rest[0], "tftp server", source, 4, "in")
            filters.append(lists.on_service(rest[0], 4, source))
    tftp = _flag(context, ServiceKind.TFTP, ("tftp-server",), "tftp-server", families)
    lines = list(reader.find("tftp-server"))
    remote = list(reader.take("ip rcmd"))
    shells = [node for words, node in remote if words[:1] in (["rsh-enable"], ["rcp-enable"])]
    trusted = [(words, node) for words, node in remote if words[:1] == ["remote-host"]]
    return [
        Service(
            ServiceKind.TFTP,
            tftp.enabled,
            tftp.sources,
            filters=tuple(filters),
            open_families=tftp.open_families if len(filters) < len(lines) or not lines else Known(()),
            unauthenticated=reader.source(lines[0]) if lines else None,
            objects=tuple(objects),
        ),
        _flag(context, ServiceKind.FTP, ("ftp-server",), "ftp-server enable", families),
        _service(ServiceKind.SCP, context.switch("ip scp server enable"), families, tls=_TLS),
        Service(
            ServiceKind.RSH,
            Known(True, context.sources(*shells)) if shells else context.absent("ip rcmd", bool),
            context.sources(*(node for _, node in remote)),
            open_families=Known(families),
            unauthenticated=reader.source(trusted[0][1]) if trusted else None,
            objects=tuple(" ".join(words[1:]) for words, _ in trusted),
        ),
    ]


def _legacy(context: Context, ports: Sequence[Port], families: tuple[int, ...]) -> list[Service]:
    """Services of another age, and those that belong to no person's login."""
    reader = context.reader
    found = [
        _service(ServiceKind.FINGER, _either(context, ("ip finger", "service finger"), "ip finger"), families),
        _service(
            ServiceKind.SMALL_SERVERS,
            _either(context, ("service tcp-small-servers", "service udp-small-servers"), "small-servers"),
            families,
        ),
        _service(ServiceKind.PAD, context.switch("service pad"), families),
        _service(ServiceKind.BOOTP, _bootp(context), families),
        _service(ServiceKind.IDENTD, context.switch("ip identd"), families),
        _service(ServiceKind.DNS, context.switch("ip dns server"), families),
        _service(ServiceKind.DHCP, _dhcp(context), families),
        _service(ServiceKind.MOP, _mop(context, ports)),
    ]
    for kind, start, name in (
        (ServiceKind.OTHER, "ip sla responder", "ip sla responder"),
        (ServiceKind.OTHER, "ip rtr responder", "ip sla responder"),
        (ServiceKind.TR069, "cwmp agent", ""),
    ):
        node = reader.last(start)
        if node is not None:
            reader.use_block(node)
            found.append(_service(kind, context.stated(node), families, name=name))
    return found


def _either(context: Context, statements: Sequence[str], claim: str) -> Setting[bool]:
    """On where one of the switches is on; off where they are written off."""
    nodes = [node for statement in statements if (node := context.reader.last(statement)) is not None]
    on = [node for node in nodes if not node.text.startswith("no ")]
    if nodes:
        return Known(bool(on), context.sources(*(on or nodes)))
    return context.absent(claim, bool)


def _bootp(context: Context) -> Setting[bool]:
    ignored = context.reader.last("ip dhcp bootp ignore")
    if ignored is not None and not ignored.text.startswith("no "):
        return Known(False, context.sources(ignored))
    return context.switch("ip bootp server")


def _dhcp(context: Context) -> Setting[bool]:
    """`ip dhcp pool P` hands out addresses unless `no service dhcp` stands."""
    reader = context.reader
    pools = [node for start in ("ip dhcp pool", "ipv6 dhcp pool") for node in reader.find(start)]
    for node in pools:
        reader.use_block(node)
    switch = reader.last("service dhcp")
    if switch is not None and switch.text.startswith("no "):
        return Known(False, context.sources(switch))
    return Known(True, context.sources(*pools)) if pools else context.absent("ip dhcp pool", bool)


def _mop(context: Context, ports: Sequence[Port]) -> Setting[bool]:
    """`[no] mop enabled` on Ethernet interfaces; one that is up and says nothing has the default."""
    ethernet = [port for port in ports if "ethernet" in port.name.lower() and "." not in port.name]
    written = [(port, node) for port in ethernet if (node := port.block.switch("mop enabled")) is not None]
    on = [node for _, node in written if not node.text.startswith("no ")]
    if on:
        return Known(True, context.sources(*on))
    silent = [port for port in ethernet if not port.shutdown and port.block.switch("mop enabled") is None]
    if silent:
        return context.absent("mop enabled", bool)
    return (
        context.complete
        if isinstance(context.complete, Unknown)
        else Known(False, context.sources(*(node for _, node in written)))
    )


def _smart_install(context: Context, ports: Sequence[Port]) -> Service | None:
    """`no vstack` is off, `vstack ...` is on; absent on a switch it depends on the model, on a router there is none."""
    node = context.reader.last("vstack")
    if node is not None:
        return _service(ServiceKind.SMART_INSTALL, Known(node.text != "no vstack", context.sources(node)))
    if _is_switch(context, ports):
        reason = "no 'vstack' line: where the image supports Smart Install the client is on (cisco-sa-20180409-smi)"
        return _service(ServiceKind.SMART_INSTALL, Unknown(Code.DEFAULT, reason))
    if isinstance(context.complete, Unknown):
        return _service(ServiceKind.SMART_INSTALL, context.complete)
    return None


def _is_switch(context: Context, ports: Sequence[Port]) -> bool:
    if any(True for start in ("switch", "spanning-tree mode", "vtp mode") for _ in context.reader.find(start)):
        return True
    return any(port.block.all("switchport") for port in ports)


def _profiles(context: Context) -> list[TlsProfile]:
    """`ip http {secure-ciphersuite|tls-version|secure-trustpoint|secure-client-auth}`, `logging tls-profile P`."""
    reader = context.reader
    trustpoints = _trustpoints(context)
    selfsigned = trustpoints.get
    found = []
    lines = [
        node
        for start in (
            "secure-ciphersuite",
            "tls-version",
            "secure-trustpoint",
            "secure-client-auth",
            "secure-piv-based-auth",
        )
        for node in reader.find(f"ip http {start}")
    ]
    reader.use(*lines)
    web = _profile(context, "ip http", lines, selfsigned)
    server = reader.last("ip http secure-server")
    if web.self_signed is None and server is not None and not server.text.startswith("no "):
        web = msgspec.structs.replace(web, self_signed=_made_for_the_server(trustpoints))
    if lines or web.self_signed is not None:
        found.append(web)
    for words, node in reader.take("logging tls-profile"):
        reader.use_block(node)
        found.append(_profile(context, words[0] if words else "", [node, *node.children], selfsigned))
    return found


def _profile(
    context: Context, name: str, lines: Sequence[Node], selfsigned: Callable[[str], Setting[bool] | None]
) -> TlsProfile:
    versions: list[str] = []
    ciphers: list[str] = []
    trust: Setting[bool] | None = None
    client: Setting[bool] = Known(False)
    for node in lines:
        match node.text.removeprefix("ip http ").removeprefix("no ").split():
            case ["tls-version", *words]:
                versions += [word.removeprefix("TLSv") for word in words]
            case ["secure-ciphersuite" | "ciphersuite", *words]:
                ciphers += words
            case ["secure-trustpoint" | "client-id-trustpoint", trustpoint]:
                trust = selfsigned(trustpoint)
            case ["secure-client-auth" | "secure-piv-based-auth", *_]:
                client = context.stated(node)
    return TlsProfile(name, context.sources(*lines), tuple(versions), tuple(ciphers), trust, client)


_OWN = "TP-self-signed-"
"""How the trustpoint is called that IOS makes for its HTTPS server where `ip http secure-trustpoint` names none.

Cisco, Configuring the Switch for Secure Socket Layer HTTP (Catalyst 3750-X, 3850; 15.2E, 16.x): without a CA trustpoint the
server certifies itself, and a persistent certificate stands in the running configuration.
"""


def _made_for_the_server(trustpoints: Mapping[str, Setting[bool]]) -> Setting[bool] | None:
    """The certificate of its own that the HTTPS server shows without a trustpoint; None where none is written."""
    own = [setting for name, setting in trustpoints.items() if name.startswith(_OWN)]
    return next((one for one in own if isinstance(one, Known) and one.value), None)


def _trustpoints(context: Context) -> dict[str, Setting[bool]]:
    """`crypto pki trustpoint T` / ` enrollment selfsigned`: whether each is the device's own."""
    reader = context.reader
    found: dict[str, Setting[bool]] = {}
    for words, node in reader.take("crypto pki trustpoint"):
        reader.use_block(node)
        own = [inner for inner in node.children if inner.text == "enrollment selfsigned"]
        if words:
            found[words[0]] = Known(bool(own), context.sources(node, *own))
    return found
