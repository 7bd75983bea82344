"""What stands around a configuration: prompts, echoed commands, date lines, fences, line numbers, what follows `end`."""

import re
from collections.abc import Sequence

import msgspec

from auditor.platforms.cisco_iosxr.blocks import TextBlock
from auditor.syntax.text import lines_with

_NUMBERED = re.compile(r"\s*\d+\s?[|:]")
_NOISE = re.compile(
    r"(?:RP/\d+/\S+:\S*#|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d+ [\d:.]+"
    r"|Building configuration|Current configuration|Using \d+ out of|```|\S+[#>]\s?(?:sh(?:ow)?|admin|term(?:inal)?|exit)\b"
    r"|-+ ?[Mm]ore ?-+)"
)
_PROMPTED = re.compile(r"[A-Z`-]|\S+[#>]\s?(?:sh|admin|term|exit)")
_HEAD = re.compile(r"(?:!! )?Building configuration|!! IOS XR (?:Admin )?Configuration")
_ADMIN_HEAD = re.compile(
    r"!! IOS XR Admin Configuration|#+ ?MultiConfigPart admin|\S+[#>]\s?admin sh(?:ow)? run|!\s*admin sh(?:ow)? run"
)
_XR_HEAD = re.compile(r"!! IOS XR Configuration|#+ ?MultiConfigPart running|\S+[#>]\s?sh(?:ow)? run")
_CUT = re.compile(r"\s*(?:! ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\))\s*$")
_LOOK = 400
"""Lines in front of a configuration that may be a session's noise."""


class Frame(msgspec.Struct, frozen=True):
    """The lines of the configuration with everything around them made blank, and what was seen of its ends."""

    lines: list[str]
    admin: range
    """Indexes of the lines that belong to the administration plane."""
    end: int | None
    """Index of the line `end` that closes the configuration of the XR plane."""
    cut: int | None
    """Index of a line that says that parts were left out."""


def unwrapped(lines: list[str]) -> list[str]:
    """The lines without numbers that a viewer put in front, and without a margin that all of them share (trap 5)."""
    sample = [line for line in lines[:_LOOK] if line.strip()]
    if len(sample) > 3 and sum(1 for line in sample if _NUMBERED.match(line)) >= 0.9 * len(sample):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
        sample = [line for line in lines[:_LOOK] if line.strip()]
    plain = [line for line in sample if not line.startswith("```")]
    margin = min((len(line) - len(line.lstrip(" ")) for line in plain), default=0)
    if margin and all(line[:margin].isspace() for line in lines if line.strip() and not line.startswith("```")):
        lines = [line if line.startswith("```") else line[margin:] for line in lines]
    return lines


def frame(lines: list[str], blocks: Sequence[TextBlock]) -> Frame:
    """Find the configuration among what a session, a collector or a person put around it (traps 3 to 5, 7 and 8).

    Both planes may stand in one file, in either order; what follows the `end` of one belongs to nothing until the
    head of the other.
    """
    inside = _inside(blocks)
    blank: set[int] = set(_fenced_out(lines))
    blank.update(range(_head(lines)))
    blank.update(
        index for index in lines_with(lines, ("#",)) if index not in inside and lines[index].lstrip().startswith("#")
    )
    planes = _Planes()
    cut: int | None = None
    for index, line in enumerate(lines):
        if not line or line[0] == " " or index in inside:
            continue
        first = line[0]
        if first in "!#.<[(":
            if _CUT.match(line):
                cut = index
            planes.head(index, line)
        elif line.rstrip() == "end":
            planes.end(index)
        elif _PROMPTED.match(line) and (planes.head(index, line) or _NOISE.match(line)):
            blank.add(index)
    planes.close(len(lines))
    for noise in planes.noise:
        blank.update(noise)
    if blank:
        lines = ["" if index in blank else line for index, line in enumerate(lines)]
    return Frame(lines, planes.admin, planes.xr_end, cut)


class _Planes:
    """Which lines belong to which plane, told by the heads and ends that pass by."""

    def __init__(self) -> None:
        self.admin = range(0)
        self.xr_end: int | None = None
        self.noise: list[range] = []
        self._plane = "xr"
        self._since = 0

    def head(self, index: int, line: str) -> bool:
        """Whether the line is a head; each plane is read once, what comes again is noise."""
        if _ADMIN_HEAD.match(line):
            if not self.admin and self._plane != "admin":
                self._turn("admin", index)
            return True
        if _XR_HEAD.match(line):
            if self.xr_end is None and self._plane != "xr":
                self._turn("xr", index)
            return True
        return False

    def end(self, index: int) -> None:
        """A line `end`."""
        if self._plane == "xr":
            self.xr_end = index
        if self._plane:
            self._turn("", index + 1)

    def close(self, index: int) -> None:
        """The text is over."""
        self._turn("", index)

    def _turn(self, plane: str, index: int) -> None:
        if self._plane == "admin":
            self.admin = range(self._since, index)
        elif not self._plane:
            self.noise.append(range(self._since, index))
        self._plane, self._since = plane, index


def _head(lines: list[str]) -> int:
    """Index of the first line of the configuration's own head; 0 where there is none near the beginning."""
    for index, line in enumerate(lines[:_LOOK]):
        if _HEAD.match(line):
            return index
    return 0


def _fenced_out(lines: list[str]) -> list[int]:
    """Lines outside of the first fenced part of a document that has fences."""
    fences = [index for index, line in enumerate(lines) if line.startswith("```")]
    if not fences or fences[0] > _LOOK:
        return []
    last = fences[1] if len(fences) > 1 else len(lines)
    return [*range(fences[0] + 1), *range(last, len(lines))]


def _inside(blocks: Sequence[TextBlock]) -> set[int]:
    return {index for block in blocks for index in range(block.first, block.last + 1)}
