"""Outputs of IOS and IOS-XE: documented forms, real samples, refusals, and forms that nobody knows."""

from __future__ import annotations

import pytest

from auditor.platforms.cisco_ios import platform
from tests.platforms.outputs import SAMPLES, brief, seen

REAL = {
    "cisco_ios/genie_ShowLogging_golden_output_1.txt": "show logging",
    "cisco_ios/genie_ShowUsers_golden_output_1.txt": "show users",
    "cisco_ios/ntc_cisco_ios_show_aliases.txt": "show aliases",
    "cisco_ios/ntc_cisco_ios_show_ip_http_server_status.txt": "show ip http server all",
    "cisco_ios/ntc_cisco_ios_show_snmp_community.txt": "show snmp community",
    "cisco_ios/ntc_cisco_ios_show_snmp_group.txt": "show snmp group",
    "cisco_ios/ntc_cisco_ios_show_snmp_user.txt": "show snmp user",
    "cisco_ios/ntc_cisco_ios_show_version.txt": "show version",
    "cisco_iosxe/genie_ShowApphostingList_golden_output.txt": "show app-hosting list",
    "cisco_iosxe/genie_ShowIox_golden_output_2.txt": "show iox",
    "cisco_iosxe/genie_ShowIpHttpServerAll_golden_output_1.txt": "show ip http server all",
    "cisco_iosxe/genie_ShowIpSsh_golden_output1.txt": "show ip ssh",
    "cisco_iosxe/genie_ShowMonitorCapture_golden_output1.txt": "show monitor capture",
    "cisco_iosxe/genie_ShowMonitor_golden_output1.txt": "show monitor session all",
    "cisco_iosxe/genie_ShowMonitor_golden_output2.txt": "show monitor session all",
    "cisco_iosxe/genie_ShowSnmpUser_golden_output.txt": "show snmp user",
    "cisco_iosxe/genie_ShowSystemInsecureConfiguration_golden_output.txt": "show system insecure configuration",
    "cisco_iosxe/genie_ShowTcpBriefNumeric_golden_output.txt": "show tcp brief all",
    "cisco_iosxe/genie_ShowUsers_golden_output_2.txt": "show users",
    "cisco_iosxe/genie_ShowVersion_golden_output_1.txt": "show version",
}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the corpus of real outputs is not on this machine")
@pytest.mark.parametrize("name", REAL)
def test_real_sample_is_understood(name: str) -> None:
    for topic, value in seen(platform, REAL[name], (SAMPLES / name).read_bytes()).items():
        assert not isinstance(value, str), f"{topic}: {value}"
        assert value or value is False


@pytest.mark.parametrize("command", sorted(platform.outputs))
@pytest.mark.parametrize(
    "text",
    [
        "% Invalid input detected at '^' marker.",
        "Command authorization failed.",
        "              ^\n% Invalid input detected at '^' marker.",
    ],
)
def test_a_refused_command_is_unknown(command: str, text: str) -> None:
    for value in seen(platform, command, text).values():
        assert "did not carry the command out" in value


@pytest.mark.parametrize("command", sorted(platform.outputs))
def test_an_unknown_form_is_unknown_and_never_empty(command: str) -> None:
    for value in seen(platform, command, "something that no release prints\nand another line 17\n").values():
        assert isinstance(value, str)
        assert value.startswith("state: ")


def test_sessions() -> None:
    found = seen(
        platform,
        "show users",
        "    Line       User       Host(s)              Idle       Location\n"
        "*  2 vty 0     admin      idle                 00:00:00 198.51.100.7\n"
        "   3 vty 1     cisco      192.0.2.9            00:41:10 203.0.113.9\n"
        "   0 con 0                idle                 1d02h\n"
        "  Interface    User               Mode         Idle     Peer Address\n",
    )["sessions"]
    assert brief(found, "user", "line", "address", "own", "source") == [
        ("admin", "vty 0", "198.51.100.7", True, 2),
        ("cisco", "vty 1", "203.0.113.9", False, 3),
        ("", "con 0", "", False, 4),
    ]


def test_listeners_and_connections() -> None:
    found = seen(
        platform,
        "show tcp brief all",
        "TCB       Local Address               Foreign Address             (state)\n"
        "7F1C2A10  192.0.2.1.22                198.51.100.7.50122          ESTAB\n"
        "7F1C2C00  *.4786                      *.*                         LISTEN\n",
    )
    assert brief(found["listeners"], "address", "port", "source") == [("*", 4786, 3)]
    assert brief(found["connections"], "local", "remote", "state") == [("192.0.2.1:22", "198.51.100.7:50122", "ESTAB")]


def test_open_ports() -> None:
    found = seen(
        platform,
        "show control-plane host open-ports",
        "Active internet connections (servers and established)\n"
        "Prot        Local Address      Foreign Address                  Service    State\n"
        " tcp                 *:22                  *:0               SSH-Server   LISTEN\n"
        " udp                *:161                  *:0                  IP SNMP   LISTEN\n",
    )["listeners"]
    assert brief(found, "protocol", "port", "process") == [("tcp", 22, "SSH-Server"), ("udp", 161, "IP SNMP")]


def test_files() -> None:
    found = seen(
        platform,
        "dir /recursive all-filesystems",
        "Directory of bootflash:/*\n\n"
        "   11  drwx           16384   Jan 1 2024 10:00:00 +00:00  lost+found\n"
        "   12  -rw-           48213   Nov 3 2026 02:11:09 +00:00  mycap.pcap\n\n"
        "Directory of bootflash:/guest-share\n\n"
        "  170  -rw-            1024   Nov 3 2026 02:12:00 +00:00  map.tcl\n",
    )["files"]
    assert brief(found, "path", "size", "changed") == [
        ("bootflash:/mycap.pcap", 48213, "Nov 3 2026 02:11:09 +00:00"),
        ("bootflash:/guest-share/map.tcl", 1024, "Nov 3 2026 02:12:00 +00:00"),
    ]


def test_changes() -> None:
    found = seen(
        platform,
        "show archive log config all",
        " idx   sess           user@line      Logged command\n"
        "   41     5         admin@vty0     |interface Tunnel9\n"
        "   42     5         admin@vty0     | tunnel destination 203.0.113.9\n",
    )["changes"]
    assert brief(found, "user", "line", "command") == [
        ("admin", "vty0", "interface Tunnel9"),
        ("admin", "vty0", "tunnel destination 203.0.113.9"),
    ]


def test_no_mirror_session_is_known() -> None:
    assert seen(platform, "show monitor session all", "No SPAN configuration is present in the system.\n") == {
        "mirrors": []
    }


def test_no_capture_is_known() -> None:
    assert seen(platform, "show monitor capture", "r1#\n\n") == {"captures": []}


def test_names_of_communities_are_masked() -> None:
    text = (
        "Community name: s3cr3t\nCommunity Index: cisco1\nCommunity SecurityName: s3cr3t\nstorage-type: nonvolatile\n"
    )
    found = seen(platform, "show snmp community", text)
    assert "s3cr3t" not in repr(found)
    assert brief(found["communities"], "secret") == [("plain text",)]


def test_smart_install() -> None:
    (client,) = seen(platform, "show vstack config", " Role: Client (SmartInstall enabled)\n")["services"]
    assert (client["kind"], client["enabled"]) == ("smart-install", True)
    (off,) = seen(platform, "show vstack config", " Role: Client (SmartInstall disabled)\n")["services"]
    assert off["enabled"] is False


def test_tacacs_servers() -> None:
    found = seen(
        platform,
        "show tacacs",
        "\nTacacs+ Server -  public  :\n               Server name: T1\n            Server address: 192.0.2.49\n"
        "               Server port: 49\n              Socket opens:          9\n             Socket closes:          9\n"
        "             Socket aborts:          0\n             Socket errors:          0\n"
        "           Socket Timeouts:          0\n   Failed Connect Attempts:          0\n"
        "        Total Packets Sent:          9\n        Total Packets Recv:          9\n",
    )["servers"]
    assert brief(found, "address", "protocol") == [("192.0.2.49", "tacacs+")]
