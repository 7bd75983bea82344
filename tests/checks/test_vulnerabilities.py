"""The data of known-exploited vulnerabilities, and the comparison of releases."""

from __future__ import annotations

import datetime
import re

import pytest

from auditor.model.platform import Platform
from auditor_checks.known_exploited_vulnerability.kev_cve_applicable import _PREDICATES
from auditor_checks.versions import fixed_in, release, within
from auditor_checks.vulnerabilities import EVERY_RELEASE, Vulnerability, vulnerabilities

XE_FIXED = "17.9.4a 17.6.6a 17.3.8a 16.12.10a"


@pytest.mark.parametrize(
    ("platform", "older", "newer"),
    [
        ("cisco_ios", "15.2(4)M6", "15.2(4)M7"),
        ("cisco_ios", "12.3(6)", "12.4(1)"),
        ("cisco_ios", "12.4(24)", "15.2(4)"),
        ("cisco_iosxe", "17.09.04", "17.9.4a"),
        ("cisco_iosxe", "16.12.10a", "17.3.1"),
        ("cisco_iosxr", "7.5.2", "7.10.1"),
        ("cisco_nxos", "9.3(9)", "9.3(10)"),
        ("cisco_nxos", "9.3(5)", "9.3(5a)"),
        ("juniper_junos", "22.4R3.25", "22.4R3-S2.1"),
        ("juniper_junos", "21.4R3", "22.1R1"),
        ("arista_eos", "4.31.2F", "4.31.10M"),
        ("nokia_sros", "TiMOS-C-23.7.R2", "23.10.R1"),
        ("nokia_srlinux", "v23.10.1", "24.3.1"),
        ("huawei_vrp", "V800R021C10SPC600", "V800R022C00SPC500"),
        ("frr", "8.5.1", "10.0"),
        ("mikrotik_routeros", "6.42", "6.42.1"),
        ("mikrotik_routeros", "6.49.10", "7.1"),
    ],
)
def test_order(platform: str, older: str, newer: str) -> None:
    first, second = release(platform, older), release(platform, newer)
    assert first is not None
    assert second is not None
    assert first < second


@pytest.mark.parametrize("platform", [*Platform, "another_os"])
def test_what_is_no_release(platform: str) -> None:
    assert release(platform, "unknown") is None
    assert within(platform, "unknown", "<=6.42") is None
    assert within(platform, "6.42", "<=unknown") is None
    assert fixed_in(platform, "6.42", "unknown") is None
    assert fixed_in(platform, "unknown", "6.42") is None


@pytest.mark.parametrize(
    ("text", "stated", "inside"),
    [
        ("6.42", "<=6.42", True),
        ("6.41.3", "<=6.42", True),
        ("6.42.1", "<=6.42", False),
        ("6.42", "<6.42", False),
        ("6.41", "<6.42", True),
        ("7.1", "<=6.42", False),
        ("6", "<=6.42", None),
        ("6.42.0", "<=6.42", True),
        ("6", "6.42*", None),
        ("6.42.1", "6.42*", True),
        ("6.42.1", "6.4*", False),
        ("7", "6.42*", None),
        ("5", "<=6.42", True),
        ("7", "<=6.42", False),
    ],
)
def test_through(text: str, stated: str, inside: bool | None) -> None:
    assert within("mikrotik_routeros", text, stated) is inside


@pytest.mark.parametrize(
    ("text", "stated", "inside"),
    [
        ("12.4(24)T5", "12.4*", True),
        ("12.4", "12.4*", True),
        ("12.3", "12.4*", False),
        ("12.3(6)", "=12.3(6)", True),
        ("12.3(6)T", "=12.3(6)", False),
        ("12.3(6a)", "=12.3(6)", False),
        ("12.3", "=12.3(6)", None),
        ("15.2(4)M7", "=12.3(6)", False),
    ],
)
def test_trains_and_single_releases(text: str, stated: str, inside: bool | None) -> None:
    assert within("cisco_ios", text, stated) is inside


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("17.9.4", False),
        ("17.09.04a", True),
        ("17.9.4b", True),
        ("17.9.5", True),
        ("17.6.5", False),
        ("16.12.10a", True),
        ("16.12.10", False),
        ("17.12.1", None),
        ("17.9", None),
    ],
)
def test_fixed_release_of_a_train(text: str, fixed: bool | None) -> None:
    assert fixed_in("cisco_iosxe", text, XE_FIXED) is fixed


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("22.3R1.4", False),
        ("22.3R2-S1.3", False),
        ("22.3R2-S2.5", True),
        ("22.3R3.2", False),
        ("22.3R3-S1.1", True),
        ("22.3R4.1", True),
        ("22.4R2.8", False),
        ("22.4R3.25", True),
        ("21.1R3.11", None),
    ],
)
def test_several_fixed_releases_of_a_train(text: str, fixed: bool | None) -> None:
    assert fixed_in("juniper_junos", text, "22.3R2-S2 22.3R3-S1 22.4R2-S1 22.4R3") is fixed


@pytest.mark.parametrize(
    ("affected", "fixed", "text", "inside"),
    [
        ("<21.2R3-S9", "21.2R3-S9 22.4R3-S6", "20.4R3.8", True),
        ("<21.2R3-S9", "21.2R3-S9 22.4R3-S6", "21.2R3.8", True),
        ("<21.2R3-S9", "21.2R3-S9 22.4R3-S6", "21.2R3-S9.2", False),
        ("<21.2R3-S9", "21.2R3-S9 22.4R3-S6", "22.1R3.8", None),
        ("<21.2R3-S9", "", "22.1R3.8", False),
        ("=21.1R1 =21.1R3", "", "21.1R3.8", True),
        ("=21.1R1 =21.1R3", "", "21.1R2.8", None),
        (EVERY_RELEASE, "", "99.4R1.1", True),
        ("", "", "22.4R3.25", None),
        ("<21.2R3-S9", "22.4R3-S6", "22.4R3.25-EVO", None),
    ],
)
def test_affected(affected: str, fixed: str, text: str, inside: bool | None) -> None:
    row = Vulnerability("CVE-2000-0001", ("juniper_junos",), "any", "x", affected, fixed, "", "x", "")
    assert row.affects("juniper_junos", text) is inside


def test_upper_and_lower_case_are_one() -> None:
    assert release("cisco_iosxe", "17.9.4A") == release("cisco_iosxe", "17.9.4a")
    assert release("huawei_vrp", "v800r021c10spc600") == release("huawei_vrp", "V800R021C10SPC600")


def test_every_row_is_complete() -> None:
    rows = vulnerabilities()
    assert len({row.cve for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"CVE-\d{4}-\d{4,}", row.cve)
        assert row.feature
        assert row.sources
        assert row.kev_date or "not in KEV" in row.note
        assert not row.kev_date or datetime.date.fromisoformat(row.kev_date)
        known = set(row.platforms) & set(Platform)
        assert bool(known) == (row.precondition in _PREDICATES)
        assert known == set(row.platforms) or row.precondition == "out-of-scope"
    assert {row.precondition for row in rows} >= set(_PREDICATES)


def test_stated_ranges_can_be_read() -> None:
    for row in vulnerabilities():
        for platform in row.platforms:
            for stated in {*row.fixed.split(), *row.affected.split()} - {EVERY_RELEASE}:
                assert release(platform, stated.strip("<=*")) is not None
