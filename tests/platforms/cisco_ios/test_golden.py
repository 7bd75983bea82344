"""Facts of real files against what a person wrote down after reading them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.cisco_ios import platform as cisco_ios
from auditor.platforms.cisco_iosxe import platform as cisco_iosxe
from tests.platforms.golden import differences, load, read

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_facts_are_those_that_a_person_found(path: Path) -> None:
    text, golden = load(path, CORPUS)
    platform = cisco_iosxe if path.stem.startswith("xe_") else cisco_ios
    assert differences(read(platform, text), golden) == []
