"""No secret is printed, whatever its position; of each the form and strength are known."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area
from auditor.model.secret import Strength
from auditor.model.snapshot import Document
from auditor.platforms.cisco_nxos.secrets import classify
from tests.platforms.cisco_nxos.nxos import part, read

PLANT = "Pl4nt3dV4lue"
POSITIONS = (
    "username bob password {}",
    "username bob password 0 {} role network-admin",
    "username bob password 5 $5$salt${}  role network-admin",
    "username bob role network-admin password 8 $nx-pbkdf2$0${}",
    "enable secret 5 $1$salt${} priv-lvl 15",
    "snmp-server community {} group network-admin",
    "snmp-server community {} use-acl A",
    "snmp-server host 192.0.2.1 traps version 2c {}",
    "snmp-server host 192.0.2.1 informs version 1 {} udp-port 163",
    "snmp-server host 192.0.2.1 {}",
    "snmp-server user u network-admin auth sha 0x{} priv aes-128 0x{} localizedkey",
    "snmp-server user u auth md5 {} priv {}",
    "snmp-server mib community-map {} context c",
    "rmon event 1 log trap {} description x owner y",
    'tacacs-server key 7 "{}"',
    "tacacs-server host 192.0.2.1 key 0 {} port 49",
    "tacacs-server host 192.0.2.1 test username t password {} idle-time 5",
    "radius-server key {}",
    'radius-server host 192.0.2.1 key 7 "{}" authentication accounting',
    'ldap-server host 192.0.2.1 rootDN "cn=x" password 7 {}',
    "aaa server radius dynamic-author\n  client 192.0.2.1 server-key 7 {}",
    "key chain K\n  key 1\n    key-string 7 {}",
    "key chain K macsec\n  key 1\n    key-octet-string 7 {} cryptographic-algorithm AES_128_CMAC",
    "ntp authentication-key 1 md5 {} 7",
    "router bgp 1\n  neighbor 192.0.2.1\n    password 3 {}",
    "router bgp 1\n  neighbor 192.0.2.1 password {}",
    "router ospf 1\n  area 1 virtual-link 192.0.2.1\n    message-digest-key 1 md5 3 {}",
    "router ospf 1\n  area 1 virtual-link 192.0.2.1\n    authentication-key 7 {}",
    "interface Vlan1\n  ip ospf message-digest-key 1 md5 0 {}",
    "interface Vlan1\n  ip ospf authentication-key {}",
    "interface Vlan1\n  ospfv3 authentication ipsec spi 300 md5 {}",
    "interface Vlan1\n  ip pim hello-authentication ah-md5 3 {}",
    "interface Vlan1\n  hsrp 1\n    authentication md5 key-string 7 {}",
    "interface Vlan1\n  hsrp 1\n    authentication text {}",
    "interface Vlan1\n  hsrp 1\n    authentication {}",
    "interface Vlan1\n  vrrp 1\n    authentication text {}",
    "interface Vlan1\n  bfd authentication keyed-SHA1 keyid 1 key {}",
    "ip msdp password 192.0.2.1 3 {}",
    "mpls ldp configuration\n  neighbor 192.0.2.1 password 7 {}",
    "crypto ike domain ipsec\n  key {} address 192.0.2.1",
    "vtp password {}",
    "fcsp dhchap password 0 {}",
    "event manager applet A\n  action 1 cli copy x ftp://bob:{}@192.0.2.1/x",
    "event manager applet A\n  action 1 cli username x password 0 {}",
    "event manager environment _pass {}",
    "scheduler job name J\ncopy running-config scp://bob:{}@192.0.2.1/x\nend-job",
    "scheduler aaa-authentication username bob password 7 {}",
    "cli alias name x copy a sftp://bob:{}@192.0.2.1/x",
    "interface Vlan1\n  description password={}",
    "!username bob password 0 {} role network-admin",
    "   12| username bob password 0 {}",
    "no username bob password 0 {}",
    "nxapi certificate httpskey keyfile bootflash:k password {}",
)


@pytest.mark.parametrize("statement", POSITIONS)
def test_nothing_planted_is_printed(statement: str) -> None:
    assert PLANT not in repr(read(statement.replace("{}", PLANT)))


def test_secrets_in_other_documents_are_masked() -> None:
    other = Document("show something", f"username bob password 0 {PLANT}\n".encode())
    assert PLANT not in repr(read("hostname r\n", other))


@pytest.mark.parametrize(
    ("form", "value", "storage", "strength"),
    [
        ("", "cisco", "plain text", Strength.PLAIN),
        ("0", "cisco", "type 0 (plain text)", Strength.PLAIN),
        ("3", "yJmVEaLUb8k=", "type 3 (3DES, reversible)", Strength.REVERSIBLE),
        ("5", "$1$abcd$efgh", "type 5 (MD5-crypt)", Strength.WEAK_HASH),
        ("5", "$5$abcd$efgh", "type 5 (SHA-256-crypt)", Strength.STRONG_HASH),
        ("5", "xxxxxxx", "type 5, with a value that is none of this type", Strength.UNKNOWN),
        ("6", "JDYkq", "type 6 (AES with a master key)", Strength.ENCRYPTED),
        ("7", "0822455D0A16", "type 7 (reversible)", Strength.REVERSIBLE),
        ("8", "$nx-pbkdf2$0$x", "type 8 (PBKDF2-SHA-256)", Strength.STRONG_HASH),
        ("8", "hidden", "type 8, with a value that is none of this type", Strength.UNKNOWN),
        ("9", "$9$a$b", "type 9 (scrypt)", Strength.STRONG_HASH),
        ("9", "$nx-scrypt$a$b", "type 9 (scrypt)", Strength.STRONG_HASH),
        ("44", "x", "type 44", Strength.UNKNOWN),
    ],
)
def test_forms(form: str, value: str, storage: str, strength: Strength) -> None:
    """Trap 31: the digit alone says little, the prefix is believed."""
    assert classify(form, value) == (storage, strength)


def test_localized_keys_are_told_from_plain_ones() -> None:
    users = part(
        "snmp-server user a network-admin auth sha 0x0123456789abcdef0123456789abcdef01234567 localizedkey\n"
        "snmp-server user b network-admin auth sha words1234\n"
        "snmp-server user c network-admin auth sha words1234 localizedV2key\n"
    ).snmp.users
    strengths = [user.auth_secret.strength for user in users if user.auth_secret]
    assert strengths == [Strength.UNKNOWN, Strength.PLAIN, Strength.UNKNOWN]


@pytest.mark.parametrize(
    "line",
    [
        "no password strength-check",
        "password secure-mode",
        "feature password encryption aes",
        "username bob passphrase  lifetime 99999 warntime 14 gracetime 3",
        "snmp-server host 192.0.2.1 use-vrf management",
        "snmp-server host 192.0.2.1 source-interface loopback 0",
        "snmp-server host 192.0.2.1 traps version 3 priv bob",
        "username bob password 5 !  role network-operator",
        "key chain KC",
        "ip ospf authentication key-chain KC",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert read(line + "\n").documents[0].lines == [line]


def test_public_keys_are_no_secrets() -> None:
    blob = "AAAAC3NzaC1lZDI1NTE5AAAAIGB7sdHJgQ7IcYqTzyRxr8C0GkMFmPdNqz4UrGtnzBNd"
    (key,) = part(f"username bob sshkey ssh-ed25519 {blob} bob@nms\n").accounts.keys
    assert (key.user, key.algorithm, key.comment) == ("bob", "ssh-ed25519", "bob@nms")
    assert key.fingerprint == "SHA256:3fuARQ7ABEVk7Hm3eKnRdsmtS3cD3Onbge94D0SEn70"


def test_redacted_secrets_are_not_judged() -> None:
    """Trap 32: a placeholder is no value; a form that is left standing is evidence only where it is strong."""
    users = part("username a password 5 <removed>  role x\nusername b password 5 xxxxxxx role x\n").accounts.users
    assert [user.secret.redacted for user in users if user.secret] == [True, True]


def test_equal_secrets_have_equal_fingerprints_and_common_words_are_told() -> None:
    communities = part("snmp-server community public ro\nsnmp-server host 192.0.2.1 traps version 2c public\n").snmp
    assert communities.communities[0].secret.trivial
    host = communities.hosts[0]
    assert host.secret is not None
    assert host.secret.fingerprint == communities.communities[0].secret.fingerprint


def test_intercept_material_leaves_nothing() -> None:
    """Classes 1 and 2 of the lawful-intercept reference are dropped from the bytes."""
    reading = read("hostname r\nusername lawful-intercept liuser password 0 x\nli-view lipass user liuser password x\n")
    assert "liuser" not in repr(reading)
    assert reading.facts.coverage[0].lines == 1
    assert Area.INTERCEPT in reading.facts.missing
