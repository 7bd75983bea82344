"""The reader's facts against those that a person worked out from the texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.platforms.nokia_srlinux import platform
from tests.platforms.golden import differences, load, read

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_facts_are_those_that_were_worked_out_by_hand(path: Path) -> None:
    text, golden = load(path, Path())
    assert differences(read(platform, text), golden) == []
