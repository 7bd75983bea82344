"""How pages are made: templates, what they may use, and what every text passes before it is printed."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.model.run import CheckRecord, Evidence, Finding, Run
from auditor_reports import text, words
from auditor_reports.views import WORST_FIRST, evidence_first

_HERE = Path(__file__).parent
_DEVICES_NAMED = 12
"""Devices that a list on the first page names; all of them are on the page of the check."""
_TECHNIQUE = re.compile(r"T(\d{4})(?:\.(\d{3}))?")


class Line(msgspec.Struct, frozen=True):
    """A line of a cited document."""

    number: int
    text: str
    cited: bool


class Site(msgspec.Struct, frozen=True):
    """What all pages have in common."""

    folder: Path
    run: Run
    """Without its entries: its head is what pages print."""
    checks: dict[str, CheckRecord]
    devices: int
    check_page: dict[str, str]
    topic_page: dict[str, str]


def environment(site: Site) -> Environment:
    """The templates, with what they may use."""
    made = Environment(
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
    made.globals.update(
        site=site,
        run=site.run,
        words=words,
        severities=WORST_FIRST,
        devices_named=_DEVICES_NAMED,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        check_page=site.check_page,
        topic_page=site.topic_page,
    )
    made.filters.update(
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
        evidence_first=partial(evidence_first, checks=site.checks),
        distinct=_distinct,
    )
    return made


def save(made: Environment, folder: Path, template: str, name: str, **values: object) -> Path:
    """Write one page piece by piece."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = made.get_template(template).stream(**values)
    stream.enable_buffering(64)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)
    return path


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
