"""The last look at an output, for anything in it that was dropped from a document.

Redaction leaves nothing behind; this is for the day when something gets round it. Of every value that is dropped a keyed
hash stays in the memory of this process, with the document it stood in; no value, and nothing on disk. An output is not
written when it holds such a value in what it says of that very device (lawful-intercept reference, 5.4 d).

No output may be withheld because of an intercept, or because of words that somebody writes beside one. A value is
therefore no reason where it came from somewhere else: what another device names is that device's to be reported, and so is
what stands in the kept text of a document of the same device, in its name, or in the texts of this program.

Errors:
    ProtectedTextError   an output would have held protected text; nothing was written. The text names no value
"""

import hmac
import os
import re
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

_key = os.urandom(32)
_RUN = re.compile(rb"[0-9A-Za-z@._:+/-]{6,}")
"""Words as they stand in texts: addresses, numbers of lines, identifiers."""
_INNER = re.compile(rb"[0-9A-Za-z@._:+-]{6,}")
_PART = re.compile(rb"[0-9A-Za-z_@.-]{6,}")
_MARK = re.compile(rb"[0-9@]")
_DIGITS = 8
"""A bare number shorter than this identifies nobody, and stands in reports for other reasons."""

_COMMON = re.compile(rb"CVE-\d{4}-\d+|\d{4}-\d\d-\d\d")
"""Published vulnerabilities and days: they identify nobody, and reports name them for other reasons."""


class Place(NamedTuple):
    """What is known of the values of a document or device: keyed hashes alone."""

    gone: dict[bytes, int]
    """Values that were dropped, with their checksums."""
    stated: set[bytes]
    """Those that kept text of the same device holds too."""


Dropped = dict[str, Place]
_seen: Dropped = {}
_quick: set[int] = set()
"""Checksums of the values, begun with the key: they tell in a moment that a word is none of them."""
_PROGRAM = {Path(__file__).parents[2]}
"""Folders of this program and of the packs that it loaded."""


class ProtectedTextError(Exception):
    """An output was withheld because it held text that lawful intercept protects."""

    def __init__(self) -> None:
        super().__init__(
            "withheld: it would have held text that has no place in an ordinary report; please report this"
        )


def remember(before: bytes, after: bytes, where: str) -> None:
    """Keep the hashes of the values of a document that are not in what was kept of it."""
    for value in _gone(before, after):
        checksum = _checksum(value)
        _place(where).gone[_digest(value)] = checksum
        _quick.add(checksum)


def state(where: Iterable[str], kept: Iterable[bytes]) -> None:
    """Values that the kept documents of a device hold are no protected ones, whatever was dropped beside them.

    `where` are the names of the device and of its documents.
    """
    known = [_seen[name] for name in set(where) if name in _seen]
    gone = {digest for place in known for digest in place.gone}
    if not gone:
        return
    found = {_digest(value) for text in kept for value in _values(text) if _checksum(value) in _quick} & gone
    for place in known:
        place.stated.update(found)


def refuse(output: bytes, where: Iterable[str] | None = None, named: Iterable[str] = ()) -> None:
    """Raise ProtectedTextError where an output holds a value that was dropped from one of these documents or devices.

    Without `where`, from any: for texts that no device is named for. `named` are names that came from the user: of files,
    of devices and their addresses.
    """
    if not anything():
        return
    places = list(_seen.values()) if where is None else [_seen[name] for name in set(where) if name in _seen]
    if not places:
        return
    stated = set() if where is None else {digest for place in places for digest in place.stated}
    gone = {digest for place in places for digest in place.gone.keys() - place.stated} - stated
    found = {value for value in _values(output) if _checksum(value) in _quick and _digest(value) in gone}
    if found and found - _values("\n".join(named).encode("utf-8", "replace")) - _own_words():
        raise ProtectedTextError


def program(folders: Iterable[str]) -> None:
    """Take these folders for part of the program: what its packs say is no device's word."""
    _PROGRAM.update(map(Path, folders))


@cache
def _own_words() -> frozenset[bytes]:
    """What may look like an identity and stands in this program: names of its fields and the words of its checks."""
    files = (path for folder in _PROGRAM for path in folder.rglob("*") if path.suffix in (".py", ".tsv", ".json"))
    return frozenset(value for path in files for value in _values(path.read_bytes()))


def _place(name: str) -> Place:
    return _seen.setdefault(name, Place({}, set()))


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


def of(where: Iterable[str]) -> Dropped:
    """What was dropped from documents and devices of these names, for the process that judges them."""
    return {name: _seen[name] for name in set(where) if name in _seen}


def taken() -> Dropped:
    """What this process dropped, for the one that writes."""
    dropped = dict(_seen)
    forget()
    return dropped


def add(dropped: Dropped) -> None:
    """What another process of the run dropped."""
    for name, place in dropped.items():
        mine = _place(name)
        mine.gone.update(place.gone)
        mine.stated.update(place.stated)
        _quick.update(place.gone.values())


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
    if len(word) < 6 or _COMMON.fullmatch(word):
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
