"""Every emulated twin, collected through the real collector on the loopback address and audited.

Sound twins: everything is collected, nothing of severity high or above is found. Compromised twins: what TRAITS.tsv
lists is found at its line; what no check reads yet is listed there as planned, and only that.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import Document, Snapshot
from auditor.snapshots.reader import opened, read
from lab.emulator import PLATFORMS, twins
from lab.emulator.platforms import DEVICES
from lab.emulator.server import DEFAULT_PASSWORD, EmulatedDevice
from lab.topology import load as topology
from tests.snapshots.support import written

DEFINITIONS = load().platforms
MASKED = re.compile(r"<[\w-]+>")
NAMES = [(name, twin) for name in twins.NAMES for twin in twins.TWINS]
ROLES = {f"{one.emulates}-{one.twin}": one.role for one in topology("twins")[1].devices}
"""What the twins are in the lab that comes with the program: some findings weigh more on devices that carry others' traffic."""


class Live(NamedTuple):
    """The finished run over all twins, and the devices that were asked."""

    run: dict[str, Any]
    devices: dict[str, EmulatedDevice]
    snapshots: dict[str, Snapshot]

    def device(self, name: str) -> dict[str, Any]:
        (found,) = [one for one in self.run["devices"] if one["name"] == name]
        return dict(found)

    def findings(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.run["findings"] if one["device"] == name]


def label(name: str, twin: str) -> str:
    return f"{name}-{twin}"


def auditor(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LAB_PASSWORD": DEFAULT_PASSWORD, "XDG_STATE_HOME": str(folder)}
    command = [sys.executable, "-m", "auditor", *words]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=300
    )


def audited(folder: Path, source: str) -> dict[str, Any]:
    words = ("audit", source, "--declarations", str(DEVICES / "declarations.yaml"), "-o", "out", "--format", "json")
    done = auditor(folder, *words)
    assert done.returncode in (0, 1), done.stderr
    content: dict[str, Any] = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Every twin collected and audited in one run."""
    folder = tmp_path_factory.mktemp("twins")
    with ExitStack() as stack:
        devices = {label(*one): stack.enter_context(twins.device(*one)) for one in NAMES}
        (folder / "known_hosts").write_text("".join(f"{one.host_key_line}\n" for one in devices.values()), "utf-8")
        listed = "".join(f"  - {{{twins.listed(name, one)}, role: {ROLES[name]}}}\n" for name, one in devices.items())
        (folder / "inventory.yaml").write_text(
            "schema: auditor/inventory/1\n"
            'credentials:\n  lab: {username: auditor, password: "env:LAB_PASSWORD"}\n'
            f"defaults: {{credential: lab}}\ndevices:\n{listed}",
            "utf-8",
        )
        done = auditor(folder, "collect", "inventory.yaml", "-o", "snapshot")
        assert done.returncode == 0, done.stderr
        collected = {one.device.name: one for one in read(opened(folder / "snapshot"))}
        yield Live(audited(folder, "snapshot"), devices, collected)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """The same audit over everything that the twins can answer, whether today's command lists ask for it or not."""
    folder = tmp_path_factory.mktemp("whole")
    made = []
    for name, twin in NAMES:
        platform = PLATFORMS[name].platform
        documents = {spelling: one.document for one in DEFINITIONS[platform].commands for spelling in one.send}
        found = {documents.get(command, command): text for command, text in twins.documents(name, twin).items()}
        device = Device(name=label(name, twin), platform=platform, role=platform)
        made.append(Snapshot(device, tuple(Document(document, text.encode()) for document, text in found.items())))
    written(folder / "snapshot", *made)
    return Live(audited(folder, "snapshot"), {}, {})


def shown(findings: list[dict[str, Any]], check: str, line: str) -> bool:
    """Whether a finding of the check cites the line; what was masked in the evidence stands for any value."""
    return any(
        re.fullmatch(".+".join(map(re.escape, MASKED.split(text.strip()))), line)
        for finding in findings
        if finding["check"] == check
        for evidence in finding["evidence"]
        for text in evidence["text"].split("\n")
    )


@pytest.mark.parametrize(("name", "twin"), NAMES)
def test_every_document_is_collected(live: Live, name: str, twin: str) -> None:
    device = live.device(label(name, twin))
    assert (device["status"], device["errors"]) == ("audited", [])
    asked = DEFINITIONS[PLATFORMS[name].platform].commands
    answered = twins.outputs(name, twin)
    expected = {
        command.document: answered[spelling]
        for command in asked
        if (spelling := next((one for one in command.send if one in answered), ""))
    }
    snapshot = live.snapshots[label(name, twin)]
    found = {one.name: one.content.decode() for one in snapshot.documents}
    assert twins.running(name, twin) in found.pop("netconf/running", "")
    assert found == expected


@pytest.mark.parametrize(("name", "twin"), NAMES)
def test_only_listed_commands_were_sent(live: Live, name: str, twin: str) -> None:
    device = live.devices[label(name, twin)]
    definition = DEFINITIONS[device.platform]
    listed = {text for command in definition.commands for text in command.send} | set(definition.settings)
    sent = [
        line
        for one in device.channels
        for line in re.split(r"[\r\n]+", one.received.decode())
        if line.strip() and one.kind != "netconf"
    ]
    assert sent
    assert [one for one in sent if one not in listed and PLATFORMS[name].setting(one) is None] == []
    assert device.refused == []
    assert device.logins == [("auditor", True)] * len(device.logins)


@pytest.mark.parametrize("kind", ["live", "whole"])
@pytest.mark.parametrize("name", twins.NAMES)
def test_sound_twins_have_no_finding_of_severity_high_or_above(
    name: str, kind: str, request: pytest.FixtureRequest
) -> None:
    run: Live = request.getfixturevalue(kind)
    found = run.findings(label(name, twins.SOUND))
    assert [(one["check"], one["message"]) for one in found if one["severity"] in ("high", "critical")] == []
    outcomes = [one["outcome"] for one in run.run["results"] if one["device"] == label(name, twins.SOUND)]
    assert "error" not in outcomes
    assert outcomes.count("pass") > 20


@pytest.mark.parametrize("name", twins.NAMES)
def test_traits_of_the_configuration_are_found_live(live: Live, name: str) -> None:
    found = live.findings(label(name, twins.COMPROMISED))
    wanted = [one for one in twins.traits(name) if one.kind == "config"]
    assert len(wanted) >= 10
    assert [one for one in wanted if not shown(found, one.check, one.line)] == []


@pytest.mark.parametrize("name", twins.NAMES)
def test_traits_of_the_state_are_found_live(live: Live, name: str) -> None:
    found = live.findings(label(name, twins.COMPROMISED))
    wanted = [one for one in twins.traits(name) if one.kind == "state"]
    assert wanted
    assert [one for one in wanted if not shown(found, one.check, one.line)] == []


@pytest.mark.parametrize("name", twins.NAMES)
def test_traits_of_the_state_are_found_where_the_state_was_collected(whole: Live, name: str) -> None:
    found = whole.findings(label(name, twins.COMPROMISED))
    state = [one for one in twins.traits(name) if one.kind == "state"]
    assert [one for one in state if not shown(found, one.check, one.line)] == []
    planned = [one for one in twins.traits(name) if one.kind == "planned"]
    assert [one for one in planned if shown(found, one.check, one.line)] == [], "found now: make it 'state'"


@pytest.mark.parametrize("name", twins.NAMES)
def test_traits_stand_where_they_are_said_to_stand(name: str) -> None:
    compromised, sound = (twins.documents(name, twin) for twin in (twins.COMPROMISED, twins.SOUND))
    for one in twins.traits(name):
        lines = [line.strip() for line in compromised[one.command].split("\n")]
        assert one.line in lines, one
        assert one.line not in [line.strip() for line in sound[one.command].split("\n")], one


@pytest.mark.parametrize("name", twins.NAMES)
def test_every_output_that_is_understood_has_the_form_that_is_documented(whole: Live, name: str) -> None:
    """No reader may find an output of a twin in a form that it does not know."""
    for twin in twins.TWINS:
        reasons = [one["reason"] for one in whole.run["results"] if one["device"] == label(name, twin)]
        assert [one for one in reasons if "not of the documented form" in one or "cannot be read" in one] == []
