"""Outputs in their documented forms, platform by platform; those of IOS are in its own folder."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from auditor.engine.packs import load
from tests.platforms.outputs import brief, seen

PLATFORMS = load().platforms


def shown(platform: str, command: str, text: str) -> dict[str, Any]:
    return seen(PLATFORMS[platform], command, dedent(text).lstrip("\n"))


def test_xr_sessions_and_sockets() -> None:
    users = """
        Thu Nov 19 10:00:00.000 UTC
           Line            User                 Service  Conns   Idle        Location
        *  vty0            noc1                 ssh          0  00:00:00    198.51.100.7
           con0/RP0/CPU0   root                 hardware     0  00:12:10
        """
    found = shown("cisco_iosxr", "show users", users)["sessions"]
    assert brief(found, "user", "line", "address", "protocol", "own") == [
        ("noc1", "vty0", "198.51.100.7", "ssh", True),
        ("root", "con0/RP0/CPU0", "", "", False),
    ]
    tcp = """
           PCB     VRF-ID     Recv-Q Send-Q Local Address            Foreign Address          State
        0x00007f10 0x60000000      0      0  :::22                   :::0                     LISTEN
        0x00007f20 0x60000000      0      0  192.0.2.1:179           192.0.2.2:37211          ESTAB
        """
    seen_tcp = shown("cisco_iosxr", "show tcp brief", tcp)
    assert brief(seen_tcp["listeners"], "address", "port") == [("*", 22)]
    assert brief(seen_tcp["connections"], "local", "remote") == [("192.0.2.1:179", "192.0.2.2:37211")]


def test_xr_packages_servers_and_log() -> None:
    active = """
        Label : 7.3.2
          Active Packages: 18
                ncs5500-xr-7.3.2 version=7.3.2 [Boot image]
                ncs5500-li-1.0.0.0-r732
        """
    found = shown("cisco_iosxr", "show install active summary", active)["packages"]
    assert brief(found, "name", "version") == [("ncs5500-xr-7.3.2", "7.3.2"), ("ncs5500-li-1.0.0.0-r732", "")]
    tacacs = "Server: 192.0.2.49/49 vrf=default [private]\n        opens=12 closes=12\n"
    (server,) = shown("cisco_iosxr", "show tacacs", tacacs)["servers"]
    assert (server["address"], server["port"], server["vrf"]) == ("192.0.2.49", 49, "default")
    log = "Syslog logging: enabled (3 messages dropped, 0 flushes, 0 overruns)\n    Console logging: Disabled\n"
    assert shown("cisco_iosxr", "show logging", log)["log"]["dropped"] == 3


def test_nxos_sessions_sockets_and_mirrors() -> None:
    users = """
        NAME     LINE         TIME         IDLE          PID COMMENT
        admin    ttyS0        Sep  5 14:31   .         14473 *
        admin    pts/0        Sep  5 14:40   .         15001 (198.51.100.7) session=ssh
        """
    found = shown("cisco_nxos", "show users", users)["sessions"]
    assert brief(found, "line", "address", "protocol", "own") == [
        ("ttyS0", "", "", True),
        ("pts/0", "198.51.100.7", "ssh", False),
    ]
    sockets = """
        Total number of netstack tcp sockets: 4
        Active connections (including servers)
                Protocol State/       Recv-Q/   Local Address(port)/
                         Context      Send-Q    Remote Address(port)
        [host]: tcp(4/6) LISTEN       0         *(22)
                         Wildcard     0         *(*)
        [host]: tcp      ESTABLISHED  0         192.0.2.12(22)
                         management   96        198.51.100.7(59879)
        """
    both = shown("cisco_nxos", "show sockets connection", sockets)
    assert brief(both["listeners"], "port", "source") == [(22, 5)]
    assert brief(both["connections"], "local", "remote") == [("192.0.2.12:22", "198.51.100.7:59879")]
    session = """
        session 2
        ---------------
        type              : erspan-source
        state             : up
        destination-ip    : 203.0.113.9
        origin-ip         : 192.0.2.1 (global)
        source intf       :
            rx            : Eth1/1
        """
    (mirror,) = shown("cisco_nxos", "show monitor session all", session)["mirrors"]
    assert (mirror["kind"], mirror["active"], mirror["copied"]) == ("erspan", True, ["Eth1/1 rx"])
    assert brief(mirror["destinations"], "kind", "value") == [("address", "203.0.113.9")]


def test_junos_sessions_sockets_processes_commits_and_mirrors() -> None:
    users = """
         8:48AM  up 31 days, 19:16, 2 users, load averages: 0.04, 0.04, 0.01
        USER     TTY      FROM                              LOGIN@  IDLE WHAT
        alice    p0       192.0.2.10                       8:40AM      - -cli (cli)
        root     p1       198.51.100.7                     3:12AM   1:02 -csh (csh)
        """
    found = shown("juniper_junos", "show system users no-resolve", users)["sessions"]
    assert brief(found, "user", "address", "protocol") == [
        ("alice", "192.0.2.10", "-cli (cli)"),
        ("root", "198.51.100.7", "-csh (csh)"),
    ]
    sockets = """
        Active Internet connections (including servers)
        Proto Recv-Q Send-Q  Local Address            Foreign Address          (state)
        tcp4       0      0  192.0.2.1.22             192.0.2.10.51544         ESTABLISHED
        tcp4       0      0  *.31234                  *.*                      LISTEN
        udp4       0      0  *.161                    *.*
        """
    both = shown("juniper_junos", "show system connections", sockets)
    assert brief(both["listeners"], "protocol", "port") == [("tcp4", 31234), ("udp4", 161)]
    processes = """
        last pid: 24931;  load averages:  0.89,  0.94,  0.81  up 41+06:26:24    00:51:55
          PID USERNAME    PRI NICE   SIZE    RES STATE    C   TIME    WCPU COMMAND
        19876 root         21    0    14G    13G kqread   3 938.4H   2.69% rpd{rpd}
         6021 root         20    0  6204K  2204K select   1   0:07   0.00% jdosd
        """
    names = shown("juniper_junos", "show system processes extensive", processes)["processes"]
    assert brief(names, "name", "pid", "user") == [("rpd{rpd}", "19876", "root"), ("jdosd", "6021", "root")]
    commits = "0   2025-02-27 16:35:35 UTC by alice via cli\n1   2025-02-11 02:14:09 UTC by root via other\n"
    changes = shown("juniper_junos", "show system commit", commits)["changes"]
    assert brief(changes, "user", "line") == [("alice", "cli"), ("root", "other")]
    mirroring = """
        Instance Name: mirror1
          Instance Id: 2
          Output parameters:
            Family                State     Destination          Next-hop
            inet                  up        gr-0/0/0.5
        """
    (mirror,) = shown("juniper_junos", "show forwarding-options port-mirroring", mirroring)["mirrors"]
    assert (mirror["name"], mirror["active"], mirror["copied"]) == ("mirror1", True, ["inet"])
    assert brief(mirror["destinations"], "value") == [("gr-0/0/0.5",)]


def test_eos_ssh_api_and_sockets() -> None:
    for text in ("SSHD status for Default VRF: enabled\n", "SSHD status for Default VRF is enabled\n"):
        (ssh,) = shown("arista_eos", "show management ssh", text)["services"]
        assert (ssh["kind"], ssh["enabled"], ssh["vrfs"]) == ("ssh", True, ["Default"])
    api = """
        Enabled:            Yes
        HTTPS server:       running, set to use port 443
        HTTP server:        shutdown, set to use port 80
        """
    found = shown("arista_eos", "show management api http-commands", api)["services"]
    assert brief(found, "name", "enabled", "port", "tls") == [("https", True, 443, True), ("http", False, 80, False)]
    sockets = """
        State   Recv-Q  Send-Q  Local Address:Port   Peer Address:Port  Process
        LISTEN  0       128           0.0.0.0:22          0.0.0.0:*      users:(("sshd",pid=2101,fd=3))
        LISTEN  0       128           0.0.0.0:4444        0.0.0.0:*      users:(("agent",pid=4242,fd=5))
        """
    found = shown("arista_eos", "bash ss -tlnp", sockets)["listeners"]
    assert brief(found, "port", "process") == [(22, "sshd"), (4444, "agent")]


def test_sros_sessions_sockets_and_mirrors() -> None:
    users = """
        ===============================================================================
        User                             Type      Login time            Idle time
          Session ID   From
        ===============================================================================
                                         Console       --                 0d 00:01:17
          2            --
        admin                            SSHv2     05JUN2025 04:46:00    0d 00:00:00
          #7           192.0.2.10
        -------------------------------------------------------------------------------
        Number of users : 1
        """
    found = shown("nokia_sros", "show users", users)["sessions"]
    assert brief(found, "user", "protocol", "address", "own") == [
        ("", "Console", "", False),
        ("admin", "SSHv2", "192.0.2.10", True),
    ]
    sockets = """
        Prot  RecvQ   TxmtQ Local Address                  State       vRtrID
              Remote Address
        -------------------------------------------------------------------------------
        TCP       0       0 0.0.0.0.22                     LISTEN      0
              0.0.0.0.0
        UDP       0       0 0.0.0.0.161                    --          0
              0.0.0.0.0
        """
    found = shown("nokia_sros", "show system connections", sockets)["listeners"]
    assert brief(found, "protocol", "address", "port") == [("tcp", "*", 22), ("udp", "*", 161)]
    mirrors = """
        Id       Type   Adm  Oper  Destination           SDP Lbl/        Slice
                                                         SAP QoS
        -------------------------------------------------------------------------------
        100      Ether  Up   Up    SDP 5 (198.51.100.9)  Egr: 262134     0
        """
    (mirror,) = shown("nokia_sros", "show mirror mirror-dest", mirrors)["mirrors"]
    assert (mirror["name"], mirror["active"]) == ("100", True)
    assert brief(mirror["destinations"], "kind", "value") == [("address", "198.51.100.9")]


def test_srlinux_release_and_applications() -> None:
    version = """
        ---------------------------------------------------
        Hostname             : leaf1
        Chassis Type         : 7220 IXR-D3L
        Software Version     : v23.10.1
        Last Booted          : 2025-02-06T11:38:51.482Z
        """
    release = shown("nokia_srlinux", "show version", version)["release"]
    assert (release["version"], release["model"], release["restarted"]) == (
        "v23.10.1",
        "7220 IXR-D3L",
        "2025-02-06T11:38:51.482Z",
    )
    applications = """
          | Name      | PID   | State   | Version | Last Change              |
          | aaa_mgr   | 2012  | running | v23.10.1| 2025-02-06T11:39:10.110Z |
          | netq-agent| 4410  | running |         | 2025-03-01T02:11:04.000Z |
        """
    found = shown("nokia_srlinux", "show system application *", applications)["processes"]
    assert brief(found, "name", "pid") == [("aaa_mgr", "2012"), ("netq-agent", "4410")]


def test_vrp_sessions_accounts_and_services() -> None:
    users = """
          User-Intf    Delay    Type   Network Address     AuthenStatus    AuthorcmdFlag
        + 34  VTY 0    00:00:00 SSH    192.0.2.10          pass            no
          Username : alice
          35  VTY 1    01:10:04 TEL    198.51.100.7        pass            no
        """
    found = seen(PLATFORMS["huawei_vrp"], "display users", dedent(users).lstrip("\n"))["sessions"]
    assert brief(found, "user", "line", "address", "protocol", "own") == [
        ("alice", "VTY 0", "192.0.2.10", "ssh", True),
        ("", "VTY 1", "198.51.100.7", "telnet", False),
    ]
    accounts = """
          User-name                      State  AuthMask  AdminLevel
          ----------------------------------------------------------------------------
          alice                          A      S         1
          huawei1                        A      A         15
        """
    found = shown("huawei_vrp", "display local-user", accounts)["accounts"]
    assert brief(found, "name", "admin") == [("alice", False), ("huawei1", True)]
    telnet = " TELNET IPv4 server                       :Disable\n TELNET server port                       :23\n"
    assert brief(shown("huawei_vrp", "display telnet server status", telnet)["services"], "enabled") == [(False,)]
    ssh = " SSH version 1.x compatibility              : Enable\n STELNET IPv4 server                        : Enable\n"
    both = shown("huawei_vrp", "display ssh server status", ssh)
    assert both["ssh"]["version1"] is True
    assert brief(both["services"], "kind", "enabled") == [("ssh", True)]


def test_routeros_sessions_and_sniffer() -> None:
    active = """
        Flags: R - radius, M - by-romon
         #    WHEN                 NAME       ADDRESS         VIA
         0    2025-03-01 09:38:39  alice      192.0.2.10      ssh
         1    2025-03-01 03:12:02  support2   198.51.100.7    api
        """
    found = shown("mikrotik_routeros", "/user active print", active)["sessions"]
    assert brief(found, "user", "address", "protocol") == [
        ("alice", "192.0.2.10", "ssh"),
        ("support2", "198.51.100.7", "api"),
    ]
    sniffer = """
                         running: yes
               streaming-enabled: yes
                streaming-server: 198.51.100.9:37008
        """
    (capture,) = shown("mikrotik_routeros", "/tool sniffer print", sniffer)["captures"]
    assert (capture["active"], capture["target"]) == (True, "198.51.100.9:37008")
    idle = "      only-headers: no\n           running: no\n"
    assert shown("mikrotik_routeros", "/tool sniffer print", idle)["captures"] == []


@pytest.mark.parametrize("platform", ["frr", "nokia_srlinux"])
def test_linux_processes(platform: str) -> None:
    command = {"frr": "ps -ef", "nokia_srlinux": "bash ps -ef"}[platform]
    text = """
        UID          PID    PPID  C STIME TTY          TIME CMD
        root           1       0  0 Mar01 ?        00:00:04 /sbin/init
        frr          812       1  0 Mar01 ?        00:01:02 /usr/lib/frr/bgpd -d -F traditional -A 127.0.0.1
        """
    found = shown(platform, command, text)["processes"]
    assert brief(found, "name", "user", "pid") == [("/sbin/init", "root", "1"), ("/usr/lib/frr/bgpd", "frr", "812")]


@pytest.mark.parametrize(
    ("platform", "command", "topic", "text"),
    [
        (
            "huawei_vrp",
            "display configuration commit list",
            "changes",
            """
            No.  CommitId    Label                User                 TimeStamp
            1    1000000584  -                    noc1                 2026-11-24 16:32:38
            2    1000000583  before upgrade       netsvc               2026-11-23 16:32:38
            """,
        ),
        (
            "nokia_sros",
            "show system management-interface commit-history",
            "changes",
            """
            Commit History
              Committed 2026-11-24T10:00:00.0+00:00 by noc1 (MD-CLI) from 192.0.2.20
              Committed by netsvc
            """,
        ),
        (
            "nokia_srlinux",
            "show system aaa authentication session *",
            "sessions",
            """
            | ID | User name | Service name | Remote host |
            | 1  | noc1*     | sshd         | 192.0.2.20  |
            | 2  | net|svc   | sshd         | 203.0.113.7 |
            """,
        ),
    ],
)
def test_a_row_of_another_form_is_not_left_out(platform: str, command: str, topic: str, text: str) -> None:
    assert "form" in shown(platform, command, text)[topic]
    whole = "\n".join(text.rstrip().split("\n")[:-1])
    assert not isinstance(shown(platform, command, whole)[topic], str)
