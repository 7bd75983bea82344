"""What NETCONF of IOS XR gives of the running configuration, and what is dropped of it before."""

from __future__ import annotations

import pytest

from auditor.model.areas import Account, Accounts, Area
from auditor.model.device import Device
from auditor.model.evidence import Known, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.cisco_iosxr import platform
from auditor.platforms.cisco_iosxr.redaction import redacted
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker

LIB = 'xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-aaa-lib-cfg"'
LOCALD = 'xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-aaa-locald-cfg"'
UM = 'xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-um-aaa-cfg"'
TASKS = """<taskgroups>
<taskgroup><name>TAP</name><tasks><task><type>read</type><task-id>bgp</task-id></task>
<task><type>execute</type><task-id>li</task-id></task></tasks></taskgroup>
<taskgroup><name>BOTH</name><tasks><task><type>write</type><task-id>li</task-id></task>
<task><type>write</type><task-id>bgp</task-id></task></tasks></taskgroup>
<taskgroup><name>HEIR</name><tasks><task><type>write</type><task-id>li</task-id></task></tasks>
<taskgroup-under-taskgroups><taskgroup-under-taskgroup><name>root-lr</name></taskgroup-under-taskgroup></taskgroup-under-taskgroups>
</taskgroup></taskgroups>
<usergroups><usergroup><name>TAPPERS</name><taskgroup-under-usergroups><taskgroup-under-usergroup><name>TAP</name>
</taskgroup-under-usergroup></taskgroup-under-usergroups></usergroup>
<usergroup><name>MIXED</name><taskgroup-under-usergroups><taskgroup-under-usergroup><name>TAP</name>
</taskgroup-under-usergroup></taskgroup-under-usergroups>
<usergroup-under-usergroups><usergroup-under-usergroup><name>netadmin</name></usergroup-under-usergroup></usergroup-under-usergroups>
</usergroup></usergroups>"""
UM_TASKS = """<taskgroups>
<taskgroup><taskgroup-name>TAP</taskgroup-name><task><read><bgp/></read><write><li/></write></task></taskgroup>
<taskgroup><taskgroup-name>BOTH</taskgroup-name><task><write><li/><bgp/></write></task></taskgroup>
<taskgroup><taskgroup-name>HEIR</taskgroup-name><task><write><li/></write></task><inherit><taskgroup><root-lr/></taskgroup></inherit>
</taskgroup></taskgroups>
<usergroups><usergroup><usergroup-name>TAPPERS</usergroup-name><taskgroup><task-groups><task-group>
<task-group-name>TAP</task-group-name></task-group></task-groups></taskgroup></usergroup>
<usergroup><usergroup-name>MIXED</usergroup-name><taskgroup><task-groups><task-group>
<task-group-name>TAP</task-group-name></task-group></task-groups></taskgroup>
<inherit><usergroup><usergroup-name>netadmin</usergroup-name></usergroup></inherit></usergroup></usergroups>"""


def user(name: str, *groups: str) -> str:
    member = "".join(f"<usergroup-under-username><name>{one}</name></usergroup-under-username>" for one in groups)
    return (
        f"<username>\n <ordering-index>0</ordering-index>\n <name>{name}</name>\n <password>s3cr3t</password>\n"
        f" <secret><type>type10</type><secret10>$6$s3cr3t</secret10></secret>\n"
        f" <usergroup-under-usernames>{member}</usergroup-under-usernames>\n</username>\n"
    )


def um_user(name: str, *groups: str) -> str:
    member = "".join(f"<user-group><user-group-name>{one}</user-group-name></user-group>" for one in groups)
    return (
        f"<username>\n <name>{name}</name>\n <secret><ten>$6$s3cr3t</ten></secret>\n"
        f" <group><user-groups>{member}</user-groups></group>\n</username>\n"
    )


def reply(users: str, groups: str = "", model: str = LIB) -> str:
    return (
        f'<rpc-reply message-id="1"><data>\n<aaa {model}>\n{groups}<usernames {LOCALD}>\n{users}</usernames>\n'
        "<radius><key>s3cr3t</key></radius></aaa>\n<snmp><name>s3cr3t</name></snmp></data></rpc-reply>\n"
    )


def read(text: str) -> Reading:
    assert platform.channel is not None
    document = Document("netconf/running", text.encode(), command="show running-config")
    return platform.channel(Device("r1", "cisco_iosxr"), (document,), (), Masker(b"key"))


def users(reading: Reading) -> dict[str, Account]:
    return {one.name: one for one in reading.facts.area(Area.ACCOUNTS, Accounts).users}


def test_accounts_with_their_groups_and_lines() -> None:
    reading = read(reply(user("noc", "root-lr", "cisco-support") + user("guest")))
    found = users(reading)
    assert {name: one.role for name, one in found.items()} == {"noc": "root-lr cisco-support", "guest": ""}
    assert [source.line for source in found["noc"].sources] == [6, 9]
    assert isinstance(found["noc"].admin, Unknown)
    assert reading.facts.complete == Known(True)
    assert set(reading.facts.areas) == {Area.ACCOUNTS}


@pytest.mark.parametrize("make", [user, um_user])
def test_no_other_value_is_kept(make) -> None:
    text = reply(make("noc", "root-lr"))
    (document,) = read(text).documents
    assert "s3cr3t" not in "\n".join(document.lines)
    assert " <name>noc</name>" in document.lines
    assert len(document.lines) == len(text.splitlines())


def test_both_models_in_one_reply_are_one_list() -> None:
    um = (
        f"<aaa {UM}><usernames>\n"
        "<username>\n<name>noc</name>\n<group><root-lr/></group>\n</username>\n"
        "<username>\n<name>maint7</name>\n<group><cisco-support/></group>\n</username></usernames></aaa></data>"
    )
    found = users(read(reply(user("noc", "root-lr")).replace("</data>", um)))
    assert {name: one.role for name, one in found.items()} == {"noc": "root-lr", "maint7": "cisco-support"}


@pytest.mark.parametrize(("make", "groups", "model"), [(user, TASKS, LIB), (um_user, UM_TASKS, UM)])
@pytest.mark.parametrize("joined", [False, True])
def test_operators_of_taps_leave_nothing_behind(make, groups, model, joined) -> None:
    stays = make("noc", "root-lr") + make("both", "BOTH") + make("heir", "HEIR") + make("mixed", "MIXED")
    stays += make("more", "TAP", "root-lr")
    goes = make("ope&amp;r", "TAP") + make("twice", "TAPPERS", "TAP")
    full, rest = reply(goes + stays, groups, model), reply(stays, groups, model)
    if joined:
        full, rest = full.replace("\n", ""), rest.replace("\n", "")
    assert redacted(full.encode()) == rest.encode()
    assert users(read(full)).keys() == {"noc", "both", "heir", "mixed", "more"}


def test_a_user_in_whom_the_reply_ends_goes_where_there_are_operators() -> None:
    whole = reply(user("noc", "root-lr") + user("torn", "TAP"), TASKS)
    torn = whole[: whole.index(" <password>", whole.index("torn"))].encode()
    assert b"torn" not in redacted(torn)
    assert b"noc" in redacted(torn)
    plain = torn.replace(b">li<", b">bgp<")
    assert redacted(plain) == plain


def test_a_user_whose_groups_nobody_defines_may_be_an_operator() -> None:
    assert users(read(reply(user("noc", "root-lr") + user("oper", "TAP")))).keys() == {"noc"}


@pytest.mark.parametrize(
    "text",
    [
        reply(user("noc", "root-lr")).partition("</usernames>")[0],
        reply(user("noc", "root-lr"), model='xmlns="http://openconfig.net/yang/system"'),
        reply(user("noc", "root-lr")).replace("<data>", "<rpc-error><error-tag>x</error-tag></rpc-error><data>"),
        '<!DOCTYPE a [<!ENTITY b "c">]>' + reply(user("noc", "root-lr")),
        "<rpc-reply><rpc-error><error-tag>unknown-namespace</error-tag></rpc-error></rpc-reply>",
        "<data/>",
        "<a>" * 5000,
        "<!--" * 5000,
    ],
)
def test_what_is_not_whole_or_not_known_shows_no_absence(text: str) -> None:
    reading = read(text)
    assert isinstance(reading.facts.complete, Unknown)
    assert "s3cr3t" not in "\n".join(line for one in reading.documents for line in one.lines)


def test_a_text_in_the_grammar_of_the_command_line_is_read_as_one() -> None:
    reading = read("!! IOS XR Configuration 7.5.2\nhostname r1\nusername ops\n group root-lr\n!\nend\n")
    assert users(reading).keys() == {"ops"}
    assert Area.SERVICES in reading.facts.areas


def test_the_device_is_asked_for_no_secret_and_no_intercept() -> None:
    (asked,) = platform.rpcs
    assert asked.body.startswith('<get-config><source><running/></source><filter type="subtree"><aaa ')
    assert "<username><name/><usergroup-under-usernames/></username>" in asked.body
    assert "secret" not in asked.body
    assert "intercept" not in asked.body
