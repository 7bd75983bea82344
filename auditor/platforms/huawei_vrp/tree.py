"""The statements of a VRP configuration: views by indentation, ended by `#` (syntax-other-families D1).

A line that holds nothing but `#` closes every view; with blanks in front it only separates what stands inside one. AR
routers print outermost lines with a blank in front, so a statement that opens no view never becomes the parent of the
next one.
"""

import re
from collections.abc import Sequence

import msgspec

from auditor.syntax.tree import Node

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PAGER = re.compile(r"\s*-{2,} ?[Mm]ore ?-{2,}(?:(?:\x1b\[\d*D|[\b\r]+) *(?=[\x1b\b\r]))*(?:\x1b\[\d*D|[\b\r]+)?")
_NUMBERED = re.compile(r"\s*\d{1,7}\s?[|:│] ?")
_ECHO = re.compile(r"\s*(?:<[^<>]{1,64}>|\[[~*]?[^\[\]]{1,64}\])\s*dis(?:p|pl|pla|play)?\s+(?:cu|sa|this)")
_HEADER = re.compile(r"!|\[V\d{3}R\d{3}[^\]]*\]$")
_NOISE = re.compile(
    r"(?:Info|Warning|Error|Note|Username|Password|Login|User|Trying|Connected|Press|Copyright|The (?:max|current|last)|\*{3,}|`{3}|"
    r"It will|Notice|\d{4}-\d\d-\d\d|<[^<>\s]{1,64}>|\[[~*][^\[\]]{1,64}\]|Huawei Versatile|HUAWEI |VRP )"
)
_HASHED = re.compile(
    r"(?P<indent>\s*)#\s*(?=(?:local-user|snmp-agent|radius-server|hwtacacs-server|peer|password|super password|ssh user"
    r"|set authentication password|pre-shared-key|key-string|ntp-service authentication-keyid|ntp authentication-keyid"
    r"|ftp |interface|user-interface|ospf authentication-mode|isis authentication-mode|md5-password|ppp) )"
)
"""A `#` in front of a known statement that holds a secret: it is printed so and holds (D1)."""

_LEAF_WORDS = frozenset(
    ("undo", "sysname", "snmp-agent", "info-center", "ntp-service", "ntp", "sntp", "clock", "telnet", "stelnet", "sftp", "scp", "snetconf", "ssh",
     "ftp", "tftp", "dns", "header", "super", "set", "drop", "lldp", "cluster", "ntdp", "ndp", "info", "icmp", "arp", "description", "rule",
     "port", "peer", "shutdown", "assign", "portswitch")
)  # fmt: skip
_LEAF = re.compile(
    r"(?:router id|http \S|ip route-static|ipv6 route-static|ip ip-prefix|ip ipv6-prefix|vlan batch|mpls lsr-id|hwtacacs enable|domain \S+ admin"
    r"|observe-port \d+ (?!group)|radius-server authorization|ip address|local-user \S+ \S|protocol inbound|acl \S+ inbound"
    r"|user-interface maximum-vty|nat address-group \S+ \d)"
)
"""Statements that open no view, whatever is indented below them."""

_UPPER = ("FTP ", "undo FTP ")
"""Switches print the key word of their FTP server in capitals."""

_HEADER_TEXT = re.compile(r"\s*header (?:login|shell)(?: information)? (?P<text>\S.*)$")
_LONGEST_TEXT = 400


class Shape(msgspec.Struct, frozen=True):
    """A configuration as statements, and what was seen of its frame."""

    root: Node
    removals: tuple[Node, ...] = ()
    """`undo` statements that took an earlier one away, and what they took."""
    end: int | None = None
    """Index of the line `return` that ends it."""
    header: tuple[int, ...] = ()
    """Indexes of the lines that tell the release and who saved it."""


def clean(lines: list[str]) -> list[str]:
    """The lines without what a pager, a terminal or a viewer put around them; their number stays the same."""
    if any("\x1b" in line or "ore -" in line or "ore-" in line for line in lines):
        lines = [_ESCAPES.sub("", _PAGER.sub("", line)) if "-" in line or "\x1b" in line else line for line in lines]
    for _ in range(3):
        full = [line for line in lines[:4000] if line.strip()]
        if len(full) < 4 or sum(1 for line in full if _NUMBERED.match(line)) * 10 < len(full) * 9:
            break
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    return lines


def parse(lines: Sequence[str]) -> Shape:
    """The tree of the lines between the header and the last `return`. Never fails and takes linear time."""
    first, last = _frame(lines)
    root = Node("", 0, 0)
    stack: list[tuple[int, Node]] = [(-1, root)]
    header: list[int] = []
    started = False
    index = first
    stop = len(lines) if last is None else last
    while index < stop:
        line = lines[index]
        text = line.lstrip()
        number = index + 1
        index += 1
        indent = len(line) - len(text)
        text = text.rstrip()
        if not text or text == "return":
            continue
        if text == "#":
            started = True
            if indent == 0:
                del stack[1:]
            continue
        if indent == 0 and text[0] in "![" and _HEADER.match(text):
            started = True
            header.append(number - 1)
            continue
        if text[0] == "#":
            hashed = _HASHED.match(line)
            if hashed is None:
                continue
            text = line[hashed.end() :].strip()
        elif not started and _NOISE.match(text):
            continue
        end = _text_end(lines, number - 1, stop) if text.startswith("header ") else number - 1
        index = max(index, end + 1)
        if text.startswith(_UPPER):
            text = text.replace("FTP", "ftp", 1)
        if "  " in text and not text.startswith("description "):
            text = " ".join(text.split())
        node = Node(text, number, end + 1)
        while stack[-1][0] >= indent:
            stack.pop()
        stack[-1][1].children.append(node)
        if text.partition(" ")[0] not in _LEAF_WORDS and not _LEAF.match(text):
            stack.append((indent, node))
    removals = _apply_removals(root)
    return Shape(root, tuple(removals), last, tuple(header))


def _frame(lines: Sequence[str]) -> tuple[int, int | None]:
    """Index after the echoed command, and index of the last `return`."""
    last = next((index for index in range(len(lines) - 1, -1, -1) if lines[index].rstrip() == "return"), None)
    first = 0
    for index in range(min(len(lines), 4000)):
        line = lines[index]
        if line[:1] in " <[" and _ECHO.match(line):
            first = index + 1
        elif first and line.strip() == "#":
            break
    if last is not None and last < first:
        last = None
    return first, last


def _text_end(lines: Sequence[str], start: int, stop: int) -> int:
    """Index of the last line of a banner: its text ends with the character that it begins with."""
    match = _HEADER_TEXT.match(lines[start])
    if match is None or match["text"].startswith("file "):
        return start
    mark = match["text"][0]
    if mark.isalnum() or match["text"].count(mark) > 1:
        return start
    for index in range(start + 1, min(stop, start + _LONGEST_TEXT)):
        if lines[index].rstrip().endswith(mark):
            return index
    return start


def _apply_removals(root: Node) -> list[Node]:
    """`undo X` takes away what stands before it at the same place and begins with X; the `undo` itself stays."""
    gone: list[Node] = []
    for parent in [root, *(node for node in root.walk() if node.children)]:
        for node in parent.children:
            if node.text.startswith("undo "):
                gone += _without(parent)
                break
    return gone


def _without(parent: Node) -> list[Node]:
    taken: dict[str, set[str]] = {}
    removed: list[Node] = []
    kept: list[Node] = []
    for node in reversed(parent.children):
        text = node.text
        if text.startswith("undo "):
            taken.setdefault(text.split(" ", 2)[1], set()).add(text[5:])
        else:
            words = taken.get(text.split(" ", 1)[0])
            if words and _begins(text, words):
                removed.append(node)
                removed += node.walk()
                continue
        kept.append(node)
    parent.children = kept[::-1]
    return removed


def _begins(text: str, starts: set[str]) -> bool:
    words = text.split()
    return any(" ".join(words[:count]) in starts for count in range(1, min(len(words), _LONGEST_UNDO) + 1))


_LONGEST_UNDO = 10
