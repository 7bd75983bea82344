"""Makes the configuration that is in effect: without deactivated parts, with what groups give.

Rules: syntax-other-families A1.4 and Juniper, "Use Configuration Groups to Quickly Configure Devices"
(juniper.net/documentation/us/en/software/junos/cli-evo/cli/topics/topic-map/configuration-groups-usage.html):
a local statement is stronger than an inherited one, an earlier group than a later one, a wildcard matches objects
that exist. A word that is inherited keeps the line in its group.
"""

import fnmatch
import re
from collections.abc import Iterable

import msgspec

from auditor.syntax.braces import Statements, Word
from auditor.syntax.setlines import remove

_APPLY, _EXCEPT = "apply-groups", "apply-groups-except"
_SKIPPED = frozenset((_APPLY, _EXCEPT, "when", "apply-flags"))
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_STEPS_PER_STATEMENT = 100
_FEWEST_STEPS = 200_000


class _Given(msgspec.Struct):
    """A part of a group, at the place in the configuration where it applies."""

    group: str
    word: Word


class Inheritance:
    """Applies groups; the amount of work is bounded by the size of the document."""

    def __init__(self, groups: Word, statements: Statements) -> None:
        self._groups = groups
        self._steps = max(_FEWEST_STEPS, _STEPS_PER_STATEMENT * len(statements.places))
        self._patterns: dict[str, re.Pattern[str]] = {}

    @property
    def exhausted(self) -> bool:
        """There was more to inherit than the bound allows."""
        return self._steps <= 0

    def apply(self, root: Word) -> None:
        """Put what is inherited into the tree, from the outermost word to the innermost."""
        stack: list[tuple[Word, list[_Given]]] = [(root, [])]
        while stack and not self.exhausted:
            node, given = stack.pop()
            given = self._sources(node, given)
            handed = self._merge(node, given) if given else {}
            stack.extend(
                (child, handed.get(child.text, []))
                for child in reversed(node.children.values())
                if child.text not in _SKIPPED
            )

    def _sources(self, node: Word, given: list[_Given]) -> list[_Given]:
        """The groups that apply here: those named here, then those named further out, without the exceptions."""
        refused = set(_names(node, _EXCEPT))
        found: list[_Given] = []
        seen: set[str] = set()
        waiting = [name for spelled in _names(node, _APPLY) for name in self._spelled(spelled)]
        while waiting:
            name = waiting.pop(0)
            if name in seen or name in refused:
                continue
            seen.add(name)
            for word in self._located(name, node):
                found.append(_Given(name, word))
                waiting += _names(word, _APPLY)
        return found + [source for source in given if source.group not in refused]

    def _spelled(self, name: str) -> Iterable[str]:
        """`${node}` stands for every group of a node: which node this is does not stand in the configuration."""
        if "${" not in name:
            return (name,) if name in self._groups.children else ()
        parts = _VARIABLE.split(name)
        pattern = "".join(f"{part}\\d+" if odd % 2 else re.escape(part) for odd, part in enumerate(parts))
        return [group for group in self._groups.children if re.fullmatch(pattern, group)]

    def _located(self, name: str, node: Word) -> list[Word]:
        """The parts of a group that stand at the same path as the word."""
        group = self._groups.children.get(name)
        found = [group] if group is not None else []
        for text in node.path if found else ():
            self._steps -= 1 + sum(len(word.children) for word in found)
            if self.exhausted:
                return []
            found = [child for word in found for child in word.children.values() if self._matches(child.text, text)]
        return found

    def _matches(self, text: str, name: str) -> bool:
        if not _is_wild(text):
            return text == name
        pattern = self._patterns.get(text)
        if pattern is None:
            pattern = self._patterns[text] = re.compile(fnmatch.translate(text[1:-1]))
        return pattern.match(name) is not None

    def _merge(self, node: Word, given: list[_Given]) -> dict[str, list[_Given]]:
        """Take over what the groups say here; the parts that go further down, by the word they belong to."""
        handed: dict[str, list[tuple[int, _Given]]] = {}
        wild: list[tuple[int, str, Word]] = []
        for rank, source in enumerate(given, 1):
            self._steps -= 1 + len(source.word.children)
            for text, part in source.word.children.items():
                if text in _SKIPPED:
                    continue
                if _is_wild(text):
                    wild.append((rank, source.group, part))
                    continue
                child = node.children.get(text)
                if child is None:
                    child = node.children[text] = Word(text, node, part.line, rank)
                _take_over(child, part)
                handed.setdefault(text, []).append((rank, _Given(source.group, part)))
        for rank, group, part in wild:
            self._steps -= len(node.children)
            for child in node.children.values():
                if not self.exhausted and child.text not in _SKIPPED and self._matches(part.text, child.text):
                    _take_over(child, part)
                    handed.setdefault(child.text, []).append((rank, _Given(group, part)))
        return {
            text: [source for _, source in sorted(found, key=lambda pair: pair[0])] for text, found in handed.items()
        }


def effective(statements: Statements) -> str:
    """Turn the tree into the one in effect, in place; the reason why it is not whole, or an empty string."""
    for node in statements.inactive:
        if not node.active:
            remove(node)
    root = statements.root
    groups = root.children.get("groups")
    if groups is None:
        return ""
    for word in groups.walk():
        for place in word.places:
            place.live = False
    for group in groups.children.values():
        _show_condition(group)
    del root.children["groups"]
    inheritance = Inheritance(groups, statements)
    inheritance.apply(root)
    return "more is inherited from groups than was followed" if inheritance.exhausted else ""


def _show_condition(group: Word) -> None:
    """What a `when` guards is taken as applied; the condition itself is not judged and stays unread."""
    condition = group.children.get("when")
    for word in (condition, *condition.walk()) if condition is not None else ():
        for place in word.places:
            place.live = True


def _is_wild(text: str) -> bool:
    """`<ge-*>`; a word in angle brackets without a wildcard character is the mask of a secret, or a scrubber's."""
    return text[:1] == "<" and text[-1:] == ">" and any(mark in text for mark in "*?[")


def _names(node: Word, statement: str) -> list[str]:
    word = node.children.get(statement)
    return list(word.children) if word is not None else []


def _take_over(child: Word, part: Word) -> None:
    for place in part.places:
        place.live = True
        if place not in child.places:
            child.places.append(place)
