"""Services that answer on the network (syntax-ios-family D.4)."""

import re

import msgspec

from auditor.model.areas import Algorithms, Filter, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import DEFAULT_VRF
from auditor.platforms.arista_eos.text import last_of, number
from auditor.platforms.arista_eos.vrfs import Families, Instance, control_plane, instances, off
from auditor.syntax.tree import Node

_EAPI = "management api http-commands"
_EAPI_PORTS = "443 https 80 http www"
_ALGORITHMS = {"cipher": "encryption", "key-exchange": "kex", "mac": "mac", "hostkey server": "hostkey"}
_TRANSPORTS: tuple[tuple[str, ServiceKind, str, str], ...] = (
    ("management api gnmi", ServiceKind.GNMI, "transport grpc", "6030"),
    ("management api netconf", ServiceKind.NETCONF, "transport ssh", "830 netconf-ssh"),
    ("management api restconf", ServiceKind.RESTCONF, "transport https", "6020"),
    ("management api gribi", ServiceKind.OTHER, "transport grpc", "6040"),
    ("management api gnsi", ServiceKind.OTHER, "transport grpc", "6030"),
    ("management api eos-sdk-rpc", ServiceKind.OTHER, "transport grpc", "9543"),
)
_SWITCHES: tuple[tuple[str, ServiceKind], ...] = (
    ("p4-runtime", ServiceKind.OTHER),
    ("management api external-services", ServiceKind.OTHER),
    ("management http-server", ServiceKind.HTTPS),
    ("queue-monitor streaming", ServiceKind.OTHER),
    ("cvx", ServiceKind.OTHER),
    ("management cim-provider", ServiceKind.OTHER),
    ("openflow", ServiceKind.OTHER),
)
_KINDS_OFF = {
    ServiceKind.GNMI: "management api gnmi",
    ServiceKind.NETCONF: "management api netconf",
    ServiceKind.RESTCONF: "management api restconf",
}


def services(context: Context, ssh: dict[str, Instance], telnet: dict[str, Instance], families: Families) -> Services:
    """Read `management {ssh|telnet}`, `management api ...`, and the smaller listeners.

    management api http-commands / [no] protocol {http|https|unix-socket} [port N] [localhost] / [no] shutdown /
        vrf V / ip access-group A
    management api {gnmi|netconf|restconf|gribi|gnsi|eos-sdk-rpc} / transport T NAME /
        {port N|vrf V|ip access-group A|ssl profile P|[no] shutdown}
    """
    ssh_ports, telnet_ports = _ports(context, "ssh"), _ports(context, "telnet")
    found = [
        _remote(context, ServiceKind.SSH, one, families, ssh_ports)
        for one in ssh.values()
        if one.vrf == DEFAULT_VRF or one.sources
    ]
    found += [_remote(context, ServiceKind.TELNET, one, families, telnet_ports) for one in telnet.values()]
    found += _eapi(context, families)
    for block in _TRANSPORTS:
        found += _transports(context, families, *block)
    for kind, statement in _KINDS_OFF.items():
        if not any(one.kind is kind for one in found):
            found.append(Service(kind, context.absent(statement, bool)))
    for start, kind in _SWITCHES:
        found += _switch(context, start, kind)
    found += _dhcp(context)
    found += _agents(context, families)
    for node in context.config.find("management api models"):
        context.config.use_block(node)
    return Services(tuple(found), _ssh(context), tuple(_profiles(context)))


def _ports(context: Context, protocol: str) -> list[tuple[int | None, Source]]:
    """`server-port N`; the last one holds."""
    return [
        (number(words[0]) if words else None, context.config.source(inner))
        for node in context.config.find(f"management {protocol}")
        for words, inner in context.config.take("server-port", node)
    ]


def _remote(
    context: Context, kind: ServiceKind, one: Instance, families: Families, ports: list[tuple[int | None, Source]]
) -> Service:
    return Service(
        kind=kind,
        enabled=one.enabled,
        sources=(*one.sources, *(source for _, source in ports)),
        name=one.vrf,
        port=ports[-1][0] if ports else None,
        filters=tuple(one.filters),
        open_families=one.open(families, context.complete),
        tls=Known(kind is ServiceKind.SSH),
        vrfs=(one.vrf,),
    )


class _Protocol(msgspec.Struct):
    enabled: Setting[bool]
    sources: list[Source] = []
    port: int | None = None
    local: bool = False


def _eapi(context: Context, families: Families) -> list[Service]:
    """`no shutdown` switches the server on in the default VRF, `vrf V` / `no shutdown` in others."""
    config = context.config
    nodes = list(config.find(_EAPI))
    written = [
        word for node in nodes for inner in node.children for word in inner.words if inner.text.startswith("protocol ")
    ]
    ports = " ".join([_EAPI_PORTS, *(word for word in written if word.isdigit())])
    vrfs = instances(context, nodes, _EAPI, ports, context.absent(_EAPI, bool))
    server = vrfs[DEFAULT_VRF].enabled
    for node in nodes:
        switch = last_of(node.children, "shutdown")
        if switch is not None:
            server = Known(switch.text != "shutdown", (config.source(switch),))
    protocols = {
        "http": _Protocol(context.absent("protocol http", bool)),
        "https": _Protocol(context.absent("protocol https", bool)),
        "unix-socket": _Protocol(context.absent("protocol http", bool)),
    }
    for node in nodes:
        for inner in node.children:
            _protocol(context, inner, protocols)
    elsewhere = next((one for one in vrfs.values() if one.enabled == Known(True, one.enabled.sources)), None)
    if off(server) and elsewhere is not None:
        reason = (
            f"the server is off and VRF {elsewhere.vrf} says 'no shutdown'; what that means together is not documented"
        )
        server = Unknown(Code.DEFAULT, reason, (*server.sources, *elsewhere.enabled.sources))
    if off(server):
        return [
            Service(kind, server, server.sources, name=name)
            for kind, name in ((ServiceKind.JSON_RPC, ""), (ServiceKind.HTTP, "eAPI"), (ServiceKind.HTTPS, "eAPI"))
        ]
    on = [one for one in vrfs.values() if not off(one.enabled)]
    found = []
    for name, protocol in protocols.items():
        local = protocol.local or name == "unix-socket"
        sources = tuple(
            dict.fromkeys(
                (
                    *server.sources,
                    *(config.source(node) for node in nodes),
                    *protocol.sources,
                    *(source for one in on for source in one.sources),
                )
            )
        )
        service = Service(
            kind=ServiceKind.JSON_RPC,
            enabled=_both(server, protocol.enabled),
            sources=sources,
            name=f"{name} (localhost)" if protocol.local else name,
            port=protocol.port,
            filters=() if local else tuple(one for vrf in on for one in vrf.filters),
            open_families=Known(()) if local or off(protocol.enabled) else _open(on, families, context.complete),
            tls=Known(name == "https"),
            vrfs=() if local else tuple(one.vrf for one in on),
        )
        found.append(service)
        if not local:
            kind = ServiceKind.HTTPS if name == "https" else ServiceKind.HTTP
            found.append(msgspec.structs.replace(service, kind=kind, name="eAPI"))
    return found


def _protocol(context: Context, inner: Node, protocols: dict[str, _Protocol]) -> None:
    config = context.config
    words = inner.words
    source = config.source(inner)
    match words:
        case ["protocol", "https", "ssl", "profile", *_] | ["protocol", "https", "certificate", *_]:
            config.use(inner)
            protocols["https"].sources.append(source)
        case ["protocol", ("http" | "https" | "unix-socket") as name, *rest]:
            config.use(inner)
            one = protocols[name]
            one.enabled = Known(True, (source,))
            one.sources.append(source)
            one.port = next((number(word) for word in rest if number(word) is not None), None)
            one.local = "localhost" in rest
        case ["no", "protocol", ("http" | "https" | "unix-socket") as name, *_]:
            config.use(inner)
            protocols[name].enabled = Known(False, (source,))
            protocols[name].sources.append(source)
        case ["default-services" | "cors" | "log-level" | "qos", *_] | ["no", "default-services", *_]:
            config.use(inner)


def _both(one: Setting[bool], other: Setting[bool]) -> Setting[bool]:
    for setting in (one, other):
        if off(setting):
            return setting
    if isinstance(one, Unknown):
        return one
    return other if isinstance(other, Unknown) else Known(True, (*one.sources, *other.sources))


def _open(on: list[Instance], families: Families, complete: Setting[bool]) -> Setting[tuple[int, ...]]:
    found: set[int] = set()
    for one in on:
        opened = one.open(families, complete)
        if isinstance(opened, Unknown):
            return opened
        found.update(opened.value)
    return Known(tuple(sorted(found)))


def _transports(
    context: Context, families: Families, start: str, kind: ServiceKind, transport: str, port: str
) -> list[Service]:
    """A transport that is configured answers unless it says `shutdown`; without `ssl profile` gRPC is in clear."""
    config = context.config
    found: list[Service] = []
    for node in config.find(start):
        config.use(node)
        for words, inner in config.take(transport, node):
            vrf, number_, filters, tls = DEFAULT_VRF, None, [], kind in (ServiceKind.NETCONF, ServiceKind.RESTCONF)
            enabled: Setting[bool] = Known(True, (config.source(inner),))
            sources = [config.source(node), config.source(inner)]
            named = next((parts[0] for parts, _ in config.take("port", inner) if parts), "")
            wanted = frozenset((named or port).split())
            for leaf in inner.children:
                parts = leaf.words
                source = config.source(leaf)
                match parts:
                    case ["shutdown"] | ["no", "shutdown"]:
                        enabled = Known(len(parts) == 2, (source,))
                    case ["port", text]:
                        number_ = number(text)
                    case ["vrf", vrf]:
                        pass
                    case ["ip" | "ipv6" as family, "access-group", name, *_]:
                        filters.append(
                            context.filter(name, 4 if family == "ip" else 6, f"{start} {inner.text}", source, wanted)
                        )
                    case ["ssl", "profile", *_]:
                        tls = True
                    case [
                        "authorization"
                        | "authentication"
                        | "qos"
                        | "notification"
                        | "local"
                        | "accounting"
                        | "service"
                        | "metadata",
                        *_,
                    ]:
                        config.use(leaf)
                        continue
                    case _:
                        continue
                config.use(leaf)
                sources.append(source)
            filters += control_plane(context, vrf, wanted)
            one = Instance(vrf, enabled, sources, filters)
            found.append(
                Service(
                    kind=kind,
                    enabled=enabled,
                    sources=tuple(sources),
                    name=" ".join(words)
                    if kind is not ServiceKind.OTHER
                    else f"{start.removeprefix('management api ')} {' '.join(words)}",
                    port=number_,
                    filters=tuple(filters),
                    open_families=one.open(families, context.complete),
                    tls=Known(tls),
                    vrfs=(vrf,),
                )
            )
        for inner in node.children:
            if inner.words[0] in ("provider", "models", "operation"):
                config.use_block(inner)
    return found


def _switch(context: Context, start: str, kind: ServiceKind) -> list[Service]:
    """Blocks with nothing but a switch: on with `no shutdown`."""
    config = context.config
    found = []
    for node in config.find(start):
        config.use_block(node)
        switch = last_of(node.children, "shutdown")
        enabled: Setting[bool] = Unknown(
            Code.DEFAULT, f"'{start}' says neither 'shutdown' nor 'no shutdown'", (config.source(node),)
        )
        if switch is not None:
            enabled = Known(switch.text != "shutdown", (config.source(switch),))
        filters = tuple(_listed(context, node, start))
        sources = config.block(node)
        found.append(
            Service(
                kind, enabled, sources, name=start, filters=filters, open_families=Known((4,) if not filters else ())
            )
        )
    return found


def _agents(context: Context, families: Families) -> list[Service]:
    """An agent that is told to listen: `daemon TerminAttr` / `exec ... -grpcaddr=[VRF/]ADDRESS:PORT [-disableaaa]`."""
    config = context.config
    found = []
    for words, node in config.take("daemon"):
        command = last_of(node.children, "exec", "command")
        match = _LISTENS.search(command.text) if command is not None else None
        if command is None or match is None:
            continue
        switch = last_of(node.children, "shutdown")
        source = config.source(command)
        sources = tuple(config.source(one) for one in (node, command, switch) if one is not None)
        enabled = Known(switch is not None and switch.text == "no shutdown", sources)
        one = Instance(match["vrf"] or DEFAULT_VRF, enabled, list(sources), [])
        local = match["address"] in _LOCAL
        found.append(
            Service(
                kind=ServiceKind.GNMI,
                enabled=enabled,
                sources=sources,
                name=words[0] if words else "",
                port=number(match["port"]),
                open_families=Known(()) if local else one.open(families, context.complete),
                tls=Unknown(Code.DEFAULT, "whether the agent encrypts is not written", (source,)),
                unauthenticated=source if "-disableaaa" in command.words else None,
                vrfs=(one.vrf,),
            )
        )
    return found


_LISTENS = re.compile(r"-grpcaddr=(?:(?P<vrf>[^/\s]{1,80})/)?(?P<address>\S*):(?P<port>\d{1,5})(?=\s|$)")
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


def _listed(context: Context, node: Node, where: str) -> list[Filter]:
    config = context.config
    found = []
    for family, start in ((4, "ip access-group"), (6, "ipv6 access-group")):
        for words, inner in config.take(start, node):
            if words:
                found.append(context.filter(words[0], family, where, config.source(inner)))
    return found


def _dhcp(context: Context) -> list[Service]:
    """`dhcp server [vrf V]` / subnets; `disabled` switches it off."""
    config = context.config
    nodes = list(config.find("dhcp server"))
    for node in nodes:
        config.use_block(node)
    if not nodes:
        return [Service(ServiceKind.DHCP, context.absent("dhcp server", bool))]
    off = any(inner.text == "disabled" for node in nodes for inner in node.children)
    sources = tuple(config.source(node) for node in nodes)
    return [Service(ServiceKind.DHCP, Known(not off, sources), sources)]


def _ssh(context: Context) -> SshServer:
    """Lists of algorithms, and what the server lets people do; what a release offers by itself is not documented."""
    config = context.config
    algorithms: dict[str, Algorithms] = {}
    tunnels: list[Source] = []
    password: Setting[bool] = Unknown(Code.DEFAULT, "no 'authentication protocol', and its default is not documented")
    for node in config.find("management ssh"):
        for start, kind in _ALGORITHMS.items():
            for words, inner in config.take(start, node):
                algorithms[kind] = Algorithms(kind, tuple(words), config.source(inner))
        for words, inner in config.take("authentication protocol", node):
            password = Known(bool({"password", "keyboard-interactive"} & set(words)), (config.source(inner),))
        for words, inner in config.take("authentication mode", node):
            password = Known("password" in words or "keyboard-interactive" in words, (config.source(inner),))
        tunnels += [config.source(inner) for _, inner in config.take("tunnel", node)]
    return SshServer(
        version1=Unknown(Code.DEFAULT, "no statement decides on protocol version 1, and no document says when it went"),
        algorithms=tuple(algorithms.values()),
        root_login=_root(context),
        password_login=password,
        forwarding=Known(True, tuple(tunnels))
        if tunnels
        else Unknown(Code.DEFAULT, "no tunnel is configured; whether sessions may forward TCP is not documented"),
    )


def _root(context: Context) -> Setting[bool]:
    config = context.config
    node = last_of((*config.find("no aaa root"), *config.find("aaa root")), "aaa root")
    if node is None:
        return Unknown(Code.DEFAULT, "neither 'aaa root' nor 'no aaa root' is printed")
    config.use(node)
    return Known(node.text.startswith("aaa"), (config.source(node),))


def _profiles(context: Context) -> list[TlsProfile]:
    """`management security` / `ssl profile P` / {tls versions 1.2 ...|cipher-list L|certificate C key K|trust certificate C}."""
    config = context.config
    found = []
    for node in config.find("management security"):
        for words, inner in config.take("ssl profile", node):
            config.use_block(inner)
            by = {leaf.words[0]: leaf for leaf in inner.children}
            versions = by["tls"].words[2:] if "tls" in by and by["tls"].words[1:2] == ["versions"] else []
            trust = by.get("trust")
            found.append(
                TlsProfile(
                    name=words[0] if words else "",
                    sources=config.block(inner),
                    versions=tuple(versions),
                    ciphers=tuple(
                        word
                        for leaf in inner.children
                        if leaf.words[0] in ("cipher-list", "cipher-suite", "cipher")
                        for word in leaf.words[1:]
                    ),
                    client_auth=Known(trust is not None, (config.source(trust),) if trust is not None else ()),
                )
            )
    return found
