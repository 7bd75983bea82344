"""What a person found in real configurations by reading them is what the reader finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.platforms.cisco_iosxr import platform
from tests.platforms.cisco_iosxr.conftest import CORPUS
from tests.platforms.golden import differences, load
from tests.platforms.golden import read as golden_read

FILES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_facts_are_those_a_person_found(path: Path) -> None:
    text, golden = load(path, CORPUS)
    assert differences(golden_read(platform, text), golden) == []
