"""Reading exports in tests."""

from __future__ import annotations

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.mikrotik_routeros import platform
from auditor.syntax.mask import Masker

V7 = "# 2026-03-10 15:04:16 by RouterOS 7.18.2\n# software id = ABCD-1234\n"
V6 = "# jul/21/2023 09:42:42 by RouterOS 6.48.6\n# software id = ABCD-1234\n"
REST = "/interface bridge\nadd name=b1\n/system identity\nset name=r1\n"
"""What makes an export of more than one kind of menu."""


def reading(text: str | bytes) -> Reading:
    content = text if isinstance(text, bytes) else text.encode()
    device = Device(name="r1", platform=platform.name)
    return platform.read(device, (Document(RUNNING, content),), (), Masker(b"tests"))


def facts(text: str | bytes) -> Facts:
    return reading(text).facts


def v7(text: str) -> Facts:
    """A whole export of version 7 with these lines."""
    return facts(V7 + REST + text)


def v6(text: str) -> Facts:
    """A whole export of version 6 with these lines."""
    return facts(V6 + REST + text)
