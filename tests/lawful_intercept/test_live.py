"""Live devices that differ only in what they intercept: the same commands, the same snapshot, the same audit."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from auditor.collect.ssh import collect_ssh
from auditor.model.snapshot import Snapshot
from auditor.platforms.common import forbidden
from lab.emulator import EmulatedDevice, Fault
from tests.collect.exec_server import Answer, ExecServer
from tests.collect.support import JUNOS_COMMAND, PLATFORMS, login
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.lawful_intercept.identities import Identities
from tests.lawful_intercept.pairs import RUNNING
from tests.lawful_intercept.test_non_interference import alike, files
from tests.snapshots import written

FORMS = {"ios description": ("cisco_ios", RUNNING), "junos braces": ("juniper_junos", JUNOS_COMMAND)}
FAULTS = ("sound", "quotes its prompt", "cuts the output")

pytestmark = [pytest.mark.requirement("R-LI-05"), pytest.mark.requirement("R-LI-03")]


def visited(form: str, fault: str, folder: Path, told: str) -> tuple[Snapshot, list[str]]:
    """What a visit brings, and the commands that it took."""
    platform, command = FORMS[form]
    text = pairs.EVERY[form][2].replace("{host}", "r1").replace(pairs.MARK, told)
    if fault == "quotes its prompt":
        place = "telnet;" if platform == "juniper_junos" else "ip http server"
        assert place in text
        text = text.replace(place, f"{place}\n{'auditor@r1> ' if platform == 'juniper_junos' else 'r1#'}", 1)
    cut = Fault.CLOSE_IN_OUTPUT if fault == "cuts the output" else Fault.NONE
    with EmulatedDevice(platform=platform, hostname="r1", outputs={command: text}, fault=cut) as device:
        snapshot = collect_ssh(login(device, folder), PLATFORMS[platform])
        return snapshot, device.commands


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_visit_leaves_the_same_traces_and_brings_the_same(
    form: str, fault: str, shell: Shell, tmp_path: Path
) -> None:
    ids = Identities(77)
    told = "".join(statements(ids) for statements in pairs.EVERY[form][3])
    sent = []
    for name, inserted in (("without", ""), ("within", told)):
        folder = tmp_path / name
        folder.mkdir()
        found, commands = visited(form, fault, folder, inserted)
        written(folder / "in", at_port_nought(found))
        sent.append(commands)
        (folder / "known_hosts").unlink()
    assert sent[0] == sent[1]
    assert not any(forbidden.command(command) for command in sent[0])
    assert not alike(*(files(tmp_path / name / "in") for name in ("without", "within")))
    said = [
        shell.call(tmp_path / name, "audit", "in", "-o", "out", "--format", "json,md") for name in ("without", "within")
    ]
    assert said[0] == said[1]
    assert not alike(*(files(tmp_path / name / "out") for name in ("without", "within")))


def at_port_nought(found: Snapshot) -> Snapshot:
    """The port of an emulated device is another one every time."""
    return msgspec.structs.replace(found, device=msgspec.structs.replace(found.device, port=22))


@pytest.mark.requirement("R-LI-02")
def test_a_refusal_that_names_a_target_is_not_repeated(tmp_path: Path) -> None:
    """Devices say in refusals what they would not show (reference, 5.9)."""
    said = "cat: /etc/frr/daemons: owned by LI user liop000001 for liid LIID-7654321\n"
    answers = {text: Answer(err=said, status=1) for one in PLATFORMS["frr"].commands for text in one.send}
    with ExecServer(answers) as server:
        found = collect_ssh(login(server, tmp_path), PLATFORMS["frr"])
    told = " ".join(error.reason for error in found.errors)
    assert found.errors
    assert "liop000001" not in told and "LIID-7654321" not in told
