"""Real configurations of this system: every line is accounted for, and next to nothing is unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model.areas import Area
from tests.platforms.nokia_sros.sros import FILES, facts, read
from tests.platforms.nokia_sros.test_properties import sound

CRITICAL = {
    Area.ACCOUNTS, Area.AAA, Area.ACCESS, Area.SERVICES, Area.SNMP, Area.MIRRORS, Area.EXPORTERS, Area.TUNNELS, Area.CRYPTO,
    Area.REDIRECTION, Area.SCRIPTS, Area.CONTAINERS, Area.INTERCEPT, Area.ACLS, Area.LOGGING,
}  # fmt: skip

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_is_accounted_for(path: Path) -> None:
    found = read(path.read_bytes())
    sound(found)
    (coverage,) = found.facts.coverage
    assert len(coverage.unread) < 0.05 * coverage.lines
    assert not CRITICAL & found.facts.unread.keys()
    assert coverage.understood > 50


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_evidence_stands_at_the_cited_line(path: Path) -> None:
    lines = path.read_bytes().decode("utf-8", "backslashreplace").split("\n")
    for source in facts(path.read_bytes()).coverage[0].unread:
        assert lines[source.line - 1].split()[:1] == source.text.split()[:1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cut_at_many_places(path: Path) -> None:
    text = path.read_bytes()
    for end in range(0, len(text), max(len(text) // 12, 1)):
        sound(read(text[:end]))
