"""SR OS is told from its content: certain for its own files, silent for those of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.platforms.nokia_sros import platform
from auditor.platforms.nokia_sros.detection import detect, host_lines
from auditor.syntax.text import decode
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import CORPUS, FILES, classic, flat, md

OTHERS = sorted(path for path in CORPUS.glob("*/*") if path.parent.name != "nokia_sros") if CORPUS.is_dir() else []


def confidence(text: str) -> int:
    found = detect(text.split("\n"))
    return found.confidence if found is not None else 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files(path: Path) -> None:
    found = platform.detect(decode(path.read_bytes()))
    assert found is not None and found.confidence >= 80


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_of_others(path: Path) -> None:
    assert platform.detect(decode(path.read_bytes())) is None


@pytest.mark.parametrize(
    "text",
    [
        md(device.MD),
        f"configure {{\n{device.MD}\n}}\n",
        device.MD,
        classic(device.CLASSIC),
        'exit all\nconfigure\n    system\n        name "x"\n    exit\nexit all\n',
        flat(device.flat_lines()),
        '/configure system name "x"\n',
        device.xml(),
    ],
    ids=["blocks", "without header", "info", "classic", "short classic", "flat", "one line", "netconf"],
)
def test_every_form(text: str) -> None:
    assert confidence(text) >= 80


def test_around_the_configuration() -> None:
    """Traps 3, 4, 5: headers of collectors, fences, line numbers, prompts."""
    bare = f"configure {{\n{device.MD}\n}}\n"
    assert confidence("#RANCID-CONTENT-TYPE: sros\n#\n" + bare) >= 90
    assert confidence("# A router\n\n```\n" + bare + "```\n") >= 80
    assert confidence("A:admin@r1# admin show configuration\n" + bare + "\n[/]\nA:admin@r1# \n") >= 80
    assert confidence("\n".join(line.replace("\n", "\r\n") for line in bare.split("\n"))) >= 80


def test_not_one_of_these() -> None:
    assert detect([]) is None
    assert detect(["hello world", "system {", "}"]) is None
    assert detect(["system {", "    host-name r1;", "}", ""]) is None
    assert detect(["system {", "    name {", "        host-name r1", "    }", "}", ""]) is None


def test_host_names() -> None:
    assert [name for _, name in host_lines(md(device.MD).split("\n"))] == ["pe1"]
    assert [name for _, name in host_lines(classic(device.CLASSIC).split("\n"))] == ["pe1"]
    assert [name for _, name in host_lines(flat(device.flat_lines()).split("\n"))] == ["pe1"]
    assert [name for _, name in host_lines(device.xml().split("\n"))] == ["pe1"]
