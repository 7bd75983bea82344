"""Devices compared with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from auditor.engine.device import Observed, Task, audit_device
from auditor.engine.fleet import compare
from auditor.engine.packs import Packs, load
from auditor.model.areas import Area, ServiceKind
from auditor.model.check import FleetCheck, Gap, Observation, Problem
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import Device
from auditor.model.evidence import Code
from auditor.model.run import Outcome
from auditor.model.snapshot import RUNNING, CollectionError, Document, Snapshot
from tests.cli.samples import ios
from tests.engine.conftest import meta


def hostname(facts) -> Iterator[Observation]:
    facts.services  # noqa: B018  reading an area that was not filled raises
    yield Observation(facts.hostname, facts.hostname, facts.services.state(ServiceKind.HTTP).sources[0])


def outcomes(observe: Callable, *given: Snapshot) -> tuple[FleetCheck, list[Observed]]:
    check = FleetCheck(meta(needs=frozenset({Area.SERVICES})), observe, lambda _peers: iter(()))
    packs = load()
    packs = Packs(packs.names, {"check": check}, packs.platforms)
    done = [audit_device(Task(one, DeviceDeclarations()), packs, ("check",), b"k") for one in given]
    return check, [one for outcome in done for one in outcome.observed]


def router(name: str, text: str | None = None, platform: str = "cisco_ios") -> Snapshot:
    content = (text or ios(name)).encode()
    return Snapshot(Device(name, platform, role="pe"), (Document(RUNNING, content),))


DOWN = Snapshot(Device("down", "cisco_ios"), errors=(CollectionError("no answer"),))


def cells(check: FleetCheck, seen: list[Observed]) -> dict[str, tuple[Outcome, str]]:
    return {cell.device: (cell.outcome, cell.reason) for cell in compare(check, seen)[0]}


def test_a_cell_for_every_device() -> None:
    check, seen = outcomes(hostname, router("a"), router("b"), DOWN, router("f", "frr version 8\nend\n", "frr"))
    found = cells(check, seen)
    assert found["a"] == (Outcome.PASS, "compared with its peers of role pe")
    assert found["down"] == (Outcome.UNKNOWN, "U-STATE: no answer")
    assert found["f"] == (Outcome.NOT_APPLICABLE, "not applicable on frr")


def test_nothing_seen_in_a_cut_configuration_is_no_pass() -> None:
    check, seen = outcomes(lambda _facts: iter(()), router("a"), router("b", ios("b").removesuffix("end\n")))
    found = cells(check, seen)
    assert found["a"][0] is Outcome.PASS
    assert found["b"][0] is Outcome.UNKNOWN


def test_problems_and_gaps() -> None:
    check, seen = outcomes(hostname, router("a"), router("b"), router("c"), DOWN)

    def judged(peers) -> Iterator[Problem | Gap]:
        assert [peer.device for peer in peers] == ["a", "b", "c"]
        source = peers[0].observations[0].source
        yield Problem("alone", (source,), "thing", device="a")
        yield Gap(Code.PEERS, "too few", device="a")
        yield Gap(Code.PEERS, "too few", device="b")

    check = msgspec.structs.replace(check, compare=judged)
    results, findings = compare(check, seen)
    assert [cell.outcome for cell in results] == [Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS, Outcome.UNKNOWN]
    [finding] = findings
    assert (finding.device, finding.subject, finding.evidence[0].text) == ("a", "thing", "no ip http server")
    assert finding.evidence[0].before


def test_a_crash_while_looking_is_the_error_of_that_device() -> None:
    def observe(facts) -> Iterator[Observation]:
        if facts.device.name == "b":
            raise KeyError("text of a device")
        yield from hostname(facts)

    check, seen = outcomes(observe, router("a"), router("b"))
    found = cells(check, seen)
    assert found["a"][0] is Outcome.PASS
    assert found["b"][0] is Outcome.ERROR
    assert "text of a device" not in found["b"][1]


@pytest.mark.parametrize("said", [Problem("x", (), "s"), Gap(Code.PEERS, "x", device="nobody"), None])
def test_a_comparison_that_breaks_its_promise_is_an_error_on_every_device(said: object) -> None:
    check, seen = outcomes(hostname, router("a"), router("b"), DOWN)
    check = msgspec.structs.replace(check, compare=lambda _peers: iter([said]))
    assert {outcome for outcome, _ in cells(check, seen).values()} == {Outcome.ERROR}


def test_an_output_that_was_looked_at_and_not_understood_is_no_pass() -> None:
    def observe(facts) -> Iterator[Observation]:
        facts.state.neighbors  # noqa: B018  looked at
        yield Observation(facts.hostname, facts.hostname, facts.services.state(ServiceKind.HTTP).sources[0])

    def with_output(name: str, text: str) -> Snapshot:
        one = router(name)
        return msgspec.structs.replace(one, documents=(*one.documents, output(text)))

    def output(text: str) -> Document:
        return Document("show cdp neighbors detail", text.encode(), command="show cdp neighbors detail")

    check, _ = outcomes(hostname)
    check = msgspec.structs.replace(check, meta=meta(needs=frozenset({Area.SERVICES, Area.STATE})), observe=observe)
    packs = load()
    packs = Packs(packs.names, {"check": check}, packs.platforms)
    given = [with_output("a", "something else\nof another form\n"), router("b")]
    done = [audit_device(Task(one, DeviceDeclarations()), packs, ("check",), b"k") for one in given]
    found = cells(check, [one for outcome in done for one in outcome.observed])
    assert found["a"][0] is Outcome.UNKNOWN
    assert "'show cdp neighbors detail': no neighbour" in found["a"][1]
    assert found["b"][0] is Outcome.PASS
