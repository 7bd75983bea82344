"""Reads a text as the running configuration of an NX-OS device."""

from __future__ import annotations

from typing import Any

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.cisco_nxos import platform
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker
from tests.platforms.golden import plain

KEY = b"the key of the tests"

HEAD = "version {release} Bios:version\nhostname n9k\n"
TAIL = "line console\nline vty\nboot nxos bootflash:/nxos.bin\n"


def read(config: str | bytes, *others: Document) -> Reading:
    content = config.encode() if isinstance(config, str) else config
    device = Device(name="n9k", platform=platform.name)
    return platform.read(device, [Document(name=RUNNING, content=content), *others], [], Masker(KEY))


def whole(body: str, release: str = "10.3(9)") -> Facts:
    """Facts of a complete configuration with these statements in the middle."""
    return read(HEAD.format(release=release) + body + TAIL).facts


def part(body: str) -> Facts:
    """Facts of the statements alone."""
    return read(body).facts


def told(facts: Facts, area: Area) -> dict[str, Any]:
    """An area as plain data."""
    found = plain(facts.area(area, object))
    assert isinstance(found, dict)
    return found


def without_lines(value: Any) -> Any:
    """Plain data without the numbers of lines: the same facts in another place of the file."""
    if isinstance(value, dict):
        return {
            key: without_lines(one)
            for key, one in value.items()
            if key not in ("at", "source", "sources", "vantage", "bound") and not key.endswith(("_source", "_sources"))
        }
    if isinstance(value, list):
        return [without_lines(one) for one in value if not isinstance(one, int)]
    return value


def everything(facts: Facts) -> dict[str, Any]:
    """All areas without the numbers of lines."""
    return {str(area): without_lines(plain(value)) for area, value in facts.areas.items()}
