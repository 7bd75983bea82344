"""What the device loads, what it sends and fetches, whom it calls, whom it asks for names (syntax-other-families A4, A9-A11)."""

import re

from auditor.model.areas import (
    Boot,
    BootImage,
    Dialout,
    Dialouts,
    Names,
    Resolver,
    Transfer,
    Transfers,
)
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_URL = re.compile(
    r"(?:pasv)?(?P<protocol>ftp|scp|sftp|https?|tftp)://(?:[^/@\s]*@)?(?P<host>\[[^\]]*\]|[^/:\s]*)(?::(?P<port>\d+))?"
)
_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+|\[[^\]]*\]):")
_AUTOMATIC = (("chassis", "auto-image-upgrade"), ("system", "autoinstallation"), ("system", "phone-home"))
_OUTBOUND = (("outbound-ssh", "outbound-ssh"), ("outbound-https", "outbound-https"))
_CLIENT = ("device-id", "secret", "keep-alive", "reconnect-strategy", "services", "servers", "routing-instance", "proxy-server",
           "netconf", "trusted-cert", "disable-ssh-security-settings", "source-address")  # fmt: skip
_CLOUD = (("advanced-anti-malware", "connection"), ("security-intelligence", ""), ("web-proxy", "cloud"))


def boot(reader: JunosReader) -> Boot:
    """Read `chassis auto-image-upgrade`, `system autoinstallation`, `system phone-home`, `system extensions providers P`.

    Images are signed and checked by the system; no statement of the configuration decides it.
    """
    images = []
    automatic = []
    for path in _AUTOMATIC:
        word = reader.find(*path)
        if word is not None:
            reader.use_block(word)
            automatic.append(reader.source(word))
    for word in reader.entries("system", "autoinstallation", "configuration-servers"):
        images.append(BootImage(word.text, reader.source(word), remote=True, kind="configuration"))
    packages = reader.entries("system", "extensions", "providers")
    reader.use_block(*packages)
    off: Setting[bool] = Unknown(
        Code.DEFAULT, "no statement switches automatic installation on; its default is not documented"
    )
    if isinstance(reader.complete, Unknown):
        off = reader.complete
    return Boot(
        images=tuple(images),
        autoinstall=Known(True, tuple(automatic)) if automatic else off,
        packages=tuple(map(reader.source, packages)),
    )


def transfers(reader: JunosReader) -> Transfers:
    """Read `archive-sites` of configurations, events, logs and statistics, and scripts that are fetched.

    `system archival configuration { transfer-on-commit; archive-sites { "URL" password P; } }`, `event-options destinations
    D archive-sites`, `system syslog [file F] archive archive-sites`, `accounting-options file F archive-sites`,
    scripts .. source|refresh-from URL`.
    """
    found = []
    archival = reader.find("system", "archival")
    if archival is not None:
        reader.use_block(archival)
    for kind, words in (
        ("archive", reader.entries("system", "archival", "configuration", "archive-sites")),
        ("other", _below(reader, ("event-options", "destinations"), "archive-sites")),
        ("logs", _archives(reader)),
        ("statistics", _below(reader, ("accounting-options", "file"), "archive-sites")),
    ):
        for word in words:
            reader.use_block(word)
            found.append(_site(reader, kind, word))
    reader.use_block(*reader.entries("accounting-options", "file"))
    base = reader.find("system", "scripts")
    events = reader.find("event-options", "event-script")
    for holder in (base, events):
        for word in holder.walk() if holder is not None else ():
            if word.text in ("source", "refresh-from", "source-url"):
                found += [_site(reader, "software", one, outbound=False) for one in reader.entries(inside=word)]
    return Transfers(tuple(found))


def _below(reader: JunosReader, path: tuple[str, ...], name: str) -> list[Word]:
    return [site for word in reader.entries(*path) for site in reader.entries(name, inside=word)]


def _archives(reader: JunosReader) -> list[Word]:
    holders = [reader.find("system", "syslog"), *reader.entries("system", "syslog", "file")]
    return [site for word in holders if word for site in reader.entries("archive", "archive-sites", inside=word)]


def _site(reader: JunosReader, kind: str, word: Word, *, outbound: bool = True) -> Transfer:
    """A URL with, or beside, a password; a name without a protocol and with a colon is SCP, a path stays on the device."""
    protocol, host, _ = address(word.text)
    key = reader.leaf("password", inside=word) if "password" in word.children else None
    inner = re.search(r"://[^/@\s:]*:(<secret-\d+>)", word.text)
    secret = reader.secret(key.text) if key is not None else reader.secret(inner[1]) if inner else None
    return Transfer(kind, protocol, reader.source(word), host=host, outbound=outbound, secret=secret)


def address(text: str) -> tuple[str, str, int | None]:
    """(protocol, host, port) of a URL or of `user@host:path`; `local` for a path."""
    match = _URL.match(text)
    if match is not None:
        port = match["port"]
        return match["protocol"], match["host"].strip("[]"), int(port) if port else None
    match = _SCP.match(text)
    return (
        ("scp", match["host"].strip("[]"), None)
        if match is not None and not text.startswith("/")
        else ("local", "", None)
    )


def dialouts(reader: JunosReader) -> Dialouts:
    """Read connections that the device opens by itself.

    `system services outbound-ssh|outbound-https client C { A port P; services netconf; }` (also `servers A`), `grpc-tunnel`,
    `extension-service remote-telemetry-service`, `service-deployment servers A`, `services analytics streaming-server S`,
    `routing-options bmp station S`, `system phone-home server URL`, `system license autoupdate url URL`, cloud services.
    """
    found: list[Dialout] = []
    for statement, kind in _OUTBOUND:
        for client in reader.entries("system", "services", statement, "client"):
            found += _client(reader, kind, client)
        reader.use_block(*(w for w in (reader.find("system", "services", statement, "traceoptions"),) if w))
    found += _grpc_tunnel(reader)
    for word in reader.entries("system", "services", "service-deployment", "servers"):
        reader.use_block(word)
        found.append(_call(reader, "call-home", word, port=reader.number("port", inside=word), commands=True))
    found += _telemetry(reader)
    for scope in reader.scopes():
        found += _bmp(reader, scope)
    found += _urls(reader)
    return Dialouts(tuple(found))


def _call(
    reader: JunosReader,
    kind: str,
    word: Word,
    *,
    port: int | None = None,
    name: str = "",
    vrf: str = "",
    commands: bool = False,
    tls: Setting[bool] | None = None,
    host: str | None = None,
) -> Dialout:
    return Dialout(
        kind=kind,
        address=word.text if host is None else host,
        source=reader.source(word),
        name=name,
        port=port,
        vrf=vrf,
        takes_commands=commands,
        tls=tls or Unknown(Code.DEFAULT, "whether the connection is encrypted is not written"),
        sources=reader.sources(word),
    )


def _client(reader: JunosReader, kind: str, client: Word) -> list[Dialout]:
    """Every word of a client that is no option is the address of a server."""
    reader.use(client)
    servers = []
    for child in client.children.values():
        reader.use_block(child)
        if child.text == "servers":
            servers += reader.entries(inside=child)
        elif child.text not in _CLIENT and not child.text.startswith("apply-"):
            servers.append(child)
    vrf = reader.value("routing-instance", inside=client)
    return [
        _call(
            reader,
            kind,
            word,
            port=reader.number("port", inside=word),
            name=client.text,
            vrf=vrf,
            commands=True,
            tls=Known(True),
        )
        for word in servers
    ]


def _grpc_tunnel(reader: JunosReader) -> list[Dialout]:
    """`system services grpc-tunnel servers A { port P; }`: gNMI sessions come in over a connection that goes out."""
    base = reader.find("system", "services", "grpc-tunnel")
    if base is None:
        return []
    reader.use_block(base)
    found = []
    for kind in ("servers", "server"):
        for word in reader.entries(kind, inside=base):
            host = reader.leaf("address", inside=word)
            found.append(
                _call(
                    reader,
                    "grpc-tunnel",
                    word,
                    port=reader.number("port", inside=word),
                    name=word.text,
                    commands=True,
                    host=host.text if host is not None else None,
                )
            )
    return found


def _telemetry(reader: JunosReader) -> list[Dialout]:
    """`services analytics { streaming-server S { remote-address A; remote-port P; } export-profile ..; sensor ..; }`."""
    found = []
    base = reader.find("services", "analytics")
    if base is not None:
        reader.use_block(base)
        for word in reader.entries("streaming-server", inside=base):
            host = reader.leaf("remote-address", inside=word)
            port = reader.number("remote-port", inside=word)
            found.append(
                _call(reader, "telemetry", host or word, port=port, name=word.text, host=host.text if host else "")
            )
        for kind in ("collector", "export-profiles"):
            for word in reader.entries(kind, inside=base):
                host = reader.leaf("address", inside=word)
                if host is not None:
                    found.append(
                        _call(reader, "telemetry", host, name=word.text, port=reader.number("port", inside=word))
                    )
    remote = reader.find("system", "services", "extension-service", "remote-telemetry-service")
    if remote is not None:
        reader.use_block(remote)
        found += [
            _call(reader, "telemetry", word, name="remote-telemetry-service")
            for word in reader.entries("host", inside=remote)
        ]
    return found


def _bmp(reader: JunosReader, scope: Scope) -> list[Dialout]:
    """`routing-options bmp station S { station-address A; station-port P; }`: tells somebody all routes."""
    base = reader.find("routing-options", "bmp", inside=scope.root)
    if base is None:
        return []
    reader.use_block(base)
    found = []
    for holder in (base, *reader.entries("station", inside=base)):
        host = reader.leaf("station-address", inside=holder)
        if host is not None:
            port = reader.number("station-port", inside=holder)
            found.append(
                _call(reader, "telemetry", host, name=scope.named(f"bmp {holder.text}"), port=port, tls=Known(False))
            )
    return found


def _urls(reader: JunosReader) -> list[Dialout]:
    """Licences, redirect servers of phone-home, cloud services: by URL."""
    words: list[tuple[str, Word]] = []
    licence = reader.find("system", "license", "autoupdate")
    if licence is not None:
        reader.use_block(licence)
        words += [("licence", word) for word in reader.entries("url", inside=licence)]
    words += [("pnp", word) for word in reader.entries("system", "phone-home", "server")]
    for service, inner in _CLOUD:
        base = reader.find("services", service, *([inner] if inner else []))
        if base is not None:
            reader.use_block(base)
            words += [("cloud-agent", word) for word in reader.entries("url", inside=base)]
    found = []
    for kind, word in words:
        protocol, host, port = address(word.text)
        tls = Known(protocol == "https", (reader.source(word),))
        found.append(
            _call(
                reader,
                kind,
                word,
                host=host or word.text,
                port=port,
                tls=tls,
                name=word.parent.text if word.parent else "",
            )
        )
    return found


def names(reader: JunosReader) -> Names:
    """Read `system name-server A [routing-instance R]`, `system static-host-mapping H`."""
    servers = reader.entries("system", "name-server")
    reader.use_block(*servers)
    hosts = reader.entries("system", "static-host-mapping")
    reader.use_block(*hosts)
    return Names(
        resolvers=tuple(
            Resolver(word.text, reader.source(word), vrf=reader.value("routing-instance", inside=word))
            for word in servers
        ),
        lookup=Known(True, tuple(map(reader.source, servers)))
        if servers
        else Unknown(Code.DEFAULT, "no name server is configured"),
        static_hosts=tuple(map(reader.source, hosts)),
    )
