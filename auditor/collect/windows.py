"""Maintenance windows: when a device may be visited.

Errors:
    WindowError   a window is not written as expected
"""

import re
from datetime import datetime, timedelta

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WINDOW = re.compile(r"(?:(?P<days>[A-Za-z,\-]+) )?(?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)")


class WindowError(Exception):
    """A window is not written as expected."""


def is_open(window: str, now: datetime) -> bool:
    """Whether one of the windows (`Mo-Fr 22:00-05:00; Sa,Su 00:00-24:00`) is open. None at all is always open.

    A window that ends before it begins goes on into the next day; its days are those on which it begins.
    """
    parts = [part.strip() for part in window.split(";") if part.strip()]
    return not parts or any(_one(part, now) for part in parts)


def check(window: str) -> None:
    """WindowError where a window cannot be read."""
    is_open(window, datetime(2000, 1, 1))


def _one(text: str, now: datetime) -> bool:
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise WindowError(f"window '{text}': expected for example 'Mo-Fr 22:00-05:00'")
    days, begin, end = _days(match["days"] or "Mo-Su"), _minutes(match["from"]), _minutes(match["to"])
    at = now.hour * 60 + now.minute
    if begin < end:
        return now.weekday() in days and begin <= at < end
    yesterday = (now - timedelta(days=1)).weekday()
    return (now.weekday() in days and at >= begin) or (yesterday in days and at < end)


def _days(text: str) -> set[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first not in _DAYS or (dash and last not in _DAYS):
            raise WindowError(f"window: unknown day in '{text}'; the days are {' '.join(_DAYS)}")
        begin, end = _DAYS.index(first), _DAYS.index(last or first)
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return found


def _minutes(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    if hour * 60 + minute > 24 * 60 or minute > 59:
        raise WindowError(f"window: no time of day: '{text}'")
    return hour * 60 + minute
