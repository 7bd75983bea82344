"""Neighbours by LLDP, where a device shows them as a table of one line each; Cisco's word that a protocol is off."""

import re

from auditor.model.areas import Neighbor, State
from auditor.platforms.common.outputs import FormatError, Output, RefusedError, known

_RULE = re.compile(r"\s*$|[\s=+-]+$|\w{3} \w{3} +\d+ \d\d:\d\d:\d\d")
"""Empty lines, lines of rules, the time that IOS XR prints first."""


_OFF = re.compile(r"\s*% ?(?P<protocol>CDP|LLDP) (?:is )?not enabled", re.IGNORECASE)


def refuse_silence(output: Output) -> None:
    """RefusedError where the protocol is off: nobody is seen then, which is not the same as nobody being there.

    `% CDP is not enabled` of IOS, and of IOS XR (as the NOC Project reads it, Cisco.IOSXR.get_capabilities).
    """
    if off := output.first(_OFF):
        raise RefusedError(f"{off[0]['protocol'].upper()} is not enabled on the device")


def lldp(output: Output, head: re.Pattern[str], row: re.Pattern[str], foot: re.Pattern[str]) -> State:
    """Rows below the head, with `name`, `local` and `remote`; a name that is cut ends with `*`.

    Errors:
        FormatError     no head, or a line below it that is no row: one more neighbour may stand there
    """
    first = next((index for index, line in enumerate(output.lines) if head.match(line)), None)
    if first is None:
        raise FormatError("no head of the table of neighbours")
    found = []
    for index, line in enumerate(output.lines[first + 1 :], start=first + 1):
        match = row.match(line)
        if match is not None:
            found.append(_neighbor(match, output, index))
        elif not _RULE.match(line) and not foot.match(line):
            raise FormatError(f"line {index + 1} has a form that is not known")
    return State(neighbors=known(found))


def _neighbor(match: re.Match[str], output: Output, index: int) -> Neighbor:
    return Neighbor(
        "lldp", match["name"], output.at(index), local_interface=match["local"], remote_interface=match["remote"]
    )
