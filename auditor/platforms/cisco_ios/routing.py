"""Static routes, policy routing and interfaces (syntax-ios-family A.7, A.12)."""

import ipaddress
import re
from functools import lru_cache

from auditor.model.areas import Interface, Interfaces, Redirect, Redirection, Routes, StaticRoute
from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_INTERFACE = re.compile(r"[A-Za-z][A-Za-z-]*\d")
_ADDRESS = re.compile(r"[0-9a-fA-F.:]+$")


def interfaces(reader: Reader) -> Interfaces:
    """Read names, addresses, VRF, description and state of interfaces."""
    return Interfaces(tuple(_interface(reader, node, words) for words, node in reader.take("interface") if words))


def families(found: Interfaces) -> tuple[int, ...]:
    """Address families in which the device can be reached: IPv4 always, IPv6 where an interface that is up has it."""
    six = any(
        ":" in address for interface in found.interfaces if not interface.shutdown for address in interface.addresses
    )
    return (4, 6) if six else (4,)


def _interface(reader: Reader, node: Node, words: list[str]) -> Interface:
    shutdown = reader.last("shutdown", node)
    description = [inner.text for _, inner in reader.take("description", node)]
    vrf = [
        parts[0] for start in ("vrf forwarding", "ip vrf forwarding") for parts, _ in reader.take(start, node) if parts
    ]
    return Interface(
        name=" ".join(words),
        source=reader.source(node),
        addresses=tuple(_addresses(reader, node)),
        description=description[-1].removeprefix("description ") if description else "",
        shutdown=shutdown is not None and shutdown.text == "shutdown",
        vrf=vrf[-1] if vrf else "",
    )


def _addresses(reader: Reader, node: Node) -> list[str]:
    found = []
    for words, _ in reader.take("ip address", node):
        match words:
            case [address, mask, *_] if _ADDRESS.match(address):
                found.append(f"{address}/{_length(mask)}")
    for words, _ in reader.take("ipv6 address", node):
        if words:
            # `autoconfig`, `dhcp` and prefix names give an address that is not written here.
            found.append(words[0] if ":" in words[0] else "fe80::/10")
    if any(True for _ in reader.take("ipv6 enable", node)):
        found.append("fe80::/10")
    return found


@lru_cache(maxsize=64)
def _length(mask: str) -> str:
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def routes(reader: Reader) -> Routes:
    """Read `ip route [vrf V] P M {NH|I} [NH] ...` and `ipv6 route ...`."""
    found = []
    for start in ("ip route", "ipv6 route"):
        for words, node in reader.take(start):
            vrf = ""
            if words[:1] == ["vrf"] and len(words) > 2:
                vrf, words = words[1], words[2:]
            route = _route(words, vrf, reader.source(node))
            if route is not None:
                found.append(route)
            else:
                reader.give_back(node)
    return Routes(tuple(found))


def _route(words: list[str], vrf: str, source: Source) -> StaticRoute | None:
    match words:
        case [prefix, *rest] if "/" in prefix and rest:
            pass
        case [address, mask, *rest] if _ADDRESS.match(address) and rest:
            prefix = f"{address}/{_length(mask)}"
        case _:
            return None
    interface = rest[0] if _INTERFACE.match(rest[0]) else ""
    hop = rest[1] if interface and len(rest) > 1 else rest[0]
    return StaticRoute(prefix, hop if _ADDRESS.match(hop) else "", interface, source, vrf)


def redirection(reader: Reader) -> Redirection:
    """Read route maps that are bound by `ip policy route-map` or `ip local policy route-map`, and what they set."""
    bound: dict[str, list[Source]] = {}
    for words, node in reader.take("ip local policy route-map"):
        if words:
            bound.setdefault(words[0], []).append(reader.source(node))
    for port in reader.find("interface"):
        for start in ("ip policy route-map", "ipv6 policy route-map"):
            for words, node in reader.take(start, port):
                if words:
                    bound.setdefault(words[0], []).append(reader.source(node))
    found = []
    for node in reader.find("route-map"):
        name = node.words[1] if len(node.words) > 1 else ""
        if name in bound:
            reader.use(node)
            found += _sets(reader, node, name, tuple(bound[name]))
    return Redirection(tuple(found))


def _sets(reader: Reader, node: Node, name: str, bound: tuple[Source, ...]) -> list[Redirect]:
    found = []
    for start in ("set ip next-hop", "set ip default next-hop", "set ipv6 next-hop"):
        for words, inner in reader.take(start, node):
            found += [
                Redirect(name, "address", word, reader.source(inner), bound) for word in words if _ADDRESS.match(word)
            ]
    for start in ("set interface", "set default interface"):
        for words, inner in reader.take(start, node):
            found += [Redirect(name, "interface", word, reader.source(inner), bound) for word in words]
    return found
