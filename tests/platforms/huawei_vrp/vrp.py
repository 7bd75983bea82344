"""Reads a text as the running configuration of a VRP device."""

from __future__ import annotations

import os
from pathlib import Path

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.huawei_vrp import platform
from auditor.syntax.mask import Masker

DEVICE = Device("r1", "huawei_vrp")
CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
SAMPLES = sorted((CORPUS / "huawei_vrp").glob("*")) if CORPUS.exists() else []
NE = "!Software Version V800R021C10SPC600\n#\nsysname r1\n#\n"
END = "#\nreturn\n"


def reading(config: str | bytes, **further: str) -> Reading:
    """Read a configuration and further documents, `display_version=` for `display version`."""
    content = config.encode() if isinstance(config, str) else config
    documents = [Document(RUNNING, content)]
    documents += [Document(name.replace("_", " "), text.encode()) for name, text in further.items()]
    return platform.read(DEVICE, documents, (), Masker(b"key of the tests"))


def facts(body: str, *, head: str = NE, end: str = END, **further: str) -> Facts:
    """Facts of statements between a head and the end."""
    return reading(head + body.rstrip("\n") + "\n" + end, **further).facts
