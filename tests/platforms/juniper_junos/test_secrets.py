"""No secret is left in anything that a reading holds."""

import json
from xml.etree import ElementTree

import msgspec
import pytest

CURLY = """
version 1;
system {
    root-authentication { encrypted-password "$6$Zq0Zq0"; }
    login { user a { class operator; authentication { encrypted-password "Zq1Zq1Zq1Zq1Z"; plain-text-password-value Zq2; } } }
    boot-loader-authentication { encrypted-password "$5$Zq3"; } ## SECRET-DATA
    radius-server { 10.0.0.1 secret "$9$Zq4"; 10.0.0.2 { secret Zq5; timeout 3; } }
    tacplus-server { 10.0.0.3 secret Zq6 timeout 3; }
    archival { configuration { archive-sites { "ftp://u:Zq7@h/"; "scp://u@h/" password "$9$Zq8"; } } }
    ntp { authentication-key 1 type md5 value "$9$Zq9"; }
    services { outbound-ssh { client c { device-id x; secret "$9$Zqa"; } } }
    unheard-of "Zqb"; ## SECRET-DATA
}
snmp {
    community Zqc { authorization read-only; }
    community "Zqd blank";
    inactive: community Zqe;
    v3 {
        usm { local-engine { user u { authentication-sha { authentication-key "$9$Zqf"; } privacy-aes128 { privacy-key "$9$Zqg"; } } } }
        snmp-community i { community-name "$9$Zqh"; }
    }
}
security {
    ike { policy p { pre-shared-key ascii-text "$9$Zqi"; } policy q { pre-shared-key hexadecimal Zqj; } }
    authentication-key-chains { key-chain k { key 1 { secret "$9$Zqk"; } } }
    certificates { local { x "-----BEGIN RSA PRIVATE KEY-----\\nZql\\n-----END RSA PRIVATE KEY-----"; } }
}
protocols {
    bgp { group g { authentication-key "$9$Zqm"; neighbor 1.1.1.1 { authentication-key Zqn; } } }
    ospf { area 0 { interface x { authentication { md5 1 key "$9$Zqo"; simple-password Zqp; } } } }
    isis { interface y { hello-authentication-key "$9$Zqq"; } }
}
access {
    profile p { client c chap-secret "$9$Zqr"; client d pap-password Zqs; }
}
interfaces { pp0 { unit 0 { ppp-options { chap { default-chap-secret "$9$Zqt"; } pap { local-password "$9$Zqu"; } } } } }
event-options { policy P { then { change-configuration { commands { "set snmp community Zqv"; "set system login user x authentication plain-text-password-value Zqw"; } } } } }
wlan { access-point a { radio 1 { security { wpa-personal { key { ascii-text "$9$Zqx"; } } psk Zqy; } } } }
description "password: Zqz";
"""

FLAT = """
set version 1
set system root-authentication encrypted-password "$6$Zq0Zq0"
set groups G system login user a authentication encrypted-password "Zq1Zq1Zq1Zq1Z"
set system login user a authentication plain-text-password-value Zq2
set system radius-server 10.0.0.1 secret "$9$Zq4"
set system radius-server 10.0.0.2 secret Zq5
set system archival configuration archive-sites "ftp://u:Zq7@h/"
set system archival configuration archive-sites "scp://u@h/" password "$9$Zq8"
set system ntp authentication-key 1 type md5 value "$9$Zq9"
set system ntp authentication-key 2 value Zqa
set snmp community Zqc authorization read-only
deactivate snmp community Zqc
set snmp community "Zqd blank" clients 10.0.0.0/8
set logical-systems L snmp community Zqe
set snmp v3 usm local-engine user u authentication-sha authentication-key "$9$Zqf"
set snmp v3 usm local-engine user u privacy-aes128 privacy-key "$9$Zqg"
set snmp v3 snmp-community i community-name "$9$Zqh"
set security ike policy p pre-shared-key ascii-text "$9$Zqi"
set security ike policy p pre-shared-key hexadecimal Zqj
set security authentication-key-chains key-chain k key 1 secret "$9$Zqk"
set protocols bgp group g authentication-key "$9$Zqm"
set protocols bgp group g neighbor 1.1.1.1 authentication-key Zqn
set protocols ospf area 0 interface x authentication md5 1 key "$9$Zqo"
set protocols ospf area 0 interface x authentication simple-password Zqp
set access profile p client c chap-secret "$9$Zqr"
set interfaces pp0 unit 0 ppp-options chap default-chap-secret "$9$Zqt"
set something new "Zqu" ## SECRET-DATA
"""


@pytest.mark.parametrize("text", [CURLY, FLAT], ids=["curly", "flat"])
def test_no_secret_survives(reading, text: str) -> None:
    found = reading(text)
    spoken = msgspec.json.encode(found).decode() + repr(found)
    assert "Zq" not in spoken, spoken[spoken.index("Zq") - 120 :][:200]


MARKED = '    unheard-of "Zqb"; ## SECRET-DATA\n'


@pytest.mark.parametrize("cut", range(len(CURLY) - len(MARKED)))
def test_no_secret_survives_a_cut(reading, cut: int) -> None:
    """Without its mark an unheard-of statement is no secret; all others are known by their words."""
    found = reading(CURLY.replace(MARKED, "")[:cut])
    assert "Zq" not in msgspec.json.encode(found).decode()


def test_public_keys_are_no_secrets(reading) -> None:
    text = 'version 1;\nsystem {\n login {\n user a {\n authentication {\n ssh-rsa "ssh-rsa AAAAB3 a@b"; ## SECRET-DATA\n }\n }\n }\n}\n'
    found = reading(text)
    assert 'ssh-rsa "ssh-rsa AAAAB3 a@b"; ## SECRET-DATA' in [line.strip() for line in found.documents[0].lines]
    assert found.facts.accounts.users[0].login is True


@pytest.mark.parametrize(
    "line",
    [
        "        user * { any emergency; }",
        "set system login password minimum-length 8",
        "set system authentication-order [ password tacplus ]",
        "        permissions [ secret view ];",
        "set policy-options community CUSTOMERS members target:65000:1",
        "    community CUSTOMERS members target:65000:1;",
        "set interfaces gr-0/0/0 unit 0 tunnel key 77",
        "set system ntp server 192.0.2.1 key 5",
        "    from community CUSTOMERS;",
        "set groups G snmp community <*> authorization read-only",
        "set protocols bgp group G authentication-key-chain KC",
        "set security ike proposal p authentication-method pre-shared-keys",
    ],
)
def test_words_that_are_no_secrets_stay(reading, line: str) -> None:
    assert line in reading(f"{line}\n".encode()).documents[0].lines


XML = """
<rpc-reply xmlns:junos="http://xml.juniper.net/junos/22.4R0/junos">
  <configuration junos:commit-user="root">
    <version>1</version>
    <system>
      <root-authentication><encrypted-password>$6$Zq0</encrypted-password></root-authentication>
      <login><user><name>a</name><authentication><encrypted-password>Zq1Zq1Zq1Zq1Z</encrypted-password></authentication></user></login>
      <radius-server><name>10.0.0.1</name><secret>Zq2 &amp; Zq3</secret></radius-server>
      <tacplus-server>
        <name>10.0.0.2</name>
        <secret>
          $9$Zq4
        </secret>
      </tacplus-server>
      <archival><configuration><archive-sites><name>ftp://u:Zq5@h/</name><password>$9$Zq6</password></archive-sites></configuration></archival>
      <ntp><authentication-key><name>1</name><type>md5</type><value>Zq7</value></authentication-key></ntp>
      <services><outbound-ssh><client><name>c</name><secret>Zq8</secret></client></outbound-ssh></services>
    </system>
    <snmp>
      <community><name>Zq9</name></community>
      <community inactive="inactive">
        <name>Zqa</name>
      </community>
      <v3><usm><local-engine><user><name>u</name><authentication-sha><authentication-key>$9$Zqb</authentication-key></authentication-sha>
      <privacy-aes128><privacy-key>$9$Zqc</privacy-key></privacy-aes128></user></local-engine></usm>
      <snmp-community><name>i</name><community-name>Zqd</community-name></snmp-community></v3>
    </snmp>
    <logical-systems><name>L</name><snmp><community><name>Zqe</name></community></snmp></logical-systems>
    <security><ike><policy><name>p</name><pre-shared-key><ascii-text>Zqf</ascii-text></pre-shared-key></policy></ike>
    <authentication-key-chains><key-chain><name>k</name><key><name>1</name><secret>Zqg</secret></key></key-chain></authentication-key-chains></security>
    <protocols><bgp><group><name>g</name><authentication-key>Zqh</authentication-key></group></bgp>
    <ospf><area><name>0</name><interface><name>x</name><authentication><md5><name>1</name><key>Zqi</key></md5><simple-password>Zqj</simple-password></authentication></interface></area></ospf>
    <isis><interface><name>y</name><hello-authentication-key>Zqk</hello-authentication-key></interface></isis></protocols>
    <access><profile><name>p</name><client><name>c</name><chap-secret>Zql</chap-secret></client></profile></access>
    <x-unheard>$9$Zqm</x-unheard>
    <description>password: Zqn</description>
  </configuration>
</rpc-reply>
"""


def _as_json(text: str) -> str:
    """The same in JSON: every element an object or a value, repeated ones in a list."""
    root = ElementTree.fromstring(text.strip())

    def convert(element: ElementTree.Element) -> object:
        if not len(element):
            return (element.text or "").strip()
        found: dict[str, list[object]] = {}
        for child in element:
            found.setdefault(child.tag, []).append(convert(child))
        return {
            name: values if len(values) > 1 or isinstance(values[0], dict) else values[0]
            for name, values in found.items()
        }

    return json.dumps({"configuration": convert(root[0])}, indent=2) + "\n"


@pytest.mark.parametrize(
    "text",
    [XML, _as_json(XML), XML.replace("\n", ""), json.dumps(json.loads(_as_json(XML)))],
    ids=["xml", "json", "xml line", "json line"],
)
def test_no_secret_survives_in_xml_and_json(reading, text: str) -> None:
    found = reading(text.strip() + "\n")
    assert found.facts.os_version.value == "1"
    spoken = msgspec.json.encode(found).decode() + repr(found)
    assert "Zq" not in spoken, spoken[spoken.index("Zq") - 120 :][:200]
    kinds = {community.secret.storage for community in found.facts.snmp.communities}
    assert kinds == {"plain text"}


@pytest.mark.parametrize("text", [XML.strip(), _as_json(XML)], ids=["xml", "json"])
def test_no_secret_survives_a_cut_of_xml_and_json(reading, text: str) -> None:
    for cut in range(0, len(text), 29):
        found = reading(text[:cut])
        assert "Zq" not in msgspec.json.encode(found).decode(), text[:cut][-80:]


def test_numbers_are_secrets_too(reading) -> None:
    text = '{\n"configuration" : {\n"version" : "1",\n"snmp" : {"community" : [{"name" : 987654321}]},\n"system" : {"tacplus-server" : [{"name" : "192.0.2.1", "secret" : 123456789 }]}\n}\n}\n'
    found = reading(text)
    assert "987654321" not in repr(found) and "123456789" not in repr(found)
    assert found.facts.aaa.servers[0].secret.storage == "plain text"


def test_a_key_number_of_a_clock_server_is_no_secret(reading) -> None:
    """Junos ends the line with SECRET-DATA although it holds a number only; what follows the number was masked."""
    config = """
version 22.4R3.25;
system {
    ntp {
        server 192.0.2.50 key 34 version 2 prefer routing-instance mgmt_junos; ## SECRET-DATA
        server 192.0.2.51 key 2; ## SECRET-DATA
    }
}
"""
    read = reading(config)
    assert [server.vrf for server in read.facts.time.servers] == ["mgmt_junos", ""]
    assert "<secret-" not in "\n".join(read.documents[0].lines)
