"""What a text seems to be, and whether an output is whole."""

from __future__ import annotations

import pytest

from auditor.platforms.cisco_ios.commands import COMMANDS, whole
from auditor.platforms.cisco_ios.detection import detect

IOS = ["service timestamps log datetime msec", "hostname r1", "interface GigabitEthernet0/1", "line vty 0 4", "end"]


@pytest.mark.parametrize(
    ("lines", "platform"),
    [
        (["version 15.2", *IOS], "cisco_ios"),
        (["version 12.4", *IOS], "cisco_ios"),
        (["version 16.6", *IOS], "cisco_iosxe"),
        (["version 17.12", *IOS], "cisco_iosxe"),
        (["! Cisco IOS XE Software, Version 03.16", "version 15.5", *IOS], "cisco_iosxe"),
        (["version 15.5", "platform qfp utilization monitor load 80", *IOS], "cisco_iosxe"),
        (["version 15.5", "license udi pid CSR1000V sn 1", *IOS], "cisco_iosxe"),
        (["!RANCID-CONTENT-TYPE: cisco", "!", "hostname r1", "end"], "cisco_ios"),
        (IOS, "cisco_ios"),
    ],
)
def test_ios_and_iosxe(lines: list[str], platform: str) -> None:
    found = detect(lines)
    assert found is not None
    assert found.platform == platform


@pytest.mark.parametrize(
    "lines",
    [
        ["!! IOS XR Configuration 7.3.2", "hostname r1", "interface GigabitEthernet0/0/0/0", "end"],
        ["!Command: show running-config", "version 9.3(5)", "feature bgp", "hostname r1"],
        ["! device: leaf1 (DCS-7050, EOS-4.28)", "hostname leaf1", "end"],
        ["frr version 8.4.4", "frr defaults traditional", "hostname r1", "line vty", "end"],
        ["!RANCID-CONTENT-TYPE: cisco-xr", "hostname r1", "end"],
        ["Dear all,", "please find the report attached.", ""],
        # Many systems have a name in this form, among them firewalls and switches of others.
        ["hostname FW_1", "!", "timezone <+07>-7", "interface logical lan", " ip address dhcp", " exit"],
        ["! zebra.conf", "hostname r2", "interface lo", " ip address 192.0.2.1/32"],
        [],
    ],
)
def test_what_is_none(lines: list[str]) -> None:
    assert detect(lines) is None


@pytest.mark.parametrize("frame", ["```\n{}\n```", "r1#show running-config\nBuilding configuration...\n\n{}\nr1#"])
def test_what_stands_around_a_configuration(frame: str) -> None:
    found = detect(frame.format("\n".join(["version 15.2", *IOS])).split("\n"))
    assert found is not None
    assert (found.platform, found.confidence) == ("cisco_ios", 90)


def test_numbered_lines() -> None:
    numbered = [f"{number + 1:>5}|{line}" for number, line in enumerate(["version 17.3", *IOS])]
    found = detect(numbered)
    assert found is not None
    assert (found.platform, found.confidence) == ("cisco_iosxe", 98)


def test_words_in_comments_and_in_indented_lines_say_nothing() -> None:
    assert detect(["! version 17.6", "!line vty 0 4", "  hostname r1", "  line vty 0 4"]) is None


@pytest.mark.parametrize(
    ("document", "lines", "reason"),
    [
        ("show running-config", ["version 15.2", "hostname r1", "end", ""], ""),
        ("show running-config", ["version 15.2", "hostname r1"], "does not finish with 'end'"),
        ("show running-config", ["Interface  Status", "end"], "neither 'version' nor 'hostname'"),
        ("show running-config", ["", " "], "empty"),
        ("show version", ["Cisco IOS Software, Version 15.2"], ""),
        ("show version", ["r1#"], "no version"),
    ],
)
def test_whole(document: str, lines: list[str], reason: str) -> None:
    told = whole(document, lines)
    assert reason in told
    assert bool(told) is bool(reason)


def test_only_show_commands_are_sent() -> None:
    assert all(spelling.startswith(("show ", "dir ")) for command in COMMANDS for spelling in command.send)
