"""Exports are recognised in all their wrappings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.mikrotik_routeros.detection import detect, hosts
from tests.platforms.mikrotik_routeros.ros import REST, V6, V7

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"


@pytest.mark.parametrize(
    "text",
    [
        V7 + REST,
        V6 + REST,
        "# software id = X\n/ip address add address=192.0.2.1/24 interface=e1\n",
        f"```\n{V7}{REST}```\n",
        "\n".join(f"{number:3}| {line}" for number, line in enumerate((V7 + REST).split("\n"), 1)),
        f"[admin@r1] > /export\n{REST}[admin@r1] >",
        "/ip/firewall/filter\nadd action=drop chain=input\n/ip/service\nset telnet disabled=yes\n",
        "#   version: 7.16 (stable)\n#  platform: MikroTik\n/interface bridge\nadd name=x\n",
    ],
)
def test_exports(text: str) -> None:
    found = detect(text.split("\n"))
    assert found is not None
    assert found.confidence >= 80


@pytest.mark.parametrize(
    "text",
    [
        "",
        "interface x\n ip address 1.2.3.4 255.0.0.0\n",
        "/configure system name x\n",
        "set / system name host-name x\n",
        "set system host-name x\n",
    ],
)
def test_others(text: str) -> None:
    assert detect(text.split("\n")) is None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
def test_the_corpus() -> None:
    for path in sorted(CORPUS.glob("*/*")):
        found = detect(path.read_bytes().decode("utf-8", "replace").split("\n"))
        assert (found is not None and found.confidence >= 80) == (path.parent.name == "mikrotik_routeros"), path


def test_host_names() -> None:
    assert [name for _, name in hosts((V7 + REST).split("\n"))] == ["r1"]
    assert [name for _, name in hosts(['/system identity set name="core 1"', "/ip dns", "set name=x"])] == ["core 1"]
