"""Remote logging: FRR hands its messages to syslog, and rsyslog sends them on (syntax-ios-family E.9).

Forms of rsyslog.conf: rsyslog.com/doc, "omfwd" and its basic parameters; rsyslog.conf(5) of rsyslog 8.2302.
"""

import re
from collections.abc import Sequence

from auditor.model.areas import Logging, LogHost
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader
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
    main: Reader | None, rsyslog: Sequence[Reader], gap: Unknown, unseen: tuple[Source, ...], place: Source
) -> Logging:
    """Receivers from rsyslog, and whether FRR's own messages get there.

    Without rsyslog.conf, or without the files it includes, the receivers are not known. Other log daemons
    (syslog-ng, journald's own forwarding) are not read.
    """
    known: Setting[bool] = Known(True)
    if not rsyslog:
        known = gap
    elif unseen:
        known = Unknown(Code.STATE, f"the files that '{unseen[0].text}' takes in were not collected", unseen)
    hosts = tuple(host for reader in rsyslog for host in _hosts(reader))
    return Logging(hosts, enabled=_enabled(main, gap), vantage=_vantage(main, rsyslog, place), hosts_known=known)


def _enabled(main: Reader | None, gap: Unknown) -> Setting[bool]:
    if main is None:
        return gap
    on = [node for start in ("log syslog",) for node in main.find(start)]
    for target in main.find("log extended"):
        on += [node for node in target.children if re.match(r"destination (syslog|journald)", node.text)]
        main.use(target, *target.children)
    main.use(*on, *main.find("no log syslog"))
    if on:
        return Known(True, tuple(main.source(node) for node in on))
    return Known(False, default=NO_SYSLOG)


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
