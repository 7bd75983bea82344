"""The commands that are sent to EOS devices: all of them, and nothing else."""

from auditor.model.snapshot import RUNNING
from auditor.platforms.arista_eos import jsonform
from auditor.platforms.common.definition import Command

VERSION = "show version"
CLOCK = "show clock"
MAY_BE_EMPTY = "show snmp community"
"""Prints nothing where no community is configured (transcripts in the tests of QualiSystems/cloudshell-networking-arista)."""

COMMANDS = (
    Command(document=RUNNING, send=("show running-config",)),
    Command(document=VERSION, send=("show version",), required=False),
    Command(document=CLOCK, send=(CLOCK,), required=False),
    Command(document="show lldp neighbors", send=("show lldp neighbors",), required=False),
    Command(document="show users", send=("show users",), required=False),
    Command(document="dir flash:", send=("dir flash:",), required=False),
    Command(document="show reload cause", send=("show reload cause",), required=False),
    Command(document="show zerotouch | json", send=("show zerotouch | json",), required=False),
    Command(document="show extensions", send=("show extensions",), required=False),
    Command(document="show logging", send=("show logging",), required=False),
    Command(document="show management ssh", send=("show management ssh",), required=False),
    Command(document="show management api http-commands", send=("show management api http-commands",), required=False),
    Command(document=MAY_BE_EMPTY, send=(MAY_BE_EMPTY,), required=False),
    Command(document="bash ss -tlnp", send=("bash ss -tlnp",), required=False, shell=True),
    Command(document="bash ps -ef", send=("bash ps -ef",), required=False, shell=True),
)

REFUSED = (
    "% Invalid",
    "% Incomplete",
    "% Ambiguous",
    "% Unknown",
    "% Authorization denied",
    "% Unavailable",
    "% Error",
)
"""Beginnings of the lines by which EOS refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: a running configuration ends with `end`, or with the brace of its first object."""
    text = [line.strip() for line in lines if line.strip()]
    if not text:
        return "" if document == MAY_BE_EMPTY else "the output is empty"
    if document == RUNNING:
        if jsonform.start(lines) is not None:
            laid = jsonform.lay_out(lines)
            return f"the output is not whole: {laid.fault}" if laid is not None and laid.fault else ""
        if text[-1] != "end":
            return "the output does not finish with 'end'"
        if not any(line.startswith(("! device:", "hostname ", "interface ")) for line in text):
            return "the output holds neither a device line nor 'hostname' nor an interface"
    elif document == VERSION and not any("image version" in line or '"version"' in line for line in text):
        return "the output names no version"
    return ""
