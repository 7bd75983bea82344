"""The custodian of a file, and nobody else, is told that it holds protected text (R-LI-13)."""

from __future__ import annotations

import os
import pty
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.platforms.redaction import custodian
from auditor.platforms.redaction.redaction import redact
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell

pytestmark = pytest.mark.requirement("R-LI-13")
WITH = next(pair for pair in pairs.configurations() if pair.name.startswith("sros md"))
WITHOUT = next(pair for pair in pairs.configurations() if pair.name.startswith("eos description"))


def notice() -> str:
    return custodian.notice_file().read_text("utf-8") if custodian.notice_file().exists() else ""


def test_file_and_rough_position_go_to_a_file_of_the_owner_alone(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "pe1.cfg").write_bytes(WITH.within)
    _, out, err = shell.call(tmp_path, "audit", "pe1.cfg", "-o", "out", "--format", "html,json,sarif,junit,csv,md")
    told = notice()
    assert re.search(
        r"^\d{4}-\d\d-\d\d li-target-identity-in-clear: pe1\.cfg, (?:near the beginning|in the middle|near the end): ",
        told,
    )
    assert stat.S_IMODE(custodian.notice_file().stat().st_mode) == 0o600
    assert not any(value in told for value in WITH.drawn)
    assert custodian.NOTICE not in out + err
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert written
    assert not any(custodian.NOTICE.encode() in path.read_bytes() for path in written)
    assert custodian.notice_file().is_relative_to(os.environ["XDG_STATE_HOME"])


def test_nothing_is_told_where_there_is_nothing(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "pe1.cfg").write_bytes(WITHOUT.without)
    shell.call(tmp_path, "audit", "pe1.cfg", "-o", "out")
    assert notice() == ""


def test_a_person_at_a_terminal_is_told(tmp_path: Path) -> None:
    (tmp_path / "pe1.cfg").write_bytes(WITH.within)
    outer, inner = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "auditor", "audit", "pe1.cfg", "-o", "out", "--format", "json", "--quiet"],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=inner, env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "state")},
    )  # fmt: skip
    os.close(inner)
    seen = b""
    while True:
        try:
            piece = os.read(outer, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(outer)
    assert done.wait(60) in (1, 3)
    assert b"li-target-identity-in-clear: pe1.cfg, " in seen
    assert not any(value.encode() in seen for value in WITH.drawn)


def test_the_position_is_rough() -> None:
    for number, where in ((5, "near the beginning"), (50, "in the middle"), (95, "near the end")):
        lines = [f"interface Ethernet{line}" for line in range(100)]
        lines[number] = "username lawful-intercept liop000001 password 7 00"
        lines[number + 1 :] = ["!", *lines[number + 1 :]]
        told: list[str] = []
        custodian.forget()
        custodian.note("f", "\n".join(lines).encode(), "\n".join(lines[:number]).encode())
        custodian.tell(told.append)
        assert where in told[0]
        assert not re.search(r"\bline \d|\d{3,}", told[0])


def test_the_region_li_in_a_file_of_its_own_is_not_opened(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "pe1.cfg").write_bytes(WITHOUT.without)
    (folder / "li.cfg").write_bytes(b'li\n li-source 60\n subscriber "sub-1"\n')
    (folder / "li.cfg").chmod(0)
    _, out, err = shell.call(tmp_path, "audit", "in", "-o", "out", "--format", "json")
    assert "li.cfg" not in out + err + (tmp_path / "out" / "run.json").read_text()
    assert "li.cfg" in notice()


def test_lines_of_a_log_are_no_targets() -> None:
    """They go, but that a log speaks of intercepts says nothing of a target in the clear."""
    redact(b"hostname r1\n*Nov 26 09:12:01.123: %LI-6-UP: started\nend\n", "cisco_ios", "r1.log")
    told: list[str] = []
    custodian.tell(told.append)
    assert told == []
