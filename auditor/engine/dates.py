"""Dates in declarations and waivers."""

import datetime
import re

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def day(text: str) -> datetime.date | None:
    """The day that `YYYY-MM-DD` names; None for anything else."""
    try:
        return datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
