"""What the tests of this platform share."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.juniper_junos import platform
from auditor.syntax.mask import Masker

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"


def _reading(text: str | bytes) -> Reading:
    content = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    return platform.read(Device("r1"), [Document(RUNNING, content)], [], Masker(b"key of the tests"))


@pytest.fixture(scope="session")
def reading() -> Callable[[str | bytes], Reading]:
    """Reads a running configuration."""
    return _reading


@pytest.fixture(scope="session")
def facts() -> Callable[[str | bytes], Facts]:
    """Reads a running configuration and returns its facts."""
    return lambda text: _reading(text).facts


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each real configuration, where they are at hand."""
    if "junos_file" in metafunc.fixturenames:
        found = sorted((CORPUS / "juniper_junos").glob("*"))
        metafunc.parametrize("junos_file", found, ids=lambda path: path.name)
    if "foreign_file" in metafunc.fixturenames:
        found = sorted(path for path in CORPUS.glob("*/*") if path.parent.name != "juniper_junos")
        metafunc.parametrize("foreign_file", found, ids=lambda path: path.name)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real Junos configurations."""
    if not CORPUS.is_dir():
        pytest.skip(f"{CORPUS} does not exist; AUDITOR_CORPUS names another folder")
    return CORPUS / "juniper_junos"
