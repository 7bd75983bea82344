"""The accounts of docs/least-privilege.md may run what is on the list, and of a shell nothing else."""

import re
from pathlib import Path

import pytest

from auditor.engine.packs import load

PAGE = (Path(__file__).parents[2] / "docs" / "least-privilege.md").read_text("utf-8")
EOS = [re.compile(one) for one in re.findall(r"^ +\d+ permit mode exec command (.+)$", PAGE, re.MULTILINE)]
SRL = [
    re.compile(one)
    for line in PAGE.splitlines()
    if "allow-command-list" in line or line.startswith('"bash')
    for one in re.findall(r'"([^"]+)"', line)
]
RULES = {"arista_eos": EOS, "nokia_srlinux": SRL}


def permitted(name: str, text: str) -> bool:
    return any(rule.match(text) for rule in RULES[name])


@pytest.mark.parametrize("name", RULES)
def test_the_account_may_run_what_is_on_the_list(name):
    definition = load().platforms[name]
    listed = [text for command in definition.commands for text in command.send]
    assert [text for text in (*listed, *definition.settings) if not permitted(name, text)] == []


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize(
    "text",
    ["bash", "bash id", "bash ps -ef; id", "bash sudo ps -ef", "bash ss -tlnpK", "configure", "show running-config | tee x",
     "show running-config all", "enable", "info from state", "copy running-config flash:x", "terminal monitor", "enter candidate"],
)  # fmt: skip
def test_the_account_may_run_nothing_else(name, text):
    assert not permitted(name, text)
