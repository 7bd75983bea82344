"""What the device boots, fetches, sends, whom it calls and asks for names (syntax-ios-family A.4, A.9, A.11)."""

import re
from collections.abc import Sequence

from auditor.model.areas import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.cisco_ios.system import Shown
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after, number, number_after
from auditor.syntax.tree import Node

_REMOTE = ("tftp", "ftp", "rcp", "http", "https", "scp", "sftp", "mop")
_URL = re.compile(r"(tftp|ftp|rcp|https?|scp|sftp):(?://(?:[^@/\s]*@)?(\[[0-9A-Fa-f:.]+\]|[^/:\s]*))?")
_IN_CLEAR = ("grpc-tcp", "tcp", "native", "cloud-native")


def boot(context: Context, told: Shown) -> Boot:
    """Read images and configurations that are booted, and what guards the boot.

    `boot system ...`, `boot {config|host|network} URL`, `config-register`, `[no] service {config|password-recovery}`,
    `file verify auto`, `secure boot-{image|config}`.
    """
    reader = context.reader
    images = []
    for start, kind in (
        ("system", "image"),
        ("config", "configuration"),
        ("host", "configuration"),
        ("network", "configuration"),
    ):
        for words, node in reader.take(f"boot {start}"):
            path = " ".join(words)
            remote = bool(words) and (words[0] in _REMOTE or _URL.search(path) is not None)
            images.append(BootImage(path, reader.source(node), remote, kind))
    for start in ("boot", "secure boot-image", "secure boot-config", "no boot"):
        reader.use(*reader.find(start))
    return Boot(
        images=tuple(images),
        register=_register(context, told),
        autoinstall=context.switch("service config"),
        password_recovery=context.switch("service password-recovery"),
        verified=context.switch("file verify auto"),
    )


def _register(context: Context, told: Shown) -> Setting[str]:
    for words, node in context.reader.take("config-register"):
        if words:
            return Known(words[0], context.sources(node))
    if told.register is not None:
        return Known(told.register[0], (told.register[1],))
    return Unknown(Code.STATE, "the configuration register stands in 'show version', which was not collected")


def transfers(context: Context) -> Transfers:
    """Read what the device copies and logs in to others with.

    `archive` > `path URL`, stored credentials of clients, crash dumps, bulk statistics, `logging persistent`.
    """
    reader = context.reader
    found = []
    for _, node in reader.take("archive"):
        for inner in node.children:
            words = inner.text.split()
            if words[0] == "path":
                reader.use(inner)
                found.append(_transfer(reader, "archive", " ".join(words[1:]), inner))
            elif words[0] in ("maximum", "write-memory", "time-period", "rollback"):
                reader.use(inner)
    found += _copies(reader)
    found += _credentials(reader)
    for words, node in reader.take("exception dump"):
        if words:
            found.append(Transfer("other", "tftp", reader.source(node), words[0]))
    for _, node in reader.take("snmp mib bulkstat transfer"):
        reader.use_block(node)
        found += [
            _transfer(reader, "statistics", inner.text.split()[-1], inner)
            for inner in node.children
            if inner.text.startswith("url ")
        ]
    for words, node in reader.take("logging persistent"):
        if "url" in words:
            found.append(_transfer(reader, "logs", after(words, "url"), node))
    return Transfers(tuple(found))


_CONFIGURATION = re.compile(r"\b(?:copy|more|show|sh|redirect|tee)\b.*\b(?:running|startup|run|start)\b")


def _copies(reader: Reader) -> list[Transfer]:
    """`kron policy-list` and `event manager applet` that copy a configuration: `copy running-config URL`, `show run | redirect URL`."""
    found = []
    for start in ("kron policy-list", "event manager applet"):
        for node in reader.find(start):
            for inner in node.walk():
                match = _URL.search(inner.text)
                told = _CONFIGURATION.search(inner.text)
                if match is not None and told is not None and match.start() > told.start():
                    found.append(_transfer(reader, "archive", inner.text[match.start() :], inner))
    return found


def _transfer(reader: Reader, kind: str, url: str, node: Node) -> Transfer:
    match = _URL.match(url)
    secret = next((reader.secret(word) for word in re.findall(r"<secret-\d+>", url)), None)
    if match is None:
        return Transfer(kind, "local", reader.source(node), secret=secret)
    return Transfer(kind, match[1], reader.source(node), match[2] or "", secret=secret)


def _credentials(reader: Reader) -> list[Transfer]:
    """`ip {ftp|http client} {username|password} ...`: what the device logs in to others with."""
    found = []
    for start, protocol in (("ip ftp", "ftp"), ("ip http client", "http")):
        for words, node in reader.take(f"{start} password"):
            secret = reader.secret(words[-1] if words else "")
            found.append(Transfer("credentials", protocol, reader.source(node), secret=secret))
        for word in ("username", "source-interface", "passive"):
            reader.use(*reader.find(f"{start} {word}"), *reader.find(f"no {start} {word}"))
    for start in ("ip tftp", "ip scp", "ip http client"):
        reader.use(*reader.find(start))
    return found


def dialouts(context: Context) -> Dialouts:
    """Read telemetry receivers, Smart Call Home, PnP, CNS, licence and TR-069 servers."""
    return Dialouts(
        (
            *_telemetry(context),
            *_call_home(context),
            *_pnp(context),
            *_cns(context),
            *_licence(context),
            *_cwmp(context),
        )
    )


def _telemetry(context: Context) -> list[Dialout]:
    """`telemetry ietf subscription N` > `receiver ip address A PORT protocol P`, or `receiver name R`.

    A named one is `telemetry receiver protocol R` > `host {name|ip-address} H PORT`, `protocol P [profile T]`.
    """
    reader = context.reader
    named: dict[str, Node] = {}
    for words, node in reader.take("telemetry receiver protocol"):
        reader.use_block(node)
        if words:
            named[words[0]] = node
    for start in ("telemetry protocol", "telemetry transform"):
        for _, node in reader.take(start):
            reader.use_block(node)
    found = []
    for words, node in reader.take("telemetry ietf subscription"):
        reader.use_block(node)
        name = words[0] if words else ""
        for inner in node.children:
            parts = inner.text.split()
            match parts:
                case ["receiver", "ip", "address", address, port, *rest]:
                    found.append(_receiver(context, name, address, port, rest, (node, inner)))
                case ["receiver", "name", receiver] if receiver in named:
                    lines = [one.text.split() for one in named[receiver].children]
                    host = next((line for line in lines if line[0] == "host" and len(line) > 2), ["", "", "", ""])
                    rest = next((line for line in lines if line[0] == "protocol"), [])
                    port = host[3] if len(host) > 3 else ""
                    found.append(_receiver(context, name, host[2], port, rest, (node, inner, named[receiver])))
    return found


def _receiver(
    context: Context, name: str, address: str, port: str, words: Sequence[str], nodes: Sequence[Node]
) -> Dialout:
    protocol = after(words, "protocol")
    secured: Setting[bool] = Unknown(Code.DEFAULT, f"whether '{protocol}' is encrypted is not documented")
    sources = context.sources(*nodes)
    if "tls" in protocol:
        secured = Known(True, sources)
    elif protocol in _IN_CLEAR:
        secured = Known(False, sources)
    return Dialout(
        kind="telemetry",
        address=address,
        source=sources[0],
        name=name,
        port=number(port),
        vrf=after(words, "vrf"),
        tls=secured,
        sources=sources,
    )


def _call_home(context: Context) -> list[Dialout]:
    """`call-home` > `profile P` > `active`, `destination address {http U|email M}`; on by `service call-home`."""
    reader = context.reader
    switch = reader.last("service call-home")
    found = []
    for _, node in reader.take("call-home"):
        reader.use_block(node)
        for profile in node.children:
            if not profile.text.startswith("profile"):
                continue
            lines = [(inner, inner.text.split()) for inner in profile.children]
            active = any(inner.text == "active" for inner, _ in lines)
            addresses = [
                (inner, words) for inner, words in lines if words[:2] == ["destination", "address"] and len(words) > 3
            ]
            for inner, words in addresses or [(profile, [])]:
                url = words[3] if words else ""
                match = _URL.match(url)
                found.append(
                    Dialout(
                        kind="call-home",
                        address=(match[2] or "") if match else url,
                        source=reader.source(inner),
                        name=profile.text.removeprefix("profile").strip().strip('"'),
                        tls=Known(url.startswith("https"), context.sources(inner))
                        if match
                        else Unknown(Code.DEFAULT, "the destination is not written"),
                        active=active and not (switch is not None and switch.text.startswith("no ")),
                        sources=(*context.sources(switch), *reader.block(profile)),
                    )
                )
    return found


def _pnp(context: Context) -> list[Dialout]:
    """`pnp profile P`: the server gives the device its configuration.

    Inside stands `transport {https|http|xmpp} {ipv4 A|host H} [port N]`.
    """
    reader = context.reader
    found = []
    for words, node in reader.take("pnp profile"):
        reader.use_block(node)
        for inner in node.children:
            parts = inner.text.split()
            if parts[0] == "transport" and len(parts) > 1:
                address = after(parts, "ipv4") or after(parts, "ipv6") or after(parts, "host")
                found.append(
                    Dialout(
                        "pnp",
                        address,
                        reader.source(inner),
                        words[0] if words else "",
                        number_after(parts, "port"),
                        takes_commands=True,
                        tls=Known(parts[1] == "https", context.sources(inner)),
                        sources=reader.block(node),
                    )
                )
    return found


def _cns(context: Context) -> list[Dialout]:
    """`cns {config initial|config partial|event|exec|image server} H ...`."""
    reader = context.reader
    found = []
    for start in (
        "cns config initial",
        "cns config partial",
        "cns config retrieve",
        "cns event",
        "cns exec",
        "cns image server",
    ):
        for words, node in reader.take(start):
            if words:
                match = _URL.match(words[0])
                found.append(
                    Dialout(
                        "cloud-agent",
                        (match[2] or "") if match else words[0],
                        reader.source(node),
                        start,
                        takes_commands=True,
                        tls=Known("encrypt" in words, context.sources(node)),
                    )
                )
    for _, node in reader.take("cns"):
        reader.use_block(node)
    return found


def _licence(context: Context) -> list[Dialout]:
    """`license smart url [cslu|smart] U`, `license smart transport T`."""
    reader = context.reader
    found = []
    for words, node in reader.take("license smart url"):
        match = _URL.match(words[-1]) if words else None
        if match:
            secured = Known(match[1] == "https", context.sources(node))
            found.append(Dialout("licence", match[2] or "", reader.source(node), tls=secured))
    reader.use(*reader.find("license smart"))
    return found


def _cwmp(context: Context) -> list[Dialout]:
    """`cwmp agent` > `management server url U`."""
    reader = context.reader
    found = []
    for _, node in reader.take("cwmp agent"):
        reader.use_block(node)
        for inner in node.children:
            match = _URL.search(inner.text) if inner.text.startswith("management server url") else None
            if match:
                secured = Known(match[1] == "https", context.sources(inner))
                source = reader.source(inner)
                found.append(Dialout("tr-069", match[2] or "", source, takes_commands=True, tls=secured))
    return found


def names(context: Context, ports: Sequence[Port]) -> Names:
    """Read `ip name-server [vrf V] A...`, `[no] ip domain[-| ]lookup`, `ip host N A...`.

    Addresses by DHCP bring servers.
    """
    reader = context.reader
    resolvers = []
    for words, node in reader.take("ip name-server"):
        vrf = after(words, "vrf") if words[:1] == ["vrf"] else ""
        resolvers += [Resolver(word, reader.source(node), vrf) for word in (words[2:] if vrf else words)]
    hosts = [reader.source(node) for start in ("ip host", "ipv6 host") for _, node in reader.take(start)]
    learned = [
        node
        for port in ports
        for node in port.block.all("ip address")
        if node.text.startswith(("ip address dhcp", "ip address negotiated"))
    ]
    dynamic = Known(True, context.sources(*learned)) if learned else Known(False)
    return Names(tuple(resolvers), _lookup(context), tuple(hosts), dynamic)


def _lookup(context: Context) -> Setting[bool]:
    old, new = context.reader.last("ip domain-lookup"), context.reader.last("ip domain lookup")
    switches = [node for node in (old, new) if node is not None and "source-interface" not in node.text]
    if switches:
        return context.stated(max(switches, key=lambda node: node.number))
    return context.absent("ip domain lookup", bool)
