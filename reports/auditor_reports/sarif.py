"""SARIF 2.1.0 for code-scanning services: rules, findings, and what could not be judged."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from auditor.model.check import Severity
from auditor.model.run import CheckRecord, Evidence, Finding, Outcome, Run
from auditor_reports.fleet import Fleet, arrange
from auditor_reports.text import count, shown
from auditor_reports.words import LI_SENTENCE

FILE_NAME = "run.sarif"
SCHEMA_URL = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.5",
    Severity.INFO: "0.0",
}
_PRECISIONS = {"certain": "very-high", "likely": "high", "possible": "medium"}
_OBSERVATION = re.compile(r"\s|^(probe|snmp|netconf|pcap)/")
"""Names of documents that are outputs of a device and no files."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|\+00:00)")

_Json = dict[str, object]


def write(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write `run.sarif`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    with path.open("wb") as file:
        file.writelines(_pieces(arrange(run)))
    return (path,)


def _pieces(fleet: Fleet) -> Iterator[bytes]:
    """The file piece by piece: the results, of which there may be many, one after the other."""
    log = {"$schema": SCHEMA_URL, "version": "2.1.0", "runs": [_run(fleet)]}
    before, empty, after = msgspec.json.format(msgspec.json.encode(log), indent=2).partition(b'"results": []')
    yield before + empty[:-1]
    between = b""
    for result in _results(fleet):
        yield between + b"\n" + _indented(result)
        between = b","
    yield (b"\n      " if between else b"") + b"]" + after + b"\n"


def _indented(result: _Json) -> bytes:
    text = msgspec.json.format(msgspec.json.encode(result), indent=2)
    return b"        " + text.replace(b"\n", b"\n        ")


def _results(fleet: Fleet) -> Iterator[_Json]:
    index = {check: number for number, check in enumerate(fleet.checks)}
    return (_result(finding, fleet, index) for finding in fleet.run.findings)


def _run(fleet: Fleet) -> _Json:
    run = fleet.run
    driver = {
        "name": "Telecom Exposure Auditor",
        "version": run.tool_version,
        "rules": [_rule(check) for check in fleet.checks.values()],
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"telecom-exposure-auditor/{run.id}"},
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(fleet)],
        "results": [],
        "properties": {"liMode": "ordinary", "handling": LI_SENTENCE},
    }


def _rule(check: CheckRecord) -> _Json:
    links = [(title, url) for title, url in check.references if _is_link(url)]
    paragraphs = [part for part in (check.why, check.how, check.false_positives) if part]
    help_text = shown("\n\n".join(paragraphs)) or check.title
    listed = "".join(f"\n- {title}: {url}" for title, url in links)
    rule: _Json = {
        "id": check.id,
        "name": "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", check.id)),
        "shortDescription": {"text": shown(check.title)},
        "fullDescription": {"text": shown(check.why) or check.title},
        "help": {"text": help_text + (f"\n\nReferences:{listed}" if listed else "")},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {
            "security-severity": _SCORES[check.severity],
            "precision": "high",
            "tags": _tags(check),
        },
    }
    if links:
        rule["helpUri"] = links[0][1]
    return rule


def _tags(check: CheckRecord) -> list[str]:
    attack = [f"external/attack/{technique.lower()}" for technique in check.attack]
    return list(dict.fromkeys(["security", *filter(None, [check.check_class]), *attack]))[:20]


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://")) and not re.search(r'[\s<>"\\^`{|}]', url)


def _result(finding: Finding, fleet: Fleet, index: dict[str, int]) -> _Json:
    places = [_location(finding.device, e) for e in finding.evidence]
    result: _Json = {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": _LEVELS[finding.severity],
        "message": {"text": shown(f"{finding.device}: {finding.message}")},
        "locations": places[:1] or [_location(finding.device, Evidence(_first_document(fleet.run, finding), 1, 1, ""))],
        "partialFingerprints": {
            "auditorFinding/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "properties": {
            "security-severity": _SCORES[finding.severity],
            "precision": _PRECISIONS.get(str(finding.confidence), "medium"),
            "severity": finding.severity.label,
            "confidence": str(finding.confidence),
            "class": fleet.checks[finding.check].check_class,
            "device": finding.device,
            "subject": finding.subject,
            "preserveEvidenceFirst": finding.preserve,
        },
    }
    if places[1:]:
        result["relatedLocations"] = [place | {"id": number} for number, place in enumerate(places[1:], 1)]
    if finding.waived:
        note = finding.waived
        justification = shown(f"{note.reason} (owner {note.owner}, expires {note.expires})")
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
    return result


def _first_document(run: Run, finding: Finding) -> str:
    """Where a finding is shown that cites no line."""
    documents = (document.name for record in run.devices.where(device=finding.device) for document in record.documents)
    return next(documents, finding.device)


def _location(device: str, evidence: Evidence) -> _Json:
    start = max(evidence.line, 1)
    region: _Json = {"startLine": start, "endLine": max(evidence.end_line, start)}
    if evidence.text:
        region["snippet"] = {"text": shown(evidence.text)}
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(device, evidence.document)}, "region": region},
        "logicalLocations": [{"name": shown(device), "kind": "module"}],
        "message": {"text": shown(f"{evidence.document}, line {evidence.line}")},
    }


def _uri(device: str, document: str) -> str:
    """The document as a relative URI: the path of a file, or device and name of an output."""
    if _OBSERVATION.search(document):
        return f"{quote(device, safe='', errors='replace')}/{quote(document, errors='replace')}"
    address = quote(document, errors="replace")
    return f"file://{address}" if address.startswith("/") else address


def _invocation(fleet: Fleet) -> _Json:
    run = fleet.run
    invocation: _Json = {
        "executionSuccessful": run.complete,
        "exitCode": run.exit_code,
        "toolExecutionNotifications": list(_notifications(fleet)),
    }
    for key, moment in (("startTimeUtc", run.started), ("endTimeUtc", run.finished)):
        if matched := _TIME.fullmatch(moment):
            invocation[key] = f"{matched[1]}Z"
    return invocation


def _notifications(fleet: Fleet) -> Iterator[_Json]:
    """What stood in the way: errors of devices and checks, skipped inputs, and unknown results by reason."""
    for device in fleet.run.devices:
        for error in device.errors:
            yield _notification("error", f"{device.name}: {error}")
    for result in fleet.run.results:
        if result.outcome is Outcome.ERROR:
            text = f"{result.device}: check {result.check} broke: {result.reason}"
            yield _notification("error", text) | {"associatedRule": {"id": result.check}}
    for skipped in fleet.run.skipped:
        yield _notification("note", f"{skipped.path} was skipped: {skipped.reason}")
    for reason in fleet.reasons:
        text = f"{count(reason.results, 'result')} unknown ({reason.words.code}): {reason.words.meaning}"
        yield _notification("warning", text)
    for note in fleet.run.notes:
        yield _notification("note", note)


def _notification(level: str, message: str) -> _Json:
    return {"level": level, "message": {"text": shown(message)}}
