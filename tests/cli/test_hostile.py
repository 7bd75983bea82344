"""What a device says is hostile: its name, its words and its line ends."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.cli.samples import folder, ios

FORMATS = "html,json,sarif,junit,csv,md"
NAMES = ["../../../evil", "/etc/evil", "a/b", "..", "x\x1b[31mred", "<img/src=x/onerror=alert(1)>", "=cmd|'/c'!A0", "é"]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_host_name(audit, tmp_path: Path, name: str) -> None:
    source = folder(
        tmp_path / "deep" / "er" / "in", {"a.cfg": ios("H", "telnet").replace("hostname H", f"hostname {name}")}
    )
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    done: Done = audit(source, formats=FORMATS, output=tmp_path / "deep" / "er" / "report")
    assert done.code == 1
    [device] = done.run["devices"]
    assert {cell["device"] for cell in done.run["results"]} == {device["name"]}
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert written
    assert all(path.is_relative_to(done.folder) for path in written)
    assert "\x1b" not in done.err + done.out
    for page in done.folder.rglob("*.html"):
        assert "<img/src" not in page.read_text("utf-8")
    for table in done.folder.rglob("*.csv"):
        with table.open(encoding="utf-8-sig", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "@", "\t"))]


def test_hostile_words_in_evidence(audit, tmp_path: Path) -> None:
    words = "\x1b]0;owned\x07 <script>alert(1)</script> \u202etxt ]]>"
    text = ios("sw1", "telnet").replace(" transport input", f" session-limit 5 {words}\n transport input")
    done = audit(folder(tmp_path / "in", {"a.cfg": text}), "-vv", formats=FORMATS)
    assert "\x1b" not in done.err + done.out
    for path in done.folder.rglob("*"):
        if path.suffix in (".html", ".md"):
            assert "<script>alert(1)" not in path.read_text("utf-8")
        if path.suffix in (".html", ".md", ".xml", ".csv"):
            assert "\x1b" not in path.read_text("utf-8"), path


def test_coverage_prints_no_control_characters(auditor, tmp_path: Path) -> None:
    text = ios().replace("line con 0", "unheard \x1b[2J of\nline con 0")
    done = auditor("coverage", folder(tmp_path / "in", {"a.cfg": text}) / "a.cfg")
    assert "unheard ?[2J of" in done.out
    assert "\x1b" not in done.out


@pytest.mark.parametrize("name", ["a\nb.cfg", "x\x1b[31m.cfg", "<b>.cfg"])
def test_a_hostile_file_name(audit, tmp_path: Path, name: str) -> None:
    source = folder(tmp_path / "in", {name: ios("sw1", "telnet"), f"{name}.bin": "\0\1\2"})
    done = audit(source, formats=FORMATS)
    assert done.code == 1
    assert done.run["skipped"][0]["path"] == f"{name}.bin"
    assert "\x1b" not in done.err
    [line] = [line for line in done.err.split("\n") if line.startswith("skipped")]
    assert line.endswith("the file is binary")


def test_links_do_not_lead_out(audit, tmp_path: Path) -> None:
    folder(tmp_path, {"secret.cfg": ios("outside")})
    source = folder(tmp_path / "in", {"sw1.cfg": ios()})
    (source / "out.cfg").symlink_to(tmp_path / "secret.cfg")
    (source / "dangling.cfg").symlink_to(source / "nothing.cfg")
    (source / "loop").symlink_to(source)
    run = audit(source).run
    assert "outside" not in {device["name"] for device in run["devices"]}
    reasons = {one["path"]: one["reason"] for one in run["skipped"]}
    failed = {name for device in run["devices"] if device["status"] == "failed" for name in [device["name"]]}
    assert reasons["out.cfg"] == "a link that leads out of the folder"
    assert "dangling.cfg" in reasons or "dangling" in failed
