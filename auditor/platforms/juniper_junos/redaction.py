"""Lawful intercept: what identifies a target is dropped from the bytes, before decoding.

On Junos the only such text is in the policies of `services radius-flow-tap` (`policy P { inet { drop-policy R {
from ...` ; lawful-intercept reference, 2.4). They and the comments beside them leave nothing behind, and evidence
lines count the kept text (same reference, 5.4).
"""

import re

_FLAT = re.compile(
    rb"^[ \t]*[a-z]+[ \t][^\n]*(?:\bradius-flow-tap[ \t]+policy\b|\bdrop-policy\b)[^\n{]*(?:\n|\Z)", re.MULTILINE
)
_HEAD = re.compile(rb"\bradius-flow-tap\s*\{")
_LOOSE = re.compile(rb"\bdrop-policy\b")
_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\[^\n])*"?|/\*.*?(?:\*/|\Z)|#[^\n]*|[{};]|[^\s{};"]+', re.DOTALL)
_MODIFIER = re.compile(rb"[a-z]+:\Z")


def redact(content: bytes) -> bytes:
    """A Junos document without the policies of subscriber secure policy, in braces and in flat lines."""
    if b"radius-flow-tap" not in content and b"drop-policy" not in content:
        return content
    content = _FLAT.sub(b"", content)
    spans: list[tuple[int, int]] = []
    at = 0
    while (head := _HEAD.search(content, at)) is not None:
        found, at = _block(content, head.end())
        spans += found
    content = _without(content, spans)
    spans = []
    at = 0
    while (loose := _LOOSE.search(content, at)) is not None:
        spans.append(_statement_round(content, loose.start()))
        at = max(spans[-1][1], loose.end())
    return _without(content, spans)


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
        if token[:1] == b"#" or token[:2] == b"/*":
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


def _without(content: bytes, spans: list[tuple[int, int]]) -> bytes:
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
            blank = re.compile(rb"[ \t\r]*(?:\n|\Z)").match(content, end)
            end = blank.end() if blank else end
        kept.append(content[at:start])
        at = end
    return b"".join(kept) + content[at:]
