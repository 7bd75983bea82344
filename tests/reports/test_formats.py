"""Every format: golden files, order, and what may never be lost or hidden."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from auditor.model.report import ReportFormat
from auditor.model.run import DeviceStatus, Outcome, Result, Run
from auditor_reports import formats
from auditor_reports import json as run_json
from tests.reports.example_run import FINDINGS, RUN, changed

FORMATS = {f.name: f for f in formats}
GOLDEN_FILES = {
    "html": ("index.html", "checks.html", "devices/par-pe1.html", "devices/bdx-pe1.html", "devices/lil-pe1.html"),
    "json": ("run.json",),
    "sarif": ("run.sarif",),
    "junit": ("junit.xml",),
    "csv": ("findings.csv", "results.csv", "devices.csv", "review.csv"),
    "md": ("summary.md",),
}
EMPTY = changed(RUN, checks=(), devices=(), results=(), findings=(), review=(), skipped=(), waivers=())


def test_the_formats_are_named():
    assert list(FORMATS) == ["html", "json", "sarif", "junit", "csv", "md"] == list(GOLDEN_FILES)


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name, tmp_path, golden):
    written = FORMATS[name].write(RUN, tmp_path)
    assert written[0] == tmp_path / GOLDEN_FILES[name][0]
    for file in GOLDEN_FILES[name]:
        golden(file, (tmp_path / file).read_bytes())


@pytest.mark.parametrize("report", formats, ids=lambda f: f.name)
@pytest.mark.parametrize("run", [RUN, EMPTY], ids=["example", "empty"])
def test_the_same_run_gives_the_same_files_and_they_are_all_named(report: ReportFormat, run: Run, tmp_path):
    first, second = report.write(run, tmp_path / "a"), report.write(run, tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert sorted(first) == sorted(p for p in (tmp_path / "a").rglob("*") if p.is_file())


def test_json_round_trip(tmp_path):
    (path,) = FORMATS["json"].write(RUN, tmp_path)
    assert run_json.load(path) == RUN
    assert path.read_bytes() == b"".join(run_json.pieces(RUN))
    assert run_json.from_bytes(b"".join(run_json.pieces(EMPTY))) == EMPTY


def test_json_keeps_its_schema_and_the_schema_describes_every_key():
    schema = json.loads(run_json.SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for run in (RUN, EMPTY):
        jsonschema.validate(
            json.loads(b"".join(run_json.pieces(run))), _closed(schema), jsonschema.Draft202012Validator
        )


def _closed(schema):
    """The schema with no room for keys that it does not describe."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    if schema.get("type") == "object":
        assert all("description" in part or "$ref" in part for part in schema["properties"].values())
        closed["additionalProperties"] = False
    return closed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"auditor/run/1", b"auditor/run/9", "auditor/run/9"),
        (b'"li_mode":"ordinary"', b'"li_mode":"cleared"', "may not read"),
        (b'"fail_on":"high"', b'"fail_on":"awful"', "awful"),
        (b'"exit_code":3', b'"exit_code":"x"', "exit_code"),
    ],
)
def test_json_refuses_what_is_no_ordinary_run(old, new, message, tmp_path):
    path = tmp_path / "run.json"
    path.write_bytes(b"".join(run_json.pieces(RUN)).replace(old, new))
    with pytest.raises(run_json.RunFileError, match=message):
        run_json.load(path)


def test_junit_shows_no_green_for_a_device_that_was_not_audited(tmp_path):
    suites = {s.get("name"): s for s in ET.parse(FORMATS["junit"].write(RUN, tmp_path)[0]).getroot()}
    for device in RUN.devices:
        suite = suites[device.name]
        assert len(suite) == int(suite.get("tests"))
        if device.status is not DeviceStatus.AUDITED:
            assert suite[0].find("error") is not None
    assert int(suites["bdx-pe1"].get("skipped")) == len(RUN.checks)
    waived = suites["par-pe2"].find("testcase[@name='telnet-enabled']/skipped")
    assert "waived: Console server" in waived.get("message")
    assert suites["lil-pe1"].find("testcase[@name='gre-tunnel-undeclared']/error") is not None


def test_sarif_has_what_code_scanning_asks_for(tmp_path):
    log = json.loads(FORMATS["sarif"].write(RUN, tmp_path)[0].read_bytes())
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert not run["invocations"][0]["executionSuccessful"]
    assert len(run["results"]) == len(FINDINGS)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].isascii()
        assert 1 <= place["region"]["startLine"] <= place["region"]["endLine"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert {"par-pe1/show%20running-config", "lyo-agg1.cfg"} <= uris
    suppressed = [r for r in run["results"] if "suppressions" in r]
    assert [r["properties"]["device"] for r in suppressed] == ["par-pe2"]
    levels = [n["level"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    assert {"error", "warning", "note"} == set(levels)


def test_csv_has_no_formulas(tmp_path):
    for path in FORMATS["csv"].write(RUN, tmp_path):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert any("'=1+1" in row for row in _rows(tmp_path / "devices.csv"))


def test_csv_results_have_every_cell(tmp_path):
    FORMATS["csv"].write(RUN, tmp_path)
    assert len(_rows(tmp_path / "results.csv")) == 1 + len(RUN.checks) * len(RUN.devices)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_result_for_a_device_or_check_that_the_run_does_not_describe_is_shown(tmp_path):
    stray = changed(RUN, results=(*RUN.results, Result("new-check", "stray", Outcome.UNKNOWN, "?")))
    for report in formats:
        report.write(stray, tmp_path)
    assert "stray" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_hostile_name_stays_in_the_folder(tmp_path):
    inside = tmp_path / "out"
    for report in formats:
        assert all(p.resolve().is_relative_to(inside.resolve()) for p in report.write(RUN, inside))
    assert list(tmp_path.iterdir()) == [inside]
