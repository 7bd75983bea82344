"""One IOS XR document as a tree of statements, with both planes, and the account of its lines."""

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage
from auditor.model.secret import Secret
from auditor.platforms.cisco_iosxr import tree
from auditor.platforms.cisco_iosxr.blocks import TextBlock, text_blocks
from auditor.platforms.cisco_iosxr.frame import Frame, frame, unwrapped
from auditor.platforms.cisco_iosxr.groups import Groups, Inherited, own_lines
from auditor.platforms.cisco_iosxr.secrets import RULES
from auditor.platforms.common.frame import outdented
from auditor.platforms.common.reader import UNDERSTOOD, LineTable, Reader, told
from auditor.syntax.mask import Masker
from auditor.syntax.tree import Node

_VERSION = re.compile(r"!! IOS XR (?:Admin )?Configuration(?: version =)? *(?P<version>\d\S*)?")
_HEAD_LINES = 400
_SCRIPT = ("configure", "conf", "commit")
"""Statements of people and tools that type a configuration (parsing trap 6)."""
_DEEPEST_PATH = 8
"""Levels that a path names; no statement of IOS XR stands deeper, and text that does costs no more for it."""


class Configuration(Reader):
    """A document with an XR configuration. `find` and `take` see the XR plane; `admin` holds the administration plane."""

    def __init__(
        self, document: str, lines: list[str], root: Node, secrets: dict[str, Secret], around: Frame, *, admin: bool
    ) -> None:
        self._whole = list(root.children)
        self.admin = Node("", 0, 0)
        self.frame = around
        own = [] if admin else self._whole
        if admin:
            self.admin.children = self._whole
        elif around.admin:
            self.admin.children = [node for node in own if node.number - 1 in around.admin]
            own = [node for node in own if node.number - 1 not in around.admin]
        root.children = own
        groups = Groups(Node("", 0, 0))
        if not admin:
            groups = Groups(root)
            groups.expand(root)
        self._groups = groups
        root.children = [node for node in root.children if not node.text.startswith(("group ", "apply-group "))]
        super().__init__(document, lines, root, secrets)
        self.use(*groups.read)
        for node in self._index.get("admin", []):
            self.admin.children += node.children
            self.use(node)

    @property
    def has_admin(self) -> bool:
        """Whether statements of the administration plane were seen."""
        return bool(self.admin.children)

    def source(self, node: Node) -> Source:
        """The statement as evidence, also where it shares its line with the levels it stands in."""
        return Source(self.document, node.number, max(node.end, node.number), self.lines[node.number - 1].strip())

    def evidence(self, *nodes: Node) -> tuple[Source, ...]:
        """Statements as evidence; one that a group brought in with the line that applied the group."""
        found: list[Source] = []
        for node in nodes:
            found.append(self.source(node))
            if isinstance(node, Inherited):
                found.append(self.source(node.by))
        return tuple(found)

    def block(self, node: Node) -> tuple[Source, ...]:
        """A statement and everything inside it as evidence, each line once."""
        return tuple(dict.fromkeys((self.source(node), *(self.source(inner) for inner in node.walk()))))

    def settle(self, table: LineTable, sha256: str) -> tuple[DocumentCoverage, dict[Area, tuple[Source, ...]]]:
        """The account of the document: its coverage, and the unread lines by the area they belong to.

        Every line counts once, whichever levels share it; statements that a group brought in count where they stand.
        """
        by_area: dict[Area, list[Source]] = {}
        unread: list[Source] = []
        for path, node in self._unmarked():
            if table.irrelevant.match(path):
                continue
            source = self.source(node)
            unread.append(source)
            area = next((area for pattern, area in table.areas if pattern.match(path)), None)
            if area is not None:
                by_area.setdefault(area, []).append(source)
        lost = sum(source.end_line - source.line + 1 for source in unread)
        understood = self._marks.count(UNDERSTOOD)
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

    def _unmarked(self) -> Iterator[tuple[str, Node]]:
        """Statements that nobody took, with their paths; paths of what stands in groups begin inside the group."""
        marks = self._marks
        stack: list[tuple[str, int, Node]] = [("", 0, node) for node in reversed(self._whole)]
        while stack:
            above, depth, node = stack.pop()
            if isinstance(node, Inherited):
                continue
            if not tree.synthetic(node) and marks[node.number - 1] != UNDERSTOOD:
                yield above + node.text, node
            if node.children:
                if not above and node.text.startswith(("group ", "admin")):
                    path = ""
                else:
                    path = f"{above}{node.text}\n" if depth < _DEEPEST_PATH else above
                stack += [(path, depth + 1, inner) for inner in reversed(node.children)]

    @property
    def unresolved(self) -> Source | None:
        """A level of a group of which it is not known where it acts."""
        return self.source(self._groups.unresolved) if self._groups.unresolved is not None else None

    @property
    def vantage(self) -> Source:
        """The last statement: a line to point at for what no line says."""
        last = self._whole[-1] if self._whole else None
        while last is not None and last.children:
            last = last.children[-1]
        return self.source(last) if last is not None else Source(self.document, 1, 1, "")


def load(
    document: str, lines: list[str], masker: Masker, *, admin: bool = False
) -> tuple[Configuration, tuple[TextBlock, ...]]:
    """The configuration in the lines of a document, masked first, and its text blocks."""
    lines = unwrapped(lines)
    comments = tree.scrubbed(lines)
    secrets = masker.mask(lines, RULES)
    blocks = text_blocks(lines)
    around = frame(lines, blocks)
    root, spent = tree.parse(around.lines, blocks, comments)
    configuration = Configuration(document, lines, root, secrets, around, admin=admin)
    configuration.use(*own_lines(spent))
    return configuration, blocks


def version(configuration: Configuration) -> Setting[str]:
    """The release that the head of the configuration names: `!! IOS XR Configuration [version =] 7.3.2`."""
    for index, line in enumerate(configuration.lines[:_HEAD_LINES]):
        match = _VERSION.match(line)
        if match and match["version"]:
            return Known(match["version"], (Source(configuration.document, index + 1, index + 1, line.strip()),))
    return Unknown(Code.VERSION, "the head of the configuration names no release")


def complete(configuration: Configuration) -> Setting[bool]:
    """The line `end` closes a configuration; a line such as `! ...` says that somebody left parts out."""
    around = configuration.frame
    if around.cut is not None:
        line = configuration.lines[around.cut]
        where = Source(configuration.document, around.cut + 1, around.cut + 1, line.strip())
        return Unknown(Code.CUT, f"{configuration.document}:{around.cut + 1} says that parts were left out", (where,))
    script = next((node for word in _SCRIPT for node in configuration.find(word)), None)
    if script is not None:
        where = configuration.source(script)
        return Unknown(
            Code.CUT, f"{where.document}:{where.line}: a script of commands, not a saved configuration", (where,)
        )
    if configuration.unresolved is not None:
        where = configuration.unresolved
        return Unknown(Code.CUT, f"{where.document}:{where.line}: where the group acts was not worked out", (where,))
    if around.end is None:
        return Unknown(Code.CUT, f"{configuration.document} does not finish with 'end'")
    if (loose := outdented(configuration.root.children)) is not None:
        where = configuration.source(loose)
        reason = f"{where.document}:{where.line} stands outside of the block that it belongs to"
        return Unknown(Code.CUT, reason, (where,))
    return Known(True, (Source(configuration.document, around.end + 1, around.end + 1, "end"),))


def merged(
    by_area: Sequence[Mapping[Area, tuple[Source, ...]]],
) -> dict[Area, tuple[Source, ...]]:
    """Unread lines of several documents, by area."""
    found: dict[Area, tuple[Source, ...]] = {}
    for one in by_area:
        for area, sources in one.items():
            found[area] = found.get(area, ()) + sources
    return found
