"""Every finding of severity high and above on the real configurations was read by eye against its file.

`precision.tsv` holds the verdicts: `true`, `false` (also: too severe, or said wrongly) or `arguable`, each with the reason.
A finding that is not in it fails the test until somebody has read it: `pytest tests/corpus --update-golden` adds its row
with the verdict `unread`, and takes out rows whose finding is gone. A row judged `false` stays; the finding must not come back.
"""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from auditor.cli.sources import loose_files
from auditor.engine.audit import Plan, audit
from auditor.engine.workers import Workers
from auditor.model.check import Severity
from auditor.model.run import Run
from tests.corpus.test_corpus import CORPUS, KEY, PACKS

TABLE = Path(__file__).with_name("precision.tsv")
COLUMNS = ("file", "check", "subject", "line", "verdict", "reason")
VERDICTS = {"true", "false", "arguable"}
LEAST = 0.99

corpus_is_here = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine"
)


class Place(NamedTuple):
    """What a finding says, as one can find it again."""

    file: str
    check: str
    subject: str


class Verdict(NamedTuple):
    """What a reader made of it."""

    line: int
    verdict: str
    reason: str


def table() -> dict[Place, Verdict]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        Place(row["file"], row["check"], row["subject"]): Verdict(int(row["line"]), row["verdict"], row["reason"])
        for row in rows
    }


@cache
def run() -> Run:
    gathered = loose_files([CORPUS], PACKS, None, None, Workers())
    plan = Plan(
        packs=PACKS,
        selected=tuple(PACKS.checks),
        key=KEY,
        fail_on=Severity.HIGH,
        inputs=("corpus",),
        expected=gathered.expected,
    )
    started = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    return audit(gathered.intakes, plan, started, lambda _: None)


def serious() -> dict[Place, int]:
    """Findings of severity high and above, and the line of their first evidence."""
    return {
        Place(one.evidence[0].document, one.check, one.subject): one.evidence[0].line
        for one in run().findings
        if one.severity >= Severity.HIGH
    }


def update(known: dict[Place, Verdict], found: dict[Place, int]) -> None:
    kept = {place: verdict for place, verdict in known.items() if place in found or verdict.verdict == "false"}
    for place, line in found.items():
        before = kept.get(place)
        kept[place] = before._replace(line=line) if before else Verdict(line, "unread", "")
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*place, *verdict) for place, verdict in sorted(kept.items()))


@corpus_is_here
def test_every_serious_finding_was_read_and_none_is_false(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        update(table(), serious())
    known, found = table(), serious()
    assert sorted(found.keys() - known.keys()) == [], "findings that nobody has read"
    assert [place for place in found if known[place].verdict == "unread"] == []
    assert [place for place in found if known[place].verdict == "false"] == [], "false findings that came back"
    assert [place for place, line in found.items() if known[place].line != line] == [], "evidence that moved"


@corpus_is_here
def test_what_was_read_is_still_found() -> None:
    found = serious()
    assert [place for place, verdict in table().items() if verdict.verdict != "false" and place not in found] == []


@corpus_is_here
def test_precision() -> None:
    known = table()
    counts = Counter(known[place].verdict for place in serious() if place in known)
    judged = counts["true"] + counts["false"]
    precision = counts["true"] / judged
    once_false = sum(verdict.verdict == "false" for verdict in known.values())
    print(f"serious findings: {dict(counts)}, precision {precision:.3f}; found false and mended: {once_false}")
    assert precision >= LEAST


def test_each_verdict_has_a_reason() -> None:
    known = table()
    assert known
    assert [place for place, verdict in known.items() if verdict.verdict not in VERDICTS or not verdict.reason] == []
