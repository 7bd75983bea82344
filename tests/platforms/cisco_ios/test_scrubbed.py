"""A scrubber that leaves the type digit standing: the value is never judged."""

import pytest

from auditor.model.secret import Strength
from auditor.platforms.cisco_ios.secrets import classify


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
