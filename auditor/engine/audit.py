"""The audit: tasks in, a finished Run out."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec

from auditor import __version__
from auditor.engine import waivers as waiving
from auditor.engine.aggravation import aggravated
from auditor.engine.crash import place
from auditor.engine.declarations import Declarations
from auditor.engine.device import DeviceOutcome, Judging, Order, Task, audit_device, broken
from auditor.engine.fleet import compare
from auditor.engine.intake import Collected, Intake
from auditor.engine.packs import Packs
from auditor.engine.spool import Packed, Spool, pack
from auditor.engine.workers import Workers
from auditor.model.check import Check, FleetCheck, Severity
from auditor.model.device import Device
from auditor.model.indicators import Indicators
from auditor.model.run import CheckRecord, Run, Skipped
from auditor.model.snapshot import CollectionError, Snapshot
from auditor.platforms.redaction import guard, residue


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
    vulnerabilities: Path | None = None
    """The data file of `auditor data import`."""
    golden: Mapping[str, Intake] = {}
    """The authorised configurations, by the name of their device."""


class Packing(msgspec.Struct, frozen=True):
    """How devices are judged where nobody but the report looks at their outcome."""

    judging: Judging

    def __call__(self, packs: Packs, order: Order) -> Packed:
        """The outcome of one device as rows. A device whose text is none is one that could not be audited."""
        outcome = self.judging(packs, order)
        try:
            return pack(outcome)
        except UnicodeEncodeError as error:
            return pack(broken(order.intake.device, packs, self.judging.selected, place(error)))


def audit(intakes: Iterable[Intake], plan: Plan, started: datetime.datetime, progress: Callable[[str], None]) -> Run:
    """Audit everything that comes in. Ctrl-C ends the intake; what was done is kept and the run says so.

    `progress` is told the name of each device that is done.
    """
    spool = Spool()
    notes = [*plan.notes, *plan.declarations.notes]
    stopped = ""
    orders = (_order(one, plan) for one in intakes)
    packing = Packing(Judging(plan.selected, plan.key, plan.indicators, started.date(), plan.vulnerabilities))
    try:
        for packed in plan.workers.map(packing, orders, len(plan.expected), plan.packs):
            spool.add(packed)
            progress(packed.device)
    except KeyboardInterrupt:
        stopped = "was interrupted"
    except BrokenProcessPool:
        stopped = "lost a worker process (out of memory?)"
    if stopped:
        notes.insert(0, f"The audit {stopped} after {len(spool.devices)} of {len(plan.expected)} devices.")
    for outcome in _left_out(set(spool.names()), plan, stopped):
        spool.add(pack(outcome))
    return _assemble(spool, plan, started, notes, interrupted=bool(stopped))


def _order(intake: Intake, plan: Plan) -> Order:
    device = intake.device
    names = [one.name for one in intake.snapshot.documents] if isinstance(intake, Collected) else [intake.survey.path]
    return Order(
        _carried(intake), plan.declarations.on(device), plan.golden.get(device.name), guard.of((device.name, *names))
    )


def _carried(intake: Intake) -> Intake:
    """A device on its way to another process, with what may be said of text that was dropped in this one."""
    if not isinstance(intake, Collected):
        return intake
    return msgspec.structs.replace(intake, snapshot=residue.attached_all(intake.snapshot))


def _left_out(done: AbstractSet[str], plan: Plan, stopped: str) -> Iterator[DeviceOutcome]:
    """A device that was expected and did not come is a row of the table all the same."""
    reason = f"not audited: the run {stopped or 'ended'} before"
    for device in plan.expected:
        if device.name not in done:
            task = Task(Snapshot(device, errors=(CollectionError(reason),)), plan.declarations.on(device))
            yield audit_device(task, plan.packs, plan.selected, plan.key, plan.indicators)


def _assemble(spool: Spool, plan: Plan, started: datetime.datetime, notes: list[str], *, interrupted: bool) -> Run:
    checks = [plan.packs.checks[check_id] for check_id in plan.selected]
    spool.order()
    for check in checks:
        if isinstance(check, FleetCheck):
            spool.compared(*compare(check, spool.observed(check.meta.id)))
    acceptance = waiving.Acceptance(plan.waivers, started.date())
    metas = {check.meta.id: check.meta for check in checks}
    spool.revise(lambda findings: aggravated(acceptance.marked(findings), metas))
    records = acceptance.records()
    notes += [
        f"Waiver for {record.check} on {record.device} is {record.state}."
        for record in records
        if record.state != "used"
    ]
    complete = not interrupted and spool.complete
    finished = datetime.datetime.now(datetime.UTC)
    return Run(
        id=str(uuid.uuid4()),
        started=started.isoformat(timespec="seconds"),
        finished=finished.isoformat(timespec="seconds"),
        tool_version=__version__,
        engine="local",
        inputs=plan.inputs,
        packs=plan.packs.names,
        exit_code=_exit_code(spool.worst_open(), complete=complete, fail_on=plan.fail_on),
        fail_on=plan.fail_on,
        complete=complete,
        checks=tuple(_check_record(check) for check in checks),
        devices=spool.devices,
        results=spool.results,
        findings=spool.findings,
        review=spool.review,
        skipped=plan.skipped,
        waivers=records,
        notes=tuple(notes),
        declarations=plan.declarations.files,
    )


def _exit_code(worst: Severity | None, *, complete: bool, fail_on: Severity) -> int:
    """0 nothing at or above the threshold, 1 something, 3 the audit is incomplete, whatever was found."""
    if not complete:
        return 3
    return int(worst is not None and worst >= fail_on)


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
