"""The statements of an IOS configuration as the device holds them in the end.

Statements that a scrubber turned into comments are statements again, a block that is entered twice is one block, and
what a later `no ...` takes away is gone. None of this occurs in what a device prints; all of it occurs in what people keep.
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
_REMOVABLE = re.compile(
    r"no (?:username|user-name|enable (?:secret|password)|tacacs server|radius server|tacacs-server host|radius-server host"
    r"|aaa authentication login|aaa group server|snmp-server (?:community|group|view|host|user)|snmp-server$|logging host"
    r"|logging \d+\.|access-list|ip access-list|ipv6 access-list|object-group|interface|monitor session"
    r"|event manager (?:applet|policy)|app-hosting appid|virtual-service|ip ssh port|ip route|ipv6 route|route-map)\b"
)


def parse(lines: list[str], scrubbed: Sequence[int] = ()) -> tuple[Node, list[Node]]:
    """The tree, and the statements in it that took others away."""
    root = indent.parse(_uncommented(lines, scrubbed), text_blocks(lines))
    removals = _apply_removals(root)
    _join_blocks(root)
    return root, removals


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


def _apply_removals(root: Node) -> list[Node]:
    """Walk backwards, so that a removal acts on what stands before it and one look at each statement is enough."""
    gone: set[str] = set()
    removals: list[Node] = []
    kept: list[Node] = []
    for node in reversed(root.children):
        if _REMOVABLE.match(node.text):
            gone.add(" ".join(node.words[1:]))
            removals.append(node)
        if not (gone and _is_gone(node, gone)):
            kept.append(node)
    root.children = kept[::-1]
    return removals


def _is_gone(node: Node, gone: set[str]) -> bool:
    words = node.words
    return any(" ".join(words[:count]) in gone for count in range(1, min(len(words), _LONGEST) + 1))


_LONGEST = 12
"""Words of the longest beginning that a removal may name."""


def _join_blocks(root: Node) -> None:
    first: dict[str, Node] = {}
    kept = []
    for node in root.children:
        if node.text.startswith(_ONE_BLOCK):
            known = first.setdefault(node.text, node)
            if known is not node:
                known.children += node.children
                continue
        kept.append(node)
    root.children = kept
