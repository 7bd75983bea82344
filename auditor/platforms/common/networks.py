"""Which interfaces a list of networks names (`network P area A` of OSPF, `network P` of RIP)."""

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache


def first_matches(networks: Sequence[str], addresses: Iterable[tuple[str, int]]) -> tuple[dict[str, int], set[int]]:
    """Interface -> index of the first network that holds one of its addresses, and the indexes of networks that hold any.

    A network that repeats an earlier one counts as held. Linear in networks and in addresses.
    """
    held: set[int] = set()
    by_mask: dict[int, dict[int, int]] = {}
    for index, text in enumerate(networks):
        network = parsed(text)
        if network is not None and by_mask.setdefault(network[1], {}).setdefault(network[0], index) != index:
            held.add(index)
    first: dict[str, int] = {}
    for name, value in addresses:
        for mask, known in by_mask.items():
            index = known.get(value & mask, -1)
            if index >= 0:
                held.add(index)
                first[name] = min(index, first.get(name, index))
    return first, held


@lru_cache(maxsize=8192)
def parsed(text: str) -> tuple[int, int] | None:
    """Address and mask of an IPv4 network as numbers; None for any other text."""
    try:
        network = ipaddress.IPv4Network(text, strict=False)
    except ValueError:
        return None
    return int(network.network_address), int(network.netmask)


def holds(text: str, value: int) -> bool:
    """Whether a network holds an address."""
    network = parsed(text)
    return network is not None and value & network[1] == network[0]
