"""Small readings of words that several topics need."""

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

ADDRESS = re.compile(r"[0-9a-fA-F]*[.:][0-9a-fA-F.:]*$")


def after(words: Sequence[str], name: str) -> str:
    """The word after the first occurrence of `name`; empty where there is none."""
    for index, word in enumerate(words):
        if word == name:
            return words[index + 1] if index + 1 < len(words) else ""
    return ""


def number(text: str) -> int | None:
    """A number in text; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@lru_cache(maxsize=256)
def mask_length(mask: str) -> str:
    """The length of a network mask; what is no mask comes back as written."""
    try:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{mask}").prefixlen)
    except ValueError:
        return mask


def is_address(text: str) -> bool:
    """Whether the text has the form of an address."""
    return ADDRESS.match(text) is not None


def interface_name(words: Sequence[str]) -> str:
    """`interface [preconfigure] NAME [l2transport]` without its first word."""
    return words[2] if len(words) > 2 and words[1] == "preconfigure" else words[1] if len(words) > 1 else ""
