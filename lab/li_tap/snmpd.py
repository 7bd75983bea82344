"""Starts snmpd with the tables of `agent.py`, views of the good and of the bad kind, and a record of every request.

snmpd runs on a port of 127.0.0.1 where it is installed, else in a container on a network of its own. What it received is
read from its own dump of decoded messages, so it is what came over the wire, whatever the view let through.

    liaudit    SHA-256, AES-128   sees the count-only columns (the view LI-AUDIT of the guide)
    lidebug    SHA-256, AES-128   sees the cTap2DebugUserStatus column too
    liwide     SHA-512, AES-128   sees everything: the bad kind
    lihidden   SHA-256, AES-128   sees none of the columns
    licisco    SHA-1, AES-256     as liaudit; the long key is made in Cisco's way
    liblind    SHA-256, AES-128   sees the stream columns only
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

HERE = Path(__file__).resolve().parent
_TAP2 = "1.3.6.1.4.1.9.9.399"
AUDIT_COLUMNS = (
    *(f"{_TAP2}.1.1.2.1.{column}" for column in (2, 3, 4, 10, 12)),
    *(f"{_TAP2}.1.2.1.1.{column}" for column in (3, 6)),
)
DEBUG_COLUMN = f"{_TAP2}.1.3.4.1.4"
PASSWORDS = ("lab-only-authentication", "lab-only-privacy")
IMAGE = "auditor-lab-li-tap:bookworm"
NETWORK = "auditor-lab-li"
SUBNET = "172.30.78.0/28"
CONTAINER_PORT = 1161
_START_SECONDS = 15.0
_REQUEST = re.compile(r"Command (\w+)|Name\s+ObjID: iso((?:\.\d+)*)")


@dataclass(frozen=True)
class Request:
    """One OID of one request as snmpd received it."""

    command: str
    """`GET`, `GETNEXT`, `GETBULK`, `SET` ..."""
    oid: str


def missing() -> str | None:
    """Why the agent cannot be started on this machine; None where it can."""
    if shutil.which("snmpd", path=_path()) is None and shutil.which("docker") is None:
        return "neither snmpd nor docker is installed"
    return None


class TapAgent:
    """snmpd with taps; use as a context manager. `taps` may be changed while it runs."""

    def __init__(self, folder: Path, *, container: bool = False, more: str = "") -> None:
        """`more`: further lines of its configuration."""
        self._folder = folder
        self._more = more
        self._in_container = container or shutil.which("snmpd", path=_path()) is None
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None
        self._name = f"{NETWORK}-{os.getpid()}-{folder.name}"
        self.address = "127.0.0.1"
        self.port = CONTAINER_PORT

    def __enter__(self) -> "TapAgent":
        (self._folder / "state").mkdir(exist_ok=True)
        self.taps([])
        if self._in_container:
            self._start_container()
        else:
            self._start_here()
        self._wait()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._in_container:
            _docker("rm", "-f", self._name)
            # Another agent may be on the network still.
            with contextlib.suppress(RuntimeError):
                _docker("network", "rm", NETWORK)
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
        if self._output is not None:
            self._output.close()

    def taps(self, taps: list[dict[str, Any]], debug_users: list[list[Any]] | None = None) -> None:
        """Set what the tables hold; see `agent.objects`."""
        content = {"taps": taps, "debug_users": debug_users or []}
        new = self._folder / "taps.new"
        new.write_text(json.dumps(content), "utf-8")
        new.replace(self._folder / "taps.json")

    def requests(self) -> list[Request]:
        """What came over the wire since `forget`, discovery included."""
        found: list[Request] = []
        command = ""
        for match in _REQUEST.finditer(self._log()):
            if match[1]:
                command = match[1]
            else:
                found.append(Request(command, "1" + match[2]))
        return found

    def commands(self) -> set[str]:
        """The kinds of request since `forget`."""
        return {match[1] for match in _REQUEST.finditer(self._log()) if match[1]}

    def reached(self) -> list[str]:
        """What snmpd handed on to the tables, `set` included."""
        log = self._folder / "requests.log"
        return log.read_text("utf-8").splitlines() if log.exists() else []

    def forget(self) -> None:
        """Begin a new record."""
        self._from = (self._folder / "snmpd.log").stat().st_size
        (self._folder / "requests.log").unlink(missing_ok=True)

    _from = 0

    def _log(self) -> str:
        with (self._folder / "snmpd.log").open("rb") as file:
            file.seek(self._from)
            return file.read().decode("utf-8", "replace")

    def _start_here(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        configuration = self._folder / "snmpd.conf"
        configuration.write_text(_configuration(sys.executable, HERE, self._folder) + self._more, "utf-8")
        command = _command("snmpd", configuration, f"udp:127.0.0.1:{self.port}")
        environment = {**os.environ, "PATH": _path(), "SNMP_PERSISTENT_DIR": str(self._folder / "state"), "MIBS": ""}
        self._output = (self._folder / "snmpd.log").open("wb")
        self._process = subprocess.Popen(command, env=environment, stdout=self._output, stderr=self._output)

    def _start_container(self) -> None:
        configuration = self._folder / "snmpd.conf"
        configuration.write_text(_configuration("/usr/bin/python3", Path("/agent"), Path("/tap")) + self._more, "utf-8")
        for folder in (self._folder, self._folder / "state"):
            folder.chmod(0o777)
        _make_image()
        if not _docker("network", "ls", "--quiet", "--filter", f"name=^{NETWORK}$"):
            _docker("network", "create", "--internal", "--subnet", SUBNET, NETWORK)
        inside = _command("snmpd", Path("/tap/snmpd.conf"), f"udp:0.0.0.0:{CONTAINER_PORT}")
        shell = f"exec {' '.join(inside)} >/tap/snmpd.log 2>&1"
        _docker(
            *("run", "--detach", "--name", self._name, "--network", NETWORK, "--cap-drop", "ALL", "--memory", "64m"),
            *("--pids-limit", "50", "--volume", f"{self._folder}:/tap", "--volume", f"{HERE}:/agent:ro"),
            *("--env", "SNMP_PERSISTENT_DIR=/tap/state", "--env", "MIBS=", IMAGE, "sh", "-c", shell),
        )
        template = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
        self.address = _docker("inspect", "--format", template, self._name)

    def _wait(self) -> None:
        """Until snmpd has said its version, which it does once it listens."""
        until = time.monotonic() + _START_SECONDS
        log = self._folder / "snmpd.log"
        while not (log.exists() and b"NET-SNMP version" in log.read_bytes()):
            if time.monotonic() > until or (self._process is not None and self._process.poll() is not None):
                raise RuntimeError(f"snmpd did not start: {log.read_text('utf-8', 'replace')[-500:]}")
            time.sleep(0.05)
        self.forget()


def _configuration(python: str, agent: Path, folder: Path) -> str:
    authentication, privacy = PASSWORDS
    users = {
        "liaudit": ("SHA-256", "AES"),
        "lidebug": ("SHA-256", "AES"),
        "liwide": ("SHA-512", "AES"),
        "lihidden": ("SHA-256", "AES"),
        "licisco": ("SHA", "AES-256-C"),
        "liblind": ("SHA-256", "AES"),
    }
    views = {
        "liaudit": AUDIT_COLUMNS,
        "lidebug": (*AUDIT_COLUMNS, DEBUG_COLUMN),
        "liwide": ("1",),
        "lihidden": ("1.3.6.1.2.1.1",),
        "licisco": AUDIT_COLUMNS,
        "liblind": tuple(oid for oid in AUDIT_COLUMNS if oid.startswith(f"{_TAP2}.1.2.")),
    }
    lines = [f'createUser {user} {kinds[0]} "{authentication}" {kinds[1]} "{privacy}"' for user, kinds in users.items()]
    lines += [f"view {user} included .{oid}" for user, oids in views.items() for oid in oids]
    # Write access too, where the view is wide: that nothing is set must not be owed to the agent.
    lines += [f"{'rwuser' if user == 'liwide' else 'rouser'} {user} priv -V {user}" for user in users]
    lines.append(f"pass_persist .1.3.6.1.4.1.9.9 {python} {agent}/agent.py {folder}/taps.json {folder}/requests.log")
    return "\n".join(lines) + "\n"


def _command(program: str, configuration: Path, where: str) -> list[str]:
    return [program, "-f", "-Le", "-C", "-c", str(configuration), "-I", "-smux", "-Ddumph_recv,dumpv_recv", where]


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def _make_image() -> None:
    if _docker("images", "--quiet", IMAGE):
        return
    subprocess.run([str(HERE.parent / "base" / "build.sh")], check=True, timeout=900)
    _docker("build", "--network", "host", "--tag", IMAGE, str(HERE), timeout=600)


def _docker(*arguments: str, timeout: float = 60) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=timeout, check=False)
    if done.returncode:
        raise RuntimeError(f"docker {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout.strip()
