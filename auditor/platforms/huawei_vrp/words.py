"""Short ways to take the words of a VRP statement apart."""

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

ADDRESS = re.compile(r"(?=.*[.:])[0-9a-fA-F.:]+(?:%\S+)?$")
INTERFACE = re.compile(r"(?:\d{1,3}G?E|[A-Za-z][A-Za-z-]*)\s?\d[\d/.:]*$|NULL\s?0$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][A-Za-z-]*$")
SECRET_WORDS = ("cipher", "simple", "plain", "irreversible-cipher")


def after(words: Sequence[str], key: str, default: str = "") -> str:
    """The word behind a key word."""
    for index, word in enumerate(words[:-1]):
        if word == key:
            return words[index + 1]
    return default


def number(text: str) -> int | None:
    """The number that a text is, if it is one."""
    return int(text) if text.isdigit() and len(text) < 10 else None


@lru_cache(maxsize=256)
def length(mask: str) -> str:
    """A mask as a length; a length stays what it is."""
    if mask.isdigit():
        return mask
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


@lru_cache(maxsize=8192)
def prefix(address: str, mask: str) -> str:
    """A network from address and mask or length."""
    text = f"{address}/{length(mask)}"
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return text


def interface(words: Sequence[str]) -> tuple[str, int]:
    """The name of an interface at the start of the words, and how many words it takes (`Vlanif 10` is one name)."""
    if len(words) > 1 and _NAME.match(words[0]) and re.match(r"\d[\d/.:]*$", words[1]):
        return words[0] + words[1], 2
    return (words[0], 1) if words else ("", 0)
