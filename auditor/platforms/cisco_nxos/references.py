"""Where access lists, prefix lists, route maps and object groups are named (syntax-ios-family C.8)."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from auditor.model.evidence import Source
from auditor.platforms.cisco_nxos.blocks import Port
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node


class Reference(msgspec.Struct, frozen=True):
    """A place that names a list."""

    kind: str
    name: str
    where: str
    source: Source
    families: tuple[int, ...] = (4, 6, 2)
    direction: str = ""


_ANY = (4, 6, 2)
_KEYS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("match ip address prefix-list", "prefix-list", ()),
    ("match ipv6 address prefix-list", "prefix-list", ()),
    ("match ip address", "access-list", (4,)),
    ("match ipv6 address", "access-list", (6,)),
    ("match mac address", "access-list", (2,)),
    ("ip port access-group", "access-list", (4,)),
    ("ipv6 port traffic-filter", "access-list", (6,)),
    ("mac port access-group", "access-list", (2,)),
    ("ip access-group", "access-list", (4,)),
    ("ipv6 traffic-filter", "access-list", (6,)),
    ("mac access-group", "access-list", (2,)),
    ("ipv6 access-class", "access-list", (6,)),
    ("access-class", "access-list", (4,)),
    ("use-ipv4acl", "access-list", (4,)),
    ("use-ipv6acl", "access-list", (6,)),
    ("use-acl", "access-list", (4, 6)),
    ("ntp access-group peer", "access-list", (4, 6)),
    ("ntp access-group serve-only", "access-list", (4, 6)),
    ("ntp access-group serve", "access-list", (4, 6)),
    ("ntp access-group query-only", "access-list", (4, 6)),
    ("match access-group name", "access-list", _ANY),
    ("filter access-group", "access-list", _ANY),
    ("source list", "access-list", (4,)),
    ("redirect-list", "access-list", (4,)),
    ("addrgroup", "object-group", ()),
    ("portgroup", "object-group", ()),
    ("prefix-list", "prefix-list", ()),
    ("route-map", "route-map", ()),
)
_BY_KEY = {key: (kind, families) for key, kind, families in _KEYS}
_PATTERN = re.compile(
    r"(?:(?<=\s)|^)(?P<key>" + "|".join(re.escape(key) for key, _, _ in _KEYS) + r")\s+(?P<name>\S+)"
    r"(?:\s+(?P<direction>in|out)(?=\s|$))?"
)
_DEFINITIONS = ("route-map ", "ip prefix-list ", "ipv6 prefix-list ", "ip access-list ", "ipv6 access-list ")
_TEXTS = ("description ", "remark ", "banner ", "name ", "rmon ", "snmp-server contact", "snmp-server location", "no ")
_CLASS = "match access-group name"
"""Traffic classes are of no other topic."""
_SERVICES = ("snmp-server", "ntp")


def references(reader: Reader, ports: Iterable[Port]) -> list[Reference]:
    """Every place outside of texts that names a list, in the order of the document; then what port profiles give."""
    found: list[Reference] = []
    for top in reader.root.children:
        if not top.text.startswith(_DEFINITIONS) and _hints(top.text):
            found += _in(reader, top, _where(top))
        if top.text.startswith("router bgp "):
            for node, holder in _inside(top, 1):
                if _hints(node.text):
                    found += _in(reader, node, _where(holder))
        elif top.children:
            for node in top.walk():
                if _hints(node.text):
                    found += _in(reader, node, _where(top))
    for port in ports:
        for node in port.given:
            if _hints(node.text):
                found += _in(reader, node, _where(port.node))
    return found


def _hints(text: str) -> bool:
    """A quick look, before the pattern: this is asked of every line."""
    return (
        "list" in text
        or "route-map" in text
        or "access-" in text
        or "acl" in text
        or "group " in text
        or "traffic-filter" in text
        or " address " in text
    ) and not text.startswith(_TEXTS)


def _inside(top: Node, deeper: int) -> Iterator[tuple[Node, Node]]:
    """Statements below a block, each with the block that holds it: neighbours of BGP count as blocks of their own."""
    for child in top.children:
        yield child, top
        if child.text.startswith("vrf ") and deeper:
            yield from ((node, top if holder is child else holder) for node, holder in _inside(child, deeper - 1))
            continue
        holder = child if child.text.startswith("neighbor ") else top
        for node in child.walk() if child.children else ():
            yield node, holder


def _where(top: Node) -> str:
    """The statement that holds the reference, without what changes nothing about the place."""
    words = top.words
    if words[0] in _SERVICES:
        return "snmp" if words[0] == "snmp-server" else "ntp"
    match words:
        case ["class-map", *rest]:
            return f"class-map {rest[-1]}" if rest else top.text
        case ["route-map", name, *_]:
            return f"route-map {name}"
        case ["router", "bgp", *_]:
            return "bgp"
        case ["neighbor", address, *_]:
            return f"bgp {address}"
        case ["ip", "nat", *_]:
            return "nat"
        case ["ip" | "ipv6", "access-list", name, *_]:
            return f"access-list {name}"
    return top.text


def _in(reader: Reader, node: Node, where: str) -> list[Reference]:
    text = node.text
    found = []
    for match in _PATTERN.finditer(text):
        kind, families = _BY_KEY[match["key"]]
        names = [match["name"]]
        if text.startswith("match ") and match["key"] != _CLASS:
            names = text[match.start("name") :].split()
        source = reader.source(node)
        if match["key"] == _CLASS:
            reader.use(node)
        found += [Reference(kind, name, where, source, families or _ANY, match["direction"] or "") for name in names]
    return found
