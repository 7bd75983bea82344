"""Three hundred devices in one run, with twelve faults: each ends in its exact outcome, and none holds up the others."""

import re
import time
import tracemalloc

import msgspec
import pytest

from auditor.collect.gate import Pace
from auditor.collect.run import Collection, LoginData, collect
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING
from tests.collect.fleet import CONFIG, PASSWD, PASSWORD, USER, Fault, Fleet
from tests.collect.support import FAST, PLATFORMS, known_hosts, reasons, texts

EACH = 25
FRR = msgspec.structs.replace(
    PLATFORMS["frr"],
    commands=tuple(one for one in PLATFORMS["frr"].commands if one.document in (RUNNING, "/etc/passwd")),
)
LIMITS = msgspec.structs.replace(FAST, connect=3.0, login=10.0, command=10.0, again=8.0, device=120.0, output=100_000)
LISTED = {text for command in FRR.commands for text in command.send}
WHOLE = {RUNNING: CONFIG, "/etc/passwd": PASSWD}
PLACE = r"127\.0\.0\.1 port \d+: "
WANTED = {
    Fault.SOUND: (WHOLE, {}),
    Fault.SLOW: (WHOLE, {}),
    Fault.REFUSED: ({}, {"": PLACE + "connection refused"}),
    Fault.UNREACHABLE: ({}, {"": PLACE + "no answer in time"}),
    Fault.WRONG_KEY: ({}, {"": r"the host key of \[127\.0\.0\.1\]:\d+ changed: was SHA256:\S+, is SHA256:\S+; nothing was sent"}),
    Fault.WRONG_PASSWORD: (
        {},
        {"": r"the login of auditor was refused|not visited: 3 logins in a row with credential 'wrong' were refused, .*"},
    ),
    Fault.HANG_AT_LOGIN: ({}, {"": PLACE + "no answer( to the login)? in time"}),
    Fault.HANG_IN_COMMAND: (
        {},
        dict.fromkeys(WHOLE, r"not collected: no end of the output within [\d.]+ s; a second try by ssh exec: no end of the output within [\d.]+ s"),
    ),
    Fault.RESET: ({}, dict.fromkeys(WHOLE, "not collected: the device closed the connection")),
    Fault.ENDLESS: ({}, dict.fromkeys(WHOLE, "not collected: the output is longer than 100000 bytes")),
    Fault.NO_RIGHTS: ({}, dict.fromkeys(WHOLE, "not collected: the device refused it: bash: permission denied")),
    Fault.GARBAGE: ({}, {"": PLACE + "no SSH"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """One run over all of them: (fault, snapshot) of each, the fleet, seconds, peak of memory."""
    folder = tmp_path_factory.mktemp("matrix")
    with Fleet() as fleet:
        devices, lines, faults = [], [], []
        for number in range(EACH):
            for fault in Fault:
                port, line = fleet.add(fault)
                credential = "wrong" if fault is Fault.WRONG_PASSWORD else "right"
                name = f"{fault.name.lower()}-{number}"
                devices.append(
                    Device(name, "frr", site=f"s{number}", address="127.0.0.1", port=port, credential=credential)
                )
                lines.append(line)
                faults.append(fault)
        plan = Collection(
            devices=devices,
            definitions={"frr": FRR},
            credentials={"right": LoginData(USER, "command:echo " + PASSWORD), "wrong": LoginData(USER, "command:echo x")},
            known_hosts=known_hosts(folder, *dict.fromkeys(lines)),
            folder=folder,
            limits=LIMITS,
            pace=Pace(total=100, site=12, per_second=0.0, refusals=3),
        )  # fmt: skip
        tracemalloc.start()
        begun = time.monotonic()
        found = list(zip(faults, collect(plan), strict=True))
        took = time.monotonic() - begun
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        yield found, fleet, took, peak


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name.lower())
def test_each_ends_in_its_exact_outcome(fault, ran):
    documents, told = WANTED[fault]
    mine = [snapshot for one, snapshot in ran[0] if one is fault]
    assert len(mine) == EACH
    for snapshot in mine:
        assert texts(snapshot) == documents, snapshot
        found = reasons(snapshot)
        assert set(found) == set(told), found
        for document, reason in found.items():
            assert re.fullmatch(told[document], reason), reason


def test_a_wrong_password_is_tried_three_times_and_no_more(ran):
    refused = [False for results in ran[1].logins.values() for right in results if not right]
    assert len(refused) == 3
    told = [reasons(snapshot)[""] for fault, snapshot in ran[0] if fault is Fault.WRONG_PASSWORD]
    assert sum("not visited" in reason for reason in told) == EACH - 3


def test_one_connection_to_a_device_at_a_time_and_few_in_a_row(ran):
    fleet = ran[1]
    assert set(fleet.open_most.values()) == {1}
    assert max(fleet.connections.values()) <= LIMITS.connections
    assert all(len(results) <= LIMITS.connections for results in fleet.logins.values())


def test_only_listed_commands_were_sent(ran):
    assert ran[1].commands <= LISTED


def test_the_run_is_as_long_as_the_slowest_and_not_as_all_together(ran):
    """One after the other, the hanging devices alone would take twenty minutes; the limit of one device is two."""
    alone = EACH * (LIMITS.login + LIMITS.connect + 2 * (LIMITS.command + LIMITS.again))
    assert alone > 10 * LIMITS.device
    assert ran[2] < LIMITS.device


def test_three_hundred_devices_of_twelve_kinds(ran):
    assert (len(ran[0]), len({fault for fault, _ in ran[0]})) == (300, 12)


def test_memory_is_bounded(ran):
    """Endless outputs are cut at their limit: 25 devices times twice 100 kB, and what SSH needs."""
    assert ran[3] < 200 * 1024 * 1024
