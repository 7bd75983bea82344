"""The audit: tasks in, a finished Run out."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool

import msgspec

from auditor import __version__
from auditor.engine import waivers as waiving
from auditor.engine.aggravation import aggravated
from auditor.engine.declarations import Declarations
from auditor.engine.device import DeviceOutcome, Judging, Order, Task, audit_device
from auditor.engine.fleet import compare, count_peers
from auditor.engine.intake import Collected, Intake
from auditor.engine.packs import Packs
from auditor.engine.workers import Workers
from auditor.model.check import Check, FleetCheck, Severity
from auditor.model.device import Device
from auditor.model.indicators import Indicators
from auditor.model.run import CheckRecord, DeviceRecord, DeviceStatus, Finding, Outcome, Result, Run, Skipped
from auditor.model.snapshot import CollectionError, Snapshot
from auditor.platforms.common import residue


class Plan(msgspec.Struct, frozen=True):
    """Everything that an audit is told."""

    packs: Packs
    selected: tuple[str, ...]
    key: bytes
    fail_on: Severity
    inputs: tuple[str, ...]
    declarations: Declarations = Declarations()
    waivers: tuple[waiving.Waiver, ...] = ()
    workers: Workers = Workers()
    expected: tuple[Device, ...] = ()
    """The devices that are to come; those that an interruption leaves out are reported as not audited."""
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    indicators: Indicators = Indicators()
    golden: Mapping[str, Intake] = {}
    """The authorised configurations, by the name of their device."""


def audit(
    intakes: Iterable[Intake], plan: Plan, started: datetime.datetime, progress: Callable[[DeviceOutcome], None]
) -> Run:
    """Audit everything that comes in. Ctrl-C ends the intake; what was done is kept and the run says so."""
    outcomes: list[DeviceOutcome] = []
    notes = [*plan.notes, *plan.declarations.notes]
    stopped = ""
    orders = (
        Order(_carried(one), plan.declarations.on(one.device), plan.golden.get(one.device.name)) for one in intakes
    )
    judging = Judging(plan.selected, plan.key, plan.indicators, started.date())
    try:
        for outcome in plan.workers.map(judging, orders, len(plan.expected), plan.packs):
            outcomes.append(outcome)
            progress(outcome)
    except KeyboardInterrupt:
        stopped = "was interrupted"
    except BrokenProcessPool:
        stopped = "lost a worker process (out of memory?)"
    if stopped:
        notes.insert(0, f"The audit {stopped} after {len(outcomes)} of {len(plan.expected)} devices.")
    outcomes += _left_out(outcomes, plan, stopped)
    return _assemble(outcomes, plan, started, notes, interrupted=bool(stopped))


def _carried(intake: Intake) -> Intake:
    """A device on its way to another process, with what may be said of text that was dropped in this one."""
    if not isinstance(intake, Collected):
        return intake
    return msgspec.structs.replace(intake, snapshot=residue.attached_all(intake.snapshot))


def _left_out(outcomes: Sequence[DeviceOutcome], plan: Plan, stopped: str) -> list[DeviceOutcome]:
    """A device that was expected and did not come is a row of the table all the same."""
    done = {outcome.record.name for outcome in outcomes}
    reason = f"not audited: the run {stopped or 'ended'} before"
    return [
        audit_device(
            Task(
                Snapshot(device, errors=(CollectionError(reason),)),
                plan.declarations.on(device),
            ),
            plan.packs,
            plan.selected,
            plan.key,
            plan.indicators,
        )
        for device in plan.expected
        if device.name not in done
    ]


def _assemble(
    outcomes: list[DeviceOutcome], plan: Plan, started: datetime.datetime, notes: list[str], *, interrupted: bool
) -> Run:
    results = [result for outcome in outcomes for result in outcome.results]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    checks = [plan.packs.checks[check_id] for check_id in plan.selected]
    for check in checks:
        if isinstance(check, FleetCheck):
            more_results, more_findings = compare(check, outcomes)
            results += more_results
            findings += more_findings
    devices = tuple(outcome.record for outcome in outcomes)
    marked, records = waiving.apply(findings, plan.waivers, started.date())
    marked = tuple(sorted(aggravated(marked, {check.meta.id: check.meta for check in checks}), key=_order))
    notes += [
        f"Waiver for {record.check} on {record.device} is {record.state}."
        for record in records
        if record.state != "used"
    ]
    complete = not interrupted and _complete(devices, results)
    finished = datetime.datetime.now(datetime.UTC)
    return Run(
        id=str(uuid.uuid4()),
        started=started.isoformat(timespec="seconds"),
        finished=finished.isoformat(timespec="seconds"),
        tool_version=__version__,
        engine="local",
        inputs=plan.inputs,
        packs=plan.packs.names,
        exit_code=_exit_code(marked, complete=complete, fail_on=plan.fail_on),
        fail_on=plan.fail_on,
        complete=complete,
        checks=tuple(_check_record(check) for check in checks),
        devices=devices,
        results=tuple(sorted(results, key=lambda result: (result.device, result.check))),
        findings=marked,
        review=count_peers([item for outcome in outcomes for item in outcome.reviews], devices),
        skipped=plan.skipped,
        waivers=records,
        notes=tuple(notes),
        declarations=plan.declarations.files,
    )


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (-finding.severity, finding.device, finding.check, finding.subject)


def _complete(devices: Iterable[DeviceRecord], results: Iterable[Result]) -> bool:
    return all(device.status is DeviceStatus.AUDITED for device in devices) and not any(
        result.outcome is Outcome.ERROR for result in results
    )


def _exit_code(findings: Iterable[Finding], *, complete: bool, fail_on: Severity) -> int:
    """0 nothing at or above the threshold, 1 something, 3 the audit is incomplete, whatever was found."""
    if not complete:
        return 3
    return int(any(finding.severity >= fail_on and finding.waived is None for finding in findings))


def _check_record(check: Check) -> CheckRecord:
    meta = check.meta
    return CheckRecord(
        id=meta.id,
        title=meta.title,
        check_class=meta.check_class,
        severity=meta.severity,
        kind=meta.kind,
        why=meta.why,
        how=meta.decided,
        false_positives=meta.false_positives,
        attack=meta.attack,
        references=tuple((reference.title, reference.url) for reference in meta.references),
        pack=meta.pack,
        preserve=meta.preserve,
    )
