"""What stands in frr.conf: lists, lines, routes, interfaces, policy routing, passwords, the end."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.secret import Strength
from auditor.model.snapshot import RUNNING
from tests.platforms.frr.samples import HEAD, ROOT, facts, reading

ALL_OPEN = 'zebra_options="-A 0.0.0.0"\nstaticd_options="-P 0"\n'


def test_version_and_name_come_from_the_head() -> None:
    found = facts()
    assert (found.hostname, found.os_version.need()) == ("r1", "8.4.4")


@pytest.mark.parametrize(
    ("entry", "sources"),
    [
        ("access-list M seq 5 permit 10.0.0.0/8", ("10.0.0.0/8",)),
        ("access-list M permit any", ("0.0.0.0/0",)),
        ("access-list M seq 5 permit host 10.0.0.1", ("10.0.0.1/32",)),
        ("access-list M seq 5 permit 10.0.0.1", ("10.0.0.1/32",)),
        ("access-list M seq 5 permit 10.0.0.0 0.0.0.255", ("10.0.0.0/24",)),
        ("access-list M seq 5 permit ip 10.0.0.0 0.0.0.255 any", ("10.0.0.0/24",)),
        ("ipv6 access-list M seq 5 permit 2001:db8::/32", ("2001:db8::/32",)),
        ("ipv6 access-list M seq 5 deny any", ("::/0",)),
    ],
)
def test_every_form_of_an_entry_is_read(entry: str, sources: tuple[str, ...]) -> None:
    (acl,) = facts(f"{entry}\n").acls.lists
    assert acl.entries[0].sources == sources


def test_an_entry_that_is_not_understood_makes_the_area_doubtful() -> None:
    assert [source.text for source in facts("access-list M permit nonsense\n").unread[Area.ACLS]] == [
        "access-list M permit nonsense"
    ]


@pytest.mark.parametrize(
    ("lists", "any_source", "defined"),
    [
        ("access-list M permit 10.0.0.0/8\n", False, True),
        ("access-list M permit 10.0.0.0/8\naccess-list M permit any\n", True, True),
        ("access-list M deny any\naccess-list M permit any\n", False, True),
        ("access-list M permit 0.0.0.0/0 exact-match\n", False, True),
        ("access-list M remark nobody\n", False, True),
        ("", True, False),
    ],
)
def test_a_list_at_the_vty_is_resolved_to_who_gets_in(lists: str, any_source: bool, defined: bool) -> None:
    found = facts(lists + "line vty\n access-class M\n!\n", daemons=ALL_OPEN)
    (bound,) = found.access.points[0].filters
    assert (bound.any_source.need(), bound.defined) == (any_source, defined)


def test_lists_of_both_families_may_share_a_name() -> None:
    lists = facts("access-list M permit any\nipv6 access-list M deny any\n").acls.lists
    assert [(acl.name, acl.family) for acl in lists] == [("M", 4), ("M", 6)]


def test_without_the_daemons_file_the_vty_is_unknown_and_so_is_ssh() -> None:
    vty, ssh = facts("line vty\n no login\n!\n").access.points
    assert isinstance(vty.protocols, Unknown)
    assert vty.protocols.code is Code.STATE
    assert vty.login_open is not None
    assert vty.login_open.text == "no login"
    assert isinstance(ssh.protocols, Unknown)


def test_static_routes_also_inside_a_vrf() -> None:
    routes = facts(
        "ip route 192.0.2.0/24 10.0.0.1\nip route 192.0.2.0 255.255.255.0 gre1\nip route 10.0.0.0/8 blackhole 250\n"
        "ip route 10.1.0.0/16 10.0.0.1 eth0 vrf BLUE\nipv6 route 2001:db8::/32 from 2001:db8:1::/48 2001:db8::1\n"
        "vrf RED\n ip route 0.0.0.0/0 10.9.9.9\nexit-vrf\n!\n"
    ).routes.static
    assert [(one.prefix, one.next_hop, one.interface, one.vrf) for one in routes] == [
        ("192.0.2.0/24", "10.0.0.1", "", ""),
        ("192.0.2.0/24", "", "gre1", ""),
        ("10.0.0.0/8", "", "blackhole", ""),
        ("10.1.0.0/16", "10.0.0.1", "eth0", "BLUE"),
        ("2001:db8::/32", "2001:db8::1", "", ""),
        ("0.0.0.0/0", "10.9.9.9", "", "RED"),
    ]


def test_loopbacks_and_the_lines_of_their_addresses() -> None:
    lo, eth = facts(
        "interface lo\n ip address 10.0.0.1/32\nexit\ninterface eth0\n ip address 192.0.2.1/24\nexit\n"
    ).interfaces.interfaces
    assert (lo.role, eth.role) == ("loopback", "")
    assert [source.text.strip() for source in lo.sources] == ["ip address 10.0.0.1/32"]


def test_interfaces() -> None:
    (port,) = facts(
        "interface eth1 vrf RED\n description to core\n ip address 10.0.0.1/30\n ipv6 address 2001:db8::1/64\n shutdown\nexit\n"
    ).interfaces.interfaces
    assert (port.name, port.vrf, port.description, port.shutdown) == ("eth1", "RED", "to core", True)
    assert port.addresses == ("10.0.0.1/30", "2001:db8::1/64")


PBR = (
    "nexthop-group G\n nexthop 203.0.113.9\nexit\n"
    "pbr-map M seq 5\n match src-ip 10.0.0.0/8\n set nexthop 203.0.113.7\nexit\n"
    "pbr-map M seq 10\n match dst-ip 10.0.0.0/8\n set nexthop-group G\nexit\n"
)


def test_policy_routing_counts_where_it_is_bound() -> None:
    found = facts(PBR + "interface eth0\n pbr-policy M\nexit\n").redirection.redirects
    assert [(one.name, one.target_kind, one.target) for one in found] == [
        ("M", "address", "203.0.113.7"),
        ("M", "address", "203.0.113.9"),
    ]
    assert all(one.bound[0].text == "pbr-policy M" for one in found)
    assert facts(PBR).redirection.redirects == ()


def test_policy_routing_into_another_table() -> None:
    body = "pbr-map M seq 5\n match src-ip 10.66.0.9/32\n set vrf RED\nexit\ninterface eth0\n pbr-policy M\nexit\n"
    (one,) = facts(body).redirection.redirects
    assert (one.target_kind, one.target, one.matches) == ("vrf", "RED", ("src-ip 10.66.0.9/32",))
    assert [source.text for source in facts("pbr-map M seq 5\n set nonsense\nexit\n").unread[Area.REDIRECTION]] == [
        "set nonsense"
    ]


def test_policy_routing_says_what_it_chooses() -> None:
    (one, _) = facts(PBR + "interface eth0\n pbr-policy M\nexit\n").redirection.redirects
    assert one.matches == ("src-ip 10.0.0.0/8",)
    assert [source.text for source in one.match_sources] == ["match src-ip 10.0.0.0/8"]


def test_next_hops_that_route_maps_set() -> None:
    maps = (
        "route-map IN permit 10\n match community C\n set ip next-hop 203.0.113.9\nexit\n"
        "route-map IN permit 20\n set ip next-hop peer-address\nexit\nroute-map IN deny 30\n set ip next-hop 203.0.113.8\nexit\n"
    )
    bgp = (
        "router bgp 1\n address-family ipv4 unicast\n  neighbor 10.0.0.2 route-map IN in\n exit-address-family\nexit\n"
    )
    (one,) = facts(maps + bgp).redirection.rewrites
    assert (one.policy, one.next_hop, one.triggers) == ("IN", "203.0.113.9", ("C",))
    assert [source.text for source in one.bound] == ["neighbor 10.0.0.2 route-map IN in"]
    (unused,) = facts(maps).redirection.rewrites
    assert unused.bound == ()


def test_flowspec_of_bgp() -> None:
    text = "router bgp 1\n address-family ipv4 flowspec\n  neighbor 10.0.0.2 activate\n exit-address-family\nexit\n"
    assert [source.text for source in facts(text).redirection.flowspec] == ["neighbor 10.0.0.2 activate"]


def test_sinks_of_static_routes() -> None:
    found = facts("ip route 192.0.2.1/32 blackhole\nip route 192.0.2.2/32 Null0\nip route 192.0.2.3/32 eth0\n").routes
    assert [one.discard for one in found.static] == [True, True, False]


def test_passwords_and_how_they_are_stored() -> None:
    accounts = facts("password zebra\nenable password 8 iLWJPQrNZ4tI6\n").accounts
    assert [(one.name, one.secret.strength) for one in accounts.passwords] == [
        ("vty password", Strength.PLAIN),
        ("enable password", Strength.WEAK_HASH),
    ]
    assert isinstance(accounts.users_known, Unknown)


def test_comments_and_indented_comments_end_nothing() -> None:
    config = "interface eth0\n# a comment\n ! another\n description x\nexit\n"
    (port,) = facts(config).interfaces.interfaces
    assert port.description == "x"


COMPLETE = [
    ("Building configuration...\n\nCurrent configuration:\n!\n" + HEAD + "end\n", True),
    ("Building configuration...\n\nCurrent configuration:\n!\n" + HEAD, False),
    (HEAD + "line vty\n!\n", True),
    (HEAD + "line vty", False),
    ("# comment\n" + HEAD, True),
    ("interface eth0\n!\n", False),
    (HEAD + "! ...\nline vty\n", False),
    (HEAD + "interface lo\n description a\nexit\n!\ninterface eth0\n description b\n", False),
]


@pytest.mark.parametrize(("text", "whole"), COMPLETE)
def test_whether_the_end_was_seen(text: str, whole: bool) -> None:
    complete = reading({"saved/frr.conf": text}).facts.complete
    assert isinstance(complete, Known) is whole
    if isinstance(complete, Unknown):
        assert complete.code is Code.CUT


def test_output_of_a_login_needs_its_end_mark() -> None:
    assert isinstance(reading({RUNNING: HEAD}, collected_by="ssh").facts.complete, Unknown)


def test_areas_of_frr_are_left_out_without_frr_conf() -> None:
    found = reading({"/etc/passwd": ROOT, "/etc/group": "root:x:0:\n"}).facts
    assert Area.ROUTES not in found.areas
    assert "show running-config" in found.missing[Area.ROUTES].reason
    assert [user.name for user in found.accounts.users] == ["root"]
    assert isinstance(found.complete, Unknown)


def test_the_only_document_is_read_as_configuration_whatever_its_name() -> None:
    assert reading({"edge/r1.cfg": HEAD}).facts.hostname == "r1"
    assert reading({"/etc/passwd": ROOT}).facts.hostname == ""


def test_unread_lines_of_a_document_nobody_knows_are_counted() -> None:
    coverage = reading({RUNNING: HEAD, "/etc/hosts": "127.0.0.1 localhost\n"}).facts.coverage
    assert [(one.name, one.understood, len(one.unread)) for one in coverage[1:]] == [("/etc/hosts", 0, 1)]


def test_without_any_document_every_area_is_missing() -> None:
    assert set(reading({}).facts.missing) == set(Area) - {Area.PROBES}


def test_what_linux_decides_on_interfaces_is_not_known() -> None:
    (port,) = facts(HEAD + "interface eth0\n ip address 192.0.2.1/24\n").interfaces.interfaces
    assert isinstance(port.urpf, Unknown) and port.urpf.code is Code.STATE
    assert isinstance(port.filters_known, Unknown) and port.filters_known.code is Code.STATE


def test_next_hops_in_another_vrf() -> None:
    text = "vrf RED\n ip route 0.0.0.0/0 192.0.2.1 nexthop-vrf default\n ip route 10.0.0.0/8 192.0.2.1 nexthop-vrf BLUE\nexit-vrf\n"
    assert [one.next_vrf for one in facts(HEAD + text).routes.static] == ["global", "BLUE"]
