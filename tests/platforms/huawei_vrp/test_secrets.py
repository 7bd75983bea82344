"""Where secrets stand, how each is stored, and that none is ever shown."""

from __future__ import annotations

import pytest

from auditor.model.evidence import Unknown
from auditor.model.secret import Strength
from auditor.platforms.huawei_vrp.secrets import classify
from tests.platforms.huawei_vrp.vrp import END, NE, facts, reading

WORD = "Zq7-hidden-Word"
MARKED = f'%^%#a;b\\c|"{WORD}#d%^%#'

POSITIONS = """
super password level 3 cipher {s}
super password level 3 simple {s}
super password {s}
ssh server cipher aes256_ctr
set save-configuration backup-to-server server 192.0.2.1 transport-type ftp user u password {s} path p
set authentication password cipher {s}
snmp-agent community read {s}
snmp-agent community write cipher {s} acl 2000
snmp-agent community read simple {s}
snmp-agent community {s}
snmp-agent target-host trap address udp-domain 192.0.2.1 params securityname {s}
snmp-agent target-host trap address udp-domain 192.0.2.1 params securityname {s} v2c
snmp-agent target-host trap address udp-domain 192.0.2.1 params securityname cipher {s} v2c private-netmanager
snmp-agent usm-user v3 u g authentication-mode md5 {s} privacy-mode des56 {s}
snmp-agent usm-user v3 u authentication-mode sha2-256 cipher {s}
snmp-agent usm-user v3 u privacy-mode aes128 cipher {s}
snmp-agent usm-user v2c {s} g
snmp-agent remote-engineid 8000 usm-user v3 u g authentication-mode sha {s}
 # snmp-agent usm-user v3 u privacy-mode aes128 cipher {s}
ntp-service authentication-keyid 1 authentication-mode md5 {s}
ntp authentication-keyid 2 authentication-mode hmac-sha256 cipher {s}
radius-server authorization 192.0.2.9 shared-key cipher {s}
radius-server authorization 192.0.2.9 shared-key {s}
hwtacacs-server template T
 hwtacacs-server shared-key cipher {s}
 hwtacacs-server shared-key {s}
radius-server group G
 radius-server shared-key-cipher {s}
aaa
 local-user a password cipher {s}
 local-user b password simple {s}
 local-user c password irreversible-cipher {s}
 local-user d password {s}
 #local-user e password irreversible-cipher {s}
local-user old
 password simple {s}
 service-type telnet level 3
user-interface vty 0 4
 set authentication password cipher {s}
 set authentication password {s}
ike peer P
 pre-shared-key cipher {s}
 pre-shared-key simple {s}
 pre-shared-key {s}
keychain K mode absolute
 key-id 1
  key-string cipher {s}
  key-string plain {s}
  key-string {s}
interface GigabitEthernet0/0/1
 ospf authentication-mode md5 1 cipher {s}
 ospf authentication-mode md5 1 plain {s}
 ospf authentication-mode simple {s}
 ospf authentication-mode simple plain {s}
 ospf authentication-mode hmac-sha256 1 {s}
 isis authentication-mode md5 {s}
 isis authentication-mode simple cipher {s}
 rip authentication-mode md5 usual {s}
 rip authentication-mode md5 nonstandard cipher {s} 1
 vrrp vrid 1 authentication-mode simple {s}
 vrrp vrid 1 authentication-mode md5 {s}
 ppp chap password cipher {s}
 ppp pap local-user u password simple {s}
 mpls rsvp-te authentication cipher {s}
 mpls rsvp-te authentication plain {s}
 gre key cipher {s}
 wpa2 psk pass-phrase {s} aes
bgp 1
 peer 192.0.2.1 password cipher {s}
 peer 192.0.2.1 password simple {s}
mpls ldp
 md5-password cipher 192.0.2.2 {s}
 md5-password plain all {s}
isis 1
 area-authentication-mode md5 cipher {s}
 domain-authentication-mode simple plain {s}
l2tp-group 1
 tunnel password cipher {s}
 tunnel password simple {s}
ssl policy P
 certificate load pem-cert c key-pair rsa key-file k auth-code cipher {s}
 certificate load pem-cert c key-pair rsa key-file k auth-code {s}
header login information "password={s}"
cwmp acs url http://user:{s}@192.0.2.1/
unknown statement secret={s}
"""


@pytest.mark.parametrize(
    "value", [WORD, MARKED, f'"{WORD}"', f'$1d${WORD};#"$x$', f"@%@%{WORD}@%@%", f"%$%${WORD}%$%$"]
)
def test_a_planted_secret_is_in_no_part_of_the_reading(value: str) -> None:
    found = reading(NE + POSITIONS.replace("{s}", value) + END)
    shown = repr(found) + "\n".join(line for document in found.documents for line in document.lines)
    assert [line for line in shown.split("\n") if WORD in line] == []


@pytest.mark.parametrize(
    ("form", "value", "storage", "strength"),
    [
        ("simple", "admin", "plain text", Strength.PLAIN),
        ("cipher", "huawei123", "plain text", Strength.PLAIN),
        ("cipher", "N`C55QK<`=/Q=^Q`MAF4<1!!", "cipher (fixed key, reversible)", Strength.REVERSIBLE),
        ("cipher", "%$%$K8m.Nt84DZ}e#<0`8bmE3Uw}%$%$", "cipher (%$%$, reversible), as shipped", Strength.REVERSIBLE),
        ("cipher", '%^%#a;b\\c|"d%^%#', "cipher (%^%#, reversible)", Strength.REVERSIBLE),
        ("cipher", "@%@%abc@%@%", "cipher (@%@%, reversible)", Strength.REVERSIBLE),
        ("irreversible-cipher", "%@%@abc%@%@", "irreversible-cipher", Strength.STRONG_HASH),
        ("irreversible-cipher", "$1a$x$y$", "irreversible ($1a$)", Strength.STRONG_HASH),
        ("cipher", "$1c$x$y$", "irreversible ($1c$)", Strength.STRONG_HASH),
    ],
)
def test_the_value_is_believed_before_the_word(form: str, value: str, storage: str, strength: Strength) -> None:
    assert classify(form, value) == (storage, strength)


@pytest.mark.parametrize("value", ["<removed>", "<secret hidden>", "******", "xxxxxxxx"])
def test_32_a_scrubbed_secret_is_not_judged(value: str) -> None:
    """Trap 32: the value is no evidence, and it is told apart from a missing one."""
    (user,) = facts(f"aaa\n local-user a password cipher {value}\n").accounts.users
    assert user.secret is not None
    assert user.secret.redacted


@pytest.mark.parametrize(
    "line",
    [
        "ssh server cipher aes256_ctr aes128_ctr",
        "ssh client cipher aes256_ctr",
        "ssh authentication-type default password",
        "user-password complexity-check",
        "local-aaa-user wrong-password retry-interval 5 retry-time 3 block-time 5",
        "description cipher suites are simple",
        "undo local-user policy security-enhance",
        " authentication-mode password",
    ],
)
def test_words_about_secrets_are_left_as_they_are(line: str) -> None:
    shown = reading(NE + line + "\n" + END).documents[0].lines
    assert line in shown or line.startswith("description")


def test_equal_secrets_have_equal_fingerprints_and_common_words_are_told() -> None:
    found = facts("snmp-agent community read public\nsnmp-agent community write public\n").snmp.communities
    assert found[0].secret.fingerprint == found[1].secret.fingerprint
    assert found[0].secret.trivial


def test_lawful_intercept_is_dropped_and_nothing_tells() -> None:
    body = (
        "lawful-intercept enable\n target 203.0.113.66 warrant W-77\n  detail W-77\n#\nli-manager\n x1 198.51.100.1\n#\n"
        "interface GigabitEthernet0/0/1\n description li mirror to intercept lab\n#\n ip tcp intercept list 100\n"
    )
    found = reading(NE + body + END)
    shown = repr(found)
    assert "W-77" not in shown
    assert "203.0.113.66" not in shown
    assert "198.51.100.1" not in shown
    assert found.facts.intercept.statements == ()
    assert isinstance(found.facts.intercept.visible, Unknown)
    assert found.facts.interfaces.interfaces[0].description == "li mirror to intercept lab"
