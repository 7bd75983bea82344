"""Outputs about integrity, changes and sockets in their documented forms (Cisco's forensic guides, genie, iproute2)."""

from __future__ import annotations

from tests.platforms.outputs import brief
from tests.platforms.test_output_forms import shown

AUTHENTICITY = """
    PACKAGE cat9k-rpbase.SPA.pkg
    ---------------------------------------------------------------------------------
    Image type                    : Special
        Signer Information
            Common Name           : CiscoSystems
            Organization Unit     : IOS-XE
            Organization Name     : CiscoSystems

    Microloader
    -----------
    Image type                    : Release
        Signer Information
            Common Name           : CiscoSystems
            Organization Name     : Someone
    """


def test_who_signed_what_runs() -> None:
    for platform in ("cisco_ios", "cisco_iosxe", "cisco_nxos"):
        found = shown(platform, "show software authenticity running", AUTHENTICITY)["signatures"]
        assert brief(found, "what", "said") == [
            ("PACKAGE cat9k-rpbase.SPA.pkg", "Special, signer CiscoSystems"),
            ("Microloader", "Release, signer Someone"),
        ]
        assert [one["good"] for one in found] == [True, False]


def test_an_output_without_an_image_is_not_read_as_unsigned() -> None:
    found = shown("cisco_iosxe", "show software authenticity running", "\n")
    assert "no 'Image type'" in found["signatures"]
    assert (
        "no segment"
        in shown(
            "cisco_iosxe",
            "show platform software process memory rp active name iosd smaps",
            "smaps for process 1:\naddress          perms offset   dev   inode      pathname\n",
        )["memory"]
    )
    torn = "smaps for process 1:\n10a0000000-10a04c1000 rwxp 00000000 00:00 0\nSize: 128 kB\n"
    command = "show platform software process memory rp active name iosd smaps"
    assert "no 'Private_Dirty'" in shown("cisco_iosxe", command, torn)["memory"]


def test_processes_of_ios_stand_in_their_own_lines() -> None:
    text = """
        CPU utilization for five seconds: 5%/0%; one minute: 6%; five minutes: 6%
         PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process
           5      131104        6504      20157  0.32%  0.06%  0.05%   0 Check heaps
        """
    (found,) = shown("cisco_ios", "show processes cpu", text)["processes"]
    assert (found["pid"], found["name"], found["source"]) == ("5", "Check heaps", 3)


def test_messages_name_their_author() -> None:
    text = """
        Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)
        *Jan 22 08:36:27.779: %SYS-5-CONFIG_I: Configured from console by admin on console
        000123: Jan 22 08:36:28: %SYS-5-CONFIG_I: Configured from console by vty0 (192.0.2.7)
        Jan 22 08:36:29: %LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to up
        Jan 22 08:36:30: %SYS-5-CONFIG_P: Configured programmatically by process SEP_webui_wsma_http from console as noc on vty1
        """
    found = shown("cisco_iosxe", "show logging", text)["messages"]
    assert brief(found, "code", "user", "address") == [
        ("SYS-5-CONFIG_I", "admin", ""),
        ("SYS-5-CONFIG_I", "", "192.0.2.7"),
        ("SYS-5-CONFIG_P", "noc", ""),
    ]


def test_records_of_nxos() -> None:
    text = """
        Thu Jan 30 01:41:15 2020:type=update:id=192.168.12.138@pts/3:user=frank:cmd=configure terminal ; feature scp-server (SUCCESS)
        Thu Jan 30 01:41:16 2020:type=update:id=2001:db8::7@pts/3:user=frank:cmd=configure terminal ; snmp-server community s3cr3t ro (SUCCESS)
        """
    found = shown("cisco_nxos", "show accounting log", text)["changes"]
    assert brief(found, "user", "address", "command") == [
        ("frank", "192.168.12.138", "configure terminal ; feature scp-server"),
        ("frank", "2001:db8::7", "configure terminal ; snmp-server community <secret-1> ro"),
    ]


def test_owners_of_packet_and_raw_sockets() -> None:
    packet = """
        Netid Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        p_raw 0      0                  *:*                *     users:(("python3",pid=17274,fd=3),("sh",pid=17275,fd=3))
        p_dgr 0      0                arp:*                *
        """
    found = shown("frr", "ss -0pb", packet)["packet_sockets"]
    assert brief(found, "process", "pid") == [("python3", "17274"), ("sh", "17275"), ("", "")]
    raw = """
        State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        UNCONN 0      0            0.0.0.0:17        0.0.0.0:*    users:(("python3",pid=17274,fd=5))
        UNCONN 0      0                  *:58              *:*    users:(("python3",pid=17274,fd=6))
        """
    assert brief(shown("frr", "ss -lwnp", raw)["raw_sockets"], "protocol", "process") == [
        ("17", "python3"),
        ("58", "python3"),
    ]


def test_files_behind_processes_by_ls_and_by_find() -> None:
    for text in (
        "lrwxrwxrwx 1 root   root    0 Nov 26 18:30 /proc/10013/exe -> /usr/lib/frr/bgpd (deleted)\n"
        "lrwxrwxrwx 1 root   root    0 Nov 26 17:06 /proc/2/exe\n",
        "     1080      0 lrwxrwxrwx   1 root     root            0 Nov 26 17:06 /proc/2/exe\n"
        "     3613      0 lrwxrwxrwx   1 root     root            0 Nov 26 18:30 /proc/10013/exe -> /usr/lib/frr/bgpd (deleted)\n",
    ):
        (found,) = shown("frr", "ls -l /proc/*/exe", text)["programs"]
        assert (found["name"], found["pid"], found["path"], found["deleted"]) == (
            "bgpd",
            "10013",
            "/usr/lib/frr/bgpd",
            True,
        )


def test_junos_processes_with_and_without_memory() -> None:
    text = """
          PID USERNAME    PRI NICE   SIZE    RES STATE    C   TIME    WCPU COMMAND
           11 root        155 ki31     0K   128K CPU0     0 938.4H  95.69% idle{idle: cpu0}
         6021 root         20    0  6204K  2204K select   1   0:07   0.00% jddosd
        """
    found = shown("juniper_junos", "show system processes extensive", text)["processes"]
    assert [(one["name"], one["kernel"]) for one in found] == [("idle{idle: cpu0}", True), ("jddosd", False)]


def test_packages_of_nxos_are_named_once() -> None:
    text = """
        Boot Images:
            Kickstart Image: slot0:/n7000-s2-kickstart.8.3.0.CV.0.658.gbin

        Active Packages:

            n7700-s2-dk10.1.2.0.D1.1.CSCuo7721.bin

        Active Packages on Module #3:

            n7700-s2-dk10.1.2.0.D1.1.CSCuo7721.bin
        """
    found = shown("cisco_nxos", "show install active", text)["packages"]
    assert brief(found, "name") == [("n7700-s2-dk10.1.2.0.D1.1.CSCuo7721.bin",)]
