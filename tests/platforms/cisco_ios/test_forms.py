"""The same configuration written in another way gives the same facts."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.areas import Area
from tests.platforms.cisco_ios.ios import read
from tests.platforms.golden import plain


def facts(config: str, area: Area) -> Any:
    """One area without lines."""
    return without_lines(plain(read(f"version 15.2\n{config}\nend\n").facts.areas[area]))


LINES = frozenset(
    [
        "at",
        "source",
        "sources",
        "secret_source",
        "bound",
        "used_by",
        "match_sources",
        "vantage",
        "remote_source",
        "protocol_sources",
        "trigger_sources",
    ]
)


def without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_lines(one) for key, one in value.items() if key not in LINES}
    if isinstance(value, list):
        return [without_lines(one) for one in value]
    return value


@pytest.mark.parametrize(
    ("area", "one", "other"),
    [
        (
            Area.AAA,
            "aaa new-model\naaa accounting exec default start-stop group tacacs+",
            "aaa new-model\naaa accounting exec default\n action-type start-stop\n group tacacs+",
        ),
        (
            Area.ACLS,
            "access-list 10 permit 192.0.2.0 0.0.0.255\naccess-list 10 deny any log",
            "ip access-list standard 10\n permit 192.0.2.0 0.0.0.255\n 20 deny any log",
        ),
        (
            Area.ACLS,
            "access-list 110 permit tcp host 192.0.2.1 any eq 22",
            "ip access-list extended 110\n 10 permit tcp 192.0.2.1 0.0.0.0 any eq ssh",
        ),
        (Area.LOGGING, "logging host 192.0.2.1", "logging 192.0.2.1"),
        (Area.LOGGING, "logging trap 6", "logging trap informational"),
        (Area.INTERFACES, "interface Gi0/1\n ip vrf forwarding V", "interface Gi0/1\n vrf forwarding V"),
        (
            Area.INTERFACES,
            "interface Gi0/1\n switchport trunk allowed vlan 1-5\n switchport trunk allowed vlan add 7",
            "interface Gi0/1\n switchport trunk allowed vlan 1-5,7",
        ),
        (
            Area.INTERFACES,
            "interface Loopback0\n ip address 192.0.2.1 255.255.255.255",
            "interface Loopback 0\n ip address 192.0.2.1 255.255.255.255",
        ),
        (
            Area.INTERFACES,
            "interface Gi0/1\n description x\n ip address 192.0.2.1 255.255.255.0",
            "interface Gi0/1\n description x\ninterface Gi0/1\n ip address 192.0.2.1 255.255.255.0",
        ),
        (Area.NAMES, "no ip domain lookup", "no ip domain-lookup"),
        (Area.SERVICES, "service finger", "ip finger"),
        (
            Area.ROUTING,
            "router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 password 7 094F471A1A0A",
            "router bgp 1\n neighbor 192.0.2.1 remote-as 2\nrouter bgp 1\n neighbor 192.0.2.1 password 7 094F471A1A0A",
        ),
        (
            Area.ROUTING,
            "router bgp 1\n neighbor 192.0.2.1 remote-as 2",
            "router bgp 1\n neighbor 192.0.2.1 remote-as 2\n address-family ipv4\n  neighbor 192.0.2.1 activate\n exit-address-family",
        ),
        (
            Area.ROUTING,
            "interface Gi0/1\n ip address 192.0.2.1 255.255.255.0\n ip ospf 1 area 0\nrouter ospf 1",
            "interface Gi0/1\n ip address 192.0.2.1 255.255.255.0\nrouter ospf 1\n network 192.0.2.1 0.0.0.0 area 0",
        ),
        (
            Area.EXPORTERS,
            "ip flow-export destination 192.0.2.1 2055",
            "ip flow-export version 9\nip flow-export destination 192.0.2.1 2055",
        ),
        (Area.CRYPTO, "crypto isakmp policy 1\n encr aes 128", "crypto isakmp policy 1\n encryption aes"),
        (
            Area.TUNNELS,
            "interface Tunnel1\n tunnel destination 192.0.2.1",
            "interface Tunnel1\n tunnel mode gre ip\n tunnel destination 192.0.2.1",
        ),
        (
            Area.ACCOUNTS,
            "username a privilege 15\nusername a secret 9 $9$a$b",
            "username a privilege 15 secret 9 $9$a$b",
        ),
        (
            Area.ROUTES,
            "ip route 10.0.0.0 255.0.0.0 192.0.2.1\nip route 10.9.0.0 255.255.0.0 192.0.2.1\nno ip route 10.9.0.0 255.255.0.0 192.0.2.1",
            "ip route 10.0.0.0 255.0.0.0 192.0.2.1",
        ),
    ],
)
def test_two_forms_of_one_thing(area: Area, one: str, other: str) -> None:
    assert facts(one, area) == facts(other, area)


CONFIG = """interface Gi0/1
 ip address 192.0.2.1 255.255.255.0
 ip access-group A in
line vty 0 4
 access-class A in
 transport input ssh
ip access-list standard A
 permit 192.0.2.0 0.0.0.255
router bgp 1
 neighbor G peer-group
 neighbor G remote-as 2
 neighbor 192.0.2.9 peer-group G"""


@pytest.mark.parametrize("area", [area for area in Area if area not in (Area.PROBES, Area.STATE)])
def test_indentation_line_ends_and_separators_do_not_matter(area: Area) -> None:
    usual = facts(CONFIG, area)
    assert facts(CONFIG.replace("\n ", "\n   "), area) == usual
    assert facts(CONFIG.replace("\n", "\r\n"), area) == usual
    assert facts(CONFIG.replace("\n", "\n!\n"), area) == usual
    assert facts(CONFIG.replace("\n", "\n !\n\n"), area) == usual


@pytest.mark.parametrize("area", [Area.ACLS, Area.ACCESS, Area.INTERFACES, Area.ROUTING])
def test_the_order_of_blocks_does_not_matter(area: Area) -> None:
    blocks = CONFIG.split("\nline vty")
    turned = "line vty" + blocks[1] + "\n" + blocks[0]
    one, other = facts(CONFIG, area), facts(turned, area)
    if area is Area.ACLS:
        one["lists"][0]["bindings"].sort(key=str)
        other["lists"][0]["bindings"].sort(key=str)
    assert one == other
