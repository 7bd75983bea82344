"""Services that answer on the network, and who reaches each."""

from collections.abc import Iterator, Sequence

from auditor.model.areas import Filter, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.nokia_srlinux.acls import Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element

_GRPC = 57400
_LIMITS = (
    "session-limit",
    "rate-limit",
    "timeout",
    "source-address",
    "max-concurrent-streams",
    "yang-models",
    "trace-options",
)


def services(reader: SrlReader, lists: Lists, families: tuple[int, ...]) -> Services:
    """Every server of the model.

    Read `system ssh-server N`, `grpc-server N` (older: `gnmi-server`), `json-rpc-server`, `netconf-server N`, `ftp-server`,
    `dhcp-server`, `system tls server-profile P`; there is no Telnet server.
    """
    guard = Guard(lists, families)
    found = [
        *ssh_servers(reader, guard),
        *_netconf(reader, guard),
        *_grpc(reader, guard),
        *_json_rpc(reader, guard),
        *_ftp(reader, guard),
        *_dhcp(reader),
        *_others(reader),
    ]
    have = {service.kind for service in found}
    absent = (
        ServiceKind.SSH,
        ServiceKind.NETCONF,
        ServiceKind.GNMI,
        ServiceKind.JSON_RPC,
        ServiceKind.FTP,
        ServiceKind.DHCP,
    )
    found += [Service(kind, _none(reader, kind)) for kind in absent if kind not in have]
    return Services(found=tuple(found), ssh=_ssh(reader), tls=tuple(_tls(reader)))


class Guard:
    """Who reaches a port through the control-plane filters."""

    def __init__(self, lists: Lists, families: tuple[int, ...]) -> None:
        self._lists = lists
        self._families = families

    def of(self, protocol: str, port: int) -> tuple[tuple[Filter, ...], Setting[tuple[int, ...]]]:
        """The filters, and the families without one."""
        filters: list[Filter] = []
        free = []
        for family in self._families:
            found = self._lists.reaching(family, protocol, port)
            filters += found
            free += [] if found else [family]
        return tuple(filters), Known(tuple(free))


def _none(reader: SrlReader, kind: ServiceKind) -> Setting[bool]:
    if isinstance(reader.complete, Unknown):
        return reader.complete
    return Known(False, default=f"no {kind} is configured, and none runs without; syntax-other-families C4")


def instances(element: Element) -> Iterator[tuple[str, str, Element]]:
    """(name, network instance, element) of a server: an entry of its own, or in older releases one for each instance."""
    if element.words:
        yield element.key, element.leaf("network-instance"), element
        return
    for one in element.all("network-instance"):
        yield one.key, one.key, one


def _number(text: str, usual: int) -> int:
    return int(text) if text.isdigit() else usual


def ssh_servers(reader: SrlReader, guard: Guard) -> Iterator[Service]:
    """The SSH servers, those of NETCONF left out."""
    netconf = {one.leaf("ssh-server") for one in reader.system.all("netconf-server")}
    for server in reader.system.all("ssh-server"):
        server.use("host-key", "use-credentialz", *_LIMITS)
        for name, instance, one in instances(server):
            one.use(*_LIMITS)
            if server.words and name in netconf:
                continue
            yield _ssh_service(reader, guard, server, name, instance, one)


def _ssh_service(reader: SrlReader, guard: Guard, server: Element, name: str, instance: str, one: Element) -> Service:
    port = _number(one.leaf("port"), 22)
    filters, free = guard.of("tcp", port)
    enabled = reader.switch(one, "system ssh-server" if server.words else "system ssh-server network-instance")
    if not server.words and server.has("admin-state") and server.leaf("admin-state") == "disable":
        enabled = Known(False, (reader.at(server, "admin-state"),))
    return Service(
        kind=ServiceKind.SSH,
        enabled=enabled,
        sources=reader.inside(one),
        name=name,
        port=port if port != 22 else None,
        filters=filters,
        open_families=free,
        tls=Known(True),
        vrfs=(instance,) if instance else (),
    )


def _netconf(reader: SrlReader, guard: Guard) -> Iterator[Service]:
    servers = {one.key: one for one in reader.system.all("ssh-server")}
    for one in reader.system.all("netconf-server"):
        one.use("session-limit", "unix-socket", "session")
        ssh = servers.get(one.leaf("ssh-server"))
        port = _number(ssh.leaf("port"), 22) if ssh is not None else 830
        filters, free = guard.of("tcp", port)
        instance = ssh.leaf("network-instance") if ssh is not None else ""
        enabled = reader.switch(one, "system netconf-server")
        if ssh is not None and isinstance(enabled, Known) and enabled.value:
            state = reader.switch(ssh, "system ssh-server")
            enabled = Known(state.value, (*enabled.sources, *state.sources)) if isinstance(state, Known) else state
        yield Service(
            kind=ServiceKind.NETCONF,
            enabled=enabled,
            sources=(*reader.inside(one), *(reader.inside(ssh) if ssh is not None else ())),
            name=one.key,
            port=port if port != 830 else None,
            filters=filters,
            open_families=free,
            tls=Known(True),
            vrfs=(instance,) if instance else (),
        )


def _grpc(reader: SrlReader, guard: Guard) -> Iterator[Service]:
    for word in ("grpc-server", "gnmi-server", "gribi-server", "p4rt-server"):
        for server in reader.system.all(word):
            server.use("unix-socket", "gnmi", "gnoi", "commit-confirmed-timeout", "commit-save", *_LIMITS)
            for name, instance, one in instances(server):
                one.use("unix-socket", "gnmi", "gnoi", "gnsi", *_LIMITS)
                yield _grpc_service(reader, guard, server, (word, name, instance), one)


def _grpc_service(
    reader: SrlReader, guard: Guard, server: Element, names: tuple[str, str, str], one: Element
) -> Service:
    word, name, instance = names
    port = _number(one.leaf("port"), _GRPC)
    filters, free = guard.of("tcp", port)
    enabled = reader.switch(one, "system grpc-server")
    if not server.words and server.leaf("admin-state", "enable") == "disable":
        enabled = Known(False, (reader.at(server, "admin-state"),))
    inner = one.leaves("services") or ((word.partition("-")[0],) if word != "grpc-server" else ())
    return Service(
        kind=ServiceKind.GNMI,
        enabled=enabled,
        sources=reader.inside(one),
        name=name,
        port=port if port != _GRPC else None,
        filters=filters,
        open_families=free,
        tls=_encrypted(reader, one),
        unauthenticated=_open(reader, one, "metadata-authentication", "use-authentication"),
        vrfs=(instance,) if instance else (),
        objects=inner,
    )


def _encrypted(reader: SrlReader, one: Element) -> Setting[bool]:
    """Neither a profile nor the default profile means that the server is not encrypted (reference C4)."""
    if one.leaf("tls-profile"):
        return Known(True, (reader.at(one, "tls-profile"),))
    return reader.switch(one, "system grpc-server", "default-tls-profile")


def _open(reader: SrlReader, one: Element, *names: str) -> Source | None:
    """The line that lets anybody use the server."""
    return next((reader.at(one, name) for name in names if one.leaf(name) == "false"), None)


def _json_rpc(reader: SrlReader, guard: Guard) -> Iterator[Service]:
    """`json-rpc-server admin-state enable network-instance N http admin-state enable`: both switches decide."""
    server = reader.system.at("json-rpc-server")
    server.use("unix-socket", "commit-confirmed-timeout", "trace-options")
    outer = reader.switch(server, "system json-rpc-server")
    for instance in server.all("network-instance"):
        for word, usual in (("http", 80), ("https", 443)):
            one = instance.at(word)
            if not one.exists:
                continue
            one.use(*_LIMITS)
            port = _number(one.leaf("port"), usual)
            filters, free = guard.of("tcp", port)
            yield Service(
                kind=ServiceKind.JSON_RPC,
                enabled=_both(outer, reader.switch(one, f"system json-rpc-server {word}")),
                sources=reader.inside(one),
                name=word,
                port=port if port != usual else None,
                filters=filters,
                open_families=free,
                tls=Known(word == "https", (reader.source(one),)),
                unauthenticated=_open(reader, one, "use-authentication"),
                vrfs=(instance.key,),
            )
            one.use("tls-profile")


def _both(one: Setting[bool], other: Setting[bool]) -> Setting[bool]:
    for setting in (one, other):
        if isinstance(setting, Known) and not setting.value:
            return setting
    unclear = next((setting for setting in (one, other) if isinstance(setting, Unknown)), None)
    if unclear is not None:
        return unclear
    return Known(True, tuple(source for setting in (one, other) for source in setting.sources))


def _ftp(reader: SrlReader, guard: Guard) -> Iterator[Service]:
    for one in reader.system.at("ftp-server").all("network-instance"):
        one.use(*_LIMITS)
        filters, free = guard.of("tcp", 21)
        yield Service(
            kind=ServiceKind.FTP,
            enabled=reader.switch(one, "system ftp-server"),
            sources=reader.inside(one),
            filters=filters,
            open_families=free,
            vrfs=(one.key,),
        )


def _dhcp(reader: SrlReader) -> Iterator[Service]:
    server = reader.system.at("dhcp-server")
    for one in server.all("network-instance"):
        states: Sequence[Element] = [one.at(word) for word in ("dhcpv4", "dhcpv6") if one.at(word).exists]
        on = [state for state in states if state.leaf("admin-state") == "enable"]
        one.use("dhcpv4", "dhcpv6")
        enabled = server.leaf("admin-state", "enable") == "enable" and bool(on)
        yield Service(ServiceKind.DHCP, Known(enabled, reader.inside(one)), vrfs=(one.key,))


def _others(reader: SrlReader) -> Iterator[Service]:
    """Servers that a line names: NDK agents' server, OpenConfig's."""
    for path, name in ((("ndk-server",), "ndk-server"), (("management", "openconfig"), "openconfig")):
        one = reader.system.at(*path)
        if one.has("admin-state"):
            on = one.leaf("admin-state") == "enable"
            yield Service(ServiceKind.OTHER, Known(on, (reader.at(one, "admin-state"),)), reader.inside(one), name=name)


def _ssh(reader: SrlReader) -> SshServer:
    passwords: Setting[bool] = Known(
        True, default="allowed-authentication-types is publickey and password; syntax-other-families C4"
    )
    refused = [
        server for server in reader.system.all("ssh-server")
        if server.has("allowed-authentication-types") and "password" not in server.leaves("allowed-authentication-types")
    ]  # fmt: skip
    every = [server for server in reader.system.all("ssh-server") if server.words]
    if every and len(refused) == len(every):
        passwords = Known(False, tuple(reader.at(server, "allowed-authentication-types") for server in refused))
    elif any(server.has("allowed-authentication-types") for server in every):
        passwords = Known(True, tuple(reader.source(server) for server in every if server not in refused))
    return SshServer(password_login=passwords)


def _tls(reader: SrlReader) -> Iterator[TlsProfile]:
    for one in reader.system.at("tls").all("server-profile"):
        one.use(
            "key",
            "certificate",
            "trust-anchor",
            "certificate-revocation-list",
            "relaxed-crl-verification",
            "use-tpm-devid",
            "certz",
        )
        client = Known(one.leaf("authenticate-client") == "true", (reader.at(one, "authenticate-client"),))
        yield TlsProfile(one.key, reader.inside(one), ciphers=one.leaves("cipher-list"), client_auth=client)
