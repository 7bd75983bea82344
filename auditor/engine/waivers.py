"""Waivers: findings that somebody accepts, for a reason and for a time."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from auditor.engine.dates import day
from auditor.model.run import Finding, WaiverNote, WaiverRecord
from auditor.syntax.datafile import DataFileError, load, nearest

SCHEMA = "auditor/waivers/1"


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One accepted finding. `device` and `subject` are patterns with * and ?."""

    check: str
    device: str
    reason: str
    owner: str
    expires: str
    subject: str = "*"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    waivers: tuple[Waiver, ...]


def read(path: Path, known_checks: Iterable[str], canonical: Callable[[str], str] = str) -> tuple[Waiver, ...]:
    """The waivers of a file. A date that is none, an unknown check or a missing expiry is an error with its line.

    `canonical` gives the id of a check for a name that it had before.
    """
    content, positions = load(path, _File)
    if content.schema != SCHEMA:
        raise DataFileError(f"{path}:{positions.line(('schema',))}: expected schema {SCHEMA}")
    checks = sorted(known_checks)
    waivers = tuple(msgspec.structs.replace(one, check=canonical(one.check)) for one in content.waivers)
    for index, waiver in enumerate(waivers):
        if waiver.check not in checks:
            line = positions.line(("waivers", index, "check"))
            raise DataFileError(f"{path}:{line}: unknown check '{waiver.check}'; {nearest(waiver.check, checks)}")
        if day(waiver.expires) is None:
            line = positions.line(("waivers", index, "expires"))
            raise DataFileError(f"{path}:{line}: expires: expected a date YYYY-MM-DD")
    return waivers


class Acceptance:
    """The waivers that are valid on a day, and what each of them was used for."""

    def __init__(self, waivers: tuple[Waiver, ...], today: datetime.date) -> None:
        self._waivers = waivers
        self._today = today
        self._valid = [waiver for waiver in waivers if not _expired(waiver, today)]
        self._used: Counter[Waiver] = Counter()

    def marked(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, those that a valid waiver covers with a note of it."""
        return [self._marked(finding) for finding in findings]

    def records(self) -> tuple[WaiverRecord, ...]:
        """What became of every waiver, when all findings were marked."""
        return tuple(_record(waiver, self._used[waiver], self._today) for waiver in self._waivers)

    def _marked(self, finding: Finding) -> Finding:
        waiver = next((waiver for waiver in self._valid if _covers(waiver, finding)), None)
        if waiver is None:
            return finding
        self._used[waiver] += 1
        return msgspec.structs.replace(finding, waived=WaiverNote(waiver.reason, waiver.owner, waiver.expires))


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.check == finding.check
        and _fits(finding.device, waiver.device)
        and _fits(finding.subject, waiver.subject)
    )


def _fits(text: str, pattern: str) -> bool:
    """A text copied from a report fits itself, whatever brackets it holds."""
    return text == pattern or fnmatchcase(text, pattern)


def _record(waiver: Waiver, findings: int, today: datetime.date) -> WaiverRecord:
    state = "expired" if _expired(waiver, today) else "used" if findings else "unused"
    return WaiverRecord(
        check=waiver.check,
        device=waiver.device,
        subject=waiver.subject,
        reason=waiver.reason,
        owner=waiver.owner,
        expires=waiver.expires,
        state=state,
        findings=findings,
    )


def _expired(waiver: Waiver, today: datetime.date) -> bool:
    expires = day(waiver.expires)
    return expires is None or expires < today
