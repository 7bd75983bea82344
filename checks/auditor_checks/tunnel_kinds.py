"""The kinds of tunnels, by the check that judges them."""

GRE = ("gre", "ipip", "6to4", "sit", "gretap", "ip6gre", "ip6gretap", "ip6tnl", "eoip")
"""Of gre-tunnel-undeclared: one outer IP header, and no key."""
OVERLAY = ("vxlan", "geneve", "l2tp", "l2tpv3", "pptp", "sstp", "openvpn", "wireguard", "zerotier", "eoip", "sslvpn")
"""Of overlay-tunnel-undeclared."""
SIGNALLED = ("mpls-te", "sr-te")
"""Tunnels of the operator's own network that routing sets up."""
JUDGED = frozenset((*GRE, *OVERLAY, *SIGNALLED, "mgre", "ipsec"))
"""All that has a check of its own, and what needs none."""
