"""The commands that are sent to VRP devices: all of them only read, and nothing else is sent."""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command

VERSION = "display version"
STARTUP = "display startup"
CLOCK = "display clock"

COMMANDS = (
    Command(document=RUNNING, send=("display current-configuration",)),
    Command(document=VERSION, send=("display version",), required=False),
    Command(document=CLOCK, send=(CLOCK,), required=False),
    Command(document=STARTUP, send=("display startup",), required=False),
    Command(document="display configuration commit list", send=("display configuration commit list",), required=False),
    Command(document="display lldp neighbor", send=("display lldp neighbor",), required=False),
    Command(document="display users", send=("display users",), required=False),
    Command(document="display tcp status", send=("display tcp status",), required=False),
    Command(document="display ssh server status", send=("display ssh server status",), required=False),
    Command(document="display telnet server status", send=("display telnet server status",), required=False),
    Command(document="display local-user", send=("display local-user",), required=False),
    Command(document="dir /all", send=("dir /all",), required=False),
)

ACCOUNTS = (
    '<aaa xmlns="urn:huawei:yang:huawei-aaa"><lam><users><user><name/><level/><state/></user></users></lam></aaa>'
)
"""What is asked over NETCONF: local users without their passwords (Huawei/yang, huawei-aaa-lam, since 8.20.0)."""

REFUSED = (
    "Error:",
    "% Unrecognized command",
    "% Incomplete command",
    "% Wrong parameter",
)
"""Beginnings of the lines by which VRP refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: a running configuration ends with `return`."""
    text = [line.strip(" \t\0") for line in lines if line.strip(" \t\0")]
    if not text:
        return "the output is empty"
    if document == RUNNING:
        if text[-1] != "return":
            return "the output does not finish with 'return'"
        if not any(line.startswith("sysname ") for line in text):
            return "the output holds no 'sysname'"
    elif document == VERSION and not any("VRP" in line and "Version" in line for line in text):
        return "the output names no version"
    elif document == STARTUP and not any("tartup" in line for line in text):
        return "the output names no startup file"
    return ""
