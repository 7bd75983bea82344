"""Logs and time (syntax-other-families B9).

log syslog "S" { address A; severity info; tls-client-profile P }
log log-id "N" { source { main true; security true; change true }; destination { syslog "S" }; filter "F" }
log log-events <application> <event> generate false; log filter "F" { default-action drop; entry N { action drop } }
system time ntp { admin-state enable; server A router-instance R { key-id K }; authentication-key K { ... } }
"""

from auditor.model.areas import Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.statements import SrosReader, known
from auditor.syntax.braces import Word

_SEVERITIES = {"info": "informational", "error": "error", "notice": "notice", "warning": "warning", "debug": "debug"}
_SYSLOG_QUIET = ("description", "facility", "log-prefix", "timestamp-format", "hostname")
_LOG_QUIET = ("description", "time-format", "python-policy", "netconf-stream")

_NO_SEVERITY = "SR OS YANG model log/log-id has no severity (19.10 to 26.3): a log keeps what its filter lets through"


def logging(reader: SrosReader) -> Logging:
    """Receivers with the logs that feed them, and what is kept from being logged."""
    hosts: list[LogHost] = []
    streams: dict[str, list[Source]] = {"security": [], "change": [], "main": []}
    local = []
    for vrf, holder in _holders(reader):
        receivers = {word.text: word for word in reader.entries("syslog", inside=holder)}
        feeds: dict[str, list[Word]] = {}
        for word in reader.entries("log-id", inside=holder):
            target = _log(reader, word, streams)
            if target is not None and target[0] == "syslog":
                feeds.setdefault(target[1], []).append(word)
            elif target is not None and target[0] in ("memory", "file", "console"):
                local.append(reader.source(word))
        for name, word in receivers.items():
            hosts += _host(reader, word, vrf, feeds.get(name, []))
        for file in reader.entries("file", inside=holder):
            reader.use_block(file)
    sent = bool(streams["change"])
    return Logging(
        hosts=tuple(hosts),
        vantage=reader.last_line(),
        local=Known(True, tuple(local))
        if local
        else Known(True, default="SR OS: the log 99 (memory) is shipped (containerlab start-up configuration)"),
        local_severity=Known("informational", default=_NO_SEVERITY),
        suppressions=tuple(_suppressions(reader)),
        config_changes=Known(sent, tuple(streams["change"])),
        logins=Known(bool(streams["security"] or streams["main"]), tuple(streams["security"] or streams["main"])),
    )


def _holders(reader: SrosReader) -> list[tuple[str, Word]]:
    found = []
    own = reader.find("log")
    if own is not None:
        found.append(("", own))
    for word in reader.entries("service", "vprn"):
        inner = reader.find("log", inside=word)
        if inner is not None:
            found.append((word.text, inner))
    return found


def _log(reader: SrosReader, word: Word, streams: dict[str, list[Source]]) -> tuple[str, str] | None:
    """A log: what it takes in, and its destination. One that is switched off feeds nothing."""
    for name in _LOG_QUIET:
        reader.leaf(name, inside=word)
    reader.leaf("filter", inside=word)
    active = reader.active(word)
    destination = reader.find("destination", inside=word)
    target: tuple[str, str] | None = None
    if destination is not None:
        reader.use_block(destination)
        kind = next(iter(destination.children), "")
        target = (kind, reader.value(kind, inside=destination)) if kind else None
    for name in ("main", "security", "change", "debug"):
        switch = reader.switch("source", name, inside=word)
        if switch is not None and switch.value and active and target is not None and name in streams:
            streams[name] += switch.sources
    return target if active else None


def _host(reader: SrosReader, word: Word, vrf: str, feeds: list[Word]) -> list[LogHost]:
    """A receiver counts where a log leads to it."""
    for name in _SYSLOG_QUIET:
        inner = reader.find(name, inside=word)
        if inner is not None:
            reader.use_block(inner)
    address = reader.leaf("address", inside=word)
    tls = reader.leaf("tls-client-profile", inside=word)
    severity = reader.leaf("severity", inside=word)
    port = reader.number("port", inside=word)
    if address is None or not feeds:
        return []
    level: Setting[str] = (
        Known(_SEVERITIES.get(severity.text, severity.text), (reader.source(severity),))
        if severity is not None
        else Known("informational", default="SR OS YANG model log/syslog/severity, default info (19.10 to 26.3)")
    )
    sources = reader.sources(word, *feeds)
    return [
        LogHost(
            address=address.text,
            source=reader.source(address),
            transport="tls" if tls is not None else "udp",
            vrf=vrf,
            severity=level
            if not isinstance(level, Known)
            else Known(level.value, sources, level.default if severity is None else ""),
            port=port,
        )
    ]


def _suppressions(reader: SrosReader) -> list[Suppression]:
    """Events that are not generated, and log filters that drop."""
    found = []
    for application in reader.entries("log", "log-events"):
        for event in reader.entries(inside=application):
            switch = reader.switch("generate", inside=event)
            for name in ("severity", "throttle", "specific-throttle", "repeat"):
                reader.leaf(name, inside=event)
            if switch is not None and not switch.value:
                found.append(Suppression(f"events of {application.text}", switch.sources[0], event.text))
    thinned = _thinned(reader)
    for word in reader.entries("log", "filter"):
        scope = thinned.get(word.text)
        default = reader.leaf("default-action", inside=word)
        reader.leaf("description", inside=word)
        if default is not None and default.text == "drop" and scope is not None:
            what = "what no entry of a log filter forwards"
            found.append(Suppression(what, reader.source(default), word.text, inverted=True, scope=scope))
        for kind in ("entry", "named-entry"):
            for entry in reader.entries(kind, inside=word):
                reader.use_block(entry)
                action = reader.leaf("action", inside=entry)
                test = reader.find("match", inside=entry)
                if action is not None and action.text == "drop" and scope is not None:
                    pattern = " ".join(one.text for one in test.walk()) if test is not None else ""
                    what = f"messages matching log filter {word.text}"
                    found.append(Suppression(what, reader.source(action), pattern, scope=scope))
    return found


def _thinned(reader: SrosReader) -> dict[str, str]:
    """Names of the filters that are in use: `receiver` where a log with it leads to a receiver, else `local`."""
    found: dict[str, str] = {}
    for _, holder in _holders(reader):
        for word in reader.entries("log-id", inside=holder):
            name = reader.value("filter", inside=word)
            destination = reader.find("destination", inside=word)
            kind = next(iter(destination.children), "") if destination is not None else ""
            if name and (kind == "syslog" or name not in found):
                found[name] = "receiver" if kind == "syslog" else "local"
    return found


def time(reader: SrosReader, absence: Absence) -> Time:
    """Servers and keys of NTP and SNTP; whether the device tells others the time."""
    ntp = reader.find("system", "time", "ntp")
    servers: list[TimeServer] = []
    keys: list[TimeKey] = []
    serves: Setting[bool] = Known(False)
    if ntp is not None:
        on = reader.admin(ntp)
        keys = _keys(reader, ntp)
        check = reader.switch("authentication-check", inside=ntp)
        reader.leaf("authentication-keychain", inside=ntp)
        checked = known(check, absence.of("authentication-check", bool))
        named = {key.id for key in keys}
        for kind in ("server", "peer"):
            servers += [
                _server(reader, word, named, checked, peer=kind == "peer") for word in reader.entries(kind, inside=ntp)
            ]
        answers = reader.find("ntp-server", inside=ntp)
        if answers is not None:
            reader.use_block(answers)
            serves = Known(True, (reader.source(answers),))
        for name in ("broadcast", "broadcast-client", "multicast", "multicast-client", "multicastclient"):
            inner = reader.find(name, inside=ntp)
            if inner is not None:
                reader.use_block(inner)
        if on is not None and not on.value:
            serves = Known(False, on.sources)
    for vrf, router in reader.routers():
        own = reader.find("ntp", inside=router)
        if vrf and own is not None:
            # A VPRN answers the time requests of its customers.
            reader.use_block(own)
            serves = Known(True, (reader.source(own),)) if reader.active(own, default=False) else serves
    return Time(tuple(servers + _sntp(reader)), tuple(keys), serves)


def _keys(reader: SrosReader, ntp: Word) -> list[TimeKey]:
    found = []
    for word in reader.entries("authentication-key", inside=ntp):
        secret = reader.hidden("key", inside=word)
        if secret is not None:
            found.append(TimeKey(word.text, reader.value("type", inside=word), secret, reader.source(word)))
    return found


def _server(reader: SrosReader, word: Word, keys: set[str], checked: Setting[bool], *, peer: bool) -> TimeServer:
    """`server A router-instance R { key-id K }`."""
    instances = reader.entries("router-instance", inside=word)
    inner = instances[0] if instances else word
    for name in ("version", "prefer"):
        reader.leaf(name, inside=inner)
    key = reader.value("key-id", inside=inner)
    chain = reader.value("authentication-keychain", inside=inner)
    authenticated: Setting[bool] = Known(False, (reader.source(word),))
    if key in keys or chain:
        authenticated = checked
    vrf = instances[0].text if instances else ""
    return TimeServer(
        address=word.text,
        source=reader.source(word),
        key=key or chain,
        authenticated=authenticated,
        peer=peer,
        vrf="" if vrf == "Base" else vrf,
    )


def _sntp(reader: SrosReader) -> list[TimeServer]:
    """`sntp { admin-state enable; server A }`, classic `server-address A`."""
    sntp = reader.find("system", "time", "sntp")
    if sntp is None:
        return []
    on = reader.active(sntp, default=False)
    reader.leaf("sntp-state", inside=sntp)
    words = [*reader.entries("server", inside=sntp), *reader.entries("server-address", inside=sntp)]
    reader.use_block(*words)
    return [TimeServer(word.text, reader.source(word)) for word in words] if on else []
