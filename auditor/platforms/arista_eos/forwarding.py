"""Static routes, redirection by policy, address translation (syntax-ios-family D.7)."""

import re

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
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.interfaces import length
from auditor.platforms.arista_eos.ports import Port
from auditor.platforms.arista_eos.text import after
from auditor.syntax.tree import Node

_ADDRESS = re.compile(r"[0-9a-fA-F.:]+$")
_DOTTED = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_INTERFACE = re.compile(r"[A-Z][A-Za-z-]*\d")


def routes(context: Context) -> Routes:
    """Read `ip route [vrf V] P {NH|I [NH]|Null0|nexthop-group G} [egress-vrf V] [DISTANCE] [tag T] [name N]`, and `ipv6 route`."""
    config = context.config
    found = []
    for start in ("ip route", "ipv6 route"):
        for words, node in config.take(start):
            vrf, rest = (words[1], words[2:]) if words[:1] == ["vrf"] and len(words) > 2 else ("", words)
            route = _route(rest, vrf, config.source(node))
            if route is None:
                config.give_back(node)
            else:
                found.append(route)
    return Routes(tuple(found))


def _route(words: list[str], vrf: str, source: Source) -> StaticRoute | None:
    match words:
        case [prefix, *rest] if "/" in prefix and rest:
            pass
        case [address, mask, *rest] if _DOTTED.match(address) and _DOTTED.match(mask) and rest:
            prefix = f"{address}/{length(mask)}"
        case _:
            return None
    next_vrf = after(rest, "egress-vrf")
    if rest[0] == "egress-vrf":
        rest = rest[2:] or [""]
    discard = rest[0].lower() == "null0"
    interface = ""
    if rest[0] == "nexthop-group" and len(rest) > 1:
        interface, rest = f"nexthop-group {rest[1]}", ["", *rest[2:]]
    elif _INTERFACE.match(rest[0]):
        interface, rest = rest[0], rest[1:] or [""]
    hop = rest[0] if _ADDRESS.match(rest[0]) and ("." in rest[0] or ":" in rest[0]) else ""
    return StaticRoute(
        prefix=prefix,
        next_hop=hop,
        interface=interface,
        source=source,
        vrf=vrf,
        discard=discard,
        next_vrf="global" if next_vrf == "default" else next_vrf,
        name=after(rest, "name"),
    )


def redirection(context: Context, ports: list[Port]) -> Redirection:
    """Read policies that choose another way for traffic, where they are bound, and next hops that routing policy sets.

    policy-map type pbr P / [SEQ] class C / set nexthop [recursive] A ..., set nexthop-group G;
        SEQ match ip access-group A set nexthop B
    class-map type pbr match-any C / SEQ match ip access-group A; interface / service-policy type pbr input P
    traffic-policies / traffic-policy T / match M ipv4 / actions /
        redirect {next-hop A|next-hop group G|interface I|aggregation group G}
    interface / traffic-policy input T; router service-insertion / connection C / interface I next-hop A
    router internet-exit / exit-group G / local connection C; router segment-security / ... redirect next-hop A
    route-map R permit N / match ..., set ip next-hop A; router bgp / address-family flow-spec ipv4
    """
    bound = _bound(context, ports)
    redirects = _pbr(context, bound) + _traffic_policies(context, bound) + _insertion(context) + _exits(context)
    return Redirection(tuple(redirects), tuple(_rewrites(context)), tuple(_flowspec(context, ports)))


def _bound(context: Context, ports: list[Port]) -> dict[str, list[Source]]:
    config = context.config
    found: dict[str, list[Source]] = {}
    for port in ports:
        for positive, words, inner in port.get("service-policy", "type", "pbr"):
            config.use(inner)
            if positive:
                found.setdefault(f"pbr {words[-1]}", []).append(config.source(inner))
                context.refer("policy-map", words[-1], f"interface {port.name}", config.source(inner), "in")
        for positive, words, inner in port.by.get("traffic-policy", ()):
            config.use(inner)
            if positive:
                found.setdefault(f"traffic {words[-1]}", []).append(config.source(inner))
    return found


def _pbr(context: Context, bound: dict[str, list[Source]]) -> list[Redirect]:
    config = context.config
    matches: dict[str, list[tuple[str, Source]]] = {}
    for words, node in config.take("class-map type pbr"):
        config.use_block(node)
        name = words[-1] if words else ""
        for inner in node.children:
            acl = after(inner.words, "access-group")
            if acl:
                matches.setdefault(name, []).append((acl, config.source(inner)))
                family = 6 if "ipv6" in inner.words else 4
                context.refer("access-list", acl, f"class-map {name}", config.source(inner), family=family)
    found = []
    for words, node in config.take("policy-map type pbr"):
        config.use_block(node)
        name = words[-1] if words else ""
        where = tuple(bound.get(f"pbr {name}", ()))
        for inner in node.children:
            chosen = after(inner.words, "class")
            if chosen:
                context.refer("class-map", chosen, f"policy-map {name}", config.source(inner))
            acl = after(inner.words, "access-group")
            if acl:
                context.refer(
                    "access-list",
                    acl,
                    f"policy-map {name}",
                    config.source(inner),
                    family=6 if "ipv6" in inner.words else 4,
                )
            named = matches.get(chosen, []) or ([(acl, config.source(inner))] if acl else [])
            for leaf in (inner, *inner.children):
                found += [
                    Redirect(
                        name,
                        kind,
                        target,
                        config.source(leaf),
                        where,
                        tuple(one for one, _ in named),
                        match_sources=tuple(source for _, source in named),
                    )
                    for kind, target in _sets(leaf.words)
                ]
    return found


def _sets(words: list[str]) -> list[tuple[str, str]]:
    if "set" not in words:
        return []
    rest = words[words.index("set") + 1 :]
    match rest:
        case ["nexthop-group", group, *_]:
            return [("address", f"nexthop-group {group}")]
        case ["nexthop", *hops]:
            return [("address", hop) for hop in hops if _ADDRESS.match(hop)]
        case ["vrf", vrf, *_]:
            return [("vrf", vrf)]
        case ["interface", interface, *_]:
            return [("interface", interface)]
    return []


def _traffic_policies(context: Context, bound: dict[str, list[Source]]) -> list[Redirect]:
    config = context.config
    found = []
    for node in config.find("traffic-policies"):
        config.use_block(node)
        for policy in node.children:
            if policy.words[0] != "traffic-policy" or len(policy.words) < 2:
                continue
            name = policy.words[1]
            for rule in policy.children:
                chosen = tuple(
                    inner.text for inner in rule.children if inner.words[0] in ("source", "destination", "protocol")
                )
                sources = tuple(
                    config.source(inner)
                    for inner in rule.children
                    if inner.words[0] in ("source", "destination", "protocol")
                )
                for inner in rule.walk():
                    target = _redirect(inner)
                    if target is not None:
                        vrf = after(inner.words, "vrf")
                        found.append(
                            Redirect(
                                name,
                                *target,
                                config.source(inner),
                                tuple(bound.get(f"traffic {name}", ())),
                                chosen or (rule.text,),
                                vrf,
                                sources,
                            )
                        )
    return found


def _redirect(node: Node) -> tuple[str, str] | None:
    match node.words:
        case ["redirect", "next-hop", ("group" | "recursive") as word, target, *_]:
            return "address", f"group {target}" if word == "group" else target
        case ["redirect", "next-hop", target, *_]:
            return "address", target
        case ["redirect", "interface", target, *_]:
            return "interface", target
        case ["redirect", "aggregation", "group", target, *_]:
            return "interface", f"aggregation group {target}"
    return None


def _insertion(context: Context) -> list[Redirect]:
    config = context.config
    found = []
    for node in config.find("router service-insertion"):
        config.use_block(node)
        for inner in node.children:
            name = " ".join(inner.words[1:])
            for leaf in inner.children:
                hop = after(leaf.words, "next-hop")
                if hop:
                    found.append(
                        Redirect(
                            f"service insertion {name}", "address", hop, config.source(leaf), (config.source(node),)
                        )
                    )
                elif leaf.words[0] == "interface" and len(leaf.words) > 1:
                    found.append(
                        Redirect(
                            f"service insertion {name}",
                            "interface",
                            leaf.words[1],
                            config.source(leaf),
                            (config.source(node),),
                        )
                    )
    return found


def _exits(context: Context) -> list[Redirect]:
    """`router internet-exit` / exit-group G / local connection C; policy P / exit-group G, and what segment security sends elsewhere."""
    config = context.config
    found = []
    for node in config.find("router internet-exit"):
        config.use_block(node)
        policies: dict[str, list[Source]] = {}
        for policy in node.children:
            if policy.words[0] == "policy":
                for inner in policy.children:
                    policies.setdefault(inner.words[-1], []).append(config.source(inner))
        for group in node.children:
            if group.words[0] != "exit-group" or len(group.words) < 2:
                continue
            bound = tuple(policies.get(group.words[1], ()))
            for inner in group.children:
                if inner.words[:2] == ["local", "connection"]:
                    name = f"internet exit {group.words[1]}"
                    found.append(Redirect(name, "interface", inner.words[-1], config.source(inner), bound))
    for node in config.find("router segment-security"):
        config.use_block(node)
        for inner in node.walk():
            hop = after(inner.words, "next-hop")
            if "redirect" in inner.words and hop:
                matches = (after(inner.words, "application"),) if "application" in inner.words else ()
                found.append(
                    Redirect("segment security", "address", hop, config.source(inner), (config.source(node),), matches)
                )
    return found


def _rewrites(context: Context) -> list[NextHopRewrite]:
    """Clauses of route maps that set a next hop of their own; a clause that denies sets nothing."""
    config = context.config
    users: dict[str, list[Source]] = {}
    for reference in context.references:
        if reference.kind == "route-map":
            users.setdefault(reference.name, []).append(reference.source)
    found = []
    for words, node in config.take("route-map"):
        if not words:
            continue
        triggers = tuple(
            inner.text.removeprefix("match ") for inner in node.children if inner.text.startswith("match ")
        )
        for inner in node.children:
            parts = inner.words
            if parts[0] in ("match", "set", "description", "continue", "sub-route-map"):
                config.use(inner)
            _match(context, words[0], inner)
            if "deny" in words[1:2] or parts[:1] != ["set"] or parts[2:3] != ["next-hop"]:
                continue
            hop = next((part for part in parts[3:] if _ADDRESS.match(part)), "")
            if hop:
                found.append(
                    NextHopRewrite(words[0], hop, config.source(inner), triggers, bound=tuple(users.get(words[0], ())))
                )
    return found


def _match(context: Context, name: str, node: Node) -> None:
    words = node.words
    if words[:1] != ["match"]:
        return
    source = context.config.source(node)
    family = 6 if "ipv6" in words else 4
    for key, kind in (("prefix-list", "prefix-list"), ("access-list", "access-list")):
        named = after(words, key)
        if named:
            context.refer(kind, named, f"route-map {name}", source, family=family)


def _flowspec(context: Context, ports: list[Port]) -> list[Source]:
    config = context.config
    found = [config.source(node) for node in config.find("flow-spec")]
    for node in config.find("router bgp"):
        found += [config.source(inner) for inner in node.walk() if inner.text.startswith("address-family flow-spec")]
    for port in ports:
        for positive, _, inner in port.by.get("flow-spec", ()):
            config.use(inner)
            found += [config.source(inner)] if positive else []
    return found


def nat(context: Context, ports: list[Port]) -> Nat:
    """Read translations on interfaces and in profiles, and forwards of the SSH server.

    ip nat source static A [PORT] B [PORT] [protocol P], ip nat source dynamic access-list L {overload|pool P}
    ip nat destination static A [PORT] B [PORT], ip nat service-profile P; ip nat profile P / ...
    management ssh / tunnel N / local port P, ssh-server A user U port P, remote host A port P
    """
    config = context.config
    found = []
    for port in ports:
        for positive, words, inner in port.get("ip", "nat"):
            config.use(inner)
            if positive:
                found += _translation(
                    context, words[2:], config.source(inner), port.name, port.vrf if port.vrf != "default" else ""
                )
    for words, node in config.take("ip nat profile"):
        config.use(node)
        for inner in node.children:
            parts = inner.words
            if parts[:2] == ["ip", "nat"]:
                config.use(inner)
                found += _translation(
                    context,
                    parts[2:],
                    config.source(inner),
                    f"profile {words[0] if words else ''}",
                    after(words, "vrf"),
                )
    for start in ("ip nat pool", "ip nat synchronization"):
        for _, node in config.take(start):
            config.use_block(node)
    for node in config.find("management ssh"):
        for words, tunnel in config.take("tunnel", node):
            config.use_block(tunnel)
            found.append(_forward(context, " ".join(words), tunnel))
    return Nat(tuple(found))


def _translation(context: Context, words: list[str], source: Source, interface: str, vrf: str) -> list[Translation]:
    words = [words[0], *words[2:]] if words[1:2] in (["ingress"], ["egress"]) else words
    match words:
        case ["source" | "destination" as side, "static", inside, *rest]:
            at = next((index for index, word in enumerate(rest) if _DOTTED.match(word)), len(rest))
            inside_port = rest[0] if rest and rest[0].isdigit() else ""
            outside_port = rest[at + 1] if at + 1 < len(rest) and rest[at + 1].isdigit() else ""
            forwards = "port-forward" if inside_port else "static"
            return [
                Translation(
                    kind="destination" if side == "destination" else forwards,
                    source=source,
                    inside=inside,
                    outside=rest[at] if at < len(rest) else "",
                    protocol=after(rest, "protocol"),
                    inside_port=inside_port,
                    outside_port=outside_port,
                    interface=interface,
                    vrf=vrf,
                )
            ]
        case ["source" | "destination" as side, "dynamic", "access-list", acl, *rest]:
            context.refer("access-list", acl, f"nat on {interface}", source)
            outside = "overload" if "overload" in rest else after(rest, "pool")
            return [
                Translation(
                    "source" if side == "source" else "destination", source, acl, outside, interface=interface, vrf=vrf
                )
            ]
        case ["service-profile", profile, *_]:
            return [Translation("source", source, f"profile {profile}", interface=interface, vrf=vrf)]
    return []


def _forward(context: Context, name: str, node: Node) -> Translation:
    """A port of this device that SSH carries to another host."""
    told = {" ".join(inner.words[:2]): inner for inner in node.children}
    local, remote = told.get("local port"), told.get("remote host")
    switch = next((inner.text for inner in node.children if inner.text in ("shutdown", "no shutdown")), "")
    return Translation(
        kind="proxy",
        source=context.config.source(node),
        inside=f"tunnel {name}, port {local.words[-1] if local else '?'}",
        outside=remote.words[2] if remote and len(remote.words) > 2 else "",
        protocol="tcp",
        inside_port=local.words[-1] if local else "",
        outside_port=after(remote.words, "port") if remote else "",
        active=switch != "shutdown",
    )
