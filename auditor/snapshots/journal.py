"""Writes a snapshot device by device, so that a run that was killed loses the devices in flight and nothing else.

A device is part of the snapshot once its line stands in the journal; its documents were written before. What lies in the
folder and is in no line was being written when the run was killed, and is removed when it is resumed. Only the journal is
forced to the disk each time: a document that a power failure took is noticed by its checksum, and collected again.

Errors:
    SnapshotError   the folder holds another snapshot, or a run that differs from this one; another process writes it
    OSError         the folder cannot be written
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from auditor import __version__
from auditor.collect.documents import now
from auditor.collect.files import refused
from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.redaction import redaction
from auditor.snapshots.disk import append, create, replace
from auditor.snapshots.folder import Folder, content
from auditor.snapshots.manifest import (
    JOURNAL,
    MANIFEST,
    SCHEMA,
    DeviceEntry,
    DocumentEntry,
    Line,
    Plan,
    SnapshotError,
    assembled,
    decoded,
    file,
    journal,
    place,
    read_bounded,
)
from auditor.snapshots.source import PLAIN, Cipher

_DEVICES = "devices"


class SnapshotWriter:
    """The folder of a run, for one process at a time."""

    def __init__(
        self,
        folder: Path,
        devices: Sequence[Device],
        *,
        command: str = "collect",
        resume: bool = False,
        cipher: Cipher = PLAIN,
    ) -> None:
        self._folder = folder
        self._cipher = cipher
        self._plan = planned(devices, command)
        self.done: dict[int, DeviceEntry] = {}
        """What is written, by the place of the device in the inventory."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = _locked(folder)
        try:
            self._begin(resume=resume)
        except BaseException:
            os.close(self._lock)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        os.close(self._lock)

    def add(self, index: int, snapshot: Snapshot) -> None:
        """Write the documents of a device, without what lawful intercept protects."""
        device = snapshot.device
        folder = place(index, device.name)
        (self._folder / folder).mkdir(mode=0o700)
        reasons = {one.name: reason for one in snapshot.documents if (reason := refused(one.content))}
        texts = (one for one in snapshot.documents if one.name not in reasons)
        kept = redaction.documents(texts, device.platform, device.name)
        entries = tuple(
            self._document(document, file(folder, number, document.name)) for number, document in enumerate(kept)
        )
        left = tuple(CollectionError(reason, document=name) for name, reason in reasons.items())
        entry = DeviceEntry(device, entries, redaction.errors(snapshot.errors) + left)
        append(self._folder / JOURNAL, self._written(Line(index, entry)))
        self.done[index] = entry

    def finish(self) -> None:
        """Write the manifest: every device is done."""
        if len(self.done) != len(self._plan.devices):
            raise ValueError("a device is missing")
        if not (self._folder / MANIFEST).exists():
            manifest = assembled(self._plan, self.done, ended=now())
            text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
            os.sync()
            replace(self._folder / MANIFEST, self._cipher.encrypt(text))
        (self._folder / JOURNAL).unlink(missing_ok=True)

    def source(self) -> Folder:
        """What is written, to be read."""
        return Folder(self._folder, self._cipher)

    def _begin(self, *, resume: bool) -> None:
        if (self._folder / MANIFEST).exists():
            if not resume:
                raise SnapshotError(f"{self._folder}: holds a snapshot already")
            self._go_on_finished()
        elif (self._folder / JOURNAL).exists():
            if not resume:
                raise SnapshotError(f"{self._folder}: holds a run that was not finished: go on with --resume")
            self._go_on()
        else:
            replace(self._folder / JOURNAL, self._written(self._plan))
            (self._folder / _DEVICES).mkdir(mode=0o700, exist_ok=resume)

    def _go_on_finished(self) -> None:
        path = self._folder / MANIFEST
        found = decoded(self._cipher.decrypt(read_bounded(path)), str(path))
        same(found.plan, self._plan, self._folder)
        self.done = dict(enumerate(found.devices))

    def _go_on(self) -> None:
        path = self._folder / JOURNAL
        plan, found = journal(read_bounded(path), str(path), self._cipher.decrypt)
        same(plan, self._plan, self._folder)
        self._plan = plan
        self.done = {index: entry for index, entry in found.items() if self._whole(entry)}
        lines = [self._written(Line(index, entry)) for index, entry in self.done.items()]
        replace(path, b"".join([self._written(plan), *lines]))
        (self._folder / _DEVICES).mkdir(mode=0o700, exist_ok=True)
        kept = {place(index, entry.device.name) for index, entry in self.done.items()}
        for left in (self._folder / _DEVICES).iterdir():
            if f"{_DEVICES}/{left.name}" not in kept:
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()

    def _whole(self, entry: DeviceEntry) -> bool:
        """Whether every document of a device is as it was written."""
        root = self._folder.resolve()
        return not any(content(self._folder, listed, root, self._cipher)[1] for listed in entry.documents)

    def _written(self, line: Plan | Line) -> bytes:
        return self._cipher.encrypt(msgspec.json.encode(line)) + b"\n"

    def _document(self, document: Document, path: str) -> DocumentEntry:
        create(self._folder / path, self._cipher.encrypt(document.content))
        return DocumentEntry(
            name=document.name,
            file=path,
            sha256=hashlib.sha256(document.content).hexdigest(),
            bytes=len(document.content),
            collected_by=document.collected_by,
            collected_at=document.collected_at,
            started_at=document.started_at,
            command=document.sent,
            device_clock=document.device_clock,
        )


def planned(devices: Sequence[Device], command: str) -> Plan:
    """What a run that begins now is to collect."""
    return Plan(SCHEMA, __version__, now(), command, tuple(devices))


def same(begun: Plan, asked: Plan, shown: Path) -> None:
    """A run is resumed as it was begun: all of a snapshot was collected in one way."""
    if difference := _difference(begun, asked):
        raise SnapshotError(f"{shown}: cannot be resumed: {difference}")


def _difference(begun: Plan, asked: Plan) -> str:
    if begun.auditor != asked.auditor:
        return f"it was begun by auditor {begun.auditor}, this is {asked.auditor}"
    if begun.command != asked.command:
        return f"it was begun by auditor {begun.command}"
    if begun.devices == asked.devices:
        return ""
    before, after = ({device.name: device for device in one.devices} for one in (begun, asked))
    for name in before | after:
        if name not in after:
            return f"it was begun with device '{name}', which is not asked for now (inventory or --only)"
        if name not in before:
            return f"it was begun without device '{name}', which is asked for now (inventory or --only)"
        if before[name] != after[name]:
            return f"device '{name}' was changed in the inventory"
    return "the inventory has its devices in another order"


def _locked(folder: Path) -> int:
    """The lock ends with the process, however that ends."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise SnapshotError(f"{folder}: another run is writing it") from None
    return descriptor
