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
    content = _without(content, [span for match in _HEAD.finditer(content) for span in _inside(content, match.end())])
    return _without(content, [_statement_round(content, match.start()) for match in _LOOSE.finditer(content)])


def _inside(content: bytes, start: int) -> list[tuple[int, int]]:
    """The spans of `policy` statements and comments in the block whose content begins at `start`."""
    spans = []
    depth = 1
    first: tuple[int, bytes] | None = None
    dropping = -1
    for match in _TOKEN.finditer(content, start):
        token = match[0]
        if token[:1] == b"#" or token[:2] == b"/*":
            spans.append(match.span())
            continue
        if token == b"{":
            if depth == 1 and first is not None and first[1] == b"policy":
                dropping = first[0]
            depth += 1
        elif token == b"}":
            depth -= 1
            if depth == 1 and dropping >= 0:
                spans.append((dropping, match.end()))
                dropping = -1
            if depth == 0:
                return spans
        elif token == b";":
            if depth == 1 and first is not None and first[1] == b"policy":
                spans.append((first[0], match.end()))
        elif first is None or _MODIFIER.match(first[1]):
            first = (first[0] if first else match.start(), token)
            continue
        else:
            continue
        first = None
    if dropping >= 0 or (first is not None and first[1] == b"policy"):
        spans.append((dropping if dropping >= 0 else first[0] if first else start, len(content)))
    return spans


def _statement_round(content: bytes, at: int) -> tuple[int, int]:
    """A statement of a fragment whose outer block is missing: from its line to its closing brace."""
    start = content.rfind(b"\n", 0, at) + 1
    depth = 0
    for match in _TOKEN.finditer(content, at):
        if match[0] == b"{":
            depth += 1
        elif match[0] == b"}":
            depth -= 1
            if depth <= 0:
                return start, match.end()
        elif match[0] == b";" and depth == 0:
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
