"""Outputs of commands of RouterOS (syntax-other-families E15; forms of the ntc samples)."""

import re

from auditor.model.areas import Account, Capture, LastLogin, Neighbor, Package, Release, Session, State
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.common import listings
from auditor.platforms.common.listings import listing
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known
from auditor.platforms.common.running_time import last_start

_VERSION = re.compile(r"\s*version: (\S+)")
_UPTIME = re.compile(r"\s*uptime: (?P<uptime>\S+)")
_BUILT = re.compile(r"\s*build-time: (\S.*?)\s*$")
_BOARD = re.compile(r"\s*board-name: (\S.*?)\s*$")


def release(output: Output) -> State:
    """`/system resource print`."""
    version = output.first(_VERSION)
    if version is None or not output.value(_UPTIME):
        raise FormatError("no 'version:' and 'uptime:'")
    found = Release(
        version[0][1],
        version[1],
        model=output.value(_BOARD),
        uptime=output.value(_UPTIME),
        built=output.value(_BUILT),
    )
    return State(release=Known(found, (version[1],)), restart=last_start(output, _UPTIME))


_ACTIVE = re.compile(r"\s*#\s+WHEN\s+NAME\s+ADDRESS\s+VIA")
_SESSION = re.compile(
    r"\s*\d+\s+(?:[RM]+\s+)?(?P<when>\S+ \S+)\s+(?P<user>\S+)\s+(?:(?P<from>[0-9a-fA-F.:]+)\s+)?(?P<via>\S+)\s*$"
)


def sessions(output: Output) -> State:
    """`/user active print`."""
    output.require(_ACTIVE, "head of the table of active users")
    return State(
        sessions=known(
            [
                Session(match["user"], match["via"], source, address=match["from"] or "", protocol=match["via"])
                for match, source in output.find(_SESSION)
            ]
        )
    )


_USERS = re.compile(r"\s*#\s+NAME\s+GROUP\s+ADDRESS\s+LAST-LOGGED-IN")
_USER = re.compile(
    r"\s*(?:\d+\s+)?(?P<off>X\s+)?(?P<name>[^\s;]\S*)\s+(?P<group>\S+)(?:\s+(?P<address>[\d./a-fA-F:]+/\d+))?"
    r"(?:\s+(?P<last>[a-z]{3}/\d\d/\d{4} \S+|\d{4}-\d\d-\d\d \S+))?\s*$"
)


def accounts(output: Output) -> State:
    """`/user print`: comments stand on lines of their own; nothing stands where an account was never used."""
    output.require(_USERS, "head of the table of users")
    users = output.find(_USER)
    return State(
        accounts=known(
            [
                Account(
                    match["name"],
                    (source,),
                    role=match["group"],
                    admin=Known(match["group"] == "full", (source,)),
                    enabled=Known(not match["off"], (source,)),
                )
                for match, source in users
            ]
        ),
        logins=known([LastLogin(match["name"], match["last"] or "", source) for match, source in users]),
    )


_TERSE = re.compile(r"\s*\d+\s+(?P<flags>[A-Z]*)\s*(?:comment=|name=).*\bgroup=")
_IDLE = re.compile(r".* inactivity-timeout=(?P<time>\S+) inactivity-policy=(?P<policy>none|logout|lockscreen) address=")
_SPAN = re.compile(r"(?:(?P<d>\d+)d)?(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m)?(?:(?P<s>\d+)s)?$")


def idle(output: Output) -> Setting[int]:
    """`/user print terse`: when the idle session of the user who may stay longest ends; 0 for never.

    `inactivity-policy` is `none` (the default), `logout` or `lockscreen` (the password is asked again), for sessions of the
    command line after `inactivity-timeout` (help.mikrotik.com, User; rows as 7.23 prints them). Values with spaces are not
    quoted: what counts is the last of its name, as comments come first. Releases before 7.16 have neither.
    """
    output.require(_TERSE, "user")
    times: dict[Source, int] = {}
    for row, source in output.find(_TERSE):
        told = _IDLE.match(output.lines[source.line - 1])
        if "X" in row["flags"]:
            continue
        if told is None:
            raise FormatError("no inactivity-policy, which users have from 7.16 on")
        times[source] = 0 if told["policy"] == "none" else _seconds(told["time"])
    never = tuple(source for source, seconds in times.items() if not seconds)
    if never or not times:
        return Known(0, never)
    longest = max(times.values())
    return Known(longest, tuple(source for source, seconds in times.items() if seconds == longest))


def _seconds(text: str) -> int:
    match = _SPAN.match(text)
    if match is None or not text:
        raise FormatError("an inactivity-timeout has a form that is not known")
    return sum(int(match[unit] or 0) * size for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)))


def idle_times(output: Output) -> State:
    """`/user print terse`: what it shows belongs to the ways in, which are read with the configuration."""
    idle(output)
    return State()


_NEIGHBOR = re.compile(r"\s*\d+\s+interface=(?P<interface>\S+)")
_WORD = re.compile(r"(?P<name>[\w-]+)=(?:\"(?P<quoted>[^\"]*)\"?|(?P<plain>\S*))")


def neighbors(output: Output) -> State:
    """`/ip neighbor print detail`."""
    rows = output.sections(_NEIGHBOR)
    if not rows and any(line.strip() for line in output.lines):
        raise FormatError("no 'interface='")
    found = []
    for _, start, end in rows:
        text = " ".join(output.lines[start:end])
        values = {match["name"]: match["quoted"] or match["plain"] or "" for match in _WORD.finditer(text)}
        found.append(
            Neighbor(
                values.get("discovered-by", "mndp"),
                values.get("identity", ""),
                output.at(start),
                address=values.get("address", ""),
                local_interface=values.get("interface", ""),
                remote_interface=values.get("interface-name", ""),
                model=values.get("board", "") or values.get("platform", ""),
            )
        )
    return State(neighbors=known(found))


_RUNNING = re.compile(r"\s*running: (?P<state>yes|no)")
_SERVER = re.compile(r"\s*streaming-server: (\S+)")
_STREAMING = re.compile(r"\s*streaming-enabled: (yes|no)")
_FILE = re.compile(r"\s*file-name: (\S+)")


def sniffer(output: Output) -> State:
    """`/tool sniffer print`: one capture, which runs or not, into memory, a file or a stream; idle and without a file none."""
    running = output.first(_RUNNING)
    if running is None:
        raise FormatError("no 'running:'")
    target = output.first(_SERVER if output.value(_STREAMING) == "yes" else _FILE)
    active = Known(running[0]["state"] == "yes", (running[1],))
    if not active.value and target is None:
        return State(captures=known([]))
    where = (target[1],) if target else ()
    found = Capture("sniffer", (running[1], *where), target=target[0][1] if target else "", active=active)
    return State(captures=known([found]))


_PACKAGES = re.compile(r"\s*#\s+NAME\b|\s*Columns: NAME", re.IGNORECASE)
_PACKAGE = re.compile(r"\s*\d+\s+(?:(?P<flags>[XA]+)\s+)?(?P<name>[a-z][\w-]*)\s+(?P<version>\d[\w.-]*)")


def packages(output: Output) -> State:
    """`/system package print`: those with X are switched off, those with A are on the server only (MikroTik, Packages)."""
    output.require(_PACKAGES, "head of the table of packages")
    return State(
        packages=known(
            [
                Package(match["name"], source, version=match["version"], active=not match["flags"])
                for match, source in output.find(_PACKAGE)
                if "A" not in (match["flags"] or "")
            ]
        )
    )


_STORE = re.compile(r"\s*#\s+NAME\s+TYPE\s+SIZE\s+(?:LAST-MODIFIED|CREATION-TIME)")
_STORED = re.compile(
    r"\s*\d+\s+(?P<name>\S+)\s+(?P<mode>\S.*?)\s+(?:(?P<size>[\d.]+ ?(?:[KMG]?i?B)?)\s+)?(?P<changed>\d{4}-\d\d-\d\d \S+|[a-z]{3}/\d\d/\d{4} \S+)\s*$"
)


def stored(output: Output) -> State:
    """`/file print`: every file with its path."""
    return listing(output, _STORED, _STORE)


READERS: dict[str, OutputReader] = {
    "/system resource print": OutputReader(("release", "restart"), release),
    "/user active print": OutputReader(("sessions",), sessions),
    "/user print terse": OutputReader((), idle_times),
    "/user print": OutputReader(("accounts", "logins"), accounts),
    "/ip neighbor print detail": OutputReader(("neighbors",), neighbors),
    "/tool sniffer print": OutputReader(("captures",), sniffer),
    "/system package print": OutputReader(("packages",), packages),
    "/file print": OutputReader(listings.TOPICS, stored),
}

OUTPUTS = OutputSet(READERS)
"""The outputs that are understood, by command."""
