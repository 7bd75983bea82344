"""Groups of addresses that access lists refer to (`object-group network G`)."""

import ipaddress
import re

from auditor.platforms.common.acl import ANY4, ANY6
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

Groups = dict[str, tuple[str, ...] | None]
"""The prefixes of each group; None where a member could not be worked out or the group refers to itself."""

_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_DEEPEST = 20


def groups(reader: Reader) -> Groups:
    """Read `object-group {network|v6-network} G` with hosts, prefixes, ranges and further groups."""
    blocks: dict[str, Node] = {}
    for start, any_address in (("object-group network", ANY4), ("object-group v6-network", ANY6)):
        for words, node in reader.take(start):
            if words:
                reader.use_block(node)
                blocks[words[0]] = Node(any_address, node.number, node.end)
                blocks[words[0]].children = node.children
    found: Groups = {}
    for name in blocks:
        _resolve(name, blocks, found, 0)
    return found


def _resolve(name: str, blocks: dict[str, Node], found: Groups, depth: int) -> tuple[str, ...] | None:
    if name in found or name not in blocks or depth > _DEEPEST:
        return found.get(name)
    found[name] = None
    prefixes: list[str] = []
    for inner in blocks[name].children:
        if inner.text.startswith("description"):
            continue
        words = inner.words
        further = (
            _resolve(words[1], blocks, found, depth + 1) if words[0] == "group-object" and len(words) > 1 else None
        )
        more = further if words[0] == "group-object" else _member(words, blocks[name].text)
        if more is None:
            return None
        prefixes += more
    found[name] = tuple(prefixes)
    return found[name]


def _member(words: list[str], any_address: str) -> tuple[str, ...] | None:
    """`any`, `host A`, `range A B`, `A MASK`, `A /N` and `A/N`."""
    try:
        match words:
            case ["any"]:
                return (any_address,)
            case ["host", address]:
                return (str(ipaddress.ip_network(address)),)
            case ["range", first, last]:
                low, high = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
                return tuple(str(net) for net in ipaddress.summarize_address_range(low, high))
            case [address, mask] if _ADDRESS.match(address):
                return (str(ipaddress.ip_network(f"{address}/{mask.removeprefix('/')}", strict=False)),)
            case [prefix]:
                return (str(ipaddress.ip_network(prefix, strict=False)),)
    except ValueError:
        return None
    return None
