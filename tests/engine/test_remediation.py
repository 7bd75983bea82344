"""A fix is pasted into a router: no value from a device may bring a command along."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine.remediation import fill

PLAIN = re.compile(r"no user (?:<NAME>|[A-Za-z0-9 ._:/@+-]+)")


@pytest.mark.parametrize(
    "value", ["netsvc", "10.0.0.1", "2001:db8::/32", "Gi0/0/1.100", "user@host", "GE 1", "a" * 64, "a+b", "0"]
)
def test_a_harmless_value_is_filled_in(value: str) -> None:
    assert fill("no user $name", {"name": value}) == f"no user {value}"


@pytest.mark.parametrize(
    "value",
    [
        "x\nusername evil privilege 15", "x\r", "x\n", "x;reload", "x|y", "x`id`", "$(id)", "${name}", "$other", 'x"', "x'",
        "x\\", "x\0", "x\x1b[2J", "x\u2028y", "x\u202ey", "é", "", " x", "-x", "<x>", "x{y}", "x&y", "x>y", "x#y", "!x",
        "a" * 65, "x\t", "\N{FULLWIDTH SEMICOLON}",
    ],
)  # fmt: skip
def test_a_hostile_value_is_left_as_a_blank(value: str) -> None:
    assert fill("no user $name", {"name": value}) == "no user <NAME>"


@given(st.text(max_size=80))
def test_nothing_but_plain_characters_gets_in(value: str) -> None:
    assert PLAIN.fullmatch(fill("no user $name", {"name": value}))


def test_a_name_that_is_missing_is_a_blank() -> None:
    assert fill("no user $name in ${group}", {}) == "no user <NAME> in <GROUP>"


def test_dollars_of_the_template_stay() -> None:
    assert fill("encrypted-password $$6$$ $1", {}) == "encrypted-password $6$ $1"


def test_a_value_is_not_filled_again() -> None:
    assert fill("$a $b", {"a": "x", "b": "a"}) == "x a"
