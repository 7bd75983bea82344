"""JUnit XML for build servers: one suite per device, one case per check."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from auditor.model.run import DeviceStatus, Evidence, Finding, Outcome, Result, Run
from auditor_reports.text import one_line, shown
from auditor_reports.views import DeviceView, views
from auditor_reports.words import OUTCOME_WORDS, STATUS_WORDS

FILE_NAME = "junit.xml"
_DEVICE_CASE = "device was audited"


def write(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write `junit.xml`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_pieces(run))
    return (path,)


def _pieces(run: Run) -> Iterator[str]:
    titles = {check.id: check.title for check in run.checks}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<testsuites name="Telecom Exposure Auditor">\n'
    for device in views(run):
        suite = _suite(device, titles, run.started)
        ET.indent(suite)
        yield ET.tostring(suite, encoding="unicode") + "\n"
    yield "</testsuites>\n"


def _suite(device: DeviceView, titles: dict[str, str], started: str) -> ET.Element:
    """The suite of a device, which is never green where the device was not audited."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in (*device.findings, *device.waived):
        findings[finding.check].append(finding)
    cases = list(_device_case(device))
    cases += [_case(r, titles[r.check], findings.pop(r.check, [])) for r in device.results]
    name = one_line(device.record.name)
    for case in cases:
        case.set("classname", name)
    suite = ET.Element("testsuite", name=name, timestamp=one_line(started), tests=str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    suite.extend(cases)
    return suite


def _device_case(device: DeviceView) -> Iterator[ET.Element]:
    """A case in error for a device that was not or not wholly audited, or has no results."""
    status = device.record.status
    if status is DeviceStatus.AUDITED and device.results:
        return
    message = STATUS_WORDS[status] if status is not DeviceStatus.AUDITED else "No check was run on this device"
    case = ET.Element("testcase", name=_DEVICE_CASE, time="0")
    _end(case, "error", message, device.record.errors)
    yield case


def _case(result: Result, title: str, findings: list[Finding]) -> ET.Element:
    case = ET.Element("testcase", name=one_line(result.check), time="0")
    opened = [f for f in findings if f.waived is None]
    word = OUTCOME_WORDS[result.outcome].lower()
    match result.outcome:
        case Outcome.PASS:
            pass
        case Outcome.FAIL if findings and not opened:
            reasons = (f"{f.waived.reason} ({f.waived.owner}, until {f.waived.expires})" for f in findings if f.waived)
            _end(case, "skipped", "waived: " + "; ".join(reasons))
        case Outcome.FAIL:
            _fail(case, result, title, opened)
        case Outcome.ERROR:
            _end(case, "error", result.reason or word)
        case Outcome.UNKNOWN | Outcome.NOT_APPLICABLE:
            _end(case, "skipped", f"{word}: {result.reason}" if result.reason else word)
    return case


def _fail(case: ET.Element, result: Result, title: str, findings: list[Finding]) -> None:
    worst = max((f.severity for f in findings), default=None)
    message = f"{worst.label}: {title}" if worst is not None else f"{title}: {result.reason}"
    _end(case, "failure", message, (line for f in findings for line in _lines(f)))
    case[-1].set("type", worst.label if worst is not None else "fail")


def _lines(finding: Finding) -> Iterator[str]:
    yield f"[{finding.severity.label}] {finding.message}"
    for evidence in finding.evidence:
        yield f"  {_place(evidence)}"
        yield from (f"    {line}" for line in evidence.text.splitlines())
    if finding.preserve:
        yield "  Preserve evidence first: save configuration, logs and volatile state before changing anything."


def _place(evidence: Evidence) -> str:
    last = f"-{evidence.end_line}" if evidence.end_line > evidence.line else ""
    return f"{evidence.document}:{evidence.line}{last}"


def _end(case: ET.Element, tag: str, message: str, body: Iterable[str] = ()) -> None:
    element = ET.SubElement(case, tag, message=one_line(message))
    if tag != "skipped":
        element.set("type", tag)
    lines = shown("\n".join(body))
    if lines:
        element.text = lines
