"""Commands of the Linux shell under a command line: asked of the devices whose inventory permits it, and of no other."""

import msgspec
import pytest

from auditor.collect.allowed import ForbiddenCommandError, allowed
from auditor.collect.ssh import collect_ssh
from auditor.engine.packs import load
from lab.emulator import twins
from tests.collect.support import login, texts
from tests.collect.test_cli_collect import PASSWORD, entry, inventory, known_hosts

PLATFORMS = load().platforms
SHELL = {
    name: [text for command in definition.commands if command.shell for text in command.send]
    for name, definition in PLATFORMS.items()
}
WITH_ONE = [name for name, texts_ in SHELL.items() if texts_]


def test_platforms_with_such_commands():
    assert WITH_ONE == ["arista_eos", "nokia_srlinux"]


@pytest.mark.parametrize("name", WITH_ONE)
def test_the_transport_refuses_them_without_permission(name):
    for text in SHELL[name]:
        assert allowed(PLATFORMS[name], text, shell=True) == text
        with pytest.raises(ForbiddenCommandError, match="without the inventory's permission"):
            allowed(PLATFORMS[name], text)
        for other in (text + " -x", text + ";id", "bash", "bash id", "bash sudo ss -tlnp"):
            with pytest.raises(ForbiddenCommandError, match="not on the platform's list"):
                allowed(PLATFORMS[name], other, shell=True)


@pytest.mark.parametrize("permitted", [False, True])
@pytest.mark.parametrize("way", ["ssh-cli", "ssh-exec"])
@pytest.mark.parametrize("name", WITH_ONE)
def test_they_are_asked_for_where_the_inventory_permits_it(name, way, permitted, tmp_path):
    with twins.device(name, twins.SOUND) as device:
        plain = login(device, tmp_path)
        target = msgspec.structs.replace(plain.device, platform=name, transport=way, shell_commands=permitted)
        snapshot = collect_ssh(msgspec.structs.replace(plain, device=target), PLATFORMS[name])
        sent = [text for text in device.commands if text in SHELL[name]]
        assert not [text for text in device.commands if text.startswith("bash") and text not in SHELL[name]]
    refused = {error.document: error for error in snapshot.errors}
    assert sent == (SHELL[name] if permitted else [])
    for text in SHELL[name]:
        assert (text in texts(snapshot)) is permitted
        if not permitted:
            assert refused[text].asked is False
            assert refused[text].reason.endswith("which the inventory does not permit (shell_commands)")


def test_a_dry_run_names_them_for_the_devices_that_permit_them(auditor, tmp_path):
    with twins.device("arista_eos", twins.SOUND) as one:
        path = inventory(tmp_path, entry("r1", one) + ", shell_commands: true", entry("r2", one))
        first, _, second = auditor("collect", path, "--dry-run").out.partition("\nr2: ")
    lines = [f"  shell: {text}" for text in SHELL["arista_eos"]]
    assert [line for line in first.splitlines() if "bash" in line] == lines
    assert "bash" not in second
    listed = auditor("commands", "--platform", "arista_eos", "--format", "csv").out.splitlines()
    assert [line.split(",")[1] for line in listed if "bash" in line] == ["shell"] * len(lines)


def test_permitted_by_a_rule_for_listed_devices(auditor, tmp_path):
    (tmp_path / "router.db").write_text("leaf1:arista:up\nleaf2:arista:up\n")
    path = tmp_path / "inventory.yaml"
    path.write_text(
        "schema: auditor/inventory/1\n"
        'credentials:\n  ops: {username: auditor, password: "env:T_PASSWORD"}\n'
        "defaults: {credential: ops}\nsources:\n  - {kind: rancid, path: router.db}\n"
        "assign:\n  - {match: {name: leaf1}, shell_commands: true}\n"
    )
    first, _, second = auditor("collect", path, "--dry-run").out.partition("\nleaf2: ")
    assert "  shell: bash ps -ef" in first.splitlines()
    assert "bash" not in second


def test_a_missing_permission_makes_nothing_incomplete_and_says_so(auditor, tmp_path, monkeypatch):
    monkeypatch.setenv("T_PASSWORD", PASSWORD)
    with twins.device("nokia_srlinux", twins.COMPROMISED) as one:
        known_hosts(tmp_path, one.host_key_line)
        path = inventory(tmp_path, entry("r1", one))
        done = auditor("collect", path, "-o", tmp_path / "s")
    assert (done.code, done.err) == (0, f"snapshot of 1 devices: {tmp_path / 's'}\n")
    shown = auditor("snapshot", "list", tmp_path / "s").out
    assert "  missing bash ss -tulpn: not collected: a command of the device's shell" in shown
