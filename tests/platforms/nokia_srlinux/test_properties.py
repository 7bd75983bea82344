"""Whatever happens to a configuration, reading it does not fail, and what is equal stays equal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.snapshot import RUNNING, Document
from tests.platforms.golden import plain
from tests.platforms.nokia_srlinux.forms import WHOLE, as_json, facts, in_blocks, in_flat
from tests.platforms.nokia_srlinux.test_forms import without_lines

FORMS = {"blocks": in_blocks(WHOLE), "flat": in_flat(WHOLE), "json": as_json(WHOLE)}


def account(text: str) -> None:
    (coverage,) = facts(text).coverage
    lost = {line for source in coverage.unread for line in range(source.line, source.end_line + 1)}
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(lost)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_cut_anywhere(form: str, data: st.DataObject) -> None:
    text = FORMS[form]
    account(text[: data.draw(st.integers(0, len(text)))])


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_line_less_and_a_line_twice(form: str, data: st.DataObject) -> None:
    lines = FORMS[form].split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    account("\n".join(lines[:at] + lines[at + 1 :]))
    account("\n".join([*lines[:at], lines[at], *lines[at:]]))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    account(text)
    facts(FORMS["flat"] + text, Document(f"{RUNNING} 2", text.encode("utf-8", "replace")))


@settings(max_examples=10, deadline=None)
@given(st.randoms())
def test_the_order_of_flat_lines_does_not_matter(random: object) -> None:
    lines = FORMS["flat"].splitlines()
    entries = [
        line for line in lines if " acl " in line or "acl-filter" in line or "server-group" in line or "method" in line
    ]
    rest = [line for line in lines if line not in entries]
    random.shuffle(rest)  # type: ignore[attr-defined]
    first, second = facts(FORMS["flat"]), facts("\n".join(entries + rest) + "\n")
    for area in ("system", "control-plane", "names", "time", "boot"):
        assert without_lines(plain(second.areas[area])) == without_lines(plain(first.areas[area]))  # type: ignore[index]


def test_other_indentation() -> None:
    text = FORMS["blocks"]
    for other in (
        text.replace("    ", " "),
        "\n".join(line.strip() for line in text.split("\n")),
        text.replace("    ", "\t"),
    ):
        assert without_lines(plain(facts(other).services)) == without_lines(plain(facts(text).services))
