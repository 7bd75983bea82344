"""What an audit finds, on disk from device to report: memory does not grow with what is found on each device.

It is a temporary database of SQLite: a file without a name, which nobody else can open and which ends with the process.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Generic, NamedTuple, TypeVar

import msgspec

from auditor.engine.device import DeviceOutcome, Observed
from auditor.model.check import Severity
from auditor.model.entries import Entries, Entry
from auditor.model.run import DeviceRecord, DeviceStatus, Finding, Outcome, PeerCount, Result, ReviewItem

E = TypeVar("E", bound=Entry)

_CACHE_KIB = 16 * 1024
_FINDING = msgspec.json.Decoder(Finding)
_RESULTS = msgspec.json.Decoder(tuple[Result, ...])
_OBSERVED = msgspec.json.Decoder(Observed)
_ALL: Mapping[str, str] = {}
_NEW_DEVICE = "INSERT INTO devices (device, role, entry) VALUES (?, ?, ?)"
_NEW_RESULTS = "INSERT INTO results (device, count, entry) VALUES (?, ?, ?)"
_NEW_ITEM = "INSERT INTO review (device, check_id, subject, role, entry) VALUES (?, ?, ?, ?, ?)"
_NEW_FINDING = "INSERT INTO findings (device, check_id, subject, severity, entry) VALUES (?, ?, ?, ?, ?)"
_TABLES = """
CREATE TABLE devices (no INTEGER PRIMARY KEY, device TEXT, role TEXT, entry BLOB);
CREATE TABLE results (no INTEGER PRIMARY KEY, device TEXT, count INTEGER, entry BLOB);
CREATE TABLE findings (
    no INTEGER PRIMARY KEY, device TEXT, check_id TEXT, subject TEXT, severity INTEGER, waived INTEGER, entry BLOB);
CREATE TABLE review (
    no INTEGER PRIMARY KEY, device TEXT, check_id TEXT, subject TEXT, role TEXT, entry BLOB,
    share REAL, with_it INTEGER, of INTEGER);
CREATE TABLE observed (no INTEGER PRIMARY KEY, check_id TEXT, entry BLOB);
"""
_ORDERS = """
CREATE INDEX devices_named ON devices (device);
CREATE INDEX results_named ON results (device);
CREATE INDEX findings_ordered ON findings (severity DESC, device, check_id, subject);
CREATE INDEX findings_named ON findings (device, check_id);
CREATE INDEX review_named ON review (device, check_id);
CREATE INDEX observed_by ON observed (check_id);
"""
_PEERS = """
CREATE TABLE roles AS SELECT role, COUNT(DISTINCT device) AS of FROM devices GROUP BY role;
CREATE TABLE peers AS
    SELECT check_id, subject, role, COUNT(DISTINCT device) AS with_it FROM review GROUP BY check_id, subject, role;
CREATE INDEX peers_by ON peers (check_id, subject, role);
UPDATE review SET
    of = (SELECT of FROM roles WHERE roles.role = review.role),
    with_it = (SELECT with_it FROM peers WHERE peers.check_id = review.check_id
        AND peers.subject = review.subject AND peers.role = review.role);
UPDATE review SET share = CAST(with_it AS REAL) / of;
CREATE INDEX review_ordered ON review (share, check_id, subject, device);
CREATE INDEX review_by ON review (check_id);
"""


class Packed(NamedTuple):
    """The outcome of a device as rows, so that nobody takes it apart on its way between processes."""

    device: str
    role: str
    complete: bool
    """Audited wholly, and no check broke."""
    record: bytes
    results: tuple[int, bytes]
    findings: list[tuple[str, str, str, int, bytes]]
    review: list[tuple[str, str, str, str, bytes]]
    observed: list[tuple[str, bytes]]


def pack(outcome: DeviceOutcome) -> Packed:
    """The rows of an outcome. UnicodeEncodeError where a text of it is none."""
    encode = msgspec.json.Encoder().encode
    record = outcome.record
    broken = any(result.outcome is Outcome.ERROR for result in outcome.results)
    return Packed(
        device=record.name,
        role=record.role,
        complete=record.status is DeviceStatus.AUDITED and not broken,
        record=encode(record),
        results=(len(outcome.results), encode(outcome.results)),
        findings=[_row(finding, encode(finding)) for finding in outcome.findings],
        review=[(one.device, one.check, one.subject, record.role, encode(one)) for one in outcome.reviews],
        observed=[(one.check, encode(one)) for one in outcome.observed],
    )


def _row(finding: Finding, entry: bytes) -> tuple[str, str, str, int, bytes]:
    return (finding.device, finding.check, finding.subject, finding.severity, entry)


class _Database(sqlite3.Connection):
    """A connection that is closed when nobody reads from it any more."""

    def __del__(self) -> None:
        self.close()


class Spool:
    """What was found so far. First everything is added, then it is put in order, then it is read."""

    def __init__(self) -> None:
        # One thread uses it at a time; the last one to let go of it may be another.
        self._db = sqlite3.connect("", isolation_level=None, factory=_Database, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = MEMORY")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        self.complete = True
        """Every device was audited wholly, and no check broke."""

    def add(self, packed: Packed) -> None:
        """A device and what was found on it."""
        with self._whole() as db:
            db.execute(_NEW_DEVICE, (packed.device, packed.role, packed.record))
            db.execute(_NEW_RESULTS, (packed.device, *packed.results))
            db.executemany(_NEW_FINDING, packed.findings)
            db.executemany(_NEW_ITEM, packed.review)
            db.executemany("INSERT INTO observed (check_id, entry) VALUES (?, ?)", packed.observed)
        self.complete = self.complete and packed.complete

    def compared(self, results: Sequence[Result], findings: Iterable[Finding]) -> None:
        """What a comparison of devices gave."""
        encode = msgspec.json.encode
        with self._whole() as db:
            db.executemany(_NEW_RESULTS, ((result.device, 1, encode((result,))) for result in results))
            db.executemany(_NEW_FINDING, (_row(finding, encode(finding)) for finding in findings))
        self.complete = self.complete and not any(result.outcome is Outcome.ERROR for result in results)

    @contextmanager
    def _whole(self) -> Iterator[sqlite3.Connection]:
        """What is written here is written wholly or not at all, wherever Ctrl-C comes."""
        self._db.execute("SAVEPOINT whole")
        try:
            yield self._db
        except BaseException:
            # A full disk ends the transaction itself (SQLite, Response To Errors Within A Transaction).
            if self._db.in_transaction:
                self._db.execute("ROLLBACK TO whole")
                self._db.execute("RELEASE whole")
            raise
        self._db.execute("RELEASE whole")

    def names(self) -> list[str]:
        """The devices, in the order in which they came."""
        return [name for (name,) in self._db.execute("SELECT device FROM devices ORDER BY no")]

    def observed(self, check: str) -> Iterable[Observed]:
        """What a check that compares devices kept of each."""
        return _Kept(self._db, check)

    def order(self) -> None:
        """Put everything in order, when nothing more is to come. From here on nothing is taken back: Ctrl-C ends the run."""
        self._db.executescript("PRAGMA journal_mode = OFF")  # which would hold every changed page in memory
        self._db.executescript(_ORDERS)
        self._db.executescript(_PEERS)

    def revise(self, change: Callable[[Sequence[Finding]], Sequence[Finding]]) -> None:
        """Change findings in the light of all others of their device; `change` keeps their order."""
        with self._whole() as db:
            for device in self.names():
                rows = db.execute("SELECT no, entry FROM findings WHERE device = ? ORDER BY no", (device,)).fetchall()
                before = [_FINDING.decode(entry) for _, entry in rows]
                for (no, _), old, new in zip(rows, before, change(before), strict=True):
                    if new is not old:
                        values = (new.severity, new.waived is not None, msgspec.json.encode(new), no)
                        db.execute("UPDATE findings SET severity = ?, waived = ?, entry = ? WHERE no = ?", values)

    def worst_open(self) -> Severity | None:
        """The worst severity among the findings that nobody accepted."""
        (worst,) = self._db.execute("SELECT MAX(severity) FROM findings WHERE waived IS NOT TRUE").fetchone()
        return None if worst is None else Severity(worst)

    @property
    def devices(self) -> Entries[DeviceRecord]:
        """The devices, in the order in which they came."""
        return _Rows(self._db, "devices", "no", DeviceRecord)

    @property
    def results(self) -> Entries[Result]:
        """The results, by device and check."""
        return _Results(self._db)

    @property
    def findings(self) -> Entries[Finding]:
        """The findings, worst first."""
        return _Rows(self._db, "findings", "severity DESC, device, check_id, subject, no", Finding)

    @property
    def review(self) -> Entries[ReviewItem]:
        """The objects to be judged, rarest first."""
        return _Review(self._db)


class _Kept(Iterable[Observed]):
    """What a check kept of the devices; read anew whenever it is gone through."""

    def __init__(self, db: sqlite3.Connection, check: str) -> None:
        self._db = db
        self._check = check

    def __iter__(self) -> Iterator[Observed]:
        rows = self._db.execute("SELECT entry FROM observed WHERE check_id = ? ORDER BY no", (self._check,))
        return (_OBSERVED.decode(entry) for (entry,) in rows)


class _Rows(Generic[E]):
    """Entries that are a row each."""

    def __init__(self, db: sqlite3.Connection, table: str, order: str, kind: type[E]) -> None:
        self._db = db
        self._table = table
        self._order = order
        self._decode = msgspec.json.Decoder(kind).decode

    def __len__(self) -> int:
        (count,) = self._db.execute(f"SELECT COUNT(*) FROM {self._table}").fetchone()
        return int(count)

    def __iter__(self) -> Iterator[E]:
        return self._read()

    def where(self, *, device: str = "", check: str = "") -> tuple[E, ...]:
        """Those of a device, of a check, or of both."""
        named = {column: value for column, value in (("device", device), ("check_id", check)) if value}
        conditions = " AND ".join(f"{column} = :{column}" for column in named)
        return tuple(self._read(f"WHERE {conditions}" if named else "", named))

    def _read(self, where: str = "", named: Mapping[str, str] = _ALL) -> Iterator[E]:
        rows = self._db.execute(f"SELECT entry FROM {self._table} {where} ORDER BY {self._order}", named)
        return (self._decode(entry) for (entry,) in rows)


class _Review(_Rows[ReviewItem]):
    """Objects to be judged, with the number of their peers, which nobody knew when they were found."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db, "review", "share, check_id, subject, device, no", ReviewItem)

    def _read(self, where: str = "", named: Mapping[str, str] = _ALL) -> Iterator[ReviewItem]:
        rows = self._db.execute(f"SELECT entry, with_it, of, role FROM review {where} ORDER BY {self._order}", named)
        return (msgspec.structs.replace(self._decode(entry), peers=PeerCount(*peers)) for entry, *peers in rows)


class _Results:
    """Results, of which one row holds all of a device."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT SUM(count) FROM results").fetchone()
        return int(count or 0)

    def __iter__(self) -> Iterator[Result]:
        rows = self._db.execute("SELECT device, entry FROM results ORDER BY device, no")
        for _, same in groupby(rows, itemgetter(0)):
            yield from _in_order(entry for _, entry in same)

    def where(self, *, device: str = "", check: str = "") -> tuple[Result, ...]:
        """Those of a device, of a check, or of both."""
        rows = self._db.execute("SELECT entry FROM results WHERE device = ? ORDER BY no", (device,))
        found = _in_order(entry for (entry,) in rows) if device else self
        return tuple(one for one in found if check in ("", one.check))


def _in_order(rows: Iterable[bytes]) -> list[Result]:
    return sorted((one for row in rows for one in _RESULTS.decode(row)), key=attrgetter("check"))
