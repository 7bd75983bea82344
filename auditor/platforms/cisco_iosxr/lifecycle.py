"""What the device boots, fetches and sends, and whom it calls (syntax-ios-family B.4, B.11)."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model.areas import Boot, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import after, number
from auditor.syntax.tree import Node

_URL = re.compile(r"(?P<protocol>tftp|ftp|sftp|scp|https?|rcp)://?(?P<rest>\S*)")


def boot(admins: tuple[Configuration, ...]) -> Boot:
    """Read `config-register V` of the administration plane; images are installed and stand in no configuration."""
    register: Setting[str] = Unknown(Code.STATE, "the configuration register is shown by 'show variables boot' only")
    for reader in admins:
        for words, node in reader.take("config-register", reader.admin):
            if words:
                register = Known(words[0], (reader.source(node),))
    return Boot(
        register=register,
        autoinstall=Unknown(Code.STATE, "zero-touch provisioning is set outside of the XR configuration (ztp.ini)"),
    )


def transfers(reader: Configuration) -> Transfers:
    """Read `configuration commit auto-save filename URL`, `performance-mgmt resources tftp-server A`, and stored client passwords."""
    return Transfers((*_auto_save(reader), *_statistics(reader), *_clients(reader)))


def _auto_save(reader: Configuration) -> Iterator[Transfer]:
    for words, node in reader.take("configuration commit auto-save"):
        reader.use_block(node)
        texts = [" ".join(words), *(inner.text for inner in node.children)]
        target = next((match for text in texts if (match := _URL.search(text))), None)
        tokens = [word for text in texts for word in text.split() if reader.is_secret(word)]
        yield Transfer(
            "archive",
            target["protocol"] if target else "local",
            reader.source(node),
            host=_host(target["rest"]) if target else "",
            secret=reader.secret(tokens[0]) if tokens else None,
        )


def _host(rest: str) -> str:
    """The host of what follows `protocol://`; user and VRF in front are left out."""
    authority = rest.lstrip("/").split("/", 1)[0].rpartition("@")[2].partition(";")[0]
    return authority.strip("[]") if authority.startswith("[") else authority.partition(":")[0]


def _statistics(reader: Configuration) -> Iterator[Transfer]:
    for words, node in reader.take("performance-mgmt resources tftp-server"):
        reader.use_block(node)
        yield Transfer("statistics", "tftp", reader.source(node), host=words[0] if words else "")


def _clients(reader: Configuration) -> Iterator[Transfer]:
    """`ftp client password encrypted S`; other settings of the clients of the device are taken."""
    for start, protocol in (
        ("ftp client", "ftp"),
        ("tftp client", "tftp"),
        ("rcp client", "rcp"),
        ("http client", "http"),
    ):
        for words, node in reader.take(start):
            reader.use_block(node)
            if "password" in words:
                token = next((word for word in words if reader.is_secret(word)), "")
                yield Transfer("credentials", protocol, reader.source(node), secret=reader.secret(token))


def dialouts(reader: Configuration) -> Dialouts:
    """Read call-home profiles, model-driven telemetry, gRPC tunnels, BMP and smart licensing."""
    return Dialouts((*_call_home(reader), *_telemetry(reader), *_tunnels(reader), *_bmp(reader), *_licences(reader)))


def _call_home(reader: Configuration) -> Iterator[Dialout]:
    """`call-home` with `service active` and `profile P` / `active` / `destination address http URL`."""
    for _, node in reader.take("call-home"):
        on = any(inner.text == "service active" for inner in node.children)
        common = [inner for inner in node.children if not inner.text.startswith("profile ")]
        reader.use(*common, *(leaf for inner in common for leaf in inner.walk()))
        head = [reader.source(node), *(reader.source(inner) for inner in common)]
        for words, profile in reader.take("profile", node):
            reader.use_block(profile)
            active = on and any(inner.text == "active" for inner in profile.children)
            sources = tuple(head) + reader.block(profile)
            targets = [inner for inner in profile.children if inner.text.startswith("destination address ")]
            for target in targets or [profile]:
                yield _home(reader, " ".join(words[:1]), target, targets, sources, active=active)


def _home(
    reader: Configuration, name: str, node: Node, targets: list[Node], sources: tuple[Source, ...], *, active: bool
) -> Dialout:
    address = node.text.split()[-1] if targets else ""
    parts = urlsplit(address) if "://" in address else None
    tls: Setting[bool] = Unknown(Code.DEFAULT, "whether the connection is encrypted is not written")
    if parts is not None:
        tls = Known(parts.scheme == "https", (reader.source(node),))
    return Dialout("call-home", _host(address.partition("://")[2]) if parts else address, reader.source(node), name,
                   tls=tls, active=active, sources=sources)  # fmt: skip


def _telemetry(reader: Configuration) -> Iterator[Dialout]:
    """`telemetry model-driven` / `destination-group D` / `address-family ipv4 A port P` with `protocol grpc [no-tls]`."""
    for _, node in reader.take("telemetry model-driven"):
        used = set()
        for _, inner in reader.take("subscription", node):
            reader.use_block(inner)
            used |= {leaf.text.split()[-1] for leaf in inner.walk() if leaf.text.startswith("destination-id ")}
        for start in (
            "sensor-group",
            "strict-timer",
            "include",
            "max-sensor-paths",
            "max-containers-per-path",
            "gnmi",
            "tcp-send-timeout",
        ):
            for _, inner in reader.take(start, node):
                reader.use_block(inner)
        for words, group in reader.take("destination-group", node):
            reader.use_block(group)
            vrf = next((inner.text.split()[-1] for inner in group.children if inner.text.startswith("vrf ")), "")
            for inner in group.children:
                parts = inner.text.split()
                if parts[0] in ("address-family", "address", "destination") and len(parts) > 1:
                    yield _collector(reader, words, group, inner, vrf, used)


def _collector(reader: Configuration, words: list[str], group: Node, node: Node, vrf: str, used: set[str]) -> Dialout:
    parts = node.text.split()
    address = parts[2] if parts[1] in ("ipv4", "ipv6") and len(parts) > 2 else parts[1]
    protocol = next((inner for inner in node.walk() if inner.text.startswith("protocol ")), None)
    tls: Setting[bool] = Unknown(Code.DEFAULT, "no 'protocol' statement")
    if protocol is not None:
        how = protocol.text.split()
        secure = (
            how[1:2] == ["grpc"] and "no-tls" not in how and not any("no-tls" in one.text for one in protocol.walk())
        )
        tls = Known(secure, (reader.source(protocol),))
    name = words[0] if words else ""
    return Dialout(
        kind="telemetry",
        address=address,
        source=reader.source(node),
        name=name,
        port=number(after(parts, "port")),
        vrf=vrf,
        tls=tls,
        active=name in used,
        sources=(reader.source(group), *reader.block(node)),
    )


def _tunnels(reader: Configuration) -> Iterator[Dialout]:
    """`grpc` / `tunnel` / `destination A port P`, which offers the device's own services to the other end."""
    for node in reader.find("grpc"):
        for _, tunnel in reader.take("tunnel", node):
            reader.use_block(tunnel)
            for words, inner in reader.take("destination", tunnel):
                yield Dialout(
                    "grpc-tunnel",
                    words[0] if words else "",
                    reader.source(inner),
                    port=number(after(words, "port")),
                    vrf=next(
                        (one.text.split()[-1] for one in inner.children if one.text.startswith("source-vrf ")), ""
                    ),
                    takes_commands=True,
                    sources=reader.block(tunnel),
                )


def _bmp(reader: Configuration) -> Iterator[Dialout]:
    """`bmp server N` with `host A port P`, which is told of every route."""
    for words, node in reader.take("bmp server"):
        reader.use_block(node)
        for inner in node.children:
            parts = inner.text.split()
            if parts[0] == "host" and len(parts) > 1:
                yield Dialout("telemetry", parts[1], reader.source(inner), f"bmp server {' '.join(words[:1])}",
                              number(after(parts, "port")), tls=Known(False), sources=reader.block(node))  # fmt: skip


def _licences(reader: Configuration) -> Iterator[Dialout]:
    """`license smart url [smart|cslu] URL`."""
    for words, node in reader.take("license smart url"):
        url = words[-1] if words else ""
        if "://" in url:
            secure = Known(url.startswith("https"), (reader.source(node),))
            yield Dialout("licence", _host(url.partition("://")[2]), reader.source(node), tls=secure)


def names(reader: Configuration, complete: Setting[bool]) -> Names:
    """Read `domain [vrf V] name-server A`, `domain ipv4 host N A`, `domain lookup disable`."""
    resolvers: list[Resolver] = []
    hosts: list[Source] = []
    lookup: Setting[bool] = Unknown(Code.DEFAULT, "whether names are looked up is not written")
    for words, node in reader.take("domain"):
        vrf = ""
        if words[:1] == ["vrf"] and len(words) > 2:
            vrf, words = words[1], words[2:]
        match words:
            case ["name-server", address, *_]:
                resolvers.append(Resolver(address, reader.source(node), vrf))
            case ["ipv4" | "ipv6", "host", *_]:
                hosts.append(reader.source(node))
            case ["lookup", "disable", *_]:
                lookup = Known(False, reader.evidence(node))
            case ["name" | "list" | "lookup" | "domain-list", *_]:
                pass
            case _:
                reader.give_back(node)
    if isinstance(complete, Unknown) and not isinstance(lookup, Known):
        lookup = complete
    return Names(tuple(resolvers), lookup, tuple(hosts))
