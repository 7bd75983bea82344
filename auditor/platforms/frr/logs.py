"""Remote logging: FRR hands its messages to syslog, and rsyslog sends them on (syntax-ios-family E.9).

Forms of rsyslog.conf: rsyslog.com/doc, "omfwd" and its basic parameters; rsyslog.conf(5) of rsyslog 8.2302.
"""

import re
from collections.abc import Sequence

from auditor.model.areas import Logging, LogHost, Suppression
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.daemons import Daemon
from auditor.platforms.frr.defaults import NO_SYSLOG
from auditor.platforms.frr.documents import vantage
from auditor.syntax.tree import Node

_LEGACY = re.compile(
    r"(?:^|\s)(?P<at>@@?)(?:\([^)]*\))?(?P<host>\[[^\]]+\]|[\w.*-]+)(?::\d+)?(?:;\S+)?(?=\s*(?:$|\}|&|#))"
)
_RELP = re.compile(r"(?:^|\s):omrelp:(?P<host>\[[^\]]+\]|[^:;\s]+)")
_ACTION = re.compile(r"\baction\s*\((?P<body>(?:[^()\"]|\"(?:[^\"\\]|\\.)*\")*)\)")
_PARAMETER = re.compile(r"([\w.]+)\s*=\s*(\[[^\]]*\]|\"(?:[^\"\\]|\\.)*\")")
_LOCAL = frozenset(
    ("omfile", "builtin:omfile", "omusrmsg", "builtin:omusrmsg", "omjournal", "ompipe", "builtin:ompipe", "omdiscard",
     "builtin:omdiscard", "omstdout", "omuxsock")
)  # fmt: skip


def logging(
    main: Reader | None,
    rsyslog: Sequence[Reader],
    known: Setting[bool],
    enabled: Setting[bool],
    place: Source,
    logins: Setting[bool],
) -> Logging:
    """Receivers from rsyslog. Other log daemons (syslog-ng, journald's own forwarding) are not read."""
    hosts = tuple(host for reader in rsyslog for host in _hosts(reader))
    local, severity = _local(main)
    commands = list(main.find("log commands")) if main is not None else []
    if main is not None:
        main.use(*commands, *main.find("no log commands"))
    unseen = Unknown(Code.STATE, "needs frr.conf, which was not collected")
    return Logging(
        hosts,
        enabled=enabled,
        vantage=_vantage(main, rsyslog, place),
        hosts_known=known,
        local=local,
        local_severity=severity,
        suppressions=tuple(one for reader in rsyslog for one in _suppressions(reader)),
        config_changes=unseen if main is None else Known(bool(commands), tuple(main.source(node) for node in commands)),
        logins=logins,
    )


def _local(main: Reader | None) -> tuple[Setting[bool], Setting[str]]:
    """`log file F [LEVEL]` before `log syslog [LEVEL]`, which the journal of the system keeps."""
    if main is None:
        gap = Unknown(Code.STATE, "needs frr.conf, which was not collected")
        return gap, gap
    nodes = [*main.find("log file"), *main.find("log syslog"), *main.find("log stdout")]
    main.use(*nodes)
    source = tuple(main.source(node) for node in nodes)
    if not nodes:
        return Known(False, default=NO_SYSLOG), Unknown(Code.DEFAULT, "no log is configured")
    level = nodes[0].words[-1]
    if level in LEVELS:
        return Known(True, source), Known(LEVELS[level], source[:1])
    return Known(True, source), Unknown(Code.DEFAULT, f"'{nodes[0].text}' names no level", source[:1])


LEVELS = {"emergencies": "emergency", "alerts": "alert", "critical": "critical", "errors": "error", "warnings": "warning",
          "notifications": "notice", "informational": "informational", "debugging": "debug"}  # fmt: skip
"""Words of FRR's `log` statements (lib/log_vty.c) in syslog's."""

_DISCARD = re.compile(r"(?P<what>if .*|\S+\s+|:\w+,\s*.*?)(?:then\s+)?(?:~|\bstop\b)\s*\}?$")


def _suppressions(reader: Reader) -> list[Suppression]:
    """`SELECTOR stop`, `SELECTOR ~`, `:msg, contains, "X" stop`, `if ... then stop`: messages that go nowhere."""
    found = []
    for node in reader.root.children:
        match = _DISCARD.match(node.text)
        if match and match["what"].strip():
            found.append(
                Suppression(f"messages matching {match['what'].strip()}", reader.source(node), pattern=node.text)
            )
    return found


def receivers_known(rsyslog: Sequence[Reader], gap: Unknown, unseen: tuple[Source, ...]) -> Setting[bool]:
    """Without rsyslog.conf, or without the files it includes, the receivers are not known."""
    if not rsyslog:
        return gap
    if unseen:
        return Unknown(Code.STATE, f"the files that '{unseen[0].text}' takes in were not collected", unseen)
    return Known(True)


def to_syslog(main: Reader | None, started: Sequence[Daemon] | Unknown, complete: Setting[bool]) -> Setting[bool]:
    """Whether FRR's own messages get to syslog: `log syslog`, `log extended` to syslog or journald.

    A daemon option `--log` has the same effect, so that "no" is said only where /etc/frr/daemons was seen too; it is
    shown at the `log` statements that are there, else at the last line.
    """
    if main is None:
        return Unknown(Code.STATE, "needs frr.conf, which was not collected")
    on = list(main.find("log syslog"))
    for target in main.find("log extended"):
        on += [node for node in target.children if re.match(r"destination (syslog|journald)", node.text)]
        main.use(target, *target.children)
    main.use(*on, *main.find("no log syslog"))
    if on:
        return Known(True, tuple(main.source(node) for node in on))
    if isinstance(complete, Unknown):
        return complete
    if isinstance(started, Unknown):
        return started
    if any(daemon.logs for daemon in started):
        return Unknown(Code.DEFAULT, "a daemon is started with --log", tuple(d.source for d in started if d.logs))
    places = [node for node in main.find("log") if "commands" not in node.text] or main.root.children[-1:]
    return Known(False, tuple(main.source(node) for node in places), default=NO_SYSLOG)


def _vantage(main: Reader | None, rsyslog: Sequence[Reader], place: Source) -> Source:
    for reader in (*rsyslog, *((main,) if main else ())):
        if reader.root.children:
            return vantage(reader, reader.root.children[-1])
    return place


def _hosts(reader: Reader) -> list[LogHost]:
    found = []
    for node in reader.root.children:
        if node.text.startswith("$"):
            continue
        hosts = _actions(reader, node) + _short_forms(reader, node)
        if hosts:
            reader.use(node)
        found += hosts
    return found


def _short_forms(reader: Reader, node: Node) -> list[LogHost]:
    """`SELECTOR @HOST[:PORT][;TEMPLATE]` over UDP, `@@` over TCP, `:omrelp:HOST:PORT` over RELP."""
    source = reader.source(node)
    bare = re.sub(r'"[^"]*"', '""', node.text)
    found = [
        LogHost(match["host"].strip("[]"), source, transport="tcp" if match["at"] == "@@" else "udp")
        for match in _LEGACY.finditer(bare)
    ]
    return found + [LogHost(match["host"].strip("[]"), source, transport="relp") for match in _RELP.finditer(bare)]


def _actions(reader: Reader, node: Node) -> list[LogHost]:
    """`action(type="omfwd" target="HOST" protocol="tcp" ...)` and the other modules that send elsewhere."""
    found = []
    for match in _ACTION.finditer(node.text):
        values = {name.lower(): value for name, value in _PARAMETER.findall(match["body"])}
        kind = values.get("type", '""').strip('"').lower()
        if kind in _LOCAL:
            reader.use(node)
            continue
        targets = values.get("target") or values.get("server") or values.get("broker") or '""'
        found += [
            LogHost(host, reader.source(node), transport=_transport(kind, values))
            for host in re.findall(r'"([^"]+)"', targets)
        ]
    return found


def _transport(kind: str, values: dict[str, str]) -> str:
    if kind not in ("omfwd", "builtin:omfwd"):
        return kind.removeprefix("om")
    if values.get("streamdriver", '""').strip('"') in ("gtls", "ossl", "mbedtls"):
        return "tls"
    return values.get("protocol", '"udp"').strip('"').lower()
