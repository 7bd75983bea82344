"""Logs and time (syntax-ios-family A.9)."""

import re
from collections.abc import Sequence

from auditor.model.areas import Filter, Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after, number, number_after
from auditor.syntax.tree import Node

_OLD_FORM = re.compile(r"logging (?:\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+|[\w-]+(?:\.[\w-]+)+)(?:\s|$)")
"""An address, or a name with a dot, where other statements have a key word."""
LEVELS = (
    "emergencies",
    "alerts",
    "critical",
    "errors",
    "warnings",
    "notifications",
    "informational",
    "debugging",
)
_OFF = "off"
_SETTINGS = (
    *("console", "monitor", "source-interface", "facility", "origin-id", "rate-limit", "userinfo", "history", "count"),
    *(
        "exception",
        "snmp-authfail",
        "snmp-trap",
        "message-counter",
        "persistent",
        "queue-limit",
        "synchronous",
        "buginf",
    ),
    *("esm", "cns-events", "server-arp", "alarm", "delimiter", "dmvpn", "ip", "event", "file"),
)


def logging(context: Context, ports: Sequence[Port]) -> Logging:
    """Read receivers, severities, what is left out, and what is recorded of people.

    `logging host A ...`, the old `logging A`, `[no] logging on`, `logging trap LEVEL`, `logging buffered [N] [LEVEL]`,
    `logging discriminator D ... drops RE`, `no logging event E` of interfaces, `archive` > `log config` > `logging
    enable`, `login {on-success|on-failure} log`, `service timestamps log ...`.
    """
    reader = context.reader
    severity, sending = _severity(context)
    end = list(reader.find("end"))
    local, local_severity = _local(context)
    _settings(reader)
    return Logging(
        hosts=tuple(_hosts(reader, severity)),
        enabled=_enabled(context),
        vantage=reader.source(end[-1]) if end else None,
        local=local,
        local_severity=local_severity,
        suppressions=(*_discriminators(reader), *sending, *_quiet_ports(reader, ports)),
        config_changes=_config_changes(context),
        logins=_logins(context),
        timestamps=_timestamps(context),
    )


def _enabled(context: Context) -> Known[bool]:
    switch = context.reader.last("logging on")
    return Known(switch is None or switch.text != "no logging on", context.sources(switch))


def _hosts(reader: Reader, severity: Setting[str]) -> list[LogHost]:
    found: dict[tuple[str, str], LogHost] = {}
    for words, node in reader.take("logging host"):
        words = words[1:] if words[:1] == ["ipv6"] else words
        if words:
            host = LogHost(
                address=words[0],
                source=reader.source(node),
                transport=after(words, "transport") or "udp",
                vrf=after(words, "vrf"),
                severity=severity,
                port=number_after(words, "port"),
            )
            found[host.address, host.vrf] = host
    for node in reader.find("logging"):
        if _OLD_FORM.match(node.text):
            reader.use(node)
            address = node.text.split()[1]
            found[address, ""] = LogHost(address, reader.source(node), transport="udp", severity=severity)
    return list(found.values())


def _severity(context: Context) -> tuple[Setting[str], list[Suppression]]:
    """`logging trap [LEVEL]` for every receiver; `no logging trap` sends nothing to any."""
    node = context.reader.last("logging trap")
    if node is None:
        return context.absent("logging trap", str), []
    source = context.reader.source(node)
    if node.text.startswith("no "):
        return Known(_OFF, (source,)), [Suppression("messages to every receiver", source)]
    words = node.text.split()[2:]
    return Known(level(words[0]) if words else "informational", (source,)), []


def level(word: str) -> str:
    """A severity by its number or its name."""
    found = number(word)
    return LEVELS[found] if found is not None and found < len(LEVELS) else word


def _local(context: Context) -> tuple[Setting[bool], Setting[str]]:
    """`logging buffered [discriminator D] [SIZE] [LEVEL]`."""
    unset: Setting[str] = Unknown(Code.DEFAULT, "'logging buffered' names no severity")
    node = context.reader.last("logging buffered")
    if node is None:
        return context.absent("logging buffered", bool), unset
    stated = context.stated(node)
    words = node.text.split()[2:]
    if words and (words[-1] in LEVELS or (number(words[-1]) or len(LEVELS)) < len(LEVELS)):
        return stated, Known(level(words[-1]), stated.sources)
    return stated, unset


def _discriminators(reader: Reader) -> list[Suppression]:
    """`logging discriminator D {facility|mnemonics|msg-body} {drops|includes} RE ...`.

    `includes` drops all the rest. One that no receiver and no buffer uses drops nothing.
    """
    found = []
    used = _thinned(reader)
    for words, node in reader.take("logging discriminator"):
        if not words or words[0] not in used:
            continue
        for position, word in enumerate(words[:-1]):
            if word in ("drops", "includes"):
                what = words[position - 1] if position else ""
                told = "matching" if word == "drops" else "not matching"
                found.append(
                    Suppression(
                        f"messages with {what} {told} a pattern",
                        reader.source(node),
                        words[position + 1],
                        inverted=word == "includes",
                        scope=used[words[0]],
                    )
                )
    return found


def _thinned(reader: Reader) -> dict[str, str]:
    """Names of the discriminators that are in use: `receiver` where a receiver uses it, else `local`."""
    found = {}
    for start, scope in (("buffered", "local"), ("console", "local"), ("monitor", "local"), ("host", "receiver")):
        for node in reader.find(f"logging {start}"):
            name = after(node.text.split(), "discriminator")
            if name:
                found[name] = scope
    return found


def _quiet_ports(reader: Reader, ports: Sequence[Port]) -> list[Suppression]:
    """`no logging event link-status` of an interface."""
    return [
        Suppression(f"interface events of {port.name}", reader.source(node))
        for port in ports
        for node in port.block.all("no logging event")
    ]


def _config_changes(context: Context) -> Setting[bool]:
    """`archive` > `log config` > `logging enable` [> `notify syslog`]; `hidekeys` alone records nothing."""
    sources: list[Source] = []
    for _, archive in context.reader.take("archive"):
        for _, block in context.reader.take("log config", archive):
            context.reader.use(*block.children)
            sources += [
                context.reader.source(inner)
                for inner in block.children
                if inner.text.startswith(("logging enable", "notify syslog"))
            ]
            if not any(inner.text == "logging enable" for inner in block.children):
                sources.clear()
    return Known(True, tuple(sources)) if sources else context.absent("archive log config", bool)


def _logins(context: Context) -> Setting[bool]:
    """`login on-success log` and `login on-failure log`."""
    nodes = [
        node for start in ("login on-success", "login on-failure") if (node := context.reader.last(start)) is not None
    ]
    on = [node for node in nodes if not node.text.startswith("no ")]
    if nodes:
        return Known(bool(on), context.sources(*(on or nodes)))
    return context.absent("login on-success log", bool)


def _timestamps(context: Context) -> Setting[bool]:
    node = context.reader.last("service timestamps log")
    bare = next((one for one in context.reader.find("service timestamps") if one.text == "service timestamps"), None)
    context.reader.use(*context.reader.find("service timestamps debug"), *((bare,) if bare else ()))
    written = node if node is not None else bare
    if written is None:
        return Unknown(Code.DEFAULT, "no 'service timestamps log', and its default differs between releases")
    return context.stated(written)


def _settings(reader: Reader) -> None:
    """How messages are written and kept: of the area, and nothing that is asked for."""
    for word in _SETTINGS:
        reader.use(*reader.find(f"logging {word}"), *reader.find(f"no logging {word}"))


def time(context: Context, lists: Lists, ports: Sequence[Port]) -> Time:
    """Read servers, keys and who may ask.

    `ntp {server|peer} [vrf V] A [key N]`, `sntp server A`, `ntp authentication-key`, `ntp trusted-key`, `ntp
    authenticate`, `ntp master`, `ntp access-group`.
    """
    reader = context.reader
    trusted = _trusted(reader)
    keys = _keys(reader, trusted)
    switch = reader.last("ntp authenticate")
    on = switch is not None and not switch.text.startswith("no ")
    good = {key.id for key in keys if key.trusted} if on else set()
    servers = _servers(reader, good, switch)
    masters = list(reader.find("ntp master"))
    for start in ("ntp master", "ntp source", "ntp logging", "ntp update-calendar", "ntp clock-period", "ntp allow"):
        reader.use(*reader.find(start))
    return Time(
        servers=tuple(servers),
        keys=tuple(keys),
        serves=_serves(context, servers, masters, ports),
        filters=tuple(_filters(context, lists)),
    )


def _servers(reader: Reader, good: set[str], switch: Node | None) -> list[TimeServer]:
    found: dict[tuple[str, str, int], TimeServer] = {}
    for start, peer in (("ntp server", False), ("ntp peer", True), ("sntp server", False)):
        for words, node in reader.take(start):
            vrf = after(words, "vrf")
            names = [word for word in words if word not in ("vrf", vrf, "ip", "ipv6")]
            if not names:
                reader.give_back(node)
                continue
            key, source = after(words, "key"), reader.source(node)
            proof = (source, reader.source(switch)) if key in good and switch is not None else (source,)
            server = TimeServer(names[0], source, key, Known(key in good, proof), peer, vrf)
            found[names[0], vrf, node.number] = server
    return list(found.values())


def _keys(reader: Reader, trusted: set[str]) -> list[TimeKey]:
    """`ntp authentication-key N {md5|hmac-sha1|hmac-sha2-256|cmac-aes-128} K [7]`."""
    found = {}
    for words, node in reader.take("ntp authentication-key"):
        if len(words) > 2:
            found[words[0]] = TimeKey(
                words[0], words[1], reader.secret(words[2]), reader.source(node), words[0] in trusted
            )
        else:
            reader.give_back(node)
    return list(found.values())


_MOST = 5000
"""More keys than any device has: a range that claims more is not worked out."""


def _trusted(reader: Reader) -> set[str]:
    """`ntp trusted-key N` and `ntp trusted-key N - M`."""
    found: set[str] = set()
    for words, _ in reader.take("ntp trusted-key"):
        numbers = [one for word in words if (one := number(word)) is not None]
        found |= {str(one) for one in numbers}
        if "-" in words and len(numbers) > 1 and numbers[-1] - numbers[0] < _MOST:
            found |= {str(one) for one in range(numbers[0], numbers[-1] + 1)}
    return found


def _serves(
    context: Context, servers: Sequence[TimeServer], masters: Sequence[Node], ports: Sequence[Port]
) -> Setting[bool]:
    """Once NTP runs it answers on every interface that does not say `ntp disable`."""
    sources = (*(server.source for server in servers), *context.sources(*masters))
    if not sources:
        return context.absent("ntp", bool)
    closed = [port.block.switch("ntp disable") for port in ports if not port.shutdown]
    if closed and all(node is not None and not node.text.startswith("no ") for node in closed):
        return Known(False, context.sources(*closed))
    return Known(True, sources)


def _filters(context: Context, lists: Lists) -> list[Filter]:
    """`ntp access-group [ipv4|ipv6] {peer|serve|serve-only|query-only} A [kod]`."""
    found = []
    for words, node in context.reader.take("ntp access-group"):
        family = 6 if words[:1] == ["ipv6"] else 4
        words = words[1:] if words[:1] in (["ipv4"], ["ipv6"]) else words
        if len(words) > 1:
            source = context.reader.source(node)
            context.refer("access-list", words[1], f"ntp {words[0]}", source, family, "in")
            found.append(lists.on_service(words[1], family, source))
        else:
            context.reader.give_back(node)
    return found
