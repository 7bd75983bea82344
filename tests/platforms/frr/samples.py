"""Texts that the tests of this folder read, and short ways to read them."""

from __future__ import annotations

import os
from pathlib import Path

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.frr import platform
from auditor.syntax.mask import Masker

DEVICE = Device("r1", "frr")
CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
CAPTURES = Path(__file__).resolve().parents[3] / "lab" / "frr" / "captures"
ROUTERS = sorted(path.name for path in CAPTURES.glob("*") if (path / "index.tsv").exists()) if CAPTURES.exists() else []
HEAD = "frr version 8.4.4\nfrr defaults traditional\nhostname r1\n!\n"
ROOT = "root:x:0:0:root:/root:/bin/bash\n"


def reading(texts: dict[str, str], collected_by: str = "files") -> Reading:
    documents = [Document(name, text.encode(), collected_by) for name, text in texts.items()]
    return platform.read(DEVICE, documents, (), Masker(b"key of the tests"))


def facts(config: str = "", **further: str) -> Facts:
    """Facts of a configuration (its head is added) and of further documents, `daemons=` for /etc/frr/daemons."""
    paths = {
        command.document.rsplit("/", 1)[-1].removesuffix(".conf"): command.document
        for command in platform.commands[1:]
        if not command.document.endswith(".d")
    }
    texts = {paths.get(name, name): text for name, text in further.items()}
    return reading({RUNNING: HEAD + config, **texts}).facts


def captured(router: str) -> dict[str, str]:
    """What the lab's router gave, by the name of the document."""
    wanted = {spelling: command.document for command in platform.commands for spelling in command.send}
    rows = [line.split("\t") for line in (CAPTURES / router / "index.tsv").read_text("utf-8").splitlines()[1:]]
    return {
        wanted[command]: (CAPTURES / router / file).read_text("utf-8")
        for file, command, status in rows
        if status == "0" and command in wanted
    }
