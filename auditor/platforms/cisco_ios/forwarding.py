"""Static routes, redirection by policy, address translation (syntax-ios-family A.7)."""

import re
from collections.abc import Sequence

from auditor.model.areas import (
    Nat,
    NextHopRewrite,
    Redirect,
    Redirection,
    Routes,
    StaticRoute,
    Translation,
)
from auditor.model.evidence import Source
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.interfaces import length
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node

_INTERFACE = re.compile(r"[A-Za-z][A-Za-z-]*\d")
_ADDRESS = re.compile(r"[0-9a-fA-F.:]+$")
_SINK = "null0"


def routes(context: Context) -> Routes:
    """Read `ip route [vrf V] P M {NH|I [NH]} [global] [DISTANCE] [name N] [tag T] [track X]` and `ipv6 route ...`."""
    reader = context.reader
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
            prefix = f"{address}/{length(mask)}"
        case _:
            return None
    interface = rest[0] if _INTERFACE.match(rest[0]) else ""
    hop = rest[1] if interface and len(rest) > 1 else rest[0]
    return StaticRoute(
        prefix,
        hop if _ADDRESS.match(hop) and ("." in hop or ":" in hop) else "",
        interface,
        source,
        vrf,
        discard=interface.lower() == _SINK,
        next_vrf="global" if "global" in rest else after(rest, "nexthop-vrf"),
        name=after(rest, "name"),
    )


def _maps(reader: Reader) -> dict[str, list[Node]]:
    """Route maps of the configuration: their sequences by name."""
    found: dict[str, list[Node]] = {}
    for node in reader.find("route-map"):
        words = node.text.split()
        if len(words) > 1:
            found.setdefault(words[1], []).append(node)
    return found


def redirection(context: Context, ports: Sequence[Port]) -> Redirection:
    """Read route maps with what they match and set, where policy routing binds them, WCCP, and FlowSpec.

    `ip policy route-map R` and `ipv6 policy route-map R` of interfaces, `ip local policy route-map R`; a map that sets
    a next hop and is used by a routing protocol rewrites routes, and one that nothing uses diverts nothing. Routing has
    to be read before, so that its uses are known.
    """
    reader = context.reader
    policy = _policies(context, ports)
    elsewhere: dict[str, list[Source]] = {}
    for use in context.uses:
        if use.kind == "route-map" and use.name not in policy:
            elsewhere.setdefault(use.name, []).append(use.source)
    for name, sources in policy.items():
        for source, where in sources:
            context.refer("route-map", name, where, source)
    redirects: list[Redirect] = []
    rewrites: list[NextHopRewrite] = []
    for name, nodes in _maps(reader).items():
        bound = tuple(source for source, _ in policy.get(name, ()))
        for node in nodes:
            matches = _matches(context, name, node)
            if name in elsewhere:
                rewrites += _rewrites(reader, node, name, matches, tuple(elsewhere[name]))
            elif bound:
                redirects += _sets(reader, node, name, matches, bound)
            reader.use_block(node)
    redirects += _caches(context, ports)
    return Redirection(tuple(redirects), tuple(rewrites), tuple(_flowspec(reader)))


def _policies(context: Context, ports: Sequence[Port]) -> dict[str, list[tuple[Source, str]]]:
    reader = context.reader
    bound: dict[str, list[tuple[Source, str]]] = {}
    for start in ("ip local policy route-map", "ipv6 local policy route-map"):
        for words, node in reader.take(start):
            if words:
                bound.setdefault(words[0], []).append((reader.source(node), "local policy"))
    for port in ports:
        for key in ("ip policy", "ipv6 policy"):
            # An interface has one policy of each family: the last statement holds.
            lines = sorted((*port.block.all(key), *port.block.all(f"no {key}")), key=lambda node: node.number)
            reader.use(*lines)
            for node in lines[-1:]:
                name = after(node.text.split(), "route-map")
                if name and not node.text.startswith("no "):
                    bound.setdefault(name, []).append((reader.source(node), f"interface {port.name}"))
    return bound


_Matches = tuple[tuple[str, ...], tuple[Source, ...]]


def _matches(context: Context, name: str, node: Node) -> _Matches:
    """`match {ip|ipv6} address [prefix-list] L...`, `match community C`, `match tag T`: the names and their lines."""
    names: list[str] = []
    sources: list[Source] = []
    for inner in node.children:
        words = inner.text.split()
        if words[0] != "match":
            continue
        source = context.reader.source(inner)
        sources.append(source)
        lists = words[3:] if len(words) > 3 and words[1] in ("ip", "ipv6") else words[2:]
        kind = "prefix-list" if lists[:1] == ["prefix-list"] else "access-list"
        lists = lists[1:] if kind == "prefix-list" else lists
        names += lists
        if words[1:3] in (["ip", "address"], ["ipv6", "address"], ["ip", "next-hop"], ["ip", "route-source"]):
            for one in lists:
                context.refer(kind, one, f"route-map {name}", source, 6 if words[1] == "ipv6" else 4)
    return tuple(names), tuple(sources)


def _targets(words: Sequence[str]) -> tuple[str, str, list[str]] | None:
    """Kind of target, VRF, and targets of a `set` statement."""
    match words:
        case ["ip" | "ipv6", "default", "next-hop", *hops] | ["ip" | "ipv6", "global", "next-hop", *hops]:
            return "address", "", [word for word in hops if _is_address(word)]
        case ["ip" | "ipv6", "vrf", vrf, "next-hop", *hops]:
            return "address", vrf, [word for word in hops if _is_address(word)]
        case ["ip" | "ipv6", "next-hop", *hops]:
            return "address", "", [word for word in hops if _is_address(word)]
        case ["default", "interface", *names] | ["interface", *names]:
            return "interface", "", list(names)
        case ["vrf", vrf] | ["global" as vrf]:
            return "vrf", "", [vrf]
    return None


def _is_address(word: str) -> bool:
    return _ADDRESS.match(word) is not None and ("." in word or ":" in word)


def _sets(reader: Reader, node: Node, name: str, matches: _Matches, bound: tuple[Source, ...]) -> list[Redirect]:
    """`set ip [default] next-hop [verify-availability|recursive] A`, `set [default] interface I`, `set vrf V`."""
    found = []
    for inner in node.children:
        words = inner.text.split()
        told = _targets(words[1:]) if words[0] == "set" else None
        if told is not None:
            kind, vrf, targets = told
            found += [
                Redirect(name, kind, target, reader.source(inner), bound, matches[0], vrf, matches[1])
                for target in targets
            ]
    return found


def _rewrites(
    reader: Reader, node: Node, name: str, matches: _Matches, bound: tuple[Source, ...]
) -> list[NextHopRewrite]:
    """The same statements in a map of a routing protocol give routes another next hop."""
    found = []
    for inner in node.children:
        words = inner.text.split()
        told = _targets(words[1:]) if words[0] == "set" else None
        if told is not None:
            for target in told[2]:
                sink = target.lower() == _SINK
                found.append(NextHopRewrite(name, target, reader.source(inner), matches[0], sink, bound))
    return found


def _caches(context: Context, ports: Sequence[Port]) -> list[Redirect]:
    """`ip wccp {web-cache|N} [redirect-list A]` and the interfaces that say `ip wccp N redirect {in|out}`."""
    reader = context.reader
    bound: dict[str, list[Source]] = {}
    for port in ports:
        for node in port.block.all("ip wccp"):
            words = node.text.split()
            if len(words) > 2:
                bound.setdefault(words[2], []).append(reader.source(node))
    found = []
    for words, node in reader.take("ip wccp"):
        if not words or words[0] in ("version", "check", "source-interface"):
            continue
        chosen = after(words, "redirect-list")
        if chosen:
            context.refer("access-list", chosen, f"wccp {words[0]}", reader.source(node), 4)
        found.append(
            Redirect(
                f"wccp {words[0]}",
                "cache",
                after(words, "group-address"),
                reader.source(node),
                tuple(bound.get(words[0], ())),
                (chosen,) if chosen else (),
            )
        )
    return found


def _flowspec(reader: Reader) -> list[Source]:
    """`flowspec` > `local-install interface-all`."""
    found = []
    for _, node in reader.take("flowspec"):
        reader.use_block(node)
        found += [reader.source(inner) for inner in node.walk() if inner.text.startswith("local-install")]
    return found


def nat(context: Context, ports: Sequence[Port]) -> Nat:
    """Read `ip nat {inside|outside} {source|destination} ...` and `nat64 v4v6 ...`.

    Interfaces say on which side they are, and a rule acts only where one has a side.
    """
    reader = context.reader
    active = any(port.block.all("ip nat") for port in ports if not port.shutdown)
    rules = []
    for words, node in reader.take("ip nat"):
        if len(words) > 2 and words[1] in ("source", "destination"):
            rules.append(_translation(context, words[0], words[1], words[2:], node, active=active))
    for words, node in reader.take("nat64"):
        if words[:1] != ["prefix"]:
            rules.append(Translation("source", reader.source(node), outside=" ".join(words)))
    return Nat(tuple(rules))


def _translation(context: Context, side: str, kind: str, words: list[str], node: Node, *, active: bool) -> Translation:
    """One rule.

    `static [tcp|udp|network] A [P] {B|interface I} [Q]`, or `{list A|route-map R} {interface I|pool P} [overload]`.
    """
    source = context.reader.source(node)
    vrf, interface = after(words, "vrf"), after(words, "interface")
    if words[0] != "static":
        chosen = after(words, "list") or after(words, "route-map")
        if after(words, "list"):
            context.refer("access-list", chosen, "nat", source, 4)
        elif chosen:
            context.refer("route-map", chosen, "nat", source)
        neutral = "destination" if kind == "destination" else "source"
        return Translation(
            neutral, source, chosen, after(words, "pool") or interface, interface=interface, vrf=vrf, active=active
        )
    rest = words[1:]
    protocol = rest[0] if rest and rest[0] in ("tcp", "udp", "esp", "network") else ""
    values = [word for word in rest[1 if protocol else 0 :] if word not in ("interface", interface)]
    ported = protocol in ("tcp", "udp")
    first = values[0] if values else ""
    inner_port = values[1] if ported and len(values) > 1 else ""
    after_first = values[2 if ported else 1 :]
    second = "" if interface else after_first[0] if after_first else ""
    outer_port = after_first[0 if interface else 1] if ported and len(after_first) > (0 if interface else 1) else ""
    inside, outside = (first, second or interface) if side == "inside" else (second or interface, first)
    return Translation(
        "port-forward" if ported else "static",
        source,
        inside,
        outside,
        protocol if ported else "",
        inner_port,
        outer_port,
        interface,
        vrf,
        active,
    )
