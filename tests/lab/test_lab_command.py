"""`auditor lab`, from the checkout and from an installed wheel: no Docker needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import msgspec
import pytest

from lab import control, topology
from lab.emulator import twins

ROOT = Path(__file__).parents[2]


def run(python: Path | str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
    return subprocess.run(
        [str(python), "-m", "auditor", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=180,
        cwd=home,
        env=environment,
    )


def audited_devices(path: Path) -> dict[str, str]:
    content = json.loads(path.read_text("utf-8"))
    return {one["name"]: one["status"] for one in content["devices"]}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment in which the wheel is installed, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    site = next(home.glob("lib/python*/site-packages"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site)]
    subprocess.run([*pip, *map(str, folder.glob("*.whl"))], check=True, capture_output=True, timeout=120)
    # A folder in a .pth file only gives what lies in it, not the checkout that another .pth file of it names.
    (site / "dependencies.pth").write_text(str(Path(msgspec.__file__).parents[1]), "utf-8")
    return home / "bin" / "python"


def test_up_status_audit_down(tmp_path: Path) -> None:
    started = run(sys.executable, tmp_path, "lab", "up", "intrusion")
    assert started.returncode == 0, started.stderr
    try:
        assert started.stdout.count("ready") == 4
        again = run(sys.executable, tmp_path, "lab", "up", "intrusion")
        assert again.stdout == started.stdout
        done = run(sys.executable, tmp_path, "lab", "audit", "intrusion", "-o", "out", "--format", "json,sarif,junit")
        assert done.returncode == 1, done.stderr
        assert audited_devices(tmp_path / "out" / "run.json") == dict.fromkeys(
            ("pe1", "pe2", "core1", "rr1"), "audited"
        )
        assert "Signs of intrusion on: pe2." in done.stderr
        status = run(sys.executable, tmp_path, "lab", "status", "intrusion")
        assert (status.returncode, status.stdout) == (0, started.stdout)
    finally:
        ended = run(sys.executable, tmp_path, "lab", "down", "intrusion")
    assert ended.stdout == "ended\n"
    after = run(sys.executable, tmp_path, "lab", "status", "intrusion")
    assert (after.returncode, after.stdout.count("down")) == (3, 4)
    assert run(sys.executable, tmp_path, "lab", "down", "intrusion").stdout == "nothing ran\n"


def test_a_lab_that_was_down_is_started_for_an_audit_and_ended(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "lab", "audit", "intrusion", "--quiet", "--format", "json", "-o", "out")
    assert done.returncode == 1, done.stderr
    assert set(audited_devices(tmp_path / "out" / "run.json").values()) == {"audited"}
    assert run(installed, tmp_path, "lab", "status", "intrusion").returncode == 3


def test_a_topology_of_ones_own(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "schema: auditor/lab/1\ntitle: one switch\nkind: emulated\n"
        "devices:\n  - {name: sw1, emulates: cisco_ios, twin: sound, role: agg}\n",
        "utf-8",
    )
    done = run(installed, tmp_path, "lab", "audit", "mine.yaml", "--format", "json", "-o", "out")
    assert audited_devices(tmp_path / "out" / "run.json") == {"sw1": "audited"}, done.stderr


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    unknown = run(sys.executable, tmp_path, "lab", "up", "nothing")
    assert (unknown.returncode, unknown.stderr) == (
        2,
        "auditor: no topology 'nothing'; there are: containers, intrusion, twins\n",
    )
    (tmp_path / "mine.yaml").write_text("schema: auditor/lab/1\ntitle: x\nkind: emulated\ndevises: []\n", "utf-8")
    wrong = run(sys.executable, tmp_path, "lab", "up", "mine.yaml")
    assert wrong.returncode == 2
    assert "mine.yaml: Object contains unknown field `devises`" in wrong.stderr


def test_topologies_name_what_exists() -> None:
    for name in topology.names():
        _, one = topology.load(name)
        for path in filter(None, (one.declarations, one.inventory, one.compose)):
            assert (topology.LAB / path).is_file()
        if one.kind == "emulated":
            assert {(entry.emulates, entry.twin) for entry in one.devices} <= {
                (device, twin) for device in twins.NAMES for twin in twins.TWINS
            }
    _, everything = topology.load("twins")
    assert {entry.emulates for entry in everything.devices} == set(twins.NAMES)


def test_only_a_process_of_this_lab_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number in the file may belong to any program by now."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = tmp_path / "auditor" / "lab" / "intrusion"
    folder.mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        (folder / "ready.json").write_text(json.dumps({"pid": other.pid, "devices": {"pe1": 1}}), "utf-8")
        assert not control.down("intrusion")
        assert other.poll() is None
        other.kill()
