"""Interfaces and discovery (syntax-other-families D12)."""

from collections.abc import Iterable

import msgspec

from auditor.model.areas import Discovery, DiscoverySetting, Filter, Hardening, Interface, Interfaces, Switchport
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.config import Config, Port, shut
from auditor.platforms.huawei_vrp.defaults import UNDEFINED_TRAFFIC
from auditor.platforms.huawei_vrp.words import ADDRESS, length
from auditor.syntax.tree import Node

_ROLES = (
    ("loopback", "loopback"),
    ("meth", "management"),
    ("tunnel", "tunnel"),
    ("nve", "tunnel"),
    ("vlanif", "vlan"),
    ("eth-trunk", "bundle"),
    ("ip-trunk", "bundle"),
    ("vbdif", "bridge"),
    ("bdif", "bridge"),
)


def interfaces(config: Config) -> Interfaces:
    """Read addresses, VPN instance, description, state, filters, uRPF, switches and layer-2 settings of interfaces."""
    members: dict[str, list[str]] = {}
    bundles: dict[str, str] = {}
    for port in config.having("eth-trunk", "trunkport"):
        for node in port.all("eth-trunk"):
            config.reader.use(node)
            name = f"Eth-Trunk{node.words[1]}" if len(node.words) > 1 else ""
            members.setdefault(name, []).append(port.name)
            bundles[port.name] = name
        for node in port.all("trunkport"):
            config.reader.use(node)
            for member in node.words[1:]:
                members.setdefault(port.name, []).append(member)
                bundles[member] = port.name
    found = [
        _interface(config, port, tuple(members.get(port.name, ())), bundles.get(port.name, ""))
        for port in config.ports.values()
    ]
    return Interfaces(tuple(found), source_routing=_source_routing(config))


class _Addresses(msgspec.Struct):
    found: list[str] = msgspec.field(default_factory=list)
    secondary: list[str] = msgspec.field(default_factory=list)
    sources: list[Source] = msgspec.field(default_factory=list)
    vrf: str = ""
    dynamic: bool = False


def _interface(config: Config, port: Port, members: tuple[str, ...], bundle: str) -> Interface:
    reader = config.reader
    descriptions = port.all("description")
    reader.use(*descriptions, *port.all("shutdown"), *port.all("undo shutdown"))
    addresses = _addresses(config, port)
    filters = _filters(config, port)
    return Interface(
        name=port.name,
        source=port.source,
        addresses=tuple(addresses.found),
        description=descriptions[-1].text.removeprefix("description ") if descriptions else "",
        shutdown=shut(port),
        vrf=addresses.vrf,
        sources=tuple(addresses.sources),
        secondary=tuple(addresses.secondary),
        filters_in=tuple(bound for direction, bound in filters if direction == "in"),
        filters_out=tuple(bound for direction, bound in filters if direction == "out"),
        urpf=_urpf(config, port),
        hardening=_hardening(config, port),
        switchport=_switchport(config, port),
        role=next((role for start, role in _ROLES if port.name.lower().startswith(start)), ""),
        members=members,
        bundle=bundle,
        dynamic=addresses.dynamic,
    )


def _addresses(config: Config, port: Port) -> _Addresses:
    """`ip address A M [sub]`, `ip address {dhcp-alloc | ppp-negotiate | unnumbered ...}`, `ipv6 address A/L | A L`, VPN instance."""
    said = _Addresses()
    for node in (*port.all("ip"), *port.all("ipv6")):
        words = node.words
        match words[1:]:
            case ["address", "unnumbered", *_] | ["address", "auto", "link-local", *_] | ["enable"]:
                pass
            case ["address", "dhcp-alloc" | "ppp-negotiate" | "bootp-alloc" | "auto", *_]:
                said.dynamic = True
            case ["address", address, *rest] if ADDRESS.match(address.split("/")[0]):
                bits = rest[0] if rest and "/" not in address else ""
                text = address if "/" in address else f"{address}/{length(bits)}" if bits else address
                said.found.append(text)
                said.sources.append(config.reader.source(node))
                if "sub" in rest:
                    said.secondary.append(text)
            case ["binding", "vpn-instance", name, *_]:
                said.vrf = name
            case _:
                continue
        config.reader.use(node)
    return said


_PASSES: Setting[bool] = Known(True, default=UNDEFINED_TRAFFIC)


def _filters(config: Config, port: Port) -> list[tuple[str, Filter]]:
    """`traffic-{filter|secure} {inbound|outbound} [ipv6] acl [name] N`, `firewall packet-filter N {inbound|outbound}`."""
    found: list[tuple[str, Filter]] = []
    _limits(config, port)
    for node in (
        *port.all("traffic-filter"),
        *port.all("traffic-secure"),
        *port.all("firewall"),
        *port.all("packet-filter"),
    ):
        words = node.words
        direction = "out" if "outbound" in words else "in"
        rest = words[words.index("acl") + 1 :] if "acl" in words else [word for word in words[1:] if word.isdigit()]
        name = next((word for word in rest if word not in ("name", "number", "ipv6")), "")
        family = 6 if "ipv6" in words else 4
        source = config.reader.source(node)
        config.reader.use(node)
        where = f"interface {port.name}"
        bound = config.lists.bind(name, family, where, source, _PASSES, direction, forwards=True)
        found.append((direction, bound))
    return found


_LIMITS = ("traffic-limit", "traffic-remark", "traffic-statistic", "traffic-statistics")


def _limits(config: Config, port: Port) -> None:
    """`traffic-limit inbound acl N ...` and its like use a list and let everything through."""
    for word in _LIMITS:
        for node in port.all(word):
            words = node.words
            if "acl" not in words[:-1]:
                continue
            config.reader.use(node)
            rest = [one for one in words[words.index("acl") + 1 :] if one not in ("name", "ipv6")]
            if rest:
                family = 6 if "ipv6" in words else 4
                source = config.reader.source(node)
                config.lists.use(rest[0], family, f"interface {port.name}", source, forwards=True)


def _urpf(config: Config, port: Port) -> Setting[str]:
    """`[ip] urpf {strict|loose} [allow-default-route]`, `ipv6 urpf ...`."""
    nodes = [*port.all("ip urpf"), *port.all("urpf"), *port.all("ipv6 urpf")]
    config.reader.use(*nodes)
    for node in nodes:
        mode = next((word for word in node.words if word in ("strict", "loose")), "")
        if mode:
            return Known(mode, (config.reader.source(node),))
    return Known("")


_NOT_WRITTEN = Unknown(Code.DEFAULT, "neither the statement nor its opposite is written")


def _hardening(config: Config, port: Port) -> Hardening:
    return Hardening(
        redirects=_switch(config, port, ("icmp redirect send", "icmp redirect")),
        unreachables=_switch(config, port, ("icmp host-unreachable send", "icmp unreachable send")),
        proxy_arp=_switch(
            config, port, ("arp-proxy enable", "arp-proxy inter-sub-vlan-proxy enable", "proxy arp", "arp-proxy")
        ),
        directed_broadcast=_switch(config, port, ("ip forward-broadcast",)),
    )


def _switch(config: Config, port: Port, starts: tuple[str, ...]) -> Setting[bool]:
    for start in starts:
        node = port.last(start)
        if node is not None:
            config.reader.use(node)
            return Known(not node.text.startswith("undo "), (config.reader.source(node),))
    return _NOT_WRITTEN


def _switchport(config: Config, port: Port) -> Switchport | None:
    """`port link-type M`, `port default vlan N`, `port trunk {pvid vlan N | allow-pass vlan L}`, `port hybrid ...`, `portswitch`."""
    nodes = port.all("port")
    switched = port.all("portswitch")
    config.reader.use(*switched, *port.all("undo portswitch"), *port.all("undo port"))
    if not nodes and not switched:
        return None
    config.reader.use(*nodes)
    mode = native = access = ""
    allowed: list[str] = []
    for node in nodes:
        match node.words[1:]:
            case ["link-type", kind, *_]:
                mode = {
                    "dot1q-tunnel": "access",
                    "negotiation-desirable": "dynamic",
                    "negotiation-auto": "dynamic",
                }.get(kind, kind)
            case ["default", "vlan", number, *_]:
                access = number
            case ["trunk" | "hybrid", "pvid", "vlan", number, *_]:
                native = number
            case ["trunk", "allow-pass", "vlan", *rest]:
                allowed += rest
            case ["hybrid", "tagged" | "untagged", "vlan", *rest]:
                allowed += rest
    return Switchport(mode=mode, native_vlan=native, allowed_vlans=" ".join(allowed), access_vlan=access)


def _source_routing(config: Config) -> Setting[bool]:
    """`undo ip option source-route enable`, `discard srr`, `ip option source-route enable`."""
    for start in ("ip option source-route", "ip source-route", "ip option source-route enable"):
        node = config.last(start)
        if node is not None:
            return Known(not node.text.startswith("undo "), (config.reader.source(node),))
    return Unknown(Code.DEFAULT, "no statement about IP source routes, and the default is not documented")


def discovery(config: Config) -> Discovery:
    """Read `lldp enable`, `undo lldp enable` globally and on interfaces, `lldp admin-status`, `lldp compliance cdp receive`, NDP."""
    enabled = config.switch("lldp enable")
    found = [_setting(config, "lldp", enabled, "lldp")]
    heard = [node for port in config.having("lldp") for node in port.all("lldp compliance cdp")]
    heard += list(config.reader.find("lldp compliance cdp"))
    config.reader.use(*heard, *config.reader.find("lldp"), *config.reader.find("undo lldp"))
    if heard:
        sources = tuple(config.reader.source(node) for node in heard)
        found.append(DiscoverySetting("cdp", Known(True, sources), sources=sources))
    found += list(_old(config))
    return Discovery(tuple(found))


def _setting(config: Config, protocol: str, enabled: Setting[bool], word: str) -> DiscoverySetting:
    on: list[str] = []
    off: list[str] = []
    sources: list[Source] = []
    for port in config.ports.values():
        nodes: list[Node] = [*port.all(word), *port.all(f"undo {word}")]
        config.reader.use(*nodes)
        for node in nodes:
            quiet = node.text.startswith(f"undo {word} enable") or node.text in (
                f"{word} disable",
                f"{word} admin-status disable",
            )
            if quiet:
                off.append(port.name)
            elif node.text in (f"{word} enable", f"{word} admin-status txrx", f"{word} admin-status tx-rx"):
                on.append(port.name)
            else:
                continue
            sources.append(config.reader.source(node))
    return DiscoverySetting(protocol, enabled, tuple(on), tuple(off), tuple(sources))


def _old(config: Config) -> Iterable[DiscoverySetting]:
    """`ndp enable`, `ntdp enable`: Huawei's own neighbour discovery of older switches."""
    nodes = [
        *config.reader.find("ndp"),
        *config.reader.find("ntdp"),
        *config.reader.find("undo ndp"),
        *config.reader.find("undo ntdp"),
    ]
    config.reader.use(*nodes)
    on = tuple(config.reader.source(node) for node in nodes if node.text in ("ndp enable", "ntdp enable"))
    if on:
        yield _setting(config, "ndp", Known(True, on), "ndp")
