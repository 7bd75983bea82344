"""Interfaces and discovery (syntax-ios-family D.12)."""

import ipaddress
from functools import lru_cache

from auditor.model.areas import (
    Discovery,
    DiscoverySetting,
    Filter,
    Hardening,
    Interface,
    Interfaces,
    Switchport,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import DEFAULT_VRF, Port
from auditor.platforms.arista_eos.text import last_of

_ROLES = (
    ("Loopback", "loopback"),
    ("Management", "management"),
    ("Tunnel", "tunnel"),
    ("Vxlan", "tunnel"),
    ("Dps", "tunnel"),
    ("Vlan", "vlan"),
    ("Port-Channel", "bundle"),
)
_URPF = {"rx": "strict", "any": "loose"}
_LISTS = {"ip": 4, "ipv6": 6}
_LINK_LOCAL = "fe80::/10"
_USED = ("vrf", "description", "shutdown", "channel-group", "lldp")


@lru_cache(maxsize=64)
def length(mask: str) -> str:
    """The prefix length of a dotted mask; what is none stays as it is."""
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def interfaces(context: Context, ports: list[Port]) -> Interfaces:
    """Read addresses, VRF, state, lists, layer 2 and hardening of every interface.

    interface I / description T, [no] shutdown, vrf V, ip address A/L [secondary], ip address {virtual A/L|dhcp},
        ipv6 address A/L
    ip access-group A {in|out}, ip verify unicast source reachable-via {rx|any}, [no] switchport ...,
        channel-group N mode M
    """
    members: dict[str, list[str]] = {}
    for port in ports:
        line = port.last("channel-group")
        if line is not None and line[0] and len(line[1]) > 1:
            members.setdefault(f"Port-Channel{line[1][1]}", []).append(port.name)
    redirects = {4: _redirect(context, "ip icmp redirect")}
    unreachables = _unreachables(context)
    proxy, broadcast = context.absent("ip proxy-arp", bool), context.absent("ip directed-broadcast", bool)
    negotiates = context.absent("switchport negotiation", bool)
    usual = Hardening(redirects[4], unreachables, proxy, broadcast)
    return Interfaces(
        tuple(_interface(context, port, members, usual, negotiates) for port in ports),
        source_routing=Unknown(Code.DEFAULT, "no statement about IP source routes of EOS is documented"),
    )


def _redirect(context: Context, start: str) -> Setting[bool]:
    config = context.config
    return context.flag(last_of((*config.find(start), *config.find(f"no {start}")), start), start)


def _unreachables(context: Context) -> Setting[bool]:
    """`ip icmp rate-limit-unreachable 0` sends none."""
    for words, node in context.config.take("ip icmp rate-limit-unreachable"):
        if words:
            return Known(words[0] != "0", (context.config.source(node),))
    return Unknown(Code.DEFAULT, "no 'ip icmp rate-limit-unreachable', and its default is not documented")


def _interface(
    context: Context, port: Port, members: dict[str, list[str]], usual: Hardening, negotiates: Setting[bool]
) -> Interface:
    config = context.config
    for key in _USED:
        for line in port.by.get(key, ()):
            config.use(line[2])
    addresses = _Addresses()
    filters: dict[tuple[int, str], Filter] = {}
    urpf: Setting[str] = Known("")
    switches: dict[str, Setting[bool]] = {}
    for family in ("ip", "ipv6"):
        for positive, words, inner in port.by.get(family, ()):
            match words[1:]:
                case ["address", *what]:
                    config.use(inner)
                    addresses.add(positive, what, config.source(inner), family)
                case ["enable"]:
                    config.use(inner)
                    addresses.add(positive, [_LINK_LOCAL], config.source(inner), family)
                case ["virtual-router", "address", address, *_]:
                    config.use(inner)
                    addresses.add(
                        positive,
                        [address if "/" in address else f"{address}/{128 if ':' in address else 32}", "secondary"],
                        config.source(inner),
                        family,
                    )
                case ["access-group", name, *rest]:
                    config.use(inner)
                    direction = rest[0] if rest else "in"
                    if positive:
                        filters[_LISTS[family], direction] = context.filter(
                            name, _LISTS[family], f"interface {port.name}", config.source(inner), direction=direction
                        )
                case ["verify", "unicast", "source", "reachable-via", mode, *_]:
                    config.use(inner)
                    urpf = Known(_URPF.get(mode, mode) if positive else "", (config.source(inner),))
                case ["verify", "unicast", *_] if not positive:
                    config.use(inner)
                    urpf = Known("", (config.source(inner),))
                case [("proxy-arp" | "directed-broadcast") as switch]:
                    config.use(inner)
                    switches[switch] = Known(positive, (config.source(inner),))
    for positive, words, inner in port.get("mac", "access-group"):
        config.use(inner)
        if positive and len(words) > 2:
            context.refer("access-list", words[2], f"interface {port.name}", config.source(inner), words[-1], 0)
    description = port.last("description")
    bundle = port.last("channel-group")
    return Interface(
        name=port.name,
        source=config.source(port.node),
        addresses=tuple(addresses.found),
        description=" ".join(description[1][1:]) if description is not None and description[0] else "",
        shutdown=port.shutdown,
        vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
        sources=tuple(addresses.found.values()),
        secondary=tuple(addresses.secondary),
        filters_in=tuple(one for (_, direction), one in filters.items() if direction == "in"),
        filters_out=tuple(one for (_, direction), one in filters.items() if direction == "out"),
        urpf=urpf,
        hardening=Hardening(
            usual.redirects,
            usual.unreachables,
            switches.get("proxy-arp", usual.proxy_arp),
            switches.get("directed-broadcast", usual.directed_broadcast),
        )
        if switches
        else usual,
        switchport=_switchport(context, port, negotiates),
        role=next((role for start, role in _ROLES if port.name.startswith(start)), ""),
        members=tuple(members.get(port.name, ())),
        bundle=f"Port-Channel{bundle[1][1]}" if bundle is not None and bundle[0] and len(bundle[1]) > 1 else "",
        dynamic=addresses.dynamic,
    )


class _Addresses:
    """Addresses of an interface with their lines; a later first address replaces an earlier one of its family."""

    def __init__(self) -> None:
        self.found: dict[str, Source] = {}
        self.secondary: list[str] = []
        self.dynamic = False

    def add(self, positive: bool, words: list[str], source: Source, family: str) -> None:
        """Take an `address` statement."""
        if words[:1] == ["virtual"]:
            words = words[1:]
        if not positive:
            if not words:
                self.found.clear()
                self.secondary.clear()
            else:
                self.found.pop(words[0], None)
            return
        if not words:
            return
        if words[0] in ("dhcp", "auto-config", "autoconfig"):
            self.dynamic = True
            return
        address = words[0]
        if "/" not in address and len(words) > 1 and family == "ip":
            address = f"{address}/{length(words[1])}"
        if "secondary" in words:
            self.secondary.append(address)
        self.found[address] = source


def _switchport(context: Context, port: Port, negotiates: Setting[bool]) -> Switchport | None:
    """Ports and bundles switch unless they say `no switchport`; everything else routes."""
    config = context.config
    lines = port.by.get("switchport", ())
    mode = native = allowed = access = ""
    routed = not port.name.startswith(("Ethernet", "Port-Channel", "Et", "Po")) or "." in port.name
    for positive, words, inner in lines:
        match words[1:]:
            case []:
                routed = not positive
            case ["mode", word, *rest]:
                mode = "trunk" if word == "trunk" else word if not rest else f"{word} {' '.join(rest)}"
            case ["access", "vlan", vlan, *_]:
                access = vlan if positive else ""
            case ["trunk", "native", "vlan", vlan, *_]:
                native = vlan if positive else ""
            case ["trunk", "allowed", "vlan", *vlans]:
                allowed = _allowed(allowed, vlans) if positive else ""
            case _:
                continue
        config.use(inner)
    if routed:
        return None
    return Switchport(mode=mode, negotiates=negotiates, native_vlan=native, allowed_vlans=allowed, access_vlan=access)


def _allowed(before: str, words: list[str]) -> str:
    """A list may go on in a further statement (`add`)."""
    text = words[-1] if words else ""
    return f"{before},{text}" if words[:1] == ["add"] and before else text


def discovery(context: Context, ports: list[Port]) -> Discovery:
    """Read `[no] lldp run` and `[no] lldp {transmit|receive}` of interfaces. EOS speaks no other discovery protocol."""
    config = context.config
    run = last_of((*config.find("lldp run"), *config.find("no lldp run")), "lldp run")
    on: list[str] = []
    off: list[str] = []
    sources: list[Source] = [config.source(run)] if run is not None else []
    for port in ports:
        state: dict[str, bool] = {}
        for positive, words, inner in port.by.get("lldp", ()):
            if words[1:2] in (["transmit"], ["receive"]):
                state[words[1]] = positive
                sources.append(config.source(inner))
        if state.get("transmit") is False:
            off.append(port.name)
        elif state.get("transmit"):
            on.append(port.name)
    return Discovery((DiscoverySetting("lldp", context.flag(run, "lldp run"), tuple(on), tuple(off), tuple(sources)),))
