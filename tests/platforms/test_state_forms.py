"""Lists of files, the Linux below, records of accounting and of logins, in their documented forms."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from auditor.engine.packs import load
from auditor.model.snapshot import Document
from auditor.platforms.common.outputs import state
from auditor.syntax.mask import Masker
from tests.platforms.outputs import brief, seen

PLATFORMS = load().platforms


def shown(platform: str, command: str, text: str) -> dict[str, Any]:
    return seen(PLATFORMS[platform], command, dedent(text).lstrip("\n"))


def masked(platform: str, command: str, text: str) -> str:
    """The output as reports may quote it."""
    documents = (Document(command, dedent(text).lstrip("\n").encode()),)
    _, found = state(documents, (), PLATFORMS[platform].outputs(), Masker(b"key"))
    return "\n".join(line for _, lines in found for line in lines)


LISTINGS = {
    ("cisco_ios", "dir /recursive all-filesystems"): (
        "Directory of flash0:/\n\n    1  drw-  4096   Sep  2 2026 05:02:50 +00:00  logs\n\nDirectory of flash0:/logs\n\n"
        "  264  -rw-         660   Sep  2 2026 05:02:50 +00:00  a b.txt\n\n2142720000 bytes total (2011643348 bytes free)\n",
        [("flash0:/logs/a b.txt", 660)],
    ),
    ("cisco_iosxr", "dir harddisk:"): (
        "Tue Nov 24 09:20:18.001 UTC\n\nDirectory of harddisk:\n   11 drwx------. 2  16384 Sep  2 05:01 lost+found\n"
        "   31 -rwxr-xr-x. 1 1848320 Nov 24 2025 new2\n\n63 GB total (58 GB free)\n",
        [("harddisk:/new2", 1848320)],
    ),
    ("cisco_nxos", "dir bootflash:"): (
        "       4096    Sep 02 05:03:11 2026  scripts/\n    1848320    Nov 24 03:50:31 2026  new2\n\n"
        "Usage for bootflash://sup-local\n 2671751168 bytes used\n  950665216 bytes free\n 3622416384 bytes total\n",
        [("bootflash:/new2", 1848320)],
    ),
    ("juniper_junos", "file list /var/tmp detail"): (
        "\n/var/tmp/:\ntotal blocks: 16\ndrwxr-xr-x  2 root  wheel        512 Sep 2  05:02 install/\n"
        "-rwxr-xr-x  1 root  wheel    1848320 Nov 24 2025 lmpad*\ntotal files: 1\n",
        [("/var/tmp/lmpad*", 1848320)],
    ),
    ("nokia_sros", "file dir cf3:"): (
        "Volume in drive cf3 on slot A is SROS VM.\n\nDirectory of cf3:\\\n\n"
        "09/02/2026  05:01a      <DIR>          TiMOS\n11/24/2026  03:50p             1848320 up7.py\n"
        "               1 File(s)                   4914 bytes.\n               1 Dir(s)               701235200 bytes free.\n",
        [("cf3:\\up7.py", 1848320)],
    ),
    ("huawei_vrp", "dir /all"): (
        "Directory of cfcard:/\n\n  Idx  Attr     Size(Byte)  Date        Time       FileName\n"
        "    0  drw-              -  Apr 12 2024 10:22:10   logfile\n    3  -rw-      1,848,320  Nov 24 2026 03:50:31   new2.py\n\n"
        "7,681,000 KB total (6,112,330 KB free)\n",
        [("cfcard:/new2.py", 1848320)],
    ),
    ("mikrotik_routeros", "/file print"): (
        " # NAME              TYPE   SIZE     LAST-MODIFIED\n 0 flash             disk            2026-09-02 05:10:02\n"
        " 2 flash/up7.rsc     script 612      2026-11-24 03:41:02\n 3 flash/big.bin     file   9.3MiB   2026-11-24 03:41:02\n",
        [("flash/up7.rsc", 612), ("flash/big.bin", None)],
    ),
}
WHOLE = ("dir /recursive all-filesystems", "/file print")


@pytest.mark.parametrize(("platform", "command"), LISTINGS)
def test_lists_of_files(platform: str, command: str) -> None:
    text, files = LISTINGS[platform, command]
    found = seen(PLATFORMS[platform], command, text)
    assert brief(found["files"], "path", "size") == files
    assert (found["all_files"] is True) == (command in WHOLE)


@pytest.mark.parametrize(("platform", "command"), LISTINGS)
def test_a_row_of_another_form_may_be_a_file(platform: str, command: str) -> None:
    text, files = LISTINGS[platform, command]
    found = seen(PLATFORMS[platform], command, text + "?? 12 hidden.pcap of another form\n")
    assert brief(found["files"], "path", "size") == files
    assert "a form that is not known" in found["all_files"]


def test_the_linux_below_xr() -> None:
    netstat = """
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
        tcp        0      0 0.0.0.0:57722           0.0.0.0:*               LISTEN      622/sshd
        tcp6       0      0 :::22                   :::*                    LISTEN      -
        udp        0      0 127.0.0.1:323           0.0.0.0:*                           9/chronyd -x
        """
    found = shown("cisco_iosxr", "run ip netns exec tpnns netstat -nlp", netstat)
    assert brief(found["linux_listeners"], "protocol", "address", "port", "process") == [
        ("tcp", "*", 57722, "sshd"),
        ("tcp", "*", 22, ""),
        ("udp", "127.0.0.1", 323, "chronyd -x"),
    ]
    assert found["seen_namespaces"] == ["tpnns"]
    status = shown("cisco_iosxr", "run service sshd_operns status", "sshd_operns is stopped\n")["services"]
    assert brief(status, "kind", "enabled") == [("linux-ssh", False)]


SHADOW = "root:$6$Zk3uJ0vB$Qm1dRZ:19000:0:99999:7:::\nnoc1:!$6$aa$bb:19000:0:99999:7:::\nbackup::19000:0:99999:7:::\n"


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("cisco_iosxr", "run cat /etc/shadow"),
        ("cisco_nxos", "run bash sudo cat /etc/shadow"),
        ("arista_eos", "bash sudo cat /etc/shadow"),
        ("frr", "/etc/shadow"),
    ],
)
def test_hashes_are_masked_and_empty_fields_are_seen(platform: str, command: str) -> None:
    assert "$6$" not in masked(platform, command, SHADOW)
    found = seen(PLATFORMS[platform], command, SHADOW)["linux_passwords"]
    assert brief(found, "name", "passwordless") == [("root", False), ("noc1", False), ("backup", True)]


def test_sudoers_and_modes() -> None:
    sudoers = """
        Defaults env_reset
        User_Alias OPS = a, b
        root    ALL=(ALL:ALL) ALL
        %sudo   ALL=(ALL) NOPASSWD: ALL
        tool    ALL=(root) NOPASSWD: /usr/bin/systemctl restart frr
        """
    found = shown("frr", "/etc/sudoers", sudoers)["sudo_rules"]
    assert brief(found, "who", "free") == [("root", False), ("%sudo", True), ("tool", False)]
    listed = "-rwsr-xr-x 1 root root 121432 Nov 24 03:41 /usr/bin/sudo\n"
    assert brief(shown("frr", "ls -l /usr/bin/sudo", listed)["program_modes"], "mode", "owner") == [
        ("-rwsr-xr-x", "root")
    ]


def test_records_of_accounting_lose_their_secrets() -> None:
    record = (
        "Tue Nov 24 03:41:02 2026:type=update:id=203.0.113.66@pts/1:user=netsvc:cmd=configure terminal ; {} (SUCCESS)\n"
    )
    for secret in ("username x password 0 hunter2secret role network-admin", "snmp-server community hunter2secret ro"):
        text = masked("cisco_nxos", "show accounting log", record.format(secret))
        assert "hunter2secret" not in text
        assert "203.0.113.66@pts/1" in text
    (change,) = shown("cisco_nxos", "show accounting log", record.format("interface lo7"))["changes"]
    assert (change["user"], change["line"]) == ("netsvc", "203.0.113.66@pts/1")


def test_last_logins_and_last_starts() -> None:
    users = """
         #   NAME                     GROUP  ADDRESS            LAST-LOGGED-IN
         0   ;;; system default user
             admin                    full                      jun/30/2023 01:08:59
         1   fresh                    read
        """
    found = shown("mikrotik_routeros", "/user print", users)
    assert brief(found["logins"], "user", "when") == [("admin", "jun/30/2023 01:08:59"), ("fresh", "")]
    assert brief(found["accounts"], "name", "role") == [("admin", "full"), ("fresh", "read")]
    lastlog = """
        Username         Port     From             Latest
        root             pts/0    192.0.2.10       Tue Nov 24 08:47:12 +0000 2026
        daemon                                     **Never logged in**
        """
    assert brief(shown("frr", "lastlog", lastlog)["logins"], "user", "when") == [
        ("root", "Tue Nov 24 08:47:12 +0000 2026"),
        ("daemon", ""),
    ]
    uptime = "Current time: 2026-11-24 08:48:11 UTC\nSystem booted: 2026-09-02 05:02:05 UTC (11w6d 03:46 ago)\n"
    assert shown("juniper_junos", "show system uptime", uptime)["restart"]["when"] == "2026-09-02 05:02:05 UTC"


def test_the_buffer_of_the_log() -> None:
    head = (
        "Syslog logging: enabled (0 messages dropped)\n    Buffer logging:  level informational, 9 messages logged\n\n"
    )
    lines = "Log Buffer (4096 bytes):\nSep  2 05:02:44.120 UTC: %SYS-5-RESTART: System restarted --\nSep  2 06:00:00 UTC: %X-5-Y: z\n"
    buffer = shown("cisco_ios", "show logging", head + lines)["log"]["buffer"]
    assert (buffer["messages"], buffer["full"], buffer["from_boot"], buffer["keeps_boot"]) == (2, False, True, True)
    assert shown("cisco_ios", "show logging", head)["log"]["buffer"] == "unknown U-STATE"
