"""Gives the words of a Junos configuration to those who understand them, and keeps account of every line."""

from collections.abc import Collection, Iterable, Iterator
from itertools import repeat
from operator import contains
from typing import TypeVar

from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret, redacted
from auditor.platforms.common.statements import StatementReader
from auditor.platforms.juniper_junos.defaults import TABLE as DEFAULTS
from auditor.platforms.juniper_junos.text import NOISE
from auditor.syntax.braces import Statements, Word

T = TypeVar("T", bool, int, str)

_INSTANCES = ("logical-systems", "tenants")
_HOLDERS = frozenset(("groups", "routing-instances", *_INSTANCES))
"""Each with a name behind it."""
_APPLIES = frozenset(("apply-groups", "apply-groups-except", "apply-flags", "apply-macro"))
"""Words that may stand among the names of objects and are none."""


class Scope:
    """A part of the configuration with its own interfaces and routing: the device itself or a logical system."""

    __slots__ = ("name", "root")

    def __init__(self, name: str, root: Word) -> None:
        self.name = name
        self.root = root

    def named(self, name: str) -> str:
        """A name that is unique on the device."""
        return f"{self.name}/{name}" if self.name and name else name or self.name


class JunosReader(StatementReader):
    """One document as a tree of words. Whoever understands a statement marks it as used."""

    def __init__(self, document: str, lines: list[str], statements: Statements, secrets: dict[str, Secret]) -> None:
        super().__init__(document, lines, statements, secrets)
        self._plain = not any(map(contains, lines, repeat("apply-")))
        """No word of the document applies a group, so that none has to be told from the names of objects."""
        self.complete: Setting[bool] = Unknown(Code.CUT, "the end of the configuration was not looked for")
        self.release = ""
        """The release that the configuration or `show version` names; empty where neither does."""
        self.memory: dict[tuple[object, ...], object] = {}
        """What was worked out from this document and is needed again."""

    @staticmethod
    def path(node: Word) -> str:
        """The words of a statement, as if it stood outside of groups, logical systems, routing instances, ranges."""
        words = node.path
        at = 0
        while len(words) > at + 2 and words[at] in _HOLDERS:
            at += 2
        if at:
            del words[:at]
        if words[:2] == ["interfaces", "interface-range"]:
            del words[1]
        return " ".join(words)

    def take(self, *path: str, inside: Word | None = None) -> Word | None:
        """The word at the end of a path; statements that end with it are marked as used."""
        node = self.find(*path, inside=inside)
        if node is not None:
            self.use(node)
        return node

    def entries(self, *path: str, inside: Word | None = None) -> list[Word]:
        """The words that follow a path: names of objects, members of a list."""
        node = inside or self.root
        for text in path:
            below = node.children.get(text)
            if below is None:
                return []
            node = below
        if self._plain:
            return [*node.children.values()]
        return [word for text, word in node.children.items() if text not in _APPLIES]

    def members(self, *path: str, inside: Word | None = None) -> list[Word]:
        """The members of a list of values, which are marked as used."""
        found = self.entries(*path, inside=inside)
        if found:
            self.use(*found)
        return found

    def leaf(self, *path: str, inside: Word | None = None) -> Word | None:
        """The value that holds at a path, marked as used: a local one before an inherited one, then the last."""
        node = inside or self.root
        for text in path:
            below = node.children.get(text)
            if below is None:
                return None
            node = below
        found = node.children.values()
        self.use(node, *found)
        if len(found) < 2:
            for word in found:
                return word
            return None
        best = min(word.rank for word in found)
        return [word for word in found if word.rank == best][-1]

    def value(self, *path: str, inside: Word | None = None) -> str:
        """The text of the value that holds at a path; empty where there is none."""
        word = self.leaf(*path, inside=inside)
        return word.text if word is not None else ""

    def option(self, name: str, inside: Word) -> Word | None:
        """The value of an option that may stand on the line of another option (`source A destination B`)."""
        found = next((word for word in inside.walk() if word.text == name and word.children), None)
        return self.leaf(inside=found) if found is not None else None

    def split(self, holder: Word, names: Collection[str]) -> None:
        """Give options that stand on one line a place each: `type md5 value V` is `type md5` and `value V`.

        Without a schema the second option looks like a word that follows the value of the first. `names` are the
        options of this statement; a word of another name is left where it is.
        """
        stack = [child for text, child in holder.children.items() if child.children and text in names]
        while stack:
            option = stack.pop()
            for value in (option, *option.children.values()):
                if not value.children:
                    continue
                for inner in [
                    one for text, one in value.children.items() if text in names and text not in holder.children
                ]:
                    del value.children[inner.text]
                    holder.adopt(inner)
                    stack.append(inner)

    def scopes(self) -> Iterator[Scope]:
        """The device itself, then its logical systems and tenants."""
        yield Scope("", self.root)
        for kind in _INSTANCES:
            for word in self.entries(kind):
                yield Scope(word.text, word)

    def instances(self, scope: Scope) -> list[tuple[str, Word]]:
        """(VRF, root) of the scope itself and of each of its routing instances."""
        key = ("instances", scope.root)
        known = self.memory.get(key)
        if not isinstance(known, list):
            inner = self.entries("routing-instances", inside=scope.root)
            known = [(scope.name, scope.root), *((scope.named(word.text), word) for word in inner)]
            self.memory[key] = known
        return known

    def units(self, scope: Scope) -> list[tuple[Word, Word]]:
        """(port, unit) of every logical interface."""
        key = ("units", scope.root)
        known = self.memory.get(key)
        if not isinstance(known, list):
            ports = self.entries("interfaces", inside=scope.root)
            known = [(port, unit) for port in ports for unit in self.entries("unit", inside=port)]
            self.memory[key] = known
        return known

    def number(self, *path: str, inside: Word | None = None) -> int | None:
        """The number that holds at a path; None where there is none."""
        text = self.value(*path, inside=inside)
        return int(text) if text.isascii() and text.isdigit() else None

    def switch(self, *path: str, inside: Word | None = None) -> Known[bool] | None:
        """A statement that switches something on by standing there; None where it does not."""
        word = self.take(*path, inside=inside)
        return Known(True, (self.source(word),)) if word is not None else None

    def absent(self, statement: str, kind: type[T]) -> Setting[T]:
        """What it means on this device that a statement stands nowhere."""
        return DEFAULTS.absent(statement, kind, self.release, self.complete)

    @property
    def secrets(self) -> Iterable[Secret]:
        """Every secret of the document, without the places where they stand."""
        return self._secrets.values()

    def secret(self, word: str) -> Secret:
        """What is known of a secret; a word that is none was redacted in the capture."""
        return self._secrets.get(word, redacted())

    def held(self, name: str, inside: Word) -> Secret | None:
        """The secret of a statement; where its value is missing, it was redacted; None where the statement is."""
        if name not in inside.children:
            return None
        value = self.leaf(name, inside=inside)
        return self.secret(value.text if value is not None else "")

    def last_line(self) -> Source | None:
        """The last line of the configuration: no comment, no prompt of the capture."""
        numbers = range(len(self.lines), 0, -1)
        number = next((at for at in numbers if _is_text(self.lines[at - 1].strip())), 0)
        return self.at(number) if number else None


def _is_text(line: str) -> bool:
    return bool(line) and line[0] != "#" and not NOISE.match(line)
