"""What a snapshot is read from."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from auditor.collect.files import refused
from auditor.snapshots.manifest import DocumentEntry, Manifest

CHANGED = "was changed since it was collected"
MISSING = "is missing"


class Cipher(Protocol):
    """How files lie on the disk."""

    def encrypt(self, content: bytes) -> bytes:
        """As it is written; without a line end."""

    def decrypt(self, written: bytes) -> bytes:
        """As it was. SnapshotError where it was changed."""


class Plain:
    """Nothing is encrypted; a `Cipher`."""

    def encrypt(self, content: bytes) -> bytes:
        """The same."""
        return content

    def decrypt(self, written: bytes) -> bytes:
        """The same."""
        return written


PLAIN = Plain()


class Source(Protocol):
    """A snapshot in one of its forms. Nothing of it is ever written to a disk."""

    manifest: Manifest
    signed: bytes
    """The bytes of the manifest, over which a signature goes; empty where the run was not finished."""
    signature: bytes
    """Empty for none."""

    def contents(self) -> Iterator[tuple[bytes, str]]:
        """Content of every document, in the order of the manifest; or nothing and what is wrong with it."""

    def extra(self) -> Sequence[str]:
        """Names of what is there beside the snapshot; to be asked for after all of `contents`."""


def checked(listed: DocumentEntry, content: bytes) -> tuple[bytes, str]:
    """A content, if it is what was collected. A capture of packets or an archive is refused whatever it was."""
    reason = refused(content)
    if reason:
        return b"", reason
    if len(content) != listed.bytes or hashlib.sha256(content).hexdigest() != listed.sha256:
        return b"", CHANGED
    return content, ""
