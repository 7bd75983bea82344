"""Outputs of commands of SR OS (syntax-other-families B15; forms of the ntc and test-network samples)."""

import re

from auditor.model.areas import (
    BoardLoader,
    ConfigChange,
    Connection,
    Listener,
    Mirror,
    MirrorDestination,
    Release,
    Session,
    State,
)
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.common import listings
from auditor.platforms.common.listings import listing
from auditor.platforms.common.neighbors import lldp
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.platforms.common.running_time import last_start

_VERSION = re.compile(r"\s*TiMOS-(?P<version>\S+) \S+ (?:Nokia|ALCATEL) (?P<model>.+?) Copyright", re.IGNORECASE)
_BUILT = re.compile(r"\s*Built on (.+?) by ")


def release(output: Output) -> State:
    """`show version`."""
    version = output.first(_VERSION)
    if version is None:
        raise FormatError("no 'TiMOS-'")
    found = Release(version[0]["version"], version[1], model=version[0]["model"], built=output.value(_BUILT))
    return State(release=Known(found, (version[1],)))


_UPTIME = re.compile(r"System Up Time\s+: (?P<uptime>.+?)(?: \(hr:min:sec\))?\s*$")


def uptime(output: Output) -> State:
    """`show uptime`: `215 days, 21:04:59.62 (hr:min:sec)`."""
    output.require(_UPTIME, "'System Up Time'")
    return State(restart=last_start(output, _UPTIME))


_USERS = re.compile(r"User\s+Type\s+Login time\s+Idle time")
_USER = re.compile(
    r"(?P<user>\S*)\s+(?P<type>Console|Telnet|SSHv?\d?|FTP|NETCONF|gRPC|SFTP|SCP)\s+(?P<since>\S.*?)\s{2,}\S"
)
_FROM = re.compile(r"\s+(?P<own>#?)(?P<id>\d+)\s+(?P<from>\S+)")


def sessions(output: Output) -> State:
    """`show users`: two lines make one session."""
    output.require(_USERS, "head of the table of users")
    found = []
    for index, line in enumerate(output.lines[:-1]):
        head = _USER.match(line)
        tail = _FROM.match(output.lines[index + 1]) if head else None
        if head and tail:
            address = "" if tail["from"] == "--" else tail["from"]
            found.append(
                Session(
                    head["user"],
                    head["type"],
                    output.at(index, index + 1),
                    address,
                    head["type"],
                    own=bool(tail["own"]),
                )
            )
    return State(sessions=known(found))


_HISTORY = re.compile(r"Commit History\s*$")
_COMMIT = re.compile(
    r"\s*Committed (?P<when>\d{4}-\d\d-\d\dT\S+) by (?P<user>\S+)(?: \((?P<client>[^)]+)\))?(?: from (?P<from>\S+))?\s*$"
)
_COMMIT_ANY = re.compile(r"\s*Committed\b")


def changes(output: Output) -> State:
    """`show system management-interface commit-history` of the model-driven interfaces (form of Nokia's workshops)."""
    output.require(_HISTORY, "head of the history of commits")
    output.refuse(_COMMIT_ANY, _COMMIT)
    return State(changes=known([_commit(match, source) for match, source in output.find(_COMMIT)]))


def _commit(match: re.Match[str], source: Source) -> ConfigChange:
    place = match["from"] or ""
    address = place if any(sign in place for sign in ".:") else ""
    return ConfigChange(match["user"], source, when=match["when"], line=match["client"] or place, address=address)


_SOCKETS = re.compile(r"Prot\s+RecvQ\s+TxmtQ Local Address\s+State\s+vRtrID")
_SOCKET = re.compile(
    r"(?P<protocol>TCP|UDP)\s+\d+\s+\d+ (?P<local>\S+)\.(?P<port>\d+)\s+(?P<state>\S+)\s+(?P<router>\d+)"
)
_REMOTE = re.compile(r"\s+(?P<remote>\S+)\s*$")


def sockets(output: Output) -> State:
    """`show system connections`: two lines make one connection."""
    output.require(_SOCKETS, "head of the table of connections")
    listeners, connections = [], []
    for index, line in enumerate(output.lines):
        head = _SOCKET.match(line)
        if head is None:
            continue
        tail = _REMOTE.match(output.lines[index + 1]) if index + 1 < len(output.lines) else None
        source = output.at(index, min(index + 1, len(output.lines) - 1))
        if head["state"] in ("LISTEN", "--"):
            address = "*" if head["local"] in ("0.0.0.0", "::") else head["local"]
            listeners.append(Listener(head["protocol"].lower(), address, int(head["port"]), source, vrf=head["router"]))
        else:
            local = f"{head['local']}:{head['port']}"
            remote = tail["remote"] if tail else ""
            connections.append(Connection(head["protocol"].lower(), local, remote, head["state"], source))
    return State(listeners=known(listeners), connections=known(connections))


_LLDP = re.compile(r"Lcl Port\s+Scope\s+Remote Chassis ID\s+Index\s+Remote Port\s+Remote Sys Name")
_LLDP_ROW = re.compile(
    r"(?P<local>\S+)\s+(?P<scope>NB|NTPMR|NC)\s+(?P<chassis>\S+)\s+\d+\s+(?P<remote>\S.*?)\s+(?P<name>\S+)\s*$"
)
_LLDP_FOOT = re.compile(r"\* indicates|Number of neighbors")


def neighbors(output: Output) -> State:
    """`show system lldp neighbor` (form of Nokia's workshops): what does not fit is cut, with a star behind it."""
    return lldp(output, _LLDP, _LLDP_ROW, _LLDP_FOOT)


_MIRRORS = re.compile(r"Id\s+Type\s+Adm\s+Oper\s+Destination")
_MIRROR = re.compile(
    r"(?P<id>\d+)\s+(?P<type>\S+)\s+(?P<adm>Up|Down)\s+(?P<oper>Up|Down)\s+(?P<kind>SDP|SAP)?\s*(?P<end>\S+)?(?:\s+\((?P<address>[^)]+)\))?"
)
_MIRROR_ROW = re.compile(r"\d")


def mirrors(output: Output) -> State:
    """`show mirror mirror-dest`: where copies go. What is copied is not asked for (lawful-intercept reference, 5.3)."""
    output.require(_MIRRORS, "head of the table of mirror destinations")
    found = []
    for _, source in output.find(_MIRROR_ROW):
        match = _MIRROR.match(source.text)
        if match is None:
            raise FormatError(f"line {source.line} of the table of mirror destinations has a form that is not known")
        kind = "address" if match["address"] else "interface"
        ends = (MirrorDestination(kind, match["address"] or match["end"], source),) if match["end"] else ()
        found.append(
            Mirror(
                match["id"], "mirror-dest", (source,), destinations=ends, active=Known(match["adm"] == "Up", (source,))
            )
        )
    return State(mirrors=known(found))


_FOLDER = re.compile(r"Directory of (?P<folder>\S+)")
_STORED = re.compile(
    r"(?P<changed>\d\d/\d\d/\d{4}\s+\d\d:\d\d[ap])\s+(?:(?P<mode><DIR>)|(?P<size>\d+))\s+(?P<name>\S.*?)\s*$"
)


def stored(output: Output) -> State:
    """`file dir cf3:` of the classic command line, `file list cf3:` of the model-driven one: one folder."""
    return listing(output, _STORED, _FOLDER, part=f"'{output.document}' lists one folder of one card")


_EVENTS = re.compile(r"\s*ID#\s+Event Name\s+P\s+g/s\s+Logged\s+Dropped")
_SNMP_FAILURE = re.compile(r"[ L]*2003 authenticationFailure\s+[A-Z]{2}\s+(?P<state>gen|sup|thr)\s")


def auth_failures(output: Output) -> Setting[bool]:
    """`show log event-control snmp`: whether the event of a failed SNMP login is generated; throttled ones are.

    Nokia, 7705 SAR System Management Guide, 5.3.2 Event Control (form); Log Events Guide 22.10, SNMP (event 2003).
    """
    output.require(_EVENTS, "head of the table of events")
    found = output.first(_SNMP_FAILURE)
    if found is None:
        raise FormatError("no event 'authenticationFailure'")
    return Known(found[0]["state"] != "sup", (found[1],))


def snmp_events(output: Output) -> State:
    """`show log event-control snmp`: what it shows belongs to the agent, which is read with the configuration."""
    auth_failures(output)
    return State()


_CARD = re.compile(r"Card (?P<slot>\S+)\s*$")
_PART = re.compile(r"\s+Part number\s+: (?P<part>\S+)")
_ROM = re.compile(r"\s+Software boot \(rom\) version\s+: (?P<version>\w-\S+)(?: on |\s*$)")


def cards(output: Output) -> State:
    """`show card detail`: the release of boot.ldr that each card started with, and its part number.

    Form: captures of 7750 SR 12.0, 16.0 and 7250 IXR 25.10 in public repositories; a card that does not tell it says
    `(Not Specified)`, as virtual ones do.
    """
    output.require(_CARD, "'Card'")
    found = []
    for card, start, end in output.sections(_CARD):
        part = ""
        for index in range(start, end):
            told, rom = _PART.match(output.lines[index]), _ROM.match(output.lines[index])
            part = told["part"] if told else part
            if rom is not None:
                slot = f"card {card['slot']}"
                found.append(BoardLoader(slot, "boot.ldr", rom["version"], output.at(index), board=part))
    return State(loaders=known(found))


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release",), release),
    "show log event-control snmp": OutputReader((), snmp_events),
    "show card detail": OutputReader(("loaders",), cards),
    "show uptime": OutputReader(("restart",), uptime),
    "show system management-interface commit-history": OutputReader(("changes",), changes),
    "show system lldp neighbor": OutputReader(("neighbors",), neighbors),
    "show users": OutputReader(("sessions",), sessions),
    "show system connections": OutputReader(("listeners", "connections"), sockets),
    "show mirror mirror-dest": OutputReader(("mirrors",), mirrors),
    "file dir cf3:": OutputReader(listings.TOPICS, stored),
    "file list cf3:": OutputReader(listings.TOPICS, stored),
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
