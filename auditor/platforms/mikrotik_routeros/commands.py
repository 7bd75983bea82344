"""The commands that are sent to RouterOS devices: all of them, and nothing else."""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command

RESOURCE = "/system resource print"
USERS = "/user print"
"""The users, which an export leaves out."""
IDLE_TIMES = "/user print terse"
"""One line a user, with all values: when an idle session ends (from 7.16)."""
MAY_BE_EMPTY = "/ip neighbor print detail"
"""Prints nothing where there is none."""

COMMANDS = (
    Command(document=RUNNING, send=("/export terse", "/export")),
    Command(document=RESOURCE, send=("/system resource print",), required=False),
    Command(document=USERS, send=("/user print",), required=False),
    Command(document=IDLE_TIMES, send=(IDLE_TIMES,), required=False),
    Command(document="/user active print", send=("/user active print",), required=False),
    Command(document="/file print", send=("/file print",), required=False),
    Command(document="/tool sniffer print", send=("/tool sniffer print",), required=False),
    Command(document=MAY_BE_EMPTY, send=(MAY_BE_EMPTY,), required=False),
    Command(document="/system package print", send=("/system package print",), required=False),
)
"""`show-sensitive` is not asked for: nothing that is judged needs the secrets of version 7."""

REFUSED = (
    "bad command name",
    "expected end of command",
    "syntax error",
    "no such item",
    "input does not match",
    "expected command name",
    "not enough permissions",
    "failure:",
    "invalid value",
    "unknown parameter",
)
"""Beginnings of the lines by which RouterOS refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: an export begins with its header and its last command is not torn."""
    text = [line.rstrip() for line in lines if line.strip()]
    if not text:
        return "" if document == MAY_BE_EMPTY else "the output is empty"
    if document == RUNNING:
        if not any("by RouterOS" in line for line in text[:20]):
            return "the output has no header '# ... by RouterOS'"
        if text[-1].endswith("\\"):
            return "the last command goes on in a line that is not there"
    elif document == RESOURCE and not any("version:" in line for line in text):
        return "the output names no version"
    elif document == USERS and not any("NAME" in line and "GROUP" in line for line in text):
        return "the output has no head of a table of users"
    return ""
