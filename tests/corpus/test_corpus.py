"""Real configurations from public repositories: all are read, none breaks anything, detection is right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.engine.device import DeviceOutcome, Task, audit_device
from auditor.engine.intake import snapshot, survey
from auditor.engine.packs import load
from auditor.model.declarations import DeviceDeclarations
from auditor.model.run import Outcome

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "configs"
READ = ("cisco_ios", "cisco_iosxe", "juniper_junos", "frr")
PACKS = load()
# Told apart by nothing in the file: three lines that both systems know.
AMBIGUOUS = {"batfish_unit_cisco_monitor.cfg"}
# May only rise; understood and known not to matter, in percent of all lines of the platform's files.
READ_SHARE = {"cisco_ios": 71, "cisco_iosxe": 74, "juniper_junos": 65, "frr": 99}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")


def files() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*/*") if path.is_file())


def mine() -> list[Path]:
    return [path for path in files() if path.parent.name in READ]


def audited(paths: list[Path]) -> Iterator[DeviceOutcome]:
    for path in paths:
        content = path.read_bytes()
        forced = path.parent.name if path.name in AMBIGUOUS else ""
        found = survey(path.name, content, PACKS.platforms, forced)
        task = Task(snapshot(found, path.stem, content), DeviceDeclarations(), found.detection)
        yield audit_device(task, PACKS, tuple(PACKS.checks), b"key of the tests")


@pytest.mark.parametrize("path", mine(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_error_cell(path: Path) -> None:
    (outcome,) = audited([path])
    assert [result for result in outcome.results if result.outcome is Outcome.ERROR] == []
    assert outcome.record.documents
    assert len(outcome.results) + len(outcome.observed) == len(PACKS.checks)


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_detection(path: Path) -> None:
    found = survey(path.name, path.read_bytes(), PACKS.platforms)
    if path.parent.name not in READ:
        assert found.skip
    elif path.name not in AMBIGUOUS:
        assert found.platform == path.parent.name


@pytest.mark.parametrize("platform", READ)
def test_the_share_that_is_read_does_not_fall(platform: str) -> None:
    lines = unread = 0
    for outcome in audited([path for path in mine() if path.parent.name == platform]):
        for document in outcome.record.documents:
            lines += document.lines
            unread += document.unread
    share = 100 * (lines - unread) / lines
    print(f"{platform}: {share:.1f} % of {lines} lines")
    assert share >= READ_SHARE[platform]


def test_evidence_stands_at_the_cited_line() -> None:
    for path in mine():
        lines = path.read_bytes().decode("utf-8", "backslashreplace").split("\n")
        for outcome in audited([path]):
            for finding in outcome.findings:
                for evidence in finding.evidence:
                    cited = lines[evidence.line - 1].strip().rstrip("\r\0")
                    assert cited.split()[:1] == evidence.text.strip().split()[:1]
