"""The reader finds what a person found who read the same files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from auditor.platforms.huawei_vrp import platform
from tests.platforms.golden import differences, load, read
from tests.platforms.huawei_vrp.vrp import CORPUS, SAMPLES

SAMPLES_HERE = Path(__file__).parent / "samples"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.skipif(not SAMPLES, reason="the sample configurations are not here")
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_facts_are_those_that_a_person_found(path: Path) -> None:
    text, golden = load(path, CORPUS)
    assert differences(read(platform, text), golden) == []


@pytest.mark.parametrize("path", sorted(SAMPLES_HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_samples_of_every_topic(path: Path) -> None:
    """Configurations written from the references, with the facts written down before the reader saw them."""
    golden = yaml.safe_load(path.read_text("utf-8"))
    facts = read(platform, path.with_suffix(".cfg").read_bytes())
    assert differences(facts, golden) == []
    assert facts.coverage[0].unread == ()
