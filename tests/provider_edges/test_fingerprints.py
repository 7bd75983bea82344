"""A finding keeps its fingerprint when its lines move, blocks change places or the file gets another name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.cli.conftest import DEMO, ROOT, in_a_process
from tests.provider_edges.edge import PLATFORMS, Variant, provider_edge
from tests.provider_edges.reorder import reordered, stretched
from tests.provider_edges.test_edges import audit

LINES = 1_000
OWN_TO_A_RUN = ("id", "started", "finished")


def fingerprints(run: dict[str, Any]) -> list[tuple[str, str, str]]:
    return sorted((one["check"], one["fingerprint"], one["severity"]) for one in run["findings"])


def loose(folder: Path, texts: dict[str, str], declarations: list[Path]) -> dict[str, Any]:
    """The run over a folder with these files; the devices are named by their configurations."""
    (folder / "configs").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "configs" / name).write_text(text, "utf-8")
    words = [word for path in declarations for word in ("--declarations", path)]
    done = in_a_process(
        "audit", folder / "configs", *words, "-o", folder / "report", "--format", "json", "--quiet", cwd=ROOT
    )
    assert done.returncode == 1, done.stderr
    run: dict[str, Any] = json.loads((folder / "report" / "run.json").read_text("utf-8"))
    return run


def test_they_survive_what_changes_nothing(tmp_path: Path) -> None:
    edges = {platform: provider_edge(platform, Variant.PLANTED, LINES) for platform in PLATFORMS}
    declarations = [tmp_path / f"{platform}.yaml" for platform in PLATFORMS]
    for path, edge in zip(declarations, edges.values(), strict=True):
        path.write_text(edge.declarations, "utf-8")
    plain = {platform: edge.text for platform, edge in edges.items()}
    known = fingerprints(loose(tmp_path / "first", {f"{name}.cfg": text for name, text in plain.items()}, declarations))
    assert len(known) > 250
    assert len({fingerprint for _, fingerprint, _ in known}) == len(known)
    others = {
        "renamed": {f"2026-11-26 {name} backup.txt": text for name, text in plain.items()},
        "moved": {f"{name}.cfg": stretched(name, text) for name, text in plain.items()},
        "reordered": {f"{name}.cfg": reordered(name, text, 1) for name, text in plain.items()},
        "all of it": {f"a {name}.log": stretched(name, reordered(name, text, 2)) for name, text in plain.items()},
    }
    for name, texts in others.items():
        assert set(texts.values()).isdisjoint(plain.values()) or name == "renamed"
        assert fingerprints(loose(tmp_path / name, texts, declarations)) == known, name


def test_two_runs_say_the_same(tmp_path: Path) -> None:
    edges = [provider_edge(platform, Variant.PLANTED, LINES) for platform in PLATFORMS]
    runs = [audit(tmp_path / "edges", {f"{edge.host}.cfg": edge for edge in edges}) for _ in range(2)]
    assert without_times(runs[0]) == without_times(runs[1])


def test_two_runs_over_the_demo_say_the_same_wherever_it_lies(tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "elsewhere")
    runs: list[dict[str, Any]] = []
    for workers, source in (("1", DEMO), ("2", DEMO), ("1", tmp_path / "elsewhere")):
        folder = tmp_path / str(len(runs))
        words = ("audit", source, "-o", folder, "--format", "json", "--quiet", "--workers", workers)
        assert in_a_process(*words, cwd=ROOT).returncode == 1
        runs.append(json.loads((folder / "run.json").read_text("utf-8")))
    assert without_times(runs[0]) == without_times(runs[1])
    assert fingerprints(runs[0]) == fingerprints(runs[2])


def without_times(run: dict[str, Any]) -> str:
    """The run as text, so that the order counts, without what has to differ."""
    return json.dumps(run | {"run": {key: value for key, value in run["run"].items() if key not in OWN_TO_A_RUN}})
