"""Passwords on the command lines of jobs and hooks are masked where they are read."""

import pytest

from auditor.engine import packs
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.syntax.mask import Masker

SECRET = "Hunter2Hunter"
COMMANDS = (
    f"curl -u bob:{SECRET} https://bob:{SECRET}@x.example/",
    f"curl --user 'bob:{SECRET}' https://x.example/",
    f"sshpass -p {SECRET} ssh x",
    f"mysqldump --password={SECRET} x",
    f"mysql -p{SECRET} x",
    f"wget --user=bob --password {SECRET} x",
    f"snmpset -v2c -c {SECRET} h",
    f"snmpwalk -v3 -u bob -A {SECRET} -X {SECRET} h",
    f"ip xfrm state add src 192.0.2.1 auth hmac(sha1) {SECRET} enc aes {SECRET}",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("/etc/crontab", "1 1 * * * root {}\n"),
        ("/etc/cron.d", "1 1 * * * root {}\n"),
        ("/etc/network/interfaces", "iface e inet manual\n post-up {}\n"),
    ],
)
def test_the_password_stands_nowhere(name: str, line: str, command: str) -> None:
    documents = [
        Document(name=RUNNING, content=b"frr version 8.4.4\nend\n"),
        Document(name=name, content=line.format(command).encode()),
    ]
    reading = packs.load().platforms["frr"].read(Device(name="r1", platform="frr"), documents, (), Masker(b"key"))
    assert any(document.name == name for document in reading.documents)
    assert SECRET not in repr(reading)
