"""Collection over an interactive command line, with everything that can go wrong on the way."""

import re
import time

import msgspec
import pytest

from auditor.collect.allowed import ForbiddenCommandError, allowed, operation, setting
from auditor.collect.credentials import Hidden
from auditor.collect.door import Door
from auditor.collect.link import Stop
from auditor.collect.terminal import Terminal
from auditor.model.device import Device
from auditor.platforms.cisco_ios import platform as ios
from lab.emulator import Fault
from lab.emulator.server import stored_outputs
from tests.collect.exec_server import free_port, listener
from tests.collect.support import (
    FAST,
    IOS,
    JUNOS_COMMAND,
    PLATFORMS,
    RUNNING,
    TEXTS,
    emulated,
    known_hosts,
    login,
    reasons,
    texts,
    visit,
)

CLI = sorted(TEXTS)
TWO = ("cisco_ios", "juniper_junos")
"""IOS-XE speaks like IOS."""
SHA256 = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


@pytest.mark.parametrize("platform", CLI)
def test_documents_come_whole(platform, tmp_path):
    with emulated(platform) as device:
        snapshot = visit(device, tmp_path)
    assert snapshot.errors == ()
    assert texts(snapshot) == {
        RUNNING: next(iter(TEXTS[platform].values())),
        "show version": stored_outputs(platform)["show version"],
    }
    assert {document.collected_by for document in snapshot.documents} == {"ssh command line"}
    assert all(document.collected_at for document in snapshot.documents)
    assert device.logins == [("auditor", True)]


@pytest.mark.parametrize("platform", CLI)
def test_only_the_list_and_terminal_settings_are_sent(platform, tmp_path):
    with emulated(platform) as device:
        visit(device, tmp_path)
    listed = {text for command in PLATFORMS[platform].commands for text in command.send}
    assert set(device.commands) <= listed | set(PLATFORMS[platform].settings)
    assert device.commands[-1] in listed, "nothing is sent to say good-bye"
    assert device.refused == []


def test_enable_is_sent_only_where_it_is_needed(tmp_path):
    with emulated(privileged=False, secret="enable-me") as device:
        snapshot = visit(device, tmp_path, enable=Hidden("enable-me"))
        assert texts(snapshot)[RUNNING] == IOS
        assert device.commands.count("enable") == 1
    with emulated(secret="enable-me") as device:
        assert visit(device, tmp_path, enable=Hidden("enable-me")).errors == ()
        assert "enable" not in device.commands


def test_enable_is_not_sent_to_a_platform_without_it(tmp_path):
    """One credential serves several platforms; the prompt of Junos ends like the one of an IOS without rights."""
    with emulated("juniper_junos") as device:
        assert visit(device, tmp_path, enable=Hidden("enable-me")).errors == ()
    assert "enable" not in device.commands


def test_a_log_line_without_a_new_prompt_ends_the_wait(tmp_path):
    """`terminal monitor` without `logging synchronous`: the prompt does not come back."""
    text = IOS + "r1#\n*Nov 24 09:15:02.481: %SYS-5-CONFIG_I: Configured from console"
    limits = msgspec.structs.replace(FAST, command=30.0, device=60.0)
    with emulated(outputs={RUNNING: text}, fault=Fault.HANG_IN_COMMAND, fault_commands=frozenset({RUNNING})) as device:
        device._outputs[RUNNING] = text + "\n" * len(text)
        begun = time.monotonic()
        snapshot = visit(device, tmp_path, limits=limits)
    assert time.monotonic() - begun < 10
    assert "quotes the device's own prompt at line 21" in reasons(snapshot)[RUNNING]


def test_a_wrong_enable_password_is_tried_once(tmp_path):
    with emulated(privileged=False, secret="enable-me") as device:
        snapshot = visit(device, tmp_path, enable=Hidden("another"))
    assert reasons(snapshot) == {"": "the enable password was refused"}
    assert device.commands.count("enable") == 1
    assert "another" not in device.commands


def test_without_privilege_the_configuration_is_refused(tmp_path):
    with emulated(privileged=False) as device:
        snapshot = visit(device, tmp_path)
    assert reasons(snapshot)[RUNNING].startswith("not collected: the device refused it: % Invalid input")
    assert list(texts(snapshot)) == ["show version"]


def test_a_banner_and_a_long_output_do_no_harm(tmp_path):
    long = IOS.replace(
        "!\nend\n", "".join(f"ip route 198.51.{i // 250}.{i % 250} Null0\n" for i in range(20000)) + "end\n"
    )
    with emulated(outputs={RUNNING: long}, banner="### r1# is watched > you ###\nPassword: never\n") as device:
        snapshot = visit(device, tmp_path)
    assert texts(snapshot)[RUNNING] == long


def test_bytes_that_are_no_utf_8_stay_as_they_are(tmp_path):
    """Every piece of a multi-byte character counts, wherever the network cuts."""
    text = IOS.replace("!\nend\n", "".join(f"snmp-server location {i} {'Ø€𝄞' * 50}\n" for i in range(800)) + "end\n")
    with emulated(outputs={RUNNING: text}) as device:
        assert texts(visit(device, tmp_path))[RUNNING] == text


def test_connection_refused(tmp_path):
    with emulated() as device:
        made = login(device, tmp_path)
    snapshot = _again(made)
    assert reasons(snapshot) == {"": f"127.0.0.1 port {device.port}: connection refused"}
    assert snapshot.errors[0].asked


def _again(made):
    from auditor.collect.ssh import collect_ssh  # noqa: PLC0415

    return collect_ssh(made, PLATFORMS[made.device.platform])


def test_a_name_that_cannot_be_resolved(tmp_path):
    with emulated() as device:
        made = login(device, tmp_path)
        made = msgspec.structs.replace(made, device=Device(name="r1", platform="cisco_ios", address="r1.invalid"))
        assert reasons(_again(made)) == {"": "r1.invalid port 22: the name cannot be resolved"}


def test_something_else_than_ssh_answers(tmp_path):
    with listener(lambda link: link.sendall(b"220 mail.example.net ESMTP\r\n" * 200)) as port, emulated() as device:
        made = login(device, tmp_path, device=Device(name="r1", platform="cisco_ios", address="127.0.0.1", port=port))
        assert reasons(_again(made)) == {"": f"127.0.0.1 port {port}: no SSH"}


def test_a_port_that_accepts_and_says_nothing(tmp_path):
    with listener(lambda link: link.recv(1) and link.recv(1)) as port, emulated() as device:
        made = login(device, tmp_path, device=Device(name="r1", platform="cisco_ios", address="127.0.0.1", port=port))
        made = msgspec.structs.replace(made, limits=msgspec.structs.replace(FAST, login=0.5))
        assert reasons(_again(made)) == {"": f"127.0.0.1 port {port}: no answer in time"}


@pytest.mark.parametrize("platform", TWO)
def test_closed_after_the_login(platform, tmp_path):
    with emulated(platform, fault=Fault.CLOSE_AFTER_AUTH) as device:
        snapshot = visit(device, tmp_path)
    assert reasons(snapshot) == {"": f"127.0.0.1 port {device.port}: the device closed the connection"}
    assert snapshot.documents == ()


def test_no_answer_to_the_login(tmp_path):
    limits = msgspec.structs.replace(FAST, login=0.6)
    with emulated(fault=Fault.HANG_AT_LOGIN) as device:
        snapshot = visit(device, tmp_path, limits=limits)
    assert re.fullmatch(r"127.0.0.1 port \d+: no answer( to the login)? in time", reasons(snapshot)[""])


def test_no_prompt_after_the_login(tmp_path):
    limits = msgspec.structs.replace(FAST, login=0.8)
    for platform in TWO:
        with emulated(platform, fault=Fault.HANG_BEFORE_PROMPT) as device:
            snapshot = visit(device, tmp_path, limits=limits)
        assert reasons(snapshot) == {"": f"127.0.0.1 port {device.port}: logged in, but no prompt came in time"}


def test_a_command_that_hangs_takes_no_other_with_it(tmp_path):
    with emulated(fault=Fault.HANG_IN_COMMAND, fault_commands=frozenset({RUNNING})) as device:
        begun = time.monotonic()
        snapshot = visit(device, tmp_path)
    assert time.monotonic() - begun < FAST.command + FAST.again + 2
    assert reasons(snapshot)[RUNNING].startswith("not collected: no prompt came back in time; a second try")
    assert texts(snapshot) == {"show version": stored_outputs("cisco_ios")["show version"]}


def test_closed_in_the_middle_of_an_output(tmp_path):
    with emulated(fault=Fault.CLOSE_IN_OUTPUT, fault_commands=frozenset({RUNNING})) as device:
        snapshot = visit(device, tmp_path)
    assert reasons(snapshot) == {RUNNING: "not collected: the device closed the connection"}
    assert list(texts(snapshot)) == ["show version"]


def test_an_unknown_host_key(tmp_path):
    with emulated() as device:
        made = login(device, tmp_path, known_hosts=tmp_path / "none")
        snapshot = _again(msgspec.structs.replace(made, device=msgspec.structs.replace(made.device, name="pe 7")))
    text = reasons(snapshot)[""]
    assert text.startswith(f"the host key of [127.0.0.1]:{device.port} is not known (ssh-ed25519 SHA256:")
    assert text.endswith("accept it with: auditor inventory trust INVENTORY --only 'pe 7'")
    assert (device.commands, device.logins) == ([], [])
    assert not (tmp_path / "none").exists()


def test_a_changed_host_key(tmp_path):
    with emulated() as device:
        made = login(device, tmp_path)
        before = made.known_hosts.read_text()
        device.restart()
        snapshot = _again(made)
    text = reasons(snapshot)[""]
    assert "changed: was SHA256:" in text and text.endswith("nothing was sent")
    assert len(set(SHA256.findall(text))) == 2
    assert (device.commands, device.logins) == ([], [])
    assert made.known_hosts.read_text() == before


def test_host_keys_that_cannot_be_read(tmp_path):
    with emulated() as device:
        made = login(device, tmp_path)
        made.known_hosts.write_bytes(b"\xff\xfe\0 nonsense\n[127.0.0.1]:1 ssh-rsa !!!\n")
        snapshot = _again(made)
    assert reasons(snapshot)[""]
    assert device.logins == []


def test_a_refused_login_is_not_repeated(tmp_path):
    with emulated(fault=Fault.REFUSE_LOGIN) as device:
        snapshot = visit(device, tmp_path)
    assert reasons(snapshot) == {"": "the login of auditor was refused"}
    assert device.logins == [("auditor", False)]


def test_a_credential_without_any_secret(tmp_path):
    with emulated() as device:
        snapshot = visit(device, tmp_path, password=Hidden(""))
    assert reasons(snapshot) == {"": "the credential has neither a password nor a key file"}
    assert device.logins == []


def test_a_key_file_that_is_not_there(tmp_path):
    with emulated() as device:
        snapshot = visit(device, tmp_path, key_file=str(tmp_path / "id"))
    assert reasons(snapshot) == {"": f"the key file {tmp_path / 'id'} cannot be read: No such file or directory"}


@pytest.mark.parametrize("platform", TWO)
def test_a_refused_command(platform, tmp_path):
    """Without the required document the audit is incomplete; without the other one it is not."""
    with emulated(platform, fault=Fault.COMMAND_REFUSED) as device:
        snapshot = visit(device, tmp_path)
    assert snapshot.documents == ()
    assert [(error.document, error.asked) for error in snapshot.errors] == [(RUNNING, True), ("show version", False)]
    assert all("the device refused it: " in error.reason for error in snapshot.errors)


def test_the_second_spelling_is_used_where_the_first_is_refused(tmp_path):
    outputs = {"show configuration | no-more": TEXTS["juniper_junos"][JUNOS_COMMAND]}
    with emulated("juniper_junos", outputs=outputs) as device:
        snapshot = visit(device, tmp_path)
    assert texts(snapshot)[RUNNING] == outputs["show configuration | no-more"]
    assert JUNOS_COMMAND in device.commands


def test_an_endless_output_is_bounded_in_size(tmp_path):
    limits = msgspec.structs.replace(FAST, output=20_000, command=6.0)
    with emulated(fault=Fault.ENDLESS_OUTPUT, fault_commands=frozenset({RUNNING})) as device:
        snapshot = visit(device, tmp_path, limits=limits)
    assert reasons(snapshot) == {RUNNING: "not collected: the output is longer than 20000 bytes"}
    assert list(texts(snapshot)) == ["show version"]


def test_an_endless_output_is_bounded_in_time(tmp_path):
    limits = msgspec.structs.replace(FAST, device=1.2)
    with emulated(fault=Fault.ENDLESS_OUTPUT) as device:
        begun = time.monotonic()
        snapshot = visit(device, tmp_path, limits=limits)
    assert time.monotonic() - begun < 2.5
    assert snapshot.documents == ()
    assert "the time for this device is over" in reasons(snapshot)["show version"]


@pytest.mark.parametrize("platform", TWO)
@pytest.mark.parametrize("pause", [0.0, 0.04, 0.3])
def test_a_quoted_prompt_never_cuts_a_document(platform, pause, tmp_path):
    with emulated(platform, fault=Fault.QUOTED_PROMPT, pause_s=pause) as device:
        snapshot = visit(device, tmp_path)
    prompt = "r1#" if platform != "juniper_junos" else "auditor@r1> "
    running = texts(snapshot)[RUNNING]
    assert running.replace(prompt + "show clock\n", "") == next(iter(TEXTS[platform].values()))
    assert "prompt at line" in snapshot.documents[0].collected_by
    assert snapshot.documents[0].collected_by.startswith("ssh exec, because by ssh command line: ")
    assert all(error.asked and "quotes the device's own prompt" in error.reason for error in snapshot.errors)
    assert snapshot.errors


@pytest.mark.parametrize(
    "hidden", ["end\nr1#\nusername backdoor\nend\n", "end\n\nr1#\n\nr1#\nusername backdoor\nend\n"]
)
def test_an_end_and_a_prompt_in_the_configuration_hide_nothing(hidden, tmp_path):
    """What an intruder would write into a banner, so that readers stop there."""
    text = IOS.removesuffix("end\n") + "banner motd ^C\n" + hidden
    with emulated(outputs={RUNNING: text}) as device:
        snapshot = visit(device, tmp_path)
    assert texts(snapshot)[RUNNING] == text
    assert re.search(r"quotes the device's own prompt at line \d+", snapshot.documents[0].collected_by)


def test_a_prompt_inside_a_line_is_no_prompt(tmp_path):
    text = IOS.replace("core-r1#5", "r1# r1#").replace("hostname r1", "hostname r1\n! r1#")
    with emulated(outputs={RUNNING: text}) as device:
        snapshot = visit(device, tmp_path)
    assert (texts(snapshot)[RUNNING], snapshot.documents[0].collected_by) == (text, "ssh command line")


@pytest.mark.parametrize("platform", TWO)
@pytest.mark.parametrize("pause", [0.0, 0.04, 0.2])
def test_a_late_log_line_gets_into_no_document(platform, pause, tmp_path):
    with emulated(platform, fault=Fault.LATE_SYSLOG, pause_s=pause) as device:
        snapshot = visit(device, tmp_path)
    assert texts(snapshot) == {
        RUNNING: next(iter(TEXTS[platform].values())),
        "show version": stored_outputs(platform)["show version"],
    }


def test_an_empty_output_is_not_collected(tmp_path):
    with emulated(outputs={RUNNING: "", "show version": ""}) as device:
        snapshot = visit(device, tmp_path)
    assert reasons(snapshot) == {
        RUNNING: "not collected: the output is empty",
        "show version": "not collected: the output is empty",
    }


def test_the_output_of_another_command_is_not_taken(tmp_path):
    version = stored_outputs("cisco_ios")["show version"]
    with emulated(outputs={RUNNING: version, "show version": IOS.replace("version", "release")}) as device:
        snapshot = visit(device, tmp_path)
    assert snapshot.documents == ()


def test_reasons_do_not_quote_secrets_of_a_cut_configuration(tmp_path):
    cut = IOS[: IOS.index("line vty")]
    with emulated(outputs={RUNNING: cut}) as device:
        snapshot = visit(device, tmp_path)
    assert "does not finish" in reasons(snapshot)[RUNNING]
    assert "WordOfTheDevice" not in reasons(snapshot)[RUNNING]


def test_a_foreign_command_is_refused_before_anybody_is_asked(tmp_path):
    terminal = Terminal(ios, Door(login(_Nobody, tmp_path), Stop()))
    for text in ("configure terminal", "show running-config | redirect flash:x", "", "show running-config\nreload"):
        with pytest.raises(ForbiddenCommandError) as caught:
            terminal.ask(text, 1.0)
        assert text not in str(caught.value) or not text
        with pytest.raises(ForbiddenCommandError):
            allowed(ios, text)


class _Nobody:
    address, port, username, password = "127.0.0.1", 1, "auditor", "x"
    host_key_line = ""
    platform = "cisco_ios"


def test_only_settings_of_the_platform_prepare_a_command_line():
    for text in ("configure terminal", "exit", "show running-config", "terminal length 0; reload", ""):
        with pytest.raises(ForbiddenCommandError):
            setting(ios, text)
    for name in ("", "edit-config", "get-config running"):
        with pytest.raises(ForbiddenCommandError):
            operation(ios, name)


def test_nothing_is_stored_where_nobody_listens(tmp_path):
    made = login(_Nobody, tmp_path, known_hosts=known_hosts(tmp_path))
    made = msgspec.structs.replace(made, device=msgspec.structs.replace(made.device, port=free_port()))
    assert reasons(_again(made))[""].endswith("connection refused")
