"""Cutting parts out of a document's bytes: lines that are left blank go too, and JSON stays JSON."""

import re
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
    for name in names:
        if spans and name.start() < spans[-1][1]:
            continue
        span = _member(content, name, spans[-1][1] if spans else first)
        whole = is_json(content) if whole is None else whole
        if whole or _in_a_line(content, span):
            spans.append(span)
    return spans


_SOME = 60
"""Percent of the lines of a document that look like XML or JSON, for it to be taken for that."""
_FIRST = 3
"""Lines in which such a document begins; one may be torn or broken."""
_XML_BEGINS = re.compile(rb"[ \t\r]*(?:<\?xml\b|<!DOCTYPE\b|<[A-Za-z_][\w.:-]*(?:\s[^<>]*)?>[ \t\r]*(?:<|$))")
_JSON_BEGINS = re.compile(rb"[ \t\r]*[{\[][ \t\r]*(?:[{\[\"]|$)")
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


def _in_a_line(content: bytes, span: Span) -> bool:
    """Whether a member in a text that is no JSON stands in a line of JSON, and ends in it."""
    start = content.rfind(b"\n", 0, span[0]) + 1
    return b"\n" not in content[span[0] : span[1]] and _OWN_JSON.match(content, start, span[0] + 1) is not None


def _member(content: bytes, name: re.Match[bytes], first: int) -> Span:
    """The span of a member with the comma behind it, or else the one before it."""
    return with_comma(content, (name.start(), value_end(content, name.end())), first)


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
"""Columns of the narrowest terminal that somebody copies from."""
_STATEMENT = re.compile(
    rb"(?:set|delete|deactivate|activate|insert|annotate|edit|top|up|exit|commit|show|protect|rename|copy|info|back|quit|discard)\b|\t|  |[/#!<>{}\[]|\Z"
)


def carried_over(before: bytes, line: bytes) -> bool:
    """Whether a line may be the end of the one before it, as a terminal breaks lines: no statement of its own."""
    rest = line.rstrip()
    return len(before) >= _WIDTH and bool(rest) and not _STATEMENT.match(rest) and rest[-1:] not in b"{};"


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
    depth = 0
    for match in _JSON_TOKEN.finditer(content, start):
        mark = match[0]
        if mark in (b"{", b"["):
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
            if depth <= 0:
                return match.end() if depth == 0 else match.start()
        elif depth == 0:
            return match.start() if mark == b"," else match.end()
    return len(content)


_OWN_XML = rb"^(?:[ \t\"']*|[ \t]*(?:<\d{1,3}>)?[A-Z\d*][^\n<]{0,80}[ \t])"
"""Before an element in a text that is no XML: nothing, or what a log writes first."""


def xml_elements(content: bytes, names: Sequence[bytes]) -> list[Span]:
    """The spans of elements of these local names with any prefix; one that is not closed goes to the end of a torn document."""
    told = rb"(?:[\w.-]{1,40}:)?(?:" + b"|".join(names) + rb")"
    if not is_xml(content):
        return _loose_elements(content, told)
    torn = rb"|\Z" if _torn(content) else rb""
    pattern = re.compile(
        rb"<(" + told + rb")(?:\s[^>]*)?(?:/>|>.*?(?:</\1\s*>" + torn + rb"))"
        rb"|<" + told + rb"(?:\s[^>]*)?\Z",
        re.DOTALL,
    )
    return [match.span() for match in pattern.finditer(content)]


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
