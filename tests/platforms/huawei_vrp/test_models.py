"""What NETCONF of VRP gives of the running configuration."""

from __future__ import annotations

import pytest

from auditor.model.areas import Account, Accounts, Area
from auditor.model.device import Device
from auditor.model.evidence import Known, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.huawei_vrp import platform
from auditor.syntax.mask import Masker

REPLY = """<?xml version="1.0" encoding="UTF-8"?>
<rpc-reply message-id="101" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><data>
<aaa xmlns="urn:huawei:yang:huawei-aaa">
  <lam>
    <users>
      <user>
        <name>ops</name>
        <password-type>irreversible-cipher</password-type>
        <password>s3cr3t</password>
        <level>3</level>
        <state>active</state>
      </user>
      <user><name>guest</name><password>s3cr3t</password><level>1</level><state>block</state></user>
      <user><name>noted</name><password>s3cr3t</password><group-name>s3cr3t</group-name></user>
      <user><password>s3cr3t</password></user>
    </users>
  </lam>
  <radius><users><user><key>s3cr3t</key></user></users></radius>
</aaa></data></rpc-reply>
"""


def read(text: str) -> Reading:
    assert platform.channel is not None
    document = Document("netconf/running", text.encode(), command="display current-configuration")
    return platform.channel(Device("r1", "huawei_vrp"), (document,), (), Masker(b"key"))


def users(reading: Reading) -> dict[str, Account]:
    return {one.name: one for one in reading.facts.area(Area.ACCOUNTS, Accounts).users}


def test_accounts_with_their_levels_and_lines() -> None:
    reading = read(REPLY)
    found = users(reading)
    assert found.keys() == {"ops", "guest", "noted"}
    assert [(source.line, source.text) for source in found["ops"].sources] == [
        (7, "<name>ops</name>"),
        (10, "<level>3</level>"),
        (11, "<state>active</state>"),
    ]
    assert [found[name].admin.need() for name in ("ops", "guest")] == [True, False]
    assert isinstance(found["noted"].admin, Unknown)
    assert [one.enabled.need() for one in found.values()] == [True, False, True]
    assert reading.facts.complete == Known(True)
    assert set(reading.facts.areas) == {Area.ACCOUNTS}


def test_no_other_value_is_kept() -> None:
    (document,) = read(REPLY).documents
    assert "s3cr3t" not in "\n".join(document.lines)
    assert len(document.lines) == len(REPLY.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        REPLY.partition("<user><name>noted")[0],
        REPLY.replace("urn:huawei:yang:huawei-aaa", "http://www.huawei.com/netconf/vrp"),
        REPLY.replace("<data>", "<rpc-error><error-tag>x</error-tag></rpc-error><data>"),
        "<rpc-reply><rpc-error><error-tag>unknown-namespace</error-tag></rpc-error></rpc-reply>",
    ],
)
def test_what_is_not_whole_or_not_known_shows_no_absence(text: str) -> None:
    assert isinstance(read(text).facts.complete, Unknown)


def test_a_text_in_the_grammar_of_the_command_line_is_read_as_one() -> None:
    reading = read("#\nsysname r1\n#\naaa\n local-user ops privilege level 3\n#\nreturn\n")
    assert users(reading).keys() == {"ops"}
    assert Area.SERVICES in reading.facts.areas


def test_the_device_is_asked_for_no_secret_and_no_intercept() -> None:
    (asked,) = platform.rpcs
    assert asked.body.startswith('<get-config><source><running/></source><filter type="subtree"><aaa ')
    assert "<user><name/><level/><state/></user>" in asked.body
    assert "password" not in asked.body
