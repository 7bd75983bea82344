"""A summary in Markdown, for a ticket or the page of a build."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from auditor.model.run import PeerCount, Run
from auditor_reports import text, words
from auditor_reports.fleet import Fleet, arrange
from auditor_reports.review import ReviewGroup
from auditor_reports.views import DeviceRow

FILE_NAME = "summary.md"
_ROWS = 50
_NAMED = 5
_SPECIAL = re.compile(r"([\\`*_{}\[\]#!|~>@]|://)")


def write(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write `summary.md`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    path.write_text("\n".join(_lines(arrange(run))) + "\n", encoding="utf-8")
    return (path,)


def _lines(fleet: Fleet) -> Iterator[str]:
    yield from ("# Exposure audit", "")
    yield from _verdict(fleet)
    if fleet.preserve:
        yield from ("", "## Preserve evidence first", "")
        yield from (f"{number}. {step}" for number, step in enumerate(words.PRESERVE_STEPS, 1))
    yield from _actions(fleet)
    yield from _devices(fleet.devices)
    yield from _exposure(fleet)
    yield from _review(fleet)
    yield from _unanswered(fleet)
    yield from _remarks(fleet)


def _verdict(fleet: Fleet) -> Iterator[str]:
    verdict, run = fleet.verdict, fleet.run
    if verdict.incomplete:
        yield from (f"**{verdict.incomplete}**", "")
    yield from (f"**{verdict.headline}**", "")
    yield " ".join((*verdict.details, words.LI_SENTENCE))
    yield from ("", f"_{words.HANDLING}._", "")
    yield f"Audited {_plain(run.started)} to {_plain(run.finished)}, version {_plain(run.tool_version)}."


def _actions(fleet: Fleet) -> Iterator[str]:
    if not fleet.actions and not fleet.suspects:
        return
    yield from ("", "## Do first", "")
    for number, suspect in enumerate(fleet.suspects, 1):
        signs = "; ".join(_plain(group.check.title) for group in suspect.signs)
        yield f"{number}. **Treat {_plain(suspect.device)} as compromised until the opposite is shown**: {signs}."
    for number, group in enumerate(fleet.actions, len(fleet.suspects) + 1):
        sign = ", sign of possible intrusion" if group.preserve else ""
        places = group.findings - len(group.devices)
        where = f", {text.count(group.findings, 'place')}" if places else ""
        yield f"{number}. **{_plain(group.check.title)}** ({group.severity.label}{sign}) on {_names(group.devices)}{where}."


def _devices(devices: Sequence[DeviceRow]) -> Iterator[str]:
    yield from ("", "## Devices", "")
    header = ("Device", "Status", "Critical", "High", "Medium", "Low", "Info", "Unanswered", "Lines read")
    yield from _table(header, (_device_row(d) for d in devices[:_ROWS]))
    if len(devices) > _ROWS:
        yield from ("", f"And {text.count(len(devices) - _ROWS, 'more device')}, see the other reports.")


def _device_row(device: DeviceRow) -> Iterable[str]:
    status = words.STATUS_WORDS[device.status] if device.judged else "Not audited"
    numbers = [str(number) if device.judged else "n/a" for _, number in device.by_severity]
    unanswered = f"{device.tally.unanswered:,} of {device.tally.questions:,}"
    return (_plain(device.name), status, *numbers, unanswered, device.coverage.share or "n/a")


def _exposure(fleet: Fleet) -> Iterator[str]:
    if not fleet.exposure:
        return
    yield from ("", "## Lawful-intercept exposure", "", " ".join((words.LI_SENTENCE, *words.LI_SCOPE)), "")
    rows = (
        (
            _plain(row.check.title),
            row.group.severity.label if row.group else "none",
            *(f"{number:,}" for number in (row.tally.passed, row.tally.failed, row.tally.unknown)),
        )
        for row in fleet.exposure
    )
    yield from _table(("Check", "Worst open severity", "Pass", "Fail", "Unknown"), rows)


def _review(fleet: Fleet) -> Iterator[str]:
    if not fleet.review:
        return
    yield from ("", "## For the operator to judge", "")
    yield from ("What stands out first.", "")
    rows = ((_several(g), _peers(g.peers), _names(g.devices)) for g in fleet.review)
    yield from _table(("Object", "Seen on", "Devices"), rows)
    yield from ("", "Everything, by topic.", "")
    rows = ((_plain(t.check.title), f"{t.objects:,}", f"{t.devices:,}") for t in fleet.topics)
    yield from _table(("Topic", "Objects", "Devices"), rows)


def _several(group: ReviewGroup) -> str:
    more = len(group.items) - 1
    return _plain(group.message) + (f" and {text.count(more, 'more object')} there" if more else "")


def _names(devices: Sequence[str]) -> str:
    named = ", ".join(_plain(name) for name in devices[:_NAMED])
    return named + (f" and {len(devices) - _NAMED:,} more" if len(devices) > _NAMED else "")


def _peers(peers: PeerCount | None) -> str:
    return f"{peers.with_it} of {peers.of} {_plain(peers.role)}".rstrip() if peers else "n/a"


def _unanswered(fleet: Fleet) -> Iterator[str]:
    if not fleet.reasons:
        return
    yield from ("", "## What could not be judged", "")
    rows = ((g.words.code, str(g.results), str(g.devices), g.words.meaning) for g in fleet.reasons)
    yield from _table(("Code", "Results", "Devices", "Meaning"), rows)


def _remarks(fleet: Fleet) -> Iterator[str]:
    errors = [f"{_plain(d.name)}: {_plain(error)}" for d in fleet.run.devices for error in d.errors]
    skipped = [f"{_plain(s.path)}: {_plain(s.reason)}" for s in fleet.run.skipped]
    notes = [_plain(note) for note in fleet.run.notes]
    for title, entries in (("Errors", errors), ("Skipped inputs", skipped), ("Notes", notes)):
        if entries:
            yield from ("", f"## {title}", "")
            yield from (f"- {entry}" for entry in entries[:_ROWS])
        if len(entries) > _ROWS:
            yield f"- and {len(entries) - _ROWS:,} more"


def _table(header: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _plain(value: str) -> str:
    """A text that Markdown shows as it is."""
    escaped = text.one_line(value).replace("&", "&amp;").replace("<", "&lt;")
    return _SPECIAL.sub(r"\\\1", escaped)
