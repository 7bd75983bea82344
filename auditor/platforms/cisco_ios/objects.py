"""Groups of addresses and of services that access lists refer to (`object-group {network|service} G`)."""

import ipaddress
import re
from collections.abc import Sequence

import msgspec

from auditor.platforms.cisco_ios.matches import ports
from auditor.platforms.common.acl import ANY4, ANY6
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

Groups = dict[str, tuple[str, ...] | None]
"""The prefixes of each group; None where a member could not be worked out or the group refers to itself."""

_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_DEEPEST = 20
_MOST = 256
"""Services of a group; an entry that refers to more of them stands for any."""


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


class Service(msgspec.Struct, frozen=True):
    """A protocol with ports."""

    protocol: str
    source_ports: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()


Services = dict[str, tuple[Service, ...] | None]
"""The services of each group; None where a member could not be worked out."""


def services(reader: Reader) -> Services:
    """Read `object-group service G` with `tcp [source] [eq|gt|lt|range] P`, `tcp-udp ...`, `icmp`, and further groups."""
    blocks: dict[str, Node] = {}
    for words, node in reader.take("object-group service"):
        if words:
            reader.use_block(node)
            blocks[words[0]] = node
    found: Services = {}
    for name in blocks:
        _services(name, blocks, found, 0)
    return found


def _services(name: str, blocks: dict[str, Node], found: Services, depth: int) -> tuple[Service, ...] | None:
    if name in found or name not in blocks or depth > _DEEPEST:
        return found.get(name)
    found[name] = None
    members: list[Service] = []
    for inner in blocks[name].children:
        words = inner.words
        if words[0] == "description":
            continue
        if words[0] == "group-object":
            further = _services(words[1], blocks, found, depth + 1) if len(words) > 1 else None
            if further is None:
                return None
            members += further
        else:
            members += _service(words)
    if len(members) <= _MOST:
        found[name] = tuple(members)
    return found[name]


def _service(words: Sequence[str]) -> list[Service]:
    """`tcp source gt 1023 eq 22`; without a word of ports every port."""
    rest = list(words[1:])
    source_ports: tuple[str, ...] = ()
    if rest[:1] == ["source"]:
        source_ports, rest = ports(rest[1:])
    target_ports, _ = ports(rest)
    return [Service(protocol, source_ports, target_ports) for protocol in words[0].split("-")]
