"""Nothing that an ordinary run writes, shows or sends tells whether a device intercepts (R-LI-05)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.redaction import redaction
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.lawful_intercept.pairs import Pair
from tests.snapshots.support import written

FORMATS = "html,json,sarif,junit,csv,md"
_RUN_ITSELF = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?(?: UTC)?|\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d(?::\d\d)? UTC|time=\"[\d.]+\""
)
"""The id of a run, and when it was: what two runs over the same folder differ in too."""
CONFIGURATIONS = pairs.configurations()
DOCUMENTS = pairs.documents()

pytestmark = pytest.mark.requirement("R-LI-05")


def files(root: Path) -> dict[str, bytes]:
    """Everything below a folder, without what belongs to the run itself."""
    return {
        path.relative_to(root).as_posix(): _RUN_ITSELF.sub(b"", path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def saved(found: Iterable[Pair], root: Path, *, within: bool) -> Path:
    """The configurations as files of a folder."""
    folder = root / "in"
    folder.mkdir(parents=True)
    for number, pair in enumerate(found):
        (folder / f"d{number:03}.cfg").write_bytes(pair.within if within else pair.without)
    return root


def snapshot_of(found: Iterable[Pair], root: Path, *, within: bool) -> Path:
    """The documents as a snapshot, as the collector writes it."""
    root.mkdir(parents=True)
    made = []
    for number, pair in enumerate(found):
        content = pair.within if within else pair.without
        shown = [Document(pair.document, content, "test", "2026-11-26T00:00:00+00:00")]
        if pair.main:
            shown.insert(0, Document(pairs.RUNNING, pair.main, "test", "2026-11-26T00:00:00+00:00"))
        errors = (CollectionError("not collected: refused", document="show version", asked=False),)
        made.append(Snapshot(Device(f"d{number:03}", pair.platform), tuple(shown), errors))
    written(root / "in", *made)
    return root


def both(make, found: Sequence[Pair], tmp_path: Path) -> list[Path]:
    return [make(found, tmp_path / name, within=name == "within") for name in ("without", "within")]


def alike(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Files in which they differ."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def test_there_are_five_hundred_pairs_of_every_platform() -> None:
    every = [*CONFIGURATIONS, *DOCUMENTS]
    assert len(every) >= 500
    assert len({pair.platform for pair in every}) == 11
    assert all(pair.without != pair.within for pair in every)
    assert {pair.rule for pair in every} == {rule.name for rule in redaction.RULES}


def test_saved_configurations_in_every_format(shell: Shell, tmp_path: Path) -> None:
    folders = both(saved, CONFIGURATIONS, tmp_path)
    said = [
        shell.call(folder, "audit", "in", "-o", "out", "--format", FORMATS, "--workers", "1", "-vv")
        for folder in folders
    ]
    assert said[0] == said[1]
    written = [files(folder / "out") for folder in folders]
    assert sum(name.startswith("devices/") for name in written[0]) > 400
    assert not alike(*written)


def test_coverage_of_saved_configurations(shell: Shell, tmp_path: Path) -> None:
    some = CONFIGURATIONS[::3]
    folders = both(saved, some, tmp_path)
    assert shell.call(folders[0], "coverage", "in") == shell.call(folders[1], "coverage", "in")
    for number in range(0, len(some), 12):
        name = f"in/d{number:03}.cfg"
        assert shell.call(folders[0], "coverage", name) == shell.call(folders[1], "coverage", name)


def test_snapshots(shell: Shell, tmp_path: Path) -> None:
    """What the collector writes, and the audit of it; with documents of every kind beside the configuration."""
    some = [*DOCUMENTS, *CONFIGURATIONS[::4]]
    folders = both(snapshot_of, some, tmp_path)
    assert not alike(*(files(folder / "in") for folder in folders))
    said = [
        shell.call(folder, "audit", "in", "-o", "out", "--format", "json,csv", "--workers", "1") for folder in folders
    ]
    assert said[0] == said[1]
    assert not alike(*(files(folder / "out") for folder in folders))
    assert shell.call(folders[0], "snapshot", "list", "in") == shell.call(folders[1], "snapshot", "list", "in")


def differing(found: Sequence[Pair], tmp_path: Path, shell: Shell) -> list[str]:
    """What an audit of saved configurations, and the snapshots of all documents, differ in."""
    saved_ones = [pair for pair in found if not pair.main]
    differences = alike(*(files(folder / "in") for folder in both(snapshot_of, found, tmp_path / "snapshots")))
    if saved_ones:
        folders = both(saved, saved_ones, tmp_path / "files")
        said = [
            shell.call(folder, "audit", "in", "-o", "out", "--format", "json", "--workers", "1") for folder in folders
        ]
        differences += ["exit code or messages"] if said[0] != said[1] else []
        differences += alike(*(files(folder / "out") for folder in folders))
    return differences


@pytest.mark.requirement("R-LI-02")
@pytest.mark.parametrize("name", [rule.name for rule in redaction.RULES])
def test_every_rule_is_needed(name: str, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the pairs differ; with it they do not."""
    mine = [pair for pair in [*CONFIGURATIONS, *DOCUMENTS] if pair.rule == name][:6]
    assert mine
    assert not differing(mine, tmp_path / "all", shell)
    monkeypatch.setattr(redaction, "RULES", tuple(rule for rule in redaction.RULES if rule.name != name))
    redaction.forget()
    try:
        assert differing(mine, tmp_path / "without", shell)
    finally:
        redaction.forget()
