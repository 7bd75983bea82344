"""What a person is told when something is wrong with the input."""

import re
import sqlite3

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class UsageError(Exception):
    """The command cannot be carried out as given; the text says why and what was expected."""


def printable(text: str) -> str:
    """Text from devices and files without control characters and direction overrides, for a terminal."""
    return _CONTROL.sub("?", text)


def explain(error: Exception) -> tuple[str, int]:
    """One line and exit code 2 for an error that the input caused; the place in the program and 3 for one of ours.

    The message of an unexpected error is left out, because it may quote what a device said.
    """
    from auditor.engine.crash import place  # noqa: PLC0415
    from auditor.engine.packs import PackError  # noqa: PLC0415
    from auditor.platforms.redaction.guard import ProtectedTextError  # noqa: PLC0415
    from auditor.snapshots.reader import SnapshotError  # noqa: PLC0415
    from auditor.syntax.datafile import DataFileError  # noqa: PLC0415

    if isinstance(error, UsageError | DataFileError | PackError | SnapshotError):
        return printable(f"auditor: {error}"), 2
    if isinstance(error, ProtectedTextError):
        return f"auditor: {error}", 3
    if isinstance(error, sqlite3.Error):
        # SQLite's own words, which quote nothing of what was to be stored.
        return f"auditor: what was found could not be kept on disk: {error}; TMPDIR names another place", 3
    if isinstance(error, OSError):
        return printable(f"auditor: {error.filename or ''}: {error.strerror or type(error).__name__}"), 2
    return f"auditor: internal error: {place(error)}; please report it with this line", 3
