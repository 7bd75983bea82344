"""The statements of an NX-OS configuration as the device holds them in the end.

The noise around a capture is no statement, a banner and a scheduler job are blocks of text, a block that is entered
twice is one block, and what a later `no ...` takes away is gone.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from auditor.syntax import indent
from auditor.syntax.tree import Node

_BANNER = re.compile(r"\s*banner\s+(?:motd|exec|login)\s+(?P<rest>\S.*)$")
_PROMPT = re.compile(r"[A-Za-z][\w.-]{0,62}(?:\([\w/-]{1,40}\))?# ?")
_NUMBERED = re.compile(r"\s{0,8}(?P<number>\d{1,9})(?:[|:] ?|\s)")
_NOISE = re.compile(r"\s*(?:```|~~~|--More--|Building configuration|Connection to \S+ closed)")
_JOB = re.compile(r"scheduler job name \S")
_PLACEHOLDER = "<removed>"
_SCRUBBED = re.compile(
    r"(?P<before>\s*)!(?P<after>\s*)(?P<statement>(?:username|enable secret|snmp-server (?:community|host|user)"
    r"|(?:tacacs|radius|ldap)-server|password|key-string|authentication|ntp authentication-key"
    r"|ip ospf (?:message-digest-key|authentication-key))\b.*)$"
)
"""RANCID writes `!username bob password 5 <removed> role R`; any other comment is none of our business."""
_INNER = re.compile(r"(?:password|key-string|authentication|ip ospf)\b")
_ENOUGH = 3
"""Numbered lines in a row that tell a viewer's numbers from sequence numbers of an access list."""

_REMOVABLE = re.compile(
    r"no (?:username|snmp-server (?:community|user|host)|(?:tacacs|radius|ldap)-server (?:host|key)|aaa group server"
    r"|aaa (?:authentication login|authorization|accounting) |(?:ip|ipv6|mac) access-list|object-group|interface"
    r"|monitor session|event manager (?:applet|policy)|scheduler (?:job|schedule) name|logging server|ntp (?:server|peer)"
    r"|(?:ip|ipv6) route|vrf context|role name|route-map|(?:ip|ipv6) prefix-list|flow (?:exporter|monitor|record)"
    r"|key chain|router |cli alias name|ip name-server|ip host|sflow|banner|line |vlan filter|class-map|policy-map"
    r"|telemetry|callhome|boot |nxapi (?:http|https) port|port-profile)\b"
)
_BLOCKS = ("line ", "vrf context ", "router ", "control-plane", "telemetry", "callhome", "monitor session ")
"""Statements that are blocks even where nothing stands inside."""
_LONGEST = 12
"""Words of the longest beginning that a removal may name."""


def framed(lines: list[str]) -> list[str]:
    """The lines with everything blanked that a capture or a copied document puts around a configuration.

    Line numbers of a viewer go; prompts with their commands, Markdown fences and pager remains become empty lines.
    """
    found = _unnumbered(lines)
    for index, line in enumerate(found):
        if _suspect(line) and (_PROMPT.match(line) or _NOISE.match(line)):
            found[index] = ""
    return found


def _suspect(line: str) -> bool:
    """A quick look, before the patterns: this is asked of every line."""
    return "#" in line or "--" in line or "`" in line or "~" in line or line[:1] in "BC"


def prompted(lines: list[str]) -> int | None:
    """Index of a prompt that follows a configuration: the device had nothing more to print."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].strip():
            return index if _PROMPT.fullmatch(lines[index].strip()) else None
    return None


def _unnumbered(lines: list[str]) -> list[str]:
    matches = [_NUMBERED.match(line) for line in lines[: _ENOUGH * 4]]
    numbers = [int(match["number"]) for match in matches if match]
    running = len(numbers) >= _ENOUGH and all(b == a + 1 for a, b in pairwise(numbers))
    if not running or not matches[0]:
        return list(lines)
    return [line[match.end() :] if (match := _NUMBERED.match(line)) else line for line in lines]


def scrubbed(lines: list[str]) -> list[int]:
    """Indexes of statements that a scrubber made comments; to be asked before secrets are masked."""
    return [index for index, line in enumerate(lines) if _PLACEHOLDER in line and _SCRUBBED.match(line)]


def parse(lines: list[str], commented: Sequence[int] = ()) -> Node:
    """The tree of the whole document, before blocks are joined; scrubbed statements are statements again."""
    found = framed(lines)
    for index in commented:
        match = _SCRUBBED.match(lines[index])
        if match is not None:
            inner = _INNER.match(match["statement"])
            depth = max(2, len(match["before"] + match["after"])) if inner else 0
            found[index] = " " * depth + match["statement"]
    blocks = _banners(found)
    _indent_jobs(found)
    return indent.parse(found, blocks)


_MOST_CONTEXTS = 16
"""More than any chassis has."""


def contexts(root: Node) -> list[tuple[str, Node]]:
    """(name, statements) of each virtual device context; a file of `show running-config vdc-all` has several.

    The first is the one that the file begins with; its name is empty. `switchto vdc NAME` begins another.
    """
    found = [("", Node("", 0, 0))]
    for node in root.children:
        if node.text.startswith("switchto vdc ") and len(found) < _MOST_CONTEXTS:
            found.append((node.words[-1], Node("", 0, 0)))
        found[-1][1].children.append(node)
    return found


def settle(root: Node) -> list[Node]:
    """Join blocks that are entered twice and apply removals, in place; the removals themselves come back."""
    removals = _apply_removals(root)
    _join_blocks(root)
    return removals


def _banners(lines: list[str]) -> dict[int, int]:
    """First index -> last index of every banner. One that is never closed ends with its first line."""
    found: dict[int, int] = {}
    last = -1
    for index, line in enumerate(lines):
        if "banner" not in line or index <= last:
            continue
        match = _BANNER.match(line)
        if match:
            last = _banner_end(lines, index, match["rest"])
            found[index] = last
    return found


def _banner_end(lines: list[str], start: int, rest: str) -> int:
    """The line with the closing delimiter, any one character or `^C` as printed; what follows it is ignored."""
    delimiters = ["^C", "^"] if rest.startswith("^C") else [rest[0]]
    if any(delimiter in rest[len(delimiter) :] for delimiter in delimiters):
        return start
    for delimiter in delimiters:
        for index in range(start + 1, len(lines)):
            if delimiter in lines[index]:
                return index
    return start


def _indent_jobs(lines: list[str]) -> None:
    """The commands of a scheduler job stand unindented up to `end-job`; an unclosed job has none."""
    start = -1
    for index, line in enumerate(lines):
        if "job" not in line:
            continue
        if _JOB.match(line):
            start = index
        elif line.strip() == "end-job" and start >= 0:
            for inner in range(start + 1, index + 1):
                lines[inner] = "  " + lines[inner].lstrip()
            start = -1


def _apply_removals(root: Node) -> list[Node]:
    """Walk backwards, so that a removal acts on what stands before it and one look at each statement is enough."""
    gone: set[str] = set()
    removals: list[Node] = []
    kept: list[Node] = []
    for node in reversed(root.children):
        if node.text.startswith("no ") and _REMOVABLE.match(node.text):
            gone.add(" ".join(node.words[1:]))
            removals.append(node)
        if not (gone and _is_gone(node, gone)):
            kept.append(node)
    root.children = kept[::-1]
    return removals


def _is_gone(node: Node, gone: set[str]) -> bool:
    words = node.words
    return any(" ".join(words[:count]) in gone for count in range(1, min(len(words), _LONGEST) + 1))


def _join_blocks(root: Node) -> None:
    first: dict[str, Node] = {}
    kept = []
    for node in root.children:
        if node.children or node.text.startswith(_BLOCKS):
            known = first.setdefault(node.text, node)
            if known is not node:
                known.children += node.children
                continue
        kept.append(node)
    root.children = kept
