"""The statements of an IOS XR configuration as the device holds them in the end."""

import re
from collections import deque
from collections.abc import Sequence

from auditor.platforms.cisco_iosxr.blocks import TextBlock
from auditor.platforms.cisco_iosxr.levels import levels, opened
from auditor.syntax import indent
from auditor.syntax.tree import Node

_SCRUBBED = re.compile(
    r"(?P<before>\s*)!(?P<after>\s*)(?P<statement>(?:username|snmp-server (?:community|host|user)|tacacs-server"
    r"|radius-server|password|secret|key|server-private)\b.*)$"
)
"""RANCID writes `! secret 5 <removed>`; any other comment is none of our business (parsing trap 4)."""
_PLACEHOLDER = "<removed>"
_TOP = ("username", "snmp-server", "tacacs-server", "radius-server")
_LONGEST = 14
"""Words of the longest beginning that a removal may name."""


def scrubbed(lines: Sequence[str]) -> list[int]:
    """Indexes of the statements that a scrubber made comments; to be asked before secrets are masked."""
    return [index for index, line in enumerate(lines) if _PLACEHOLDER in line and _SCRUBBED.match(line)]


def parse(lines: list[str], blocks: Sequence[TextBlock], comments: Sequence[int]) -> tuple[Node, list[Node]]:
    """The tree, and the statements that say nothing by themselves: blocks entered again, and removals.

    A statement that names several levels on one line becomes those levels; a level that is entered twice is one level;
    what a later `no ...` takes away is gone.
    """
    if comments:
        lines = list(lines)
        for index in comments:
            lines[index] = _uncommented(lines[index])
    root = indent.parse(lines, {block.first: block.last for block in blocks})
    spent: list[Node] = []
    stack: list[tuple[Node, str]] = [(root, "")]
    while stack:
        node, name = stack.pop()
        stack += _arrange(node, name, spent)
    return root, spent


def _uncommented(line: str) -> str:
    match = _SCRUBBED.match(line)
    if match is None:
        return line
    depth = 0 if match["statement"].startswith(_TOP) else max(1, len(match["before"] + match["after"]))
    return " " * depth + match["statement"]


def synthetic(node: Node) -> bool:
    """Whether the node is a level that has no line of its own: its statement stands on the same line."""
    return node.end < node.number


def _arrange(parent: Node, name: str, spent: list[Node]) -> list[tuple[Node, str]]:
    """Split, join and remove among the children; the levels that are to be arranged next."""
    table = levels(name)
    known: dict[str, Node] = {}
    following: list[tuple[Node, str]] = []
    kept: list[Node] = []
    removals = False
    queue = deque(parent.children)
    while queue:
        node = queue.popleft()
        word = node.text.partition(" ")[0]
        candidates = table.get(word)
        if candidates is None:
            removals = removals or word == "no"
            kept.append(node)
            if node.children and word == "description":
                # A text holds nothing: what is indented below it was shifted by hand (parsing trap 40).
                queue.extendleft(reversed(node.children))
                node.children = []
            elif node.children:
                following.append((node, "leaf"))
            continue
        words = node.text.split()
        level = opened(candidates, words)
        if level is None:
            kept.append(node)
            continue
        head = _head(node, words, level[1])
        first = known.setdefault(head.text, head)
        if first is head:
            kept.append(head)
            following.append((head, level[0].inside or "leaf" if word != "group" else ""))
        else:
            first.children += head.children
            if not synthetic(head):
                spent.append(head)
    parent.children = _without_removed(kept, spent) if removals else kept
    return following


def _head(node: Node, words: list[str], length: int) -> Node:
    """The level that the statement opens; what is left of its words is the first statement inside."""
    text = " ".join(words[:length])
    if len(words) == length:
        node.text = text
        return node
    head = Node(text, node.number, node.number - 1)
    node.text = " ".join(words[length:])
    head.children.append(node)
    return head


def _without_removed(nodes: list[Node], spent: list[Node]) -> list[Node]:
    """Walk backwards, so that a removal acts on what stands before it and one look at each statement is enough."""
    gone: dict[str, Node] = {}
    kept: list[Node] = []
    for node in reversed(nodes):
        removal = _removal(node.text, gone) if gone else None
        if node.text.startswith("no "):
            gone[" ".join(node.text.split()[1:])] = node
            kept.append(node)
        elif removal is not None:
            spent += (removal, node, *node.walk())
        else:
            kept.append(node)
    return kept[::-1]


def _removal(text: str, gone: dict[str, Node]) -> Node | None:
    """The removal that takes the statement away: it names the statement or its beginning."""
    words = text.split()
    for count in range(1, min(len(words), _LONGEST) + 1):
        found = gone.get(" ".join(words[:count]))
        if found is not None:
            return found
    return None
