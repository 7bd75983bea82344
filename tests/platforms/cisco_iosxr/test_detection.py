"""What is taken for an IOS XR configuration, and what is not."""

from __future__ import annotations

import pytest

from auditor.platforms.cisco_iosxr.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_iosxr.detection import detect
from auditor.syntax.text import decode
from tests.platforms.cisco_iosxr.conftest import CORPUS
from tests.platforms.cisco_iosxr.formal import formal
from tests.platforms.cisco_iosxr.samples import EDGE

SURE = 80


def sure(text: str) -> bool:
    found = detect(text.splitlines())
    return found is not None and found.confidence >= SURE


def test_head_prompt_and_form_do_not_matter() -> None:
    headless = EDGE[EDGE.index("hostname") :]
    for text in (EDGE, headless, formal(headless), "\r\n".join(headless.splitlines())):
        assert sure(text)


def test_collectors_and_fences() -> None:
    """Parsing traps 4 and 5."""
    headless = EDGE[EDGE.index("hostname") :]
    assert sure("!RANCID-CONTENT-TYPE: cisco-xr\n!\nhostname r1\n")
    assert sure("! RANCID-CONTENT-TYPE: cisco-xr\nhostname r1\n")
    assert sure("# pe1\n\n```\n" + headless + "```\n")
    assert sure("! Cisco IOS XR Software, Version 7.3.2\n!\nhostname r1\n")
    assert sure("\n".join(f"  {number}|{line}" for number, line in enumerate(headless.splitlines(), 1)))


def test_a_snippet_is_told_with_less_confidence() -> None:
    found = detect(["router static", " address-family ipv4 unicast", "  0.0.0.0/0 192.0.2.1"])
    assert found is not None
    assert found.confidence < SURE


@pytest.mark.parametrize(
    "text",
    [
        "version 15.7\nhostname r1\ninterface GigabitEthernet0/0\n ip address 192.0.2.1 255.255.255.0\nend\n",
        "!Command: show running-config\nfeature bgp\ninterface Ethernet1/1\n",
        "frr version 8.4\nhostname r1\nrouter bgp 1\n neighbor 192.0.2.1 remote-as 2\n",
        "Cisco IOS XR Software, Version 7.3.2\nBuild Information:\n Version      : 7.3.2\n",
        "hello\nworld\n",
        "",
    ],
)
def test_others_are_left_to_their_own(text: str) -> None:
    assert detect(text.splitlines()) is None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
def test_real_files_are_claimed_by_their_owner_alone() -> None:
    for path in sorted(CORPUS.glob("*/*")):
        found = detect(decode(path.read_bytes()))
        if path.parent.name == "cisco_iosxr":
            assert found is not None and found.confidence >= SURE, path.name
        else:
            assert found is None or found.confidence < 60, f"{path.parent.name}/{path.name}: {found}"


def test_commands_only_read() -> None:
    assert all(spelling.startswith(("show ", "admin show ", "dir ")) for one in COMMANDS for spelling in one.send)
    assert REFUSED


def test_an_output_that_is_not_whole_is_told() -> None:
    assert whole("show running-config", ["hostname r1", "end", ""]) == ""
    assert whole("show running-config", ["hostname r1"]) != ""
    assert whole("show running-config", ["nothing", "end"]) != ""
    assert whole("show running-config", []) != ""
    assert whole("show version", ["Cisco IOS XR Software, Version 7.3.2"]) == ""
    assert whole("show version", ["nothing"]) != ""
