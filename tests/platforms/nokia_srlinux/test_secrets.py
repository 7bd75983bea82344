"""Every secret position in every form: its storage is told, its value is nowhere."""

from __future__ import annotations

import pytest

from auditor.model.secret import Strength
from auditor.platforms.nokia_srlinux.secrets import SHIPPED, classify
from tests.platforms.nokia_srlinux.forms import as_json, facts, in_blocks, in_flat, reading

PLANTED = "Pl4nted"


def planted() -> dict[str, object]:
    """A configuration with a value of its own in every position that holds a secret."""
    word = iter(f"{PLANTED}{number:02d}x" for number in range(100)).__next__
    return {
        "interface": [{"name": "mgmt0", "subinterface": [{"index": "0", "ipv4": {"dhcp-client": {}}}]}],
        "system": {
            "aaa": {
                "authentication": {
                    "admin-user": {"password": word()},
                    "linuxadmin-user": {"password": f"$y$j9T${word()}$h"},
                    "user": [{"username": "u", "password": f"$aes1${word()}=$x="}],
                },
                "server-group": [
                    {
                        "name": "t",
                        "type": "tacacs",
                        "server": [{"address": "192.0.2.1", "tacacs": {"secret-key": word()}}],
                    },
                    {
                        "name": "r",
                        "type": "radius",
                        "server": [{"address": "192.0.2.2", "radius": {"secret-key": word()}}],
                    },
                ],
            },
            "authentication": {"keychain": [{"name": "k", "key": [{"index": "1", "authentication-key": word()}]}]},
            "snmp": {
                "access-group": [
                    {
                        "name": "a",
                        "security-level": "auth-priv",
                        "community-entry": [{"name": "c", "community": word()}],
                        "security-entry": [
                            {"name": "s", "authentication": {"password": word()}, "privacy": {"password": word()}}
                        ],
                    }
                ],
                "trap-group": [
                    {
                        "name": "t",
                        "destination": [{"name": "d", "community-entry": [{"name": "c", "community": word()}]}],
                    }
                ],
            },
            "ssh-server": [{"name": "m", "host-key": {"type": [{"type": "rsa", "private-key": word()}]}}],
            "tls": {"server-profile": [{"name": "p", "key": f"$aes1${word()}=$y="}]},
        },
        "network-instance": [
            {
                "name": "default",
                "protocols": {
                    "bgp": {
                        "group": [{"group-name": "g", "authentication": {"password": word()}}],
                        "neighbor": [{"peer-address": "192.0.2.3", "authentication": {"password": word()}}],
                    },
                    "isis": {"instance": [{"name": "i", "authentication": {"key": {"auth-password": word()}}}]},
                },
            }
        ],
    }


@pytest.mark.parametrize("form", [in_blocks, in_flat, as_json])
def test_no_planted_value_is_left(form: object) -> None:
    text = form(planted())  # type: ignore[operator]
    assert PLANTED in text
    assert PLANTED not in repr(reading(text))


def test_old_snmp_community_and_private_key_in_lines() -> None:
    text = (
        "system {\n    snmp {\n        community Pl4nted1\n    }\n    tls {\n        server-profile p {\n"
        '            key "-----BEGIN PRIVATE KEY-----\nPl4nted2\n-----END PRIVATE KEY-----\n"\n        }\n    }\n}\n'
        "set / system snmp community Pl4nted3\n"
    )
    assert PLANTED not in repr(reading(text))
    assert PLANTED not in repr(reading("set / system snmp community Pl4nted3\nset / system name host-name x\n"))


@pytest.mark.parametrize(
    ("value", "storage", "strength"),
    [
        ("$y$j9T$a$b", "yescrypt ($y$)", Strength.STRONG_HASH),
        ("$6$a$b", "SHA-512-crypt ($6$)", Strength.STRONG_HASH),
        ("$ar2$a=$b=", "Argon2 ($ar2$)", Strength.STRONG_HASH),
        ("$1$a$b", "MD5-crypt ($1$)", Strength.WEAK_HASH),
        ("$aes1$a=$b=", "AES with a key of the node ($aes$)", Strength.ENCRYPTED),
        ("$aes$a=$b=", "AES with a key of the node ($aes$)", Strength.ENCRYPTED),
        ("$y$j9T$pNVjOgcNNGIWjBcdDfK/7.$Ir4uXXXX", SHIPPED, Strength.STRONG_HASH),
        ("typed", "plain text", Strength.PLAIN),
    ],
)
def test_forms(value: str, storage: str, strength: Strength) -> None:
    assert classify("", value) == (storage, strength)


def test_the_shipped_password_is_known_whether_written_or_not() -> None:
    for line in ("", "set / system aaa authentication admin-user password $y$j9T$pNVjOgcNNGIWjBcdDfK/7.$Ir4uZ\n"):
        text = (
            f"set / system aaa authentication authentication-method [ local ]\n{line}"
            "set / interface mgmt0 admin-state enable\nset / network-instance mgmt type ip-vrf\n"
        )
        admin = next(user for user in facts(text).accounts.users if user.name == "admin")
        assert admin.secret is not None
        assert admin.secret.trivial


def test_redacted_values_are_not_judged() -> None:
    text = in_blocks({"system": {"aaa": {"authentication": {"user": [{"username": "u", "password": "<removed>"}]}}}})
    (user,) = [one for one in facts(text).accounts.users if one.name == "u"]
    assert user.secret is not None
    assert user.secret.redacted
