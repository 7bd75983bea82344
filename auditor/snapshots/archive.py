"""A snapshot in one file: a tar archive, compressed with Zstandard; the manifest first, the documents in its order.

It is read as a stream and never unpacked: a document is taken from the place where the manifest says that it is, and is no
longer than the manifest says. Two archives of the same folder are equal, byte for byte.

Errors:
    SnapshotError   the file is no such archive
"""

import io
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from auditor.snapshots.disk import replaced
from auditor.snapshots.manifest import MANIFEST, MAX_MANIFEST, SIGNATURE, SIGNATURE_BYTES, SnapshotError, decoded
from auditor.snapshots.source import MISSING, Source, checked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 10
_SLACK = 16 * 1024 * 1024
"""Bytes of an archive that are no documents: headers, padding, files that do not belong there."""
_LARGEST = 64 * 1024 * 1024 * 1024
"""Bytes of all documents together."""


def pack(source: Source, target: Path) -> None:
    """Write a snapshot as an archive, whole or not at all."""
    with replaced(target) as file:
        write(file, members(source))


def members(source: Source) -> Iterator[tuple[str, bytes]]:
    """Names and contents in the order of an archive. SnapshotError where the snapshot is not whole."""
    if not source.signed:
        raise SnapshotError("the run was not finished: go on with auditor collect --resume")
    yield MANIFEST, source.signed
    if source.signature:
        yield SIGNATURE, source.signature
    for listed, (content, reason) in zip(source.manifest.documents, source.contents(), strict=True):
        if reason:
            raise SnapshotError(f"{listed.file}: {reason}")
        yield listed.file, content


def write(target: IO[bytes], content: Iterable[tuple[str, bytes]]) -> None:
    """Write an archive of these names and contents."""
    with (
        zstd.ZstdFile(target, "w", level=_LEVEL) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, one in content:
            member = tarfile.TarInfo(name)
            member.size = len(one)
            member.mode = 0o600
            archive.addfile(member, io.BytesIO(one))


class Archive:
    """Reads it, once; a `Source`. `shown` names it in errors."""

    def __init__(self, file: IO[bytes], shown: str) -> None:
        self._shown = shown
        self._extra: list[str] = []
        self._sizes = {MANIFEST: MAX_MANIFEST}
        self._bounded = _Bounded(cast(IO[bytes], zstd.ZstdFile(file)), MAX_MANIFEST + _SLACK)
        self._members = self._read()
        name, self.signed = next(self._members, ("", b""))
        if name != MANIFEST:
            raise SnapshotError(f"{shown}: is no snapshot: {MANIFEST} is not the first in it")
        self.manifest = decoded(self.signed, f"{shown}: {MANIFEST}")
        documents = self.manifest.documents
        self._sizes = {SIGNATURE: SIGNATURE_BYTES} | {listed.file: listed.bytes for listed in documents}
        rounded = sum(listed.bytes + 2 * tarfile.BLOCKSIZE for listed in documents)
        self._bounded.left = min(rounded, _LARGEST) + _SLACK
        self._next = next(self._members, None)
        named = self._next is not None and self._next[0] == SIGNATURE
        self.signature = self._taken() if named else b""

    def contents(self) -> Iterator[tuple[bytes, str]]:
        """Content of every document, or what is wrong with it."""
        documents = self.manifest.documents
        places = {listed.file: number for number, listed in enumerate(documents)}
        for number, listed in enumerate(documents):
            while self._next is not None and places.get(self._next[0], -1) < number:
                self._pass()
            there = self._next is not None and self._next[0] == listed.file
            yield checked(listed, self._taken()) if there else (b"", MISSING)

    def extra(self) -> Sequence[str]:
        """Members that the manifest does not name, or that do not stand where it names them."""
        while self._next is not None:
            self._pass()
        return self._extra

    def _taken(self) -> bytes:
        _, content = self._next or ("", b"")
        self._next = next(self._members, None)
        return content

    def _pass(self) -> None:
        if self._next is not None:
            self._extra.append(self._next[0])
            self._taken()

    def _read(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of every member; no content where it is longer than it should be, or no plain file."""
        try:
            with tarfile.open(fileobj=cast(IO[bytes], self._bounded), mode="r|") as archive:
                while (member := archive.next()) is not None:
                    archive.members.clear()  # type: ignore[attr-defined]  # it would keep all of them
                    plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
                    fits = plain and member.size <= self._sizes.get(member.name, -1)
                    opened = archive.extractfile(member) if fits else None
                    yield member.name, opened.read() if opened else b""
        except _TooLongError:
            raise SnapshotError(f"{self._shown}: is larger than its manifest says") from None
        except (tarfile.TarError, zstd.ZstdError, EOFError, ValueError) as error:
            raise SnapshotError(f"{self._shown}: is no whole archive of a snapshot: {error}") from None


class _TooLongError(Exception):
    """More comes out than there should be."""


class _Bounded:
    """Gives no more than `left` bytes of a file."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self.file = file
        self.left = left

    def read(self, size: int) -> bytes:
        """The next bytes."""
        if self.left <= 0:
            raise _TooLongError
        content = self.file.read(min(size, self.left))
        self.left -= len(content)
        return content
