"""The taps of a device, from the count-only columns of CISCO-TAP2-MIB."""

import ipaddress
from datetime import UTC, datetime, timedelta, timezone

import msgspec

from auditor.li_office import canonical, rules
from auditor.li_office.walker import Columns, Reader, ReadError, Rows, Value, read_columns

_ACTIVE = 1
"""RowStatus, RFC 2579."""
_TRUE = 1
_FALSE = 2
_ADDRESS_BYTES = {1: 4, 2: 16}
"""InetAddressType ipv4(1) and ipv6(2), RFC 4001."""


class Tap(msgspec.Struct, frozen=True):
    """One stream row with its mediation row. None: the object was not seen."""

    row: str
    active: bool
    destination: canonical.Endpoint | None
    timeout: bytes | None
    """DateAndTime, RFC 2579."""
    notification: bool | None

    def __repr__(self) -> str:
        return "Tap()"


class Taps(msgspec.Struct, frozen=True):
    """What a device showed."""

    taps: tuple[Tap, ...]
    debug_users: int | None
    """Rows of cTap2DebugUserTable; None where none was seen, which a view without the column looks like too."""
    visible: bool
    """At least one of the columns showed a row."""
    steady: bool
    """The tables held together: no row was half there, in two readings."""
    unseen: tuple[str, ...]
    """Columns that showed no row while others did: the view lacks them."""
    wide: bool
    """The principal's view shows more than the columns."""
    asked: tuple[str, ...]
    """The columns that were asked for."""


def read_taps(reader: Reader) -> Taps:
    """Read once; a second time where rows are half there, because taps may come and go meanwhile."""
    columns = read_columns(reader, rules.COUNT_ONLY)
    if not _steady(columns):
        columns = read_columns(reader, rules.COUNT_ONLY)
    asked: tuple[rules.Oid, ...] = rules.COUNT_ONLY
    debug: Rows = {}
    # What follows the debug users may be a filter table. With a view that is too wide they are left alone.
    if not columns.wide:
        asked = rules.ALLOWED
        debug = read_columns(reader, (rules.DEBUG_USER_STATUS,)).rows[rules.DEBUG_USER_STATUS]
    return Taps(
        taps=_taps(columns),
        debug_users=len(debug) or None,
        visible=any(columns.rows.values()),
        steady=_steady(columns),
        unseen=_unseen(columns),
        wide=columns.wide,
        asked=tuple(rules.text(column) for column in asked),
    )


def _steady(columns: Columns) -> bool:
    """Whether every column that is visible at all has the same rows, and every stream row its mediation row."""
    streams, mediation = (
        [set(columns.rows[column]) for column in table if columns.rows[column]]
        for table in (rules.STREAM_COLUMNS, rules.MEDIATION_COLUMNS)
    )
    alike = all(rows == table[0] for table in (streams, mediation) for rows in table)
    orphans = {row[:1] for rows in streams for row in rows}.difference(*mediation[:1]) if mediation else set()
    return alike and not orphans


def _unseen(columns: Columns) -> tuple[str, ...]:
    if not any(columns.rows[column] for column in rules.STREAM_COLUMNS):
        # Mediation rows without a stream are usual; the stream columns may be visible and empty.
        return ()
    return tuple(rules.NAMES[column] for column in rules.COUNT_ONLY if not columns.rows[column])


def _taps(columns: Columns) -> tuple[Tap, ...]:
    enabled, status = (columns.rows[column] for column in rules.STREAM_COLUMNS)
    return tuple(_tap(row, columns) for row in sorted({*enabled, *status}))


def _tap(row: rules.Oid, columns: Columns) -> Tap:
    if len(row) != 2:
        raise ReadError("a row has another index than content id and stream index")
    content = row[:1]

    def mediation(column: rules.Oid) -> Value | None:
        return columns.rows[column].get(content)

    enabled = columns.rows[rules.INTERCEPT_ENABLE].get(row, _TRUE)
    status = columns.rows[rules.STREAM_STATUS].get(row, _ACTIVE)
    if enabled not in (_TRUE, _FALSE) or not isinstance(status, int):
        raise ReadError("an object has another type than in CISCO-TAP2-MIB")
    timeout = mediation(rules.TIMEOUT)
    notification = mediation(rules.NOTIFICATION)
    return Tap(
        row=canonical.row(*row),
        # A row of which a part was not seen counts: an intercept must not hide behind it. The status of the
        # mediation row needs no look: it cannot leave 'active' while a stream row exists (cTap2MediationStatus).
        active=enabled == _TRUE and status == _ACTIVE,
        destination=_destination(*(mediation(column) for column in rules.MEDIATION_COLUMNS[:3])),
        timeout=timeout if isinstance(timeout, bytes) else None,
        notification=None if notification is None else notification == _TRUE,
    )


def _destination(kind: Value | None, address: Value | None, port: Value | None) -> canonical.Endpoint | None:
    """None where it was not seen or is of a type that no token can be made of (a name, an address with a zone)."""
    if not isinstance(address, bytes) or not isinstance(port, int) or not isinstance(kind, int):
        return None
    if len(address) != _ADDRESS_BYTES.get(kind):
        return None
    return canonical.Endpoint(canonical.plain_address(str(ipaddress.ip_address(address))), port)


def moment(octets: bytes) -> tuple[datetime, bool] | None:
    """A DateAndTime and whether it names its zone; None where the octets are none (zeros, for instance).

    RFC 2579: year (2 octets), month, day, hour, minutes, seconds (60 is a leap second), tenths; and with 11 octets the
    direction from UTC, hours and minutes.
    """
    if len(octets) not in (8, 11):
        return None
    zone = UTC
    try:
        if len(octets) == 11:
            offset = timedelta(hours=octets[9], minutes=octets[10])
            zone = timezone(-offset if octets[8:9] == b"-" else offset)
        year = int.from_bytes(octets[:2], "big")
        month, day, hour, minute, second = octets[2:7]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone), len(octets) == 11
    except (ValueError, OverflowError):
        return None
