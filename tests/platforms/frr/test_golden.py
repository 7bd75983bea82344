"""The reader finds what a person found who read the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.platforms.frr import platform
from tests.platforms.frr.samples import CORPUS
from tests.platforms.golden import differences, load, read

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.skipif(not CORPUS.exists(), reason="the sample configurations are not here")
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_facts_are_those_that_a_person_found(path: Path) -> None:
    text, golden = load(path, CORPUS)
    assert differences(read(platform, text), golden) == []
