"""Collection over exec channels: FRR on Linux."""

import logging
import time

import asyncssh
import msgspec
import pytest

from auditor.collect.allowed import ForbiddenCommandError
from auditor.collect.credentials import Hidden
from auditor.collect.door import Door
from auditor.collect.exec import Exec
from auditor.collect.link import Stop
from tests.collect.exec_server import Answer, End, ExecServer
from tests.collect.support import FAST, PLATFORMS, RUNNING, login, reasons, texts, visit

FRR = PLATFORMS["frr"]
LISTED = {text for command in FRR.commands for text in command.send}
REQUIRED = {command.document for command in FRR.commands if command.required}
CONFIG = "frr version 8.4.4\nhostname r1\nrouter bgp 64500\n neighbor 192.0.2.1 remote-as 64501\nexit\nend\n"
VTYSH = "vtysh -c 'show running-config'"
PASSWD = "root:x:0:0:root:/root:/bin/bash\nfrr:x:100:100::/:/usr/sbin/nologin\n"
GROUP = "root:x:0:\nfrrvty:x:101:auditor\n"
GOOD = {
    VTYSH: Answer(CONFIG),
    "cat /etc/passwd": Answer(PASSWD),
    "cat /etc/group": Answer(GROUP),
    "ip -d link show": Answer("1: lo: <LOOPBACK> mtu 65536\n"),
}


def with_running(answer: Answer) -> dict[str, Answer]:
    return {**GOOD, VTYSH: answer}


def test_documents_come_whole(tmp_path):
    with ExecServer(GOOD) as server:
        snapshot = visit(server, tmp_path)
    found = texts(snapshot)
    assert found[RUNNING] == CONFIG
    assert (found["/etc/passwd"], found["/etc/group"]) == (PASSWD, GROUP)
    assert snapshot.documents[0].collected_by == "ssh exec"
    assert set(found) | set(reasons(snapshot)) == {command.document for command in FRR.commands}
    assert not any(error.asked for error in snapshot.errors)
    assert server.logins == 1


def test_only_listed_commands_are_sent(tmp_path):
    with ExecServer(GOOD) as server:
        visit(server, tmp_path)
    assert set(server.commands) <= LISTED
    assert len(server.commands) == len(set(server.commands)), "nothing is asked twice where the device refuses"


def test_the_first_spelling_refused_the_second_taken(tmp_path):
    with ExecServer({"show running-config": Answer(CONFIG)}) as server:
        snapshot = visit(server, tmp_path)
    assert texts(snapshot) == {RUNNING: CONFIG}
    assert server.commands[:2] == [VTYSH, "show running-config"]


def test_refused_by_a_message_and_status_zero(tmp_path):
    """A login shell of vtysh ends with 0 whatever it was told."""
    answers = {VTYSH: Answer("% Unknown command: vtysh -c\n"), "show running-config": Answer(CONFIG)}
    with ExecServer(answers) as server:
        assert texts(visit(server, tmp_path))[RUNNING] == CONFIG


def test_a_refusal_is_told_in_the_words_of_the_device(tmp_path):
    denied = Answer(err="cat: /etc/passwd: Permission denied\n", status=1)
    with ExecServer({**GOOD, "cat /etc/passwd": denied, "cat /etc/group": Answer(status=3)}) as server:
        told = reasons(visit(server, tmp_path))
    assert told["/etc/passwd"] == "not collected: the device refused it: cat: /etc/passwd: Permission denied"
    assert told["/etc/group"] == "not collected: the command ended with status 3"


def test_nothing_accepted_makes_the_required_document_missing(tmp_path):
    with ExecServer({}) as server:
        snapshot = visit(server, tmp_path)
    assert snapshot.documents == ()
    assert {error.document for error in snapshot.errors if error.asked} == REQUIRED


def test_what_a_program_says_on_stderr_does_not_spoil_the_document(tmp_path):
    noise = Answer(CONFIG, err="% Can't open configuration file /etc/frr/vtysh.conf due to 'Permission denied'.\n")
    with ExecServer({**with_running(noise), "cat /etc/group": Answer(GROUP, err="cat: flood\n" * 400_000)}) as server:
        found = texts(visit(server, tmp_path))
    assert (found[RUNNING], found["/etc/group"]) == (CONFIG, GROUP)


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (End.NO_STATUS, "the command did not run to its end"),
        (End.SIGNAL, "the command did not run to its end"),
        (End.CUT, "the device closed the connection"),
        (End.HANG, "no end of the output within 0.4 s; a second try by ssh exec: no end of the output"),
        (
            End.HALF_CLOSED,
            "no end of the command within 0.4 s; a second try by ssh exec: no end of the command",
        ),
    ],
)
def test_a_cut_output_is_no_document(end, reason, tmp_path):
    """/etc/passwd has no end mark: only the channel tells that it is whole."""
    limits = msgspec.structs.replace(FAST, command=0.4, again=0.3)
    with ExecServer({**GOOD, "cat /etc/passwd": Answer(PASSWD, end)}) as server:
        snapshot = visit(server, tmp_path, limits=limits)
    assert reasons(snapshot)["/etc/passwd"].startswith("not collected: " + reason)
    assert texts(snapshot)[RUNNING] == CONFIG
    assert texts(snapshot)["/etc/group"] == GROUP, "what comes after the broken command is collected"


def test_an_endless_output_is_bounded(tmp_path):
    limits = msgspec.structs.replace(FAST, output=100_000)
    with ExecServer(with_running(Answer("no end\n" * 100, End.ENDLESS))) as server:
        begun = time.monotonic()
        snapshot = visit(server, tmp_path, limits=limits)
    assert reasons(snapshot)[RUNNING] == "not collected: the output is longer than 100000 bytes"
    assert time.monotonic() - begun < 4


def test_a_device_that_refuses_channels(tmp_path):
    with ExecServer(GOOD, shut=True) as server:
        snapshot = visit(server, tmp_path)
    assert reasons(snapshot)[RUNNING] == "not collected: the device refused to open a channel"
    assert snapshot.documents == ()
    assert server.logins == 1, "what a device does not offer is not tried again on a new connection"


def test_the_time_of_the_device_bounds_everything(tmp_path):
    limits = msgspec.structs.replace(FAST, device=1.0, command=60.0, again=60.0)
    with ExecServer({text: Answer("x", End.HANG) for text in LISTED}) as server:
        begun = time.monotonic()
        snapshot = visit(server, tmp_path, limits=limits)
    assert time.monotonic() - begun < 2.5
    assert "the time for this device is over" in reasons(snapshot)[RUNNING]


def test_a_refused_login_is_not_repeated(tmp_path):
    with ExecServer(GOOD) as server:
        made = login(server, tmp_path)
        server.password = "changed meanwhile"
        snapshot = _collect(made)
    assert reasons(snapshot) == {"": "the login of auditor was refused"}
    assert (server.logins, server.commands) == (1, [])


def _collect(made):
    from auditor.collect.ssh import collect_ssh  # noqa: PLC0415

    return collect_ssh(made, FRR)


@pytest.mark.parametrize("passphrase", [None, "exec-server-password"])
def test_login_with_a_key(passphrase, tmp_path):
    """The named key and no other; the password opens it where it is encrypted."""
    key, path = asyncssh.generate_private_key("ssh-ed25519"), tmp_path / "id"
    path.write_bytes(key.export_private_key("openssh", passphrase, rounds=50))
    with ExecServer(GOOD) as server:
        server.keys = [key.export_public_key()]
        snapshot = visit(server, tmp_path, key_file=str(path))
    assert reasons(snapshot).get("", "") == ""
    assert texts(snapshot)[RUNNING] == CONFIG
    assert set(server.offered) == {key.get_fingerprint()}
    assert server.logins == 0, "no password was sent"


def test_an_encrypted_key_without_its_passphrase(tmp_path):
    key, path = asyncssh.generate_private_key("ssh-ed25519"), tmp_path / "id"
    path.write_bytes(key.export_private_key("openssh", "another"))
    with ExecServer(GOOD) as server:
        server.keys = [key.export_public_key()]
        snapshot = visit(server, tmp_path, key_file=str(path), password=Hidden(""))
    assert reasons(snapshot) == {"": f"the key file {path} is no private key that the password opens"}


def test_a_foreign_command_is_refused(tmp_path):
    with ExecServer(GOOD) as server:
        way = Exec(FRR, Door(login(server, tmp_path), Stop()))
        for text in ("cat /etc/shadow", "vtysh -c 'configure terminal'", "cat /etc/passwd; id", ""):
            with pytest.raises(ForbiddenCommandError):
                way.ask(text, 1.0)
        way.close()
    assert (server.logins, server.commands) == (0, [])


def test_the_libraries_log_nothing(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with ExecServer(GOOD) as server:
        visit(server, tmp_path)
    assert [record for record in caplog.records if record.name.startswith(("paramiko", "netmiko"))] == []


HARMLESS = {
    "a quoted prompt": CONFIG.replace("exit", "banner motd x\nr1# \nr1# show version\nexit"),
    "bytes that are no text": CONFIG.replace("64501", "64501\xff\xfe\x00\x1b[2J"),
    "a log line": CONFIG.replace("exit", "*Nov 24 09:15:02.481: %SYS-5-CONFIG_I: Configured\nexit"),
    "five megabytes": CONFIG.replace("exit", "".join(f" network 198.51.{at}.0/24\n" for at in range(200_000)) + "exit"),
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_deceives_a_reader_of_prompts_does_no_harm_here(text, tmp_path):
    limits = msgspec.structs.replace(FAST, command=10.0, device=30.0)
    with ExecServer(with_running(Answer(text))) as server:
        assert texts(visit(server, tmp_path, limits=limits))[RUNNING] == text


def test_the_question_of_a_pager_in_an_output_is_noticed(tmp_path):
    with ExecServer(with_running(Answer(CONFIG.replace("exit", " --More-- \nexit")))) as server:
        assert reasons(visit(server, tmp_path))[RUNNING].endswith(
            "the question of a pager stands in the output at line 5"
        )


def test_a_package_that_is_not_there_hides_no_altered_file(tmp_path):
    """dpkg ends with status 1 and names the packages on the other stream; what it found of the others stands."""
    verify = next(text for text in LISTED if text.startswith("dpkg -V"))
    altered, absent = "??5??????   /usr/bin/passwd\n", "dpkg: package 'sudo' is not installed\n"
    with ExecServer({**GOOD, verify: Answer(altered, err=absent, status=1)}) as server:
        assert texts(visit(server, tmp_path))["dpkg -V"] == altered + absent
    for complaint in (absent + "dpkg: error: cannot read\n", absent * 200 + "dpkg: error: cannot read\n"):
        with ExecServer({**GOOD, verify: Answer(altered, err=complaint, status=1)}) as server:
            assert "dpkg -V" not in texts(snapshot := visit(server, tmp_path))
            assert "dpkg -V" in reasons(snapshot)
