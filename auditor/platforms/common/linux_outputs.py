"""Outputs of commands of Linux, which several network systems are built on."""

import re

from auditor.model.areas import LinuxAccount, LinuxLog, Listener, Process, ProgramMode, RawSocket, State, SudoRule
from auditor.model.secret import Strength
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, known
from auditor.syntax.mask import MaskRule, MaskRules

_SOCKETS = re.compile(r"(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s+Local Address:Port\s+Peer Address:Port")
_SOCKET = re.compile(
    r"(?P<netid>tcp|udp)?\s*(?P<state>LISTEN|UNCONN)\s+\d+\s+\d+\s+(?P<address>\S+):(?P<port>\d+)\s+\S+(?:\s+users:\(\(\"(?P<process>[^\"]*)\"(?:,pid=(?P<pid>\d+))?)?"
)
_LISTENS = re.compile(r"\s*(?:tcp|udp)?\s*(?:LISTEN|UNCONN)\b")


def sockets(output: Output) -> State:
    """`ss -lntup` and `ss -tlnp`: what listens, and which process (ss(8), iproute2)."""
    output.require(_SOCKETS, "head of the table of sockets")
    found = []
    for _, source in output.find(_LISTENS):
        match = _SOCKET.match(source.text)
        if match is None:
            raise FormatError(f"line {source.line} of the table of sockets has a form that is not known")
        protocol = match["netid"] or ("udp" if match["state"] == "UNCONN" else "tcp")
        address = match["address"].split("%")[0]
        anywhere = "*" if address in ("0.0.0.0", "*", "[::]") else address
        port, process = int(match["port"]), match["process"] or ""
        found.append(Listener(protocol, anywhere, port, source, process=process, pid=match["pid"] or ""))
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


_NETSTAT = re.compile(r"Active Internet connections|Proto\s+Recv-Q\s+Send-Q\s+Local Address")
_NETSTAT_ROW = re.compile(
    r"(?P<protocol>tcp|udp)6?\s+\d+\s+\d+\s+(?P<address>\S+):(?P<port>\d+)\s+\S+\s+(?:LISTEN)?\s*(?:\d+/(?P<process>\S.*?)|-)?\s*$"
)


def netstat(output: Output) -> tuple[Listener, ...]:
    """`netstat -nlp` (net-tools): what listens; established connections are not in it."""
    output.require(_NETSTAT, "head of the table of sockets")
    found = []
    for match, source in output.find(_NETSTAT_ROW):
        anywhere = "*" if match["address"] in ("0.0.0.0", "::") else match["address"]
        found.append(Listener(match["protocol"], anywhere, int(match["port"]), source, process=match["process"] or ""))
    return tuple(found)


_ACCOUNT = re.compile(
    r"(?P<name>[^:#\s]+):(?P<password>[^:]*):(?P<uid>\d+):\d+:(?:[^:]*:[^:]*:)?[^:]*:[^:]*:(?P<shell>\S*)\s*$"
)
"""passwd(5); BSD's master.passwd has class, change and expire before the comment."""


def accounts(output: Output) -> State:
    """`/etc/passwd`: a file without root is not whole."""
    found = [
        LinuxAccount(match["name"], source, match["uid"], match["shell"], passwordless=not match["password"])
        for match, source in output.find(_ACCOUNT)
    ]
    if not any(one.uid == "0" for one in found):
        raise FormatError("no account with the number 0")
    return State(linux_accounts=known(found))


_SHADOW = re.compile(r"(?P<name>[^:#\s]+):(?P<password>[^:]*):(?:\d*:){3}")


def passwords(output: Output) -> State:
    """`/etc/shadow`: whose field is empty; the hashes are masked before."""
    output.require(re.compile(r"root:"), "line of root")
    found = [
        LinuxAccount(match["name"], source, passwordless=not match["password"])
        for match, source in output.find(_SHADOW)
    ]
    return State(linux_passwords=known(found))


_SUDO = re.compile(
    r"\s*(?P<who>[%+]?[\w.\\-]+)\s+[\w.,!-]+\s*=\s*(?:\([^)]*\)\s*)?(?P<tags>(?:[A-Z_]+:\s*)*)(?P<what>\S.*?)\s*$"
)
_SUDO_HEAD = re.compile(r"\s*(?:Defaults\b|root\s+ALL\s*=|[@#]include|%?\w+\s+ALL\s*=)")


def sudoers(output: Output) -> State:
    """`/etc/sudoers`: the lines that give rights (sudoers(5)); what a file includes is another document."""
    output.require(_SUDO_HEAD, "line of sudoers")
    found = [
        SudoRule(match["who"], source, free="NOPASSWD:" in match["tags"] and match["what"] == "ALL")
        for match, source in output.find(_SUDO)
        if not match["who"].endswith("_Alias") and match["who"] != "Defaults"
    ]
    return State(sudo_rules=known(found))


_LS = re.compile(
    r"(?P<mode>[-dlbcps][-rwxsStT]{9})[.+@]?\s+\d+\s+(?P<owner>\S+)\s+\S+\s+(?P<size>\d+)\s+\w{3}\s+\d+\s+(?:\d\d:\d\d|\d{4})\s+"
    r"(?P<name>\S.*?)(?: -> (?P<target>\S.*?))?\s*$"
)
"""`ls -l` of GNU and of FreeBSD in the C locale."""


def modes(output: Output) -> State:
    """`ls -l FILE`: rights and owner of a program."""
    rows = output.find(_LS)
    if not rows:
        raise FormatError("no row of 'ls -l'")
    return State(
        program_modes=known([ProgramMode(row["name"], row["mode"], row["owner"], source) for row, source in rows])
    )


def _logs(output: Output) -> tuple[LinuxLog, ...]:
    rows = output.find(_LS)
    if not rows:
        raise FormatError("no row of 'ls -la'")
    return tuple(
        LinuxLog(row["name"], int(row["size"]), source, row["target"] or "")
        for row, source in rows
        if not row["mode"].startswith("d")
    )


def logs(output: Output) -> State:
    """`ls -la /var/log`."""
    return State(linux_logs=known(_logs(output)))


def histories(output: Output) -> State:
    """`ls -la /root`."""
    return State(histories=known(_logs(output)))


_HASHES = MaskRules(
    triggers=(":",),
    rules=(
        MaskRule(
            re.compile(r"^[^:#\s]+:(?P<value>(?!(?:x|\*+|!+|!\*|):)[^:]+):"),
            lambda _form, _value: ("hash", Strength.UNKNOWN),
        ),
    ),
)
"""The second field of passwd(5) and shadow(5)."""

ACCOUNTS = OutputReader(("linux_accounts",), accounts, rules=_HASHES)
PASSWORDS = OutputReader(("linux_passwords",), passwords, rules=_HASHES)
SUDOERS = OutputReader(("sudo_rules",), sudoers)
MODES = OutputReader(("program_modes",), modes)
LOGS = OutputReader(("linux_logs",), logs)
HISTORIES = OutputReader(("histories",), histories)


def underneath(shell: str, root: str) -> dict[str, OutputReader]:
    """The documents about the Linux below, by the words that reach it: as anybody, and as root."""
    return {
        f"{shell}cat /etc/passwd": ACCOUNTS,
        f"{root}cat /etc/shadow": PASSWORDS,
        f"{root}cat /etc/sudoers": SUDOERS,
        f"{shell}ls -l /usr/bin/sudo": MODES,
        f"{root}ls -la /var/log": LOGS,
        f"{root}ls -la /root": HISTORIES,
    }
