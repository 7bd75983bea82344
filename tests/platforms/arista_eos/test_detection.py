"""What is taken for EOS, and what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.arista_eos import platform
from auditor.platforms.arista_eos.commands import COMMANDS, whole
from auditor.syntax.text import decode
from tests.platforms.arista_eos.eos import as_json
from tests.platforms.arista_eos.samples import SAMPLE

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


def confidence(text: str) -> int:
    found = platform.detect(text.split("\n"))
    return found.confidence if found is not None else 0


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        as_json(SAMPLE),
        as_json(SAMPLE, None),
        "! device: r1 (vEOS, EOS-4.23.0.1F)\n!\nend",
        "!RANCID-CONTENT-TYPE: arista\n!\nhostname r1",
        "```\n" + SAMPLE + "```\n",
        "r1#show running-config\n" + SAMPLE + "r1#",
        "no aaa root\n!\nspanning-tree mode mstp\nmanagement api http-commands\n   no shutdown",
        "hostname x\nbanner login\nKeep out\nEOF\n",
        "management ssh\n   idle-timeout 5\ninterface Management1\n",
    ],
)
def test_configurations(text: str) -> None:
    assert confidence(text) >= 80


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "hello world",
        "version 15.2\nhostname r1\ninterface GigabitEthernet0/1\n ip address 192.0.2.1 255.255.255.0\nend",
        "!Command: show running-config\nfeature bgp\ninterface Ethernet1/1\n  no switchport",
        "frr version 8.4\nhostname r1\nrouter bgp 1\n",
        '{"interfaces": {"interface": []}}',
        "[1, 2, 3]",
        "The word daemon and event-handler in a text.",
    ],
)
def test_other_texts(text: str) -> None:
    assert confidence(text) < 30


@pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")
def test_real_files() -> None:
    for path in FILES:
        found = platform.detect(decode(path.read_bytes()))
        if path.parent.name == "arista_eos":
            assert found is not None
            assert found.confidence >= 80, path
        else:
            assert found is None or found.confidence < 50, path


def test_hosts_in_both_forms() -> None:
    assert [name for _, name in platform.hosts(SAMPLE.split("\n"))] == ["r1"]
    assert [name for _, name in platform.hosts(as_json(SAMPLE).split("\n"))] == ["r1"]


def test_outputs_that_are_not_whole() -> None:
    running, version = (command.document for command in COMMANDS[:2])
    assert whole(running, SAMPLE.split("\n")) == ""
    assert whole(running, as_json(SAMPLE).split("\n")) == ""
    assert "not whole" in whole(running, as_json(SAMPLE)[:-3].split("\n"))
    assert whole(running, SAMPLE.split("\n")[:-4])
    assert whole(running, [])
    assert whole(running, ["a", "end"])
    assert whole(version, ["Software image version: 4.30.1F"]) == ""
    assert whole(version, ["nothing"])
