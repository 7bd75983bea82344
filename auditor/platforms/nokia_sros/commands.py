"""The commands that are sent to SR OS devices: all of them, and nothing else.

Never sent: anything of the `li` region, and `show mirror` with sources (lawful-intercept reference, 5.1).
"""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command
from auditor.platforms.nokia_sros.text import FINISHED

BOF = "bof"
"""Name of the document that holds the boot options."""
VERSION = "show version"
SNMP_EVENTS = "show log event-control snmp"
"""Which events of the SNMP agent are generated, also where no statement says it."""

COMMANDS = (
    Command(document=RUNNING, send=("admin show configuration configure full-context", "admin display-config")),
    Command(document=VERSION, send=("show version",), required=False),
    Command(document=BOF, send=("admin show configuration bof full-context", "show bof"), required=False),
    Command(document="show card detail", send=("show card detail",), required=False),
    Command(document=SNMP_EVENTS, send=(SNMP_EVENTS,), required=False),
    Command(document="show uptime", send=("show uptime",), required=False),
    Command(
        document="show system management-interface commit-history",
        send=("show system management-interface commit-history",),
        required=False,
    ),
    Command(document="show system lldp neighbor", send=("show system lldp neighbor",), required=False),
    Command(document="show users", send=("show users",), required=False),
    Command(document="show system connections", send=("show system connections",), required=False),
    Command(document="file dir cf3:", send=("file dir cf3:", "file list cf3:"), required=False),
)

REFUSED = (
    "Error: Bad command",
    "Error: Invalid",
    "Error: Missing",
    "Error: Insufficient",
    "MINOR: MGMT_CORE",
    "MINOR: CLI",
    "MINOR: MGMT_AGENT",
    "CRITICAL: CLI",
    "^",
)
"""Beginnings of the lines by which both engines refuse a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: a saved configuration ends with `# Finished` or `exit all`, or its blocks are closed."""
    text = [line.strip() for line in lines if line.strip()]
    if not text:
        return "the output is empty"
    if document == VERSION:
        return "" if any(line.startswith("TiMOS-") for line in text) else "the output names no version"
    # `exit all` also stands at the beginning.
    tail = text[max(text.index("configure") if "configure" in text else 0, len(text) - 5) :]
    ended = any(FINISHED.match(line) or line == "exit all" for line in tail)
    if document == RUNNING and not ended:
        opened = sum(1 for line in text if line.endswith("{"))
        closed = sum(1 for line in text if line == "}")
        if not opened or opened != closed:
            return "the output does not finish with '# Finished' or 'exit all'"
    return ""
