"""Turns the texts of the file set into trees of statements, one function for each kind of file."""

import re
import shlex
from collections.abc import Iterable

from auditor.syntax import blocks, indent
from auditor.syntax.tree import Node

FILE_HEAD = re.compile(r"==> (?P<path>\S+) <==$")
"""What `tail -v` writes above each file."""

_FRR_START = re.compile(r"(?:# ?)?frr (?:version|defaults)\b")
_IFUPDOWN = re.compile(
    r"(?:auto|iface|source|allow-hotplug) \S|# ports\.conf --|# This file describes the network interfaces"
)
_EQUALS = re.compile(r"^(\s*\w+)\s*=\s*")
_BLOCK_LIMIT = 200


def joined_start(lines: list[str]) -> int:
    """Index of the first line of frr.conf in a Cumulus dump, 0 in every other text.

    Such a dump joins host name, interfaces file, ports file and frr.conf (parsing trap 8).
    """
    for index, line in enumerate(lines):
        if _FRR_START.match(line):
            return index if any(_IFUPDOWN.match(before) for before in lines[:index]) else 0
    return 0


def frr(lines: list[str]) -> Node:
    """A configuration of FRR: blocks by indentation; `!` and `#` at the start of a word begin a comment.

    Lines before frr.conf in a Cumulus dump are other files and become no statements.
    """
    start = joined_start(lines)
    root = indent.parse(["" if index < start or _comment(line) else line for index, line in enumerate(lines)], {})
    for node in root.walk():
        node.text = _written_out(" ".join(node.words))
    return root


_SHORT = (
    ("int ", "interface "),
    ("inter ", "interface "),
    ("ip addr ", "ip address "),
    ("ipv6 addr ", "ipv6 address "),
)
"""What people type in place of the words that FRR saves (parsing trap 6)."""


def _written_out(text: str) -> str:
    for short, whole in _SHORT:
        if text.startswith(short):
            return whole + text[len(short) :]
    return text + "down" if text in ("shut", "no shut") else text


def _comment(line: str) -> bool:
    return line.lstrip().startswith(("!", "#"))


def plain(lines: list[str]) -> Node:
    """One statement a line, as it stands: passwd and group."""
    return _flat((index, line.strip()) for index, line in enumerate(lines))


def keywords(lines: list[str]) -> Node:
    """One statement a line, key word in lower case: snmpd.conf."""
    return _flat((index, _keyword(line)) for index, line in enumerate(lines))


def shell(lines: list[str]) -> Node:
    """Assignments of a shell file as `name words...`, without their quotes: /etc/frr/daemons."""
    return _flat((index, _assignment(line)) for index, line in enumerate(lines))


def sshd(lines: list[str]) -> Node:
    """sshd_config(5): key words in any letter case, `key=value` allowed, a Match block reaches to the next or the end.

    Where files were joined, the head of the next file closes a block as well.
    """
    root = Node("", 0, 0)
    block = root
    for index, line in enumerate(lines):
        text = _keyword(_EQUALS.sub(r"\1 ", re.sub(r"\s#.*$", "", line)))
        if not text:
            continue
        node = Node(text, index + 1, index + 1)
        if text.startswith("match ") or FILE_HEAD.match(text):
            block = node if text.startswith("match ") else root
            root.children.append(node)
        else:
            block.children.append(node)
    return root


def rsyslog(lines: list[str]) -> Node:
    """rsyslog.conf: one statement a line; a parenthesis that stays open takes the next lines in."""
    root = Node("", 0, 0)
    index = 0
    while index < len(lines):
        text, last = _balanced(lines, index)
        if text and not text.startswith("#"):
            root.children.append(Node(text, index + 1, last + 1))
        index = last + 1
    return root


def links(lines: list[str]) -> Node:
    """Output of `ip -d link show`: an interface, and the indented lines about it inside."""
    return indent.parse(lines, {}, comment="\0")


def colons(lines: list[str]) -> Node:
    """`key: value` of pmacct, as `key value`; `!` and `#` begin a comment."""
    return _flat((index, _colon(line.strip())) for index, line in enumerate(lines))


def _colon(line: str) -> str:
    if line.startswith("!") or FILE_HEAD.match(line):
        return "" if line.startswith("!") else line
    key, _, value = line.partition(":")
    return f"{key.strip().lower()} {value.strip()}".rstrip()


_TOKEN = re.compile(r"[{}]|[^\s{}=]+(?:\s*=\s*[^\s{}=]+)?")


def hsflowd(lines: list[str]) -> Node:
    """hsflowd.conf: blocks in braces, several statements a line, key words in lower case, `key value` for `key = value`."""
    root = Node("", 0, 0)
    stack = [root]
    last: Node | None = None
    for index, line in enumerate(lines):
        for token in _TOKEN.findall(line.partition("#")[0]):
            if token == "{" and last is not None:
                stack.append(last)
            elif token == "}":
                stack = stack[:-1] or [root]
            else:
                key, _, value = token.partition("=")
                last = Node(f"{key.strip().lower()} {value.strip()}".rstrip(), index + 1, index + 1)
                stack[-1].children.append(last)
    return root


def braces(lines: list[str]) -> Node:
    """Blocks in braces: `nft list ruleset`."""
    return blocks.parse(lines)[0]


def _flat(texts: Iterable[tuple[int, str]]) -> Node:
    root = Node("", 0, 0)
    for index, text in texts:
        if text and not text.startswith("#"):
            root.children.append(Node(text, index + 1, index + 1))
    return root


def _keyword(line: str) -> str:
    words = line.split()
    if not words or words[0].startswith("#"):
        return ""
    return " ".join((words[0].lower(), *words[1:]))


def _assignment(line: str) -> str:
    text = line.strip().removeprefix("export ")
    match = re.match(r"(\w+)=(.*)$", text)
    if match is None:
        return text
    try:
        value = " ".join(shlex.split(match[2], comments=True))
    except ValueError:
        value = match[2].strip("\"'")
    return f"{match[1]} {value}".rstrip()


def _balanced(lines: list[str], start: int) -> tuple[str, int]:
    """The statement that begins at a line, and the index of its last line."""
    text = lines[start].strip()
    if text.startswith(("#", "$")):
        return text, start
    last = start
    parts = [text]
    depth = _depth(text)
    while depth > 0 and last + 1 < min(len(lines), start + _BLOCK_LIMIT):
        last += 1
        part = lines[last].strip()
        if not part.startswith("#"):
            parts.append(part)
            depth += _depth(part)
    return (" ".join(parts), last) if depth <= 0 else (text, start)


def _depth(text: str) -> int:
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', "", text)
    bare = re.sub(r"\s#.*$", "", bare)
    return bare.count("(") - bare.count(")")


_STANZA = re.compile(
    r"(?:iface|mapping|auto|allow-\S+|source(?:-directory)?|no-auto-down|no-scripts|rename|template)\s"
)


def stanzas(lines: list[str]) -> Node:
    """interfaces(5): a stanza reaches to the next key word that begins one, however its lines are indented."""
    root = Node("", 0, 0)
    block = root
    for index, line in enumerate(lines):
        text = " ".join(line.split())
        if not text or text.startswith("#"):
            continue
        node = Node(text, index + 1, index + 1)
        if _STANZA.match(text + " "):
            root.children.append(node)
            block = node if text.startswith(("iface ", "mapping ")) else root
        else:
            block.children.append(node)
    return root
