"""What the topics of one configuration share: its statements, its lists, and who refers to what."""

from collections.abc import Iterable

import msgspec

from auditor.model.areas import Acl as AccessList
from auditor.model.areas import AclEntry, Admission, Binding, Filter, Undefined
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.arista_eos.defaults import DEFAULTS
from auditor.platforms.common.acl import admits_any, admitted
from auditor.platforms.common.defaults import T
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

Line = tuple[bool, list[str], Node]
"""A statement: whether it stands without `no`, its words without it, and where it stands."""


class Config(Reader):
    """A configuration with the texts inside its statements."""

    def __init__(
        self, document: str, lines: list[str], root: Node, secrets: dict[str, Secret], bodies: dict[int, list[str]]
    ) -> None:
        super().__init__(document, lines, root, secrets)
        self._bodies = bodies

    def body(self, node: Node) -> list[tuple[str, Source]]:
        """The lines of the text inside a statement (banner, script), without its end mark."""
        inner = self._bodies.get(node.number - 1)
        if inner is not None:
            return [(line.strip(), self.source(node)) for line in inner if line.strip() != "EOF"]
        return [
            (line, Source(self.document, index + 1, index + 1, line))
            for index in range(node.number, min(node.end, len(self.lines)))
            if (line := self.lines[index].strip()) != "EOF"
        ]


class Reference(msgspec.Struct, frozen=True):
    """A place that names a list or policy."""

    kind: str
    name: str
    family: int
    where: str
    source: Source
    direction: str = ""


class Context:
    """The configuration of one device while its topics are read."""

    def __init__(
        self, config: Config, lists: dict[tuple[str, int], AccessList], complete: Setting[bool], release: str
    ) -> None:
        self.config = config
        self.lists = lists
        self.complete = complete
        self.release = release
        self.references: dict[Reference, None] = {}
        self.peer_groups: set[str] = set()
        self._resolved: dict[tuple[str, int, frozenset[str]], tuple[Setting[bool], tuple[Admission, ...]]] = {}
        last = config.root.children[-1] if config.root.children else None
        self.vantage = config.source(last) if last is not None else Source(config.document, 1, 1, "")

    def absent(self, statement: str, value: type[T]) -> Setting[T]:
        """What it means that a statement stands nowhere."""
        return DEFAULTS.absent(statement, value, self.release, self.complete)

    def flag(self, node: Node | None, statement: str) -> Setting[bool]:
        """A switch: on where it stands, off where it is negated, else what the release does by itself."""
        if node is None:
            return self.absent(statement, bool)
        self.config.use(node)
        return Known(not node.text.startswith("no "), (self.config.source(node),))

    def refer(self, kind: str, name: str, where: str, source: Source, direction: str = "", family: int = 4) -> None:
        """Note that a place names a list or policy."""
        self.references[Reference(kind, name, family, where, source, direction)] = None

    def filter(
        self,
        name: str,
        family: int,
        where: str,
        bound: Source,
        ports: frozenset[str] = frozenset(),
        direction: str = "in",
    ) -> Filter:
        """An access list where it is bound; with `ports`, as far as it concerns a service on one of them."""
        self.refer("access-list", name, where, bound, direction, family)
        found = self.lists.get((name, family))
        if found is None or not found.entries:
            reason = f"list '{name}' is not defined or empty, and what that means here is not documented"
            unknown = Unknown(Code.DEFAULT, reason, (bound,)) if isinstance(self.complete, Known) else self.complete
            return Filter(name, family, bound, defined=False, any_source=unknown)
        resolved = self._resolved.get((name, family, ports))
        if resolved is None:
            entries = concerning(found.entries, ports) if ports else found.entries
            resolved = self._resolved[name, family, ports] = (admits_any(entries), admitted(entries))
        return Filter(name, family, bound, any_source=resolved[0], admitted=resolved[1])

    def bindings(self, kind: str, name: str, family: int) -> tuple[Binding, ...]:
        """Where a list is used."""
        return tuple(
            Binding(one.where, one.source, one.direction)
            for one in self._by_name().get((kind, name), ())
            if one.family == family
        )

    def undefined(self, defined: dict[str, set[tuple[str, int]]]) -> tuple[Undefined, ...]:
        """Names that are used and that no statement defines."""
        return tuple(
            Undefined(one.kind, one.name, one.source)
            for one in self.references
            if one.kind in defined and (one.name, one.family) not in defined[one.kind]
        )

    _index: dict[tuple[str, str], list[Reference]] | None = None

    def _by_name(self) -> dict[tuple[str, str], list[Reference]]:
        if self._index is None:
            self._index = {}
            for one in self.references:
                self._index.setdefault((one.kind, one.name), []).append(one)
        return self._index


def concerning(entries: Iterable[AclEntry], ports: frozenset[str]) -> tuple[AclEntry, ...]:
    """The entries that packets to one of the ports can match."""
    return tuple(entry for entry in entries if not entry.ports or any(_covers(port, ports) for port in entry.ports))


def _covers(port: str, ports: frozenset[str]) -> bool:
    if port.startswith("!"):
        return port[1:] not in ports
    low, dash, high = port.partition("-")
    if dash and low.isdigit() and high.isdigit():
        return any(int(low) <= int(one) <= int(high) for one in ports if one.isdigit())
    return port in ports
