"""VRP is told from everything else."""

from __future__ import annotations

import pytest

from auditor.platforms.huawei_vrp import platform
from auditor.syntax.text import decode
from tests.platforms.huawei_vrp.vrp import CORPUS, SAMPLES

ALL = sorted(path for path in CORPUS.glob("*/*") if path.is_file()) if CORPUS.exists() else []


@pytest.mark.skipif(not SAMPLES, reason="the sample configurations are not here")
@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_its_own_and_nothing_else(path) -> None:
    found = platform.detect(decode(path.read_bytes()))
    if path.parent.name == "huawei_vrp":
        assert found is not None
        assert found.confidence >= 88
    else:
        assert found is None or found.confidence < 40


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("!Software Version V800R021C10SPC600\n#\nsysname x\n", 95),
        ("[V200R019C00SPC500]\n#\n sysname x\n", 95),
        ("<x>display current-configuration\n#\nsysname x\n#\naaa\n local-user a level 3\n#\nreturn\n", 85),
        ("#RANCID-CONTENT-TYPE: huawei\n#\nsysname x\n", 95),
        ("interface Vlanif10\n ip address 10.0.0.1 24\n#\nuser-interface vty 0 4\n", 40),
    ],
)
def test_signs(text: str, least: int) -> None:
    found = platform.detect(text.split("\n"))
    assert found is not None
    assert found.confidence >= least


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#\nsysname x\n#\n",
        "#\n version 7.1.070, Release 3506\n#\n sysname H3C\n#\nline vty 0 63\n#\nreturn\n",
        "version 15.2\nhostname r1\ninterface GigabitEthernet0/0\nend\n",
    ],
)
def test_others(text: str) -> None:
    assert platform.detect(text.split("\n")) is None


def test_hosts() -> None:
    assert platform.hosts(["#", " sysname r1", "sysname r2 ", "  sysname inside"]) == [(1, "r1"), (2, "r2")]


@pytest.mark.parametrize(
    ("document", "text", "whole"),
    [
        ("show running-config", "sysname a\n#\nreturn", True),
        ("show running-config", "sysname a\n#", False),
        ("show running-config", "return", False),
        ("display version", "VRP (R) software, Version 8.211", True),
        ("display version", "", False),
        ("display startup", "  Startup system software: x", True),
    ],
)
def test_whole(document: str, text: str, whole: bool) -> None:
    assert (platform.whole(document, text.split("\n")) == "") is whole


def test_commands_only_read() -> None:
    for command in platform.commands:
        for spelling in command.send:
            assert spelling.startswith(("display ", "dir "))
            assert not set(spelling) & set(">|;&$`\n")
    assert "Error: Unrecognized command found at '^' position.".startswith(platform.refused)
