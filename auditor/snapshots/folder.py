"""A snapshot in a folder."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.snapshots.manifest import (
    JOURNAL,
    MANIFEST,
    SIGNATURE,
    SIGNATURE_BYTES,
    DocumentEntry,
    SnapshotError,
    assembled,
    decoded,
    journal,
    read_bounded,
)
from auditor.snapshots.source import MISSING, PLAIN, Cipher, checked

_OVERHEAD = 1024
"""Bytes of encryption."""


class Folder:
    """Reads it; a `Source`. SnapshotError where the folder holds none."""

    def __init__(self, path: Path, cipher: Cipher = PLAIN) -> None:
        self._path = path
        self._cipher = cipher
        self.signed = self.signature = b""
        manifest, lines = path / MANIFEST, path / JOURNAL
        if lines.is_file() and not manifest.exists():
            plan, done = journal(read_bounded(lines), str(lines), cipher.decrypt)
            self.manifest = assembled(plan, done)
            return
        if not manifest.is_file():
            raise SnapshotError(f"{path}: is no snapshot: no {MANIFEST} in it")
        self.signed = cipher.decrypt(read_bounded(manifest))
        self.manifest = decoded(self.signed, str(manifest))
        if (path / SIGNATURE).is_file():
            with (path / SIGNATURE).open("rb") as file:
                self.signature = file.read(SIGNATURE_BYTES)

    def contents(self) -> Iterator[tuple[bytes, str]]:
        """Content of every document, or what is wrong with it."""
        root = self._path.resolve()
        return (content(self._path, listed, root, self._cipher) for listed in self.manifest.documents)

    def extra(self) -> Sequence[str]:
        """Files that the manifest does not name."""
        known = {MANIFEST, SIGNATURE, JOURNAL, *(listed.file for listed in self.manifest.documents)}
        found = (
            str((Path(folder) / name).relative_to(self._path))
            for folder, folders, files in os.walk(self._path)
            for name in (*files, *(one for one in folders if (Path(folder) / one).is_symlink()))
        )
        return sorted(name for name in found if name not in known)


def content(folder: Path, listed: DocumentEntry, root: Path, cipher: Cipher) -> tuple[bytes, str]:
    """The content of a document, or what is wrong with it; `root` is the folder without links on its way."""
    path = folder / listed.file
    try:
        if not path.resolve().is_relative_to(root):
            return b"", "leads out of the snapshot"
        if path.exists() and not path.is_file():
            return b"", "is no regular file"
        with path.open("rb") as file:
            # Encrypted, it is longer by a third.
            written = file.read(2 * listed.bytes + _OVERHEAD)
        return checked(listed, cipher.decrypt(written))
    except FileNotFoundError:
        return b"", MISSING
    except OSError as error:
        return b"", f"cannot be read: {error.strerror}"
    except RuntimeError:  # a ring of links, before Python 3.13
        return b"", "cannot be read: a ring of links"
