"""The time of the device itself, where an output shows it."""

import pytest

from auditor.collect.documents import document
from auditor.collect.ssh import collect_ssh
from auditor.engine.packs import load
from auditor.model.snapshot import RUNNING
from lab.emulator import EmulatedDevice, twins
from tests.collect.support import login

SHOWN = {
    "cisco_iosxr": "Tue Nov 24 09:20:11.322 UTC",
    "cisco_nxos": "Tue Nov 24 09:20:14 2026",
    "nokia_sros_classic": "TUE NOV 24 09:20:18 2026 UTC",
    "nokia_sros_md": "2026-11-24T09:20:20.4Z",
    "mikrotik_routeros": "2026-11-24 09:20:22",
    "arista_eos": "",
    "juniper_junos": "",
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_clock_over_a_configuration(name):
    definition = load().platforms[name.removesuffix("_classic").removesuffix("_md")]
    command = next(one for one in definition.commands if one.document == RUNNING)
    text = next(text for sent, text in twins.outputs(name, "sound").items() if sent in command.send)
    for ends in ("\n", "\r\n"):
        found = document(definition, command, text.replace("\n", ends).encode(), "test")
        assert found.device_clock == SHOWN[name]


@pytest.mark.parametrize(
    "line", ["!Time: \x1b[2J Tue Nov 24 09:20", "!Time: " + "x" * 200, "description !Time: Tue Nov 24 09:20:14 2026"]
)
def test_what_looks_like_a_clock(line):
    clock = load().platforms["cisco_nxos"].clock
    assert clock.search(line.encode()) is None


def test_what_was_sent_and_when(tmp_path):
    outputs = twins.outputs("cisco_nxos", "sound")
    with EmulatedDevice(platform="cisco_nxos", hostname="r1", outputs=outputs) as device:
        found = collect_ssh(login(device, tmp_path), load().platforms["cisco_nxos"])
    assert not [error for error in found.errors if error.asked]
    assert {one.sent for one in found.documents} <= set(device.commands)
    assert all(one.sent and one.started_at <= one.collected_at for one in found.documents)
    running = next(one for one in found.documents if one.name == RUNNING)
    assert (running.sent, running.device_clock) == ("show running-config", SHOWN["cisco_nxos"])
