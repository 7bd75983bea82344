"""The four forms of a configuration: braces, flat lines, XML and JSON; all become the same tree of words.

XML and JSON name what the other forms leave out, so a little of the schema is needed to drop it again:

- an element with a `name` is a list entry, and its name is the next word (`<unit><name>0</name>` is `unit 0`), except
  below the few containers that have a leaf of that name (`snmp name`); some lists have another key (`route-filter`);
- some lists are written by their keys alone (`<interfaces><interface><name>ge-0/0/0</name>` is `interfaces ge-0/0/0`),
  and some leaves by their value alone (`<input><filter-name>F</filter-name>` is `input F`);
- a few elements have another name than the word (`ieee-802.3ad`, `src-nat-rule-match`).

An element that is not in these tables keeps its name and is read, or reported, like any other statement.
Rules and spellings: syntax-other-families A1.3.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from auditor.platforms.juniper_junos.text import NOISE
from auditor.syntax import braces, jsonitems, setlines, xmlitems
from auditor.syntax.braces import Statements, Word
from auditor.syntax.items import Item


class Form(StrEnum):
    """How a configuration is written."""

    TEXT = "text"
    """Braces, flat lines, or both."""
    XML = "xml"
    JSON = "json"


_XML = re.compile(r"\s*<(?:\?xml|rpc-reply|configuration|data|nc:|hello)\b")
_XML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:\w+:)?(?:rpc-reply|data|configuration)[\s>]")
_XML_CONFIGURATION = re.compile(r"<(?:\w+:)?configuration[\s>]")
_XML_END = re.compile(r"</(?:\w+:)?(?:rpc-reply|data|configuration)>")
_JSON = re.compile(r'\s*"(?:[\w-]+:)?configuration"\s*:')
_MODULE = re.compile(r"junos-[\w-]+:")
"""The module that the style of RFC 7951 puts before a name."""
_FIRST = 200

_BY_KEY = frozenset(
    (
        ("interfaces", "interface"),
        ("routing-instances", "instance"),
        ("vlans", "vlan"),
        ("bridge-domains", "domain"),
        ("prefix-list", "prefix-list-item"),
        ("client-list", "client-address-list"),
        ("policies", "policy"),
        ("client", "servers"),
        ("processes", "daemon-process"),
        ("dynamic-tunnels", "dynamic-tunnel"),
        ("host", "contents"),
        ("file", "contents"),
        ("user", "contents"),
    )
)
"""(container, list): entries that are written by their key alone."""
_BY_VALUE = frozenset(
    (
        ("input", "filter-name"),
        ("output", "filter-name"),
        ("autonomous-system", "as-number"),
        ("local-as", "as-number"),
        ("community", "community-name"),
        ("next-hop", "address"),
        ("802.3ad", "bundle"),
        ("destination-address", "dst-addr"),
        ("source-address", "src-addr"),
        ("prefix", "addr-prefix"),
        ("address", "ipaddr"),
        ("pool", "pool-name"),
        ("route-distinguisher", "rd-type"),
        ("vrf-target", "community"),
    )
)
"""(container, leaf): values that are written without the name of their leaf."""
_WORDS = {
    "ieee-802.3ad": "802.3ad",
    "src-nat-rule-match": "match",
    "dest-nat-rule-match": "match",
    "static-nat-rule-match": "match",
    "from-zone-name": "from-zone",
    "to-zone-name": "to-zone",
}
_KEYS = {"route-filter": "address", "source-address-filter": "address", "prefix-list-filter": "list_name"}
_NO_KEY = frozenset(("snmp", "configuration"))
"""Containers that have a leaf `name`."""
_TRANSPARENT = frozenset(("undocumented",))
_META = frozenset(("@", "attributes"))


def form(lines: Sequence[str]) -> Form:
    """The form of a document, by what its first lines look like."""
    for index, line in enumerate(lines[:_FIRST]):
        if not line.strip():
            continue
        if _XML.match(line) and any(_XML_CONFIGURATION.search(one) for one in lines[index : index + _FIRST]):
            return Form.XML
        if _opens(line) and any(_JSON.search(one) for one in (line.lstrip()[1:], *lines[index : index + 3])):
            return Form.JSON
    return Form.TEXT


def _opens(line: str) -> bool:
    """A line that an object begins with, and no `{master}` of a prompt."""
    text = line.strip()
    return text.startswith("{") and NOISE.match(text) is None


def items(lines: Sequence[str], kind: Form) -> tuple[Item, str]:
    """The items of an XML or JSON document without what stands around it, and why it is not whole."""
    if kind is Form.JSON:
        first = next((at for at, line in enumerate(lines) if _opens(line)), 0)
        return jsonitems.parse(lines, first)
    first = next((at for at, line in enumerate(lines) if _XML_START.match(line)), 0)
    last = next((at for at in range(len(lines) - 1, first - 1, -1) if _XML_END.search(lines[at])), len(lines) - 1)
    return xmlitems.parse(lines[: last + 1], first)


def from_text(lines: Sequence[str]) -> Statements:
    """The tree of a document in braces and flat lines."""
    found = Statements()
    flat = braces.parse(lines, found, setlines.STARTS, NOISE)
    setlines.parse(lines, flat, found)
    return found


def from_items(root: Item) -> Statements:
    """The tree of an XML or JSON document; empty where it holds no configuration."""
    found = Statements()
    configuration = _configuration(root)
    if configuration is not None:
        _convert(configuration, found)
    return found


def _configuration(root: Item) -> Item | None:
    if root.name == "configuration":
        return root
    return next((item for item in root.walk() if item.name.rpartition(":")[2] == "configuration"), None)


def _convert(configuration: Item, found: Statements) -> None:
    """Every item to words below those of its container."""
    stack: list[tuple[Item, str, Word, int]] = []

    def push(item: Item, name: str, node: Word, depth: int) -> None:
        stack.extend((child, name, node, depth) for child in reversed(_members(item, name)))

    push(configuration, "configuration", found.root, 0)
    while stack:
        item, container, parent, depth = stack.pop()
        if item.name in _TRANSPARENT:
            push(item, container, parent, depth)
            continue
        if item.name.startswith("junos-"):
            item.name = _MODULE.sub("", item.name, count=1)
        name = _WORDS.get(item.name, item.name)
        node, below, line = _place(item, name, container, found, parent, depth)
        inner = _members(item, name)
        place = found.add(node, line, head=bool(inner))
        if line != item.line and _data(item) is None:
            found.add(node, item.line, head=True)
        if _operation(item):
            found.changes.append(item.line)
        if _inactive(item):
            found.inactive[node] = None
        found.curly += place.line > 0
        push(item, name, node, below)


def _place(item: Item, name: str, container: str, found: Statements, parent: Word, depth: int) -> tuple[Word, int, int]:
    """The word of an item: its name, its key or value; the depth; the line of the key."""
    if container == "policies" and item.name == "policy":
        words = ["from-zone", item.text("from-zone-name"), "to-zone", item.text("to-zone-name")]
        node, below = found.descend(parent, depth, words, item.line)
        return node, below, item.line
    node, below = parent, depth
    key = _key(item, name)
    value = _value(item) if key is None else ""
    if key is not None:
        unnamed = (container, item.name) in _BY_KEY
    else:
        unnamed = bool(value) and (name == container or (container, item.name) in _BY_VALUE)
    if not unnamed:
        node, below = found.descend(parent, depth, [name], (_data(item) or item).line)
    line = (key or _data(item) or item).line
    text = key.value if key is not None else value
    if text:
        node, below = found.descend(node, below, [text], line)
    return node, below, line


def _data(item: Item) -> Item | None:
    """What holds the value of a leaf: the item itself, or its `data` in the old style."""
    if not item.children:
        return item
    data = item.child("data")
    if data is not None and all(child.name in (*_META, "data") for child in item.children):
        return data
    return None


def _value(item: Item) -> str:
    """The value of a leaf. A statement without one is `[null]`, `{}` or `<x/>`."""
    data = _data(item)
    if data is None or data.children:
        return ""
    return "" if data.value == "null" and (data.listed or data is not item) else data.value


def _key(item: Item, name: str) -> Item | None:
    """The child that holds the key of a list entry."""
    if not item.children or name in _NO_KEY:
        return None
    key = item.child(_KEYS.get(name, "name"))
    if key is None or not (key.children or key.value):
        return None
    inner = key.child("data")
    return inner if inner is not None else key


def _members(item: Item, name: str) -> list[Item]:
    """The statements inside an item, without its key, its metadata and its comments."""
    if not item.children:
        return []
    key = _KEYS.get(name, "name") if name not in _NO_KEY else ""
    found = []
    plain = _data(item)
    for child in item.children:
        if child.name == key or child.name[:1] == "@" or child.name in _META:
            continue
        if child.name in ("from-zone-name", "to-zone-name") or child is plain:
            continue
        if child.name == "comment" and child.value[:1] in ("/", "#"):
            continue
        found.append(child)
    return found if not _marks(item) else _marked(item, found)


def _marks(item: Item) -> bool:
    return any(child.name[:1] == "@" and len(child.name) > 1 for child in item.children)


def _marked(item: Item, members: list[Item]) -> list[Item]:
    """`"@x" : {..}` beside `"x"` holds the attributes of x, in the order of its values where there are several."""
    notes: dict[str, list[Item]] = {}
    for child in item.children:
        if child.name[:1] == "@" and len(child.name) > 1:
            notes.setdefault(child.name[1:], []).append(child)
    waiting = {name: iter(found) for name, found in notes.items()}
    for member in members:
        note = next(waiting[member.name], None) if member.name in waiting else None
        if note is not None:
            member.attributes |= {one.name: one.value for one in note.children}
    return members


def _inactive(item: Item) -> bool:
    if "inactive" in item.attributes:
        return item.attributes["inactive"] in ("inactive", "true")
    meta = next((child for child in item.children if child.name in _META), None)
    return meta is not None and meta.text("inactive") in ("true", "inactive")


def _operation(item: Item) -> bool:
    """`operation="delete"`, `delete="delete"`: the document changes a configuration, it is none."""
    return "delete" in item.attributes.values() or "replace" in item.attributes.values()
