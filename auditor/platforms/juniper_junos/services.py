"""Services that answer on the network, and how SSH and TLS behave (syntax-other-families A4)."""

import msgspec

from auditor.model.areas import (
    Admission,
    Algorithms,
    Filter,
    Interfaces,
    Service,
    ServiceKind,
    Services,
    SshServer,
    TlsProfile,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos.access import loopback_filters, open_families
from auditor.platforms.juniper_junos.accounts import has_keys
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word


class _Kind(msgspec.Struct, frozen=True):
    """A service with a statement of its own below `system services`."""

    kind: ServiceKind
    path: str
    port: int
    tls: bool = False
    shown: int | None = None
    """The port as a fact; None for the usual one of the kind."""


_KINDS = (
    _Kind(ServiceKind.TELNET, "telnet", 23),
    _Kind(ServiceKind.NETCONF, "netconf ssh", 830, tls=True, shown=830),
    _Kind(ServiceKind.NETCONF, "netconf tls", 6513, tls=True, shown=6513),
    _Kind(ServiceKind.FTP, "ftp", 21),
    _Kind(ServiceKind.TFTP, "tftp-server", 69),
    _Kind(ServiceKind.FINGER, "finger", 79),
    _Kind(ServiceKind.RSH, "rlogin", 513),
    _Kind(ServiceKind.RSH, "rsh", 514),
    _Kind(ServiceKind.XML_API, "xnm-clear-text", 3221),
    _Kind(ServiceKind.XML_API, "xnm-ssl", 3220, tls=True),
    _Kind(ServiceKind.HTTP, "web-management http", 80),
    _Kind(ServiceKind.HTTPS, "web-management https", 443, tls=True),
    _Kind(ServiceKind.JSON_RPC, "rest http", 3000),
    _Kind(ServiceKind.JSON_RPC, "rest https", 3443, tls=True),
    _Kind(ServiceKind.OTHER, "webapi", 8080),
    _Kind(ServiceKind.OTHER, "extension-service notification", 1883),
    _Kind(ServiceKind.DTCP, "flow-tap-dtcp", 32001, tls=True, shown=32001),
    _Kind(ServiceKind.DNS, "dns", 53),
)
_HANDLING = (
    "connection-limit", "rate-limit", "interface", "addresses", "session", "traceoptions", "control", "management-url",
    "rfc-compliant", "yang-compliant", "hello-message", "max-threads", "local-certificate", "pki-local-certificate",
    "system-generated-certificate", "server-certificate", "cipher-list", "mutual-authentication", "enable-explorer",
    "ssl-renegotiation", "authentication-order", "broker-socket-send-buffer-size", "port", "ssh", "tls", "user",
)  # fmt: skip
_COMMON = ("rfc-compliant", "yang-compliant", "hello-message", "traceoptions", "session", "management-url", "control",
           "enable-explorer", "yang-modules")  # fmt: skip
"""Options of several services that stand beside them."""
_LISTS = (("ciphers", "encryption"), ("macs", "mac"), ("key-exchange", "kex"), ("hostkey-algorithm-list", "hostkey"))
_SSH = ("system", "services", "ssh")
_SSH_HANDLING = ("fingerprint-hash", "host-certificate-file", "no-challenge-response", "no-public-keys", "hostkey-algorithm",
                 "ca-signature-algorithms", "cert-based-auth", "sftp-server", "access-disable-external", "log-key-changes",
                 "authorized-principals")  # fmt: skip


def services(reader: JunosReader, interfaces: Interfaces) -> Services:
    """Read `system services`; what is not listed there is off. Junos has no Smart Install.

    SSH with its port, algorithms, `root-login`, `no-passwords`, `tcp-forwarding` and `sftp-server`; Telnet, FTP, TFTP,
    Finger, the r-commands; NETCONF, XNM, REST, web management, gRPC (`extension-service request-response grpc { ssl;
    clear-text; }`), JET notifications, DTCP, DHCP and DNS servers. A service passes the input filters of lo0; REST and
    JET notifications have lists of clients besides.
    """
    found = [_ssh(reader, interfaces)]
    found += [service for kind in _KINDS for service in _service(reader, kind, interfaces)]
    found += _grpc(reader, interfaces)
    found += _dhcp(reader)
    found += _files_over_ssh(reader)
    return Services(tuple(found), ssh=_behaviour(reader), tls=tuple(_profiles(reader)))


def _ssh(reader: JunosReader, interfaces: Interfaces) -> Service:
    """`system services ssh [port N]`."""
    word = reader.take(*_SSH)
    if word is None:
        return Service(ServiceKind.SSH, reader.absent("set system services ssh", bool), name="ssh", tls=Known(True))
    reader.use_block(*(word.children[name] for name in _SSH_HANDLING if name in word.children))
    port = reader.leaf("port", inside=word)
    chosen = int(port.text) if port is not None and port.text.isdigit() else None
    source = reader.source(port or word)
    filters = loopback_filters(reader, "0", chosen or 22)
    return Service(
        ServiceKind.SSH,
        Known(True, (source,)),
        sources=(source,),
        name="ssh",
        port=chosen,
        filters=filters,
        open_families=_open(reader, filters, interfaces, source),
        tls=Known(True),
    )


def _open(
    reader: JunosReader, filters: tuple[Filter, ...], interfaces: Interfaces, source: Source
) -> Setting[tuple[int, ...]]:
    found = open_families(reader, "0", filters, interfaces, source)
    return (
        reader.complete if isinstance(found, Known) and found.value and isinstance(reader.complete, Unknown) else found
    )


def _service(reader: JunosReader, kind: _Kind, interfaces: Interfaces) -> list[Service]:
    word = reader.take("system", "services", *kind.path.split())
    if word is None:
        return [Service(kind.kind, reader.absent(f"set system services {kind.path}", bool), name=kind.path)]
    holder = reader.take("system", "services", kind.path.split()[0])
    if holder is not None and holder is not word:
        reader.use_block(*(holder.children[name] for name in _COMMON if name in holder.children))
    reader.use_block(*(word.children[name] for name in _HANDLING if name in word.children))
    source = reader.source(word)
    port = reader.number("port", inside=word)
    own = _clients(reader, kind.path)
    filters = (*loopback_filters(reader, "0", port or kind.port), *own)
    anonymous = reader.take("enable-anonymous-login", inside=word)
    return [
        Service(
            kind.kind,
            Known(True, (source,)),
            sources=reader.sources(word),
            name=kind.path,
            port=port or kind.shown or (kind.port if kind.kind is ServiceKind.OTHER else None),
            filters=filters,
            open_families=Known(()) if own else _open(reader, filters, interfaces, source),
            tls=Known(kind.tls),
            unauthenticated=reader.source(anonymous) if anonymous is not None else None,
            bound=tuple(map(reader.source, reader.entries("interface", inside=word))),
        )
    ]


def _clients(reader: JunosReader, path: str) -> tuple[Filter, ...]:
    """`rest control allowed-sources [..]`, `extension-service notification allow-clients address P`."""
    where = {
        "rest http": ("rest", "control", "allowed-sources"),
        "rest https": ("rest", "control", "allowed-sources"),
        "extension-service notification": ("extension-service", "notification", "allow-clients", "address"),
    }.get(path)
    words = reader.members("system", "services", *where) if where is not None else []
    if not words:
        return ()
    admitted = tuple(Admission(word.text, reader.source(word)) for word in words)
    wide = next((one for one in admitted if one.prefix in ("0.0.0.0/0", "::/0")), None)
    return (
        Filter(
            where[-1] if where else "",
            0,
            reader.source(words[0]),
            any_source=Known(wide is not None, (wide.source,) if wide else ()),
            admitted=admitted,
        ),
    )


def _grpc(reader: JunosReader, interfaces: Interfaces) -> list[Service]:
    """`extension-service request-response grpc { ssl { port; address; } clear-text { port; } skip-authentication; }`."""
    word = reader.take("system", "services", "extension-service", "request-response", "grpc")
    name = "extension-service request-response grpc"
    if word is None:
        return [Service(ServiceKind.GNMI, reader.absent(f"set system services {name}", bool), name="grpc")]
    reader.use_block(*(word.children[one] for one in ("max-connections", "routing-instance") if one in word.children))
    skipped = reader.take("skip-authentication", inside=word)
    found = []
    for transport, tls in (("ssl", True), ("clear-text", False)):
        server = reader.find(transport, inside=word)
        if server is None:
            continue
        reader.use_block(server)
        port = reader.number("port", inside=server)
        source = reader.source(server)
        filters = loopback_filters(reader, "0", port or 32767)
        found.append(
            Service(
                ServiceKind.GNMI,
                Known(True, (source,)),
                sources=reader.sources(server),
                name=f"grpc {transport}",
                port=port or 32767,
                filters=filters,
                open_families=_open(reader, filters, interfaces, source),
                tls=Known(tls, (source,)),
                unauthenticated=reader.source(skipped) if skipped is not None else None,
            )
        )
    source = reader.source(word)
    return found or [Service(ServiceKind.GNMI, Known(True, (source,)), (source,), name="grpc")]


def _dhcp(reader: JunosReader) -> list[Service]:
    """`system services dhcp-local-server` of the device and of routing instances, the older `system services dhcp`."""
    found = []
    for scope in reader.scopes():
        for vrf, root in reader.instances(scope):
            holder = reader.find("system", "services", inside=root)
            for name in ("dhcp-local-server", "dhcp") if holder is not None else ():
                word = reader.find(name, inside=holder)
                if word is not None:
                    reader.use_block(word)
                    found.append(
                        Service(
                            ServiceKind.DHCP,
                            Known(True, (reader.source(word),)),
                            sources=reader.sources(word),
                            name=name,
                            vrfs=(vrf,) if vrf else (),
                        )
                    )
    name = "dhcp-local-server"
    return found or [Service(ServiceKind.DHCP, reader.absent(f"set system services {name}", bool), name=name)]


def _files_over_ssh(reader: JunosReader) -> list[Service]:
    """SFTP by its statement; what SSH does with files where none is written is documented for no release."""
    ssh = reader.find(*_SSH)
    sftp = reader.take(*_SSH, "sftp-server")
    unsaid: Setting[bool] = Unknown(Code.DEFAULT, "SSH is on, and whether it serves files is not written")
    if ssh is None:
        unsaid = reader.absent("set system services ssh", bool)
    lines = (reader.source(sftp),) if sftp is not None else ()
    cut = reader.complete if isinstance(reader.complete, Unknown) else unsaid
    return [
        Service(ServiceKind.SFTP, Known(True, lines) if lines else cut, lines, name="sftp", tls=Known(True)),
        Service(ServiceKind.SCP, unsaid, name="scp", tls=Known(True)),
    ]


def _behaviour(reader: JunosReader) -> SshServer:
    word = reader.find(*_SSH)
    if word is None:
        off = reader.absent("set system services ssh", bool)
        return SshServer(version1=off, root_login=off, password_login=off, forwarding=off)
    return SshServer(
        version1=_version1(reader, word),
        algorithms=tuple(_algorithms(reader, word)),
        root_login=_root(reader, word),
        password_login=_passwords(reader, word),
        forwarding=_forwarding(reader, word),
    )


def _version1(reader: JunosReader, ssh: Word) -> Setting[bool]:
    """`protocol-version [ v1 v2 ]`."""
    versions = reader.members("protocol-version", inside=ssh)
    if not versions:
        return reader.absent("set system services ssh protocol-version v1", bool)
    old = [word for word in versions if word.text == "v1"]
    return Known(bool(old), tuple(map(reader.source, old or versions)))


def _root(reader: JunosReader, ssh: Word) -> Setting[bool]:
    """`root-login allow|deny|deny-password`; the last still lets root in by a key, where one is configured."""
    word = reader.leaf("root-login", inside=ssh)
    if word is None:
        return reader.absent("set system services ssh root-login", bool)
    keys = has_keys(reader) if word.text == "deny-password" else ()
    return Known(word.text == "allow" or bool(keys), (reader.source(word), *keys))


def _passwords(reader: JunosReader, ssh: Word) -> Setting[bool]:
    """`no-passwords`, newer `no-password-authentication`."""
    for name in ("no-passwords", "no-password-authentication"):
        word = reader.take(name, inside=ssh)
        if word is not None:
            return Known(False, (reader.source(word),))
    return reader.absent("set system services ssh no-passwords", bool)


def _forwarding(reader: JunosReader, ssh: Word) -> Setting[bool]:
    """`allow-tcp-forwarding`, before 22.2 `tcp-forwarding` and `no-tcp-forwarding`."""
    for name, allowed in (("allow-tcp-forwarding", True), ("tcp-forwarding", True), ("no-tcp-forwarding", False)):
        word = reader.take(name, inside=ssh)
        if word is not None:
            return Known(allowed, (reader.source(word),))
    return reader.absent("set system services ssh allow-tcp-forwarding", bool)


def _algorithms(reader: JunosReader, ssh: Word) -> list[Algorithms]:
    """`ciphers`, `macs`, `key-exchange`, `hostkey-algorithm-list`; and the older `hostkey-algorithm ssh-rsa`."""
    found = []
    for name, kind in _LISTS:
        words = reader.members(name, inside=ssh)
        if words:
            names = tuple(word.text.removesuffix("@openssh.com") if kind == "kex" else word.text for word in words)
            found.append(Algorithms(kind, names, reader.source(words[0])))
    keys = [word for word in reader.entries("hostkey-algorithm", inside=ssh) if not word.text.startswith("no-")]
    if keys:
        found.append(Algorithms("hostkey", tuple(word.text for word in keys), reader.source(keys[0])))
    return found


def _profiles(reader: JunosReader) -> list[TlsProfile]:
    """Certificates and ciphers of web management, REST, XNM and gRPC."""
    found = []
    for path in ("web-management https", "rest https", "xnm-ssl", "extension-service request-response grpc ssl"):
        word = reader.find("system", "services", *path.split())
        if word is None:
            continue
        made = reader.find("system-generated-certificate", inside=word)
        client = reader.find("mutual-authentication", inside=word)
        reason = Unknown(Code.STATE, "who signed the certificate does not stand in the configuration")
        found.append(
            TlsProfile(
                name=path,
                sources=reader.sources(word),
                ciphers=tuple(one.text for one in reader.entries("cipher-list", inside=word)),
                self_signed=Known(True, (reader.source(made),)) if made is not None else reason,
                client_auth=Known(client is not None, (reader.source(client),) if client is not None else ()),
            )
        )
    return found
