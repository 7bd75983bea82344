"""Reads snapshots: a folder, or one archive; of a run that is finished, or of one that was interrupted."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.redaction import redaction
from auditor.snapshots.folder import Folder
from auditor.snapshots.manifest import ARCHIVE, JOURNAL, MANIFEST, SEALED, DocumentEntry, SnapshotError
from auditor.snapshots.source import Source

__all__ = ["SnapshotError", "devices", "is_archive", "is_snapshot", "opened", "read", "wrong"]


def is_snapshot(path: Path) -> bool:
    """Whether a path is that of a snapshot."""
    return (path / MANIFEST).is_file() or (path / JOURNAL).is_file() or (is_archive(path) and path.is_file())


def is_archive(path: Path) -> bool:
    """Whether a path names a snapshot in one file."""
    return path.name.endswith((ARCHIVE, SEALED))


def opened(path: Path, identity: Path | None = None) -> Source:
    """A snapshot; `identity` is the file of the key that opens an encrypted one. SnapshotError where it is none."""
    if not is_archive(path) or path.is_dir():
        return Folder(path)
    # Heavy, and asked for by few.
    from auditor.snapshots.archive import Archive  # noqa: PLC0415
    from auditor.snapshots.sealed import unsealed  # noqa: PLC0415

    file = path.open("rb")
    return Archive(unsealed(file, path, identity) if path.name.endswith(SEALED) else file, str(path))


def devices(source: Source) -> tuple[Device, ...]:
    """The devices of a snapshot."""
    return tuple(entry.device for entry in source.manifest.devices)


def read(source: Source) -> Iterator[Snapshot]:
    """The snapshots of a run; a document that changed since it was collected is an error, not a document."""
    contents = source.contents()
    for entry in source.manifest.devices:
        documents: list[Document] = []
        errors = list(entry.errors)
        for listed in entry.documents:
            content, reason = next(contents)
            if reason:
                errors.append(CollectionError(reason, document=listed.name))
            else:
                documents.append(_document(listed, content))
        device = entry.device
        kept = redaction.documents(documents, device.platform, device.name)
        yield Snapshot(device, kept, redaction.errors(errors))


def wrong(source: Source) -> Sequence[str]:
    """What is wrong with a snapshot; nothing where every document is as it was collected, and no more is there."""
    contents = source.contents()
    found = [
        f"{entry.device.name}: {listed.name}: {reason}"
        for entry in source.manifest.devices
        for listed in entry.documents
        if (reason := next(contents)[1])
    ]
    found += [f"{name}: is no part of the snapshot" for name in source.extra()]
    return found if source.manifest.ended else [*found, "the run was not finished"]


def _document(listed: DocumentEntry, content: bytes) -> Document:
    return Document(
        name=listed.name,
        content=content,
        collected_by=listed.collected_by,
        collected_at=listed.collected_at,
        sha256=listed.sha256,
        started_at=listed.started_at,
        sent=listed.command,
        device_clock=listed.device_clock,
    )
