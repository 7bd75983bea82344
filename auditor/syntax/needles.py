"""Words that a text must hold for a pattern to match: looking for a word costs a twentieth of looking for a pattern."""

import re
from collections.abc import Sequence
from itertools import takewhile
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Needles = tuple[str, ...]
"""A match holds at least one of them; none: nothing can be said."""


def needles(pattern: re.Pattern[str]) -> Needles:
    """The words of which every match holds one, in lower case where the pattern ignores case.

    The tree is the one of Python's own compiler of patterns, which the standard library does not document: whatever it
    does not tell makes an empty answer, and then every text has to be searched.
    """
    found = _best(parser.parse(pattern.pattern, pattern.flags))
    return tuple(word.lower() for word in found) if ignores_case(pattern) else found


def ignores_case(pattern: re.Pattern[str]) -> bool:
    """Whether `needles` are to be looked for in lower case."""
    return bool(pattern.flags & re.IGNORECASE)


def _best(parts: Sequence[tuple[object, Any]]) -> Needles:
    """Of what stands one after the other, all must be there: the one whose shortest word is the longest."""
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
    return fewest(max((one for one in options if all(one)), key=_worth, default=()))


def _worth(words: Needles) -> tuple[int, int]:
    return min(map(len, words), default=0), -len(words)


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
        case codes.BRANCH, (_, branches):
            each = [_best(branch) for branch in branches]
            return tuple(word for one in each for word in one) if all(each) else ()
        case _:
            return ()
