"""Cutting parts out of a document's bytes: lines that are left blank go too, and JSON stays JSON."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

Span = tuple[int, int]

_BLANK = re.compile(rb"[ \t\r]*(?:\n|\Z)")
_JSON_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"?|[{}\[\],]')
_NEAR = 200
"""Bytes that are looked at for the comma before or behind a member."""


def without(content: bytes, spans: Iterable[Span]) -> bytes:
    """The bytes outside of the spans; a line that is left blank goes with them."""
    kept = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            at = max(at, end)
            continue
        line = content.rfind(b"\n", at, start) + 1 or at
        if not content[line:start].strip():
            start = line
            blank = _BLANK.match(content, end) if content[end - 1 : end] != b"\n" else None
            end = blank.end() if blank else end
        kept.append(content[at:start])
        at = end
    return b"".join(kept) + content[at:] if kept or at else content


def json_members(content: bytes, names: Iterable[re.Match[bytes]], first: int) -> list[Span]:
    """The spans of members whose names matched, each with one comma; one inside another goes with it."""
    spans: list[Span] = []
    whole: bool | None = None
    open_ones: dict[int, int] = {}
    """By the ends of their lines."""
    for name in names:
        if spans and name.start() < spans[-1][1]:
            continue
        whole = is_json(content) if whole is None else whole
        if whole:
            end = value_end(content, name.end())
        else:
            end, stop = _end_in_line(content, name)
            open_ones[stop] = open_ones.get(stop, 0) + (end == 0)
            # A line of so many that do not end is no JSON: all behind goes, as it cannot be told apart.
            end = stop if open_ones[stop] > _MOST_OPEN else end
        if end > 0:
            spans.append(with_comma(content, (name.start(), end), spans[-1][1] if spans else first))
    return spans


_SOME = 60
"""Percent of the lines of a document that look like XML or JSON, for it to be taken for that."""
_FIRST = 3
"""Lines in which such a document begins; one may be torn or broken."""
_XML_BEGINS = re.compile(rb"[ \t\r]*(?:<\?xml\b|<!DOCTYPE\b|<[A-Za-z_][\w.:-]*(?:\s[^<>]*)?>[ \t\r]*(?:<|$))")
_JSON_BEGINS = re.compile(rb"[ \t\r]*[{\[][ \t\r]*(?:[{\[\"]|$)")
_MOST_OPEN = 500
_OWN_JSON = re.compile(rb"[ \t]*(?:(?:<\d{1,3}>)?[A-Z\d*][^\n\"{]{0,60}[ \t])?[{\[\"]")


def is_xml(content: bytes) -> bool:
    """Whether a document is XML, and not a text of another kind in which somebody wrote a tag."""
    return _is(content, _XML_BEGINS, b"<")


def is_json(content: bytes) -> bool:
    """Whether a document is JSON."""
    return _is(content, _JSON_BEGINS, b'{}[]"')


def _is(content: bytes, begins: re.Pattern[bytes], marks: bytes) -> bool:
    lines = [line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    if not any(begins.match(line) for line in lines[:_FIRST]):
        return False
    return sum(line.lstrip()[:1] in marks for line in lines) * 100 >= len(lines) * _SOME


def _end_in_line(content: bytes, name: re.Match[bytes]) -> Span:
    """In a text that is no JSON: where a member ends in its line (0: not in it; -1: no line of JSON), and where the line ends."""
    start = content.rfind(b"\n", 0, name.start()) + 1
    stop = content.find(b"\n", name.start())
    stop = len(content) if stop < 0 else stop
    if name.end() > stop or not _OWN_JSON.match(content, start, name.start() + 1):
        return -1, stop
    return closed_end(content, name.end(), stop), stop


def with_comma(content: bytes, span: Span, first: int = 0) -> Span:
    """A member or an item of a list with the comma behind it, or else the one before it."""
    start, end = span
    rest = content[end : end + _NEAR].lstrip()
    if rest[:1] == b",":
        return start, content.index(b",", end) + 1
    before = content[max(start - _NEAR, first) : start].rstrip()
    if before[-1:] == b",":
        start = content.rindex(b",", first, start)
    return start, end


_WIDTH = 60
"""Columns of the narrowest terminal or mail that somebody copies from."""
_STATEMENT = re.compile(
    rb"(?:set|delete|deactivate|activate|insert|annotate|edit|top|up|exit|commit|show|protect|rename|copy|info|back|quit|discard)\b|\t|  |[/#!<>{}\[]|\Z"
)


def carried_over(before: bytes, line: bytes) -> bool:
    """Whether a line may be the end of the one before it, as terminals, mails and shells break lines: no statement of its own."""
    rest = line.rstrip()
    word = rest.split(None, 1)[0] if rest else b""
    full = len(before) + 1 + len(word) > _WIDTH or before.rstrip().endswith(b"\\")
    return full and bool(rest) and not _STATEMENT.match(rest) and rest[-1:] not in b"{};"


def unbroken(content: bytes, span: Span) -> Span:
    """A flat statement with what a terminal carried over into the next lines."""
    start, end = span
    line = start
    while True:
        stop = content.find(b"\n", end)
        stop = len(content) if stop < 0 else stop + 1
        if not carried_over(content[line : end - 1], content[end:stop]):
            return start, end
        line, end = end, stop


def objects_holding(content: bytes, wanted: Callable[[bytes], object]) -> Iterator[tuple[int, int]]:
    """Every string (with its marks) that is wanted: where the object round it begins, and where the string ends."""
    opened: list[int] = []
    for match in _JSON_TOKEN.finditer(content):
        if match[0] == b"{":
            opened.append(match.start())
        elif match[0] == b"}" and opened:
            opened.pop()
        elif opened and match[0][:1] == b'"' and wanted(match[0]):
            yield opened[-1], match.end()


def value_end(content: bytes, start: int) -> int:
    """The end of the JSON value that begins here; of one that is not closed, the end of the document."""
    return closed_end(content, start, len(content)) or len(content)


def closed_end(content: bytes, start: int, stop: int) -> int:
    """The end of the JSON value that begins here, or 0 where it is not closed before `stop`."""
    depth = 0
    for match in _JSON_TOKEN.finditer(content, start, stop):
        mark = match[0]
        if mark in (b"{", b"["):
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
            if depth <= 0:
                return match.end() if depth == 0 else match.start()
        elif depth == 0:
            if mark == b",":
                return match.start()
            return match.end() if mark[-1:] == b'"' and len(mark) > 1 else 0
    return 0


_OWN_XML = rb"^(?:[ \t\"']*|[ \t]*(?:<\d{1,3}>)?[A-Z\d*][^\n<]{0,80}[ \t])"
"""Before an element in a text that is no XML: nothing, or what a log writes first."""


def xml_elements(content: bytes, names: Sequence[bytes]) -> list[Span]:
    """The spans of elements of these local names with any prefix; one that is not closed goes to the end of a torn document."""
    told = rb"(?:[\w.-]{1,40}:)?(?:" + b"|".join(names) + rb")"
    if not is_xml(content):
        return _loose_elements(content, told)
    torn = _torn(content)
    closes: dict[bytes, list[int]] = {}
    for close in re.finditer(rb"</(" + told + rb")\s*>", content):
        closes.setdefault(close[1], []).append(close.end())
    spans: list[Span] = []
    for opened in re.finditer(rb"<(" + told + rb")(?:\s[^>]*|/)?(?:>|\Z)", content):
        start, end = opened.span()
        if spans and start < spans[-1][1]:
            continue
        if not opened[0].endswith(b"/>") and end < len(content):
            ends = closes.get(opened[1], [])
            at = bisect_right(ends, end)
            if at == len(ends) and not torn:
                continue
            end = ends[at] if at < len(ends) else len(content)
        spans.append((start, end))
    return spans


def _loose_elements(content: bytes, told: bytes) -> list[Span]:
    """Elements in lines of their own: every further line begins with a tag. No statement of a configuration does."""
    if not re.search(rb"(?:<|&lt;)" + told, content):  # quicker than to look at the beginning of every line
        return []
    pattern = re.compile(
        _OWN_XML
        + rb"(?P<element><("
        + told
        + rb")(?:[ \t][^>\n]*)?(?:>|$)[^\n]*(?:\n[ \t]*</?[\w.:-][^\n]*)*?(?:</\2\s*>|/>)"
        rb"|<" + told + rb"(?:[ \t][^>\n]*)?(?:>|$)[^\n]*(?:\n[ \t]*</?[\w.:-][^\n]*)*"
        rb"|&lt;(" + told + rb")(?:[ /](?:(?!&gt;)[^\n])*)?&gt;[^\n]*(?:&lt;/\3&gt;|$))",
        re.MULTILINE,
    )
    return [match.span("element") for match in pattern.finditer(content)]


def _torn(content: bytes) -> bool:
    """Whether a document of XML ends before its outermost element does."""
    root = re.search(rb"<([A-Za-z_][\w.:-]*)", content)
    end = content.rstrip().removesuffix(b"]]>]]>").removesuffix(b"##").rstrip()
    return root is None or not re.search(
        rb"(?:</" + re.escape(root[1]) + rb"\s*>|</[\w.:-]+\s*>\s*</?[\w.:-]+\s*>)\Z", end
    )
