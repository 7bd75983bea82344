"""Boot, transfers, connections outwards, name resolution (syntax-ios-family C.4, C.11)."""

import re

from auditor.model.areas import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.cisco_nxos.onbox import commands
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_IMAGES = ("nxos", "kickstart", "system", "sam", "image", "epld")
_REMOTE = ("tftp:", "ftp:", "sftp:", "scp:", "http:", "https:")
_COPY = re.compile(r"\bcopy\s+(?P<what>\S+)\s+(?P<protocol>tftp|ftp|sftp|scp|https?)://(?P<host>[^/\s]*)")
_FETCH = re.compile(r"\bcopy\s+(?P<protocol>tftp|ftp|sftp|scp|https?)://(?P<host>[^/\s]*)")
_KINDS = (("config", "archive"), ("log", "logs"), ("nxos", "software"), (".bin", "software"))


def boot(context: Context) -> Boot:
    """Read `boot {nxos|kickstart|system} FILE`, `[no] boot poap enable`, `[no] feature signature-verification`."""
    reader = context.reader
    images = []
    poap: Setting[bool] = context.absent("boot poap enable", bool)
    for words, node in reader.take("boot"):
        source = reader.source(node)
        if words[:1] == ["poap"]:
            poap = Known(True, (source,))
        elif len(words) > 1 and words[0] in _IMAGES:
            images.append(BootImage(words[1], source, words[1].startswith(_REMOTE)))
        elif words[:1] != ["order"] and words[:1] != ["mode"]:
            reader.give_back(node)
    for node in reader.find("no boot poap"):
        reader.use(node)
        poap = Known(False, (reader.source(node),))
    verified = context.features.get("signature-verification")
    return Boot(
        images=tuple(images),
        autoinstall=poap,
        verified=Known(verified[0], (verified[1],)) if verified else None,
    )


def transfers(context: Context) -> Transfers:
    """Read `copy SOURCE PROTOCOL://HOST/...` in scheduler jobs and EEM applets."""
    reader = context.reader
    bodies = [*commands(reader), *(inner for node in reader.find("event manager applet") for inner in node.walk())]
    found = []
    for node in bodies:
        sent = _COPY.search(node.text)
        fetched = _FETCH.search(node.text) if sent is None else None
        match = sent or fetched
        if match is not None:
            what = sent["what"] if sent else node.text
            kind = next((kind for word, kind in _KINDS if word in what), "other")
            host = match["host"].rpartition("@")[2]
            found.append(Transfer(kind, match["protocol"], reader.source(node), host, outbound=sent is not None))
    return Transfers(tuple(found))


def dialouts(context: Context) -> Dialouts:
    """Read `telemetry` destinations, `callhome`, `license smart ...` and `feature intersight`."""
    return Dialouts((*_telemetry(context), *_callhome(context.reader), *_licences(context.reader), *_cloud(context)))


def _telemetry(context: Context) -> list[Dialout]:
    """`destination-group N` with `ip address A port P protocol X`; `destination-profile` with `use-vrf V`."""
    reader = context.reader
    feature = context.features.get("telemetry")
    found = []
    for _, node in reader.take("telemetry"):
        reader.use_block(node)
        profile = [inner for inner in node.children if inner.text == "destination-profile"]
        vrf = next((one.words[1] for inner in profile for one in inner.children if one.text.startswith("use-vrf ")), "")
        certificates = tuple(reader.source(inner) for inner in node.walk() if inner.text.startswith("certificate "))
        used = {inner.words[-1] for inner in node.walk() if inner.text.startswith("dst-grp ")}
        for group in node.children:
            if not group.text.startswith("destination-group "):
                continue
            name = group.words[-1]
            for inner in group.children:
                words = inner.words
                if words[0] in ("ip", "ipv6", "host") and "port" in words:
                    port = words[words.index("port") + 1 :][:1]
                    found.append(
                        Dialout(
                            kind="telemetry",
                            address=words[2] if words[0] != "host" else words[1],
                            source=reader.source(inner),
                            name=name,
                            port=number(port[0]) if port else None,
                            vrf=vrf,
                            tls=Known(True, certificates) if certificates else _unwritten(),
                            active=name in used and (feature is None or feature[0]),
                            sources=(reader.source(node), reader.source(group), reader.source(inner)),
                        )
                    )
    return found


def _unwritten() -> Setting[bool]:
    return Unknown(Code.DEFAULT, "whether the connection is encrypted is not written")


def _callhome(reader: Reader) -> list[Dialout]:
    """`callhome` with `transport email smtp-server A`, `destination-profile P {http U|email-addr A}` and `enable`."""
    found = []
    for _, node in reader.take("callhome"):
        reader.use_block(node)
        active = any(inner.text == "enable" for inner in node.children)
        for inner in node.walk():
            words = inner.words
            address = ""
            if "smtp-server" in words[:-1]:
                address = words[words.index("smtp-server") + 1]
            elif "http" in words[:-1] and words[0] == "destination-profile":
                address = words[words.index("http") + 1]
            if address:
                tls: Setting[bool] = Known(address.startswith("https:"), (reader.source(inner),))
                vrf = words[words.index("use-vrf") + 1] if "use-vrf" in words[:-1] else ""
                found.append(Dialout("call-home", address, reader.source(inner), vrf=vrf, tls=tls, active=active))
    return found


def _licences(reader: Reader) -> list[Dialout]:
    """`license smart url U`, `license smart transport {smart|cslu|callhome}`."""
    found = []
    for words, node in reader.take("license smart"):
        if words[:1] == ["url"] and len(words) > 1:
            tls: Setting[bool] = Known(words[-1].startswith("https:"), (reader.source(node),))
            found.append(Dialout("licence", words[-1], reader.source(node), tls=tls))
    return found


def _cloud(context: Context) -> list[Dialout]:
    feature = context.features.get("intersight")
    context.reader.use(*context.reader.find("intersight"))
    if feature is None or not feature[0]:
        return []
    return [Dialout("cloud-agent", "", feature[1], name="intersight", takes_commands=True)]


def names(context: Context) -> Names:
    """Read `ip name-server A ... [use-vrf V]`, `ip domain-lookup`, `ip host N A`, also inside `vrf context V`."""
    reader = context.reader
    resolvers: list[Resolver] = []
    hosts: list[Source] = []
    for vrf, node in _lines(reader):
        words = node.words
        if words[1] == "host":
            hosts.append(reader.source(node))
            continue
        where = words[words.index("use-vrf") + 1] if "use-vrf" in words[:-1] else vrf
        servers = words[2 : words.index("use-vrf")] if "use-vrf" in words else words[2:]
        resolvers += [Resolver(server, reader.source(node), where) for server in servers]
    return Names(tuple(resolvers), lookup=context.switch("ip domain-lookup"), static_hosts=tuple(hosts))


def _lines(reader: Reader) -> list[tuple[str, Node]]:
    starts = ("ip name-server", "ip host")
    found = [("", node) for start in starts for _, node in reader.take(start)]
    for words, node in reader.take("vrf context"):
        for inner in node.children:
            if inner.text.startswith(("ip name-server ", "ip host ")):
                reader.use(inner)
                found.append((words[0] if words else "", inner))
    reader.use(*reader.find("ip dns source-interface"))
    return [(vrf, node) for vrf, node in found if len(node.words) > 2]
