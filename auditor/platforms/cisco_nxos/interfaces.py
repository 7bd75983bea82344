"""Interfaces and discovery protocols (syntax-ios-family C.12)."""

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

from auditor.model.areas import Discovery, DiscoverySetting, Filter, Hardening, Interface, Interfaces, Switchport
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_nxos.acls import bind
from auditor.platforms.cisco_nxos.blocks import Block, Port
from auditor.platforms.cisco_nxos.context import Context

_ROLES = (
    ("loopback", "loopback"),
    ("mgmt", "management"),
    ("Tunnel", "tunnel"),
    ("nve", "tunnel"),
    ("Vlan", "vlan"),
    ("port-channel", "bundle"),
    ("san-port-channel", "bundle"),
    ("Bdi", "bridge"),
)
_LAYER3 = ("loopback", "mgmt", "Tunnel", "nve", "Vlan", "Bdi", "control")
_FILTERS: tuple[tuple[str, int], ...] = (
    ("ip access-group", 4),
    ("ip port", 4),
    ("ipv6 traffic-filter", 6),
    ("ipv6 port", 6),
)
_LINK_LOCAL = "fe80::/10"
_MASK = re.compile(r"\d+\.\d+\.\d+\.\d+$")


def interfaces(context: Context) -> Interfaces:
    """Read every `interface NAME`: addresses, VRF, state, filters, layer-2 settings, bundle, and `ip source-route`."""
    hardening = _Defaults(context)
    found = [_interface(context, port, hardening) for port in context.ports]
    members: dict[str, list[str]] = {}
    for interface in found:
        if interface.bundle:
            members.setdefault(interface.bundle, []).append(interface.name)
    return Interfaces(
        tuple(_with_members(interface, members) if interface.name in members else interface for interface in found),
        source_routing=context.switch("ip source-route"),
    )


def families(ports: Sequence[Port]) -> tuple[int, ...]:
    """IPv4 always; IPv6 where an interface that is not shut down has an address of it."""
    for port in ports:
        if port.up and any(True for key in ("ipv6 address", "ipv6 link-local") for _ in port.take(key)):
            return (4, 6)
    return (4,)


def _with_members(interface: Interface, members: dict[str, list[str]]) -> Interface:
    return Interface(
        **{name: getattr(interface, name) for name in interface.__struct_fields__ if name != "members"},
        members=tuple(members[interface.name]),
    )


class _Defaults:
    """Documented defaults, looked up once for all interfaces."""

    def __init__(self, context: Context) -> None:
        self.redirects = context.absent("ip redirects", bool)
        self.proxy_arp = context.absent("ip proxy-arp", bool)
        self.directed_broadcast = context.absent("ip directed-broadcast", bool)
        self.unreachables = context.absent("ip unreachables", bool)
        switchport = context.reader.last("system default switchport")
        if switchport is None:
            self.switchport = _switched(context.ports)
        else:
            self.switchport = not switchport.text.startswith("no ")
        shut = context.reader.last("system default switchport shutdown")
        self.shut = shut is not None and not shut.text.startswith("no ")
        off = context.reader.last("system urpf disable")
        self.urpf = off is None or off.text.startswith("no ")


def _switched(ports: Sequence[Port]) -> bool:
    """What a silent port is: the device prints `switchport` or `no switchport` only where it is no default."""
    told = [one for port in ports for one in port.all("switchport") if len(one.words) == 1]
    return not told or any(one.negated for one in told)


def _interface(context: Context, port: Port, defaults: _Defaults) -> Interface:
    reader = context.reader
    reader.use(port.node)
    addresses, secondary, sources = _addresses(port)
    described = port.last("description")
    switchport = _switchport(port, defaults)
    group = port.value("channel-group")
    filters_in, filters_out = _filters(context, port)
    hardening = _hardening(port, defaults)
    return Interface(
        name=port.name,
        source=reader.source(port.node),
        addresses=tuple(addresses),
        description=described.node.text.partition(" ")[2] if described and not described.negated else "",
        shutdown=_shutdown(context, port, defaults, routed=switchport is None),
        vrf=port.vrf,
        sources=tuple(sources),
        secondary=tuple(secondary),
        filters_in=filters_in,
        filters_out=filters_out,
        urpf=_urpf(port) if defaults.urpf else Known(""),
        hardening=hardening if switchport is None else None,
        switchport=switchport,
        role=next((role for start, role in _ROLES if port.name.startswith(start)), ""),
        bundle=f"port-channel{group}" if group else "",
        dynamic="dhcp" in addresses,
    )


def _addresses(port: Port) -> tuple[list[str], list[str], list[Source]]:
    """`ip address A/N [secondary]` (also with a mask), `ipv6 address A/N`, `ipv6 link-local A`, `ip address dhcp`."""
    found: list[str] = []
    secondary: list[str] = []
    sources: list[Source] = []
    for key in ("ip address", "ipv6 address", "ipv6 link-local"):
        for words, node in port.take(key):
            if not words:
                continue
            address = words[0]
            if len(words) > 1 and _MASK.match(words[1]):
                address = f"{address}/{_length(words[1])}"
            found.append(_LINK_LOCAL if key == "ipv6 link-local" or address == "use-link-local-only" else address)
            sources.append(port.reader.source(node))
            if "secondary" in words[1:]:
                secondary.append(address)
    return found, secondary, sources


@lru_cache(maxsize=64)
def _length(mask: str) -> str:
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def _shutdown(context: Context, port: Port, defaults: _Defaults, *, routed: bool) -> bool:
    """The statement that holds; without one a routed port or VLAN of a whole configuration is down."""
    last = port.last("shutdown")
    if last is not None:
        return not last.negated
    if routed:
        down = port.name.startswith(("Ethernet", "Vlan"))
        return down and "." not in port.name and isinstance(context.complete, Known)
    return defaults.shut and port.name.startswith("Ethernet")


def _switchport(port: Port, defaults: _Defaults) -> Switchport | None:
    """`switchport ...`; `no switchport` makes a port a routed one."""
    if port.name.startswith(_LAYER3) or "." in port.name:
        port.all("switchport")
        return None
    settings = {"mode": "", "native": "", "allowed": "", "access": ""}
    layer2 = defaults.switchport
    for statement in port.all("switchport"):
        match statement.words[1:]:
            case []:
                layer2 = not statement.negated
            case ["mode", mode, *_]:
                settings["mode"] = "" if statement.negated else mode
            case ["access", "vlan", vlan, *_]:
                settings["access"] = vlan
            case ["trunk", "native", "vlan", vlan, *_]:
                settings["native"] = vlan
            case ["trunk", "allowed", "vlan", "add", vlans, *_]:
                settings["allowed"] = ",".join(part for part in (settings["allowed"], vlans) if part)
            case ["trunk", "allowed", "vlan", *vlans]:
                settings["allowed"] = " ".join(vlans)
    if not layer2:
        return None
    return Switchport(
        mode=settings["mode"],
        native_vlan=settings["native"],
        allowed_vlans=settings["allowed"],
        access_vlan=settings["access"],
        negotiates=_NO_DTP,
    )


_NO_DTP: Setting[bool] = Known(False, default="NX-OS has no statement of a trunking protocol; device YANG 9.3(2)")


def _filters(context: Context, port: Port) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """`ip [port] access-group A {in|out}`, `ipv6 [port] traffic-filter A {in|out}`."""
    found: dict[str, dict[tuple[str, int], Filter]] = {"in": {}, "out": {}}
    for key, family in _FILTERS:
        for words, node in port.take(key):
            names = words[1:] if key.endswith(" port") else words
            if len(names) > 1 and names[1] in found:
                found[names[1]][key, family] = bind(context.lists, names[0], family, port.reader.source(node))
    return tuple(found["in"].values()), tuple(found["out"].values())


def _urpf(port: Port) -> Setting[str]:
    """`ip verify unicast source reachable-via {rx|any}` and the same for IPv6."""
    mode = ""
    sources: list[Source] = []
    for key in ("ip verify", "ipv6 verify"):
        for words, node in port.take(key):
            if words[:3] == ["unicast", "source", "reachable-via"] and len(words) > 3:
                mode = "strict" if words[3] == "rx" else "loose"
                sources.append(port.reader.source(node))
    return Known(mode, tuple(sources))


def _hardening(port: Port, defaults: _Defaults) -> Hardening:
    return Hardening(
        redirects=_switch(port, "ip redirects", defaults.redirects),
        unreachables=_switch(port, "ip unreachables", defaults.unreachables),
        proxy_arp=_switch(port, "ip proxy-arp", defaults.proxy_arp),
        directed_broadcast=_switch(port, "ip directed-broadcast", defaults.directed_broadcast),
    )


def _switch(block: Block, key: str, default: Setting[bool]) -> Setting[bool]:
    last = block.last(key)
    return default if last is None else Known(not last.negated, (block.source(last),))


def discovery(context: Context) -> Discovery:
    """Read `[no] cdp enable` and `feature lldp`, and interfaces that differ."""
    for start in ("cdp", "no cdp", "lldp", "no lldp"):
        context.reader.use(*context.reader.find(start))
    return Discovery((_discovery(context, "cdp"), _discovery(context, "lldp")))


def _discovery(context: Context, protocol: str) -> DiscoverySetting:
    on: list[str] = []
    off: list[str] = []
    sources: list[Source] = []
    for port in context.ports:
        for statement in port.all(protocol):
            if statement.words[1:2] and statement.words[1] in ("enable", "transmit", "receive"):
                (off if statement.negated else on).append(port.name)
                sources.append(port.source(statement))
    enabled = context.feature("lldp") if protocol == "lldp" else context.switch("cdp enable")
    return DiscoverySetting(
        protocol=protocol,
        enabled=enabled,
        on=tuple(dict.fromkeys(on)),
        off=tuple(dict.fromkeys(off)),
        sources=tuple(sources),
    )
