"""Logs and time."""

from auditor.model.areas import Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import redacted
from auditor.platforms.mikrotik_routeros.filters import FIREWALL
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_SHIPPED = {"0": "memory", "1": "disk", "2": "echo", "3": "remote"}
"""Numbers of the actions that the system brings, in their order."""
_SEVERITIES = ("critical", "error", "warning", "info", "debug")
_WORDS = {"critical": "critical", "error": "error", "warning": "warning", "info": "informational", "debug": "debug"}
_ACTION_IGNORED = (
    "bsd-syslog", "syslog-facility", "syslog-severity", "syslog-time-format", "src-address", "remember", "memory-lines",
    "memory-stop-on-full", "disk-file-count", "disk-file-name", "disk-lines-per-file", "disk-stop-on-full", "email-start-tls",
    "email-to", "target", "remote-log-format", "vrf", "cef-event-delimiter", "add-date", "check-certificate",
)  # fmt: skip
_OF_LOGINS = frozenset(("system", "info", "account"))
_NO_ADDRESS = ("", "0.0.0.0", "::")


def logging(reader: ExportReader) -> Logging:
    """Receivers and rules of logs.

    Read `/system logging action add name= target=remote remote= remote-port= remote-protocol=` and
    `/system logging add topics= action=`; `set N disabled=yes` switches off a rule that the system brings.
    """
    actions = reader.entries("system logging action", *_ACTION_IGNORED)
    rules = reader.entries("system logging", "prefix", "regex")
    topics: dict[str, list[str]] = {}
    suppressions = []
    for rule in rules:
        words = listed(rule.get("topics"))
        if reader.active(rule):
            topics.setdefault(rule.get("action", "memory"), []).extend(words)
        elif rule.fixed:
            what = f"messages of the shipped rule {rule.key}"
            suppressions.append(Suppression(what, reader.at(rule, "disabled"), ",".join(words)))
    hosts = [host for action in actions for host in _host(reader, action, topics)]
    return Logging(
        hosts=tuple(hosts),
        vantage=reader.vantage(),
        suppressions=tuple(suppressions),
        config_changes=Unknown(Code.DEFAULT, "which topics the shipped rules log is not documented for this release"),
        logins=_logins(reader, rules),
        denies=tuple(_denies(reader)),
    )


def _logins(reader: ExportReader, rules: list[Entry]) -> Setting[bool]:
    """Logins have the topics system, info, account: a rule takes them in that names one of these and excludes none."""
    shipped = None
    for rule in rules:
        topics = listed(rule.get("topics"))
        if rule.fixed and rule.key == "0":
            shipped = rule
        if (
            reader.active(rule)
            and _OF_LOGINS & set(topics)
            and not any(word.removeprefix("!") in _OF_LOGINS and word.startswith("!") for word in topics)
        ):
            return Known(True, reader.all(rule))
    if shipped is not None and (not reader.active(shipped) or shipped.has("topics")):
        return Known(False, reader.all(shipped))
    return Unknown(Code.DEFAULT, "which topics the shipped rules log is not documented for this release")


def _host(reader: ExportReader, action: Entry, topics: dict[str, list[str]]) -> list[LogHost]:
    """A receiver counts when a rule uses its action."""
    name = action.settings.get("name") or _SHIPPED.get(action.key, action.key)
    address, port = action.get("remote"), action.get("remote-port")
    protocol = action.get("remote-protocol", "udp")
    if address in _NO_ADDRESS or name not in topics:
        return []
    return [
        LogHost(
            address=address,
            source=reader.at(action, "remote"),
            transport=protocol,
            vrf=action.settings.get("vrf", ""),
            severity=_severity(reader.at(action, "remote"), topics[name]),
            port=int(port) if port.isdigit() and port != "514" else None,
        )
    ]


def _severity(source: Source, topics: list[str]) -> Setting[str]:
    levels = [level for level in _SEVERITIES if level in topics]
    if not levels:
        return Unknown(Code.DEFAULT, "rules send topics of every severity to this receiver", (source,))
    return Known(_WORDS[levels[-1]], (source,))


def _denies(reader: ExportReader) -> list[Source]:
    return [
        reader.at(entry)
        for menu in FIREWALL.values()
        for entry in reader.entries(menu)
        if entry.settings.get("log") == "yes" and entry.settings.get("action") in ("drop", "reject", "tarpit")
    ]


_NTP_IGNORED = (
    "primary-ntp",
    "secondary-ntp",
    "servers",
    "mode",
    "vrf",
    "dynamic-servers",
    "min-poll",
    "max-poll",
    "iburst",
    "server-dns-names",
    "active-server",
)


def time(reader: ExportReader) -> Time:
    """Time servers and keys.

    Read version 7's `/system ntp client set enabled=`, `/system ntp client servers add address= auth-key=`,
    `/system ntp key add key-id= key=`, `/system ntp server set enabled=`, and version 6's `primary-ntp=`.
    """
    client = reader.only("system ntp client", *_NTP_IGNORED)
    enabled = reader.flag("system ntp client", "enabled")
    on = not isinstance(enabled, Known) or enabled.value
    keys = tuple(_key(reader, entry) for entry in reader.entries("system ntp key", "key-type"))
    known = {key.id for key in keys}
    servers = []
    if client is not None and on:
        for key in ("primary-ntp", "secondary-ntp", "servers"):
            for address in listed(client.get(key)):
                if address not in _NO_ADDRESS:
                    servers.append(TimeServer(address, reader.at(client, key)))
    for entry in reader.entries("system ntp client servers", *_NTP_IGNORED):
        server = _server(reader, entry, known)
        if on and reader.active(entry):
            servers.append(server)
    reader.entries("system ntp server", "broadcast", "broadcast-addresses", "manycast", "multicast", "local-clock-stratum", "use-local-clock", "auth-key", "vrf")  # fmt: skip
    return Time(servers=tuple(servers), keys=keys, serves=reader.flag("system ntp server", "enabled"))


def _key(reader: ExportReader, entry: Entry) -> TimeKey:
    return TimeKey(
        id=entry.get("key-id"),
        algorithm=entry.settings.get("key-type", ""),
        secret=reader.hidden(entry.get("key")) or redacted(),
        source=reader.at(entry),
    )


def _server(reader: ExportReader, entry: Entry, known: set[str]) -> TimeServer:
    key = entry.get("auth-key")
    key = "" if key == "none" else key
    return TimeServer(
        address=entry.get("address"),
        source=reader.at(entry),
        key=key,
        authenticated=Known(bool(key) and key in known, (reader.at(entry),)),
    )
