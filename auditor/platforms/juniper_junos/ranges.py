"""Sets of addresses as sorted ranges of numbers: enough arithmetic to follow a filter term by term."""

import ipaddress
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

Range = tuple[int, int]
Ranges = tuple[Range, ...]

_BITS = {4: 32, 6: 128}
_MOST_PREFIXES = 64
_NUMBER = r"(0|[1-9][0-9]{0,2})"
_PLAIN = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:/([0-9]+))?")


def everything(family: int) -> Ranges:
    """All addresses of a family."""
    return ((0, (1 << _BITS[family]) - 1),)


def _plain(prefix: str) -> Range | None:
    """An IPv4 prefix in its plain form, which most are; the library takes ten times as long."""
    match = _PLAIN.fullmatch(prefix)
    if match is None:
        return None
    one, two, three, four, length = map(int, match.groups("32"))
    bits = 32 - length
    if bits < 0 or max(one, two, three, four) > 255:
        return None
    low = ((one << 24 | two << 16 | three << 8 | four) >> bits) << bits
    return low, low + (1 << bits) - 1


@lru_cache(maxsize=4096)
def of(prefix: str, family: int) -> Ranges | None:
    """The addresses of a prefix; none for one of the other family, None for a word that is no prefix."""
    plain = _plain(prefix)
    if plain is not None:
        return (plain,) if family == 4 else ()
    try:
        network = ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        return None
    if network.version != family:
        return ()
    return ((int(network.network_address), int(network.broadcast_address)),)


def union(one: Ranges, other: Ranges) -> Ranges:
    """What is in either set."""
    found: list[Range] = []
    for low, high in sorted((*one, *other)):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def without(one: Ranges, other: Ranges) -> Ranges:
    """What is in the first set and not in the second."""
    found: list[Range] = []
    cuts = list(other)
    at = 0
    for low, high in one:
        while at < len(cuts) and cuts[at][1] < low:
            at += 1
        start = low
        for cut_low, cut_high in cuts[at:]:
            if cut_low > high:
                break
            if cut_low > start:
                found.append((start, cut_low - 1))
            start = max(start, cut_high + 1)
        if start <= high:
            found.append((start, high))
    return tuple(found)


def both(one: Ranges, other: Ranges) -> Ranges:
    """What is in both sets."""
    return without(one, without(one, other))


class Taken:
    """A set that grows, one filter term after the other; adding to it costs little however large it is."""

    def __init__(self) -> None:
        self._lows: list[int] = []
        self._highs: list[int] = []

    def add(self, addresses: Ranges) -> None:
        """Put these addresses into the set."""
        for low, high in addresses:
            first = bisect_left(self._highs, low - 1)
            after = bisect_right(self._lows, high + 1)
            if first < after:
                low, high = min(low, self._lows[first]), max(high, self._highs[after - 1])
            self._lows[first:after] = [low]
            self._highs[first:after] = [high]

    def missing(self, addresses: Ranges) -> Ranges:
        """Those of the addresses that are not in the set."""
        if not self._lows:
            return addresses
        found: list[Range] = []
        for low, high in addresses:
            first = bisect_left(self._highs, low)
            if first < len(self._lows) and self._lows[first] <= low and high <= self._highs[first]:
                continue
            after = bisect_right(self._lows, high)
            known = tuple(zip(self._lows[first:after], self._highs[first:after], strict=True))
            found += without(((low, high),), known)
        return tuple(found)

    @property
    def ranges(self) -> Ranges:
        """All addresses of the set."""
        return tuple(zip(self._lows, self._highs, strict=True))


def longest_match(included: Iterable[str], excepted: Iterable[str], family: int) -> Ranges | None:
    """The addresses whose longest matching prefix is no exception; None when a word is no prefix."""
    marked: list[tuple[int, bool, Ranges]] = []
    for keep, prefixes in ((True, included), (False, excepted)):
        for prefix in prefixes:
            found = of(prefix, family)
            if found is None:
                return None
            if found:
                marked.append((found[0][0] - found[0][1], keep, found))
    if len(marked) == 1:
        return marked[0][2] if marked[0][1] else ()
    result: Ranges = ()
    for _, keep, found in sorted(marked, key=lambda entry: entry[:2]):
        result = union(result, found) if keep else without(result, found)
    return result


def is_most(addresses: Ranges, family: int) -> bool:
    """Whether these are more than half of what a stranger may come from: all of IPv4, 2000::/3 of IPv6."""
    first, last = everything(4)[0] if family == 4 else (1 << 125, (1 << 126) - 1)
    inside = sum(min(high, last) - max(low, first) + 1 for low, high in addresses if low <= last and high >= first)
    return 2 * inside > last - first + 1


@lru_cache(maxsize=1024)
def prefixes(addresses: Ranges, family: int) -> tuple[str, ...]:
    """The set as prefixes; empty where that would be a long list."""
    kind = ipaddress.IPv4Address if family == 4 else ipaddress.IPv6Address
    found: list[str] = []
    for low, high in addresses:
        for network in ipaddress.summarize_address_range(kind(low), kind(high)):
            found.append(str(network))
            if len(found) > _MOST_PREFIXES:
                return ()
    return tuple(found)


def _count(addresses: Sequence[Range]) -> int:
    return sum(high - low + 1 for low, high in addresses)
