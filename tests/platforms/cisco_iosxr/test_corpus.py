"""Real configurations: all are read, every area is filled or missing with a reason, every line is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model.areas import Area
from tests.platforms.cisco_iosxr.conftest import CORPUS, read

FILES = sorted((CORPUS / "cisco_iosxr").glob("*")) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_and_every_area(path: Path) -> None:
    facts = read(path.read_bytes()).facts
    assert set(facts.areas) | set(facts.missing) | {Area.STATE} == set(Area)
    assert all(gap.reason for gap in facts.missing.values())
    (coverage,) = facts.coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.lines == coverage.understood + coverage.irrelevant + lost


def test_how_much_is_unread() -> None:
    found = [read(path.read_bytes()).facts for path in FILES]
    lines = sum(one.coverage[0].lines for one in found)
    unread = sum(len(one.coverage[0].unread) for one in found)
    critical = sum(len(sources) for one in found for sources in one.unread.values())
    assert unread < 0.05 * lines
    assert critical < 0.01 * lines
