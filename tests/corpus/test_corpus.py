"""Real configurations from public repositories: all are read, none breaks anything, detection is right.

The shares that are read stand in `ratchet.json` and may only improve: `pytest tests/corpus --update-golden` writes better ones.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from auditor.engine.device import Task, audit_device
from auditor.engine.intake import snapshot, survey
from auditor.engine.packs import load
from auditor.model.areas import Area
from auditor.model.declarations import DeviceDeclarations
from auditor.model.facts import Facts
from auditor.model.run import Outcome
from auditor.syntax.mask import Masker
from tests.platforms.golden import lines as cited

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "configs"
RATCHET = Path(__file__).with_name("ratchet.json")
PACKS = load()
READ = sorted(json.loads(RATCHET.read_text("utf-8")))
KEY = b"key of the tests"
# Told apart by nothing in the file: three lines that both systems know.
AMBIGUOUS = {"batfish_unit_cisco_monitor.cfg"}
CRITICAL = frozenset(
    {
        Area.ACCOUNTS,
        Area.AAA,
        Area.ACCESS,
        Area.SERVICES,
        Area.SNMP,
        Area.ACLS,
        Area.MIRRORS,
        Area.EXPORTERS,
        Area.TUNNELS,
        Area.CRYPTO,
        Area.REDIRECTION,
        Area.LOGGING,
        Area.SCRIPTS,
        Area.CONTAINERS,
        Area.INTERCEPT,
    }
)
"""Areas in which an intruder's line must not be overlooked (design, section 3, rule 4)."""

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")


def files() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*/*") if path.is_file())


def mine() -> list[Path]:
    return [path for path in files() if path.parent.name in READ]


@cache
def facts_of(path: Path) -> Facts:
    """What the reader of the platform understands of a file."""
    content = path.read_bytes()
    found = survey(path.name, content, PACKS.platforms, path.parent.name if path.name in AMBIGUOUS else "")
    taken = snapshot(found, path.stem, content, PACKS.platforms)
    definition = PACKS.platforms[path.parent.name]
    return definition.read(taken.device, taken.documents, taken.errors, Masker(KEY)).facts


def measured(platform: str) -> dict[str, Any]:
    """Lines, unread lines, and unread lines of critical areas beside the lines that facts of these areas cite."""
    lines = unread = lost = known = 0
    for path in (path for path in files() if path.parent.name == platform):
        facts = facts_of(path)
        for document in facts.coverage:
            lines += document.lines
            unread += sum(source.end_line - source.line + 1 for source in document.unread)
        for area in CRITICAL:
            lost += sum(source.end_line - source.line + 1 for source in facts.unread.get(area, ()))
            filled = facts.areas.get(area)
            known += len(cited(filled)) if isinstance(filled, msgspec.Struct) else 0
    return {
        "lines": lines,
        "unread_percent": round(100 * unread / max(1, lines), 2),
        "critical_unread_percent": round(100 * lost / max(1, lost + known), 2),
    }


@pytest.mark.parametrize("path", mine(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_error_cell(path: Path) -> None:
    content = path.read_bytes()
    found = survey(path.name, content, PACKS.platforms, path.parent.name if path.name in AMBIGUOUS else "")
    task = Task(snapshot(found, path.stem, content, PACKS.platforms), DeviceDeclarations(), found.detection)
    outcome = audit_device(task, PACKS, tuple(PACKS.checks), KEY)
    assert [result for result in outcome.results if result.outcome is Outcome.ERROR] == []
    assert outcome.record.documents
    assert len(outcome.results) + len(outcome.observed) == len(PACKS.checks)
    text = content.decode("utf-8", "backslashreplace").split("\n")
    for finding in outcome.findings:
        for evidence in finding.evidence:
            quoted = re.split(r"[\s>]", evidence.text.strip())[0]
            assert re.split(r"[\s>]", text[evidence.line - 1].strip())[0].rstrip("\r\0") == quoted


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_detection(path: Path) -> None:
    found = survey(path.name, path.read_bytes(), PACKS.platforms)
    if path.parent.name not in READ:
        assert found.skip
    elif path.name not in AMBIGUOUS:
        assert found.platform == path.parent.name


@pytest.mark.parametrize("path", mine(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_area_is_filled_or_left_out_for_a_reason_and_every_line_is_accounted_for(path: Path) -> None:
    facts = facts_of(path)
    assert set(facts.areas) | set(facts.missing) | {Area.STATE} == set(Area)
    for document in facts.coverage:
        unread = sum(source.end_line - source.line + 1 for source in document.unread)
        assert document.lines == document.understood + document.irrelevant + unread


@pytest.mark.parametrize("platform", READ)
def test_the_share_that_is_read_only_improves(platform: str, request: pytest.FixtureRequest) -> None:
    ratchet: dict[str, dict[str, Any]] = json.loads(RATCHET.read_text("utf-8"))
    figures = measured(platform)
    print(f"{platform}: {figures}")
    if request.config.getoption("--update-golden"):
        ratchet[platform] = figures
        RATCHET.write_text(json.dumps(ratchet, indent=1, sort_keys=True) + "\n", "utf-8")
    limit = ratchet[platform]
    assert figures["unread_percent"] <= limit["unread_percent"]
    assert figures["critical_unread_percent"] <= limit["critical_unread_percent"]
