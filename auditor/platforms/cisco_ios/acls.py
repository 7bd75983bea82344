"""Access lists and prefix lists, where they are bound, and names that nothing defines (syntax-ios-family A.8)."""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Binding, Filter, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.context import Context, Use
from auditor.platforms.cisco_ios.matches import ports
from auditor.platforms.cisco_ios.objects import Groups, Services, groups, services
from auditor.platforms.common.acl import ANY4, ANY6, bind, from_wildcard
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import number, number_after
from auditor.syntax.tree import Node

_NUMBERED = re.compile(r"\d+$")
_STANDARD = (range(1, 100), range(1300, 2000))
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_HEADS = (
    ("ip access-list standard", 4, True),
    ("ip access-list extended", 4, False),
    ("ipv6 access-list", 6, False),
)
_WORDS = (
    "standard",
    "extended",
    "resequence",
    "logging",
    "persistent",
    "match-local-traffic",
    "log-update",
    "role-based",
)
"""What may follow `ip access-list` and is no name of a list without a kind."""

Key = tuple[str, int]


class _Members(msgspec.Struct, frozen=True):
    """Groups that entries refer to."""

    addresses: Groups
    services: Services


class _Found(msgspec.Struct):
    entries: dict[Key, list[AclEntry]] = {}
    heads: dict[Key, list[Source]] = {}


def acls(reader: Reader) -> tuple[Acl, ...]:
    """Read numbered and named IPv4 lists, standard and extended, and IPv6 lists.

    `access-list N ...`, `ip access-list {standard|extended} NAME`, `ip access-list NAME` of converted files, and `ipv6
    access-list NAME`, with entries `[SEQ|sequence SEQ] {permit|deny} [PROTOCOL] SOURCE [PORTS] [DESTINATION [PORTS]]
    [established] [log|log-input] [time-range T]`.
    """
    found = _Found()
    members = _Members(groups(reader), services(reader))
    for words, node in reader.take("access-list"):
        if words and _NUMBERED.match(words[0]):
            source = reader.source(node)
            found.heads.setdefault((words[0], 4), []).append(source)
            standard = any(number(words[0]) in numbers for numbers in _STANDARD)
            collected = found.entries.setdefault((words[0], 4), [])
            if not _add(collected, words[1:], source, 4, members, standard=standard):
                reader.give_back(node)
        else:
            reader.give_back(node)
    for start, family, standard in _HEADS:
        _named(reader, start, family, members, found, standard=standard)
    for words, node in reader.take("ip access-list"):
        if words and words[0] not in _WORDS:
            _block(reader, words[0], node, 4, members, found, standard=False)
    return tuple(
        Acl(name=name, family=family, entries=tuple(entries), sources=tuple(found.heads[name, family]))
        for (name, family), entries in found.entries.items()
    )


def _named(reader: Reader, start: str, family: int, members: _Members, found: _Found, *, standard: bool) -> None:
    for words, node in reader.take(start):
        if words and (family == 4 or words[0] not in _WORDS):
            _block(reader, words[0], node, family, members, found, standard=standard)


def _block(
    reader: Reader, name: str, node: Node, family: int, members: _Members, found: _Found, *, standard: bool
) -> None:
    found.heads.setdefault((name, family), []).append(reader.source(node))
    collected = found.entries.setdefault((name, family), [])
    for inner in node.children:
        if _add(collected, inner.text.split(), reader.source(inner), family, members, standard=standard):
            reader.use(inner)


def _add(
    entries: list[AclEntry], words: list[str], source: Source, family: int, members: _Members, *, standard: bool
) -> bool:
    """Add an entry; False for what is none and may let somebody in all the same."""
    if words and words[0] == "sequence":
        words = words[1:]
    if words and words[0].isdigit():
        words = words[1:]
    if len(words) < 2 or words[0] not in ("permit", "deny"):
        return words[:1] == ["remark"]
    permit = words[0] == "permit"
    log = "log" in words or "log-input" in words
    if standard:
        entries.append(AclEntry(permit, _prefix(words[1:], family, members)[0], source, log=log))
        return True
    protocol, rest = _protocol(words[1:])
    sources, rest = _prefix(rest, family, members)
    source_ports, rest = ports(rest)
    destinations, rest = _prefix(rest, family, members) if rest else ((), rest)
    target_ports, rest = ports(rest)
    entry = AclEntry(
        permit,
        sources,
        source,
        protocol,
        destinations,
        target_ports,
        source_ports,
        log,
        # Answers to sessions that the device itself opened admit nobody.
        established="established" in rest or "reflect" in rest,
        active="time-range" not in rest,
    )
    expanded = members.services.get(words[2]) if words[1] == "object-group" and len(words) > 2 else None
    if expanded is None:
        entries.append(entry)
    else:
        entries += [
            msgspec.structs.replace(entry, protocol=one.protocol, source_ports=one.source_ports, ports=one.ports)
            for one in expanded
        ]
    return True


def _protocol(words: list[str]) -> tuple[str, list[str]]:
    """The protocol and what follows. A group of services in its place may hold any protocol."""
    if words[0] == "object-group":
        return "", words[2:]
    if words[0] in ("any", "host") or ":" in words[0] or "." in words[0]:
        return "", words
    return words[0], words[1:]


def _prefix(words: list[str], family: int, members: _Members) -> tuple[tuple[str, ...], list[str]]:
    """A source or destination, and the words after it; empty where it could not be worked out."""
    match words:
        case ["any" | "any4" | "any6", *rest]:
            return (ANY6 if family == 6 else ANY4,), rest
        case ["host", address, *rest]:
            return (f"{address}/{128 if family == 6 else 32}",), rest
        case ["object-group", name, *rest]:
            return members.addresses.get(name) or (), rest
        case [prefix, *rest] if "/" in prefix:
            return (prefix,), rest
        case [address, wildcard, *rest] if _ADDRESS.match(address) and _ADDRESS.match(wildcard):
            return (from_wildcard(address, wildcard),), rest
        case [address, *rest] if _ADDRESS.match(address):
            return (f"{address}/32",), rest
        case _:
            return (), words[2:]


def prefix_lists(reader: Reader) -> tuple[PrefixList, ...]:
    """Read `{ip|ipv6} prefix-list NAME [seq N] {permit|deny} P [ge N] [le N]`."""
    entries: dict[Key, list[PrefixEntry]] = {}
    heads: dict[Key, list[Source]] = {}
    for start, family in (("ip prefix-list", 4), ("ipv6 prefix-list", 6)):
        for words, node in reader.take(start):
            match words:
                case [name, "seq", _, ("permit" | "deny") as action, prefix, *rest]:
                    pass
                case [name, ("permit" | "deny") as action, prefix, *rest]:
                    pass
                case [name, "description", *_]:
                    continue
                case ["sequence-number"]:
                    continue
                case _:
                    reader.give_back(node)
                    continue
            source = reader.source(node)
            heads.setdefault((name, family), []).append(source)
            entries.setdefault((name, family), []).append(
                PrefixEntry(action == "permit", prefix, source, number_after(rest, "ge"), number_after(rest, "le"))
            )
    return tuple(
        PrefixList(name, family, tuple(found), tuple(heads[name, family])) for (name, family), found in entries.items()
    )


def refer_groups(context: Context, lists: Sequence[Acl]) -> None:
    """Note the groups that entries refer to."""
    for acl in lists:
        for entry in acl.entries:
            if "object-group" in entry.source.text:
                words = entry.source.text.split()
                for before, name in pairwise(words):
                    if before == "object-group":
                        context.refer("object-group", name, f"access list {acl.name}", entry.source)


def bound(
    lists: Sequence[Acl], prefixes: Sequence[PrefixList], uses: Sequence[Use], defined: dict[str, frozenset[str]]
) -> Acls:
    """The lists with the places where they are used, and the names that are used and not defined.

    `defined` holds the names of the other kinds: route maps, policy maps, views ...
    """
    known = {("access-list", acl.name, acl.family) for acl in lists}
    known |= {("prefix-list", one.name, one.family) for one in prefixes}
    places: dict[tuple[str, str, int], list[Binding]] = {}
    undefined = []
    for use in uses:
        key = _defined(use, known)
        if key is not None:
            places.setdefault(key, []).append(Binding(use.where, use.source, use.direction))
        elif use.kind in ("access-list", "prefix-list") or use.name not in defined.get(use.kind, (use.name,)):
            undefined.append(Undefined(use.kind, use.name, use.source))
    return Acls(
        lists=tuple(
            msgspec.structs.replace(acl, bindings=tuple(places["access-list", acl.name, acl.family]))
            if ("access-list", acl.name, acl.family) in places
            else acl
            for acl in lists
        ),
        prefix_lists=tuple(
            msgspec.structs.replace(one, bindings=tuple(places["prefix-list", one.name, one.family]))
            if ("prefix-list", one.name, one.family) in places
            else one
            for one in prefixes
        ),
        undefined=tuple(undefined),
    )


def _defined(use: Use, known: set[tuple[str, str, int]]) -> tuple[str, str, int] | None:
    """The list that a use means: that of its family, or of either where the place takes both."""
    for family in (use.family,) if use.family else (4, 6):
        if (use.kind, use.name, family) in known:
            return use.kind, use.name, family
    return None


class Lists:
    """The lists that are defined, by name.

    Others may stand in a part of the configuration that is missing.
    """

    def __init__(self, found: Sequence[Acl], complete: Setting[bool]) -> None:
        self._found = {(acl.name, acl.family): acl for acl in found}
        self._complete = complete
        self._resolved: dict[Key, Filter] = {}

    def on_line(self, name: str, family: int, bound: Source) -> Filter:
        """A list on a VTY line: a missing or empty one leaves the line unfiltered (syntax-ios-family A.8)."""
        return self._bind(name, family, bound, Known(True, (bound,)))

    def on_service(self, name: str, family: int, bound: Source) -> Filter:
        """A list on the web server or the SNMP agent, where the effect of a missing one is not documented."""
        return self._bind(name, family, bound, _open(name, bound))

    def on_interface(self, name: str, family: int, bound: Source) -> Filter:
        """A list on an interface; what a missing one does there is not documented either."""
        return self._bind(name, family, bound, _open(name, bound))

    def _bind(self, name: str, family: int, bound: Source, undefined: Setting[bool]) -> Filter:
        """A list is worked out once, however often it is bound."""
        known = self._resolved.get((name, family))
        if known is not None:
            return msgspec.structs.replace(known, bound=bound)
        acl = self._found.get((name, family))
        if acl is None or not acl.entries:
            missing = undefined if isinstance(self._complete, Known) else self._complete
            return bind((), name, family, bound, missing)
        found = self._resolved[name, family] = bind((acl,), name, family, bound, undefined)
        return found


def _open(name: str, bound: Source) -> Unknown:
    reason = f"list '{name}' is not defined or empty, and what that means here is not documented"
    return Unknown(Code.DEFAULT, reason, (bound,))
