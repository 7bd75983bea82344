"""Access lists and prefix lists (syntax-ios-family B.8)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Admission, Binding, Filter, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.blocks import TextBlock, elements
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import mask_length
from auditor.platforms.cisco_iosxr.policies import Policy
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted, from_wildcard
from auditor.syntax.tree import Node

_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_PORT_WORDS = {
    "bgp": "179",
    "domain": "53",
    "ftp": "21",
    "ftp-data": "20",
    "http": "80",
    "ldp": "646",
    "ntp": "123",
    "radius": "1812",
    "snmp": "161",
    "snmptrap": "162",
    "ssh": "22",
    "syslog": "514",
    "tacacs": "49",
    "telnet": "23",
    "tftp": "69",
    "www": "80",
}
_PROTOCOL_NUMBERS = {"1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "50": "esp", "58": "icmpv6", "89": "ospf"}
_SET_ENTRY = re.compile(
    r"^(?P<prefix>[0-9a-fA-F.:]+/\d{1,3}|[0-9a-fA-F:]*[.:][0-9a-fA-F.:]*)(?:\s+ge\s+(?P<ge>\d+))?(?:\s+le\s+(?P<le>\d+))?(?:\s+eq\s+(?P<eq>\d+))?$"
)

_LONGEST_NUMBER = 12

Groups = dict[str, tuple[str, ...] | None]
"""Members of object groups as prefixes; None where they could not be worked out."""


class Redirected(msgspec.Struct, frozen=True):
    """An entry of an access list that sends what it matches to a next hop (ABF)."""

    acl: str
    family: int
    hop: str
    vrf: str
    source: Source
    matches: tuple[str, ...] = ()


class Lists:
    """The lists that are defined, where they are bound, and names that nobody defines."""

    def __init__(self, reader: Configuration, blocks: Sequence[TextBlock], complete: Setting[bool]) -> None:
        self._complete = complete
        self._bindings: dict[tuple[str, int], list[Binding]] = {}
        self._uses: dict[tuple[str, str], Source] = {}
        self._resolved: dict[tuple[str, int], tuple[Setting[bool], tuple[Admission, ...]]] = {}
        """Who a list lets in, worked out once for all the places where it is bound."""
        self.forwarding: list[Redirected] = []
        self.captured: list[tuple[str, Source]] = []
        """(list, entry) of entries that mark packets for a mirror session."""
        groups = _object_groups(reader)
        self._entries: dict[tuple[str, int], list[AclEntry]] = {}
        self._heads: dict[tuple[str, int], Node] = {}
        for family, start in ((4, "ipv4 access-list"), (6, "ipv6 access-list")):
            for words, node in reader.take(start):
                if len(words) == 1:
                    self._heads[words[0], family] = node
                    self._entries[words[0], family] = self._body(reader, node, words[0], family, groups)
        self._by_name = {
            key: Acl(key[0], key[1], tuple(entries), (reader.source(self._heads[key]),))
            for key, entries in self._entries.items()
        }
        self.prefix_lists = (*_prefix_sets(reader, blocks), *_prefix_lists(reader))

    def _body(self, reader: Configuration, node: Node, name: str, family: int, groups: Groups) -> list[AclEntry]:
        """Entries in the order of their numbers; one without a number comes last, one of a known number replaces it."""
        found: dict[int, tuple[list[str], AclEntry]] = {}
        ordered, last, highest = True, 0, 0
        for inner in node.children:
            words = inner.text.split()
            numbered = words[0].isdigit() and len(words[0]) < _LONGEST_NUMBER
            match words[numbered : numbered + 1]:
                case ["permit" | "deny"]:
                    reader.use(inner)
                    number = int(words[0]) if numbered else highest + 10
                    ordered, last, highest = ordered and number > last, number, max(highest, number)
                    entry = _entry(words[numbered:], reader.source(inner), family, groups, self._use_group)
                    found[number] = (words, entry)
                case ["remark"]:
                    reader.use(inner)
        entries = [found[number] for number in (found if ordered else sorted(found))]
        for words, entry in entries:
            self._special(name, family, words, entry)
        return [entry for _, entry in entries]

    def _special(self, name: str, family: int, words: list[str], entry: AclEntry) -> None:
        """`nexthop1 [vrf V] [ipv4 A] [nexthop2 ...]` of a permit, and `capture`, at the end of an entry."""
        for index, word in enumerate(words):
            if word in ("nexthop1", "nexthop2", "nexthop3") and entry.permit:
                vrf, hop = _next_hop(words[index + 1 : index + 5])
                matches = (*entry.sources, *entry.destinations)
                self.forwarding.append(Redirected(name, family, hop, vrf, entry.source, matches))
            elif word == "capture":
                self.captured.append((name, entry.source))

    def on(self, name: str, family: int, bound: Source, where: str, *, direction: str = "") -> Filter:
        """A list at a place where it is bound; the effect of a missing or empty one is not documented."""
        self.bind(name, family, bound, where, direction=direction)
        reason = f"list '{name}' is not defined or empty, and what that means here is not documented"
        undefined: Setting[bool] = Unknown(Code.DEFAULT, reason, (bound,))
        if isinstance(self._complete, Unknown):
            undefined = self._complete
        acl = self._by_name.get((name, family))
        if acl is None or not acl.entries:
            return Filter(name=name, family=family, bound=bound, defined=False, any_source=undefined)
        known = self._resolved.get((name, family))
        if known is None:
            known = self._resolved[name, family] = admits_any(acl.entries), admitted(acl.entries)
        return Filter(name=name, family=family, bound=bound, any_source=known[0], admitted=known[1])

    def bind(self, name: str, family: int, bound: Source, where: str, *, direction: str = "") -> None:
        """Note where a list is used."""
        self._bindings.setdefault((name, family), []).append(Binding(where, bound, direction))
        if (name, family) not in self._entries:
            self._uses.setdefault(("access-list", name), bound)

    def either(self, name: str, bound: Source, where: str) -> tuple[Filter, ...]:
        """A list that is bound without a family: as IPv4, and as IPv6 too where a list of that name exists."""
        families = [family for family in (4, 6) if (name, family) in self._entries] or [4]
        return tuple(self.on(name, family, bound, where, direction="in") for family in families)

    def bound(self, name: str, family: int) -> tuple[Source, ...]:
        """The lines that bind a list."""
        return tuple(binding.source for binding in self._bindings.get((name, family), ()))

    def use(self, kind: str, name: str, source: Source) -> None:
        """Note a name that is used and defined nowhere."""
        self._uses.setdefault((kind, name), source)

    def _use_group(self, name: str, source: Source) -> None:
        self.use("object-group", name, source)

    def bind_sets(self, found: Mapping[str, Policy], uses: Mapping[str, Sequence[Source]]) -> None:
        """Note which policies compare with which prefix sets, and policies that are used and not defined."""
        compared: dict[str, list[Binding]] = {}
        for policy in found.values():
            for name, source in policy.compares:
                compared.setdefault(name, []).append(Binding(f"route-policy {policy.name}", source))
        self.prefix_lists = tuple(
            msgspec.structs.replace(one, bindings=tuple(compared.get(one.name, ()))) for one in self.prefix_lists
        )
        for name, sources in uses.items():
            if name not in found:
                self.use("route-policy", name, sources[0])

    def acls(self) -> Acls:
        """The area, once every topic has bound its lists. Undefined names are told only of complete configurations."""
        lists = tuple(
            msgspec.structs.replace(acl, bindings=tuple(dict.fromkeys(self._bindings.get(key, ()))))
            for key, acl in self._by_name.items()
        )
        uses = self._uses if isinstance(self._complete, Known) else {}
        return Acls(
            lists=lists,
            prefix_lists=self.prefix_lists,
            undefined=tuple(Undefined(kind, name, source) for (kind, name), source in uses.items()),
        )


def _next_hop(words: Sequence[str]) -> tuple[str, str]:
    """`[vrf V] [{ipv4|ipv6} A]` or `A` -> (VRF, address)."""
    vrf = hop = ""
    match words:
        case ["vrf", vrf, "ipv4" | "ipv6", hop, *_]:
            pass
        case ["vrf", vrf, *_]:
            pass
        case ["ipv4" | "ipv6", hop, *_]:
            pass
        case [hop, *_] if not hop.startswith("nexthop"):
            pass
    return vrf, hop


def _entry(
    words: list[str], source: Source, family: int, groups: Groups, unknown: Callable[[str, Source], None]
) -> AclEntry:
    """`{permit|deny} [PROTOCOL] SOURCE [PORTS] [DESTINATION [PORTS]] [options]`; without a protocol, only a source."""
    permit = words[0] == "permit"
    rest = words[1:]
    protocol = ""
    if rest and not _is_address_start(rest[0]):
        protocol = _PROTOCOL_NUMBERS.get(rest[0], rest[0])
        rest = rest[1:]
        protocol = "" if protocol in ("ipv4", "ipv6", "ip", "any") else protocol
    sources, rest = _addresses(rest, family, groups, source, unknown)
    source_ports, rest = _ports(rest)
    destinations, rest = _addresses(rest, family, groups, source, unknown)
    ports, rest = _ports(rest)
    options = set(rest)
    action = "next-ip" if any(word.startswith("nexthop") for word in rest) else "copy" if "capture" in options else ""
    return AclEntry(
        permit=permit,
        sources=sources or (),
        source=source,
        protocol=protocol,
        destinations=destinations or (),
        ports=ports,
        source_ports=source_ports,
        log=bool(options & {"log", "log-input"}),
        established="established" in options,
        action=action,
    )


def _is_address_start(word: str) -> bool:
    return word in ("any", "host", "net-group") or "." in word or ":" in word or word == "object-group"


def _addresses(
    words: list[str], family: int, groups: Groups, source: Source, unknown: Callable[[str, Source], None]
) -> tuple[tuple[str, ...] | None, list[str]]:
    """An address of an entry as prefixes, and the words after it; None where it could not be worked out."""
    match words:
        case ["any", *rest]:
            return (ANY6 if family == 6 else ANY4,), rest
        case ["host", address, *rest]:
            return (f"{address}/{128 if family == 6 else 32}",), rest
        case ["net-group" | "object-group" as kind, name, *rest]:
            if kind == "object-group" and name in ("network", "port") and rest:
                name, rest = rest[0], rest[1:]
            if name not in groups:
                unknown(name, source)
            return groups.get(name), rest
        case [prefix, *rest] if "/" in prefix:
            return (prefix,), rest
        case [address, wildcard, *rest] if _ADDRESS.match(address) and _ADDRESS.match(wildcard):
            return (from_wildcard(address, wildcard),), rest
        case [address, *rest] if _ADDRESS.match(address):
            return (f"{address}/32",), rest
        case [address, *rest] if ":" in address:
            return (f"{address}/128",), rest
        case _:
            return None, words


def _ports(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """`eq P`, `neq P`, `gt P`, `lt P`, `range P Q`, `port-group G` and the words after it."""
    match words:
        case ["eq", port, *rest]:
            return (_port(port),), rest
        case ["neq", port, *rest]:
            return (f"!{_port(port)}",), rest
        case ["gt", port, *rest] if _port(port).isdigit():
            return (f"{int(_port(port)) + 1}-65535",), rest
        case ["lt", port, *rest] if _port(port).isdigit():
            return (f"0-{int(_port(port)) - 1}",), rest
        case ["range", first, last, *rest]:
            return (f"{_port(first)}-{_port(last)}",), rest
        case ["port-group", name, *rest]:
            return (name,), rest
        case _:
            return (), words


def _port(word: str) -> str:
    return _PORT_WORDS.get(word, word)


def _object_groups(reader: Configuration) -> Groups:
    """`object-group network {ipv4|ipv6} G` with `host A`, `A/L`, `A MASK`, `range A B`, `object-group G2`; port groups."""
    members: dict[str, list[str]] = {}
    nested: dict[str, list[str]] = {}
    unclear: set[str] = set()
    for words, node in reader.take("object-group network"):
        if len(words) != 2:
            continue
        own, inner_groups = members.setdefault(words[1], []), nested.setdefault(words[1], [])
        for inner in node.children:
            match inner.text.split():
                case ["host", address]:
                    own.append(f"{address}/{128 if words[0] == 'ipv6' else 32}")
                case ["object-group", name]:
                    inner_groups.append(name)
                case ["range", *_]:
                    unclear.add(words[1])
                case ["description", *_]:
                    pass
                case [prefix] if "/" in prefix:
                    own.append(prefix)
                case [address, mask] if _ADDRESS.match(mask):
                    own.append(_with_mask(address, mask))
                case _:
                    unclear.add(words[1])
                    continue
            reader.use(inner)
    for _, node in reader.take("object-group port"):
        reader.use_block(node)
    return {name: _resolve(name, members, nested, unclear) for name in members}


def _with_mask(address: str, mask: str) -> str:
    length = mask_length(mask)
    return f"{address}/{length}" if length.isdigit() else from_wildcard(address, mask)


def _resolve(
    name: str, members: dict[str, list[str]], nested: dict[str, list[str]], unclear: set[str]
) -> tuple[str, ...] | None:
    """Members of a group and of the groups inside it; a group that holds itself is read once."""
    seen: set[str] = set()
    found: list[str] = []
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in unclear or one not in members:
            return None
        if one not in seen:
            seen.add(one)
            found += members[one]
            waiting += reversed(nested[one])
    return tuple(found)


def _prefix_sets(reader: Configuration, blocks: Iterable[TextBlock]) -> tuple[PrefixList, ...]:
    """`prefix-set P` with entries `A/L [ge N] [le N] [eq N]`, separated by commas; what a set does not name is out."""
    found = []
    for block in blocks:
        if block.kind not in ("prefix-set", "ipv4-prefix-set", "ipv6-prefix-set"):
            continue
        head = Source(reader.document, block.first + 1, block.first + 1, reader.lines[block.first].strip())
        entries = [entry for index, text in elements(reader.lines, block) if (entry := _set_entry(reader, index, text))]
        six = any(":" in entry.prefix for entry in entries)
        found.append(PrefixList(block.name, 6 if six else 4, tuple(entries), (head,)))
    return tuple(found)


def _prefix_lists(reader: Configuration) -> Iterator[PrefixList]:
    """`ipv4 prefix-list P` and `ipv6 prefix-list P` with `N {permit|deny} A/L [ge N] [le N] [eq N]`."""
    for family, start in ((4, "ipv4 prefix-list"), (6, "ipv6 prefix-list")):
        for words, node in reader.take(start):
            entries = []
            for inner in node.children:
                parts = inner.text.split()
                kind = parts[1] if parts[0].isdigit() and len(parts) > 1 else parts[0]
                entry = _set_entry(reader, inner.number - 1, inner.text.partition(f"{kind} ")[2])
                if kind == "remark" or entry is not None:
                    reader.use(inner)
                if entry is not None:
                    entries.append(msgspec.structs.replace(entry, permit=kind == "permit"))
            yield PrefixList(" ".join(words[:1]), family, tuple(entries), (reader.source(node),))


def _set_entry(reader: Configuration, index: int, text: str) -> PrefixEntry | None:
    match = _SET_ENTRY.match(text)
    if match is None:
        return None
    prefix = match["prefix"]
    if "/" not in prefix:
        prefix += "/128" if ":" in prefix else "/32"
    exact = int(match["eq"]) if match["eq"] else None
    return PrefixEntry(
        permit=True,
        prefix=prefix,
        source=Source(reader.document, index + 1, index + 1, reader.lines[index].strip()),
        ge=int(match["ge"]) if match["ge"] else exact,
        le=int(match["le"]) if match["le"] else exact,
    )
