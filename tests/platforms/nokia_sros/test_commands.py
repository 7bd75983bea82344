"""What is sent to a device, and when its output is whole."""

from __future__ import annotations

import pytest

from auditor.model.snapshot import RUNNING
from auditor.platforms.nokia_sros.commands import BOF, COMMANDS, VERSION, whole
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import classic, flat, md


def test_nothing_of_lawful_intercept_is_asked_for() -> None:
    sent = [word for command in COMMANDS for send in command.send for word in send.split()]
    assert not {"li", "debug", "mirror", "mirror-source"} & set(sent)
    assert all(
        send.startswith(("show ", "admin show ", "admin display-config", "file dir ", "file list "))
        for command in COMMANDS
        for send in command.send
    )


@pytest.mark.parametrize(
    "text", [md(device.MD), f"configure {{\n{device.MD}\n}}\n", classic(device.CLASSIC), flat(device.flat_lines())]
)
def test_whole_configurations(text: str) -> None:
    assert whole(RUNNING, text.split("\n")) == ""


@pytest.mark.parametrize(
    "text", ["", "configure {\n system {\n", "exit all\nconfigure\n    system\n", "/configure system\n"]
)
def test_configurations_that_are_cut(text: str) -> None:
    assert whole(RUNNING, text.split("\n"))


def test_other_documents() -> None:
    assert whole(VERSION, ["TiMOS-C-22.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2022 Nokia."]) == ""
    assert whole(VERSION, ["Error: Bad command."])
    assert whole(BOF, ["bof {", "}"]) == ""
