"""A document as a tree, with the account of what was understood."""

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage
from auditor.model.secret import Secret, redacted
from auditor.platforms.common.reader import IRRELEVANT, UNDERSTOOD, UNREAD, LineTable
from auditor.platforms.nokia_srlinux.defaults import DEFAULTS
from auditor.platforms.nokia_srlinux.tree import NOTHING, Element, Tree

_LONGEST = 500


class SrlReader:
    """One document. An element is understood when somebody asked for its value."""

    def __init__(
        self,
        document: str,
        lines: list[str],
        tree: Tree,
        secrets: dict[str, Secret],
        release: str,
        complete: Setting[bool],
    ) -> None:
        self.document = document
        self.lines = lines
        self.tree = tree
        self.root = tree.root
        self.system = tree.root.at("system")
        self.release = release
        self.complete = complete
        self._secrets = secrets
        self._inside: dict[int, tuple[Source, ...]] = {}

    def source(self, element: Element) -> Source:
        """The element as evidence; one that is not written is shown at the last line."""
        line = element.line or self.last_line()
        text = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        return Source(self.document, line, max(element.end, line), text[:_LONGEST])

    def _place(self, first: int, last: int) -> Source:
        """Lines as evidence; a statement ends before the next one that is unread too."""
        return Source(self.document, first, last, self.lines[first - 1].strip()[:_LONGEST])

    def last_line(self) -> int:
        """Number of the last statement."""
        return self.tree.statements[-1].line if self.tree.statements else 1

    def vantage(self) -> Source:
        """A line to point at for what no line says."""
        return self.source(self.tree.root)

    def at(self, element: Element, *names: str) -> Source:
        """The leaf of this name as evidence; the element itself where none is written."""
        for name in names:
            found = element.last(name)
            if found.exists:
                return self.source(found)
        return self.source(element)

    def inside(self, element: Element) -> tuple[Source, ...]:
        """Every line of the element and of what stands in it."""
        known = self._inside.get(id(element))
        if known is not None:
            return known
        found = [element]
        stack = [element]
        while stack:
            kids = list(stack.pop().kids)
            found += kids
            stack += kids
        sources = tuple(sorted({self.source(one) for one in found if one.exists}))
        if element is not NOTHING:
            self._inside[id(element)] = sources
        return sources

    def switch(self, element: Element, statement: str, name: str = "admin-state") -> Setting[bool]:
        """`admin-state enable|disable`, or `true|false`; where no line says it, the documented default."""
        if element.has(name):
            value = element.leaf(name)
            return Known(value in ("enable", "true"), (self.at(element, name),))
        return DEFAULTS.absent(f"{statement} {name}", bool, self.release, self.complete)

    def on(self, element: Element, statement: str, name: str = "admin-state") -> bool:
        """Whether it is on, as far as known."""
        found = self.switch(element, statement, name)
        return isinstance(found, Known) and found.value

    def flag(self, element: Element, name: str) -> Setting[bool]:
        """A leaf `true|false` whose absence has no documented meaning."""
        if element.has(name):
            return Known(element.leaf(name) in ("true", "enable"), (self.at(element, name),))
        return Unknown(Code.DEFAULT, f"no '{name}' is written")

    def secret(self, word: str) -> Secret:
        """What is known of a secret; a word that is none was redacted in the capture."""
        return self._secrets.get(word.strip('"'), redacted())

    def hidden(self, word: str) -> Secret | None:
        """What is known of a secret; None where none is written."""
        return self.secret(word) if word else None

    def settle(self, table: LineTable, sha256: str) -> tuple[DocumentCoverage, dict[Area, tuple[Source, ...]]]:
        """The account of the document, line by line, and the unread lines by the area they belong to."""
        unread: dict[int, tuple[Element, int]] = {}
        understood: set[int] = set()
        known: dict[str, bool] = {}
        written = ((element, element.line, element.end) for element in self.tree.statements)
        for element, first, last in (*written, *self.tree.repeats):
            if not element.is_leaf and next(element.kids, None) is not None:
                continue
            lines = range(first, last + 1)
            path = element.path
            if path not in known:
                known[path] = table.irrelevant.match(path) is not None
            if element.used:
                understood.update(lines)
            elif not known[path]:
                unread.setdefault(first, (element, last))
        lost = {line for first, (_, last) in unread.items() for line in range(first, last + 1)}
        understood -= lost
        sources = tuple(self._place(first, last) for first, (_, last) in sorted(unread.items()))
        by_area: dict[Area, list[Source]] = {}
        for source in sources:
            element, _ = unread[source.line]
            area = next((area for pattern, area in table.areas if pattern.match(element.path)), None)
            if area is not None:
                by_area.setdefault(area, []).append(source)
        coverage = DocumentCoverage(
            name=self.document,
            sha256=sha256,
            lines=len(self.lines),
            understood=len(understood),
            irrelevant=len(self.lines) - len(understood) - len(lost),
            unread=sources,
            marks=bytes(
                UNREAD if line in lost else UNDERSTOOD if line in understood else IRRELEVANT
                for line in range(1, len(self.lines) + 1)
            ),
        )
        return coverage, {area: tuple(found) for area, found in by_area.items()}
