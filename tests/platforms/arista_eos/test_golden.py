"""Real configurations: the facts are those that a person found who read the files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.arista_eos import platform
from tests.platforms import golden

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
FILES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_facts_are_those_that_stand_in_the_file(path: Path) -> None:
    text, expected = golden.load(path, CORPUS)
    assert golden.differences(golden.read(platform, text), expected) == []
