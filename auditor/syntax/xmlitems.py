"""Reads XML into items with line numbers.

Document types and entities are refused: nothing that a device sends needs them, and they are how XML attacks its reader.
"""

from collections.abc import Sequence
from xml.parsers import expat

from auditor.syntax.items import DEEPEST, Item


class _RefusedError(Exception):
    """The document holds what no configuration needs."""


def parse(lines: Sequence[str], first: int = 0) -> tuple[Item, str]:
    """The items of the text that begins at index `first`, and why it could not be read to its end (empty if it was).

    Names lose their namespace prefix. What stands before the fault is in the tree.
    """
    build = _Builder(first)
    try:
        build.parser.Parse("\n".join(lines[first:]).encode("utf-8", "backslashreplace"), True)
    except expat.ExpatError as error:
        return build.root, f"line {first + error.lineno}: not well-formed XML"
    except _RefusedError as error:
        return build.root, str(error)
    return build.root, ""


class _Builder:
    """Makes items of what the parser reports."""

    def __init__(self, first: int) -> None:
        self.root = Item("", first + 1)
        self._first = first
        self._stack = [self.root]
        self._text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    @property
    def _line(self) -> int:
        return self._first + self.parser.CurrentLineNumber

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._stack) > DEEPEST:
            raise _RefusedError(f"line {self._line}: nested deeper than {DEEPEST} levels")
        self._text.clear()
        item = Item(tag.rpartition(":")[2], self._line)
        item.attributes = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        self._stack[-1].children.append(item)
        self._stack.append(item)

    def _end(self, _tag: str) -> None:
        item = self._stack.pop()
        item.end = self._line
        if not item.children:
            item.value = "".join(self._text).strip()
        self._text.clear()

    def _refuse(self, *_: object) -> None:
        raise _RefusedError(f"line {self._line}: a document type or entity is declared")
