"""Passwords on command lines inside the code and aliases of a configuration are masked on every platform that has any."""

import pytest

from auditor.engine import packs
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.syntax.mask import Masker
from tests.checks.frames import framed

SECRET = "Hunter2Hunter"
PLACES = {
    "cisco_iosxe": 'event manager applet A\n event none\n action 3.0 cli command "guestshell run {}"\n',
    "cisco_nxos": "event manager applet A\n  action 2 cli run bash {}\n",
    "arista_eos": "alias q bash {}\n",
    "juniper_junos": 'set event-options policy P then execute-commands commands "start shell command {}"\n',
}
COMMANDS = (
    f"curl -u bob:{SECRET} x",
    f"curl --user bob:{SECRET} x",
    f"sshpass -p {SECRET} ssh x",
    f"snmpset -v2c -c {SECRET} h",
    f"mysql -p{SECRET} x",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("platform", PLACES)
def test_the_password_stands_nowhere(platform: str, command: str) -> None:
    text = framed(platform, PLACES[platform].format(command))
    document = Document(name=RUNNING, content=text.encode())
    reading = packs.load().platforms[platform].read(Device(name="r1", platform=platform), [document], (), Masker(b"k"))
    assert any(one.name == RUNNING for one in reading.documents)
    assert SECRET not in repr(reading)
