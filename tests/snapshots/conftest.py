"""Of all tests of this folder: devices hear nothing that is not on their list."""

from collections.abc import Iterator

import pytest

from tests.recorded import only_what_is_listed


@pytest.fixture(autouse=True)
def _nothing_else_is_sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with only_what_is_listed(monkeypatch):
        yield
