"""The channel to the custodian of a file: that it holds text which lawful intercept protects, and nothing else.

Entry `li-target-identity-in-clear` of the catalogue and R-LI-13: name of the file and rough position, on the terminal and
in a file that its owner alone reads; never in a report, an exit code or a log. The audit goes on as if nothing had been there.
"""

import os
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

NOTICE = "li-target-identity-in-clear"
_SAID = (
    "{name}, {where}: text that lawful intercept protects can be read in the clear there. It was left out of this audit."
    " Tell the office for lawful intercept, and nobody else; do not copy or forward the file."
)
Notes = dict[str, str]
"""Document -> roughly where."""
_notes: dict[str, str] = {}
_lock = threading.Lock()


def note(name: str, before: bytes, after: bytes) -> None:
    """Keep that something was dropped from a document, and roughly where."""
    with _lock:
        _notes.setdefault(name or "a document", _roughly(before, after))


def taken() -> Notes:
    """What was noted in this process, for the one that tells it."""
    with _lock:
        notes = dict(_notes)
        _notes.clear()
    return notes


def add(notes: Notes) -> None:
    """What another process noted."""
    with _lock:
        for name, where in notes.items():
            _notes.setdefault(name, where)


def tell(terminal: Callable[[str], None] | None) -> None:
    """Tell everything that was noted, once; `terminal` writes a line where a person looks on."""
    with _lock:
        told = [f"{NOTICE}: " + _SAID.format(name=name, where=where) for name, where in sorted(_notes.items())]
        _notes.clear()
    if not told:
        return
    _write(told)
    if terminal is not None:
        for line in told:
            terminal(line)


def forget() -> None:
    """Begin anew, without a word."""
    with _lock:
        _notes.clear()


def notice_file() -> Path:
    """Where the notices are kept: for this user alone, outside of every output folder."""
    return Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "auditor" / "custodian-notices.txt"


def _write(lines: list[str]) -> None:
    path = notice_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
            os.fchmod(file.fileno(), 0o600)
            file.writelines(f"{date.today().isoformat()} {_plain(line)}\n" for line in lines)
    except OSError:
        return


def _plain(line: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in line)


def _roughly(before: bytes, after: bytes) -> str:
    """In which third of the document the first of it stood: a line number would tell too much."""
    low, high = 0, min(len(before), len(after))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if before[:middle] == after[:middle] else (low, middle - 1)
    third = 3 * low // max(1, len(before))
    return ("near the beginning", "in the middle", "near the end", "near the end")[third]
