"""Gives the words of an SR OS configuration to those who understand them, and keeps account of every line."""

import re
from collections.abc import Iterable, Iterator

from auditor.model.areas import Area
from auditor.model.evidence import Known, Setting, Source
from auditor.model.facts import DocumentCoverage
from auditor.model.secret import Secret, redacted
from auditor.platforms.common.reader import IRRELEVANT, UNDERSTOOD, UNREAD, LineTable
from auditor.platforms.nokia_sros.groups import APPLIES
from auditor.syntax.braces import Place, Statements, Word

_LONGEST = 1000
"""Characters of a line that are kept as evidence; NETCONF may put a whole configuration on one line."""


class SrosReader:
    """One document as a tree of words. Whoever understands a statement marks it as used."""

    def __init__(self, document: str, lines: list[str], statements: Statements, secrets: dict[str, Secret]) -> None:
        self.document = document
        self.lines = lines
        self.statements = statements
        self.root = statements.root
        self._secrets = secrets
        self._at: dict[int, Source] = {}
        self.memory: dict[str, object] = {}
        """What was worked out from this document and is needed again."""

    def find(self, *path: str, inside: Word | None = None) -> Word | None:
        """The word at the end of a path, if it is there."""
        node = inside or self.root
        for text in path:
            child = node.children.get(text)
            if child is None:
                return None
            node = child
        return node

    def entries(self, *path: str, inside: Word | None = None) -> list[Word]:
        """The objects that follow a path, whose own lines are marked as used."""
        node = inside or self.root
        for text in path:
            child = node.children.get(text)
            if child is None:
                return []
            node = child
        found = [word for word in node.children.values() if word.text not in APPLIES]
        self.use(node, *found)
        return found

    def leaf(self, *path: str, inside: Word | None = None) -> Word | None:
        """The value that holds at a path, marked as used: a local one before an inherited one, then the last written."""
        node = inside or self.root
        for text in path:
            child = node.children.get(text)
            if child is None:
                return None
            node = child
        if not node.children:
            return None
        found = list(node.children.values())
        self.use(node, *found)
        if len(found) == 1:
            return found[0]
        best = min(word.rank for word in found)
        return max((word for word in found if word.rank == best), key=_last)

    def value(self, *path: str, inside: Word | None = None) -> str:
        """The text of the value that holds at a path; empty where there is none."""
        word = self.leaf(*path, inside=inside)
        return word.text if word is not None else ""

    def number(self, *path: str, inside: Word | None = None) -> int | None:
        """The value at a path as a number; None where there is none."""
        text = self.value(*path, inside=inside)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def quiet(self, names: Iterable[str], inside: Word | None) -> None:
        """Statements that are understood and say nothing that a fact has a place for."""
        for name in names:
            node = inside.children.get(name) if inside is not None else None
            if node is not None:
                self.use_block(node)

    def members(self, *path: str, inside: Word | None = None) -> tuple[str, ...]:
        """The values of a list, in the order written."""
        return tuple(word.text for word in self.entries(*path, inside=inside))

    def switch(self, *path: str, inside: Word | None = None) -> Known[bool] | None:
        """A switch: `X true`, `X false`, or the lone word `X`; None where nothing is written."""
        node = self.find(*path, inside=inside)
        if node is None:
            return None
        word = self.leaf(inside=node)
        if word is None:
            self.use(node)
            return Known(True, (self.source(node),))
        return Known(word.text != "false", (self.source(word),))

    def on(self, *path: str, inside: Word | None = None) -> bool:
        """Whether a switch is written and on."""
        found = self.switch(*path, inside=inside)
        return found is not None and found.value

    def admin(self, inside: Word | None) -> Known[bool] | None:
        """The `admin-state` of an object; None where nothing is written."""
        word = self.leaf("admin-state", inside=inside) if inside is not None else None
        return Known(word.text == "enable", (self.source(word),)) if word is not None else None

    def active(self, inside: Word | None, *, default: bool = True) -> bool:
        """Whether an object is switched on; `default` is what the vendor's model says of an absent `admin-state`."""
        found = self.admin(inside)
        return default if found is None else found.value

    def use(self, *nodes: Word) -> None:
        """Mark the statements that end with these words as understood."""
        for node in nodes:
            for place in node.places:
                place.used = True

    def use_block(self, *nodes: Word) -> None:
        """Mark everything from these words on as understood."""
        for node in nodes:
            self.use(node, *node.walk())

    def give_back(self, *nodes: Word) -> None:
        """Statements that were taken and not understood: they are reported as unread."""
        for node in nodes:
            for place in node.places:
                place.used = False

    def at(self, line: int) -> Source:
        """A line as evidence."""
        found = self._at.get(line)
        if found is None:
            found = self._at[line] = Source(self.document, line, line, self.lines[line - 1].strip()[:_LONGEST])
        return found

    def source(self, node: Word) -> Source:
        """The line where a word is first written."""
        return self.at(node.line)

    def sources(self, *nodes: Word) -> tuple[Source, ...]:
        """Every line that says something about these words, in the order of the document."""
        numbers = {node.line for node in nodes}
        for node in nodes:
            stack = [node]
            while stack:
                word = stack.pop()
                for place in word.places:
                    numbers.add(place.line)
                stack += word.children.values()
        return tuple(self.at(number) for number in sorted(numbers))

    def secret(self, word: str) -> Secret:
        """What is known of a secret; a word that is none was redacted in the capture."""
        return self._secrets.get(word.split(" ", 1)[0], redacted())

    def hidden(self, *path: str, inside: Word | None = None) -> Secret | None:
        """The secret at a path; None where nothing is written."""
        word = self.leaf(*path, inside=inside)
        return self.secret(word.text) if word is not None else None

    def routers(self) -> Iterator[tuple[str, Word]]:
        """Every routing instance with its name: that of the device (empty), then the VPRN services."""
        for word in self.entries("router"):
            yield "" if word.text == "Base" else word.text, word
        for word in self.entries("service", "vprn"):
            yield word.text, word

    def last_line(self) -> Source | None:
        """The last line that holds a statement."""
        last = max((place.line for place in self.statements.places), default=0)
        return self.at(last) if last else None

    def settle(self, table: LineTable, sha256: str) -> tuple[DocumentCoverage, dict[Area, tuple[Source, ...]]]:
        """The account of the document: its coverage, and the unread lines by the area they belong to.

        A line is unread when one of its statements is; the head of a block is what its content is; lines without
        a statement (comments, closing braces) and statements without effect are irrelevant.
        """
        marks = _Marks(self.statements.places, table)
        by_area: dict[Area, dict[int, None]] = {}
        for line, area in marks.areas:
            by_area.setdefault(area, {})[line] = None
        unread = sorted(line for line, mark in marks.lines.items() if mark == UNREAD)
        understood = sum(1 for mark in marks.lines.values() if mark == UNDERSTOOD)
        coverage = DocumentCoverage(
            name=self.document,
            sha256=sha256,
            lines=len(self.lines),
            understood=understood,
            irrelevant=len(self.lines) - understood - len(unread),
            unread=tuple(self.at(line) for line in unread),
            marks=bytes(marks.lines.get(number, IRRELEVANT) for number in range(1, len(self.lines) + 1)),
        )
        return coverage, {area: tuple(self.at(line) for line in found) for area, found in by_area.items()}


_WORST = {UNREAD: 0, UNDERSTOOD: 1, IRRELEVANT: 2}
_BEST = {IRRELEVANT: 0, UNREAD: 1, UNDERSTOOD: 2}


class _Marks:
    """The mark of every line with a statement."""

    def __init__(self, places: list[Place], table: LineTable) -> None:
        self.lines: dict[int, int] = {}
        self.areas: list[tuple[int, Area]] = []
        self._irrelevant = table.irrelevant
        # One pattern for all areas: the name of the group that matched is the place in the table.
        named = (f"(?P<area{number}>{pattern.pattern})" for number, (pattern, _) in enumerate(table.areas))
        self._pattern = re.compile("|".join(named))
        self._area = {f"area{number}": area for number, (_, area) in enumerate(table.areas)}
        self._above: dict[Word, int] = {}
        heads = []
        for place in places:
            if place.head and place.node.children:
                heads.append(place)
            else:
                self._statement(place)
        for place in heads:
            mark = UNDERSTOOD if place.used else self._above.get(place.node, IRRELEVANT)
            self._line(place.line, mark)

    def _statement(self, place: Place) -> None:
        mark = UNDERSTOOD if place.used else IRRELEVANT
        if not place.used and place.live:
            path = statement_path(place.node)
            if not self._irrelevant.match(path):
                mark = UNREAD
                found = self._pattern.match(path)
                if found is not None and found.lastgroup is not None:
                    self.areas.append((place.line, self._area[found.lastgroup]))
        self._line(place.line, mark)
        node = place.node.parent
        while node is not None and _BEST[self._above.get(node, IRRELEVANT)] < _BEST[mark]:
            self._above[node] = mark
            node = node.parent

    def _line(self, line: int, mark: int) -> None:
        known = self.lines.get(line)
        if known is None or _WORST[mark] < _WORST[known]:
            self.lines[line] = mark


def statement_path(node: Word) -> str:
    """The words of a statement, as if it stood outside of groups."""
    words = node.path
    if words[:2] == ["groups", "group"]:
        words = words[3:]
    return (
        " ".join(words)
        if not any(" " in word for word in words)
        else " ".join(word.replace(" ", "_") for word in words)
    )


def _last(word: Word) -> int:
    return max((place.line for place in word.places), default=word.line)


def known(found: Known[bool] | None, otherwise: Setting[bool]) -> Setting[bool]:
    """What is written, else what its absence means."""
    return otherwise if found is None else found
