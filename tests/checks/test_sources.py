"""Every case of lawful intercept and of its look-alikes names the document that its statements or outputs come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checks.conftest import FOLDER
from tests.checks.sources import SOURCES, sources_of

FILES = sorted(
    path for name in ("li_provisioning", "li_delivery", "li_covert") for path in (FOLDER / name).glob("*.yaml")
)


def rows(content: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """(case, platform) of every case, of both halves of a pair as one, and of every device of a fleet."""
    cases = [*content.get("cases", []), *content.get("pairs", [])]
    return [(case, row["platform"]) for case in cases for row in case.get("devices", [case])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_names_its_documents(path: Path) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    for case, platform in rows(content):
        assert sources_of(case, content["sources"], platform), (case.get("name") or case.get("about"), platform)


def test_every_document_is_cited_and_says_where_it_stands() -> None:
    contents = [yaml.safe_load(path.read_text("utf-8")) for path in FILES]
    named = {key for one in contents for keys in one["sources"].values() for key in keys}
    named |= {key for one in contents for case, _ in rows(one) for key in case.get("source", ())}
    assert named == set(SOURCES)
    assert len({(one.title, one.section) for one in SOURCES.values()}) == len(SOURCES)
    for one in SOURCES.values():
        assert one.title
        assert one.section
        assert one.url.startswith("https://")
