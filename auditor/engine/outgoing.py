"""The last look at a finished run before any report of it is written."""

from collections.abc import Iterator

import msgspec

from auditor.model.run import Run
from auditor.platforms.redaction import guard


def check(run: Run) -> None:
    """Raise guard.ProtectedTextError where the run says of a device what was dropped from a document of that device.

    Every format is made of the run alone, so this one look is for all of them.
    """
    if not guard.anything():
        return
    for record in run.devices:
        # One text for each device: its findings repeat its lines, and a word is looked at once.
        said = b"\n".join((msgspec.json.encode(record), *_said(run, record.name)))
        names = {record.name, *(one.name for one in record.documents)}
        guard.refuse(said, names, (*names, record.address, record.role, record.site))
    for skipped in run.skipped:
        guard.refuse(skipped.reason.encode(), {skipped.path}, (skipped.path,))


def _said(run: Run, device: str) -> Iterator[bytes]:
    """Everything that a run says of a device."""
    yield from map(msgspec.json.encode, run.findings.where(device=device))
    yield from map(msgspec.json.encode, run.review.where(device=device))
    yield from (reason.encode() for reason in {result.reason for result in run.results.where(device=device)})
