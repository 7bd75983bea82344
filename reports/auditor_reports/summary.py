"""The run arranged for a reader: by device, by check, by reason; and the sentences that sum it up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

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
from auditor_reports import text, words
from auditor_reports.review import ReviewGroup, Topic, review_groups, topics

SERIOUS = Severity.HIGH
LI_CLASSES = ("li-provisioning", "li-delivery", "li-covert")
"""Classes of checks that the section on lawful-intercept exposure shows."""
FIRST_ACTIONS = 10
_SAY_NOTHING_BELOW = 2
"""A statement that nothing was found needs more than one answer in this many questions."""


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


class DeviceView(msgspec.Struct, frozen=True):
    """All that a report prints about one device."""

    record: DeviceRecord
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    """Open findings, worst first."""
    waived: tuple[Finding, ...]
    review: tuple[ReviewItem, ...]
    tally: Tally
    coverage: Coverage
    by_severity: tuple[tuple[Severity, int], ...]
    """Number of open findings, from critical to info."""

    @property
    def signs(self) -> tuple[Finding, ...]:
        """Open findings that are signs of a possible intrusion."""
        return tuple(f for f in self.findings if f.preserve)

    @property
    def weaknesses(self) -> tuple[Finding, ...]:
        """Open findings that are not signs of an intrusion."""
        return tuple(f for f in self.findings if not f.preserve)

    @property
    def worst(self) -> Severity | None:
        """The worst severity among the open findings."""
        return max((f.severity for f in self.findings), default=None)

    @property
    def judged(self) -> bool:
        """True where at least one check gave a judgement."""
        return self.tally.answered > 0


class CheckGroup(msgspec.Struct, frozen=True):
    """The findings of one check over all devices."""

    check: CheckRecord
    severity: Severity
    findings: tuple[Finding, ...]
    devices: tuple[str, ...]
    preserve: bool


class Suspect(msgspec.Struct, frozen=True):
    """A device that shows several signs of intrusion: one thing to do, whatever the number of its findings."""

    device: str
    signs: tuple[CheckGroup, ...]


class ReasonGroup(msgspec.Struct, frozen=True):
    """The unknown results that share a code."""

    words: words.ReasonWords
    results: int
    devices: int
    checks: tuple[tuple[str, int], ...]


class MatrixRow(msgspec.Struct, frozen=True):
    """A check and how it ended on the devices."""

    check: CheckRecord
    tally: Tally


class ExposureRow(msgspec.Struct, frozen=True):
    """A check of lawful-intercept exposure: how it ended, and its open findings where it has any."""

    check: CheckRecord
    tally: Tally
    group: CheckGroup | None


class Verdict(msgspec.Struct, frozen=True):
    """The sum of a run or of a device in sentences."""

    tone: str
    """`signs`, `serious`, `lesser`, `nothing-found` or `not-judged`."""
    headline: str
    incomplete: str = ""
    details: tuple[str, ...] = ()


class Fleet(msgspec.Struct, frozen=True):
    """The whole run, arranged."""

    run: Run
    checks: dict[str, CheckRecord]
    devices: tuple[DeviceView, ...]
    """Worst first; devices that were not judged come after the serious ones."""
    groups: tuple[CheckGroup, ...]
    waived: tuple[Finding, ...]
    review: tuple[ReviewGroup, ...]
    """What stands out first."""
    topics: tuple[Topic, ...]
    reasons: tuple[ReasonGroup, ...]
    matrix: tuple[MatrixRow, ...]
    tally: Tally
    verdict: Verdict

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """Devices with two or more different signs of severity high and above, most signs first."""
        found = []
        for device in self.devices:
            checks = {f.check for f in device.signs if f.severity >= Severity.HIGH}
            if len(checks) > 1:
                every = {f.check for f in device.signs}
                found.append(Suspect(device.record.name, tuple(g for g in self.groups if g.check.id in every)))
        return tuple(sorted(found, key=lambda suspect: -len(suspect.signs)))[:FIRST_ACTIONS]

    @property
    def actions(self) -> tuple[CheckGroup, ...]:
        """What to do first, after the suspects: findings that are not theirs alone, check by check."""
        suspects = {suspect.device for suspect in self.suspects}
        others = [f for d in self.devices for f in d.findings if not (f.preserve and f.device in suspects)]
        rest = (g for g in repeats(others, self.checks) if g.severity > Severity.INFO or g.preserve)
        return tuple(rest)[: FIRST_ACTIONS - len(suspects)]

    @property
    def not_judged(self) -> tuple[DeviceView, ...]:
        """Devices on which no check gave a judgement."""
        return tuple(d for d in self.devices if not d.judged)

    @property
    def exposure(self) -> tuple[ExposureRow, ...]:
        """The checks of lawful-intercept exposure, in the order of the matrix: always all of them, whatever was found."""
        open_ones = {group.check.id: group for group in self.groups}
        return tuple(
            ExposureRow(row.check, row.tally, open_ones.get(row.check.id))
            for row in self.matrix
            if row.check.check_class in LI_CLASSES
        )

    @property
    def exposure_notice(self) -> bool:
        """True where a finding of high severity or above says that interception or its guard is exposed."""
        return any(row.group is not None and row.group.severity >= SERIOUS for row in self.exposure)

    @property
    def preserve(self) -> bool:
        """True where evidence has to be saved before anything is changed."""
        return any(evidence_first(f, self.checks) for d in self.devices for f in d.findings)


def arrange(run: Run) -> Fleet:
    """Arrange a run for a reader."""
    checks = all_checks(run)
    devices = tuple(sorted(_devices(run), key=_device_order))
    tally = tally_of(run.results)
    review = review_groups(run.review)
    return Fleet(
        run=run,
        checks=checks,
        devices=devices,
        groups=repeats((f for f in run.findings if f.waived is None), checks),
        waived=tuple(f for d in devices for f in d.waived),
        review=review,
        topics=topics(review, checks),
        reasons=_reasons(run.results),
        matrix=_matrix(run.results, checks),
        tally=tally,
        verdict=_fleet_verdict(run, devices, checks),
    )


def all_checks(run: Run) -> dict[str, CheckRecord]:
    """The checks by id; one that the run names without describing gets an empty description."""
    checks = {c.id: c for c in run.checks}
    named = {r.check for r in run.results} | {f.check for f in run.findings} | {i.check for i in run.review}
    for check_id in sorted(named - checks.keys()):
        checks[check_id] = CheckRecord(check_id, check_id, "", Severity.INFO, "", "", "", "", (), (), "", False)
    return checks


def evidence_first(finding: Finding, checks: dict[str, CheckRecord]) -> bool:
    """True where evidence has to be saved before the fix: signs of intrusion, serious interception findings."""
    interception = checks[finding.check].check_class.startswith(("li-", "interception"))
    return finding.preserve or (interception and finding.severity >= SERIOUS)


def repeats(findings: Iterable[Finding], checks: dict[str, CheckRecord]) -> tuple[CheckGroup, ...]:
    """Findings by check, waived ones included: what is wrong in many places of a device is said once."""
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_check[finding.check].append(finding)
    groups = [_group(checks[check], found) for check, found in by_check.items()]
    return tuple(sorted(groups, key=lambda g: (not g.preserve, -g.severity, -len(g.devices), g.check.id)))


def tally_of(results: Iterable[Result]) -> Tally:
    """Count results by outcome."""
    counts = Counter(r.outcome for r in results)
    return Tally(
        counts[Outcome.PASS],
        counts[Outcome.FAIL],
        counts[Outcome.UNKNOWN],
        counts[Outcome.NOT_APPLICABLE],
        counts[Outcome.ERROR],
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


def by_device(run: Run) -> list[DeviceView]:
    """The devices in the order of the run."""
    return _devices(run)


def device_verdict(device: DeviceView) -> Verdict:
    """The sentences on top of the page of a device."""
    tone, headline = _device_headline(device)
    incomplete = ""
    if device.record.status is DeviceStatus.PARTIAL:
        incomplete = "This device was audited in part; what was not read or broke is listed below."
    details = []
    if device.tally.questions:
        details.append(_unanswered(device.results))
    if device.waived:
        details.append(f"{text.count(len(device.waived), 'finding')} accepted by waiver.")
    if device.review:
        details.append(f"{text.count(len(device.review), 'object')} to be judged by the operator.")
    return Verdict(tone, headline, incomplete, tuple(details))


def _finding_order(finding: Finding) -> tuple[object, ...]:
    return (not finding.preserve, -finding.severity, finding.check, finding.subject, finding.fingerprint)


def _devices(run: Run) -> list[DeviceView]:
    """Sort results, findings and review items to their devices."""
    results: dict[str, list[Result]] = defaultdict(list)
    findings: dict[str, list[Finding]] = defaultdict(list)
    review: dict[str, list[ReviewItem]] = defaultdict(list)
    for result in run.results:
        results[result.device].append(result)
    for finding in run.findings:
        findings[finding.device].append(finding)
    for item in run.review:
        review[item.device].append(item)
    return [_device(d, results[d.name], findings[d.name], review[d.name]) for d in _all_records(run)]


def _all_records(run: Run) -> list[DeviceRecord]:
    """The devices of the run; one that only a finding or a result names is kept as not audited."""
    known = {d.name: d for d in run.devices}
    named = {r.device for r in run.results} | {f.device for f in run.findings} | {i.device for i in run.review}
    strays = [DeviceRecord(name, "", DeviceStatus.FAILED) for name in sorted(named - known.keys())]
    return [*known.values(), *strays]


def _device(
    record: DeviceRecord, results: list[Result], findings: list[Finding], review: list[ReviewItem]
) -> DeviceView:
    ordered = sorted(findings, key=_finding_order)
    opened = tuple(f for f in ordered if f.waived is None)
    severities = Counter(f.severity for f in opened)
    return DeviceView(
        record=record,
        results=tuple(sorted(results, key=lambda r: r.check)),
        findings=opened,
        waived=tuple(f for f in ordered if f.waived is not None),
        review=tuple(review),
        tally=tally_of(results),
        coverage=coverage_of(record.documents),
        by_severity=tuple((s, severities[s]) for s in sorted(Severity, reverse=True)),
    )


def _device_order(device: DeviceView) -> tuple[object, ...]:
    serious = device.worst is not None and device.worst >= SERIOUS
    rank = 0 if device.signs else 1 if serious else 2 if not device.judged else 3
    counts = tuple(-number for _, number in device.by_severity)
    return (rank, counts, device.record.name)


def _group(check: CheckRecord, findings: list[Finding]) -> CheckGroup:
    ordered = sorted(findings, key=lambda f: (-f.severity, f.device, f.subject, f.fingerprint))
    return CheckGroup(
        check=check,
        severity=ordered[0].severity,
        findings=tuple(ordered),
        devices=tuple(dict.fromkeys(f.device for f in ordered)),
        preserve=any(f.preserve for f in ordered),
    )


def _reasons(results: Iterable[Result]) -> tuple[ReasonGroup, ...]:
    by_code: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.outcome is Outcome.UNKNOWN:
            by_code[words.reason_words(result.reason).code].append(result)
    return tuple(_reason(code, found) for code, found in sorted(by_code.items(), key=lambda e: (-len(e[1]), e[0])))


def _reason(code: str, results: Sequence[Result]) -> ReasonGroup:
    checks = Counter(r.check for r in results)
    return ReasonGroup(
        words=words.REASONS.get(code, words.NO_CODE),
        results=len(results),
        devices=len({r.device for r in results}),
        checks=tuple(sorted(checks.items(), key=lambda c: (-c[1], c[0]))),
    )


def _matrix(results: Iterable[Result], checks: dict[str, CheckRecord]) -> tuple[MatrixRow, ...]:
    by_check: dict[str, list[Result]] = {check: [] for check in checks}
    for result in results:
        by_check[result.check].append(result)
    rows = [MatrixRow(checks[check], tally_of(found)) for check, found in by_check.items()]
    return tuple(sorted(rows, key=lambda r: (r.check.check_class, r.check.id)))


def _fleet_verdict(run: Run, devices: Sequence[DeviceView], checks: dict[str, CheckRecord]) -> Verdict:
    tone, headline = _fleet_headline(devices, checks)
    tally = tally_of(run.results)
    not_judged = sum(not d.judged for d in devices)
    waived = sum(len(d.waived) for d in devices)
    details = []
    if tally.questions:
        details.append(_unanswered(run.results))
    if not_judged and not_judged < len(devices):
        verb = "was" if not_judged == 1 else "were"
        details.append(f"{_of(not_judged, len(devices))} {verb} not judged at all.")
    if waived:
        details.append(f"{text.count(waived, 'finding')} accepted by waiver, not counted here.")
    return Verdict(tone, headline, "" if run.complete else _incomplete(devices, tally), tuple(details))


def _fleet_headline(devices: Sequence[DeviceView], checks: dict[str, CheckRecord]) -> tuple[str, str]:
    """The first sentence: what was found, or that nothing was, as far as the answers carry it."""
    signs = sum(bool(d.signs) for d in devices)
    serious = sum(_is_serious(d) for d in devices if not d.signs)
    lesser = sum(bool(d.findings) for d in devices) - signs - serious
    judged = sum(d.judged for d in devices)
    if signs:
        more = f"; {serious:,} more {'has' if serious == 1 else 'have'} serious exposures" if serious else ""
        return "signs", f"Signs of compromise on {_of(signs, len(devices))}{more}."
    intrusion = _intrusion_sentence(devices, checks)
    if serious:
        return "serious", f"Serious exposures on {_of(serious, len(devices))}. {intrusion}"
    if not judged:
        return "not-judged", "Nothing was judged: no check could give an answer on any device."
    if lesser:
        return "lesser", f"Weaknesses below serious on {_of(lesser, len(devices))}. {intrusion}"
    if _too_little(tally_of(r for d in devices for r in d.results)):
        return "not-judged", "Too little could be judged for an overall statement: most questions are unanswered."
    looked = f"the {text.count(judged, 'device')} that could be judged"
    return "nothing-found", f"What was looked at on {looked} showed no weakness. {intrusion}"


def _intrusion_sentence(devices: Sequence[DeviceView], checks: dict[str, CheckRecord]) -> str:
    """Whether signs of intrusion were looked for, and how far."""
    asked = tally_of(r for d in devices for r in d.results if checks[r.check].preserve)
    if not asked.answered:
        return "Whether there are signs of intrusion could not be judged."
    if _too_little(asked):
        return f"Signs of intrusion were looked for with few answers ({asked.answered:,} of {asked.questions:,})."
    return "No sign of intrusion was found where it was looked for."


def _too_little(tally: Tally) -> bool:
    return tally.answered * _SAY_NOTHING_BELOW <= tally.questions


def _is_serious(device: DeviceView) -> bool:
    return device.worst is not None and device.worst >= SERIOUS


def _of(part: int, whole: int) -> str:
    """`1 of 14 devices`."""
    return f"{part:,} of {text.count(whole, 'device')}"


def _unanswered(results: Sequence[Result]) -> str:
    tally = tally_of(results)
    if not tally.unanswered:
        return f"All {text.count(tally.questions, 'question')} were answered."
    return (
        f"{tally.unanswered:,} of {text.count(tally.questions, 'question')} could not be answered{_because(results)}."
    )


def _because(results: Iterable[Result]) -> str:
    """How many of the open questions are open because something was not given to the audit."""
    codes = Counter(words.reason_words(r.reason).code for r in results if r.outcome is Outcome.UNKNOWN)
    lacking = [(codes[code], said) for code, said in words.NOT_SUPPLIED.items() if codes[code]]
    return f": {', '.join(f'{count:,} {said}' for count, said in lacking)}" if lacking else ""


def _incomplete(devices: Sequence[DeviceView], tally: Tally) -> str:
    failed = sum(d.record.status is DeviceStatus.FAILED for d in devices)
    partial = sum(d.record.status is DeviceStatus.PARTIAL for d in devices)
    parts = []
    if failed:
        parts.append(f"{text.count(failed, 'device')} could not be audited")
    if partial:
        parts.append(f"{text.count(partial, 'device')} could be audited only in part")
    if tally.error:
        parts.append(f"{text.count(tally.error, 'check result')} ended in an error")
    return "This audit is incomplete: " + (", ".join(parts) or "the notes say why") + "."


def _device_headline(device: DeviceView) -> tuple[str, str]:
    if device.signs:
        more = len(device.weaknesses)
        also = f", and {text.count(more, 'other finding')}" if more else ""
        return "signs", f"{text.count(len(device.signs), 'sign')} of possible intrusion{also}."
    if device.findings:
        found = ", ".join(f"{number:,} {severity.label}" for severity, number in device.by_severity if number)
        tone = "serious" if _is_serious(device) else "lesser"
        by = len({f.check for f in device.findings})
        of = f" of {text.count(by, 'kind')}" if by < len(device.findings) else ""
        return tone, f"{text.count(len(device.findings), 'finding')}{of}: {found}."
    if device.record.status is DeviceStatus.FAILED:
        return "not-judged", "Not audited."
    if not device.judged:
        return "not-judged", "Nothing could be judged on this device."
    if _too_little(device.tally):
        return "not-judged", "Too little could be judged for a statement about this device."
    return "nothing-found", "What was looked at on this device showed no open finding."
