"""Interfaces, static routes and policy routing in frr.conf (syntax-ios-family E.7; FRR staticd, pbrd)."""

import ipaddress
import re

from auditor.model.areas import Interface, Interfaces, Redirect, Redirection, Routes, StaticRoute
from auditor.model.evidence import Code, Source, Unknown
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_ADDRESS = re.compile(r"(?=.*[.:])[0-9a-fA-F.:]+$")
_OPTIONS = frozenset(
    ("tag", "metric", "vrf", "label", "table", "nexthop-vrf", "weight", "onlink", "color", "bfd", "segments")
)

_SYSCTL = Unknown(Code.STATE, "source addresses are checked by rp_filter, a sysctl of Linux that was not collected")
_NETFILTER = Unknown(Code.STATE, "interfaces are filtered by the firewall of Linux, whose rules were not collected")


def interfaces(reader: Reader) -> Interfaces:
    """Read `interface NAME [vrf V]`; addresses that Linux set itself stand in no file of FRR."""
    return Interfaces(tuple(_interface(reader, node, words) for words, node in reader.take("interface") if words))


def _interface(reader: Reader, node: Node, words: list[str]) -> Interface:
    shutdown = reader.last("shutdown", node)
    descriptions = [inner.text.removeprefix("description ") for _, inner in reader.take("description", node)]
    vrfs = [parts[0] for parts, _ in reader.take("vrf", node) if parts]
    vrfs += words[2:3] if words[1:2] == ["vrf"] else []
    addresses = [parts[0] for start in ("ip address", "ipv6 address") for parts, _ in reader.take(start, node) if parts]
    return Interface(
        name=words[0],
        source=reader.source(node),
        addresses=tuple(addresses),
        description=descriptions[-1] if descriptions else "",
        shutdown=shutdown is not None and shutdown.text == "shutdown",
        vrf=vrfs[-1] if vrfs else "",
        urpf=_SYSCTL,
        filters_known=_NETFILTER,
    )


def routes(reader: Reader) -> Routes:
    """Read `ip route P {NH [IF]|IF|blackhole|reject} ...` and `ipv6 route P [from S] ...`, also inside `vrf V`."""
    found = []
    blocks: list[tuple[Node | None, str]] = [(None, "")]
    blocks += [(node, words[0]) for words, node in reader.take("vrf") if words]
    for block, vrf in blocks:
        for start in ("ip route", "ipv6 route"):
            for words, node in reader.take(start, block):
                route = _route(words, vrf, reader.source(node))
                if route is None:
                    reader.give_back(node)
                else:
                    found.append(route)
    return Routes(tuple(sorted(found, key=lambda route: route.source.line)))


def _route(words: list[str], vrf: str, source: Source) -> StaticRoute | None:
    match words:
        case [prefix, "from", _, *rest] if "/" in prefix and rest:
            pass
        case [prefix, *rest] if "/" in prefix and rest:
            pass
        case [address, mask, *rest] if _ADDRESS.match(address) and rest:
            prefix = f"{address}/{_length(mask)}"
        case _:
            return None
    hop = rest[0] if _ADDRESS.match(rest[0]) else ""
    after = rest[1:] if hop else rest
    named = after[0] if after and after[0] not in _OPTIONS and not after[0].isdigit() else ""
    vrf = rest[rest.index("vrf") + 1] if "vrf" in rest[:-1] else vrf
    leaked = rest[rest.index("nexthop-vrf") + 1] if "nexthop-vrf" in rest[:-1] else ""
    return StaticRoute(prefix, hop, named, source, vrf, next_vrf="global" if leaked == "default" else leaked)


def _length(mask: str) -> str:
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def redirection(reader: Reader) -> Redirection:
    """Read `pbr-map M seq N` with `set nexthop` or `set nexthop-group`, as far as an interface binds it.

    `set vrf V` sends traffic to another table, which is neither an interface nor an address: it stays unread.
    """
    bound: dict[str, list[Source]] = {}
    for port in reader.find("interface"):
        for words, node in reader.take("pbr-policy", port):
            if words:
                bound.setdefault(words[0], []).append(reader.source(node))
    groups = {words[0]: node for words, node in reader.take("nexthop-group") if words}
    found = []
    for words, node in reader.take("pbr-map"):
        name = words[0] if words else ""
        reader.use(
            *(inner for inner in node.children if inner.words[0] == "match" or inner.text == "set vrf unchanged")
        )
        redirects = _sets(reader, node, name, tuple(bound.get(name, ())), groups)
        found += redirects if name in bound else []
    return Redirection(tuple(found))


def _sets(reader: Reader, node: Node, name: str, bound: tuple[Source, ...], groups: dict[str, Node]) -> list[Redirect]:
    found = []
    for words, inner in reader.take("set nexthop", node):
        found += _target(name, words, reader.source(inner), bound)
    for words, inner in reader.take("set nexthop-group", node):
        group = groups.get(words[0] if words else "")
        if group is None:
            reader.give_back(inner)
            continue
        for hop, member in reader.take("nexthop", group):
            found += _target(name, hop, reader.source(member), (*bound, reader.source(inner)))
    return found


def _target(name: str, words: list[str], source: Source, bound: tuple[Source, ...]) -> list[Redirect]:
    if not words or words[0] == "blackhole":
        return []
    kind = "address" if _ADDRESS.match(words[0]) else "interface"
    return [Redirect(name, kind, words[0], source, bound)]
