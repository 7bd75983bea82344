"""Logs and time (syntax-other-families D9)."""

from collections.abc import Iterable

import msgspec

from auditor.model.areas import Filter, Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.defaults import UNDEFINED_NTP
from auditor.platforms.huawei_vrp.words import after, number
from auditor.syntax.tree import Node

_LEVELS = {"emergencies": "emergency", "alert": "alert", "critical": "critical", "error": "error", "warning": "warning",
           "notification": "notice", "informational": "informational", "debugging": "debugging"}  # fmt: skip


class _Channels(msgspec.Struct):
    """`info-center source M channel C log {level L | state off}`."""

    levels: dict[str, tuple[str, Source]] = msgspec.field(default_factory=dict)
    off: list[tuple[str, str, Source]] = msgspec.field(default_factory=list)


def logging(config: Config) -> Logging:
    """Read `info-center {enable | loghost A ... | source ... | filter-id ... | logbuffer ... | timestamp ...}`."""
    reader = config.reader
    channels = _channels(config)
    switch = config.last("info-center enable")
    enabled: Setting[bool] = (
        config.absent("info-center enable", bool)
        if switch is None
        else Known(not switch.text.startswith("undo "), (reader.source(switch),))
    )
    hosts = tuple(_hosts(config, channels))
    local, severity = _local(config, channels)
    last = reader.root.children[-1] if reader.root.children else None
    unset: Setting[bool] = Unknown(
        Code.DEFAULT, "no statement decides it, and what VRP records by itself is not documented"
    )
    if isinstance(enabled, Known) and not enabled.value:
        unset = enabled
    return Logging(
        hosts=hosts,
        enabled=enabled,
        vantage=reader.source(last) if last is not None else None,
        local=local,
        local_severity=severity,
        suppressions=tuple(_suppressions(config, channels)),
        config_changes=unset,
        logins=unset,
        timestamps=_timestamps(config),
    )


def _channels(config: Config) -> _Channels:
    found = _Channels()
    names = {
        words[0]: words[2]
        for words, _ in config.reader.take("info-center channel")
        if len(words) > 2 and words[1] == "name"
    }
    for words, node in config.reader.take("info-center source"):
        source = config.reader.source(node)
        channel = after(words, "channel")
        channel = names.get(channel, channel)
        module = words[0] if words else ""
        logs = words[words.index("log") + 1 :] if "log" in words else []
        kinds = logs[:4]
        if "off" in kinds or (not logs and after(words, "state") == "off"):
            found.off.append((module, channel, source))
        level = after(kinds, "level")
        if level:
            found.levels[channel] = (_LEVELS.get(level, level), source)
    return found


def _hosts(config: Config, channels: _Channels) -> Iterable[LogHost]:
    """`info-center loghost {A | domain D} [vpn-instance V] [channel C] [level L] [port P] [transport {udp|tcp [ssl-policy S]}]`."""
    for words, node in config.reader.take("info-center loghost"):
        if not words or words[0] == "source":
            continue
        rest = words[1:] if words[0] in ("domain", "ipv6") else words
        if not rest:
            config.reader.give_back(node)
            continue
        transport = after(rest, "transport")
        source = config.reader.source(node)
        yield LogHost(
            address=rest[0],
            source=source,
            transport="tls" if "ssl-policy" in rest else transport,
            vrf=after(rest, "vpn-instance"),
            severity=_severity(rest, channels, source),
            port=number(after(rest, "port")),
        )


def _severity(words: list[str], channels: _Channels, source: Source) -> Setting[str]:
    level = after(words, "level") or after(words, "severity")
    if level:
        return Known(_LEVELS.get(level, level), (source,))
    channel = after(words, "channel") or "loghost"
    names = {"2": "loghost", "loghost": "loghost"}
    told = (
        channels.levels.get(channel)
        or channels.levels.get(names.get(channel, channel))
        or (channels.levels.get("2") if channel == "loghost" else None)
    )
    if told is not None:
        return Known(told[0], (source, told[1]))
    return Unknown(Code.DEFAULT, "neither the receiver nor its channel names a level", (source,))


def _local(config: Config, channels: _Channels) -> tuple[Setting[bool], Setting[str]]:
    """`info-center logbuffer [size N | channel C]`, `undo info-center logbuffer`."""
    off = list(config.reader.find("undo info-center logbuffer"))
    nodes = [*config.reader.find("info-center logbuffer"), *config.reader.find("info-center logfile")]
    config.reader.use(*off, *nodes)
    plain = [node for node in off if node.text == "undo info-center logbuffer"]
    local: Setting[bool] = Known(True, tuple(config.reader.source(node) for node in nodes))
    if plain:
        local = Known(False, tuple(config.reader.source(node) for node in plain))
    told = channels.levels.get("logbuffer") or channels.levels.get("4")
    severity: Setting[str] = (
        Known(told[0], (told[1],)) if told else Unknown(Code.DEFAULT, "no level of the log buffer is configured")
    )
    return local, severity


def _suppressions(config: Config, channels: _Channels) -> Iterable[Suppression]:
    """Channels that are switched off, `info-center filter-id ...`, `info-center local log-counter disable` is none."""
    for module, channel, source in channels.off:
        yield Suppression(f"module {module} to {channel}", source, scope=_scope(channel))
    for words, node in config.reader.take("info-center filter-id"):
        named = [word for word in words if word != "bymodule-alias"]
        pattern = words[0] if words and words[0].startswith("0x") else " ".join(named)
        yield Suppression(f"events {' '.join(words)}", config.reader.source(node), pattern=pattern)
    for words, node in config.reader.take("info-center logging suppress"):
        yield Suppression(f"duplicates {' '.join(words)}".strip(), config.reader.source(node))


_TERMINALS = ("0", "console", "1", "monitor", "3", "trapbuffer", "4", "logbuffer", "5", "snmpagent", "9", "logfile")
"""Channels that lead to no receiver."""


def _scope(channel: str) -> str:
    return "local" if channel in _TERMINALS else "receiver"


def _timestamps(config: Config) -> Setting[bool]:
    """`info-center timestamp log {none | date | short-date | format-date | boot}`."""
    for words, node in config.reader.take("info-center timestamp"):
        if words[:1] == ["log"] and words[-1] in ("none", "no-timestamp"):
            return Known(False, (config.reader.source(node),))
    return Known(True)


class _Ntp(msgspec.Struct):
    servers: list[tuple[list[str], Node, bool]] = msgspec.field(default_factory=list)
    keys: dict[str, TimeKey] = msgspec.field(default_factory=dict)
    trusted: set[str] = msgspec.field(default_factory=set)
    on: Source | None = None
    serves: Setting[bool] | None = None
    filters: list[Filter] = msgspec.field(default_factory=list)


def time(config: Config) -> Time:
    """Read `ntp-service ...` (VRP5) and `ntp ...` (VRP8): servers, peers, keys, access, and `sntp`."""
    found = _Ntp()
    for start in ("ntp-service", "ntp", "sntp"):
        for words, node in config.reader.take(start):
            if not _ntp(config, found, words, node):
                config.reader.give_back(node)
        for node in config.reader.find(f"undo {start}"):
            config.reader.use(node)
            if node.text.endswith("server disable"):
                found.serves = Unknown(Code.DEFAULT, "whether the service answers by default is not documented")
    keys = {name: msgspec.structs.replace(key, trusted=name in found.trusted) for name, key in found.keys.items()}
    return Time(
        servers=tuple(_server(config, found, keys, words, node, peer=peer) for words, node, peer in found.servers),
        keys=tuple(keys.values()),
        serves=found.serves
        if found.serves is not None
        else Unknown(
            Code.DEFAULT, "no statement says whether the device answers NTP, and the default is not documented"
        ),
        filters=tuple(found.filters),
    )


def _ntp(config: Config, found: _Ntp, words: list[str], node: Node) -> bool:
    source = config.reader.source(node)
    rest = [word for word in words if word != "ipv6"]
    match rest:
        case ["unicast-server" | "server", "disable"]:
            found.serves = Known(False, (source,))
        case ["unicast-server", address, *_] if address:
            found.servers.append((rest[1:], node, False))
        case ["server", "enable"] | ["server-enable"]:
            found.serves = Known(True, (source,))
        case ["server", _, *_]:
            found.servers.append((rest[1:], node, False))
        case ["unicast-peer" | "peer", _, *_]:
            found.servers.append((rest[1:], node, True))
        case ["disable", *_]:
            found.serves = Known(False, (source,))
        case ["refclock-master", *_]:
            found.serves = Known(True, (source,))
        case ["authentication", "enable"]:
            found.on = source
        case ["authentication-keyid", identity, *how]:
            token = next((word for word in how if config.reader.is_secret(word)), "")
            algorithm = after(how, "authentication-mode")
            found.keys[identity] = TimeKey(identity, algorithm, config.reader.secret(token), source)
        case ["reliable", "authentication-keyid", identity, *_]:
            found.trusted.add(identity)
        case ["access", what, *names] if names:
            name = names[-1]
            family = 6 if "ipv6" in words or "acl6" in words else 4
            missing: Setting[bool] = Known(False, (source,), default=UNDEFINED_NTP)
            found.filters.append(config.lists.bind(name, family, f"ntp {what}", source, missing, "in"))
        case (
            ["enable"]
            | ["source-interface", *_]
            | ["max-dynamic-sessions", *_]
            | ["discard", *_]
            | ["sync-interval", *_]
            | ["port", *_]
        ):
            pass
        case [
            "max-distance"
            | "broadcast-client"
            | "multicast-client"
            | "manycast-client"
            | "manycast-server"
            | "max-sys-poll"
            | "in-interface",
            *_,
        ]:
            pass
        case _:
            return False
    return True


def _server(
    config: Config, found: _Ntp, keys: dict[str, TimeKey], words: list[str], node: Node, *, peer: bool
) -> TimeServer:
    identity = after(words, "authentication-keyid")
    source = config.reader.source(node)
    sound = bool(identity) and found.on is not None and identity in keys and keys[identity].trusted
    sources = (source, *((found.on,) if sound and found.on else ()), *((keys[identity].source,) if sound else ()))
    return TimeServer(
        address=words[1] if words[0] == "domain" and len(words) > 1 else words[0],
        source=source,
        key=identity,
        authenticated=Known(sound, sources),
        peer=peer,
        vrf=after(words, "vpn-instance"),
    )
