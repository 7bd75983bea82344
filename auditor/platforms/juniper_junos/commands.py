"""The commands that are sent to Junos devices: all of them, and nothing else."""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command
from auditor.platforms.common.netconf import GET_CONFIG
from auditor.platforms.juniper_junos.text import NOISE
from auditor.syntax import braces, setlines

COMMANDS = (
    # `display omit` shows what `apply-flags omit` hides from the plain form (syntax-other-families A1.4, A1.6).
    Command(
        document=RUNNING,
        send=("show configuration | display omit | no-more", "show configuration | no-more"),
        rpc=GET_CONFIG.name,
    ),
    Command(document="show version", send=("show version | no-more",), required=False),
    Command(document="show chassis firmware", send=("show chassis firmware | no-more",), required=False),
    Command(document="show chassis hardware", send=("show chassis hardware | no-more",), required=False),
    Command(
        document="show system users no-resolve",
        send=("show system users no-resolve | no-more", "show system users no-resolve"),
        required=False,
    ),
    Command(
        document="show system connections",
        send=("show system connections | no-more", "show system connections"),
        required=False,
    ),
    Command(
        document="show lldp neighbors", send=("show lldp neighbors | no-more", "show lldp neighbors"), required=False
    ),
    Command(document="show system uptime", send=("show system uptime | no-more", "show system uptime"), required=False),
    Command(
        document="file list /var/tmp detail",
        send=("file list /var/tmp detail | no-more", "file list /var/tmp detail"),
        required=False,
    ),
    Command(
        document="file list /var/log detail",
        send=("file list /var/log detail | no-more", "file list /var/log detail"),
        required=False,
    ),
    Command(
        document="file list /var/home detail",
        send=("file list /var/home detail | no-more", "file list /var/home detail"),
        required=False,
    ),
    Command(
        document="show system processes extensive", send=("show system processes extensive | no-more",), required=False
    ),
    Command(document="show system processes detail", send=("show system processes detail | no-more",), required=False),
    Command(document="show system commit", send=("show system commit | no-more",), required=False),
    Command(
        document="show forwarding-options port-mirroring",
        send=("show forwarding-options port-mirroring | no-more", "show forwarding-options port-mirroring"),
        required=False,
    ),
)

MAY_BE_EMPTY = "show forwarding-options port-mirroring"
"""Prints nothing where there is none."""

REFUSED = ("error:", "unknown command", "permission denied", "syntax error", "invalid command", "missing argument")
"""Beginnings of the lines by which Junos refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: all blocks of a configuration are closed, and it names version or system."""
    if not any(line.strip() for line in lines):
        return "" if document == MAY_BE_EMPTY else "the output is empty"
    if document == RUNNING:
        return _configuration(lines)
    if document == "show version" and not any(line.startswith("Junos: ") or "JUNOS " in line for line in lines):
        return "the output names no version"
    return ""


def _configuration(lines: list[str]) -> str:
    statements = braces.Statements()
    flat = braces.parse(lines, statements, setlines.STARTS, NOISE)
    setlines.parse(lines, flat, statements)
    if statements.open_blocks:
        return f"{statements.open_blocks} block(s) are not closed at the end of the output"
    if statements.stray:
        return "the output closes blocks that it does not open"
    if not {"version", "system"} & statements.root.children.keys():
        return "the output holds neither 'version' nor 'system'"
    return ""
