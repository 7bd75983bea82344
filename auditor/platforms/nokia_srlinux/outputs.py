"""Outputs of commands of SR Linux (syntax-other-families C15)."""

import re

from auditor.model.areas import Process, Release, Restart, State
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.common.linux_outputs import HISTORIES, LOGS, PROCESSES, SOCKETS
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known

_VERSION = re.compile(r"Software Version\s*: (\S+)")
_MODEL = re.compile(r"Chassis Type\s*: (\S.*?)\s*$")
_SERIAL = re.compile(r"Serial Number\s*: (\S+)")
_BUILD = re.compile(r"Build Number\s*: (\S+)")
_BOOTED = re.compile(r"Last Booted\s*: (\S+)")


def release(output: Output) -> State:
    """`show version`."""
    version = output.first(_VERSION)
    if version is None:
        raise FormatError("no 'Software Version'")
    found = Release(
        version[0][1],
        version[1],
        model=output.value(_MODEL),
        serial=output.value(_SERIAL),
        built=output.value(_BUILD),
        restarted=output.value(_BOOTED),
    )
    booted = output.first(_BOOTED)
    restart: Setting[Restart] = (
        Known(Restart(booted[1], booted[0][1]), (booted[1],))
        if booted
        else Unknown(Code.STATE, "the output does not say when the system started")
    )
    return State(release=Known(found, (version[1],)), restart=restart)


_APPLICATIONS = re.compile(r"\s*\|\s*Name\s*\|\s*PID\s*\|\s*State\s*\|")
_APPLICATION = re.compile(r"\s*\|\s*(?P<name>[\w.-]+)\s*\|\s*(?P<pid>\d+)\s*\|\s*(?P<state>[\w-]+)\s*\|")


def applications(output: Output) -> State:
    """`show system application *`: the vendor's own and any other."""
    output.require(_APPLICATIONS, "head of the table of applications")
    return State(
        processes=known(
            [Process(match["name"], source, pid=match["pid"]) for match, source in output.find(_APPLICATION)]
        )
    )


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release", "restart"), release),
    "show system application *": OutputReader(("processes",), applications),
    "bash ss -tulpn": SOCKETS,
    "bash ps -ef": PROCESSES,
    "bash sudo ls -la /var/log": LOGS,
    "bash sudo ls -la /root": HISTORIES,
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
