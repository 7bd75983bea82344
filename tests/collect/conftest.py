"""The command line, in this process."""

import sys
from types import SimpleNamespace

import pytest

from auditor.cli import main


@pytest.fixture
def auditor(monkeypatch, capfd):
    """A function from the words of a command line to exit code, output and messages."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["auditor", *map(str, words)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        return SimpleNamespace(code=left.value.code or 0, out=out, err=err)

    return call
