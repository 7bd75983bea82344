"""Texts whose lines end otherwise than with a line feed, or whose lines are all of another make: strings of programs, pages, tables, capitals."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote_to_bytes

from auditor.platforms.common.bare_lines import Drop, Lines, View, kept_or

_FEW = 2
"""Line ends of a kind that make it one."""
_ESCAPED = re.compile(rb"(?<!\\)(?<!\\r)(?:\\++r)*+\\++n")
_OPENED = re.compile(rb"[^\n]*[=:(\[][ ]?[bruBRU]{0,2}(?P<mark>\\*['\"`])|[^\n'\"`]*(?P<first>['\"`])")
_ESCAPE = re.compile(rb"\\+([\"'`t$\\?]|x[0-9a-fA-F]{2}|u00[0-9a-fA-F]{2})")
_ESCAPE_HEAD = 2000
"""Bytes in which the mark that opens a string is looked for."""
_FIELD = re.compile(rb"[^\n%&]*=")
_PERCENT = re.compile(rb"(?:%0D)*%0A")


def _strings(text: bytes, drop: Drop) -> bytes:
    r"""Strings of programs: `\n` at the end of lines, with any number of backslashes."""
    return _each_line(text, drop, b"\\n", _ESCAPED, unescaped)


def _encoded(text: bytes, drop: Drop) -> bytes:
    """Forms as browsers send them (RFC 3986, 2.1)."""
    return _each_line(text, drop, b"%0A", _PERCENT, unquote_to_bytes, _FIELD)


def unescaped(line: bytes) -> bytes:
    """What a line in a string of a program means."""
    return _ESCAPE.sub(_meant, line) if b"\\" in line else line


def _meant(escape: re.Match[bytes]) -> bytes:
    what = escape[1]
    if len(what) > 1:
        return bytes((int(what[-2:], 16),))
    return b"\t" if what == b"t" else what


def _each_line(
    text: bytes, drop: Drop, sign: bytes, ends: re.Pattern[bytes], meant: Drop, opened: re.Pattern[bytes] = _OPENED
) -> bytes:
    """The text with the lines that stand in one of its lines as `drop` leaves them."""
    out = []
    at = 0
    found = text.find(sign)
    while found >= 0:
        start = text.rfind(b"\n", at, found) + 1 or at
        stop = text.find(b"\n", found)
        stop = len(text) if stop < 0 else stop
        if text.count(sign, found, stop) >= _FEW:
            out += [text[at:start], _string(text[start:stop], drop, ends, meant, opened)]
            at = stop
        found = text.find(sign, stop)
    return b"".join(out) + text[at:]


def _string(line: bytes, drop: Drop, ends: re.Pattern[bytes], meant: Drop, opened: re.Pattern[bytes]) -> bytes:
    first = ends.search(line)
    head = opened.match(line, 0, min(first.start(), _ESCAPE_HEAD)) if first else None
    start = head.end() if head else 0
    mark = (head.groupdict().get("mark") or head.groupdict().get("first")) if head else None
    begin = line.rfind(b"\\n", start)
    stop = line.find(mark, begin) if mark and begin >= 0 else -1
    stop = len(line) if stop < 0 else stop
    return line[:start] + _inside(line[start:stop], drop, ends, meant) + line[stop:]


def _inside(text: bytes, drop: Drop, ends: re.Pattern[bytes], meant: Drop = bytes) -> bytes:
    """A text whose lines end otherwise, as `drop` leaves what they mean."""
    lines = Lines.of(text, ends)
    count = len(lines.text) - (not lines.text[-1])
    shown = [meant(line).replace(b"\n", b" ") for line in lines.text[:count]]
    kept = lines.without([View(range(count), [b""] * count, shown, meant=meant)], drop)
    return text if kept is None else kept


_BREAK = re.compile(rb"[ \t]*<br ?/?>\r?\n?|\n", re.IGNORECASE)
_TAGS = re.compile(rb"(?:\s*<[^<>\n]{1,200}>)*")
_END_TAGS = re.compile(rb"(?:\s*</[\w:-]{1,40}>)+\s*\Z")
_TAIL = 200


def _page(text: bytes, drop: Drop) -> bytes:
    """A page of HTML whose lines end with a tag."""
    if text.count(b"<br") + text.count(b"<BR") < _FEW or text.lstrip()[:1] != b"<":
        return text
    head = _TAGS.match(text)
    start = head.end() if head else 0
    end = _END_TAGS.search(text, max(start, len(text) - _TAIL))
    stop = end.start() if end else len(text)
    return text[:start] + _inside(text[start:stop], drop, _BREAK, character_data) + text[stop:]


def character_data(text: bytes) -> bytes:
    """What character data of HTML means."""
    if b"&" not in text:
        return text
    return html.unescape(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


_MOST = 0.9
"""The share of the lines of a text that have to have its form."""


def _spread(text: bytes, drop: Drop) -> bytes:
    """Lines with blank ones between them."""
    if b"\n\n" not in text and b"\n \n" not in text:
        return text
    lines = text.split(b"\n")
    full = [at for at, line in enumerate(lines) if line.strip()]
    gaps = [after - at - 1 for at, after in pairwise(full)]
    if len(gaps) < _FEW or gaps.count(0) > len(gaps) * (1 - _MOST):
        return text
    width = min(gap for gap in gaps if gap)
    ends = re.compile(rb"\n(?:[ \t]*\n){0,%d}" % width)
    return _inside(text, drop, ends)


_UNSEEN = re.compile(rb"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xa4\xa6-\xa9]|\xef\xbb\xbf|\xc2\xad|\0")
"""Characters without width or shape."""
_WIDE = re.compile(rb"\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80")
RARE = (b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf", b"\xc2\xad", b"\0", b"\xe3\x80\x80")


def _unseen(text: bytes, drop: Drop) -> bytes:
    """Lines with characters that nobody sees, and with spaces of other widths."""
    if not any(sign in text for sign in RARE) or not (_UNSEEN.search(text) or _WIDE.search(text)):
        return text
    lines = Lines.of(text)
    places = range(len(lines.text) - (not lines.text[-1]))
    view = View(places, [b""] * len(places), [visible(lines.text[at]) for at in places], meant=visible)
    return kept_or(lines.without([view], drop), text)


def visible(line: bytes) -> bytes:
    """A line without characters that nobody sees."""
    return _WIDE.sub(b" ", _UNSEEN.sub(b"", line))


_LETTERS = 40
_HEAD = 20_000
_UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _capitals(text: bytes, drop: Drop) -> bytes:
    """A text that somebody put into capitals."""
    head = text[:_HEAD]
    upper = len(head) - len(head.translate(None, _UPPER))
    lower = len(head) - len(head.translate(None, _UPPER.lower()))
    if upper < _LETTERS or lower * 4 > upper:
        return text
    lines = Lines.of(text)
    places = range(len(lines.text) - (not lines.text[-1]))
    view = View(places, [b""] * len(places), [lines.text[at].lower() for at in places], meant=bytes.lower)
    return kept_or(lines.without([view], drop), text)


_CELLS = re.compile(rb"[,;\t]\"[^\"\n]*\n")
_CELL_HEAD = re.compile(rb"(?:[^\"\n]{0,200}[,;\t])?\"(?!\")")


def _table(text: bytes, drop: Drop) -> bytes:
    """Cells of several lines in a table of values that commas part (RFC 4180, 2)."""
    if b'""' not in text and not _CELLS.search(text):
        return text
    lines = Lines.of(text)
    prefixes, shown, inside = [], [], False
    for line in lines.text:
        odd = line.count(b'"') % 2 == 1
        head = _CELL_HEAD.match(line) if odd and not inside else None
        prefixes.append(head[0] if head else b"")
        shown.append(_in_table(line[len(prefixes[-1]) :]) if inside or head else line)
        inside = inside != odd
    count = len(lines.text) - (not lines.text[-1])
    view = View(range(count), prefixes[:count], shown[:count], meant=_in_table)
    return kept_or(lines.without([view], drop), text) if shown != lines.text else text


def _in_table(line: bytes) -> bytes:
    return line.replace(b'""', b'"')


_INDENTED = re.compile(rb"(?:\n[ \t]*|[|>][-+]?[ \t]*|```\w*)\n(?P<indent>[ \t]{2,})\S")
_FEWEST = 5
"""Lines that make a paragraph."""


def _dedented(text: bytes, drop: Drop) -> bytes:
    """Paragraphs that are indented as a whole: quoted in a ticket, or the text of a deep place of YAML."""
    if text.lstrip()[:1] in (b"<", b"{", b"[") or not _INDENTED.search(text):
        return text
    lines = Lines.of(text)
    return kept_or(lines.without(_paragraphs(lines.text), drop), text)


def _paragraphs(lines: list[bytes]) -> Iterator[View]:
    at = 0
    while at < len(lines):
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(b" \t"))]
        opens = len(indent) > 1 and lines[at].strip() and at and _OPENS.search(lines[at - 1])
        stop = at + 1
        while opens and stop < len(lines) and (not lines[stop].strip() or lines[stop].startswith(indent)):
            stop += 1
        if stop - at >= _FEWEST:
            places = [place for place in range(at, stop) if lines[place].strip()]
            yield View(places, [indent] * len(places), [lines[place][len(indent) :] for place in places])
        at = stop


_OPENS = re.compile(rb"\A[ \t]*\Z|[|>][-+]?[ \t]*\Z|```\w*\Z")

_BLOCKS = re.compile(
    rb"(?P<named>(?:username|taskgroup|usergroup)[ \t]+\S+[ \t]*)|(?P<region>(?:lawful-?intercept|lawful|lig|x[123])\b.*|li-[a-z].*)"
    rb"|(?P<li>li[ \t]*)|(?P<user>user[ \t]+\"[^\"]*\"[ \t]*)",
    re.IGNORECASE,
)
_BLOCK_ENDS = {
    "named": re.compile(rb"!|username[ \t]"),
    "region": re.compile(rb"#"),
    "li": re.compile(rb"#-|echo |exit all"),
    "user": re.compile(rb"#-|echo |exit all|user[ \t]+\"", re.IGNORECASE),
}
_OPENERS = re.compile(rb"(?:console|snmp|public-keys|rsa|ecdsa|(?:rsa|ecdsa)-key\b.*)[ \t]*\Z", re.IGNORECASE)


def _flattened(text: bytes, drop: Drop) -> bytes:
    """A text whose indents were taken away: blocks that may be of interception get indents again."""
    if b"\n " in text or b"\n\t" in text or text[:1] in b" \t":
        return text
    lines = Lines.of(text)
    if len(lines.text) < _FEWEST:
        return text
    count = len(lines.text) - (not lines.text[-1])
    view = View(range(count), [b""] * count, _indented_again(lines.text[:count]), meant=bytes.lstrip)
    return kept_or(lines.without([view], drop), text) if any(line[:1] == b" " for line in view.bare) else text


def _indented_again(lines: list[bytes]) -> list[bytes]:
    out: list[bytes] = []
    kind, depth = "", 0
    for line in lines:
        if kind and (_BLOCK_ENDS[kind].match(line) or depth < 0):
            out[-1] = b"    exit" if kind == "li" and out[-1].strip() == b"exit" else out[-1]
            kind = ""
        begins = _BLOCKS.fullmatch(line) if not kind else None
        if begins is not None:
            kind, depth = begins.lastgroup or "", 0
            out.append(b" " * 4 * (kind in ("li", "user")) + line)
        elif kind == "user":
            depth -= line.strip() == b"exit"
            out.append(b" " * 4 * (depth + 2) + line)
            depth += _OPENERS.match(line) is not None
        elif kind:
            out.append(b" " * 8 + line)
        else:
            out.append(line)
    return out


_SCRIPT = re.compile(rb'\b(?:on-event|source|on-up|on-down|script)="((?:[^"\\\n]|\\.)*)(?:"|\Z)', re.DOTALL)
_COMMAND_END = re.compile(rb"(?:\\r)?(?:\\\r?\n[ \t]*)?\\n|;[ \t]?")


def _scripts(text: bytes, drop: Drop) -> bytes:
    """Scripts of RouterOS, which stand in a value."""
    if b"on-" not in text and b'source="' not in text and b'script="' not in text:
        return text
    return _SCRIPT.sub(lambda script: _replaced(script, _inside(script[1], drop, _COMMAND_END, _script_line)), text)


def _replaced(script: re.Match[bytes], inner: bytes) -> bytes:
    at = script.start(1) - script.start()
    return script[0][:at] + inner + script[0][at + len(script[1]) :]


def _script_line(line: bytes) -> bytes:
    return unescaped(re.sub(rb"\\\r?\n[ \t]*", b"", line))


FORMS = (_unseen, _scripts, _strings, _encoded, _page, _spread, _capitals, _table)
LAYOUTS = (_dedented, _flattened)

_MANY = 40
"""Words in one line that make it more than a line."""


def joined(text: bytes) -> bool:
    """Whether all lines of a text were made one, of a form that nobody can part again; such a text has no statements."""
    text = text.strip()
    return (
        b"\n" not in text
        and len(text) > 6 * _MANY
        and text[:1] not in (b"<", b"[", b"{", b'"', b"/")
        and b"{" not in text
        and not _ESCAPED.search(text)
        and text.count(b" ") > _MANY
    )
