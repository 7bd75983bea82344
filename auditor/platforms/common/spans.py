"""Cutting parts out of a document's bytes: lines that are left blank go too, and JSON stays JSON."""

import re
from collections.abc import Iterable, Sequence

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
    for name in names:
        if not spans or name.start() >= spans[-1][1]:
            spans.append(_member(content, name, spans[-1][1] if spans else first))
    return spans


def _member(content: bytes, name: re.Match[bytes], first: int) -> Span:
    """The span of a member with the comma behind it, or else the one before it."""
    end = value_end(content, name.end())
    start = name.start()
    rest = content[end : end + _NEAR].lstrip()
    if rest[:1] == b",":
        return start, content.index(b",", end) + 1
    before = content[max(start - _NEAR, first) : start].rstrip()
    if before[-1:] == b",":
        start = content.rindex(b",", first, start)
    return start, end


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


def xml_elements(content: bytes, names: Sequence[bytes]) -> list[Span]:
    """The spans of elements of these local names with any prefix; one that is not closed goes to the end."""
    told = b"|".join(names)
    pattern = re.compile(
        rb"<((?:[\w.-]{1,40}:)?(?:" + told + rb"))(?:\s[^>]*)?(?:/>|>.*?(?:</\1\s*>|\Z))"
        rb"|<(?:[\w.-]{1,40}:)?(?:" + told + rb")(?:\s[^>]*)?\Z",
        re.DOTALL,
    )
    return [match.span() for match in pattern.finditer(content)]
