"""Gives the words of a configuration in braces or flat lines to those who understand them, and accounts for every line."""

import re

from auditor.model.areas import Area
from auditor.model.evidence import Source
from auditor.model.facts import DocumentCoverage
from auditor.model.secret import Secret
from auditor.platforms.common.reader import IRRELEVANT, UNDERSTOOD, UNREAD, LineTable
from auditor.syntax.braces import Place, Statements, Word

_LONGEST = 1000
"""Characters of a line that are kept as evidence; NETCONF may put a whole configuration on one line."""


class StatementReader:
    """One document as a tree of words. Whoever understands a statement marks it as used."""

    def __init__(self, document: str, lines: list[str], statements: Statements, secrets: dict[str, Secret]) -> None:
        self.document = document
        self.lines = lines
        self.statements = statements
        self.root = statements.root
        self._secrets = secrets
        self._at: dict[int, Source] = {}

    @staticmethod
    def path(node: Word) -> str:
        """The words of a statement, as the table of lines names it."""
        return " ".join(node.path)

    def find(self, *path: str, inside: Word | None = None) -> Word | None:
        """The word at the end of a path, if it is there."""
        node = inside or self.root
        for text in path:
            below = node.children.get(text)
            if below is None:
                return None
            node = below
        return node

    def use(self, *nodes: Word) -> None:
        """Mark the statements that end with these words as understood."""
        for node in nodes:
            if node.places:
                for place in node.places:
                    place.used = True

    def use_block(self, *nodes: Word) -> None:
        """Mark everything from these words on as understood."""
        found = list(nodes)
        for node in found:  # grows while it is gone through
            for place in node.places:
                place.used = True
            if node.children:
                found += node.children.values()

    def at(self, line: int) -> Source:
        """A line as evidence."""
        found = self._at.get(line)
        if found is None:
            found = self._at[line] = Source(self.document, line, line, self.lines[line - 1].strip()[:_LONGEST])
        return found

    def source(self, node: Word) -> Source:
        """The line where a word is first written."""
        return self._at.get(node.line) or self.at(node.line)

    def sources(self, *nodes: Word) -> tuple[Source, ...]:
        """Every line that says something about these words, in the order of the document."""
        numbers = {node.line for node in nodes}
        found = list(nodes)
        for node in found:
            for place in node.places:
                if place.live:
                    numbers.add(place.line)
            if node.children:
                found += node.children.values()
        return tuple(map(self.at, sorted(numbers)))

    def settle(self, table: LineTable, sha256: str) -> tuple[DocumentCoverage, dict[Area, tuple[Source, ...]]]:
        """The account of the document: its coverage, and the unread lines by the area they belong to.

        A line is unread when one of its statements is; the head of a block is what its content is; lines without
        a statement (comments, closing braces) and statements without effect are irrelevant.
        """
        marks = _Marks(self, table)
        by_area: dict[Area, dict[int, None]] = {}
        for line, area in marks.areas:
            by_area.setdefault(area, {})[line] = None
        unread = [number for number, mark in enumerate(marks.lines, 1) if mark == UNREAD]
        understood = marks.lines.count(UNDERSTOOD)
        coverage = DocumentCoverage(
            name=self.document,
            sha256=sha256,
            lines=len(self.lines),
            understood=understood,
            irrelevant=len(self.lines) - understood - len(unread),
            unread=tuple(self.at(line) for line in unread),
            marks=bytes(marks.lines),
        )
        return coverage, {area: tuple(self.at(line) for line in found) for area, found in by_area.items()}


_BEST = {IRRELEVANT: 0, UNREAD: 1, UNDERSTOOD: 2}
"""A block is understood as soon as one of its statements is, unread before that if one of them is."""


class _Marks:
    """The mark of every line: what the worst of its statements is. The marks are numbered from the worst to the best."""

    def __init__(self, reader: StatementReader, table: LineTable) -> None:
        self.lines = bytearray((IRRELEVANT,)) * len(reader.lines)
        self.areas: list[tuple[int, Area]] = []
        self._path = reader.path
        self._irrelevant = table.is_irrelevant
        # One pattern for all areas: the name of the group that matched is the place in the table.
        named = (f"(?P<area{number}>{pattern.pattern})" for number, (pattern, _) in enumerate(table.areas))
        self._pattern = re.compile("|".join(named))
        self._area = {f"area{number}": area for number, (_, area) in enumerate(table.areas)}
        self._above: dict[Word, int] = {}
        lines, places = self.lines, reader.statements.places
        heads = [place for place in places if place.head and place.node.children]
        for place in places:
            if place.head and place.node.children:
                continue
            mark = UNDERSTOOD if place.used else self._judged(place) if place.live else IRRELEVANT
            at = place.line - 1
            if mark < lines[at]:
                lines[at] = mark
            if heads:
                self._hand_up(place.node.parent, mark)
        for place in heads:
            mark = UNDERSTOOD if place.used else self._above.get(place.node, IRRELEVANT)
            if mark < lines[place.line - 1]:
                lines[place.line - 1] = mark

    def _judged(self, place: Place) -> int:
        path = self._path(place.node)
        if self._irrelevant(path):
            return IRRELEVANT
        found = self._pattern.match(path)
        if found is not None and found.lastgroup is not None:
            self.areas.append((place.line, self._area[found.lastgroup]))
        return UNREAD

    def _hand_up(self, node: Word | None, mark: int) -> None:
        while node is not None and _BEST[self._above.get(node, IRRELEVANT)] < _BEST[mark]:
            self._above[node] = mark
            node = node.parent
