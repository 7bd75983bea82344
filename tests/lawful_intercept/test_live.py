"""Live devices that differ only in what they intercept: the same bytes sent, the same snapshot, the same reports."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from auditor.collect.ssh import collect_ssh
from auditor.engine.packs import load
from auditor.model.snapshot import Snapshot
from auditor.platforms.redaction import forbidden, redaction
from auditor.snapshots.reader import opened, read
from lab.emulator import twins
from tests.cli.conftest import in_a_process
from tests.collect.exec_server import Answer, ExecServer
from tests.collect.support import FAST, login
from tests.lawful_intercept import live
from tests.lawful_intercept.live import Host
from tests.lawful_intercept.test_non_interference import FORMATS, alike, files

PLATFORMS = load().platforms
STATES = ("without", "within")

pytestmark = [pytest.mark.requirement("R-LI-05"), pytest.mark.requirement("R-LI-03")]


class Visited(NamedTuple):
    """What a run over all devices left: in its folder, on its screen, and at the devices."""

    folder: Path
    said: list[tuple[int, str, str]]
    received: dict[str, list[object]]
    drawn: list[str]


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    done: subprocess.CompletedProcess[str] = in_a_process(
        *words,
        cwd=folder,
        **live.ENVIRONMENT,
        COLUMNS="200",
        XDG_STATE_HOME=str(folder.parent / "state"),
        TMPDIR=str(folder / "tmp"),
    )
    return done.returncode, done.stdout, done.stderr


def visited(hosts: list[Host], folder: Path, *, within: bool) -> Visited:
    """Collection, audit of the snapshot, and audit of the devices themselves."""
    for one in hosts:
        one.answer(within=within)
    (folder / "tmp").mkdir(parents=True)
    live.inventory(hosts, folder)
    said = [
        run(folder, "collect", "inventory.yaml", "-o", "snapshot", "-vv"),
        run(folder, "audit", "snapshot", "-o", "out", "--format", FORMATS, "-vv"),
        run(folder, "audit", "inventory.yaml", "--only", "*-sound", "-o", "live", "--format", FORMATS, "-vv"),
    ]
    drawn = [value for one in hosts for value in one.drawn]
    return Visited(folder, said, {one.name: one.received() for one in hosts}, drawn)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Visited]]:
    """All devices, visited twice: before anything is intercepted, and with it."""
    folder = tmp_path_factory.mktemp("live")
    with live.hosts() as hosts:
        yield [visited(hosts, folder / state, within=state == "within") for state in STATES]


def test_every_platform_is_visited_and_tells_of_intercepts(both: list[Visited]) -> None:
    snapshots = {one.device.name: one for one in read(opened(both[1].folder / "snapshot"))}
    assert {one.device.platform for one in snapshots.values()} == set(PLATFORMS)
    assert set(live.PLACES) == {*twins.NAMES, "frr"}
    for place, documents in live.PLACES.items():
        main = snapshots[f"{place}-sound"]
        assert not [error for error in main.errors if error.asked], main.errors
        assert len(main.documents) >= len(documents)
    assert {
        error.reason for name, one in snapshots.items() if "-sound" not in name for error in one.errors if error.asked
    }
    assert not both[0].drawn and len(both[1].drawn) > 60


_BLANKS = re.compile(rb"^ {1,16}$", re.MULTILINE)


def worded(visited: Visited) -> dict[str, list[object]]:
    """What devices received; how many blanks ask for the end of an output is drawn for each one."""
    return {
        name: [
            (part[0], _BLANKS.sub(b" ", part[1])) if isinstance(part, tuple) and part[0] == "shell" else part
            for part in taken
        ]
        for name, taken in visited.received.items()
    }


def test_the_same_bytes_are_sent(both: list[Visited]) -> None:
    assert worded(both[0]) == worded(both[1])
    assert all(both[0].received.values())
    sent = [part for taken in both[0].received.values() for part in taken]
    kinds = {part[0] for part in sent if isinstance(part, tuple)}
    assert kinds >= {"shell", "netconf", "GET", "GETBULK"}
    lines = [
        line
        for part in sent
        if isinstance(part, tuple) and part[0] == "shell"
        for line in re.split(rb"[\r\n]+", part[1])
    ]
    assert not [line for line in lines if forbidden.command(line.decode())]


def test_the_same_is_kept_shown_and_reported(both: list[Visited]) -> None:
    assert both[0].said == both[1].said
    assert [code for code, _, _ in both[0].said] == [3, 3, 1]
    for name in ("snapshot", "out", "live", "tmp"):
        written = [files(one.folder / name) for one in both]
        assert len(written[0]) > 6 or name == "tmp"
        assert not alike(*written), name


@pytest.mark.requirement("R-LI-02")
def test_no_identity_is_anywhere(both: list[Visited]) -> None:
    within = both[1]
    shown = "".join(out + err for _, out, err in within.said).encode()
    shown += b"".join(path.read_bytes() for path in within.folder.rglob("*") if path.is_file())
    assert not [value for value in within.drawn if value.encode() in shown]


def documents(host: Host, folder: Path) -> dict[str, bytes]:
    """What a visit brings."""
    definition = PLATFORMS[host.server.platform]
    wanted = {RUNNING, live.WHOLE, *live.PLACES[host.place]}
    few = tuple(one for one in definition.commands if wanted & {one.document, *one.send})
    made = login(host.server, folder, limits=msgspec.structs.replace(FAST, command=6.0))
    found = collect_ssh(made, msgspec.structs.replace(definition, commands=few))
    return {one.name: one.content for one in found.documents}


RUNNING = "show running-config"
NEEDED = {
    "Cisco: intercept view": "cisco_ios",
    "Cisco: users of the intercept view": "cisco_nxos",
    "IOS XR: operators of taps": "cisco_iosxr",
    "Junos: policies of radius-flow-tap": "juniper_junos",
    "SR OS: the region li": "nokia_sros_classic",
    "SR Linux: lawful-intercept": "nokia_srlinux",
    "VRP: statements": "huawei_vrp",
    "RouterOS: calea": "mikrotik_routeros",
    "logs: lines about intercepts": "cisco_ios",
    "free text that names a case": "frr",
}
"""Rule -> a device whose live documents need it."""


@pytest.mark.parametrize("name", NEEDED)
def test_every_rule_is_needed_live(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a visit brings something else where something is intercepted; with it it does not."""
    found = {}
    for rules in (redaction.RULES, tuple(rule for rule in redaction.RULES if rule.name != name)):
        monkeypatch.setattr(redaction, "RULES", rules)
        redaction.forget()
        with live.hosts([NEEDED[name]], ["sound"]) as (host,):
            for state in STATES:
                host.answer(within=state == "within")
                found[len(rules), state] = documents(host, tmp_path)
    redaction.forget()
    whole = len(redaction.RULES) + 1
    assert found[whole, "without"] == found[whole, "within"]
    assert found[whole - 1, "without"] != found[whole - 1, "within"]


@pytest.mark.requirement("R-LI-02")
def test_a_refusal_that_names_a_target_is_not_repeated(tmp_path: Path) -> None:
    """Devices say in refusals what they would not show (reference, 5.9)."""
    said = "cat: /etc/frr/daemons: owned by LI user liop000001 for liid LIID-7654321\n"
    answers = {text: Answer(err=said, status=1) for one in PLATFORMS["frr"].commands for text in one.send}
    with ExecServer(answers) as server:
        found: Snapshot = collect_ssh(login(server, tmp_path), PLATFORMS["frr"])
    told = " ".join(error.reason for error in found.errors)
    assert found.errors
    assert "liop000001" not in told and "LIID-7654321" not in told
