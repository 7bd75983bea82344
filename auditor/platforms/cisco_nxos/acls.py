"""Access lists and prefix lists (syntax-ios-family C.8), where they are bound, and whom they let in there."""

from collections.abc import Iterable

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Admission, Binding, Filter, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Code, Setting, Source, Unknown
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.cisco_nxos.objects import Groups, address, covers, ports
from auditor.platforms.cisco_nxos.references import Reference
from auditor.platforms.common.acl import admits_any, admitted
from auditor.platforms.common.reader import Reader

LAYER2 = 2
"""Family of a MAC access list."""


class Use(msgspec.Struct, frozen=True):
    """What a list is asked for where it is bound: protocol and ports of the service behind it."""

    protocol: str
    ports: tuple[str, ...]


class Lists:
    """Access lists by name and family. Whom one admits is worked out once, however often it is bound."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[str, int], Acl] = {}
        self._resolved: dict[tuple[str, int, Use | None], tuple[Setting[bool], tuple[Admission, ...]]] = {}

    def find(self, name: str, family: int) -> Acl | None:
        """The list of the name and family; of either family for 0."""
        if family:
            return self.by_key.get((name, family))
        return self.by_key.get((name, 4)) or self.by_key.get((name, 6))

    def resolved(self, acl: Acl, use: Use | None) -> tuple[Setting[bool], tuple[Admission, ...]]:
        """(whether any source gets in, the sources that do)."""
        key = (acl.name, acl.family, use)
        if key not in self._resolved:
            entries = acl.entries if use is None else tuple(_relevant(acl.entries, use))
            self._resolved[key] = (admits_any(entries), admitted(entries))
        return self._resolved[key]


_FAMILIES = (("ip access-list", 4), ("ipv6 access-list", 6), ("mac access-list", LAYER2))
_PROTOCOLS = {"ip": "", "ipv6": "", "1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "132": "sctp"}
_SETTINGS = frozenset(("statistics", "fragments", "ignore", "remark", "description"))


LOGIN = Use("tcp", ("22", "23"))
AGENT = Use("udp", ("161",))
CLOCK = Use("udp", ("123",))


def access_lists(reader: Reader, groups: Groups) -> Lists:
    """Read `{ip|ipv6|mac} access-list A` with `SEQ {permit|deny} ...`; entries stand in the order of their numbers."""
    found = Lists()
    for start, family in _FAMILIES:
        for words, node in reader.take(start):
            if not words:
                continue
            numbered: list[tuple[int, AclEntry]] = []
            for inner in node.children:
                parts = inner.words
                sequence = number(parts[0])
                parts = parts if sequence is None else parts[1:]
                if parts and parts[0] in _SETTINGS:
                    reader.use(inner)
                    continue
                entry = _entry(parts, reader.source(inner), family, groups)
                if entry is not None:
                    reader.use(inner)
                    last = numbered[-1][0] if numbered else 0
                    numbered.append((last if sequence is None else sequence, entry))
            numbered.sort(key=lambda one: one[0])
            name = words[-1]
            found.by_key[name, family] = Acl(
                name, family, tuple(entry for _, entry in numbered), (reader.source(node),)
            )
    return found


def _entry(words: list[str], source: Source, family: int, groups: Groups) -> AclEntry | None:
    if len(words) < 3 or words[0] not in ("permit", "deny"):
        return None
    if family == LAYER2:
        return AclEntry(words[0] == "permit", (), source, protocol=" ".join(words[3:]))
    sources, rest = address(words[2:], family, groups)
    source_ports, rest = ports(rest, groups)
    named = rest
    destinations, rest = address(rest, family, groups)
    if rest is named and not destinations:
        return None
    if not destinations and named[0] == "addrgroup":
        destinations = (" ".join(named[:2]),)
    destination_ports, rest = ports(rest, groups)
    return AclEntry(
        permit=words[0] == "permit",
        sources=sources,
        source=source,
        protocol=_PROTOCOLS.get(words[1], words[1]),
        destinations=() if named[0] == "any" else destinations,
        ports=destination_ports,
        source_ports=source_ports,
        log="log" in rest,
        established="established" in rest,
        action="redirect" if "redirect" in rest else "",
        active="time-range" not in rest,
    )


def acls(reader: Reader, lists: Lists, groups: Groups, references: Iterable[Reference]) -> Acls:
    """The lists with their bindings, the prefix lists with theirs, and names that nothing defines."""
    prefixes = _prefix_lists(reader)
    maps = {words[0] for words, _ in reader.take("route-map") if words}
    bound: dict[tuple[str, int], list[Binding]] = {}
    prefix_bound: dict[str, list[Binding]] = {}
    undefined = []
    for reference in references:
        binding = Binding(reference.where, reference.source, reference.direction)
        match reference.kind:
            case "access-list":
                keys = [
                    (reference.name, family)
                    for family in reference.families
                    if (reference.name, family) in lists.by_key
                ]
                for key in keys:
                    bound.setdefault(key, []).append(binding)
                known = bool(keys)
            case "prefix-list":
                prefix_bound.setdefault(reference.name, []).append(binding)
                known = any((reference.name, family) in prefixes for family in (4, 6))
            case "route-map":
                known = reference.name in maps
            case _:
                known = reference.name in groups.addresses or reference.name in groups.ports
        if not known:
            undefined.append(Undefined(reference.kind, reference.name, reference.source))
    return Acls(
        lists=tuple(
            msgspec.structs.replace(acl, bindings=tuple(bound[key])) if key in bound else acl
            for key, acl in lists.by_key.items()
        ),
        prefix_lists=tuple(
            PrefixList(name, family, tuple(entries), tuple(sources), tuple(prefix_bound.get(name, ())))
            for (name, family), (entries, sources) in prefixes.items()
        ),
        undefined=tuple(undefined),
    )


def _prefix_lists(reader: Reader) -> dict[tuple[str, int], tuple[list[PrefixEntry], list[Source]]]:
    """`{ip|ipv6} prefix-list P [seq N] {permit|deny} PREFIX [eq N] [ge N] [le N]` and its description."""
    found: dict[tuple[str, int], tuple[list[PrefixEntry], list[Source]]] = {}
    for start, family in (("ip prefix-list", 4), ("ipv6 prefix-list", 6)):
        for words, node in reader.take(start):
            if len(words) < 2:
                reader.give_back(node)
                continue
            source = reader.source(node)
            entries, sources = found.setdefault((words[0], family), ([], []))
            sources.append(source)
            rest = words[3:] if words[1] == "seq" else words[1:]
            if len(rest) > 1 and rest[0] in ("permit", "deny"):
                options = dict(zip(rest[2::2], rest[3::2], strict=False))
                exact = number(options.get("eq"))
                entries.append(
                    PrefixEntry(
                        permit=rest[0] == "permit",
                        prefix=rest[1],
                        source=source,
                        ge=exact or number(options.get("ge")),
                        le=exact or number(options.get("le")),
                    )
                )
            elif rest[:1] != ["description"]:
                reader.give_back(node)
    return found


def bind(lists: Lists, name: str, family: int, bound: Source, use: Use | None = None) -> Filter:
    """An access list at the place where it is bound, as far as it decides on the service behind it.

    Family 0 stands for a place that takes lists of either family.
    """
    acl = lists.find(name, family)
    if acl is None or not acl.entries:
        return Filter(name, family, bound, defined=False, any_source=_nothing(name))
    any_source, sources = lists.resolved(acl, use)
    return Filter(name, acl.family, bound, any_source=any_source, admitted=sources)


def _nothing(name: str) -> Setting[bool]:
    return Unknown(Code.DEFAULT, f"'{name}' is not defined or has no entry, and what that admits is not documented")


def _relevant(entries: Iterable[AclEntry], use: Use) -> Iterable[AclEntry]:
    """The entries that match packets of the service, for all protocols."""
    for entry in entries:
        if entry.protocol not in ("", use.protocol):
            continue
        if entry.ports and not any(covers(port, text) for port in use.ports for text in entry.ports):
            continue
        yield msgspec.structs.replace(entry, protocol="", ports=()) if entry.protocol or entry.ports else entry
