"""The commands that are sent to SR Linux devices: all of them, and nothing else."""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command

VERSION = "show version"
CLOCK = "info from state system information"
COMMANDS = (
    Command(document=RUNNING, send=("info from running", "info from running | as text")),
    Command(document=VERSION, send=("show version",), required=False),
    Command(document=CLOCK, send=(CLOCK,), required=False),
    Command(
        document="show system aaa authentication session *",
        send=("show system aaa authentication session *", "show system aaa authentication session"),
        required=False,
    ),
    Command(document="show system lldp neighbor", send=("show system lldp neighbor",), required=False),
    Command(document="show system application *", send=("show system application *",), required=False),
    Command(document="bash ss -tulpn", send=("bash ss -tulpn",), required=False, shell=True),
    Command(document="bash ps -ef", send=("bash ps -ef",), required=False, shell=True),
)

REFUSED = (
    "Parsing error",
    "Error: ",
    "Unknown token",
    "Missing token",
    "Access denied",
    "Not authorized",
    "Permission denied",
)
"""Beginnings of the lines by which SR Linux refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: every block of a configuration is closed, and it holds `system`."""
    text = [line.strip() for line in lines if line.strip()]
    if not text:
        return "the output is empty"
    if document == RUNNING:
        opened = sum(1 for line in text if line.endswith("{"))
        closed = sum(1 for line in text if line == "}")
        if opened != closed:
            return "blocks of the output are not closed"
        if not any(line in ("system {", '"srl_nokia-system:system": {') for line in text):
            return "the output holds no 'system'"
    elif document == VERSION and not any(line.startswith("Software Version") for line in text):
        return "the output names no version"
    return ""
