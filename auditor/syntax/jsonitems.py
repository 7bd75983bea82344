"""Reads JSON into items with line numbers. The library's own parser tells no lines, and evidence needs them."""

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from auditor.syntax.items import DEEPEST, Item

_TOKEN = re.compile(r'[ \t\r\n]*(?:(?P<mark>[{}\[\],:])|(?P<string>"(?:[^"\\]|\\.)*")|(?P<plain>[-+.\w]+))', re.DOTALL)


def parse(lines: Sequence[str], first: int = 0) -> tuple[Item, str]:
    """The items of the value that begins at index `first`, and why it could not be read to its end (empty if it was).

    What stands before the fault is in the tree. What follows the value is not looked at.
    """
    text = "\n".join(lines[first:])
    starts = [0, *accumulate(len(line) + 1 for line in lines[first:])]
    root = Item("", first + 1)
    reader = _Reader(root)
    at = 0
    while not reader.done:
        match = _TOKEN.match(text, at)
        place = first + bisect_right(starts, min(match.end() - 1 if match else at, len(text)))
        if match is None:
            return root, f"line {place}: not well-formed JSON"
        fault = reader.take(match, place)
        if fault:
            return root, f"line {place}: {fault}"
        at = match.end()
    return root, ""


class _Reader:
    """A value in progress: the open objects and arrays."""

    def __init__(self, root: Item) -> None:
        self._stack: list[tuple[Item, str]] = []
        """Open containers: the item that takes the members, and `}` or the name of the array's members."""
        self._closers: list[str] = []
        self._holder = root
        self._key = ""
        self._after_value = False
        self._expect_key = False
        self.done = False

    def take(self, match: re.Match[str], line: int) -> str:
        """Go on by one token; the fault in words, or an empty string."""
        mark = match["mark"]
        if mark == ":":
            fault = "" if self._due == ":" else "a colon in the wrong place"
            self._due = "value"
            return fault
        if self._due == ":":
            return "a name without a colon"
        if mark in ("{", "["):
            return self._open(mark, line)
        if mark in ("}", "]"):
            return self._close(mark, line)
        if mark == ",":
            if not self._after_value or not self._closers or self._due:
                return "a comma in the wrong place"
            self._after_value = False
            self._expect_key = self._closers[-1] == "}"
            return ""
        return self._scalar(match, line)

    _due = ""
    """What must come next: the colon after a name, or the value after the colon."""

    def _scalar(self, match: re.Match[str], line: int) -> str:
        text = _unquoted(match["string"]) if match["string"] else match["plain"]
        if self._expect_key:
            if not match["string"]:
                return "a name without quotes"
            self._key, self._key_line = text, line
            self._expect_key, self._due = False, ":"
            return ""
        if self._after_value:
            return "two values without a comma"
        item = self._member(line)
        item.value = text
        self._ended()
        return ""

    _key_line = 0

    def _member(self, line: int) -> Item:
        """The item that the coming value belongs to."""
        listed = bool(self._closers) and self._closers[-1] == "]"
        item = Item(self._key, line if listed or not self._key_line else self._key_line)
        item.listed = listed
        self._holder.children.append(item)
        return item

    def _open(self, mark: str, line: int) -> str:
        if self._after_value or self._expect_key:
            return "a value in the wrong place"
        if len(self._stack) >= DEEPEST:
            return f"nested deeper than {DEEPEST} levels"
        self._due = ""
        self._stack.append((self._holder, self._key))
        if mark == "{":
            if self._closers:
                self._holder = self._member(line)
            self._closers.append("}")
            self._expect_key = True
        else:
            self._closers.append("]")
        return ""

    def _close(self, mark: str, line: int) -> str:
        if not self._closers or self._closers[-1] != mark or self._due:
            return f"'{mark}' in the wrong place"
        self._closers.pop()
        self._holder.end = line
        self._holder, self._key = self._stack.pop()
        self._expect_key = False
        self._ended()
        return ""

    def _ended(self) -> None:
        self._after_value, self._due = True, ""
        self.done = not self._closers


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text[1:-1]
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1]
