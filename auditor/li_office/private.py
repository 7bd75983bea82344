"""Files that only their owner may read: keys, the plain register, sealed results.

Errors:
    Refused   a file is missing, open to others, a link, too large, or exists already where a new one is to be made
"""

import os
import stat
from pathlib import Path

from auditor.li_office.refusal import Refused

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read(path: Path, limit: int) -> bytes:
    """The content of a file that belongs to this user, is closed to all others and holds at most `limit` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise Refused(f"{path}: is no regular file")
        if state.st_uid != os.geteuid() or state.st_mode & _OTHERS:
            raise Refused(f"{path}: must belong to you and be closed to others (chmod 600)")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Refused(f"{path}: is larger than {limit} bytes")
    return content


def create(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a new file; one that exists stays as it is."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    except OSError as error:
        raise Refused(f"{path}: cannot be made: {error.strerror}") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    create(new, content)
    new.replace(path)
