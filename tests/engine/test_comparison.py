"""Two configurations of one device, compared by what they mean."""

from __future__ import annotations

import pytest

from auditor.engine.comparison import compare
from auditor.engine.packs import load
from auditor.model.areas import Area
from auditor.model.copies import Comparison
from auditor.model.device import Device
from auditor.model.evidence import Unknown
from auditor.model.snapshot import RUNNING, Document
from auditor.syntax.mask import Masker
from tests.checks.frames import FRAMES, framed

PLATFORMS = load().platforms


def between(running: str, copy: str, platform: str = "cisco_iosxe") -> Comparison:
    definition = PLATFORMS[platform]
    ours, theirs = (
        definition.read(Device("r1", platform), [Document(name, text.encode(), command=RUNNING)], (), Masker(b"k"))
        for name, text in (("running", running), ("copy", copy))
    )
    return compare(ours, theirs, "copy")


def told(found: Comparison) -> list[tuple[Area | None, str, str]]:
    return [(one.area, one.name, one.only) for one in found.differences]


def ios(lines: str) -> str:
    return framed("cisco_iosxe", lines)


@pytest.mark.parametrize("platform", sorted(FRAMES))
def test_a_configuration_is_no_other_than_itself(platform: str) -> None:
    text = framed(platform, "")
    found = between(text, text, platform)
    assert found.differences == ()
    assert found.compared
    assert not {Area.INTERCEPT, Area.TELECOM, Area.STATE, Area.PROBES} & set(found.compared)


def test_a_thing_of_one_side_cites_its_line_there() -> None:
    (one,) = between(ios("logging host 192.0.2.1\n"), ios("")).differences
    assert (one.area, one.name, one.only) == (Area.LOGGING, "log host 192.0.2.1", "running")
    assert [(source.document, source.line) for source in one.sources] == [("running", 3)]
    (two,) = between(ios(""), ios("logging host 192.0.2.1\n")).differences
    assert (two.only, two.sources[0].document) == ("copy", "copy")


def test_a_thing_that_both_have_in_two_ways_cites_both() -> None:
    found = between(ios("username a privilege 1\n"), ios("username a privilege 15\n"))
    assert told(found) == [(Area.ACCOUNTS, "account a", "")]
    assert [source.document for source in found.differences[0].sources] == ["running", "copy"]


def test_order_is_no_difference_among_things_and_one_within_a_list() -> None:
    hosts = "logging host 192.0.2.1\n", "logging host 192.0.2.2\n"
    assert told(between(ios("".join(hosts)), ios("".join(hosts[::-1])))) == []
    entries = " permit any\n", " deny 192.0.2.0 0.0.0.255\n"
    lists = [ios("ip access-list standard A\n" + "".join(order)) for order in (entries, entries[::-1])]
    assert told(between(*lists)) == [(Area.ACLS, "acl A", "")]


def test_reversible_secrets_are_compared_by_what_they_stand_for() -> None:
    server = "tacacs server A\n address ipv4 192.0.2.30\n key 7 {}\n"
    salted = [ios(server.format(key)) for key in ("0822455D0A16", "030752180500")]
    assert told(between(*salted)) == []
    other = between(salted[0], ios(server.format("x").replace("7 x", "0 another")))
    assert told(other) == [(Area.AAA, "aaa server A", "")]


def test_a_redacted_secret_is_no_difference() -> None:
    server = "tacacs server A\n address ipv4 192.0.2.30\n key 7 {}\n"
    assert told(between(ios(server.format("0822455D0A16")), ios(server.format("<removed>")))) == []


def test_what_follows_from_a_thing_is_no_second_difference() -> None:
    lines = "ntp server 192.0.2.1\n"
    assert told(between(ios(lines), ios(""))) == [(Area.TIME, "time server 192.0.2.1", "running")]


def test_a_binding_that_is_gone_is_a_difference_and_its_consequences_are_none() -> None:
    acl = "access-list 10 permit 192.0.2.16 0.0.0.15\n"
    line = "line vty 0 4\n transport input ssh\n"
    found = told(between(ios(f"{acl}{line}"), ios(f"{acl}{line} access-class 10 in\n")))
    assert (Area.ACCESS, "access point line vty 0 4", "") in found
    wider = acl.replace("0.0.0.15", "0.0.0.255")
    bound = f"{line} access-class 10 in\n"
    assert told(between(ios(acl + bound), ios(wider + bound))) == [(Area.ACLS, "acl 10", "")]


def test_lines_of_no_area_are_one_difference_and_comments_none() -> None:
    found = between(ios("! who\nclass-map match-any V\n match dscp ef\n"), ios("! somebody else\n"))
    assert told(found) == [(None, "2 further lines", "running")]
    assert [source.line for source in found.differences[0].sources] == [4, 5]


def test_texts_of_two_forms_are_not_compared_line_by_line() -> None:
    flat = framed("juniper_junos", "set system login user noc class operator\n")
    blocks = (
        "version 22.4R3.25;\nsystem {\n    host-name r1;\n    login {\n        user noc {\n            class operator;\n"
        "        }\n    }\n}\n"
    )
    assert told(between(flat, blocks, "juniper_junos")) == []


def test_what_is_not_whole_is_said() -> None:
    found = between(ios("logging host 192.0.2.1\n"), "version 17.9\nhostname r1\n")
    assert isinstance(found.whole, Unknown)


def test_a_list_that_one_more_interface_uses_is_the_same_list() -> None:
    rules = "ip access-list extended IN\n 10 deny   ip any 10.0.0.0 0.255.255.255\n 20 permit ip any any\n"
    port = "interface GigabitEthernet0/0/{0}\n ip address 192.0.2.{0} 255.255.255.255\n ip access-group IN in\n"
    found = between(ios(port.format(1) + port.format(2) + rules), ios(port.format(1) + rules))
    assert told(found)[0] == (Area.INTERFACES, "interface GigabitEthernet0/0/2", "running")
    assert Area.ACLS not in {area for area, _, _ in told(found)}


def test_the_head_of_a_stored_configuration_is_no_difference() -> None:
    text = ios("logging host 192.0.2.1\n")
    assert between(text, f"Using 4821 out of 33554432 bytes\n!\n{text}").differences == ()
