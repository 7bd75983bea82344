"""Traps on every interactive transport: an output is whole or not collected, never cut and never another command's."""

import re
import time

import msgspec
import pytest

from auditor.collect.ssh import collect_ssh
from auditor.collect.telnet import NOTICE, TelnetWire
from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Transport
from auditor.platforms.redaction.plain import plain
from tests.collect.forms import NAMES
from tests.collect.netconf_server import MUST_BE_WHOLE as NETCONF_MUST_BE_WHOLE
from tests.collect.netconf_server import NetconfServer
from tests.collect.netconf_server import Trap as NetconfTrap
from tests.collect.support import FAST, PLATFORMS, login, reasons, visit
from tests.collect.trap_exec import MUST_BE_WHOLE as EXEC_MUST_BE_WHOLE
from tests.collect.trap_exec import WHOLE_FROM_A_SHELL, ExecTrapDevice
from tests.collect.trap_exec import Trap as ExecTrap
from tests.collect.trap_terminal import MUST_BE_WHOLE, NOT_BY_EXEC, NOTHING_SENT, TELNET_ONLY, Trap, TrapDevice

LIMITS = msgspec.structs.replace(FAST, command=4.0, again=2.0, login=4.0, device=30.0, output=7_000_000)
BLANKS = {" " * number for number in range(1, 17)}
"""What is asked at a prompt: nothing."""
DATA = "<configuration><version>21.4R3.15</version><system><host-name>r1</host-name></system></configuration>"
WAYS = ["ssh-cli", "telnet", "ssh-cli and ssh-exec"]
OTHER_FORMS = [name for name in NAMES if name != "cisco_ios"]


def seen(trap, way, folder, form="cisco_ios", **changes):
    """The device after a visit, and the snapshot."""
    limits = msgspec.structs.replace(LIMITS, output=300_000) if trap is Trap.ENDLESS else LIMITS
    with TrapDevice(trap, form, telnet=way == "telnet", exec_too=way.endswith("exec")) as device:
        made = login(device, folder, limits=limits, **changes)
        target = msgspec.structs.replace(made.device, transport="telnet" if way == "telnet" else "ssh-cli")
        snapshot = collect_ssh(msgspec.structs.replace(made, device=target), device.form.definition)
    return device, snapshot


def judge(device, trap, way, snapshot):
    """Nothing wrong, nothing missing without a reason, nothing sent that is not on the list."""
    found = {one.name: one.content for one in snapshot.documents}
    for name, content in found.items():
        assert content == device.documents[name], (trap, name, content[-400:])
    told = reasons(snapshot)
    for name in set(device.documents) - set(found):
        assert name in told or re.match(r"127.0.0.1 port|the device asks a question", told.get("", "")), told
    if trap in MUST_BE_WHOLE or (way.endswith("exec") and trap not in NOT_BY_EXEC):
        assert set(found) == set(device.documents), told
    definition = device.form.definition
    listed = {text for one in definition.commands for text in one.send} | set(definition.settings)
    assert {line for line in device.lines if line.strip()} <= listed
    assert device.password not in device.lines + device.names
    if trap in NOTHING_SENT:
        assert device.lines == []
        assert "asks a question after the login" in told[""]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("trap", list(Trap), ids=lambda trap: trap.name.lower())
def test_whole_or_not_collected(trap, way, tmp_path):
    if trap in TELNET_ONLY and way != "telnet":
        pytest.skip("a trap of Telnet")
    device, snapshot = seen(trap, way, tmp_path)
    judge(device, trap, way, snapshot)


@pytest.mark.parametrize("name", OTHER_FORMS)
@pytest.mark.parametrize(
    "trap",
    [Trap.NONE, Trap.QUOTED_PAUSE, Trap.SYSLOG_MIDDLE, Trap.MORE, Trap.INVALID, Trap.RESET],
    ids=lambda trap: trap.name.lower(),
)
def test_every_platform_has_its_own_words(trap, name, tmp_path):
    """The other traps in these forms: `python -m benchmarks traps`."""
    device, snapshot = seen(trap, "ssh-cli", tmp_path, name)
    judge(device, trap, "ssh-cli", snapshot)


EXEC_LIMITS = msgspec.structs.replace(LIMITS, command=2.5, again=1.5)


def exec_seen(trap, form, folder):
    """The device after a visit by exec channels alone, and the snapshot."""
    limits = msgspec.structs.replace(EXEC_LIMITS, output=300_000) if trap is ExecTrap.ENDLESS else EXEC_LIMITS
    with ExecTrapDevice(trap, form) as device:
        made = login(device, folder, limits=limits)
        target = msgspec.structs.replace(made.device, transport="")
        definition = msgspec.structs.replace(device.form.definition, transports=(Transport.EXEC,))
        snapshot = collect_ssh(msgspec.structs.replace(made, device=target), definition)
    return device, snapshot


@pytest.mark.parametrize("name", ["frr", "cisco_nxos"])
@pytest.mark.parametrize("trap", list(ExecTrap), ids=lambda trap: trap.name.lower())
def test_whole_or_not_collected_over_exec_channels(trap, name, tmp_path):
    device, snapshot = exec_seen(trap, name, tmp_path)
    found = {one.name: one.content for one in snapshot.documents}
    for document, content in found.items():
        assert content == plain(device.documents[document]), (trap, document, content[-400:])
    told = reasons(snapshot)
    assert set(device.documents) - set(found) <= set(told) or told.get("", "").startswith("127.0.0.1 port"), told
    if trap in (WHOLE_FROM_A_SHELL if device.form.definition.shell else EXEC_MUST_BE_WHOLE):
        assert set(found) == set(device.documents), told
    assert set(device.lines) <= {text for one in device.form.definition.commands for text in one.send}


@pytest.mark.parametrize("chunked", [True, False], ids=["1.1", "1.0"])
@pytest.mark.parametrize("trap", list(NetconfTrap), ids=lambda trap: trap.name.lower())
def test_whole_or_not_collected_over_netconf(trap, chunked, tmp_path):
    """Two requests of a session: the configuration, and the second view of it."""
    limits = msgspec.structs.replace(EXEC_LIMITS, output=300_000) if trap is NetconfTrap.ENDLESS else EXEC_LIMITS
    with NetconfServer(DATA, chunked=chunked, trap=trap) as server:
        made = login(server, tmp_path, limits=limits, netconf_port=server.port)
        target = msgspec.structs.replace(made.device, transport="netconf", channels=("netconf",))
        definition = msgspec.structs.replace(
            PLATFORMS["juniper_junos"],
            transports=(Transport.NETCONF,),
            commands=PLATFORMS["juniper_junos"].commands[:1],
        )
        snapshot = collect_ssh(msgspec.structs.replace(made, device=target), definition)
    found = {one.name: one.content.decode(errors="replace") for one in snapshot.documents}
    for content in found.values():
        assert content in {server.reply(number) for number in range(1, 6)}, (trap, content[-400:])
    told = reasons(snapshot)
    assert {RUNNING, "netconf/running"} - set(found) <= set(told) or "" in told
    if trap in NETCONF_MUST_BE_WHOLE:
        assert set(found) == {RUNNING, "netconf/running"}, told


def test_a_command_line_that_echoes_too_late_is_left_for_exec_channels(tmp_path):
    """RouterOS has no settings: the line of blanks is the first that the reader types."""
    device, snapshot = seen(Trap.LATE_ECHO, "ssh-cli+exec", tmp_path, "mikrotik_routeros")
    assert {one.name: one.content for one in snapshot.documents} == device.documents


def test_the_pager_is_noticed_at_once_and_no_key_is_pressed(tmp_path):
    device, snapshot = seen(Trap.MORE, "ssh-cli", tmp_path)
    assert "waits for a key in the middle of the output" in reasons(snapshot)[RUNNING]
    assert set(device.lines) <= {
        RUNNING,
        f"{RUNNING} view full",
        "show version",
        "terminal length 0",
        "terminal width 511",
        "",
        *BLANKS,
    }


def test_telnet_says_what_it_is(tmp_path):
    device, snapshot = seen(Trap.NONE, "telnet", tmp_path)
    assert {one.name: one.content for one in snapshot.documents} == device.documents
    assert {one.collected_by for one in snapshot.documents} == {"telnet command line"}
    assert [(one.reason, one.asked) for one in snapshot.errors] == [(NOTICE, False)]


def test_a_refused_login_over_telnet_is_not_repeated(tmp_path):
    device, snapshot = seen(Trap.NONE, "telnet", tmp_path, username="nobody")
    assert reasons(snapshot)[""] == "the login of nobody was refused"
    assert device.logins == 1


def test_telnet_is_never_a_fallback(tmp_path):
    for definition in PLATFORMS.values():
        assert "telnet" not in definition.transports
    with TrapDevice(Trap.NONE, telnet=True) as device:
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


@pytest.mark.parametrize("trap", [Trap.OPTION_LOOP, Trap.ENDLESS_OPTION], ids=lambda trap: trap.name.lower())
def test_options_without_an_end_do_not_hold_up_a_visit(trap, tmp_path):
    begun = time.monotonic()
    seen(trap, "telnet", tmp_path)
    assert time.monotonic() - begun < 25, "two documents, each with two tries, and not the time of the device"


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
