"""Static routes, redirection by policy, address translation (syntax-other-families A7, A8, A13)."""

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
from auditor.platforms.juniper_junos import filters
from auditor.platforms.juniper_junos.access import FAMILIES, bound_filters
from auditor.platforms.juniper_junos.acls import all_filters, bound_places, policy_uses
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_ADDRESS = re.compile(r"[0-9a-fA-F.:]+(?:/\d+)?$")
_NOWHERE = ("discard", "reject", "receive")
_SINKS = ("discard", "reject")
_HOPS = ("next-hop", "qualified-next-hop")
_LSPS = ("lsp-next-hop", "static-lsp-next-hop", "p2mp-lsp-next-hop", "spring-te-lsp-next-hop", "p2mp-ldp-next-hop")
_OPTIONS = ("preference", "metric", "tag", "tag2", "color", "community", "as-path", "retain", "no-retain", "readvertise",
            "no-readvertise", "resolve", "no-resolve", "install", "no-install", "active", "passive", "resolution-rib",
            "bfd-liveness-detection", "backup-pe-group", "longest-match", "validation-state")  # fmt: skip
_ROUTE = frozenset((*_OPTIONS, *_HOPS, *_LSPS, "next-table", *_NOWHERE)) - {"active", "passive"}
_TABLE = re.compile(r"(?:(?P<instance>.+)\.)?(?:inet6?|inetflow|mpls|iso)\.\d+$")
_TARGETS = frozenset((*filters.ELSEWHERE, "encapsulate"))
_REWRITING = frozenset(("next-hop", "tunnel-attribute", "cos-next-hop-map", "install-nexthop"))
_EXPRESSION = re.compile(r"[\s()&|!]+")
_QUIET = frozenset(("self", "peer-address", "reject", "discard", "next-table"))


def routes(reader: JunosReader) -> Routes:
    """Read `routing-options static route P ...` and `rib T static route P ...`, in every routing instance.

    A route has a next hop, a `qualified-next-hop`, an LSP, `next-table T`, or none (`discard`, `reject`).
    """
    found = []
    for scope in reader.scopes():
        for vrf, root in reader.instances(scope):
            options = reader.find("routing-options", inside=root)
            if options is not None:
                for word in _static(reader, options):
                    found += _routes(reader, word, vrf)
    return Routes(tuple(found))


def _static(reader: JunosReader, options: Word) -> list[Word]:
    tables = [options, *reader.entries("rib", inside=options)]
    return [route for table in tables for route in reader.entries("static", "route", inside=table)]


def _routes(reader: JunosReader, route: Word, vrf: str) -> list[StaticRoute]:
    """One for each next hop; a discarded prefix has none, a lookup in another table names the table."""
    reader.use(route)
    reader.split(route, _ROUTE)
    found = []
    for child in route.children.values():
        name = child.text
        if name in _OPTIONS:
            reader.use_block(child)
        elif name in _HOPS:
            found += [_hop(reader, route.text, hop, vrf) for hop in reader.members(inside=child)]
        elif name in _LSPS:
            for lsp in reader.members(inside=child):
                found.append(StaticRoute(route.text, "", f"lsp {lsp.text}", reader.source(lsp), vrf))
        elif name == "next-table":
            table = reader.leaf(inside=child)
            if table is not None:
                match = _TABLE.match(table.text)
                other = (match["instance"] or "global") if match is not None else ""
                found.append(
                    StaticRoute(route.text, "", f"table {table.text}", reader.source(table), vrf, next_vrf=other)
                )
        elif name in _NOWHERE:
            reader.use(child)
            found.append(StaticRoute(route.text, "", name, reader.source(child), vrf, discard=name in _SINKS))
    return found


def _hop(reader: JunosReader, prefix: str, hop: Word, vrf: str) -> StaticRoute:
    for child in hop.children.values():
        if child.text in _OPTIONS:
            reader.use_block(child)
    address = hop.text if _ADDRESS.match(hop.text) else ""
    by_name = reader.value("interface", inside=hop) if address else hop.text
    return StaticRoute(prefix, address, by_name, reader.source(hop), vrf)


def redirection(reader: JunosReader) -> Redirection:
    """Read terms that send packets elsewhere, of filters that are bound; policies that rewrite next hops; FlowSpec.

    `then next-ip|next-ip6|next-interface|routing-instance|logical-system|encapsulate|topology` of a filter;
    `routing-options flow route F { match; then; }`; `policy-statement P term T then next-hop A`; `family inet flow` of BGP.
    """
    found: list[Redirect] = []
    rewrites: list[NextHopRewrite] = []
    flowspec: list[Source] = []
    for scope in reader.scopes():
        bound = _bound(reader, scope)
        for family, word in all_filters(reader, scope):
            lines = tuple(bound.get((word.text, family), ()))
            for term in reader.entries("term", inside=word) if lines else ():
                found += _elsewhere(reader, scope, scope.named(word.text), term, family, lines)
        for vrf, root in reader.instances(scope):
            found += _flow_routes(reader, vrf, root)
            flowspec += _flowspec(reader, root)
        rewrites += _rewrites(reader, scope)
    return Redirection(tuple(found), rewrites=tuple(rewrites), flowspec=tuple(flowspec))


def _bound(reader: JunosReader, scope: Scope) -> dict[tuple[str, int], list[Source]]:
    """(filter, family) -> the lines that bind it."""
    found: dict[tuple[str, int], list[Source]] = {}
    numbers = {kind: number for number, kind in FAMILIES}
    for kind, _, holder in bound_places(reader, scope):
        if kind in numbers:
            for direction in ("input", "output"):
                for name in bound_filters(reader, holder, direction):
                    found.setdefault((name.text, numbers[kind]), []).append(reader.source(name))
    return found


def _elsewhere(
    reader: JunosReader, scope: Scope, name: str, term: Word, family: int, bound: tuple[Source, ...]
) -> list[Redirect]:
    """`then next-ip A`, `next-interface I`, `routing-instance R` (by the routes of R), `encapsulate T`."""
    then = reader.find("then", inside=term)
    if then is None or _TARGETS.isdisjoint(then.children):
        return []
    targets: list[tuple[str, str, Word]] = []
    for action in ("next-ip", "next-ip6"):
        for word in reader.members(action, inside=then):
            targets.append(("address", word.text.removesuffix("/32").removesuffix("/128"), word))
    for word in reader.members("next-interface", inside=then):
        targets.append(("interface", word.text, word))
    for word in reader.members("encapsulate", inside=then):
        targets.append(("interface", f"tunnel-end-point {word.text}", word))
    for kind in ("logical-system", "topology"):
        for word in reader.members(kind, inside=then):
            targets.append(("vrf", f"{kind} {word.text}", word))
    for word in reader.members("routing-instance", inside=then):
        targets += [(kind, target, word) for kind, target in _by_instance(reader, scope, word)]
    if not targets:
        return []
    matches, sources = _matches(reader, scope, term, family)
    return [
        Redirect(name, kind, target, reader.source(word), bound, matches=matches, match_sources=sources)
        for kind, target, word in targets
    ]


def _matches(reader: JunosReader, scope: Scope, term: Word, family: int) -> tuple[tuple[str, ...], tuple[Source, ...]]:
    """What chooses the traffic of a term."""
    condition = reader.find("from", inside=term)
    if condition is None:
        return (), ()
    found = [
        (f"{kind.text} {value.text}", reader.source(value))
        for kind in condition.children.values()
        for value in reader.entries(inside=kind)
    ]
    named = filters.sources(reader, scope.root, condition, family)
    found += [
        (entry.prefix, entry.source) for entry in named.written if not any(entry.prefix in text for text, _ in found)
    ]
    return tuple(text for text, _ in found), tuple(dict.fromkeys(source for _, source in found))


def _by_instance(reader: JunosReader, scope: Scope, word: Word) -> list[tuple[str, str]]:
    """Where the static routes of the routing instance lead to; without any, the instance itself is the target."""
    instance = reader.find("routing-instances", word.text, "routing-options", inside=scope.root)
    found = []
    for route in _static(reader, instance) if instance is not None else ():
        for leg in _routes(reader, route, word.text):
            if leg.next_hop:
                found.append(("address", leg.next_hop))
            elif leg.interface not in _NOWHERE:
                found.append(("interface", leg.interface))
    return found or [("vrf", word.text)]


def _flow_routes(reader: JunosReader, vrf: str, root: Word) -> list[Redirect]:
    """`routing-options flow route F { match destination P; then { routing-instance target:..; next-hop A; } }`."""
    base = reader.find("routing-options", "flow", inside=root)
    if base is None:
        return []
    reader.use_block(base)
    found = []
    for route in reader.entries("route", inside=base):
        words = [value for kind in reader.entries("match", inside=route) for value in reader.entries(inside=kind)]
        for action, kind in (("routing-instance", "vrf"), ("next-hop", "address"), ("redirect", "address")):
            for word in reader.entries("then", action, inside=route):
                found.append(
                    Redirect(
                        f"flow route {route.text}",
                        kind,
                        word.text,
                        reader.source(word),
                        bound=(reader.source(route),),
                        matches=tuple(one.text for one in words),
                        vrf=vrf,
                        match_sources=tuple(map(reader.source, words)),
                    )
                )
    return found


def _flowspec(reader: JunosReader, root: Word) -> list[Source]:
    """`family inet flow` of BGP, at any level."""
    base = reader.find("protocols", "bgp", inside=root)
    if base is None:
        return []
    levels = [base]
    for group in reader.entries("group", inside=base):
        levels += [group, *reader.entries("neighbor", inside=group)]
    found = []
    for level in levels:
        for family in reader.entries("family", inside=level) if "family" in level.children else ():
            word = family.children.get("flow") or family.children.get("flow-labeled")
            if word is not None:
                found.append(reader.source(word))
    return found


def _rewrites(reader: JunosReader, scope: Scope) -> list[NextHopRewrite]:
    """`policy-statement P [term T] { from ..; then { next-hop A|discard; install-nexthop lsp L; next-table T; } }`."""
    uses: dict[str, list[Source]] = {}
    for name, source in policy_uses(reader, scope):
        plain = name and _EXPRESSION.search(name) is None
        for one in (name,) if plain else {name, *_EXPRESSION.split(name)} - {""}:
            uses.setdefault(one, []).append(source)
    found = []
    for policy in reader.entries("policy-options", "policy-statement", inside=scope.root):
        reader.use_block(policy)
        for term in (policy, *reader.entries("term", inside=policy)):
            then = term.children.get("then")
            if then is None or _REWRITING.isdisjoint(then.children):
                continue
            for hop, discard, source in _next_hops(reader, scope, then):
                found.append(
                    NextHopRewrite(
                        policy=scope.named(policy.text)
                        if term is policy
                        else f"{scope.named(policy.text)} term {term.text}",
                        next_hop=hop,
                        source=source,
                        triggers=_triggers(reader, term),
                        discard=discard,
                        bound=tuple(uses.get(policy.text, ())),
                    )
                )
    for kind in ("community", "as-path", "as-path-group", "condition"):
        reader.use_block(*reader.entries("policy-options", kind, inside=scope.root))
    return found


def _next_hops(reader: JunosReader, scope: Scope, then: Word) -> list[tuple[str, bool, Source]]:
    """(next hop, discards, line); the device's own address and that of the peer change nothing.

    `tunnel-attribute set T` sends what takes the route into a tunnel to T's end, `cos-next-hop-map M` each class of
    traffic to a next hop of its own; without a definition the name is all that is known.
    """
    found = []
    for word in reader.entries("next-hop", inside=then):
        if word.text == "next-table":
            found += [(f"table {table.text}", False, reader.source(table)) for table in reader.entries(inside=word)]
        elif word.text in ("discard", "reject"):
            found.append(("", True, reader.source(word)))
        elif word.text not in _QUIET:
            found.append((word.text, False, reader.source(word)))
    for word in reader.entries("tunnel-attribute", "set", inside=then):
        end = reader.value("policy-options", "tunnel-attribute", word.text, "remote-end-point", inside=scope.root)
        found.append((end or f"tunnel-attribute {word.text}", False, reader.source(word)))
    for word in reader.entries("cos-next-hop-map", inside=then):
        found += [(hop, False, reader.source(word)) for hop in _by_class(reader, scope, word.text)]
    chosen = reader.find("install-nexthop", inside=then)
    for kind in (
        (*reader.entries(inside=chosen), *reader.entries("strict", inside=chosen)) if chosen is not None else ()
    ):
        if kind.text not in ("strict", "except"):
            found += [(f"{kind.text} {word.text}", False, reader.source(word)) for word in reader.entries(inside=kind)]
    return found


def _by_class(reader: JunosReader, scope: Scope, name: str) -> list[str]:
    """`class-of-service forwarding-policy next-hop-map M forwarding-class C next-hop A`, `lsp-next-hop L`."""
    base = reader.find("class-of-service", "forwarding-policy", "next-hop-map", name, inside=scope.root)
    if base is None:
        return [f"cos-next-hop-map {name}"]
    reader.use_block(base)
    found = []
    for kind in reader.entries("forwarding-class", inside=base):
        found += [word.text for word in reader.entries("next-hop", inside=kind)]
        found += [f"lsp {word.text}" for word in reader.entries("lsp-next-hop", inside=kind)]
    return found


def _triggers(reader: JunosReader, term: Word) -> tuple[str, ...]:
    """The conditions of a term, as they are written."""
    condition = reader.find("from", inside=term)
    if condition is None:
        return ()
    return tuple(
        " ".join((kind.text, value.text, *value.children))
        for kind in condition.children.values()
        for value in reader.entries(inside=kind)
    )


def nat(reader: JunosReader) -> Nat:
    """Read `security nat source|destination|static rule-set S rule R { match; then; }` and `services nat rule R term T`.

    A pool stands for its addresses; `source-nat interface` is the address of the outgoing interface.
    """
    found: list[Translation] = []
    for scope in reader.scopes():
        base = reader.find("security", "nat", inside=scope.root)
        if base is not None:
            reader.use_block(base)
            for kind in ("source", "destination", "static"):
                place = reader.find(kind, inside=base)
                for rules in reader.entries("rule-set", inside=place) if place is not None else ():
                    for rule in reader.entries("rule", inside=rules):
                        found.append(_rule(reader, kind, place, rule))
        card = reader.find("services", "nat", inside=scope.root)
        if card is not None:
            reader.use_block(card)
            for rule in reader.entries("rule", inside=card):
                for term in reader.entries("term", inside=rule):
                    found.append(_card(reader, card, term))
    return Nat(tuple(found))


def _rule(reader: JunosReader, kind: str, place: Word | None, rule: Word) -> Translation:
    def matched(name: str) -> str:
        return " ".join(word.text for word in reader.entries("match", name, inside=rule))

    then = reader.find("then", f"{kind}-nat", inside=rule)
    pool = reader.value("pool", inside=then) if then is not None else ""
    address, port = _pool(reader, place, pool)
    target = next(iter(then.children), "") if then is not None else ""
    outer = matched("destination-address")
    if kind == "source":
        return Translation(
            "source",
            reader.source(rule),
            inside=matched("source-address") or matched("source-address-name"),
            outside=address or target,
            active=target != "off",
        )
    if kind == "static":
        inner = reader.value("prefix", inside=then) if then is not None else ""
        name = reader.value("prefix-name", inside=then) if then is not None else ""
        return Translation("static", reader.source(rule), inside=inner or name, outside=outer)
    ports = matched("destination-port")
    return Translation(
        "port-forward" if port or ports else "destination",
        reader.source(rule),
        inside=address or target,
        outside=outer,
        protocol=matched("protocol"),
        inside_port=port,
        outside_port=ports,
        active=target != "off",
    )


def _pool(reader: JunosReader, place: Word | None, name: str) -> tuple[str, str]:
    """(addresses, port) of `pool P { address A [port N] [to B]; }`; the name of a pool that is not defined."""
    pool = reader.find("pool", name, inside=place) if name and place is not None else None
    if pool is None:
        return name, ""
    words = reader.entries("address", inside=pool)
    port = next((reader.value("port", inside=word) for word in words if "port" in word.children), "")
    addresses = [word.text for word in words if word.text != "port"]
    return " ".join(addresses) or name, port or reader.value("address", "port", inside=pool)


def _card(reader: JunosReader, card: Word, term: Word) -> Translation:
    """`services nat rule R term T { from source-address P; then translated { source-pool P; translation-type basic; } }`."""
    done = reader.find("then", "translated", inside=term)
    kind = reader.value("translation-type", inside=done) if done is not None else ""
    pool = next(
        (
            reader.value(name, inside=done)
            for name in ("source-pool", "destination-pool")
            if done and name in done.children
        ),
        "",
    )
    address, _ = _pool(reader, card, pool)
    inner = [word.text for word in reader.entries("from", "source-address", inside=term)]
    outer = [word.text for word in reader.entries("from", "destination-address", inside=term)]
    destination = kind.startswith("dnat") or (done is not None and "destination-pool" in done.children)
    return Translation(
        "destination" if destination else "source",
        reader.source(term),
        inside=address if destination else " ".join(inner),
        outside=" ".join(outer) if destination else address,
    )
