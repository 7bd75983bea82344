"""Outputs of commands of EOS (syntax-ios-family D.15; forms of the ntc samples)."""

import re

from auditor.model.areas import Community, Package, Release, Restart, Service, ServiceKind, Session, State
from auditor.model.evidence import Code, Known, Source, Unknown
from auditor.model.secret import Strength
from auditor.platforms.cisco_ios.outputs import messages
from auditor.platforms.common import listings
from auditor.platforms.common.linux_outputs import PROCESSES, SOCKETS, underneath
from auditor.platforms.common.listings import listing
from auditor.platforms.common.neighbors import lldp
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.syntax.mask import MaskRule, MaskRules

NOT_SHOWN = Unknown(Code.STATE, "the output does not show it")

_VERSION = re.compile(r"Software image version:\s+(\S+)")
_MODEL = re.compile(r"Arista (\S+)")
_SERIAL = re.compile(r"Serial number:\s+(\S+)")
_UPTIME = re.compile(r"Uptime:\s+(\S.*)$")
_BUILD = re.compile(r"Internal build version:\s+(\S+)")


def release(output: Output) -> State:
    """`show version`."""
    version = output.first(_VERSION)
    if version is None:
        raise FormatError("no 'Software image version:'")
    found = Release(
        version[0][1],
        version[1],
        model=output.value(_MODEL),
        serial=output.value(_SERIAL),
        uptime=output.value(_UPTIME),
        built=output.value(_BUILD),
    )
    return State(release=Known(found, (version[1],)))


_COMMUNITY = re.compile(r"Community name: (?P<name>\S+)")
_ACCESS = re.compile(r"Community access: read-(?P<access>only|write)")
_VIEW = re.compile(r"Community view: (?P<view>\S+)")


def communities(output: Output) -> State:
    """`show snmp community`: names are masked; rights and view are what remains. Empty where no community is configured."""
    if any(line.strip() for line in output.lines):
        output.require(_COMMUNITY, "'Community name:'")
    found = []
    for head, start, end in output.sections(_COMMUNITY):
        inside = [(index, output.lines[index]) for index in range(start, end)]
        access = next(
            ((match["access"], output.at(index)) for index, line in inside if (match := _ACCESS.match(line))), None
        )
        if access is None:
            raise FormatError(f"no 'Community access:' below line {start + 1}")
        view = next((match["view"] for _, line in inside if (match := _VIEW.match(line))), "")
        found.append(
            Community(
                output.secret(head["name"]),
                output.at(start),
                writable=access[0] == "write",
                view=view,
                write_source=access[1] if access[0] == "write" else None,
            )
        )
    return State(communities=known(found))


_SSH = re.compile(r"SSHD status for (?P<vrf>\S+) VRF.*?(?P<state>enabled|disabled)\s*$")


def ssh(output: Output) -> State:
    """`show management ssh`: the state in each VRF; its last word is the state in every release."""
    rows = output.find(_SSH)
    if not rows:
        raise FormatError("no 'SSHD status'")
    return State(
        services=known(
            [
                Service(
                    ServiceKind.SSH,
                    Known(match["state"] == "enabled", (source,)),
                    sources=(source,),
                    vrfs=(match["vrf"],),
                )
                for match, source in rows
            ]
        )
    )


_API = re.compile(r"Enabled:\s+(?P<state>Yes|No)")
_SERVER = re.compile(
    r"(?P<name>HTTPS|HTTP|Local HTTP) server:\s+(?P<state>running|shutdown).*?(?:port (?P<port>\d+))?\s*$"
)


def api(output: Output) -> State:
    """`show management api http-commands`."""
    head = output.first(_API)
    if head is None:
        raise FormatError("no 'Enabled:'")
    on = head[0]["state"] == "Yes"
    return State(services=known([_api_service(match, source, on=on) for match, source in output.find(_SERVER)]))


def _api_service(match: re.Match[str], source: Source, *, on: bool) -> Service:
    return Service(
        ServiceKind.JSON_RPC,
        Known(on and match["state"] == "running", (source,)),
        sources=(source,),
        name=match["name"].lower(),
        port=int(match["port"]) if match["port"] else None,
        open_families=Known(()) if match["name"] == "Local HTTP" else NOT_SHOWN,
        tls=Known(match["name"] == "HTTPS"),
    )


_EXTENSIONS = re.compile(r"\s*(?:Name\s+Version/Release\s+Status|No extensions are available)", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?P<name>\S+\.(?:rpm|swix))\s+(?P<version>\S+)\s+(?P<status>(?:NA|NI|NS|[AIFBS])(?:,\s*(?:NA|NI|NS|[AIFBS]))*)\b"
)


def extensions(output: Output) -> State:
    """`show extensions`: those that are installed (I, F) or are at every start (B); S and NS tell of the signature."""
    output.require(_EXTENSIONS, "head of the table of extensions")
    found = []
    for match, source in output.find(_EXTENSION):
        status = re.split(r",\s*", match["status"])
        signed = Known("S" in status, (source,)) if {"S", "NS"} & set(status) else NOT_SHOWN
        active = bool({"I", "F", "B"} & set(status))
        found.append(Package(match["name"], source, version=match["version"], active=active, signed=signed))
    return State(packages=known(found))


RULES = MaskRules(
    triggers=("community name",),
    rules=(
        MaskRule(re.compile(r"Community name: (?P<value>\S+)"), lambda _form, _value: ("plain text", Strength.PLAIN)),
    ),
)
"""Secrets in these outputs."""

_FOLDER = re.compile(r"Directory of (?P<folder>\S+)")
_STORED = re.compile(
    r"\s+(?P<mode>[-drwx]{4})\s+(?P<size>\d+)\s+(?P<changed>\w{3}\s+\d+\s+(?:\d\d:\d\d|\d{4})|<no date>)\s+(?P<name>\S.*?)\s*$"
)


def stored(output: Output) -> State:
    """`dir flash:` (form of the ntc template)."""
    return listing(output, _STORED, _FOLDER, part=f"'{output.document}' lists one folder of one file system")


_USERS = re.compile(r"\s*Line\s+User\s+Host\(s\)\s+Idle\s+Location")
_USER = re.compile(r"(?P<own>\*?)\s*\d+ (?P<line>\w+ \S+)\s+(?P<user>\S+)\s+\S+\s+(?:\d+:)+\d\d\s+(?P<from>\S+)\s*$")


def sessions(output: Output) -> State:
    """`show users`; `-` stands for nobody and for the console (form of the lab's vEOS)."""
    output.require(_USERS, "head of the table of users")
    return State(
        sessions=known(
            [
                Session(
                    match["user"].strip("-"),
                    match["line"],
                    source,
                    address=match["from"].strip("-"),
                    own=bool(match["own"]),
                )
                for match, source in output.find(_USER)
            ]
        )
    )


_MODE = re.compile(r"[{\s]*\"mode\": ?\"(?P<mode>enabled|disabled)\"")
_RELOADED = re.compile(r"Reload occurred at (?P<when>.+?)\.?\s*$")
_CAUSE = re.compile(
    r"(?P<reason>(?:Reload requested|The system rebooted|System reloaded|Kernel|Power|Watchdog).*?)\s*$"
)


def restart(output: Output) -> State:
    """`show reload cause`: the newest cause stands first."""
    found, cause = output.first(_RELOADED), output.first(_CAUSE)
    if found is None:
        raise FormatError("no 'Reload occurred at'")
    reason = cause[0]["reason"] if cause else ""
    return State(restart=Known(Restart(found[1], found[0]["when"], reason), (found[1],)))


_LLDP = re.compile(r"Port\s+Neighbor Device ID\s+Neighbor Port ID\s+TTL")
_LLDP_ROW = re.compile(r"(?P<local>\S+)\s+(?P<name>\S+)\s+(?P<remote>\S.*?)\s+\d+\s*$")


def neighbors(output: Output) -> State:
    """`show lldp neighbors` (form of the ntc template); counts stand over the table."""
    return lldp(output, _LLDP, _LLDP_ROW, re.compile(r"-"))


def zerotouch(output: Output) -> State:
    """`show zerotouch | json`: `{"mode": "disabled"}` (tests of ANTA, github.com/aristanetworks/anta, VerifyZeroTouch)."""
    mode = output.first(_MODE)
    if mode is None:
        raise FormatError("no mode 'enabled' or 'disabled'")
    return State(autoinstall=Known(mode[0]["mode"] == "enabled", (mode[1],)))


READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release",), release),
    "show snmp community": OutputReader(("communities",), communities),
    "show management ssh": OutputReader(("services",), ssh, public=True),
    "show management api http-commands": OutputReader(("services",), api),
    "bash ss -tlnp": SOCKETS,
    "bash ps -ef": PROCESSES,
    "show zerotouch | json": OutputReader(("autoinstall",), zerotouch),
    "dir flash:": OutputReader(listings.TOPICS, stored),
    **underneath("bash ", "bash sudo "),
    "show lldp neighbors": OutputReader(("neighbors",), neighbors),
    "show users": OutputReader(("sessions",), sessions),
    "show reload cause": OutputReader(("restart",), restart),
    "show extensions": OutputReader(("packages",), extensions),
    "show logging": OutputReader(("messages",), messages),
}

OUTPUTS = OutputSet(READERS, RULES)
"""The outputs that are understood, by command."""
