"""Outputs of IOS and IOS-XE in their documented forms."""

from __future__ import annotations

from auditor.platforms.cisco_ios import platform
from tests.platforms.outputs import brief, seen


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


def test_a_row_of_another_form_is_not_left_out() -> None:
    rows = {
        "show tcp brief all": (
            "TCB       Local Address               Foreign Address             (state)\n"
            "7f1c2a10  192.0.2.1.22                198.51.100.7.50122          ESTAB\n",
            "7F1C2C00  *.4786                      *.*\n",
        ),
        "show event manager policy registered": (
            "No.  Class     Type    Event Type          Trap  Time Registered           Secu  Name\n"
            "1    applet    user    cli                 Off   Tue Nov 24 03:44:20 2026 none  HIDE\n",
            "2    applet    user    HIDE\n",
        ),
    }
    for command, (whole, odd) in rows.items():
        assert not any(isinstance(value, str) for value in seen(platform, command, whole).values())
        assert all("form that is not known" in value for value in seen(platform, command, whole + odd).values())


def test_applications_in_any_state() -> None:
    text = "App id                                   State\n-----------\nprobe      STOPPED\nutd        UPGRADING\n"
    assert brief(seen(platform, "show app-hosting list", text)["apps"], "name", "started") == [
        ("probe", False),
        ("utd", False),
    ]


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


def test_groups_that_bear_the_name_of_a_community_are_masked() -> None:
    row = (
        "groupname: {name}                     security model:{model} \n"
        "contextname: <no context specified>         storage-type: permanent\n"
        "readview : v1default                        writeview: v1default\n"
        "notifyview: <no notifyview specified>       \nrow status: active\n\n"
    )
    names = [("s3cr3t", "v1"), ("s3cr3t", "v2c"), ("ILMI", "v1"), ("NOC", "v3 auth")]
    found = seen(platform, "show snmp group", "".join(row.format(name=name, model=model) for name, model in names))
    assert "s3cr3t" not in repr(found)
    assert brief(found["snmp_groups"], "name", "community", "write_source") == [
        ("<secret-1>", "plain text", 3),
        ("<secret-1>", "plain text", 9),
        ("ILMI", None, 15),
        ("NOC", None, 21),
    ]


def test_the_lines_that_protect_a_user_are_known() -> None:
    text = (
        "User name: poller2\nEngine ID: 800000090300525400A1B201\nstorage-type: nonvolatile        active\n"
        "Authentication Protocol: MD5\nPrivacy Protocol: DES\nGroup-name: NOC-RO\n\n"
    )
    found = seen(platform, "show snmp user", text * 2)["snmp_users"]
    assert brief(found, "source", "sources", "auth", "privacy") == [
        (1, [4, 5], "md5", "des"),
        (8, [11, 12], "md5", "des"),
    ]


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
