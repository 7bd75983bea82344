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
    "huawei_vrp": "command alias q {}\n",
    "nokia_sros": '    system\n        script-control\n            script "a"\n                location "{}"\n            exit\n        exit\n    exit\n',
    "nokia_srlinux": 'environment {{\n    alias q "{}"\n}}\n',
    "mikrotik_routeros": '/system scheduler\nadd name=a on-event="{}"\n',
    "juniper_junos": 'set event-options policy P then execute-commands commands "start shell command {}"\n',
}
COMMANDS = (
    f"curl -u bob:{SECRET} x",
    f"curl --user bob:{SECRET} x",
    f"sshpass -p {SECRET} ssh x",
    f"snmpset -v2c -c {SECRET} h",
    f"mysql -p{SECRET} x",
    f"echo {SECRET} | sudo -S x",
    f"wget 'Authorization: Bearer {SECRET}' x",
    f"export TOKEN={SECRET}",
    f"copy ftp://bob:{SECRET}@192.0.2.1/x y",
)
SCRIPTS = (
    f":local apiToken {SECRET}",
    f':global wifiPass \\"{SECRET}\\"',
    f"/snmp community set 0 name={SECRET}",
    f"/user set admin password={SECRET}",
    f"/tool fetch url=x user=bob password={SECRET}",
)
"""Statements of RouterOS's own language."""


@pytest.mark.parametrize("command", SCRIPTS)
def test_a_script_of_routeros_tells_no_password(command: str) -> None:
    test_the_password_stands_nowhere("mikrotik_routeros", command)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("platform", PLACES)
def test_the_password_stands_nowhere(platform: str, command: str) -> None:
    text = framed(platform, PLACES[platform].format(command))
    document = Document(name=RUNNING, content=text.encode())
    reading = packs.load().platforms[platform].read(Device(name="r1", platform=platform), [document], (), Masker(b"k"))
    assert any(one.name == RUNNING for one in reading.documents)
    assert SECRET not in repr(reading)
