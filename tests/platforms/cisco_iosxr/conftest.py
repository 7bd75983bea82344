"""What the tests of this platform share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.cisco_iosxr import platform
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"


def read(text: str | bytes, **others: str) -> Reading:
    """The reading of a running configuration, and of other documents named with underscores for blanks and hyphens."""
    content = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    documents = [Document(RUNNING, content)]
    names = {"admin": "admin show running-config", "version": "show version", "inventory": "show inventory"}
    documents += [Document(names[name], dedent(body).lstrip("\n").encode()) for name, body in others.items()]
    return platform.read(Device("r1"), documents, [], Masker(b"key of the tests"))


@pytest.fixture(scope="session")
def reading() -> Callable[..., Reading]:
    """Reads a running configuration."""
    return read
