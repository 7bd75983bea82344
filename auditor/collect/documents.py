"""Judges what came back for a command: refused, not whole, or a document.

Errors:
    Failure         the device cannot be read any further
    RefusedError    it did not carry out a command
    NotWholeError   an output cannot be relied on
"""

import re
from datetime import UTC, datetime

from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.definition import Command, PlatformDefinition
from auditor.platforms.redaction.redaction import reason as redacted
from auditor.platforms.redaction.redaction import redact
from auditor.syntax.text import decode


class Failure(Exception):
    """The device cannot be read any further; the text is for a person."""


class RefusedError(Exception):
    """The device did not carry out the command, in any of its spellings."""


JOINED = "all of it is one long line: where its lines end cannot be told, so that nothing of it is kept"


class NotWholeError(Exception):
    """The output cannot be relied on."""


class TooLongError(NotWholeError):
    """The output is longer than any is: it is not asked for again."""


class NoWayError(NotWholeError):
    """The device does not offer this way at all: another one is the first for the rest of the visit."""


_PAGER = re.compile(
    r"\s*(?:-+ ?\(?more\)?(?: ?\d+%)? ?-+|(?:-- )?press any key to continue.*|press q to quit.*|-- \[q quit.*|lines \d+-\d+(?:/\d+ \(end\))?)",
    re.IGNORECASE,
)
"""Where pagers wait: IOS, NX-OS, EOS, XR, VRP, Junos, SR OS, RouterOS, and `less` of a Linux host."""
_ECHO = re.compile(r"(?:show|display) [a-z]")
"""No output of a listed command begins so."""
_MAY_PAGE = (b"more", b"quit", b"any key", b"\nlines ")
_MAY_LOG = re.compile(rb":\d\d:\d\d|: [A-Z_]+ #\d")
"""Cheap looks before the exact ones: a part of each, which begins with a sign that is rare in configurations."""
_LOG = re.compile(
    # IOS, IOS-XE, NX-OS, EOS: `*Nov 24 09:15:02.481: %SYS-5-CONFIG_I: ...`; IOS XR puts a blank before the last colon
    # (napalm-logs.readthedocs.io/en/latest/syslog/iosxr.html)
    r"\d\d:\d\d:\d\d.{0,80}?[:\s]%{1,2}[A-Z][A-Z0-9_]*-(?:[A-Z0-9_]+-)?[0-7]-[A-Z0-9_]+ ?: "
    # VRP: `Nov 24 2026 09:15:02 host %%01SHELL/5/CMDRECORD(s)[4711]:...`
    r"|\d\d:\d\d:\d\d.{0,80}? %%\d\d[A-Z0-9_]+/\d/[A-Z0-9_]+"
    # Junos and Linux: `Nov 24 09:15:02  mgd[4711]: UI_COMMIT: ...`
    r"|^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?: \S+)? +[\w/.-]+\[\d+\]: "
    # RouterOS: `sep/15 09:54:33 system,info,account user ...`; the date is left out on the same day
    # (help.mikrotik.com/docs/display/ROS/Log)
    r"|^(?:(?:[a-z]{3}/\d\d(?:/\d{4})?|\d{4}-\d\d-\d\d) )?\d\d:\d\d:\d\d (?:echo: )?[a-z0-9-]+(?:,[a-z0-9-]+)+ "
    # SR OS: `1 2026/11/24 09:15:02.48 UTC WARNING: SYSTEM #2006 Base CONFIG`; MD-CLI: `INFO: CLI #2071: ...`
    r"|\d\d:\d\d:\d\d(?:\.\d+)? \S+ [A-Z]+: [A-Z0-9_]+ #\d+ "
    r"|^(?:INFO|WARNING|MINOR|MAJOR|CRITICAL): [A-Z_]+ #\d+: "
    # SR Linux: `2026-11-24T09:15:02.481Z host sr_mgmt_server: mgmt|4711|4711|00012|N: ...`
    r"|\d\d:\d\d:\d\d\S* (?:\S+ )?\w+: \w+\|\d+\|\d+\|\d+\|[A-Z]: "
)


_OVER = re.compile(rb"[^\r\n]\r")
_HEAD = 16384
"""Bytes in which a refusal stands."""


def paused(tail: bytes) -> bool:
    """Whether an output stands at a pager's question."""
    lines = decode(tail[-256:])
    return bool(lines) and _PAGER.fullmatch(lines[-1].rstrip()) is not None


def now() -> str:
    """The time as it is written into snapshots."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def refused(definition: PlatformDefinition, output: bytes) -> str:
    """The line by which the device refused a command; empty where it did not."""
    for line in decode(redact(output[:_HEAD], definition.name))[:20]:
        if line.strip().startswith(definition.refused):
            return line.strip()[:120]
    return ""


def plain_ends(output: bytes) -> bytes:
    """With LF where a terminal ended lines with CR LF or CR CR LF."""
    return output.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n")


def overwritten(output: bytes) -> bool:
    """Whether a line was begun anew over its own text, as bars of progress do; `plain_ends` was applied before."""
    return b"\r" in output and _OVER.search(output) is not None


def document(definition: PlatformDefinition, command: Command, output: bytes, how: str) -> Document:
    """A whole output as a document; NotWholeError otherwise."""
    output = redact(output, definition.name)
    lines = decode(output)
    reason = definition.whole(command.document, lines) or _foreign(definition, command, output, lines)
    if reason:
        raise NotWholeError(reason)
    shown = _clock(definition, command.document, output)
    return Document(name=command.document, content=output, collected_by=how, collected_at=now(), device_clock=shown)


def _clock(definition: PlatformDefinition, name: str, output: bytes) -> str:
    """The time of the device in its own words; empty where this output does not show it."""
    if definition.clock is None or definition.clock_document not in ("", name):
        return ""
    found = definition.clock.search(output[:_HEAD])
    words = (found.groupdict().get(group) for group in ("clock", "zone")) if found else ()
    return " ".join(word.decode("ascii", "replace") for word in words if word)


def _foreign(definition: PlatformDefinition, command: Command, output: bytes, lines: list[str]) -> str:
    """What does not belong into an output: the question of a pager, the echo of another command, a message of the log."""
    first = next((line.strip() for line in lines if line.strip()), "")
    listed = {text for one in definition.commands for text in one.send if " " in text}
    if first in listed or _ECHO.match(first):
        return "the output begins with the echo of a command"
    plain = b"\n" + output.lower()
    for number, line in enumerate(lines if any(word in plain for word in _MAY_PAGE) else (), 1):
        if _PAGER.fullmatch(line.rstrip()):
            return f"the question of a pager stands in the output at line {number}"
    # A shell has no terminal that a log is printed on, and its commands show logs.
    may_log = not definition.shell and "log" not in command.document and _MAY_LOG.search(output) is not None
    for number, line in enumerate(lines if may_log else (), 1):
        if _LOG.search(line):
            return f"a log message of the device stands in the output at line {number}"
    return ""


def refusal(command: Command, reason: str) -> CollectionError:
    """A command that the device does not carry out; only required ones make an audit incomplete."""
    return CollectionError(f"not collected: {redacted(reason)}", document=command.document, asked=command.required)


def not_permitted(command: Command) -> CollectionError:
    """A command of the shell, where the inventory does not permit it."""
    reason = "not collected: a command of the device's shell, which the inventory does not permit (shell_commands)"
    return CollectionError(reason, document=command.document, asked=False)


def not_collected(command: Command, reason: str) -> CollectionError:
    """A command that was carried out and whose output was not had: something interferes, whatever was asked."""
    return CollectionError(f"not collected: {redacted(reason)}", document=command.document)
