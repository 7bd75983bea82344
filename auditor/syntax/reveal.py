"""Turns reversible forms back, so that a secret can be compared with common words. The value never leaves the masker."""

import re

_XLAT = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
"""The fixed key of Cisco's type 7."""
_TYPE7 = re.compile(r"(\d\d)((?:[0-9A-Fa-f]{2})+)")
_FAMILIES = ("QzF3n6/9CAtpu0O", "B1IREhcSyrleKvMW8LXx", "7N-dVbwsY2g4oaJZGUDj", "iHkq.mPf5T")
_ALPHABET = "".join(_FAMILIES)
_SKIPPED = {letter: 3 - family for family, letters in enumerate(_FAMILIES) for letter in letters}
"""Random letters after the first, by the family that it is of."""
_WEIGHTS = ((1, 4, 32), (1, 16, 32), (1, 8, 32), (1, 64), (1, 32), (1, 4, 16, 128), (1, 32, 64))


def reveal(value: str) -> str | None:
    """The plain text behind Cisco's type 7 or Junos's `$9$`; None for anything else."""
    return _junos(value[3:]) if value.startswith("$9$") else _type7(value)


def _type7(value: str) -> str | None:
    match = _TYPE7.fullmatch(value)
    if match is None or int(match[1]) >= len(_XLAT):
        return None
    start = int(match[1])
    plain = bytes(byte ^ _XLAT[(start + place) % len(_XLAT)] for place, byte in enumerate(bytes.fromhex(match[2])))
    return plain.decode("ascii") if plain.isascii() else None


def _junos(letters: str) -> str | None:
    if not letters or any(letter not in _ALPHABET for letter in letters):
        return None
    at = 1 + _SKIPPED[letters[0]]
    before, plain = letters[0], ""
    while at < len(letters):
        weights = _WEIGHTS[len(plain) % len(_WEIGHTS)]
        part = letters[at : at + len(weights)]
        if len(part) < len(weights):
            return None
        total = 0
        for letter, weight in zip(part, weights, strict=True):
            total += ((_ALPHABET.index(letter) - _ALPHABET.index(before)) % len(_ALPHABET) - 1) * weight
            before = letter
        plain += chr(total % 256)
        at += len(weights)
    return plain if plain and plain.isascii() else None
