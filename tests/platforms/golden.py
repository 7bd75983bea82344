"""Facts as plain data, to be compared with what a person wrote down after reading the file.

A golden file (`tests/platforms/<os>/golden/<name>.yaml`) names a configuration and lists, area by area, the objects
that a reader of the file finds, each with the lines it stands at. Fields that have their default value may be left
out of the file; a field that the file names must have the value it names; and no object may be missing or too many.

    file: cisco_iosxe/example.cfg          # below the corpus, or `text:` with the configuration itself
    accounts:
      users:
        - {name: admin, role: privilege 15, secret: "type 9", at: [12]}
      overrides: []
    services:
      found:                                # services: only those that are on, or not known
        - {kind: ssh, enabled: true, at: [40]}
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import yaml

from auditor.model.device import Device
from auditor.model.evidence import Known, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.secret import Secret
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import PlatformDefinition
from auditor.syntax.mask import Masker

PLAIN = (str, int, bool, type(None))


def plain(value: Any) -> Any:
    """A fact without its types: sources as line numbers, settings as their values, secrets as their storage form."""
    if isinstance(value, Source):
        return value.line
    if isinstance(value, Known):
        return plain(value.value)
    if isinstance(value, Unknown):
        return f"unknown {value.code}"
    if isinstance(value, Secret):
        return value.storage
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, msgspec.Struct):
        found = {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        return found | {"at": lines(value)}
    assert isinstance(value, PLAIN), type(value)
    return value


def lines(value: msgspec.Struct) -> list[int]:
    """Every line that a struct cites, those of structs inside it included, in ascending order."""
    found: set[int] = set()
    stack: list[Any] = [getattr(value, name) for name in value.__struct_fields__]
    while stack:
        one = stack.pop()
        if isinstance(one, Source):
            found.add(one.line)
        elif isinstance(one, tuple):
            stack.extend(one)
        elif isinstance(one, msgspec.Struct):
            stack.extend(getattr(one, name) for name in one.__struct_fields__)
    return sorted(found)


def differences(facts: Facts, golden: dict[str, Any]) -> list[str]:
    """What the facts have and the golden file has not, and the other way round; empty when they agree."""
    told: list[str] = []
    for area, expected in golden.items():
        found = plain(facts.area(next(name for name in facts.areas if name == area), object))
        for field, value in expected.items():
            where = f"{area}.{field}"
            if isinstance(value, list) and all(isinstance(one, dict) for one in [*value, *found[field]]):
                told += _objects(where, list(found[field]), value)
            elif found[field] != value:
                told.append(f"{where}: the file says {value!r}, the reader {found[field]!r}")
    return told


def _objects(where: str, found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> list[str]:
    if where == "services.found":
        found = [one for one in found if one["enabled"] is not False]
    told = []
    for wanted in expected:
        match = next((one for one in found if all(one.get(key) == value for key, value in wanted.items())), None)
        if match is None:
            told.append(f"{where}: not found: {wanted}")
        else:
            found.remove(match)
    return told + [f"{where}: not in the file: {one}" for one in found]


def read(platform: PlatformDefinition, text: bytes, name: str = RUNNING) -> Facts:
    """The facts of one configuration."""
    device = Device(name="golden", platform=platform.name)
    return platform.read(device, (Document(name, text),), (), Masker(b"golden")).facts


def load(path: Path, corpus: Path) -> tuple[bytes, dict[str, Any]]:
    """The configuration that a golden file is about, and the facts in it."""
    golden = yaml.safe_load(path.read_text("utf-8"))
    text = golden.pop("text", None)
    name = golden.pop("file", None)
    return (text.encode() if text is not None else (corpus / name).read_bytes()), golden
