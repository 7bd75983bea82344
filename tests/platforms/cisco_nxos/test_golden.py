"""What a person read in real configurations, before there was a reader, is what the reader reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.cisco_nxos import platform
from tests.platforms.golden import differences, load, read

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_facts_are_those_that_a_person_read(path: Path) -> None:
    text, golden = load(path, CORPUS)
    assert differences(read(platform, text), golden) == []
