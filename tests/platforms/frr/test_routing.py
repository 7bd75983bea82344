"""Routing protocols, names and where they are used, next hops, circuits, stations."""

from __future__ import annotations

from auditor.model.areas import Area
from auditor.model.snapshot import RUNNING
from tests.platforms.frr.samples import HEAD, facts, reading

BGP = """router bgp 65000
 no bgp default ipv4-unicast
 neighbor EXT peer-group
 neighbor EXT remote-as external
 neighbor EXT password s3cret
 neighbor EXT ttl-security hops 1
 neighbor 192.0.2.1 peer-group EXT
 neighbor 192.0.2.1 description first
 neighbor 192.0.2.2 remote-as 65002
 neighbor 192.0.2.2 ebgp-multihop
 neighbor 192.0.2.2 shutdown
 neighbor swp1 interface remote-as external
 bgp listen range 198.51.100.0/24 peer-group EXT
 bmp targets T
  bmp connect 203.0.113.9 port 1790 min-retry 1000 max-retry 2000
  bmp monitor ipv4 unicast pre-policy
 exit
 !
 address-family ipv4 unicast
  neighbor EXT activate
  neighbor EXT route-map STEER in
  neighbor EXT maximum-prefix 100
  neighbor 192.0.2.2 activate
  neighbor 192.0.2.2 prefix-list OUT out
  neighbor 192.0.2.2 maximum-prefix 100 warning-only
  neighbor 192.0.2.1 route-map OWN in
 exit-address-family
 !
 address-family ipv4 flowspec
  neighbor 192.0.2.2 activate
 exit-address-family
 !
 address-family l2vpn evpn
  neighbor EXT activate
  advertise-all-vni
 exit-address-family
exit
!
router bgp 65000 vrf RED
 neighbor 10.9.9.9 remote-as 65000
exit
!
route-map STEER permit 10
 match ip address prefix-list VICTIM
 match community 77
 set ip next-hop 203.0.113.66
exit
!
ip prefix-list VICTIM seq 5 permit 192.0.2.0/24 ge 32
ip prefix-list VICTIM seq 10 deny any
ipv6 prefix-list SIX seq 5 permit 2001:db8::/32 le 48
!
"""


def test_neighbours_inherit_from_their_group_and_own_lines_win() -> None:
    found = {one.address: one for one in facts(BGP).routing.bgp}
    first, second = found["192.0.2.1"], found["192.0.2.2"]
    assert (first.remote_as, first.external, first.authentication.need(), first.ttl_security.need()) == (
        "external",
        True,
        "md5",
        True,
    )
    assert (first.policies_in, first.prefix_limit.need(), first.families) == (
        ("OWN",),
        True,
        ("ipv4 unicast", "l2vpn evpn"),
    )
    assert (second.multihop.need(), second.active, second.prefix_limit.need(), second.flowspec) == (
        255,
        False,
        False,
        True,
    )
    assert (second.policies_out, second.authentication.need()) == (("OUT",), "")
    assert found["swp1"].remote_as == "external"
    assert found["swp1"].families == ()
    assert (found["198.51.100.0/24"].dynamic, found["198.51.100.0/24"].policies_in) == (True, ("STEER",))
    assert (found["10.9.9.9"].vrf, found["10.9.9.9"].external, found["10.9.9.9"].families) == (
        "RED",
        False,
        ("ipv4 unicast",),
    )
    assert "EXT" not in found
    assert first.secret is not None


def test_lists_their_users_and_names_without_a_definition() -> None:
    found = facts(BGP).acls
    victim, six = found.prefix_lists
    assert [(one.permit, one.prefix, one.ge, one.le) for one in victim.entries] == [
        (True, "192.0.2.0/24", 32, None),
        (False, "0.0.0.0/0", None, 32),
    ]
    assert [one.where for one in victim.bindings] == ["route-map STEER"]
    assert (six.family, six.bindings) == (6, ())
    assert {(one.kind, one.name) for one in found.undefined} == {
        ("prefix-list", "OUT"),
        ("route-map", "OWN"),
        ("community-list", "77"),
    }


def test_access_lists_are_bound_to_the_vty() -> None:
    (acl,) = facts("access-list M permit 10.0.0.0/8\nline vty\n access-class M\nexit\n").acls.lists
    assert [(one.where, one.direction) for one in acl.bindings] == [("line vty", "in")]


def test_next_hops_flowspec_evpn_and_stations() -> None:
    found = facts(BGP)
    (rewrite,) = found.redirection.rewrites
    assert (rewrite.policy, rewrite.next_hop, rewrite.triggers, len(rewrite.bound)) == (
        "STEER",
        "203.0.113.66",
        ("VICTIM", "77"),
        1,
    )
    assert [source.text for source in found.redirection.flowspec] == ["neighbor 192.0.2.2 activate"]
    assert [one.kind for one in found.pseudowires.circuits] == ["evpn"]
    assert [(one.kind, one.address, one.port, one.tls.need()) for one in found.dialout.connections] == [
        ("telemetry", "203.0.113.9", 1790, False)
    ]
    assert found.unread == {}


IGP = """key chain KC
 key 1
  key-string s3cret
  cryptographic-algorithm hmac-sha-256
 exit
exit
!
interface eth0
 ip address 10.0.0.1/24
 ip ospf authentication message-digest
 ip ospf message-digest-key 1 md5 s3cret
 ip router isis CORE
 isis password md5 s3cret
 ip rip authentication mode md5
 ip rip authentication key-chain KC
exit
!
interface eth1
 ip address 10.1.0.1/24
 ip ospf area 1
 ip ospf authentication null
 ipv6 ospf6 area 0
 ipv6 ospf6 authentication key-id 1 hash-algo hmac-sha-256 key s3cret
 ip router isis CORE
 isis passive
 vrrp 5
 ip pim
exit
!
router ospf
 area 1 authentication
 network 10.0.0.0/24 area 0
 network 172.16.0.0/16 area 1
 passive-interface default
 no passive-interface eth0
exit
!
router rip
 network 10.0.0.0/8
exit
!
router isis CORE
 area-password md5 s3cret
exit
!
mpls ldp
 neighbor 10.0.0.2 password s3cret
 address-family ipv4
  interface eth0
  exit
 exit-address-family
exit
!
rpki
 rpki cache 192.0.2.60 3323 preference 1
exit
!
"""


def test_interior_protocols_and_their_keys() -> None:
    found = facts(IGP)
    told = {(one.protocol, one.where): (one.authentication.need(), one.passive) for one in found.routing.adjacencies}
    assert told == {
        ("ospf", "eth0"): ("md5", False),
        ("ospf", "eth1"): ("", True),
        ("ospf", "area 1"): ("text", False),
        ("ospfv3", "eth1"): ("sha", False),
        ("isis", "eth0"): ("md5", False),
        ("isis", "eth1"): ("", True),
        ("rip", "eth0"): ("md5", False),
        ("rip", "eth1"): ("", False),
        ("ldp", "eth0"): ("md5", False),
        ("pim", "eth1"): ("", False),
        ("vrrp", "eth1"): ("", False),
    }
    (chain,) = found.routing.key_chains
    assert (chain.name, chain.algorithms, len(chain.secrets)) == ("KC", ("hmac-sha-256",), 1)
    assert [source.text for source in found.routing.validators] == ["rpki cache 192.0.2.60 3323 preference 1"]
    assert found.unread == {}


def test_files_of_the_daemons_are_read_where_there_is_no_running_configuration() -> None:
    found = reading(
        {
            "/etc/frr/zebra.conf": "hostname z\npassword zebra\naccess-list M permit 10.0.0.0/8\nip route 192.0.2.0/24 10.0.0.1\nline vty\n access-class M\n",
            "/etc/frr/bgpd.conf": "hostname b\nrouter bgp 1\n neighbor 10.0.0.2 remote-as 2\n neighbor 10.0.0.2 route-map R in\n",
        }
    ).facts
    assert [one.address for one in found.routing.bgp] == ["10.0.0.2"]
    assert [one.prefix for one in found.routes.static] == ["192.0.2.0/24"]
    assert [one.name for one in found.acls.undefined] == ["R"]
    assert [one.name for one in found.accounts.passwords] == ["vty password"]
    assert found.unread == {}


def test_an_unknown_statement_of_a_neighbour_is_told() -> None:
    found = reading({RUNNING: HEAD + "router bgp 1\n neighbor 10.0.0.1 nonsense\nexit\nend\n"}).facts
    assert [source.text for source in found.unread[Area.ROUTING]] == ["neighbor 10.0.0.1 nonsense"]
