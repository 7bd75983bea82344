"""Facts of real configurations against what a person wrote down after reading them."""

from pathlib import Path

import pytest

from auditor.platforms.juniper_junos import platform
from tests.platforms import golden

FOLDER = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_golden(path: Path, corpus: Path) -> None:
    text, expected = golden.load(path, corpus.parent)
    assert golden.differences(golden.read(platform, text), expected) == []
