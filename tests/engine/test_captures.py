"""Captures of a session: several commands and outputs in one file (parsing traps 3 and 7)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine.captures import Part, alone, configuration, documents, split
from auditor.engine.intake import Collected, snapshot, survey
from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.syntax.mask import Masker

PLATFORMS = load().platforms
SESSION = """\
Last login: yesterday

r1#terminal length 0
r1#sh ver
Cisco IOS Software, Version 15.2(4)M6
r1#show run
Building configuration...
version 15.2
hostname r1
username alice privilege 15 secret 5 $1$abcd$0123456789012345678901
banner motd ^CDo not type show run here: r9#show run^C
end

r1#show users
    Line       User       Host(s)
r1#
"""


def test_a_capture_is_split_at_its_prompts() -> None:
    named = documents(split(SESSION.split("\n")), PLATFORMS)
    assert [(document, part.start) for document, part in named] == [
        ("terminal length 0", 2),
        ("show version", 3),
        (RUNNING, 5),
        ("show users", 13),
    ]
    assert named[-1][1].end == 15


def test_lines_keep_their_numbers() -> None:
    part = configuration(documents(split(SESSION.split("\n")), PLATFORMS))
    assert part is not None
    kept = alone(SESSION.encode(), part).decode().split("\n")
    original = SESSION.split("\n")
    assert [line for line in kept if line] == [line for line in original[6:13] if line]
    assert kept[8] == original[8] == "hostname r1"


def test_the_outputs_are_documents_of_one_device() -> None:
    found = survey("r1.log", SESSION.encode(), PLATFORMS)
    assert (found.platform, found.host) == ("cisco_ios", "r1")
    taken = snapshot(found, "r1", SESSION.encode(), PLATFORMS)
    assert [(one.name, one.role) for one in taken.documents] == [
        ("r1.log", RUNNING),
        ("r1.log: terminal length 0", "terminal length 0"),
        ("r1.log: show version", "show version"),
        ("r1.log: show users", "show users"),
    ]


def test_a_capture_without_a_configuration_is_skipped_and_says_what_it_holds() -> None:
    found = survey("r1.log", b"r1#show users\n  Line\nr1#show version\nVersion 15\n", PLATFORMS)
    assert found.skip == "a capture without a running configuration; it holds 'show users', 'show version'"


@pytest.mark.parametrize(
    ("prompt", "command"),
    [
        ("RP/0/RP0/CPU0:pe1#", "show running-config"),
        ("pe1(config)#", "show running-config"),
        ("admin@mx1> ", "show configuration | display set"),
        ("{master}\nadmin@mx1> ", "show configuration"),
        ("A:pe1# ", "admin display-config"),
        ("*A:pe1>config# ", "info"),
        ("A:admin@pe1# ", "admin show configuration"),
        ("<HUAWEI>", "display current-configuration"),
        ("[~HUAWEI]", "display current-configuration"),
        ("[admin@MikroTik] > ", "/export"),
        ("localhost>", "show running-config"),
    ],
)
def test_prompts_of_every_platform(prompt: str, command: str) -> None:
    text = f"{prompt}{command}\nfirst line\nsecond line\n{prompt.rstrip()}\n"
    (part,) = split(text.split("\n"))
    assert part.command == command
    assert [line for line in alone(text.encode(), part).decode().split("\n") if "line" in line] == [
        "first line",
        "second line",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "version 15.2\nhostname r1\nend\n",
        " description show # 1\n",
        "alias exec s show ip interface\n",
        "access-list 10 permit any log #show\n",
    ],
)
def test_a_configuration_is_no_capture(text: str) -> None:
    assert split(text.split("\n")) == ()


@given(st.lists(st.sampled_from([*SESSION.split("\n"), "", "r1#", "#", "show run"])))
def test_parts_follow_each_other(lines: list[str]) -> None:
    parts = split(lines)
    for part, following in itertools.pairwise(parts):
        assert part.start < part.end == following.start
    assert all(0 <= part.start < part.end <= len(lines) for part in parts)


BESIDE = {
    "cisco_ios": (
        "r1#show version\nCisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE\n"
        "r1#show run\nversion 15.2\nhostname r1\nend\nr1#\n",
        "15.2(4)M6",
    ),
    "cisco_iosxr": (
        "RP/0/RP0/CPU0:r1#show version\nCisco IOS XR Software, Version 7.5.2\nRP/0/RP0/CPU0:r1#show run\n"
        "!! IOS XR Configuration 7.5\nhostname r1\ninterface MgmtEth0/RP0/CPU0/0\n!\nend\nRP/0/RP0/CPU0:r1#\n",
        "7.5.2",
    ),
    "juniper_junos": (
        "u@r1> show version\nHostname: r1\nJunos: 22.4R3.25\nu@r1> show configuration | display set\n"
        "set system host-name r1\nu@r1>\n",
        "22.4R3.25",
    ),
    "huawei_vrp": (
        "<r1>display version\nHuawei Versatile Routing Platform Software\nVRP (R) software, Version 8.180 (NE40E"
        " V800R021C10SPC600)\n<r1>display current-configuration\nsysname r1\n#\nreturn\n<r1>\n",
        "V800R021C10SPC600",
    ),
}
"""Platform -> a session with the version and the configuration, and the release that it shows."""


@pytest.mark.parametrize("platform", BESIDE)
def test_what_was_shown_beside_the_configuration_is_read(platform: str) -> None:
    text, release = BESIDE[platform]
    found = survey("r1.log", text.encode(), PLATFORMS, platform)
    taken = snapshot(found, "r1", text.encode(), PLATFORMS)
    facts = PLATFORMS[platform].read(taken.device, taken.documents, (), Masker(b"key")).facts
    assert facts.os_version.need() == release
    assert facts.os_version.sources[0].line == next(
        number for number, line in enumerate(text.split("\n"), 1) if release in line
    )


def test_a_session_that_an_inventory_names_is_taken_apart() -> None:
    text = BESIDE["cisco_ios"][0].encode()
    device = Device("r1", "cisco_ios", config="r1.log")
    opened = Collected(Snapshot(device, (Document("r1.log", text),))).opened(PLATFORMS)
    assert [one.role for one in opened.snapshot.documents] == [RUNNING, "show version"]
    by_ssh = Document("show running-config", text, collected_by="ssh")
    assert Collected(Snapshot(device, (by_ssh,))).opened(PLATFORMS).snapshot.documents == (by_ssh,)


@pytest.mark.parametrize(
    ("command", "document"),
    [
        ("show configuration", RUNNING),
        ("show configuration | no-more", RUNNING),
        ("show configuration | display set | no-more", RUNNING),
        ("show configuration | match snmp", "show configuration | match snmp"),
        ("show run | include snmp", "show run | include snmp"),
        ("show run", RUNNING),
        ("info from running | as text", RUNNING),
    ],
)
def test_a_filter_that_leaves_something_out_makes_another_document(command: str, document: str) -> None:
    assert [name for name, _ in documents([Part(command, 0, 1)], PLATFORMS)] == [document]
