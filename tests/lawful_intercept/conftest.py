"""A state folder of its own for every test, and the command line in this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.platforms.redaction import custodian, guard, redaction


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    monkeypatch.setenv("AUDITOR_KEY", "the key of the tests")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("COLUMNS", "200")
    forget()
    yield
    forget()


def forget() -> None:
    """As in a new process."""
    redaction.forget()
    guard.forget()
    custodian.forget()


class Shell:
    """The command line in a folder of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capfd = capfd

    def call(self, folder: Path, *words: str) -> tuple[int, str, str]:
        """Exit code, output and messages."""
        self._monkeypatch.chdir(folder)
        self._monkeypatch.setattr(sys, "argv", ["auditor", *words])
        self._capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = self._capfd.readouterr()
        return int(end.value.code or 0), out, err


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capfd)
