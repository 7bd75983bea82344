"""Outputs of commands of Junos (syntax-other-families A15; forms of the genie and ntc samples)."""

import re

from auditor.model.areas import (
    Board,
    BoardLoader,
    ConfigChange,
    Connection,
    IntegrityResult,
    Listener,
    Mirror,
    MirrorDestination,
    Package,
    Process,
    Release,
    Restart,
    RoutingPeer,
    Session,
    State,
)
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.common import listings
from auditor.platforms.common.linux_outputs import ACCOUNTS
from auditor.platforms.common.listings import listing
from auditor.platforms.common.neighbors import lldp
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known

NOT_SHOWN = Unknown(Code.STATE, "the output does not show it")

_VERSION = re.compile(r"\s*Junos: (\S+)")
_OLD_VERSION = re.compile(r"\s*JUNOS (?:Base OS|Software Release|Software Suite|OS Kernel)[^\[]*\[(\S+)\]")
_MODEL = re.compile(r"\s*Model: (\S+)")
_BUILT = re.compile(r"\s*JUNOS .*\[(20\d{6})\.\w+")
"""Packages carry the day of their build; the youngest is that of the release."""
_PACKAGE = re.compile(r"\s*(?P<name>\S.*?) \[(?P<version>[^\]]+)\]\s*$")


def release(output: Output) -> State:
    """`show version [detail]`: the release, and every package with its own."""
    version = output.first(_VERSION) or output.first(_OLD_VERSION)
    if version is None:
        raise FormatError("no line 'Junos:' or 'JUNOS ... [release]'")
    found = [Package(match["name"], source, version=match["version"]) for match, source in output.find(_PACKAGE)]
    return State(
        release=Known(
            Release(
                version[0][1],
                version[1],
                model=output.value(_MODEL),
                built=max((match[1] for match, _ in output.find(_BUILT)), default=""),
            ),
            (version[1],),
        ),
        packages=known(found),
    )


_USERS = re.compile(r"\s*USER\s+TTY\s+FROM\s+LOGIN@\s+IDLE\s+WHAT")
_USER = re.compile(
    r"\s*(?P<user>\S+)\s+(?P<line>[\w/]+)\s+(?P<from>\S+)\s+(?P<since>\S*\d\S*)\s+(?P<idle>\S+)\s+(?P<what>\S.*?)\s*$"
)


def sessions(output: Output) -> State:
    """`show system users no-resolve`: NETCONF and XML clients are not in it."""
    output.require(_USERS, "head of the table of users")
    return State(
        sessions=known(
            [
                Session(
                    user=match["user"],
                    line=match["line"],
                    source=source,
                    address="" if match["from"] == "-" else match["from"],
                    protocol=match["what"],
                )
                for match, source in output.find(_USER)
                if match["user"] != "USER"
            ]
        )
    )


_SOCKETS = re.compile(r"\s*Proto\s+Recv-Q\s+Send-Q\s+Local Address\s+Foreign Address\s+\(state\)")
_SOCKET = re.compile(
    r"\s*(?P<protocol>(?:tcp|udp)(?:4|6|46)?)\s+\d+\s+\d+\s+(?P<local>\S+)\.(?P<port>\d+|\*)\s+(?P<remote>\S+)\.(?P<rport>\d+|\*)(?:\s+(?P<state>[A-Z_0-9]+))?\s*$"
)


def sockets(output: Output) -> State:
    """`show system connections`: a UDP socket without another end listens too."""
    output.require(_SOCKETS, "head of the table of connections")
    listeners, connections = [], []
    for match, source in output.find(_SOCKET):
        waits = match["state"] == "LISTEN" or (match["protocol"].startswith("udp") and match["rport"] == "*")
        if waits and match["port"].isdigit():
            listeners.append(Listener(match["protocol"], match["local"], int(match["port"]), source))
        elif not waits:
            local, remote = f"{match['local']}:{match['port']}", f"{match['remote']}:{match['rport']}"
            connections.append(Connection(match["protocol"], local, remote, match["state"] or "", source))
    return State(listeners=known(listeners), connections=known(connections))


_PROCESSES = re.compile(r"\s*PID\s+USERNAME\s+.*COMMAND")
_PROCESS = re.compile(
    r"\s*(?P<pid>\d+)\s+(?P<user>\S+)\s+(?:(?:-?\w+\s+){2,4}?(?P<size>\d+(?:\.\d+)?[BKMGT])\s+\d\S*\s+)?.*?\d+\.\d+%\s+(?P<name>\S.*?)\s*$"
)
_NO_MEMORY = ("0K", "0B")
"""Size of the threads of the kernel in top(1) of FreeBSD: they have no memory of their own."""


def processes(output: Output) -> State:
    """`show system processes extensive`."""
    output.require(_PROCESSES, "head of the table of processes")
    return State(
        processes=known(
            [
                Process(
                    match["name"],
                    source,
                    pid=match["pid"],
                    user=match["user"],
                    kernel=Known(match["size"] in _NO_MEMORY, (source,)) if match["size"] else NOT_SHOWN,
                )
                for match, source in output.find(_PROCESS)
            ]
        )
    )


_DETAIL = re.compile(r"\s*PID\s+\S+\s+PPID\s+.*COMMAND")
_DETAIL_ROW = re.compile(
    r"\s*(?P<pid>\d+)\s+(?P<user>\S+)\s+(?P<parent>\d+)\s.*?\s\d+:\d\d(?:[.:]\d+)?\s+(?P<name>\S.*?)\s*$"
)


def process_tree(output: Output) -> State:
    """`show system processes detail`: command lines and parents; only the kernel starts its threads (parent 0).

    Process 1 is started by the kernel too and is a program.
    """
    output.require(_DETAIL, "head of the table of processes with PPID")
    return State(
        processes=known(
            [
                Process(
                    match["name"],
                    source,
                    pid=match["pid"],
                    user=match["user"],
                    path=match["name"] if match["name"].startswith("/") else "",
                    kernel=Known(match["parent"] == "0" and match["pid"] != "1", (source,)),
                )
                for match, source in output.find(_DETAIL_ROW)
            ]
        )
    )


_VERIEXEC = re.compile(r"\s*security\.mac\.veriexec\.state\s*[:=]\s*(?P<state>.*?)\s*$")
_ENFORCED = {"active", "enforce"}


def verified_execution(output: Output) -> State:
    """`sysctl security.mac.veriexec.state` of the shell: words of its state (mac_veriexec.c of FreeBSD; PyEZ's table)."""
    found = output.first(_VERIEXEC)
    if found is None:
        raise FormatError("no 'security.mac.veriexec.state'")
    good = Known(set(found[0]["state"].split()) >= _ENFORCED, (found[1],))
    result = IntegrityResult("verified execution", good, found[1], said=found[0]["state"] or "empty")
    return State(verified_execution=known([result]))


_COMMIT = re.compile(r"\s*\d+\s+(?P<when>\d{4}-\d\d-\d\d [\d:]+ \S+) by (?P<user>\S+) via (?P<client>\S+)")


def changes(output: Output) -> State:
    """`show system commit`."""
    output.require(_COMMIT, "'by USER via CLIENT'")
    return State(
        changes=known(
            [
                ConfigChange(match["user"], source, when=match["when"], line=match["client"])
                for match, source in output.find(_COMMIT)
            ]
        )
    )


_PEER = re.compile(r"\s*Peer: (?P<address>[^\s+]+)(?:\+\d+)?\s+AS (?P<as>\d+)")
_PEER_STATE = re.compile(r"\s*Type: \S+\s+State: (?P<state>\w+)")


def peers(output: Output) -> State:
    """`show bgp neighbor`."""
    output.require(_PEER, "'Peer: ... AS ...'")
    found = []
    for head, start, end in output.sections(_PEER):
        state = next((match["state"] for line in output.lines[start:end] if (match := _PEER_STATE.match(line))), "")
        found.append(RoutingPeer("bgp", head["address"], state, output.at(start), remote_as=head["as"]))
    return State(peers=known(found))


_INSTANCE = re.compile(r"\s*Instance Name: (?P<name>\S+)")
_OUTPUT = re.compile(
    r"\s*(?P<family>inet6?|mpls|vpls|ccc|any|ethernet-switching)\s+(?P<state>up|down)\s+(?P<interface>\S+)(?:\s+(?P<hop>\S+))?\s*$"
)


def _kind(interface: str) -> str:
    """GRE and IP-IP interfaces lead off the device (syntax-other-families A7), to whomever no statement names."""
    return "tunnel" if interface.startswith(("gr-", "ip-")) else "interface"


def mirrors(output: Output) -> State:
    """`show forwarding-options port-mirroring`: what is copied where, also where no configuration says so."""
    sections = output.sections(_INSTANCE)
    if not sections and any(line.strip() for line in output.lines[1:]):
        raise FormatError("no 'Instance Name:'")
    found = []
    for head, start, end in sections:
        rows = [
            (match, output.at(index)) for index in range(start, end) if (match := _OUTPUT.match(output.lines[index]))
        ]
        found.append(
            Mirror(
                name=head["name"],
                kind="port-mirroring",
                sources=(output.at(start), *(source for _, source in rows)),
                destinations=tuple(
                    MirrorDestination(_kind(match["interface"]), match["interface"], source) for match, source in rows
                ),
                copied=tuple(match["family"] for match, _ in rows),
                active=Known(any(match["state"] == "up" for match, _ in rows), tuple(source for _, source in rows)),
            )
        )
    return State(mirrors=known(found))


_FOLDER = re.compile(r"(?P<folder>/\S*):\s*$")
_STORED = re.compile(
    r"(?P<mode>[-dlbcps][-rwxsStT]{9})[.+@]?\s+\d+\s+\S+\s+\S+\s+(?P<size>\d+)\s+(?P<changed>\w{3}\s+\d+\s+(?:\d\d:\d\d|\d{4}))\s+(?P<name>\S.*?)\s*$"
)


def stored(output: Output) -> State:
    """`file list FOLDER detail`: one folder."""
    return listing(output, _STORED, _FOLDER, part=f"'{output.document}' lists one folder")


_LLDP = re.compile(r"Local Interface\s+Parent Interface\s+Chassis Id\s+Port info\s+System Name")
_LLDP_ROW = re.compile(
    r"(?P<local>\S+)\s+(?P<parent>\S+)\s+(?P<chassis>[0-9a-fA-F:.]{7,})\s+(?P<remote>\S.*?)\s+(?P<name>\S+)\s*$"
)
_MEMBER = re.compile(r"\{master(?::\d+)?\}|\{backup(?::\d+)?\}")


def neighbors(output: Output) -> State:
    """`show lldp neighbors` (form of the ntc template)."""
    return lldp(output, _LLDP, _LLDP_ROW, _MEMBER)


_BOOTED = re.compile(r"\s*System booted: (?P<when>\d{4}-\d\d-\d\d [\d:]+ \S+)")


def restart(output: Output) -> State:
    """`show system uptime`."""
    found = output.first(_BOOTED)
    if found is None:
        raise FormatError("no 'System booted:'")
    return State(restart=Known(Restart(found[1], found[0]["when"]), (found[1],)))


_PARTS = re.compile(r"Part\s+Type\s+Version\s*$")
_LOADER = re.compile(r" ?(?P<slot>[A-Z]\S*(?: \S+)*)?\s{2,}(?P<kind>ROM|U-Boot|uboot|loader|O/S) +(?P<text>\S.*?)\s*$")
_ROM = re.compile(r"Juniper ROM Monitor Version (?P<version>\d+\.\d+[a-z]\d+)")
_U_BOOT = re.compile(
    r"U-Boot (?P<version>[\d.]+) \((?P<month>\w{3}) +(?P<day>\d+) (?P<year>\d{4}) - [\d:]+\) ?(?P<own>[\d.]*)"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def loaders(output: Output) -> State:
    """`show chassis firmware`: ROM monitors and U-Boots of the boards (Junos, show chassis firmware; form of the ntc sample).

    Routing engines with a BIOS are not in it. A U-Boot is told by its number, the day of its build and Juniper's number.
    """
    output.require(_PARTS, "head of the table of parts")
    found = []
    slot = ""
    for index, line in enumerate(output.lines):
        match = _LOADER.match(line)
        if match is None:
            slot = "" if line.strip() else slot
            continue
        slot = match["slot"] or slot
        version = _loader(match["text"])
        if version and slot:
            found.append(BoardLoader(slot, match["kind"].replace("uboot", "U-Boot"), version, output.at(index)))
    return State(loaders=known(found))


def _loader(text: str) -> str:
    monitor, boot = _ROM.match(text), _U_BOOT.match(text)
    if boot is not None and boot["month"] in _MONTHS:
        day = f"{boot['year']}-{_MONTHS.index(boot['month']) + 1:02}-{int(boot['day']):02}"
        return f"{boot['version']} {day} {boot['own']}".rstrip()
    return monitor["version"] if monitor is not None else ""


_HARDWARE = re.compile(r"Item\s+Version\s+Part number\s+Serial number\s+Description")
_BOARD = re.compile(r"(?P<slot>[A-Z]\S*(?: \S+)*?) +(?P<revision>R[Ee][Vv] \S+)\s+(?P<part>\d{3}-\d{6})\s")


def boards(output: Output) -> State:
    """`show chassis hardware`: part number and revision of each board, none of those within another one.

    A slot that two chassis of one output have is left out: which of them is meant does not show.
    """
    output.require(_HARDWARE, "head of the inventory")
    rows = output.find(_BOARD)
    slots = [match["slot"] for match, _ in rows]
    return State(
        boards=known(
            [
                Board(match["slot"], f"{match['part']} {match['revision'].upper()}", source)
                for match, source in rows
                if slots.count(match["slot"]) == 1
            ]
        )
    )


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release", "packages"), release),
    "show version detail": OutputReader(("release", "packages"), release),
    "show chassis firmware": OutputReader(("loaders",), loaders),
    "show chassis hardware": OutputReader(("boards",), boards),
    "show system users no-resolve": OutputReader(("sessions",), sessions),
    "show lldp neighbors": OutputReader(("neighbors",), neighbors),
    "show system connections": OutputReader(("listeners", "connections"), sockets),
    "show system processes extensive": OutputReader(("processes",), processes),
    "show system processes detail": OutputReader(("processes",), process_tree),
    "show system commit": OutputReader(("changes",), changes),
    "show bgp neighbor": OutputReader(("peers",), peers),
    "show forwarding-options port-mirroring": OutputReader(("mirrors",), mirrors),
    "file list /var/tmp detail": OutputReader(listings.TOPICS, stored),
    "file list /var/log detail": OutputReader(listings.TOPICS, stored),
    "file list /var/home detail": OutputReader(listings.TOPICS, stored),
    "file show /etc/passwd": ACCOUNTS,
    "show system uptime": OutputReader(("restart",), restart),
    "sysctl security.mac.veriexec.state": OutputReader(("verified_execution",), verified_execution),
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
