"""`auditor inventory show|validate|trust`."""

import re
import stat

import pytest

from tests.collect.exec_server import free_port
from tests.collect.support import emulated


@pytest.fixture
def inventory(tmp_path):
    def make(*devices):
        path = tmp_path / "inventory.yaml"
        listed = "".join(f"  - {{{one}}}\n" for one in devices)
        path.write_text(f"schema: auditor/inventory/1\ncredentials: {{ops: {{username: u}}}}\ndevices:\n{listed}")
        return path

    return make


def at(name, device, **_):
    return f"name: {name}, platform: ios, address: 127.0.0.1, port: {device.port}"


def test_show(auditor, inventory):
    path = inventory(
        "name: pe1, platform: ios, role: pe, site: osl, address: 192.0.2.1, credential: ops",
        "name: ce1, platform: junos, config: a.cfg",
    )
    done = auditor("inventory", "show", path)
    assert done.code == 0
    lines = [line.split() for line in done.out.splitlines()]
    assert lines[1:] == [["pe1", "cisco_ios", "pe", "osl", "192.0.2.1", "ops"], ["ce1", "juniper_junos", "a.cfg"]]
    assert "ce1" not in auditor("inventory", "show", path, "--only", "pe*").out
    assert auditor("inventory", "show", path, "--only", "x").err == "auditor: no device matches 'x'\n"


def test_show_takes_markup_and_control_characters_for_text(auditor, inventory):
    done = auditor("inventory", "show", inventory('name: "[red]pe[red]", role: "a\\u001b[31m", config: x'))
    assert "[red]pe[red]" in done.out
    assert "\x1b[31m" not in done.out


def test_validate(auditor, inventory):
    path = inventory("name: pe1, config: x")
    done = auditor("inventory", "validate", path)
    assert (done.code, done.out) == (0, f"{path}: 1 devices, 1 credentials\n")


def test_validate_tells_every_fault(auditor, inventory):
    path = inventory("name: pe1, platform: cisco_ioss, config: x", "name: pe2, port: 0, config: x")
    done = auditor("inventory", "validate", path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"auditor: {path}:4: device 'pe1': unknown platform 'cisco_ioss'; did you mean 'cisco_ios'?\n"
        f"{path}:5: device 'pe2': port 0: expected 1 to 65535\n"
    )


def test_validate_without_a_file(auditor, tmp_path):
    done = auditor("inventory", "validate", tmp_path / "none.yaml")
    assert done.code == 2
    assert done.err == f"auditor: {tmp_path / 'none.yaml'}: cannot be read: No such file or directory\n"


def test_trust_stores_only_when_told(auditor, inventory, tmp_path):
    with emulated() as device:
        path = inventory(at("pe1", device))
        shown = auditor("inventory", "trust", path)
        assert shown.code == 0
        first, second = shown.out.splitlines()
        assert re.fullmatch(r"pe1: ssh-ed25519 SHA256:[\w+/]{43} \(new\)", first)
        assert second.startswith("not stored: compare the fingerprints")
        assert not (tmp_path / "known_hosts").exists()

        stored = auditor("inventory", "trust", path, "--yes")
        assert stored.code == 0
        assert stored.out.splitlines() == [first, f"1 keys stored in {tmp_path / 'known_hosts'}"]
        assert (tmp_path / "known_hosts").read_text() == device.host_key_line + "\n"
        assert stat.S_IMODE((tmp_path / "known_hosts").stat().st_mode) == 0o600

        again = auditor("inventory", "trust", path, "--yes")
        assert (again.code, again.out) == (0, first.replace("(new)", "(known)") + "\n")
        assert (tmp_path / "known_hosts").read_text() == device.host_key_line + "\n"
        assert (device.logins, device.commands) == ([], [])


def test_trust_never_replaces_a_key(auditor, inventory, tmp_path):
    with emulated() as device:
        path = inventory(at("pe1", device))
        auditor("inventory", "trust", path, "--yes")
        before = (tmp_path / "known_hosts").read_text()
        device.restart()
        done = auditor("inventory", "trust", path, "--yes")
    assert done.code == 3
    assert done.out.endswith("(CHANGED, not stored)\n")
    assert (tmp_path / "known_hosts").read_text() == before


def test_trust_asks_the_devices_named_and_tells_who_does_not_answer(auditor, inventory, tmp_path):
    with emulated() as device, emulated() as other:
        closed = f"name: pe3, platform: ios, address: 127.0.0.1, port: {free_port()}"
        path = inventory(at("pe1", device), at("ce1", other), closed, "name: pe4, config: x")
        done = auditor("inventory", "trust", path, "--yes", "--only", "pe*")
    assert done.code == 3
    assert re.search(r"^pe3: 127.0.0.1 port \d+: connection refused$", done.out, re.MULTILINE)
    assert "ce1" not in done.out
    assert (tmp_path / "known_hosts").read_text() == device.host_key_line + "\n"
