"""Secrets: every position is masked, every form is named, nothing is printed."""

from __future__ import annotations

import json

import pytest

from auditor.model.secret import Strength
from tests.platforms.arista_eos.eos import HEADER, as_json, facts, read

PLANTED = "Pl4ntedV4lue"
POSITIONS = (
    "username u secret 0 {}",
    "username u privilege 15 secret {}",
    "username u secret sha512 $6$salt${}",
    "username u role r secret 5 $1$salt${}",
    "aaa root secret sha512 $6$salt${}",
    "aaa root secret 0 {}",
    "enable password {}",
    "enable password sha512 $6$salt${}",
    "enable secret 5 $1$salt${}",
    "boot secret 5 $1$salt${}",
    "boot secret 0 {}",
    "tacacs-server key 7 {}",
    "tacacs-server key {}",
    "tacacs-server host 192.0.2.1 vrf V port 49 key 8a $a$b${}",
    "radius-server host 192.0.2.1 auth-port 1812 key 7 {}",
    "radius-server host 192.0.2.1 key {}",
    "radius-server key 0 {}",
    "snmp-server community {} ro",
    "snmp-server community {}",
    "snmp-server community 7 {} rw",
    "snmp-server host 192.0.2.1 version 2c {}",
    "snmp-server host 192.0.2.1 vrf V traps version 1 {} udp-port 162",
    "snmp-server host 192.0.2.1 {}",
    "snmp-server user u g v3 auth sha {} priv aes {}",
    "snmp-server user u g v3 localized f5 auth md5 {} priv des {}",
    "snmp-server user u g remote 192.0.2.1 udp-port 162 v3 auth sha512 {} priv aes256 {}",
    "ntp authentication-key 1 md5 {}",
    "ntp authentication-key 1 sha1 7 {}",
    "ntp authentication-key 1 sha1 8a $a$b${}",
    "router bgp 1\n   neighbor 192.0.2.1 password {}",
    "router bgp 1\n   neighbor 192.0.2.1 password 7 {}==",
    "router bgp 1\n   vrf V\n      neighbor G password 8a $a$b${}",
    "interface Ethernet1\n   isis authentication key {}",
    "interface Ethernet1\n   isis authentication key 7 {}",
    "interface Ethernet1\n   isis authentication key-id 1 algorithm sha-256 key 7 {}",
    "interface Ethernet1\n   isis authentication key 8a $a$b${} level-2",
    "router isis C\n   authentication key 0 {}",
    "interface Ethernet1\n   ip ospf authentication-key 7 {}",
    "interface Ethernet1\n   ip ospf authentication-key {}",
    "interface Ethernet1\n   ip ospf message-digest-key 1 md5 7 {}",
    "interface Ethernet1\n   ip ospf message-digest-key 1 sha512 {}",
    "interface Ethernet1\n   ospfv3 authentication ipsec spi 300 sha1 passphrase 7 {}",
    "interface Ethernet1\n   ospfv3 encryption ipsec spi 300 esp aes-128-cbc sha1 passphrase {}",
    "interface Ethernet1\n   vrrp 1 authentication text {}",
    "interface Ethernet1\n   vrrp 1 peer authentication {}",
    "interface Ethernet1\n   vrrp 1 peer authentication ietf-md5 key-string 7 {}",
    "mpls ldp\n   password 7 {}",
    "mpls ldp\n   neighbor 192.0.2.1 password 0 {}",
    "mpls rsvp\n   authentication index 1 password 7 {}",
    "ip security\n   profile P\n      shared-key {}",
    "ip security\n   profile P\n      shared-key 7 {}",
    "management security\n   session shared-secret profile P\n      secret 1 7 {} receive-lifetime infinite transmit-lifetime infinite",
    "management security\n   session shared-secret profile P\n      secret 1 {} receive-lifetime infinite transmit-lifetime infinite",
    "mac security\n   profile P\n      key 1234abcd 7 {}",
    "mac security\n   profile P\n      key 1234abcd 7 {} fallback",
    "dot1x\n   radius av-pair username-format\n   mac based authentication passphrase {}",
    "management ldap\n   server defaults\n      search username cn=x password 7 {}",
    "management ldap\n   server defaults\n      search password {}",
    "email\n   auth username x password 7 {}",
    "monitor telemetry influx\n   destination influxdb D\n      username u password 7 {}",
    "daemon TerminAttr\n   exec /usr/bin/TerminAttr -cvaddr=192.0.2.1:9910 -cvauth=key,{} -taillogs",
    "daemon TerminAttr\n   exec /usr/bin/TerminAttr -ingestauth=key,{}",
    "daemon TerminAttr\n   exec /usr/bin/TerminAttr -cvproxy=http://u:{}@192.0.2.1:3128",
    "daemon TerminAttr\n   exec /usr/bin/TerminAttr -cvopt DC1.addr=192.0.2.1:9910 -cvopt DC1.auth=key,{} -cvopt DC1.vrf=mgt",
    "daemon d\n   exec /usr/bin/d --password {}",
    "daemon d\n   exec /usr/bin/d -token={} -x",
    "service unsupported-transceiver CUSTOMER {}",
    "schedule n interval 5 max-log-files 1 command copy flash:x ftp://u:{}@192.0.2.1/x",
    "alias up copy running-config scp://u:{}@192.0.2.1/x",
    "event-handler E\n   action bash\n      curl -u admin:{} http://192.0.2.1/\n      EOF",
    "event-handler E\n   action bash export PASSWORD={}; run",
    "event-handler E\n   action bash\n      echo password is {}\n      EOF",
    "banner login\nthe password is {}\nEOF",
    "management api http-commands\n   protocol https certificate\n-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\nEOF\n{}\nEOF",
    "management api http-commands\n   protocol https certificate\nabc\nEOF\n-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----\nEOF",
    "interface Ethernet1\n   comment\n   -----BEGIN PRIVATE KEY-----\n   {}\n   -----END PRIVATE KEY-----\n   EOF",
    "no username u secret 0 {}",
    "!username u secret 0 {}",
)


@pytest.mark.parametrize("position", POSITIONS)
def test_a_planted_secret_occurs_nowhere(position: str) -> None:
    text = f"{HEADER}{position.replace('{}', PLANTED)}\nend\n"
    for content in (text, text.replace("\n", "\r\n"), as_json(text), as_json(text, None)):
        assert PLANTED not in repr(read(content))


@pytest.mark.parametrize(
    ("statement", "storage", "strength"),
    [
        ("enable password 0 abc", "type 0 (plain text)", Strength.PLAIN),
        ("enable password abc", "plain text", Strength.PLAIN),
        ("enable password 5 $1$a$b", "MD5-crypt ($1$)", Strength.WEAK_HASH),
        ("enable password sha512 $6$a$b", "SHA-512-crypt ($6$)", Strength.STRONG_HASH),
        ("enable password 7 0822455D0A16", "type 7 (reversible)", Strength.REVERSIBLE),
        ("enable password 8a $a$b$c", "type 8a (AES-256-GCM)", Strength.ENCRYPTED),
    ],
)
def test_forms(statement: str, storage: str, strength: Strength) -> None:
    (password,) = facts(statement).accounts.passwords
    assert (password.secret.storage, password.secret.strength) == (storage, strength)


def test_the_prefix_is_believed_before_the_word() -> None:
    (user,) = facts("username u secret 5 $6$a$b").accounts.users
    assert user.secret is not None
    assert user.secret.storage == "SHA-512-crypt ($6$)"


def test_type_7_of_eos_may_begin_with_dollar_one_c() -> None:
    """Parsing trap 31: `$1c$` is no MD5-crypt."""
    (neighbor,) = facts(
        "router bgp 1\n   neighbor 192.0.2.1 remote-as 2\n   neighbor 192.0.2.1 password 7 $1c$sTNAlR6rKSw="
    ).routing.bgp
    assert neighbor.secret is not None
    assert neighbor.secret.storage == "type 7 (reversible)"


@pytest.mark.parametrize("placeholder", ["<removed>", "*", "<secret hidden>", "REMOVED", "xxxxxxxx"])
def test_what_a_scrubber_left_is_not_judged(placeholder: str) -> None:
    found = facts(f"snmp-server community {placeholder} ro\nusername u secret 7 {placeholder}")
    assert found.snmp.communities[0].secret.redacted
    assert found.accounts.users[0].secret is not None
    assert found.accounts.users[0].secret.redacted


def test_the_type_that_a_scrubber_left_standing_is_evidence() -> None:
    """Parsing trap 32."""
    (user,) = facts("username u secret sha512 $6$<removed>").accounts.users
    assert user.secret is not None
    assert user.secret.strength is Strength.STRONG_HASH
    assert user.secret.fingerprint == ""


def test_trivial_words_and_equal_values_are_known_without_the_value() -> None:
    found = facts("snmp-server community public ro\nsnmp-server community zebra rw\nenable password 0 zebra")
    public, zebra = found.snmp.communities
    assert public.secret.trivial
    assert zebra.secret.fingerprint == found.accounts.passwords[0].secret.fingerprint != ""


def test_public_keys_names_and_files_are_no_secrets() -> None:
    text = (
        "username u ssh-key ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPeFOiYvOO8CgT2oNCvmhI0Oy/GjHYoGVDQZwYlEkkzA me\n"
        "management security\n   ssl profile P\n      certificate cert.pem key file.key\n"
        "ip security\n   key controller\n      profile P\n"
        "ntp server 192.0.2.1 key 7\n"
        "daemon T\n   exec /usr/bin/T -cvauth=token-secure,/tmp/cv-onboarding-token -cvvrf=MGMT\n"
        "management ssh\n   authentication protocol keyboard-interactive password public-key\n"
        "router bgp 1\n   neighbor 192.0.2.1 password shared-secret profile P algorithm aes-128-cmac-96"
    )
    reading = read(f"{HEADER}{text}\nend\n")
    printed = "\n".join(reading.documents[0].lines)
    assert "<secret-" not in printed
    assert reading.facts.accounts.keys[0].fingerprint.startswith("SHA256:")


def test_json_within_a_line_is_masked_too() -> None:
    text = json.dumps({"cmds": {f"snmp-server community {PLANTED} ro": None}})
    assert PLANTED not in repr(read(text))
