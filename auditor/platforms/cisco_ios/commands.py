"""The commands that are sent to IOS and IOS-XE devices: all of them, and nothing else."""

import re

from auditor.model.snapshot import RUNNING, STARTUP
from auditor.platforms.common.definition import Command, Unsaved

VERSION = "show version"
"""Document with release, model, serial number and configuration register."""
MAY_BE_EMPTY = "show monitor capture"
"""Prints nothing where there is none."""

CLOCK_DOCUMENT = "show clock"
CLOCK = re.compile(
    rb"^\s*(?P<clock>[*.]?\d{1,2}:\d\d:\d\d\.\d{3} [\w+-]{1,9} [A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d{4})\s*$",
    re.MULTILINE,
)
"""`*17:06:42.123 UTC Fri Mar 1 2002`: `*` is a clock that nobody vouches for, `.` one that lost its server (Cisco IOS Basic
System Management Command Reference, show clock)."""

# In a view of the parser, and below privilege level 15, the shorter form leaves out what the user may not configure, without
# a word (github.com/ytti/oxidized/issues/677, pull/1115). A release without views refuses the longer one.
COMMANDS = (
    Command(document=RUNNING, send=("show running-config view full", "show running-config")),
    Command(document=VERSION, send=("show version",), required=False),
    Command(document=CLOCK_DOCUMENT, send=(CLOCK_DOCUMENT,), required=False),
    Command(document="show users", send=("show users",), required=False),
    Command(document="show tcp brief all", send=("show tcp brief all",), required=False),
    Command(
        document="show control-plane host open-ports", send=("show control-plane host open-ports",), required=False
    ),
    Command(document="dir /recursive all-filesystems", send=("dir /recursive all-filesystems",), required=False),
    Command(document="show app-hosting list", send=("show app-hosting list",), required=False),
    Command(document="show iox", send=("show iox",), required=False),
    Command(document="show monitor session all", send=("show monitor session all",), required=False),
    Command(document="show processes cpu", send=("show processes cpu",), required=False),
    Command(document="show logging", send=("show logging",), required=False),
    Command(document="show archive log config all", send=("show archive log config all",), required=False),
    Command(
        document="show event manager policy registered", send=("show event manager policy registered",), required=False
    ),
    Command(
        document="show software authenticity running", send=("show software authenticity running",), required=False
    ),
    Command(document="show software authenticity keys", send=("show software authenticity keys",), required=False),
    Command(document="show boot", send=("show boot",), required=False),
    Command(document=STARTUP, send=(STARTUP,), required=False),
    Command(document="show aliases", send=("show aliases",), required=False),
    Command(document="show ip ssh", send=("show ip ssh",), required=False),
    Command(document="show ip http server all", send=("show ip http server all",), required=False),
    Command(document="show tacacs", send=("show tacacs",), required=False),
    Command(document="show snmp group", send=("show snmp group",), required=False),
    Command(document="show snmp user", send=("show snmp user",), required=False),
    Command(document="show cdp neighbors detail", send=("show cdp neighbors detail",), required=False),
    Command(document="show lldp neighbors detail", send=("show lldp neighbors detail",), required=False),
    Command(document="show vstack config", send=("show vstack config",), required=False),
    Command(document=MAY_BE_EMPTY, send=(MAY_BE_EMPTY,), required=False),
    Command(
        document="show system insecure configuration", send=("show system insecure configuration",), required=False
    ),
)

UNSAVED = Unsaved(
    "show archive config differences nvram:startup-config system:running-config",
    re.compile(r"\s*!?\s*Contextual Config Diffs:?\s*$"),
)
"""Cisco, Contextual Configuration Diff Utility (configuration management guides, 12.3(4)T to XE 16.10)."""

REFUSED = (
    "% Invalid",
    "% Incomplete",
    "% Ambiguous",
    "% Unknown",
    "Command authorization failed",
    "% Authorization failed",
    "startup-config is not present",
    "%% Non-volatile configuration memory",
)
"""Beginnings of the lines by which IOS refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: a running configuration ends with `end` and is no other command's output."""
    text = [line.strip() for line in lines if line.strip()]
    if not text:
        return "" if document == MAY_BE_EMPTY else "the output is empty"
    if document in (RUNNING, STARTUP):
        if text[-1] != "end":
            return "the output does not finish with 'end'"
        if not any(line.startswith(("version ", "hostname ")) for line in text):
            return "the output holds neither 'version' nor 'hostname'"
    elif document == VERSION and not any("Software" in line and "Version" in line for line in text):
        return "the output names no version"
    return ""
