"""One device from documents to a row of the table."""

from __future__ import annotations

import msgspec
import pytest

from auditor.engine.device import DeviceOutcome, Task, audit_device, make_finding
from auditor.engine.packs import Packs, load
from auditor.model.check import Problem, Severity
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import Device
from auditor.model.run import DeviceStatus, Outcome
from auditor.model.snapshot import GOLDEN, NETCONF, RUNNING, STARTUP, CollectionError, Document, Snapshot
from tests.cli.samples import ios
from tests.engine.conftest import meta


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load()


def audited(packs: Packs, snapshot: Snapshot) -> DeviceOutcome:
    return audit_device(Task(snapshot, DeviceDeclarations()), packs, tuple(packs.checks), b"k")


def snapshot(text: str, *errors: CollectionError, platform: str = "cisco_ios") -> Snapshot:
    documents = (Document(RUNNING, text.encode()),) if text else ()
    return Snapshot(Device("r1", platform), documents, errors)


def outcomes(done: DeviceOutcome) -> set[Outcome]:
    return {cell.outcome for cell in done.results}


def test_a_whole_configuration(packs: Packs) -> None:
    done = audited(packs, snapshot(ios()))
    assert done.record.status is DeviceStatus.AUDITED
    assert done.record.errors == ()
    assert len(done.record.documents[0].sha256) == 64
    assert Outcome.PASS in outcomes(done)


def test_a_device_that_did_not_answer(packs: Packs) -> None:
    done = audited(packs, snapshot("", CollectionError("no answer")))
    assert (done.record.status, done.record.errors) == (DeviceStatus.FAILED, ("no answer",))
    assert outcomes(done) <= {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE}


def test_a_document_that_was_asked_for_and_not_had(packs: Packs) -> None:
    asked = audited(packs, snapshot(ios(), CollectionError("refused", "show vstack config")))
    assert asked.record.status is DeviceStatus.PARTIAL
    assert "show vstack config: refused" in asked.record.errors
    never = audited(packs, snapshot(ios(), CollectionError("not asked", "show vstack config", asked=False)))
    assert never.record.status is DeviceStatus.AUDITED


WITHOUT_FACTS = {
    "config-drift-golden",
    "li-capability-unused-not-disabled",
    "li-mib-visible-to-probe",
    "multi-channel-config-mismatch",
    "os-version-unexpected",
    "running-startup-mismatch",
}
"""Checks that lack something before they look at a fact, and say so."""


@pytest.mark.parametrize(
    ("platform", "reason"),
    [("auto", "its platform could not be found out"), ("acme_os", "no reader for 'acme_os' is installed")],
)
def test_a_device_that_nobody_can_read(packs: Packs, platform: str, reason: str) -> None:
    done = audited(packs, snapshot(ios(), platform=platform))
    assert (done.record.status, done.record.errors) == (DeviceStatus.FAILED, (reason,))
    assert outcomes(done) == {Outcome.UNKNOWN}
    others = {cell.check for cell in done.results if reason not in cell.reason}
    assert others <= WITHOUT_FACTS


def test_a_reader_that_crashes(packs: Packs) -> None:
    def read(*_: object) -> None:
        raise RuntimeError("text of a device")

    broken = msgspec.structs.replace(packs.platforms["cisco_ios"], read=read)
    done = audited(Packs((), packs.checks, {"cisco_ios": broken}), snapshot(ios()))
    assert done.record.status is DeviceStatus.FAILED
    assert "text of a device" not in msgspec.json.encode(done.record).decode()
    unknown = [cell for cell in done.results if cell.outcome is Outcome.UNKNOWN]
    assert unknown
    assert {cell.check for cell in unknown if "the reader for cisco_ios failed" not in cell.reason} <= WITHOUT_FACTS


def with_copy(text: str, name: str, copy: str) -> Snapshot:
    one = snapshot(text)
    return msgspec.structs.replace(one, documents=(*one.documents, Document(name, copy.encode())))


@pytest.mark.parametrize("name", [STARTUP, GOLDEN, NETCONF])
def test_a_copy_is_compared_and_is_no_part_of_the_configuration(packs: Packs, name: str) -> None:
    alone, beside = audited(packs, snapshot(ios())), audited(packs, with_copy(ios(), name, ios()))
    judged = {"config-drift-golden", "running-startup-mismatch", "multi-channel-config-mismatch"}
    changed = {cell.check for cell in set(beside.results) - set(alone.results)}
    assert len(changed) == 1
    assert changed <= judged
    assert beside.findings == alone.findings
    assert [document.name for document in beside.record.documents] == [RUNNING, name]


@pytest.mark.parametrize("name", [STARTUP, GOLDEN, NETCONF])
def test_a_copy_alone_is_the_configuration(packs: Packs, name: str) -> None:
    done = audited(packs, Snapshot(Device("r1", "cisco_ios"), (Document(name, ios().encode()),)))
    assert done.record.status is DeviceStatus.AUDITED


def test_the_stored_configuration_does_not_stand_in_for_a_running_one_that_was_not_had(packs: Packs) -> None:
    """What an intruder changed since it was stored would pass for clean."""
    lost = CollectionError("not collected: the device closed the connection", document=RUNNING)
    documents = (Document("show version", b"Cisco IOS Software, Version 15.9\n"), Document(STARTUP, ios().encode()))
    for found in (documents, documents[1:]):
        done = audited(packs, Snapshot(Device("r1", "cisco_ios"), found, (lost,)))
        assert done.record.status is not DeviceStatus.AUDITED
        assert Outcome.PASS not in outcomes(done)
        assert not done.findings


def test_a_copy_that_breaks_its_reader_does_not_take_the_device_with_it(packs: Packs) -> None:
    whole = packs.platforms["cisco_ios"]

    def read(device: Device, documents: list[Document], *more: object) -> object:
        if any(b"text of a copy" in document.content for document in documents):
            raise RuntimeError("text of a copy")
        return whole.read(device, documents, *more)  # type: ignore[arg-type]

    broken = msgspec.structs.replace(whole, read=read)
    done = audited(
        Packs((), packs.checks, {"cisco_ios": broken}), with_copy(ios(), GOLDEN, ios() + "! text of a copy\n")
    )
    assert done.record.status is DeviceStatus.PARTIAL
    assert any(GOLDEN in error for error in done.record.errors)
    assert "text of a copy" not in msgspec.json.encode(done.record).decode()
    assert Outcome.PASS in outcomes(done)


def test_a_finding_has_the_fix_of_its_platform() -> None:
    problem = Problem("wrong", (), "user x", values={"name": "x"})
    finding = make_finding(meta(), "r1", "cisco_ios", problem, ())
    assert (finding.remediation, finding.verify, finding.caution) == ("no user x", "show user x", "Careful.")
    assert make_finding(meta(), "r1", "frr", problem, ()).remediation == ""


def test_the_fingerprint_is_of_check_device_and_subject() -> None:
    def of(check: str = "c", device: str = "d", subject: str = "s", message: str = "m") -> str:
        return make_finding(meta(check), device, "cisco_ios", Problem(message, (), subject), ()).fingerprint

    assert of() == of(message="other words")
    assert len({of(), of(check="x"), of(device="x"), of(subject="x")}) == 4


def test_a_problem_may_be_worse_than_its_check() -> None:
    problem = Problem("wrong", (), "s", severity=Severity.CRITICAL)
    assert make_finding(meta(), "r1", "cisco_ios", problem, ()).severity is Severity.CRITICAL
    assert make_finding(meta(), "r1", "cisco_ios", Problem("wrong", (), "s"), ()).severity is Severity.HIGH
