"""The pages of platforms and checks are those that the code gives now."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GENERATED = runpy.run_path(str(DOCS / "generate.py"))
PAGES = {("platforms", name): text for name, text in GENERATED["pages"]().items()} | {
    ("checks", name): text for name, text in GENERATED["check_pages"]().items()
}


@pytest.mark.parametrize(("folder", "name"), sorted(PAGES))
def test_page_is_current(folder: str, name: str) -> None:
    assert (DOCS / folder / f"{name}.md").read_text("utf-8") == PAGES[folder, name], "run `make docs`"


def test_the_table_of_requirements_is_current() -> None:
    assert (DOCS / "lawful-intercept.md").read_text("utf-8") == GENERATED["intercept_page"](), "run `make docs`"
    assert set(GENERATED["marked_tests"]()) <= set(GENERATED["REQUIREMENTS"])


@pytest.mark.requirement("R-LI-15")
def test_the_page_on_lawful_intercept_says_what_cannot_be_proved() -> None:
    page = (DOCS / "lawful-intercept.md").read_text("utf-8")
    assert "It cannot prove that there is no interception" in page
    assert "Interception state is not examined in this mode" in page


@pytest.mark.parametrize("folder", ["platforms", "checks"])
def test_there_is_a_page_for_everything_and_no_other(folder: str) -> None:
    assert {path.stem for path in (DOCS / folder).glob("*.md")} == {name for where, name in PAGES if where == folder}


def test_the_page_of_collection_is_current() -> None:
    assert (DOCS / "collection.md").read_text("utf-8") == GENERATED["collection_page"](), "run `make docs`"
    assert (DOCS / "commands.csv").read_text("utf-8") == GENERATED["commands_table"](), "run `make docs`"
