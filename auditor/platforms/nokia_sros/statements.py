"""Gives the words of an SR OS configuration to those who understand them, and keeps account of every line."""

from collections.abc import Iterable, Iterator

from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret, redacted
from auditor.platforms.common.statements import StatementReader
from auditor.platforms.nokia_sros.groups import APPLIES
from auditor.syntax.braces import Statements, Word


class SrosReader(StatementReader):
    """One document as a tree of words. Whoever understands a statement marks it as used."""

    def __init__(self, document: str, lines: list[str], statements: Statements, secrets: dict[str, Secret]) -> None:
        super().__init__(document, lines, statements, secrets)
        self.memory: dict[str, object] = {}
        """What was worked out from this document and is needed again."""

    @staticmethod
    def path(node: Word) -> str:
        """The words of a statement, as if it stood outside of groups; a blank inside a word does not part it."""
        words = node.path
        if words[:2] == ["groups", "group"]:
            words = words[3:]
        return " ".join(word.replace(" ", "_") for word in words)

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
        found = node.children.values()
        if not found:
            return None
        self.use(node, *found)
        if len(found) == 1:
            return next(iter(found))
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

    def give_back(self, *nodes: Word) -> None:
        """Statements that were taken and not understood: they are reported as unread."""
        for node in nodes:
            for place in node.places:
                place.used = False

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


def _last(word: Word) -> int:
    return max((place.line for place in word.places), default=word.line)


def known(found: Known[bool] | None, otherwise: Setting[bool]) -> Setting[bool]:
    """What is written, else what its absence means."""
    return otherwise if found is None else found
