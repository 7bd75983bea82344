"""What loggers, programs and people make of the lines of a configuration, laid bare for the rules of redaction.

The rules know the beginnings of lines. Here stand the forms in which something else stands before lines or between them:
the time, a prompt, a count, the marks of a comparison or a quotation in some part of a text, the strings of programs, blank
lines, capitals. A rule is applied to the bare lines of a form and to nothing beside them, so that what somebody writes in
such a form hides at most what stands in it. Lines that are kept stand as they stood; times and counts go on as if nothing
else had ever been there.
"""

import html
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote_to_bytes

import msgspec

Drop = Callable[[bytes], bytes]


class View(msgspec.Struct, frozen=True):
    """Lines of a text in one form."""

    places: Sequence[int]
    """Which of the lines of the text they are."""
    prefixes: Sequence[bytes]
    bare: Sequence[bytes]
    """What the rules see, line by line."""
    counted: bool = False
    """The prefixes count or tell the time: the lines that are kept get the first of them."""
    gap: bytes = b""
    """What stands between every prefix and the line."""
    meant: Drop = bytes
    """What a line means to the rules."""


class _Lines(msgspec.Struct):
    """The lines of a text, and what ends each: nothing behind the last one."""

    text: list[bytes]
    ends: list[bytes]

    @classmethod
    def of(cls, text: bytes, end: re.Pattern[bytes] | None = None) -> "_Lines":
        if end is None:
            lines = text.split(b"\n")
            return cls(lines, [b"\n"] * (len(lines) - 1) + [b""])
        found = list(end.finditer(text))
        starts = [0, *(one.end() for one in found)]
        stops = [*(one.start() for one in found), len(text)]
        return cls(
            [text[start:stop] for start, stop in zip(starts, stops, strict=True)], [*(one[0] for one in found), b""]
        )

    def without(self, views: Iterable[View], drop: Drop) -> bytes | None:
        """The text as `drop` leaves the bare lines of views; nothing where it alters none."""
        left: dict[int, bytes] = {}
        for view in views:
            torn = len(view.places) > 0 and view.places[-1] == len(self.text) - 1
            shown = b"\n".join(view.bare) + (b"" if torn else b"\n")
            kept = drop(shown)
            if kept != shown:
                left.update(dict.fromkeys(view.places, b""))
                self._put_back(view, kept, left)
        if not left:
            return None
        whole = [left.get(at, line + end) for at, (line, end) in enumerate(zip(self.text, self.ends, strict=True))]
        if not whole[-1] and self.text[-1]:
            last = next((at for at in range(len(whole) - 1, -1, -1) if whole[at]), 0)
            whole[last] = whole[last].removesuffix(self.ends[last])
        return b"".join(whole)

    def _put_back(self, view: View, kept: bytes, left: dict[int, bytes]) -> None:
        lines = kept.removesuffix(b"\n").split(b"\n") if kept else []
        for number, (at, altered) in enumerate(matched(view.bare, lines)):
            place = view.places[at]
            prefix = view.prefixes[min(number, len(view.prefixes) - 1) if view.counted else at]
            line = self.text[place][len(view.prefixes[at]) :]
            if altered is not None:
                line = view.gap + _cut(line.removeprefix(view.gap), view.bare[at], altered, view.meant)
            left[place] += prefix + line + (self.ends[place] or (b"\n" if left[place] else b""))


_NEAR = 50
"""Lines in which one that a rule altered is looked for."""
_STOP = b"\x1f"
_LONG = 4000
"""Bytes of a line in which a cut is looked for."""


def _cut(line: bytes, bare: bytes, altered: bytes, meant: Drop) -> bytes:
    """A line of which something was cut out, as it is written and not as it is meant; as it is meant where that is not found."""
    before = _common(bare, altered)
    behind = min(_common(bare[::-1], altered[::-1]), len(altered) - before)
    if len(line) > _LONG or before + behind < len(altered):
        return altered
    first = next((at for at in range(before, len(line) + 1) if meant(line[:at] + _STOP) == bare[:before] + _STOP), -1)
    while (
        0 <= first < len(line) and meant(line[: first + 1] + _STOP) == bare[:before] + _STOP
    ):  # "&quot" means what "&quot;" does
        first += 1
    last = next(
        (at for at in range(max(first, 0), len(line) + 1) if meant(line[at:]) == bare[len(bare) - behind :]), -1
    )
    return line[:first] + line[last:] if 0 <= first <= last else altered


def _cut_from(line: bytes, altered: bytes) -> bool:
    """Whether cutting something out of a line makes the other of it."""
    return len(line) > len(altered) <= _common(line, altered) + _common(line[::-1], altered[::-1])


def _common(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def matched(lines: Sequence[bytes], kept: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Where each of the lines that were kept stood, and the line where a rule altered it: that one stands with the last."""
    places: dict[bytes, deque[int]] = {}
    for number, line in enumerate(lines):
        places.setdefault(line, deque()).append(number)
    at = -1
    for line in kept:
        mine = places.get(line, deque())
        while mine and mine[0] <= at:
            mine.popleft()
        if mine:
            at = mine.popleft()
            yield at, None
        else:
            at = next(
                (after for after in range(at + 1, min(at + _NEAR, len(lines))) if _cut_from(lines[after], line)),
                max(at, 0),
            )
            yield at, line


def without(text: bytes, drop: Drop) -> tuple[bytes, bool]:
    """The text with every form in it as `drop` leaves its bare lines, and whether these were all that it means."""
    for form in _FORMS:
        text = form(text, drop)
    for views in _framings(text):
        lines = _Lines.of(text)
        found = list(views(lines.text))
        text = _or(lines.without(found, drop), text)
        if _all_of(lines.text, found):
            return text, True
    for layout in _LAYOUTS:
        text = layout(text, drop)
    return text, False


def _or(kept: bytes | None, text: bytes) -> bytes:
    """What was kept, also where that is nothing; the text where nothing was dropped."""
    return text if kept is None else kept


def _all_of(lines: Sequence[bytes], views: Sequence[View]) -> bool:
    """Whether views that count or tell the time hold every line with something on it."""
    counted = [view for view in views if view.counted]
    return bool(counted) and sum(len(view.places) for view in counted) >= sum(bool(line.strip()) for line in lines)


_WORDS = (
    *(
        b"li-",
        b"li_",
        b"liid",
        b"lawful",
        b"intercept",
        b"warrant",
        b"wiretap",
        b"tap-",
        b"tap_",
        b"tap ",
        b"-tap",
        b"ctap",
        b"citap",
    ),
    *(
        b"calea",
        b"sniff-",
        b"dtcp",
        b"criteria-id",
        b"jtap",
        b"csource-id",
        b"cdest-id",
        b"xid",
        b"x1-",
        b"x1 ",
        b"x1_",
        b"x1r",
        b"x1t",
        b"x2-",
        b"x3-",
        b"targetident",
    ),
    *(
        b"target-ident",
        b"target_ident",
        b"target ident",
        b"802tap",
        b"cuctap",
        b"cmtap",
        b"voiptap",
        b"hwli",
        b"cfli",
        b"3cli",
        b"tmirror",
    ),
    *(
        b"mirror-mib",
        b"drop-policy",
        b"md-list",
        b"md-ip",
        b"md-port",
        b"med-dev",
        b"med-ip",
        b"med-port",
        b"coa-request",
        b"dfc",
    ),
    *(b"6.1.4.1.", b"prises."),
)
_LI = re.compile(rb"li(?![a-z0-9])")


def concerned(text: bytes) -> bool:
    """Whether a text holds any word of interception; without one no form of it is looked into."""
    if any(sign in text for sign in _RARE):
        text = _visible(text)
    lowered = text.lower()
    return any(word in lowered for word in _WORDS) or any(
        lowered[at.start() - 1 : at.start()] != b"c" for at in _LI.finditer(lowered)
    )


def bare(text: bytes) -> bytes:
    """A text without its outermost form, as far as that says what system wrote it."""
    shown: list[bytes] = []

    def look(inner: bytes) -> bytes:
        shown.append(inner)
        return inner

    without(text, look)
    return max(shown, key=len, default=text)


# Forms in which something else ends the lines.

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
    return _each_line(text, drop, b"\\n", _ESCAPED, _unescaped)


def _encoded(text: bytes, drop: Drop) -> bytes:
    """Forms as browsers send them (RFC 3986, 2.1)."""
    return _each_line(text, drop, b"%0A", _PERCENT, unquote_to_bytes, _FIELD)


def _unescaped(line: bytes) -> bytes:
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
    lines = _Lines.of(text, ends)
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
    return text[:start] + _inside(text[start:stop], drop, _BREAK, _character_data) + text[stop:]


def _character_data(text: bytes) -> bytes:
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
_RARE = (b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf", b"\xc2\xad", b"\0", b"\xe3\x80\x80")


def _unseen(text: bytes, drop: Drop) -> bytes:
    """Lines with characters that nobody sees, and with spaces of other widths."""
    if not any(sign in text for sign in _RARE) or not (_UNSEEN.search(text) or _WIDE.search(text)):
        return text
    lines = _Lines.of(text)
    places = range(len(lines.text) - (not lines.text[-1]))
    view = View(places, [b""] * len(places), [_visible(lines.text[at]) for at in places], meant=_visible)
    return _or(lines.without([view], drop), text)


def _visible(line: bytes) -> bytes:
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
    lines = _Lines.of(text)
    places = range(len(lines.text) - (not lines.text[-1]))
    view = View(places, [b""] * len(places), [lines.text[at].lower() for at in places], meant=bytes.lower)
    return _or(lines.without([view], drop), text)


_CELLS = re.compile(rb"[,;\t]\"[^\"\n]*\n")
_CELL_HEAD = re.compile(rb"(?:[^\"\n]{0,200}[,;\t])?\"(?!\")")


def _table(text: bytes, drop: Drop) -> bytes:
    """Cells of several lines in a table of values that commas part (RFC 4180, 2)."""
    if b'""' not in text and not _CELLS.search(text):
        return text
    lines = _Lines.of(text)
    prefixes, shown, inside = [], [], False
    for line in lines.text:
        odd = line.count(b'"') % 2 == 1
        head = _CELL_HEAD.match(line) if odd and not inside else None
        prefixes.append(head[0] if head else b"")
        shown.append(_in_table(line[len(prefixes[-1]) :]) if inside or head else line)
        inside = inside != odd
    count = len(lines.text) - (not lines.text[-1])
    view = View(range(count), prefixes[:count], shown[:count], meant=_in_table)
    return _or(lines.without([view], drop), text) if shown != lines.text else text


def _in_table(line: bytes) -> bytes:
    return line.replace(b'""', b'"')


_INDENTED = re.compile(rb"(?:\n[ \t]*|[|>][-+]?[ \t]*|```\w*)\n(?P<indent>[ \t]{2,})\S")
_FEWEST = 5
"""Lines that make a paragraph."""


def _dedented(text: bytes, drop: Drop) -> bytes:
    """Paragraphs that are indented as a whole: quoted in a ticket, or the text of a deep place of YAML."""
    if text.lstrip()[:1] in (b"<", b"{", b"[") or not _INDENTED.search(text):
        return text
    lines = _Lines.of(text)
    return _or(lines.without(_paragraphs(lines.text), drop), text)


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
    lines = _Lines.of(text)
    if len(lines.text) < _FEWEST:
        return text
    count = len(lines.text) - (not lines.text[-1])
    view = View(range(count), [b""] * count, _indented_again(lines.text[:count]), meant=bytes.lstrip)
    return _or(lines.without([view], drop), text) if any(line[:1] == b" " for line in view.bare) else text


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
    return _unescaped(re.sub(rb"\\\r?\n[ \t]*", b"", line))


_FORMS = (_unseen, _scripts, _strings, _encoded, _page, _spread, _capitals, _table)
_LAYOUTS = (_dedented, _flattened)

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


# Forms in which something stands in front of lines.

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
    rb"[ \t]*[\[(<]?(?:"
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
_SENT = rb"[ \t]*(?:(?:send|sendline|echo|print|puts|log|cmd|command|write|cli)[ \t]*\(?[ \t]*|[-*][ \t])?[bruBRU]{0,2}(?P<quote>['\"])(?![^\n'\"]*['\"][ ]?[:=][ ])(?=[^\n]*(?P=quote)[\]);,]{0,3}[ \t]*$)"
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
    line = line.rstrip(b" \t);,]}").rstrip(b"'\"")
    return _unescaped(re.sub(rb"(?<!\\)(?<!\\[rn])(?:\\++[rn])++\Z", b"", line))


def _boxed(line: bytes) -> bytes:
    return re.sub(rb"[ \t]*(?:[|\xb3]|\xe2\x94\x82)[ \t]*\Z", b"", line)


def _in_cell(line: bytes) -> bytes:
    return _character_data(re.sub(rb"(?:</[\w:-]{1,40}>)+[ \t]*\Z", b"", line))


_FRAMES = {
    "times": _Frame(re.compile(_STAMP), counted=True),
    "levels": _Frame(re.compile(_LEVEL)),
    "counts": _Frame(re.compile(_COUNT), counted=True),
    "blame": _Frame(re.compile(_BLAME), counted=True),
    "marks": _Frame(re.compile(_MARK), meant=_boxed),
    "signs": _Frame(re.compile(_SIGN), fewest=1),
    "prompts": _Frame(re.compile(_PROMPT), fewest=0),
    "sent": _Frame(re.compile(_SENT), meant=_unquoted),
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
    "sent": b"'\"sepclwbruBRU-*",
    "rows": b"<",
    "cells": b"<",
}
_PROMPTED = re.compile(
    rb"(?:\A|\n)(?:"
    + _PROMPT.replace(b"?P<host>", b"?:").replace(b"?P<box>", b"?:").replace(b"?P<view>", b"?:")
    + rb")"
)
_HUNK = re.compile(rb"@@[ ]|\*{3}[ ]\d|-{3}[ ]\d")


def _framings(text: bytes) -> Iterator[Callable[[list[bytes]], Iterator[View]]]:
    """The forms that lines of a text may have, as functions that find them."""
    firsts = {line.lstrip()[:1] for line in text.split(b"\n")}
    begins = bytes(b"".join(firsts))
    if b"@@" in text:
        yield _hunks
    for name, frame in _FRAMES.items():
        if name == "prompts":
            if len(_PROMPTED.findall(text)) >= _FEW:
                yield _prompted
        elif name == "applets":
            if b" cli " in text:
                yield lambda lines: _scattered(lines, _FRAMES["applets"])
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
    if frame.counted:
        named = _host([rest.lstrip() for rest in full])
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
    yield View([at for at, _ in run], [prefix for _, prefix in run], bare, frame.counted, gap, frame.meant)


def _is_log(rests: list[bytes]) -> bool:
    sample = rests[:_SAMPLE]
    return sum(_LOGGED.match(rest) is not None for rest in sample) * 2 > len(sample)


_HOST = re.compile(rb"[\w.-]{1,40}:(?=[ ]|\Z)")


def _host(rests: list[bytes]) -> bytes:
    """The name that stands in front of every line, of a console server; nothing where there is none."""
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
