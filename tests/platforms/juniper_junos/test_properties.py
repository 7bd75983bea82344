"""What holds for any configuration: no exception, every line accounted for, the same facts where the form means nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from auditor.model.evidence import Known
from auditor.model.facts import Facts
from auditor.platforms.common.definition import Reading
from tests.platforms.juniper_junos.forms import curly, flat, unplaced, xml
from tests.platforms.juniper_junos.test_forms import CONFIG

QUICK = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
CURLY = curly(CONFIG)
FLAT = flat(CONFIG)
XML = xml(CONFIG)
UNORDERED = (Area.ACCOUNTS, Area.ACCESS, Area.SERVICES, Area.SNMP, Area.TUNNELS, Area.LOGGING, Area.TIME, Area.CRYPTO)


def told(found: Facts, *areas: Area) -> dict[str, object]:
    return {str(area): unplaced(found.areas[area]) for area in areas or tuple(found.areas)}


def accounted(found: Facts) -> None:
    coverage = found.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(coverage.unread)
    assert set(found.areas) | set(found.missing) | {Area.STATE} == set(Area)


@QUICK
@given(data=st.data(), text=st.sampled_from([CURLY, FLAT, XML]))
def test_lines_that_are_dropped_doubled_or_moved(
    reading: Callable[[bytes], Reading], data: st.DataObject, text: str
) -> None:
    lines = text.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    to = data.draw(st.integers(0, len(lines) - 1))
    match data.draw(st.sampled_from(["drop", "double", "move"])):
        case "drop":
            del lines[at]
        case "double":
            lines.insert(at, lines[at])
        case _:
            lines.insert(to, lines.pop(at))
    accounted(reading("".join(lines).encode()).facts)


@QUICK
@given(data=st.data(), text=st.sampled_from([CURLY, FLAT]))
def test_bytes_that_are_changed(reading: Callable[[bytes], Reading], data: st.DataObject, text: str) -> None:
    content = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    accounted(reading(bytes(content)).facts)


@QUICK
@given(order=st.permutations(range(len(CONFIG))))
def test_the_order_of_stanzas_means_nothing(reading: Callable[[bytes], Reading], order: list[int]) -> None:
    wanted = reading(CURLY.encode()).facts
    found = reading(curly([CONFIG[number] for number in order]).encode()).facts
    assert told(found) == told(wanted)


@QUICK
@given(data=st.data())
def test_the_order_of_flat_lines_means_nothing_where_no_list_does(
    reading: Callable[[bytes], Reading], data: st.DataObject
) -> None:
    lines = FLAT.splitlines()
    ordered = [line for line in lines if "authentication-order" in line or "firewall" in line]
    others = data.draw(st.permutations([line for line in lines if line not in ordered]))
    wanted = reading(FLAT.encode()).facts
    found = reading("\n".join([*others, *ordered, ""]).encode()).facts

    def bag(value: object) -> object:
        if isinstance(value, list):
            return sorted((bag(one) for one in value), key=repr)
        return {key: bag(one) for key, one in value.items()} if isinstance(value, dict) else value

    assert bag(told(found, *UNORDERED)) == bag(told(wanted, *UNORDERED))


@QUICK
@given(indents=st.lists(st.integers(0, 12), min_size=len(CURLY.splitlines()), max_size=len(CURLY.splitlines())))
def test_indentation_means_nothing(reading: Callable[[bytes], Reading], indents: list[int]) -> None:
    text = "".join(f"{' ' * indent}{line.strip()}\n" for indent, line in zip(indents, CURLY.splitlines(), strict=True))
    found, wanted = told(reading(text.encode()).facts), told(reading(CURLY.encode()).facts)
    # A community of BGP is told from one of SNMP by the block it stands in, which is found by its indentation.
    for facts in (found, wanted):
        del facts["redirection"]
    assert found == wanted


@pytest.mark.parametrize("text", [CURLY, FLAT, XML], ids=["curly", "flat", "xml"])
def test_line_ends_and_blank_lines_mean_nothing(reading: Callable[[bytes], Reading], text: str) -> None:
    wanted = told(reading(text.encode()).facts)
    assert told(reading(text.replace("\n", "\r\n").encode()).facts) == wanted
    assert told(reading(text.replace("\n", "\n\n").encode()).facts) == wanted
    assert told(reading(("\ufeff" + text).encode()).facts) == wanted


@QUICK
@given(cut=st.integers(0, len(FLAT)))
def test_a_part_of_flat_lines_is_never_taken_for_the_whole(reading: Callable[[bytes], Reading], cut: int) -> None:
    """Flat lines have no end mark: what ends within a line says so."""
    found = reading(FLAT[:cut].encode()).facts
    accounted(found)
    if cut and FLAT[cut - 1] != "\n":
        assert not isinstance(found.complete, Known)


@QUICK
@given(cut=st.integers(0, len(CURLY) - 2))
def test_a_cut_in_braces_says_so(reading: Callable[[bytes], Reading], cut: int) -> None:
    """Outermost blocks that are missing altogether leave no trace; a block or statement that is cut does."""
    found = reading(CURLY[:cut].encode()).facts
    accounted(found)
    part = CURLY[:cut].rstrip()
    if part.count("{") > part.count("}") or not part.endswith((";", "}")):
        assert not isinstance(found.complete, Known)
