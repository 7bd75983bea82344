"""Boot, file transfers, connections the device opens, names (syntax-other-families D10, D11, D4)."""

import re
from collections.abc import Iterable, Sequence

from auditor.model.areas import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import ADDRESS, after, number
from auditor.syntax.tree import Node

_STARTUP = re.compile(
    r"\s*(?:Configured |Next )?[Ss]tartup (?P<what>system software|saved-configuration file|patch package|paf file|license file)\s*:\s*(?P<path>\S+)"
)
_KINDS = {"system software": "image", "saved-configuration file": "configuration", "license file": "licence"}


def boot(config: Config, startup: Sequence[str] | None, document: str) -> Boot:
    """Read the output of `display startup`, and what the configuration says of automatic installation and passwords.

    `autoconfig enable`, `set ztp {enable|disable}`, `ztp enable`; `undo bootrom password recover`.
    """
    images = tuple(_images(startup, document)) if startup is not None else ()
    return Boot(images=images, autoinstall=_autoinstall(config), password_recovery=_recovery(config))


def _images(lines: Sequence[str], document: str) -> Iterable[BootImage]:
    for index, line in enumerate(lines):
        match = _STARTUP.match(line)
        if match and match["path"] not in ("NULL", "default"):
            source = Source(document, index + 1, index + 1, line.strip())
            yield BootImage(
                match["path"], source, remote="://" in match["path"], kind=_KINDS.get(match["what"], "image")
            )


def _autoinstall(config: Config) -> Setting[bool]:
    nodes = []
    for start in (
        "autoconfig enable",
        "ztp enable",
        "set ztp",
        "undo autoconfig enable",
        "undo ztp enable",
        "autoconfig",
        "ztp",
    ):
        nodes += list(config.reader.find(start))
    config.reader.use(*nodes)
    if not nodes:
        return Unknown(Code.DEFAULT, "no statement about automatic installation, and its default is not documented")
    last = max(nodes, key=lambda node: node.number)
    return Known(not last.text.startswith("undo ") and not last.text.endswith("disable"), (config.reader.source(last),))


def _recovery(config: Config) -> Setting[bool] | None:
    for node in (*config.reader.find("bootrom password"), *config.reader.find("undo bootrom password")):
        config.reader.use(node)
        return Known(not node.text.startswith("undo "), (config.reader.source(node),))
    return None


def transfers(config: Config) -> Transfers:
    """Read `set save-configuration backup-to-server server A transport-type P user U password C`, log files."""
    found: list[Transfer] = []
    for words, node in config.reader.take("set save-configuration"):
        source = config.reader.source(node)
        host = after(words, "server")
        if host:
            secret = next((config.reader.secret(word) for word in words if config.reader.is_secret(word)), None)
            found.append(Transfer("archive", after(words, "transport-type", "ftp"), source, host, secret=secret))
    for start in ("configuration backup server", "backup-configuration", "info-center logfile upload"):
        for words, node in config.reader.take(start):
            host = next((word for word in words if ADDRESS.match(word)), "")
            protocol = next((word for word in words if word in ("ftp", "tftp", "sftp", "http", "https")), "ftp")
            found.append(Transfer("archive", protocol, config.reader.source(node), host))
    return Transfers(tuple(found))


def dialouts(config: Config) -> Dialouts:
    """Read `telemetry` / `destination-group`, `netconf` / `callhome N` / `endpoint E` / `peer-ip A port P`, `cwmp`, cloud controllers."""
    found = [*_telemetry(config), *_callhome(config), *_cwmp(config), *_cloud(config)]
    return Dialouts(tuple(found))


def _telemetry(config: Config) -> Iterable[Dialout]:
    reader = config.reader
    for node in reader.find("telemetry"):
        reader.use(node)
        used = {
            inner.words[1]: reader.source(inner)
            for block in node.children
            for inner in block.children
            if inner.words[0] == "destination-group" and len(inner.words) > 1
        }
        for block in node.children:
            reader.use_block(block)
            if block.words[0] != "destination-group":
                continue
            group = block.words[-1]
            for inner in block.children:
                words = inner.words
                address = after(words, "ipv4-address") or after(words, "ipv6-address") or after(words, "domain-name")
                if not address:
                    continue
                tls: Setting[bool] = Unknown(Code.DEFAULT, "no 'no-tls' is written", (reader.source(inner),))
                if "no-tls" in words or after(words, "protocol") == "udp":
                    tls = Known(False, (reader.source(inner),))
                sources = (reader.source(block), *((used[group],) if group in used else ()))
                yield Dialout(
                    "telemetry", address, reader.source(inner), group, number(after(words, "port")), after(words, "vpn-instance"),
                    tls=tls, active=group in used, sources=sources,
                )  # fmt: skip


def _callhome(config: Config) -> Iterable[Dialout]:
    reader = config.reader
    for node in reader.find("netconf"):
        reader.use(node)
        for inner in node.walk():
            words = inner.words
            if words[0] in (
                "callhome",
                "endpoint",
                "protocol",
                "source",
                "authentication",
                "idle-timeout",
                "ssl-verify",
                "port",
                "activation",
            ):
                reader.use(inner)
            if words[0] == "peer-ip" and len(words) > 1:
                reader.use(inner)
                yield Dialout(
                    "call-home", words[1], reader.source(inner), port=number(after(words, "port")), vrf=after(words, "vpn-instance"),
                    takes_commands=True, tls=Known(True, (reader.source(inner),)),
                )  # fmt: skip


def _cwmp(config: Config) -> Iterable[Dialout]:
    """`cwmp acs url U` (also inside `cwmp`)."""
    reader = config.reader
    nodes: list[Node] = []
    for node in reader.find("cwmp"):
        reader.use(node)
        nodes += [node, *node.children]
    for node in nodes:
        words = node.words
        if "url" in words[:-1]:
            reader.use(node)
            url = after(words, "url")
            yield Dialout("tr-069", url, reader.source(node), takes_commands=True, tls=Known(url.startswith("https:")))
        elif words[:1] == ["cwmp"]:
            reader.use(node)


def _cloud(config: Config) -> Iterable[Dialout]:
    """`cloud-mng controller {ip-address | url} A port P`, `cloud-mng register-center url U`."""
    for words, node in config.reader.take("cloud-mng"):
        address = after(words, "url") or after(words, "ip-address")
        if address:
            yield Dialout(
                "cloud-agent",
                address,
                config.reader.source(node),
                port=number(after(words, "port")),
                takes_commands=True,
            )


def names(config: Config) -> Names:
    """Read `dns server A [vpn-instance V]`, `dns resolve`, `ip host N A`."""
    reader = config.reader
    resolvers = []
    for start in ("dns server", "dns-server", "dns server ipv6"):
        for words, node in reader.take(start):
            address = next((word for word in words if ADDRESS.match(word)), "")
            if address and start != "dns server ipv6":
                resolvers.append(Resolver(address, reader.source(node), after(words, "vpn-instance")))
            elif not address and words[:1] not in (["enable"], ["ipv6"], ["source-ip"], ["source-interface"]):
                reader.give_back(node)
    hosts = tuple(reader.source(node) for start in ("ip host", "ipv6 host") for _, node in reader.take(start))
    switch = config.last("dns resolve")
    lookup: Setting[bool] = (
        Unknown(Code.DEFAULT, "no 'dns resolve', and its default is not documented")
        if switch is None
        else Known(not switch.text.startswith("undo "), (reader.source(switch),))
    )
    reader.use(*reader.find("dns domain"), *reader.find("dns-domain"), *reader.find("dns timeout"))
    return Names(tuple(resolvers), lookup=lookup, static_hosts=hosts)
