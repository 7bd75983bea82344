"""Outputs of commands of SR Linux (syntax-other-families C15)."""

import re

from auditor.model.areas import ContainerApp, Process, Release, Restart, Session, State
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.linux_outputs import HISTORIES, LOGS, PROCESSES, SOCKETS
from auditor.platforms.common.neighbors import lldp
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


_APPLICATIONS = re.compile(r"\s*\|\s*Name\s*\|\s*PID\s*\|\s*State\s*\|\s*Version\s*\|")
_APPLICATION = re.compile(
    r"\s*\|\s*(?P<name>[\w.-]+)\s*\|\s*(?P<pid>\d*)\s*\|\s*(?P<state>[\w-]+)\s*\|\s*(?P<version>[^|]*?)\s*\|[^|]*\|\s*$"
)
_ROW = re.compile(r"\s*\|")
_OF_VENDOR = frozenset(
    [
        "aaa_mgr",
        "acl_mgr",
        "app_mgr",
        "arp_nd_mgr",
        "bfd_mgr",
        "bgp_mgr",
        "chassis_mgr",
        "dev_mgr",
        "dhcp_client_mgr",
        "dhcp_relay_mgr",
        "dhcp_server_mgr",
        "ethcfm_mgr",
        "event_mgr",
        "evpn_mgr",
        "fhs_mgr",
        "fib_mgr",
        "gnmi_server",
        "gretunnel_mgr",
        "grpc_server",
        "idb_server",
        "igmp_mgr",
        "isis_mgr",
        "json_rpc",
        "l2_mac_learn_mgr",
        "l2_mac_mgr",
        "l2_proxy_arp_nd_mgr",
        "l2_static_mac_mgr",
        "label_mgr",
        "lag_mgr",
        "ldp_mgr",
        "license_mgr",
        "linux_mgr",
        "lldp_mgr",
        "log_mgr",
        "macsec_mgr",
        "mcid_mgr",
        "mfib_mgr",
        "mgmt_server",
        "mirror_mgr",
        "mpls_mgr",
        "mplsoam_mgr",
        "net_inst_mgr",
        "netconf_mgr",
        "oam_mgr",
        "oc_mgmt_server",
        "ospf_mgr",
        "pcc_mgr",
        "pim_mgr",
        "pinger",
        "plcy_mgr",
        "pw_mgr",
        "qos_mgr",
        "radius_mgr",
        "sdk_mgr",
        "segrt_mgr",
        "sflow_sample_mgr",
        "static_route_mgr",
        "supportd",
        "te_mgr",
        "tepolicy_mgr",
        "time_mgr",
        "timing_stack",
        "twamp_mgr",
        "vrrp_mgr",
        "vxlan_mgr",
        "xdp_cpm",
    ]
)
"""Applications that the image brings along: the tables of real devices of 20.6 and 24.10, and the folder /opt/srlinux/appmgr
of 24.10 (Nokia's lab for its NDK shows both)."""
_INSTANCES = re.compile(r"(?:sshd|dnsmasq|snmp_server)-[\w.-]+|xdp_lc_\d+")
"""One for each network instance or line card."""
_SCHEME = re.compile(r"[a-z\d_]+_(?:mgr|server)")


def applications(output: Output) -> State:
    """`show system application *`: the vendor's own and any other, those that wait for their configuration included."""
    output.require(_APPLICATIONS, "head of the table of applications")
    rows = [one for one in output.find(_ROW) if not _APPLICATIONS.match(one[1].text)]
    found = [(_APPLICATION.match(source.text), source) for _, source in rows]
    if not rows or any(match is None for match, _ in found):
        raise FormatError("a row of the table of applications has a form that is not known")
    matches = [(match, source) for match, source in found if match is not None]
    image = next((one["version"] for one, _ in matches if one["name"] in _OF_VENDOR and one["version"]), "")
    return State(
        processes=known([Process(one["name"], source, pid=one["pid"]) for one, source in matches if one["pid"]]),
        apps=known(
            [
                ContainerApp(one["name"], (source,), started=bool(one["pid"]))
                for one, source in matches
                if not _is_of_vendor(one["name"], one["version"], image)
            ]
        ),
    )


def _is_of_vendor(name: str, version: str, image: str) -> bool:
    """By its name; in a release that is not in the list, by the scheme of the names together with the version of the image."""
    if name in _OF_VENDOR or _INSTANCES.fullmatch(name):
        return True
    return bool(image) and version == image and _SCHEME.fullmatch(name) is not None


_SESSIONS = re.compile(r"\s*\|\s*ID\s*\|\s*User(?: name)?\s*\|.*\|\s*Remote(?: host)?\s*\|")
_CELL = re.compile(r"\s*\|")


def sessions(output: Output) -> State:
    """`show system aaa authentication session`: one row each for sshd and the command line of a login.

    A star behind the name marks the session that asks (forms of learn.srlinux.dev); the columns differ by release.
    """
    head = output.first(_SESSIONS)
    if head is None:
        raise FormatError("no head of the table of sessions")
    names = [name.removesuffix(" name").removesuffix(" host") for name in _cells(head[0].string)]
    lines = [(_cells(match.string), source) for match, source in output.find(_CELL)]
    numbered = [(cells, source) for cells, source in lines if cells[0].isdigit()]
    if any(len(cells) != len(names) for cells, _ in numbered):
        raise FormatError("a row of the table of sessions has a form that is not known")
    rows = [(dict(zip(names, cells, strict=True)), source) for cells, source in numbered]
    own = _own([row for row, _ in rows])
    return State(sessions=known([_session(row, source, own=row["ID"] in own) for row, source in rows]))


def _own(rows: list[dict[str, str]]) -> set[str]:
    """Numbers of the rows of the session that asks: the one with the star, and the last one of sshd before it from there."""
    own: set[str] = set()
    for index, row in enumerate(rows):
        if row["User"].endswith("*"):
            there = (row["User"].removesuffix("*"), row["Remote"], "sshd")
            before = [one["ID"] for one in rows[:index] if (one["User"], one["Remote"], one["Service"]) == there]
            own |= {row["ID"], *before[-1:]}
    return own


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _session(row: dict[str, str], source: Source, *, own: bool) -> Session:
    line = row.get("TTY") or row["Service"]
    return Session(row["User"].removesuffix("*"), line, source, address=row["Remote"], own=own)


_LLDP = re.compile(r"\s*\|\s*Name\s*\|\s*Neighbor\s*\|\s*Neighbor System Name\s*\|")
_LLDP_ROW = re.compile(
    r"\s*\|\s*(?P<local>\S+)\s*\|\s*[^|]*\|\s*(?P<name>[^|]*?)\s*\|[^|]*\|[^|]*\|[^|]*\|\s*(?P<remote>[^|]*?)\s*\|"
)


def neighbors(output: Output) -> State:
    """`show system lldp neighbor` (form of learn.srlinux.dev)."""
    return lldp(output, _LLDP, _LLDP_ROW, re.compile(r"-{3}"))


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release", "restart"), release),
    "show system aaa authentication session *": OutputReader(("sessions",), sessions),
    "show system lldp neighbor": OutputReader(("neighbors",), neighbors),
    "show system application *": OutputReader(("processes", "apps"), applications),
    "bash ss -tulpn": SOCKETS,
    "bash ps -ef": PROCESSES,
    "bash sudo ls -la /var/log": LOGS,
    "bash sudo ls -la /root": HISTORIES,
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
