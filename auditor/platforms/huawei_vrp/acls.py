"""Access lists and prefix lists, and who uses them (syntax-other-families D8)."""

import ipaddress
import itertools

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Admission, Binding, Filter, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Code, Setting, Source, Unknown
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted, from_wildcard
from auditor.platforms.common.reader import Reader
from auditor.platforms.huawei_vrp.words import number, prefix
from auditor.syntax.tree import Node

LAYER_2 = "layer 2"
"""Protocol of entries that match frames: they admit no address."""
_KINDS = (
    "basic",
    "basic-number",
    "advance",
    "advanced",
    "link",
    "ucl",
    "user",
    "mpls",
    "interface",
    "match-order",
    "number",
)
_OPERATORS = ("eq", "gt", "lt", "neq", "range")
_PORTS = {
    "ftp": "21", "ssh": "22", "telnet": "23", "smtp": "25", "dns": "53", "domain": "53", "bootps": "67", "bootpc": "68", "tftp": "69",
    "www": "80", "ntp": "123", "snmp": "161", "snmptrap": "162", "bgp": "179", "syslog": "514", "https": "443", "rip": "520",
}  # fmt: skip


class _List:
    """An access list while its users are being collected."""

    def __init__(self, name: str, family: int) -> None:
        self.name = name
        self.family = family
        self.rules: dict[str, AclEntry] = {}
        self.sources: list[Source] = []
        self.bindings: list[Binding] = []
        self.forwards = False
        self._answer: tuple[Setting[bool], tuple[Admission, ...]] | None = None

    @property
    def entries(self) -> tuple[AclEntry, ...]:
        """Rules by their number; those without one in the order of the text."""
        numbered = all(key.isdigit() for key in self.rules)
        keys = sorted(self.rules, key=int) if numbered else list(self.rules)
        return tuple(self.rules[key] for key in keys)

    @property
    def refuses(self) -> bool:
        """Whether a rule refuses everything that no earlier one lets through."""
        return any(
            not rule.permit and not rule.protocol and not rule.destinations and not rule.ports and rule.active
            and any(one.endswith("/0") for one in rule.sources)
            for rule in self.rules.values()
        )  # fmt: skip

    def answer(self) -> tuple[Setting[bool], tuple[Admission, ...]]:
        """Who gets in; worked out once."""
        if self._answer is None:
            entries = self.entries
            self._answer = admits_any(entries), admitted(entries)
        return self._answer


class Lists:
    """The lists that are defined; every use of one is noted here."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lists: dict[tuple[str, int], _List] = {}
        self._alias: dict[tuple[str, int], _List] = {}
        self._prefixes: dict[tuple[str, int], list[PrefixEntry]] = {}
        self._prefix_sources: dict[tuple[str, int], list[Source]] = {}
        self._prefix_bindings: dict[tuple[str, int], list[Binding]] = {}
        self._undefined: dict[tuple[str, str], Undefined] = {}
        self._pools: dict[str, tuple[str, ...]] = {}
        _pools(reader, self._pools)
        for node in reader.find("acl"):
            self._define(node)
        _prefix_lists(reader, self._prefixes, self._prefix_sources)

    def bind(
        self,
        name: str,
        family: int,
        where: str,
        source: Source,
        missing: Setting[bool],
        direction: str = "",
        *,
        forwards: bool = False,
    ) -> Filter:
        """A list at the place where it decides who gets in. `missing` says whether a list without rules admits any.

        `forwards`: what no rule matches passes, so that only a rule that refuses everything closes the list.
        """
        found = self.use(name, family, where, source, direction, forwards=forwards)
        if found is None or not found.rules:
            return Filter(name=name, family=family, bound=source, defined=False, any_source=missing)
        anyone, sources = found.answer()
        if forwards and not found.refuses:
            anyone = missing
        return Filter(name=name, family=family, bound=source, any_source=anyone, admitted=sources)

    def use(
        self, name: str, family: int, where: str, source: Source, direction: str = "", *, forwards: bool = False
    ) -> _List | None:
        """Note that a list is used. `forwards`: what no rule matches passes there (traffic filters and policies)."""
        found = self._find(name, family)
        if found is None:
            self._undefined.setdefault(("access-list", name), Undefined("access-list", name, source))
            return None
        found.bindings.append(Binding(where, source, direction))
        found.forwards = found.forwards or forwards
        return found

    def use_prefixes(self, name: str, family: int, where: str, source: Source, direction: str = "") -> None:
        """Note that a prefix list is used."""
        if (name, family) in self._prefixes:
            self._prefix_bindings.setdefault((name, family), []).append(Binding(where, source, direction))
        else:
            self.missing("prefix-list", name, source)

    def missing(self, kind: str, name: str, source: Source) -> None:
        """Note a name that nothing defines."""
        self._undefined.setdefault((kind, name), Undefined(kind, name, source))

    def area(self) -> Acls:
        """What was defined, with its users."""
        return Acls(
            lists=tuple(
                Acl(
                    name=one.name,
                    family=one.family,
                    entries=one.entries,
                    sources=tuple(one.sources),
                    bindings=tuple(one.bindings),
                    default_permit=one.forwards,
                )
                for one in self._lists.values()
            ),
            prefix_lists=tuple(
                PrefixList(
                    name, family, tuple(entries), tuple(self._prefix_sources[name, family]),
                    tuple(self._prefix_bindings.get((name, family), ())),
                )
                for (name, family), entries in self._prefixes.items()
            ),
            undefined=tuple(self._undefined.values()),
        )  # fmt: skip

    def _find(self, name: str, family: int) -> _List | None:
        families = (family, 0) if family else (4, 6, 0)
        for one in families:
            found = self._lists.get((name, one)) or self._alias.get((name, one))
            if found is not None:
                return found
        return None

    def _define(self, node: Node) -> None:
        """`acl [ipv6] {number N | N | name X [N | KIND [N]]} [match-order O]` with its rules."""
        words = node.words[1:]
        six = words[:1] == ["ipv6"]
        rest = words[1:] if six else words
        if rest[:1] in (["ip-pool"], ["port-pool"]) or not rest:
            return
        name = rest[1] if rest[0] in ("number", "name") and len(rest) > 1 else rest[0]
        numeric = next((word for word in rest if word.isdigit()), "")
        kind = number(numeric) or 0
        family = 6 if six else 0 if 4000 <= kind <= 4999 or "link" in rest else 4
        one = self._lists.setdefault((name, family), _List(name, family))
        if numeric and numeric != name:
            self._alias[numeric, family] = one
        self._reader.use(node)
        one.sources.append(self._reader.source(node))
        for inner in node.children:
            self._rule(one, inner)

    def _rule(self, one: _List, node: Node) -> None:
        words = node.words
        if words[0] in ("description", "step", "undo", "remark") or (
            words[:1] == ["rule"] and "description" in words[:3]
        ):
            self._reader.use(node)
            return
        if words[0] != "rule":
            return
        rest = words[1:]
        key = f"#{node.number}"
        if rest and rest[0].isdigit():
            key, rest = rest[0], rest[1:]
        if rest[:1] == ["name"]:
            rest = rest[2:]
        entry = self._entry(rest, one.family, self._reader.source(node))
        if entry is not None:
            self._reader.use(node)
            one.rules[key] = entry

    def _entry(self, words: list[str], family: int, source: Source) -> AclEntry | None:
        if not words or words[0] not in ("permit", "deny"):
            return None
        anything = (ANY6,) if family == 6 else (ANY4,)
        if family == 0:
            return AclEntry(
                words[0] == "permit", (), source, protocol=LAYER_2, log="logging" in words or "log" in words
            )
        found = _Match(anything)
        protocol = ""
        at = 1
        known = (*_FIELDS, *_FLAGS)
        if len(words) > 1 and words[1] not in known:
            protocol, at = words[1], 2
        while at < len(words):
            step = self._field(words, at, family, found)
            at += step
        return AclEntry(
            permit=words[0] == "permit",
            sources=found.sources,
            source=source,
            protocol="" if protocol in ("ip", "ipv6") else protocol,
            destinations=found.destinations,
            ports=found.ports,
            source_ports=found.source_ports,
            log=found.log,
            established=found.established,
            active=found.active,
        )

    def _field(self, words: list[str], at: int, family: int, found: "_Match") -> int:
        """Read the field at this place; how many words it takes."""
        word = words[at]
        match word:
            case "source":
                found.sources, taken = self._prefixes_at(words, at + 1, family)
                return 1 + taken
            case "destination":
                destinations, taken = self._prefixes_at(words, at + 1, family)
                found.destinations = () if destinations == found.anything else destinations
                return 1 + taken
            case "source-port":
                found.source_ports, taken = _port(words, at + 1)
                return 1 + taken
            case "destination-port":
                found.ports, taken = _port(words, at + 1)
                return 1 + taken
            case "logging" | "log":
                found.log = True
            case "time-range":
                found.active = False
                return 2
            case "tcp-flag" | "syn-flag":
                flags = words[at + 1 : at + 3]
                found.established = flags[:1] in (["established"], ["ack"], ["rst"])
                return 2
            case (
                "vpn-instance"
                | "dscp"
                | "precedence"
                | "tos"
                | "icmp-type"
                | "icmp6-type"
                | "fragment-type"
                | "ttl-expired"
            ):
                return 2
            case "source-ip-pool" | "source-pool" | "source-address-set":
                found.sources = self._pools.get(words[at + 1], ()) if at + 1 < len(words) else ()
                return 2
            case "destination-ip-pool" | "destination-pool":
                return 2
        return 1

    def _prefixes_at(self, words: list[str], at: int, family: int) -> tuple[tuple[str, ...], int]:
        """`any`, `A W`, `A 0`, `A LEN`, `A/LEN`, `ip-pool P`; an empty tuple for what cannot be worked out."""
        rest = words[at : at + 2]
        if not rest or rest[0] == "any":
            return ((ANY6,) if family == 6 else (ANY4,)), 1
        if rest[0] in ("ip-pool", "address-set", "source-pool") and len(rest) > 1:
            return self._pools.get(rest[1], ()), 2
        if rest[0] in ("user-group", "service-group"):
            return (), 2
        if "/" in rest[0]:
            return (rest[0],), 1
        try:
            version = ipaddress.ip_address(rest[0]).version
        except ValueError:
            return (), 1
        if len(rest) < 2 or not (rest[1].isdigit() or "." in rest[1]):
            return (f"{rest[0]}/{128 if version == 6 else 32}",), 1
        if version == 6:
            return (prefix(rest[0], rest[1]),), 2
        if rest[1] == "0":
            return (f"{rest[0]}/32",), 2
        return (prefix(rest[0], rest[1]) if rest[1].isdigit() else from_wildcard(rest[0], rest[1]),), 2


class _Match(msgspec.Struct):
    """What the fields of a rule say so far."""

    anything: tuple[str, ...]
    sources: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    source_ports: tuple[str, ...] = ()
    log: bool = False
    established: bool = False
    active: bool = True

    def __post_init__(self) -> None:
        self.sources = self.anything


_FIELDS = (
    "source", "destination", "source-port", "destination-port", "vpn-instance", "time-range", "source-ip-pool", "source-pool",
    "tcp-flag", "dscp", "precedence", "tos",
)  # fmt: skip
_FLAGS = ("logging", "log", "fragment", "vpn-instance-any", "none-first-fragment")


def unclear(what: str, source: Source) -> Unknown:
    """No document says what a list without rules means at this place."""
    return Unknown(Code.DEFAULT, f"no document says whom a list without rules lets in at {what}", (source,))


def _port(words: list[str], at: int) -> tuple[tuple[str, ...], int]:
    """`eq P`, `gt P`, `lt P`, `neq P`, `range A B` as text."""
    rest = [_PORTS.get(word, word) for word in words[at : at + 3]]
    match rest:
        case ["range", low, high]:
            return (f"{low}-{high}",), 3
        case ["eq", one, *_]:
            return (one,), 2
        case ["neq", one, *_]:
            return (f"!{one}",), 2
        case ["gt", one, *_] if one.isdigit():
            return (f"{int(one) + 1}-65535",), 2
        case ["lt", one, *_] if one.isdigit():
            return (f"0-{int(one) - 1}",), 2
    return (" ".join(rest),), 2


def _pools(reader: Reader, pools: dict[str, tuple[str, ...]]) -> None:
    """`acl ip-pool P` and `ip address-set P` with `address A W` inside."""
    for start in ("acl ip-pool", "acl ipv6-pool", "ip address-set"):
        for words, node in reader.take(start):
            found = []
            for inner in node.children:
                parts = inner.words
                at = parts.index("address") + 1 if "address" in parts else len(parts)
                rest = parts[at:]
                if rest:
                    reader.use(inner)
                    mask = rest[2] if rest[1:2] == ["mask"] and len(rest) > 2 else rest[1] if len(rest) > 1 else ""
                    found.append(_member(rest[0], mask))
            if words:
                pools[words[0]] = tuple(found)


def _member(address: str, mask: str) -> str:
    if "/" in address or not mask:
        return address
    if mask == "0":
        return f"{address}/32"
    return prefix(address, mask) if mask.isdigit() or mask.startswith("255.") else from_wildcard(address, mask)


def _prefix_lists(
    reader: Reader, lists: dict[tuple[str, int], list[PrefixEntry]], sources: dict[tuple[str, int], list[Source]]
) -> None:
    """`ip ip-prefix P [index N] {permit|deny} A L [greater-equal G] [less-equal L]` and `ip ipv6-prefix`."""
    for start, family in (("ip ip-prefix", 4), ("ip ipv6-prefix", 6)):
        for words, node in reader.take(start):
            if len(words) < 2:
                reader.give_back(node)
                continue
            source = reader.source(node)
            entry = _prefix_entry(words[1:], source)
            lists.setdefault((words[0], family), [])
            sources.setdefault((words[0], family), []).append(source)
            if entry is not None:
                lists[words[0], family].append(entry)
            elif words[1] != "description":
                reader.give_back(node)


def _prefix_entry(words: list[str], source: Source) -> PrefixEntry | None:
    rest = words[2:] if words[:1] == ["index"] else words
    match rest:
        case ["permit" | "deny" as action, address, bits, *options] if bits.isdigit():
            limits = {key: number(value) for key, value in itertools.pairwise(options)}
            return PrefixEntry(
                action == "permit",
                f"{address}/{bits}",
                source,
                ge=limits.get("greater-equal"),
                le=limits.get("less-equal"),
            )
    return None
