"""Whatever happens to a text, a reading comes out; where the meaning stays, so do the facts."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from auditor.model.evidence import Known
from auditor.platforms.cisco_nxos.commands import whole
from auditor.platforms.cisco_nxos.detection import detect
from auditor.platforms.common.definition import Reading
from auditor.syntax.text import decode
from tests.platforms.cisco_nxos.nxos import everything, read
from tests.platforms.cisco_nxos.samples import FULL

LINES = FULL.splitlines(keepends=True)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sound(reading: Reading) -> None:
    facts = reading.facts
    assert set(facts.areas) | set(facts.missing) | {Area.STATE} == set(Area)
    for coverage in facts.coverage:
        unread = sum(source.end_line - source.line + 1 for source in coverage.unread)
        assert coverage.lines == coverage.understood + coverage.irrelevant + unread
        assert coverage.irrelevant >= 0


@QUICK
@given(st.integers(0, len(FULL)))
def test_cut_anywhere(at: int) -> None:
    reading = read(FULL[:at])
    sound(reading)
    if at < FULL.index("\nboot nxos"):
        assert not isinstance(reading.facts.complete, Known)


@QUICK
@given(st.integers(0, len(LINES) - 1), st.integers(0, 3))
def test_a_line_is_dropped_or_doubled(index: int, times: int) -> None:
    sound(read("".join([*LINES[:index], LINES[index] * times, *LINES[index + 1 :]])))


@QUICK
@given(st.integers(0, len(LINES) - 1), st.integers(0, 7))
def test_a_line_is_indented_otherwise(index: int, blanks: int) -> None:
    sound(read("".join([*LINES[:index], " " * blanks + LINES[index].lstrip(), *LINES[index + 1 :]])))


@QUICK
@given(st.lists(st.sampled_from(LINES), max_size=60))
def test_lines_in_any_order(lines: list[str]) -> None:
    sound(read("".join(lines)))


@QUICK
@given(st.lists(st.sampled_from(LINES), max_size=12), st.data())
def test_words_are_lost(lines: list[str], data: st.DataObject) -> None:
    cut = [line[: data.draw(st.integers(0, len(line)))].rstrip("\n") + "\n" for line in lines]
    sound(read("".join(cut)))


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    sound(read(content))
    lines = decode(content)
    detect(lines)
    whole("show running-config", lines)
    whole("show version", lines)


@QUICK
@given(
    st.lists(
        st.sampled_from(("banner motd ", '"', "^C", "\0", "\x03", "no ", "username ", "\n", "  ", "interface ", "!")),
        max_size=40,
    )
)
def test_pieces_of_syntax(pieces: list[str]) -> None:
    sound(read("".join(pieces)))


@QUICK
@given(
    st.permutations(
        ("ntp server 192.0.2.1\n", "logging server 192.0.2.2\n", "feature lldp\n", "vlan 1\n", "cli alias name a b\n")
    )
)
def test_order_of_unrelated_lines_does_not_matter(lines: list[str]) -> None:
    assert everything(read("".join(lines) + "line vty\n").facts) == everything(
        read("".join(sorted(lines)) + "line vty\n").facts
    )
