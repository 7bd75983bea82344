"""Who reaches the command line through the filters of lo0 (syntax-other-families A8)."""

import pytest

HEAD = (
    "set version 1\nset system services ssh\nset interfaces lo0 unit 0 family inet address 10.0.0.1/32\n"
    "set interfaces lo0 unit 0 family inet filter input RE\n"
)
TERM = "set firewall family inet filter RE term"


def bound(facts, *lines: str):
    text = HEAD + "".join(f"{TERM} {line}\n" for line in lines)
    return facts(text).access.points[0].filters[0]


def admitted(found) -> list[str]:
    return [entry.prefix for entry in found.admitted]


def test_a_list_of_prefixes_then_discard(facts) -> None:
    found = bound(
        facts,
        "a from source-address 192.0.2.0/24",
        "a from protocol tcp",
        "a from destination-port ssh",
        "a then accept",
        "z then discard",
    )
    assert found.any_source.value is False
    assert [(entry.prefix, entry.source.line) for entry in found.admitted] == [("192.0.2.0/24", 5)]
    assert found.bound.line == 4


def test_the_end_of_a_filter_discards_and_a_term_without_from_matches_all(facts) -> None:
    assert bound(facts, "a from protocol udp", "a then accept").any_source.value is False
    assert bound(facts, "a then accept").any_source.value is True
    assert bound(facts, "a then count c").any_source.value is True


def test_other_ports_and_protocols_admit_nobody(facts) -> None:
    found = bound(
        facts,
        "a from protocol tcp",
        "a from destination-port bgp",
        "a then accept",
        "b from protocol icmp",
        "b then accept",
        "c from tcp-established",
        "c then accept",
    )
    assert (found.any_source.value, admitted(found)) == (False, [])


@pytest.mark.parametrize("port", ["ssh", "22", "20-23"])
def test_ports_by_name_number_and_range(facts, port: str) -> None:
    assert bound(facts, f"a from port {port}", "a then accept").any_source.value is True


def test_first_match_decides(facts) -> None:
    found = bound(
        facts,
        "no from source-address 10.0.0.0/8",
        "no then discard",
        "a from source-address 10.1.0.0/16",
        "a then accept",
    )
    assert admitted(found) == []


def test_all_but_the_exceptions_are_discarded_then_the_rest_is_accepted(facts) -> None:
    found = bound(
        facts,
        "no from source-address 0.0.0.0/0",
        "no from source-address 192.0.2.0/24 except",
        "no from protocol tcp",
        "no from destination-port ssh",
        "no then discard",
        "rest then accept",
    )
    assert (found.any_source.value, admitted(found)) == (False, ["192.0.2.0/24"])


def test_two_halves_are_everybody(facts) -> None:
    found = bound(
        facts, "a from source-address 0.0.0.0/1", "a from source-address 128.0.0.0/1", "a then accept", "z then discard"
    )
    assert found.any_source.value is True


def test_prefix_lists(facts) -> None:
    text = HEAD + "set policy-options prefix-list M 192.0.2.7/32\n"
    text += f"{TERM} a from source-prefix-list M\n{TERM} a then accept\n"
    found = facts(text).access.points[0].filters[0]
    assert [(entry.prefix, entry.source.line) for entry in found.admitted] == [("192.0.2.7/32", 5)]


def test_what_is_not_resolved_is_unknown(facts) -> None:
    text = f"{HEAD}{TERM} a from source-prefix-list NOWHERE\n{TERM} a then accept\n"
    assert facts(text).access.points[0].filters[0].any_source.code == "U-CUT"
    assert bound(facts, "a then next-ip 192.0.2.1/32").any_source.code == "U-CUT"


def test_a_filter_that_is_not_defined(facts) -> None:
    found = facts(HEAD).access.points[0].filters[0]
    assert (found.defined, found.any_source.code) == (False, "U-CUT")


def test_only_one_family_is_protected(facts) -> None:
    text = HEAD + f"{TERM} a then discard\nset interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8::1/64\n"
    assert facts(text).access.points[0].open_families.value == (6,)


def test_no_filter_at_all_and_a_fragment(facts) -> None:
    text = "set version 1\nset system services ssh\n"
    assert facts(text).access.points[0].open_families.code == "U-CUT"
    text += "set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24\n"
    assert facts(text).access.points[0].open_families.value == (4,)


def test_a_routing_instance_with_its_own_loopback_needs_its_own_filter(facts) -> None:
    text = HEAD + f"{TERM} a then discard\nset interfaces lo0 unit 7 family inet address 10.0.0.7/32\n"
    points = {point.name: point for point in facts(text).access.points}
    assert points["ssh"].open_families.value == ()
    assert points["ssh through lo0.7"].open_families.value == (4,)


def test_a_list_of_filters_is_one_filter(facts) -> None:
    text = HEAD.replace("input RE", "input-list [ A RE ]")
    text += "set firewall filter A term x from protocol ospf\nset firewall filter A term x then accept\n"
    text += f"{TERM} a from source-address 192.0.2.0/24\n{TERM} a then accept\n"
    found = facts(text).access.points[0].filters[0]
    assert (found.name, admitted(found)) == ("A RE", ["192.0.2.0/24"])


def test_the_port_that_was_chosen_counts(facts) -> None:
    text = HEAD + f"set system services ssh port 2222\n{TERM} a from destination-port 2222\n{TERM} a then accept\n"
    assert facts(text).access.points[0].filters[0].any_source.value is True
