"""Services that answer on the network (syntax-ios-family C.4): `feature X` decides what exists."""

from auditor.model.areas import (
    AccessPoint,
    Algorithms,
    Filter,
    PointKind,
    Service,
    ServiceKind,
    Services,
    SshServer,
    TlsProfile,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number

_USUAL = {ServiceKind.SSH: 22, ServiceKind.GNMI: 50051}
_ALGORITHMS = {"ciphers": "encryption", "kexalgos": "kex", "macs": "mac", "keytypes": "publickey"}
_TLS_VERSIONS = {"tlsv1": "1.0", "tlsv1.0": "1.0", "tlsv1.1": "1.1", "tlsv1.2": "1.2", "tlsv1.3": "1.3"}


def services(context: Context, points: tuple[AccessPoint, ...]) -> Services:
    """Read the features that listen, NX-API, gRPC, the XML agent and SSH's settings.

    SSH, Telnet and the file servers over SSH pass the lists of `line vty`; the APIs have no source list of their own.
    """
    vty = next((point for point in points if point.kind is PointKind.REMOTE), None)
    filters = vty.filters if vty else ()
    shut = vty.open_families if vty else Known(context.families)
    found = [
        _ssh(context, filters, shut),
        _over_login(context, ServiceKind.TELNET, "telnet", filters, shut, tls=False),
        _over_login(context, ServiceKind.SCP, "scp-server", filters, shut, tls=True),
        _over_login(context, ServiceKind.SFTP, "sftp-server", filters, shut, tls=True),
        _feature(context, ServiceKind.HTTP, "http-server", tls=Known(False)),
        *_nxapi(context),
        _feature(context, ServiceKind.NETCONF, "netconf", tls=Known(True)),
        _feature(context, ServiceKind.RESTCONF, "restconf", tls=_not_written("RESTCONF")),
        _grpc(context),
        _xml(context),
    ]
    return Services(tuple(found), ssh=_ssh_server(context), tls=_tls(context))


def _not_written(name: str) -> Setting[bool]:
    return Unknown(Code.DEFAULT, f"whether {name} is encrypted is not written")


def _ssh(context: Context, filters: tuple[Filter, ...], shut: Setting[tuple[int, ...]]) -> Service:
    """`[no] feature ssh`, `ssh port N`."""
    enabled = context.feature("ssh")
    ports = [(words, context.reader.source(node)) for words, node in context.reader.take("ssh port")]
    port = number(ports[-1][0][0]) if ports and ports[-1][0] else None
    return Service(
        ServiceKind.SSH,
        enabled,
        sources=(*enabled.sources, *(source for _, source in ports)),
        port=None if port == _USUAL[ServiceKind.SSH] else port,
        filters=filters,
        open_families=shut,
        tls=Known(True),
    )


def _over_login(
    context: Context,
    kind: ServiceKind,
    feature: str,
    filters: tuple[Filter, ...],
    shut: Setting[tuple[int, ...]],
    *,
    tls: bool,
) -> Service:
    enabled = context.feature(feature)
    return Service(
        kind, enabled, sources=enabled.sources, name=feature, filters=filters, open_families=shut, tls=Known(tls)
    )


def _feature(context: Context, kind: ServiceKind, feature: str, tls: Setting[bool]) -> Service:
    enabled = context.feature(feature)
    return Service(kind, enabled, sources=enabled.sources, name=feature, open_families=Known(context.families), tls=tls)


def _nxapi(context: Context) -> list[Service]:
    """`feature nxapi`, `[no] nxapi {http|https} [port N]`, `nxapi use-vrf V`, `nxapi sandbox`: two listeners."""
    enabled = context.feature("nxapi")
    reader = context.reader
    vrfs = tuple(words[0] for words, _ in reader.take("nxapi use-vrf") if words)
    sandbox = [reader.source(node) for _, node in reader.take("nxapi sandbox")]
    reader.use(*reader.find("nxapi"), *reader.find("no nxapi"))
    found = []
    for scheme, usual in (("http", 80), ("https", 443)):
        last = reader.last(f"nxapi {scheme}")
        here: Setting[bool]
        if isinstance(enabled, Unknown) or not enabled.value:
            here = enabled
        elif last is None:
            here = context.absent(f"nxapi {scheme}", bool)
        else:
            on = not last.text.startswith("no ")
            here = Known(on, (*enabled.sources, reader.source(last)))
        if isinstance(here, Known) and here.value and last is None:
            here = Known(True, enabled.sources)
        words = last.words if last is not None else []
        port = number(words[3]) if words[2:3] == ["port"] and words[3:] else None
        is_on = isinstance(here, Known) and here.value
        found.append(
            Service(
                ServiceKind.JSON_RPC,
                here,
                sources=(*here.sources, *sandbox) if is_on else here.sources,
                name=f"nxapi {scheme}",
                port=None if port == usual else port,
                open_families=Known(context.families),
                tls=Known(scheme == "https"),
                vrfs=vrfs,
                objects=("sandbox",) if is_on and sandbox else (),
            )
        )
    return found


def _grpc(context: Context) -> Service:
    """`feature grpc`, `grpc {port|certificate|use-vrf} X`; without a VRF only `management` answers."""
    enabled = context.feature("grpc")
    reader = context.reader
    settings = {words[0]: (words, reader.source(node)) for words, node in reader.take("grpc") if words}
    written = settings["port"][0][1:2] if "port" in settings else []
    port = number(written[0]) if written else None
    certificate = settings.get("certificate")
    return Service(
        ServiceKind.GNMI,
        enabled,
        sources=(*enabled.sources, *(source for _, source in settings.values())),
        name="grpc",
        port=None if port == _USUAL[ServiceKind.GNMI] else port,
        open_families=Known(context.families),
        tls=Known(True, (certificate[1],)) if certificate else _not_written("gRPC"),
        vrfs=("management", *settings["use-vrf"][0][1:2]) if "use-vrf" in settings else ("management",),
    )


def _xml(context: Context) -> Service:
    """`xml server {validate|max-session|timeout} ...` says how the agent behaves, not whether it runs."""
    lines = [context.reader.source(node) for _, node in context.reader.take("xml server")]
    enabled: Setting[bool] = context.absent("xml server", bool)
    if lines:
        enabled = Unknown(
            Code.DEFAULT, "'xml server' sets how the XML agent behaves, not whether it runs", tuple(lines)
        )
    return Service(
        ServiceKind.XML_API, enabled, sources=tuple(lines), open_families=Known(context.families), tls=Known(True)
    )


def _ssh_server(context: Context) -> SshServer:
    """`ssh {ciphers|kexalgos|macs|keytypes} {all|weak|NAME ...}`, `ssh key ALGORITHM [BITS]`; version 2 only."""
    reader = context.reader
    found = [
        Algorithms(kind, tuple(words), reader.source(node))
        for word, kind in _ALGORITHMS.items()
        for words, node in reader.take(f"ssh {word}")
    ]
    for start in ("login-attempts", "login-gracetime", "idle-timeout", "rekey"):
        reader.use(*reader.find(f"ssh {start}"))
    for words, node in reader.take("ssh key"):
        name = " ".join(word for word in words if word != "force")
        found.append(Algorithms("hostkey", (name,), reader.source(node)))
    return SshServer(
        version1=Known(False, default="SSH is of version 2 only; syntax-ios-family C.4"), algorithms=tuple(found)
    )


def _tls(context: Context) -> tuple[TlsProfile, ...]:
    """`nxapi ssl {protocols P|ciphers weak}`, `nxapi certificate ...`, `nxapi client certificate authentication`."""
    reader = context.reader
    sources: list[Source] = []
    versions: tuple[str, ...] = ()
    ciphers: tuple[str, ...] = ()
    own: Setting[bool] = Unknown(Code.DEFAULT, "no 'nxapi certificate', and which certificate is used is not written")
    clients: Setting[bool] = Known(False)
    for words, node in reader.take("nxapi"):
        source = reader.source(node)
        match words:
            case ["ssl", "protocols", *names]:
                versions = tuple(_TLS_VERSIONS.get(name.lower(), name) for name in names)
            case ["ssl", "ciphers", *names]:
                ciphers = tuple(names)
            case ["certificate", *_]:
                own = Known(False, (source,))
            case ["client", "certificate", "authentication", *_]:
                clients = Known(True, (source,))
            case _:
                continue
        sources.append(source)
    return (TlsProfile("nxapi", tuple(sources), versions, ciphers, own, clients),) if sources else ()
