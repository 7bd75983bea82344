"""Host names in configurations of IOS's grammar."""

import re

_HOSTNAME = re.compile(r"(?:hostname|switchname) (\S+)\s*$")


def hostname_lines(lines: list[str]) -> list[tuple[int, str]]:
    """(index, name) of every `hostname NAME` that stands at the outermost level."""
    return [(index, match[1].strip('"')) for index, line in enumerate(lines) if (match := _HOSTNAME.match(line))]
