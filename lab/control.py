"""Starts and ends labs, and says how they are: what `auditor lab` does.

An emulated lab is one process of this user; what it listens on stands in its state folder. A lab of containers is a
project of Docker Compose with a fixed network, so that one of them runs at a time.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

from .topology import LAB, LabError, Topology, load, names

__all__ = ["LabError", "Row", "audit", "down", "names", "status", "up"]

PROJECT: Final = "auditor-lab"
PASSWORD: Final = "lab-only-password"
START_S: Final = 60.0
CONTAINERS_S: Final = 180.0


class Row(NamedTuple):
    """One device as it is now."""

    name: str
    place: str
    state: str

    @property
    def ready(self) -> bool:
        """Whether it can be audited."""
        return self.state == "ready"


def up(name: str) -> list[Row]:
    """Start a lab and wait until every device answers. Works when run twice; LabError where something does not start."""
    key, topology = load(name)
    if topology.kind == "emulated":
        _start(name, key)
    else:
        _build(topology)
    end = time.monotonic() + (START_S if topology.kind == "emulated" else CONTAINERS_S)
    while late := [row for row in _rows(key, topology) if not row.ready]:
        if time.monotonic() > end:
            raise LabError(f"not ready in time: {', '.join(f'{row.name} ({row.state})' for row in late)}")
        time.sleep(0.3)
    return _rows(key, topology)


def down(name: str) -> bool:
    """End a lab; False where none ran."""
    key, topology = load(name)
    if topology.kind == "containers":
        ran = any(row.state != "down" for row in _rows(key, topology))
        _compose(topology, "down", "--volumes", "--remove-orphans")
        return ran
    process = _process(key)
    if process is None:
        return False
    os.kill(process, signal.SIGTERM)
    end = time.monotonic() + START_S
    while _process(key) is not None and time.monotonic() < end:
        time.sleep(0.1)
    return True


def status(name: str) -> list[Row]:
    """Every device of a lab and its state."""
    return _rows(*load(name))


def audit(name: str, options: list[str]) -> int:
    """Audit a lab with `auditor audit`, whose exit code is returned. One that was not up is started, and ended after."""
    key, topology = load(name)
    ran = all(row.ready for row in _rows(key, topology))
    if not ran:
        up(name)
    try:
        return _audit(key, topology, options)
    finally:
        if not ran:
            down(name)


def _audit(key: str, topology: Topology, options: list[str]) -> int:
    inventory = _state(key) / "inventory.yaml"
    if topology.kind == "containers":
        inventory = _copied(key, topology)
    words = [sys.executable, "-m", "auditor", "audit", str(inventory), *topology.audit, *options]
    if topology.declarations:
        words += ["--declarations", str(LAB / topology.declarations)]
    return subprocess.run(words, check=False, env={**os.environ, "LAB_PASSWORD": _password()}).returncode


def _rows(key: str, topology: Topology) -> list[Row]:
    if topology.kind == "containers":
        return [Row(one.name, one.address, _container(one.name)) for one in topology.devices]
    ports: dict[str, int] = _ready(key).get("devices", {}) if _process(key) is not None else {}
    return [
        Row(one.name, f"127.0.0.1:{ports[one.name]}" if one.name in ports else "-", "ready" if ports else "down")
        for one in topology.devices
    ]


# -- emulated devices: one process ------------------------------------------------------------------------------------


def _state(key: str) -> Path:
    home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "auditor" / "lab" / key


def _ready(key: str) -> dict[str, dict[str, int]]:
    try:
        content: dict[str, dict[str, int]] = json.loads((_state(key) / "ready.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content


def _process(key: str) -> int | None:
    """The process that serves a lab; None where the number now belongs to another program or to none."""
    number = _ready(key).get("pid")
    if not isinstance(number, int):
        return None
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    return number if str(_state(key)).encode() in words else None


def _start(name: str, key: str) -> None:
    if _process(key) is not None:
        return
    try:
        import asyncssh  # noqa: F401, PLC0415
    except ImportError:
        raise LabError("emulated devices need asyncssh: pip install 'telecom-exposure-auditor[lab]'") from None
    folder = _state(key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "ready.json").unlink(missing_ok=True)
    path = os.pathsep.join(filter(None, (str(LAB.parent), os.environ.get("PYTHONPATH", ""))))
    words = [sys.executable, "-m", f"{LAB.name}.emulator", name, str(folder)]
    with (folder / "log").open("wb") as log:
        started = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": path},
        )
    end = time.monotonic() + START_S
    while not _ready(key) and time.monotonic() < end:
        if started.poll() is not None:
            raise LabError(f"the emulated devices did not start; see {folder / 'log'}")
        time.sleep(0.1)


# -- containers -------------------------------------------------------------------------------------------------------


def _password() -> str:
    return os.environ.get("LAB_PASSWORD") or PASSWORD


def _tool() -> list[str]:
    """Docker Compose, as a plugin or as the older program."""
    if shutil.which("docker") is None:
        raise LabError("this lab needs Docker; `auditor lab up twins` needs none")
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        if subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0:
            return command
    raise LabError("neither 'docker compose' nor 'docker-compose' is installed")


def _compose(topology: Topology, *words: str) -> None:
    command = [*_tool(), "--project-name", PROJECT, "--file", str(LAB / topology.compose), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LabError(f"{words[0]}: {' '.join((done.stderr or done.stdout).split()[-40:])}")


def _build(topology: Topology) -> None:
    _tool()
    done = subprocess.run(["bash", str(LAB / "base" / "build.sh")], capture_output=True, text=True, check=False)
    if done.returncode:
        raise LabError(f"the base image: {' '.join(done.stderr.split()[-40:])}")
    _compose(topology, "build")
    _compose(topology, "up", "-d")


def _container(name: str) -> str:
    """`ready`, what it is doing instead, or `down`."""
    form = "{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}"
    if shutil.which("docker") is None:
        return "down"
    done = subprocess.run(
        ["docker", "inspect", "--format", form, f"{PROJECT}-{name}"], capture_output=True, text=True, check=False
    )
    state, _, health = done.stdout.strip().partition(" ")
    if done.returncode:
        return "down"
    return "ready" if state == "running" and health in ("", "healthy") else health or state


def _copied(key: str, topology: Topology) -> Path:
    """Inventory, and host keys as the containers themselves show them, in a folder that may be written to."""
    folder = _state(key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copytree(LAB / "switch", folder / "switch", dirs_exist_ok=True)
    inventory = folder / "inventory.yaml"
    shutil.copyfile(LAB / topology.inventory, inventory)
    lines = []
    for one in topology.devices:
        keys = subprocess.run(
            ["docker", "exec", f"{PROJECT}-{one.name}", "sh", "-c", "cat /etc/ssh/ssh_host_*_key.pub"],
            capture_output=True,
            text=True,
            check=False,
        )
        lines += [f"{one.address} {' '.join(key.split()[:2])}\n" for key in keys.stdout.splitlines()]
    (folder / "known_hosts").write_text("".join(lines), encoding="utf-8")
    return inventory
