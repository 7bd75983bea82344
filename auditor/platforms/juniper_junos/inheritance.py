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
_MEMBERS = ("member", "member-range", "description")
_NUMBERED = re.compile(r"(.*?)(\d{1,6})$")
_WIDEST = 4096
_BEHIND = 1000
"""The rank of what an interface range gives: behind what any group does."""
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
        self._taken: set[tuple[int, int]] = set()
        """Words and places that they have, by identity: the same part may come by a name and by a wildcard."""

    @property
    def exhausted(self) -> bool:
        """There was more to inherit than the bound allows."""
        return self._steps <= 0

    def apply(self, root: Word) -> None:
        """Put what is inherited into the tree, from the outermost word to the innermost."""
        stack: list[tuple[Word, list[_Given]]] = [(root, [])]
        while stack and not self.exhausted:
            node, given = stack.pop()
            if given or _APPLY in node.children:
                given = self._sources(node, given)
            handed = self._merge(node, given) if given else {}
            # A word below which nothing stands, and nothing is to come, neither names groups nor inherits.
            stack.extend(
                (child, handed.get(child.text, []))
                for child in reversed(node.children.values())
                if (child.children or child.text in handed) and child.text not in _SKIPPED
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
                    child = node.below(text, part.line, rank)
                self._take_over(child, part)
                handed.setdefault(text, []).append((rank, _Given(source.group, part)))
        for rank, group, part in wild:
            self._steps -= len(node.children)
            for child in node.children.values():
                if not self.exhausted and child.text not in _SKIPPED and self._matches(part.text, child.text):
                    self._take_over(child, part)
                    handed.setdefault(child.text, []).append((rank, _Given(group, part)))
        return {
            text: [source for _, source in sorted(found, key=lambda pair: pair[0])] for text, found in handed.items()
        }

    def _take_over(self, child: Word, part: Word) -> None:
        self._steps -= len(part.places)
        for place in part.places:
            place.live = True
            if (id(child), id(place)) not in self._taken:
                self._taken.add((id(child), id(place)))
                child.ends(place)


def effective(statements: Statements) -> str:
    """Turn the tree into the one in effect, in place; the reason why it is not whole, or an empty string."""
    for node in statements.inactive:
        remove(node)
    root = statements.root
    groups = root.children.get("groups")
    short = _apply_groups(groups, statements) if groups is not None else ""
    for holder in (root, *_inner(root)):
        ports = holder.children.get("interfaces")
        if ports is not None and "interface-range" in ports.children:
            short = _ranges(ports, len(statements.places)) or short
    return short


def _inner(root: Word) -> list[Word]:
    """Logical systems and tenants."""
    return [
        word
        for kind in ("logical-systems", "tenants")
        if kind in root.children
        for word in root.children[kind].children.values()
    ]


def _apply_groups(groups: Word, statements: Statements) -> str:
    for word in groups.walk():
        for place in word.places:
            place.live = False
    for group in groups.children.values():
        _show_condition(group)
    del statements.root.children["groups"]
    inheritance = Inheritance(groups, statements)
    inheritance.apply(statements.root)
    return "more is inherited from groups than was followed" if inheritance.exhausted else ""


def _ranges(ports: Word, size: int) -> str:
    """`interface-range R { member I; member-range I to J; .. }`: its statements hold for every member, behind their own.

    A member with a wildcard (`"ge-0/0/[0-3]"`) is any interface that is written.
    """
    room = max(_FEWEST_STEPS, _STEPS_PER_STATEMENT * size)
    for group in list(ports.children["interface-range"].children.values()):
        parts = [word for text, word in group.children.items() if text not in _MEMBERS and text not in _SKIPPED]
        for name, line in _members(ports, group):
            port = ports.children.get(name)
            if port is None:
                port = ports.below(name, line, _BEHIND)
            room -= _copy(port, parts, room)
            if room <= 0:
                return "more interfaces are members of ranges than were followed"
        for word in (
            group,
            *(one for text in _MEMBERS if text in group.children for one in group.children[text].walk()),
        ):
            for place in word.places:
                place.used = True
    return ""


def _members(ports: Word, group: Word) -> list[tuple[str, int]]:
    """(interface, line of the member) of a range."""
    found = []
    single = group.children.get("member")
    for word in single.children.values() if single is not None else ():
        if any(mark in word.text for mark in "*?["):
            match = re.compile(fnmatch.translate(word.text)).match
            found += [(name, word.line) for name in ports.children if name != "interface-range" and match(name)]
        else:
            found.append((word.text, word.line))
    several = group.children.get("member-range")
    for word in several.children.values() if several is not None else ():
        last = next(iter(word.children["to"].children), "") if "to" in word.children else ""
        found += [(name, word.line) for name in _between(word.text, last)]
    return found


def _between(first: str, last: str) -> list[str]:
    """`ge-0/0/3` to `ge-0/0/7`; ends that differ in more than the last number name nothing but themselves."""
    one, two = _NUMBERED.match(first), _NUMBERED.match(last)
    if one is None or two is None or one[1] != two[1] or not 0 <= int(two[2]) - int(one[2]) < _WIDEST:
        return [name for name in (first, last) if name]
    return [f"{one[1]}{number}" for number in range(int(one[2]), int(two[2]) + 1)]


def _copy(target: Word, parts: list[Word], room: int) -> int:
    """Put copies of these words below another one, without replacing what is there; the number of steps."""
    stack = [(target, part) for part in parts]
    steps = 0
    while stack and steps < room:
        node, part = stack.pop()
        steps += 1
        child = node.children.get(part.text)
        if child is None:
            child = node.below(part.text, part.line, _BEHIND)
        for place in part.places:
            if place not in child.places:
                child.places = [*child.places, place]
        stack.extend((child, inner) for inner in part.children.values())
    return steps


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
