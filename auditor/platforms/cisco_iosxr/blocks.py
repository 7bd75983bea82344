"""Text blocks of IOS XR: banners, route policies and sets. What stands in them has no levels of its own."""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from auditor.syntax.text import lines_with

_BANNER = re.compile(r"\s*banner\s+(?:exec|incoming|motd|login|slip-ppp|prompt-timeout)\s+(?P<rest>\S.*)$")
_POLICY = re.compile(r"route-policy\s+(?P<name>[^\s(]+)\s*(?:\([^)]*\))?\s*$")
_SET = re.compile(
    r"(?P<kind>(?:prefix|community|as-path|rd|tag|esi|etag|mac|ospf-area|large-community|ipv4-prefix|ipv6-prefix)-set"
    r"|extcommunity-set\s+\S+|policy-global)(?:\s+(?P<name>\S+))?\s*$"
)
_TEMPLATE = re.compile(r"template\s+\S+\s*(?:\([^)]*\))?\s*$")
_WORDS = ("banner ", "route-policy ", "-set ", "policy-global", "template ")
_NEXT = re.compile(r"(?:route-policy|router|interface|vrf|\S+-set|ssh|line|ipv[46]) \S|end$")
"""What cannot stand in a policy or set at the outermost level: the block was cut before it."""


class TextBlock(msgspec.Struct, frozen=True):
    """A text block: its kind, its name, and the indexes of its first and last line."""

    kind: str
    """`banner`, `route-policy`, `template`, or the kind of a set (`prefix-set`, `extcommunity-set rt`)."""
    name: str
    first: int
    last: int
    closed: bool


def text_blocks(lines: list[str]) -> tuple[TextBlock, ...]:
    """Every block in the order of the document (syntax-ios-family B.1; parsing traps 11, 13 and 15).

    A banner that is never closed ends with its first line; a policy or set that is never closed ends before the next
    statement that cannot belong to it.
    """
    found: list[TextBlock] = []
    last = -1
    ends = [index for index in lines_with(lines, ("end-template",)) if lines[index].strip() == "end-template"]
    for index in lines_with(lines, _WORDS):
        if index <= last:
            continue
        block = _template(lines, index, ends) if _TEMPLATE.match(lines[index]) else _block(lines, index)
        if block is not None:
            found.append(block)
            last = block.last
    return tuple(found)


def elements(lines: Sequence[str], block: TextBlock) -> list[tuple[int, str]]:
    """(index, text) of every element of a set."""
    found = []
    for index in range(block.first + 1, block.last + 1):
        text = lines[index].strip()
        if text and text[0] not in "#!" and text != "end-set":
            found += [(index, part.strip()) for part in text.split(",") if part.strip()]
    return found


def _block(lines: list[str], index: int) -> TextBlock | None:
    line = lines[index]
    if match := _BANNER.match(line):
        last = _banner_end(lines, index, match["rest"])
        return TextBlock("banner", line.split()[1], index, last, closed=True)
    if match := _POLICY.match(line):
        return _until(lines, index, "end-policy", "route-policy", match["name"])
    if match := _SET.match(line):
        kind = " ".join(match["kind"].split())
        return _until(lines, index, "end-global" if kind == "policy-global" else "end-set", kind, match["name"] or "")
    return None


def _template(lines: list[str], start: int, ends: Sequence[int]) -> TextBlock | None:
    """`template T ... end-template`, which has policies inside it; one that is not closed is no block."""
    at = bisect_right(ends, start)
    if at == len(ends):
        return None
    return TextBlock("template", lines[start].split()[1], start, ends[at], closed=True)


def _until(lines: list[str], start: int, end: str, kind: str, name: str) -> TextBlock:
    """The block that ends with the word `end`, or before a statement that it cannot hold."""
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.strip() == end:
            return TextBlock(kind, name, start, index, closed=True)
        if _NEXT.match(line):
            return TextBlock(kind, name, start, index - 1, closed=False)
    return TextBlock(kind, name, start, len(lines) - 1, closed=False)


def _banner_end(lines: list[str], start: int, rest: str) -> int:
    """The line with the closing delimiter: `^C` as printed, or any single character; the rest of that line is ignored."""
    for delimiter in ["^C", "^"] if rest.startswith("^C") else [rest[0]]:
        if delimiter in rest[len(delimiter) :]:
            return start
        for index in range(start + 1, len(lines)):
            if delimiter in lines[index]:
                return index
    return start
