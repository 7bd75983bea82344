"""Junos is told from its neighbours, and its commands from their refusals."""

import pytest

from auditor.model.snapshot import RUNNING
from auditor.platforms.juniper_junos import platform


@pytest.mark.parametrize(
    "text",
    [
        "version 22.4R3-S2.11;\nsystem {\n    host-name r1;\n}\n",
        "set version 25.4R1.12\nset system host-name r1\n",
        "# RANCID-CONTENT-TYPE: juniper\nset system host-name r1\n",
        "## Last commit: 2024-12-06 11:41:05 UTC by root\nsystem {\n    services {\n        ssh;\n    }\n}\n",
    ],
)
def test_junos(text: str) -> None:
    found = platform.detect(text.splitlines())
    assert found is not None
    assert found.confidence >= 60


@pytest.mark.parametrize(
    "text",
    [
        'configure {\n    system {\n        name "r1"\n    }\n}\n',
        "system {\n    security {\n        user-params {\n        }\n    }\n}\n",
        "set / system name host-name srl1\n",
        "set interfaces ethernet eth0 address '192.0.2.1/24'\nset system host-name 'vyos'\n",
        "/system identity\nset name=r1\n",
        "hostname r1\n!\ninterface Gi0/0\n",
        "",
    ],
)
def test_others(text: str) -> None:
    assert platform.detect(text.splitlines()) is None


def test_whole() -> None:
    assert platform.whole(RUNNING, ["version 1;", "system {", "}"]) == ""
    assert "not closed" in platform.whole(RUNNING, ["version 1;", "system {"])
    assert "neither" in platform.whole(RUNNING, ["interfaces {", "}"])
    assert platform.whole(RUNNING, [""]) == "the output is empty"
    assert platform.whole("show version", ["Hostname: r1", "Junos: 22.4R3"]) == ""


def test_commands_only_show() -> None:
    assert all(
        spelling.startswith(("show ", "file list ")) for command in platform.commands for spelling in command.send
    )
