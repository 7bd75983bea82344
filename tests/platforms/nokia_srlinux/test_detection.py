"""SR Linux is told from the systems whose configurations look like it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.nokia_srlinux.detection import detect, hosts
from tests.platforms.nokia_srlinux.forms import WHOLE, as_json, in_blocks, in_flat

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"


@pytest.mark.parametrize("text", [in_blocks(WHOLE), in_flat(WHOLE), as_json(WHOLE), as_json(WHOLE).replace("\n", "")])
def test_each_form_is_recognised(text: str) -> None:
    found = detect(text.split("\n"))
    assert found is not None
    assert found.confidence >= 80


def test_snippets_and_sessions() -> None:
    for text in (
        "set / system name host-name x",
        "--{ running }--[  ]--\nA:srl1# info from running\nsystem {\n    ssh-server m {\n",
        "network-instance default {\n    type ip-vrf\n}\n",
        "# [start]\n/ interface ethernet-1/1 {\n    subinterface 0 {\n        admin-state enable\n",
        "set / acl {\n    acl-filter F type ipv4 {\n        entry 1 {\n",
        "    interface mgmt0 {\n        admin-state enable\n        subinterface 0 {\n        }\n    }\n    system {\n    }\n",
        "    interface ethernet-1/1 {\n        subinterface 0 {\ninterface lo0 {\n    subinterface 0 {\n",
    ):
        found = detect(text.split("\n"))
        assert found is not None, text
        assert found.confidence >= 70


@pytest.mark.parametrize(
    "text",
    [
        "system {\n    host-name x;\n    services {\n        ssh;\n",
        'configure {\n    system {\n        name "x"\n',
        'system {\n    management-interface {\n    }\n    admin-state enable\n}\nrouter "Base" {\n',
        "set system host-name x\nset interfaces ge-0/0/0 unit 0\n",
        "interface ethernet 1/1\n no shutdown\n",
        '{"interfaces": {"interface": []}}',
        "",
    ],
)
def test_others_are_not_claimed(text: str) -> None:
    assert detect(text.split("\n")) is None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
def test_no_file_of_another_system_is_claimed() -> None:
    for path in sorted(CORPUS.glob("*/*")):
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
        assert detect(lines) is None, path


def test_host_names() -> None:
    for text in (in_blocks(WHOLE), in_flat(WHOLE), as_json(WHOLE)):
        assert [name for _, name in hosts(text.split("\n"))] == ["r1"]
