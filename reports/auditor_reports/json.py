"""The whole run as JSON, schema `auditor/run/1`, without loss: `load` gives back the run that was written.

Errors:
    RunFileError    the file is no run of this schema, or one that the ordinary reports may not read
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from auditor.model.check import Severity
from auditor.model.entries import Listed
from auditor.model.run import (
    CheckRecord,
    DeviceRecord,
    Evidence,
    Finding,
    PeerCount,
    Result,
    ReviewItem,
    Run,
    Skipped,
    WaiverNote,
    WaiverRecord,
    listed,
)

FILE_NAME = "run.json"
SCHEMA = "auditor/run/1"
SCHEMA_FILE = Path(__file__).with_name("run.schema.json")
LI_MODE = "ordinary"


class RunFileError(ValueError):
    """A file that cannot be read as a run."""


class _Head(msgspec.Struct, frozen=True):
    """The key `run`."""

    id: str
    started: str
    finished: str
    tool_version: str
    engine: str
    inputs: tuple[str, ...]
    packs: tuple[str, ...]
    exit_code: int
    fail_on: str
    complete: bool
    notes: tuple[str, ...]
    declarations: tuple[str, ...]
    li_mode: str


class _Reference(msgspec.Struct, frozen=True):
    title: str
    url: str


class _Check(msgspec.Struct, frozen=True, rename={"check_class": "class"}):
    """An entry of `checks`."""

    id: str
    title: str
    check_class: str
    severity: str
    kind: str
    why: str
    how: str
    false_positives: str
    attack: tuple[str, ...]
    references: tuple[_Reference, ...]
    pack: str
    preserve: bool


class _Finding(msgspec.Struct, frozen=True, rename={"check_class": "class"}):
    """An entry of `findings`. Class, references and techniques are repeated from the check for readers of one entry."""

    check: str
    check_class: str
    device: str
    severity: str
    confidence: str
    title: str
    message: str
    subject: str
    fingerprint: str
    evidence: tuple[Evidence, ...]
    remediation: str
    caution: str
    verify: str
    preserve: bool
    references: tuple[_Reference, ...]
    attack: tuple[str, ...]
    waived: WaiverNote | None


class _Peers(msgspec.Struct, frozen=True, rename={"with_it": "with"}):
    with_it: int
    of: int
    role: str


class _Review(msgspec.Struct, frozen=True):
    """An entry of `review`."""

    check: str
    device: str
    subject: str
    message: str
    evidence: tuple[Evidence, ...]
    peers: _Peers | None


class _File(msgspec.Struct, frozen=True):
    """The whole file."""

    schema: str
    run: _Head
    devices: tuple[DeviceRecord, ...]
    results: tuple[Result, ...]
    findings: tuple[_Finding, ...]
    review: tuple[_Review, ...]
    checks: tuple[_Check, ...]
    skipped: tuple[Skipped, ...]
    waivers: tuple[WaiverRecord, ...]


class _Marks(msgspec.Struct, frozen=True):
    """What says whether a file may be read at all."""

    schema: str
    run: "_LiMark"


class _LiMark(msgspec.Struct, frozen=True):
    li_mode: str = LI_MODE


def write(run: Run, folder: Path) -> tuple[Path, ...]:
    """Write `run.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    with path.open("wb") as file:
        file.writelines(pieces(run))
    return (path,)


def load(path: Path) -> Run:
    """Read a run that `write` made."""
    try:
        return from_bytes(path.read_bytes())
    except RunFileError as error:
        raise RunFileError(f"{path}: {error}") from error


def from_bytes(content: bytes) -> Run:
    """The run in the content of a `run.json`."""
    try:
        marks = msgspec.json.decode(content, type=_Marks)
        if marks.schema != SCHEMA:
            raise RunFileError(f"the schema is {marks.schema!r}, expected {SCHEMA!r}")
        if marks.run.li_mode != LI_MODE:
            raise RunFileError(f"the run was made in the mode {marks.run.li_mode!r}, which these reports may not read")
        return _read(msgspec.json.decode(content, type=_File))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunFileError(f"not a run: {error}") from error


def pieces(run: Run) -> Iterator[bytes]:
    """The content of `run.json` piece by piece, one line per entry, so that two runs can be compared line by line."""
    checks = {check.id: check for check in run.checks}
    yield b'{\n"schema": ' + _encoded(SCHEMA) + b',\n"run": ' + _encoded(_head(run))
    yield from _list("devices", run.devices)
    yield from _list("results", run.results)
    yield from _list("findings", (_finding(f, checks[f.check]) for f in run.findings))
    yield from _list("review", (_review(i) for i in run.review))
    yield from _list("checks", (_check(c) for c in run.checks))
    yield from _list("skipped", run.skipped)
    yield from _list("waivers", run.waivers)
    yield b"\n}\n"


def _list(key: str, entries: Iterable[msgspec.Struct]) -> Iterator[bytes]:
    yield b",\n" + _encoded(key) + b": ["
    between = b"\n"
    for entry in entries:
        yield between + _encoded(entry)
        between = b",\n"
    yield b"]" if between == b"\n" else b"\n]"


def _encoded(value: Any) -> bytes:  # noqa: ANN401  whatever msgspec can encode
    return msgspec.json.encode(value)


def _head(run: Run) -> _Head:
    return _Head(
        id=run.id,
        started=run.started,
        finished=run.finished,
        tool_version=run.tool_version,
        engine=run.engine,
        inputs=run.inputs,
        packs=run.packs,
        exit_code=run.exit_code,
        fail_on=run.fail_on.label,
        complete=run.complete,
        notes=run.notes,
        declarations=run.declarations,
        li_mode=LI_MODE,
    )


def _references(check: CheckRecord) -> tuple[_Reference, ...]:
    return tuple(_Reference(title, url) for title, url in check.references)


def _check(check: CheckRecord) -> _Check:
    return _Check(
        id=check.id,
        title=check.title,
        check_class=check.check_class,
        severity=check.severity.label,
        kind=check.kind,
        why=check.why,
        how=check.how,
        false_positives=check.false_positives,
        attack=check.attack,
        references=_references(check),
        pack=check.pack,
        preserve=check.preserve,
    )


def _finding(finding: Finding, check: CheckRecord) -> _Finding:
    return _Finding(
        check=finding.check,
        check_class=check.check_class,
        device=finding.device,
        severity=finding.severity.label,
        confidence=str(finding.confidence),
        title=finding.title,
        message=finding.message,
        subject=finding.subject,
        fingerprint=finding.fingerprint,
        evidence=finding.evidence,
        remediation=finding.remediation,
        caution=finding.caution,
        verify=finding.verify,
        preserve=finding.preserve,
        references=_references(check),
        attack=check.attack,
        waived=finding.waived,
    )


def _review(item: ReviewItem) -> _Review:
    peers = _Peers(item.peers.with_it, item.peers.of, item.peers.role) if item.peers else None
    return _Review(item.check, item.device, item.subject, item.message, item.evidence, peers)


def _read(file: _File) -> Run:
    head = file.run
    read = Run(
        id=head.id,
        started=head.started,
        finished=head.finished,
        tool_version=head.tool_version,
        engine=head.engine,
        inputs=head.inputs,
        packs=head.packs,
        exit_code=head.exit_code,
        fail_on=_severity(head.fail_on),
        complete=head.complete,
        checks=tuple(_read_check(c) for c in file.checks),
        devices=Listed(file.devices),
        results=Listed(file.results),
        findings=Listed(_read_finding(f) for f in file.findings),
        review=Listed(_read_review(i) for i in file.review),
        skipped=file.skipped,
        waivers=file.waivers,
        notes=head.notes,
        declarations=head.declarations,
    )
    return listed(read)


def _read_check(entry: _Check) -> CheckRecord:
    return CheckRecord(
        id=entry.id,
        title=entry.title,
        check_class=entry.check_class,
        severity=_severity(entry.severity),
        kind=entry.kind,
        why=entry.why,
        how=entry.how,
        false_positives=entry.false_positives,
        attack=entry.attack,
        references=tuple((r.title, r.url) for r in entry.references),
        pack=entry.pack,
        preserve=entry.preserve,
    )


def _read_finding(entry: _Finding) -> Finding:
    return Finding(
        check=entry.check,
        device=entry.device,
        severity=_severity(entry.severity),
        confidence=entry.confidence,
        title=entry.title,
        message=entry.message,
        subject=entry.subject,
        fingerprint=entry.fingerprint,
        evidence=entry.evidence,
        remediation=entry.remediation,
        caution=entry.caution,
        verify=entry.verify,
        preserve=entry.preserve,
        waived=entry.waived,
    )


def _read_review(entry: _Review) -> ReviewItem:
    peers = PeerCount(entry.peers.with_it, entry.peers.of, entry.peers.role) if entry.peers else None
    return ReviewItem(entry.check, entry.device, entry.subject, entry.message, entry.evidence, peers)


def _severity(word: str) -> Severity:
    by_word = {s.label: s for s in Severity}
    if word not in by_word:
        raise RunFileError(f"unknown severity {word!r}")
    return by_word[word]
