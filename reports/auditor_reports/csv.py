"""Tables for spreadsheets: findings, results, devices and the review list."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from auditor.model.run import Evidence, Run
from auditor_reports.text import spreadsheet_cell
from auditor_reports.views import views

_FINDING_COLUMNS = [
    "device",
    "check",
    "class",
    "severity",
    "confidence",
    "title",
    "message",
    "subject",
    "document",
    "line",
    "end_line",
    "evidence",
    "preserve_evidence_first",
    "waived_reason",
    "waived_owner",
    "waived_until",
    "attack",
    "fingerprint",
]
_RESULT_COLUMNS = ["device", "check", "outcome", "reason"]
_DEVICE_COLUMNS = [
    "name",
    "platform",
    "os_version",
    "role",
    "site",
    "address",
    "status",
    "errors",
    "critical",
    "high",
    "medium",
    "low",
    "info",
    "waived",
    "unanswered",
    "questions",
    "lines",
    "unread_lines",
]
_REVIEW_COLUMNS = ["check", "device", "subject", "message", "with", "of", "role", "document", "line", "evidence"]

_Row = Sequence[object]


def write(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write `findings.csv`, `results.csv`, `devices.csv` and `review.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _table(folder / "findings.csv", _FINDING_COLUMNS, _findings(run)),
        _table(folder / "results.csv", _RESULT_COLUMNS, _results(run)),
        _table(folder / "devices.csv", _DEVICE_COLUMNS, _devices(run)),
        _table(folder / "review.csv", _REVIEW_COLUMNS, _review(run)),
    )


def _table(path: Path, columns: Sequence[str], rows: Iterable[_Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([spreadsheet_cell(str(value)) for value in row])
    return path


def _findings(run: Run) -> Iterable[_Row]:
    checks = {check.id: check for check in run.checks}
    for f in run.findings:
        first = f.evidence[0] if f.evidence else None
        waived = (f.waived.reason, f.waived.owner, f.waived.expires) if f.waived else ("", "", "")
        yield (
            *(f.device, f.check, checks[f.check].check_class, f.severity.label, f.confidence),
            *(f.title, f.message, f.subject),
            *_place(first),
            "\n".join(e.text for e in f.evidence),
            "yes" if f.preserve else "no",
            *waived,
            " ".join(checks[f.check].attack),
            f.fingerprint,
        )


def _place(evidence: Evidence | None) -> _Row:
    return (evidence.document, evidence.line, evidence.end_line) if evidence else ("", "", "")


def _results(run: Run) -> Iterable[_Row]:
    return ((r.device, r.check, r.outcome.value, r.reason) for r in run.results)


def _devices(run: Run) -> Iterable[_Row]:
    for device in views(run):
        d, row = device.record, device.row
        yield (
            *(d.name, d.platform, d.os_version, d.role, d.site, d.address, d.status.value, "\n".join(d.errors)),
            *row.open_findings,
            row.waived,
            *(row.tally.unanswered, row.tally.questions),
            *(row.coverage.lines, row.coverage.unread),
        )


def _review(run: Run) -> Iterable[_Row]:
    for item in run.review:
        peers = (item.peers.with_it, item.peers.of, item.peers.role) if item.peers else ("", "", "")
        first = item.evidence[0] if item.evidence else None
        place = (first.document, first.line) if first else ("", "")
        lines = "\n".join(e.text for e in item.evidence)
        yield (item.check, item.device, item.subject, item.message, *peers, *place, lines)
