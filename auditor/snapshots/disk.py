"""Writes files that only their owner reads and that outlive a crash; no link is written through. OSError as usual."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def create(path: Path, content: bytes) -> None:
    """Write a file that is not there yet. It is on the disk when the system likes."""
    with _opened(path, os.O_CREAT | os.O_EXCL) as file:
        file.write(content)


def append(path: Path, content: bytes) -> None:
    """Add to a file."""
    with _opened(path, os.O_APPEND) as file:
        file.write(content)
        _force(file)


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with replaced(path) as file:
        file.write(content)


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes this place when all of it is written."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    try:
        with _opened(new, os.O_CREAT | os.O_EXCL) as file:
            yield file
            _force(file)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)  # its name
    finally:
        os.close(descriptor)


@contextmanager
def _opened(path: Path, how: int) -> Iterator[IO[bytes]]:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | how, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def _force(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
