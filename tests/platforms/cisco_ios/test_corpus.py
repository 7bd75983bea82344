"""Every real file of the platform is read: no exception, every area filled, every line accounted for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.engine.packs import load
from auditor.model.areas import Area
from auditor.platforms.cisco_ios import platform as cisco_ios
from auditor.platforms.cisco_iosxe import platform as cisco_iosxe
from tests.platforms.golden import read

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
PLATFORMS = {"cisco_ios": cisco_ios, "cisco_iosxe": cisco_iosxe}
CRITICAL = {
    *(Area.ACCOUNTS, Area.AAA, Area.ACCESS, Area.SERVICES, Area.SNMP, Area.MIRRORS, Area.EXPORTERS, Area.TUNNELS),
    *(Area.CRYPTO, Area.REDIRECTION, Area.SCRIPTS, Area.CONTAINERS, Area.INTERCEPT, Area.ACLS, Area.LOGGING),
}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")


def files() -> list[Path]:
    return sorted(path for folder in PLATFORMS for path in (CORPUS / folder).glob("*"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_area_is_filled_and_every_line_accounted_for(path: Path) -> None:
    facts = read(PLATFORMS[path.parent.name], path.read_bytes())
    assert {area for area in Area if area not in facts.areas} - {Area.STATE} == set(facts.missing) == set()
    (coverage,) = facts.coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.lines == coverage.understood + coverage.irrelevant + lost


@pytest.mark.parametrize("folder", PLATFORMS)
def test_nearly_every_line_is_read(folder: str) -> None:
    lines = unread = critical = 0
    for path in sorted((CORPUS / folder).glob("*")):
        facts = read(PLATFORMS[folder], path.read_bytes())
        lines += facts.coverage[0].lines
        unread += len(facts.coverage[0].unread)
        critical += sum(len(sources) for area, sources in facts.unread.items() if area in CRITICAL)
    print(f"{folder}: {100 * unread / lines:.2f} % unread, {100 * critical / lines:.2f} % in critical areas")
    assert unread / lines < 0.05
    assert critical / lines < 0.01


def test_no_other_system_s_files_are_claimed_with_more_right_than_their_owner_has() -> None:
    definitions = load().platforms
    for path in sorted(CORPUS.glob("*/*")):
        if path.parent.name in PLATFORMS:
            continue
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
        mine = cisco_ios.detect(lines)
        owner = definitions[path.parent.name].detect(lines) if path.parent.name in definitions else None
        assert mine is None or (owner is not None and owner.confidence > mine.confidence), path.name
