"""When a system started, counted back from its time of running.

Counted from the moment at which the output was collected: the day of the audit would be wrong for an older snapshot.
"""

import datetime
import re

from auditor.model.areas import Restart
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.common.outputs import Output

_PART = re.compile(r"(?P<number>\d+) ?(?P<unit>[a-z])[a-z]*(?:\(s\))?,? ?(?:and )?", re.IGNORECASE)
"""`4 weeks 6 days`, `3 day(s), 1 hour(s)`, `2w1d3h4m5s`."""
_CLOCK = re.compile(r"(?P<h>\d+):(?P<m>\d\d):(?P<s>\d\d)(?:\.\d+)?")
"""`215 days, 21:04:59.62`."""
_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
"""No years: devices do not say how many days they count for one."""


def last_start(output: Output, running: re.Pattern[str], reason: str = "") -> Setting[Restart]:
    """The last start, by the first line with the time of running (group `uptime`)."""
    found = output.first(running)
    if found is None:
        return Unknown(Code.STATE, "the output does not say since when the system runs")
    when = started(found[0]["uptime"], output.collected_at)
    if not when:
        return Unknown(Code.STATE, f"the output tells a time of running alone ({found[0]['uptime']}), not since when")
    return Known(Restart(found[1], when, reason), (found[1],))


def started(running: str, collected_at: str) -> str:
    """The moment in the words of ISO 8601; empty where either text does not tell it."""
    seconds = _seconds(running)
    try:
        seen = datetime.datetime.fromisoformat(collected_at)
    except ValueError:
        return ""
    return "" if seconds is None else f"{seen - datetime.timedelta(seconds=seconds):%Y-%m-%d %H:%M %Z}".strip()


def _seconds(running: str) -> int | None:
    text = _CLOCK.sub(r"\g<h> h \g<m> m \g<s> s", running.strip())
    parts = [(int(part["number"]), part["unit"].lower(), part[0]) for part in _PART.finditer(text)]
    whole = "".join(part for _, _, part in parts) == text
    if not parts or not whole or any(unit not in _SECONDS for _, unit, _ in parts):
        return None
    return sum(number * _SECONDS[unit] for number, unit, _ in parts)
