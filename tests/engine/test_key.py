"""The key of the fingerprints: kept for its user, never guessable."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from auditor.engine.key import fingerprint_key


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AUDITOR_KEY", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "auditor" / "fingerprint.key"


def test_the_environment_comes_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_KEY", "ours")
    assert fingerprint_key() == b"ours"
    assert not home.exists()


def test_it_is_made_once_and_for_its_user_alone(home: Path) -> None:
    key = fingerprint_key()
    assert len(key) == 32
    assert fingerprint_key() == key == home.read_bytes()
    assert stat.S_IMODE(home.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700


def test_where_nothing_can_be_kept_it_lives_for_one_run(home: Path) -> None:
    home.parent.parent.write_text("a file in the way", "utf-8")
    assert len({fingerprint_key(), fingerprint_key()}) == 2


@pytest.mark.parametrize("kept", [b"", b"short"])
def test_a_key_that_was_cut_short_is_not_used(home: Path, kept: bytes) -> None:
    home.parent.mkdir(parents=True)
    home.write_bytes(kept)
    assert len(fingerprint_key()) == 32
    assert fingerprint_key() != fingerprint_key()
