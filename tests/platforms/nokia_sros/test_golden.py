"""Real configurations against what a person wrote down after reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.platforms.nokia_sros import platform
from tests.platforms import golden
from tests.platforms.nokia_sros.sros import CORPUS

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_facts_are_those_a_person_read(path: Path) -> None:
    text, wanted = golden.load(path, CORPUS)
    assert golden.differences(golden.read(platform, text), wanted) == []
