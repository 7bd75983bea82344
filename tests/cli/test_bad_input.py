"""Bad input: a message that helps, the right exit code, and a table in which not looking is never a pass."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from auditor.api import Area, CheckClass, FleetCheck, Severity, device_check
from auditor.cli import audit as audit_module
from auditor.cli import reports as reports_module
from auditor.cli import sources as sources_module
from auditor.collect.documents import JOINED
from auditor.engine import device as device_module
from auditor.engine.packs import Packs, load
from auditor.model.check import CheckMeta
from auditor.model.report import ReportFormat
from tests.cli.samples import IOSXR, folder, inventory, ios, junos

SENTINEL = "xyzzy-text-of-a-device"
OFFLINE = frozenset({"config"})


def config_checks() -> set[str]:
    """Checks that judge the configuration alone."""
    return {check.meta.id for check in load().checks.values() if set(check.meta.evidence) <= OFFLINE}


# --- files ---------------------------------------------------------------------------------------------------------


def test_an_empty_file_is_skipped_with_the_reason(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"empty.cfg": "\n \n", "sw1.cfg": ios()})
    done = audit(source)
    assert done.code == 0
    assert done.run["skipped"] == [{"path": "empty.cfg", "reason": "the file is empty"}]
    assert [device["name"] for device in done.run["devices"]] == ["sw1"]
    assert "skipped empty.cfg: the file is empty" in done.err


def test_a_file_that_is_one_long_line_is_not_called_empty(audit, tmp_path: Path) -> None:
    line = "hostname r1 username evil privilege 15 " + "interface Loopback0 no shutdown " * 20
    done = audit(folder(tmp_path / "in", {"joined.cfg": line, "sw1.cfg": ios()}))
    assert done.run["skipped"] == [{"path": "joined.cfg", "reason": JOINED}]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "the file is empty"), (bytes(range(256)) * 40, "the file is binary")]
)
def test_nothing_but_a_file_that_is_no_text(audit, tmp_path: Path, content: bytes, reason: str) -> None:
    done = audit(folder(tmp_path / "in", {"r1.cfg": content}) / "r1.cfg")
    assert done.code == 2
    assert "nothing to audit" in done.err
    assert reason in done.err
    assert not (done.folder / "run.json").exists()


def test_a_binary_file_beside_a_configuration_is_skipped(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"image.bin": bytes(range(256)) * 40, "sw1.cfg": ios()}))
    assert done.code == 0
    assert done.run["skipped"] == [{"path": "image.bin", "reason": "the file is binary"}]


def test_a_file_of_50_megabytes_fails_and_is_not_read(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios()})
    with (source / "big.cfg").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    done = audit(source)
    assert done.code == 3
    assert done.device("big")["status"] == "failed"
    assert "larger than the limit" in done.device("big")["errors"][0]
    assert done.unknown("big")
    assert done.device("sw1")["status"] == "audited"
    assert "big (failed)" in done.err


@pytest.mark.parametrize("cut", ["before the end", "in the middle"])
def test_a_truncated_configuration_gives_no_pass(audit, tmp_path: Path, cut: str) -> None:
    text = ios()
    text = text.removesuffix("end\n") if cut == "before the end" else text[: len(text) // 2]
    done = audit(folder(tmp_path / "in", {"sw1.cfg": text}))
    assert done.code == 3
    assert done.device("sw1")["status"] == "partial"
    assert not {check for check, (outcome, _) in done.cells("sw1").items() if outcome == "pass"} & config_checks()
    assert any("U-CUT" in reason for _, reason in done.cells("sw1").values())
    assert "This audit is incomplete" in done.err


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        ("juniper_junos", ios()),
        ("frr", ios()),
        ("frr", ios().replace("version 15.2\n", "")),
        ("cisco_ios", junos()),
        ("cisco_iosxe", junos()),
        ("cisco_ios", IOSXR),
    ],
)
def test_the_wrong_platform_gives_no_pass(audit, tmp_path: Path, platform: str, text: str) -> None:
    done = audit(folder(tmp_path / "in", {"r1.cfg": text}), "--platform", platform)
    [device] = done.run["devices"]
    assert done.code == 3
    assert f"named as {platform}, but it looks like" in device["errors"][0]
    assert done.unknown(device["name"])


def test_the_named_platform_is_believed_within_its_family(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"r1.cfg": ios("r1")})
    for platform in ("cisco_iosxe", "cisco_xe", "ios"):
        assert audit(source, "--platform", platform).device("r1")["status"] == "audited"


@pytest.mark.parametrize(("platform", "text"), [("juniper_junos", ios()), ("cisco_ios", junos())])
def test_the_wrong_platform_in_an_inventory_gives_no_pass(audit, tmp_path: Path, platform: str, text: str) -> None:
    folder(tmp_path / "in", {"r1.cfg": text})
    done = audit(inventory(tmp_path / "in", f"  - {{name: r1, platform: {platform}, config: r1.cfg}}\n"))
    assert done.code == 3
    assert "pass" not in done.outcomes("r1")


def test_two_devices_in_one_file_are_refused(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"both.cfg": ios("sw1") + ios("sw2"), "sw3.cfg": ios("sw3")}))
    assert done.code == 3
    device = done.device("both")
    assert device["status"] == "failed"
    assert "more than one device ('sw1' at line 10, 'sw2' at line" in device["errors"][0]
    assert done.unknown("both")
    assert done.device("sw3")["status"] == "audited"


def test_two_devices_in_the_file_of_an_inventory_device_are_refused(audit, tmp_path: Path) -> None:
    folder(tmp_path / "in", {"both.cfg": ios("sw1") + ios("sw2")})
    done = audit(inventory(tmp_path / "in", "  - {name: sw1, platform: cisco_ios, config: both.cfg}\n"))
    assert done.code == 3
    assert "more than one device" in done.device("sw1")["errors"][0]
    assert done.unknown("sw1")


def test_two_junos_devices_in_one_file_are_refused(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"both.conf": junos("mx1") + junos("mx2")}))
    assert done.code == 3
    assert "more than one device" in done.device("both")["errors"][0]


def test_equal_host_names_fall_back_to_the_files(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"a.cfg": ios("twin"), "b.cfg": ios("twin"), "c.cfg": ios("sw3")}))
    assert done.code == 0
    assert sorted(device["name"] for device in done.run["devices"]) == ["a", "b", "sw3"]


def test_equal_host_names_and_equal_stems_fall_back_to_the_paths(audit, tmp_path: Path) -> None:
    files = {"osl/r1.cfg": ios("twin"), "brg/r1.cfg": ios("twin"), "brg/r2.cfg": ios("sw2")}
    done = audit(folder(tmp_path / "in", files))
    assert done.code == 0
    assert sorted(device["name"] for device in done.run["devices"]) == ["brg/r1.cfg", "osl/r1.cfg", "sw2"]


def test_a_folder_without_configurations(audit, tmp_path: Path) -> None:
    empty = tmp_path / "in"
    empty.mkdir()
    assert audit(empty).code == 2
    done = audit(folder(empty, {"README.md": "# Notes\n\nNothing here.\n"}))
    assert done.code == 2
    assert "nothing to audit" in done.err
    assert "README.md" in done.err
    assert not (done.folder / "run.json").exists()


def test_a_missing_path(audit, tmp_path: Path) -> None:
    done = audit(tmp_path / "nowhere")
    assert done.code == 2
    assert f"{tmp_path / 'nowhere'}: no such file or folder" in done.err


def test_a_readme_among_configurations_is_listed_and_never_judged(audit, tmp_path: Path) -> None:
    readme = "# Routers\n\nUse `line vty 0 4` with ssh; see the wiki.\nsnmp is on.\n"
    done = audit(folder(tmp_path / "in", {"README.md": readme, "sw1.cfg": ios()}))
    assert done.code == 0
    assert [skipped["path"] for skipped in done.run["skipped"]] == ["README.md"]
    assert "not a configuration" in done.run["skipped"][0]["reason"]
    assert {cell["device"] for cell in done.run["results"]} == {"sw1"}


def test_a_platform_that_is_not_read_is_skipped_with_its_name(audit, tmp_path: Path) -> None:
    firewall = ": Saved\nASA Version 9.16(4)\nhostname fw1\n"
    done = audit(folder(tmp_path / "in", {"fw1.cfg": firewall, "sw1.cfg": ios()}))
    assert done.run["skipped"] == [
        {"path": "fw1.cfg", "reason": "looks like cisco_asa, which this version does not read"}
    ]
    assert {cell["device"] for cell in done.run["results"]} == {"sw1"}


def _without_override() -> None:
    """Root reads everything; without these capabilities it is a user like any other."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):
        libc.prctl(24, capability, 0, 0, 0)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"locked.cfg": ios("locked"), "sw1.cfg": ios()})
    (source / "locked.cfg").chmod(0)
    report = tmp_path / "report"
    words = [sys.executable, "-m", "auditor", "audit", source, "-o", report, "--format", "json"]
    done = subprocess.run(words, capture_output=True, text=True, preexec_fn=_without_override, check=False)
    run = json.loads((report / "run.json").read_text("utf-8"))
    status = {device["name"]: device["status"] for device in run["devices"]}
    if status.get("locked") == "audited":
        pytest.skip("this user reads every file")
    assert done.returncode == 3
    assert status == {"locked": "failed", "sw1": "audited"}
    assert {cell["outcome"] for cell in run["results"] if cell["device"] == "locked"} <= {"unknown", "not_applicable"}
    assert "Permission denied" in done.stderr


def test_a_file_that_vanishes_after_the_first_look(audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = folder(tmp_path / "in", {"gone.cfg": ios("gone"), "sw1.cfg": ios()})
    read = sources_module.files.read

    def once(found):
        content = read(found)
        if found.name == "gone.cfg":
            found.path.unlink()
        return content

    monkeypatch.setattr(sources_module.files, "read", once)
    done = audit(source)
    assert done.code == 3
    assert done.device("gone")["status"] == "failed"
    assert done.unknown("gone")


def test_only_that_matches_nothing(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), "--only", "pe*")
    assert done.code == 2
    assert "no device matches 'pe*'" in done.err


# --- inventories ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "where", "what"),
    [
        ("  - {name: r1, platfrom: cisco_ios, config: r1.cfg}\n", 3, "did you mean 'platform'?"),
        ("  - {name: r1, config: r1.cfg}\n  - {name: R1, config: r1.cfg}\n", 4, "is listed twice"),
        ("  - {name: r1, platform: cisco_ios, address: 10.0.0.999}\n", 3, "bad address '10.0.0.999'"),
        ("  - {name: r1, platform: cisco_oss, config: r1.cfg}\n", 3, "did you mean 'cisco_ios'?"),
        ("  - {name: r1, config: r1.cfg\n", 4, "not valid YAML"),
        ("  - {name: r1, platform: cisco_ios}\n", 3, "expected 'address' or 'config'"),
    ],
)
def test_a_wrong_inventory_names_file_and_line(audit, tmp_path: Path, line: str, where: int, what: str) -> None:
    path = inventory(folder(tmp_path / "in", {"r1.cfg": ios()}), line)
    done = audit(path)
    assert done.code == 2
    assert f"{path}:{where}:" in done.err
    assert what in done.err
    assert not (done.folder / "run.json").exists()


def test_a_password_in_an_inventory_is_refused_and_not_repeated(audit, tmp_path: Path) -> None:
    head = f'schema: auditor/inventory/1\ncredentials:\n  ops: {{username: a, password: "{SENTINEL}"}}\n'
    path = inventory(folder(tmp_path / "in", {"r1.cfg": ios()}), "  - {name: r1, config: r1.cfg}\n", head)
    done = audit(path)
    assert done.code == 2
    assert "expected a reference" in done.err
    assert SENTINEL not in done.err + done.out


@pytest.mark.parametrize(("text", "platform"), [(ios(), "cisco_ios"), (junos(), "juniper_junos")])
def test_the_platform_that_an_inventory_leaves_open_is_found(audit, tmp_path: Path, text: str, platform: str) -> None:
    folder(tmp_path / "in", {"r1.cfg": text})
    done = audit(inventory(tmp_path / "in", "  - {name: core-1, config: r1.cfg}\n"))
    device = done.device("core-1")
    assert (device["platform"], device["status"]) == (platform, "audited")
    assert "%" in device["detection"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("ASA Version 9.16(4)\nhostname fw1\n", "cisco_asa"),
        ("hello\n", "not a configuration"),
        ("", "empty"),
        (ios("a") + ios("b"), "more than one"),
    ],
)
def test_an_inventory_device_without_a_readable_platform_fails(
    audit, tmp_path: Path, content: str, reason: str
) -> None:
    folder(tmp_path / "in", {"r1.cfg": content})
    done = audit(inventory(tmp_path / "in", "  - {name: r1, config: r1.cfg}\n"))
    assert done.code == 3
    assert done.device("r1")["status"] == "failed"
    assert reason in " ".join(done.device("r1")["errors"])
    assert done.unknown("r1")


def test_a_saved_configuration_that_is_missing(audit, tmp_path: Path) -> None:
    done = audit(inventory(tmp_path / "in", "  - {name: r1, platform: cisco_ios, config: none.cfg}\n"))
    assert done.code == 3
    assert done.device("r1")["status"] == "failed"
    assert "none.cfg: cannot be read" in done.device("r1")["errors"][0]
    assert "pass" not in done.outcomes("r1")


def test_a_broken_snapshot_is_wrong_input(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"manifest.json": "{}"}))
    assert done.code == 2
    assert "is no manifest" in done.err
    assert "internal error" not in done.err


# --- declarations and waivers --------------------------------------------------------------------------------------


def declared(root: Path, text: str) -> Path:
    return folder(root, {"d.yaml": "schema: auditor/declarations/1\n" + text}) / "d.yaml"


def waived(root: Path, text: str) -> Path:
    return folder(root, {"w.yaml": "schema: auditor/waivers/1\nwaivers:\n" + text}) / "w.yaml"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("managment: {}\n", 2, "did you mean 'management'?"),
        ("management:\n  log_host: []\n", 3, "did you mean 'log_hosts'?"),
        ("management:\n  log_hosts:\n    - {adress: 10.0.0.1}\n", 4, "did you mean 'address'?"),
        ("management:\n  log_hosts:\n    - {address: a, expires: tomorrow}\n", 4, "expected a date YYYY-MM-DD"),
        ("management:\n  log_hosts:\n    - {address: a, expires: 20270101}\n", 4, "expected a date YYYY-MM-DD"),
        ("management:\n  log_hosts:\n    - {owner: noc}\n", 4, "an entry needs 'address'"),
        ("management:\n  log_hosts: 10.0.0.1\n", 3, "expected a list"),
        ("management:\n  log_hosts: [null]\n", 3, "expected a text or a number"),
        ("management:\n  jump_hosts: [10.0.0.300]\n", 3, "expected an address or prefix"),
        ("management: [log_hosts]\n", 2, "expected a mapping"),
        ("lawful_intercept:\n  snmp_groups: LI\n", 3, "expected a list"),
    ],
)
def test_wrong_declarations_name_file_and_line(audit, tmp_path: Path, text: str, line: int, what: str) -> None:
    path = declared(tmp_path, text)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), "--declarations", path)
    assert done.code == 2
    assert f"{path}:{line}: " in done.err
    assert what in done.err
    assert not (done.folder / "run.json").exists()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("  - {check: telnet-enabeld, device: x, reason: r, owner: o, expires: 2027-01-01}\n", 3, "'telnet-enabled'?"),
        ("  - {check: telnet-enabled, devise: x, reason: r, owner: o, expires: 2027-01-01}\n", 3, "'device'?"),
        ("  - {check: telnet-enabled, device: x, reason: r, owner: o, expires: 2027-13-01}\n", 3, "expected a date"),
        ("  - {check: telnet-enabled, device: x, reason: r, owner: o}\n", 3, "expires"),
    ],
)
def test_wrong_waivers_name_file_and_line(audit, tmp_path: Path, text: str, line: int, what: str) -> None:
    path = waived(tmp_path, text)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), "--waivers", path)
    assert done.code == 2
    assert f"{path}:{line}: " in done.err
    assert what in done.err
    assert not (done.folder / "run.json").exists()


def test_an_expired_declaration_counts_as_undeclared(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios()})
    text = "accounts:\n  local_users:\n    - {{name: drift, expires: {day}}}\n"
    valid = audit(source, "--declarations", declared(tmp_path, text.format(day="2999-01-01")))
    assert valid.cells("sw1")["local-user-undeclared"][0] == "pass"
    expired = audit(source, "--declarations", declared(tmp_path, text.format(day="2026-01-01")))
    assert expired.cells("sw1")["local-user-undeclared"][0] == "fail"
    [note] = [note for note in expired.run["run"]["notes"] if "expired" in note]
    assert note.endswith("d.yaml:4: 'drift' expired on 2026-01-01: it counts as undeclared")
    assert note in expired.err


def test_an_expired_waiver_does_not_apply_and_is_reported(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios(transport="telnet")})
    text = "  - {{check: telnet-enabled, device: sw1, reason: r, owner: o, expires: {day}}}\n"
    valid = audit(source, "--waivers", waived(tmp_path, text.format(day="2999-01-01")), "--checks", "telnet-enabled")
    assert valid.code == 0
    assert [finding["waived"]["owner"] for finding in valid.run["findings"]] == ["o"]
    assert valid.run["waivers"][0]["state"] == "used"
    expired = audit(source, "--waivers", waived(tmp_path, text.format(day="2026-01-01")), "--checks", "telnet-enabled")
    assert expired.code == 1
    assert [finding["waived"] for finding in expired.run["findings"]] == [None]
    assert expired.run["waivers"][0]["state"] == "expired"
    assert "Waiver for telnet-enabled on sw1 is expired." in expired.run["run"]["notes"]
    assert "Waiver for telnet-enabled on sw1 is expired." in expired.err


def test_an_unused_waiver_is_reported(audit, tmp_path: Path) -> None:
    text = "  - {check: telnet-enabled, device: sw1, reason: r, owner: o, expires: 2999-01-01}\n"
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), "--waivers", waived(tmp_path, text))
    assert done.code == 0
    assert done.run["waivers"][0]["state"] == "unused"
    assert "Waiver for telnet-enabled on sw1 is unused." in done.err


# --- options -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["under a file", "no folder"])
def test_an_output_folder_that_cannot_be_written(audit, tmp_path: Path, monkeypatch, place: str) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios()})
    output = source / "sw1.cfg" if place == "no folder" else source / "sw1.cfg" / "report"
    monkeypatch.setattr(audit_module, "audit", lambda *_: pytest.fail("a device was audited"))
    done = audit(source, output=output)
    assert done.code == 2
    assert f"{output}: the output folder cannot be written" in done.err


def test_a_json_file_that_cannot_be_written(audit, tmp_path: Path, monkeypatch) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios()})
    monkeypatch.setattr(audit_module, "audit", lambda *_: pytest.fail("a device was audited"))
    assert audit(source, "--json", source / "sw1.cfg" / "run.json").code == 2
    assert audit(source, "--json", source).code == 2


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--checks", "telnet-enabeld"), "unknown check or class 'telnet-enabeld'; did you mean 'telnet-enabled'?"),
        (("--checks", "credentail"), "did you mean 'credential'?"),
        (("--checks", ","), "names no check"),
        (("--fail-on", "hihg"), "unknown severity 'hihg'; did you mean 'high'?"),
        (("--engine", "locl"), "unknown engine 'locl'"),
        (("--platform", "cisco_io"), "did you mean 'cisco_ios"),
    ],
)
def test_a_wrong_option_names_the_nearest(audit, tmp_path: Path, words: tuple[str, ...], what: str) -> None:
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), *words)
    assert done.code == 2
    assert what in done.err
    assert not (done.folder / "run.json").exists()


@pytest.mark.parametrize(("formats", "what"), [("jsn", "did you mean 'json'?"), (",", "names no format")])
def test_a_wrong_format_names_the_nearest(audit, tmp_path: Path, formats: str, what: str) -> None:
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), formats=formats)
    assert done.code == 2
    assert what in done.err


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("explain", "telnet-enable"), "did you mean 'telnet-enabled'?"),
        (("checks", "show", "telnet-enable"), "did you mean 'telnet-enabled'?"),
        (("commands", "--platform", "cisco_iso"), "did you mean 'cisco_ios"),
        (("coverage", "/nonexistent"), "no such file or folder"),
        (("report", "/nonexistent", "-o", "/tmp/never"), "expected the run.json"),
        (("inventory", "validate", "/nonexistent.yaml"), "cannot be read"),
        (("snapshot", "verify", "/nonexistent"), "is no snapshot"),
    ],
)
def test_wrong_words_for_the_other_commands(auditor, words: tuple[str, ...], what: str) -> None:
    done = auditor(*words)
    assert done.code == 2
    assert what in done.err
    assert "internal error" not in done.err


def test_a_report_of_something_that_is_no_run(auditor, tmp_path: Path) -> None:
    for text in ("{}", '{"schema": "auditor/run/9", "run": {}}', "\0\1", "[]"):
        path = folder(tmp_path, {"run.json": text}) / "run.json"
        done = auditor("report", path, "-o", tmp_path / "again", "--format", "json")
        assert done.code == 2, text
        assert "is no run of schema auditor/run/1" in done.err


# --- interruption --------------------------------------------------------------------------------------------------


def test_an_interruption_keeps_what_was_done(audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = folder(tmp_path / "in", {f"sw{n}.cfg": ios(f"sw{n}", "telnet") for n in range(5)})
    loose = sources_module.Loose

    def two(survey, name: str, place: Path) -> object:
        if name == "sw2":
            raise KeyboardInterrupt
        return loose(survey, name, place)

    monkeypatch.setattr(sources_module, "Loose", two)
    done = audit(source)
    assert done.code == 3
    assert [done.device(f"sw{n}")["status"] for n in range(5)] == ["audited"] * 2 + ["failed"] * 3
    assert {finding["device"] for finding in done.run["findings"]} == {"sw0", "sw1"}
    assert done.unknown("sw4")
    assert "not audited: the run was interrupted before" in done.device("sw4")["errors"][0]
    assert done.run["run"]["complete"] is False
    assert "The audit was interrupted after 2 of 5 devices." in done.err


def test_an_interruption_before_anything_was_done(audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(audit_module, "gather", at_once)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}))
    assert done.code == 3
    assert "interrupted" in done.err


def test_ctrl_c_while_devices_hang(tmp_path: Path) -> None:
    """Devices that accept the connection and say nothing; the first of the inventory is a file."""
    folder(tmp_path / "in", {"sw1.cfg": ios()})
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        hanging = "".join(
            f"  - {{name: r{n}, platform: cisco_ios, address: 127.0.0.1, port: {port}, credential: ops}}\n"
            for n in range(30)
        )
        head = 'schema: auditor/inventory/1\ncredentials:\n  ops: {username: a, password: "env:PASSWORD_OF_TESTS"}\n'
        path = inventory(tmp_path / "in", "  - {name: sw1, platform: cisco_ios, config: sw1.cfg}\n" + hanging, head)
        (tmp_path / "in" / "known_hosts").write_text(f"[127.0.0.1]:{port} ssh-ed25519 {'A' * 68}\n", "utf-8")
        words = [sys.executable, "-m", "auditor", "audit", path, "-o", tmp_path / "r", "--format", "json"]
        env = {**os.environ, "PASSWORD_OF_TESTS": SENTINEL}
        process = subprocess.Popen(
            [*map(str, words), "--workers", "1"], stderr=subprocess.PIPE, text=True, env=env, start_new_session=True
        )
        server.settimeout(60)
        connection, _ = server.accept()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        connection.close()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    run = json.loads((tmp_path / "r" / "run.json").read_text("utf-8"))
    status = {device["name"]: device["status"] for device in run["devices"]}
    assert len(status) == 31
    assert status["sw1"] == "audited"
    assert {status[f"r{n}"] for n in range(30)} == {"failed"}
    assert {cell["outcome"] for cell in run["results"] if cell["device"] == "r29"} == {"unknown", "not_applicable"}
    assert "The audit was interrupted" in err
    assert SENTINEL not in err + json.dumps(run)


# --- crashes -------------------------------------------------------------------------------------------------------


def meta(check_id: str) -> CheckMeta:
    return device_check(
        id=check_id,
        title="Crashes",
        check_class=CheckClass.CREDENTIAL,
        severity=Severity.LOW,
        needs={Area.SERVICES},
        fix={"cisco_ios": audit_module.load().checks["telnet-enabled"].meta.fix["cisco_ios"]},
    )(lambda _facts: iter(())).meta


def crash(_facts) -> Iterator[object]:
    raise RuntimeError(SENTINEL)
    yield


def with_checks(monkeypatch: pytest.MonkeyPatch, *checks: object) -> None:
    packs = load()
    more = {check.meta.id: check for check in checks}
    monkeypatch.setattr(audit_module, "load", lambda: msgspec.structs.replace(packs, checks={**packs.checks, **more}))


def nothing_leaked(done) -> None:
    assert SENTINEL not in done.out + done.err
    for path in done.folder.rglob("*"):
        if path.is_file():
            assert SENTINEL not in path.read_text("utf-8", "replace"), path


def test_a_check_that_crashes_is_an_error_and_the_others_go_on(audit, tmp_path: Path, monkeypatch) -> None:
    bad = msgspec.structs.replace(load().checks["telnet-enabled"], meta=meta("crashes"), run=crash)
    with_checks(monkeypatch, bad)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios(transport="telnet")}), "-vv")
    assert done.code == 3
    outcome, reason = done.cells("sw1")["crashes"]
    assert outcome == "error"
    assert reason.startswith("RuntimeError in crash, test_bad_input.py line")
    assert done.cells("sw1")["telnet-enabled"][0] == "fail"
    assert "check crashes failed" in done.err
    nothing_leaked(done)


def test_a_check_that_says_something_else_is_an_error(audit, tmp_path: Path, monkeypatch) -> None:
    bad = msgspec.structs.replace(
        load().checks["telnet-enabled"], meta=meta("talks"), run=lambda _facts: iter([SENTINEL])
    )
    with_checks(monkeypatch, bad)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}))
    assert done.code == 3
    assert done.cells("sw1")["talks"][0] == "error"
    nothing_leaked(done)


@pytest.mark.parametrize("part", ["observe", "compare"])
def test_a_fleet_check_that_crashes_is_an_error(audit, tmp_path: Path, monkeypatch, part: str) -> None:
    good = {"observe": lambda _facts: iter(()), "compare": lambda _peers: iter(())}
    with_checks(monkeypatch, FleetCheck(meta("fleet-crashes"), **{**good, part: crash}))
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios("sw1"), "sw2.cfg": ios("sw2")}))
    assert done.code == 3
    assert [done.cells(name)["fleet-crashes"][0] for name in ("sw1", "sw2")] == ["error", "error"]
    assert done.cells("sw1")["telnet-enabled"][0] == "pass"
    assert "check fleet-crashes failed on 2 devices" in done.err
    nothing_leaked(done)


def crashing_reader(*_: object) -> None:
    raise ValueError(SENTINEL)


def with_reader(monkeypatch: pytest.MonkeyPatch) -> Packs:
    packs = load()
    broken = msgspec.structs.replace(packs.platforms["juniper_junos"], read=crashing_reader)
    packs = msgspec.structs.replace(packs, platforms={**packs.platforms, "juniper_junos": broken})
    monkeypatch.setattr(audit_module, "load", lambda: packs)
    return packs


def test_a_reader_that_crashes_fails_its_device_alone(audit, tmp_path: Path, monkeypatch) -> None:
    with_reader(monkeypatch)
    done = audit(folder(tmp_path / "in", {"mx1.conf": junos("mx1"), "sw1.cfg": ios()}), "-vv")
    assert done.code == 3
    assert done.device("mx1")["status"] == "failed"
    assert done.device("mx1")["errors"][0].startswith(
        "the reader for juniper_junos failed: ValueError in crashing_reader"
    )
    assert done.outcomes("mx1") <= {"unknown", "not_applicable"}
    assert done.device("sw1")["status"] == "audited"
    nothing_leaked(done)


def test_a_device_that_breaks_the_audit_itself_is_a_row_all_the_same(audit, tmp_path: Path, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise IndexError(SENTINEL)

    monkeypatch.setattr(device_module, "tables", broken)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}))
    assert done.code == 3
    assert done.outcomes("sw1") == {"error"}
    assert len(done.cells("sw1")) == len(load().checks)
    nothing_leaked(done)


@pytest.mark.parametrize("error", [RuntimeError(SENTINEL), OSError(28, "No space left on device")])
def test_a_report_format_that_crashes_loses_nothing_else(audit, tmp_path: Path, monkeypatch, error) -> None:
    formats = reports_module.reports()

    def broken(*_: object) -> None:
        raise error

    both = {**formats, "broken": ReportFormat("broken", "crashes", broken)}
    monkeypatch.setattr(reports_module, "reports", lambda: both)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}), "--quiet", formats="broken,json,csv")
    assert done.code == 3
    assert "format broken could not be written" in done.err
    assert done.run["devices"][0]["name"] == "sw1"
    assert (done.folder / "findings.csv").is_file()
    nothing_leaked(done)


def test_an_error_of_ours_names_its_place_and_not_its_text(audit, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(audit_module, "gather", crashing_reader)
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios()}))
    assert done.code == 3
    assert "internal error: ValueError in crashing_reader" in done.err
    nothing_leaked(done)
