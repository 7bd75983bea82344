"""A tree of lines: what indented configurations and blocks have in common."""

from collections.abc import Iterator


class Node:
    """A statement with the line it starts at, the line its own text ends at, and the statements inside it."""

    __slots__ = ("children", "end", "number", "text")

    def __init__(self, text: str, number: int, end: int) -> None:
        self.text = text
        self.number = number
        self.end = end
        self.children: list[Node] = []

    @property
    def words(self) -> list[str]:
        """The statement split at blanks."""
        return self.text.split()

    def walk(self) -> "Iterator[Node]":
        """Every statement below this one, in the order of the document."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(reversed(node.children))

    def __repr__(self) -> str:
        return f"Node({self.number}: {self.text!r}, {len(self.children)} inside)"
