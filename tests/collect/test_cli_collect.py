"""`auditor collect` and `auditor snapshot`."""

import csv
import io
import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime

from auditor import __version__
from auditor.collect.oids import oid
from auditor.platforms.redaction import forbidden
from auditor.snapshots.reader import opened, read
from lab.emulator import Fault
from tests.collect.exec_server import listener
from tests.collect.support import IOS, emulated, known_hosts

PASSWORD = "lab-only-password"


def inventory(folder, *devices: str, password: str = "env:T_PASSWORD"):
    path = folder / "inventory.yaml"
    listed = "".join(f"  - {{{one}}}\n" for one in devices)
    path.write_text(
        "schema: auditor/inventory/1\n"
        f'credentials:\n  ops: {{username: auditor, password: "{password}"}}\n'
        f"defaults: {{credential: ops}}\ndevices:\n{listed}"
    )
    return path


def entry(name: str, device) -> str:
    return f"name: {name}, platform: {device.platform}, address: {device.address}, port: {device.port}"


def test_complete(auditor, tmp_path, monkeypatch):
    monkeypatch.setenv("T_PASSWORD", PASSWORD)
    with emulated() as one, emulated("juniper_junos") as two:
        known_hosts(tmp_path, one.host_key_line, two.host_key_line)
        path = inventory(tmp_path, entry("r1", one), entry("r2", two))
        done = auditor("collect", path, "-o", tmp_path / "s")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"snapshot of 2 devices: {tmp_path / 's'}\n"
    listed = auditor("snapshot", "list", tmp_path / "s")
    assert listed.code == 0
    head, *lines = listed.out.splitlines()
    assert head.startswith("collected 20") and head.endswith(f" by auditor {__version__}")
    assert lines[:2] == [
        "r1 (cisco_ios)",
        f"  show running-config  {len(IOS.encode())} bytes  ssh command line",
    ]
    checked = auditor("snapshot", "verify", tmp_path / "s")
    assert (checked.code, checked.out) == (0, "every document is as it was collected; no signature\n")
    assert PASSWORD not in (tmp_path / "s" / "manifest.json").read_text()


def test_incomplete(auditor, tmp_path, monkeypatch):
    monkeypatch.setenv("T_PASSWORD", PASSWORD)
    with emulated(fault=Fault.COMMAND_REFUSED) as one, emulated() as two:
        known_hosts(tmp_path, one.host_key_line)
        path = inventory(tmp_path, entry("r1", one), entry("r2", two), "name: r3, config: missing.cfg")
        done = auditor("collect", path, "-o", tmp_path / "s")
        assert two.logins == []
    assert done.code == 3
    lines = sorted(done.err.splitlines())
    assert lines[0].startswith("r1: show running-config: not collected: the device refused it: ")
    assert lines[1].startswith("r2: the host key of [127.0.0.1]:") and "--only r2" in lines[1]
    assert lines[2:] == [
        "r3: missing.cfg: cannot be read: No such file or directory",
        f"snapshot of 3 devices: {tmp_path / 's'}",
    ]
    assert auditor("collect", path, "-o", tmp_path / "t", "--quiet").err == ""


def test_only(auditor, tmp_path):
    (tmp_path / "a.cfg").write_text(IOS)
    path = inventory(tmp_path, "name: pe1, config: a.cfg", "name: ce1, config: missing.cfg")
    done = auditor("collect", path, "-o", tmp_path / "s", "--only", "pe*")
    assert (done.code, done.err) == (0, f"snapshot of 1 devices: {tmp_path / 's'}\n")
    nobody = auditor("collect", path, "-o", tmp_path / "t", "--only", "x*")
    assert (nobody.code, nobody.err) == (2, "auditor: no device matches 'x*'\n")
    assert not (tmp_path / "t").exists()


def test_output_that_cannot_be_used(auditor, tmp_path):
    (tmp_path / "a.cfg").write_text(IOS)
    path = inventory(tmp_path, "name: pe1, config: a.cfg")
    (tmp_path / "file").touch()
    auditor("collect", path, "-o", tmp_path / "s")
    again = auditor("collect", path, "-o", tmp_path / "s")
    assert (again.code, again.err) == (2, f"auditor: {tmp_path / 's'}: holds a snapshot already\n")
    in_file = auditor("collect", path, "-o", tmp_path / "file" / "s")
    assert in_file.code == 2
    assert in_file.err == f"auditor: {tmp_path / 'file' / 's'}: cannot be written: Not a directory\n"


def test_a_wrong_inventory(auditor, tmp_path):
    done = auditor("collect", inventory(tmp_path, "name: r1, platfrom: ios"), "-o", tmp_path / "s")
    assert done.code == 2
    assert done.err.endswith(":6: unknown key 'platfrom'; did you mean 'platform'?\n")
    assert not (tmp_path / "s").exists()


def test_probe_asks_on_request_only(auditor, tmp_path, monkeypatch):
    from auditor.probes import smart_install  # noqa: PLC0415

    asked = []
    real = smart_install.probe
    monkeypatch.setattr(smart_install, "probe", lambda address: asked.append(address) or real(address, 1, 0.1))
    (tmp_path / "a.cfg").write_text(IOS)
    path = inventory(tmp_path, "name: pe1, platform: ios, config: a.cfg, address: 127.0.0.1")
    auditor("collect", path, "-o", tmp_path / "s")
    assert asked == []
    auditor("collect", path, "-o", tmp_path / "t", "--probe")
    assert asked == ["127.0.0.1"]


def test_ctrl_c_keeps_what_was_collected(tmp_path):
    (tmp_path / "a.cfg").write_text(IOS)
    environment = {**os.environ, "T_PASSWORD": PASSWORD}
    with listener(lambda _link: None) as port:
        silent = f"name: silent, platform: ios, address: 127.0.0.1, port: {port}"
        path = inventory(tmp_path, "name: pe1, config: a.cfg", silent)
        words = [sys.executable, "-m", "auditor", "collect", str(path), "-o", str(tmp_path / "s")]
        process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment)
        end = time.monotonic() + 60
        while not list(tmp_path.glob("s/devices/*")) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.3)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert time.monotonic() - begun < 10
    assert process.returncode == 3
    assert (
        err
        == f"interrupted after 1 of 2 devices; what was collected is kept in {tmp_path / 's'}: go on with --resume\n"
    )
    found = list(read(opened(tmp_path / "s")))
    assert [one.device.name for one in found] == ["pe1", "silent"]
    assert [error.reason for error in found[1].errors] == ["not collected: the run was interrupted"]


def snapshot(auditor, tmp_path):
    (tmp_path / "a.cfg").write_text(IOS)
    path = inventory(tmp_path, 'name: "pe1 \\u001b[31m", config: a.cfg', "name: pe2, config: missing.cfg")
    path = inventory(tmp_path, "name: pe1, config: a.cfg", "name: pe2, config: missing.cfg")
    auditor("collect", path, "-o", tmp_path / "s")
    return tmp_path / "s"


def test_a_changed_document_is_told(auditor, tmp_path):
    folder = snapshot(auditor, tmp_path)
    next(folder.glob("devices/*/*.txt")).write_text("changed")
    done = auditor("snapshot", "verify", folder)
    assert done.code == 3
    assert done.out == "pe1: a.cfg: was changed since it was collected\nnot verified\n"
    listed = auditor("snapshot", "list", folder)
    assert listed.code == 0
    assert "  missing a.cfg: was changed since it was collected" in listed.out.splitlines()


def test_the_list_shows_what_is_missing_and_no_control_characters(auditor, tmp_path):
    folder = snapshot(auditor, tmp_path)
    text = (folder / "manifest.json").read_text().replace('"name": "pe1"', '"name": "pe1\\u001b[31m\\u202e"')
    (folder / "manifest.json").write_text(text)
    done = auditor("snapshot", "list", folder)
    assert done.out.splitlines()[1:] == [
        "pe1?[31m? (auto)",
        f"  a.cfg  {len(IOS.encode())} bytes  files",
        "pe2 (auto)",
        "  missing missing.cfg: cannot be read: No such file or directory",
    ]


def test_what_is_no_snapshot(auditor, tmp_path):
    for command in ("verify", "list"):
        done = auditor("snapshot", command, tmp_path)
        assert (done.code, done.out) == (2, "")
        assert done.err == f"auditor: {tmp_path}: is no snapshot: no manifest.json in it\n"


def test_a_dry_run_sends_nothing_and_asks_for_no_secret(auditor, tmp_path, monkeypatch):
    monkeypatch.delenv("T_PASSWORD", raising=False)
    with emulated() as one, emulated("juniper_junos") as two:
        listed = entry("r2", two) + ", channels: [netconf], window: '00:00-00:00'"
        path = inventory(tmp_path, entry("r1", one), listed, "name: r3, config: saved.cfg")
        done = auditor("collect", path, "--dry-run")
        assert (one.logins, two.logins) == ([], [])
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert lines[0] == f"r1: 127.0.0.1 port {one.port}, credential 'ops', by ssh-cli, then ssh-exec"
    assert "  command: show running-config" in lines
    assert "  netconf: <get-config><source><running/></source></get-config>" in lines
    assert lines[-1] == "r3: read from saved.cfg"
    assert not any(line.startswith("  snmp") for line in lines)
    assert auditor("collect", path).code == 2


def test_a_closed_window_is_said(auditor, tmp_path, monkeypatch):
    monkeypatch.setenv("T_PASSWORD", PASSWORD)
    with emulated() as one:
        hour = datetime.now().hour
        window = f"{(hour + 2) % 24:02}:00-{(hour + 3) % 24:02}:00"
        path = inventory(tmp_path, entry("r1", one) + f", window: '{window}'")
        done = auditor("collect", path, "-o", tmp_path / "s")
        assert one.logins == []
    assert done.code == 3
    assert done.err.splitlines()[0] == f"r1: not visited: its maintenance window ({window}) is closed"


def test_the_list_of_a_change_board(auditor):
    table = list(csv.DictReader(io.StringIO(auditor("commands", "--format", "csv").out)))
    sent = {(row["platform"], row["channel"], row["sent"]) for row in table}
    assert ("cisco_ios", "command", "show running-config") in sent
    assert ("cisco_ios", "setting", "terminal length 0") in sent
    assert ("juniper_junos", "netconf", "<get-config><source><running/></source></get-config>") in sent
    assert ("frr", "snmp", "GET 1.3.6.1.2.1.1.1.0") in sent
    assert all(row["when"].startswith("once a ") for row in table)
    assert auditor("commands", "--format", "xml").code == 2


READS = re.compile(
    r"(?:admin )?show |admin display-config$|display |info from running|info from state system information$|/export"
    r"|/(?:system resource|system package|user) print$|/user print terse$"
    r"|vtysh -c 'show running-config'$|cat /etc/|cat /root/|tail -v -n \+1 /etc/|ls -la /etc/"
    r"|(?:/usr/sbin/)?nft list ruleset$|(?:/sbin/)?sysctl -a$|(?:/usr/bin/)?wg show$|(?:/sbin/)?ip -d link show$"
    r"|(?:/usr/s?bin/)?ss -(?:lntup|0pb|lwnp)$|find /proc -mindepth 2 -maxdepth 2 -name exe -ls$"
    r"|dir [/\w -]+:?$|file (?:list|dir) [/\w]+:?(?: detail)?(?: \| no-more)?$|/(?:user active|file|tool sniffer) print$|/ip neighbor print detail$"
    r"|bash (?:ss -tlnp|ss -tulpn|ps -ef)$|date -Iseconds$|who$|uptime -s$|lastlog$|ls -la? /(?:usr/bin/sudo|var/log|root)$"
    r"|(?:/usr/sbin/)?swanctl --list-conns$|(?:/usr/sbin/)?lldpcli -f json0 show neighbors hidden$|ls -l --time-style=full-iso /usr/lib/frr/zebra$|dpkg -l$|dpkg -V [\w .+-]+$"
    r"|(?:/usr/bin/)?docker ps --all --no-trunc --format '\{\{json \.\}\}'$"
    r"|find /tmp /var/tmp /dev/shm /root /usr/local/bin /usr/local/sbin -xdev -maxdepth 3 -type f -ls$"
)
WRITES = re.compile(
    r"\b(?:configure terminal|write|copy|delete|erase|reload|format|clear|debug|monitor|commit|edit-config|request|install"
    r"|system-view|save|reset|undo|li|lawful\S*|mirror-dest|redirect|tee|append|shadow)\b"
)
SHOWS = re.compile(
    r"show (?:monitor session all|monitor capture$|reload cause|install active|configuration commit list|system commit"
    r"|system management-interface commit-history)\b|display configuration commit list$|docker ps --all --no-trunc --format "
)
"""Commands whose object has the name of a writing one."""


def test_nothing_on_the_list_writes_or_looks_at_intercepts(auditor):
    for row in csv.DictReader(io.StringIO(auditor("commands", "--format", "csv").out)):
        assert not WRITES.search(SHOWS.sub("show", row["sent"])), row
        assert row["channel"] not in ("command", "shell") or READS.match(row["sent"]), row
        assert (row["channel"] == "shell") is row["sent"].startswith("bash "), row
        assert not set(row["sent"]) & set(";&`$\n>") or row["channel"] == "netconf", row
        if row["channel"] == "snmp":
            wanted = oid(row["sent"].split()[-1])
            asks, _, _ = row["sent"].partition(" ")
            assert wanted in forbidden.CAPABILITIES.values() or not any(
                wanted[: len(root)] == root for root in forbidden.SUBTREES
            ), row
            assert asks == "GET" or forbidden.walkable(wanted) == wanted, row
        assert row["channel"] == "snmp" or not forbidden.command(row["sent"]), row
