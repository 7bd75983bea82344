"""Where a run is written to: a folder, or one file that is made of a work folder when the run is over.

Errors:
    SnapshotError, OSError   as of the writer
"""

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from auditor.model.device import Device
from auditor.snapshots.disk import replace
from auditor.snapshots.journal import SnapshotWriter, planned, same
from auditor.snapshots.manifest import SEALED, Manifest, SnapshotError
from auditor.snapshots.reader import is_archive, opened
from auditor.snapshots.source import PLAIN, Cipher, Source


class Output(msgspec.Struct, frozen=True):
    """What `--output` names."""

    path: Path
    recipients: tuple[str, ...] = ()
    """Public keys to encrypt to, or files of them."""
    identity: Path | None = None
    """The file of the key that opens what was encrypted; to resume."""

    @property
    def sealed(self) -> bool:
        """Whether it is encrypted."""
        return self.path.name.endswith(SEALED)

    @property
    def folder(self) -> Path:
        """Where documents are written to during the run."""
        return self.path.with_name(self.path.name + ".partial") if is_archive(self.path) else self.path


def check(output: Output) -> None:
    """SnapshotError where name and recipients do not fit together."""
    if output.sealed and not output.recipients:
        raise SnapshotError(f"{output.path}: an encrypted snapshot needs a --recipient")
    if output.recipients and not output.sealed:
        raise SnapshotError(f"{output.path}: --recipient encrypts: the name has to end with {SEALED}")


def begin(output: Output, devices: Sequence[Device], command: str, *, resume: bool) -> SnapshotWriter:
    """Begin a run, or go on with one."""
    check(output)
    if is_archive(output.path) and not resume:
        if output.path.exists():
            raise SnapshotError(f"{output.path}: holds a snapshot already")
        if output.folder.exists():
            raise SnapshotError(f"{output.folder}: holds a run that was not finished: go on with --resume")
    return SnapshotWriter(output.folder, devices, command=command, resume=resume, cipher=_cipher(output))


def finish(output: Output, writer: SnapshotWriter) -> Manifest:
    """Every device is done."""
    writer.finish()
    source = writer.source()
    if is_archive(output.path):
        pack(source, output)
        shutil.rmtree(output.folder)
    return source.manifest


def finished(output: Output, devices: Sequence[Device], command: str) -> Manifest | None:
    """The run, where its one file was written and it was killed then; None where it is to be gone on with."""
    if not is_archive(output.path) or not output.path.exists():
        return None
    found = opened(output.path, output.identity).manifest
    same(found.plan, planned(devices, command), output.path)
    if output.folder.exists():
        shutil.rmtree(output.folder)
    return found


def pack(source: Source, output: Output) -> None:
    """Write a snapshot as one file, whole or not at all; encrypted in memory where it is to be encrypted."""
    check(output)
    from auditor.snapshots import archive, sealed  # noqa: PLC0415  heavy

    if not output.sealed:
        archive.pack(source, output.path)
        return
    recipients = sealed.recipients(output.recipients)
    content = io.BytesIO()
    archive.write(content, archive.members(source))
    replace(output.path, sealed.seal(content.getvalue(), recipients))


def _cipher(output: Output) -> Cipher:
    if not output.sealed:
        return PLAIN
    from auditor.snapshots import sealed  # noqa: PLC0415  heavy

    return sealed.run_key(output.folder, sealed.recipients(output.recipients), output.identity)
