"""The host that a saved Junos configuration names."""

import re

from auditor.platforms.juniper_junos.forms import Form, form
from auditor.platforms.juniper_junos.text import unnumbered

_FLAT = re.compile(r"set system host-name (\S+?);?\s*$")
_CURLY = re.compile(r"\s{1,8}host-name ([^\s;]+);")
_STRUCTURED = re.compile(r"""\s*(?:<host-name>([^<]+)</host-name>|"host-name"\s*:\s*"([^"]+)")""")
_OLD = re.compile(r"""\s*"host-name"\s*:\s*\[""")
_DATA = re.compile(r"""[^"]*"data"\s*:\s*"([^"]+)\"""")


def host_lines(lines: list[str]) -> list[tuple[int, str]]:
    """(index, name) of `host-name` in the outermost `system`; names in groups belong to routing engines."""
    lines = unnumbered(lines)
    if form(lines) is not Form.TEXT:
        return _structured(lines)
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


def _structured(lines: list[str]) -> list[tuple[int, str]]:
    """The host name in XML or JSON: the last one, because groups stand above what they are applied to."""
    found = []
    for index, line in enumerate(lines):
        match = _STRUCTURED.match(line)
        if match is not None:
            found.append((index, match[1] or match[2]))
        elif _OLD.match(line):
            # In the style before release 16.1 the value stands in an object of its own.
            inner = ((at, _DATA.match(lines[at])) for at in range(index, min(index + 4, len(lines))))
            found += [(at, data[1]) for at, data in inner if data is not None][:1]
    return found[-1:]
