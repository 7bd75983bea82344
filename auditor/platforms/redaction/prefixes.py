"""Texts in which something stands in front of lines: the time, a level, a prompt, a count, the marks of a comparison or a quotation."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from auditor.platforms.redaction.bare_lines import Drop, View
from auditor.platforms.redaction.layouts import character_data, unescaped

_FEW = 2
"""Lines at prompts of one device that make a session."""
_TIME = rb"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_ZONE = rb"(?:Z|[ ]?[+-]\d\d:?\d\d|[ ][A-Z]{3,4})?"
_DAY = rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ ]{1,2})?"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = (
    rb"(?:\d{4}[-/.]\d\d[-/.]\d\d|"
    + _MONTH
    + rb"[ ]{1,2}\d{1,2}(?:,?[ ]\d{4})?|\d{1,2}[-/. ](?:"
    + _MONTH
    + rb"|\d\d)[-/. ]\d{4})"
)
_STAMP = (
    rb"[ \t]*(?:<\d{1,3}>)?[\[(<]?(?:"
    + (_DAY + _DATE + rb"(?:[T _-]{1,3}" + _TIME + _ZONE + rb"(?:[ ]\d{4})?)?|" + _TIME + _ZONE)
    + rb"|\d{10}\.\d{1,9}|\d{1,7}\.\d{6})[\])>]?(?:[:;,|-]|[ ][|-](?=[ ]|$))?(?=[ \t]|$)"
)
_LEVEL = (
    rb"(?:[ ]?[|-][ ])?(?:[\w.]{1,40}[ ][|-][ ])?[\[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|[Dd]ebug|[Ii]nfo|stdout|out|OUT|recv|RECV|RX)[\])]?"
    rb"(?:[ ][|-](?=[ ]|$)|[:|])?(?=[ \t]|$)"
)
_COUNT = rb"[ \t]*[\[(]?(?P<number>\d{1,7})(?:[\])]?[.:|)\]-]|(?=[ \t]|$))"
_BLAME = rb"\^?[0-9a-f]{7,40}[ ](?:\([^()\n]{0,100}\d\)|\d{1,7}\))"
_PROMPT = rb"(?P<host>[\w.@:/~*-]{1,60})(?:\([\w./: -]{1,60}\)|(?:>[\w-]{1,40}){1,8}(?=[#$]))?[#>$%]|<(?P<box>[\w.-]{1,60})>(?=[a-z ]|$)(?![^\n]*</)|\[[*~]?(?P<view>[\w.]{1,40})(?:-[\w/.:-]{1,60})?\]"
_MARK = rb"[ \t]*(?:[|\xb3]|\xe2\x94\x82)"
_SIGN = rb"[-+](?![-+]{2})|<(?=[ ]|$)|(?:>[ ]?)+"
_SENT = (
    rb"[ \t]*(?:(?:send|sendline|echo|print|puts|log|cmd|command|write|cli|Write-(?:Host|Output)|printf[ ]['\"]%s\\+n['\"]|[\w/.-]{0,40}[ ]?-c)[ \t]*\(?[ \t]*"
    rb"|[-*][ \t])?[bruBRU]{0,2}(?P<quote>['\"`])(?![^\n'\"]*['\"][ ]?[:=][ ])(?=[^\n]*(?P=quote)[\]);,]{0,3}(?:[ ]>>?[ ][^\n'\"]{1,80})?[ \t\\]*$)"
)
_BULLET = rb"[ \t]+[-*+][ ]|[ \t]*\xe2\x80[\xa2\xa3][ ]"
_PYTHON = rb"(?:>>>|\.\.\.)(?:[ ]|$)"
_CHAT = (
    rb"[ \t]*\[?(?:(?:"
    + _DATE
    + rb"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}),?[ ])?\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[AP]M)?\]?[ ](?:-[ ])?"
    rb"(?:<[\w.@ -]{1,40}>[ ]|[\w.@-]{1,40}:[ ])"
)
_MEMBER = rb"[ \t]*[\[{][^\n]{0,120}?\"(?:log|line|message|msg|text|output|out|data|content|o|stdout|raw|value)\"[ ]?[:,][ ]?\"(?=[^\n]*\"[^\n\"]{0,20}[}\]]|[^\n]*\",[ ]?\")"
_COLUMN = rb"(?:[\w.:-]{1,40}[,;\t])?(?P<number>\d{1,7})[,;\t]"
_WIKI = rb"\|[ ]?\w{0,20}[ ]?\|\|[ ]?"
_CELL = rb"[ \t]*(?:<(?:line|p|div|span|tr|td|text|output|row|item|code)(?:\s[^<>\n]{0,200})?>){1,5}"
_ROW = rb"[ \t]*(?:<table[^<>\n]{0,80}>)?[ ]?<tr[^<>\n]{0,80}>[ ]?<td[^<>\n]{0,80}>(?P<number>\d{1,7})</td>[ ]?<td[^<>\n]{0,80}>"
_APPLET = rb"[ \t]*(?:no[ \t]+)?action[ \t]+\S+[ \t]+cli[ \t]+command[ \t]+\"|[ \t]+cli[ \t]+(?!\{)"


_COMMANDS = rb"[ \t]*(?:commands?[ \t]+)?\"(?=(?:set|delete|activate|deactivate|protect|edit|configure|/)[ \t/])"


class _Frame(msgspec.Struct, frozen=True):
    """Something in front of lines that makes a form of them."""

    prefix: re.Pattern[bytes]
    fewest: int = 3
    """Lines one behind the other that make it a form; 0 where they need not stand together."""
    counted: bool = False
    meant: Drop = bytes
    """What a line behind its prefix means to the rules."""


def _unquoted(line: bytes) -> bytes:
    line = _SENT_TO.sub(rb"\1", line).rstrip(b" \t);,]}\\").rstrip(b"'\"`")
    return unescaped(re.sub(rb"(?<!\\)(?<!\\[rn])(?:\\++[rn])++\Z", b"", line))


_SENT_TO = re.compile(rb"(['\"`][\]);,]{0,3})[ ]>>?[ ][^\n'\"]{1,80}\Z")
_MEMBER_END = re.compile(rb"\"(?:[ ]?,[ ]?\"[^\n]*|[ ]?[}\]][^\n]*)\Z")


def _member(line: bytes) -> bytes:
    end = _MEMBER_END.search(line)
    line = line[: end.start()] if end else line
    return unescaped(re.sub(rb"(?<!\\)(?:\\[rn])++\Z", b"", line))


def _column(line: bytes) -> bytes:
    quoted = line[:1] == line[-1:] == b'"' and len(line) > 1
    return line[1:-1].replace(b'""', b'"') if quoted else line


def _boxed(line: bytes) -> bytes:
    return re.sub(rb"[ \t]*(?:[|\xb3]|\xe2\x94\x82)[ \t]*\Z", b"", line)


def _in_cell(line: bytes) -> bytes:
    return character_data(re.sub(rb"(?:</[\w:-]{1,40}>)+[ \t]*\Z", b"", line))


_FRAMES = {
    "times": _Frame(re.compile(_STAMP), counted=True),
    "levels": _Frame(re.compile(_LEVEL)),
    "counts": _Frame(re.compile(_COUNT), counted=True),
    "blame": _Frame(re.compile(_BLAME), counted=True),
    "marks": _Frame(re.compile(_MARK), meant=_boxed),
    "signs": _Frame(re.compile(_SIGN), fewest=1),
    "prompts": _Frame(re.compile(_PROMPT), fewest=0),
    "sent": _Frame(re.compile(_SENT), meant=_unquoted),
    "bullets": _Frame(re.compile(_BULLET)),
    "python": _Frame(re.compile(_PYTHON)),
    "chats": _Frame(re.compile(_CHAT), counted=True),
    "members": _Frame(re.compile(_MEMBER), meant=_member),
    "columns": _Frame(re.compile(_COLUMN), counted=True, meant=_column),
    "wiki": _Frame(re.compile(_WIKI), fewest=0),
    "rows": _Frame(re.compile(_ROW), counted=True, meant=_in_cell),
    "cells": _Frame(re.compile(_CELL), meant=_in_cell),
    "applets": _Frame(re.compile(_APPLET), fewest=0, meant=_unquoted),
    "commands": _Frame(re.compile(_COMMANDS), fewest=0, meant=_unquoted),
}
_LOGGED = re.compile(
    rb"[ \t]*[*.]?(?:[\w./-]{1,60}[ \t]+)?(?:%|[\w./()-]{1,60}(?:\[\d{1,10}\])?:(?:[ \t]|\Z)|[a-z-]+,[a-z-]+|type=|(?:MINOR|MAJOR|CRITICAL|WARNING):)"
)
"""What stands behind the time in a log; its lines are none of a session, and each has its own time."""
_SAMPLE = 40
_BEGINS = {
    "times": b"0123456789[(<MTWFSJAOND",
    "levels": b"|-[(TDINWEsoOrRabcdefghijklmnpqtuvwxyz",
    "counts": b"0123456789[(",
    "blame": b"0123456789abcdef^",
    "marks": b"|\xb3\xe2",
    "signs": b"+-<>",
    "sent": b"'\"`sepclwbruBRUWv-*",
    "bullets": b"-*+\xe2",
    "python": b">.",
    "chats": b"0123456789[",
    "members": b"{[",
    "columns": b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "rows": b"<",
    "cells": b"<",
}
_PROMPTED = re.compile(
    rb"(?:\A|\n)(?:"
    + _PROMPT.replace(b"?P<host>", b"?:").replace(b"?P<box>", b"?:").replace(b"?P<view>", b"?:")
    + rb")"
)
_HUNK = re.compile(rb"@@[ ]|\*{3}[ ]\d|-{3}[ ]\d")


def framings(text: bytes, concerned: Sequence[bytes] | None) -> Iterator[Callable[[list[bytes]], Iterator[View]]]:
    """The forms that lines of a text may have, as functions that find them: before the lines that are concerned, or before any."""
    lines = text.split(b"\n")
    begins = bytes(b"".join({line.lstrip()[:1] for line in lines}))
    if b"@@" in text:
        yield _hunks
    for name, frame in _FRAMES.items():
        if concerned is not None and not any(map(frame.prefix.match, concerned)):
            continue
        if name == "prompts":
            if len(_PROMPTED.findall(text)) >= _FEW:
                yield _prompted
        elif name == "applets":
            if b" cli " in text:
                yield lambda lines: _scattered(lines, _FRAMES["applets"])
        elif name == "wiki":
            if b"||" in text:
                yield lambda lines: _scattered(lines, _FRAMES["wiki"])
        elif name == "commands":
            if b'";' in text:
                yield lambda lines: _scattered(lines, _FRAMES["commands"])
        elif any(byte in begins for byte in _BEGINS[name]) and _often(text, frame):
            yield lambda lines, frame=frame: _runs(lines, frame)  # type: ignore[misc]


def _often(text: bytes, frame: _Frame) -> bool:
    """Whether enough lines begin so."""
    found = re.finditer(rb"\n(?:" + frame.prefix.pattern + rb")", b"\n" + text, re.MULTILINE)
    return any(number >= frame.fewest for number, _ in enumerate(found, 1))


def _runs(lines: list[bytes], frame: _Frame) -> Iterator[View]:
    """Lines one behind the other with the same in front of them."""
    match = frame.prefix.match
    run: list[tuple[int, bytes]] = []
    blank = 0
    before = -1
    for at, line in enumerate(lines):
        found = match(line)
        number = int(found["number"]) if found and "number" in frame.prefix.groupindex else -1
        if found and (number < 0 or number == before + 1 or not run):
            run += [(at - gone, b"") for gone in range(blank, 0, -1)] if run else []
            run.append((at, found[0]))
            before, blank = number, 0
        elif run and not line.strip() and number < 0 and before < 0:
            blank += 1
        else:
            if len(run) >= frame.fewest:
                yield from _view(lines, run, frame)
            run = [(at, found[0])] if found else []
            before, blank = number, 0
    if len(run) >= frame.fewest:
        yield from _view(lines, run, frame)


def _view(lines: list[bytes], run: list[tuple[int, bytes]], frame: _Frame) -> Iterator[View]:
    """What the rules see of lines with prefixes; one blank behind every prefix belongs to it."""
    rests = [lines[at][len(prefix) :] for at, prefix in run]
    full = [rest for rest in rests if rest.strip()]
    counted = frame.counted
    if frame.counted:
        named = _host([rest.lstrip() for rest in full])
        counted = b" " not in named  # the lines of a program are a journal, and each has its own time
        if named:
            run = [
                (at, lines[at][: len(prefix) + lines[at][len(prefix) :].find(named) + len(named)]) for at, prefix in run
            ]
            rests = [lines[at][len(prefix) :] for at, prefix in run]
            full = [rest for rest in rests if rest.strip()]
        if _is_log(full):
            return
    gap = next((gap for gap in (b" ", b"\t") if full and all(rest.startswith(gap) for rest in full)), b"")
    bare = [frame.meant(rest.removeprefix(gap)) for rest in rests]
    yield View([at for at, _ in run], [prefix for _, prefix in run], bare, counted, gap, frame.meant)


def _is_log(rests: list[bytes]) -> bool:
    sample = rests[:_SAMPLE]
    return sum(_LOGGED.match(rest) is not None for rest in sample) * 2 > len(sample)


_HOST = re.compile(rb"[\w.-]{1,40}(?:[ ][\w./-]{1,40}(?:\[\d{1,10}\])?)?:(?=[ ]|\Z)")


def _host(rests: list[bytes]) -> bytes:
    """The name that stands in front of every line, of a console server or a program; nothing where there is none."""
    found = _HOST.match(rests[0]) if rests else None
    return found[0] if found and all(rest.startswith(found[0]) for rest in rests) else b""


def _scattered(lines: list[bytes], frame: _Frame) -> Iterator[View]:
    """Lines with the same in front of them, wherever they stand."""
    found = [(at, match[0]) for at, line in enumerate(lines) if (match := frame.prefix.match(line))]
    if found:
        yield from _view(lines, found, frame)


def _prompted(lines: list[bytes]) -> Iterator[View]:
    """What somebody typed at the prompts of a device, whatever their mode."""
    frame = _FRAMES["prompts"]
    hosts: dict[bytes, list[tuple[int, bytes]]] = {}
    for at, line in enumerate(lines):
        match = frame.prefix.match(line)
        if match is not None:
            host = match["host"] or match["box"] or match["view"]
            hosts.setdefault(host.strip(b"*~").rpartition(b"@")[2], []).append((at, match[0]))
    for found in hosts.values():
        if len(found) >= _FEW:
            for view in _view(lines, found, frame):
                shown = [_in_mode(prefix, line) for prefix, line in zip(view.prefixes, view.bare, strict=True)]
                yield msgspec.structs.replace(view, bare=shown)


_MODE = re.compile(rb">li[>#]|-(?:li|lig|lawful[\w-]*|x[123])(?:-[^\]]*)?\]\Z")


def _in_mode(prompt: bytes, line: bytes) -> bytes:
    """A command with the mode it is given in, where that is one of interception; the end of the mode too."""
    if not _MODE.search(prompt):
        return line
    return (b"/configure li " if b">" in prompt else b"li-mode ") + line


def _hunks(lines: list[bytes]) -> Iterator[View]:
    """Hunks of a comparison with the lines round them."""
    run: list[tuple[int, bytes]] = []
    inside = False
    for at, line in enumerate(lines):
        if inside and (line[:1] in (b" ", b"+", b"-", b"!", b"") and line[:3] not in (b"+++", b"---")):
            run.append((at, line[:1]))
            continue
        if run:
            yield _exact(lines, run)
        run = []
        inside = _HUNK.match(line) is not None
    if run:
        yield _exact(lines, run)


def _exact(lines: list[bytes], run: list[tuple[int, bytes]]) -> View:
    return View([at for at, _ in run], [prefix for _, prefix in run], [lines[at][len(prefix) :] for at, prefix in run])
