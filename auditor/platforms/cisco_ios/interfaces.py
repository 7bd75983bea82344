"""Interfaces and discovery protocols (syntax-ios-family A.8, A.12)."""

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

from auditor.model.areas import Discovery, DiscoverySetting, Filter, Hardening, Interface, Interfaces, Switchport
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_ADDRESS = re.compile(r"[0-9a-fA-F.:]+$")
_SWITCHES = ("redirects", "unreachables", "proxy-arp", "directed-broadcast")
_ROLES: tuple[tuple[str, str], ...] = (
    ("loopback", "loopback"),
    ("tunnel", "tunnel"),
    ("vlan", "vlan"),
    ("bdi", "vlan"),
    ("port-channel", "bundle"),
    ("bvi", "bridge"),
    ("mgmt", "management"),
    ("management", "management"),
)
_MANAGEMENT_VRFS = ("mgmt-intf", "mgmt-vrf")
_LEARNED = "fe80::/10"
"""`autoconfig`, `dhcp` and prefix names give an address that is not written here."""


def interfaces(context: Context, ports: Sequence[Port], lists: Lists) -> Interfaces:
    """Read addresses, VRF, description, state, filters, uRPF, ICMP switches, `switchport ...` and `channel-group N`."""
    usual = _Usual(context)
    members: dict[str, list[str]] = {}
    for port in ports:
        bundle = _bundle(port)
        if bundle:
            members.setdefault(bundle.lower(), []).append(port.name)
    return Interfaces(
        tuple(_interface(context, port, lists, usual, members) for port in ports),
        source_routing=context.switch("ip source-route"),
    )


def families(found: Interfaces) -> tuple[int, ...]:
    """Address families in which the device can be reached: IPv4 always, IPv6 where an interface that is up has it."""
    six = any(
        ":" in address for interface in found.interfaces if not interface.shutdown for address in interface.addresses
    )
    return (4, 6) if six else (4,)


class _Usual:
    """The switches of an interface that writes none of them: one value for all such interfaces."""

    def __init__(self, context: Context) -> None:
        self.context = context
        absent = [context.absent(f"ip {word}", bool) for word in _SWITCHES]
        proxying = context.reader.last("ip arp proxy disable")
        if proxying is not None and not proxying.text.startswith("no "):
            absent[2] = Known(False, context.sources(proxying))
        self.hardening = Hardening(*absent)

    def of(self, port: Port) -> Hardening:
        """`[no] ip {redirects|unreachables|proxy-arp|directed-broadcast}`."""
        written = [port.block.switch(f"ip {word}") for word in _SWITCHES]
        if not any(written):
            return self.hardening
        usual = (getattr(self.hardening, name) for name in Hardening.__struct_fields__)
        settings = (
            absent if node is None else self.context.stated(node) for node, absent in zip(written, usual, strict=True)
        )
        return Hardening(*settings)


def _interface(context: Context, port: Port, lists: Lists, usual: _Usual, members: dict[str, list[str]]) -> Interface:
    reader, block = context.reader, port.block
    addresses, secondary, sources, learned = _addresses(reader, port)
    description = block.last("description")
    return Interface(
        name=port.name,
        source=port.source,
        addresses=tuple(addresses),
        description=description.text[12:].strip() if description is not None else "",
        shutdown=port.shutdown,
        vrf=port.vrf,
        sources=tuple(sources),
        secondary=tuple(secondary),
        filters_in=_filters(context, port, lists, "in"),
        filters_out=_filters(context, port, lists, "out"),
        urpf=_urpf(reader, port),
        hardening=usual.of(port),
        switchport=_switchport(reader, port),
        role=_role(port),
        members=tuple(members.get(port.name.lower(), ())),
        bundle=_bundle(port),
        dynamic=learned,
        instances=tuple(node.text.split()[2] for node in block.all("service instance") if len(node.text.split()) > 2),
    )


def _addresses(reader: Reader, port: Port) -> tuple[list[str], list[str], list[Source], bool]:
    """`ip address A M [secondary]`, `ip address {dhcp|negotiated}`, `ip unnumbered I`, `ipv6 address P [anycast]`, `ipv6 enable`."""
    found: list[str] = []
    secondary: list[str] = []
    sources: list[Source] = []
    learned = port.block.last("ip unnumbered") is not None
    for node in port.block.all("ip address"):
        match node.text.split()[2:]:
            case [prefix, *rest] if "/" in prefix:
                found.append(prefix)
            case [address, mask, *rest] if _ADDRESS.match(address):
                found.append(f"{address}/{length(mask)}")
            case [word, *_]:
                learned = learned or word.startswith(("dhcp", "negotiated"))
                continue
            case _:
                reader.give_back(node)
                continue
        sources.append(reader.source(node))
        if "secondary" in rest:
            secondary.append(found[-1])
    for node in (*port.block.all("ipv6 address"), *port.block.all("ipv6 enable")):
        words = node.text.split()[2:]
        found.append(words[0] if words and ":" in words[0] else _LEARNED)
        learned = learned or words[:1] in (["dhcp"], ["autoconfig"])
        sources.append(reader.source(node))
    return found, secondary, sources, learned


@lru_cache(maxsize=64)
def length(mask: str) -> str:
    """The length of a prefix by its mask; the mask itself where it is none."""
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def _filters(context: Context, port: Port, lists: Lists, direction: str) -> tuple[Filter, ...]:
    """`ip access-group A {in|out}` and `ipv6 traffic-filter A {in|out}`; a later line replaces the earlier."""
    found: dict[int, Filter] = {}
    for key, family in (("ip access-group", 4), ("ipv6 traffic-filter", 6)):
        for node in port.block.all(key):
            words = node.text.split()
            if len(words) > 3 and words[3] == direction:
                source = context.reader.source(node)
                context.refer("access-list", words[2], f"interface {port.name}", source, family, direction)
                found[family] = lists.on_interface(words[2], family, source)
    return tuple(found.values())


def _urpf(reader: Reader, port: Port) -> Setting[str]:
    """`ip verify unicast source reachable-via {rx|any}` and the old `ip verify unicast reverse-path`."""
    for node in (*port.block.all("ip verify"), *port.block.all("ipv6 verify")):
        if "unicast" in node.text:
            loose = "reachable-via any" in node.text
            return Known("loose" if loose else "strict", (reader.source(node),))
    return _NO_CHECK


_NO_CHECK: Setting[str] = Known("")


def _switchport(reader: Reader, port: Port) -> Switchport | None:
    """`switchport mode M`, `switchport access vlan N`, `switchport trunk {native|allowed} vlan L`, `nonegotiate`."""
    lines = port.block.all("switchport")
    if not lines or port.block.last("no switchport") is not None:
        return None
    mode, native, allowed, access = "", "", [], ""
    negotiates: Setting[bool] = Unknown(Code.DEFAULT, f"{port.name} does not say whether it negotiates trunking")
    for node in lines:
        match node.text.split()[1:]:
            case ["mode", "dynamic", *_]:
                mode, negotiates = "dynamic", Known(True, (reader.source(node),))
            case ["mode", *words]:
                mode = words[0] if words else ""
            case ["nonegotiate"]:
                negotiates = Known(False, (reader.source(node),))
            case ["access", "vlan", vlan]:
                access = vlan
            case ["trunk", "native", "vlan", *vlan]:
                native = " ".join(vlan)
            case ["trunk", "allowed", "vlan", "add", *vlans]:
                allowed += vlans
            case ["trunk", "allowed", "vlan", *vlans]:
                allowed = vlans
    return Switchport(mode, negotiates, native, ",".join(allowed), access)


def _role(port: Port) -> str:
    name = port.name.lower()
    if port.vrf.lower() in _MANAGEMENT_VRFS:
        return "management"
    return next((role for start, role in _ROLES if name.startswith(start)), "")


def _bundle(port: Port) -> str:
    node = port.block.last("channel-group")
    words = node.text.split() if node is not None else []
    return f"Port-channel{words[1]}" if len(words) > 1 else ""


def discovery(context: Context, ports: Sequence[Port]) -> Discovery:
    """Read `[no] cdp run`, `[no] lldp run`, and on interfaces `[no] cdp enable`, `[no] lldp {transmit|receive}`."""
    return Discovery(
        (
            _protocol(context, ports, "cdp", ("cdp enable",)),
            _protocol(context, ports, "lldp", ("lldp transmit", "lldp receive")),
        )
    )


def _protocol(context: Context, ports: Sequence[Port], name: str, keys: tuple[str, ...]) -> DiscoverySetting:
    on: list[str] = []
    off: list[str] = []
    nodes: list[Node] = []
    for port in ports:
        written = [node for key in keys if (node := port.block.switch(key)) is not None]
        nodes += written
        if written:
            silent = all(node.text.startswith("no ") for node in written)
            (off if silent else on).append(port.name)
    switch = context.reader.last(f"{name} run")
    enabled = context.absent(f"{name} run", bool) if switch is None else context.stated(switch)
    return DiscoverySetting(name, enabled, tuple(on), tuple(off), context.sources(switch, *nodes))
