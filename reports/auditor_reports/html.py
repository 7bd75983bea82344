"""Pages to read and to print: the fleet first, then one page per device; static, offline, without scripts needed."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.model.run import Evidence, Finding, Run
from auditor_reports import text, words
from auditor_reports.fleet import CheckGroup, Fleet, arrange
from auditor_reports.review import Topic, on_device, review_groups
from auditor_reports.verdict import device_verdict
from auditor_reports.views import WORST_FIRST, DeviceView, evidence_first, repeats, views

FILE_NAME = "index.html"
_HERE = Path(__file__).parent
_PAGE_SIZES = {"devices": 500, "skipped": 100, "waivers": 100}
_ROWS_ON_A_PAGE = 500
_TITLES = {
    "devices": "Devices",
    "skipped": "Skipped inputs",
    "waivers": "Waivers",
}
_DEVICES_NAMED = 12
"""Devices that a list on the first page names; all of them are on the page of the check."""
_TECHNIQUE = re.compile(r"T(\d{4})(?:\.(\d{3}))?")


class Line(msgspec.Struct, frozen=True):
    """A line of a cited document."""

    number: int
    text: str
    cited: bool


class Paged(msgspec.Struct, frozen=True):
    """A long list, cut into pages; the first stands on the first page of the report."""

    kind: str
    title: str
    pages: tuple[Sequence[object], ...]
    first: str

    @property
    def files(self) -> tuple[str, ...]:
        """The pages in order."""
        later = (f"{self.kind}-{number}.html" for number in range(2, len(self.pages) + 1))
        return (self.first, *later)


def write(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write `index.html`, the pages it leads to, and `devices/`."""
    fleet = arrange(run)
    pages = text.file_names(d.name for d in fleet.devices)
    check_pages = text.file_names(g.check.id for g in fleet.groups)
    topic_pages = text.file_names(t.check.id for t in fleet.topics)
    environment = _environment(fleet, pages, check_pages, topic_pages)
    lists = {kind: _paged(kind, rows) for kind, rows in _long_lists(fleet).items()}
    save = partial(_save, environment, folder)
    return (
        save("index.html", FILE_NAME, root="", lists=lists),
        save("checks.html", "checks.html", root=""),
        *_list_pages(save, lists),
        *(path for group in fleet.groups for path in _group_pages(save, run, group, check_pages[group.check.id])),
        *(path for topic in fleet.topics for path in _topic_pages(save, run, topic, topic_pages[topic.check.id])),
        *(_device_page(save, f"devices/{pages[view.row.name]}.html", view, fleet) for view in views(run)),
    )


def _save(environment: Environment, folder: Path, template: str, name: str, **values: object) -> Path:
    """Write one page piece by piece."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = environment.get_template(template).stream(**values)
    stream.enable_buffering(64)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)
    return path


def _device_page(save: Callable[..., Path], name: str, device: DeviceView, fleet: Fleet) -> Path:
    first = any(evidence_first(f, fleet.checks) for f in device.findings)
    verdict = device_verdict(device)
    return save(
        "device.html",
        name,
        root="../",
        device=device,
        verdict=verdict,
        preserve=first,
        signs=repeats(device.signs, fleet.checks),
        weaknesses=repeats(device.weaknesses, fleet.checks),
        waived=repeats(device.waived, fleet.checks),
        topics=on_device(device.review),
    )


def _group_pages(save: Callable[..., Path], run: Run, group: CheckGroup, name: str) -> Iterator[Path]:
    """The pages of a check, a row for each device."""
    paged = Paged(name, group.check.title, _cut(group.devices, _ROWS_ON_A_PAGE), f"{name}.html")
    for position, file in enumerate(paged.files):
        rows = (_open(run, str(device), group.check.id) for device in paged.pages[position])
        yield save("group.html", f"checks/{file}", root="../", group=group, rows=rows, paged=paged, position=position)


def _open(run: Run, device: str, check: str) -> list[Finding]:
    return [finding for finding in run.findings.where(device=device, check=check) if finding.waived is None]


def _topic_pages(save: Callable[..., Path], run: Run, topic: Topic, name: str) -> Iterator[Path]:
    """The pages of a topic of the review list."""
    groups = review_groups(run.review.where(check=topic.check.id))
    paged = Paged(name, topic.check.title, _cut(groups, _ROWS_ON_A_PAGE), f"{name}.html")
    for position, file in enumerate(paged.files):
        yield save("topic.html", f"review/{file}", root="../", topic=topic, paged=paged, position=position)


def _long_lists(fleet: Fleet) -> dict[str, Sequence[object]]:
    waivers = sorted(fleet.run.waivers, key=lambda w: (w.state, w.check, w.device, w.subject))
    return {
        "devices": fleet.devices,
        "skipped": fleet.run.skipped,
        "waivers": waivers,
    }


def _paged(kind: str, rows: Sequence[object]) -> Paged:
    return Paged(kind, _TITLES[kind], _cut(rows, _PAGE_SIZES[kind]), f"{FILE_NAME}#{kind}")


def _cut(rows: Sequence[object], size: int) -> tuple[Sequence[object], ...]:
    """Rows as pages; one empty page where there are none."""
    return tuple(rows[start : start + size] for start in range(0, len(rows), size)) or ((),)


def _list_pages(save: Callable[..., Path], lists: dict[str, Paged]) -> Iterator[Path]:
    for paged in lists.values():
        for position in range(1, len(paged.pages)):
            yield save("list.html", paged.files[position], root="", paged=paged, position=position)


def _environment(
    fleet: Fleet, pages: dict[str, str], check_pages: dict[str, str], topic_pages: dict[str, str]
) -> Environment:
    environment = Environment(
        loader=PackageLoader("auditor_reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = (_HERE / "templates" / "style.css").read_text(encoding="utf-8")
    script = (_HERE / "templates" / "script.js").read_text(encoding="utf-8")
    environment.globals.update(
        fleet=fleet,
        run=fleet.run,
        words=words,
        severities=WORST_FIRST,
        devices_named=_DEVICES_NAMED,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        device_page={name: f"devices/{page}.html" for name, page in pages.items()},
        check_page={check: f"checks/{page}.html" for check, page in check_pages.items()},
        topic_page={check: f"review/{page}.html" for check, page in topic_pages.items()},
    )
    environment.filters.update(
        count=text.count,
        share=text.share,
        first_sentence=text.first_sentence,
        paragraphs=_paragraphs,
        link=_link,
        technique=_technique,
        anchor=_anchor,
        evidence_lines=_evidence_lines,
        waiver=_waiver,
        platform=_platform,
        number=_number,
        when=text.when,
        evidence_first=partial(evidence_first, checks=fleet.checks),
        distinct=_distinct,
    )
    return environment


def _finalize(value: object) -> object:
    """What every printed value passes: texts lose their control and direction characters."""
    return text.shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(style: str, script: str) -> str:
    """The content security policy: nothing is loaded, and only our own style and script run."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _paragraphs(value: str) -> list[str]:
    """The paragraphs of a text, unwrapped."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", value) if part.strip()]


def _link(url: str) -> str:
    """The address where it is one of the web, else nothing."""
    return url if re.fullmatch(r"https?://[^\s\"'<>\\]+", url) else ""


def _technique(technique: str) -> str:
    """The address of an ATT&CK technique, or nothing."""
    parts = _TECHNIQUE.fullmatch(technique)
    if not parts:
        return ""
    below = f"{parts[2]}/" if parts[2] else ""
    return f"https://attack.mitre.org/techniques/T{parts[1]}/{below}"


def _anchor(name: str) -> str:
    """A name that can stand in an address after the hash sign."""
    return text.slug(name) or hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _evidence_lines(evidence: Evidence) -> list[Line]:
    """The cited lines between the lines that stand before and after them."""
    cited = evidence.text.splitlines() or [""]
    before = [
        Line(number, line, cited=False)
        for number, line in enumerate(evidence.before, evidence.line - len(evidence.before))
    ]
    middle = [Line(number, line, cited=True) for number, line in enumerate(cited, evidence.line)]
    after = [Line(number, line, cited=False) for number, line in enumerate(evidence.after, evidence.end_line + 1)]
    return [*before, *middle, *after]


def _distinct(findings: Sequence[Finding], name: str) -> list[str]:
    """What findings say under a name, each text once."""
    return list(dict.fromkeys(said for finding in findings if (said := getattr(finding, name))))


def _waiver(finding: Finding) -> str:
    """An entry of a waiver file for a finding, with what a person has to fill in left empty."""
    known = (("check", finding.check), ("device", finding.device), ("subject", finding.subject))
    filled = [f"{key}: {json.dumps(value)}" for key, value in known]
    return "- " + "\n  ".join((*filled, 'reason: ""', 'owner: ""', 'expires: ""'))


def _platform(name: str) -> str:
    return words.PLATFORMS.get(name, name) or "Unknown platform"


def _number(value: int) -> str:
    return f"{value:,}"
