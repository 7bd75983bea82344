"""Host names in configurations of VRP."""

import re

_SYSNAME = re.compile(r" ?sysname (\S+)\s*$")


def sysname_lines(lines: list[str]) -> list[tuple[int, str]]:
    """(index, name) of every `sysname NAME` that stands at the outermost level."""
    return [(index, match[1]) for index, line in enumerate(lines) if (match := _SYSNAME.match(line))]
