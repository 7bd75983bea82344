"""`auditor collect` killed with SIGKILL at twenty moments drawn by chance, and resumed: as if nothing had happened."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from auditor.snapshots.manifest import JOURNAL, MANIFEST
from auditor.snapshots.reader import opened, wrong
from lab.emulator import EmulatedDevice, twins
from tests.collect.support import known_hosts

ROOT = Path(__file__).parents[2]
KILLS = 20
AT_ONCE = 2
PLATFORMS = ("arista_eos", "cisco_nxos", "mikrotik_routeros") * 2
FORKED = """
import os, signal, sys, time
from auditor.cli import main
import auditor.cli.collect, auditor.collect.door, auditor.collect.exec, auditor.engine.packs
auditor.engine.packs.load()
for line in sys.stdin:
    after, *words = line.split()
    child = os.fork()
    if not child:
        sys.argv = ["auditor", *words]
        main()
    if after != "never":
        time.sleep(float(after))
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Runs command lines, each in a process of its own, without the second that the imports take."""


class Auditor:
    """`auditor` with its own process for every call."""

    def __init__(self) -> None:
        environment = {**os.environ, "T_PASSWORD": "lab-only-password"}
        self._server = subprocess.Popen(
            [sys.executable, "-c", FORKED], stdin=-1, stdout=-1, text=True, cwd=ROOT, env=environment
        )

    def __enter__(self) -> "Auditor":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate(timeout=20)

    def __call__(self, *words: object, killed_after: float | str = "never") -> int:
        """The exit code; minus the signal where it was killed."""
        self._server.stdin.write(" ".join(map(str, (killed_after, *words))) + "\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


class Fleet:
    """Emulated devices and their inventory."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        made = [
            EmulatedDevice(platform=platform, hostname=f"r{number}", outputs=twins.outputs(platform, "sound"))
            for number, platform in enumerate(PLATFORMS)
        ]
        self._devices = {f"r{number}": stack.enter_context(one) for number, one in enumerate(made)}
        known_hosts(folder, *(one.host_key_line for one in made))
        listed = "".join(
            f"  - {{name: {name}, platform: {one.platform}, address: {one.address}, port: {one.port}}}\n"
            for name, one in self._devices.items()
        )
        self.inventory = folder / "inventory.yaml"
        self.inventory.write_text(
            "schema: auditor/inventory/1\n"
            'credentials:\n  ops: {username: auditor, password: "env:T_PASSWORD"}\n'
            f"defaults: {{credential: ops}}\npace: {{total: {AT_ONCE}, per_second: 0}}\ndevices:\n{listed}"
        )

    def visits(self) -> dict[str, int]:
        """Logins of each device, when nobody is connected any more."""
        end = time.monotonic() + 10
        while any(one._connections for one in self._devices.values()) and time.monotonic() < end:
            time.sleep(0.01)
        return {name: len(one.logins) for name, one in self._devices.items()}


@pytest.fixture
def fleet(tmp_path):
    with ExitStack() as stack:
        yield Fleet(stack, tmp_path)


TIMES = ("started", "ended", "started_at", "collected_at")


def without_times(told: object) -> object:
    if isinstance(told, dict):
        return {key: without_times(value) for key, value in told.items() if key not in TIMES}
    return [without_times(one) for one in told] if isinstance(told, list) else told


def content(folder: Path) -> dict[str, object]:
    """Everything in a snapshot but times."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return found | {MANIFEST: without_times(json.loads(found[MANIFEST]))}


def done(folder: Path) -> set[str]:
    """Devices that are in a snapshot, finished or not."""
    if (folder / MANIFEST).exists() or (folder / JOURNAL).exists():
        entries = opened(folder).manifest.devices
        return {entry.device.name for entry in entries if entry.documents}
    return set()


def test_killed_and_resumed(fleet, tmp_path):
    drawn = random.Random(20261126)
    kept: list[int] = []
    with Auditor() as auditor:
        begun = time.monotonic()
        ended = auditor("collect", fleet.inventory, "-o", tmp_path / "undisturbed", "-q")
        assert ended in (0, 3)
        took = time.monotonic() - begun
        expected = content(tmp_path / "undisturbed")
        assert set(fleet.visits().values()) == {1}
        for number in range(3 * KILLS):
            folder = tmp_path / f"s{number}"
            words = ("collect", fleet.inventory, "-o", folder, "-q")
            before = fleet.visits()
            moment = drawn.uniform(0, took)
            code = auditor(*words, killed_after=moment)
            if code != -signal.SIGKILL:
                took *= 0.9  # it was through already
                continue
            killed = fleet.visits()
            survived = done(folder)
            if not survived and moment > took / 2:
                took *= 1.2  # the machine is slower by now
            visited = {name for name in before if killed[name] > before[name]}
            assert survived <= visited
            assert len(visited - survived) <= AT_ONCE
            assert all(killed[name] - before[name] <= 1 for name in before)
            assert auditor(*words, "--resume") == ended
            assert content(folder) == expected
            assert wrong(opened(folder)) == []
            again = {name: count - killed[name] for name, count in fleet.visits().items()}
            assert again == {name: int(name not in survived) for name in again}
            kept.append(len(survived))
            if len(kept) == KILLS:
                break
    assert len(kept) == KILLS
    assert len(set(kept)) > 2, kept  # early, late and between
