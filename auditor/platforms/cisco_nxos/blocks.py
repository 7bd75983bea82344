"""Blocks whose statements are looked up by their first words, and interfaces with what port profiles give them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_TWO_WORDS = frozenset(("ip", "ipv6", "mac", "tunnel", "mpls"))
"""First words that say too little: statements that begin with one are found by their first two words."""

_DEEPEST = 20
"""Templates and profiles that inherit from one another: further steps are a circle."""


class Statement:
    """A statement split into words, `no` taken off."""

    __slots__ = ("negated", "node", "used", "words")

    def __init__(self, node: Node) -> None:
        words = node.text.split()
        self.negated = words[0] == "no" and len(words) > 1
        self.words = words[1:] if self.negated else words
        self.node = node
        self.used = False

    def after(self, key: str) -> list[str]:
        """The words that follow those of the key."""
        return self.words[key.count(" ") + 1 :]


class Block:
    """A block, its statements indexed once. Later statements come later in every answer."""

    __slots__ = ("_by", "node", "reader", "statements")

    def __init__(self, reader: Reader, node: Node, children: Iterable[Node] | None = None) -> None:
        self.reader = reader
        self.node = node
        self.statements = [Statement(inner) for inner in (node.children if children is None else children)]
        self._by: dict[str, list[Statement]] = {}
        for statement in self.statements:
            words = statement.words
            key = f"{words[0]} {words[1]}" if words[0] in _TWO_WORDS and len(words) > 1 else words[0]
            if key in self._by:
                self._by[key].append(statement)
            else:
                self._by[key] = [statement]

    def take(self, key: str) -> Iterator[tuple[list[str], Node]]:
        """Words after the key of each such statement, which is marked as understood; negated ones are passed over."""
        for statement in self.all(key):
            if not statement.negated:
                yield statement.after(key), statement.node

    def all(self, key: str) -> Sequence[Statement]:
        """Statements of the key, negated ones as well; all are marked as understood."""
        found = self._by.get(key)
        if found is None:
            return ()
        for statement in found:
            if not statement.used:
                statement.used = True
                self.reader.use(statement.node)
        return found

    def last(self, key: str) -> Statement | None:
        """The last statement of the key, negated or not: the one that holds."""
        found = self.all(key)
        return found[-1] if found else None

    def value(self, key: str) -> str:
        """The first word after the key in the statement that holds; empty without one."""
        last = self.last(key)
        return (last.after(key) or [""])[0] if last is not None and not last.negated else ""

    def source(self, statement: Statement) -> Source:
        """The statement as evidence."""
        return self.reader.source(statement.node)


class Port(Block):
    """An interface with its own statements and, before them, those of the port profiles that it inherits."""

    __slots__ = ("given", "name")

    def __init__(self, reader: Reader, nodes: Sequence[Node], name: str, profiles: dict[str, Node]) -> None:
        self.name = name
        own = [inner for node in nodes for inner in node.children] if len(nodes) > 1 else nodes[0].children
        self.given = _inherited(reader, own, profiles)
        super().__init__(reader, nodes[0], [*self.given, *own] if self.given else own)

    @property
    def vrf(self) -> str:
        """The VRF that it is a member of; empty for the default one."""
        last = self.last("vrf")
        if last is None or last.negated or last.words[1:2] != ["member"]:
            return ""
        return last.words[2] if len(last.words) > 2 else ""

    @property
    def up(self) -> bool:
        """Nothing shuts it down; a port that says nothing counts as up."""
        state = self.last("shutdown")
        return state is None or state.negated


_NO_INTERFACES = frozenset(("breakout", "range"))
"""`interface breakout module N ...` splits ports and is no interface."""

_NAMES = (
    (re.compile(r"eth(?:ernet)?\s*(?=\d)", re.IGNORECASE), "Ethernet"),
    (re.compile(r"(?:port-channel|po)\s*(?=\d)", re.IGNORECASE), "port-channel"),
    (re.compile(r"lo(?:opback)?\s*(?=\d)", re.IGNORECASE), "loopback"),
    (re.compile(r"vlan\s*(?=\d)", re.IGNORECASE), "Vlan"),
    (re.compile(r"tunnel\s*(?=\d)", re.IGNORECASE), "Tunnel"),
    (re.compile(r"mgmt\s*(?=\d)", re.IGNORECASE), "mgmt"),
    (re.compile(r"nve\s*(?=\d)", re.IGNORECASE), "nve"),
)


def interface_name(text: str) -> str:
    """The name as the device prints it, from what people type (`eth1/1`, `loopback 0`)."""
    for pattern, name in _NAMES:
        match = pattern.match(text)
        if match:
            return name + text[match.end() :].replace(" ", "")
    return text


_RANGE = re.compile(r"(?P<start>.*\D)(?P<low>\d{1,5})\s?-\s?(?P<high>\d{1,5})$")
_MOST_RANGES = 100
_MOST = 1024
"""Interfaces in a range; longer ones are no range that a device takes."""


def _named(text: str) -> list[str]:
    """The interfaces that people name in one statement: `Ethernet1/1-4`, `Ethernet1/1, Ethernet1/5`."""
    found = []
    for part in text.split(",")[:_MOST]:
        match = _RANGE.match(part.strip())
        low, high = (int(match["low"]), int(match["high"])) if match else (0, -1)
        if match and low <= high < low + _MOST:
            found += [f"{match['start']}{number}" for number in range(low, high + 1)]
        else:
            found.append(part.strip())
    return found


def ports(reader: Reader) -> list[Port]:
    """Every `interface NAME`, with the statements of `inherit port-profile P` before its own."""
    profiles = {words[-1]: node for words, node in reader.take("port-profile") if words}
    found: dict[str, list[Node]] = {}
    ranges = 0
    for words, node in reader.take("interface"):
        if not words or words[0] in _NO_INTERFACES:
            continue
        text = " ".join(words)
        names = _named(text) if ranges < _MOST_RANGES and ("," in text or "-" in text) else [text]
        ranges += len(names) > 1
        for name in names:
            found.setdefault(interface_name(name), []).append(node)
    return [Port(reader, nodes, name, profiles) for name, nodes in found.items()]


def _inherited(reader: Reader, own: Sequence[Node], profiles: dict[str, Node]) -> list[Node]:
    """Statements of port profiles, the furthest one's first; a profile that is not enabled gives none."""
    found: list[list[Node]] = []
    children = own
    for _ in range(_DEEPEST):
        line = next((inner for inner in children if inner.text.startswith("inherit port-profile ")), None)
        if line is None or line.words[-1] not in profiles:
            break
        children = profiles[line.words[-1]].children
        reader.use(line)
        if any(inner.text == "no state enabled" for inner in children):
            break
        found.append(list(children))
    return [inner for children in reversed(found) for inner in children]
