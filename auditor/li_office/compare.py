"""What a device shows against what the register says. Everything here is for the recipient's eyes only."""

from datetime import datetime, timedelta

import msgspec

from auditor.li_office.keys import RegisterKey
from auditor.li_office.register import CISCO_TAP2, Entry, Register, destination_tag, device_tag, row_tag, token
from auditor.li_office.rules import DESTINATION_NAMES
from auditor.li_office.taps import Tap, Taps, moment

COUNT_MISMATCH = "li-intercept-count-mismatch"
DELIVERY_UNDECLARED = "li-delivery-undeclared"
NO_EXPIRY = "li-intercept-no-expiry"
NOTIFICATIONS_MISSING = "li-notifications-missing"
DEBUG_USER_ACTIVE = "li-debug-user-active"

_NOTHING_VISIBLE = "no tap object was visible: empty tables and a view without the columns look alike"
_ZONES = timedelta(hours=14)
"""How far a clock without a named zone may be from UTC."""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of the device, named by content id and stream index."""

    row: str
    destination: str = ""
    declared: bool = True
    """The destination's address is that of a declared mediation device."""
    registered: bool = False
    """The register has this row with another destination."""
    why: str = ""


class Missing(msgspec.Struct, frozen=True):
    """An intercept that is authorised today and not found active; the office knows it by its token."""

    token: str
    why: str


class Result(msgspec.Struct, frozen=True):
    """One device. Counts are of intercepts that are active on it (observed) or valid today (authorised).

    observed = matched + expired + not yet valid + unmatched.
    """

    device: str
    method: str
    """`snmp`, `handed in` or `none`."""
    problem: str = ""
    """Why the device was not examined, or not wholly."""
    authorised: int = 0
    observed: int | None = None
    matched: int | None = None
    unmatched: tuple[Row, ...] = ()
    missing: tuple[Missing, ...] = ()
    expired: tuple[Row, ...] = ()
    not_yet_valid: tuple[Row, ...] = ()
    misdelivered: tuple[Row, ...] = ()
    """Rows that deliver to an address that is no declared mediation device, or to none that could be read."""
    no_expiry: tuple[Row, ...] = ()
    notification_disabled: tuple[Row, ...] = ()
    debug_users: int | None = None
    notes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    """Ids of the catalogue's entries that apply."""


class Comparison:
    """Compares devices with one register at one time (UTC)."""

    def __init__(self, register: Register, key: RegisterKey, now: datetime) -> None:
        self._register = register
        self._key = key
        self._now = now
        self._today = now.date()

    def unread(self, device: str, method: str, problem: str) -> Result:
        """A device that could not be examined."""
        return Result(device, method, problem=problem, authorised=len(self._valid(device)))

    def counted(self, device: str, count: int) -> Result:
        """A device of which only a number is known."""
        authorised = len(self._valid(device))
        return Result(
            device,
            "handed in",
            authorised=authorised,
            observed=count,
            notes=("only the number was compared: one intercept in place of another is not seen",),
            findings=(COUNT_MISMATCH,) if count != authorised else (),
        )

    def observed(self, device: str, taps: Taps) -> Result:
        """A device whose taps were read."""
        active = [tap for tap in taps.taps if tap.active]
        if not DESTINATION_NAMES.isdisjoint(taps.unseen):
            return self._only_counted(device, taps, len(active))
        entries = {tap.row: self._entry(device, tap) for tap in active}
        expired = tuple(
            Row(tap.row, why=f"authorised until {entry.not_after}")
            for tap in active
            if (entry := entries[tap.row]) and entry.not_after < self._today
        )
        early = tuple(
            Row(tap.row, why=f"authorised from {entry.not_before}")
            for tap in active
            if (entry := entries[tap.row]) and entry.not_before > self._today
        )
        unmatched = tuple(self._described(device, tap) for tap in active if entries[tap.row] is None)
        result = Result(
            device,
            "snmp",
            authorised=len(self._valid(device, CISCO_TAP2)),
            problem="" if taps.visible else _NOTHING_VISIBLE,
            observed=len(active) if taps.visible else None,
            matched=len(active) - len(expired) - len(early) - len(unmatched) if taps.visible else None,
            unmatched=unmatched,
            missing=self._missing(device, taps, {entry.token for entry in entries.values() if entry}),
            expired=expired,
            not_yet_valid=early,
            misdelivered=tuple(row for tap in active if not (row := self._described(device, tap)).declared),
            no_expiry=tuple(Row(tap.row, why=why) for tap in active if (why := self._expiry(tap))),
            notification_disabled=tuple(Row(tap.row) for tap in active if tap.notification is False),
            debug_users=taps.debug_users,
            notes=self._notes(device, taps),
        )
        return msgspec.structs.replace(result, findings=_findings(result))

    def _only_counted(self, device: str, taps: Taps, count: int) -> Result:
        """A device whose view hides where taps deliver to: rows cannot be told from each other."""
        authorised = len(self._valid(device, CISCO_TAP2))
        return Result(
            device,
            "snmp",
            problem="the principal does not see the destinations: only the number was compared",
            authorised=authorised,
            observed=count,
            notes=self._notes(device, taps),
            findings=(COUNT_MISMATCH,) if count != authorised else (),
        )

    def _valid(self, device: str, mechanism: str = "") -> list[Entry]:
        return [
            entry
            for entry in self._register.entries(device_tag(self._key, device))
            if entry.not_before <= self._today <= entry.not_after and mechanism in ("", entry.mechanism)
        ]

    def _entry(self, device: str, tap: Tap) -> Entry | None:
        if tap.destination is None:
            return None
        return self._register.entry(token(self._key, device, CISCO_TAP2, tap.row, tap.destination))

    def _described(self, device: str, tap: Tap) -> Row:
        declared = tap.destination is not None and self._register.declares(
            destination_tag(self._key, tap.destination.address)
        )
        tag = row_tag(self._key, device, tap.row)
        registered = any(entry.row == tag for entry in self._valid(device, CISCO_TAP2))
        where = tap.destination.text if tap.destination else "no address that can be read"
        return Row(tap.row, destination=where, declared=declared, registered=registered)

    def _missing(self, device: str, taps: Taps, found: set[str]) -> tuple[Missing, ...]:
        seen = {row_tag(self._key, device, tap.row): tap.active for tap in taps.taps}
        absent = "not there" if taps.visible else "not seen"
        words = {True: "active, with another destination", False: "there, not active", None: absent}
        return tuple(
            Missing(entry.token, words[seen.get(entry.row)])
            for entry in self._valid(device, CISCO_TAP2)
            if entry.token not in found
        )

    def _expiry(self, tap: Tap) -> str:
        """What is wrong with the time at which a tap ends; empty where nothing is or the time was not seen."""
        if tap.timeout is None:
            return ""
        read = moment(tap.timeout)
        if read is None:
            return "the time of its end is none"
        end, zoned = read
        slack = timedelta() if zoned else _ZONES
        if end + slack < self._now:
            return "the time of its end is past"
        if end - slack > self._now + timedelta(days=self._register.maximum_days):
            return f"ends in more than {self._register.maximum_days} days"
        return ""

    def _notes(self, device: str, taps: Taps) -> tuple[str, ...]:
        others = len(self._valid(device)) - len(self._valid(device, CISCO_TAP2))
        found = (
            (taps.wide, "the principal's view shows more than the count-only columns: narrow it; debug users not read"),
            (not taps.steady, "rows were half there in two readings; what was not seen counts as active"),
            (others, f"{others} authorised intercepts of other mechanisms were not compared"),
            (taps.unseen, f"columns that the principal does not see: {', '.join(taps.unseen)}"),
        )
        return tuple(note for applies, note in found if applies)


def _findings(result: Result) -> tuple[str, ...]:
    mismatch = result.unmatched or result.missing or result.expired or result.not_yet_valid
    found = (
        (mismatch, COUNT_MISMATCH),
        (result.misdelivered, DELIVERY_UNDECLARED),
        (result.no_expiry, NO_EXPIRY),
        (result.notification_disabled, NOTIFICATIONS_MISSING),
        (result.debug_users, DEBUG_USER_ACTIVE),
    )
    return tuple(name for applies, name in found if applies)
