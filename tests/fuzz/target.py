"""What every reader owes to any bytes: a result, an account of every line, in time that grows with the input only."""

from __future__ import annotations

import time

from auditor.engine.intake import survey
from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import PlatformDefinition
from auditor.syntax.mask import Masker

FAMILIES: dict[str, tuple[str, ...]] = {
    "indent": ("cisco_ios", "cisco_iosxe", "cisco_iosxr", "cisco_nxos", "arista_eos", "frr"),
    "vrp": ("huawei_vrp",),
    "braces": ("juniper_junos",),
    "blocks": ("nokia_sros", "nokia_srlinux"),
    "export": ("mikrotik_routeros",),
}
"""Readers by the shape of text that they read."""

SECONDS = 0.5
SECONDS_PER_BYTE = 60e-6
"""What a reading may take under instrumentation; measured on whole files it is two orders of magnitude less."""


class SlowError(Exception):
    """The reading took longer than its size explains."""


def check(definition: PlatformDefinition, content: bytes) -> None:
    """Read the bytes as a running configuration; raise where the reader does not keep its promises."""
    started = time.process_time()
    document = Document(RUNNING, content)
    reading = definition.read(Device(name="r1", platform=definition.name), (document,), (), Masker(b"fuzz"))
    spent = time.process_time() - started
    facts = reading.facts
    assert set(facts.areas) | set(facts.missing) | {Area.STATE} == set(Area)
    for coverage in facts.coverage:
        unread = sum(source.end_line - source.line + 1 for source in coverage.unread)
        assert coverage.lines == coverage.understood + coverage.irrelevant + unread, "a line is not accounted for"
    if spent > SECONDS + SECONDS_PER_BYTE * len(content):
        raise SlowError(f"{definition.name}: {spent:.2f} s of CPU for {len(content)} bytes")


def look(platforms: dict[str, PlatformDefinition], content: bytes) -> None:
    """The first look at a file of unknown kind keeps the same promise."""
    started = time.process_time()
    survey("file", content, platforms)
    spent = time.process_time() - started
    if spent > SECONDS + SECONDS_PER_BYTE * len(content):
        raise SlowError(f"survey: {spent:.2f} s of CPU for {len(content)} bytes")
