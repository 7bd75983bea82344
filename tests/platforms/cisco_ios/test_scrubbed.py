"""Secrets that stand where their form does not tell: values of a scrubber, answers that an applet types."""

import pytest

from auditor.model.secret import Strength
from auditor.platforms.cisco_ios.secrets import RULES, classify
from auditor.syntax.mask import Masker


@pytest.mark.parametrize(("form", "value"), [("5", "password"), ("5", "KKKKAAA"), ("7", "KKKKAAA"), ("7", "0822F")])
def test_a_value_that_cannot_be_of_its_type_is_not_judged(form: str, value: str) -> None:
    assert classify(form, value)[1] is Strength.UNKNOWN


@pytest.mark.parametrize(
    ("form", "value", "strength"),
    [
        ("5", "$1$abcd$0123456789012345678901", Strength.WEAK_HASH),
        ("7", "0822455D0A16", Strength.REVERSIBLE),
        ("9", "$9$salt$hash", Strength.STRONG_HASH),
    ],
)
def test_a_value_of_its_type_is(form: str, value: str, strength: Strength) -> None:
    assert classify(form, value)[1] is strength


def test_a_lone_word_that_an_applet_types_may_be_a_password() -> None:
    lines = [
        ' action 1.0 cli command "enable"',
        ' action 2.0 cli command "Hunter2x" pattern "#"',
        ' action 3.0 cli command "end"',
    ]
    Masker(b"key").mask(lines, RULES)
    assert lines == [
        ' action 1.0 cli command "enable"',
        ' action 2.0 cli command "<secret-1>" pattern "#"',
        ' action 3.0 cli command "end"',
    ]
