"""The whole run arranged for a reader: by device, by check, by reason, and what to do first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from auditor.model.check import Severity
from auditor.model.run import CheckRecord, Finding, Outcome, Result, Run
from auditor_reports import words
from auditor_reports.review import ReviewGroup, Topic, first_of, order, topic_of
from auditor_reports.verdict import Verdict, fleet_verdict
from auditor_reports.views import SERIOUS, DeviceRow, DeviceView, Tally, by_check, evidence_first, tally_from, views

LI_CLASSES = ("li-provisioning", "li-delivery", "li-covert")
"""Classes of checks that the section on lawful-intercept exposure shows."""
FIRST_ACTIONS = 10


class CheckGroup(msgspec.Struct, frozen=True):
    """The open findings of one check over all devices: how many, and where."""

    check: CheckRecord
    severity: Severity
    findings: int
    devices: tuple[str, ...]
    """Worst first."""
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


class Fleet(msgspec.Struct, frozen=True):
    """The whole run, arranged. What is said of single devices stays in the run until their pages are written."""

    run: Run
    checks: dict[str, CheckRecord]
    devices: tuple[DeviceRow, ...]
    """Worst first; devices that were not judged come after the serious ones."""
    groups: tuple[CheckGroup, ...]
    suspects: tuple[Suspect, ...]
    """Devices with two or more different signs of severity high and above, most signs first."""
    actions: tuple[CheckGroup, ...]
    """What to do first, after the suspects: findings that are not theirs alone, check by check."""
    preserve: bool
    """True where evidence has to be saved before anything is changed."""
    waived: int
    review: tuple[ReviewGroup, ...]
    """What stands out first; all of it is under the topics."""
    topics: tuple[Topic, ...]
    reasons: tuple[ReasonGroup, ...]
    matrix: tuple[MatrixRow, ...]
    tally: Tally
    verdict: Verdict

    @property
    def not_judged(self) -> int:
        """Number of devices on which no check gave a judgement."""
        return sum(not d.judged for d in self.devices)

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


def arrange(run: Run) -> Fleet:
    """Arrange a run for a reader."""
    checks = {c.id: c for c in run.checks}
    sums = _Sums(checks)
    devices = tuple(sorted((sums.added(view) for view in views(run)), key=_row_order))
    groups = _in_order(found.group() for found in sums.found.values())
    suspects = _suspects(devices, sums.signs, groups)
    topics = _topics(run, checks)
    tally = sums.tally(checks)
    intrusion = sums.tally(check for check, record in checks.items() if record.preserve)
    return Fleet(
        run=run,
        checks=checks,
        devices=devices,
        groups=groups,
        suspects=suspects,
        actions=_actions(run, groups, suspects, checks),
        preserve=sums.preserve,
        waived=sum(d.waived for d in devices),
        review=first_of(topics),
        topics=topics,
        reasons=sums.reason_groups(),
        matrix=sums.matrix(),
        tally=tally,
        verdict=fleet_verdict(run, devices, tally, intrusion, sums.codes()),
    )


def _topics(run: Run, checks: Mapping[str, CheckRecord]) -> tuple[Topic, ...]:
    """What waits for judgement, check by check; those of which something stands out most come first."""
    found = (topic_of(record, run.review.where(check=check)) for check, record in checks.items())
    return tuple(sorted((topic for topic in found if topic is not None), key=lambda topic: order(topic.first[0])))


class _Found:
    """The open findings of a check, counted."""

    def __init__(self, check: CheckRecord) -> None:
        self.check = check
        self.findings = 0
        self.preserve = False
        self.devices: dict[Severity, list[str]] = defaultdict(list)
        """By the worst that was found on each."""

    def add(self, device: str, findings: Sequence[Finding]) -> None:
        """The findings of a device, of which there is one at least."""
        self.findings += len(findings)
        self.preserve = self.preserve or any(f.preserve for f in findings)
        self.devices[max(f.severity for f in findings)].append(device)

    def group(self) -> CheckGroup:
        """What a table says of them."""
        worst_first = sorted(self.devices, reverse=True)
        names = tuple(name for severity in worst_first for name in sorted(self.devices[severity]))
        return CheckGroup(self.check, worst_first[0], self.findings, names, self.preserve)


class _Open:
    """Unknown results that share a code, counted."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.devices = 0
        self.checks: Counter[str] = Counter()

    def group(self) -> ReasonGroup:
        """What a table says of them."""
        checks = tuple(sorted(self.checks.items(), key=lambda c: (-c[1], c[0])))
        return ReasonGroup(words.REASONS.get(self.code, words.NO_CODE), self.checks.total(), self.devices, checks)


class _Sums:
    """What is counted over all devices while they pass by."""

    def __init__(self, checks: Mapping[str, CheckRecord]) -> None:
        self._checks = checks
        self.outcomes: dict[str, Counter[Outcome]] = {check: Counter() for check in checks}
        self.reasons: dict[str, _Open] = {}
        self.found: dict[str, _Found] = {}
        self.signs: dict[str, frozenset[str]] = {}
        """Checks of the signs of intrusion, for the devices with several serious ones."""
        self.preserve = False

    def added(self, view: DeviceView) -> DeviceRow:
        """A device, counted; its row is what is kept of it."""
        self._count_results(view.results)
        for check, findings in by_check(view.findings).items():
            self.found.setdefault(check, _Found(self._checks[check])).add(view.row.name, findings)
        serious = {f.check for f in view.signs if f.severity >= SERIOUS}
        if len(serious) > 1:
            self.signs[view.row.name] = frozenset(f.check for f in view.signs)
        self.preserve = self.preserve or any(evidence_first(f, self._checks) for f in view.findings)
        return view.row

    def tally(self, checks: Iterable[str]) -> Tally:
        """How the results of some checks ended."""
        return tally_from(sum((self.outcomes[check] for check in checks), Counter()))

    def codes(self) -> dict[str, int]:
        """Number of unknown results by the code of their reason."""
        return {code: found.checks.total() for code, found in self.reasons.items()}

    def reason_groups(self) -> tuple[ReasonGroup, ...]:
        """The unknown results by their reason, the most frequent first."""
        found = ((code, found.group()) for code, found in self.reasons.items())
        return tuple(group for _, group in sorted(found, key=lambda one: (-one[1].results, one[0])))

    def matrix(self) -> tuple[MatrixRow, ...]:
        """The checks by class and name, and how they ended."""
        rows = (MatrixRow(record, self.tally([check])) for check, record in self._checks.items())
        return tuple(sorted(rows, key=lambda row: (row.check.check_class, row.check.id)))

    def _count_results(self, results: Iterable[Result]) -> None:
        codes = set()
        for result in results:
            self.outcomes[result.check][result.outcome] += 1
            if result.outcome is Outcome.UNKNOWN:
                code = words.reason_words(result.reason).code
                codes.add(code)
                self.reasons.setdefault(code, _Open(code)).checks[result.check] += 1
        for code in codes:
            self.reasons[code].devices += 1


def _suspects(
    devices: Sequence[DeviceRow], signs: dict[str, frozenset[str]], groups: Sequence[CheckGroup]
) -> tuple[Suspect, ...]:
    named = [(d.name, signs[d.name]) for d in devices if d.name in signs]
    found = [Suspect(name, tuple(g for g in groups if g.check.id in checks)) for name, checks in named]
    return tuple(sorted(found, key=lambda suspect: -len(suspect.signs)))[:FIRST_ACTIONS]


def _actions(
    run: Run, groups: Sequence[CheckGroup], suspects: Sequence[Suspect], checks: dict[str, CheckRecord]
) -> tuple[CheckGroup, ...]:
    named = {suspect.device for suspect in suspects}
    theirs = {group.check.id for suspect in suspects for group in suspect.signs}
    others = [group for group in groups if group.check.id not in theirs]
    for check in theirs:
        rest = _Found(checks[check])
        by_device = defaultdict(list)
        for f in run.findings.where(check=check):
            if f.waived is None and not (f.preserve and f.device in named):
                by_device[f.device].append(f)
        for device, findings in by_device.items():
            rest.add(device, findings)
        others += [rest.group()] if by_device else []
    wanted = [g for g in _in_order(others) if g.severity > Severity.INFO or g.preserve]
    return tuple(wanted)[: FIRST_ACTIONS - len(suspects)]


def _in_order(groups: Iterable[CheckGroup]) -> tuple[CheckGroup, ...]:
    return tuple(sorted(groups, key=lambda g: (not g.preserve, -g.severity, -len(g.devices), g.check.id)))


def _row_order(device: DeviceRow) -> tuple[object, ...]:
    serious = device.worst is not None and device.worst >= SERIOUS
    rank = 0 if device.signs else 1 if serious else 2 if not device.judged else 3
    return (rank, tuple(-number for number in device.open_findings), device.name)
