"""The statements of one block by their first words: one pass, and every look-up after it costs the same."""

from collections.abc import Iterator

from auditor.syntax.tree import Node

_NONE: list[Node] = []


class Block:
    """A block whose statements are found by key.

    The key of a statement is its first word; the first two words where the first alone says little (`ip address`); and
    `no` before either where the statement takes something away (`no shutdown`, `no ip redirects`).
    """

    __slots__ = ("_by_key", "node")

    def __init__(self, node: Node, double: frozenset[str]) -> None:
        self.node = node
        self._by_key: dict[str, list[Node]] = {}
        for child in node.children:
            self._by_key.setdefault(key_of(child.text, double), []).append(child)

    def all(self, key: str) -> list[Node]:
        """The statements with this key, in the order of the document."""
        return self._by_key.get(key, _NONE)

    def last(self, key: str) -> Node | None:
        """The last statement with this key."""
        found = self._by_key.get(key)
        return found[-1] if found else None

    def switch(self, key: str) -> Node | None:
        """The last statement that is the key or `no` before it: the one that holds."""
        on, off = self._by_key.get(key), self._by_key.get(f"no {key}")
        if off is None:
            return on[-1] if on else None
        return off[-1] if on is None or off[-1].number > on[-1].number else on[-1]

    def items(self) -> Iterator[tuple[str, list[Node]]]:
        """Every key with its statements."""
        return iter(self._by_key.items())


def key_of(text: str, double: frozenset[str]) -> str:
    """The key of a statement; `double` holds the first words that need a second one."""
    first, _, rest = text.partition(" ")
    before = ""
    if first == "no" and rest:
        before = "no "
        first, _, rest = rest.lstrip().partition(" ")
    if rest and first in double:
        second = rest.split(None, 1)
        return f"{before}{first} {second[0]}" if second else before + first
    return before + first
