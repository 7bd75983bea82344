"""Fixtures of the container lab: pytest-docker with docker-compose 1.29, and the addresses of the running devices.

Without a Docker engine the tests of this folder are skipped with a plain message; `REQUIRE_LAB=1` makes that a failure.
A lab that is already up is used as it is and left up.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pytest_docker.plugin import Services

LAB: Final = Path(__file__).resolve().parents[2] / "lab"
PROJECT: Final = "auditor-lab"
ROUTERS: Final = ("frr1-sound", "frr2-comp")
SMART_INSTALL: Final = "smart-install"
SERVICES: Final = ("snmp", "ovs", "ggsn", "bird", "radius", "jump", "weak-ssh")
CONTAINERS: Final = (*ROUTERS, SMART_INSTALL, *SERVICES)
DEFAULT_PASSWORD: Final = "lab-only-password"
BASE_TIMEOUT_S: Final = 900
READY_TIMEOUT_S: Final = 120


@dataclass(frozen=True, slots=True)
class LabDevice:
    """One container of the lab."""

    name: str
    address: str
    known_hosts: tuple[str, ...] = ()

    @property
    def container(self) -> str:
        """The name that `docker exec` takes."""
        return f"{PROJECT}-{self.name}"

    def run(self, *command: str) -> str:
        """Run a command in the container as root, past SSH: for looking at the truth, not for auditing."""
        return _docker("exec", self.container, *command)


@dataclass(frozen=True, slots=True)
class Lab:
    """The running lab. `user` gets a shell, `cli_user` the router's own command line; both have the same password."""

    devices: dict[str, LabDevice]
    user: str = "auditor"
    cli_user: str = "vtyaudit"
    password: str = field(default=DEFAULT_PASSWORD, repr=False)

    @property
    def sound(self) -> LabDevice:
        """The router in which nothing is wrong."""
        return self.devices["frr1-sound"]

    @property
    def compromised(self) -> LabDevice:
        """The router with the planted traits of lab/frr/TRAITS.md."""
        return self.devices["frr2-comp"]

    @property
    def smart_install(self) -> LabDevice:
        """The Smart Install responder (TCP 4786)."""
        return self.devices[SMART_INSTALL]

    @property
    def known_hosts(self) -> str:
        """The text of a known_hosts file for all devices."""
        return "".join(f"{line}\n" for device in self.devices.values() for line in device.known_hosts)


def _docker(*arguments: str) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=30, check=False)
    if done.returncode:
        raise RuntimeError(f"docker {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _missing() -> str | None:
    """Why there is no lab on this machine; None when there can be one."""
    if shutil.which("docker") is None:
        return "the docker command is not installed"
    try:
        _docker("version", "--format", "{{.Server.Version}}")
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as problem:
        return f"no Docker engine answers ({str(problem).splitlines()[0]})"
    return None if _compose() else "neither `docker compose` nor `docker-compose` is installed"


def _compose() -> str | None:
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        done = subprocess.run([*command, "version"], capture_output=True, timeout=30, check=False)
        if done.returncode == 0:
            return " ".join(command)
    return None


def _running(name: str) -> bool:
    try:
        return _docker("inspect", "--format", "{{.State.Running}}", f"{PROJECT}-{name}").strip() == "true"
    except RuntimeError:
        return False


def _healthy(name: str) -> bool:
    return _docker("inspect", "--format", "{{.State.Health.Status}}", f"{PROJECT}-{name}").strip() == "healthy"


def _address(name: str) -> str:
    template = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
    return _docker("inspect", "--format", template, f"{PROJECT}-{name}").strip()


def _answers(address: str, port: int, greeting: bytes = b"") -> bool:
    try:
        with socket.create_connection((address, port), timeout=2) as connection:
            return not greeting or connection.recv(len(greeting)) == greeting
    except OSError:
        return False


def _ready() -> bool:
    """Every device answers and has loaded its configuration (ports are open before that), and BGP is up."""
    try:
        for name in ROUTERS:
            if not _answers(_address(name), 22, b"SSH-"):
                return False
            if "\nrouter bgp " not in _docker("exec", f"{PROJECT}-{name}", "vtysh", "-c", "show running-config"):
                return False
            summary = json.loads(_docker("exec", f"{PROJECT}-{name}", "vtysh", "-c", "show bgp summary json"))
            peers = summary.get("ipv4Unicast", {}).get("peers", {})
            if not any(peer.get("state") == "Established" for peer in peers.values()):
                return False
        return _answers(_address(SMART_INSTALL), 4786) and all(_healthy(name) for name in SERVICES)
    except (RuntimeError, ValueError, subprocess.TimeoutExpired):
        return False


def _device(name: str) -> LabDevice:
    address = _address(name)
    if name not in ROUTERS:
        return LabDevice(name, address)
    keys = _docker("exec", f"{PROJECT}-{name}", "sh", "-c", "cat /etc/ssh/ssh_host_*_key.pub")
    lines = tuple(f"{address} {' '.join(key.split()[:2])}" for key in keys.splitlines())
    return LabDevice(name, address, lines)


@pytest.fixture(scope="session")
def lab_engine() -> str:
    """The compose command; skips (or fails, with REQUIRE_LAB=1) when this machine cannot run the lab."""
    reason = _missing()
    if reason is not None:
        message = f"container lab: {reason}"
        if os.environ.get("REQUIRE_LAB") == "1":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return _compose() or ""


@pytest.fixture(scope="session")
def lab_was_up(lab_engine: str) -> bool:
    """Whether somebody started the lab before these tests did."""
    return all(_running(name) for name in CONTAINERS)


@pytest.fixture(scope="session")
def docker_compose_command(lab_engine: str) -> str:
    """pytest-docker: it would call `docker compose` only."""
    return lab_engine


@pytest.fixture(scope="session")
def docker_compose_file() -> str:
    """pytest-docker: where the lab is described."""
    return str(LAB / "docker-compose.yml")


@pytest.fixture(scope="session")
def docker_compose_project_name() -> str:
    """pytest-docker: the name that `auditor lab` uses, too; the lab has one fixed network, so there is one lab."""
    return PROJECT


@pytest.fixture(scope="session")
def docker_setup(lab_engine: str, lab_was_up: bool) -> Sequence[str]:
    """pytest-docker: `up --wait` is unknown to docker-compose 1.29."""
    if lab_was_up:
        return []
    subprocess.run([str(LAB / "base" / "build.sh")], check=True, timeout=BASE_TIMEOUT_S)
    return ["up --build -d"]


@pytest.fixture(scope="session")
def docker_cleanup(lab_was_up: bool) -> Sequence[str]:
    """pytest-docker: what was up before stays up."""
    return [] if lab_was_up else ["down -v --remove-orphans"]


@pytest.fixture(scope="session")
def lab(lab_engine: str, docker_services: Services) -> Lab:
    """The running lab, ready to be audited."""
    docker_services.wait_until_responsive(check=_ready, timeout=READY_TIMEOUT_S, pause=1.0)
    devices = {name: _device(name) for name in CONTAINERS}
    return Lab(devices, password=os.environ.get("LAB_PASSWORD") or DEFAULT_PASSWORD)
