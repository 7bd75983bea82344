"""The LI office of a small operator: its keys, its register, its principal, and a router with taps."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.li_office import keys, register
from auditor.li_office.snmp import AUTHENTICATION, Principal, SnmpReader

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lab.li_tap import PASSWORDS, TapAgent, missing  # noqa: E402

MD = "198.51.100.7:9000"
OTHER_MD = "[2001:db8::7]:9000"
UNDECLARED = "203.0.113.66"
NOW = datetime.now(UTC)


def hex_time(moment: datetime) -> str:
    """A DateAndTime of eight octets as snmpd takes it."""
    octets = moment.year.to_bytes(2, "big") + bytes(
        [moment.month, moment.day, moment.hour, moment.minute, moment.second, 0]
    )
    return octets.hex(" ").upper()


def tap(content: int, **more: Any) -> dict[str, Any]:
    """A sound tap; see lab/li_tap/agent.py."""
    sound = {"content": content, "stream": 1, "address": "198.51.100.7", "port": 9000}
    return {**sound, "timeout": hex_time(NOW + timedelta(days=30)), **more}


def line(device: str, content: int, *, md: str = MD, begin: int = -30, end: int = 30) -> str:
    """A line of the plain register; days from today."""
    days = [(NOW + timedelta(days=offset)).date().isoformat() for offset in (begin, end)]
    return f"{device},cisco-tap2,{content},1,,{md},{days[0]},{days[1]}"


@dataclass(frozen=True)
class Office:
    """The files of the office, in a folder of its own."""

    folder: Path
    key: keys.RegisterKey
    recipient: keys.Recipient

    def file(self, name: str) -> Path:
        """A file of the office."""
        return self.folder / name

    def write(self, name: str, text: str, mode: int = 0o600) -> Path:
        """A file that only the office reads."""
        path = self.file(name)
        path.write_text(text, "utf-8")
        path.chmod(mode)
        return path

    def register(self, *lines: str, **options: Any) -> register.Register:
        """The register of plain lines, by way of the two files; the token file is `tokens`."""
        plain = self.write("register.csv", "\n".join([",".join(register.COLUMNS), *lines]) + "\n")
        content = register.make_tokens(register.read_plain(plain), self.key, **options)
        path = self.write("tokens", "")
        path.write_bytes(content)
        return register.read_tokens(path, self.key)

    def principal(self, name: str, algorithm: str = "sha-256", **more: str) -> Path:
        """The file of a principal of the lab's agent."""
        content = {
            "schema": "auditor/li-principal/1",
            "user": name,
            "authentication": algorithm,
            "authentication_key": PASSWORDS[0],
            "privacy": "aes-128",
            "privacy_key": PASSWORDS[1],
            **more,
        }
        return self.write("principal.json", json.dumps(content))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    key = keys.new_register_key(folder / "register.key", None)
    return Office(folder, key, keys.new_recipient_pair(folder / "recipient.key", None))


@pytest.fixture(scope="session")
def _agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TapAgent]:
    reason = missing()
    if reason is not None:
        if os.environ.get("REQUIRE_LAB") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    container = os.environ.get("LAB_LI_TAP") == "container"
    with TapAgent(tmp_path_factory.mktemp("li-tap"), container=container) as agent:
        yield agent


@pytest.fixture
def agent(_agent: TapAgent) -> TapAgent:
    """The lab's router with taps: none at first, and a new record of requests."""
    _agent.taps([])
    _agent.forget()
    return _agent


def reader(
    agent: TapAgent, user: str = "liaudit", authentication: str = "sha-256", privacy: str = "aes-128"
) -> SnmpReader:
    """A session with the lab's router."""
    assert authentication in AUTHENTICATION
    principal = Principal(user, authentication, PASSWORDS[0], privacy, PASSWORDS[1])
    return SnmpReader(agent.address, agent.port, principal)
