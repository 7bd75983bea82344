"""The last look at a finished run before any report of it is written."""

from collections.abc import Iterator

import msgspec

from auditor.model.run import Run
from auditor.platforms.common import guard


def check(run: Run) -> None:
    """Raise guard.ProtectedTextError where the run says of a device what was dropped from a document of that device.

    Every format is made of the run alone, so this one look is for all of them.
    """
    if not guard.anything():
        return
    places = {record.name: {record.name, *(one.name for one in record.documents)} for record in run.devices}
    # One text for each device: its findings repeat its lines, and a word is looked at once.
    said: dict[str, list[bytes]] = {}
    for device, text in _texts(run):
        said.setdefault(device, []).append(text)
    for device, texts in said.items():
        guard.refuse(b"\n".join(texts), places.get(device, {device}))


def _texts(run: Run) -> Iterator[tuple[str, bytes]]:
    """Everything that a run says, with the device or file that it is said of."""
    for record in run.devices:
        yield record.name, msgspec.json.encode(record)
    for finding in run.findings:
        yield finding.device, msgspec.json.encode(finding)
    for item in run.review:
        yield item.device, msgspec.json.encode(item)
    for device, reason in {(result.device, result.reason) for result in run.results if result.reason}:
        yield device, reason.encode()
    for skipped in run.skipped:
        yield skipped.path, skipped.reason.encode()
