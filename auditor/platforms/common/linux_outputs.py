"""Outputs of commands of Linux, which several network systems are built on."""

import re

from auditor.model.areas import Listener, Process, State
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, known

_SOCKETS = re.compile(r"(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s+Local Address:Port\s+Peer Address:Port")
_SOCKET = re.compile(
    r"(?P<netid>tcp|udp)?\s*(?P<state>LISTEN|UNCONN)\s+\d+\s+\d+\s+(?P<address>\S+):(?P<port>\d+)\s+\S+(?:\s+users:\(\(\"(?P<process>[^\"]*))?"
)


def sockets(output: Output) -> State:
    """`ss -lntup` and `ss -tlnp`: what listens, and which process (ss(8), iproute2)."""
    output.require(_SOCKETS, "head of the table of sockets")
    found = []
    for match, source in output.find(_SOCKET):
        protocol = match["netid"] or ("udp" if match["state"] == "UNCONN" else "tcp")
        address = match["address"].split("%")[0]
        anywhere = "*" if address in ("0.0.0.0", "*", "[::]") else address
        found.append(Listener(protocol, anywhere, int(match["port"]), source, process=match["process"] or ""))
    return State(listeners=known(found))


_HEAD = re.compile(r"UID\s+PID\s+PPID\s+.*CMD\s*$")
_ROW = re.compile(r"(?P<user>\S+)\s+(?P<pid>\d+)\s+\d+\s+\d+\s+\S+\s+\S+\s+[\d:-]+\s+(?P<command>\S.*)$")


def processes(output: Output) -> State:
    """`ps -ef` (procps)."""
    output.require(_HEAD, "head of the table of processes")
    rows = output.find(_ROW)
    if not rows:
        raise FormatError("no process in the output")
    return State(
        processes=known(
            [
                Process(
                    match["command"].split()[0], source, pid=match["pid"], user=match["user"], path=match["command"]
                )
                for match, source in rows
            ]
        )
    )


SOCKETS = OutputReader(("listeners",), sockets)
PROCESSES = OutputReader(("processes",), processes)
