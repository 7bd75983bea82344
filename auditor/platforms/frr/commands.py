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
    IFUPDOWN,
    LINKS,
    NFT,
    PAM,
    PASSWD,
    RESOLV,
    ROOT_KEYS,
    RSYSLOG,
    RSYSLOG_D,
    SNMPD,
    SNMPD_D,
    SSHD,
    SSHD_D,
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
    # ls(1) complains about each thread of the kernel, which would count as a refusal.
    Command(document="ls -l /proc/*/exe", send=("find /proc -mindepth 2 -maxdepth 2 -name exe -ls",), required=False),
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
}
"""Words that begin some line of every whole document of that name."""

_MAY_BE_EMPTY = (VTYSH, SSHD_D, RSYSLOG_D, SNMPD_D, IFUPDOWN, NFT, WIREGUARD, CRON_D, ROOT_KEYS, RESOLV, "who")
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
