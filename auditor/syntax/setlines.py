"""Reads flat lines, each with a verb and a whole path: `set system services ssh`, `deactivate system services ssh`.

The tree is the one that `braces` makes of the same configuration in braces.
"""

import re
from collections.abc import Sequence

from auditor.syntax.braces import Statements, Word, unquoted

VERBS = ("set", "delete", "activate", "deactivate", "protect", "unprotect", "annotate", "insert", "rename", "copy")
STARTS = tuple(f"{verb} " for verb in VERBS)
"""What flat lines begin with."""

_WORD = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|$)|\[|\]|[^\s"\[\]]+(?:\[[^\s\]"]*\][^\s"\[\]]*)*')
_QUIET = ("protect", "unprotect", "annotate")


def parse(lines: Sequence[str], indexes: Sequence[int], statements: Statements) -> None:
    """Read the lines at these indexes; activity is settled at the end, wherever in the text it is written."""
    activity: dict[tuple[str, ...], tuple[str, int]] = {}
    statements.flat += len(indexes)
    root, descend, add = statements.root, statements.descend, statements.add
    for index in indexes:
        number = index + 1
        line = lines[index]
        marked = '"' in line or "#" in line or "[" in line
        words = split(line) if marked else line.rstrip("; \t").split()
        verb = words.pop(0)
        if verb == "set" and words:
            if marked and "[" in words:
                _set_list(words, number, statements)
            else:
                add(descend(root, 0, words, number)[0], number)
        elif verb in ("activate", "deactivate"):
            activity[tuple(words)] = (verb, number)
        elif verb == "delete":
            _delete(words, number, statements)
        elif verb in _QUIET:
            statements.lost(statements.root, words, number).live = False
        else:
            statements.changes.append(number)
            statements.lost(statements.root, words, number)
    for path, (verb, number) in activity.items():
        _switch(path, verb, number, statements)


def split(line: str) -> list[str]:
    """The words of a flat line up to a comment; quotes are taken off, a list keeps its brackets."""
    if '"' not in line and "#" not in line and "[" not in line:
        return line.rstrip("; \t").split()
    found = []
    for word in _WORD.findall(line):
        if word[0] == "#":
            break
        found.append(unquoted(word) if word[0] == '"' else word)
    if found and found[-1] == ";":
        found.pop()
    return found


def find(root: Word, path: Sequence[str]) -> Word | None:
    """The word at the end of a path."""
    node: Word | None = root
    for text in path:
        node = node.children.get(text) if node is not None else None
    return node


def _set_list(words: list[str], number: int, statements: Statements) -> None:
    at = words.index("[")
    members = [word for word in words[at + 1 :] if word != "]"]
    node, depth = statements.descend(statements.root, 0, words[:at], number)
    if not members:
        statements.add(node, number)
    for member in members:
        inner, _ = statements.descend(node, depth, [member], number)
        statements.add(inner, number)


def _delete(words: list[str], number: int, statements: Statements) -> None:
    """What was set before is taken back; what is not there says that the document is no whole configuration."""
    statements.changes.append(number)
    statements.lost(statements.root, words, number).live = False
    node = find(statements.root, words)
    if words and node is not None and node.parent is not None:
        remove(node)


def remove(node: Word) -> None:
    """Take a word and all below it out of the tree, and the words above that say nothing without it."""
    for word in (node, *node.walk()):
        for place in word.places:
            place.live = False
    while node.parent is not None:
        parent = node.parent
        if parent.children.get(node.text) is node:
            del parent.children[node.text]
        if parent.children:
            return
        if parent.places:
            for place in parent.places:
                place.live = place.live and not place.head
            return
        node = parent


def _switch(path: tuple[str, ...], verb: str, number: int, statements: Statements) -> None:
    place = statements.lost(statements.root, path, number)
    node = find(statements.root, path)
    if node is None or not path:
        return
    place.used = True
    if verb == "activate":
        statements.inactive.pop(node, None)
    else:
        statements.inactive[node] = None
