"""Snapshots on disk, for tests that need one."""

from pathlib import Path
from unittest import mock

from auditor.model.snapshot import Snapshot
from auditor.snapshots import journal
from auditor.snapshots.journal import SnapshotWriter


def written(folder: Path, *found: Snapshot) -> Path:
    """A finished snapshot of these devices; two of the same are equal, byte for byte."""
    with (
        mock.patch.object(journal, "now", lambda: "2026-11-24T10:00:00+00:00"),
        SnapshotWriter(folder, [one.device for one in found]) as writer,
    ):
        for index, one in enumerate(found):
            writer.add(index, one)
        writer.finish()
    return folder
