"""The devices of a run arranged for a reader, one after the other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from auditor.model.check import Severity
from auditor.model.run import (
    CheckRecord,
    DeviceRecord,
    DeviceStatus,
    DocumentRecord,
    Finding,
    Outcome,
    Result,
    ReviewItem,
    Run,
)
from auditor_reports import text

SERIOUS = Severity.HIGH
WORST_FIRST = tuple(sorted(Severity, reverse=True))


class Tally(msgspec.Struct, frozen=True):
    """How many results ended in each outcome."""

    passed: int = 0
    failed: int = 0
    unknown: int = 0
    not_applicable: int = 0
    error: int = 0

    @property
    def answered(self) -> int:
        """Results that judge."""
        return self.passed + self.failed

    @property
    def unanswered(self) -> int:
        """Results that should judge and do not."""
        return self.unknown + self.error

    @property
    def questions(self) -> int:
        """Results that judge or should."""
        return self.answered + self.unanswered

    @property
    def total(self) -> int:
        """All results."""
        return self.questions + self.not_applicable


class Coverage(msgspec.Struct, frozen=True):
    """How many lines were read and what became of them."""

    lines: int = 0
    understood: int = 0
    irrelevant: int = 0
    unread: int = 0

    @property
    def share(self) -> str:
        """The part that was understood or is known not to matter."""
        return text.share(self.lines - self.unread, self.lines)


class DeviceRow(msgspec.Struct, frozen=True):
    """A device in a table."""

    name: str
    platform: str
    os_version: str
    role: str
    site: str
    status: DeviceStatus
    tally: Tally
    coverage: Coverage
    open_findings: tuple[int, ...]
    """Their number by severity, from critical to info."""
    signs: int
    """Open findings that are signs of a possible intrusion."""
    waived: int

    @property
    def by_severity(self) -> tuple[tuple[Severity, int], ...]:
        """Number of open findings, from critical to info."""
        return tuple(zip(WORST_FIRST, self.open_findings, strict=True))

    @property
    def worst(self) -> Severity | None:
        """The worst severity among the open findings."""
        return next((severity for severity, number in self.by_severity if number), None)

    @property
    def judged(self) -> bool:
        """True where at least one check gave a judgement."""
        return self.tally.answered > 0


class DeviceView(msgspec.Struct, frozen=True):
    """All that a report prints about one device."""

    row: DeviceRow
    record: DeviceRecord
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    """Open findings, worst first."""
    waived: tuple[Finding, ...]
    review: tuple[ReviewItem, ...]

    @property
    def signs(self) -> tuple[Finding, ...]:
        """Open findings that are signs of a possible intrusion."""
        return tuple(f for f in self.findings if f.preserve)

    @property
    def weaknesses(self) -> tuple[Finding, ...]:
        """Open findings that are not signs of an intrusion."""
        return tuple(f for f in self.findings if not f.preserve)


class Repeats(msgspec.Struct, frozen=True):
    """The findings of one check on one device, worst first."""

    check: CheckRecord
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The worst of them."""
        return self.findings[0].severity

    @property
    def preserve(self) -> bool:
        """True where one of them is a sign of a possible intrusion."""
        return any(f.preserve for f in self.findings)


def views(run: Run) -> Iterator[DeviceView]:
    """The devices in the order of the run, one after the other."""
    return (view_of(run, record) for record in run.devices)


def view_of(run: Run, record: DeviceRecord) -> DeviceView:
    """A device with all that is said of it."""
    results = run.results.where(device=record.name)
    ordered = sorted(run.findings.where(device=record.name), key=_finding_order)
    opened = tuple(f for f in ordered if f.waived is None)
    waived = tuple(f for f in ordered if f.waived is not None)
    return DeviceView(
        row=_row(record, tally_of(results), opened, len(waived)),
        record=record,
        results=tuple(sorted(results, key=lambda r: r.check)),
        findings=opened,
        waived=waived,
        review=run.review.where(device=record.name),
    )


def _row(record: DeviceRecord, tally: Tally, opened: Sequence[Finding], waived: int) -> DeviceRow:
    severities = Counter(f.severity for f in opened)
    return DeviceRow(
        name=record.name,
        platform=record.platform,
        os_version=record.os_version,
        role=record.role,
        site=record.site,
        status=record.status,
        tally=tally,
        coverage=coverage_of(record.documents),
        open_findings=tuple(severities[severity] for severity in WORST_FIRST),
        signs=sum(f.preserve for f in opened),
        waived=waived,
    )


def evidence_first(finding: Finding, checks: Mapping[str, CheckRecord]) -> bool:
    """True where evidence has to be saved before the fix: signs of intrusion, serious interception findings."""
    interception = checks[finding.check].check_class.startswith(("li-", "interception"))
    return finding.preserve or (interception and finding.severity >= SERIOUS)


def repeats(findings: Iterable[Finding], checks: dict[str, CheckRecord]) -> tuple[Repeats, ...]:
    """Findings of a device by check, waived ones included: what is wrong in many places of it is said once."""
    groups = [
        Repeats(checks[check], tuple(sorted(found, key=lambda f: (-f.severity, f.subject, f.fingerprint))))
        for check, found in by_check(findings).items()
    ]
    return tuple(sorted(groups, key=lambda g: (not g.preserve, -g.severity, g.check.id)))


def by_check(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by the id of their check."""
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_check[finding.check].append(finding)
    return by_check


def tally_of(results: Iterable[Result]) -> Tally:
    """Count results by outcome."""
    return tally_from(Counter(r.outcome for r in results))


def tally_from(counts: Mapping[Outcome, int]) -> Tally:
    """The tally of numbers by outcome."""
    return Tally(
        counts.get(Outcome.PASS, 0),
        counts.get(Outcome.FAIL, 0),
        counts.get(Outcome.UNKNOWN, 0),
        counts.get(Outcome.NOT_APPLICABLE, 0),
        counts.get(Outcome.ERROR, 0),
    )


def coverage_of(documents: Iterable[DocumentRecord]) -> Coverage:
    """Add up the lines of documents."""
    records = tuple(documents)
    return Coverage(
        sum(d.lines for d in records),
        sum(d.understood for d in records),
        sum(d.irrelevant for d in records),
        sum(d.unread for d in records),
    )


def _finding_order(finding: Finding) -> tuple[object, ...]:
    return (not finding.preserve, -finding.severity, finding.check, finding.subject, finding.fingerprint)
