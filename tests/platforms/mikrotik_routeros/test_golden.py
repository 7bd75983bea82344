"""The reader's facts against those that a person found by reading the exports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.mikrotik_routeros import platform
from tests.platforms.golden import differences, load, read

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_facts_are_those_that_were_read_by_hand(path: Path) -> None:
    if not path.stem.endswith("_text") and not CORPUS.is_dir():
        pytest.skip("the corpus of real configurations is not on this machine")
    text, golden = load(path, CORPUS)
    assert differences(read(platform, text), golden) == []
