"""The statements of an IOS configuration as the device holds them in the end.

Statements that a scrubber turned into comments are statements again, a block that is entered twice is one block, and
what a later `no ...` takes away is gone. None of this occurs in what a device prints; all of it occurs in what people
keep.
"""

import re
from collections.abc import Sequence

from auditor.platforms.cisco_ios.blocks import text_blocks
from auditor.syntax import indent
from auditor.syntax.tree import Node

_SCRUBBED = re.compile(
    r"(?P<before>\s*)!(?P<after>\s*)(?P<statement>(?:username|user-name|enable (?:secret|password)|snmp-server (?:community|host|user)"
    r"|tacacs-server|radius-server|password|secret|key|server-private)\b.*)$"
)
"""RANCID writes `!username bob password <removed>`; any other comment is none of our business (parsing trap 4)."""

_PLACEHOLDER = "<removed>"
_INNER = re.compile(r"(?:password|secret|key|server-private)\b")
_ONE_BLOCK = ("line ", "interface ")
"""Blocks that are one even where nothing stands in them."""
_REMOVABLE = re.compile(
    r"no (?:username|user-name|enable (?:secret|password)|tacacs server|radius server|tacacs-server host|radius-server host"
    r"|aaa authentication login|aaa group server|snmp-server (?:community|group|view|host|user)|snmp-server$|logging host"
    r"|logging \d+\.|access-list|ip access-list|ipv6 access-list|object-group|interface|monitor session"
    r"|event manager (?:applet|policy)|app-hosting appid|virtual-service|ip ssh port|ip route|ipv6 route|route-map)\b"
)


def parse(lines: list[str], scrubbed: Sequence[int] = ()) -> tuple[Node, list[Node]]:
    """The tree, and the statements in it that took others away."""
    root = indent.parse(_uncommented(lines, scrubbed), text_blocks(lines))
    _lift(root)
    root.children, removals = _without_removed(root.children)
    for node in _join_blocks(root):
        node.children, inner = _without_removed(node.children)
        removals += inner
    return root, removals


def _lift(root: Node) -> None:
    """A statement that takes something away opens no block: what is indented below it in a script stands beside it."""
    if any(node.children and node.text.startswith("no ") for node in root.children):
        lifted: list[Node] = []
        for node in root.children:
            lifted.append(node)
            if node.children and node.text.startswith("no "):
                lifted += node.children
                node.children = []
        root.children = lifted


def scrubbed(lines: list[str]) -> list[int]:
    """Indexes of the statements that a scrubber made comments; to be asked before secrets are masked."""
    return [index for index, line in enumerate(lines) if _PLACEHOLDER in line and _SCRUBBED.match(line)]


def _uncommented(lines: list[str], scrubbed: Sequence[int]) -> list[str]:
    if not scrubbed:
        return lines
    found = list(lines)
    for index in scrubbed:
        match = _SCRUBBED.match(lines[index])
        if match:
            inner = _INNER.match(match["statement"])
            depth = max(1, len(match["before"] + match["after"])) if inner else 0
            found[index] = " " * depth + match["statement"]
    return found


class _Gone:
    """Beginnings of statements that a later `no ...` takes away, by their first word and their number of words."""

    def __init__(self) -> None:
        self._by_word: dict[str, dict[int, dict[str, Node]]] = {}

    def add(self, node: Node) -> None:
        """Note what a `no ...` names."""
        words = node.text.split()[1:_LONGEST]
        if words:
            self._by_word.setdefault(words[0], {}).setdefault(len(words), {})[" ".join(words)] = node

    def taker(self, node: Node) -> Node | None:
        """The statement that takes this one away."""
        counts = self._by_word.get(node.text.partition(" ")[0])
        if counts is None:
            return None
        words = node.text.split()
        for count, texts in counts.items():
            found = texts.get(" ".join(words[:count])) if count <= len(words) else None
            if found is not None:
                return found
        return None


_LONGEST = 13
"""Words of the longest removal that is compared, `no` included."""


def _without_removed(statements: list[Node]) -> tuple[list[Node], list[Node]]:
    """What is left, and the removals that acted or name what only a removal can end.

    Walks backwards, so that a removal acts on what stands before it and one look at each statement is enough.
    """
    gone = _Gone()
    removals: dict[int, Node] = {}
    kept: list[Node] = []
    for node in reversed(statements):
        if node.text.startswith("no "):
            gone.add(node)
            if _REMOVABLE.match(node.text):
                removals[node.number] = node
            kept.append(node)
            continue
        taker = gone.taker(node)
        if taker is None:
            kept.append(node)
        else:
            removals[taker.number] = taker
    return kept[::-1], list(removals.values())


def _join_blocks(root: Node) -> list[Node]:
    """Join the blocks that are entered more than once; the list of these."""
    first: dict[str, Node] = {}
    kept: list[Node] = []
    joined: dict[int, Node] = {}
    for node in root.children:
        known = first.setdefault(node.text, node)
        if known is not node and (node.children or node.text.startswith(_ONE_BLOCK)):
            known.children += node.children
            joined[known.number] = known
            continue
        kept.append(node)
    root.children = kept
    return list(joined.values())
