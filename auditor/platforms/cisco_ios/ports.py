"""Interface blocks of an IOS configuration, looked through once for all topics that ask for their statements."""

from collections.abc import Sequence

from auditor.model.evidence import Source
from auditor.platforms.common.block import Block
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node


def _keys(text: str) -> frozenset[str]:
    return frozenset(key.strip() for line in text.splitlines() for key in line.split(",") if key.strip())


DOUBLE = _keys(
    "ip, ipv6, mpls, tunnel, crypto, vrf, ntp, cdp, lldp, service, snmp, logging, mac, mop, port, arp, clns, flow"
)

READ = _keys(
    """
    description, shutdown, no shutdown, vrf forwarding, ip vrf, ip address, no ip address, ipv6 address, ipv6 enable
    ip access-group, ipv6 traffic-filter, ip verify, ipv6 verify, switchport, no switchport, channel-group
    ip redirects, ip unreachables, ip proxy-arp, ip directed-broadcast
    no ip redirects, no ip unreachables, no ip proxy-arp, no ip directed-broadcast
    mop enabled, no mop enabled, ntp disable, no ntp disable, no logging event
    cdp enable, no cdp enable, lldp transmit, no lldp transmit, lldp receive, no lldp receive
    ip policy, ipv6 policy, ip nat, ip unnumbered, ip wccp, ip flow, ipv6 flow, ip route-cache, flow monitor, service-policy
    ip traffic-export, port monitor
    tunnel source, tunnel destination, tunnel mode, tunnel protection, tunnel vrf, tunnel key, ip nhrp, crypto map
    xconnect, service instance, member, neighbor, source-interface, encapsulation
    standby, vrrp, glbp, ip ospf, ipv6 ospf, ospfv3, ip router, ipv6 router, isis, ip rip, ip rsvp, ip authentication
    ip pim, mpls ip
    """
)
"""Statements that some topic reads; `no` forms only where they say something."""


class Port:
    """An interface and its statements."""

    __slots__ = ("block", "name", "node", "shutdown", "source", "vrf")

    def __init__(self, name: str, node: Node, source: Source) -> None:
        self.name = name
        self.node = node
        self.source = source
        self.block = Block(node, DOUBLE)
        state = self.block.switch("shutdown")
        self.shutdown = state is not None and state.text == "shutdown"
        self.vrf = _vrf(self.block)


def ports(reader: Reader) -> list[Port]:
    """Every `interface` block; the statements that topics read are marked."""
    found = []
    for words, node in reader.take("interface"):
        if words:
            port = Port(_name(words), node, reader.source(node))
            for key, nodes in port.block.items():
                if key in READ:
                    reader.use(*nodes)
            found.append(port)
    return found


def _name(words: Sequence[str]) -> str:
    """`Loopback 0` is typed, `Loopback0` is printed; `point-to-point` says of what kind a subinterface is."""
    kept = [
        word for word in words if word not in ("point-to-point", "multipoint", "l2transport", "point-to-multipoint")
    ]
    return "".join(kept) if len(kept) == 2 and kept[0].isalpha() and kept[1][0].isdigit() else " ".join(kept)


def _vrf(block: Block) -> str:
    """`vrf forwarding V` and the older `ip vrf forwarding V`."""
    for key, position in (("vrf forwarding", 2), ("ip vrf", 3)):
        for node in reversed(block.all(key)):
            words = node.text.split()
            if len(words) > position and words[position - 1] == "forwarding":
                return words[position]
    return ""
