"""The levels of an IOS XR configuration: which statements open one, and how many of their words name it.

The normal form indents what stands inside; the formal form (`show running-config formal`) and people write the names
of all levels and the statement on one line.
"""

from collections.abc import Callable, Sequence

import msgspec

_FAMILIES = frozenset(("ethernet", "ipv4", "ipv6", "mpls-ipv4", "mpls-ipv6"))
_NO_LISTS = frozenset(("maximum", "log-update"))


class Level(msgspec.Struct, frozen=True):
    """A statement that opens a level: its first words, how many words it has, and the name of the level inside."""

    start: tuple[str, ...]
    length: int
    inside: str = ""
    longer: Callable[[Sequence[str]], int] | None = None
    """Works out the length where it depends on the words; 0 where the statement opens no level after all."""


def _interface(words: Sequence[str]) -> int:
    count = 3 if words[1] == "preconfigure" else 2
    return count + (len(words) > count and words[count] in ("l2transport", "point-to-point", "multipoint"))


def _options(count: int, *names: str) -> Callable[[Sequence[str]], int]:
    """`count` words, and two more for every one of these names that follows them."""

    def length(words: Sequence[str]) -> int:
        end = count
        while len(words) > end + 1 and words[end] in names:
            end += 2
        return end

    return length


def _list(words: Sequence[str]) -> int:
    return 0 if words[2] in _NO_LISTS else 3


def _neighbor(words: Sequence[str]) -> int:
    """`neighbor A pw-id N`, `neighbor ipv4 A pw-id N`, `neighbor evpn evi N target N source N`."""
    if words[1] == "evpn":
        return _options(4, "target", "source", "service")(words)
    return _options(3 if words[1] in ("ipv4", "ipv6") else 2, "pw-id")(words)


def _mirror(words: Sequence[str]) -> int:
    return 2 + (len(words) > 2 and words[2] in _FAMILIES)


def _mirrored(words: Sequence[str]) -> int:
    """`monitor-session N [ethernet] [direction D] [port-level]` of an interface."""
    end = _options(_mirror(words), "direction")(words)
    return end + (len(words) > end and words[end] == "port-level")


def _allow(words: Sequence[str]) -> int:
    return 2 + (len(words) > 2 and words[2] == "peer")


def _level(text: str, length: int, inside: str = "", longer: Callable[[Sequence[str]], int] | None = None) -> Level:
    return Level(tuple(text.split()), length, inside, longer)


_AF = _level("address-family", 3, "af")
_IN_INTERFACE = _level("interface", 2, "leaf")

_TABLE: dict[str, tuple[Level, ...]] = {
    "": (
        _level("interface", 2, "interface", _interface),
        _level("router bgp", 3, "bgp", _options(3, "instance")),
        _level("router static", 2, "static"),
        _level("router ospf", 3, "ospf"),
        _level("router ospfv3", 3, "ospf"),
        _level("router isis", 3, "isis"),
        _level("router eigrp", 3, "static"),
        _level("router rip", 2, "ospf"),
        _level("router hsrp", 2, "fhrp"),
        _level("router vrrp", 2, "fhrp"),
        _level("router pim", 2, "multicast"),
        _level("router igmp", 2, "multicast"),
        _level("router mld", 2, "multicast"),
        _level("router msdp", 2, "msdp"),
        _level("bmp server", 3),
        _level("mpls ldp", 2, "ldp"),
        _level("mpls traffic-eng", 2, "te"),
        _level("rsvp", 1, "rsvp"),
        _level("vrf", 2, "vrf"),
        _level("line console", 2),
        _level("line default", 2),
        _level("line template", 3),
        _level("username", 2),
        _level("usergroup", 2),
        _level("taskgroup", 2),
        _level("tacacs-server host", 3, "", _options(3, "port")),
        _level("radius-server host", 3, "", _options(3, "auth-port", "acct-port")),
        _level("aaa group server", 5, "servers"),
        _level("aaa password-policy", 3),
        _level("aaa server radius dynamic-author", 4, "coa"),
        _level("aaa authentication users user", 5),
        _level("aaa authentication groups group", 5),
        _level("snmp-server vrf", 3, "snmpvrf"),
        _level("logging tls-server", 3),
        _level("logging archive", 2),
        _level("logging events filter", 3),
        _level("logging buffered discriminator", 3),
        _level("logging console discriminator", 3),
        _level("logging monitor discriminator", 3),
        _level("ntp", 1),
        _level("grpc", 1, "grpc"),
        _level("call-home", 1, "callhome"),
        _level("control-plane", 1, "cp"),
        _level("l2vpn", 1, "l2vpn"),
        _level("evpn", 1, "evpn"),
        _level("telemetry model-driven", 2, "telemetry"),
        _level("flow exporter-map", 3),
        _level("flow monitor-map", 3),
        _level("sampler-map", 2),
        _level("monitor-session", 2, "", _mirror),
        _level("key chain", 3, "keychain"),
        _level("ipv4 access-list", 3, "", _list),
        _level("ipv6 access-list", 3, "", _list),
        _level("ethernet-services access-list", 3),
        _level("ipv4 prefix-list", 3),
        _level("ipv6 prefix-list", 3),
        _level("object-group network", 4),
        _level("object-group port", 3),
        _level("event manager action", 4),
        _level("event manager event-trigger", 4),
        _level("event manager policy-map", 4),
        _level("appmgr", 1, "appmgr"),
        _level("linux networking", 2, "linux"),
        _level("tpa", 1, "linux"),
        _level("netconf-yang agent", 2),
        _level("lpts pifib hardware police", 4),
        _level("lldp", 1),
        _level("flowspec", 1, "flowspec"),
        _level("segment-routing", 1, "sr"),
        _level("multicast-routing", 1, "multicast"),
        _level("ikev2 proposal", 3),
        _level("ikev2 policy", 3),
        _level("ikev2 profile", 3),
        _level("ipsec profile", 3),
        _level("ipsec transform-set", 3),
        _level("keyring", 2, "keyring"),
        _level("admin", 1, "admin"),
        _level("group", 2, ""),
    ),
    "bgp": (
        _level("neighbor", 2, "neighbor"),
        _level("neighbor-group", 2, "neighbor"),
        _level("session-group", 2, "neighbor"),
        _level("af-group", 5),
        _AF,
        _level("vrf", 2, "bgp"),
        _level("rpki server", 3),
    ),
    "neighbor": (_AF,),
    "static": (_level("vrf", 2, "static"), _AF),
    "ospf": (_level("area", 2, "ospf"), _level("vrf", 2, "ospf"), _IN_INTERFACE),
    "isis": (_level("interface", 2, "neighbor"), _AF),
    "fhrp": (_level("interface", 2, "fhrpif"),),
    "fhrpif": (_level("address-family", 2, "fhrpaf"),),
    "fhrpaf": (_level("hsrp", 2), _level("vrrp", 2, "", _options(2, "version"))),
    "multicast": (_level("vrf", 2, "multicast"), _level("address-family", 2, "multicast"), _IN_INTERFACE),
    "msdp": (_level("vrf", 2, "msdp"), _level("peer", 2)),
    "ldp": (_level("vrf", 2, "ldp"), _level("address-family", 2, "ldp"), _IN_INTERFACE),
    "te": (_IN_INTERFACE,),
    "rsvp": (_level("interface", 2, "rsvpin"), _level("neighbor", 2, "rsvpin"), _level("authentication", 1)),
    "rsvpin": (_level("authentication", 1),),
    "vrf": (_level("address-family", 3, "vrfaf"),),
    "servers": (_level("server-private", 2, "", _options(2, "port", "auth-port", "acct-port")),),
    "coa": (_level("client", 2, "", _options(2, "vrf")),),
    "snmpvrf": (_level("host", 2, "", lambda words: len(words)), _level("context", 2)),
    "grpc": (_level("server", 2, "grpcserver"), _level("tunnel", 1)),
    "grpcserver": (_level("tls", 1), _level("services", 1), _level("metadata-authentication", 1)),
    "callhome": (_level("profile", 2),),
    "cp": (_level("management-plane", 1, "mpp"),),
    "mpp": (_level("inband", 1, "mppin"), _level("out-of-band", 1, "mppin")),
    "mppin": (_level("interface", 2, "mppif"),),
    "mppif": (_level("allow", 2, "", _allow),),
    "l2vpn": (_level("xconnect group", 3, "xconnect"), _level("bridge group", 3, "bridge"), _level("pw-class", 2)),
    "xconnect": (_level("p2p", 2, "p2p"), _level("mp2mp", 2)),
    "p2p": (_level("neighbor", 2, "", _neighbor),),
    "bridge": (_level("bridge-domain", 2, "domain"),),
    "domain": (
        _level("interface", 2),
        _level("vfi", 2, "vfi"),
        _level("evi", 2),
        _level("neighbor", 2, "", _neighbor),
    ),
    "vfi": (_level("neighbor", 2, "", _neighbor),),
    "evpn": (_level("evi", 2),),
    "telemetry": (
        _level("destination-group", 2, "destinations"),
        _level("sensor-group", 2),
        _level("subscription", 2),
    ),
    "destinations": (_level("address-family", 5), _level("destination", 2), _level("vrf", 2)),
    "keychain": (_level("key", 2),),
    "keyring": (_level("peer", 2),),
    "appmgr": (_level("application", 2), _level("process-script", 2)),
    "linux": (_level("vrf", 2, "linux"), _level("address-family", 2, "linux"), _level("protection", 1)),
    "flowspec": (_level("vrf", 2, "flowspec"), _level("address-family", 2, "flowspec")),
    "sr": (_level("traffic-eng", 1, "srte"),),
    "srte": (_level("policy", 2),),
    "interface": (_level("monitor-session", 2, "", _mirrored),),
}

_BY_WORD: dict[str, dict[str, tuple[Level, ...]]] = {
    name: {
        word: tuple(level for level in levels if level.start[0] == word) for word in {one.start[0] for one in levels}
    }
    for name, levels in _TABLE.items()
}
_BY_WORD["admin"] = _BY_WORD[""]
_NONE: dict[str, tuple[Level, ...]] = {}


def levels(name: str) -> dict[str, tuple[Level, ...]]:
    """First word -> the statements beginning with it that open a level inside the level of this name."""
    return _BY_WORD.get(name, _NONE)


def opened(candidates: tuple[Level, ...], words: list[str]) -> tuple[Level, int] | None:
    """The level that a statement opens, and how many of its words name it."""
    for level in candidates:
        if len(words) >= level.length and tuple(words[: len(level.start)]) == level.start:
            length = level.longer(words) if level.longer is not None else level.length
            if length:
                return level, length
    return None
