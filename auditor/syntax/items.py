"""A tree of named items: what XML and JSON have in common."""

from collections.abc import Iterator

DEEPEST = 200
"""Levels that are followed; text that is nested deeper is reported as broken."""


class Item:
    """An XML element, or a member of a JSON object; a JSON array is its members, each under the name of the array."""

    __slots__ = ("attributes", "children", "end", "line", "listed", "name", "value")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.end = line
        """Last line of the item, its content included."""
        self.value = ""
        """Text of a leaf; JSON's `true`, `false` and `null` as spelled. Empty for an item with children."""
        self.listed = False
        """A member of a JSON array."""
        self.attributes: dict[str, str] = {}
        self.children: list[Item] = []

    def child(self, name: str) -> "Item | None":
        """The first child of this name."""
        return next((item for item in self.children if item.name == name), None)

    def text(self, name: str) -> str:
        """The value of the first child of this name; empty where there is none."""
        item = self.child(name)
        return item.value if item is not None else ""

    def walk(self) -> "Iterator[Item]":
        """Every item below this one, in the order of the document."""
        stack = list(reversed(self.children))
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.children))

    def __repr__(self) -> str:
        return f"Item({self.line}: {self.name!r}={self.value!r}, {len(self.children)} inside)"
