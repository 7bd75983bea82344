"""Services that answer on the network (syntax-other-families B4).

system security (ssh|telnet-server|ftp-server), system management-interface netconf listen admin-state enable
system grpc { admin-state enable; allow-unsecure-connection; gnmi | gnoi | rib-api ... }
router dhcp-server, system security tls server-tls-profile "P"
"""

import re

import msgspec

from auditor.model.areas import Algorithms, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.nokia_sros.access import (
    SSH,
    TELNET,
    filters_for,
    open_families,
    ssh_state,
    telnet_state,
    vprns,
)
from auditor.platforms.nokia_sros.accounts import access_rights
from auditor.platforms.nokia_sros.acls import Filters
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.statements import SrosReader, known
from auditor.syntax.braces import Word

_SECURITY = ("system", "security")
_FTP, _NETCONF, _GRPC = 21, 830, 57400
_ALGORITHMS = {"cipher": "encryption", "mac": "mac", "kex": "kex", "host-key": "hostkey"}
_LIST = re.compile(r"server-(cipher|mac|kex|host-key)-list(?:-v2)?")
_INNER = ("gnmi", "gnoi", "md-cli", "rib-api", "custom-proto")


def services(reader: SrosReader, filters: Filters, absence: Absence) -> Services:
    """Every kind of service that the system has, whether on, off or not known."""
    build = _Builder(reader, filters)
    ssh = ssh_state(reader, absence)
    found = [
        build.service(ServiceKind.SSH, ssh, SSH, _port(reader, "ssh"), vrfs=vprns(reader, "allow-ssh"), tls=True),
        build.service(
            ServiceKind.TELNET, telnet_state(reader, absence), TELNET, _port(reader, "telnet"),
            name="telnet-server", vrfs=vprns(reader, "allow-telnet"), families=(4,),
        ),
        build.service(
            ServiceKind.TELNET, telnet_state(reader, absence, "telnet6-server"), TELNET, _port(reader, "telnet"),
            name="telnet6-server", vrfs=vprns(reader, "allow-telnet6"), families=(6,),
        ),
        build.service(ServiceKind.FTP, telnet_state(reader, absence, "ftp-server"), _FTP, vrfs=vprns(reader, "allow-ftp")),
        build.service(ServiceKind.SCP, _scp(reader, ssh), SSH, tls=True),
        build.service(
            ServiceKind.NETCONF, _netconf(reader, absence), _NETCONF, _netconf_port(reader),
            vrfs=vprns(reader, "allow-netconf"), tls=True,
        ),
        _grpc(reader, build, absence),
        build.service(ServiceKind.DHCP, _dhcp(reader), 67),
    ]  # fmt: skip
    return Services(found=tuple(found), ssh=_ssh(reader, absence), tls=tuple(_tls(reader)))


class _Builder:
    """Makes services with the filters in front of the processor."""

    def __init__(self, reader: SrosReader, filters: Filters) -> None:
        self._reader = reader
        self._filters = filters
        self._open = open_families(reader, filters)

    def service(
        self,
        kind: ServiceKind,
        enabled: Setting[bool],
        usual: int,
        port: Word | None = None,
        *,
        name: str = "",
        vrfs: tuple[str, ...] = (),
        tls: bool = False,
        families: tuple[int, ...] = (4, 6),
        unauthenticated: Source | None = None,
        objects: tuple[str, ...] = (),
    ) -> Service:
        number = int(port.text) if port is not None and port.text.isascii() and port.text.isdigit() else None
        guards = filters_for(self._filters, number or usual, "udp" if kind is ServiceKind.DHCP else "tcp")
        on = isinstance(enabled, Known) and enabled.value
        sources = enabled.sources if isinstance(enabled, Known) else ()
        sources += (self._reader.source(port),) if port is not None else ()
        return Service(
            kind=kind,
            enabled=enabled,
            sources=sources,
            name=name,
            port=number if number != usual else None,
            filters=tuple(guard for guard in guards if guard.family in families) if on else (),
            open_families=Known(tuple(family for family in self._open if family in families) if on else ()),
            tls=Known(tls),
            unauthenticated=unauthenticated,
            vrfs=vrfs,
            objects=objects,
        )


def _port(reader: SrosReader, name: str) -> Word | None:
    return reader.leaf(*_SECURITY, name, "listening-port")


def _scp(reader: SrosReader, ssh: Setting[bool]) -> Setting[bool]:
    """Files are copied over SSH by users with the right `ftp` or `scp-sftp`."""
    if not isinstance(ssh, Known) or not ssh.value:
        return ssh
    templates = reader.entries(*_SECURITY, "aaa", "user-template")
    for word in (*reader.entries(*_SECURITY, "user-params", "local-user", "user"), *templates):
        rights = access_rights(reader, word)
        name = next((name for name in ("scp-sftp", "ftp") if rights.get(name)), "")
        right = reader.find("access", name, inside=word) if name else None
        if right is not None:
            return Known(True, (reader.source(right),))
    return Known(False)


def _netconf(reader: SrosReader, absence: Absence) -> Setting[bool]:
    """`netconf listen admin-state enable` (24.3 and later), `netconf admin-state enable` before."""
    path = ("system", "management-interface", "netconf")
    for holder in (reader.find(*path, "listen"), reader.find(*path)):
        state = reader.admin(holder)
        if state is not None:
            return state
    return absence.of("netconf", bool)


def _netconf_port(reader: SrosReader) -> Word | None:
    path = ("system", "management-interface", "netconf")
    return reader.leaf(*path, "listen", "port") or reader.leaf(*path, "port")


def _grpc(reader: SrosReader, build: _Builder, absence: Absence) -> Service:
    """`grpc allow-unsecure-connection` is a transport without TLS; `tls-server-profile P` is one with it."""
    word = reader.find("system", "grpc")
    state = known(reader.admin(word), absence.of("grpc", bool))
    plain = reader.switch("system", "grpc", "allow-unsecure-connection")
    profile = reader.leaf("system", "grpc", "tls-server-profile")
    # gNMI is on as soon as gRPC is, unless it says otherwise (YANG model system/grpc/gnmi/admin-state, default enable).
    objects = (
        ["gnmi"] if reader.find("system", "grpc", "gnmi") is None and isinstance(state, Known) and state.value else []
    )
    for name in _INNER:
        for inner, label in _nested(reader, name):
            if reader.active(inner, default=name == "gnmi"):
                objects.append(label)
    service = build.service(
        ServiceKind.GNMI, state, _GRPC, reader.leaf("system", "grpc", "listening-port"),
        name="grpc", vrfs=vprns(reader, "allow-grpc"), tls=profile is not None and plain is None, objects=tuple(objects),
    )  # fmt: skip
    if plain is None or not plain.value:
        return service
    sources = (*service.sources, *plain.sources)
    return msgspec.structs.replace(service, sources=sources, tls=Known(False, plain.sources))


def _nested(reader: SrosReader, name: str) -> list[tuple[Word, str]]:
    word = reader.find("system", "grpc", name)
    if word is None:
        return []
    reader.use(word)
    if name != "gnoi":
        for quiet in ("auto-config-save", "proto-version", "purge-timeout"):
            reader.leaf(quiet, inside=word)
        return [(word, name)]
    return [(inner, f"gnoi {inner.text}") for inner in reader.entries(inside=word)]


def _dhcp(reader: SrosReader) -> Setting[bool]:
    """`router dhcp-server dhcpv4 S admin-state enable`, classic `dhcp local-dhcp-server S`."""
    on: list[Source] = []
    for _, router in reader.routers():
        for path in (
            ("dhcp-server", "dhcpv4"),
            ("dhcp-server", "dhcpv6"),
            ("dhcp", "local-dhcp-server"),
            ("dhcp6", "local-dhcp-server"),
        ):
            for word in reader.entries(*path, inside=router):
                reader.use_block(word)
                if reader.active(word, default=False):
                    on.append(reader.source(word))
    return Known(bool(on), tuple(on))


def _ssh(reader: SrosReader, absence: Absence) -> SshServer:
    """Lists of algorithms, version 1, and whether passwords are accepted."""
    word = reader.find(*_SECURITY, "ssh")
    found = []
    for child in reader.entries(inside=word) if word is not None else ():
        listed = _LIST.fullmatch(child.text)
        if listed:
            names = tuple(reader.value("name", inside=one) for one in reader.entries(listed[1], inside=child))
            found.append(Algorithms(_ALGORITHMS[listed[1]], names, reader.source(child)))
        elif child.text.endswith(("-list-v1", "-list-v2", "-list")):
            reader.use_block(child)
    version = reader.leaf("version", inside=word) if word is not None else None
    old: Setting[bool] = (
        Known(version.text in ("1", "1-2"), (reader.source(version),))
        if version is not None
        else absence.of("version 1", bool)
    )
    keys = (
        reader.switch("authentication-method", "server", "public-key-only", inside=word) if word is not None else None
    )
    only = known(keys, absence.of("public-key-only", bool))
    passwords: Setting[bool] = Known(not only.value, only.sources, only.default) if isinstance(only, Known) else only
    for name in ("preserve-key", "permit-empty-passwords"):
        if word is not None:
            reader.switch(name, inside=word)
    return SshServer(version1=old, algorithms=tuple(found), password_login=passwords)


def _tls(reader: SrosReader) -> list[TlsProfile]:
    """`tls server-tls-profile "P" { cert-profile C; cipher-list L; authenticate-client { trust-anchor-profile T } }`."""
    found = []
    path = (*_SECURITY, "tls")
    for word in reader.entries(*path, "server-tls-profile"):
        reader.use_block(word)
        name = reader.value("cipher-list", inside=word)
        lists = reader.find(*path, "server-cipher-list", name) if name else None
        ciphers: tuple[str, ...] = ()
        versions: tuple[str, ...] = ()
        if lists is not None:
            reader.use_block(lists)
            kinds = (("cipher", "1.2"), ("tls12-cipher", "1.2"), ("tls13-cipher", "1.3"))
            ciphers = tuple(
                reader.value("name", inside=one) for kind, _ in kinds for one in reader.entries(kind, inside=lists)
            )
        limit = reader.value("protocol-version", inside=word)
        versions = {"tls-version12": ("1.2",), "tls-version13": ("1.3",), "tls-version-all": ("1.2", "1.3")}.get(
            limit, ()
        )
        client = any(one.text in ("trust-anchor-profile", "common-name-list") for one in word.walk())
        found.append(
            TlsProfile(
                name=word.text,
                sources=reader.sources(word),
                versions=versions,
                ciphers=ciphers,
                self_signed=Unknown(Code.STATE, "certificates are files, which a configuration does not show"),
                client_auth=Known(client),
            )
        )
    return found
