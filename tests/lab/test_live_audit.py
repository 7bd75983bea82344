"""The lab, audited live and end to end: real FRRouting over SSH, a Smart Install responder, a switch that lies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.lab.conftest import LAB, Lab

pytestmark = pytest.mark.lab

PLANTED = {
    ("aaa-method-weakened", "show running-config", "no login"),
    ("acl-any-on-management", "show running-config", "access-list 20 seq 10 permit any"),
    ("acl-foreign-permit", "show running-config", "access-list 20 seq 5 permit 203.0.113.66/32"),
    ("gre-tunnel-undeclared", "/etc/network/interfaces", "endpoint 203.0.113.77"),
    ("local-user-undeclared", "/etc/passwd", "frrsvc:x:0:0:frr service:/var/lib/frrsvc:/bin/bash"),
    ("log-server-undeclared", "/etc/rsyslog.conf", "*.*  @203.0.113.50:514"),
    ("password-storage-weak", "show running-config", "password <secret-1>"),
    ("password-storage-weak", "show running-config", "enable password <secret-2>"),
    ("snmp-default-community", "/etc/snmp/snmpd.conf", "rocommunity <secret-1>"),
    ("snmp-default-community", "/etc/snmp/snmpd.conf", "rwcommunity <secret-2>"),
    ("snmp-write-access", "/etc/snmp/snmpd.conf", "rwcommunity <secret-2>"),
    ("snmp-v1v2c-enabled", "/etc/snmp/snmpd.conf", "rocommunity <secret-1>"),
    ("ssh-nonstandard-port", "/etc/ssh/sshd_config", "Port 22422"),
    ("vty-acl-missing", "/etc/ssh/sshd_config", "Port 22422"),
    ("telnet-enabled", "/etc/frr/daemons", 'zebra_options="  -A 0.0.0.0 -s 90000000"'),
    ("telnet-enabled", "/etc/frr/daemons", 'bgpd_options="   -A 0.0.0.0"'),
    ("telnet-enabled", "/etc/frr/daemons", 'staticd_options="-A 0.0.0.0"'),
}
"""Traits of lab/frr/TRAITS.md that one of this version's checks looks for; check, document, line."""


def auditor(folder: Path, lab: Lab, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LAB_PASSWORD": lab.password, "XDG_STATE_HOME": str(folder)}
    command = [sys.executable, "-m", "auditor", *arguments]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=180
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lab's inventory and declarations, with no trusted keys yet."""
    home = tmp_path_factory.mktemp("lab")
    for name in ("inventory.yaml", "declarations.yaml"):
        shutil.copy(LAB / name, home)
    shutil.copytree(LAB / "switch", home / "switch")
    return home


@pytest.fixture(scope="module")
def run(folder: Path, lab: Lab) -> dict[str, Any]:
    """The finished audit of the lab, with the probe."""
    (folder / "known_hosts").write_text(lab.known_hosts, "utf-8")
    done = auditor(
        folder, lab, "audit", "inventory.yaml", "--probe", "-o", "out", "--format", "html,json,sarif,junit", "-vv"
    )
    assert done.returncode == 1, done.stderr
    assert lab.password not in done.stdout + done.stderr
    for path in (folder / "out").rglob("*"):
        assert path.is_dir() or lab.password not in path.read_text("utf-8")
    content: dict[str, Any] = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    return content


def findings(run: dict[str, Any], device: str) -> list[dict[str, Any]]:
    return [finding for finding in run["findings"] if finding["device"] == device]


def test_an_unknown_host_key_fails_the_device_and_names_the_way(tmp_path: Path, lab: Lab) -> None:
    shutil.copy(LAB / "inventory.yaml", tmp_path)
    done = auditor(tmp_path, lab, "audit", "inventory.yaml", "--only", "frr1-sound", "-o", "out", "--format", "json")
    assert done.returncode == 3
    assert "auditor inventory trust INVENTORY --only frr1-sound" in done.stderr
    content = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert content["devices"][0]["status"] == "failed"
    assert {result["outcome"] for result in content["results"]} <= {"unknown", "not_applicable"}


def test_trust_stores_the_keys_that_the_devices_have(tmp_path: Path, lab: Lab) -> None:
    shutil.copy(LAB / "inventory.yaml", tmp_path)
    done = auditor(tmp_path, lab, "inventory", "trust", "inventory.yaml", "--only", "frr*", "--yes")
    assert done.returncode == 0, done.stderr
    stored = (tmp_path / "known_hosts").read_text("utf-8").split("\n")
    assert set(filter(None, stored)) <= set(lab.known_hosts.split("\n"))


def test_every_planted_trait_is_found_with_its_line(run: dict[str, Any]) -> None:
    shown = {
        (finding["check"], evidence["document"], evidence["text"].strip())
        for finding in findings(run, "frr2-comp")
        for evidence in finding["evidence"]
    }
    assert shown >= PLANTED, PLANTED - shown


def test_the_sound_twin_has_no_finding_of_severity_high_or_above(run: dict[str, Any]) -> None:
    assert [one for one in findings(run, "frr1-sound") if one["severity"] in ("high", "critical")] == []
    outcomes = {result["outcome"] for result in run["results"] if result["device"] == "frr1-sound"}
    assert "error" not in outcomes
    assert "pass" in outcomes


def test_the_probe_and_the_configuration_are_joined(run: dict[str, Any]) -> None:
    (finding,) = [one for one in findings(run, "sw1-lying") if one["check"] == "smart-install-enabled"]
    assert "although the configuration says 'no vstack'" in finding["message"]
    assert [evidence["document"] for evidence in finding["evidence"]] == ["probe/smart-install", "switch/sw1-lying.cfg"]


def test_evidence_stands_on_the_device_where_the_report_says(run: dict[str, Any], lab: Lab) -> None:
    passwd = lab.compromised.run("cat", "/etc/passwd").split("\n")
    (finding,) = [one for one in findings(run, "frr2-comp") if one["check"] == "local-user-undeclared"]
    (evidence,) = finding["evidence"]
    assert passwd[evidence["line"] - 1] == evidence["text"]


def test_a_snapshot_gives_the_same_findings_as_the_live_audit(folder: Path, lab: Lab, run: dict[str, Any]) -> None:
    collected = auditor(folder, lab, "collect", "inventory.yaml", "--probe", "-o", "snapshot")
    assert collected.returncode == 0, collected.stderr
    assert auditor(folder, lab, "snapshot", "verify", "snapshot").returncode == 0
    arguments = ("audit", "snapshot", "--declarations", "declarations.yaml", "-o", "again", "--format", "json")
    done = auditor(folder, lab, *arguments)
    assert done.returncode == 1, done.stderr
    again = json.loads((folder / "again" / "run.json").read_text("utf-8"))
    assert {one["fingerprint"] for one in again["findings"]} == {one["fingerprint"] for one in run["findings"]}
