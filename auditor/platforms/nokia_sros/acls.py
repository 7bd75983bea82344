"""Filters, prefix lists and where they are bound (syntax-other-families B8).

filter ip-filter "F" { default-action drop; entry N { match { protocol tcp; src-ip { address A }; dst-port { eq 22 } }
                                                      action { accept } } }
system security management-access-filter ip-filter { default-action drop; entry N { match { ... }; action accept } }
system security cpm-filter { default-action drop; ip-filter { admin-state enable; entry N { ... } } }
filter match-list ip-prefix-list "L" prefix P, policy-options prefix-list "L" prefix P type exact
"""

import ipaddress

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Admission, Binding, Filter, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Setting, Source
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted
from auditor.platforms.nokia_sros.places import places
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_KINDS = {"ip-filter": 4, "ipv6-filter": 6}
_FAMILIES = {"ip": 4, "ipv6": 6}
_PROTOCOLS = {"tcp": frozenset(("", "tcp", "6", "tcp-udp")), "udp": frozenset(("", "udp", "17", "tcp-udp"))}
_ANY = {4: ANY4, 6: ANY6}
_PERMITS = frozenset(
    ("accept", "forward", "nat", "http-redirect", "gtp-local-breakout", "ignore-match", "tcp-mss-adjust", "queue")
)
_OPEN = frozenset(("accept", "ignore-match", "default"))
MAF, CPM = ("system", "security", "management-access-filter"), ("system", "security", "cpm-filter")
_ENTRY_QUIET = (
    "collect-stats", "egress-pbr", "filter-sample", "interface-sample", "sample-profile", "pbr-down-action-override", "sticky-dest",
)  # fmt: skip


class Guard(msgspec.Struct, frozen=True):
    """A filter in front of the device's own processor."""

    acl: Acl
    bound: Source
    active: bool
    limited: frozenset[int]
    """Indexes of entries that hold for one routing instance or port of the box only."""
    default: Source | None = None
    """The line that says what becomes of what no entry matches."""

    def filter(self, port: int, protocol: str = "tcp") -> Filter:
        """Who reaches a port of the device through it."""
        names = _PROTOCOLS[protocol]
        entries = [
            msgspec.structs.replace(entry, protocol="")
            for index, entry in enumerate(self.acl.entries)
            if (entry.permit or index not in self.limited)
            and entry.protocol in names
            and _has_port(entry, port)
            and entry.action != "ignore-match"
        ]
        if self.acl.default_permit:
            entries.append(AclEntry(True, (_ANY[self.acl.family],), self.default or self.bound))
        return Filter(
            name=self.acl.name,
            family=self.acl.family,
            bound=self.bound,
            any_source=admits_any(entries),
            admitted=admitted(entries),
        )


class Filters:
    """All filters of a configuration, where they are bound, and names without a definition."""

    def __init__(self, reader: SrosReader) -> None:
        self._reader = reader
        self.undefined: list[Undefined] = []
        self._reached: dict[tuple[int, str], tuple[bool, Setting[bool], tuple[Admission, ...]]] = {}
        self._prefixes = self._match_lists()
        self.bound: dict[tuple[int, str], list[Binding]] = {}
        self.on: dict[Word, list[tuple[str, int, str, Source]]] = {}
        self._bindings()
        self.words: list[tuple[int, Word]] = []
        self.lists = self._lists()
        self._by_name = {(acl.family, acl.name): acl for acl in self.lists}
        self._ids = self._by_id()
        self.guards = [*self._guards(MAF), *self._guards(CPM)]

    def named(self, family: int, name: str) -> Acl | None:
        """A filter by its name or its number."""
        return self._by_name.get((family, name)) or self._by_name.get((family, self._ids.get((family, name), "")))

    def at(self, word: Word, direction: str) -> tuple[Filter, ...]:
        """The filters that are bound to an interface or SAP."""
        found = []
        for way, family, name, source in self.on.get(word, ()):
            if way == direction:
                known, reached, admissions = self._reach(family, name)
                found.append(Filter(name, family, source, defined=known, any_source=reached, admitted=admissions))
        return tuple(found)

    def _reach(self, family: int, name: str) -> tuple[bool, Setting[bool], tuple[Admission, ...]]:
        """Whether a filter is defined, whether it lets any source in, and whom it admits."""
        key = (family, name)
        if key not in self._reached:
            acl = self.named(family, name)
            entries = acl.entries if acl is not None else ()
            if acl is not None and acl.default_permit:
                entries = (*entries, AclEntry(True, (_ANY[family],), acl.sources[0]))
            self._reached[key] = (acl is not None, admits_any(entries), admitted(entries))
        return self._reached[key]

    def _bindings(self) -> None:
        reader = self._reader
        for place in places(reader):
            for way, direction in (("ingress", "in"), ("egress", "out")):
                holder = reader.find(way, "filter", inside=place.word) if way in place.word.children else None
                if holder is None:
                    continue
                reader.leaf("mac", inside=holder)
                for kind, family in _FAMILIES.items():
                    word = reader.leaf(kind, inside=holder)
                    if word is not None:
                        source = reader.source(word)
                        self.bound.setdefault((family, word.text), []).append(Binding(place.where, source, direction))
                        self.on.setdefault(place.word, []).append((direction, family, word.text, source))
        for kind, family in _FAMILIES.items():
            for word in reader.entries("filter", "system-filter", kind):
                bound = Binding("system-filter", reader.source(word))
                self.bound.setdefault((family, word.text), []).append(bound)

    def _lists(self) -> list[Acl]:
        reader = self._reader
        found = []
        for kind, family in _KINDS.items():
            for word in reader.entries("filter", kind):
                number = reader.value("filter-id", inside=word)
                for name in ("scope", "type", "chain-to-system-filter", "shared-policer"):
                    reader.leaf(name, inside=word)
                default = reader.value("default-action", inside=word)
                entries, _ = self._entries(word, family)
                bindings = (
                    *self.bound.get((family, word.text), ()),
                    *(self.bound.get((family, number), ()) if number != word.text else ()),
                )
                found.append(
                    Acl(
                        word.text,
                        family,
                        tuple(entries),
                        reader.sources(word),
                        bindings,
                        default_permit=default in _OPEN,
                    )
                )
                self.words.append((family, word))
        for word in reader.entries("filter", "mac-filter"):
            reader.use_block(word)
        known = {(acl.family, acl.name) for acl in found} | set(self._numbers(found))
        for (family, name), places_bound in self.bound.items():
            if (family, name) not in known:
                self.undefined.append(Undefined("access-list", name, places_bound[0].source))
        return found

    def _numbers(self, lists: list[Acl]) -> list[tuple[int, str]]:
        names = {acl.name for acl in lists}
        return [key for key, name in self._by_id().items() if name in names]

    def _by_id(self) -> dict[tuple[int, str], str]:
        found = {}
        for family, word in self.words:
            number = self._reader.value("filter-id", inside=word)
            if number:
                found[family, number] = word.text
        return found

    def _guards(self, path: tuple[str, ...]) -> list[Guard]:
        reader = self._reader
        found: list[Guard] = []
        holder = reader.find(*path)
        if holder is None:
            return found
        for kind in ("ip-filter", "ipv6-filter", "mac-filter"):
            word = reader.find(kind, inside=holder)
            if word is None:
                continue
            if kind == "mac-filter":
                reader.use_block(word)
                continue
            reader.use(word)
            family = _KINDS[kind]
            active = reader.active(word, default=path is MAF)
            leaf = reader.leaf("default-action", inside=word) or reader.leaf("default-action", inside=holder)
            default = leaf.text if leaf is not None else ""
            entries, limited = self._entries(word, family)
            where = Binding("control-plane" if path is CPM else "management", reader.source(word), "in")
            acl = Acl(
                f"{path[-1]} {kind}",
                family,
                tuple(entries),
                reader.sources(word),
                (where,) if active else (),
                default_permit=default in _OPEN or not default,
            )
            at = reader.source(leaf) if leaf is not None else None
            found.append(Guard(acl, reader.source(word), active, frozenset(limited), at))
        return found

    def _entries(self, holder: Word, family: int) -> tuple[list[AclEntry], list[int]]:
        found: list[AclEntry] = []
        limited: list[int] = []
        words = [(_order(word, 0), word) for word in self._reader.entries("entry", inside=holder)]
        words += self._embedded(holder)
        for _, word in sorted(words, key=lambda pair: pair[0]):
            if word.children:
                entry, narrow = self._entry(word, family)
                if narrow:
                    limited.append(len(found))
                found.append(entry)
        return found, limited

    def _embedded(self, holder: Word) -> list[tuple[tuple[int, str], Word]]:
        """`embed { filter "F" offset N }`: the entries of another filter, moved by an offset."""
        reader = self._reader
        found = []
        for named in reader.entries("embed", "filter", inside=holder):
            reader.use_block(named)
            other = holder.parent.children.get(named.text) if holder.parent is not None else None
            if other is None or other is holder:
                self.undefined.append(Undefined("access-list", named.text, reader.source(named)))
                continue
            for offset in reader.entries("offset", inside=named) or [named]:
                shift = (
                    int(offset.text) if offset.text.isascii() and offset.text.isdigit() and offset is not named else 0
                )
                found += [(_order(word, shift), word) for word in reader.entries("entry", inside=other)]
        return found

    def _entry(self, word: Word, family: int) -> tuple[AclEntry, bool]:
        reader = self._reader
        reader.leaf("description", inside=word)
        log = reader.leaf("log", inside=word) is not None or reader.on("log-events", inside=word)
        for name in _ENTRY_QUIET:
            reader.leaf(name, inside=word)
        action = self._action(word)
        match = reader.find("match", inside=word)
        if match is None:
            permit = action in _PERMITS
            return AclEntry(permit, (_ANY[family],), reader.source(word), log=log, action=_special(action)), False
        reader.use_block(match)
        protocol = reader.value("protocol", inside=match) or reader.value("next-header", inside=match)
        established = "tcp-established" in match.children or reader.on("tcp-flags", "ack", inside=match)
        entry = AclEntry(
            permit=action in _PERMITS,
            sources=self._addresses(match, "src-ip", family) or (),
            source=reader.source(word),
            protocol=protocol if protocol not in ("*", "any") else "",
            destinations=self._destinations(match, family),
            ports=self._ports(match, "dst-port") or self._ports(match, "port"),
            source_ports=self._ports(match, "src-port"),
            log=log,
            established=established,
            action=_special(action),
            active=action not in ("none", "ignore-match"),
        )
        return entry, any(
            name in match.children for name in ("router-instance", "mgmt-port", "dst-ip", "fragment", "ttl", "dscp")
        )

    def _action(self, word: Word) -> str:
        """`action accept`, `action { accept }`, `action { forward { ... } }`; a filter entry without one does nothing."""
        holder = self._reader.find("action", inside=word)
        if holder is None:
            return "none"
        self._reader.use_block(holder)
        first = next((child for child in holder.children.values() if child.text not in ("fc", "rate-limit")), None)
        if first is None:
            return "drop" if "rate-limit" not in holder.children else "accept"
        chosen = (
            self._reader.leaf("action", inside=word)
            if all(not child.children for child in holder.children.values())
            else first
        )
        self._reader.use(first)
        return chosen.text if chosen is not None else first.text

    def _destinations(self, match: Word, family: int) -> tuple[str, ...]:
        found = self._addresses(match, "dst-ip", family)
        return found if found and found != (_ANY[family],) else ()

    def _addresses(self, match: Word, name: str, family: int) -> tuple[str, ...]:
        """Prefixes of `src-ip { address A [mask M] }` or of the prefix list that is named; any where nothing is."""
        reader = self._reader
        holder = reader.find(name, inside=match)
        if holder is None:
            return (_ANY[family],)
        named = reader.leaf("ip-prefix-list", inside=holder) or reader.leaf("ipv6-prefix-list", inside=holder)
        if named is not None:
            if named.text not in self._prefixes:
                self.undefined.append(Undefined("prefix-list", named.text, reader.source(named)))
            return self._prefixes.get(named.text, ())
        address = reader.value("address", inside=holder)
        mask = reader.value("mask", inside=holder)
        return (prefix(address, mask),) if address else (_ANY[family],)

    def _ports(self, match: Word, name: str) -> tuple[str, ...]:
        """`dst-port { eq 22 }`, `port 22`, `range { start A end B }`, `lt`, `gt`, `port-list L`."""
        reader = self._reader
        holder = reader.find(name, inside=match)
        if holder is None:
            return ()
        exact = reader.value("eq", inside=holder) or reader.value("port", inside=holder)
        if exact:
            return (exact,)
        start, end = reader.value("range", "start", inside=holder), reader.value("range", "end", inside=holder)
        if start and end:
            return (f"{start}-{end}",)
        if above := reader.number("gt", inside=holder):
            return (f"{above + 1}-65535",)
        if below := reader.number("lt", inside=holder):
            return (f"0-{below - 1}",)
        named = reader.value("port-list", inside=holder)
        if not named:
            return ()
        inner = reader.find("filter", "match-list", "port-list", named)
        if inner is None:
            self.undefined.append(Undefined("port-list", named, reader.source(holder)))
            return ()
        reader.use_block(inner)
        return _port_list(inner)

    def _match_lists(self) -> dict[str, tuple[str, ...]]:
        """`filter match-list ip-prefix-list "L" prefix P`; `apply-path` lists are worked out by the device."""
        reader = self._reader
        found: dict[str, tuple[str, ...]] = {}
        for kind in ("ip-prefix-list", "ipv6-prefix-list"):
            for word in reader.entries("filter", "match-list", kind):
                reader.use_block(word)
                worked_out = "apply-path" in word.children
                found[word.text] = (
                    () if worked_out else tuple(prefix(one.text) for one in reader.entries("prefix", inside=word))
                )
        return found


def _port_list(word: Word) -> tuple[str, ...]:
    """`port 22`, `range 100 end 200` or `range start 100 end 200`; classic `port range 100 200`."""
    found = []
    for kind in word.children.values():
        for value in kind.children.values() if kind.text in ("port", "range") else ():
            numbers = [one.text for one in (value, *value.walk()) if one.text.isdigit()]
            found.append("-".join(numbers[:2]) if kind.text == "range" or value.text == "range" else value.text)
    return tuple(found)


def _special(action: str) -> str:
    return action if action not in ("accept", "drop", "reject") else ""


def _order(word: Word, shift: int) -> tuple[int, str]:
    """Entries are tried by their numbers; names come last."""
    plain = word.text.isascii() and word.text.isdigit() and len(word.text) < 12
    return (int(word.text) + shift if plain else 1 << 60, word.text)


def _has_port(entry: AclEntry, port: int) -> bool:
    """Whether the entry can match connections to a port."""
    if not entry.ports:
        return True
    for text in entry.ports:
        first, _, last = text.partition("-")
        if not first.isdigit() or (last and not last.isdigit()) or int(first) <= port <= int(last or first):
            return True
    return False


def prefix(address: str, mask: str = "") -> str:
    """`A/L` in its normal form; as written where it is none."""
    text = f"{address}/{mask}" if mask and "/" not in address else address
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return text


def acls(reader: SrosReader, filters: Filters) -> Acls:
    """Filters, those in front of the processor, and the prefix lists of routing policy with the policies that use them."""
    users: dict[str, list[Binding]] = {}
    for word in reader.entries("policy-options", "policy-statement"):
        stack = [word]
        while stack:
            inner = stack.pop()
            if inner.text == "prefix-list" and inner is not word:
                for named in inner.children.values():
                    users.setdefault(named.text, []).append(
                        Binding(f"policy-statement {word.text}", reader.source(named))
                    )
            stack += inner.children.values()
    lists = []
    for word in reader.entries("policy-options", "prefix-list"):
        entries = tuple(
            entry for inner in reader.entries("prefix", inside=word) for entry in _prefix_entries(reader, inner)
        )
        family = 6 if any(":" in entry.prefix for entry in entries) else 4
        lists.append(PrefixList(word.text, family, entries, reader.sources(word), tuple(users.get(word.text, ()))))
    defined = {one.name for one in lists}
    undefined = [
        Undefined("prefix-list", name, bindings[0].source) for name, bindings in users.items() if name not in defined
    ]
    return Acls(
        lists=(*filters.lists, *(guard.acl for guard in filters.guards)),
        prefix_lists=tuple(lists),
        undefined=(*filters.undefined, *undefined),
    )


def _prefix_entries(reader: SrosReader, word: Word) -> list[PrefixEntry]:
    """`prefix P type exact|longer|range { start-length A; end-length B }|through { through-length N }|to`."""
    kinds = reader.entries("type", inside=word)
    length = int(word.text.rpartition("/")[2]) if word.text.rpartition("/")[2].isdigit() else None
    found = []
    for kind in kinds:
        reader.use_block(kind)
        ge, le = {
            "longer": (length, 128 if ":" in word.text else 32),
            "through": (length, reader.number("through-length", inside=kind)),
            "range": (reader.number("start-length", inside=kind), reader.number("end-length", inside=kind)),
        }.get(kind.text, (None, None))
        found.append(PrefixEntry(True, word.text, reader.source(word), ge, le))
    return found or [PrefixEntry(True, word.text, reader.source(word))]
