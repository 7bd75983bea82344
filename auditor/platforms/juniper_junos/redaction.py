"""Lawful intercept: what identifies a target is dropped from the bytes, before decoding.

On Junos the only such text is in the policies of `services radius-flow-tap` (`policy P { inet { drop-policy R {
from ...` ; lawful-intercept reference, 2.4). They and the comments beside them leave nothing behind, and evidence
lines count the kept text (same reference, 5.4).
"""

import re
from collections.abc import Iterator

from auditor.platforms.redaction.signs import held
from auditor.platforms.redaction.spans import Span, is_json, is_xml, json_members, unbroken, value_end, without

_FLAT = re.compile(
    rb"^[ \t]*(?:\d+[|:]?[ \t]+)?[a-z]+[ \t][^\n]*(?:\bradius-flow-tap[ \t]+policy\b|\binet6?[ \t]+drop-policy\b)[^\n{]*(?:\n|\Z)",
    re.MULTILINE,
)
_COMPARED = re.compile(
    rb"^[ \t]*\[edit[^\n\]]*\b(?:radius-flow-tap|dynamic-flow-capture)\b[^\n]*\]?[ \t]*\n(?:(?![ \t]*\[edit\b)[ \t]*[-+!][^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
"""What `show | compare` tells of the service: the place, and the lines that differ."""
_HEAD = re.compile(rb"\bradius-flow-tap\s*\{")
_LOOSE = re.compile(rb"(?:^|[{};])[ \t]*(?:[-+!]\s+|[a-z]+:\s*)?(?P<word>drop-policy)\s+(?![{;])", re.MULTILINE)
_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\[^\n])*"|"|[-+!]?/\*.*?(?:\*/|\Z)|#[^\n]*|[{};]|[^\s{};"]+', re.DOTALL)
_STRETCH = re.compile(
    rb"(?P<words>(?:[\s{};]++|[^\s{};\"#/!+-][^\s{};\"]*+|(?![-+!]?/\*)[/!+-][^\s{};\"]*+)++)|" + _TOKEN.pattern,
    re.DOTALL,
)
"""All words up to the next text or comment at once."""
_INK = re.compile(rb"[^\n]")
_MODIFIER = re.compile(rb"[a-z]+:\Z|[-+!]\Z")


_XML_HEAD = re.compile(rb"<(?:\w+:)?radius-flow-tap(?:\s[^>]*)?>")
_XML_TAIL = re.compile(rb"</(?:\w+:)?radius-flow-tap>")
_XML_INNER = re.compile(
    rb"<((?:\w+:)?(?:policy|comment))(?:\s[^>]*)?(?:/>|>.*?(?:</\1>|\Z))|<!--.*?(?:-->|\Z)|<(?:policy|drop)[^>]*\Z",
    re.DOTALL,
)
_XML_LOOSE = re.compile(rb"<((?:\w+:)?drop-policy)(?:\s[^>]*)?>.*?(?:</\1>|\Z)", re.DOTALL)
_JSON_HEAD = re.compile(rb'"radius-flow-tap"\s*:\s*')
_JSON_INNER = re.compile(rb'"(?:@?policy|@|comment|annotate)"\s*:\s*')
_JSON_LOOSE = re.compile(rb'"drop-policy"\s*:\s*')


def redact(content: bytes) -> bytes:
    """A Junos document without the policies of subscriber secure policy, in braces and in flat lines."""
    if b"[edit" in content:
        content = _COMPARED.sub(b"", content)
    if b"radius-flow-tap" not in content and b"drop-policy" not in content:
        return content
    if is_xml(content):
        content = without(content, _xml(content))
        return without(content, [match.span() for match in _XML_LOOSE.finditer(content)])
    if is_json(content):
        content = without(content, _json(content))
        return without(content, json_members(content, _JSON_LOOSE.finditer(content), len(content)))
    flat = (_FLAT.match(content, *line) for line in held(content).lines((b"radius-flow-tap", b"drop-policy")))
    content = without(content, [unbroken(content, line.span()) for line in flat if line])
    content = without(content, _protected(content) if b"radius-flow-tap" in content else [])
    if b"drop-policy" not in content:
        return content
    words = _structure(content)
    if not _LOOSE.search(words):
        return content
    content = without(content, _policies(words))
    return without(content, _loose_ones(content))


def _protected(content: bytes) -> Iterator[Span]:
    """The spans of what is protected in every block of the service."""
    words = _structure(content)
    at = 0
    while (head := _HEAD.search(words, at)) is not None:
        found, at = _block(content, head.end())
        yield from found


def _loose_ones(content: bytes) -> Iterator[Span]:
    """The spans of statements whose block is missing."""
    words = _structure(content)
    at = 0
    while (loose := _LOOSE.search(words, at)) is not None:
        span = _statement_round(content, loose.start("word"))
        yield span
        at = max(span[1], loose.end())


def _structure(content: bytes) -> bytes:
    """The words of statements where they stand: blanks instead of comments and of texts in quotation marks."""
    return _STRETCH.sub(lambda match: match[0] if match["words"] else _INK.sub(b" ", match[0]), content)


def _block(content: bytes, start: int) -> tuple[list[tuple[int, int]], int]:
    """The spans of `policy` statements and comments in the block whose content begins at `start`, and its end.

    `policy` is looked for at every depth, so that a block that is never closed hides none of a later one.
    """
    spans: list[tuple[int, int]] = []
    depth = 1
    first: tuple[int, bytes] | None = None
    dropping: tuple[int, int] | None = None
    for match in _TOKEN.finditer(content, start):
        token = match[0]
        if token[:1] == b"#" or token.lstrip(b"-+!")[:2] == b"/*":
            spans.append(match.span())
        elif token not in (b"{", b"}", b";"):
            if first is None or _MODIFIER.match(first[1]):
                first = (first[0] if first else match.start(), token)
        else:
            named = first is not None and first[1] == b"policy"
            if named and first is not None and dropping is None:
                dropping = (first[0], depth)
            depth += {b"{": 1, b"}": -1, b";": 0}[token]
            first = None
            if dropping is not None and depth <= dropping[1] and token != b"{":
                spans.append((dropping[0], match.end()))
                dropping = None
            if depth == 0:
                return spans, match.end()
    if dropping is not None or (first is not None and first[1] == b"policy"):
        spans.append((dropping[0] if dropping is not None else first[0] if first else start, len(content)))
    return spans, len(content)


def _policies(words: bytes) -> list[tuple[int, int]]:
    """The policies of a fragment whose outer block is missing: nothing else holds `inet { drop-policy`."""
    spans: list[tuple[int, int]] = []
    blocks: list[tuple[int, bytes]] = []
    outermost = -1
    first: tuple[int, bytes] | None = None
    for match in _TOKEN.finditer(words):
        token = match[0]
        if token not in (b"{", b"}", b";"):
            if first is None or _MODIFIER.match(first[1]):
                first = (first[0] if first else match.start(), token)
            continue
        kinds = [word for _, word in blocks[-2:]]
        if first is not None and first[1] == b"drop-policy" and kinds[:1] == [b"policy"] and kinds[-1][:4] == b"inet":
            outermost = len(blocks) - 2 if outermost < 0 else outermost
        if token == b"{":
            blocks.append(first or (match.start(), b""))
        elif token == b"}" and blocks:
            start, _ = blocks.pop()
            if len(blocks) == outermost:
                spans.append((start, match.end()))
                outermost = -1
        first = None
    return spans if outermost < 0 else [*spans, (blocks[outermost][0], len(words))]


def _statement_round(content: bytes, at: int) -> tuple[int, int]:
    """A statement of a fragment whose outer block is missing: from its line to its closing brace."""
    start = content.rfind(b"\n", 0, at) + 1
    depth = 0
    for match in _TOKEN.finditer(content, at):
        if match[0] == b"{":
            depth += 1
        elif match[0] == b"}":
            depth -= 1
        elif match[0] != b";" or depth > 0:
            continue
        if depth <= 0:
            return start, match.end()
    return start, len(content)


def _xml(content: bytes) -> list[tuple[int, int]]:
    """The spans of `policy` elements and comments in every `<radius-flow-tap>`."""
    spans: list[tuple[int, int]] = []
    at = 0
    while (head := _XML_HEAD.search(content, at)) is not None:
        tail = _XML_TAIL.search(content, head.end())
        at = tail.start() if tail is not None else len(content)
        spans += [match.span() for match in _XML_INNER.finditer(content, head.end(), at)]
    return spans


def _json(content: bytes) -> list[tuple[int, int]]:
    """The spans of the members `policy` in every `"radius-flow-tap"`; what is left is still JSON."""
    spans: list[tuple[int, int]] = []
    at = 0
    while (head := _JSON_HEAD.search(content, at)) is not None:
        at = value_end(content, head.end())
        spans += json_members(content, _JSON_INNER.finditer(content, head.end(), at), head.end())
    return spans
