"""The audit of one device: documents to facts, facts to verdicts. Runs in a worker; nothing that a device says can stop it."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from auditor.engine.comparison import compare, shown
from auditor.engine.crash import place
from auditor.engine.intake import Intake, with_golden
from auditor.engine.judge import LAWFUL, Verdict, applies, doubts, judge, not_understood, watched
from auditor.engine.packs import Packs
from auditor.engine.published import read as read_published
from auditor.engine.remediation import fill
from auditor.engine.understood import tables
from auditor.engine.veil import Veil, keyed, veil_for
from auditor.model.areas import Area
from auditor.model.check import CheckMeta, DeviceCheck, FleetCheck, Gap, Peer, Problem, Severity
from auditor.model.copies import Comparison, Copies
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import AUTO, Device
from auditor.model.evidence import Known, NotKnownError, Source, Unknown
from auditor.model.facts import DocumentCoverage, Facts
from auditor.model.indicators import Indicators
from auditor.model.published import Published
from auditor.model.run import (
    Collected,
    DeviceRecord,
    DeviceStatus,
    DocumentRecord,
    Evidence,
    Finding,
    Outcome,
    Result,
    ReviewItem,
    UnreadLine,
)
from auditor.model.snapshot import GOLDEN, NETCONF, RUNNING, STARTUP, CollectionError, Document, Snapshot
from auditor.platforms.common import collector
from auditor.platforms.common.definition import Masked, PlatformDefinition, Reading, Unsaved
from auditor.platforms.common.documents import PROBE, main_document, without_configuration
from auditor.platforms.common.outputs import state
from auditor.platforms.redaction import guard, redaction, residue
from auditor.syntax.mask import Masker

_CONTEXT = 3
_MAX_BLOCK = 60
_MAX_UNREAD = 200
_NO_WAY = ("files", "golden", "probe")
"""How documents are called that were not read from the device itself."""
NO_INDICATORS = Indicators()


class Observed(msgspec.Struct, frozen=True):
    """What a fleet check kept of one device."""

    check: str
    peer: Peer
    evidence: tuple[Evidence, ...] = ()
    """The lines behind each of its observations."""
    crash: str = ""
    """Where the check crashed on this device."""
    doubts: tuple[Gap, ...] = ()
    """What it looked at and could not be read, so that finding nothing is no pass."""


class DeviceOutcome(msgspec.Struct, frozen=True):
    """Everything that the audit of one device gives."""

    record: DeviceRecord
    results: tuple[Result, ...]
    findings: tuple[Finding, ...] = ()
    reviews: tuple[ReviewItem, ...] = ()
    observed: tuple[Observed, ...] = ()


class Task(msgspec.Struct, frozen=True):
    """One device to audit."""

    snapshot: Snapshot
    declared: DeviceDeclarations
    detection: str = ""
    today: datetime.date | None = None
    """The day on which the run started."""
    published: Published = Published()


class Order(msgspec.Struct, frozen=True):
    """A device on its way in, and what the operator declared for it."""

    intake: Intake
    declared: DeviceDeclarations
    golden: Intake | None = None
    """The authorised configuration."""
    dropped: guard.Dropped = {}
    """What was dropped from its documents before, as hashes: for the last look at the output."""


class Judging(msgspec.Struct, frozen=True):
    """How devices are judged: the same for all of them."""

    selected: tuple[str, ...]
    key: bytes
    indicators: Indicators = NO_INDICATORS
    today: datetime.date | None = None
    vulnerabilities: Path | None = None
    """The data file of `auditor data import`, read once by each process."""

    def __call__(self, packs: Packs, order: Order) -> "DeviceOutcome":
        """The outcome of one device, from its files on."""
        guard.add(order.dropped)
        try:
            opened = order.intake.opened(packs.platforms)
            snapshot = opened.snapshot
            if order.golden is not None:
                snapshot = with_golden(snapshot, order.golden.opened(packs.platforms).snapshot)
        except Exception as error:  # noqa: BLE001  one device must not take the others with it
            return broken(order.intake.device, packs, self.selected, place(error))
        published = read_published(self.vulnerabilities) if self.vulnerabilities is not None else Published()
        task = Task(snapshot, order.declared, opened.detection, self.today, published)
        return audit_device(task, packs, self.selected, self.key, self.indicators)


def audit_device(
    task: Task, packs: Packs, selected: tuple[str, ...], key: bytes, indicators: Indicators = NO_INDICATORS
) -> DeviceOutcome:
    """Audit one device with the selected checks. Whatever breaks on it, it is a row of the table, and only its own."""
    try:
        return _audit(task, packs, selected, key, indicators)
    except Exception as error:  # noqa: BLE001  one device must not take the others with it
        return broken(task.snapshot.device, packs, selected, place(error))


def _audit(task: Task, packs: Packs, selected: tuple[str, ...], key: bytes, indicators: Indicators) -> DeviceOutcome:
    return judge_device(read_device(task, packs, key, indicators), packs, selected)


class ReadDevice(msgspec.Struct, frozen=True):
    """A device whose documents were read: what checks judge, as often as wanted."""

    task: Task
    facts: Facts
    reading: Reading
    crash: str
    """Why nothing was read; empty where the reader did its work."""
    veil: Veil
    """What its results must not repeat."""


def read_device(task: Task, packs: Packs, key: bytes, indicators: Indicators) -> ReadDevice:
    """Read the documents of a device."""
    definition = packs.platforms.get(task.snapshot.device.platform)
    reading, crash = _read(task, definition, key)
    masker = Masker(key)
    declared = keyed(task.declared, masker)
    facts = msgspec.structs.replace(
        reading.facts,
        declared=declared,
        indicators=indicators,
        published=task.published,
        judged_on=task.today,
        collected={document.name: document.collected_by for document in task.snapshot.documents},
    )
    # Also where no interception point is declared, and nothing else may depend on them.
    dropped = (residue.of(residue.attached(one)) for one in task.snapshot.documents)
    operators = {account.fingerprint for one in dropped for account in one.accounts}
    return ReadDevice(task, facts, reading, crash, veil_for(facts, task.declared, masker, operators))


def judge_device(read: ReadDevice, packs: Packs, selected: tuple[str, ...]) -> DeviceOutcome:
    """Judge a device with the selected checks."""
    device, facts, veil = read.task.snapshot.device, read.facts, read.veil
    quote = _Quotes(read.reading, veil)
    results: list[Result] = []
    findings: list[Finding] = []
    reviews: list[ReviewItem] = []
    observed: list[Observed] = []
    refused = {one.document: one.reason for one in redaction.errors(read.task.snapshot.errors) if one.document}
    for check_id in selected:
        check = packs.checks[check_id]
        if isinstance(check, FleetCheck):
            observed.append(veil.over(_observe(check, facts, quote)))
            continue
        verdict = veil.over(_explained(judge(check, facts), refused))
        results.append(Result(check_id, device.name, verdict.outcome, verdict.reason))
        findings += [
            make_finding(check.meta, device.name, facts.platform, problem, quote.of(check.meta, problem.evidence))
            for problem in verdict.problems
        ]
        reviews += _reviews(check, device.name, verdict, quote)
    return DeviceOutcome(
        record=veil.over(_record(read.task, facts, read.reading, read.crash, results)),
        results=tuple(results),
        findings=tuple(findings),
        reviews=tuple(reviews),
        observed=tuple(observed),
    )


def _explained(verdict: Verdict, refused: Mapping[str, str]) -> Verdict:
    """With the words in which the device refused a document that the reason quotes: they tell which right is missing."""
    if verdict.outcome is not Outcome.UNKNOWN:
        return verdict
    said = verdict.reason
    more = [f"'{name}' {reason}" for name, reason in refused.items() if f"'{name}'" in said and reason not in said]
    return msgspec.structs.replace(verdict, reason="; ".join((said, *more))) if more else verdict


def broken(device: Device, packs: Packs, selected: tuple[str, ...], crash: str) -> DeviceOutcome:
    """The row of a device whose audit crashed outside of a reader or check."""
    fleet = [check_id for check_id in selected if isinstance(packs.checks[check_id], FleetCheck)]
    peer = Peer(device=device.name, platform=device.platform, role=device.role)
    return DeviceOutcome(
        record=DeviceRecord(
            name=device.name,
            platform=device.platform,
            status=DeviceStatus.FAILED,
            role=device.role,
            site=device.site,
            address=device.address,
            errors=(f"the audit of this device failed: {crash}",),
        ),
        results=tuple(
            Result(check_id, device.name, Outcome.ERROR, crash) for check_id in selected if check_id not in fleet
        ),
        observed=tuple(Observed(check_id, peer, crash=crash) for check_id in fleet),
    )


def _heard(document: Document, declared: DeviceDeclarations) -> Document:
    """The document with what may be said of its dropped text, or without it where no interception points were declared.

    Without such a declaration nothing of it could be judged, and nothing shall tell that it was there.
    """
    return (
        residue.attached(document) if declared.li.point is not None else msgspec.structs.replace(document, residue=None)
    )


def _read(task: Task, definition: PlatformDefinition | None, key: bytes) -> tuple[Reading, str]:
    """Facts, or a reading without any and the reason. A crash of a reader names its place, never what it read."""
    snapshot = task.snapshot
    device = snapshot.device
    if definition is None:
        reason = "" if snapshot.errors else _unreadable(device.platform)
        errors = redaction.errors(snapshot.errors) or (CollectionError(reason),)
        return without_configuration(AUTO, device, redaction.documents(snapshot.documents), errors), reason
    kept = redaction.documents(snapshot.documents, definition.name, device.name)
    guard.state((device.name, *(one.name for one in kept)), (one.content for one in kept))
    errors = redaction.errors(snapshot.errors)
    documents, copies = _apart([_hashed(_heard(one, task.declared)) for one in kept], errors)
    try:
        with collector.paused():
            reading = definition.read(device, documents, errors, Masker(key))
            reading = _with_copies(reading, definition, documents, copies, key)
        return _with_state(reading, definition, documents, errors, key), ""
    except Exception as error:  # noqa: BLE001  the one boundary round readers, which meet hostile text
        reason = f"the reader for {definition.name} failed: {place(error)}"
        return without_configuration(definition.name, device, (), (CollectionError(reason),)), reason


def _apart(documents: Sequence[Document], errors: Sequence[CollectionError]) -> tuple[list[Document], list[Document]]:
    """The documents of the device, and the other copies of its configuration.

    One copy alone is the configuration; the stored one is not where the running one was asked for and not had.
    """
    lost = any(error.document == RUNNING for error in errors)
    documents = [document for document in documents if not (lost and document.role == STARTUP)]
    copies = [document for document in documents if document.role in (STARTUP, GOLDEN, NETCONF)]
    mine = [document for document in documents if document not in copies]
    alone = all(document.role.startswith(PROBE) for document in mine)
    return (documents, []) if alone else (mine, copies)


def _with_copies(
    reading: Reading,
    definition: PlatformDefinition,
    documents: Sequence[Document],
    copies: Sequence[Document],
    key: bytes,
) -> Reading:
    """The reading with what the other copies of the configuration hold otherwise."""
    further = [document for document in documents if document is not main_document(documents)]
    found: dict[str, Comparison] = {}
    for copy in copies:
        document = msgspec.structs.replace(copy, command=RUNNING)
        read = definition.channel if copy.role == NETCONF and definition.channel is not None else definition.read
        try:
            other = read(reading.facts.device, [document, *further], (), Masker(key))
        except Exception as error:  # noqa: BLE001  a copy must not take the device with it
            problem = f"{copy.name}: the reader for {definition.name} failed: {place(error)}"
            reading = msgspec.structs.replace(reading, problems=(*reading.problems, problem))
            continue
        found[copy.role] = compare(reading, other, copy.name)
        known = {masked.name for masked in reading.documents}
        coverage = tuple(one for one in other.facts.coverage if one.name == copy.name)
        reading = msgspec.structs.replace(
            reading,
            facts=msgspec.structs.replace(reading.facts, coverage=reading.facts.coverage + coverage),
            documents=reading.documents + tuple(masked for masked in other.documents if masked.name not in known),
        )
    if STARTUP not in found and definition.unsaved is not None:
        reading, told = _unsaved(reading, definition.unsaved, definition, documents, key)
        found |= {STARTUP: told} if told else {}
    channels = tuple(found[role] for role in (NETCONF,) if role in found)
    held = Copies(found.get(GOLDEN), found.get(STARTUP), channels)
    return msgspec.structs.replace(reading, facts=msgspec.structs.replace(reading.facts, copies=held))


def _unsaved(
    reading: Reading, unsaved: Unsaved, definition: PlatformDefinition, documents: Sequence[Document], key: bytes
) -> tuple[Reading, Comparison | None]:
    """What the device itself shows of the difference between its stored and its running configuration."""
    document = next((one for one in documents if one.role == unsaved.document), None)
    if document is None:
        return reading, None
    device = reading.facts.device
    try:
        told, masked = shown(document, unsaved, lambda one: definition.read(device, [one], (), Masker(key)))
    except Exception as error:  # noqa: BLE001  an output must not take the device with it
        problem = f"{document.name}: the reader for {definition.name} failed: {place(error)}"
        return msgspec.structs.replace(reading, problems=(*reading.problems, problem)), None
    return msgspec.structs.replace(reading, documents=reading.documents + masked), told


def _with_state(
    reading: Reading,
    definition: PlatformDefinition,
    documents: Sequence[Document],
    errors: Sequence[CollectionError],
    key: bytes,
) -> Reading:
    """The reading with what the outputs of commands show beside it."""
    seen, masked = state(documents, errors, definition.outputs(), Masker(key))
    quoted = {document.name for document in reading.documents}
    more = tuple(Masked(name, lines) for name, lines in masked if name not in quoted)
    missing = {area: gap for area, gap in reading.facts.missing.items() if area is not Area.STATE}
    facts = msgspec.structs.replace(reading.facts, areas=reading.facts.areas | {Area.STATE: seen}, missing=missing)
    return msgspec.structs.replace(reading, facts=facts, documents=reading.documents + more)


def _unreadable(platform: str) -> str:
    return "its platform could not be found out" if platform == AUTO else f"no reader for '{platform}' is installed"


def _hashed(document: Document) -> Document:
    if document.sha256:
        return document
    return msgspec.structs.replace(document, sha256=hashlib.sha256(document.content).hexdigest())


def make_finding(
    meta: CheckMeta, device: str, platform: str, problem: Problem, evidence: tuple[Evidence, ...]
) -> Finding:
    """A problem as the finding that reports print."""
    fix = meta.fix.get(platform)
    severity = meta.severity if problem.severity is None else problem.severity
    text = f"{meta.id}|{device}|{problem.subject}"
    return Finding(
        check=meta.id,
        device=device,
        severity=severity,
        confidence=problem.confidence,
        title=meta.title,
        message=problem.message,
        subject=problem.subject,
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16],
        evidence=evidence,
        remediation=fill(fix.commands, problem.values) if fix else "",
        caution=fix.caution if fix else "",
        verify=fill(fix.verify, problem.values) if fix else "",
        preserve=meta.preserve and severity >= Severity.HIGH,
    )


def _reviews(check: DeviceCheck, device: str, verdict: Verdict, quote: "_Quotes") -> list[ReviewItem]:
    return [
        ReviewItem(check.meta.id, device, review.subject, review.message, quote.of(check.meta, review.evidence))
        for review in verdict.reviews
    ]


def _observe(check: FleetCheck, facts: Facts, quote: "_Quotes") -> Observed:
    """What the check keeps of this device, or why it keeps nothing."""
    device = facts.device
    peer = Peer(device=device.name, platform=facts.platform, role=device.role)
    if not applies(check, facts.platform):
        return Observed(check.meta.id, peer)
    shown, looked_at = watched(facts)
    try:
        seen = tuple(check.observe(shown.restricted(check.meta.needs)))
        gap = doubts(facts, check.meta.needs) if not seen else None
    except NotKnownError as error:
        seen, gap = (), Gap(error.code, error.reason)
    except Exception as error:  # noqa: BLE001  the one boundary round the code of checks
        return Observed(check.meta.id, peer, crash=place(error))
    peer = msgspec.structs.replace(peer, observations=seen, gap=gap)
    evidence = tuple(quote.one(one.source) for one in seen)
    return Observed(check.meta.id, peer, evidence, doubts=tuple(not_understood(facts, looked_at)))


class _Quotes:
    """Evidence with its context, from the masked documents."""

    def __init__(self, reading: Reading, veil: Veil) -> None:
        self._documents = {document.name: document.lines for document in reading.documents}
        self._veil = veil

    def of(self, meta: CheckMeta, sources: tuple[Source, ...]) -> tuple[Evidence, ...]:
        """Evidence of a check. Around a line of lawful intercept nothing is shown: only what the check itself cites."""
        if meta.check_class in LAWFUL:
            return tuple(
                Evidence(one.document, one.line, one.end_line, self._veil.text(one.text))
                for one in dict.fromkeys(sources)
            )
        return self.all(sources)

    def all(self, sources: tuple[Source, ...]) -> tuple[Evidence, ...]:
        return tuple(self.one(source) for source in _blocks(dict.fromkeys(sources)))

    def one(self, source: Source) -> Evidence:
        lines = self._documents.get(source.document)
        if lines is None:
            return Evidence(source.document, source.line, source.end_line, self._veil.text(source.text))
        first, last = source.line - 1, source.end_line
        shown = lines[first : min(last, first + _MAX_BLOCK)]
        return Evidence(
            document=source.document,
            line=source.line,
            end_line=source.end_line,
            text=self._veil.text("\n".join(shown).rstrip()),
            before=self._veil.texts(lines[max(0, first - _CONTEXT) : first]),
            after=self._veil.texts(lines[last : last + _CONTEXT]),
        )


def _blocks(sources: Iterable[Source]) -> list[Source]:
    """Sources whose lines follow one another as one block."""
    found: list[Source] = []
    for source in sources:
        last = found[-1] if found else None
        if last is not None and last.document == source.document and source.line == last.end_line + 1:
            text = f"{last.text}\n{source.text}"
            found[-1] = Source(last.document, last.line, source.end_line, text)
        else:
            found.append(source)
    return found


def _record(task: Task, facts: Facts, reading: Reading, crash: str, results: list[Result]) -> DeviceRecord:
    device = task.snapshot.device
    errors = [_error_text(one.document, one.reason) for one in redaction.errors(task.snapshot.errors) if one.asked]
    errors += [crash] if crash else []
    errors += reading.problems
    if isinstance(facts.complete, Unknown) and facts.coverage:
        errors.append(str(facts.complete.reason))
    errors += [f"check {result.check} failed: {result.reason}" for result in results if result.outcome is Outcome.ERROR]
    return DeviceRecord(
        name=device.name,
        platform=facts.platform,
        status=_status(facts, errors),
        os_version=facts.os_version.value if isinstance(facts.os_version, Known) else "",
        role=device.role,
        site=device.site,
        address=device.address,
        detection=task.detection,
        errors=tuple(errors),
        documents=tuple(_document(coverage, facts) for coverage in facts.coverage),
        tables=tables(facts) if facts.coverage else (),
        collected=_collected(task.snapshot.documents),
    )


def _collected(documents: Sequence[Document]) -> tuple[Collected, ...]:
    """The documents by the way in which they were read, and why not in the first one."""
    found: dict[str, list[str]] = {}
    for document in documents:
        if document.collected_by not in _NO_WAY:
            found.setdefault(document.collected_by, []).append(document.name)
    parts = [(how.partition(", because "), tuple(names)) for how, names in found.items()]
    return tuple(Collected(way, names, redaction.reason(because)) for (way, _, because), names in parts)


def _status(facts: Facts, errors: list[str]) -> DeviceStatus:
    if not facts.coverage:
        return DeviceStatus.FAILED
    return DeviceStatus.PARTIAL if errors else DeviceStatus.AUDITED


def _error_text(document: str, reason: str) -> str:
    return f"{document}: {reason}" if document else reason


def _document(coverage: DocumentCoverage, facts: Facts) -> DocumentRecord:
    areas: dict[tuple[str, int], Area] = {
        (source.document, source.line): area for area, sources in facts.unread.items() for source in sources
    }
    unread = sum(source.end_line - source.line + 1 for source in coverage.unread)
    return DocumentRecord(
        name=coverage.name,
        sha256=coverage.sha256,
        lines=coverage.lines,
        understood=coverage.understood,
        irrelevant=coverage.irrelevant,
        unread=unread,
        unread_lines=tuple(
            UnreadLine(source.line, source.text, str(areas.get((source.document, source.line), "")))
            for source in coverage.unread[:_MAX_UNREAD]
        ),
    )
