"""What every topic of an IOS configuration needs to hand: the reader, the release, and what absent lines mean."""

import msgspec

from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.common.block import Block
from auditor.platforms.common.defaults import DefaultTable, T
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node


class Use(msgspec.Struct, frozen=True):
    """A name of a list, map or policy at the place where it is used."""

    kind: str
    """`access-list`, `prefix-list`, `route-map`, `policy-map`, `class-map`, `view`."""
    name: str
    family: int
    """4, 6, or 0 where the place takes either."""
    where: str
    source: Source
    direction: str = ""


class Context:
    """One configuration that is being read."""

    __slots__ = ("complete", "reader", "release", "table", "uses", "xe")

    def __init__(self, reader: Reader, table: DefaultTable, release: str, complete: Setting[bool], *, xe: bool) -> None:
        self.reader = reader
        self.table = table
        self.release = release
        self.complete = complete
        self.xe = xe
        self.uses: list[Use] = []
        """What the topics found to be referred to; the access lists' bindings are worked out from it."""

    def refer(self, kind: str, name: str, where: str, source: Source, family: int = 0, direction: str = "") -> None:
        """Note that a list, map or policy is used here."""
        self.uses.append(Use(kind, name, family, where, source, direction))

    def absent(self, statement: str, value: type[T]) -> Setting[T]:
        """What it means that a statement stands nowhere."""
        return self.table.absent(statement, value, self.release, self.complete)

    def switch(self, statement: str, claim: str = "") -> Setting[bool]:
        """A switch of the outermost level: `statement`, `no statement`, or the default of the release."""
        node = self.reader.last(statement)
        if node is None:
            return self.absent(claim or statement, bool)
        return self.stated(node)

    def stated(self, node: Node) -> Known[bool]:
        """What a switch that is written says."""
        return Known(not node.text.startswith("no "), (self.reader.source(node),))

    def inner(self, block: Block, key: str, claim: str = "") -> Setting[bool]:
        """A switch inside a block."""
        node = block.switch(key)
        return self.absent(claim or key, bool) if node is None else self.stated(node)

    def sources(self, *nodes: Node | None) -> tuple[Source, ...]:
        """Statements as evidence; those that are not there are left out."""
        return tuple(self.reader.source(node) for node in nodes if node is not None)
