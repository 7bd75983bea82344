"""What reports say of lawful intercept: always the same words, a handling mark, and what to save first."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from auditor.engine.packs import load
from auditor.model.check import Severity
from auditor.model.run import Run
from auditor_reports import formats, words
from auditor_reports import json as run_json
from auditor_reports.fleet import LI_CLASSES, arrange
from tests.reports.example_run import RUN, changed

FORMATS = {one.name: one for one in formats}
NEUTRAL = re.compile(r"\b(?:illegal|unlawful|rogue|criminal)\b|\bno intercepts? (?:was |were )?found", re.IGNORECASE)


def written(run: Run, name: str, folder: Path) -> str:
    return FORMATS[name].write(run, folder)[0].read_text("utf-8")


def without_serious(run: Run) -> Run:
    """The same run, with its finding on interception of low severity."""
    findings = tuple(
        msgspec.structs.replace(one, severity=Severity.LOW, preserve=False) if one.check.startswith("li-") else one
        for one in run.findings
    )
    return changed(run, findings=findings)


@pytest.mark.requirement("R-LI-07")
@pytest.mark.parametrize("name", ["html", "md"])
def test_the_section_says_what_is_not_examined_and_counts(name: str, tmp_path: Path) -> None:
    page = written(RUN, name, tmp_path)
    section = page[page.index("Lawful-intercept exposure") :]
    assert words.LI_SENTENCE in section
    assert "Intercept MIBs are in a general SNMP view" in section
    for sentence in words.LI_SCOPE:
        assert sentence.split(",")[0] in section


@pytest.mark.requirement("R-LI-05")
def test_the_section_has_a_row_for_every_check_whatever_was_found() -> None:
    shown = [row.check.id for row in arrange(RUN).exposure]
    assert shown == [row.check.id for row in arrange(without_serious(RUN)).exposure] != []
    assert shown == [one.id for one in RUN.checks if one.check_class in LI_CLASSES]


@pytest.mark.requirement("R-LI-14")
def test_evidence_is_to_be_saved_first_with_serious_findings_alone(tmp_path: Path) -> None:
    serious, lesser = (written(run, "html", tmp_path / str(i)) for i, run in enumerate((RUN, without_serious(RUN))))
    begin = '<section id="intercept"'
    assert "Preserve evidence first" in serious[serious.index(begin) : serious.index('<section id="review"')]
    assert "Preserve evidence first" not in lesser[lesser.index(begin) : lesser.index('<section id="review"')]
    assert "Intercept tables are saved by the lawful-intercept office alone" in serious
    assert "No mail or chat carried in band" in serious


@pytest.mark.requirement("R-LI-12")
def test_every_report_has_a_handling_mark_and_json_its_mode(tmp_path: Path) -> None:
    for name in ("html", "md"):
        assert words.HANDLING in written(RUN, name, tmp_path / name)
    told = msgspec.json.decode(written(RUN, "json", tmp_path / "json"))
    assert told["run"]["li_mode"] == "ordinary"
    schema = msgspec.json.decode(run_json.SCHEMA_FILE.read_bytes())
    assert "li_mode" in msgspec.json.encode(schema).decode()


@pytest.mark.requirement("R-LI-12")
def test_cleared_results_are_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(b"".join(run_json.pieces(RUN)).replace(b'"li_mode":"ordinary"', b'"li_mode":"cleared"'))
    with pytest.raises(ValueError, match="may not read"):
        run_json.load(path)


@pytest.mark.requirement("R-LI-11")
def test_wording_is_neutral() -> None:
    """Checks, words of reports and the page for readers."""
    packs = load()
    texts = {
        one.meta.id: " ".join((one.meta.title, one.meta.why, one.meta.how, one.meta.false_positives))
        for one in packs.checks.values()
        if str(one.meta.check_class).startswith("li-")
    }
    texts["words"] = " ".join((words.LI_SENTENCE, *words.LI_SCOPE, *words.PRESERVE_STEPS))
    assert not {name: found[0] for name, text in texts.items() if (found := NEUTRAL.search(text))}
