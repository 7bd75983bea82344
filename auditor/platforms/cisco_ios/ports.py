"""Interface blocks of an IOS configuration, looked through once for all topics that ask for their statements."""

from collections.abc import Sequence

from auditor.model.evidence import Source
from auditor.platforms.common.block import Block
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

DOUBLE = frozenset(
    ["ip", "ipv6", "mpls", "tunnel", "crypto", "vrf", "ntp", "cdp", "lldp", "service", "snmp", "logging", "mac", "mop"]
    + ["port", "arp", "clns", "flow"]
)

READ = frozenset(
    # Interfaces: addresses, state, filters, hygiene.
    ["description", "shutdown", "no shutdown", "vrf forwarding", "ip vrf", "ip address", "no ip address", "ip unnumbered"]
    + ["ipv6 address", "ipv6 enable", "ip access-group", "ipv6 traffic-filter", "mac access-group", "ip verify"]
    + ["ipv6 verify", "switchport", "no switchport", "channel-group", "channel-protocol", "bridge-group"]
    + [f"{no}ip {word}" for no in ("", "no ") for word in ("redirects", "unreachables", "proxy-arp", "directed-broadcast")]
    # Services, time, discovery, logs.
    + [f"{no}{word}" for no in ("", "no ") for word in ("mop enabled", "cdp enable", "ntp disable", "lldp transmit")]
    + ["lldp receive", "no lldp receive", "logging event", "no logging event"]
    # Forwarding, copies of traffic, flow export.
    + ["ip policy", "ipv6 policy", "ip nat", "ip wccp", "ip flow", "ipv6 flow", "ip route-cache", "flow monitor"]
    + ["ip traffic-export", "port monitor", "service-policy"]
    # Tunnels, IPsec, circuits.
    + [f"tunnel {word}" for word in ("source", "destination", "mode", "protection", "vrf", "key")]
    + ["ip nhrp", "crypto map", "crypto ipsec", "xconnect", "service instance", "bridge-domain", "member", "neighbor"]
    + ["source-interface", "host-reachability", "encapsulation", "l2vpn"]
    # Routing protocols and first-hop redundancy.
    + ["standby", "vrrp", "glbp", "ip ospf", "ipv6 ospf", "ospfv3", "ip router", "ipv6 router", "isis", "ip rip", "ip rsvp"]
    + ["ip authentication", "ipv6 authentication", "ip pim", "mpls ip", "mpls ldp", "mpls label", "no mpls ip", "bfd"]
    + ["no ip pim", "mpls traffic-eng"]
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
            for key, nodes in port.block.keys():
                if key in READ:
                    reader.use(*nodes)
            found.append(port)
    return found


def _name(words: Sequence[str]) -> str:
    """`Loopback 0` is typed, `Loopback0` is printed; `point-to-point` says of what kind a subinterface is."""
    kept = [word for word in words if word not in ("point-to-point", "multipoint", "l2transport", "point-to-multipoint")]
    return "".join(kept) if len(kept) == 2 and kept[0].isalpha() and kept[1][0].isdigit() else " ".join(kept)


def _vrf(block: Block) -> str:
    node = block.last("vrf forwarding") or block.last("ip vrf")
    words = node.text.split() if node is not None else []
    return words[-1] if len(words) > 2 and words[-1] != "forwarding" else ""
