"""Captures of a session: several commands and outputs in one file (parsing traps 3 and 7)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine.captures import alone, configuration, documents, split
from auditor.engine.intake import snapshot, survey
from auditor.engine.packs import load
from auditor.model.snapshot import RUNNING

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
