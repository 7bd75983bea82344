"""What viewers, mails and comparisons put in front of every line: taken off for the rules of redaction, and put back.

A rule knows the beginnings of lines. What is kept gets its frame back as if nothing else had ever stood there: a numbering
has no gap.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

_COUNTED = re.compile(rb"[ \t]*(?:[\w./@-]{1,80}\.\w{1,8}:\d{1,7}:|\d{1,7}(?:[|:] ?|\t| {1,2}(?=\S| |$)|\Z)|(?:> ?)+)")
"""The number that a viewer put in front of a line, or the mark of a quotation; of a torn last line maybe all that is left."""
_ALIKE = re.compile(rb"[ \t]*(?:[|+!;*#-]{1,3}|//)[ \t]?|[ \t]+|[\w./@-]{1,80}\.\w{1,8}:")
"""What may stand in front of every line alike: the mark of a comment or of a comparison, an indent, the name of a file."""
_NAMED = re.compile(rb"(?:---[ \t]*\n)?[\w\"'. -]{1,60}:[ \t]*[|>][-+\d]{0,2}[ \t]*\n(?=[ \t])")
"""The name of a text in YAML, which stands indented below it."""
_SAMPLE = 40


class Part(msgspec.Struct, frozen=True):
    """Lines of a text that are framed alike."""

    text: bytes
    bare: bytes
    """The same lines without the frame."""
    prefixes: Sequence[bytes] = ()
    """What stood in front of each line; nothing where there is no frame."""
    alike: bool = False
    """The same stood in front of every line; of a numbering, each line has its own."""

    def framed(self, kept: bytes) -> bytes:
        """Lines that were kept of the bare ones, with the first of the prefixes."""
        if not self.prefixes:
            return kept
        lines = kept.split(b"\n")
        prefixes = self.prefixes
        if self.alike:
            shown = list(zip(prefixes, self.bare.split(b"\n"), strict=True))
            full = next(prefix for prefix, line in shown if line)
            empty = next((prefix for prefix, line in shown[:-1] if not line), full.rstrip())
            prefixes = [full if line else empty for line in lines]
        framed = [prefix + line for prefix, line in zip(prefixes, lines, strict=False)]
        if not lines[-1]:
            framed[-1] = b""
        return b"\n".join(framed)


def parts(text: bytes) -> Iterator[Part]:
    """The lines at the beginning that are framed alike, and those behind them."""
    named = _NAMED.match(text)
    if named is not None:
        yield Part(named[0], named[0])
        text = text[named.end() :]
    first = text.split(b"\n", _SAMPLE + 1)  # and all the rest as one
    if not _counted(first) and not _alike(first):
        yield Part(text, text)
        return
    lines = text.split(b"\n")
    counted = _counted(lines)
    prefixes = counted or _alike(lines)
    head = lines[: len(prefixes)]
    rest = lines[len(prefixes) :]
    end = b"\n" if rest else b""
    bare = b"\n".join(line[len(prefix) :] for line, prefix in zip(head, prefixes, strict=True))
    yield Part(b"\n".join(head) + end, bare + end, (*prefixes, b"") if rest else prefixes, alike=not counted)
    if rest:
        behind = b"\n".join(rest)
        yield Part(behind, behind)


def ended(kept: bytes, original: bytes) -> bytes:
    """Kept lines with the ends that they had: all alike, or each its own where an original mixes CR LF with LF."""
    if original.count(b"\r\n") == original.count(b"\n"):
        return kept.replace(b"\n", b"\r\n")
    places: dict[bytes, deque[int]] = {}
    lines = original.split(b"\n")
    for number, line in enumerate(lines):
        places.setdefault(line.removesuffix(b"\r"), deque()).append(number)
    at, found = -1, []
    for line in kept.split(b"\n"):
        mine = places.get(line, deque())
        while mine and mine[0] <= at:
            mine.popleft()
        at = mine.popleft() if mine else at
        found.append(lines[at] if at >= 0 and lines[at].removesuffix(b"\r") == line else line)
    return b"\n".join(found)


def bare(text: bytes) -> bytes:
    """A text without its frames."""
    return b"".join(part.bare for part in parts(text))


def _sample(lines: list[bytes]) -> list[bytes]:
    """The first lines with something on them; of the last line of a text only a part may be left."""
    whole = lines[:-1] if len(lines) > 2 else lines
    sample = [line for line in whole[:_SAMPLE] if line.strip()]
    return sample if len(sample) > 1 else []


def _counted(lines: list[bytes]) -> list[bytes]:
    """Numbers that go up, or marks of a quotation; nothing where some line of the sample has none."""
    sample = _sample(lines)
    matches = [match for line in sample if (match := _COUNTED.match(line)) is not None]
    if not sample or len(matches) < len(sample):
        return []
    numbers = [int(digits[1]) for match in matches if (digits := re.search(rb"(\d+)[|: \t]*$", match[0])) is not None]
    if numbers and (len(numbers) < len(matches) or any(b <= a for a, b in pairwise(numbers))):
        return []
    prefixes = []
    for line in lines:
        match = _COUNTED.match(line)
        if match is None and line.strip():
            break
        prefixes.append(match[0] if match else b"")
    return prefixes


def _alike(lines: list[bytes]) -> list[bytes]:
    """The same in front of every line that has something on it; nothing where the lines begin otherwise, or are nothing else."""
    sample = _sample(lines)
    found = _ALIKE.match(_beginning(sample)) if sample else None
    if found is None or not any(line[found.end() :].strip() for line in sample):
        return []
    same, empty = found[0], found[0].rstrip()
    prefixes = []
    for line in lines:
        if line.strip() not in (b"", empty.strip()) and not line.startswith(same):
            break
        prefixes.append(same if line.startswith(same) else line)
    return prefixes


def _beginning(lines: list[bytes]) -> bytes:
    """What all lines begin with."""
    first, last = min(lines), max(lines)
    end = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:end]
