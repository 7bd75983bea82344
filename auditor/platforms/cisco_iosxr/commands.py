"""The commands that are sent to IOS XR devices: all of them, and nothing else."""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command

ADMIN = "admin show running-config"
VERSION = "show version"
INVENTORY = "show inventory"

COMMANDS = (
    Command(document=RUNNING, send=("show running-config",)),
    Command(document=ADMIN, send=("admin show running-config",), required=False),
    Command(document=VERSION, send=("show version",), required=False),
    Command(document="show configuration commit list", send=("show configuration commit list",), required=False),
    Command(document="show install active summary", send=("show install active summary",), required=False),
    Command(
        document="show platform security integrity log secure-boot status",
        send=("show platform security integrity log secure-boot status",),
        required=False,
    ),
    Command(document=INVENTORY, send=("show inventory",), required=False),
    Command(document="show lldp neighbors", send=("show lldp neighbors",), required=False),
    Command(document="show cdp neighbors detail", send=("show cdp neighbors detail",), required=False),
    Command(document="show users", send=("show users",), required=False),
    Command(document="show tcp brief", send=("show tcp brief",), required=False),
    Command(document="show logging", send=("show logging",), required=False),
    Command(document="show tacacs", send=("show tacacs",), required=False),
    Command(
        document="show event manager policy registered", send=("show event manager policy registered",), required=False
    ),
    Command(document="dir harddisk:", send=("dir harddisk:",), required=False),
    Command(document="dir disk0:", send=("dir disk0:",), required=False),
)

_LOCALD = "http://cisco.com/ns/yang/Cisco-IOS-XR-aaa-locald-cfg"
ACCOUNTS = (
    '<aaa xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-aaa-lib-cfg">'
    f'<usernames xmlns="{_LOCALD}"><username><name/><usergroup-under-usernames/></username></usernames>'
    f'<usergroups xmlns="{_LOCALD}"/><taskgroups xmlns="{_LOCALD}"/></aaa>'
)
"""What is asked over NETCONF: users without their passwords, and the groups that tell who operates taps.

The model that every release since 6.0 has (YangModels/yang, vendor/cisco/xr/600 to 25215, Cisco-IOS-XR-aaa-locald-cfg).
"""

REFUSED = (
    "% Invalid",
    "% Incomplete",
    "% Ambiguous",
    "% Unknown",
    "% This command is not authorized",
    "% Permission denied",
    "syntax error:",
)
"""Beginnings of the lines by which IOS XR refuses a command."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: a running configuration ends with `end` and is no other command's output."""
    text = [line.strip() for line in lines if line.strip()]
    if not text:
        return "the output is empty"
    if document == RUNNING:
        if text[-1] != "end":
            return "the output does not finish with 'end'"
        if not any(line.startswith(("!! IOS XR", "hostname ", "interface ")) for line in text):
            return "the output holds neither the head of an IOS XR configuration nor 'hostname'"
    elif document == VERSION and not any("Software" in line and "Version" in line for line in text):
        return "the output names no version"
    return ""
