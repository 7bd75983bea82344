"""The demo inventory, audited whole: what is planted is found at its line, what is sound stays quiet."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from auditor.engine.packs import load
from tests.cli.conftest import DEMO, ROOT, Done, in_a_process

SOUND = ("pe1-osl", "pe2-osl", "pe5-svg", "pe6-tos", "rr1-osl", "rr2-brg", "rr3-osl", "agg1-osl")
NO_FINDING = {
    ("cpe1-kunde", "smart-install-enabled", "-"): "TRAITS.tsv: unknown from the configuration alone",
}
"""Rows that are no finding, and why."""


WITHOUT_DECLARATIONS = {
    "acl-foreign-permit": "a foreign address that lets in on a management list among private ones",
    "ssh-nonstandard-port": "a rotary port is a finding without a list",
    "gre-tunnel-undeclared": "conditions that the catalogue names as findings even then",
    "covert-remote-mirror-undeclared": "conditions that the catalogue names as findings even then",
    "guestshell-enabled": "its text: one that is not declared is a finding, even idle",
    "eem-policy-undeclared": "an applet that silences logging is a finding without a list",
}
"""Checks on declared things that may find something where nothing was declared."""


def traits() -> list[dict[str, str]]:
    with (DEMO / "TRAITS.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def rows_to_find() -> list[dict[str, str]]:
    known = load().checks
    return [
        row
        for row in traits()
        if row["check"] in known and (row["device"], row["check"], row["line"]) not in NO_FINDING
    ]


def _audited(folder: Path, *words: object) -> Done:
    done = in_a_process("audit", *words, "-o", folder, "--format", "json", cwd=ROOT)
    return Done(done.returncode, done.stdout, done.stderr, folder)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return _audited(tmp_path_factory.mktemp("demo"), "inventories/demo")


@pytest.fixture(scope="module")
def undeclared(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The inventory and its configurations without declarations and waivers."""
    copy = tmp_path_factory.mktemp("alone")
    shutil.copy(DEMO / "inventory.yaml", copy)
    shutil.copytree(DEMO / "configs", copy / "configs")
    return _audited(tmp_path_factory.mktemp("report"), copy / "inventory.yaml")


def test_the_rows_are_there() -> None:
    assert len(rows_to_find()) > 40
    listed = {(row["device"], row["check"], row["line"]) for row in traits()}
    assert set(NO_FINDING) <= listed


@pytest.mark.parametrize("row", rows_to_find(), ids=lambda row: f"{row['device']}-{row['check']}-{row['line']}")
def test_what_is_planted_is_found_at_its_line(demo: Done, row: dict[str, str]) -> None:
    mine = [one for one in demo.run["findings"] if (one["device"], one["check"]) == (row["device"], row["check"])]
    assert mine, "no finding of this check on this device"
    if row["line"] == "-":
        return
    first, _, last = row["line"].partition("-")
    wanted = set(range(int(first), int(last or first) + 1))
    cited = {
        line
        for one in mine
        for evidence in one["evidence"]
        if evidence["document"] == row["file"]
        for line in range(evidence["line"], evidence["end_line"] + 1)
    }
    assert cited & wanted, sorted(cited)


def test_rows_that_are_no_finding_are_unknown(demo: Done) -> None:
    for device, check, _ in NO_FINDING:
        assert demo.cells(device)[check][0] == "unknown"


def test_every_finding_of_high_severity_is_planted(demo: Done) -> None:
    planted = {(row["device"], row["check"]) for row in traits()}
    checks = load().checks
    found = {
        (one["device"], one["check"])
        for one in demo.run["findings"]
        if one["severity"] in ("high", "critical") and str(checks[one["check"]].meta.kind) != "fleet"
    }
    assert found <= planted, found - planted


@pytest.mark.parametrize("device", SOUND)
def test_a_sound_device_is_quiet(demo: Done, device: str) -> None:
    loud = [
        (one["check"], one["message"])
        for one in demo.run["findings"]
        if one["device"] == device and one["severity"] in ("high", "critical")
    ]
    assert not loud
    assert "error" not in demo.outcomes(device)
    assert demo.device(device)["status"] == "audited"
    assert "pass" in demo.outcomes(device)


def test_the_run_as_a_whole(demo: Done) -> None:
    assert demo.code == 1
    run = demo.run
    assert run["run"]["exit_code"] == 1
    assert run["run"]["complete"] is True
    assert len(run["devices"]) == 14
    assert len(run["results"]) == 14 * len(load().checks)
    assert not [cell for cell in run["results"] if cell["outcome"] == "error"]
    assert [waiver["state"] for waiver in run["waivers"]] == ["used"]
    assert {one["device"] for one in run["findings"] if one["waived"]} == {"agg3-trd"}
    assert "Signs of intrusion on: pe4-trd." in demo.err


def test_the_evidence_stands_where_it_is_cited(demo: Done) -> None:
    """A line without a secret is quoted as it stands in the file."""
    for one in demo.run["findings"]:
        for evidence in one["evidence"]:
            lines = (DEMO / evidence["document"]).read_text("utf-8").split("\n")
            text = evidence["text"].split("\n")[0]
            if "<secret-" not in text:
                assert lines[evidence["line"] - 1].rstrip() == text.rstrip(), one["check"]


def test_without_declarations_only_what_is_wrong_anyway_is_found(undeclared: Done) -> None:
    checks = load().checks
    found = {one["check"] for one in undeclared.run["findings"]}
    on_lists = {check for check in found if str(checks[check].meta.kind) == "undeclared"}
    assert on_lists <= set(WITHOUT_DECLARATIONS), on_lists - set(WITHOUT_DECLARATIONS)
    loud = {one["device"] for one in undeclared.run["findings"] if one["severity"] in ("high", "critical")}
    assert not loud & set(SOUND)
    assert undeclared.code == 1


def test_without_declarations_the_rest_waits_for_review_rarest_first(undeclared: Done) -> None:
    review = undeclared.run["review"]
    assert review
    shares = [item["peers"]["with"] / item["peers"]["of"] for item in review]
    assert shares == sorted(shares)
    assert any("netsvc" in item["subject"] and item["device"] == "pe4-trd" for item in review)
    reasons = {cell["reason"].split(":")[0] for cell in undeclared.run["results"] if cell["outcome"] == "unknown"}
    assert "U-DECL" in reasons


def test_the_folder_alone_is_audited_with_found_platforms(tmp_path: Path) -> None:
    done = _audited(tmp_path / "report", DEMO / "configs")
    assert done.code == 1
    named = {device["name"]: device["platform"] for device in done.run["devices"]}
    wanted = {row["device"] for row in traits()} | set(SOUND)
    assert set(named) == wanted
    assert named["pe4-trd"] == "cisco_iosxe"
    assert {named[name] for name in ("rr3-osl", "cpe2-kunde")} == {"frr"}
    assert not done.run["skipped"]
