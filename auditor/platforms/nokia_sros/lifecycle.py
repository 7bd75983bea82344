"""What the device boots, fetches and sends, and whom it calls (syntax-other-families B4, B11).

bof { image { primary-location U }; configuration { primary-location U }; auto-boot; dns { primary-server A } }
show bof: primary-image U, primary-config U, primary-dns A, li-separate
system telemetry destination-group G destination A port P, persistent-subscriptions subscription S
system grpc-tunnel tunnel T, system management-interface netconf call-home netconf-client C, remote-management manager M
"""

from collections.abc import Iterator

from auditor.model.areas import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.nokia_sros.onbox import is_remote
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word
from auditor.syntax.mask import TOKEN

_CHOICES = ("primary", "secondary", "tertiary")
NO_BOF = Unknown(Code.STATE, "boot options are in the boot options file, which was not collected (document 'bof')")
_MANAGEMENT = ("system", "management-interface")


def boot(bof: SrosReader) -> Boot:
    """Images, configurations and licence of the boot options, in both spellings."""
    images = []
    for kind, group, old in (
        ("image", "image", "image"),
        ("configuration", "configuration", "config"),
        ("licence", "license", ""),
    ):
        for choice in _CHOICES:
            word = bof.leaf("bof", group, f"{choice}-location") or (bof.leaf("bof", f"{choice}-{old}") if old else None)
            if word is not None:
                images.append(BootImage(word.text, bof.source(word), is_remote(word.text), kind))
    word = bof.leaf("bof", "license-file")
    if word is not None:
        images.append(BootImage(word.text, bof.source(word), is_remote(word.text), "licence"))
    auto = bof.find("bof", "auto-boot")
    if auto is not None:
        bof.use_block(auto)
    state: Setting[bool] = Known(auto is not None, (bof.source(auto),) if auto is not None else ())
    return Boot(images=tuple(images), autoinstall=state)


def names(bof: SrosReader, reader: SrosReader) -> Names:
    """Resolvers of the boot options and of VPRNs."""
    found = []
    for choice in _CHOICES:
        word = bof.leaf("bof", "dns", f"{choice}-server") or bof.leaf("bof", f"{choice}-dns")
        if word is not None and word.text != "0.0.0.0":
            found.append(Resolver(word.text, bof.source(word), "management"))
    bof.leaf("bof", "dns", "domain")
    bof.leaf("bof", "dns-domain")
    return Names(tuple(found + vprn_resolvers(reader)))


def vprn_resolvers(reader: SrosReader) -> list[Resolver]:
    """`service vprn V dns { server [A] }`, classic `dns / primary-dns A`."""
    found = []
    for vrf, router in reader.routers():
        holder = reader.find("dns", inside=router)
        if holder is None:
            continue
        reader.use_block(holder)
        for name in ("server", *(f"{choice}-{kind}" for choice in _CHOICES for kind in ("dns", "server"))):
            found += [Resolver(one.text, reader.source(one), vrf) for one in reader.entries(name, inside=holder)]
    return found


def transfers(reader: SrosReader, bof: SrosReader | None) -> Transfers:
    """URLs of the configuration and of the boot options that lead to other hosts."""
    found = []
    for kind, word, outbound in _urls(reader):
        if is_remote(word.text):
            found.append(_transfer(reader, kind, word, outbound=outbound))
    for image in boot(bof).images if bof is not None else ():
        if image.remote:
            kind = {"image": "software", "configuration": "configuration"}.get(image.kind, "other")
            protocol, host = _parts(image.path)
            found.append(Transfer(kind, protocol, image.source, host, outbound=False))
    return Transfers(tuple(found))


def _transfer(reader: SrosReader, kind: str, word: Word, *, outbound: bool) -> Transfer:
    protocol, host = _parts(word.text)
    token = TOKEN.search(word.text)
    secret = reader.secret(token[0]) if token is not None else None
    return Transfer(kind, protocol, reader.source(word), host, outbound=outbound, secret=secret)


def _parts(url: str) -> tuple[str, str]:
    protocol, _, rest = url.partition("://")
    return protocol.lower(), rest.partition("/")[0].rpartition("@")[2].strip("[]")


def _urls(reader: SrosReader) -> Iterator[tuple[str, Word, bool]]:
    """(kind, URL, whether the device sends)."""
    for policy in reader.entries("system", "script-control", "script-policy"):
        for owner in reader.entries("owner", inside=policy):
            word = reader.leaf("results", inside=owner)
            if word is not None:
                yield "logs", word, True
    for script in reader.entries("system", "script-control", "script"):
        for owner in reader.entries("owner", inside=script):
            word = reader.leaf("location", inside=owner)
            if word is not None:
                yield "other", word, False
    for path, kind, outbound in (
        ((*_MANAGEMENT, "cli", "classic-cli", "rollback", "location"), "archive", True),
        ((*_MANAGEMENT, "cli", "classic-cli", "rollback", "rescue", "location"), "archive", True),
        ((*_MANAGEMENT, "schema-path"), "other", False),
        (("system", "security", "tech-support", "ts-location"), "other", True),
        (("system", "boot-good-exec"), "other", False),
        (("system", "boot-bad-exec"), "other", False),
        (("call-trace", "primary-cf"), "logs", True),
    ):
        word = reader.leaf(*path)
        if word is not None:
            yield kind, word, outbound
    for repository in reader.entries("system", "software-repository"):
        for choice in _CHOICES:
            word = reader.leaf(f"{choice}-location", inside=repository)
            if word is not None:
                yield "software", word, False
    for script in reader.entries("python", "python-script"):
        for word in (*reader.entries("urls", inside=script), *reader.entries("primary-url", inside=script)):
            yield "other", word, False
    for mirror in reader.entries("mirror", "mirror-dest"):
        for pcap in reader.entries("pcap", inside=mirror):
            word = reader.leaf("file-url", inside=pcap)
            if word is not None:
                yield "other", word, True


def dialouts(reader: SrosReader) -> Dialouts:
    """Telemetry, reverse sessions by gRPC tunnel, NETCONF call-home, remote management, BMP."""
    return Dialouts((*_telemetry(reader), *_tunnels(reader), *_call_home(reader), *_managers(reader), *_bmp(reader)))


def _tls(reader: SrosReader, holder: Word) -> Setting[bool]:
    """`tls-client-profile P` or `allow-unsecure-connection`."""
    for name in ("tls-client-profile", "client-tls-profile"):
        word = reader.leaf(name, inside=holder)
        if word is not None:
            return Known(True, (reader.source(word),))
    plain = reader.switch("allow-unsecure-connection", inside=holder)
    if plain is not None and plain.value:
        return Known(False, plain.sources)
    return Unknown(Code.DEFAULT, "neither a TLS profile nor an unsecure connection is written")


def _destinations(reader: SrosReader, holder: Word | None) -> Iterator[tuple[str, int | None, str, Word]]:
    """`destination A port P { router-instance R }`."""
    for word in reader.entries("destination", inside=holder) if holder is not None else ():
        ports = reader.entries("port", inside=word)
        inner = ports[0] if ports else word
        for name in ("local-source-address", "originated-qos-marking"):
            reader.leaf(name, inside=inner)
        port = int(ports[0].text) if ports and ports[0].text.isascii() and ports[0].text.isdigit() else None
        vrf = reader.value("router-instance", inside=inner)
        yield word.text, port, "" if vrf == "Base" else vrf, word


def _telemetry(reader: SrosReader) -> list[Dialout]:
    """A destination group acts where a subscription names it."""
    base = ("system", "telemetry")
    users: dict[str, list[tuple[Word, bool]]] = {}
    for word in reader.entries(*base, "persistent-subscriptions", "subscription"):
        reader.use_block(word)
        users.setdefault(reader.value("destination-group", inside=word), []).append(
            (word, reader.active(word, default=False))
        )
    for name in ("sensor-groups", "notification-bundling"):
        inner = reader.find(*base, name)
        if inner is not None:
            reader.use_block(inner)
    found = []
    for group in reader.entries(*base, "destination-group"):
        tls = _tls(reader, group)
        reader.leaf("description", inside=group)
        keepalive = reader.find("tcp-keepalive", inside=group)
        if keepalive is not None:
            reader.use_block(keepalive)
        subscribed = users.get(group.text, [])
        for address, port, vrf, word in _destinations(reader, group):
            found.append(
                Dialout(
                    kind="telemetry",
                    address=address,
                    source=reader.source(word),
                    name=group.text,
                    port=port,
                    vrf=vrf,
                    tls=tls,
                    active=any(on for _, on in subscribed),
                    sources=reader.sources(word, *(one for one, _ in subscribed)),
                )
            )
    return found


def _tunnels(reader: SrosReader) -> list[Dialout]:
    """`grpc-tunnel tunnel T { destination-group D; handler H { target-type { ssh-server } } }`: a session the other way."""
    base = ("system", "grpc-tunnel")
    found = []
    for tunnel in reader.entries(*base, "tunnel"):
        reader.use_block(tunnel)
        name = reader.value("destination-group", inside=tunnel)
        group = reader.find(*base, "destination-group", name)
        served = [
            handler for handler in reader.entries("handler", inside=tunnel)
            if reader.find("target-type", "ssh-server", inside=handler) or reader.find("target-type", "grpc-server", inside=handler)
        ]  # fmt: skip
        for address, port, vrf, word in _destinations(reader, group):
            found.append(
                Dialout(
                    kind="grpc-tunnel",
                    address=address,
                    source=reader.source(word),
                    name=tunnel.text,
                    port=port,
                    vrf=vrf,
                    takes_commands=bool(served),
                    tls=_tls(reader, group) if group is not None else Unknown(Code.CUT, "the group is not defined"),
                    active=reader.active(tunnel, default=False),
                    sources=reader.sources(word, tunnel),
                )
            )
    for group in reader.entries(*base, "destination-group"):
        reader.use_block(group)
    return found


def _call_home(reader: SrosReader) -> list[Dialout]:
    found = []
    for word in reader.entries(*_MANAGEMENT, "netconf", "call-home", "netconf-client"):
        reader.use_block(word)
        transport = reader.value("transport", inside=word) or "ssh"
        found.append(
            Dialout(
                kind="call-home",
                address=reader.value("remote-address", inside=word),
                source=reader.source(word),
                name=word.text,
                port=reader.number("remote-port", inside=word),
                vrf=reader.value("router-instance", inside=word).replace("Base", ""),
                takes_commands=True,
                tls=Known(transport in ("ssh", "tls"), (reader.source(word),)),
                active=reader.active(word, default=False),
                sources=reader.sources(word),
            )
        )
    return found


def _managers(reader: SrosReader) -> list[Dialout]:
    """`remote-management { admin-state enable; manager M { manager-address A; manager-port P } }`."""
    holder = reader.find(*_MANAGEMENT, "remote-management")
    if holder is None:
        return []
    reader.use_block(holder)
    on = reader.active(holder, default=False)
    return [
        Dialout(
            kind="cloud-agent",
            address=reader.value("manager-address", inside=word),
            source=reader.source(word),
            name=word.text,
            port=reader.number("manager-port", inside=word),
            vrf=reader.value("router-instance", inside=word) or reader.value("router-instance", inside=holder),
            takes_commands=True,
            tls=_tls(reader, word if "client-tls-profile" in word.children else holder),
            active=on and reader.active(word, default=False),
            sources=reader.sources(word),
        )
        for word in reader.entries("manager", inside=holder)
    ]


def _bmp(reader: SrosReader) -> list[Dialout]:
    """`bmp station S connection station-address ip-address A port P`: routes go to a monitoring station."""
    holder = reader.find("bmp")
    if holder is None:
        return []
    reader.use_block(holder)
    found = []
    for word in reader.entries("station", inside=holder):
        address = next(
            (one for one in word.walk() if one.text in ("ip-address", "station-address") and one.children), None
        )
        leaf = reader.leaf(inside=address) if address is not None else None
        found.append(
            Dialout(
                kind="telemetry",
                address=leaf.text if leaf is not None else "",
                source=reader.source(leaf or word),
                name=f"bmp {word.text}",
                tls=Known(False, default="RFC 7854: BMP has no transport security of its own (all releases)"),
                active=reader.active(holder, default=False) and reader.active(word, default=False),
                sources=reader.sources(word),
            )
        )
    return found
