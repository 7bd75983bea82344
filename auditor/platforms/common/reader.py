"""Gives the statements of a document to those who understand them, and keeps account of every line."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from auditor.model.areas import Area
from auditor.model.evidence import Source
from auditor.model.facts import DocumentCoverage
from auditor.model.secret import Secret, redacted
from auditor.syntax.tree import Node

UNREAD, UNDERSTOOD, IRRELEVANT = 0, 1, 2
_AS_IRRELEVANT = bytes((IRRELEVANT, UNDERSTOOD, *range(2, 256)))


def told(marks: bytes | bytearray, unread: Iterable[Source]) -> bytes:
    """A mark for each line: what nobody took is unread where it is listed, else irrelevant."""
    found = bytearray(marks.translate(_AS_IRRELEVANT))
    for source in unread:
        found[source.line - 1 : source.end_line] = bytes(source.end_line - source.line + 1)
    return bytes(found)


"""A line that nobody took is irrelevant until it is found unread: blank lines and comments are in no tree."""


class LineTable(msgspec.Struct, frozen=True):
    """Which lines are known not to matter, and which area an unread line belongs to.

    Patterns are matched at the start of the statement's path: the texts from the outermost statement
    to the statement itself, joined by line feeds.
    """

    irrelevant: re.Pattern[str]
    areas: tuple[tuple[re.Pattern[str], Area], ...]
    reasons: Mapping[str, tuple[str, ...]] = {}
    """Reason -> the patterns of `irrelevant` that it stands for, as the manual prints them."""
    by_word: Mapping[str, re.Pattern[str]] = {}
    """First word of a path (`no` left out) -> its part of `irrelevant`; the empty word: patterns for every path."""

    def is_irrelevant(self, path: str) -> bool:
        """Whether the statement at this path is known not to matter."""
        if not self.by_word:
            return self.irrelevant.match(path) is not None
        mine = self.by_word.get(_first_word(path))
        every = self.by_word.get("")
        return bool((mine and mine.match(path)) or (every and every.match(path)))

    def area(self, path: str) -> Area | None:
        """The area that an unread statement at this path belongs to."""
        return next((area for pattern, area in self.areas if pattern.match(path)), None)


class Reader:
    """One document as a tree. Whoever understands a statement marks it as used."""

    def __init__(self, document: str, lines: list[str], root: Node, secrets: dict[str, Secret]) -> None:
        self.document = document
        self.lines = lines
        self.root = root
        self._secrets = secrets
        self._marks = bytearray(len(lines))
        self._index: dict[str, list[Node]] = {}
        for node in root.children:
            words = node.text.split(None, 2)
            if words:
                self._index.setdefault(words[0], []).append(node)
            if len(words) > 1:
                self._index.setdefault(f"{words[0]} {words[1]}", []).append(node)

    def find(self, start: str, inside: Node | None = None) -> Iterator[Node]:
        """Statements that begin with these words, in the order of the document; outermost ones unless `inside`."""
        if inside is None:
            key = start if start.count(" ") < 2 else " ".join(start.split(" ", 2)[:2])
            candidates = self._index.get(key, [])
            if key is start:
                return iter(candidates)
        else:
            candidates = inside.children
        longer = start + " "
        return (node for node in candidates if node.text == start or node.text.startswith(longer))

    def take(self, start: str, inside: Node | None = None) -> Iterator[tuple[list[str], Node]]:
        """The words after `start` of each such statement, which is marked as used."""
        skip = len(start.split())
        for node in self.find(start, inside):
            self.use(node)
            yield node.words[skip:], node

    def last(self, start: str, inside: Node | None = None) -> Node | None:
        """The last statement that is `start ...` or `no start ...`: the one that holds."""
        found: Node | None = None
        for node in (*self.find(start, inside), *self.find(f"no {start}", inside)):
            self.use(node)
            if found is None or node.number > found.number:
                found = node
        return found

    def use(self, *nodes: Node) -> None:
        """Mark statements (their own lines) as understood."""
        for node in nodes:
            if node.end == node.number:
                self._marks[node.number - 1] = UNDERSTOOD
            else:
                for index in range(node.number - 1, min(node.end, len(self._marks))):
                    self._marks[index] = UNDERSTOOD

    def used(self, node: Node) -> bool:
        """Whether somebody understood the statement."""
        return self._marks[node.number - 1] == UNDERSTOOD

    def use_block(self, node: Node) -> None:
        """Mark a statement and everything inside it as understood."""
        self.use(node, *node.walk())

    def give_back(self, node: Node) -> None:
        """A statement that was taken and not understood: it is reported as unread."""
        for index in range(node.number - 1, min(node.end, len(self._marks))):
            self._marks[index] = UNREAD

    def source(self, node: Node) -> Source:
        """The statement as evidence."""
        return Source(self.document, node.number, node.end, self.lines[node.number - 1].strip())

    def block(self, node: Node) -> tuple[Source, ...]:
        """A statement and everything inside it as evidence."""
        return (self.source(node), *(self.source(inner) for inner in node.walk()))

    def secret(self, word: str) -> Secret:
        """What is known of a secret; a word that is none was redacted in the capture."""
        return self._secrets.get(word.strip('"'), redacted())

    def is_secret(self, word: str) -> bool:
        """Whether the word stands for a secret."""
        return word.strip('"') in self._secrets

    def settle(self, table: LineTable, sha256: str) -> tuple[DocumentCoverage, dict[Area, tuple[Source, ...]]]:
        """The account of the document: its coverage, and the unread lines by the area they belong to."""
        by_area: dict[Area, list[Source]] = {}
        unread: list[Source] = []
        understood = 0
        for place in _places(self.root):
            node = place[0]
            if self._marks[node.number - 1] == UNDERSTOOD:
                understood += node.end - node.number + 1
                continue
            path = _path(place)
            if not table.is_irrelevant(path):
                source = self.source(node)
                unread.append(source)
                area = table.area(path)
                if area is not None:
                    by_area.setdefault(area, []).append(source)
        lost = sum(source.end_line - source.line + 1 for source in unread)
        coverage = DocumentCoverage(
            name=self.document,
            sha256=sha256,
            lines=len(self.lines),
            understood=understood,
            irrelevant=len(self.lines) - understood - lost,
            unread=tuple(unread),
            marks=told(self._marks, unread),
        )
        return coverage, {area: tuple(sources) for area, sources in by_area.items()}


Place = tuple[Node, "Place | None", int]
"""A statement, the place of the statement around it, and how deep it stands."""

_DEEPEST = 32
"""Levels that a path names: of what stands deeper, the outermost levels and the statement itself."""


def _places(root: Node) -> Iterator[Place]:
    stack: list[Place] = [(node, None, 0) for node in reversed(root.children)]
    while stack:
        place = stack.pop()
        yield place
        if place[0].children:
            depth = place[2] + 1
            around = place if depth < _DEEPEST else place[1]
            stack.extend((inner, around, depth) for inner in reversed(place[0].children))


def _path(place: Place) -> str:
    """The texts from the outermost statement to this one. Only asked for what nobody understood."""
    texts = []
    at: Place | None = place
    while at is not None:
        texts.append(at[0].text)
        at = at[1]
    return "\n".join(reversed(texts))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches where one of the patterns does."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def line_table(reasons: Mapping[str, tuple[str, ...]], areas: Iterable[tuple[str, Area]]) -> LineTable:
    """A table from reviewed groups of patterns, each under its reason, and patterns of areas in the order of trial."""
    patterns = [pattern for group in reasons.values() for pattern in group]
    by_word: dict[str, list[str]] = {}
    for pattern in (one for whole in patterns for one in _alternatives(whole)):
        for word in _heads(pattern):
            by_word.setdefault(word, []).append(pattern)
    return LineTable(
        irrelevant=any_of(patterns),
        areas=tuple((re.compile(pattern), area) for pattern, area in areas),
        reasons=reasons,
        by_word={word: any_of(mine) for word, mine in by_word.items()},
    )


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between its outermost bars."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(pattern):
        match pattern[at]:
            case "\\":
                at += 1
            case "(" | "[":
                depth += 1
            case ")" | "]":
                depth -= 1
            case "|" if depth == 0:
                parts.append(pattern[start:at])
                start = at + 1
        at += 1
    return [*parts, pattern[start:]]


_HEAD = re.compile(r"(?:\(no \)\?|no )?(?:([A-Za-z0-9-]+)|\(([A-Za-z0-9|-]+)\))(?=[ $]|\\n)")


def _heads(pattern: str) -> tuple[str, ...]:
    """The first words of the paths that a pattern can match; an empty one where that does not show."""
    match = _HEAD.match(pattern)
    words = tuple((match[1] or match[2]).split("|")) if match is not None else ("",)
    # `no` in front of a group that the pattern above does not take apart is no word of a statement.
    return ("",) if "no" in words else words


def _first_word(path: str) -> str:
    """The first word of a path, `no` left out."""
    first, _, rest = path.partition("\n")[0].partition(" ")
    return rest.partition(" ")[0] if first == "no" else first
