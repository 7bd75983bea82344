"""Real configurations are read without an exception, and every line is accounted for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.model.areas import Area
from auditor.platforms.arista_eos import platform
from tests.platforms import golden

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
FILES = sorted((CORPUS / "arista_eos").glob("*"))

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_and_every_area_is_accounted_for(path: Path) -> None:
    facts = golden.read(platform, path.read_bytes())
    (coverage,) = facts.coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.understood + coverage.irrelevant + lost == coverage.lines
    assert all(area in facts.areas or area in facts.missing for area in set(Area) - {Area.STATE})
    assert [source.text for source in coverage.unread] == []
