"""What the device boots, sends, fetches, and whom it calls (syntax-ios-family D.10, D.11)."""

import re

import msgspec

from auditor.model.areas import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import Port
from auditor.platforms.arista_eos.text import after, last_of, number
from auditor.syntax.tree import Node

_REMOTE = re.compile(r"(?P<protocol>https?|ftp|tftp|scp|sftp):/*(?:[^/@\s]*@)?(?P<host>[^/:\s\"'<>]*)")
_HEADER = re.compile(r"\s*!\s*boot system (\S+)")
_HEAD = 80
_OPTION = re.compile(r"-(?P<name>[A-Za-z]+)=(?P<value>\S+)")
_SERVERS = {
    "cvaddr": ("cvvrf", "cvauth"),
    "ingestgrpcurl": ("ingestvrf", "ingestauth"),
    "cvproxy": ("cvvrf", "cvauth"),
}
"""Option that names servers -> the options of their VRF and of how the agent proves itself."""
_COMMANDS = "cvaddr"
_CLUSTER = re.compile(r"-cvopt[ =](?P<name>[\w-]{1,80})\.(?P<key>[a-z]+)=(?P<value>\S+)")
_TELEMETRY = re.compile(r"(?:[a-z0-9+]+://)?(?P<host>\[[^\]]+\]|[^:/,\s]+)(?::(?P<port>\d+))?")
_URL = re.compile(r"(?P<scheme>https?)://(?:[^/@\s]*@)?(?P<host>\[[^\]]+\]|[^:/\s]+)(?::(?P<port>\d+))?")


def boot(context: Context) -> Boot:
    """Read `boot system F`, also as the comment that the device prints, and `signature-verification extension`."""
    config = context.config
    images: dict[str, BootImage] = {}
    for index, line in enumerate(config.lines[:_HEAD]):
        match = _HEADER.match(line)
        if match:
            path = match[1]
            images[path] = BootImage(
                path, Source(config.document, index + 1, index + 1, line.strip()), bool(_REMOTE.match(path))
            )
    for words, node in config.take("boot system"):
        path = " ".join(words)
        images[path] = BootImage(path, config.source(node), bool(_REMOTE.match(path)))
    for _, node in config.take("boot"):
        config.use(node)
    verified: Setting[bool] = Unknown(Code.STATE, "secure boot is not shown by the configuration")
    for node in config.find("management security"):
        for _, inner in config.take("signature-verification", node):
            config.use(inner)
    return Boot(
        images=tuple(images.values()),
        autoinstall=Unknown(
            Code.STATE, "zero-touch provisioning runs without a startup configuration only; 'show zerotouch' tells"
        ),
        verified=verified,
    )


def transfers(context: Context) -> Transfers:
    """Read copies to and from other hosts in jobs, aliases and event handlers."""
    config = context.config
    found = []
    for start in ("schedule", "alias", "event-handler"):
        for node in config.find(start):
            for inner in (node, *node.walk()):
                texts = (
                    [(inner.text, config.source(inner)), *config.body(inner)]
                    if inner.end > inner.number or inner.text == "action bash"
                    else [(inner.text, config.source(inner))]
                )
                for text, source in texts:
                    found += _copies(text, source)
    return Transfers(tuple(found))


def _copies(text: str, source: Source) -> list[Transfer]:
    words = text.split()
    if "copy" not in words:
        return []
    at = words.index("copy")
    found = []
    for position, word in enumerate(words[at + 1 : at + 3]):
        match = _REMOTE.match(word)
        if match:
            kind = (
                "configuration"
                if any(part.startswith(("running-config", "startup-config")) for part in words[at : at + 3])
                else "other"
            )
            found.append(Transfer(kind, match["protocol"], source, match["host"], outbound=position == 1))
    return found


def dialouts(context: Context) -> Dialouts:
    """Read agents and clients that open connections by themselves.

    daemon TerminAttr /
        exec ... -cvaddr=HOST:PORT[,...] -cvvrf=V -ingestgrpcurl=HOST:PORT -cvproxy=URL -cvopt N.addr=HOST:PORT
    management api gnmi / transport grpc-tunnel N / destination A port P, vrf V, tunnel ssl profile P
    management cvx / server host A, [no] shutdown; management xmpp / server A
    monitor telemetry influx / destination influxdb D / url U; router bgp / monitoring station S /
        connection address A port P
    openflow / controller tcp:A:P
    """
    found = _agents(context) + _grpc_tunnels(context) + _clients(context) + _influx(context) + _stations(context)
    found += _vmtracer(context)
    return Dialouts(tuple(found))


def _agents(context: Context) -> list[Dialout]:
    config = context.config
    found = []
    for words, node in config.take("daemon"):
        command = last_of(node.children, "exec", "command")
        if command is None:
            continue
        switch = last_of(node.children, "shutdown")
        source = config.source(command)
        for target in _targets(command.text):
            match = _TELEMETRY.match(target.address)
            if match is None:
                continue
            found.append(
                Dialout(
                    kind="cloud-agent",
                    address=match["host"].strip("[]"),
                    source=source,
                    name=words[0] if words else "",
                    port=number(match["port"] or ""),
                    vrf=target.vrf,
                    takes_commands=target.commands,
                    tls=_agent_tls(target.form, source),
                    active=switch is not None and switch.text == "no shutdown",
                    sources=config.block(node),
                )
            )
    return found


class _Target(msgspec.Struct):
    """A server that an agent connects to, as its options name it."""

    address: str
    vrf: str
    form: str
    """How it proves itself: `key`, `token`, `token-secure`, `certs`."""
    commands: bool


def _targets(text: str) -> list[_Target]:
    """`-cvaddr=A,B -cvvrf=V -cvauth=F,...`, `-ingestgrpcurl=A`, and `-cvopt N.addr=A -cvopt N.vrf=V -cvopt N.auth=F,...`."""
    options = {match["name"]: match["value"] for match in _OPTION.finditer(text)}
    found = [
        _Target(address, options.get(vrf, ""), options.get(auth, "").partition(",")[0], name == _COMMANDS)
        for name, (vrf, auth) in _SERVERS.items()
        for address in options.get(name, "").split(",")
    ]
    clusters: dict[str, dict[str, str]] = {}
    for match in _CLUSTER.finditer(text):
        clusters.setdefault(match["name"], {})[match["key"]] = match["value"]
    return found + [
        _Target(address, told.get("vrf", ""), told.get("auth", "").partition(",")[0], commands=True)
        for told in clusters.values()
        for address in told.get("addr", "").split(",")
    ]


def _agent_tls(form: str, source: Source) -> Setting[bool]:
    """Tokens and certificates are used over TLS; whether a shared key is, is not documented."""
    if form in ("token", "token-secure", "certs"):
        return Known(True, (source,))
    return Unknown(Code.DEFAULT, "whether the agent encrypts is not written", (source,))


def _grpc_tunnels(context: Context) -> list[Dialout]:
    config = context.config
    found = []
    for node in config.find("management api gnmi"):
        for words, inner in config.take("transport grpc-tunnel", node):
            config.use_block(inner)
            told = {leaf.words[0]: leaf for leaf in inner.children}
            switch = last_of(inner.children, "shutdown")
            destination = told.get("destination")
            tls = next((leaf for leaf in inner.children if "ssl" in leaf.words), None)
            found.append(
                Dialout(
                    kind="grpc-tunnel",
                    address=destination.words[1] if destination is not None and len(destination.words) > 1 else "",
                    source=config.source(destination if destination is not None else inner),
                    name=" ".join(words),
                    port=number(after(destination.words, "port")) if destination is not None else None,
                    vrf=told["vrf"].words[-1] if "vrf" in told else "",
                    takes_commands=True,
                    tls=Known(True, (config.source(tls),))
                    if tls is not None
                    else Known(False, (config.source(inner),)),
                    active=switch is None or switch.text == "no shutdown",
                    sources=config.block(inner),
                )
            )
    return found


def _clients(context: Context) -> list[Dialout]:
    config = context.config
    found = []
    for start, kind in (
        ("management cvx", "cloud-agent"),
        ("management xmpp", "cloud-agent"),
        ("openflow", "cloud-agent"),
        ("mcs client", "cloud-agent"),
    ):
        for node in config.find(start):
            config.use_block(node)
            switch = last_of(node.children, "shutdown")
            for inner in node.walk():
                address = _server(inner)
                if address is None:
                    continue
                found.append(
                    Dialout(
                        kind=kind,
                        address=address[0],
                        source=config.source(inner),
                        name=start.removeprefix("management "),
                        port=address[1],
                        vrf=next((leaf.words[-1] for leaf in node.children if leaf.words[0] == "vrf"), ""),
                        takes_commands=True,
                        active=switch is not None and switch.text == "no shutdown",
                        sources=config.block(node),
                    )
                )
    return found


def _server(node: Node) -> tuple[str, int | None] | None:
    match node.words:
        case ["server", "host", address, *rest]:
            return address, number(after(rest, "port"))
        case ["server", address, *rest]:
            return address, number(after(rest, "port"))
        case ["controller", target, *_] if target.count(":") > 1:
            _, address, port = target.split(":", 2)
            return address, number(port)
    return None


def _influx(context: Context) -> list[Dialout]:
    config = context.config
    found = []
    for node in config.find("monitor telemetry influx"):
        config.use_block(node)
        for inner in node.children:
            url = next((leaf for leaf in inner.children if leaf.words[0] == "url"), None)
            if inner.words[0] != "destination" or url is None:
                continue
            match = _URL.match(url.words[-1])
            found.append(
                Dialout(
                    kind="telemetry",
                    address=match["host"] if match else url.words[-1],
                    source=config.source(url),
                    name=" ".join(inner.words[1:]),
                    port=number(match["port"] or "") if match else None,
                    vrf=next((leaf.words[-1] for leaf in inner.children if leaf.words[0] == "vrf"), ""),
                    tls=Known(match["scheme"] == "https", (config.source(url),))
                    if match
                    else Unknown(Code.DEFAULT, "the URL names no scheme"),
                    sources=config.block(inner),
                )
            )
    return found


def _vmtracer(context: Context) -> list[Dialout]:
    """Sessions to the manager of virtual machines, which tells the switch which VLANs to carry."""
    config = context.config
    found = []
    for words, node in config.take("vmtracer session"):
        config.use_block(node)
        for inner in node.children:
            match = _URL.match(inner.words[-1]) if inner.words[0] == "url" else None
            if match is not None:
                source = config.source(inner)
                found.append(
                    Dialout(
                        kind="cloud-agent",
                        address=match["host"],
                        source=source,
                        name=f"vmtracer {' '.join(words)}",
                        port=number(match["port"] or ""),
                        takes_commands=True,
                        tls=Known(match["scheme"] == "https", (source,)),
                        sources=config.block(node),
                    )
                )
    return found


def _stations(context: Context) -> list[Dialout]:
    """BMP stations, which are told every route."""
    config = context.config
    found = []
    for node in config.find("router bgp"):
        for words, inner in config.take("monitoring station", node):
            config.use_block(inner)
            for leaf in inner.children:
                if leaf.words[:2] == ["connection", "address"] and len(leaf.words) > 2:
                    port = next((one.words[-1] for one in inner.children if "port" in one.words), "")
                    found.append(
                        Dialout(
                            "telemetry",
                            leaf.words[2],
                            config.source(leaf),
                            f"monitoring station {' '.join(words)}",
                            number(port),
                            after(leaf.words, "vrf"),
                            sources=config.block(inner),
                        )
                    )
    return found


def names(context: Context, ports: list[Port]) -> Names:
    """Read `ip name-server [vrf V] A ...`, `ip host N A`, `ip domain lookup ...`."""
    config = context.config
    resolvers: dict[tuple[str, str], Resolver] = {}
    for words, node in config.take("ip name-server"):
        vrf, rest = (words[1], words[2:]) if words[:1] == ["vrf"] and len(words) > 2 else ("", words)
        addresses = [word for word in rest if "." in word or ":" in word]
        for address in addresses:
            resolvers[address, vrf] = Resolver(address, config.source(node), vrf)
        if not addresses:
            config.give_back(node)
    hosts = [config.source(node) for start in ("ip host", "ipv6 host") for _, node in config.take(start)]
    off = [node for _, node in config.take("no ip domain lookup")]
    lookup: Setting[bool] = Unknown(Code.DEFAULT, "whether names are looked up is not written")
    if off or resolvers:
        lookup = Known(
            not off, tuple(config.source(node) for node in off) or tuple(one.source for one in resolvers.values())
        )
    dynamic = [config.source(line[2]) for port in ports for line in port.get("ip", "address", "dhcp") if line[0]]
    return Names(
        tuple(resolvers.values()),
        lookup,
        tuple(hosts),
        Unknown(Code.DEFAULT, "an address is had by DHCP; whether resolvers are too is not written", tuple(dynamic))
        if dynamic
        else Known(False),
    )
