"""Reading columns of tables, and nothing beside them.

Every OID that is asked for is a column or a row in it. What an agent answers after the last row is looked at for its
name only: where it is there at all and is none of the columns, the principal's view is wider than it should be.

Errors:
    ReadError   the device could not be read; the text is one of a few fixed ones
"""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from auditor.li_office.rules import ALLOWED, MOST_ROWS, Oid, inside

Value = int | bytes
Rows = dict[Oid, Value]
"""Values of a column by row index."""


class ReadError(Exception):
    """A device could not be read. Says nothing of what it answered."""


class Reader(Protocol):
    """The one operation that is used: GETNEXT."""

    def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        """What follows each OID; None at the end of what the principal may see. Raises ReadError."""


class Columns(msgspec.Struct, frozen=True):
    """What was read."""

    rows: dict[Oid, Rows]
    """By column."""
    wide: bool
    """An object that is none of the allowed columns could be seen."""


def read_columns(reader: Reader, columns: Iterable[Oid]) -> Columns:
    """Read columns row by row, all columns of a row in one request."""
    wanted = tuple(columns)
    if not set(wanted) <= set(ALLOWED):
        raise ValueError("a column that may not be read")
    rows: dict[Oid, Rows] = {column: {} for column in wanted}
    live: dict[Oid, Oid] = {column: column for column in wanted}
    wide = False
    while live:
        answers = reader.next(tuple(live.values()))
        if len(answers) != len(live):
            raise ReadError("the agent answered something else than was asked")
        for (column, asked), answer in zip(list(live.items()), answers, strict=True):
            if answer is not None and inside(answer[0], column):
                _check_order(asked, answer[0])
                rows[column][answer[0][len(column) :]] = answer[1]
                live[column] = answer[0]
                if len(rows[column]) > MOST_ROWS:
                    raise ReadError(f"the table has more than {MOST_ROWS} rows")
            else:
                del live[column]
                wide = wide or (answer is not None and not any(inside(answer[0], one) for one in ALLOWED))
    return Columns(rows, wide)


def _check_order(asked: Oid, answered: Oid) -> None:
    """An agent that goes backwards would never end."""
    if answered <= asked:
        raise ReadError("the agent answers out of order")
