"""Logs and time (syntax-ios-family C.9)."""

from itertools import pairwise

from auditor.model.areas import Filter, Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.cisco_nxos.acls import CLOCK, bind
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_LEVELS = ("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging")
_SILENT = "0"
"""`logging level FACILITY 0` leaves emergencies only."""
_SWITCHED_OFF = {
    "logging console": "console messages",
    "logging monitor": "terminal messages",
    "logging module": "module messages",
    "logging timestamp": "fine timestamps",
}


def logging(context: Context) -> Logging:
    """Read `logging server A [LEVEL] ...`, `[no] logging logfile`, `logging level F N`, `no logging ...`."""
    reader = context.reader
    hosts = [_host(reader, words, node) for words, node in reader.take("logging server") if words]
    local, severity = _logfile(context)
    reader.use(*reader.find("logging"))
    last = reader.root.children[-1] if reader.root.children else None
    return Logging(
        hosts=tuple(hosts),
        vantage=reader.source(last) if last is not None else None,
        local=local,
        local_severity=severity,
        suppressions=tuple(_suppressions(reader)),
        config_changes=context.absent("accounting log", bool),
        logins=_logins(context),
    )


def _logins(context: Context) -> Setting[bool]:
    """Sessions stand in the accounting log, failures in the system log where `login on-failure log` says so."""
    reader = context.reader
    for start in ("login on-failure log", "login on-success log"):
        last = reader.last(start)
        if last is not None:
            return Known(not last.text.startswith("no "), (reader.source(last),))
    return context.absent("accounting log", bool)


def _level(word: str) -> str:
    level = number(word)
    return word if level is None or level >= len(_LEVELS) else _LEVELS[level]


def _host(reader: Reader, words: list[str], node: Node) -> LogHost:
    """`logging server A [LEVEL] [port N] [secure [...]] [use-vrf V] [facility F]`."""
    source = reader.source(node)
    severity: Setting[str] = Unknown(Code.DEFAULT, "the severity is not written at this receiver", (source,))
    port: int | None = None
    vrf, transport = "", "udp"
    rest = iter(words[1:])
    for word in rest:
        match word:
            case "port":
                port = number(next(rest, ""))
            case "use-vrf":
                vrf = next(rest, "")
            case "secure":
                transport = "tls"
            case "facility" | "client-identity":
                next(rest, "")
            case _ if number(word) is not None or word in _LEVELS:
                severity = Known(_level(word), (source,))
    return LogHost(words[0], source, transport, vrf, severity, port)


def _logfile(context: Context) -> tuple[Setting[bool], Setting[str]]:
    """`logging logfile NAME LEVEL [size N]`, `no logging logfile`."""
    last = context.reader.last("logging logfile")
    unknown: Setting[str] = Unknown(Code.DEFAULT, "the severity of the local log is not configured")
    if last is None:
        return context.absent("logging logfile", bool), unknown
    source = context.reader.source(last)
    if last.text.startswith("no "):
        return Known(False, (source,)), unknown
    words = last.words
    return Known(True, (source,)), Known(_level(words[3]), (source,)) if len(words) > 3 else unknown


def _suppressions(reader: Reader) -> list[Suppression]:
    """`no logging event ...`, `no logging console`, `logging level F 0`; also `no logging server` without a server."""
    found = []
    for node in list(reader.find("no logging")):
        words = node.words
        source = reader.source(node)
        key = " ".join(words[1:3])
        reader.use(node)
        if words[2:3] == ["event"]:
            found.append(Suppression("interface events", source, " ".join(words[3:])))
        elif words[2:3] == ["level"] and len(words) > 3:
            found.append(Suppression(f"facility {words[3]}", source))
        elif key in _SWITCHED_OFF:
            found.append(Suppression(_SWITCHED_OFF[key], source))
        elif words[2:3] not in (["server"], ["logfile"], ["source-interface"], ["origin-id"], ["rate-limit"]):
            found.append(Suppression(" ".join(words[2:]) or "all messages", source))
    for words, node in reader.take("logging level"):
        if len(words) > 1 and words[1] == _SILENT:
            found.append(Suppression(f"facility {words[0]}", reader.source(node)))
    return sorted(found, key=lambda one: one.source.line)


def time(context: Context) -> Time:
    """Read `ntp {server|peer} A [use-vrf V] [key N]`, keys and their trust, `ntp access-group`."""
    reader = context.reader
    trusted = {word for words, _ in reader.take("ntp trusted-key") for word in words}
    keys: dict[str, TimeKey] = {}
    for words, node in reader.take("ntp authentication-key"):
        if len(words) > 2:
            secret = reader.secret(words[2])
            keys[words[0]] = TimeKey(words[0], words[1], secret, reader.source(node), words[0] in trusted)
    switch = reader.last("ntp authenticate")
    on = switch is not None and not switch.text.startswith("no ")
    good = {number for number, key in keys.items() if key.trusted} if on else set()
    servers: dict[tuple[str, str], TimeServer] = {}
    for start in ("ntp server", "ntp peer"):
        for words, node in reader.take(start):
            if words:
                server = _server(reader, words, node, good, peer=start == "ntp peer")
                known = servers.get((start, server.address))
                if known is None or server.key or (server.vrf and not known.vrf):
                    servers[start, server.address] = server
    filters = tuple(_filters(context))
    reader.use(*reader.find("ntp"), *reader.find("no ntp"))
    return Time(
        tuple(sorted(servers.values(), key=lambda one: one.source.line)),
        tuple(keys.values()),
        context.feature("ntp"),
        filters,
    )


def _server(reader: Reader, words: list[str], node: Node, good: set[str], *, peer: bool) -> TimeServer:
    options = dict(pairwise(words))
    key = options.get("key", "")
    source = reader.source(node)
    return TimeServer(
        address=words[0],
        source=source,
        key=key,
        authenticated=Known(key in good, (source,)),
        peer=peer,
        vrf=options.get("use-vrf", ""),
    )


def _filters(context: Context) -> list[Filter]:
    """`ntp access-group {peer|serve|serve-only|query-only} A`."""
    return [
        bind(context.lists, words[1], 0, context.reader.source(node), CLOCK)
        for words, node in context.reader.take("ntp access-group")
        if len(words) > 1
    ]
