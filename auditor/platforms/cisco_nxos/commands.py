"""The commands that are sent to NX-OS devices: all of them, and nothing else."""

import re

from auditor.model.snapshot import RUNNING
from auditor.platforms.cisco_nxos.onbox import VIRTUAL_SERVICES
from auditor.platforms.common.definition import Command

VERSION = "show version"

COMMANDS = (
    Command(document=RUNNING, send=("show running-config",)),
    Command(document=VERSION, send=(VERSION,), required=False),
    Command(document="show accounting log", send=("show accounting log",), required=False),
    Command(document="show install active", send=("show install active",), required=False),
    Command(
        document="show software authenticity running", send=("show software authenticity running",), required=False
    ),
    Command(document="show software authenticity keys", send=("show software authenticity keys",), required=False),
    Command(document=VIRTUAL_SERVICES, send=(VIRTUAL_SERVICES,), required=False),
    Command(document="show users", send=("show users",), required=False),
    Command(document="show sockets connection", send=("show sockets connection",), required=False),
    Command(document="dir bootflash:", send=("dir bootflash:",), required=False),
    Command(document="dir logflash:", send=("dir logflash:",), required=False),
    Command(document="dir volatile:", send=("dir volatile:",), required=False),
    Command(document="show monitor session all", send=("show monitor session all",), required=False),
    Command(document="show feature", send=("show feature",), required=False),
    Command(document="show guestshell detail", send=("show guestshell detail",), required=False),
    Command(document="show cdp neighbors detail", send=("show cdp neighbors detail",), required=False),
)

REFUSED = (
    "% Invalid",
    "% Incomplete",
    "% Ambiguous",
    "% Permission denied",
    "% Unknown",
    "Syntax error while parsing",
    "Error: AAA authorization failed",
    "Command authorization failed",
)
"""Beginnings of the lines by which NX-OS refuses a command."""

_RELEASE = re.compile(r"(?:NXOS|system|kickstart): +version |System version: ", re.IGNORECASE)
"""A line of `show version` that no configuration has."""
_SECTIONS = ("version ", "line vty")


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole. NX-OS prints no end mark: the sections that it always prints have to be there."""
    text = [line.strip() for line in lines if line.strip()]
    if not text:
        return "the output is empty"
    if document == RUNNING:
        lost = next((start for start in _SECTIONS if not any(line.startswith(start) for line in text)), "")
        if lost:
            return f"the output has no '{lost.strip()}'"
    elif document == VERSION and not any(_RELEASE.match(line) for line in text):
        return "the output names no version"
    return ""
