"""Secrets are replaced by tokens, and only what may be said of them is remembered."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from auditor.model.secret import Strength
from auditor.syntax.mask import Masker, MaskRule, MaskRules

RULES = MaskRules(
    triggers=("key",),
    rules=(
        MaskRule(
            re.compile(r"\bkey (?:(?P<form>\d) )?(?P<value>\"[^\"]*\"|\S+)"),
            lambda form, value: ("nine", Strength.STRONG_HASH) if form == "9" else (f"form {form}", Strength.PLAIN),
        ),
        MaskRule(re.compile(r"key (?P<value>.+)$"), lambda form, value: ("late", Strength.PLAIN)),
    ),
)


def mask(*lines: str, key: bytes = b"k") -> tuple[list[str], dict]:
    found = list(lines)
    return found, Masker(key).mask(found, RULES)


def test_every_value_is_replaced() -> None:
    lines, secrets = mask("key 7 abc then key def", "KEY x", "other")
    assert lines == ["key 7 <secret-1> then key <secret-2>", "KEY x", "other"]
    assert [secret.storage for secret in secrets.values()] == ["form 7", "form "]


def test_equal_values_have_one_token() -> None:
    lines, secrets = mask("key 7 abc", "key 7 abc", "key 0 abc")
    assert lines == ["key 7 <secret-1>", "key 7 <secret-1>", "key 0 <secret-2>"]
    assert secrets["<secret-1>"].fingerprint == secrets["<secret-2>"].fingerprint


def test_fingerprints_depend_on_the_key_and_hold_no_value() -> None:
    (one,) = mask("key abc")[1].values()
    (other,) = mask("key abc", key=b"other")[1].values()
    assert one.fingerprint != other.fingerprint
    assert "abc" not in repr(one)


def test_a_token_is_not_masked_again() -> None:
    assert mask("key 7 abc")[0] == ["key 7 <secret-1>"]


def test_quotes_belong_to_the_text() -> None:
    assert mask('key "a b"', "key a")[0] == ["key <secret-1>", "key <secret-2>"]


@pytest.mark.parametrize("word", ["public", "Private", "CISCO", '"public"'])
def test_common_words_are_told(word: str) -> None:
    (secret,) = mask(f"key 0 {word}")[1].values()
    assert secret.trivial


@pytest.mark.parametrize("word", ["publics", "xpublic", "Un1que"])
def test_other_words_are_not(word: str) -> None:
    (secret,) = mask(f"key 0 {word}")[1].values()
    assert not secret.trivial


@pytest.mark.parametrize(
    "word",
    [
        "<removed>",
        "*****",
        "xxxx",
        "SCRUBBED",
        "my-REMOVED-1",
        "$9$xxxx",
        "$1$x$xx",
        "$6$*",
        "$9$xxxKEYx",
        "----",
        "...",
        "${EVENT_PASSWORD}",
        "{{",
    ],
)
def test_placeholders(word: str) -> None:
    (secret,) = mask(f"key 0 {word}")[1].values()
    assert secret.redacted
    (strong,) = mask(f"key 9 {word}")[1].values()
    assert (strong.strength, strong.fingerprint) == (Strength.STRONG_HASH, "")


@pytest.mark.parametrize(
    "word", ["x", "xx", "removes", "hide", "$9$xaFBs2IOLR62Ap0db8x/43tIGoWus7zw", "$1$XxAd$hx5rVt7rPNoS4w"]
)
def test_short_words_are_no_placeholders(word: str) -> None:
    (secret,) = mask(f"key 0 {word}")[1].values()
    assert not secret.redacted


@pytest.mark.parametrize(
    ("line", "platform"),
    [
        ("username noc-password privilege 15 secret 9 $9$abc", "cisco_ios"),
        ("username x-secret privilege 15 nopassword", "cisco_ios"),
        ("username secret privilege 15 secret 9 $9$abc", "cisco_ios"),
        ("username noc-password password 5 $5$abc role network-admin", "cisco_nxos"),
        ("username x-secret role network-admin", "cisco_nxos"),
        ("username x-passphrase ssh-key ssh-ed25519 AAAAC3Nza", "arista_eos"),
        ("username a-password privilege 15 role network-admin secret sha512 $6$a$b", "arista_eos"),
        (" local-user x-passphrase service-type ssh", "huawei_vrp"),
        (" local-user my-cipher privilege level 15", "huawei_vrp"),
    ],
)
def test_the_rights_of_an_account_are_no_secret_whatever_its_name(line: str, platform: str) -> None:
    """Seen in a capture of cEOS: `username admin-sshkey-passphrase privilege 15` lost its rights and its key."""
    rules = import_module(f"auditor.platforms.{platform}.secrets").RULES
    lines = [line]
    Masker(b"key of the tests").mask(lines, rules)
    secret = line.split()[-1] if line.split()[-1].startswith("$") else "$5$abc" if "$5$abc" in line else ""
    assert lines == [line.replace(secret, "<secret-1>") if secret else line]


def test_a_secret_in_the_place_of_a_name_is_masked() -> None:
    rules = import_module("auditor.platforms.cisco_ios.secrets").RULES
    lines = ["username password is hunter2", "username admin:password=hunter2 x"]
    Masker(b"key of the tests").mask(lines, rules)
    assert not any("hunter2" in line for line in lines)
