"""Outputs of commands of NX-OS (syntax-ios-family C.15; forms of the genie and ntc samples)."""

import re

from auditor.model.areas import (
    ConfigChange,
    Connection,
    ContainerApp,
    Feature,
    Listener,
    Mirror,
    MirrorDestination,
    Neighbor,
    Package,
    Release,
    Restart,
    Service,
    ServiceKind,
    Session,
    State,
)
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.cisco_nxos.secrets import RULES
from auditor.platforms.common import listings
from auditor.platforms.common.linux_outputs import PROCESSES, underneath
from auditor.platforms.common.listings import listing
from auditor.platforms.common.neighbors import refuse_silence
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.platforms.common.running_time import last_start
from auditor.platforms.common.signatures import SIGNATURES, SIGNING_KEYS

_SYSTEM = re.compile(r"\s*(?:NXOS|system|kickstart):\s+version (?P<version>\S+)", re.IGNORECASE)
_IMAGE = re.compile(r"\s*(?:NXOS|system) image file is:\s+(?P<image>\S+)", re.IGNORECASE)
_BIOS = re.compile(r"\s*BIOS:\s+version (?P<version>\S+)")
_MODEL = re.compile(r"\s+cisco (?P<model>Nexus\S*.*?)(?: Chassis|\s*$)", re.IGNORECASE)
_SERIAL = re.compile(r"\s*Processor Board ID (?P<serial>\S+)")
_REASON = re.compile(r"\s*Reason: (?P<reason>.+?)\s*$")
_BUILT = re.compile(r"\s*(?:NXOS|system) compile time:\s+(\S+)", re.IGNORECASE)
_UPTIME = re.compile(r"Kernel uptime is (?P<uptime>.+?)\s*$")


def release(output: Output) -> State:
    """`show version`."""
    version = output.first(_SYSTEM)
    if version is None:
        raise FormatError("no line 'NXOS: version' or 'system: version'")
    return State(
        release=Known(
            Release(
                version=version[0]["version"],
                source=version[1],
                image=output.value(_IMAGE),
                model=output.value(_MODEL),
                serial=output.value(_SERIAL),
                uptime=output.value(_UPTIME),
                reason=output.value(_REASON),
                bootloader=output.value(_BIOS),
                built=output.value(_BUILT),
            ),
            (version[1],),
        ),
        restart=_restart(output),
    )


_RESET = re.compile(r"\s*Last reset at \d+ usecs after\s+(?P<when>\S.*?)\s*$")


def _restart(output: Output) -> Setting[Restart]:
    """The day of the reset, where it was kept with its reason; a cold start leaves `Last reset` alone."""
    reset, reason = output.first(_RESET), output.first(_REASON)
    if reset is None:
        return last_start(output, _UPTIME, output.value(_REASON))
    lines = (reset[1], *([reason[1]] if reason else []))
    return Known(Restart(reset[1], reset[0]["when"], output.value(_REASON), lines), lines)


_USERS = re.compile(r"NAME\s+LINE\s+TIME\s+IDLE\s+PID COMMENT")
_USER = re.compile(
    r"(?P<user>\S+)\s+(?P<line>\S+)\s+(?P<when>\w{3}\s+\d+ \d\d:\d\d)\s+\S+\s+\d+(?:\s+\((?P<from>[^)]*)\))?(?P<comment>.*)$"
)


def sessions(output: Output) -> State:
    """`show users`; the comment may name where the session comes from, and marks the own one."""
    output.require(_USERS, "head of the table of users")
    return State(
        sessions=known(
            [
                Session(
                    user=match["user"],
                    line=match["line"],
                    source=source,
                    address=match["from"] or "",
                    protocol="ssh" if "session=ssh" in match["comment"] else "",
                    own="*" in match["comment"],
                )
                for match, source in output.find(_USER)
            ]
        )
    )


_FEATURES = re.compile(r"\s*Feature Name\s+Instance\s+State")
_FEATURE = re.compile(r"\s*(?P<name>[\w-]+)\s+\d+\s+(?P<state>enabled|disabled)")


_LISTENS = {"sshServer": ServiceKind.SSH, "telnetServer": ServiceKind.TELNET}


def features(output: Output) -> State:
    """`show feature`: those that are enabled, also where they do not run."""
    output.require(_FEATURES, "head of the table of features")
    rows = output.find(_FEATURE)
    on = {match["name"]: source for match, source in reversed(rows) if match["state"] == "enabled"}
    services = [
        Service(kind, Known(match["state"] == "enabled", (source,)), sources=(source,))
        for match, source in rows
        if (kind := _LISTENS.get(match["name"])) is not None
    ]
    return State(
        features=known([Feature(name, (source,)) for name, source in reversed(on.items())]), services=known(services)
    )


_SERVICES = re.compile(r"Name\s+Status\s+Package Name")
_SERVICE = re.compile(
    r"(?P<name>[\w.+-]+)\s+(?P<status>Activated|Activate Failed|Deactivated|Not Installed|Installed|Installing|Activating)\s+(?P<package>\S.*?)\s*$"
)


def apps(output: Output) -> State:
    """`show virtual-service list`."""
    output.require(_SERVICES, "head of the table of virtual services")
    return State(
        apps=known(
            [
                ContainerApp(
                    match["name"],
                    (source,),
                    guest_shell=match["name"].startswith("guestshell"),
                    started=match["status"] == "Activated",
                    image=match["package"],
                )
                for match, source in output.find(_SERVICE)
                if match["status"] != "Not Installed"
            ]
        )
    )


_GUEST = re.compile(r"Virtual service (?P<name>guestshell\S*) detail")
_GUEST_STATE = re.compile(r"\s*State\s+: (?P<state>\S+)")


def guest_shell(output: Output) -> State:
    """`show guestshell detail`."""
    head, status = output.first(_GUEST), output.first(_GUEST_STATE)
    if head is None or status is None:
        raise FormatError("no 'Virtual service guestshell+ detail' with a state")
    if status[0]["state"] == "Not":
        return State(apps=known([]))
    app = ContainerApp(
        head[0]["name"], (head[1], status[1]), guest_shell=True, started=status[0]["state"] == "Activated"
    )
    return State(apps=known([app]))


_SESSION = re.compile(r"\s*session (?P<name>\S+)\s*$")
_NONE = re.compile(r"\s*(?:Note: No|No) (?:active )?(?:monitor )?session", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<name>[a-zA-Z][\w -]*?)\s*:\s*(?P<value>.*?)\s*$")
_KINDS = {"local": "span", "rspan": "rspan", "erspan-source": "erspan", "erspan-destination": "erspan"}


def mirrors(output: Output) -> State:
    """`show monitor session all`: sessions with their ends and whether they run."""
    sections = output.sections(_SESSION)
    if not sections and output.first(_NONE) is None:
        raise FormatError("neither a session nor a word that there is none")
    return State(mirrors=known([_mirror(output, head["name"], start, end) for head, start, end in sections]))


def _mirror(output: Output, name: str, start: int, end: int) -> Mirror:
    fields: list[tuple[str, str, int]] = [
        (match["name"].lower(), match["value"], index)
        for index in range(start + 1, end)
        if (match := _FIELD.match(output.lines[index]))
    ]
    first = {key: (value, index) for key, value, index in reversed(fields)}
    ends = [
        MirrorDestination(kind, first[key][0], output.at(first[key][1]))
        for key, kind in (("destination-ip", "address"), ("destination ports", "interface"))
        if first.get(key, ("", 0))[0]
    ]
    state = first.get("state")
    return Mirror(
        name=name,
        kind=_KINDS.get(first.get("type", ("", 0))[0], first.get("type", ("", 0))[0]),
        sources=(output.at(start), *(output.at(index) for _, value, index in fields if value)),
        destinations=tuple(ends),
        copied=tuple(f"{value} {key}" for key, value, _ in fields if key in ("rx", "tx", "both") and value),
        active=Known(state[0].startswith("up"), (output.at(state[1]),))
        if state
        else Unknown(Code.STATE, "no state shown"),
    )


_SOCKETS = re.compile(r"Active connections \(including servers\)|Total number of \S+ (?:tcp )?sockets")
_SOCKET = re.compile(
    r"\[(?:host|netstack)\]: (?P<protocol>\w+)(?:\([\d/]+\))?\s+(?P<state>[A-Z_]+)\s+\d+\s+(?P<address>\S+)\((?P<port>[\w*]+)\)"
)
_OTHER_END = re.compile(r"\s+(?P<context>\S+)\s+\d+\s+(?P<address>\S+)\((?P<port>[\w*]+)\)")


def sockets(output: Output) -> State:
    """`show sockets connection`: two lines make one socket."""
    output.require(_SOCKETS, "head of the table of sockets")
    listeners, connections = [], []
    for index, line in enumerate(output.lines):
        head = _SOCKET.match(line)
        if head is None:
            continue
        other = _OTHER_END.match(output.lines[index + 1]) if index + 1 < len(output.lines) else None
        source = output.at(index, min(index + 1, len(output.lines) - 1))
        if head["state"] == "LISTEN" and head["port"].isdigit():
            vrf = "" if other is None or other["context"] == "Wildcard" else other["context"]
            listeners.append(Listener(head["protocol"], head["address"], int(head["port"]), source, vrf=vrf))
        elif other is not None:
            local, remote = f"{head['address']}:{head['port']}", f"{other['address']}:{other['port']}"
            connections.append(Connection(head["protocol"], local, remote, head["state"], source))
    return State(listeners=known(listeners), connections=known(connections))


_NEIGHBOR = re.compile(r"\s*Device ID:\s*(?P<name>\S+)")
_NO_NEIGHBOR = re.compile(r"\s*(?:Total entries displayed: 0|No CDP neighbors)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*IPv[46] Address: (\S+)")
_PLATFORM = re.compile(r"Platform: (.+?), Capabilities")
_INTERFACE = re.compile(r"Interface: (?P<local>\S+), Port ID \(outgoing port\): (?P<remote>\S+)")


def neighbors(output: Output) -> State:
    """`show cdp neighbors detail`."""
    refuse_silence(output)
    sections = output.sections(_NEIGHBOR)
    if not sections and output.first(_NO_NEIGHBOR) is None:
        raise FormatError("neither 'Device ID:' nor a word that there is none")
    return State(neighbors=known([_neighbor(output, head["name"], start, end) for head, start, end in sections]))


def _neighbor(output: Output, name: str, start: int, end: int) -> Neighbor:
    inside = output.lines[start:end]
    interface = next((match for line in inside if (match := _INTERFACE.match(line))), None)
    return Neighbor(
        "cdp",
        name,
        output.at(start),
        address=next((match[1] for line in inside if (match := _ADDRESS.match(line))), ""),
        local_interface=interface["local"] if interface else "",
        remote_interface=interface["remote"] if interface else "",
        model=next((match[1] for line in inside if (match := _PLATFORM.match(line))), ""),
    )


_STORE = re.compile(r"Usage for (?P<folder>\w+:)//")
_STORED = re.compile(r"\s*(?P<size>\d+)\s+(?P<changed>\w{3} +\d+ \d\d:\d\d:\d\d \d{4})\s+(?P<name>\S.*?)\s*$")


def stored(output: Output) -> State:
    """`dir bootflash:` and the like; the name of the file system stands below the files (form of the ntc template)."""
    head = output.first(_STORE)
    folder = head[0]["folder"] if head else ""
    return listing(
        output, _STORED, _STORE, folder=folder, part=f"'{output.document}' lists one folder of one file system"
    )


_ACCOUNTING = re.compile(r".*:type=(?:update|start|stop):|\s*Last Log cleared/wrapped time is")
_COMMAND = re.compile(
    r"\s*(?P<when>\w{3} \w{3}\s+\d+ [\d:]{8} \d{4}):type=\w+:id=(?P<line>.*?):user=(?P<user>[^:]*):cmd=(?P<command>.*?)"
    r"(?: \((?:SUCCESS|FAILURE|REDIRECT)\))?\s*$"
)


def changes(output: Output) -> State:
    """`show accounting log`: what was typed, by whom, from where; NX-OS keeps it without being told to.

    The line is `address@terminal`, `console0` or a virtual shell; commands of one record are joined by ` ; `.
    """
    output.require(_ACCOUNTING, "':type=update:' and no head of the log")
    return State(
        changes=known(
            [
                ConfigChange(
                    match["user"],
                    source,
                    when=match["when"],
                    line=match["line"],
                    command=match["command"],
                    address=match["line"].rpartition("@")[0],
                )
                for match, source in output.find(_COMMAND)
            ]
        )
    )


_PACKAGES = re.compile(r"\s*Active Packages:")
_PACKAGE = re.compile(r"\s+(?P<name>[\w.+-]+\.[\w.+-]+)\s*$")


def packages(output: Output) -> State:
    """`show install active`: patches and additional packages; one that several modules run is named once."""
    output.require(_PACKAGES, "'Active Packages:'")
    found = {match["name"]: source for match, source in reversed(output.find(_PACKAGE))}
    return State(packages=known([Package(name, source) for name, source in reversed(found.items())]))


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release", "restart"), release),
    "show users": OutputReader(("sessions",), sessions),
    "show feature": OutputReader(("features", "services"), features),
    "show virtual-service list": OutputReader(("apps",), apps),
    "show guestshell detail": OutputReader(("apps",), guest_shell),
    "show monitor session all": OutputReader(("mirrors",), mirrors),
    "show sockets connection": OutputReader(("listeners", "connections"), sockets),
    "show cdp neighbors detail": OutputReader(("neighbors",), neighbors),
    "dir bootflash:": OutputReader(listings.TOPICS, stored),
    "dir logflash:": OutputReader(listings.TOPICS, stored),
    "dir volatile:": OutputReader(listings.TOPICS, stored),
    **underneath("run bash sudo ", "run bash sudo "),
    "run bash sudo ps -ef": PROCESSES,
    "show accounting log": OutputReader(("changes",), changes),
    "show install active": OutputReader(("packages",), packages),
    "show software authenticity running": SIGNATURES,
    "show software authenticity keys": SIGNING_KEYS,
}

OUTPUTS = OutputSet(READERS, RULES)
"""The outputs that are understood, by command."""
