"""Static routes, policy routing and routing policy in frr.conf (syntax-ios-family E.7; FRR staticd, pbrd, lib/routemap_cli.c)."""

import ipaddress
import re

import msgspec

from auditor.model.areas import NextHopRewrite, Redirect, Redirection, Routes, StaticRoute
from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.names import Uses
from auditor.syntax.tree import Node

_ADDRESS = re.compile(r"(?=.*[.:])[0-9a-fA-F.:]+$")
_OPTIONS = frozenset(
    ("tag", "metric", "vrf", "label", "table", "nexthop-vrf", "weight", "onlink", "color", "bfd", "segments")
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
    next_vrf = rest[rest.index("nexthop-vrf") + 1] if "nexthop-vrf" in rest[:-1] else ""
    sink = named in ("blackhole", "reject", "Null0", "null0")
    return StaticRoute(
        prefix, hop, named, source, vrf, discard=sink, next_vrf="global" if next_vrf == "default" else next_vrf
    )


def _length(mask: str) -> str:
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def redirection(reader: Reader, uses: Uses, flowspec: tuple[Source, ...]) -> Redirection:
    """Read `pbr-map M seq N` with `set {nexthop A | nexthop-group G | vrf V}`, as far as an interface binds it.

    Also `route-map R {permit|deny} N` with `set {ip|ipv6} next-hop A`, and the lists that its entries match.
    """
    bound: dict[str, list[Source]] = {}
    for port in reader.find("interface"):
        for words, node in reader.take("pbr-policy", port):
            if words:
                bound.setdefault(words[0], []).append(reader.source(node))
                uses.add("pbr-map", words[0], port.text, reader.source(node), "in")
    groups = {words[0]: node for words, node in reader.take("nexthop-group") if words}
    found = []
    for words, node in reader.take("pbr-map"):
        name = words[0] if words else ""
        matches = [inner for inner in node.children if inner.words[0] == "match"]
        reader.use(*matches, *(inner for inner in node.children if inner.text == "set vrf unchanged"))
        chosen = _Chosen(
            tuple(bound.get(name, ())),
            tuple(inner.text.removeprefix("match ") for inner in matches),
            tuple(reader.source(inner) for inner in matches),
        )
        redirects = _sets(reader, node, name, chosen, groups)
        found += redirects if name in bound else []
    return Redirection(tuple(found), rewrites=tuple(_rewrites(reader, uses)), flowspec=flowspec)


class _Chosen(msgspec.Struct, frozen=True):
    """Where a policy is applied, and what traffic it chooses."""

    bound: tuple[Source, ...]
    matches: tuple[str, ...]
    match_sources: tuple[Source, ...]


def _rewrites(reader: Reader, uses: Uses) -> list[NextHopRewrite]:
    found = []
    for words, node in reader.take("route-map"):
        if not words:
            continue
        where = f"route-map {words[0]}"
        triggers = _triggers(reader, uses, node, where)
        for inner in node.children:
            hop = _next_hop(inner.words)
            if hop:
                found.append((words[0], hop, reader.source(inner), triggers))
    return [
        NextHopRewrite(name, hop, source, triggers, bound=tuple(one.source for one in uses.of("route-map", name)))
        for name, hop, source, triggers in found
    ]


def _next_hop(words: list[str]) -> str:
    match words:
        case ["set", "ip", "next-hop", hop, *_] | ["set", "ipv6", "next-hop", "global" | "local", hop, *_]:
            return hop if _ADDRESS.match(hop) else ""
        case ["set", "l3vpn" | "ipv4", _, "next-hop", hop, *_] if _ADDRESS.match(hop):
            return hop
    return ""


_MATCHED = {
    "address": "access-list",
    "next-hop": "access-list",
    "route-source": "access-list",
    "community": "community-list",
    "large-community": "community-list",
    "extcommunity": "community-list",
    "as-path": "as-path access-list",
}


def _triggers(reader: Reader, uses: Uses, node: Node, where: str) -> tuple[str, ...]:
    """What an entry of a route map matches; its lists are noted as used."""
    found = []
    for inner in node.children:
        words = inner.words
        if words[0] in ("match", "set", "call", "on-match", "continue", "description", "no", "exit"):
            reader.use(inner)
        if words[0] == "call" and len(words) > 1:
            uses.add("route-map", words[1], where, reader.source(inner))
        if words[0] != "match" or len(words) < 3:
            continue
        rest = words[2:] if words[1] in ("ip", "ipv6", "evpn") else words[1:]
        kind = _MATCHED.get(rest[0], "")
        name = rest[-1]
        if "prefix-list" in rest[:-1]:
            kind, name = "prefix-list", rest[rest.index("prefix-list") + 1]
        elif rest[0] in ("community", "large-community", "extcommunity", "as-path"):
            name = rest[1] if len(rest) > 1 else ""
        elif rest[1:2] in (["prefix-len"], ["type"]):
            kind = ""
        if kind and name:
            uses.add(kind, name, where, reader.source(inner))
        found.append(name if kind else " ".join(words[1:]))
    return tuple(found)


def _sets(reader: Reader, node: Node, name: str, chosen: _Chosen, groups: dict[str, Node]) -> list[Redirect]:
    found = []
    for words, inner in reader.take("set nexthop", node):
        found += _target(name, words, reader.source(inner), chosen)
    for words, inner in reader.take("set vrf", node):
        if words and words[0] != "unchanged":
            found.append(_redirect(name, ("vrf", words[0]), reader.source(inner), chosen))
    for words, inner in reader.take("set nexthop-group", node):
        group = groups.get(words[0] if words else "")
        if group is None:
            reader.give_back(inner)
            continue
        wider = msgspec.structs.replace(chosen, bound=(*chosen.bound, reader.source(inner)))
        for hop, member in reader.take("nexthop", group):
            found += _target(name, hop, reader.source(member), wider)
    return found


def _target(name: str, words: list[str], source: Source, chosen: _Chosen) -> list[Redirect]:
    if not words or words[0] == "blackhole":
        return []
    kind = "address" if _ADDRESS.match(words[0]) else "interface"
    return [_redirect(name, (kind, words[0]), source, chosen)]


def _redirect(name: str, target: tuple[str, str], source: Source, chosen: _Chosen) -> Redirect:
    return Redirect(
        name, target[0], target[1], source, chosen.bound, chosen.matches, match_sources=chosen.match_sources
    )
