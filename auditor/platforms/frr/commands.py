"""The commands that are sent to an FRR router: all of them only read, and nothing else is sent.

A login whose shell is vtysh takes the router's commands bare and refuses those of Linux, whose documents are then
not collected.
"""

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import Command
from auditor.platforms.frr.documents import (
    CHRONY,
    CRON,
    CRON_D,
    DAEMONS,
    GROUP,
    HSFLOWD,
    IFUPDOWN,
    LINKS,
    NFT,
    PAM,
    PASSWD,
    PMACCT,
    PROGRAMS,
    RESOLV,
    ROOT_KEYS,
    RSYSLOG,
    RSYSLOG_D,
    SNMPD,
    SNMPD_D,
    SOFTFLOWD,
    SSHD,
    SSHD_D,
    SWANCTL,
    SYSCTL,
    TACPLUS,
    VTYSH,
    WIREGUARD,
)


def _file(path: str) -> Command:
    return Command(document=path, send=(f"cat {path}",), required=False)


def _folder(path: str) -> Command:
    """The files that a file includes, each under its name; where there is none to show, the list of the folder."""
    return Command(document=path, send=(f"tail -v -n +1 {path}/*.conf", f"ls -la {path}"), required=False)


VERIFIED = (
    "frr",
    "frr-snmp",
    "frr-rpki-rtrlib",
    "openssh-server",
    "openssh-sftp-server",
    "libpam-modules",
    "libpam-runtime",
    "login",
    "passwd",
    "sudo",
    "coreutils",
    "procps",
    "iproute2",
    "nftables",
)
"""Packages whose files are compared with what they brought: FRR, ways in, and the programs that an audit asks."""
CLOCK = "date -Iseconds"

COMMANDS = (
    Command(document=RUNNING, send=("vtysh -c 'show running-config'", "show running-config")),
    *map(_file, (DAEMONS, VTYSH, SSHD, PASSWD, GROUP, TACPLUS, *PAM, RSYSLOG, SNMPD, IFUPDOWN)),
    *map(_folder, (SSHD_D, RSYSLOG_D, SNMPD_D)),
    *map(_file, (CRON, CHRONY, RESOLV, ROOT_KEYS)),
    Command(document=CRON_D, send=("tail -v -n +1 /etc/cron.d/*", "ls -la /etc/cron.d"), required=False),
    Command(document=NFT, send=("nft list ruleset", "/usr/sbin/nft list ruleset"), required=False),
    Command(document=SYSCTL, send=("sysctl -a", "/sbin/sysctl -a"), required=False),
    Command(document=WIREGUARD, send=("wg show", "/usr/bin/wg show"), required=False),
    Command(document=LINKS, send=("ip -d link show", "/sbin/ip -d link show"), required=False),
    Command(document=CLOCK, send=(CLOCK,), required=False),
    Command(document="uptime -s", send=("uptime -s",), required=False),
    Command(document="who", send=("who",), required=False),
    Command(document="lastlog", send=("lastlog",), required=False),
    Command(document="/etc/sudoers", send=("cat /etc/sudoers",), required=False),
    Command(document="ls -l /usr/bin/sudo", send=("ls -l /usr/bin/sudo",), required=False),
    Command(document="ls -la /var/log", send=("ls -la /var/log",), required=False),
    Command(document="ls -la /root", send=("ls -la /root",), required=False),
    Command(
        document="ss -lntup",
        send=(
            "ss -lntup",
            "/usr/sbin/ss -lntup",
            "/usr/bin/ss -lntup",
        ),
        required=False,
    ),
    Command(
        document="ss -0pb",
        send=(
            "ss -0pb",
            "/usr/sbin/ss -0pb",
            "/usr/bin/ss -0pb",
        ),
        required=False,
    ),
    Command(
        document="ss -lwnp",
        send=(
            "ss -lwnp",
            "/usr/sbin/ss -lwnp",
            "/usr/bin/ss -lwnp",
        ),
        required=False,
    ),
    _file(HSFLOWD),
    *map(_folder, (PMACCT, SOFTFLOWD)),
    Command(document=SWANCTL, send=("swanctl --list-conns", "/usr/sbin/swanctl --list-conns"), required=False),
    Command(
        document="lldpcli show neighbors",
        send=("lldpcli -f json0 show neighbors hidden", "/usr/sbin/lldpcli -f json0 show neighbors hidden"),
        required=False,
    ),
    # 'podman ps' is not sent: it makes its folders and databases where there are none.
    Command(
        document="docker ps",
        send=(
            "docker ps --all --no-trunc --format '{{json .}}'",
            "/usr/bin/docker ps --all --no-trunc --format '{{json .}}'",
        ),
        required=False,
    ),
    Command(document="ls -l zebra", send=("ls -l --time-style=full-iso /usr/lib/frr/zebra",), required=False),
    Command(document="dpkg -l", send=("dpkg -l",), required=False),
    Command(document="dpkg -V", send=(f"dpkg -V {' '.join(VERIFIED)}",), required=False),
    Command(
        document="find /tmp",
        send=("find /tmp /var/tmp /dev/shm /root /usr/local/bin /usr/local/sbin -xdev -maxdepth 3 -type f -ls",),
        required=False,
    ),
    # ls(1) complains about each thread of the kernel, which would count as a refusal.
    Command(document=PROGRAMS, send=("find /proc -mindepth 2 -maxdepth 2 -name exe -ls",), required=False),
)

REFUSED = (
    "% Unknown command",
    "% Ambiguous command",
    "% Command incomplete",
    "% There is no matched command",
    "Exiting: failed to connect to any daemons",
    "cat: ",
    "tail: ",
    "ls: ",
    "ip: ",
    "bash: ",
    "-bash: ",
    "rbash: ",
    "sh: ",
    "-sh: ",
    "/bin/sh: ",
    "/sbin/ip: ",
    "nft: ",
    "sysctl: permission denied",
    "wg: ",
    "uptime: ",
    "connecting to ",
    "swanctl: ",
    "docker: ",
    "Cannot connect to the Docker daemon",
    "Got permission denied",
    "permission denied while trying to connect",
    "failed to connect to the docker API",
    "error during connect",
    "Unable to access interface",
    "Operation not permitted",
    "This account is currently not available",
)
"""Beginnings of lines by which vtysh, a shell or a program says that it did not do it. `% Can't open configuration
file` is none of them: vtysh complains so about its own file and goes on."""

_FIRST: dict[str, tuple[str, ...]] = {
    PASSWD: ("root:",),
    GROUP: ("root:",),
    LINKS: ("1: ",),
    DAEMONS: ("zebra", "bgpd", "vtysh"),
    "lldpcli show neighbors": ("{",),
    "dpkg -l": ("||/ Name",),
}
"""Words that begin some line of every whole document of that name."""

_MAY_BE_EMPTY = (
    VTYSH,
    SSHD_D,
    RSYSLOG_D,
    SNMPD_D,
    IFUPDOWN,
    NFT,
    WIREGUARD,
    CRON_D,
    ROOT_KEYS,
    RESOLV,
    "who",
    HSFLOWD,
    PMACCT,
    SOFTFLOWD,
    SWANCTL,
    "docker ps",
    "dpkg -V",
    "find /tmp",
)
"""The last: a session without a terminal is in no list of logins."""


def whole(document: str, lines: list[str]) -> str:
    """Why an output is not whole: a running configuration ends with `end`, the other files have lines they never lack."""
    text = [line.strip() for line in lines if line.strip()]
    if document in _MAY_BE_EMPTY:
        return ""
    if not text:
        return "the output is empty"
    if document == RUNNING:
        if text[-1] != "end":
            return "the output does not finish with 'end'"
        if not any(line.startswith(("frr version ", "hostname ")) for line in text):
            return "the output holds neither 'frr version' nor 'hostname'"
        return ""
    wanted = _FIRST.get(document, ())
    if wanted and not any(line.startswith(wanted) for line in text):
        return f"no line begins with {' or '.join(repr(word) for word in wanted)}"
    return ""
