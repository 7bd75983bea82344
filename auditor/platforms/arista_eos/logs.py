"""Logs and time (syntax-ios-family D.9)."""

from auditor.model.areas import Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import Port
from auditor.platforms.arista_eos.text import after, last_of, number
from auditor.syntax.tree import Node

_LEVELS = ("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging")
_SYSLOG = ("emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug")
_QUIET_BELOW = 5
"""A facility that logs nothing milder than warnings keeps notices of logins and changes to itself."""
_SETTINGS = ("format", "facility", "source-interface", "local-interface", "synchronous", "console", "monitor", "persistent", "repeat-messages",
             "event", "relogging-interval", "qos", "buffered", "level", "trap", "on", "vrf", "host", "policy", "default")  # fmt: skip


def _level(words: list[str]) -> str | None:
    """A level in syslog's words."""
    for word in words:
        if word in _LEVELS:
            return _SYSLOG[_LEVELS.index(word)]
        if word in _SYSLOG:
            return word
        if word.isdigit() and int(word) < len(_SYSLOG):
            return _SYSLOG[int(word)]
    return None


def logging(context: Context) -> Logging:
    """Read `logging` statements and what makes the log tell of people.

    logging [vrf V] host A [PORT ...] [protocol {udp|tcp|tls [ssl-profile P]}]
    [no] logging on, [no] logging trap [LEVEL], [no] logging buffered [N] [LEVEL], logging level FACILITY LEVEL
    logging policy match [inverse-result] match-list M discard; match-list input string M / SEQ match regex R
    aaa authentication policy {on-success|on-failure} log
    """
    config = context.config
    suppressions: list[Suppression] = []
    patterns: dict[str, list[str]] = {}
    for words, node in config.take("match-list input string"):
        config.use_block(node)
        patterns.setdefault(" ".join(words), []).extend(inner.text.partition(" regex ")[2] for inner in node.children)
    severity = _severity(context)
    buffered = last_of((*config.find("logging buffered"), *config.find("no logging buffered")), "logging buffered")
    for words, node in config.take("logging"):
        if words[:1] == ["policy"]:
            suppressions += _discarded(context, words, node, patterns)
        elif words[:1] == ["level"] and len(words) > 2:
            suppressions += _quiet(context, words, node)
        elif not words or words[0] not in _SETTINGS:
            config.give_back(node)
    for _, node in config.take("no logging"):
        config.use(node)
    config_log = next((one for one in suppressions if one.what == "facility SYS below its level"), None)
    switch = last_of((*config.find("logging on"), *config.find("no logging on")), "logging on")
    enabled = context.flag(switch, "logging on")
    end = list(config.find("end"))
    level = _level(buffered.words[2:]) if buffered is not None and not buffered.text.startswith("no ") else None
    return Logging(
        hosts=tuple(_hosts(context, severity)),
        enabled=enabled,
        vantage=config.source(end[-1]) if end else context.vantage,
        local=Known(not buffered.text.startswith("no "), (config.source(buffered),))
        if buffered is not None
        else Known(True),
        local_severity=Known(level, (config.source(buffered),))
        if level and buffered is not None
        else Unknown(Code.DEFAULT, "the severity of the local log is not configured"),
        suppressions=tuple(suppressions),
        config_changes=_changes(context, enabled, config_log),
        logins=_logins(context),
    )


def _changes(context: Context, enabled: Setting[bool], quiet: Suppression | None) -> Setting[bool]:
    """Changes are logged by facility SYS, unless that is kept quiet or nothing is logged at all."""
    if isinstance(enabled, Known) and not enabled.value:
        return enabled
    return Known(False, (quiet.source,)) if quiet is not None else context.absent("configuration log", bool)


def _severity(context: Context) -> Setting[str]:
    """`logging trap LEVEL` holds for every receiver; what `no logging trap` leaves is not documented."""
    config = context.config
    node = last_of((*config.find("logging trap"), *config.find("no logging trap")), "logging trap")
    if node is None:
        return Unknown(Code.DEFAULT, "no 'logging trap', and its default is not documented")
    config.use(node)
    source = config.source(node)
    level = _level(node.words[2:]) if not node.text.startswith("no ") else None
    return Known(level, (source,)) if level else Unknown(Code.DEFAULT, f"'{node.text}' names no severity", (source,))


def _hosts(context: Context, severity: Setting[str]) -> list[LogHost]:
    config = context.config
    found: dict[tuple[str, str, int | None], LogHost] = {}
    for node in config.find("logging"):
        words = node.words[1:]
        vrf, rest = (words[1], words[2:]) if words[:1] == ["vrf"] and len(words) > 2 else ("", words)
        if rest[:1] != ["host"] or len(rest) < 2:
            continue
        vrf = vrf or after(rest, "vrf")
        ports = [value for word in rest[2:] if (value := number(word)) is not None]
        for port in ports or (None,):
            found[rest[1], vrf, port] = LogHost(
                rest[1], config.source(node), after(rest, "protocol", "udp"), vrf, severity, port
            )
    return list(found.values())


def _discarded(context: Context, words: list[str], node: Node, patterns: dict[str, list[str]]) -> list[Suppression]:
    config = context.config
    if "discard" not in words:
        return []
    name = after(words, "match-list")
    inverse = "all messages but those" if "inverse-result" in words else "messages"
    pattern = " | ".join(patterns.get(name, ()))
    return [
        Suppression(f"{inverse} matching list {name}", config.source(node), pattern, inverted="inverse-result" in words)
    ]


def _quiet(context: Context, words: list[str], node: Node) -> list[Suppression]:
    level = _level(words[2:])
    if level is None or _SYSLOG.index(level) >= _QUIET_BELOW:
        return []
    return [Suppression(f"facility {words[1]} below its level", context.config.source(node), level)]


def _logins(context: Context) -> Setting[bool]:
    config = context.config
    found = {}
    for words, node in config.take("aaa authentication policy"):
        if words[:1] in (["on-success"], ["on-failure"]) and words[1:2] == ["log"]:
            found[words[0]] = config.source(node)
    if len(found) == len(("on-success", "on-failure")):
        return Known(True, tuple(found.values()))
    absent = context.absent("on-success log", bool)
    return Known(False, tuple(found.values())) if found and isinstance(absent, Known) else absent


def time(context: Context, ports: list[Port]) -> Time:
    """Read `ntp` statements.

    ntp server [vrf V] A [prefer] [iburst] [key N], ntp authenticate [servers],
        ntp authentication-key N {md5|sha1} [0|7|8a] K
    ntp trusted-key LIST, ntp serve all [vrf V], ntp serve {ip|ipv6} access-group A [vrf V] in; interface / ntp serve
    """
    config = context.config
    trusted = _numbers([word for words, _ in config.take("ntp trusted-key") for word in words])
    keys: dict[str, TimeKey] = {}
    for words, node in config.take("ntp authentication-key"):
        if len(words) > 1:
            keys[words[0]] = TimeKey(
                words[0], words[1], config.secret(words[-1]), config.source(node), words[0] in trusted
            )
    authenticate = [config.source(node) for _, node in config.take("ntp authenticate")]
    servers: dict[tuple[str, str], TimeServer] = {}
    for words, node in config.take("ntp server"):
        vrf, rest = (words[1], words[2:]) if words[:1] == ["vrf"] and len(words) > 2 else ("", words)
        if not rest:
            config.give_back(node)
            continue
        key = after(rest, "key")
        good = bool(key and key in keys and key in trusted and authenticate)
        evidence = (config.source(node), *authenticate, keys[key].source) if good else (config.source(node),)
        servers[rest[0], vrf] = TimeServer(rest[0], config.source(node), key, Known(good, evidence), vrf=vrf)
    serving: list[Source] = []
    filters = []
    for words, node in config.take("ntp serve"):
        if words[:1] == ["all"]:
            serving.append(config.source(node))
        elif words[:1] in (["ip"], ["ipv6"]) and len(words) > 2:
            filters.append(
                context.filter(
                    words[2], 4 if words[0] == "ip" else 6, "ntp", config.source(node), frozenset(("123", "ntp"))
                )
            )
    for port in ports:
        for positive, words, inner in port.by.get("ntp", ()):
            config.use(inner)
            if positive and words == ["ntp", "serve"]:
                serving.append(config.source(inner))
    for start in (
        "ntp local-interface",
        "ntp source",
        "no ntp serve",
        "ntp qos",
        "no ntp authenticate",
        "ntp force-stop",
    ):
        for _, node in config.take(start):
            config.use(node)
    return Time(
        servers=tuple(servers.values()),
        keys=tuple(keys.values()),
        serves=Known(True, tuple(serving)) if serving else context.absent("ntp serve", bool),
        filters=tuple(filters),
    )


def _numbers(words: list[str]) -> set[str]:
    """Key numbers in lists such as `1,3-5`."""
    found: set[str] = set()
    for part in ",".join(words).split(","):
        low, dash, high = part.partition("-")
        if dash and low.isdigit() and high.isdigit() and len(high) < 7:
            found.update(str(one) for one in range(int(low), min(int(high), int(low) + 65535) + 1))
        elif part:
            found.add(part)
    return found
