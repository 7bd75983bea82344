"""Reads text whose blocks are braces and whose statements end with their line: SR OS MD-CLI, SR Linux `info`."""

import re
from collections.abc import Sequence

import msgspec

from auditor.syntax.tree import Node

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACE = re.compile(r'("(?:[^"\\]|\\.)*")|\s*[{}]')


class Shape(msgspec.Struct):
    """What is wrong with the form of a text."""

    open_blocks: int = 0
    """Blocks and lists that were not closed when the text ended."""
    stray: int = 0
    """Closing braces without an opening one."""
    first_stray: int = 0
    """Line of the first of them."""


def parse(lines: Sequence[str], first: int = 0, last: int | None = None, comment: str = "#") -> tuple[Node, Shape]:
    """The tree of the lines from index `first` up to, not including, `last`.

    `words {` opens a block, `}` closes it, `words [` opens a list that ends with `]`: its members are joined to the
    words, and the statement spans all its lines. `words { words { words } }` in one line is one path (`info full-context`
    of MD-CLI prints every statement so). Never fails and takes linear time.
    """
    root = Node("", 0, 0)
    stack = [root]
    shape = Shape()
    listing: Node | None = None
    members: list[str] = []
    for index in range(first, len(lines) if last is None else last):
        text = lines[index].strip()
        if not text or text[0] == comment:
            continue
        if listing is not None:
            listing.end = index + 1
            if text == "]":
                listing.text = f"{listing.text} {' '.join(members)} ]"
                listing = None
            else:
                members.append(text)
        elif text == "}":
            if len(stack) > 1:
                stack.pop()
            else:
                shape.stray += 1
                shape.first_stray = shape.first_stray or index + 1
        else:
            node = Node(text, index + 1, index + 1)
            stack[-1].children.append(node)
            bare = _bare(text)
            if bare.endswith("{"):
                node.text = text[:-1].rstrip()
                stack.append(node)
            elif bare.endswith("[") and "]" not in bare:
                listing, members = node, []
            elif bare.endswith("}") and bare.count("{") == bare.count("}"):
                node.text = _BRACE.sub(_quoted, text).rstrip()
    shape.open_blocks = len(stack) - 1 + (listing is not None)
    return root, shape


def is_empty(text: str) -> bool:
    """Whether a line ends with a block in which nothing stands: `words { }`, and `words { words { } }`."""
    return text.rstrip("} ").endswith("{")


def _quoted(match: re.Match[str]) -> str:
    return match[1] or ""


def _bare(text: str) -> str:
    """The text without what stands in quotes; of a quote that is never closed nothing is left."""
    return (
        _QUOTED.sub('""', text).partition(' "')[0]
        if text.count('"') % 2
        else _QUOTED.sub('""', text)
        if '"' in text
        else text
    )
