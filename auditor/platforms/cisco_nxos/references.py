"""Where access lists, prefix lists, route maps and object groups are named (syntax-ios-family C.8)."""

import re

import msgspec

from auditor.model.evidence import Source
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
_HINT = re.compile(r"access-|-list|route-map|group |acl |traffic-filter|source list| address ")
_DEFINITIONS = ("route-map ", "ip prefix-list ", "ipv6 prefix-list ", "ip access-list ", "ipv6 access-list ")
_TEXTS = ("description ", "remark ", "banner ", "name ", "rmon ", "snmp-server contact", "snmp-server location", "no ")
_SEVERAL = re.compile(r"match (?:ip|ipv6|mac) address ")
_SERVICES = ("snmp-server", "ntp")


def references(reader: Reader) -> list[Reference]:
    """Every place outside of texts that names a list, in the order of the document."""
    found: list[Reference] = []
    for top in reader.root.children:
        where = ""
        for node in (top, *top.walk()) if top.children else (top,):
            text = node.text
            if not _HINT.search(text) or text.startswith(_TEXTS):
                continue
            if node is top and text.startswith(_DEFINITIONS):
                continue
            where = where or _where(top)
            found += _in(reader, node, text, where)
    return found


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
        case ["ip" | "ipv6", "access-list", name, *_]:
            return f"access-list {name}"
    return top.text


def _in(reader: Reader, node: Node, text: str, where: str) -> list[Reference]:
    found = []
    for match in _PATTERN.finditer(text):
        kind, families = _BY_KEY[match["key"]]
        names = [match["name"]]
        if _SEVERAL.match(text) and match.start() == 0:
            names = text[match.start("name") :].split()
        source = reader.source(node)
        found += [Reference(kind, name, where, source, families or _ANY, match["direction"] or "") for name in names]
    return found
