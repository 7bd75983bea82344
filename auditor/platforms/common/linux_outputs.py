"""Outputs of commands of Linux, which several network systems are built on."""

import re

from auditor.model.areas import Listener, Process, RawSocket, State
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


_PACKET_HEAD = re.compile(r"Netid\s+(?:State\s+)?Recv-Q\s+Send-Q\s+Local Address:Port\s+Peer Address:Port")
_PACKET = re.compile(
    r"(?P<netid>p_raw|p_dgr)\s+(?:UNCONN\s+)?\d+\s+\d+\s+(?P<protocol>\S+)\s+\S+\s*(?P<users>users:\(.*)?$"
)
_RAW_HEAD = re.compile(r"State\s+Recv-Q\s+Send-Q\s+Local Address:Port\s+Peer Address:Port")
_RAW = re.compile(r"(?:UNCONN|ESTAB)\s+\d+\s+\d+\s+\S+:(?P<protocol>[\w*-]+)\s+\S+\s*(?P<users>users:\(.*)?$")
_OWNER = re.compile(r"\(\"(?P<name>[^\"]*)\",pid=(?P<pid>\d+)")


def packet_sockets(output: Output) -> State:
    """`ss -0pb`: processes that see whole frames; without root the owners are not shown (ss(8), iproute2)."""
    output.require(_PACKET_HEAD, "head of the table of packet sockets")
    return State(packet_sockets=known(_owned(output, _PACKET)))


def raw_sockets(output: Output) -> State:
    """`ss -lwnp`: processes that see every packet of an IP protocol, by its number."""
    output.require(_RAW_HEAD, "head of the table of raw sockets")
    return State(raw_sockets=known(_owned(output, _RAW)))


def _owned(output: Output, row: re.Pattern[str]) -> list[RawSocket]:
    """A socket for each process that holds it; one without an owner that is shown has an empty name."""
    found = []
    for match, source in output.find(row):
        owners = _OWNER.findall(match["users"] or "") or [("", "")]
        found += [RawSocket(name, source, protocol=match["protocol"], pid=pid) for name, pid in owners]
    return found


_PROGRAM = re.compile(
    r"\s*(?:\d+\s+\d+\s+)?l\S+\s+\d+\s+(?P<user>\S+)\s+\S+\s+\d+\s.*\s/proc/(?P<pid>\d+)/exe(?: -> (?P<path>.+?))?\s*$"
)
_GONE = " (deleted)"


def programs(output: Output) -> State:
    """`ls -l /proc/*/exe`, or `find /proc ... -ls`: the file behind each process; the kernel marks one that was deleted (proc(5))."""
    rows = [(match, source) for match, source in output.find(_PROGRAM) if match["path"]]
    if not rows:
        raise FormatError("no file behind a process in the output; the login may lack the right")
    return State(
        programs=known(
            [
                Process(
                    match["path"].removesuffix(_GONE).rpartition("/")[2],
                    source,
                    pid=match["pid"],
                    user=match["user"],
                    path=match["path"].removesuffix(_GONE),
                    deleted=match["path"].endswith(_GONE),
                )
                for match, source in rows
            ]
        )
    )


SOCKETS = OutputReader(("listeners",), sockets)
PROCESSES = OutputReader(("processes",), processes)
PACKET_SOCKETS = OutputReader(("packet_sockets",), packet_sockets)
RAW_SOCKETS = OutputReader(("raw_sockets",), raw_sockets)
PROGRAMS = OutputReader(("programs",), programs)
