"""Rows that change while they are read, and times as devices write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from auditor.li_office import rules
from auditor.li_office.rules import Oid
from auditor.li_office.taps import moment, read_taps
from auditor.li_office.walker import ReadError, Value
from tests.li_office.test_walker import Tables

END = bytes([7, 0xEB, 1, 1, 0, 0, 0, 0])


def rows(contents: tuple[int, ...], without: tuple[tuple[Oid, int], ...] = ()) -> dict[Oid, Value]:
    """The objects of sound taps, without some."""
    values: dict[Oid, Value] = {
        rules.DESTINATION_TYPE: 1,
        rules.DESTINATION_ADDRESS: bytes([198, 51, 100, 7]),
        rules.DESTINATION_PORT: 9000,
        rules.TIMEOUT: END,
        rules.NOTIFICATION: 1,
        rules.INTERCEPT_ENABLE: 1,
        rules.STREAM_STATUS: 1,
    }
    return {
        (*column, content, *((1,) if column in rules.STREAM_COLUMNS else ())): value
        for column, value in values.items()
        for content in contents
        if (column, content) not in without
    }


class Changing:
    """An agent whose tables change after its first reading, or after any."""

    def __init__(self, *tables: dict[Oid, Value]) -> None:
        self._tables = [Tables(one) for one in tables]
        self._current = self._tables[0]

    def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        if oids[0] == rules.COUNT_ONLY[0] and len(oids) == len(rules.COUNT_ONLY) and self._tables:
            self._current = self._tables.pop(0)
        return self._current.next(oids)


HALF = rows((1, 2), without=((rules.INTERCEPT_ENABLE, 2),))


def test_a_row_that_comes_meanwhile_is_read_again() -> None:
    taps = read_taps(Changing(HALF, rows((1, 2))))
    assert taps.steady
    assert [tap.row for tap in taps.taps] == ["1.1", "2.1"]


@pytest.mark.parametrize("column", rules.STREAM_COLUMNS)
@pytest.mark.requirement("R-LI-06")
def test_a_row_that_stays_half_there_counts_as_active(column: Oid) -> None:
    half = rows((1, 2), without=((column, 2),))
    taps = read_taps(Changing(half, half))
    assert not taps.steady
    assert [(tap.row, tap.active) for tap in taps.taps] == [("1.1", True), ("2.1", True)]


@pytest.mark.parametrize("column", rules.MEDIATION_COLUMNS)
def test_a_mediation_row_that_is_half_there_is_noticed(column: Oid) -> None:
    half = rows((1, 2), without=((column, 2),))
    assert not read_taps(Changing(half, half)).steady


def test_a_mediation_row_without_a_stream_is_no_tap() -> None:
    mediation = {
        oid: value
        for oid, value in rows((1, 2)).items()
        if any(rules.inside(oid, column) for column in rules.MEDIATION_COLUMNS)
    }
    taps = read_taps(Tables({**mediation, **rows((1,))}))
    assert taps.steady
    assert [tap.row for tap in taps.taps] == ["1.1"]


def test_a_row_with_another_index_is_an_error() -> None:
    with pytest.raises(ReadError, match="another index"):
        read_taps(Tables({**rows((1,)), (*rules.STREAM_STATUS, 5): 1, (*rules.INTERCEPT_ENABLE, 5): 1}))


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("07EA 0B 1A 0C 1E 0F 00", (datetime(2026, 11, 26, 12, 30, 15, tzinfo=UTC), False)),
        ("07EA 0C 1F 17 3B 3C 00", (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), False)),
        (
            "07EA 0B 1A 0C 1E 0F 00 2B 02 1E",
            (datetime(2026, 11, 26, 12, 30, 15, tzinfo=timezone(timedelta(hours=2, minutes=30))), True),
        ),
        (
            "07EA 0B 1A 0C 1E 0F 00 2D 05 00",
            (datetime(2026, 11, 26, 12, 30, 15, tzinfo=timezone(-timedelta(hours=5))), True),
        ),
        ("0000 00 00 00 00 00 00", None),
        ("07EA 0D 01 00 00 00 00", None),
        ("07EA 0B 1A 0C 1E 0F 00 2B FF FF", None),
        ("07EA 0B 1A", None),
        ("", None),
    ],
)
def test_times_are_read_as_rfc_2579_writes_them(octets: str, expected: tuple[datetime, bool] | None) -> None:
    assert moment(bytes.fromhex(octets)) == expected
