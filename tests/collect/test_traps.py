"""Traps on every interactive transport: an output is whole or not collected, never cut and never another command's."""

import re

import msgspec
import pytest

from auditor.collect.telnet import NOTICE, TelnetWire
from auditor.model.snapshot import RUNNING
from tests.collect.support import FAST, IOS, PLATFORMS, login, reasons, texts, visit
from tests.collect.trap_terminal import MUST_BE_WHOLE, NOTHING_SENT, Trap, TrapDevice

VERSION = "Cisco IOS Software, Version 15.9(3)M2\nr1 uptime is 1 week\n"
PLAIN = IOS.encode("ascii", "replace").decode()
LIMITS = msgspec.structs.replace(FAST, command=4.0, again=2.0, login=4.0, device=30.0, output=7_000_000)
TELNET = {"transport": "telnet"}
WAYS = ["ssh-cli", "telnet", "ssh-cli and ssh-exec"]


def outputs(trap):
    running = PLAIN
    if trap is Trap.BIG:
        lines = "".join(
            f"ip route 198.{at // 250 % 250}.{at % 250}.0 255.255.255.0 Null0 tag {at}\n" for at in range(90_000)
        )
        running = PLAIN.replace("!\nend\n", lines + "end\n")
    if trap is Trap.INVALID:
        running = PLAIN.replace("core-r1#5", "\xff\xfe\x00\x80\xff")
    return {"show running-config": running, "show version": VERSION}


def seen(trap, way, folder):
    """The device after a visit, and the snapshot."""
    limits = msgspec.structs.replace(LIMITS, output=300_000) if trap is Trap.ENDLESS else LIMITS
    device = TrapDevice(outputs(trap), trap, telnet=way == "telnet", exec_too=way.endswith("exec"))
    with device:
        made = login(device, folder)
        transport = "telnet" if way == "telnet" else "ssh-cli"
        snapshot = visit(
            device, folder, limits=limits, device=msgspec.structs.replace(made.device, transport=transport)
        )
    return device, snapshot


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("trap", list(Trap), ids=lambda trap: trap.name.lower())
def test_whole_or_not_collected(trap, way, tmp_path):
    device, snapshot = seen(trap, way, tmp_path)
    wanted = outputs(trap)
    wanted = {RUNNING: wanted["show running-config"], "show version": wanted["show version"]}
    found = {one.name: one.content.decode("latin-1") for one in snapshot.documents}
    for name, text in found.items():
        assert text == wanted[name], (trap, name, text[-400:])
    told = reasons(snapshot)
    for name in set(wanted) - set(found):
        assert name in told or re.match(r"127.0.0.1 port|the device asks a question", told.get("", "")), told
    if trap in MUST_BE_WHOLE or (way.endswith("exec") and trap not in {*NOTHING_SENT, Trap.ENDLESS}):
        assert set(found) == set(wanted), told
    listed = {text for one in PLATFORMS["cisco_ios"].commands for text in one.send}
    sent = {line for line in device.lines if line}
    assert sent <= listed | set(PLATFORMS["cisco_ios"].settings)
    if trap in NOTHING_SENT:
        assert device.lines == []
        assert "asks a question after the login" in told[""]


def test_the_pager_is_noticed_at_once_and_no_key_is_pressed(tmp_path):
    device, snapshot = seen(Trap.MORE, "ssh-cli", tmp_path)
    assert "waits for a key in the middle of the output" in reasons(snapshot)[RUNNING]
    assert " " not in device.lines


def test_telnet_says_what_it_is(tmp_path):
    _, snapshot = seen(Trap.NONE, "telnet", tmp_path)
    assert texts(snapshot)[RUNNING] == PLAIN
    assert {one.collected_by for one in snapshot.documents} == {"telnet command line"}
    assert [(one.reason, one.asked) for one in snapshot.errors] == [(NOTICE, False)]


def test_a_refused_login_over_telnet_is_not_repeated(tmp_path):
    with TrapDevice(outputs(Trap.NONE), Trap.NONE, telnet=True) as device:
        made = login(device, tmp_path, username="nobody")
        target = msgspec.structs.replace(made.device, **TELNET)
        snapshot = visit(device, tmp_path, username="nobody", device=target, limits=LIMITS)
    assert reasons(snapshot)[""] == "the login of nobody was refused"
    assert device.logins == 1


def test_telnet_is_never_a_fallback(tmp_path):
    for definition in PLATFORMS.values():
        assert "telnet" not in definition.transports
    with TrapDevice(outputs(Trap.NONE), Trap.NONE, telnet=True) as device:
        snapshot = visit(device, tmp_path, limits=msgspec.structs.replace(FAST, login=1.0))
    assert device.password not in device.passwords
    assert re.search(r"no SSH|no answer in time|closed", reasons(snapshot)[""])


class _Pipe:
    """A socket whose bytes come in the pieces of a list."""

    def __init__(self, *pieces):
        self._pieces = list(pieces)
        self.sent = b""

    def recv(self, _size):
        return self._pieces.pop(0) if self._pieces else b""

    def sendall(self, data):
        self.sent += data


def test_commands_of_telnet_in_pieces():
    pipe = _Pipe(b"a\xff", b"\xfb", b"\x01b\xff\xff", b"\xff\xfa\x18\x01\xff", b"\xf0c\r", b"\0\xff\xf9d\xff\xfd\x18")
    wire = TelnetWire(pipe)
    heard = b""
    while piece := wire.recv(100):
        heard += piece
    assert heard == b"ab\xffc\r\0d" or heard == b"ab\xffc\rd"
    assert pipe.sent == b"\xff\xfd\x01\xff\xfc\x18"
    wire.sendall(b"x\xff\n")
    assert pipe.sent.endswith(b"x\xff\xff\r\0")
