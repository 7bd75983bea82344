"""What the tests of the reports share."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare a content with its golden file, or rewrite the file where that was asked for."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.is_file(), f"{path} is missing; run pytest with --update-golden and read the result"
        assert content.decode() == path.read_bytes().decode(), "pytest --update-golden rewrites it"

    return compare
