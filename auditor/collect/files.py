"""Saved configurations: folders as RANCID, Oxidized or people leave them, and single files."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from auditor.collect.documents import JOINED
from auditor.platforms.redaction import custodian
from auditor.platforms.redaction.redaction import LI_FILES, joined, redact
from auditor.syntax.text import ARCHIVE_HEAD, is_archive, is_packet_capture

MAX_BYTES = 32 * 1024 * 1024
"""A configuration larger than this is not read: the largest known ones are below 2 MiB."""

PACKETS = "a capture of packets: refused unread, because no payload of anybody is looked at or kept"
ARCHIVE = "an archive, or a packed or bound document: not read; unpack it, and save texts as plain text"
REFUSED_HEAD = ARCHIVE_HEAD
"""Bytes that show that a file is refused."""

_VERSION_CONTROL = (".git", "CVS", ".svn", ".hg", "RCS")
_BOOKKEEPING = (
    "router.db",
    "routers.all",
    "routers.up",
    "routers.down",
    ".cvsignore",
    ".gitignore",
    "manifest.json",
    "manifest.json.sig",
    "journal.jsonl",
)


class Found(msgspec.Struct, frozen=True):
    """A file that may be a configuration: its path as evidence cites it, and where it is."""

    name: str
    path: Path


class Left(msgspec.Struct, frozen=True):
    """A file that is not read, and why. `unreadable` ones make an audit incomplete."""

    name: str
    reason: str
    unreadable: bool = False


def look(source: Path) -> Iterator[Found | Left]:
    """Every file of a folder in sorted order, or the single file."""
    if source.is_dir():
        yield from _folder(source)
    else:
        yield _openable(source, _shown(source.name))


def refused(head: bytes) -> str:
    """Why a file that begins so is not read; empty where it may be."""
    if is_packet_capture(head):
        return PACKETS
    return ARCHIVE if is_archive(head) else ""


def read(found: Found) -> bytes | Left:
    """The bytes of a file, without what lawful intercept protects. OSError where they cannot be had."""
    content = found.path.read_bytes()
    kept = redact(content, name=found.name)
    return Left(found.name, JOINED) if joined(content) else kept


def _folder(root: Path) -> Iterator[Found | Left]:
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        for error in closed:
            yield Left(_name(Path(error.filename), root), f"cannot be read: {error.strerror}", unreadable=True)
        closed.clear()
        left = {name: reason for name in sorted(folders) if (reason := _closed(Path(folder) / name))}
        folders[:] = sorted(set(folders) - set(left) - set(_VERSION_CONTROL))
        for name in sorted((*names, *left)):
            path = Path(folder) / name
            if name in LI_FILES:
                custodian.note(_name(path, root), b"", b"")
                continue
            yield Left(_name(path, root), left[name]) if name in left else _file(path, _name(path, root), root)
    yield from (Left(_name(Path(e.filename), root), f"cannot be read: {e.strerror}", unreadable=True) for e in closed)


def _closed(folder: Path) -> str:
    """Why a folder is not walked into, which is worth saying; version control is not."""
    if folder.name in _VERSION_CONTROL:
        return ""
    if folder.is_symlink():
        return "a link to a folder, not followed"
    return "hidden folder" if folder.name.startswith(".") else ""


def _name(path: Path, root: Path) -> str:
    return _shown(path.relative_to(root).as_posix())


def _shown(name: str) -> str:
    """A file name as text that can be written: bytes that are no UTF-8 as backslash escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _file(path: Path, name: str, root: Path) -> Found | Left:
    if path.name in _BOOKKEEPING or path.suffix in (".up", ".down"):
        return Left(name, "book-keeping of a collector, no configuration")
    if path.name.startswith("."):
        return Left(name, "hidden file")
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return Left(name, "a link that leads out of the folder")
    except (OSError, RuntimeError):
        return Left(name, "a link that leads nowhere", unreadable=True)
    if path.is_symlink() and not path.exists():
        return Left(name, "a link that leads nowhere", unreadable=True)
    return _openable(path, name)


def _openable(path: Path, name: str) -> Found | Left:
    try:
        if not path.is_file():
            return Left(name, "no regular file")
        if path.stat().st_size > MAX_BYTES:
            return Left(name, f"larger than the limit of {MAX_BYTES} bytes for a configuration", unreadable=True)
        with path.open("rb") as file:
            reason = refused(file.read(REFUSED_HEAD))
        return Left(name, reason) if reason else Found(name, path)
    except OSError as error:
        return Left(name, f"cannot be read: {error.strerror}", unreadable=True)
