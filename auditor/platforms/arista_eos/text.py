"""Words of statements: what stands after a key word, ranges of ports."""

import re
from collections.abc import Iterable, Sequence

from auditor.syntax.tree import Node

_RANGE = re.compile(r"([A-Za-z-]*)(\d+)-(\d+)$")
_WIDEST = 4096


def after(words: Sequence[str], key: str, default: str = "") -> str:
    """The word after a key word."""
    for position in range(len(words) - 1):
        if words[position] == key:
            return words[position + 1]
    return default


def number(text: str) -> int | None:
    """A whole number, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def positive(node: Node) -> tuple[bool, list[str]]:
    """Whether the statement stands without `no`, and its words without it."""
    words = node.words
    return (False, words[1:]) if words and words[0] == "no" else (True, words)


def last_of(nodes: Iterable[Node], *starts: str) -> Node | None:
    """The last statement that begins with one of these words, negated or not."""
    found = None
    for node in nodes:
        text = node.text.removeprefix("no ")
        later = found is None or node.number >= found.number
        if later and any(text == start or text.startswith(start + " ") for start in starts):
            found = node
    return found


def ports(text: str) -> list[str]:
    """Names of the interfaces in a list such as `Ethernet1-3,5`, `Ethernet3, Ethernet5`."""
    found: list[str] = []
    prefix = ""
    for part in text.replace(" ", "").split(","):
        match = _RANGE.match(part)
        if match and "/" not in part:
            prefix = match[1] or prefix
            low, high = int(match[2]), int(match[3])
            found += [f"{prefix}{index}" for index in range(low, min(high, low + _WIDEST) + 1)]
        elif part:
            letters = part.rstrip("0123456789./-")
            prefix = letters or prefix
            found.append(part if letters else prefix + part)
    return found
