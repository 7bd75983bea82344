"""Groups of MD-CLI: what `apply-groups` brings in from elsewhere (syntax-other-families B1.3; parsing trap 26).

    groups { group "g" { router "Base" { interface "<to-.*>" { ... } } } }
    apply-groups ["g"]

A name in angle brackets is a regular expression that the existing objects of this place are compared with. What is
written in the place itself wins, then the group that is named first.
"""

import re
from collections.abc import Iterable

from auditor.syntax.braces import Place, Statements, Word

_WILD = re.compile(r"<.*>")
_MOST_COPIES = 200_000
"""Words that groups may add: beyond that a document is hostile, and what is missing is said."""
APPLIES = frozenset(("apply-groups", "apply-groups-exclude"))


def apply(statements: Statements) -> None:
    """Put the statements of groups where they act. Those of groups that nobody applies have no effect."""
    holder = statements.root.children.get("groups")
    defined = holder.children.get("group") if holder is not None else None
    if holder is None or defined is None:
        return
    for word in holder.walk():
        for place in word.places:
            place.live = False
    copier = _Copier(statements)
    for target in _appliers(statements.root, holder):
        path = target.path
        for name, applied in target.children["apply-groups"].children.items():
            group = defined.children.get(name)
            below = _below(group, path) if group is not None else []
            for source in below:
                copier.copy(source, target, applied)


def _appliers(root: Word, holder: Word) -> list[Word]:
    """The words with an `apply-groups` of their own, innermost first: an inner one is more binding."""
    found = [word for word in (root, *root.walk()) if "apply-groups" in word.children and not _inside(word, holder)]
    return found[::-1]


def _inside(word: Word, holder: Word) -> bool:
    at: Word | None = word
    while at is not None:
        if at is holder:
            return True
        at = at.parent
    return False


def _below(group: Word, path: list[str]) -> list[Word]:
    """The places of a group that correspond to a path; names in angle brackets match."""
    found = [group]
    for text in path:
        found = [child for word in found for child in word.children.values() if _fits(child.text, text)]
    return found


def _fits(pattern: str, text: str) -> bool:
    if pattern == text:
        return True
    if not _WILD.fullmatch(pattern) or len(pattern) > 200:
        return False
    try:
        return re.fullmatch(pattern[1:-1], text) is not None
    except re.error:
        return False


class _Copier:
    """Copies words of groups, as long as there is room."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._room = _MOST_COPIES

    def copy(self, source: Word, target: Word, applied: Word) -> None:
        """Everything below a word of a group to below a word of the configuration.

        What is copied cites the line of the group and the line that applies it.
        """
        stack = [(source, target)]
        while stack and self._room > 0:
            origin, place = stack.pop()
            if applied.text in _names(place.children.get("apply-groups-exclude")):
                continue
            written = bool(place.children)
            for child in origin.children.values():
                if child.text in APPLIES:
                    continue
                if _WILD.fullmatch(child.text):
                    stack += [(child, found) for found in place.children.values() if _fits(child.text, found.text)]
                    continue
                known = place.children.get(child.text)
                if known is None:
                    if written and _is_value(child, origin):
                        continue
                    known = self._new(child, place, applied)
                for one in child.places:
                    one.live = True
                stack.append((child, known))

    def _new(self, child: Word, parent: Word, applied: Word) -> Word:
        self._room -= 1
        if self._room == 0:
            self._statements.broken.append(child.line)
        word = parent.below(child.text, child.line, rank=1)
        word.places = (*child.places, *applied.places) if child.places else ()
        return word


def _is_value(word: Word, leaf: Word) -> bool:
    """A value of a leaf, which stands for the whole leaf; an empty block is none, nor is a lone word inside a block."""
    return not (word.children or any(_block(place) for place in (*word.places, *leaf.places)))


def _block(place: Place) -> bool:
    return place.head


def _names(word: Word | None) -> Iterable[str]:
    return word.children if word is not None else ()
