"""The same configuration in other forms gives the same facts."""

from __future__ import annotations

import pytest

from tests.platforms.cisco_nxos.nxos import everything, part, read
from tests.platforms.cisco_nxos.samples import FULL

PAIRS = {
    "neighbour on one line": (
        "router bgp 1\n  neighbor 192.0.2.1 remote-as 2\n    address-family ipv4 unicast\n",
        "router bgp 1\n  neighbor 192.0.2.1\n    remote-as 2\n    address-family ipv4 unicast\n",
    ),
    "address with a mask": (
        "interface Vlan1\n  ip address 192.0.2.1/24\n",
        "interface Vlan1\n  ip address 192.0.2.1 255.255.255.0\n",
    ),
    "typed interface names": ("interface Ethernet1/1\n  shutdown\n", "interface eth 1/1\n  shutdown\n"),
    "switchname": ("hostname r\n", "switchname r\n"),
    "entries by number": (
        "ip access-list A\n  10 deny ip 192.0.2.0/24 any\n  20 permit ip any any\n",
        "ip access-list A\n  20 permit ip any any\n  10 deny ip 192.0.2.0/24 any\n",
    ),
    "ports by word": (
        "ip access-list A\n  10 permit tcp any any eq telnet\n",
        "ip access-list A\n  10 permit tcp any any eq 23\n",
    ),
    "profile and own statements": (
        "ip access-list A\n  10 permit ip any any\ninterface Ethernet1/1\n  no ip redirects\n  shutdown\n",
        "ip access-list A\n  10 permit ip any any\nport-profile type ethernet P\n  no ip redirects\n  no shutdown\n"
        "interface Ethernet1/1\n  inherit port-profile P\n  shutdown\n",
    ),
    "user on one line and on several": (
        "username a password 0 x role r1\nusername a role r2\n",
        "username a role r1\nusername a password 0 x role r2\n",
    ),
    "static route in a VRF with a mask": (
        "vrf context V\n  ip route 10.0.0.0/8 192.0.2.1\n",
        "vrf context V\n  ip route 10.0.0.0 255.0.0.0 192.0.2.1\n",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_two_forms_of_the_same(name: str) -> None:
    one, other = PAIRS[name]
    first, second = everything(part(one)), everything(part(other))
    for facts in (first, second):
        facts["logging"] = {}
    assert first == second


def test_comments_between_statements_change_nothing() -> None:
    lines = FULL.splitlines()
    job = range(lines.index("scheduler job name nightly"), lines.index("end-job") + 1)
    text = "".join(line + "\n" + ("" if index in job else "!\n") for index, line in enumerate(lines) if "^" not in line)
    plain = "".join(line + "\n" for line in lines if "^" not in line)
    assert everything(read(text).facts) == everything(read(plain).facts)
