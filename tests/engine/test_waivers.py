"""Accepted findings: for a reason, for a time, and never silently."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from auditor.engine.device import make_finding
from auditor.engine.waivers import Acceptance, Waiver, read
from auditor.model.check import Problem
from auditor.model.run import Finding
from auditor.syntax.datafile import DataFileError
from tests.engine.conftest import meta

TODAY = datetime.date(2026, 11, 24)


def finding(device: str = "pe1", subject: str = "telnet on vty", check: str = "check") -> Finding:
    return make_finding(meta(check), device, "cisco_ios", Problem("wrong", (), subject), ())


def waiver(device: str = "pe1", subject: str = "*", expires: str = "2027-01-01", check: str = "check") -> Waiver:
    return Waiver(check, device, "reason", "owner", expires, subject)


def covered(one: Waiver, *findings: Finding) -> list[bool]:
    return [found.waived is not None for found in Acceptance((one,), TODAY).marked(findings)]


@pytest.mark.parametrize(
    ("one", "covers"),
    [
        (waiver(), True),
        (waiver("pe*"), True),
        (waiver("pe?"), True),
        (waiver("pe2"), False),
        (waiver("PE1"), False),
        (waiver(subject="telnet*"), True),
        (waiver(subject="telnet on vty"), True),
        (waiver(subject="telnet"), False),
        (waiver(check="other"), False),
        (waiver(expires="2026-11-24"), True),
        (waiver(expires="2026-11-23"), False),
    ],
)
def test_what_a_waiver_covers(one: Waiver, covers: bool) -> None:
    assert covered(one, finding()) == [covers]


def test_a_subject_with_brackets_is_taken_as_it_is_written() -> None:
    assert covered(waiver(subject="list [ MGMT ]: any"), finding(subject="list [ MGMT ]: any")) == [True]


def test_what_became_of_each() -> None:
    acceptance = Acceptance((waiver(), waiver("pe9"), waiver(expires="2026-01-01")), TODAY)
    marked = [*acceptance.marked([finding()]), *acceptance.marked([finding(subject="other")])]
    assert [(record.state, record.findings) for record in acceptance.records()] == [
        ("used", 2),
        ("unused", 0),
        ("expired", 0),
    ]
    assert {one.waived.owner for one in marked} == {"owner"}
    assert len(marked) == 2


def test_a_waiver_twice_is_used_once() -> None:
    acceptance = Acceptance((waiver(), waiver("pe*")), TODAY)
    acceptance.marked([finding()])
    assert [record.state for record in acceptance.records()] == ["used", "unused"]


GOOD = (
    "schema: auditor/waivers/1\nwaivers:\n  - {check: a-check, device: x, reason: r, owner: o, expires: 2027-01-01}\n"
)


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(GOOD, "utf-8")
    assert read(path, ["a-check"]) == (Waiver("a-check", "x", "r", "o", "2027-01-01"),)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("a-check", "a-chekc", 3, "unknown check 'a-chekc'; did you mean 'a-check'?"),
        ("2027-01-01", "2027-02-30", 3, "expected a date YYYY-MM-DD"),
        ("2027-01-01", "20270101", 3, "expires"),
        ("2027-01-01", "never", 3, "expected a date YYYY-MM-DD"),
        (", expires: 2027-01-01", "", 3, "expires"),
        (", owner: o", "", 3, "owner"),
        ("owner", "ownr", 3, "unknown key 'ownr'; did you mean 'owner'?"),
        ("waivers/1", "waivers/2", 1, "expected schema auditor/waivers/1"),
        ("waivers:", "waiver:", 2, "did you mean 'waivers'?"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(DataFileError) as caught:
        read(path, ["a-check"])
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert what in str(caught.value)
