"""What NETCONF of IOS-XE gives of the running configuration."""

from __future__ import annotations

from auditor.model.areas import Account, Accounts, Area
from auditor.model.device import Device
from auditor.model.evidence import Known, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.cisco_iosxe import platform
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker

REPLY = """<?xml version="1.0" encoding="UTF-8"?>
<nc:rpc-reply xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="101"><nc:data>
<native xmlns="http://cisco.com/ns/yang/Cisco-IOS-XE-native">
  <!-- s3cr3t -->
  <enable><secret><type>0</type><secret>s3cr3t</secret></secret></enable>
  <username>
    <name>ops</name>
    <privilege>15</privilege>
    <secret><encryption>9</encryption><secret>$9$s3cr3t</secret></secret>
  </username>
  <username><name>viewer</name><view>NOC</view><password><password><![CDATA[s3cr3t]]></password></password></username>
  <user-name><name>guest</name></user-name>
  <username><name>tap</name><lawful-intercept/></username>
  <username><privilege>15</privilege></username>
  <crypto><certificate>s3cr3t
   s3cr3t</certificate></crypto>
  <radius><server><name>s3cr3t</name></server></radius>
</native></nc:data></nc:rpc-reply>
"""


def read(text: str) -> Reading:
    assert platform.channel is not None
    document = Document("netconf/running", text.encode(), command="show running-config")
    return platform.channel(Device("r1", "cisco_iosxe"), (document,), (), Masker(b"key"))


def users(reading: Reading) -> dict[str, Account]:
    return {one.name: one for one in reading.facts.area(Area.ACCOUNTS, Accounts).users}


def test_accounts_with_their_rights_and_lines() -> None:
    reading = read(REPLY)
    found = users(reading)
    assert {name: one.role for name, one in found.items()} == {
        "ops": "privilege 15",
        "viewer": "view NOC",
        "guest": "privilege 1",
    }
    assert [one.admin.need() for one in found.values()] == [True, False, False]
    assert [(source.line, source.text) for source in found["ops"].sources] == [
        (7, "<name>ops</name>"),
        (8, "<privilege>15</privilege>"),
    ]
    assert reading.facts.complete == Known(True)
    assert set(reading.facts.areas) == {Area.ACCOUNTS}


def test_no_other_value_is_kept() -> None:
    (document,) = read(REPLY).documents
    assert "s3cr3t" not in "\n".join(document.lines)
    assert len(document.lines) == len(REPLY.splitlines())
    assert "    <secret><encryption><value></encryption><secret><value></secret></secret>" in document.lines


def test_a_reply_in_one_line() -> None:
    reading = read(REPLY.replace("\n", ""))
    assert users(reading).keys() == {"ops", "viewer", "guest"}
    assert "s3cr3t" not in "\n".join(reading.documents[0].lines)


def test_a_reply_that_is_not_whole_shows_no_absence() -> None:
    reading = read(REPLY.partition("<user-name>")[0])
    assert users(reading).keys() == {"ops", "viewer"}
    assert isinstance(reading.facts.complete, Unknown)
    empty = read('<data><a xmlns="http://cisco.com/ns/yang/Cisco-IOS-XE-native"/></data>')
    assert isinstance(empty.facts.complete, Unknown)


def test_a_text_in_the_grammar_of_the_command_line_is_read_as_one() -> None:
    reading = read(
        "version 17.9\nusername ops privilege 15 secret 9 $9$abcdefghijklmn$abcdefghijklmnopqrstuvwxyz\nend\n"
    )
    assert users(reading).keys() == {"ops"}
    assert Area.SERVICES in reading.facts.areas
