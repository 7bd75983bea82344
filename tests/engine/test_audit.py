"""Tasks in, a finished run out, whatever ends the intake."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import msgspec
import pytest

from auditor.engine.audit import Plan, audit
from auditor.engine.declarations import Declarations, Entry
from auditor.engine.intake import Collected, Intake
from auditor.engine.packs import load
from auditor.model.check import Severity
from auditor.model.declarations import Declared
from auditor.model.device import Device
from auditor.model.run import DeviceStatus
from auditor.model.snapshot import RUNNING, Document, Snapshot
from tests.cli.samples import ios

STARTED = datetime.datetime(2026, 11, 24, 8, 0, tzinfo=datetime.UTC)
DEVICES = tuple(Device(f"sw{n}", "cisco_ios") for n in range(4))


def plan(**more: object) -> Plan:
    packs = load()
    given = Plan(packs, tuple(packs.checks), b"k", Severity.HIGH, ("folder",), expected=DEVICES)
    return msgspec.structs.replace(given, **more)


def intakes(error: BaseException | None = None, after: int = 4) -> Iterator[Intake]:
    for index, device in enumerate(DEVICES):
        if index == after and error is not None:
            raise error
        yield Collected(Snapshot(device, (Document(RUNNING, ios(device.name).encode()),)))


def test_a_whole_run() -> None:
    seen: list[str] = []
    run = audit(intakes(), plan(), STARTED, seen.append)
    assert seen == [device.name for device in DEVICES]
    assert (run.complete, run.exit_code, run.notes) == (True, 0, ())
    assert len(run.results) == len(DEVICES) * len(run.checks)
    assert run.started.startswith("2026-11-24T08:00:00")


@pytest.mark.parametrize(
    ("error", "words"), [(KeyboardInterrupt(), "was interrupted"), (BrokenProcessPool(), "lost a worker process")]
)
def test_what_was_done_is_kept(error: BaseException, words: str) -> None:
    run = audit(intakes(error, after=1), plan(), STARTED, lambda _device: None)
    assert [device.status for device in run.devices] == [DeviceStatus.AUDITED, *[DeviceStatus.FAILED] * 3]
    assert (run.complete, run.exit_code) == (False, 3)
    assert run.notes[0].startswith(f"The audit {words}")
    assert run.notes[0].endswith("after 1 of 4 devices.")
    assert all(f"not audited: the run {words}" in device.errors[0] for device in list(run.devices)[1:])
    assert len(run.results) == len(DEVICES) * len(run.checks)


def test_a_device_that_never_came_is_a_row() -> None:
    run = audit(list(intakes())[:3], plan(), STARTED, lambda _device: None)
    assert list(run.devices)[-1].status is DeviceStatus.FAILED
    assert run.exit_code == 3


def test_results_and_findings_are_in_order() -> None:
    run = audit(reversed(list(intakes())), plan(), STARTED, lambda _device: None)
    cells = [(cell.device, cell.check) for cell in run.results]
    assert cells == sorted(cells)
    order = [(-finding.severity, finding.device, finding.check) for finding in run.findings]
    assert order == sorted(order)


def test_an_error_of_the_intake_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        audit(intakes(ZeroDivisionError(), after=1), plan(), STARTED, lambda _device: None)


def test_checks_judge_by_the_day_of_the_run() -> None:
    lists = {"lifecycle": (Entry(Declared("*", more={"end": "2026-11-24"}), {}),)}
    given = plan(selected=("os-unsupported",), declarations=Declarations(lists=lists))
    outcomes = []
    for days in (0, 1):
        run = audit(intakes(), given, STARTED + datetime.timedelta(days), lambda _device: None)
        outcomes.append({str(result.outcome) for result in run.results})
    assert outcomes == [{"pass"}, {"fail"}]
