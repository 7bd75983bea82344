"""Outputs of commands of VRP (syntax-other-families D15; forms of the genie, ntc and napalm samples)."""

import re

from auditor.model.areas import (
    Account,
    BoardLoader,
    ConfigChange,
    Connection,
    Listener,
    Neighbor,
    Release,
    RoutingPeer,
    Service,
    ServiceKind,
    Session,
    SshServer,
    State,
)
from auditor.model.evidence import Known
from auditor.platforms.common import listings
from auditor.platforms.common.listings import listing
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.platforms.common.running_time import last_start

_VERSION = re.compile(r"\s*VRP \(R\) software, Version (?P<vrp>\S+) \((?P<version>.+?)\)")
_UPTIME = re.compile(r"\s*(?:HUAWEI|Huawei|Quidway) (?P<model>\S.*?) uptime is (?P<uptime>.+?)\s*$")
_PATCH = re.compile(r"\s*Patch Version: (\S+)")


def release(output: Output) -> State:
    """`display version`."""
    version = output.first(_VERSION)
    if version is None:
        raise FormatError("no 'VRP (R) software, Version'")
    uptime = output.first(_UPTIME)
    words = [version[0]["version"], output.value(_PATCH)]
    found = Release(
        version=" ".join(word for word in words if word),
        source=version[1],
        model=uptime[0]["model"].removesuffix(" Router") if uptime else "",
        uptime=uptime[0]["uptime"] if uptime else "",
    )
    return State(
        release=Known(found, (version[1],)), restart=last_start(output, _UPTIME), loaders=known(_loaders(output))
    )


_UNIT = re.compile(
    r"(?P<name>[A-Z]+)\s?(?:\((?:Master|Slave)\) )?(?P<slot>\d+)\s?(?:\((?:Master|Slave)\))?\s*: uptime is "
)
_CODE = re.compile(r"\s+(?:[A-Z]+ )?(?P<code>[A-Z0-9]{8,}) version information|\d+\. Board +Type +: (?P<type>\S+)")
_PCB = re.compile(r"\s*(?:\d+\. )?PCB +Version +: (?P<pcb>\S.*?)\s*$")
_BOOT = re.compile(r"\s*(?:\d+\. )?(?P<kind>BootROM|BootLoad) +Version +: (?P<version>\S+)")


def _loaders(output: Output) -> list[BoardLoader]:
    """The boot loaders of `display version`, board by board, with code and printed circuits of the board.

    Forms: captures of NE40E V800R011 and R021, ATN 910C V300R003 and AR610 V300R019 and R022 (ntc-templates, napalm); series
    S and CE print others, which are no lines of these.
    """
    found = []
    for unit, start, end in output.sections(_UNIT):
        code, circuits = "", []
        for index in range(start, end):
            line = output.lines[index]
            told, pcb, boot = _CODE.match(line), _PCB.match(line), _BOOT.match(line)
            code = (told["code"] or told["type"]) if told and not (code and told["code"]) else code
            circuits += [pcb["pcb"]] if pcb else []
            if boot is not None:
                board = " ".join((code, *circuits)) if circuits else ""
                slot = f"{unit['name']} {unit['slot']}"
                found.append(BoardLoader(slot, boot["kind"], boot["version"], output.at(index), board=board))
    return found


_USERS = re.compile(r"\s*User-Intf\s+Delay\s+Type\s+Network Address\s+AuthenStatus")
_USER = re.compile(
    r"(?P<own>[+ ])\s*\d+\s+(?P<line>(?:VTY|CON|TTY|AUX)\s+\d+)\s+[\d:]+\s+(?P<type>TEL|SSH)?\s*(?P<from>\S+)?\s+(?:pass|no|fail)"
)
_NAME = re.compile(r"\s*Username\s*:\s*(?P<user>\S+)")


def sessions(output: Output) -> State:
    """`display users`: the name stands on a line of its own."""
    output.require(_USERS, "head of the table of users")
    found = []
    for index, line in enumerate(output.lines):
        head = _USER.match(line)
        if head is None:
            continue
        name = _NAME.match(output.lines[index + 1]) if index + 1 < len(output.lines) else None
        found.append(
            Session(
                user=name["user"] if name else "",
                line=" ".join(head["line"].split()),
                source=output.at(index),
                address=head["from"] or "",
                protocol={"TEL": "telnet", "SSH": "ssh"}.get(head["type"] or "", ""),
                own=head["own"] == "+",
            )
        )
    return State(sessions=known(found))


_PEERS = re.compile(r"\s*Peer\s+V\s+AS\s+MsgRcvd\s+MsgSent\s+OutQ\s+Up/Down\s+State\s+PrefRcv")
_PEER = re.compile(
    r"\s*\*?\s*(?P<address>[0-9a-fA-F.:]+)\s+4\s+(?P<as>[\d.]+)\s+\d+\s+\d+\s+\d+\s+\S+\s+(?P<state>\S+)\s+\d+\s*$"
)


def peers(output: Output) -> State:
    """`display bgp peer`."""
    output.require(_PEERS, "head of the table of peers")
    return State(
        peers=known(
            [
                RoutingPeer("bgp", match["address"], match["state"], source, remote_as=match["as"])
                for match, source in output.find(_PEER)
            ]
        )
    )


_ACCOUNTS = re.compile(r"\s*User-name\s+State\s+AuthMask\s+AdminLevel")
_ACCOUNT = re.compile(r"\s*(?P<name>\S+)\s+(?P<state>[AB])\s+(?P<mask>\S+)\s+(?P<level>\d+|-)\s*$")
_FULL_LEVEL = 3


def accounts(output: Output) -> State:
    """`display local-user`: a level of 3 and more may do everything."""
    output.require(_ACCOUNTS, "head of the table of local users")
    return State(
        accounts=known(
            [
                Account(
                    match["name"],
                    (source,),
                    role=f"level {match['level']}",
                    admin=Known(match["level"].isdigit() and int(match["level"]) >= _FULL_LEVEL, (source,)),
                    enabled=Known(match["state"] == "A", (source,)),
                )
                for match, source in output.find(_ACCOUNT)
            ]
        )
    )


_TELNET = re.compile(r"\s*TELNET IPv(?P<family>[46]) server\s*:\s*(?P<state>Enable|Disable)", re.IGNORECASE)
_TELNET_PORT = re.compile(r"\s*TELNET server port\s*:\s*(\d+)", re.IGNORECASE)


def telnet(output: Output) -> State:
    """`display telnet server status`."""
    rows = output.find(_TELNET)
    if not rows:
        raise FormatError("no 'TELNET IPv4 server'")
    port = output.value(_TELNET_PORT)
    return State(
        services=known(
            [
                Service(
                    ServiceKind.TELNET,
                    Known(match["state"] == "Enable", (source,)),
                    sources=(source,),
                    name=f"IPv{match['family']}",
                    port=int(port) if port and port != "23" else None,
                )
                for match, source in rows
            ]
        )
    )


_SSH = re.compile(r"\s*STELNET IPv(?P<family>[46]) server\s*:\s*(?P<state>Enable|Disable)", re.IGNORECASE)
_SSH_PORT = re.compile(r"\s*SSH (?:IPv(?P<family>[46]) )?server port\s*:\s*(?P<port>\d+)", re.IGNORECASE)
_OLD_SSH = re.compile(r"\s*SSH [Vv]ersion 1\.x compatibility\s*:\s*(?P<state>Enable|Disable)", re.IGNORECASE)


def ssh(output: Output) -> State:
    """`display ssh server status`: one port for each family (VRP8), or one for both."""
    rows, old = output.find(_SSH), output.first(_OLD_SSH)
    if not rows or old is None:
        raise FormatError("no 'STELNET IPv4 server' or no 'SSH Version 1.x compatibility'")
    ports = {match["family"]: (int(match["port"]), source) for match, source in output.find(_SSH_PORT)}
    services = []
    for match, source in rows:
        port = ports.get(match["family"]) or ports.get(None)
        services.append(
            Service(
                ServiceKind.SSH,
                Known(match["state"] == "Enable", (source,)),
                sources=(source, port[1]) if port else (source,),
                name=f"IPv{match['family']}",
                port=port[0] if port else None,
            )
        )
    server = SshServer(version1=Known(old[0]["state"] == "Enable", (old[1],)))
    return State(services=known(services), ssh=Known(server, (old[1],)))


_TCP = re.compile(r"\s*(?:TCPCB|Cid/SockId)\s.*State")
_TCP_ROW = re.compile(
    r"\s*[0-9a-fx]+ ?(?:/\d+)?\s+(?:\d+ ?/\d+\s+)?(?P<local>\S+):(?P<port>\d+)\s+(?P<remote>\S+:\d+)\s+-?\d+\s+(?P<state>[A-Za-z_\d]+)\s*$"
)


def tcp(output: Output) -> State:
    """`display tcp status`: the form of VRP 5 (an S-series capture); VRP 8 has the number of the socket beside its own."""
    output.require(_TCP, "head of the table of connections")
    listeners, connections = [], []
    for match, source in output.find(_TCP_ROW):
        if match["state"].upper().startswith("LISTEN"):
            address = "*" if match["local"] in ("0.0.0.0", "::") else match["local"]
            listeners.append(Listener("tcp", address, int(match["port"]), source))
        elif match["state"].lower() != "closed":
            local = f"{match['local']}:{match['port']}"
            connections.append(Connection("tcp", local, match["remote"], match["state"], source))
    return State(listeners=known(listeners), connections=known(connections))


_COMMIT = re.compile(
    r"\s*\d+\*?\s+\d{6,}\*?\s+\S+\s+(?P<user>\S+)\s+(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)\s*$"
)
_COMMIT_ANY = re.compile(r"\s*\d+\*?\s+\d{6,}")


def changes(output: Output) -> State:
    """`display configuration commit list` of VRP 8: number, commit, label, user, time; no place to come from."""
    output.require(_COMMIT, "commit with its user")
    output.refuse(_COMMIT_ANY, _COMMIT)
    return State(
        changes=known(
            [ConfigChange(match["user"], source, when=match["when"]) for match, source in output.find(_COMMIT)]
        )
    )


_LLDP = re.compile(r"\s*(?P<local>\S+) has \d+ neighbor(?:s|\(s\))?\s*:?\s*$")
_ONE = re.compile(r"\s*Neighbor index\s*:\s*\d+\s*$")
_LLDP_NAME = re.compile(r"\s*System name\s*:\s*(?P<value>\S+)")
_LLDP_PORT = re.compile(r"\s*Port ID\s*:\s*(?P<value>\S.*?)\s*$")
_LLDP_ADDRESS = re.compile(r"\s*Management address(?: value)?\s*:\s*(?P<value>\S+)")


def neighbors(output: Output) -> State:
    """`display lldp neighbor` (form of the ntc template): each interface with its neighbours."""
    ports = output.sections(_LLDP)
    if not ports:
        raise FormatError("no 'has N neighbors'")
    found = []
    for port, start, end in ports:
        starts = [index for index in range(start, end) if _ONE.match(output.lines[index])]
        for first, last in zip(starts, [*starts[1:], end], strict=False):
            found.append(_neighbor(output, port["local"], first, last))
    return State(neighbors=known(found))


def _neighbor(output: Output, local: str, first: int, last: int) -> Neighbor:
    def value(pattern: re.Pattern[str]) -> str:
        return next((match["value"] for line in output.lines[first:last] if (match := pattern.match(line))), "")

    name, address = value(_LLDP_NAME), value(_LLDP_ADDRESS)
    named = next((index for index in range(first, last) if _LLDP_NAME.match(output.lines[index])), first)
    return Neighbor(
        "lldp", name, output.at(named), address=address, local_interface=local, remote_interface=value(_LLDP_PORT)
    )


_FOLDER = re.compile(r"Directory of (?P<folder>\S+)|\s*Idx\s+Attr\s+Size\(Byte\)")
_STORED = re.compile(
    r"\s*\d+\s+(?P<mode>[-drwxh]{4})\s+(?P<size>[\d,]+|-)\s+(?P<changed>\w{3} \d+ \d{4} \d\d:\d\d(?::\d\d)?)\s+(?P<name>\S.*?)\s*$"
)


def stored(output: Output) -> State:
    """`dir /all`: the current folder with what was deleted; `dir /all-filesystems`: the root of every device."""
    return listing(output, _STORED, _FOLDER, part=f"'{output.document}' does not list what is in folders")


READERS: dict[str, OutputReader] = {
    "display version": OutputReader(("release", "restart", "loaders"), release),
    "display configuration commit list": OutputReader(("changes",), changes),
    "display lldp neighbor": OutputReader(("neighbors",), neighbors),
    "display users": OutputReader(("sessions",), sessions),
    "display bgp peer": OutputReader(("peers",), peers),
    "display local-user": OutputReader(("accounts",), accounts),
    "display telnet server status": OutputReader(("services",), telnet),
    "display ssh server status": OutputReader(("services", "ssh"), ssh),
    "display tcp status": OutputReader(("listeners", "connections"), tcp),
    "dir /all": OutputReader(listings.TOPICS, stored),
    "dir /all-filesystems": OutputReader(listings.TOPICS, stored),
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
