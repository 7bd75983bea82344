"""Which lawful-intercept MIBs a view contains."""

from __future__ import annotations

import pytest

from auditor.model.areas import ViewEntry
from auditor.model.evidence import Source
from auditor.platforms.common.li_views import LI_ROOTS, li_roots, oid

ALL = set(LI_ROOTS)


def view(*rows: str) -> dict[str, bool]:
    """Rows such as `+iso` and `-ciscoMgmt`; the MIBs in the view and whether a broad line let them in."""
    found = [ViewEntry(row[1:], row[0] == "+", Source("d", number, number, row)) for number, row in enumerate(rows, 1)]
    return {root.mib: root.broad for root in li_roots(found)}


@pytest.mark.parametrize(
    "name",
    [
        "iso",
        "org",
        "dod",
        "internet",
        "private",
        "enterprises",
        "cisco",
        "ciscoMgmt",
        "1",
        "1.3.6.1.4.1.9.9",
        ".1.3.6",
        "internet.4.1",
        "cisco.9",
        "1.3.*.1",
        "*.3",
    ],
)
def test_everything_above_the_roots_contains_them(name: str) -> None:
    if name == "*.3":
        assert oid(name) is None
        return
    assert view(f"+{name}") == dict.fromkeys(ALL, True)


@pytest.mark.parametrize(
    "name",
    [
        "system",
        "mib-2",
        "interfaces",
        "internet.6.3",
        "1.3.6.1.2.1",
        "ciscoMgmt.96",
        "1.3.6.1.4.1.9.9.3990",
        "snmpV2",
        "ciscoExperiment",
        "1.3.6.1.4.1.*.1",
        "1.x",
    ],
)
def test_what_lies_beside_contains_none(name: str) -> None:
    assert view(f"+{name}") == {}


@pytest.mark.parametrize(
    ("name", "mib"),
    [
        ("cTapMIB", "CISCO-TAP-MIB"),
        ("ciscoTapMIB", "CISCO-TAP-MIB"),
        ("ciscoTap2MIB", "CISCO-TAP2-MIB"),
        ("cTap2MIB", "CISCO-TAP2-MIB"),
        ("cTap2MediationTable", "CISCO-TAP2-MIB"),
        ("ciscoIpTapMIB", "CISCO-IP-TAP-MIB"),
        ("cisco802TapMIB", "CISCO-802-TAP-MIB"),
        ("ciscoUserConnectionTapMIB", "CISCO-USER-CONNECTION-TAP-MIB"),
        ("ciscoMobilityTapMIB", "CISCO-MOBILITY-TAP-MIB"),
        ("ciscoVoIpTapMIB", "CISCO-VOIP-TAP-MIB"),
        ("ciscoMgmt.399.1.2", "CISCO-TAP2-MIB"),
        ("1.3.6.1.4.1.9.9.716", "CISCO-VOIP-TAP-MIB"),
    ],
)
def test_names_of_the_roots(name: str, mib: str) -> None:
    assert view(f"+{name}") == {mib: False}


def test_the_longest_match_wins() -> None:
    assert set(view("+iso", "-ciscoMgmt")) == set()
    assert set(view("-ciscoMgmt", "+iso")) == set()
    assert set(view("+iso", "-ciscoMgmt", "+ciscoTap2MIB")) == {"CISCO-TAP2-MIB"}
    assert set(view("+iso", "-ciscoMgmt.399")) == ALL - {"CISCO-TAP2-MIB"}
    assert set(view("-iso", "+ciscoMgmt.252.1.2.2")) == {"CISCO-TAP-MIB"}


def test_the_later_of_two_statements_for_the_same_subtree_holds() -> None:
    assert view("+ciscoMgmt", "-1.3.6.1.4.1.9.9") == {}
    assert set(view("-1.3.6.1.4.1.9.9", "+ciscoMgmt")) == ALL


def test_an_exclusion_of_a_part_leaves_the_rest() -> None:
    assert set(view("+ciscoMgmt", "-ciscoMgmt.399.1.2")) == ALL


@pytest.mark.parametrize("part", ["cTap2MediationTable", "cTap2StreamEntry.3", "ciscoTap2MIB.1.1", "cTap2MIB.1"])
def test_an_object_by_its_name_is_a_part_of_its_mib(part: str) -> None:
    assert set(view("+ciscoMgmt", f"-{part}")) == ALL
    assert view(f"+{part}") == {"CISCO-TAP2-MIB": False}
    assert view("-ciscoTap2MIB", f"+{part}", f"-{part}") == {}


def test_two_objects_by_name_do_not_replace_each_other() -> None:
    assert view("+cTap2StreamTable", "-cTap2MediationTable") == {"CISCO-TAP2-MIB": False}


def test_every_line_that_opens_a_part_is_told() -> None:
    rows = ("ciscoMgmt.399.1.2.1.1.3", "ciscoMgmt.399.1.2.1.1.6", "system")
    found = [ViewEntry(row, True, Source("d", number, number, row)) for number, row in enumerate(rows, 1)]
    (root,) = li_roots(found)
    assert [root.source.line, *(source.line for source in root.more)] == [1, 2]
