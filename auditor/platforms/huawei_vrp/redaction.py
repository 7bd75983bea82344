"""Lawful intercept: statements are dropped from the bytes before decoding (lawful-intercept reference, 2.6 and 5.4).

No public document shows their words, so a whole statement with all that stands below it goes, and what stays is that
there was one. The look is at the beginning of a statement only: `ip tcp intercept` and descriptions are none.

Statements that name somebody are dropped on the way in, and nothing tells that there were any.
"""

import re

_START = re.compile(
    rb"[ \t#]*(?:undo[ \t]+)?(?:lawful-?intercept|lawful|li|lig|lic|li-(?!on\b)[a-z0-9-]+|x[123]-interface|x[123])(?=[ \t\r\n\0]|$)",
    re.IGNORECASE,
)
_HINT = re.compile(rb"^[ \t#]*(?:undo[ \t]+)?(?:li|law|x[123])", re.IGNORECASE | re.MULTILINE)


def redact(content: bytes) -> tuple[bytes, tuple[int, ...]]:
    """The document without such statements, and for each the index that the line behind it has in what is kept."""
    if not _HINT.search(content):
        return content, ()
    kept: list[bytes] = []
    places: list[int] = []
    inside = -1
    for line in content.split(b"\n"):
        text = line.strip(b" \t\r\0")
        indent = len(line) - len(line.lstrip(b" \t"))
        if inside >= 0 and text and (indent <= inside or text == b"#"):
            inside = -1
        if inside < 0 and _START.match(line):
            inside = indent
            places.append(len(kept))
        if inside < 0:
            kept.append(line)
    return b"\n".join(kept), tuple(places)


_IDENTITY = re.compile(
    rb"\d{4,}|\d+\.\d+\.\d+\.\d+|[0-9a-f]{1,4}:[0-9a-f:]{2,}|@|[0-9a-f]{4}-[0-9a-f]{4}|\"|target|subscriber|user|msisdn|im[se]i|li-?id|warrant|case",
    re.IGNORECASE,
)
"""What a statement holds that is about somebody, and not about what the device can do."""


def targets(content: bytes) -> bytes:
    """The document without such statements as name somebody; each with all below it, and one of the `#` round it."""
    if not _HINT.search(content):
        return content
    lines = content.split(b"\n")
    kept: list[bytes] = []
    index = 0
    dropped = False
    while index < len(lines):
        line = lines[index]
        end = _end(lines, index) if _START.match(line) else index
        torn = end == len(lines) and lines[-1] != b""
        if end > index and (torn or any(_IDENTITY.search(inner) for inner in lines[index:end])):
            index = end
            dropped = True
            continue
        if not (dropped and _mark(line) and kept and _mark(kept[-1])):
            kept.append(line)
        dropped = False
        index += 1
    return b"\n".join(kept)


def _end(lines: list[bytes], start: int) -> int:
    """The line behind a statement and all that stands below it."""
    depth = len(lines[start]) - len(lines[start].lstrip(b" \t"))
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _mark(line) or (line.strip(b" \t\r\0") and len(line) - len(line.lstrip(b" \t")) <= depth):
            return index
    return len(lines)


def _mark(line: bytes) -> bool:
    return line.strip(b" \t\r\0") == b"#"
