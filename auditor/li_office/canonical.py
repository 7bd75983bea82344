"""One written form for what a token is made of, so that the office and the run make the same one."""

import ipaddress
import re
import unicodedata

import msgspec

_ENDPOINT = re.compile(r"\[(?P<six>[0-9A-Fa-f:.]+)\]:(?P<port6>\d{1,5})|(?P<four>[0-9.]+):(?P<port4>\d{1,5})")
_MAC = re.compile(r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}")


class Endpoint(msgspec.Struct, frozen=True):
    """Where a tap delivers to."""

    address: str
    """Compressed form."""
    port: int

    @property
    def text(self) -> str:
        """`192.0.2.1:9000`, `[2001:db8::1]:9000`."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


def address(text: str) -> str:
    """A written address in its shortest form; ValueError, without the text, for anything else."""
    try:
        return plain_address(text.strip())
    except ValueError:
        raise ValueError("no address") from None


def endpoint(text: str) -> Endpoint:
    """The endpoint of a written address and port; ValueError, without the text, for anything else."""
    found = _ENDPOINT.fullmatch(text.strip())
    if found is None:
        raise ValueError("no address and port")
    port = int(found["port6"] or found["port4"])
    if port > 65535:
        raise ValueError("no port")
    try:
        return Endpoint(plain_address(found["six"] or found["four"]), port)
    except ValueError:
        raise ValueError("no address") from None


def plain_address(text: str) -> str:
    """An address in its shortest form; an IPv4 address inside IPv6 is the IPv4 address."""
    address = ipaddress.ip_address(text)
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def device(name: str) -> str:
    """A device's name without regard to case."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def row(content_id: int, stream_index: int) -> str:
    """The selector of a Cisco tap: the ids that the mediation device gave it."""
    return f"{content_id}.{stream_index}"


def selector(text: str) -> str:
    """Any other selector: addresses and MACs in one form, words without regard to case and spacing."""
    words = " ".join(unicodedata.normalize("NFC", text).split()).casefold()
    if _MAC.fullmatch(words):
        return ":".join(re.findall("..", re.sub(r"[^0-9a-f]", "", words)))
    try:
        return str(ipaddress.ip_interface(words)) if "/" in words else plain_address(words)
    except ValueError:
        return words
