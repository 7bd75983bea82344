"""Outputs of commands of IOS XR (syntax-ios-family B.15; forms of the genie, ntc and test-network samples)."""

import re

from auditor.model.areas import (
    AaaServer,
    ConfigChange,
    Connection,
    IntegrityResult,
    Listener,
    Neighbor,
    Package,
    Release,
    RoutingPeer,
    Service,
    ServiceKind,
    Session,
    State,
)
from auditor.model.evidence import Known, Source
from auditor.platforms.cisco_ios.outputs import log
from auditor.platforms.common import listings
from auditor.platforms.common.eem import policies
from auditor.platforms.common.linux_outputs import netstat, underneath
from auditor.platforms.common.listings import listing
from auditor.platforms.common.neighbors import lldp, refuse_silence
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.platforms.common.running_time import last_start

_VERSION = re.compile(r"Cisco IOS XR Software, Version (?P<version>[^\s\[]+)")
_UPTIME = re.compile(r"(?:\S+|System) uptime is (?P<uptime>.+?)\s*$")
_IMAGE = re.compile(r"System image file is \"(?P<image>[^\"]+)\"")
_CHASSIS = re.compile(r"cisco (?P<model>\S[^(]*?) (?:Series )?\(.*\) processor")
_REGISTER = re.compile(r"Configuration register on node \S+ is (?P<register>0x[0-9a-fA-F]+)")
_BUILT = re.compile(r"\s*Built On\s*:\s*(?P<built>.+?)\s*$")


def release(output: Output) -> State:
    """`show version`."""
    version = output.first(_VERSION)
    if version is None:
        raise FormatError("no 'Cisco IOS XR Software, Version'")
    return State(
        release=Known(
            Release(
                version=version[0]["version"],
                source=version[1],
                uptime=output.value(_UPTIME),
                image=output.value(_IMAGE),
                model=output.value(_CHASSIS),
                register=output.value(_REGISTER),
                built=output.value(_BUILT),
            ),
            (version[1],),
        ),
        restart=last_start(output, _UPTIME),
    )


_USERS = re.compile(r"\s*Line\s+User\s+Service\s+Conns\s+Idle\s+Location")
_USER = re.compile(
    r"(?P<own>\*?)\s*(?P<line>[a-z]+\d+\S*)\s+(?P<user>\S+)\s+(?P<service>\S+)\s+\d+\s+[\d:.dwh]+(?:\s+(?P<from>\S+))?\s*$"
)


def sessions(output: Output) -> State:
    """`show users`."""
    output.require(_USERS, "head of the table of users")
    return State(
        sessions=known(
            [
                Session(
                    user=match["user"],
                    line=match["line"],
                    source=source,
                    address=match["from"] or "",
                    protocol="" if match["service"] == "hardware" else match["service"],
                    own=bool(match["own"]),
                )
                for match, source in output.find(_USER)
            ]
        )
    )


_TCP = re.compile(r"\s*PCB\s+VRF-ID\s+Recv-Q\s+Send-Q\s+Local Address\s+Foreign Address\s+State")
_TCP_ROW = re.compile(
    r"\s*0x\S+\s+(?P<vrf>0x\w+)\s+\d+\s+\d+\s+(?P<local>\S+):(?P<port>\d+)\s+(?P<remote>\S+)\s+(?P<state>[A-Z_0-9]+)\s*$"
)
_ANYWHERE = ("0.0.0.0", "::")


_TCP_ANY = re.compile(r"\s*0x\w+\s+0x\w+\s+\d")


def tcp(output: Output) -> State:
    """`show tcp brief`."""
    output.require(_TCP, "head of the table of connections")
    output.refuse(_TCP_ANY, _TCP_ROW)
    listeners, connections = [], []
    for match, source in output.find(_TCP_ROW):
        if match["state"] == "LISTEN":
            address = "*" if match["local"] in _ANYWHERE else match["local"]
            listeners.append(Listener("tcp", address, int(match["port"]), source, vrf=match["vrf"]))
        else:
            local = f"{match['local']}:{match['port']}"
            connections.append(Connection("tcp", local, match["remote"], match["state"], source))
    return State(listeners=known(listeners), connections=known(connections))


_COMMITS = re.compile(r"SNo\.\s+Label/ID\s+User\s+Line\s+Client\s+Time Stamp")


def changes(output: Output) -> State:
    """`show configuration commit list`: who committed, from where, by which client. A label that named a case is not there."""
    output.require(_COMMITS, "head of the list of commits")
    row = re.compile(
        r"\d+(?:\s{9,}|\s+\S+\s+)(?P<user>\S+)\s+(?P<line>\S+)\s+(?P<client>\S+(?: \S+)?)\s{2,}(?P<when>\w{3} \w{3}\s+\d+ [\d:]+ \d{4})"
    )
    return State(
        changes=known(
            [
                ConfigChange(match["user"], source, when=match["when"], line=f"{match['line']} {match['client']}")
                for match, source in output.find(row)
            ]
        )
    )


_ACTIVE = re.compile(r"\s*Active Packages:")
_PACKAGE = re.compile(r"\s{4,}(?P<name>[\w.:-]+-[\w.:-]+)(?:\s+version=(?P<version>\S+))?(?:\s+\[Boot image\])?\s*$")


def packages(output: Output) -> State:
    """`show install active summary`."""
    output.require(_ACTIVE, "'Active Packages:'")
    found = [Package(match["name"], source, version=match["version"] or "") for match, source in output.find(_PACKAGE)]
    return State(packages=known(found))


_TACACS = re.compile(r"Server: (?P<address>[^/\s]+)/(?P<port>\d+)(?: vrf=(?P<vrf>\S+))?")


def servers(output: Output) -> State:
    """`show tacacs`."""
    output.require(_TACACS, "'Server: address/port'")
    found = [
        AaaServer("tacacs+", match["address"], (source,), port=int(match["port"]), vrf=match["vrf"] or "")
        for match, source in output.find(_TACACS)
    ]
    return State(servers=known(found))


_NEIGHBOR = re.compile(r"BGP neighbor is (?P<address>[^\s,]+)(?:, vrf (?P<vrf>\S+))?")
_REMOTE_AS = re.compile(r"\s*Remote AS (?P<as>[\d.]+)")
_BGP_STATE = re.compile(r"\s*BGP state = (?P<state>\w+)")


def peers(output: Output) -> State:
    """`show bgp vrf all neighbors`, `show bgp neighbors`."""
    output.require(_NEIGHBOR, "'BGP neighbor is'")
    found = []
    for head, start, end in output.sections(_NEIGHBOR):
        inside = output.lines[start:end]
        remote = next((match["as"] for line in inside if (match := _REMOTE_AS.match(line))), "")
        state = next((match["state"] for line in inside if (match := _BGP_STATE.match(line))), "")
        found.append(
            RoutingPeer("bgp", head["address"], state, output.at(start), remote_as=remote, vrf=head["vrf"] or "")
        )
    return State(peers=known(found))


_FOLDER = re.compile(r"Directory of (?P<folder>\S+)")
_STORED = re.compile(
    r"\s*\d+\s+(?P<mode>[-dlrwxstST]{4,10})\.?\s+\d+\s+(?P<size>\d+)\s+(?P<changed>\w{3}\s+\d+\s+(?:\d\d:\d\d|\d{4}))\s+(?P<name>\S.*?)\s*$"
)


def stored(output: Output) -> State:
    """`dir harddisk:` and the like (form of the ntc template)."""
    return listing(output, _STORED, _FOLDER, part=f"'{output.document}' lists one file system")


_LLDP = re.compile(r"Device ID\s+Local Intf\s+Hold-time\s+Capability\s+Port ID")
_LLDP_ROW = re.compile(r"(?P<name>\S+)\s+(?P<local>\S+)\s+\d+\s+(?:[A-Z](?:,[A-Z])*\s+)?(?P<remote>\S.*?)\s*$")
_TOTAL = re.compile(r"Total entries displayed:")


def neighbors(output: Output) -> State:
    """`show lldp neighbors` (form of the ntc template); a name that fills its line makes the output unknown."""
    refuse_silence(output)
    return lldp(output, _LLDP, _LLDP_ROW, _TOTAL)


_CDP = re.compile(r"Device ID:\s*(?P<name>\S+)")
_CDP_NOBODY = re.compile(r"\w{3} \w{3} +\d+ \d\d:\d\d:\d\d|Total (?:cdp )?entries displayed\s*:\s*0\s*$", re.IGNORECASE)
"""The time that IOS XR prints first, a count of none."""
_CDP_ADDRESS = re.compile(r"\s+IPv[46] address: (\S+)", re.IGNORECASE)
_CDP_MODEL = re.compile(r"Platform: (.+?),\s+Capabilities")
_CDP_LOCAL = re.compile(r"Interface: (\S+)")
_CDP_REMOTE = re.compile(r"Port ID \(outgoing port\): (\S.*?)\s*$")


def cdp_neighbors(output: Output) -> State:
    """`show cdp neighbors detail` (form of the ntc samples)."""
    refuse_silence(output)
    sections = output.sections(_CDP)
    said = [line for line in output.lines if line.strip()]
    if not sections and not (said and all(_CDP_NOBODY.match(line) for line in said)):
        raise FormatError("no 'Device ID:' in the output")
    return State(neighbors=known([_cdp_neighbor(output, head["name"], start, end) for head, start, end in sections]))


def _cdp_neighbor(output: Output, name: str, start: int, end: int) -> Neighbor:
    def first(pattern: re.Pattern[str]) -> str:
        return next((match[1] for line in output.lines[start:end] if (match := pattern.match(line))), "")

    return Neighbor(
        "cdp",
        name,
        output.at(start),
        address=first(_CDP_ADDRESS),
        local_interface=first(_CDP_LOCAL),
        remote_interface=first(_CDP_REMOTE),
        model=first(_CDP_MODEL),
    )


_SSHD = re.compile(
    r".*\bsshd_operns\S*(?:\s.*)?\s(?P<state>is running|is stopped|\(running\)|not running|dead)", re.IGNORECASE
)
_CHKCONFIG = re.compile(r"sshd_operns\S*\s+(?P<levels>\d:(?:on|off).*)$")


def linux_ssh(output: Output) -> State:
    """`run service sshd_operns status`, `run chkconfig --list`: whether the SSH server of the Linux below runs or starts."""
    found = output.first(_SSHD)
    if found is not None:
        on = any(word in found[0]["state"].lower() for word in ("is running", "(running)"))
        return _linux_ssh(found[1], on=on)
    levels = output.first(_CHKCONFIG)
    if levels is None:
        raise FormatError("no state of 'sshd_operns'")
    return _linux_ssh(levels[1], on=":on" in levels[0]["levels"])


def _linux_ssh(source: Source, *, on: bool) -> State:
    return State(services=known([Service(ServiceKind.LINUX_SSH, Known(on, (source,)), sources=(source,), port=57722)]))


_NAMESPACE = re.compile(r"(?P<name>[\w.-]+)(?: \(id: \d+\))?\s*$")


def namespaces(output: Output) -> State:
    """`run ip netns list`."""
    found = [(match["name"], source) for match, source in output.find(_NAMESPACE)]
    if not found:
        raise FormatError("no name of a namespace")
    return State(namespaces=Known(tuple(name for name, _ in found), tuple(source for _, source in found)))


def _sockets(namespace: str) -> OutputReader:
    def read(output: Output) -> State:
        found = netstat(output)
        return State(linux_listeners=known(found), seen_namespaces=Known((namespace,)))

    return OutputReader(("linux_listeners", "seen_namespaces"), read)


_SECURE_BOOT = re.compile(r"\s*.*?secure[- ]?boot\b.*?[:\s](?P<state>Enabled|Disabled)\b", re.IGNORECASE)


def secure_boot(output: Output) -> State:
    """`show platform security integrity log secure-boot status`: the state of each node.

    The word is the one that the openconfig featureprofiles look for in it.
    """
    rows = output.find(_SECURE_BOOT)
    if not rows:
        raise FormatError("no 'Secure Boot ... Enabled' or 'Disabled'")
    found = []
    for match, source in rows:
        good = Known(match["state"].lower() == "enabled", (source,))
        found.append(IntegrityResult("secure boot", good, source, said=match["state"]))
    return State(secure_boot=known(found))


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release", "restart"), release),
    "show lldp neighbors": OutputReader(("neighbors",), neighbors),
    "show cdp neighbors detail": OutputReader(("neighbors",), cdp_neighbors),
    "show users": OutputReader(("sessions",), sessions),
    "show tcp brief": OutputReader(("listeners", "connections"), tcp),
    "show configuration commit list": OutputReader(("changes",), changes),
    "show install active summary": OutputReader(("packages",), packages),
    "show tacacs": OutputReader(("servers",), servers),
    "show event manager policy registered": OutputReader(("policies",), policies),
    "show bgp vrf all neighbors": OutputReader(("peers",), peers),
    "show bgp neighbors": OutputReader(("peers",), peers),
    "show logging": OutputReader(("log",), log),
    "dir harddisk:": OutputReader(listings.TOPICS, stored),
    "dir disk0:": OutputReader(listings.TOPICS, stored),
    "dir /recurse harddisk:": OutputReader(listings.TOPICS, stored),
    "dir /recurse disk0:": OutputReader(listings.TOPICS, stored),
    "run netstat -nlp": _sockets("xrnns"),
    "run ip netns exec xrnns netstat -nlp": _sockets("xrnns"),
    "run ip netns exec tpnns netstat -nlp": _sockets("tpnns"),
    "run ip netns exec global-vrf netstat -nlp": _sockets("global-vrf"),
    "run ip netns exec vrf-default netstat -nlp": _sockets("vrf-default"),
    "run ip netns list": OutputReader(("namespaces",), namespaces),
    "run service sshd_operns status": OutputReader(("services",), linux_ssh),
    "run chkconfig --list": OutputReader(("services",), linux_ssh),
    **underneath("run ", "run "),
    "show platform security integrity log secure-boot status": OutputReader(("secure_boot",), secure_boot),
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
