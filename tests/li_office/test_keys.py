"""The office's keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError

from auditor.li_office import keys
from auditor.li_office.refusal import Refused

WORDS = "four words that nobody guesses"


def never() -> str:
    raise AssertionError("no passphrase is needed")


def test_a_key_comes_back_from_its_file(tmp_path: Path) -> None:
    made = keys.new_register_key(tmp_path / "key", None)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert keys.register_key(tmp_path / "key", never).token("a") == made.token("a")


def test_with_a_passphrase_the_file_holds_no_secret(tmp_path: Path) -> None:
    made = keys.new_register_key(tmp_path / "key", WORDS)
    content = json.loads((tmp_path / "key").read_bytes())
    assert content["secret"] == ""
    assert set(content["argon2id"]) == {"salt", "operations", "memory"}
    assert keys.register_key(tmp_path / "key", lambda: WORDS).token("a") == made.token("a")
    assert keys.register_key(tmp_path / "key", lambda: WORDS + "!").token("a") != made.token("a")


def test_a_cheapened_passphrase_is_refused(tmp_path: Path) -> None:
    keys.new_register_key(tmp_path / "key", WORDS)
    content = json.loads((tmp_path / "key").read_bytes())
    content["argon2id"].update(operations=1, memory=8192)
    (tmp_path / "key").write_text(json.dumps(content))
    with pytest.raises(Refused):
        keys.register_key(tmp_path / "key", lambda: WORDS)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="12 characters"):
        keys.new_register_key(tmp_path / "key", "short")
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "secret",
        '{"schema":"auditor/li-key/1","kind":"register","secret":"AAAA"}',
        '{"schema":"auditor/li-key/1","kind":"recipient","secret":"' + "A" * 43 + '="}',
        '{"schema":"auditor/li-key/1","kind":"register","secret":"' + "A" * 43 + '="}',
        '{"schema":"auditor/li-key/2","kind":"register","secret":"' + "A" * 43 + '="}',
    ],
)
def test_what_is_no_random_register_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(Refused):
        keys.register_key(path, never)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys.new_register_key(tmp_path / "key", None)
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(Refused, match="chmod 600"):
        keys.register_key(tmp_path / "key", never)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    keys.new_register_key(tmp_path / "key", None)
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(Refused):
        keys.new_register_key(tmp_path / "key", None)
    assert (tmp_path / "key").read_bytes() == before


@pytest.mark.requirement("R-LI-08")
def test_only_the_recipient_opens_what_is_sealed(tmp_path: Path) -> None:
    public = keys.new_recipient_pair(tmp_path / "one", None)
    keys.new_recipient_pair(tmp_path / "two", None)
    sealed = keys.recipient(tmp_path / "one.pub").seal(b"content")
    assert keys.recipient(tmp_path / "one.pub").fingerprint == public.fingerprint
    assert keys.recipient_key(tmp_path / "one", never).open(sealed) == b"content"
    with pytest.raises(CryptoError):
        keys.recipient_key(tmp_path / "two", never).open(sealed)
    with pytest.raises(CryptoError):
        keys.recipient_key(tmp_path / "one", never).open(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_key_shows_nothing_of_itself(tmp_path: Path) -> None:
    key = keys.new_register_key(tmp_path / "key", None)
    keys.new_recipient_pair(tmp_path / "pair", None)
    assert repr(key) == "RegisterKey()"
    assert repr(keys.recipient_key(tmp_path / "pair", never)) == "RecipientKey()"
