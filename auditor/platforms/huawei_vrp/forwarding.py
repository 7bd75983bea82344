"""Static routes, redirection, translation (syntax-other-families D7)."""

from collections.abc import Iterable

import msgspec

from auditor.model.areas import Nat, NextHopRewrite, Redirect, Redirection, Routes, StaticRoute, Translation
from auditor.model.evidence import Source
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.policies import Traffic
from auditor.platforms.huawei_vrp.words import ADDRESS, INTERFACE, after, interface, prefix
from auditor.syntax.tree import Node

_SETTINGS = (
    "default-preference",
    "bfd",
    "selection-rule",
    "frr",
    "recursive-lookup",
    "default-bfd",
    "flush-batch-num",
    "arp",
)


def routes(config: Config) -> Routes:
    """Read `ip route-static [vpn-instance V] P M {I [NH] | NH | vpn-instance V2 NH} [options]` and `ipv6 route-static`."""
    found = []
    for start in ("ip route-static", "ipv6 route-static"):
        for words, node in config.reader.take(start):
            if words[:1] and words[0] in _SETTINGS:
                continue
            route = _route(words, config.reader.source(node))
            if route is None:
                config.reader.give_back(node)
            else:
                found.append(route)
    return Routes(tuple(found))


def _route(words: list[str], source: Source) -> StaticRoute | None:
    vrf = ""
    rest = words
    if rest[:1] in (["vpn-instance"], ["vpn6-instance"]) and len(rest) > 1:
        vrf, rest = rest[1], rest[2:]
    if rest[:1] == ["topology"]:
        rest = rest[2:]
    if len(rest) < 3 or not ADDRESS.match(rest[0]):
        return None
    target = prefix(rest[0], rest[1])
    rest = rest[2:]
    next_vrf = ""
    port = hop = ""
    if rest[0] in ("vpn-instance", "vpn6-instance") and len(rest) > 1:
        next_vrf, rest = rest[1], rest[2:]
    elif rest[0] == "public":
        next_vrf, rest = "global", rest[1:]
    elif not ADDRESS.match(rest[0]):
        port, taken = interface(rest)
        if not INTERFACE.match(port):
            return None
        rest = rest[taken:]
    if rest and ADDRESS.match(rest[0]):
        hop, rest = rest[0], rest[1:]
    if rest[:1] == ["public"]:
        next_vrf = "global"
    name = " ".join(rest[rest.index("description") + 1 :]) if "description" in rest else ""
    if not (hop or port or next_vrf):
        return None
    return StaticRoute(
        target, hop, port, source, vrf, discard=port.upper().startswith("NULL"), next_vrf=next_vrf, name=name
    )


def redirection(
    config: Config, traffic: Traffic, policies: dict[str, tuple[Source, ...]], flowspec: tuple[Source, ...]
) -> Redirection:
    """Read behaviors that redirect, policy routing, ACL-based redirection of switches, and next hops in routing policy."""
    redirects = [*_behaviors(config, traffic), *_policy_routing(config), *_simple(config)]
    return Redirection(tuple(redirects), rewrites=tuple(_rewrites(config, policies)), flowspec=flowspec)


def _target(words: list[str]) -> list[tuple[str, str]]:
    """Kind and value of everything that a `redirect ...` or `apply ...` names."""
    match words:
        case ["ip-nexthop" | "ipv6-nexthop" | "next-hop" | "remote" | "nexthop", address, *_]:
            return [("address", address)]
        case ["ip-multihop" | "ipv6-multihop" | "load-balance", *rest]:
            return [("address", word) for word in rest if ADDRESS.match(word)]
        case ["interface" | "output-interface", *rest] if rest:
            return [("interface", interface(rest)[0])]
        case ["vpn-instance" | "access-vpn", *rest] if rest:
            return [("vrf", rest[-1] if rest[0] == "vpn-instance" else rest[0])]
        case ["public-network" | "public", *_]:
            return [("vrf", "global")]
        case ["lsp" | "srv6-te" | "sr-te", *rest]:
            return [("lsp", " ".join(word for word in rest if word != "public"))]
        case ["vsi" | "cpu" | "nat" | "http", *rest]:
            return [("interface", " ".join([words[0], *rest]))]
        case ["to", *rest]:
            return _target(rest)
        case ["ip" | "ipv6", *rest]:
            return _target(rest) or [("address", word) for word in rest if ADDRESS.match(word)]
    return [("address", word) for word in words[:1] if ADDRESS.match(word)]


def _behaviors(config: Config, traffic: Traffic) -> Iterable[Redirect]:
    """`traffic behavior B` / `redirect {ip-nexthop A | interface I | vpn-instance V | lsp ... | to ...}`."""
    for name, nodes in traffic.behaviors.items():
        bound, matches, lines = traffic.uses(name)
        for node in nodes:
            if node.words[0] != "redirect":
                continue
            found = _target(node.words[1:])
            if found:
                config.reader.use(node)
            for kind, target in found:
                yield Redirect(name, kind, target, config.reader.source(node), bound, matches, match_sources=lines)


def _policy_routing(config: Config) -> Iterable[Redirect]:
    """`policy-based-route P permit node N` / `if-match acl N` / `apply ...`; bound locally or on an interface."""
    reader = config.reader
    bound: dict[str, list[Source]] = {}
    for start in ("ip local policy-based-route", "ipv6 local policy-based-route"):
        for words, node in reader.take(start):
            if words:
                bound.setdefault(words[0], []).append(reader.source(node))
    for port in config.having("ip", "ipv6"):
        for start in ("ip policy-based-route", "ipv6 policy-based-route"):
            for node in port.all(start):
                reader.use(node)
                bound.setdefault(node.words[-1], []).append(reader.source(node))
    for words, node in reader.take("policy-based-route"):
        if not words:
            continue
        matches, lines = _matches(config, node, f"policy-based-route {words[0]}")
        for inner in node.children:
            parts = inner.words
            if parts[0] != "apply":
                continue
            rest = [word for word in parts[1:] if word not in ("ip-address", "ipv6-address", "default", "backup")]
            found = _target(rest)
            if found or parts[1:2] in (["ip-precedence"], ["ip-df"], ["statistics"]):
                reader.use(inner)
            for kind, target in found:
                yield Redirect(
                    words[0],
                    kind,
                    target,
                    reader.source(inner),
                    tuple(bound.get(words[0], ())),
                    matches,
                    match_sources=lines,
                )


def _matches(config: Config, node: Node, where: str) -> tuple[tuple[str, ...], tuple[Source, ...]]:
    matches: list[str] = []
    lines: list[Source] = []
    for inner in node.children:
        words = inner.words
        if words[0] != "if-match" or len(words) < 2:
            if words[0] in ("description", "undo"):
                config.reader.use(inner)
            continue
        config.reader.use(inner)
        source = config.reader.source(inner)
        lines.append(source)
        name = words[-1]
        if "acl" in words:
            config.lists.use(name, 6 if "ipv6" in words else 4, where, source, forwards=True)
        elif "ip-prefix" in words or "ipv6-prefix" in words or "prefix-list" in words:
            config.lists.use_prefixes(name, 6 if words[1].startswith("ipv6") else 4, where, source)
        matches.append(name if words[1] in ("acl", "ip-prefix", "ipv6", "ip") else " ".join(words[1:]))
    return tuple(matches), tuple(lines)


def _simple(config: Config) -> Iterable[Redirect]:
    """`traffic-redirect {inbound|outbound} acl N ... {ip-nexthop A | interface I | vpn-instance V}` (S switches)."""
    reader = config.reader
    nodes = [node for port in config.having("traffic-redirect") for node in port.all("traffic-redirect")]
    nodes += [node for _, node in reader.take("traffic-redirect")]
    for node in nodes:
        words = node.words
        reader.use(node)
        source = reader.source(node)
        name = (
            next((word for word in words[words.index("acl") + 1 :] if word not in ("name", "ipv6")), "")
            if "acl" in words
            else ""
        )
        if name:
            config.lists.use(name, 6 if "ipv6" in words else 4, "traffic-redirect", source, forwards=True)
        for key in ("ip-nexthop", "ipv6-nexthop", "interface", "vpn-instance", "cpu"):
            if key in words:
                for kind, target in _target(words[words.index(key) :]):
                    yield Redirect("traffic-redirect", kind, target, source, (source,), (name,) if name else ())


def _rewrites(config: Config, bound: dict[str, tuple[Source, ...]]) -> Iterable[NextHopRewrite]:
    """`route-policy P permit node N` / `if-match ...` / `apply {ip-address | ipv6} next-hop A`."""
    reader = config.reader
    for words, node in reader.take("route-policy"):
        if not words:
            continue
        triggers, _ = _matches(config, node, f"route-policy {words[0]}")
        for inner in node.children:
            parts = inner.words
            if parts[0] == "apply":
                reader.use(inner)
            if parts[0] != "apply" or "next-hop" not in parts[:-1]:
                continue
            hop = after(parts, "next-hop")
            if hop in ("peer-address", "self", "unchanged"):
                continue
            sink = hop in ("blackhole", "discard", "NULL0")
            yield NextHopRewrite(
                words[0], "" if sink else hop, reader.source(inner), triggers, sink, bound.get(words[0], ())
            )


class _Rule(msgspec.Struct):
    """Where a statement of translation stands."""

    interface: str = ""
    vrf: str = ""


def nat(config: Config) -> Nat:
    """Read `nat outbound`, `nat server`, `nat static` on interfaces, globally and in `nat instance I`."""
    found: list[Translation] = []
    for port in config.having("nat"):
        for node in port.all("nat"):
            found += _translation(config, node, _Rule(port.name))
    for _, node in config.reader.take("nat"):
        found += _translation(config, node, _Rule())
        for inner in node.children:
            found += _translation(config, inner, _Rule())
    return Nat(tuple(found))


def _translation(config: Config, node: Node, rule: _Rule) -> Iterable[Translation]:
    words = node.words if node.words[0] == "nat" else ["nat", *node.words]
    source = config.reader.source(node)
    config.reader.use(node)
    match words[1:]:
        case ["outbound", *rest] if rest:
            name = next((word for word in rest if word not in ("acl", "name", "ipv6", "number")), "")
            config.lists.use(name, 4, f"nat outbound {rule.interface}".strip(), source, forwards=True)
            pool = after(rest, "address-group") or (rule.interface if "address-group" not in rest else "")
            yield Translation(
                "source", source, inside=name, outside=pool, interface=rule.interface, vrf=after(rest, "vpn-instance")
            )
        case ["server" | "static" as word, *rest] if "inside" in rest or "global" in rest:
            kind = "port-forward" if word == "server" or "protocol" in rest else "static"
            yield _forward(kind, rest, source, rule)
        case ["server-mode" | "server", *_] if node.words[0] != "nat":
            config.reader.give_back(node)
        case ["static-mapping", *rest]:
            yield _forward("static", rest, source, rule)
        case [
            "address-group"
            | "instance"
            | "alg"
            | "filter-mode"
            | "mapping-mode"
            | "log"
            | "session"
            | "port-range"
            | "enable"
            | "dns-map",
            *_,
        ]:
            return
        case ["static", "enable"] | ["outbound"]:
            return
        case _:
            config.reader.give_back(node)


def _forward(kind: str, words: list[str], source: Source, rule: _Rule) -> Translation:
    """`[protocol P] global {A | current-interface | interface I} [PORT] inside A [PORT] [vpn-instance V]`."""
    outside = _side(words, "global")
    inside = _side(words, "inside")
    return Translation(
        kind=kind,
        source=source,
        inside=inside[0],
        outside=outside[0],
        protocol=after(words, "protocol"),
        inside_port=inside[1],
        outside_port=outside[1],
        interface=rule.interface,
        vrf=after(words, "vpn-instance"),
    )


def _side(words: list[str], key: str) -> tuple[str, str]:
    if key not in words[:-1]:
        return "", ""
    rest = words[words.index(key) + 1 :]
    if rest[0] == "interface" and len(rest) > 1:
        name, taken = interface(rest[1:])
        rest = [name, *rest[1 + taken :]]
    port = (
        rest[1]
        if len(rest) > 1 and rest[1] not in ("inside", "vpn-instance", "netmask", "global", "acl", "description")
        else ""
    )
    return rest[0], port
