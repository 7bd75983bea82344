"""Two configurations of one device, compared by what they mean.

What is compared are the facts, so that the order of lines, the form (command line, XML) and the salt of a reversible
secret make no difference. Of two texts in one form, the lines that no fact tells apart are compared as lines, too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum

import msgspec

from auditor.model.areas import Area, Filter
from auditor.model.copies import Comparison, Difference
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.secret import Secret
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Masked, Reading, Unsaved
from auditor.syntax.mask import TOKEN
from auditor.syntax.text import decode

_LEFT_OUT = frozenset({Area.STATE, Area.PROBES, Area.INTERCEPT, Area.TELECOM})
"""Areas that are no part of the configuration, and those of the intercept office, which nobody else may compare."""
_NAMES = ("name", "address", "prefix", "user", "kind", "protocol", "pattern")
"""Fields that tell one thing from another, in the order in which they are asked."""
_FOLLOWS = frozenset({"open_families", "bindings"})
"""Fields that follow from other things, which are compared themselves: what is open, where a list is used. So does what a
list admits that is bound."""
_REMARK = re.compile(
    r"\s*(?:[!#]|/\*|$)|end\s*$|(?:Building configuration|Current configuration|Using \d+ out of|Last login)|\s*ntp clock-period "
)
_SAME_FORM = 0.5
"""Share of common lines from which on two texts are taken to be written in one form."""
_LINES_SHOWN = 20


def compare(running: Reading, copy: Reading, document: str) -> Comparison:
    """How a copy differs from the running configuration."""
    facts, other = running.facts, copy.facts
    both = sorted((facts.areas.keys() & other.areas.keys()) - _LEFT_OUT)
    compared = tuple(area for area in both if area not in other.parts)
    pairs = [(area, facts.areas[area], other.areas[area]) for area in compared]
    things = [one for pair in pairs for one in _things_of(*pair) if one.sources]
    things += [one for area in both if area in other.parts for one in _parts_of(area, facts, other) if one.sources]
    told = {source for one in things for source in one.sources}
    # What follows from a thing that differs is no second difference.
    settings = [one for pair in pairs for one in _settings_of(*pair) if one.sources and not told & set(one.sources)]
    found = [*things, *settings]
    found += _other_lines(running, copy, found)
    return Comparison(document, tuple(found), _whole(facts, other), compared)


def _whole(facts: Facts, other: Facts) -> Setting[bool]:
    return next((one for one in (facts.complete, other.complete) if isinstance(one, Unknown)), Known(True))


def _things_of(area: Area, ours: object, theirs: object) -> Iterator[Difference]:
    """Differences in the lists of an area."""
    for _, one, two in _fields(ours, theirs):
        if isinstance(one, tuple) and isinstance(two, tuple):
            yield from _things(area, _members(one), _members(two))


def _parts_of(area: Area, facts: Facts, other: Facts) -> Iterator[Difference]:
    """Differences in those lists of an area that were read of both, by what was read of their things.

    What the running configuration alone has is none: the other channel need not show everything.
    """
    lists = other.parts[area]
    for name, one, two in _fields(facts.areas[area], other.areas[area]):
        if name in lists and isinstance(one, tuple) and isinstance(two, tuple):
            found = _things(area, _members(one), _members(two), lists[name])
            yield from (each for each in found if each.only != "running")


def _settings_of(area: Area, ours: object, theirs: object) -> Iterator[Difference]:
    """Differences in the settings of an area."""
    for name, one, two in _fields(ours, theirs):
        if not isinstance(one, tuple) and not _same(one, two):
            yield Difference(area, _words(name), "", tuple(dict.fromkeys((*_sources(one), *_sources(two)))))


def _fields(ours: object, theirs: object) -> Iterator[tuple[str, object, object]]:
    if isinstance(ours, msgspec.Struct) and type(ours) is type(theirs):
        for name in ours.__struct_fields__:
            yield name, getattr(ours, name), getattr(theirs, name)


def _members(things: tuple[object, ...]) -> list[object]:
    return [thing for thing in things if not isinstance(thing, Source)]


def _things(
    area: Area, ours: Sequence[object], theirs: Sequence[object], fields: tuple[str, ...] = ()
) -> Iterator[Difference]:
    """What only one has, or both in two ways. Things of a list are told apart by their names, not by their places.

    `fields` names what of them is compared, where that is not everything.
    """
    left: dict[str, list[object]] = defaultdict(list)
    for thing in theirs:
        left[_key(thing, fields)].append(thing)
    unmatched: list[object] = []
    for thing in ours:
        rest = left[_key(thing, fields)]
        match = next((index for index, other in enumerate(rest) if _alike(thing, other, fields)), None)
        if match is None:
            unmatched.append(thing)
        else:
            del rest[match]
    for thing in unmatched:
        rest = left[_key(thing, fields)]
        other = rest.pop(0) if rest else None
        sources = dict.fromkeys((*_sources(thing), *(_sources(other) if other is not None else ())))
        yield Difference(area, _label(thing), "" if other is not None else "running", tuple(sources))
    for rest in left.values():
        for thing in rest:
            yield Difference(area, _label(thing), "copy", _sources(thing))


def _key(thing: object, fields: tuple[str, ...]) -> str:
    """What tells a thing from others: where its name is no field that is compared, capital letters in it mean nothing."""
    label = _label(thing)
    return label.lower() if fields and "name" not in fields else label


def _alike(one: object, two: object, fields: tuple[str, ...]) -> bool:
    if not fields:
        return _same(one, two)
    return all(_same(_field(one, name), _field(two, name)) for name in fields)


def _field(thing: object, name: str) -> object:
    """A field of a thing; the groups of an account are written in any order."""
    value = getattr(thing, name)
    return tuple(sorted(value.split())) if name == "role" else value


def _same(one: object, two: object) -> bool:
    """Whether two values mean the same; what one side does not know is no difference."""
    if isinstance(one, Unknown) or isinstance(two, Unknown):
        return True
    if isinstance(one, Known) and isinstance(two, Known):
        return bool(one.default and two.default) or _same(one.value, two.value)
    if isinstance(one, Source) and isinstance(two, Source):
        return True
    if isinstance(one, Secret) and isinstance(two, Secret):
        hidden = not one.fingerprint or not two.fingerprint
        return hidden or one.fingerprint == two.fingerprint
    if isinstance(one, str) and isinstance(two, str) and not isinstance(one, Enum):
        return TOKEN.sub("", one) == TOKEN.sub("", two)
    if isinstance(one, tuple) and isinstance(two, tuple):
        mine, yours = _members(one), _members(two)
        return len(mine) == len(yours) and all(map(_same, mine, yours))
    if isinstance(one, Filter) and isinstance(two, Filter):
        return (one.name, one.family) == (two.name, two.family)
    if isinstance(one, msgspec.Struct) and type(one) is type(two):
        names = (name for name in one.__struct_fields__ if name not in _FOLLOWS)
        return all(_same(getattr(one, name), getattr(two, name)) for name in names)
    if isinstance(one, Source) or isinstance(two, Source):
        return True
    return one == two


def _label(thing: object) -> str:
    """What a thing is called: its kind and the first of its names."""
    if not isinstance(thing, msgspec.Struct):
        return TOKEN.sub("", str(thing))
    named = [getattr(thing, name) for name in _NAMES if name in thing.__struct_fields__]
    words = next((str(name) for name in named if isinstance(name, str) and name), "")
    return f"{_words(type(thing).__name__)} {TOKEN.sub('', words)}".strip()


def _words(name: str) -> str:
    """`AaaServer` and `source_routing` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower()


def _sources(thing: object) -> tuple[Source, ...]:
    """The lines of a thing, or of the first of its parts that has some."""
    if isinstance(thing, Source):
        return (thing,)
    if isinstance(thing, Known):
        return thing.sources or _sources(thing.value)
    if isinstance(thing, tuple):
        return next((found for part in thing if (found := _sources(part))), ())
    if isinstance(thing, msgspec.Struct) and not isinstance(thing, Secret | Unknown):
        parts = [getattr(thing, name) for name in thing.__struct_fields__]
        own = [part for part in parts if isinstance(part, Source)]
        lines = [part for part in parts if isinstance(part, tuple) and part and isinstance(part[0], Source)]
        return tuple(own) or (lines[0] if lines else next((found for part in parts if (found := _sources(part))), ()))
    return ()


def _other_lines(running: Reading, copy: Reading, found: Iterable[Difference]) -> Iterator[Difference]:
    """Lines that only one of two texts in one form has, where no difference of the facts cites them."""
    told = {
        (source.document, line)
        for one in found
        for source in one.sources
        for line in range(source.line, source.end_line + 1)
    }
    ours, theirs = _lines(running), _lines(copy)
    mine, yours = Counter(text for text, _ in ours), Counter(text for text, _ in theirs)
    if sum((mine & yours).values()) < _SAME_FORM * max(1, len(ours), len(theirs)):
        return
    for only, lines, there in (("running", ours, yours), ("copy", theirs, mine)):
        rest = there.copy()
        lonely: list[Source] = []
        for text, source in lines:
            if rest[text]:
                rest[text] -= 1
            elif (source.document, source.line) not in told:
                lonely.append(source)
        if lonely:
            noun = "line" if len(lonely) == 1 else "lines"
            yield Difference(None, f"{len(lonely)} further {noun}", only, tuple(lonely[:_LINES_SHOWN]))


def _lines(reading: Reading) -> list[tuple[str, Source]]:
    """The lines of the configuration without comments, as they can be compared, and where they stand."""
    main = reading.documents[0] if reading.documents else Masked("", [])
    return [
        (TOKEN.sub("", text.strip()), Source(main.name, number, number, text.strip()))
        for number, text in enumerate(main.lines, 1)
        if not _REMARK.match(text)
    ]


_SIGNED = re.compile(r"(?P<indent>\s*)(?P<sign>[+-])(?P<text>.*)")
_ONLY = {"+": "running", "-": "copy"}


def shown(
    document: Document, unsaved: Unsaved, read: Callable[[Document], Reading]
) -> tuple[Comparison, tuple[Masked, ...]]:
    """The differences that the device shows itself, and the output without its secrets.

    The lines are read as a configuration, so that their secrets are masked and each is known to belong to an area.
    """
    lines = decode(document.content)
    start = next((index + 1 for index, line in enumerate(lines) if unsaved.head.match(line)), None)
    if start is None:
        return _unclear(document, "is not such a comparison")
    signed = {
        number: found for number, line in enumerate(lines[start:], start + 1) if (found := _SIGNED.fullmatch(line))
    }
    plain = [
        found["indent"] + found["text"] if (found := signed.get(number)) else line if number > start else ""
        for number, line in enumerate(lines, 1)
    ]
    # With an end of its own, so that what is cited there is none of these lines.
    content = "\n".join((*plain, "end", "")).encode("utf-8", "surrogateescape")
    reading = read(msgspec.structs.replace(document, content=content, command=RUNNING))
    masked = reading.documents[0].lines if reading.documents else []
    if len(masked) < max(signed, default=0):
        return _unclear(document, "could not be read line by line")
    areas = _areas_by_line(reading.facts)
    differences = []
    for number, match in sorted(signed.items()):
        text = match["sign"] + masked[number - 1].strip()
        masked[number - 1] = text
        name = f"line '{TOKEN.sub('', text[1:]).strip()}'"
        source = Source(document.name, number, number, text)
        differences.append(Difference(areas.get(number), name, _ONLY[match["sign"]], (source,)))
    masked[start - 1] = lines[start - 1].strip()
    return Comparison(document.name, tuple(differences)), (Masked(document.name, masked[: len(lines)]),)


def _unclear(document: Document, why: str) -> tuple[Comparison, tuple[Masked, ...]]:
    return Comparison(document.name, (), Unknown(Code.STATE, f"{document.name} {why}")), ()


def _areas_by_line(facts: Facts) -> dict[int, Area]:
    """The area of each line: that which understood it, else that which it was lost to."""
    found: dict[int, Area] = {}
    for area, lost in facts.unread.items():
        found |= {line: area for source in lost for line in range(source.line, source.end_line + 1)}
    for area, filled in sorted(facts.areas.items()):
        found |= {line: area for source in _every_source(filled) for line in range(source.line, source.end_line + 1)}
    return found


def _every_source(value: object) -> Iterator[Source]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, Source):
            yield one
        elif isinstance(one, tuple):
            stack.extend(one)
        elif isinstance(one, msgspec.Struct):
            stack.extend(getattr(one, name) for name in one.__struct_fields__)
