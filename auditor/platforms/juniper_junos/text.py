"""What stands around a Junos configuration in a capture, and what says that parts of it are missing."""

import re
from collections.abc import Sequence

NOISE = re.compile(
    r"\{(?:master|backup|primary|secondary|linecard|local|node)[\w:]*\}(?:\[edit.*\])?$"
    r"|```\w*$|\[edit.*\]$|[\w.-]+@[\w.-]+(?:\([^)]*\))?[>#%]|---\(more|---- ?more|(?:show|cli) [\w |.-]*$"
)
"""Prompts, the state line of a routing engine, the pager, an echoed command, the fences of a copied text."""

CUT = re.compile(
    r"\s*(?:\.\.\.+|<[Ss]nip>|\[snip\]|\(output omitted\)|---\(more.*)\s*$|.*/\* ?(?:OMITTED|ACCESS-DENIED) ?\*/"
)
"""Parts were left out by a person, by `apply-flags omit`, or for lack of rights (syntax-other-families A1.1, A1.4)."""
CUT_WORDS = ("...", "nip>", "nip]", "(output omitted)", "OMITTED", "-DENIED", "---(more")
"""What a line that `CUT` matches holds."""

_NUMBER = re.compile(r"\s*(\d+)(?:[|:]|\s|$)")
_FEWEST = 4


def unnumbered(lines: Sequence[str]) -> list[str]:
    """The lines without the numbers that a viewer put in front: every line has one, each one higher than the last."""
    first = next((line for line in lines if line.strip() and not line.startswith("```")), "")
    if not _NUMBER.match(first):
        return list(lines)
    found = []
    last = -1
    numbered = 0
    for line in lines:
        match = _NUMBER.match(line)
        if match is not None and int(match[1]) > last:
            last = int(match[1])
            numbered += 1
            found.append(line[match.end() :])
        elif line.strip() and not line.startswith("```"):
            return list(lines)
        else:
            found.append(line)
    if numbered < _FEWEST:
        return list(lines)
    margin = min(
        (len(line) - len(line.lstrip()) for line in found if line.strip() and not line.startswith("```")), default=0
    )
    return [line if line.startswith("```") else line[margin:] for line in found]
