"""Releases of the platforms as values that can be compared, and whether a stated range contains one.

A release of Junos without a service release (`22.4R3`) is the one before the first (`22.4R3-S1`).

Ranges are words: `<=6.42` up to and with, `<6.42` before, `=12.3(6)` exactly, `12.4*` a whole train. A release that names
less than the range asks for cannot be placed: `17.9` is neither before nor after `17.9.4a`.
"""

import re

from auditor.api import Platform

Release = tuple[tuple[int, ...], str]
"""Numbers, and the letters behind them that rank rebuilds (`17.9.4a`)."""

_DOTTED = re.compile(r"v?(\d+(?:\.\d+)*)([a-z]?)", re.IGNORECASE)
_IOS = re.compile(r"(\d+)\.(\d+)(?:\((\d+)([a-z]?)\)([A-Z]*)(\d*)([a-z]?))?")
_NXOS = re.compile(r"(\d+)\.(\d+)(?:\((\d+)([a-z]?)\))?")
_JUNOS = re.compile(r"(\d+)\.(\d+)(?:R(\d+))?(?:-S(\d+))?")
_SROS = re.compile(r"(?:TiMOS-)?(?:[A-Z]-)?(\d+)\.(\d+)(?:\.R(\d+))?(?:-(\d+))?")
_VRP = re.compile(r"V(\d+)R(\d+)(?:C(\d+))?(?:SPC(\d+))?", re.IGNORECASE)
_FORMS = {
    Platform.CISCO_NXOS: _NXOS,
    Platform.JUNIPER_JUNOS: _JUNOS,
    Platform.NOKIA_SROS: _SROS,
    Platform.HUAWEI_VRP: _VRP,
}
_TRAIN = 2
"""A train is named by its first two numbers."""


def spellings(version: str) -> tuple[str, ...]:
    """A release is written `v24.10.3` or `24.10.3`, `17.09.04a` or `17.9.4a`."""
    bare = version.removeprefix("v")
    return version, bare, re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def release(platform: str, text: str) -> Release | None:
    """A release as a value; None where the text is none of the platform's forms."""
    if platform == Platform.CISCO_IOS:
        return _ios(text)
    form = _FORMS.get(Platform(platform)) if platform in set(Platform) else None
    if form is not None:
        match = form.match(text)
        if match is None:
            return None
        parts = (*match.groups()[:-1], match[4] or "0") if form is _JUNOS and match[3] else match.groups()
        return _numbers(parts), _letters(parts)
    match = _DOTTED.match(text)
    return (tuple(int(part) for part in match[1].split(".")), match[2].lower()) if match else None


def _ios(text: str) -> Release | None:
    """`15.2(4)M7`: the letters of the line stand for another branch, so two lines are never ranked against each other."""
    match = _IOS.match(text)
    if match is None:
        return None
    numbers = tuple(int(part) for part in (match[1], match[2], match[3], match[6]) if part)
    return numbers, f"{match[4] or ''}{match[5] or ''}{match[7] or ''}"


def _numbers(parts: tuple[str | None, ...]) -> tuple[int, ...]:
    return tuple(int(part) for part in parts if part and part.isdigit())


def _letters(parts: tuple[str | None, ...]) -> str:
    return "".join(part for part in parts if part and part.isalpha())


def within(platform: str, text: str, stated: str) -> bool | None:
    """Whether a release lies in a range; None where it cannot be placed."""
    bound = release(platform, stated.strip("<=*"))
    mine = release(platform, text)
    if bound is None or mine is None:
        return None
    if stated.endswith("*"):
        return mine[0][: len(bound[0])] == bound[0] if len(mine[0]) >= len(bound[0]) else None
    if stated.startswith("="):
        return mine == bound if len(mine[0]) >= len(bound[0]) else None
    order = _order(mine, bound)
    return None if order is None else order < 0 or (stated.startswith("<=") and order == 0)


def fixed_in(platform: str, text: str, stated: str) -> bool | None:
    """Whether a release is a fixed one of its train or a later one; None where no fixed release of its train is stated.

    A train may have several (`22.3R2-S2 22.3R3-S1`): the one of the same third number counts, else the latest.
    """
    mine = release(platform, text)
    bounds = [bound for one in stated.split() if (bound := release(platform, one)) is not None]
    if mine is None:
        return None
    train = [bound for bound in bounds if mine[0][:_TRAIN] == bound[0][:_TRAIN]]
    if not train:
        return None
    nearest = [bound for bound in train if mine[0][: _TRAIN + 1] == bound[0][: _TRAIN + 1]]
    order = _order(mine, max(nearest or train))
    return None if order is None else order >= 0


def _order(mine: Release, bound: Release) -> int | None:
    """Below, at or above the bound; None where the release names less than the bound and agrees as far as it goes."""
    named = len(mine[0])
    if named < len(bound[0]) and mine[0] == bound[0][:named]:
        return None
    first, second = mine, (bound[0] + (0,) * (named - len(bound[0])), bound[1])
    return (first > second) - (first < second)
