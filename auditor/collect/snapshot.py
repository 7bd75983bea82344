"""Snapshots on disk: one folder, a manifest with the SHA-256 of every document, files that only their owner reads."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.common import redaction

SCHEMA = "auditor/snapshot/1"
MANIFEST = "manifest.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class SnapshotError(Exception):
    """A folder is no snapshot, or its manifest cannot be read."""


class _DocumentEntry(msgspec.Struct, frozen=True):
    name: str
    file: str
    sha256: str
    bytes: int
    collected_by: str
    collected_at: str


class _DeviceEntry(msgspec.Struct, frozen=True):
    device: Device
    documents: tuple[_DocumentEntry, ...]
    errors: tuple[CollectionError, ...]


class _Version(msgspec.Struct, frozen=True):
    """What every version of a manifest has."""

    schema: str


class _Manifest(msgspec.Struct, frozen=True):
    schema: str
    devices: tuple[_DeviceEntry, ...]


class SnapshotWriter:
    """Writes a snapshot device by device; the manifest is whole after each, so that an interruption keeps what was done."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (folder / MANIFEST).exists():
            raise SnapshotError(f"{folder}: holds a snapshot already")
        self._folder = folder
        self._entries: list[_DeviceEntry] = []

    def add(self, snapshot: Snapshot) -> None:
        """Write the documents of one device, without what lawful intercept protects."""
        device = snapshot.device
        snapshot = Snapshot(
            device,
            redaction.documents(snapshot.documents, device.platform, device.name),
            redaction.errors(snapshot.errors),
        )
        place = f"devices/{len(self._entries):06d}-{_safe(snapshot.device.name)}"
        for folder in (self._folder / "devices", self._folder / place):
            folder.mkdir(exist_ok=True, mode=0o700)
        entries = tuple(
            self._document(document, f"{place}/{index:02d}-{_safe(document.name)}.txt")
            for index, document in enumerate(snapshot.documents)
        )
        self._entries.append(_DeviceEntry(snapshot.device, entries, snapshot.errors))
        self._manifest()

    def _document(self, document: Document, file: str) -> _DocumentEntry:
        _write(self._folder / file, document.content)
        return _DocumentEntry(
            name=document.name,
            file=file,
            sha256=hashlib.sha256(document.content).hexdigest(),
            bytes=len(document.content),
            collected_by=document.collected_by,
            collected_at=document.collected_at,
        )

    def _manifest(self) -> None:
        content = msgspec.json.format(msgspec.json.encode(_Manifest(SCHEMA, tuple(self._entries))), indent=1)
        _write(self._folder / (MANIFEST + ".new"), content)
        (self._folder / (MANIFEST + ".new")).replace(self._folder / MANIFEST)


def is_snapshot(folder: Path) -> bool:
    """Whether a folder holds a snapshot."""
    return (folder / MANIFEST).is_file()


def devices(folder: Path) -> tuple[Device, ...]:
    """The devices of a snapshot."""
    return tuple(entry.device for entry in _load(folder).devices)


def read(folder: Path) -> Iterator[Snapshot]:
    """The snapshots of a folder; a document that changed since it was collected is an error, not a document."""
    for entry in _load(folder).devices:
        documents: list[Document] = []
        errors = list(entry.errors)
        for listed in entry.documents:
            content, reason = _checked(folder, listed)
            if reason:
                errors.append(CollectionError(reason, document=listed.name))
            else:
                documents.append(_document(listed, content))
        device = entry.device
        kept = redaction.documents(documents, device.platform, device.name)
        yield Snapshot(device, kept, redaction.errors(errors))


def verify(folder: Path) -> list[str]:
    """What is wrong with a snapshot; empty where every document is as it was collected."""
    return [
        f"{entry.device.name}: {listed.name}: {reason}"
        for entry in _load(folder).devices
        for listed in entry.documents
        if (reason := _checked(folder, listed)[1])
    ]


def _document(listed: _DocumentEntry, content: bytes) -> Document:
    return Document(
        name=listed.name,
        content=content,
        collected_by=listed.collected_by,
        collected_at=listed.collected_at,
        sha256=listed.sha256,
    )


def _checked(folder: Path, listed: _DocumentEntry) -> tuple[bytes, str]:
    path = folder / listed.file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return b"", "the manifest leads out of the snapshot"
        if path.exists() and not path.is_file():
            return b"", "is no regular file"
        if path.stat().st_size != listed.bytes:
            return b"", "was changed since it was collected"
        content = path.read_bytes()
    except OSError as error:
        return b"", f"cannot be read: {error.strerror}"
    except (ValueError, RuntimeError):  # a NUL in the name; a ring of links
        return b"", "the manifest names no file"
    if hashlib.sha256(content).hexdigest() != listed.sha256:
        return b"", "was changed since it was collected"
    return content, ""


def _load(folder: Path) -> _Manifest:
    try:
        content = (folder / MANIFEST).read_bytes()
        if msgspec.json.decode(content, type=_Version).schema != SCHEMA:
            raise SnapshotError(f"{folder / MANIFEST}: expected schema {SCHEMA}")
        return msgspec.json.decode(content, type=_Manifest)
    except OSError as error:
        raise SnapshotError(f"{folder}: is no snapshot: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SnapshotError(f"{folder / MANIFEST}: is no manifest: {error}") from error


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name).strip(".-")[:60] or "unnamed"
