"""What a person is told when the machine gives out."""

from __future__ import annotations

import sqlite3

import pytest

from auditor.cli.errors import explain
from auditor.engine.device import DeviceOutcome
from auditor.engine.spool import Spool, pack
from auditor.model.run import DeviceRecord, DeviceStatus


def test_a_full_disk_is_named() -> None:
    record = DeviceRecord("pe1", "cisco_ios", DeviceStatus.AUDITED, errors=("x" * 1_000_000,))
    spool = Spool()
    (pages,) = spool._db.execute("PRAGMA page_count").fetchone()
    spool._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(sqlite3.OperationalError) as full:
        spool.add(pack(DeviceOutcome(record, ())))
    message, code = explain(full.value)
    assert (message, code) == (
        "auditor: what was found could not be kept on disk: database or disk is full; TMPDIR names another place",
        3,
    )
