"""Every real configuration of NX-OS is read: no exception, all areas, every line accounted for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.model.areas import Area
from tests.platforms.cisco_nxos.nxos import read

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
FILES = sorted(path for path in CORPUS.glob("cisco_nxos/*") if path.is_file())
CRITICAL = frozenset(
    (
        Area.ACCOUNTS,
        Area.AAA,
        Area.ACCESS,
        Area.SERVICES,
        Area.SNMP,
        Area.MIRRORS,
        Area.EXPORTERS,
        Area.TUNNELS,
        Area.CRYPTO,
        Area.REDIRECTION,
        Area.SCRIPTS,
        Area.CONTAINERS,
        Area.ACLS,
        Area.LOGGING,
    )
)

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_read_as_a_whole(path: Path) -> None:
    facts = read(path.read_bytes()).facts
    assert set(facts.areas) | set(facts.missing) | {Area.STATE} == set(Area)
    assert set(facts.missing) == {Area.INTERCEPT}
    (coverage,) = facts.coverage
    unread = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.lines == coverage.understood + coverage.irrelevant + unread
    assert unread * 20 < coverage.lines
    assert not CRITICAL & set(facts.unread)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cut_in_every_tenth(path: Path) -> None:
    content = path.read_bytes()
    for part in range(10):
        read(content[: len(content) * part // 10])
