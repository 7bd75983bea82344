"""Logs and time (syntax-ios-family B.9)."""

from collections.abc import Iterator

from auditor.model.areas import Filter, Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.acls import Lists
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import after, is_address, number
from auditor.syntax.tree import Node

_LEVELS = {
    "emergencies": "emergency",
    "emergency": "emergency",
    "alerts": "alert",
    "alert": "alert",
    "critical": "critical",
    "errors": "error",
    "error": "error",
    "warnings": "warning",
    "warning": "warning",
    "notifications": "notice",
    "notification": "notice",
    "notice": "notice",
    "informational": "informational",
    "info": "informational",
    "debugging": "debug",
    "debug": "debug",
}
"""Each command of XR spells the severities in its own way."""
_HOUSEKEEPING = (
    "archive",
    "console",
    "monitor",
    "facility",
    "hostnameprefix",
    "source-interface",
    "format",
    "localfilesize",
    "history",
    "container",
    "ipv4",
    "ipv6",
    "count",
    "yang",
)
_SUBCOMMANDS = frozenset(
    (*_HOUSEKEEPING, "trap", "buffered", "events", "suppress", "correlator", "tls-server", "file", "disable")
)
_HOST_OPTIONS = (["vrf"], ["severity"], ["port"], ["facility"], ["operator"], ["source-address"])


def logging(reader: Configuration, release: str, complete: Setting[bool]) -> Logging:
    """Read receivers of every form, what is kept on the device, and what is left out."""
    trap, trap_off = _trap(reader)
    suppressions = [*_rules(reader), *_discriminators(reader), *_events(reader)]
    if trap_off is not None:
        suppressions.append(Suppression("everything that would go to receivers", trap_off))
    hosts = (*_hosts(reader, trap), *_tls_hosts(reader))
    local, severity = _buffered(reader, release, complete)
    _take_rest(reader)
    return Logging(
        hosts=hosts,
        vantage=reader.vantage,
        local=local,
        local_severity=severity,
        suppressions=tuple(suppressions),
        config_changes=TABLE.absent("commit history", bool, release, Known(True)),
        logins=Unknown(Code.DEFAULT, "which logins are logged is not a setting of the configuration"),
        timestamps=_timestamps(reader, release, complete),
    )


def _trap(reader: Configuration) -> tuple[Setting[str] | None, Source | None]:
    """`logging trap LEVEL`: the severity of receivers that name none; `logging trap disable`."""
    level: Setting[str] | None = None
    off = None
    for words, node in reader.take("logging trap"):
        source = reader.source(node)
        if words[:1] == ["disable"]:
            off = source
        elif words:
            level, off = Known(_LEVELS.get(words[0], words[0]), (source,)), None
    return level, off


def _hosts(reader: Configuration, trap: Setting[str] | None) -> tuple[LogHost, ...]:
    """`logging A [vrf V] [severity S] [port N] [facility F]`; a later statement of the same receiver replaces the earlier."""
    found: dict[tuple[str, str], LogHost] = {}
    for node in reader.find("logging"):
        words = node.text.split()[1:]
        if not words or words[0] in _SUBCOMMANDS or not (is_address(words[0]) or words[1:2] in _HOST_OPTIONS):
            continue
        reader.use_block(node)
        vrf = after(words, "vrf")
        source = reader.source(node)
        severity = after(words, "severity")
        level: Setting[str] = Unknown(Code.DEFAULT, "the severity is written neither here nor by 'logging trap'")
        if severity and severity != "default":
            level = Known(_LEVELS.get(severity, severity), (source,))
        elif trap is not None:
            level = trap
        found[words[0], vrf] = LogHost(
            words[0], source, "udp", "" if vrf == "default" else vrf, level, number(after(words, "port"))
        )
    return tuple(found.values())


def _tls_hosts(reader: Configuration) -> Iterator[LogHost]:
    """`logging tls-server N` with `address {ipv4|ipv6} A`, `tls-hostname H`, `severity S`, `vrf V`."""
    for words, node in reader.take("logging tls-server"):
        options = {inner.text.split()[0]: inner.text.split()[1:] for inner in node.children}
        reader.use_block(node)
        source = reader.source(node)
        address = (options.get("address") or options.get("tls-hostname") or words)[-1:]
        severity = (options.get("severity") or [""])[0]
        yield LogHost(
            address[0] if address else "",
            source,
            "tls",
            (options.get("vrf") or [""])[0],
            Known(_LEVELS.get(severity, severity), (source,))
            if severity
            else Unknown(Code.DEFAULT, "the severity is not written at this receiver"),
        )


def _buffered(reader: Configuration, release: str, complete: Setting[bool]) -> tuple[Setting[bool], Setting[str]]:
    """`logging buffered {N|LEVEL|entries-count N|disable}`."""
    local: Setting[bool] = TABLE.absent("logging buffered", bool, release, complete)
    severity: Setting[str] = Unknown(Code.DEFAULT, "the severity of the local log is not configured")
    for words, node in reader.take("logging buffered"):
        if words[:1] == ["discriminator"]:
            continue
        local = Known(words[:1] != ["disable"], reader.evidence(node))
        if words and words[0] in _LEVELS:
            severity = Known(_LEVELS[words[0]], reader.evidence(node))
    return local, severity


def _rules(reader: Configuration) -> Iterator[Suppression]:
    """`logging suppress rule R` with `alarm CATEGORY GROUP CODE`, where `logging suppress apply rule R` puts it to work."""
    applied: dict[str, Source] = {}
    for words, node in reader.take("logging suppress apply rule"):
        reader.use_block(node)
        if words:
            applied[words[0]] = reader.source(node)
    for words, node in reader.take("logging suppress rule"):
        reader.use_block(node)
        if not words or words[0] not in applied:
            continue
        statements = [" ".join(words[1:])] if len(words) > 1 else [inner.text for inner in node.children]
        for text in statements:
            yield Suppression(f"messages of rule {words[0]}", reader.source(node), text.removeprefix("alarm "))
    for word in ("duplicates",):
        for _, node in reader.take(f"logging suppress {word}"):
            reader.use(node)
    for words, node in reader.take("logging correlator apply"):
        reader.use_block(node)
        yield Suppression(f"messages of correlator {' '.join(words)}", reader.source(node))
    for _, node in reader.take("logging correlator"):
        reader.use_block(node)


def _discriminators(reader: Configuration) -> Iterator[Suppression]:
    """`logging {buffered|console|monitor|A} discriminator` with `match1 X` (only these) and `nomatch1 X` (never these)."""
    for where in ("buffered", "console", "monitor"):
        for _, node in reader.take(f"logging {where} discriminator"):
            for inner in node.children:
                words = inner.text.split(None, 1)
                if words[0].startswith(("match", "nomatch")) and len(words) > 1:
                    reader.use(inner)
                    what = "messages with" if words[0].startswith("nomatch") else "messages without"
                    yield Suppression(
                        f"{what} a text, {where}",
                        reader.source(inner),
                        words[1],
                        inverted=what == "messages without",
                        scope="local",
                    )


def _events(reader: Configuration) -> Iterator[Suppression]:
    """`logging events level L`, `logging events link-status disable`, `logging events filter`."""
    for words, node in reader.take("logging events"):
        reader.use_block(node)
        if words[:2] == ["link-status", "disable"]:
            yield Suppression("interface events", reader.source(node))


def _take_rest(reader: Configuration) -> None:
    """How and where messages are kept on the device beside the buffer: `logging archive`, `logging file F ...`."""
    for word in (*_HOUSEKEEPING, "file"):
        for _, node in reader.take(f"logging {word}"):
            reader.use_block(node)


def _timestamps(reader: Configuration, release: str, complete: Setting[bool]) -> Setting[bool]:
    setting: Setting[bool] = TABLE.absent("service timestamps", bool, release, complete)
    for words, node in reader.take("service timestamps log"):
        setting = Known("disable" not in words, reader.evidence(node))
    for _, node in reader.take("service timestamps"):
        reader.use(node)
    for node in reader.find("no service timestamps"):
        reader.use(node)
        setting = Known(False, reader.evidence(node))
    return setting


def time(reader: Configuration, lists: Lists, complete: Setting[bool]) -> Time:
    """Read `ntp` with `server`, `peer`, `authenticate`, keys, `trusted-key`, `access-group` and `master`."""
    blocks = [node for _, node in reader.take("ntp")]
    lines = [inner for node in blocks for inner in node.children]
    keys = {key.id: key for key in _keys(reader, lines)}
    trusted = {word for node in lines if node.text.startswith("trusted-key ") for word in node.text.split()[1:]}
    demanded = any(node.text == "authenticate" for node in lines)
    servers = [
        _server(reader, node, keys, trusted, demanded=demanded)
        for node in lines
        if node.text.startswith(("server ", "peer "))
    ]
    filters: list[Filter] = []
    for node in lines:
        words = node.text.split()
        if words[0] == "access-group":
            filters += _access_group(reader, lists, words, node)
        if words[0] not in ("server", "peer", "access-group") and not _is_known(words):
            continue
        reader.use_block(node)
    master = next((node for node in lines if node.text.split()[0] == "master"), None)
    return Time(
        servers=tuple(servers),
        keys=tuple(TimeKey(key.id, key.algorithm, key.secret, key.source, key.id in trusted) for key in keys.values()),
        serves=_serves(reader, master, complete),
        filters=tuple(filters),
    )


def _is_known(words: list[str]) -> bool:
    return words[0].endswith("authentication-key") or words[0] in (
        "authenticate",
        "trusted-key",
        "source",
        "interface",
        "master",
        "update-calendar",
        "max-associations",
        "broadcastdelay",
        "log-internal-sync",
        "drift",
        "ipv4",
        "ipv6",
        "passive",
        "primary-reference-clock",
        "admin-plane",
    )


def _keys(reader: Configuration, lines: list[Node]) -> Iterator[TimeKey]:
    """`authentication-key N md5 encrypted S`, `{cmac|hmac-sha1|hmac-sha2}-authentication-key N ... S`."""
    for node in lines:
        words = node.text.split()
        if words[0].endswith("authentication-key") and len(words) > 2:
            kind = words[0].removesuffix("authentication-key").rstrip("-")
            token = next((word for word in words if reader.is_secret(word)), "")
            yield TimeKey(words[1], kind or words[2], reader.secret(token), reader.source(node))


def _server(
    reader: Configuration, node: Node, keys: dict[str, TimeKey], trusted: set[str], *, demanded: bool
) -> TimeServer:
    """`{server|peer} [vrf V] [ipv4|ipv6] A [key N] [prefer] [iburst] ...`."""
    words = node.text.split()
    rest = words[1:]
    vrf = ""
    if rest[:1] == ["vrf"] and len(rest) > 2:
        vrf, rest = rest[1], rest[2:]
    if rest[:1] in (["ipv4"], ["ipv6"]) and len(rest) > 1:
        rest = rest[1:]
    key = after(rest, "key")
    return TimeServer(
        address=rest[0] if rest else "",
        source=reader.source(node),
        key=key,
        authenticated=Known(bool(key) and demanded and key in keys and key in trusted, (reader.source(node),)),
        peer=words[0] == "peer",
        vrf=vrf,
    )


def _access_group(reader: Configuration, lists: Lists, words: list[str], node: Node) -> Iterator[Filter]:
    """`access-group [vrf V] [ipv4|ipv6] {peer|serve|serve-only|query-only} A`."""
    family = 6 if "ipv6" in words else 4
    kind = next((word for word in words if word in ("peer", "serve", "serve-only", "query-only")), "")
    name = after(words, kind) if kind else ""
    if name:
        yield lists.on(name, family, reader.source(node), f"ntp {kind}", direction="in")


def _serves(reader: Configuration, master: Node | None, complete: Setting[bool]) -> Setting[bool]:
    if master is not None:
        return Known(True, reader.evidence(master))
    if isinstance(complete, Unknown):
        return complete
    return Unknown(Code.DEFAULT, "no 'master', and whether a client of NTP answers others is not documented")
