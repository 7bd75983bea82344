"""What other tools list: devices without a way to log in, each with the line where it stands."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from auditor.syntax.datafile import DataFileError


class InventoryError(DataFileError):
    """An inventory is wrong; the text names the file and, where there is one, the line."""


class Listed(msgspec.Struct, frozen=True):
    """One device as another tool lists it. Logins that the tool knows are never taken over."""

    name: str
    line: int
    platform: str = ""
    """In the words of the tool; empty where it does not say."""
    address: str = ""
    port: int | None = None
    role: str = ""
    site: str = ""
    groups: tuple[str, ...] = ()
    config: str = ""
    """Path of a saved configuration, relative to the inventory."""
    credential: str = ""
    """Name of a credential of the auditor's own inventory, where the list has a column for it."""


class Listing(msgspec.Struct, frozen=True):
    """The devices of one source, and what it held that is no device of a network."""

    path: Path
    devices: tuple[Listed, ...]
    notes: tuple[str, ...] = ()


def fault(path: Path, line: int, text: str) -> InventoryError:
    """An error with its place."""
    return InventoryError(f"{path}:{line}: {text}" if line else f"{path}: {text}")


def text_of(path: Path) -> str:
    """The content of a text file; an error where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InventoryError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InventoryError(f"{path}: is not UTF-8 text") from error


def words(value: object) -> str:
    """A plain value as text; empty for what is none (a list, nothing)."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def number(path: Path, line: int, name: str, text: str) -> int | None:
    """A port; an error where it is no number."""
    if not text:
        return None
    if not text.isdigit():
        raise fault(path, line, f"device '{name}': port '{text}': expected a number")
    return int(text)


Options = Mapping[str, str]
"""What the auditor's own inventory says of a source besides its path."""
