"""The host that a saved Junos configuration names."""

import re

_FLAT = re.compile(r"set system host-name (\S+?);?\s*$")
_CURLY = re.compile(r"\s{1,8}host-name ([^\s;]+);")


def host_lines(lines: list[str]) -> list[tuple[int, str]]:
    """(index, name) of `host-name` in the outermost `system`; names in groups belong to routing engines."""
    found = []
    inside = False
    for index, line in enumerate(lines):
        if line.startswith("system {"):
            inside = True
        elif line.startswith("}"):
            inside = False
        match = _FLAT.match(line) or (_CURLY.match(line) if inside else None)
        if match:
            found.append((index, match[1].strip('"')))
    return found
