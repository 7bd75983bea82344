"""From the lines of a document to the statements that the device holds in the end.

What stands around a configuration (prompts, Markdown, numbers of a viewer) is left out, text blocks are one statement,
statements that a scrubber turned into comments are statements again, a block that is entered twice is one block, and
what a later `no ...` takes away is gone.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from auditor.syntax import indent
from auditor.syntax.text import lines_with
from auditor.syntax.tree import Node

_TEXT = re.compile(
    r"\s*(?:banner (?:login|motd|exec)|comment|action bash|code(?: unit \S+)?|protocol https certificate)\s*$"
)
_STARTS = ("banner ", "comment", "action bash", "code", "https certificate")
_TWO_PARTS = "protocol https certificate"
"""The certificate and its key: two texts, each with its own end."""
_NUMBERED = re.compile(r"\s*\d+ ?[|:\u2502] ?")
_PROMPT = re.compile(
    r"[\w.()@:~/-]{1,80}[#>]\s*(?:$|(?:sh|show|en|enable|term|terminal|exit|logout|quit|more|cat|conf\S*)\b)"
)
_NOISE = re.compile(
    r"(?:Last login|Password:|Pagination disabled|Width set to|Connection to \S+ closed|Warning: Permanently"
    r"|spawn ssh|Press any key"
    r"|--More--|exit\s*$|logout\s*$|configure(?: terminal)?\s*$|enable\s*$|copy running-config|write(?: memory)?\s*$"
    r"|terminal (?:length|width) )"
)
_SCRUBBED = re.compile(
    r"(?P<before>\s*)!(?P<after>\s*)(?P<statement>(?:username|enable (?:secret|password)|aaa root"
    r"|snmp-server (?:community|host|user)"
    r"|tacacs-server|radius-server|ntp authentication-key|neighbor|secret|password|key|boot secret)\b.*)$"
)
_PLACEHOLDER = re.compile(r"<removed>|<secret hidden>|<configuration removed>|xxxxxxxx|\*{4,}")
_REMOVABLE = re.compile(
    r"no (?:username|enable (?:secret|password)|aaa (?:root|group server|authentication login|authorization|accounting)"
    r"|(?:tacacs|radius)-server host|snmp-server (?:community|group|view|host|user)|logging (?:vrf \S+ )?host|(?:ip"
    r"|ipv6|mac) access-list"
    r"|interface|monitor session|event-handler|daemon|schedule|alias|ip route|ipv6 route|route-map|ip prefix-list"
    r"|ipv6 prefix-list"
    r"|policy-map|class-map|traffic-policies|router|ntp server|ntp authentication-key|ip name-server"
    r"|sflow (?:vrf \S+ )?destination"
    r"|management|banner|role|vrf instance|ip host|tap aggregation|patch panel)\b"
)
_LONGEST = 12
"""Words of the longest beginning that a removal may name."""


def without_numbers(lines: list[str]) -> list[str]:
    """The lines without the numbers that a viewer put in front of each (parsing trap 5)."""
    sample = [line for line in lines[:200] if line.strip()]
    if len(sample) < _SAMPLE or not all(_NUMBERED.match(line) for line in sample):
        return lines
    return [_NUMBERED.sub("", line, count=1) for line in lines]


_SAMPLE = 3


def scrubbed(lines: list[str]) -> list[int]:
    """Indexes of the statements that a scrubber made comments; to be asked before secrets are masked."""
    return [
        index for index, line in enumerate(lines) if "!" in line and _PLACEHOLDER.search(line) and _SCRUBBED.match(line)
    ]


def text_blocks(lines: list[str]) -> dict[int, int]:
    """First index -> last index of every text that a line `EOF` ends (parsing traps 11 to 13).

    A text that is never closed ends with its first line, so that it cannot swallow a configuration.
    """
    starts = [index for index in lines_with(lines, _STARTS) if _TEXT.match(lines[index])]
    if not starts:
        return {}
    ends = [index for index, line in enumerate(lines) if line.strip() == "EOF"]
    found: dict[int, int] = {}
    last = -1
    for index in starts:
        if index <= last:
            continue
        at = bisect_left(ends, index)
        if at == len(ends):
            continue
        if lines[index].strip() == _TWO_PARTS and at + 1 < len(ends):
            at += 1
        last = ends[at]
        found[index] = last
    return found


def parse(lines: list[str], opaque: dict[int, int], uncommented: Sequence[int] = ()) -> tuple[Node, list[Node]]:
    """The tree, and the statements that only shape it: removals, what they took away, heads of blocks that come again."""
    root = indent.parse(_configuration(lines, opaque, uncommented), opaque)
    removals = _apply_removals(root)
    return root, removals + _join_blocks(root)


def _configuration(lines: list[str], opaque: dict[int, int], uncommented: Sequence[int]) -> list[str]:
    """The lines with everything blank that is no configuration."""
    found = list(lines)
    for index in uncommented:
        match = _SCRUBBED.match(lines[index])
        if match:
            found[index] = match["before"] + match["after"].replace("!", "") + match["statement"]
    inside = _Inside(opaque)
    for index, line in enumerate(lines):
        if ("#" in line or ">" in line) and _PROMPT.match(line) and index not in inside:
            found[index] = ""
    for index in (*range(min(_EDGE, len(lines))), *range(max(_EDGE, len(lines) - _EDGE), len(lines))):
        if _NOISE.match(lines[index]) and index not in inside:
            found[index] = ""
    fences = [index for index, line in enumerate(lines) if "```" in line and line.lstrip().startswith("```")]
    if fences:
        last = fences[1] if len(fences) > 1 else len(lines)
        for index in (*range(fences[0] + 1), *range(last, len(lines))):
            found[index] = ""
    return found


_EDGE = 30
"""Lines at either end of a document in which the noise of a capture is looked for."""


class _Inside:
    """Whether an index lies in a text block."""

    def __init__(self, opaque: dict[int, int]) -> None:
        self._starts = sorted(opaque)
        self._opaque = opaque

    def __contains__(self, index: int) -> bool:
        at = bisect_left(self._starts, index + 1) - 1
        return at >= 0 and index <= self._opaque[self._starts[at]]


def _apply_removals(root: Node) -> list[Node]:
    """Walk backwards, so that a removal acts on what stands before it and one look at each statement is enough."""
    gone: set[str] = set()
    removals: list[Node] = []
    kept: list[Node] = []
    for node in reversed(root.children):
        if node.text.startswith("no ") and _REMOVABLE.match(node.text):
            gone.add(" ".join(node.words[1:]))
            removals.append(node)
            kept.append(node)
        elif not (gone and _is_gone(node, gone)):
            kept.append(node)
        else:
            removals.extend((node, *node.walk()))
    root.children = kept[::-1]
    return removals


def _is_gone(node: Node, gone: set[str]) -> bool:
    words = node.words
    return any(" ".join(words[:count]) in gone for count in range(1, min(len(words), _LONGEST) + 1))


def _join_blocks(root: Node) -> list[Node]:
    """Blocks of one name in one place are one block, on every level; the heads that were taken out are returned."""
    taken: list[Node] = []
    stack = [root]
    while stack:
        parent = stack.pop()
        first: dict[str, Node] = {}
        kept: list[Node] = []
        for node in parent.children:
            known = first.setdefault(node.text, node)
            if known is not node and (known.children or node.children):
                known.children += node.children
                node.children = []
                taken.append(node)
            else:
                kept.append(node)
        parent.children = kept
        stack.extend(node for node in parent.children if node.children)
    return taken
