"""Who is let in by an access list: entries in their order, as far as sources go."""

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from auditor.model.areas import Acl, AclEntry, Admission, Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown

Network = TypeVar("Network", ipaddress.IPv4Network, ipaddress.IPv6Network)

ANY4 = "0.0.0.0/0"
ANY6 = "::/0"
MANAGEMENT_PROTOCOLS = frozenset(("", "ip", "ipv6", "tcp", "6"))
"""Protocols of entries that can admit a login; an entry for udp or icmp cannot."""


@lru_cache(maxsize=4096)
def from_wildcard(address: str, wildcard: str) -> str:
    """The prefix of an address with an inverse mask; where the mask has holes, both in their written form."""
    try:
        bits = int(ipaddress.IPv4Address(wildcard))
        base = int(ipaddress.IPv4Address(address))
    except ValueError:
        return f"{address} {wildcard}"
    if bits & (bits + 1):
        return f"{address} {wildcard}"
    length = 32 - bits.bit_length()
    return f"{ipaddress.IPv4Address(base & ~bits)}/{length}"


def bind(lists: Sequence[Acl], name: str, family: int, bound: Source, undefined: Setting[bool]) -> Filter:
    """An access list at the place where it is bound. `undefined` says whether a missing or empty list admits any."""
    found = next((acl for acl in lists if acl.name == name and acl.family in (family, 0)), None)
    if found is None or not found.entries:
        return Filter(name=name, family=family, bound=bound, defined=False, any_source=undefined)
    return Filter(
        name=name, family=family, bound=bound, any_source=admits_any(found.entries), admitted=admitted(found.entries)
    )


def admitted(entries: Iterable[AclEntry]) -> tuple[Admission, ...]:
    """Every source that an entry permits and that no earlier entry denies, with the entry."""
    denied: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
    found = []
    for entry in entries:
        if not entry.active or entry.established:
            continue
        if entry.permit and entry.protocol in MANAGEMENT_PROTOCOLS:
            found += [Admission(text, entry.source) for text in entry.sources if not _inside(_network(text), denied)]
        elif not entry.permit and entry.protocol in ("", "ip", "ipv6"):
            denied += [net for net in map(_network, entry.sources) if net is not None]
    return tuple(found)


def _inside(
    inner: ipaddress.IPv4Network | ipaddress.IPv6Network | None,
    outer: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network],
) -> bool:
    if isinstance(inner, ipaddress.IPv4Network):
        return any(isinstance(net, ipaddress.IPv4Network) and inner.subnet_of(net) for net in outer)
    if isinstance(inner, ipaddress.IPv6Network):
        return any(isinstance(net, ipaddress.IPv6Network) and inner.subnet_of(net) for net in outer)
    return False


def admits_any(entries: Sequence[AclEntry]) -> Setting[bool]:
    """Whether any source at all gets in: the permitted prefixes, before a `deny any`, add up to everything."""
    reach: list[Source] = []
    unresolved: list[Source] = []
    networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
    for entry in entries:
        if entry.protocol not in MANAGEMENT_PROTOCOLS or entry.established or not entry.active:
            continue
        if not entry.sources:
            unresolved += [entry.source] if entry.permit else []
            continue
        prefixes = [net for net in map(_network, entry.sources) if net is not None]
        if not entry.permit and entry.protocol in ("", "ip", "ipv6") and any(net.prefixlen == 0 for net in prefixes):
            break
        if entry.permit:
            networks += prefixes
            reach.append(entry.source)
            if any(net.prefixlen == 0 for net in prefixes):
                return Known(True, (entry.source,))
    if _everything(networks):
        return Known(True, tuple(reach))
    if unresolved:
        return Unknown(Code.CUT, "an entry refers to sources that were not resolved", tuple(unresolved))
    return Known(False, tuple(reach))


@lru_cache(maxsize=65536)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _everything(networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Two halves make a whole: 0.0.0.0/1 and 128.0.0.0/1 permit any without saying so."""
    four = [net for net in networks if isinstance(net, ipaddress.IPv4Network)]
    six = [net for net in networks if isinstance(net, ipaddress.IPv6Network)]
    # Joining networks costs much, and is needed only where they are large enough together.
    return (_size(four, 32) and any(net.prefixlen == 0 for net in ipaddress.collapse_addresses(four))) or (
        _size(six, 128) and any(net.prefixlen == 0 for net in ipaddress.collapse_addresses(six))
    )


def _size(networks: Sequence[ipaddress.IPv4Network] | Sequence[ipaddress.IPv6Network], bits: int) -> bool:
    """Whether the networks could be everything by their sizes."""
    return sum(1 << (bits - net.prefixlen) for net in networks) >= 1 << bits
