"""The pages: nothing of a device becomes markup, every link leads somewhere, the verdict is careful."""

import itertools
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import msgspec
import pytest

from auditor.model.check import Severity
from auditor.model.run import DeviceRecord, DeviceStatus, Outcome
from auditor_reports import html, text, words
from auditor_reports.fleet import arrange
from tests.reports.example_run import RUN, changed

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VOID = {"meta", "input", "br", "hr", "img", "link"}
SHAPES = {"path", "circle", "use", "rect"}


class Page(HTMLParser):
    """The tags of a page, checked for their nesting, with ids, links and headings."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(content)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("html")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in html.write(RUN, folder)}


def test_nothing_a_device_says_becomes_markup(pages):
    for name, content in pages.items():
        page = Page(content)
        assert page.tags.count("script") == 1, name
        assert not {a for a in page.attributes if a.startswith("on") or a == "style"}, name
        assert not HIDDEN.search(content), name
        assert not {"img", "iframe", "link", "object", "form"} & set(page.tags), name


def test_every_link_leads_somewhere(pages):
    ids = {name: Page(content).ids for name, content in pages.items()}
    for name, content in pages.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for link in Page(content).links:
            if link.startswith("https://"):
                continue
            file, _, anchor = link.partition("#")
            parts = [*name.split("/")[:-1], *unquote(file).split("/")] if file else name.split("/")
            target = "/".join(p for i, p in enumerate(parts) if p != ".." and "".join(parts[i + 1 : i + 2]) != "..")
            assert target in pages, (name, link)
            assert not anchor or anchor in ids[target], (name, link)


def test_headings_descend_one_by_one(pages):
    for name, content in pages.items():
        levels = [int(tag[1]) for tag in Page(content).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (name, levels)


def test_tables_have_captions_and_scopes(pages):
    for content in pages.values():
        tags = Page(content).tags
        assert tags.count("table") == tags.count("caption")
        assert not re.search(r"<th(?![^>]*scope=)[ >]", content)


def test_the_verdict_says_incomplete_first_and_signs_next():
    verdict = arrange(RUN).verdict
    assert verdict.incomplete.startswith("This audit is incomplete: 1 device could not be audited")
    assert verdict.headline == "Signs of compromise on 1 of 7 devices; 1 more has serious exposures."


def test_a_device_that_was_not_audited_says_so(pages):
    assert "Not audited." in pages["devices/bdx-pe1.html"]
    assert "None found" not in pages["devices/bdx-pe1.html"]


def test_evidence_is_preserved_before_the_fix(pages):
    page = pages["devices/par-pe1.html"]
    assert page.index("Preserve evidence first") < page.index("After the evidence is safe")


def test_no_page_says_that_the_network_is_secure(pages):
    for content in pages.values():
        assert not re.search(
            r"\b(secure|clean|safe network)\b", content.lower().replace("after the evidence is safe", "")
        )
        assert words.LI_SENTENCE in content
        assert words.HANDLING in content


def _only(outcome: Outcome, **more):
    results = tuple(msgspec.structs.replace(r, outcome=outcome, reason="U-STATE: offline") for r in RUN.results)
    return changed(RUN, findings=(), results=results, complete=True, **more)


def test_where_nothing_was_judged_nothing_is_said_to_be_good():
    verdict = arrange(_only(Outcome.UNKNOWN)).verdict
    assert verdict.tone == "not-judged"
    assert verdict.headline.startswith("Nothing was judged")


def test_where_nothing_was_found_the_verdict_says_what_was_looked_at():
    verdict = arrange(_only(Outcome.PASS)).verdict
    assert verdict.tone == "nothing-found"
    assert verdict.headline.startswith("What was looked at on the 7 devices that could be judged showed no weakness.")


def test_few_answers_make_no_statement():
    run = _only(Outcome.UNKNOWN)
    answered = (msgspec.structs.replace(run.results[0], outcome=Outcome.PASS), *run.results[1:])
    assert arrange(changed(run, results=answered)).verdict.tone == "not-judged"


def test_long_fleets_are_cut_into_pages(tmp_path):
    devices = tuple(DeviceRecord(f"pe{n}", "frr", DeviceStatus.AUDITED) for n in range(1, 1202))
    run = changed(RUN, devices=devices, results=(), findings=(), review=(), checks=())
    names = {p.name for p in html.write(run, tmp_path)}
    assert {"devices-2.html", "devices-3.html"} <= names
    assert "devices-4.html" not in names


def test_file_names_are_safe_and_distinct():
    names = ["a/b", "a b", "A-B", "..", "con", "é", "日本", "", "pe1", "PE1", "x" * 500]
    files = text.file_names(names)
    assert len(set(files.values())) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_][a-z0-9._-]{0,90}", f) for f in files.values())
    assert files["é"] == "e"
    assert files["con"] != "con"


def test_every_severity_and_outcome_has_words():
    assert {s.label for s in Severity} == set(words.SEVERITIES)
    assert set(Outcome) == set(words.OUTCOMES) == set(words.OUTCOME_WORDS)
    assert set(DeviceStatus) == set(words.STATUS_WORDS)


def test_shares_round_away_from_all_and_nothing():
    assert text.share(99_999, 100_000) == "99.9 %"
    assert text.share(1, 100_000) == "0.1 %"
    assert text.share(5, 5) == "100 %"
    assert text.share(0, 0) == ""


def test_several_processes_write_the_same_pages(tmp_path):
    finding, item = RUN.findings[0], RUN.review[0]
    names = [f"pe{n}" for n in range(130)]
    run = changed(
        RUN,
        devices=[DeviceRecord(name, "frr", DeviceStatus.AUDITED) for name in names],
        results=(),
        findings=[msgspec.structs.replace(finding, device=name) for name in names],
        review=[msgspec.structs.replace(item, device=name) for name in names],
    )
    alone, shared = (
        {p.relative_to(tmp_path / str(n)): p for p in html.write(run, tmp_path / str(n), n)} for n in (1, 2)
    )
    assert list(alone) == list(shared)
    assert all(path.read_bytes() == shared[name].read_bytes() for name, path in alone.items())
