"""The walker stays in its columns, whatever an agent answers."""

from __future__ import annotations

import bisect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.li_office import rules
from auditor.li_office.rules import Oid
from auditor.li_office.walker import ReadError, Value, read_columns

TAP2 = rules.STREAM_STATUS[:9]


class Tables:
    """GETNEXT over objects in order, with a record of what was asked."""

    def __init__(self, objects: dict[Oid, Value]) -> None:
        self._objects = objects
        self._order = sorted(objects)
        self.asked: list[Oid] = []

    def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        self.asked += oids
        return tuple(self._following(oid) for oid in oids)

    def _following(self, oid: Oid) -> tuple[Oid, Value] | None:
        at = bisect.bisect_right(self._order, oid)
        return (self._order[at], self._objects[self._order[at]]) if at < len(self._order) else None


def allowed(oid: Oid) -> bool:
    return any(oid == column or rules.inside(oid, column) for column in rules.ALLOWED)


numbers = st.integers(min_value=0, max_value=20)
anywhere = st.lists(numbers, min_size=1, max_size=8).map(lambda tail: (*TAP2[:8], *tail))
in_tap2 = st.lists(numbers, min_size=1, max_size=8).map(lambda tail: (*TAP2, *tail))
in_columns = st.tuples(st.sampled_from(rules.ALLOWED), st.lists(numbers, min_size=1, max_size=3)).map(
    lambda parts: (*parts[0], *parts[1])
)


@pytest.mark.requirement("R-LI-01")
@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(anywhere, in_tap2, in_columns), max_size=40))
def test_only_columns_and_their_rows_are_asked_for_and_kept(oids: list[Oid]) -> None:
    tables = Tables(dict.fromkeys(oids, 1))
    columns = read_columns(tables, rules.COUNT_ONLY)
    assert all(allowed(oid) for oid in tables.asked)
    kept = {(*column, *row) for column, rows in columns.rows.items() for row in rows}
    assert kept == {oid for oid in oids if any(rules.inside(oid, column) for column in rules.COUNT_ONLY)}


@pytest.mark.parametrize(
    "column",
    [
        (*TAP2, 1, 1, 1),
        (*TAP2, 1, 1, 2, 1, 14),
        (*TAP2, 1, 3, 3, 1, 4),
        TAP2,
        (*TAP2[:8], 394, 1, 1, 2, 1, 3),
        (*TAP2[:8], 400, 1, 1, 2, 1, 1),
    ],
)
def test_any_other_column_is_refused_before_it_is_asked_for(column: Oid) -> None:
    tables = Tables({})
    with pytest.raises(ValueError, match="may not be read"):
        read_columns(tables, [column])
    assert tables.asked == []


class Backwards:
    """An agent that answers the same row for ever."""

    def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        return tuple(((*rules.STREAM_STATUS, 1, 1), 1) for _ in oids)


class Endless:
    """An agent whose table has no end."""

    def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        return tuple(((*rules.STREAM_STATUS, oid[13] + 1 if len(oid) > 13 else 1, 1), 1) for oid in oids)


@pytest.mark.parametrize("agent", [Backwards(), Endless()])
def test_an_agent_that_never_ends_is_left(agent: Backwards | Endless) -> None:
    with pytest.raises(ReadError):
        read_columns(agent, [rules.STREAM_STATUS])


@pytest.mark.parametrize(
    ("oid", "wide"),
    [
        ((*TAP2, 1, 2, 1, 1, 7, 1, 1), True),
        ((*TAP2, 1, 3, 1, 0), True),
        ((*TAP2[:8], 400, 1, 1, 1, 0), True),
        ((*rules.DEBUG_USER_STATUS, 1, 1, 97), False),
    ],
)
def test_a_view_that_shows_more_is_noticed_by_the_name_that_follows(oid: Oid, wide: bool) -> None:
    assert read_columns(Tables({oid: 1}), rules.COUNT_ONLY).wide is wide
