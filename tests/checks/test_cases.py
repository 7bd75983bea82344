"""Every case of every check: the verdict, the evidence lines, the severity; and what holds for all checks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import auditor_checks
from auditor.engine.device import DeviceOutcome
from auditor.engine.fleet import compare
from auditor.engine.packs import load
from auditor.model.areas import WITHHELD
from auditor.model.check import DeviceCheck, FleetCheck
from auditor.model.run import Finding, Outcome, Result
from tests.checks.conftest import case_files, cases, documents_of, outcome_of

CASES = cases()
DEVICE_CASES = [(check, case) for check, case in CASES if "devices" not in case]
FLEET_CASES = [(check, case) for check, case in CASES if "devices" in case]
CHECKS = load().checks


def identify(value: Any) -> str:
    return value if isinstance(value, str) else value["name"]


def evidence_texts(findings: tuple[Finding, ...]) -> list[str]:
    lines = [
        line.strip() for finding in findings for evidence in finding.evidence for line in evidence.text.split("\n")
    ]
    return list(dict.fromkeys(lines))


def assert_evidence_stands_where_it_says(findings: tuple[Finding, ...], case: dict[str, Any]) -> None:
    """The first word of the evidence is the first word of the cited line (secrets in it are masked)."""
    texts = {document.name: document.content.decode().split("\n") for document in documents_of(case)}
    for finding in findings:
        assert finding.evidence, f"{finding.check}: a finding without evidence"
        for evidence in finding.evidence:
            if evidence.document.startswith("probe/") or evidence.text == WITHHELD:
                continue
            cited = texts[evidence.document][evidence.line - 1].strip()
            assert cited.split()[0] == evidence.text.strip().split()[0]


@pytest.mark.parametrize(("check_id", "case"), DEVICE_CASES, ids=identify)
def test_case(check_id: str, case: dict[str, Any], packs, declarations) -> None:
    outcome = outcome_of(case, packs, declarations(case.get("declared")), (check_id,))
    assert_device_case(case, outcome)


def assert_device_case(case: dict[str, Any], outcome: DeviceOutcome) -> None:
    (result,) = outcome.results
    assert result.outcome is not Outcome.ERROR, result.reason
    assert evidence_texts(outcome.findings) == case["flags"], result
    expected = case.get("outcome") or ("fail" if case["flags"] else "pass")
    assert result.outcome == expected, result
    assert_evidence_stands_where_it_says(outcome.findings, case)
    if "severity" in case:
        assert [finding.severity.label for finding in outcome.findings] == case["severity"]
    if "message" in case:
        said = [finding.message for finding in outcome.findings]
        assert [text in message for text, message in zip(case["message"], said, strict=True)] == [True] * len(said), (
            said
        )
    if "confidence" in case:
        assert [finding.confidence for finding in outcome.findings] == case["confidence"]
    if "review" in case:
        assert [item.subject for item in outcome.reviews] == case["review"]
    if "reason" in case:
        assert case["reason"] in result.reason
    if "no_reason" in case:
        assert case["no_reason"] not in result.reason


@pytest.mark.parametrize(("check_id", "case"), FLEET_CASES, ids=identify)
def test_fleet_case(check_id: str, case: dict[str, Any], packs, declarations) -> None:
    check = packs.checks[check_id]
    assert isinstance(check, FleetCheck)
    declared = declarations(case.get("declared"))
    outcomes = [outcome_of(row, packs, declared, (check_id,), row["device"]) for row in case["devices"]]
    assert_fleet_case(case, *compare(check, [one for outcome in outcomes for one in outcome.observed]))


def assert_fleet_case(case: dict[str, Any], results: list[Result], findings: list[Finding]) -> None:
    by_device = {row["device"]: row for row in case["devices"]}
    assert {result.device: str(result.outcome) for result in results} == {
        device: row["outcome"] for device, row in by_device.items()
    }
    for result in results:
        assert by_device[result.device].get("reason", "") in result.reason
    for device, row in by_device.items():
        mine = tuple(finding for finding in findings if finding.device == device)
        assert evidence_texts(mine) == row["flags"]
        assert [finding.severity.label for finding in mine] == row.get("severity", [one.severity.label for one in mine])
        assert [finding.confidence for finding in mine] == row.get("confidence", [one.confidence for one in mine])
        assert_evidence_stands_where_it_says(mine, row)


def test_the_number_of_cases_is_not_zero() -> None:
    assert len(CASES) > len(CHECKS) > 0


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_every_platform_judged_has_a_firing_and_a_clean_case(check_id: str) -> None:
    for platform in CHECKS[check_id].meta.judged_on:
        mine = {
            bool(row["flags"])
            for check, case in CASES
            if check == check_id
            for row in case.get("devices", [case])
            if row["platform"] == platform
        }
        assert mine == {True, False}, f"{check_id} on {platform} needs a firing and a clean case"


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_what_cannot_be_seen_is_said_with_its_source(check_id: str) -> None:
    meta = CHECKS[check_id].meta
    assert not set(meta.unseen) & meta.judged_on
    assert not set(meta.not_on) & meta.platforms
    for reason in (*meta.unseen.values(), *meta.not_on.values()):
        assert len(reason) > 30


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_metadata_is_complete(check_id: str) -> None:
    meta = CHECKS[check_id].meta
    assert meta.title
    assert not meta.title.endswith(".")
    assert meta.why.endswith(".")
    assert meta.how
    assert meta.references
    assert meta.attack or (check_id in load().catalogue and not load().catalogue[check_id].attack)
    assert meta.needs


def test_one_check_one_file_one_case_file() -> None:
    assert {path.stem for path in case_files()} == {check for check, _ in CASES} == set(CHECKS)


def test_no_check_reads_a_clock() -> None:
    """`facts.today` is the day of the run: the same snapshot is judged alike on every machine."""
    clock = re.compile(r"\b(?:now|today|utcnow)\(|\bimport time\b|\btime\(\)")
    pack = Path(auditor_checks.__file__).parent
    assert [path.name for path in pack.rglob("*.py") if clock.search(path.read_text("utf-8"))] == []


def test_every_check_says_unknown_about_a_device_without_documents(packs, declarations) -> None:
    for platform in packs.platforms:
        judged = [
            one.meta.id
            for one in packs.checks.values()
            if platform in one.meta.platforms and isinstance(one, DeviceCheck)
        ]
        outcome = outcome_of({"platform": platform, "documents": {}}, packs, declarations(None), tuple(judged))
        assert {str(result.outcome) for result in outcome.results} == ({"unknown"} if judged else set())


OTHER_SEVERITY = {
    "ssh-nonstandard-port": "its entry: medium for any other port, high for the pattern",
    "snmp-write-access": "its entry: medium for SNMPv3 with privacy, a view and a list",
}
"""Checks whose plain finding is not as severe as the index says, because the entry itself says so."""


@pytest.mark.parametrize("check_id", sorted(set(CHECKS) & set(load().catalogue)))
def test_a_check_is_what_its_entry_in_the_catalogue_says(check_id: str) -> None:
    entry, meta = load().catalogue[check_id], CHECKS[check_id].meta
    assert str(meta.check_class) == entry.check_class
    assert meta.severity.label == entry.severity or check_id in OTHER_SEVERITY
    assert set(meta.evidence) <= {*entry.evidence, "fleet"}
