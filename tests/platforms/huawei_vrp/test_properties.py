"""Whatever is done to a text, it is read; and what does not matter to the device changes no fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from tests.platforms.golden import plain
from tests.platforms.huawei_vrp.vrp import SAMPLES, reading

FULL = (Path(__file__).parent / "samples" / "ne40e.cfg").read_text("utf-8")
TEXTS = [FULL, *(path.read_text("utf-8", "replace") for path in SAMPLES)]
LINES = FULL.splitlines(keepends=True)


def accounted(text: str | bytes) -> None:
    """Every line of a document is understood, irrelevant or unread."""
    found = reading(text).facts
    for one in found.coverage:
        lost = sum(source.end_line - source.line + 1 for source in one.unread)
        assert one.understood + one.irrelevant + lost == one.lines
    assert set(found.areas) | set(found.missing) | {Area.STATE} == set(Area)


@given(st.sampled_from(TEXTS), st.data())
def test_cut_anywhere(text: str, data: st.DataObject) -> None:
    accounted(text[: data.draw(st.integers(0, len(text)))])


@given(st.integers(0, len(LINES) - 1), st.sampled_from(["drop", "double", "indent", "blank", "quote"]))
def test_damaged_lines(at: int, how: str) -> None:
    lines = list(LINES)
    change = {
        "drop": "",
        "double": lines[at] * 2,
        "indent": "   " + lines[at],
        "blank": "\n" + lines[at],
        "quote": '"' + lines[at],
    }
    lines[at] = change[how]
    accounted("".join(lines))


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    accounted(content)


@given(st.lists(st.sampled_from([line.split()[0] if line.split() else "#" for line in LINES]), max_size=30))
def test_statements_without_their_words(words: list[str]) -> None:
    accounted("\n".join(words) + "\n")
    accounted("aaa\n " + "\n ".join(words) + "\n")
    accounted("interface GigabitEthernet0/0/1\n " + "\n ".join(words) + "\n")


@given(st.sampled_from(range(len(LINES))), st.integers(1, 6))
def test_lines_cut_in_the_middle(at: int, count: int) -> None:
    lines = list(LINES)
    lines[at] = " " * (len(lines[at]) - len(lines[at].lstrip())) + " ".join(lines[at].split()[:count]) + "\n"
    accounted("".join(lines))


def facts_of(text: str) -> dict[str, object]:
    areas = reading(text).facts.areas
    return {str(area): plain(value) for area, value in areas.items() if area is not Area.PROBES}


BASE = facts_of(FULL)


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "  \n"), lambda text: text + "\n<pe1>\n"],
)
def test_what_does_not_matter_changes_no_fact(change) -> None:
    assert facts_of(change(FULL)) == BASE


@settings(max_examples=15)
@given(st.randoms())
def test_views_may_stand_in_any_order(random) -> None:
    head, *views = re.sub(r'header login[^"]*"[^"]*"\n#\n', "", FULL).removesuffix("#\nreturn\n").split("\n#\n")
    random.shuffle(views)
    text = "\n#\n".join([head, *views]) + "\n#\nreturn\n"
    mixed = facts_of(text)
    for area in ("snmp", "access", "interfaces", "aaa"):
        assert sorted(_names(mixed[area])) == sorted(_names(BASE[area]))


def _names(value: object) -> list[str]:
    if isinstance(value, dict):
        found = [str(value[key]) for key in ("name", "address", "enabled", "protocols", "idle_seconds") if key in value]
        return found + [name for one in value.values() for name in _names(one)]
    if isinstance(value, list):
        return [name for one in value for name in _names(one)]
    return []


@pytest.mark.skipif(not SAMPLES, reason="the sample configurations are not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_real_files_are_read_whole(path: Path) -> None:
    found = reading(path.read_bytes()).facts
    accounted(path.read_bytes())
    assert found.coverage[0].unread == ()
    assert found.hostname


@pytest.mark.parametrize(
    "text",
    [
        "sysname " + "x" * 1_000_000 + "\n",
        "aaa\n local-user " + "a " * 300_000 + "\n",
        'header login information "' + "x\n" * 50_000,
        "".join(" " * index + "x\n" for index in range(2_000)),
        "cipher %^%#" * 50_000 + "\n",
        "x://" * 100_000 + "\n",
        "password " * 50_000 + "\n",
    ],
    ids=["long word", "many words", "open banner", "deep", "open marks", "addresses", "passwords"],
)
def test_hostile_sizes(text: str) -> None:
    accounted(text)
