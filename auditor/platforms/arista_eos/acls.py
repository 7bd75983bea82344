"""Access lists, prefix lists, and what is named without being defined (syntax-ios-family D.8)."""

import ipaddress
import re
from functools import lru_cache

from auditor.model.areas import Acl, AclEntry, Acls, PrefixEntry, PrefixList
from auditor.model.evidence import Source
from auditor.platforms.arista_eos.context import Config, Context
from auditor.platforms.arista_eos.text import after, number
from auditor.platforms.common.acl import ANY4, ANY6, from_wildcard

_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_OPERATORS = ("eq", "neq", "gt", "lt", "range")
_PROTOCOLS_WITH_PORTS = frozenset(("tcp", "udp", "sctp", "6", "17", "132"))
_OPTIONS = frozenset(
    [
        "log",
        "established",
        "tracked",
        "fragments",
        "ttl",
        "dscp",
        "tos",
        "ecn",
        "vlan",
        "nexthop-group",
        "urg",
        "ack",
        "psh",
        "rst",
        "syn",
        "fin",
        "hop-limit",
        "copy",
        "packet-length",
        "flow-label",
        "payload",
        "mirror",
        "counters",
    ]
)
_HIGHEST = 65535
_WORD_ICMP = frozenset(("icmp", "icmpv6", "ipv6-icmp", "1", "58"))

Lists = dict[tuple[str, int], Acl]


def lists(config: Config) -> Lists:
    """Read `ip access-list [standard] A`, `ipv6 access-list [standard] A` with their numbered entries.

        10 permit tcp host 192.0.2.1 any eq ssh log
        20 remark ...
        permit 192.0.2.0/24

    Entries are put in the order of their numbers, which is the order in which they act.
    """
    found: Lists = {}
    for start, family in (("ip access-list", 4), ("ipv6 access-list", 6)):
        for words, node in config.take(start):
            standard = words[:1] == ["standard"] and len(words) > 1
            if not words:
                continue
            name = words[1] if standard else words[0]
            numbered: list[tuple[int | None, AclEntry]] = []
            for inner in node.children:
                parts = inner.words
                sequence = number(parts[0])
                entry = _entry(
                    parts if sequence is None else parts[1:], config.source(inner), family, standard=standard
                )
                if entry is not None:
                    numbered.append((sequence, entry))
                    config.use(inner)
                elif (
                    parts[-2:] == ["per-entry"]
                    or "remark" in parts[:2]
                    or parts[0] in ("counters", "statistics", "fragment-rules")
                ):
                    config.use(inner)
            if all(sequence is not None for sequence, _ in numbered):
                numbered.sort(key=lambda pair: pair[0] or 0)
            before = found.get((name, family))
            entries = tuple(entry for _, entry in numbered)
            sources = (config.source(node),)
            found[name, family] = (
                Acl(name, family, before.entries + entries, before.sources + sources)
                if before is not None
                else Acl(name, family, entries, sources)
            )
    return found


def _entry(words: list[str], source: Source, family: int, *, standard: bool) -> AclEntry | None:
    if len(words) < 2 or words[0] not in ("permit", "deny"):
        return None
    permit, rest = words[0] == "permit", words[1:]
    if standard:
        sources, rest = _address(rest, family)
        return AclEntry(permit, sources, source, log="log" in rest)
    if rest[0] == "vlan":
        rest = rest[3:]
        if not rest:
            return None
    protocol, rest = rest[0], rest[1:]
    sources, rest = _address(rest, family)
    source_ports, rest = _ports(rest) if protocol in _PROTOCOLS_WITH_PORTS else ((), rest)
    destinations, rest = _address(rest, family)
    ports, rest = _ports(rest) if protocol in _PROTOCOLS_WITH_PORTS else ((), rest)
    anywhere = ANY6 if family == 6 else ANY4
    return AclEntry(
        permit=permit,
        sources=sources,
        source=source,
        protocol=protocol,
        destinations=destinations or ((anywhere,) if not rest else ()),
        ports=ports,
        source_ports=source_ports,
        log="log" in rest,
        established="established" in rest or "tracked" in rest,
    )


def _address(words: list[str], family: int) -> tuple[tuple[str, ...], list[str]]:
    """The prefix at the start of the words and what follows; empty where it could not be worked out."""
    match words:
        case ["any", *rest]:
            return (ANY6 if family == 6 else ANY4,), rest
        case ["host", address, *rest]:
            return (f"{address}/{128 if family == 6 else 32}",), rest
        case [prefix, *rest] if "/" in prefix:
            return (prefix,), rest
        case [address, wildcard, *rest] if _ADDRESS.match(address) and _ADDRESS.match(wildcard):
            return (from_wildcard(address, wildcard),), rest
        case [address, *rest] if _ADDRESS.match(address):
            return (f"{address}/32",), rest
        case [address, *rest] if family == 6 and ":" in address:
            return (f"{address}/128",), rest
    return (), words[1:]


def _ports(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """`eq A [B ...]`, `neq A`, `gt A`, `lt A`, `range A B`."""
    if not words or words[0] not in _OPERATORS:
        return (), words
    operator, rest = words[0], words[1:]
    if operator == "range":
        return (("-".join(rest[:2]),), rest[2:]) if len(rest) > 1 else ((), rest)
    count = next((at for at, word in enumerate(rest) if _ends_ports(word)), len(rest))
    named, rest = rest[:count], rest[count:]
    first = number(named[0]) if named else None
    match operator:
        case "neq":
            return tuple(f"!{name}" for name in named), rest
        case "gt" if first is not None:
            return (f"{first + 1}-{_HIGHEST}",), rest
        case "lt" if first is not None:
            return (f"0-{max(first - 1, 0)}",), rest
    return tuple(named), rest


def _ends_ports(word: str) -> bool:
    return word in _OPTIONS or word in ("any", "host") or "." in word or ":" in word or "/" in word


def prefix_lists(config: Config) -> list[PrefixList]:
    """Read `ip prefix-list P` and `ipv6 prefix-list P`, as a block or a line: `[seq N] {permit|deny} A/L [eq|ge|le N]`."""
    entries: dict[tuple[str, int], list[tuple[int | None, PrefixEntry]]] = {}
    heads: dict[tuple[str, int], list[Source]] = {}
    for start, family in (("ip prefix-list", 4), ("ipv6 prefix-list", 6)):
        for words, node in config.take(start):
            if not words:
                continue
            key = (words[0], family)
            heads.setdefault(key, []).append(config.source(node))
            found = entries.setdefault(key, [])
            for parts, inner in ((words[1:], node), *((inner.words, inner) for inner in node.children)):
                entry = _prefix(parts, config.source(inner))
                if entry is not None:
                    config.use(inner)
                    found.append(entry)
                elif parts[:1] == ["remark"] or "remark" in parts[2:3]:
                    config.use(inner)
    return [
        PrefixList(
            name=key[0],
            family=key[1],
            entries=tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0] or 0)),
            sources=tuple(heads[key]),
        )
        for key, found in entries.items()
    ]


def _prefix(words: list[str], source: Source) -> tuple[int | None, PrefixEntry] | None:
    sequence = number(words[1]) if words[:1] == ["seq"] and len(words) > 1 else None
    rest = words[2:] if words[:1] == ["seq"] else words
    if len(rest) < 2 or rest[0] not in ("permit", "deny"):
        return None
    exact = number(after(rest, "eq"))
    return sequence, PrefixEntry(
        permit=rest[0] == "permit",
        prefix=rest[1],
        source=source,
        ge=exact if exact is not None else number(after(rest, "ge")),
        le=exact if exact is not None else number(after(rest, "le")),
    )


def acls(context: Context, found: list[PrefixList]) -> Acls:
    """The lists with the places where they are bound, and names without a definition. To be called last."""
    config = context.config
    mac = {(words[-1], 0) for words, _ in config.take("mac access-list") if words}
    maps = {(node.words[1], 4) for node in config.find("route-map") if len(node.words) > 1}
    classes = {(words[-2] if words[-1].isdigit() else words[-1], 4) for words, _ in config.take("class-map") if words}
    policies = {(words[-1], 4) for words, _ in config.take("policy-map") if words}
    return Acls(
        lists=tuple(
            Acl(acl.name, acl.family, acl.entries, acl.sources, context.bindings("access-list", acl.name, acl.family))
            for acl in context.lists.values()
        ),
        prefix_lists=tuple(
            PrefixList(
                one.name, one.family, one.entries, one.sources, context.bindings("prefix-list", one.name, one.family)
            )
            for one in found
        ),
        undefined=context.undefined(
            {
                "access-list": set(context.lists) | mac,
                "prefix-list": {(one.name, one.family) for one in found},
                "route-map": maps,
                "class-map": classes,
                "policy-map": policies,
                "peer-group": {(name, 4) for name in context.peer_groups},
                "view": {(words[0], 4) for words, _ in config.take("snmp-server view") if words},
            }
        ),
    )


def contains(prefix: str, address: str) -> bool:
    """Whether an address lies in a prefix; False for what is neither."""
    outer, inner = _network(prefix), _host(address)
    return outer is not None and inner is not None and inner in outer


@lru_cache(maxsize=8192)
def _network(prefix: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def _host(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_interface(address).ip
    except ValueError:
        return None
