"""A VRP configuration as its topics read it: statements, ports, lists, and what an absent line means."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.common.reader import Reader
from auditor.platforms.huawei_vrp.acls import Lists
from auditor.platforms.huawei_vrp.defaults import DEFAULTS
from auditor.platforms.huawei_vrp.words import interface
from auditor.syntax.tree import Node

T = TypeVar("T", bool, int, str)


class Port:
    """An interface: the lines that open it, and its statements by their first word."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self.source = source
        self._by_word: dict[str, list[Node]] = {}

    def add(self, nodes: Sequence[Node]) -> None:
        """Statements of one occurrence of the interface."""
        for node in nodes:
            first, _, rest = node.text.partition(" ")
            self._by_word.setdefault(first, []).append(node)
            if first == "undo":
                self._by_word.setdefault(f"undo {rest.partition(' ')[0]}", []).append(node)

    @property
    def words(self) -> Iterable[str]:
        """First words of its statements."""
        return self._by_word

    def all(self, start: str) -> list[Node]:
        """Statements that begin with these words."""
        found = self._by_word.get(start)
        if found is not None:
            return found
        first, more, rest = start.partition(" ")
        if first == "undo":
            first, more, rest = f"undo {rest.partition(' ')[0]}", rest.partition(" ")[1], ""
        found = self._by_word.get(first)
        if not found or not more:
            return []
        longer = start + " "
        return [node for node in found if node.text == start or node.text.startswith(longer)]

    def last(self, start: str) -> Node | None:
        """The last statement that is `start ...` or `undo start ...`."""
        first = start.partition(" ")[0]
        if first not in self._by_word and f"undo {first}" not in self._by_word:
            return None
        found = self.all(start)
        undone = self.all(f"undo {start}")
        if found and undone:
            return max(found[-1], undone[-1], key=lambda node: node.number)
        return found[-1] if found else undone[-1] if undone else None


class Config:
    """What every topic needs."""

    def __init__(self, reader: Reader, release: str, complete: Setting[bool]) -> None:
        self.reader = reader
        self.release = release
        self.complete = complete
        self.lists = Lists(reader)
        self.ports = _ports(reader)
        self._having: dict[str, list[Port]] = {}
        for port in self.ports.values():
            for word in port.words:
                self._having.setdefault(word, []).append(port)
        self._families: tuple[int, ...] | None = None

    @property
    def families(self) -> tuple[int, ...]:
        """Families in which the device can be reached: IPv6 where an interface that is up has it."""
        if self._families is None:
            six = any(port.all("ipv6") and not shut(port) for port in self.having("ipv6"))
            self._families = (4, 6) if six else (4,)
        return self._families

    def having(self, *words: str) -> list[Port]:
        """Interfaces with a statement that begins with one of these words, in the order of the text."""
        if len(words) == 1:
            return self._having.get(words[0], [])
        found = {port.name for word in words for port in self._having.get(word, ())}
        return [port for port in self.ports.values() if port.name in found] if found else []

    def absent(self, statement: str, kind: type[T]) -> Setting[T]:
        """What it means that a statement stands nowhere."""
        return DEFAULTS.absent(statement, kind, self.release, self.complete)

    def last(self, start: str) -> Node | None:
        """The last outermost `start ...` or `undo start ...`, marked as used with all the others."""
        nodes = [*self.reader.find(start), *self.reader.find(f"undo {start}")]
        self.reader.use(*nodes)
        return max(nodes, key=lambda node: node.number) if nodes else None

    def switch(self, start: str, key: str = "") -> Setting[bool]:
        """Whether `start` is on: its last line, else the documented default."""
        node = self.last(start)
        if node is None:
            return self.absent(key or start, bool)
        off = node.text.startswith("undo ") or node.text.endswith(" disable")
        return Known(not off, (self.reader.source(node),))

    def inside(self, start: str) -> Iterator[tuple[Node, Node]]:
        """Every statement in every block that begins so, with its block."""
        for block in self.reader.find(start):
            for node in block.children:
                yield block, node


def shut(port: Port) -> bool:
    """Whether an interface is shut down."""
    node = port.last("shutdown")
    return node is not None and node.text == "shutdown"


def _ports(reader: Reader) -> dict[str, Port]:
    """`interface NAME` in every spelling; an interface that is entered again is the same one."""
    found: dict[str, Port] = {}
    for node in reader.find("interface"):
        words = node.words[1:]
        if words[:1] == ["range"] or not words:
            continue
        name, _ = interface(words)
        port = found.get(name)
        if port is None:
            port = found[name] = Port(name, reader.source(node))
        reader.use(node)
        port.add(node.children)
    return found
