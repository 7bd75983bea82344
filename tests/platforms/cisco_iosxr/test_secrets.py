"""Every form of secret: how it is stored, how strong that is, and that nothing of it is ever shown."""

from __future__ import annotations

import pytest

from auditor.model.evidence import Known
from auditor.model.secret import Strength
from auditor.platforms.cisco_iosxr.secrets import classify
from tests.platforms.cisco_iosxr.conftest import read
from tests.platforms.cisco_iosxr.formal import formal
from tests.platforms.cisco_iosxr.samples import EDGE

PLANT = "Zx9-planted-Q7"
HEX = "0822455D0A16544541"

POSITIONS = (
    "username u\n group root-lr\n secret {}\n",
    "username u\n group root-lr\n secret 0 {}\n",
    "username u\n group root-lr\n password 0 {}\n",
    "username u\n group root-lr\n secret 10 $6$salt${}\n",
    "username u\n group root-lr\n secret 8 $8$salt${}\n",
    "username u password 0 {}\n",
    "username u secret 5 $1$salt${}\n",
    "line console\n password 0 {}\n",
    "line template T\n secret 0 {}\n",
    "line console password clear {}\n",
    "tacacs-server host 192.0.2.1 port 49\n key 0 {}\n",
    "tacacs-server host 192.0.2.1 port 49\n key {}\n",
    "tacacs-server host 192.0.2.1 port 49 key 0 {}\n",
    "tacacs-server key {}\n",
    "radius-server host 192.0.2.1 auth-port 1812 acct-port 1813\n key 0 {}\n",
    "radius-server key 0 {}\n",
    "aaa group server tacacs+ G\n server-private 192.0.2.1 port 49\n  key 0 {}\n",
    "aaa group server tacacs+ G server-private 192.0.2.1 port 49 key 0 {}\n",
    "aaa server radius dynamic-author\n client 192.0.2.1 vrf V\n  server-key 0 {}\n",
    "aaa server radius dynamic-author\n client 192.0.2.1 vrf V server-key 0 {}\n",
    "snmp-server community {} RO\n",
    "snmp-server community clear {} RW SystemOwner IPv4 A\n",
    "snmp-server community encrypted {} RO\n",
    "snmp-server community-map clear {} context C\n",
    "snmp-server host 192.0.2.1 traps version 2c {}\n",
    "snmp-server host 192.0.2.1 traps version 2c clear {} udp-port 162\n",
    "snmp-server host 192.0.2.1 traps {}\n",
    "snmp-server host 192.0.2.1 {}\n",
    "snmp-server vrf V\n host 192.0.2.1 informs version 2c {}\n",
    "snmp-server vrf V host 192.0.2.1 informs version 2c clear {}\n",
    "snmp-server user U G v3 auth md5 clear {}\n",
    "snmp-server user U G v3 auth sha clear abcdefgh priv aes 128 clear {}\n",
    "snmp-server user U G v3 auth sha-512 encrypted {} priv des56 encrypted abcdefgh\n",
    "ntp\n authentication-key 1 md5 clear {}\n",
    "ntp\n authentication-key 1 md5 encrypted {}\n",
    "ntp\n hmac-sha2-authentication-key 1 clear {}\n",
    "ntp cmac-authentication-key 1 aes-128 clear {}\n",
    "key chain K\n key 1\n  key-string {}\n",
    "key chain K\n key 1\n  key-string clear {}\n",
    "key chain K\n key 1\n  key-string password {}\n",
    "key chain K\n key 1\n  key-string password6 {}\n",
    "key chain K key 1 key-string password {}\n",
    "router bgp 1\n neighbor 192.0.2.1\n  password clear {}\n",
    "router bgp 1\n neighbor 192.0.2.1\n  password encrypted {}\n",
    "router bgp 1 neighbor 192.0.2.1 password encrypted {}\n",
    "router bgp 1\n rpki server 192.0.2.1\n  password {}\n",
    "router ospf 1\n area 0\n  interface X0/0/0/0\n   message-digest-key 1 md5 clear {}\n",
    "router ospf 1\n authentication-key encrypted {}\n",
    "router ospfv3 1\n area 0\n  authentication ipsec spi 256 md5 clear {}\n",
    "router isis 1\n lsp-password hmac-md5 clear {}\n",
    "router isis 1\n lsp-password text encrypted {} level 2\n",
    "router isis 1\n interface X0/0/0/0\n  hello-password accept hmac-md5 encrypted {}\n",
    "router isis 1\n interface X0/0/0/0\n  hello-password {}\n",
    "router hsrp\n interface X0/0/0/0\n  address-family ipv4\n   hsrp 1\n    authentication {}\n",
    "router vrrp\n interface X0/0/0/0\n  address-family ipv4\n   vrrp 1\n    text-authentication {}\n",
    "mpls ldp\n neighbor\n  password clear {}\n",
    "mpls ldp\n neighbor\n  192.0.2.1:0 password encrypted {}\n",
    "router msdp\n peer 192.0.2.1\n  password clear {}\n",
    "keyring K\n peer P\n  pre-shared-key clear {}\n",
    "keyring K\n peer P\n  pre-shared-key password {}\n",
    "ftp client password clear {}\n",
    "ftp client password encrypted {}\n",
    "configuration commit auto-save filename ftp://bob:{}@192.0.2.9/x\n",
    "event manager environment MAIL_PASSWORD {}\n",
    "interface X0/0/0/0\n description console password is {}\n",
    'appmgr\n application a\n  activate type docker source s docker-run-opts "-e API_TOKEN={}"\n',
    "interface X0/0/0/0\n ppp chap password clear {}\n",
    "group G\n router bgp '.*'\n  neighbor '.*'\n   password encrypted {}\n  !\n !\nend-group\n",
)


@pytest.mark.parametrize("position", POSITIONS)
def test_a_secret_is_shown_nowhere(position: str) -> None:
    """Parsing trap 32 and the form of every statement that holds a secret."""
    reading = read(f"hostname r1\n{position.format(PLANT)}end\n")
    assert PLANT not in repr(reading)


@pytest.mark.parametrize("position", POSITIONS)
def test_a_secret_in_the_formal_form_is_shown_nowhere(position: str) -> None:
    assert PLANT not in repr(read(f"hostname r1\n{formal(position.format(PLANT))}end\n"))


@pytest.mark.parametrize("position", POSITIONS)
def test_a_secret_in_the_administration_plane_is_shown_nowhere(position: str) -> None:
    reading = read("hostname r1\nend\n", admin=f"{position.format(PLANT)}end\n")
    assert PLANT not in repr(reading)


def test_the_administration_plane_of_64_bit_systems_shows_nothing() -> None:
    admin = (
        "aaa authentication users user root\n uid 9000\n password $1$abc$" + PLANT + "\n!\n"
        "confdConfig encryptedStrings AESCFB128 key " + PLANT + "\nend\n"
    )
    reading = read("hostname r1\nend\n", admin=admin)
    assert PLANT not in repr(reading)
    (user,) = reading.facts.accounts.users
    assert (user.name, user.secret and user.secret.storage, user.builtin) == ("root", "type 5 (MD5-crypt)", True)


@pytest.mark.parametrize(
    ("form", "value", "storage", "strength"),
    [
        ("", "cisco", "plain text", Strength.PLAIN),
        ("0", "cisco", "type 0 (plain text)", Strength.PLAIN),
        ("clear", "cisco", "plain text", Strength.PLAIN),
        ("7", HEX, "type 7 (reversible)", Strength.REVERSIBLE),
        ("encrypted", HEX, "type 7 (reversible)", Strength.REVERSIBLE),
        ("password", HEX, "type 7 (reversible)", Strength.REVERSIBLE),
        ("5", "$1$a$b", "type 5 (MD5-crypt)", Strength.WEAK_HASH),
        ("6", "abc", "type 6 (AES with a master key)", Strength.ENCRYPTED),
        ("encrypted  aes", "00", "type 6 (AES with a master key)", Strength.ENCRYPTED),
        ("8", "$8$a$b", "type 8 (PBKDF2-SHA-256)", Strength.STRONG_HASH),
        ("9", "$9$a$b", "type 9 (scrypt)", Strength.STRONG_HASH),
        ("10", "$6$a$b", "type 10 (SHA-512-crypt)", Strength.STRONG_HASH),
        ("10", "$PASS$", "type 10, masked in the capture", Strength.UNKNOWN),
        ("7", "removed", "type 7, with a value that is none of this type", Strength.UNKNOWN),
        ("5", "$6$a$b", "type 10 (SHA-512-crypt)", Strength.STRONG_HASH),
    ],
)
def test_form_and_strength(form: str, value: str, storage: str, strength: Strength) -> None:
    """Parsing trap 31: the prefix is believed before the digit."""
    assert classify(form, value) == (storage, strength)


def test_storage_is_known_where_it_matters() -> None:
    facts = read(EDGE).facts
    assert [user.secret.storage for user in facts.accounts.users if user.secret] == [
        "type 10 (SHA-512-crypt)",
        "type 7 (reversible)",
        "plain text",
    ]
    assert facts.routing.key_chains[0].secrets[0].storage == "type 7 (reversible)"
    assert facts.time.keys[0].secret.storage == "type 7 (reversible)"
    assert [one.secret.storage for one in facts.snmp.communities] == ["plain text", "type 7 (reversible)"]


def test_redacted_secrets_are_not_judged() -> None:
    """Parsing trap 32: the type that a scrubber leaves is evidence, the value is not."""
    facts = read("username u\n group root-lr\n secret 5 <removed>\n!\nsnmp-server community xxxxxxxx RO\nend\n").facts
    assert facts.accounts.users[0].secret is not None
    assert facts.accounts.users[0].secret.redacted
    assert facts.snmp.communities[0].secret.redacted


def test_a_user_that_a_scrubber_made_a_comment_is_a_user() -> None:
    """Parsing trap 4: RANCID writes `! secret 5 <removed>`."""
    facts = read("username u\n group root-lr\n! secret 5 <removed>\n!\nend\n").facts
    (user,) = facts.accounts.users
    assert user.secret is not None
    assert user.login


def test_equal_secrets_have_equal_fingerprints() -> None:
    facts = read(EDGE).facts
    first, second = facts.aaa.servers[0].secret, facts.aaa.servers[1].secret
    assert first is not None and second is not None
    assert first.fingerprint == second.fingerprint != ""


def test_public_keys_are_no_secrets() -> None:
    (key,) = read(EDGE).facts.accounts.keys
    assert (key.user, key.algorithm, key.comment) == ("admin", "ssh-rsa", "noc@example")
    assert key.fingerprint.startswith("SHA256:")


LI = """\
hostname r1
taskgroup LI-TASKS
 task read li
 task write li
!
usergroup LI-GROUP
 taskgroup LI-TASKS
!
username tap-operator
 group LI-GROUP
 secret 5 $1$aaaa$bbbb
!
username both
 group LI-GROUP
 group root-lr
 secret 10 $6$aaaa$bbbb
!
username noc
 group operator
 secret 10 $6$aaaa$cccc
!
end
"""


def test_operators_of_taps_leave_nothing() -> None:
    """Lawful-intercept reference 5.4: names of operators are class 2; whoever has other rights as well stays."""
    reading = read(LI)
    assert "tap-operator" not in repr(reading)
    assert [user.name for user in reading.facts.accounts.users] == ["both", "noc"]
    assert [one.kind for one in reading.facts.intercept.statements] == ["li-user"]


def test_operators_of_taps_leave_nothing_in_the_formal_form() -> None:
    formal = (
        "hostname r1\ntaskgroup LI task write li\nusergroup UG taskgroup LI\nusername tap-operator \n"
        "username tap-operator group UG\nusername tap-operator secret 5 $1$a$b\nusername noc group operator\nend\n"
    )
    reading = read(formal)
    assert "tap-operator" not in repr(reading)
    assert isinstance(reading.facts.complete, Known)
    assert [user.name for user in reading.facts.accounts.users] == ["noc"]
