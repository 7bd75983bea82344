"""Bare lines of a text: what stands in front of them or ends them is put back where they are kept."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

Drop = Callable[[bytes], bytes]


class View(msgspec.Struct, frozen=True):
    """Lines of a text in one form."""

    places: Sequence[int]
    """Which of the lines of the text they are."""
    prefixes: Sequence[bytes]
    bare: Sequence[bytes]
    """What the rules see, line by line."""
    counted: bool = False
    """The prefixes count or tell the time: the lines that are kept get the first of them."""
    gap: bytes = b""
    """What stands between every prefix and the line."""
    meant: Drop = bytes
    """What a line means to the rules."""


class Lines(msgspec.Struct):
    """The lines of a text, and what ends each: nothing behind the last one."""

    text: list[bytes]
    ends: list[bytes]

    @classmethod
    def of(cls, text: bytes, end: re.Pattern[bytes] | None = None) -> "Lines":
        """The lines of a text, which end with LF or with what matches."""
        if end is None:
            lines = text.split(b"\n")
            return cls(lines, [b"\n"] * (len(lines) - 1) + [b""])
        found = list(end.finditer(text))
        starts = [0, *(one.end() for one in found)]
        stops = [*(one.start() for one in found), len(text)]
        return cls(
            [text[start:stop] for start, stop in zip(starts, stops, strict=True)], [*(one[0] for one in found), b""]
        )

    def without(self, views: Iterable[View], drop: Drop) -> bytes | None:
        """The text as `drop` leaves the bare lines of views; nothing where it alters none."""
        left: dict[int, bytes] = {}
        for view in views:
            torn = len(view.places) > 0 and view.places[-1] == len(self.text) - 1
            shown = b"\n".join(view.bare) + (b"" if torn else b"\n")
            kept = drop(shown)
            if kept != shown:
                left.update(dict.fromkeys(view.places, b""))
                self._put_back(view, kept, left)
        if not left:
            return None
        whole = [left.get(at, line + end) for at, (line, end) in enumerate(zip(self.text, self.ends, strict=True))]
        if not whole[-1] and self.text[-1]:
            last = next((at for at in range(len(whole) - 1, -1, -1) if whole[at]), 0)
            whole[last] = whole[last].removesuffix(self.ends[last])
        return b"".join(whole)

    def _put_back(self, view: View, kept: bytes, left: dict[int, bytes]) -> None:
        lines = kept.removesuffix(b"\n").split(b"\n") if kept else []
        for number, (at, altered) in enumerate(matched(view.bare, lines)):
            place = view.places[at]
            prefix = view.prefixes[min(number, len(view.prefixes) - 1) if view.counted else at]
            line = self.text[place][len(view.prefixes[at]) :]
            if altered is not None:
                line = view.gap + _cut(line.removeprefix(view.gap), view.bare[at], altered, view.meant)
            left[place] += prefix + line + (self.ends[place] or (b"\n" if left[place] else b""))


_NEAR = 50
"""Lines in which one that a rule altered is looked for."""
_STOP = b"\x1f"
_LONG = 4000
"""Bytes of a line in which a cut is looked for."""


def _cut(line: bytes, bare: bytes, altered: bytes, meant: Drop) -> bytes:
    """A line of which something was cut out, as it is written and not as it is meant; as it is meant where that is not found."""
    before = _common(bare, altered)
    behind = min(_common(bare[::-1], altered[::-1]), len(altered) - before)
    if len(line) > _LONG or before + behind < len(altered):
        return altered
    first = next((at for at in range(before, len(line) + 1) if meant(line[:at] + _STOP) == bare[:before] + _STOP), -1)
    while (
        0 <= first < len(line) and meant(line[: first + 1] + _STOP) == bare[:before] + _STOP
    ):  # "&quot" means what "&quot;" does
        first += 1
    last = next(
        (at for at in range(max(first, 0), len(line) + 1) if meant(line[at:]) == bare[len(bare) - behind :]), -1
    )
    return line[:first] + line[last:] if 0 <= first <= last else altered


def _cut_from(line: bytes, altered: bytes) -> bool:
    """Whether cutting something out of a line makes the other of it."""
    return len(line) > len(altered) <= _common(line, altered) + _common(line[::-1], altered[::-1])


def _common(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def matched(lines: Sequence[bytes], kept: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Where each of the lines that were kept stood, and the line where a rule altered it: that one stands with the last."""
    places: dict[bytes, deque[int]] = {}
    for number, line in enumerate(lines):
        places.setdefault(line, deque()).append(number)
    at = -1
    for line in kept:
        mine = places.get(line, deque())
        while mine and mine[0] <= at:
            mine.popleft()
        if mine:
            at = mine.popleft()
            yield at, None
        else:
            at = next(
                (after for after in range(at + 1, min(at + _NEAR, len(lines))) if _cut_from(lines[after], line)),
                max(at, 0),
            )
            yield at, line


def kept_or(kept: bytes | None, text: bytes) -> bytes:
    """What was kept, also where that is nothing; the text where nothing was dropped."""
    return text if kept is None else kept
