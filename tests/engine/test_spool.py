"""What an audit found, kept on disk: nothing is lost, everything is in order, and memory does not grow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator

import msgspec
import pytest

from auditor.engine.audit import audit
from auditor.engine.device import DeviceOutcome
from auditor.engine.intake import Collected
from auditor.engine.packs import Packs, load
from auditor.engine.spool import Spool, pack
from auditor.engine.waivers import Waiver
from auditor.model.areas import Area, ServiceKind
from auditor.model.check import DeviceCheck, Problem, Severity
from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.run import DeviceRecord, DeviceStatus, Finding, Outcome, Result, ReviewItem, Run
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor_reports import json as run_json
from tests.cli.samples import ios
from tests.engine.conftest import meta
from tests.engine.test_audit import STARTED, intakes, plan


def item(device: str, subject: str, check: str = "check") -> ReviewItem:
    return ReviewItem(check, device, subject, "a thing", ())


def finding(device: str, severity: Severity, check: str = "check", subject: str = "thing") -> Finding:
    return Finding(check, device, severity, "certain", "Title", "message", subject, f"{device}-{subject}", ())


def outcome(device: str, role: str = "pe", **more: object) -> DeviceOutcome:
    record = DeviceRecord(device, "cisco_ios", DeviceStatus.AUDITED, role=role)
    return msgspec.structs.replace(DeviceOutcome(record, (Result("check", device, Outcome.PASS),)), **more)


def spool(*outcomes: DeviceOutcome) -> Spool:
    found = Spool()
    for one in outcomes:
        found.add(pack(one))
    found.order()
    return found


def reviewed(roles: dict[str, str], items: Iterable[ReviewItem]) -> list[ReviewItem]:
    mine = list(items)
    outcomes = [
        outcome(name, role, reviews=tuple(one for one in mine if one.device == name)) for name, role in roles.items()
    ]
    return list(spool(*outcomes).review)


def test_what_is_rarest_within_the_role_comes_first() -> None:
    items = [item(name, "common") for name in "abc"] + [item("b", "rare"), item("b", "rare"), item("d", "common")]
    counted = reviewed({"a": "pe", "b": "pe", "c": "pe", "d": "rr"}, items)
    told = [(one.device, one.subject, one.peers.with_it, one.peers.of, one.peers.role) for one in counted]
    assert told[:2] == [("b", "rare", 1, 3, "pe")] * 2
    assert ("d", "common", 1, 1, "rr") in told
    assert ("a", "common", 3, 3, "pe") in told
    shares = [one.peers.with_it / one.peers.of for one in counted]
    assert shares == sorted(shares)


def test_the_order_does_not_depend_on_the_input() -> None:
    roles = {"a": "pe", "b": "pe"}
    items = [item("a", "x"), item("b", "y"), item("a", "y"), item("a", "x", "other")]
    assert reviewed(roles, items) == reviewed(dict(reversed(roles.items())), items[::-1])


def test_findings_are_read_worst_first_and_by_device_and_check() -> None:
    mine = {
        name: (finding(name, Severity.LOW, "b"), finding(name, Severity.HIGH, "a"), finding(name, Severity.LOW, "a"))
        for name in ("pe2", "pe1")
    }
    found = spool(*(outcome(name, findings=findings) for name, findings in mine.items()))
    assert [(one.severity, one.device, one.check) for one in found.findings] == [
        (Severity.HIGH, "pe1", "a"),
        (Severity.HIGH, "pe2", "a"),
        (Severity.LOW, "pe1", "a"),
        (Severity.LOW, "pe1", "b"),
        (Severity.LOW, "pe2", "a"),
        (Severity.LOW, "pe2", "b"),
    ]
    assert len(found.findings) == len(list(found.findings))
    assert {one.check for one in found.findings.where(device="pe1", check="b")} == {"b"}
    assert {one.device for one in found.findings.where(check="b")} == {"pe1", "pe2"}
    assert found.findings.where(device="pe3") == ()


def test_results_of_a_comparison_stand_between_the_others() -> None:
    found = spool(outcome("pe2"), outcome("pe1"))
    found.compared([Result("a-fleet-check", name, Outcome.FAIL) for name in ("pe1", "pe2")], [])
    assert [(one.device, one.check) for one in found.results] == [
        ("pe1", "a-fleet-check"),
        ("pe1", "check"),
        ("pe2", "a-fleet-check"),
        ("pe2", "check"),
    ]
    assert len(found.results) == 4
    assert [one.check for one in found.results.where(device="pe2")] == ["a-fleet-check", "check"]


def test_an_error_makes_the_run_incomplete_wherever_it_comes_from() -> None:
    whole = spool(outcome("pe1"))
    assert whole.complete
    whole.compared([Result("fleet", "pe1", Outcome.ERROR)], [])
    assert not whole.complete
    assert not spool(outcome("pe1", results=(Result("check", "pe1", Outcome.ERROR),))).complete


def test_a_device_is_added_whole_or_not_at_all() -> None:
    found = Spool()
    found.add(pack(outcome("pe1", findings=(finding("pe1", Severity.HIGH),))))
    rows = pack(outcome("pe2", findings=(finding("pe2", Severity.HIGH),)))

    def interrupted() -> Iterable[tuple[str, bytes]]:
        raise KeyboardInterrupt
        yield ("", b"")

    with pytest.raises(KeyboardInterrupt):
        found.add(rows._replace(observed=interrupted()))
    found.add(pack(outcome("pe3")))
    found.order()
    assert found.names() == ["pe1", "pe3"]
    assert [one.device for one in found.findings] == ["pe1"]


def test_what_was_accepted_does_not_count_for_the_worst() -> None:
    found = spool(outcome("pe1", findings=(finding("pe1", Severity.HIGH), finding("pe1", Severity.LOW, "b"))))
    assert found.worst_open() is Severity.HIGH
    waivers = (Waiver("check", "pe1", "known", "noc", "2027-01-01"),)
    accepted = found_run(waivers)
    assert accepted.exit_code == 0
    assert any(one.waived for one in accepted.findings)


def found_run(waivers: tuple[Waiver, ...]) -> Run:
    """A run over a device whose one serious finding is covered."""
    device = Device("r1", "cisco_ios")
    text = ios("r1").replace("\nend", "\nno logging on\nend")
    intakes = [Collected(Snapshot(device, (Document(RUNNING, text.encode()),)))]
    waivers = tuple(msgspec.structs.replace(one, check="logging-disabled", device="r1") for one in waivers)
    return audit(
        intakes,
        plan(selected=("logging-disabled",), waivers=waivers, expected=(device,)),
        STARTED,
        lambda _device: None,
    )


def test_a_text_that_is_none_is_the_failure_of_its_device() -> None:
    def run(facts: Facts) -> Iterator[Problem]:
        source = facts.services.state(ServiceKind.HTTP).sources[0]
        yield Problem("a lone \udcff" if facts.device.name == "sw1" else "a word", (source,), "thing")

    packs = load()
    check = DeviceCheck(meta(needs=frozenset({Area.SERVICES})), run)
    packs = Packs(packs.names, {"check": check}, packs.platforms)
    done = audit(intakes(), plan(packs=packs, selected=("check",)), STARTED, lambda _device: None)
    assert [one.status for one in done.devices] == [
        DeviceStatus.AUDITED,
        DeviceStatus.FAILED,
        DeviceStatus.AUDITED,
        DeviceStatus.AUDITED,
    ]
    assert done.exit_code == 3
    assert {one.device for one in done.findings} == {"sw0", "sw2", "sw3"}


def test_reading_again_gives_the_same() -> None:
    found = spool(outcome("pe1", findings=(finding("pe1", Severity.HIGH),), reviews=(item("pe1", "x"),)))
    for entries in (found.devices, found.results, found.findings, found.review):
        assert list(entries) == list(entries) != []


def _peak(devices: int) -> int:
    """The most memory that is taken while so many devices are audited and the run is written."""
    text = ios("NAME") + "".join(f"ip route 203.0.113.{n} 255.255.255.255 192.0.2.{n}\n" for n in range(200))
    expected = tuple(Device(f"r{n}", "cisco_ios") for n in range(devices))
    coming = (
        Collected(Snapshot(one, (Document(RUNNING, text.replace("NAME", one.name).encode()),))) for one in expected
    )
    tracemalloc.start()
    try:
        run = audit(coming, plan(expected=expected), STARTED, lambda _device: None)
        for _ in run_json.pieces(run):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_what_is_found() -> None:
    _peak(2)
    few, many = _peak(10), _peak(40)
    assert (many - few) / 30 < 16384
