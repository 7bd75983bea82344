"""Logs and time (syntax-other-families A9)."""

from collections.abc import Iterable

from auditor.model.areas import Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

FACILITIES = frozenset(
    ("any", "authorization", "change-log", "conflict-log", "daemon", "dfc", "external", "firewall", "ftp",
     "interactive-commands", "kernel", "ntp", "pfe", "security", "user", "local0", "local1", "local2", "local3",
     "local4", "local5", "local6", "local7")
)  # fmt: skip
_LEVELS = {"any": "debug", "info": "informational", "notice": "notice", "warning": "warning", "error": "error",
           "critical": "critical", "alert": "alert", "emergency": "emergency"}  # fmt: skip
_ORDER = tuple(_LEVELS)
_DETAILED = frozenset(("any", "info"))
"""Levels at which everything of interest is kept."""
_HANDLING = frozenset(
    ("facility-override", "log-prefix", "source-address", "explicit-priority", "port", "structured-data", "archive",
     "exclude-hostname", "tlsdetails", "transport", "routing-instance", "allow-duplicates", "time-format")
)  # fmt: skip
_INSIDE = frozenset(("other-routing-engine", "scc-master", "lcc-master", "sfc0-master"))
"""Names of other routing engines of the same device."""
_WATCHERS = frozenset(("eventd", "event-processing", "audit-process", "syslog", "syslogd", "snmp", "snmpd", "auditd"))
"""Processes without which events are not recorded or not told."""
_SPOKEN = ("change-log", "interactive-commands")


def logging(reader: JunosReader) -> Logging:
    """Read `system syslog { host H { F L; match R; .. } file N { F L; match R; } user U; console; }`, `security log`.

    UDP where no transport is named. A `match` keeps back what it does not match. An event policy that ignores events,
    a process that is disabled and a facility at `none` keep messages from being written, too.
    """
    hosts: list[LogHost] = []
    places = []
    for word in reader.entries("system", "syslog", "host"):
        places.append(word)
        _use(reader, word)
        if word.text not in _INSIDE:
            hosts.append(_host(reader, word))
    files = reader.entries("system", "syslog", "file")
    for word in (
        *files,
        *reader.entries("system", "syslog", "user"),
        *_one(reader.find("system", "syslog", "console")),
    ):
        _use(reader, word)
    for name in ("archive", "time-format", "source-address", "allow-duplicates", "log-rotate-frequency", "server"):
        reader.use_block(*_one(reader.find("system", "syslog", name)))
    denies: list[Source] = []
    suppressions = _matches(reader, places, "receiver") + _matches(reader, files, "local")
    suppressions += _disabled(reader) + _ignored(reader)
    for scope in reader.scopes():
        hosts += _streams(reader, scope, suppressions)
        denies += _denies(reader, scope)
    places += files
    messages = reader.leaf("system", "syslog", "file", "messages", "any")
    return Logging(
        hosts=tuple(hosts),
        vantage=reader.last_line(),
        local=Known(True, tuple(map(reader.source, files)))
        if files
        else Unknown(Code.DEFAULT, "no file of logs is configured; what is kept without one is not documented"),
        local_severity=Known(_LEVELS.get(messages.text, messages.text), (reader.source(messages),))
        if messages is not None
        else Unknown(Code.DEFAULT, "the severity of the file 'messages' is not configured"),
        suppressions=tuple(suppressions),
        config_changes=_recorded(reader, places, _SPOKEN, "configuration changes and commands"),
        logins=_recorded(reader, places, ("authorization",), "logins"),
        denies=tuple(denies),
    )


def _one(word: Word | None) -> tuple[Word, ...]:
    return (word,) if word is not None else ()


def _use(reader: JunosReader, place: Word) -> None:
    reader.use(place)
    for option in place.children.values():
        if option.text in FACILITIES or option.text in _HANDLING:
            reader.use_block(option)


def _host(reader: JunosReader, word: Word) -> LogHost:
    return LogHost(
        address=word.text,
        source=reader.source(word),
        transport=_transport(reader, word),
        vrf=reader.value("routing-instance", inside=word),
        severity=_severity(reader, word),
        port=reader.number("port", inside=word),
    )


def _transport(reader: JunosReader, word: Word) -> str:
    return reader.value("transport", "protocol", inside=word) or reader.value("transport", inside=word) or "udp"


def _severity(reader: JunosReader, host: Word) -> Setting[str]:
    """The level of `any`; without it the least severe of the facilities that are named."""
    levels = [(name, reader.leaf(name, inside=host)) for name in host.children if name in FACILITIES]
    told = [(name, word) for name, word in levels if word is not None and word.text in _LEVELS]
    chosen = next((word for name, word in told if name == "any"), None)
    if chosen is None:
        chosen = min((word for _, word in told), key=lambda word: _ORDER.index(word.text), default=None)
    if chosen is None:
        return Unknown(Code.DEFAULT, "the severity is not written at this receiver", (reader.source(host),))
    return Known(_LEVELS[chosen.text], (reader.source(chosen),))


def _recorded(reader: JunosReader, places: list[Word], wanted: Iterable[str], what: str) -> Setting[bool]:
    """Whether every facility is recorded somewhere at a level that keeps all; `any` stands for each of them."""
    lines: list[Source] = []
    coarse: list[Source] = []
    for facility in wanted:
        words = [
            reader.leaf(name, inside=place) for place in places for name in (facility, "any") if name in place.children
        ]
        levels = [word for word in words if word is not None]
        detailed = next((word for word in levels if word.text in _DETAILED), None)
        partly = next((word for word in levels if word.text in _LEVELS), None)
        if detailed is not None:
            lines.append(reader.source(detailed))
        elif partly is not None:
            coarse.append(reader.source(partly))
        elif isinstance(reader.complete, Unknown):
            return reader.complete
        elif not places:
            return Unknown(Code.DEFAULT, f"no log is configured; whether {what} are kept without one is not documented")
        else:
            return Known(False, tuple(map(reader.source, places)))
    if coarse:
        reason = f"{what} are recorded above a severity only, and at which severity they are written is not documented"
        return Unknown(Code.DEFAULT, reason, tuple(coarse))
    return Known(True, tuple(lines))


def _matches(reader: JunosReader, places: Iterable[Word], scope: str) -> list[Suppression]:
    """`match "R"` keeps what matches and `match "!R"` the rest; a facility at `none` is left out."""
    found = []
    for place in places:
        for name in ("match", "match-strings"):
            for word in reader.members(name, inside=place):
                inverted = word.text[:1] != "!"
                kept = "messages other than those of a pattern" if inverted else "messages matching a pattern"
                found.append(Suppression(f"{kept} for {place.text}", reader.source(word), word.text, inverted, scope))
        for facility in place.children.values():
            if facility.text in FACILITIES and "none" in facility.children and len(place.children) > 1:
                where = reader.source(facility.children["none"])
                found.append(Suppression(f"facility {facility.text} for {place.text}", where, scope=scope))
    return found


def _disabled(reader: JunosReader) -> list[Suppression]:
    """`system processes X disable` of a process that records or tells events."""
    found = []
    for word in reader.entries("system", "processes"):
        off = word.children.get("disable")
        if off is not None and word.text in _WATCHERS:
            reader.use(off)
            found.append(Suppression(f"process {word.text}", reader.source(off)))
    return found


def _ignored(reader: JunosReader) -> list[Suppression]:
    """`event-options policy P then ignore`."""
    found = []
    for policy in reader.entries("event-options", "policy"):
        word = reader.find("then", "ignore", inside=policy)
        if word is not None:
            events = " ".join(event.text for event in reader.entries("events", inside=policy))
            found.append(Suppression(f"events of policy {policy.text}", reader.source(word), events))
    return found


def _streams(reader: JunosReader, scope: Scope, suppressions: list[Suppression]) -> list[LogHost]:
    """`security log { mode stream; transport protocol tls; stream S { host A { port N; } severity L; } disable; }`."""
    base = reader.find("security", "log", inside=scope.root)
    if base is None:
        return []
    reader.use_block(base)
    off = reader.find("disable", inside=base)
    if off is not None:
        suppressions.append(Suppression("messages of the security services", reader.source(off)))
    common = reader.value("transport", "protocol", inside=base)
    found = []
    for stream in reader.entries("stream", inside=base):
        host = reader.leaf("host", inside=stream)
        if host is None:
            continue
        level = reader.leaf("severity", inside=stream)
        found.append(
            LogHost(
                address=host.text,
                source=reader.source(host),
                transport=reader.value("transport", "protocol", inside=stream) or common or "udp",
                vrf=reader.value("routing-instance", inside=host),
                severity=Known(_LEVELS.get(level.text, level.text), (reader.source(level),))
                if level is not None
                else Unknown(Code.DEFAULT, "the severity is not written at this stream"),
                port=reader.number("port", inside=host) or reader.number("port", inside=stream),
            )
        )
    return found


def _denies(reader: JunosReader, scope: Scope) -> list[Source]:
    """Security policies that refuse and write it down (`then { deny; log { session-init; } }`)."""
    found = []
    for pair in (reader.find("security", "policies", inside=scope.root),):
        for word in pair.walk() if pair is not None else ():
            if word.text == "then" and "log" in word.children and {"deny", "reject"} & word.children.keys():
                found.append(reader.source(word.children["log"]))
    return found


def time(reader: JunosReader) -> Time:
    """Read `system ntp { server A [key N]; peer A; boot-server A; authentication-key N type T value V; trusted-key [..]; }`.

    A key counts for a server when it is defined and trusted. Whether the device answers others is not written.
    """
    base = reader.find("system", "ntp")
    keys: list[TimeKey] = []
    servers: list[TimeServer] = []
    if base is not None:
        for name in ("source-address", "interval-range", "threshold", "nts", "restrict"):
            reader.use_block(*_one(reader.find(name, inside=base)))
        trusted = {word.text for word in reader.members("trusted-key", inside=base)}
        keys = [_key(reader, word, trusted) for word in reader.entries("authentication-key", inside=base)]
        good = {key.id for key in keys if key.trusted}
        for statement in ("server", "peer", "boot-server", "broadcast"):
            servers += [_server(reader, word, statement, good) for word in reader.entries(statement, inside=base)]
        for statement in ("broadcast-client", "multicast-client"):
            word = reader.find(statement, inside=base)
            if word is not None:
                reader.use_block(word)
                servers.append(TimeServer("", reader.source(word)))
    return Time(
        servers=tuple(servers),
        keys=tuple(keys),
        serves=Unknown(Code.DEFAULT, "whether the device answers time requests of others is not written"),
    )


def _key(reader: JunosReader, word: Word, trusted: set[str]) -> TimeKey:
    """`authentication-key N type T value V`."""
    reader.use_block(word)
    reader.split(word, ("type", "value"))
    value = reader.leaf("value", inside=word)
    return TimeKey(
        id=word.text,
        algorithm=reader.value("type", inside=word),
        secret=reader.secret(value.text if value is not None else ""),
        source=reader.source(word),
        trusted=word.text in trusted,
    )


def _server(reader: JunosReader, word: Word, statement: str, good: set[str]) -> TimeServer:
    """`server A key N prefer routing-instance R`."""
    reader.use_block(word)
    reader.split(word, ("key", "version", "prefer", "routing-instance", "nts", "ttl"))
    key = reader.leaf("key", inside=word)
    return TimeServer(
        address=word.text,
        source=reader.source(word),
        key=key.text if key is not None else "",
        authenticated=Known(key is not None and key.text in good, (reader.source(key or word),)),
        peer=statement == "peer",
        vrf=reader.value("routing-instance", inside=word),
        nts="nts" in word.children,
    )
