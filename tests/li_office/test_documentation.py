"""The office's guide says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.li_office import register, rules, sealed, snmp

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "lawful-intercept-office.md").read_text("utf-8")


def test_the_view_of_the_guide_is_what_is_asked_for() -> None:
    view = re.findall(r"snmp-server view LI-AUDIT ([\d.]+) included", GUIDE)
    assert sorted(view) == sorted(rules.text(column) for column in rules.COUNT_ONLY)
    assert rules.text(rules.DEBUG_USER_STATUS) in GUIDE


def test_columns_sizes_and_algorithms_of_the_guide_are_those_of_the_code() -> None:
    assert f"    {','.join(register.COLUMNS)}\n" in GUIDE
    assert all(str(size) in GUIDE for size in register.SIZES)
    assert snmp.PRINCIPAL_SCHEMA in GUIDE
    assert all(f"`{name}`" in GUIDE for name in snmp.PRIVACY)


@pytest.mark.requirement("R-LI-15")
def test_the_guide_says_what_cannot_be_proved() -> None:
    assert "It cannot prove that nobody intercepts" in GUIDE
    assert "That there is no interception" in GUIDE


@pytest.mark.requirement("R-LI-11")
def test_wording_is_neutral_and_results_carry_a_mark() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "auditor" / "li_office").glob("*.py")]
    for text in [GUIDE, *texts]:
        assert not re.search(r"illegal|unlawful|rogue|wiretapp", text, re.IGNORECASE)
    assert "LI office only" in sealed.HANDLING
