"""The last look at an output, for anything in it that was dropped from a document.

Redaction leaves nothing behind; this is for the day when it does. Of every value that is dropped a keyed hash stays in
the memory of this process, with the document it stood in; no value, and nothing on disk. An output is not written when
it holds such a value in what it says of that very device (lawful-intercept reference, 5.4 d). A value that other devices
name too, such as an address, is theirs to be reported: there nothing was dropped.

Errors:
    ProtectedTextError   an output would have held protected text; nothing was written. The text names no value
"""

import hmac
import os
import re
from collections.abc import Iterable
from hashlib import blake2b, sha256
from zlib import crc32

_key = os.urandom(32)
_RUN = re.compile(rb"[0-9A-Za-z@._:+/-]{6,}")
"""Words as they stand in texts: addresses, numbers of lines, identifiers."""
_INNER = re.compile(rb"[0-9A-Za-z@._:+-]{6,}")
_PART = re.compile(rb"[0-9A-Za-z_@.-]{6,}")
_MARK = re.compile(rb"[0-9@]")
_DIGITS = 8
"""A bare number shorter than this identifies nobody, and stands in reports for other reasons."""

Dropped = dict[bytes, tuple[int, set[str]]]
_seen: Dropped = {}
"""Keyed hash of a value -> its checksum, and where it was dropped."""
_quick: set[int] = set()
"""Checksums of the same values, begun with the key: they tell in a moment that a word is none of them."""


class ProtectedTextError(Exception):
    """An output was withheld because it held text that lawful intercept protects."""

    def __init__(self) -> None:
        super().__init__(
            "withheld: it would have held text that has no place in an ordinary report; please report this"
        )


def remember(before: bytes, after: bytes, where: str) -> None:
    """Keep the hashes of the values of a document that are not in what was kept of it."""
    for value in _gone(before, after):
        _seen.setdefault(_digest(value), (_checksum(value), set()))[1].add(where)
        _quick.add(_checksum(value))


def refuse(output: bytes, where: Iterable[str] | None = None) -> None:
    """Raise ProtectedTextError where an output holds a value that was dropped from one of these documents or devices.

    Without `where`, from any: for texts that no device is named for.
    """
    if not anything():
        return
    places = None if where is None else set(where)
    for value in _values(output):
        found = _seen.get(_digest(value)) if _checksum(value) in _quick else None
        if found is not None and (places is None or found[1] & places):
            raise ProtectedTextError


def anything() -> bool:
    """Whether anything was dropped in this run."""
    return bool(_seen)


def key() -> bytes:
    """The key of this run, for its other processes."""
    return _key


def digest(name: str) -> str:
    """The name of an operator of intercepts as the processes of this run compare it, and nobody else can."""
    return hmac.new(_key, name.encode(), sha256).hexdigest()[:16]


def use(other: bytes) -> None:
    """Take over the key of the run."""
    global _key
    _key = other


def taken() -> Dropped:
    """What this process dropped, for the one that writes."""
    dropped = dict(_seen)
    forget()
    return dropped


def add(dropped: Dropped) -> None:
    """What another process of the run dropped."""
    for digest, (checksum, where) in dropped.items():
        _seen.setdefault(digest, (checksum, set()))[1].update(where)
        _quick.add(checksum)


def _gone(before: bytes, after: bytes) -> set[bytes]:
    """The values of a document that are not in what was kept of it; looked for in the lines that went."""
    kept = set(after.split(b"\n"))
    found = _values(b"\n".join(line for line in before.split(b"\n") if line not in kept))
    return found - _values(after) if any(value in after for value in found) else found


def _values(text: bytes) -> set[bytes]:
    """What may identify somebody: words with digits or an at sign, whole and in their parts."""
    words = set(_RUN.findall(text))
    inner = {part for word in words if b"/" in word for part in _INNER.findall(word)}
    parts = {part for word in words | inner if b":" in word or b"+" in word for part in _PART.findall(word)}
    return {bare for word in words | inner | parts if _identifies(bare := word.strip(b"._:+/-"))}


def _identifies(word: bytes) -> bool:
    if len(word) < 6:
        return False
    if word.isdigit():
        return len(word) >= _DIGITS
    return _MARK.search(word) is not None


def _digest(value: bytes) -> bytes:
    return blake2b(value, key=_key, digest_size=16).digest()


def _checksum(value: bytes) -> int:
    return crc32(value, crc32(_key))


def forget() -> None:
    """Begin anew: for the next run in the same process."""
    _seen.clear()
    _quick.clear()
