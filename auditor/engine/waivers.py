"""Waivers: findings that somebody accepts, for a reason and for a time."""

import datetime
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


def apply(
    findings: Iterable[Finding], waivers: tuple[Waiver, ...], today: datetime.date
) -> tuple[tuple[Finding, ...], tuple[WaiverRecord, ...]]:
    """Mark the findings that a valid waiver covers, and say of every waiver what became of it."""
    valid = [waiver for waiver in waivers if not _expired(waiver, today)]
    used: dict[Waiver, int] = {}
    marked = []
    for finding in findings:
        waiver = next((waiver for waiver in valid if _covers(waiver, finding)), None)
        if waiver is not None:
            used[waiver] = used.get(waiver, 0) + 1
            note = WaiverNote(waiver.reason, waiver.owner, waiver.expires)
            finding = msgspec.structs.replace(finding, waived=note)
        marked.append(finding)
    return tuple(marked), tuple(_record(waiver, used.get(waiver, 0), today) for waiver in waivers)


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
