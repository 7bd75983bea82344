"""Outputs of vtysh and of the Linux below it (syntax-ios-family E.15; forms of the test-network samples)."""

import re

from auditor.model.areas import LastLogin, Release, Restart, RoutingPeer, Session, State
from auditor.model.evidence import Known
from auditor.platforms.common.commands import with_commands
from auditor.platforms.common.linux_outputs import (
    ACCOUNTS,
    HISTORIES,
    LOGS,
    MODES,
    PACKET_SOCKETS,
    PASSWORDS,
    PROCESSES,
    PROGRAMS,
    RAW_SOCKETS,
    SOCKETS,
    SUDOERS,
)
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.syntax import jsonitems
from auditor.syntax.mask import MaskRules

_OBJECT = re.compile(r"\s*\{")
_VERSION = re.compile(r"FRRouting (\S+)")


def release(output: Output) -> State:
    """`show version`."""
    version = output.first(_VERSION)
    if version is None:
        raise FormatError("no 'FRRouting'")
    return State(release=Known(Release(version[0][1], version[1]), (version[1],)))


def peers(output: Output) -> State:
    """`show bgp vrf all neighbors json`: an object for each VRF, in it one for each neighbour."""
    output.require(_OBJECT, "JSON object")
    root, fault = jsonitems.parse(output.lines)
    if fault:
        raise FormatError(fault)
    found = []
    for vrf in root.children:
        name = vrf.text("vrfName") or vrf.name
        for peer in vrf.children:
            if peer.child("remoteAs") is not None:
                state = peer.text("bgpState")
                source = output.at(peer.line - 1)
                found.append(RoutingPeer("bgp", peer.name, state, source, remote_as=peer.text("remoteAs"), vrf=name))
    return State(peers=known(found))


_WHO = re.compile(
    r"(?P<user>\S+)\s+(?P<line>\S+)\s+(?:\d{4}-\d\d-\d\d|\w{3} +\d+) \d\d:\d\d(?: \((?P<from>[^)]+)\))?\s*$"
)


def sessions(output: Output) -> State:
    """`who` (coreutils): at least the login that asks is in it."""
    output.require(_WHO, "line of a login")
    return State(
        sessions=known(
            [
                Session(match["user"], match["line"], source, address=match["from"] or "")
                for match, source in output.find(_WHO)
            ]
        )
    )


_SINCE = re.compile(r"(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$")


def restart(output: Output) -> State:
    """`uptime -s` (procps): since when the system runs."""
    found = output.first(_SINCE)
    if found is None:
        raise FormatError("no day and time")
    return State(restart=Known(Restart(found[1], found[0]["when"]), (found[1],)))


_LASTLOG = re.compile(r"Username\s+Port\s+From\s+Latest")
_LAST = re.compile(r"(?P<user>\S+)\s+(?:.*?(?P<when>\w{3} \w{3} +\d+ [\d:]+ \S+ \d{4})|\*\*Never logged in\*\*)\s*$")


def logins(output: Output) -> State:
    """`lastlog` (shadow)."""
    output.require(_LASTLOG, "head of the table of logins")
    return State(
        logins=known([LastLogin(match["user"], match["when"] or "", source) for match, source in output.find(_LAST)])
    )


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release",), release),
    "show bgp vrf all neighbors json": OutputReader(("peers",), peers),
    "ss -lntup": SOCKETS,
    "ps -ef": PROCESSES,
    "/etc/passwd": ACCOUNTS,
    "/etc/shadow": PASSWORDS,
    "/etc/sudoers": SUDOERS,
    "ls -l /usr/bin/sudo": MODES,
    "ls -la /var/log": LOGS,
    "ls -la /root": HISTORIES,
    "uptime -s": OutputReader(("restart",), restart),
    "who": OutputReader(("sessions",), sessions),
    "lastlog": OutputReader(("logins",), logins),
    "ss -0pb": PACKET_SOCKETS,
    "ss -lwnp": RAW_SOCKETS,
    "ls -l /proc/*/exe": PROGRAMS,
}

OUTPUTS = OutputSet(READERS, with_commands(MaskRules((), ())))
"""The outputs that are understood, by command."""
