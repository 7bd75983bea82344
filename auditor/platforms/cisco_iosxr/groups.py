"""Configuration groups: `group G ... end-group` and `apply-group G`, with regular expressions in the names of levels."""

import re
from functools import lru_cache

from auditor.platforms.cisco_iosxr.tree import synthetic
from auditor.syntax.tree import Node

_LONGEST_NAME = 40
_MOST_REPEATS = 5
_QUANTIFIER = re.compile(r"(?<!\\)[*+?{]")
_REPEATED_GROUP = re.compile(r"\)[*+?{]")


class Inherited(Node):
    """A statement of a group where it acts. It stands at its own line; `by` is the statement that applied the group."""

    __slots__ = ("by",)

    def __init__(self, text: str, number: int, end: int, by: Node) -> None:
        super().__init__(text, number, end)
        self.by = by


class Groups:
    """The groups of a configuration, and what became of their statements."""

    def __init__(self, root: Node) -> None:
        self.groups: dict[str, list[Node]] = {}
        for node in root.children:
            if node.text.startswith("group "):
                self.groups.setdefault(node.text.split()[1], []).append(node)
        self.read: list[Node] = []
        """Statements that apply groups, and statements of groups of which no copy acts: levels, and what acts nowhere."""
        self.unresolved: Node | None = None
        """A level whose names were not compared, because that could take very long."""
        self._copied: set[int] = set()
        self._left = 400_000 + 40 * sum(1 for _ in root.walk()) if self.groups else 0

    def expand(self, root: Node) -> None:
        """Put the statements of groups where they act, before the statements that stand there and override them.

        The group that is applied nearest wins over one applied further out, because it is put closer to them.
        """
        if not self.groups:
            return
        start = {
            name: list(nodes)
            for name, nodes in self.groups.items()
            if any(inner.children for node in nodes for inner in node.children)
        }
        stack: list[tuple[Node, dict[str, list[Node]], dict[str, Node]]] = [(root, start, {})]
        while stack:
            node, matching, applied = stack.pop()
            applied = self._applied(node, applied)
            inherited = self._inherit(node, matching, applied)
            for inner in node.children:
                if isinstance(inner, Inherited) or (node is root and inner.text.startswith("group ")):
                    continue
                below = self._below(inner, matching)
                if below or applied:
                    stack.append((inner, below, applied))
            node.children[:0] = inherited
        for nodes in self.groups.values():
            self.read += [one for group in nodes for one in group.walk() if id(one) not in self._copied]
            self.read += nodes

    def _applied(self, node: Node, outer: dict[str, Node]) -> dict[str, Node]:
        """The groups that act in the level, those applied further out first."""
        own: dict[str, Node] = {}
        for inner in node.children:
            if inner.text.startswith("apply-group "):
                own |= dict.fromkeys(inner.text.split()[1:], inner)
                self.read.append(inner)
            elif inner.text.startswith("exclude-group "):
                outer = {name: by for name, by in outer.items() if name not in inner.text.split()[1:]}
                self.read.append(inner)
        return {name: by for name, by in outer.items() if name not in own} | own if own else outer

    def _below(self, node: Node, matching: dict[str, list[Node]]) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        self._left -= len(matching)
        if self._left <= 0:
            self.unresolved = node
            return found
        for name, nodes in matching.items():
            hits = [inner for one in nodes for inner in one.children if inner.children and self._same(inner, node)]
            if hits:
                found[name] = hits
        return found

    def _same(self, template: Node, node: Node) -> bool:
        if template.text == node.text:
            return True
        if "'" not in template.text:
            return False
        if self._left <= 0 or refused(template.text):
            self.unresolved = template
            return False
        self._left -= 1
        return matches(template.text, node.text)

    def _inherit(self, node: Node, matching: dict[str, list[Node]], applied: dict[str, Node]) -> list[Node]:
        """Copies of the statements that act in the level; a level that stands there already is filled further down."""
        found: list[Node] = []
        present = {inner.text for inner in node.children}
        for name, by in applied.items():
            for template in matching.get(name, ()):
                for inner in template.children:
                    if inner.text in present or inner.text.startswith("apply-group "):
                        continue
                    if "'" not in inner.text or not inner.children:
                        found.append(self._copy(inner, by))
        return found

    def _copy(self, node: Node, by: Node) -> Node:
        top = Inherited(node.text, node.number, node.end, by)
        stack: list[tuple[Node, Node]] = [(node, top)]
        while stack and self._left > 0:
            source, target = stack.pop()
            self._copied.add(id(source))
            self._left -= 1
            for inner in source.children:
                if "'" not in inner.text or not inner.children:
                    copy = Inherited(inner.text, inner.number, inner.end, by)
                    target.children.append(copy)
                    stack.append((inner, copy))
        return top


def own_lines(nodes: list[Node]) -> list[Node]:
    """Those of the statements that have a line of their own."""
    return [node for node in nodes if not synthetic(node)]


def matches(template: str, text: str) -> bool:
    """Whether a level's statement is one that the template's names, in quotes regular expressions, stand for."""
    wanted, words = template.split(), text.split()
    if len(wanted) != len(words):
        return False
    return all(
        _fits(one[1:-1], word) if len(one) > 1 and one[0] == one[-1] == "'" else one == word
        for one, word in zip(wanted, words, strict=True)
    )


@lru_cache(maxsize=512)
def refused(template: str) -> bool:
    """Whether a name in quotes is an expression whose matching could take long."""
    return any(_pattern(word[1:-1]) is None for word in template.split() if word[:1] == "'")


@lru_cache(maxsize=4096)
def _fits(expression: str, word: str) -> bool:
    pattern = _pattern(expression)
    return pattern is not None and len(word) <= _LONGEST_NAME and pattern.fullmatch(word) is not None


@lru_cache(maxsize=512)
def _pattern(expression: str) -> re.Pattern[str] | None:
    """The expression, unless it is one whose matching could take long; such a group stays unread."""
    expression = re.sub(r"(?:\.\*){2,}", ".*", expression)
    if len(_QUANTIFIER.findall(expression)) > _MOST_REPEATS or _REPEATED_GROUP.search(expression):
        return None
    try:
        return re.compile(expression)
    except (re.error, OverflowError, RecursionError):
        return None
