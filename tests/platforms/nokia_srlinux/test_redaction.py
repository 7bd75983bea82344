"""Lawful intercept: only the switch stays, whatever stands beside it."""

from __future__ import annotations

import pytest

from auditor.platforms.nokia_srlinux.redaction import redact
from tests.platforms.nokia_srlinux.forms import WHOLE, as_json, facts, in_blocks, in_flat, reading

WITHOUT = {key: value for key, value in WHOLE["system"].items() if key != "lawful-intercept"}
ONLY_ON = WHOLE | {"system": WITHOUT | {"lawful-intercept": {"admin-state": "enable"}}}
TARGETS = (b"TARGET-ONE", b"LIID-77", b"203.0.113.200", b"9999")


@pytest.mark.parametrize("form", [in_blocks, in_flat, as_json])
def test_targets_leave_nothing(form: object) -> None:
    text: str = form(WHOLE)  # type: ignore[operator]
    kept = redact(text.encode())
    assert not any(word in kept for word in TARGETS)
    assert "TARGET-ONE" not in repr(reading(text))
    (statement,) = facts(text).intercept.statements
    assert statement.kind == "x1"


@pytest.mark.parametrize("form", [in_blocks, in_flat, as_json])
def test_a_device_with_targets_reads_like_one_without(form: object) -> None:
    with_targets: str = form(WHOLE | {"system": WITHOUT | {"lawful-intercept": WHOLE["system"]["lawful-intercept"]}})  # type: ignore[operator]
    without: str = form(ONLY_ON)  # type: ignore[operator]
    assert redact(with_targets.encode()) == redact(without.encode())


def test_no_function_is_no_statement() -> None:
    assert facts(in_blocks(WHOLE | {"system": WITHOUT})).intercept.statements == ()


def test_cut_and_broken_blocks() -> None:
    block = in_blocks({"system": {"lawful-intercept": WHOLE["system"]["lawful-intercept"]}}).encode()
    for end in range(len(block)):
        assert b"TARGET-ONE" not in redact(block[:end])
    wide = as_json({"system": {"lawful-intercept": WHOLE["system"]["lawful-intercept"]}}).encode()
    for end in range(len(wide)):
        assert b"TARGET-ONE" not in redact(wide[:end])
    assert b"TARGET" not in redact(b"set / system lawful-intercept targets subscriber TARGET-ONE intercept-id 1\n")
    assert b"TARGET" not in redact(b"A:r1# info system lawful-intercept targets subscriber TARGET\n")
