"""Outputs of vtysh and of the Linux below it (syntax-ios-family E.15; forms of the test-network samples)."""

import re

import msgspec

from auditor.model.areas import (
    Build,
    ContainerApp,
    LastLogin,
    Neighbor,
    Package,
    Release,
    Restart,
    RoutingPeer,
    Session,
    State,
    StoredFile,
)
from auditor.model.evidence import Code, Known, Source, Unknown
from auditor.platforms.common.commands import with_commands
from auditor.platforms.common.linux_outputs import (
    ACCOUNTS,
    HISTORIES,
    LOGS,
    MODES,
    PACKET_SOCKETS,
    PASSWORDS,
    PROCESSES,
    RAW_SOCKETS,
    SOCKETS,
    SUDOERS,
    programs,
)
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.syntax import jsonitems
from auditor.syntax.items import Item
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


_PROTOCOL = re.compile(r"CDPv\d", re.IGNORECASE)


def neighbors(output: Output) -> State:
    """`lldpcli -f json0 show neighbors hidden`: an `interface` for each neighbour, with those that lldpd's filter hides.

    Form: lldpd 0.9.7 to 1.0, src/client/json_writer.c and display.c; every value is a list of one object with `value`.
    """
    output.require(_OBJECT, "JSON object")
    root, fault = jsonitems.parse(output.lines)
    if fault or root.child("lldp") is None:
        raise FormatError(fault or "no 'lldp' in the output")
    found = [_neighbor(one, output) for one in root.walk() if one.name == "interface" and one.child("chassis")]
    return State(neighbors=known(found))


def _neighbor(one: Item, output: Output) -> Neighbor:
    chassis, port = one.child("chassis") or one, one.child("port") or one
    name = _leaf(chassis, "name") or _leaf(chassis, "id")
    place = next((inner for inner in chassis.walk() if name and inner.value == name), one)
    protocol = one.text("via").lower()
    return Neighbor(
        "cdp" if _PROTOCOL.match(protocol) else protocol,
        name,
        output.at(place.line - 1),
        address=_leaf(chassis, "mgmt-ip"),
        local_interface=one.text("name"),
        remote_interface=_leaf(port, "id"),
        model=_leaf(chassis, "descr"),
    )


def _leaf(one: Item, name: str) -> str:
    inner = one.child(name)
    return inner.text("value") if inner is not None else ""


_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock")
"""Who has one of these starts containers with every right."""


def containers(output: Output) -> State:
    """`docker ps --all --no-trunc --format '{{json .}}'`: one object a line, none for no container.

    Fields: docs.docker.com, docker container ls; docker/cli, cli/command/formatter/container.go. `--privileged` is in none.
    """
    found = []
    for index, line in enumerate(output.lines):
        if line.strip():
            root, fault = jsonitems.parse([line])
            if fault or not root.text("Names") or not root.text("Image"):
                raise FormatError(f"line {index + 1} is no container")
            found.append(_container(root, output.at(index)))
    return State(apps=known(found))


def _container(root: Item, source: Source) -> ContainerApp:
    mounts = root.text("Mounts").split(",")
    return ContainerApp(
        root.text("Names"),
        (source,),
        started=root.text("State") == "running" or root.text("Status").startswith("Up "),
        network=(source,) if root.text("Networks") == "host" else (),
        privileged=(source,) if any(mount == "/" or mount in _SOCKETS for mount in mounts) else (),
        image=root.text("Image"),
    )


_DOCKER = ("dockerd", "docker", "containerd", "containerd-shim", "containerd-shim-runc-v2")
_OTHERS = ("lxc-start", "systemd-nspawn", "conmon")
"""One process for each container of LXC, systemd-nspawn(1), and of Podman and CRI-O, whose lists are not asked."""
_HIDING = ("lxd", "incusd", "balena-engine-daemon")
"""Programs that may run containers, which no process tells of by its file."""


def processes_files(output: Output) -> State:
    """`find /proc ... -ls`: the files behind processes, and whether something runs containers, which root alone is shown."""
    seen = programs(output)
    running = seen.programs.need()
    if not any(one.pid == "1" for one in running):
        gap = Unknown(Code.STATE, "the processes of other users were not shown; it takes root")
        return msgspec.structs.replace(seen, container_host=gap, runtimes=gap)
    names = {one.name for one in running}
    others = _OTHERS if "dockerd" in names else (*_OTHERS, "containerd-shim", "containerd-shim-runc-v2")
    hosts = [one.source for one in running if one.name in (*_DOCKER, *others, *_HIDING)]
    apps = [ContainerApp(one.name, (one.source,), started=True) for one in running if one.name in others]
    hiding = sorted(names & set(_HIDING))
    told = Unknown(Code.STATE, f"{hiding[0]} runs, and its containers were not listed") if hiding else known(apps)
    return msgspec.structs.replace(seen, container_host=Known(bool(hosts), tuple(hosts)), runtimes=told)


_PACKAGES = re.compile(r"\|\|/ Name\s+Version\s+Architecture\s+Description")
_PACKAGE = re.compile(
    r"[uirph](?P<status>[ncHUFWti])[R ]\s+(?P<name>[a-z0-9][a-z0-9+.-]+)(?::\w+)?\s+(?P<version>\S+)\s"
)
_LISTED = re.compile(r"[uirph][ncHUFWti][R ] ")


def packages(output: Output) -> State:
    """`dpkg -l` (dpkg-query(1)): one row a package; what was removed and left its configuration is not installed."""
    output.require(_PACKAGES, "head of the list of packages")
    output.refuse(_LISTED, _PACKAGE)
    rows = output.find(_PACKAGE)
    if not rows:
        raise FormatError("no package in the list")
    return State(
        packages=known(
            [
                Package(match["name"], source, match["version"], active=match["status"] not in "cn")
                for match, source in rows
            ]
        )
    )


_CHANGED = re.compile(r"(?:(?P<marks>[?.5]{9})|(?P<missing>missing  )) (?P<kind>[c ]) (?P<path>/.*?)(?P<why> \(.*\))?$")
_ABSENT = re.compile(r"dpkg: (?:package '(?P<name>[^']+)' is not installed|warning: )")


def verified(output: Output) -> State:
    """`dpkg -V PACKAGES` (dpkg(1), --verify-format rpm): nothing where all files are as the packages brought them.

    `5` in the third place is a digest that differs; `c` is a file of settings, which is there to be changed. A line without
    `5` tells that a file could not be read or is not there.
    """
    found = []
    for index, line in enumerate(output.lines):
        match, absent = _CHANGED.match(line), _ABSENT.match(line)
        if match is None and absent is None and line.strip():
            raise FormatError(f"line {index + 1} has a form that is not known")
        if absent is not None and absent["name"] == "frr":
            raise FormatError(
                "FRR is no package of this system, so that nothing tells whether its files are the makers'"
            )
        if match is not None and match["kind"] == " ":
            if match["why"]:
                raise FormatError(f"{match['path']} could not be read; it takes root")
            if (match["marks"] or "")[2:3] == "5":
                found.append(StoredFile(match["path"], output.at(index)))
    return State(changed_files=known(found))


_STORED = re.compile(
    r"\s*\d+\s+\d+\s+-(?P<mode>\S+)\s+\d+\s+(?P<owner>\S+)\s+\S+\s+(?P<size>\d+)\s+(?P<when>\w{3}\s+\d+\s+[\d:]+)\s+(?P<path>/.*)$"
)
_UNREADABLE = re.compile(r"find: .?(?P<path>/.*?): (?:No such file|Permission denied)")


def stored(output: Output) -> State:
    """`find /tmp ... -type f -ls`: files in folders that no package fills; those of the rest of the system are not listed."""
    found = []
    for index, line in enumerate(output.lines):
        match = _STORED.match(line)
        if match is not None:
            path = match["path"].replace("\\ ", " ")
            runs = any(letter in match["mode"] for letter in "xst")
            found.append(StoredFile(path, output.at(index), int(match["size"]), match["when"], runs=runs))
        elif line.strip() and not _UNREADABLE.match(line):
            raise FormatError(f"line {index + 1} has a form that is not known")
    part = Unknown(Code.STATE, "the files outside of /tmp, /var/tmp, /dev/shm, /root and /usr/local were not listed")
    return State(files=known(found), all_files=part)


_MADE = re.compile(r"-\S+\s+\d+\s+\S+\s+\S+\s+\d+\s+(?P<when>\d{4}-\d\d-\d\d) [\d:.]+ [+-]\d{4} /\S+/zebra\s*$")


def build(output: Output) -> State:
    """`ls -l --time-style=full-iso` of zebra: packages keep the time of their making (dpkg-deb(1), SOURCE_DATE_EPOCH)."""
    made = output.first(_MADE)
    if made is None:
        raise FormatError("no day of the file")
    return State(build=Known(Build(made[0]["when"], made[1]), (made[1],)))


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
    "ls -l /proc/*/exe": OutputReader(("programs", "container_host", "runtimes"), processes_files),
    "lldpcli show neighbors": OutputReader(("neighbors",), neighbors),
    "docker ps": OutputReader(("apps",), containers),
    "ls -l zebra": OutputReader(("build",), build),
    "dpkg -l": OutputReader(("packages",), packages, public=True),
    "dpkg -V": OutputReader(("changed_files",), verified, public=True),
    "find /tmp": OutputReader(("files", "all_files"), stored),
}

OUTPUTS = OutputSet(READERS, with_commands(MaskRules((), ())))
"""The outputs that are understood, by command."""
