"""Words that a text must hold for a pattern to match: looking for a word costs a twentieth of looking for a pattern."""

import re
from collections.abc import Sequence
from itertools import takewhile
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Needles = tuple[str, ...]
"""A match holds at least one of them."""
_FEW = 4
"""Letters of a set that are worth looking for."""
_MOST = 2
"""Choices that are worth looking at: a third one rarely refuses what two did not."""


def needles(pattern: re.Pattern[str]) -> tuple[Needles, ...]:
    """Choices of words; every match holds a word of each. The most telling choice comes first.

    The words are in lower case where the pattern ignores case. The tree is the one of Python's own compiler of patterns,
    which the standard library does not document: whatever it does not tell makes an empty answer, and then every text
    has to be searched.
    """
    options = _options(parser.parse(pattern.pattern, pattern.flags))
    found: list[Needles] = []
    for option in sorted(map(fewest, options), key=_worth, reverse=True):
        if len(found) < _MOST and not any(_implies(one, option) for one in found):
            found.append(option)
    return tuple(tuple(word.lower() for word in one) for one in found) if ignores_case(pattern) else tuple(found)


def ignores_case(pattern: re.Pattern[str]) -> bool:
    """Whether `needles` are to be looked for in lower case."""
    return bool(pattern.flags & re.IGNORECASE)


def _best(parts: Sequence[tuple[object, Any]]) -> Needles:
    """The choice whose shortest word is the longest."""
    return fewest(max(_options(parts), key=_worth, default=()))


def _options(parts: Sequence[tuple[object, Any]]) -> list[Needles]:
    """Of what stands one after the other, all must be there: each a choice of words."""
    options: list[Needles] = []
    word = ""
    for code, argument in parts:
        if code is codes.LITERAL:
            word += chr(argument)
            continue
        # The compiler takes a common beginning out of alternatives: `secret|session` is `se` and then one of two.
        options.append(tuple(word + start for start in _starts(code, argument)))
        word = ""
        options.append(_inside(code, argument))
    options.append((word,))
    return [one for one in options if one and all(one)]


def _worth(words: Needles) -> tuple[int, int]:
    return min(map(len, words), default=0), -len(words)


def _implies(one: Needles, other: Needles) -> bool:
    """Whether a text that holds a word of the one choice holds a word of the other."""
    return all(any(part in word for part in other) for word in one)


def fewest(words: Needles) -> Needles:
    """A word that holds another one adds nothing."""
    return tuple(word for word in dict.fromkeys(words) if not any(one in word for one in words if one != word))


def _starts(code: object, argument: Any) -> Needles:  # noqa: ANN401  a part of that tree
    """The letters that each alternative begins with; one empty text where there are none."""
    if code is not codes.BRANCH:
        return ("",)
    starts = []
    for branch in argument[1]:
        letters = takewhile(lambda part: part[0] is codes.LITERAL, branch)
        starts.append("".join(chr(letter) for _, letter in letters))
    return tuple(starts)


def _inside(code: object, argument: Any) -> Needles:  # noqa: ANN401
    """What a part with parts of its own must hold."""
    match code, argument:
        case codes.SUBPATTERN, (_, more, _, parts):
            return () if more & re.IGNORECASE else _best(parts)
        case codes.ATOMIC_GROUP, parts:
            return _best(parts)
        case codes.ASSERT, (_, parts):
            return _best(parts)
        case ((codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT), (least, _, parts)) if least:
            return _best(parts)
        case codes.IN, letters if len(letters) <= _FEW and all(kind is codes.LITERAL for kind, _ in letters):
            return tuple(chr(letter) for _, letter in letters)
        case codes.BRANCH, (_, branches):
            each = [_best(branch) for branch in branches]
            return tuple(word for one in each for word in one) if all(each) else ()
        case _:
            return ()
