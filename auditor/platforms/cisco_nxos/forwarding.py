"""Static routes, redirection and address translation (syntax-ios-family C.7)."""

import re
from collections.abc import Iterator

import msgspec

from auditor.model.areas import Nat, NextHopRewrite, Redirect, Redirection, Routes, StaticRoute, Translation
from auditor.model.evidence import Source
from auditor.platforms.cisco_nxos.blocks import interface_name
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_ADDRESS = re.compile(r"[0-9a-fA-F.:]+(?:/\d+)?$")
_DOTTED = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_INTERFACE = re.compile(r"(?:eth|port-channel|po\d|vlan|lo|tunnel|mgmt|null|nve)", re.IGNORECASE)
_POLICIES = ("ip policy", "ipv6 policy")
_WITH_VALUE = frozenset(("tag", "track", "preference"))


def routes(context: Context) -> Routes:
    """Read `{ip|ipv6} route P [I] [A] [vrf V] [name N] [tag T] [PREFERENCE]`, also inside `vrf context V`.

    A later line with the same ends is the same route.
    """
    reader = context.reader
    found: dict[tuple[str, ...], StaticRoute] = {}
    for vrf, words, node in _route_lines(reader):
        route = _route(words, vrf, reader.source(node))
        if route is None:
            reader.give_back(node)
        else:
            found[vrf, route.prefix, route.next_hop, route.interface, route.next_vrf] = route
    return Routes(tuple(found.values()))


def _route_lines(reader: Reader) -> Iterator[tuple[str, list[str], Node]]:
    for start in ("ip route", "ipv6 route"):
        for words, node in reader.take(start):
            if words[:2] != ["static", "bfd"]:
                yield "", words, node
    for words, node in reader.take("vrf context"):
        held: list[Node] = []
        for inner in node.children:
            if inner.text.startswith(("ip route ", "ipv6 route ")):
                reader.use(inner)
                held.append(inner)
            elif inner.text.startswith(("no ip route ", "no ipv6 route ")):
                reader.use(inner)
                gone = inner.text.removeprefix("no ")
                held = [one for one in held if one.text != gone and not one.text.startswith(gone + " ")]
        for inner in held:
            yield words[0] if words else "", inner.words[2:], inner


def _route(words: list[str], vrf: str, source: Source) -> StaticRoute | None:
    if len(words) > 2 and "/" not in words[0] and _DOTTED.match(words[1]):
        words = [f"{words[0]}/{_bits(words[1])}", *words[2:]]
    if len(words) < 2 or "/" not in words[0]:
        return None
    hop, interface, next_vrf, name = "", "", "", ""
    rest = iter(words[1:])
    for word in rest:
        if word == "vrf":
            next_vrf = next(rest, "")
        elif word == "name":
            name = next(rest, "")
        elif word in _WITH_VALUE:
            next(rest, "")
        elif _INTERFACE.match(word) and not interface:
            interface = interface_name(word)
        elif not hop and ("." in word or ":" in word) and _ADDRESS.match(word):
            hop = word.partition("/")[0]
    if not hop and not interface:
        return None
    return StaticRoute(
        prefix=words[0],
        next_hop=hop,
        interface=interface,
        source=source,
        vrf=vrf,
        discard=interface.lower().startswith("null"),
        next_vrf="global" if next_vrf == "default" else next_vrf,
        name=name,
    )


def _bits(mask: str) -> int:
    return sum((number(part) or 0).bit_count() for part in mask.split("."))


class _Set(msgspec.Struct, frozen=True):
    """A `set` statement of a route map that sends packets or routes elsewhere."""

    policy: str
    kind: str
    target: str
    source: Source
    matches: tuple[str, ...]
    match_sources: tuple[Source, ...]


def redirection(context: Context) -> Redirection:
    """Read route maps that set next hops, VRFs or interfaces, VACLs and lists that redirect, WCCP and ITD.

    A route map of `ip policy route-map R` redirects packets; one that routing protocols use rewrites next hops.
    """
    reader = context.reader
    packets: dict[str, list[Source]] = {}
    for port in context.ports:
        for key in _POLICIES:
            for words, node in port.take(key):
                if words[:1] == ["route-map"] and len(words) > 1:
                    packets.setdefault(words[1], []).append(reader.source(node))
    for words, node in reader.take("ip local policy route-map"):
        if words:
            packets.setdefault(words[0], []).append(reader.source(node))
    elsewhere: dict[str, list[Source]] = {}
    for reference in context.references:
        if reference.kind == "route-map" and reference.name not in packets:
            elsewhere.setdefault(reference.name, []).append(reference.source)
    redirects: list[Redirect] = []
    rewrites: list[NextHopRewrite] = []
    for one in _sets(reader):
        if one.policy in elsewhere:
            if one.kind == "address":
                bound = tuple(elsewhere[one.policy])
                rewrites.append(NextHopRewrite(one.policy, one.target, one.source, one.matches, bound=bound))
        else:
            redirects.append(
                Redirect(
                    one.policy,
                    one.kind,
                    one.target,
                    one.source,
                    tuple(packets.get(one.policy, ())),
                    one.matches,
                    match_sources=one.match_sources,
                )
            )
    return Redirection(
        (*redirects, *_vlan_maps(reader), *_lists(context), *_wccp(context), *_itd(reader)), tuple(rewrites)
    )


def _sets(reader: Reader) -> Iterator[_Set]:
    """`set {ip|ipv6} [default] next-hop A ...`, `set vrf V`, `set interface I`, with what the same entry matches."""
    for words, node in reader.take("route-map"):
        if not words:
            continue
        matching = [inner for inner in node.children if inner.text.startswith("match ")]
        reader.use(*(inner for inner in node.children if inner.text.startswith(("match ", "set ", "continue"))))
        matches = tuple(name for inner in matching for name in _matched(inner.words))
        lines = tuple(reader.source(inner) for inner in matching)
        for inner in node.children:
            for kind, target in _targets(inner.words):
                yield _Set(words[0], kind, target, reader.source(inner), matches, lines)


def _matched(words: list[str]) -> list[str]:
    """`match ip address [prefix-list] A B`, `match community C`: the names."""
    names = words[3:] if words[1] in ("ip", "ipv6", "mac") else words[2:]
    return [name for name in names if name not in ("prefix-list", "exact-match")]


def _targets(words: list[str]) -> list[tuple[str, str]]:
    match words:
        case ["set", "ip" | "ipv6", "next-hop", *rest] | ["set", "ip" | "ipv6", "default", "next-hop", *rest]:
            return [("address", word) for word in rest if _ADDRESS.match(word) and not word.isalpha()]
        case ["set", "vrf", vrf, *_]:
            return [("vrf", vrf)]
        case ["set", "interface", *names] if names:
            return [("interface", "".join(names))]
    return []


def _vlan_maps(reader: Reader) -> list[Redirect]:
    """`vlan access-map M N` with `action redirect I`, applied by `vlan filter M vlan-list L`."""
    bound: dict[str, list[Source]] = {}
    for words, node in reader.take("vlan filter"):
        if words:
            bound.setdefault(words[0], []).append(reader.source(node))
    found = []
    for words, node in reader.take("vlan access-map"):
        reader.use_block(node)
        matches = tuple(
            name for inner in node.children if inner.text.startswith("match ") for name in _matched(inner.words)
        )
        for inner in node.children:
            parts = inner.words
            if words and parts[:2] == ["action", "redirect"] and len(parts) > 2:
                where = tuple(bound.get(words[0], ()))
                found.append(Redirect(words[0], "interface", "".join(parts[2:]), reader.source(inner), where, matches))
    return found


def _lists(context: Context) -> list[Redirect]:
    """Entries of access lists that end with `redirect I`."""
    bound: dict[str, list[Source]] = {}
    for reference in context.references:
        if reference.kind == "access-list":
            bound.setdefault(reference.name, []).append(reference.source)
    return [
        Redirect(
            acl.name,
            "interface",
            entry.source.text.partition(" redirect ")[2].split(" ")[0],
            entry.source,
            tuple(bound.get(acl.name, ())),
        )
        for acl in context.lists.by_key.values()
        for entry in acl.entries
        if entry.action == "redirect"
    ]


def _wccp(context: Context) -> list[Redirect]:
    """`ip wccp S [redirect-list A]` and, on interfaces, `ip wccp S redirect {in|out}`."""
    lists = {words[0]: node for words, node in context.reader.take("ip wccp") if words}
    found = []
    for port in context.ports:
        for words, node in port.take("ip wccp"):
            if "redirect" in words[1:]:
                source = context.reader.source(node)
                service = lists.get(words[0])
                matches = (service.words[-1],) if service is not None and "redirect-list" in service.words else ()
                found.append(Redirect(f"wccp {words[0]}", "cache", f"wccp {words[0]}", source, (source,), matches))
    return found


def _itd(reader: Reader) -> list[Redirect]:
    """`itd device-group G` with `node ip A`, used by `itd S` with `device-group G` and `ingress interface I`."""
    groups: dict[str, list[Node]] = {}
    for words, node in reader.take("itd device-group"):
        reader.use_block(node)
        groups[words[0] if words else ""] = [inner for inner in node.walk() if inner.text.startswith("node ip")]
    found = []
    for words, node in reader.take("itd"):
        if len(words) != 1:
            continue
        reader.use_block(node)
        bound = tuple(reader.source(inner) for inner in node.children if inner.text.startswith("ingress interface"))
        matches = tuple(inner.words[-1] for inner in node.children if inner.text.startswith("virtual ip "))
        for inner in node.children:
            if inner.text.startswith("device-group "):
                found += [
                    Redirect(f"itd {words[0]}", "address", one.words[2], reader.source(one), bound, matches)
                    for one in groups.get(inner.words[1], ())
                    if len(one.words) > 2
                ]
    return found


def nat(context: Context) -> Nat:
    """Read `ip nat {inside|outside} source {static ...|list A {interface I|pool P} [overload]}` and pools."""
    reader = context.reader
    active = context.features.get("nat", (True, None))[0]
    found: list[Translation] = []
    for port in context.ports:
        port.all("ip nat")
    for words, node in reader.take("ip nat"):
        source = reader.source(node)
        match words:
            case ["inside" | "outside" as side, "source", "static", *rest]:
                found.append(_static(rest, side, source, active))
            case ["inside" | "outside" as side, "source", "list", name, *rest]:
                target = rest[1] if len(rest) > 1 else ""
                found.append(
                    Translation(
                        "source" if side == "inside" else "destination",
                        source,
                        inside=name,
                        outside=target if rest[:1] == ["pool"] else "",
                        interface=target if rest[:1] == ["interface"] else "",
                        vrf=_after(rest, "vrf"),
                        active=active,
                    )
                )
            case ["pool" | "translation", *_]:
                reader.use(*node.walk())
            case _:
                reader.give_back(node)
    return Nat(tuple(found))


def _static(words: list[str], side: str, source: Source, active: bool) -> Translation:
    """`[tcp|udp] LOCAL [PORT] GLOBAL [PORT]`: with ports it is a forwarded port."""
    protocol = words[0] if words[:1] in (["tcp"], ["udp"]) else ""
    rest = words[1:] if protocol else words
    if protocol and len(rest) > 3:
        inside, inside_port, outside, outside_port = rest[:4]
        if side == "outside":
            inside, inside_port, outside, outside_port = outside, outside_port, inside, inside_port
        return Translation(
            "port-forward",
            source,
            inside,
            outside,
            protocol,
            inside_port,
            outside_port,
            vrf=_after(rest, "vrf"),
            active=active,
        )
    one, other = (rest[0] if rest else ""), (rest[1] if len(rest) > 1 else "")
    inside, outside = (one, other) if side == "inside" else (other, one)
    return Translation("static", source, inside, outside, vrf=_after(rest, "vrf"), active=active)


def _after(words: list[str], word: str) -> str:
    return words[words.index(word) + 1] if word in words[:-1] else ""
