"""Real configurations are recognised by their content, and nothing else is claimed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.model.platform import Platform
from auditor.platforms.cisco_nxos.detection import detect
from auditor.syntax.text import decode
from tests.platforms.cisco_nxos.samples import FULL

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
SURE = 80


@pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")
def test_own_files_are_sure_and_no_others_are_claimed() -> None:
    for path in FILES:
        found = detect(decode(path.read_bytes()))
        if path.parent.name == Platform.CISCO_NXOS:
            assert found is not None, path
            assert found.confidence >= SURE, path
        else:
            assert found is None, path


@pytest.mark.parametrize(
    "text",
    [
        "!RANCID-CONTENT-TYPE: cisco-nx\nhostname r\n",
        "! RANCID-CONTENT-TYPE: cisco-nx\nhostname r\n",
        "version 9.2(3) Bios:version\nhostname r\n",
        "n9k# show running-config\n\n!Command: show running-config\nversion 7.0(3)I7(9) Bios:version 07.68\n",
        "# Nexus\n\n```\n" + FULL + "```\n",
        "".join(f"{number:6}| {line}\n" for number, line in enumerate(FULL.splitlines(), 1)),
        "hostname r\nfeature nxapi\nfeature bash-shell\nvrf context management\nline vty\n",
        FULL.replace("\n", "\r\n"),
    ],
    ids=["rancid", "rancid-blank", "bios", "session", "fence", "numbers", "snippet", "crlf"],
)
def test_recognised(text: str) -> None:
    """Traps 3, 4, 5: collector's headers, noise around the configuration, copied documents."""
    found = detect(decode(text.encode()))
    assert found is not None
    assert found.platform == Platform.CISCO_NXOS
    assert found.confidence >= SURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hostname r\n",
        "!RANCID-CONTENT-TYPE: cisco\nversion 15.2\nhostname r\n",
        "! Command: show running-config\n! device: r (DCS-7050, EOS-4.20)\nhostname r\naaa group server tacacs+ T\n",
        "version 17.3\nservice timestamps debug\nhostname r\nline vty 0 4\naaa group server radius R\nend\n",
        "!! IOS XR Configuration 7.3.2\nhostname r\nvrf context management\n",
        "#\nsysname r\nfeature ssh\n",
        "switch talk about feature toggles and vrf context\n",
    ],
)
def test_not_claimed(text: str) -> None:
    assert detect(decode(text.encode())) is None
