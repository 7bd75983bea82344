"""The command line as a person calls it, in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.cli import main

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "inventories" / "demo"


@dataclass
class Done:
    """What came of a call."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def run(self) -> dict[str, Any]:
        """The table of the run."""
        return json.loads((self.folder / "run.json").read_text("utf-8"))

    def device(self, name: str) -> dict[str, Any]:
        return next(device for device in self.run["devices"] if device["name"] == name)

    def cells(self, device: str) -> dict[str, tuple[str, str]]:
        """Check -> (outcome, reason) of a device."""
        return {
            cell["check"]: (cell["outcome"], cell["reason"]) for cell in self.run["results"] if cell["device"] == device
        }

    def outcomes(self, device: str) -> set[str]:
        return {outcome for outcome, _ in self.cells(device).values()}

    def unknown(self, device: str) -> bool:
        """Whether nothing was concluded of a device beyond what its platform cannot have."""
        return self.outcomes(device) - {"not_applicable"} == {"unknown"}


@pytest.fixture(autouse=True)
def _own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_KEY", "the key of the tests")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def auditor(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path):
    """A function from the words of a command line to what came of it."""

    def call(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["auditor", *map(str, words)])
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err, tmp_path)

    return call


@pytest.fixture
def audit(auditor, tmp_path: Path):
    """An audit with its JSON in a folder of its own."""

    def call(*words: object, output: Path | None = None, formats: str = "json") -> Done:
        folder = output or tmp_path / "report"
        done = auditor("audit", *words, "-o", folder, "--format", formats)
        done.folder = folder
        return done

    return call


def in_a_process(*words: object, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "AUDITOR_KEY": "the key of the tests", **env},
        timeout=100,
        check=False,
    )
