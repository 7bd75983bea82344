"""Indicators of compromise that the operator brings: addresses, networks, names, hashes, fingerprints."""

import ipaddress
from functools import lru_cache

import msgspec


class Indicator(msgspec.Struct, frozen=True):
    """One indicator and where it was read."""

    value: str
    """In lower case; an address or network in its usual spelling."""
    source: str
    """File and line, or the identifier within the file."""
    valid_until: str = ""
    """Date after which a match is old; empty where the list has none."""
    note: str = ""


class Indicators(msgspec.Struct, frozen=True):
    """All indicators. `files` is empty where the operator brought none."""

    files: tuple[str, ...] = ()
    texts: dict[str, Indicator] = {}
    """Addresses, names, hashes and fingerprints by their text."""
    networks: tuple[Indicator, ...] = ()

    def match(self, text: str) -> Indicator | None:
        """The indicator that a value of a configuration is, or lies in; None where there is none."""
        found = self.texts.get(text.lower())
        if found is not None or not (self.networks or _address(text)):
            return found
        address = _address(text)
        if address is None:
            return None
        return self.texts.get(str(address)) or next((one for one in self.networks if _within(address, one.value)), None)


@lru_cache(maxsize=65536)
def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address in `192.0.2.1`, `192.0.2.1/24` (of an interface) and `192.0.2.1/32`; None for names and networks."""
    if not text[:1].isalnum() and not text.startswith(":"):
        return None
    try:
        return ipaddress.ip_interface(text).ip
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(text)


def _within(address: ipaddress.IPv4Address | ipaddress.IPv6Address, network: str) -> bool:
    found = _network(network)
    return address.version == found.version and address in found
