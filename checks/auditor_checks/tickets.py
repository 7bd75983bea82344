"""Approved changes, against the times that devices tell."""

import datetime
import re
from contextlib import suppress

from auditor.api import Facts

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"\b(?P<month>[A-Za-z]{3})[a-z]* +(?P<day>\d{1,2})(?:,? | [\d:.]+ (?:[A-Z+\d]+ )?)(?P<year>\d{4})"),
    re.compile(r"\b(?P<month>[a-z]{3})/(?P<day>\d\d)/(?P<year>\d{4})"),
    re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3})[a-z]* (?P<year>\d{4})"),
)
"""`2026-11-24`, `Tue Nov 24 03:47:12 2026`, `Nov 24 2026`, `nov/24/2026`, `24 Nov 2026`."""


def day_of(text: str) -> datetime.date | None:
    """The day in a time as a device writes it; None where it names none, or no year."""
    for form in _FORMS:
        for match in form.finditer(text):
            month = match["month"].lower()
            with suppress(ValueError):
                number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
                return datetime.date(int(match["year"]), number, int(match["day"]))
    return None


def has_change_ticket(facts: Facts, when: str) -> bool:
    """Whether an entry of changes.change_tickets covers the day; one without days covers every day."""
    day = day_of(when)
    return any(_covers(entry.more, day) for entry in facts.declared.change_tickets or ())


def _covers(more: dict[str, str], day: datetime.date | None) -> bool:
    begin, end = day_of(more.get("from", "")), day_of(more.get("until", ""))
    if day is None:
        return begin is None and end is None
    return (begin or day) <= day <= (end or begin or day)
