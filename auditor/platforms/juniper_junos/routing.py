"""Interfaces, static routes and filter-based forwarding (syntax-other-families A7, A8)."""

import re
from collections.abc import Iterator

from auditor.model.areas import Interface, Interfaces, Redirect, Redirection, Routes, StaticRoute
from auditor.model.evidence import Source
from auditor.platforms.juniper_junos.access import FAMILIES, bound_inputs
from auditor.platforms.juniper_junos.acls import all_filters
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_ADDRESS = re.compile(r"[0-9a-fA-F.:]+(?:/\d+)?$")
_NO_INTERFACES = ("interface-range", "interface-set", "traceoptions", "stacked-interface-set")
_NOWHERE = ("discard", "reject", "receive")
_HOPS = ("next-hop", "qualified-next-hop")
_BINDS = ("input", "input-list", "output", "output-list")


def interfaces(reader: JunosReader) -> Interfaces:
    """Read logical interfaces with addresses, description, state and routing instance."""
    found = []
    for scope in reader.scopes():
        members = {
            member.text: scope.named(instance.text)
            for instance in reader.entries("routing-instances", inside=scope.root)
            for member in reader.members("interface", inside=instance)
        }
        for port in reader.entries("interfaces", inside=scope.root):
            if port.text not in _NO_INTERFACES:
                found += _ports(reader, scope, port, members)
    return Interfaces(tuple(found))


def _ports(reader: JunosReader, scope: Scope, port: Word, members: dict[str, str]) -> list[Interface]:
    reader.use(port)
    units = reader.entries("unit", inside=port)
    down = reader.take("disable", inside=port) is not None
    text = reader.value("description", inside=port)
    if not units:
        return [Interface(scope.named(port.text), reader.source(port), description=text, shutdown=down)]
    found = []
    for unit in units:
        reader.use(unit)
        name = f"{port.text}.{unit.text}"
        found.append(
            Interface(
                name=scope.named(name),
                source=reader.source(unit),
                addresses=tuple(_addresses(reader, unit)),
                description=reader.value("description", inside=unit) or text,
                shutdown=reader.take("disable", inside=unit) is not None or down,
                vrf=members.get(name, scope.name),
            )
        )
    return found


def _addresses(reader: JunosReader, unit: Word) -> list[str]:
    """`family inet address A` and `family inet6 address A`; a bare `family inet6` has a link-local address."""
    found = []
    for _, kind in FAMILIES:
        family = reader.take("family", kind, inside=unit)
        written = reader.members("address", inside=family) if family is not None else []
        found += [word.text for word in written]
        if family is not None and kind == "inet6" and not written:
            found.append("fe80::/10")
    return found


def routes(reader: JunosReader) -> Routes:
    """Read `routing-options static route P ...` and `rib T static route P ...`, in every routing instance."""
    found = []
    for scope in reader.scopes():
        for vrf, options in _options(reader, scope):
            for word in _static(reader, options):
                found += _routes(reader, word, scope.named(vrf))
    return Routes(tuple(found))


def _options(reader: JunosReader, scope: Scope) -> Iterator[tuple[str, Word]]:
    for vrf, root in (("", scope.root), *((w.text, w) for w in reader.entries("routing-instances", inside=scope.root))):
        options = reader.find("routing-options", inside=root)
        if options is not None:
            yield vrf, options


def _static(reader: JunosReader, options: Word) -> list[Word]:
    tables = [options, *reader.entries("rib", inside=options)]
    return [route for table in tables for route in reader.entries("static", "route", inside=table)]


def _routes(reader: JunosReader, route: Word, vrf: str) -> list[StaticRoute]:
    """One for each next hop; a discarded prefix has none, a lookup in another table names the table."""
    reader.use(route)
    found = []
    for statement in _HOPS:
        for hop in reader.members(statement, inside=route):
            address = hop.text if _ADDRESS.match(hop.text) else ""
            by_name = reader.value("interface", inside=hop) if address else hop.text
            found.append(StaticRoute(route.text, address, by_name, reader.source(hop), vrf))
    table = reader.leaf("next-table", inside=route)
    if table is not None:
        found.append(StaticRoute(route.text, "", f"table {table.text}", reader.source(table), vrf))
    for word in _NOWHERE:
        stop = reader.take(word, inside=route)
        if stop is not None:
            found.append(StaticRoute(route.text, "", word, reader.source(stop), vrf))
    return found


def redirection(reader: JunosReader) -> Redirection:
    """Read the terms that send packets elsewhere, of filters that are bound to an interface or a routing table."""
    found = []
    for scope in reader.scopes():
        bound = _bound(reader, scope)
        for family, word in all_filters(reader, scope):
            lines = tuple(bound.get((word.text, family), ()))
            if lines:
                for term in reader.entries("term", inside=word):
                    found += _elsewhere(reader, scope, scope.named(word.text), term, lines)
    return Redirection(tuple(found))


def _bound(reader: JunosReader, scope: Scope) -> dict[tuple[str, int], list[Source]]:
    """(filter, family) -> the lines that bind it."""
    found: dict[tuple[str, int], list[Source]] = {}
    for family, word in _bindings(reader, scope):
        names = bound_inputs(reader, word)
        names += [name for kind in _BINDS[2:] for name in reader.members(kind, inside=word)]
        for name in names:
            found.setdefault((name.text, family), []).append(reader.source(name))
    return found


def _bindings(reader: JunosReader, scope: Scope) -> Iterator[tuple[int, Word]]:
    instances = reader.entries("routing-instances", inside=scope.root)
    for family, kind in FAMILIES:
        places = [reader.find("forwarding-options", "family", kind, "filter", inside=scope.root)]
        places += [reader.find("forwarding-options", "family", kind, "filter", inside=word) for word in instances]
        for port in reader.entries("interfaces", inside=scope.root):
            places += [
                reader.find("family", kind, "filter", inside=unit) for unit in reader.entries("unit", inside=port)
            ]
        yield from ((family, place) for place in places if place is not None)


def _elsewhere(reader: JunosReader, scope: Scope, name: str, term: Word, bound: tuple[Source, ...]) -> list[Redirect]:
    """`then next-ip A`, `next-interface I`, `routing-instance R` (by the routes of R), `encapsulate T`."""
    then = reader.find("then", inside=term)
    if then is None:
        return []
    found = []
    for action in ("next-ip", "next-ip6"):
        for word in reader.members(action, inside=then):
            address = word.text.removesuffix("/32").removesuffix("/128")
            found.append(Redirect(name, "address", address, reader.source(word), bound))
    for word in reader.members("next-interface", inside=then):
        found.append(Redirect(name, "interface", word.text, reader.source(word), bound))
    for word in reader.members("encapsulate", inside=then):
        found.append(Redirect(name, "interface", f"tunnel-end-point {word.text}", reader.source(word), bound))
    for word in reader.members("routing-instance", inside=then):
        found += _by_instance(reader, scope, name, word, bound)
    return found


def _by_instance(reader: JunosReader, scope: Scope, name: str, word: Word, bound: tuple[Source, ...]) -> list[Redirect]:
    """Where the static routes of the routing instance lead to; without any, the instance itself is the target."""
    instance = reader.find("routing-instances", word.text, "routing-options", inside=scope.root)
    found = []
    for route in _static(reader, instance) if instance is not None else ():
        for leg in _routes(reader, route, word.text):
            if leg.next_hop:
                found.append(Redirect(name, "address", leg.next_hop, reader.source(word), bound))
            elif leg.interface not in _NOWHERE:
                found.append(Redirect(name, "interface", leg.interface, reader.source(word), bound))
    return found or [Redirect(name, "routing-instance", word.text, reader.source(word), bound)]
