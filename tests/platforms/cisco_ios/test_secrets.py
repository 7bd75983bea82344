"""No secret leaves the reader: a value is planted in every position that the syntax reference names, and then looked for
in everything that the reader gives back.
"""

from __future__ import annotations

import msgspec
import pytest

from auditor.model.secret import Strength
from auditor.platforms.cisco_ios.secrets import RULES, classify
from auditor.syntax.mask import Masker
from tests.platforms.cisco_ios.ios import KEY, read

PLANTED = "Pl4nt3dXyzzy"

GLOBAL = """
username bob password 0 @
username bob password @
username bob privilege 15 password 7 @
username bob secret 4 @
username bob secret 5 @
username bob secret 6 @
username bob secret 8 @
username bob secret 9 @
username bob secret 10 @
username bob secret 99 @
username bob one-time password 0 @
username bob common-criteria-policy P secret 9 @
username bob algorithm-type scrypt secret @
username bob password 0 first half @ privilege 15
username bob password 0 a secret 0 @
username bob password 0 @ secret 5 b
username bob password a b secret c @ d
username bob view V password @
no username bob password 7 @
!username bob password 7 @
! username bob secret 5 @
enable secret @
enable secret 0 @
enable secret 5 @
enable secret 9 @
enable secret level 7 5 @
enable secret 0 two words @
enable password 7 @
enable password level 3 @
enable algorithm-type sha256 secret @
no enable password @
! enable password @
tacacs-server key @
tacacs-server key 7 @
tacacs-server host 192.0.2.1 port 49 timeout 3 key 7 @
tacacs-server host 192.0.2.1 single-connection key 0 two @
radius-server key 6 @
radius-server host 192.0.2.1 auth-port 1645 acct-port 1646 key 7 @
snmp-server community @
snmp-server community @ RO
snmp-server community "@" RO
snmp-server community 0 @ RW 10
snmp-server community 7 @ view V RO ipv6 SIX 10
no snmp-server community @
! snmp-server community @ RO
!snmp-server community @ RO
snmp-server host 192.0.2.1 @
snmp-server host 192.0.2.1 version 2c @ bgp
snmp-server host 192.0.2.1 vrf MGMT informs version 1 @ udp-port 162
snmp-server host 192.0.2.1 traps version 2c 7 @
snmp-server user u g v3 auth md5 @
snmp-server user u g v3 encrypted auth sha @ priv aes 256 other access 10
snmp-server user u g v3 auth sha-2 256 other priv aes 128 @
snmp-server user u g remote 192.0.2.1 v3 auth sha x priv des56 @
snmp-server user u g v3 auth sha x priv 3des @
snmp mib community-map @ engineid 8000
rmon event 1 log trap @ owner config
netconf-yang cisco-ia snmp-community-string @
ip ftp password 7 @
ip ftp password @
ip http client password 7 @
vtp password @
crypto isakmp key @ address 192.0.2.1
crypto isakmp key 6 @ hostname h
crypto map M 10 set session-key inbound esp 300 cipher @ authenticator aa
crypto map M 10 set session-key outbound esp 300 cipher aa authenticator @
crypto map M 10 set session-key inbound ah 300 @
key config-key password-encrypt @
key config-key newpass @
ntp authentication-key 1 md5 @ 7
ntp authentication-key 2 cmac-aes-128 @
mpls ldp neighbor 192.0.2.1 password 7 @
mpls ldp neighbor vrf V 192.0.2.1 password @
mpls ldp password option 1 for ACL 7 @
mpls ldp password fallback 7 @
ip msdp password peer 192.0.2.1 7 @
cns password @
cns id string r1 password @
license smart register idtoken @
boot network ftp://user:@@192.0.2.1/r1
ip sla 1 http get http://user:@@192.0.2.1/
logging persistent url ftp://user:a@b@@192.0.2.1/
event manager environment _password @
event manager environment _api_key two words @
alias exec x username bob password @
alias exec y test aaa group tacacs+ bob @ legacy
alias exec z snmp-server community @ RW
li-view @ user li1 password pw
li-view pw user li1 password @
username lawful-intercept li1 password @
"""

INSIDE = {
    "line vty 0 4": "password @|password 7 @|password two words @|! password 7 @",
    "user-name bob": "secret 9 @|password 0 @|secret @",
    "parser view V": "secret 5 @|secret 9 @",
    "tacacs server T": "key @|key 0 @|key 6 @|key 7 @|key two words @",
    "radius server R": "key 7 @|pac key 7 @|key 123 456 @",
    "aaa group server tacacs+ G": "server-private 192.0.2.1 key @|server-private 192.0.2.1 port 49 timeout 5 key 7 @",
    "aaa server radius dynamic-author": "client 192.0.2.1 server-key 7 @|client 192.0.2.1 vrf V server-key @|server-key @",
    "key chain K": "key 1\n  key-string @|key 1\n  key-string 7 @|key 1\n  key-string 6 two @",
    "crypto keyring K": "pre-shared-key address 192.0.2.1 key @|pre-shared-key address 0.0.0.0 0.0.0.0 key 6 @"
    "|pre-shared-key address ipv6 2001:db8::/32 key @|pre-shared-key hostname h key @",
    "crypto ikev2 keyring K": "peer P\n  pre-shared-key @|peer P\n  pre-shared-key local 6 @"
    "|peer P\n  pre-shared-key remote @|peer P\n  pre-shared-key hex @",
    "crypto isakmp client configuration group G": "key @|key 6 @",
    "crypto isakmp peer address 192.0.2.1": "set aggressive-mode password @",
    "crypto pki trustpoint TP": "password 7 @|password @|enrollment url http://u:@@192.0.2.1:80",
    "vpdn-group V": "l2tp tunnel password 7 @|l2tp tunnel password @",
    "l2tp-class L": "password 7 @|digest secret 7 @ hash MD5",
    "router bgp 64500": "neighbor 192.0.2.1 password @|neighbor 192.0.2.1 password 7 @|neighbor G password two words @",
    "router ospf 1": "area 0 virtual-link 192.0.2.1 authentication-key 7 @|area 0 virtual-link 192.0.2.1 message-digest-key 1 md5 7 @"
    "|area 1 sham-link 192.0.2.1 192.0.2.2 authentication-key @ ttl-security",
    "router isis": "area-password @|domain-password @ authenticate snp validate",
    "router eigrp E": "af-interface default\n   authentication mode hmac-sha-256 7 @",
    "interface GigabitEthernet0/1": "ip ospf authentication-key 7 @|ip ospf message-digest-key 1 md5 @"
    "|ipv6 ospf authentication ipsec spi 256 md5 @|ospfv3 authentication ipsec spi 256 sha1 7 @"
    "|ipv6 ospf encryption ipsec spi 256 esp aes-cbc 128 @ sha1 aa|ipv6 ospf encryption ipsec spi 256 esp null sha1 @"
    "|ospfv3 encryption ipsec spi 256 esp 3des aa md5 @"
    "|isis password @|standby 1 authentication @|standby 1 authentication text @|standby authentication @"
    "|standby 1 authentication md5 key-string 7 @ timeout 30|vrrp 1 authentication text @|glbp 1 authentication md5 key-string @"
    "|ip nhrp authentication @|ip rsvp authentication key @|ppp chap password 7 @|ppp pap sent-username u password 0 @"
    "|cts sap pmk @ mode-list gcm|description password: @ (change me)|description root password @",
    "archive": "path ftp://user:@@192.0.2.1/r1|path scp://user:x/y@@192.0.2.1/r1",
    "event manager applet A": 'action 1.0 cli command "username bob privilege 15 secret @"'
    '|action 1.0 cli command "enable secret @"|action 1.0 cli command "snmp-server community @ RW"'
    '|action 1.0 cli command "copy run ftp://u:@@192.0.2.1/"|action 1.0 cli command "tacacs-server key @"'
    '|action 1.0 mail server "u:pass=@" to x',
    "kron policy-list P": "cli copy running-config ftp://u:@@192.0.2.1/|cli username bob password @",
    "app-hosting appid A": 'app-resource docker\n  run-opts 1 "-e DB_PASSWORD=@ -e X=1"',
    "sip-ua": "authentication username u password 7 @|credentials username u password @ realm r",
    "ldap server L": "bind authenticate root-dn cn=x password 7 @",
    "dot11 ssid S": "wpa-psk ascii 7 @|wpa-psk ascii @",
    "banner motd #": "the password is: @",
}

LINES = [line for line in GLOBAL.strip().split("\n") if line]
LINES += [f"{head}\n {line}" for head, lines in INSIDE.items() for line in lines.split("|")]

LINES += [
    f"username bob password {'long' * 100} @",
    f"enable secret {'long' * 100} @",
    f"description {'x' * 500} password @",
]


def config_with(statement: str) -> str:
    planted = statement.replace("@@", f"{PLANTED}\0").replace("@", PLANTED).replace("\0", "@")
    closing = "#\n" if statement.startswith("banner") else ""
    return f"version 15.2\nhostname r1\n{planted}\n{closing}interface Loopback0\n ip address 192.0.2.9 255.255.255.255\nend\n"


@pytest.mark.parametrize("statement", LINES)
def test_a_planted_secret_is_nowhere(statement: str) -> None:
    text = config_with(statement)
    assert PLANTED in text
    reading = read(text, xe=True)
    facts = reading.facts
    assert PLANTED not in repr(reading)
    assert PLANTED.encode() not in msgspec.json.encode(facts)
    assert not any(PLANTED in line for document in reading.documents for line in document.lines)
    assert facts.hostname == "r1"


def test_what_is_no_secret_is_left_alone() -> None:
    """A reader that hides names of lists, users and groups would also pass the tests above."""
    config = """version 15.2
service password-encryption
security passwords min-length 12
aaa authentication enable default group tacacs+ enable
aaa authentication password-prompt Word:
key chain CHAIN
crypto key generate rsa
ip ospf authentication key-chain CHAIN
standby 1 authentication md5 key-chain CHAIN
mpls ldp password required for ACL
snmp-server group GROUP v3 auth read VIEW
snmp-server view VIEW iso included
snmp-server enable traps snmp authentication
ntp trusted-key 1
ntp authenticate
tunnel key 77
match community COMM
logging host 192.0.2.4
"""
    assert read(config).documents[0].lines == config.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("form", "value", "strength"),
    [
        ("", "word", Strength.PLAIN),
        ("0", "word", Strength.PLAIN),
        ("7", "094F471A1A0A", Strength.REVERSIBLE),
        ("4", "tnhtc92DXBhelxjYk8LWJrPV36S2i4ntXrpb4RFmfqY", Strength.WEAK_HASH),
        ("5", "$1$mERr$hx5r", Strength.WEAK_HASH),
        ("6", "dXFbNDMTNb", Strength.ENCRYPTED),
        ("8", "$8$dsYG$7nv", Strength.STRONG_HASH),
        ("9", "$9$2MJB$2lF", Strength.STRONG_HASH),
        ("", "$9$2MJB$2lF", Strength.STRONG_HASH),
        ("", "$14$2MJB$2lF", Strength.UNKNOWN),
        ("77", "x", Strength.UNKNOWN),
    ],
)
def test_forms_of_storage(form: str, value: str, strength: Strength) -> None:
    assert classify(form, value)[1] is strength


def test_equal_values_are_equal_across_documents_and_keys_differ() -> None:
    def fingerprint(key: bytes, form: str) -> str:
        lines = [f"username bob password {form}Un1que"]
        (secret,) = Masker(key).mask(lines, RULES).values()
        return secret.fingerprint

    assert fingerprint(KEY, "") == fingerprint(KEY, "0 ") != ""
    assert fingerprint(KEY, "") != fingerprint(b"another", "")
