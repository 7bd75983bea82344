"""Firewall filters as access lists, prefix lists, and where both are bound (syntax-other-families A8)."""

from collections.abc import Iterator

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Binding, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Source
from auditor.platforms.juniper_junos import filters, ranges
from auditor.platforms.juniper_junos.access import bound_filters
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_KINDS = {
    "inet": 4,
    "inet6": 6,
    "any": 0,
    "ethernet-switching": 0,
    "bridge": 0,
    "vpls": 0,
    "ccc": 0,
    "mpls": 0,
    "evpn": 0,
}
_OPTIONS = frozenset(
    ("interface-specific", "accounting-profile", "physical-interface-filter", "interface-shared", "fast-filter-lookup",
     "enhanced-mode", "enhanced-mode-override", "instance-shared", "fast-lookup-filter", "no-fast-lookup-filter")
)  # fmt: skip
_DIRECTIONS = (("input", "in"), ("output", "out"))
_PORTS = ("destination-port", "port")
_OTHER_PORTS = ("destination-port-except", "port-except")
_MIRRORING = ("port-mirror", "port-mirror-instance", "l2-mirror", "next-hop-group", "packet-capture", "analyzer")
_TOLD = (*filters.ELSEWHERE, "decapsulate", "encapsulate", *_MIRRORING)
"""Actions that are neither permit nor deny, in the order in which one of them is named."""
_ANY_TOLD = frozenset(_TOLD)


def acls(reader: JunosReader) -> Acls:
    """Read `firewall family F filter N`, the old `firewall filter N`, and `policy-options prefix-list P`.

    A filter is bound by `filter input|output|input-list|output-list` of a unit and family, of `forwarding-options
    family`, of a VLAN or bridge domain. A term with several protocols becomes one entry for each. At the end of a
    filter the rest is discarded. A prefix list is used by filters, policies and SNMP.
    """
    bound, undefined = _bindings(reader)
    found = []
    for scope in reader.scopes():
        for family, kind, word in every_filter(reader, scope):
            reader.use(word)
            for term in reader.entries("term", inside=word):
                filters.use_term(reader, term)
            if not _OPTIONS.isdisjoint(word.children):
                reader.use_block(*(child for text, child in word.children.items() if text in _OPTIONS))
            places = bound.get((scope.name, kind, word.text), ())
            found.append(_acl(reader, scope, family, word, tuple(places)))
        reader.use_block(*reader.entries("firewall", "interface-set", inside=scope.root))
    lists, missing = _prefix_lists(reader)
    undefined += [*missing, *_policies(reader), *_views(reader)]
    return Acls(tuple(found), prefix_lists=tuple(lists), undefined=tuple(undefined))


def _views(reader: JunosReader) -> list[Undefined]:
    """Views that a community of SNMP names and that no statement defines."""
    known = {word.text for word in reader.entries("snmp", "view")}
    views = [reader.leaf("view", inside=word) for word in reader.entries("snmp", "community")]
    return [
        Undefined("view", word.text, reader.source(word))
        for word in views
        if word is not None and word.text not in known
    ]


def all_filters(reader: JunosReader, scope: Scope) -> list[tuple[int, Word]]:
    """Every filter of the IP families, with its family."""
    return [(family, word) for family, _, word in every_filter(reader, scope) if family]


def every_filter(reader: JunosReader, scope: Scope) -> list[tuple[int, str, Word]]:
    """(family, its name, filter) of every family; the old form without one is IPv4."""
    found = [(4, "inet", word) for word in reader.entries("firewall", "filter", inside=scope.root)]
    for kind in reader.entries("firewall", "family", inside=scope.root):
        family = _KINDS.get(kind.text, 0)
        found += [(family, kind.text, word) for word in reader.entries("filter", inside=kind)]
    return found


class Term(msgspec.Struct, frozen=True):
    """A word of a condition or an action, and where it stands."""

    filter: Word
    term: Word
    word: Word

    @property
    def name(self) -> str:
        """The term, as facts name it."""
        return f"filter {self.filter.text} term {self.term.text}"


def terms_with(reader: JunosReader, scope: Scope, part: str, name: str) -> list[Term]:
    """The terms of all filters that have this word in `from` or `then`; worked out once for all words."""
    key = ("terms", scope.root, part)
    known = reader.memory.get(key)
    if not isinstance(known, dict):
        known = dict[str, list[Term]]()
        for _, _, word in every_filter(reader, scope):
            for term in reader.entries("term", inside=word):
                holder = term.children.get(part)
                for text, child in holder.children.items() if holder is not None else ():
                    known.setdefault(text, []).append(Term(word, term, child))
        reader.memory[key] = known
    found: list[Term] = known.get(name, [])
    return found


def _acl(reader: JunosReader, scope: Scope, family: int, word: Word, bound: tuple[Binding, ...]) -> Acl:
    return Acl(
        name=scope.named(word.text),
        family=family,
        entries=tuple(
            entry for term in reader.entries("term", inside=word) for entry in _entries(reader, scope, family, term)
        ),
        sources=(reader.source(word),),
        bindings=bound,
    )


def _entries(reader: JunosReader, scope: Scope, family: int, term: Word) -> list[AclEntry]:
    """A term; nothing where it only looks on and leaves the decision to the next."""
    action, line = filters.ending(reader, term)
    if action == "next":
        return []
    condition = term.children.get("from")
    then = term.children.get("then")
    named = filters.sources(reader, scope.root, condition, family or 4)
    met = condition.children if condition is not None else {}
    done = then.children if then is not None else {}
    protocols = met.get("protocol") or met.get("next-header")
    names = [word.text for word in reader.entries(inside=protocols)] if protocols is not None else []
    entry = AclEntry(
        permit=action != "discard",
        sources=_prefixes(named, family) if family or condition is None else (),
        source=line,
        protocol=names[0] if names else "",
        destinations=_destinations(reader, scope, condition) if condition is not None else (),
        ports=_ports(reader, met),
        source_ports=tuple(map(_port, reader.entries(inside=met["source-port"]))) if "source-port" in met else (),
        log="log" in done or "syslog" in done,
        established="tcp-established" in met,
        action="" if _ANY_TOLD.isdisjoint(done) else next(word for word in _TOLD if word in done),
    )
    return [entry, *(msgspec.structs.replace(entry, protocol=name) for name in names[1:])]


def _prefixes(named: filters.Sources, family: int) -> tuple[str, ...]:
    """The prefixes as they are written; worked out where there are exceptions."""
    if not family:
        return ("0.0.0.0/0", "::/0")
    if named.addresses is None:
        return ()
    if named.any or named.reduced:
        return ranges.prefixes(named.addresses, family)
    return tuple(entry.prefix for entry in named.written)


def _destinations(reader: JunosReader, scope: Scope, condition: Word) -> tuple[str, ...]:
    """`destination-address`, `destination-prefix-list`; `address` counts as a source."""
    found = []
    for word in reader.entries("destination-address", inside=condition):
        if "except" not in word.children:
            found.append(filters.prefix(word.text))
    for name in reader.entries("destination-prefix-list", inside=condition):
        listed = filters.prefix_list(reader, scope.root, name.text)
        if "except" not in name.children:
            found += [entry.prefix for entry in listed or ()]
    return tuple(found)


def _ports(reader: JunosReader, met: dict[str, Word]) -> tuple[str, ...]:
    found = [_port(word) for name in _PORTS if name in met for word in reader.entries(inside=met[name])]
    for name in _OTHER_PORTS:
        if name in met:
            found += [f"!{_port(word)}" for word in reader.entries(inside=met[name])]
    return tuple(found)


def _port(word: Word) -> str:
    """A port by its number; names that Junos has are translated."""
    number = filters.PORTS.get(word.text)
    return str(number) if number is not None else word.text


def _bindings(reader: JunosReader) -> tuple[dict[tuple[str, str, str], list[Binding]], list[Undefined]]:
    """(logical system, family, filter) -> where it is bound; and filters that are bound and not defined."""
    found: dict[tuple[str, str, str], list[Binding]] = {}
    undefined = []
    for scope in reader.scopes():
        known = {(kind, word.text) for _, kind, word in every_filter(reader, scope)}
        for kind, place, holder in bound_places(reader, scope):
            for written, direction in _DIRECTIONS:
                for name in bound_filters(reader, holder, written):
                    binding = Binding(place, reader.source(name), direction)
                    found.setdefault((scope.name, kind, name.text), []).append(binding)
                    if (kind, name.text) not in known:
                        undefined.append(Undefined("access-list", name.text, binding.source))
    return found, undefined


def bound_places(reader: JunosReader, scope: Scope) -> list[tuple[str, str, Word]]:
    """(family, place, the word `filter`) of everything that filters can be bound to."""
    key = ("bound places", scope.root)
    known = reader.memory.get(key)
    if not isinstance(known, list):
        known = reader.memory[key] = list(_bound_places(reader, scope))
    return known


def _bound_places(reader: JunosReader, scope: Scope) -> Iterator[tuple[str, str, Word]]:
    for port, unit in reader.units(scope):
        if "filter" in unit.children:
            yield "any", _place(scope, port, unit), unit.children["filter"]
        for family in reader.entries("family", inside=unit):
            if "filter" in family.children:
                yield family.text, _place(scope, port, unit), family.children["filter"]
    for vrf, root in reader.instances(scope):
        for family in reader.entries("forwarding-options", "family", inside=root):
            if "filter" in family.children:
                yield family.text, f"forwarding-options {vrf}".strip(), family.children["filter"]
        for kind, family_name in (("vlans", "ethernet-switching"), ("bridge-domains", "bridge")):
            for domain in reader.entries(kind, inside=root) if kind in root.children else ():
                for holder in (domain, reader.find("forwarding-options", inside=domain)):
                    if holder is not None and "filter" in holder.children:
                        yield family_name, f"{kind.removesuffix('s')} {domain.text}", holder.children["filter"]


def _place(scope: Scope, port: Word, unit: Word) -> str:
    return f"interface {scope.named(f'{port.text}.{unit.text}')}"


def _prefix_lists(reader: JunosReader) -> tuple[list[PrefixList], list[Undefined]]:
    lists, undefined = [], []
    for scope in reader.scopes():
        used = dict[str, list[Binding]]()
        for name, binding in _uses(reader, scope):
            used.setdefault(name, []).append(binding)
        defined = reader.entries("policy-options", "prefix-list", inside=scope.root)
        for word in defined:
            listed = filters.prefix_list(reader, scope.root, word.text) or []
            entries = tuple(PrefixEntry(True, entry.prefix, entry.source) for entry in listed)
            six = [":" in entry.prefix for entry in entries]
            lists.append(
                PrefixList(
                    name=scope.named(word.text),
                    family=0 if not six or (any(six) and not all(six)) else 6 if six[0] else 4,
                    entries=entries,
                    sources=(reader.source(word),),
                    bindings=tuple(used.get(word.text, ())),
                    derived="apply-path" in word.children,
                )
            )
        known = (
            {word.text for word in defined}
            | {word.text for word in reader.entries("policy-options", "prefix-list")}
            | {word.text for word in reader.entries("snmp", "client-list")}
        )
        for name, places in used.items():
            if name not in known:
                undefined.append(Undefined("prefix-list", name, places[0].source))
    return lists, undefined


def _uses(reader: JunosReader, scope: Scope) -> Iterator[tuple[str, Binding]]:
    """(prefix list, where it is used): filters, policies, SNMP communities."""
    for kind in ("source-prefix-list", "destination-prefix-list", "prefix-list"):
        for found in terms_with(reader, scope, "from", kind):
            for name in reader.entries(inside=found.word):
                yield name.text, Binding(found.name, reader.source(name))
    for policy in reader.entries("policy-options", "policy-statement", inside=scope.root):
        for term in (policy, *reader.entries("term", inside=policy)):
            condition = term.children.get("from")
            for kind in ("prefix-list", "prefix-list-filter") if condition is not None else ():
                for name in reader.entries(kind, inside=condition):
                    yield name.text, Binding(f"policy {policy.text}", reader.source(name))
    for community in reader.entries("snmp", "community", inside=scope.root):
        for name in reader.entries("client-list-name", inside=community):
            yield name.text, Binding("snmp", reader.source(name))


def policy_uses(reader: JunosReader, scope: Scope) -> list[tuple[str, Source]]:
    """(policy, line) of every use: BGP and other protocols, routing instances, the forwarding table, other policies."""
    key = ("policy uses", scope.root)
    known = reader.memory.get(key)
    if isinstance(known, list):
        return known
    found: list[tuple[str, Source]] = []
    for _, root in reader.instances(scope):
        for name in ("vrf-import", "vrf-export"):
            if name in root.children:
                found += [(word.text, reader.source(word)) for word in reader.members(name, inside=root)]
        for level in _policy_levels(reader, root):
            for name in ("import", "export"):
                if name in level.children:
                    found += [(one.text, reader.source(one)) for one in reader.entries(name, inside=level)]
    for policy in reader.entries("policy-options", "policy-statement", inside=scope.root):
        for term in (policy, *reader.entries("term", inside=policy)):
            condition = term.children.get("from")
            if condition is not None and "policy" in condition.children:
                found += [(one.text, reader.source(one)) for one in reader.entries("policy", inside=condition)]
    reader.memory[key] = found
    return found


def _policy_levels(reader: JunosReader, root: Word) -> list[Word]:
    """Where `import` and `export` stand: protocols, their groups and areas, neighbours of BGP, routing options."""
    found = []
    for protocol in reader.entries("protocols", inside=root):
        found.append(protocol)
        for kind in ("group", "area"):
            for group in reader.entries(kind, inside=protocol) if kind in protocol.children else ():
                found.append(group)
                if "neighbor" in group.children:
                    found += reader.entries("neighbor", inside=group)
    for option in reader.entries("routing-options", inside=root):
        if option.text not in ("static", "rib"):
            found += (option, *option.walk())
    return found


_EXPRESSION = frozenset("()&|! ")


def _policies(reader: JunosReader) -> list[Undefined]:
    """Policies that are used and not defined; an expression of policies, and what the system has, is left alone."""
    found = []
    for scope in reader.scopes():
        known = {word.text for word in reader.entries("policy-options", "policy-statement", inside=scope.root)}
        for name, source in policy_uses(reader, scope):
            if name not in known and not _EXPRESSION & set(name) and not name.startswith("__") and scope.name == "":
                found.append(Undefined("route-map", name, source))
    return list(dict.fromkeys(found))
