"""The cases of the checks, as data: one YAML file a check."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.engine import packs as packs_module
from auditor.engine.declarations import Declarations, load
from auditor.engine.device import DeviceOutcome, ReadDevice, Task, audit_device, read_device
from auditor.engine.packs import Packs
from auditor.model.device import Device
from auditor.model.indicators import Indicator, Indicators
from auditor.model.snapshot import RUNNING, Document, Snapshot
from tests.checks.frames import framed

FOLDER = Path(__file__).parent
TODAY = datetime.date(2026, 11, 24)
KEY = b"the key of the tests"


def case_files() -> list[Path]:
    return sorted(FOLDER.rglob("*.yaml"))


def cases() -> list[tuple[str, dict[str, Any]]]:
    """(check id, case) of every file; `declared` of a file holds for its cases that name none of their own."""
    found = []
    for path in case_files():
        content = yaml.safe_load(path.read_text("utf-8"))
        shared = {"declared": content["declared"]} if "declared" in content else {}
        found += [(content["check"], shared | case) for case in content.get("cases", [])]
        found += [(content["check"], shared | case) for pair in content.get("pairs", []) for case in pair_cases(pair)]
    return found


FIRING = ("flags", "severity", "confidence", "message")
"""What a pair says of its firing case alone."""


def pair_cases(pair: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A firing and a clean case of one platform, given as the lines that differ; the frame makes them whole.

    `clean` is the outcome of the clean case where that is no pass: what only a probe shows stays unknown.
    """
    shared = {key: value for key, value in pair.items() if key not in ("bad", "good", "about", "clean", *FIRING)}
    about = pair.get("about", pair["platform"])
    firing = {key: pair[key] for key in FIRING if key in pair}
    yield {"name": f"{about}: found", "config": framed(pair["platform"], pair["bad"]), **firing, **shared}
    clean = {"outcome": pair["clean"]} if "clean" in pair else {}
    yield {"name": f"{about}: clean", "config": framed(pair["platform"], pair["good"]), "flags": [], **shared, **clean}


@pytest.fixture(scope="session")
def packs() -> Packs:
    return packs_module.load()


@pytest.fixture
def declarations(tmp_path: Path):
    """A function from the `declared` part of a case to declarations."""
    return lambda declared: declarations_of(declared, tmp_path)


def declarations_of(declared: dict[str, Any] | None, folder: Path) -> Declarations:
    if not declared:
        return Declarations()
    path = folder / "declarations.yaml"
    path.write_text(yaml.safe_dump({"schema": "auditor/declarations/1", **declared}), "utf-8")
    path.chmod(0o600)
    return load([path], TODAY)


def documents_of(case: dict[str, Any]) -> tuple[Document, ...]:
    """`config` is the running configuration; `documents` are further ones by name.

    `collected_by` says how they came, `collected_at` when.
    """
    found = {RUNNING: case["config"]} if "config" in case else {}
    found.update(case.get("documents", {}))
    how = case.get("collected_by", "files")
    at = case.get("collected_at", "")
    return tuple(
        Document(name=name, content=text.encode(), collected_by=how, collected_at=at) for name, text in found.items()
    )


def indicators_of(case: dict[str, Any]) -> Indicators:
    """`indicators` are the values of a list, each with the date that it is valid until."""
    listed = case.get("indicators")
    if listed is None:
        return Indicators()
    texts = {value: Indicator(value, "list.txt:1", until) for value, until in listed.items()}
    return Indicators(("list.txt",), texts)


def outcome_of(
    case: dict[str, Any], packs: Packs, declared: Declarations, selected: tuple[str, ...], name: str = "r1"
) -> DeviceOutcome:
    return audit_device(task_of(case, declared, name), packs, selected, KEY, indicators_of(case))


def read_of(case: dict[str, Any], packs: Packs, declared: Declarations, name: str = "r1") -> ReadDevice:
    """The facts of a case, to be judged more than once."""
    return read_device(task_of(case, declared, name), packs, KEY, indicators_of(case))


def task_of(case: dict[str, Any], declared: Declarations, name: str) -> Task:
    device = Device(name=name, platform=case["platform"], role=case.get("role", ""))
    return Task(Snapshot(device, documents_of(case)), declared.on(device), today=TODAY)
