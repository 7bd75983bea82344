"""The finished audit: the whole table, and all that a report may print."""

from enum import StrEnum

import msgspec

from auditor.model.check import Severity
from auditor.model.entries import Entries, Listed


class Outcome(StrEnum):
    """The five ends of a check on a device."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


class DeviceStatus(StrEnum):
    """How much of a device was audited."""

    AUDITED = "audited"
    PARTIAL = "partial"
    FAILED = "failed"


class Evidence(msgspec.Struct, frozen=True):
    """The lines behind a finding, with up to three lines of context on each side. Secrets are masked."""

    document: str
    line: int
    end_line: int
    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class WaiverNote(msgspec.Struct, frozen=True):
    """The waiver that covers a finding."""

    reason: str
    owner: str
    expires: str


class Finding(msgspec.Struct, frozen=True):
    """Something wrong on a device."""

    check: str
    device: str
    severity: Severity
    confidence: str
    title: str
    message: str
    subject: str
    fingerprint: str
    evidence: tuple[Evidence, ...]
    remediation: str = ""
    caution: str = ""
    verify: str = ""
    preserve: bool = False
    """A sign of an intrusion, of high severity at least: evidence is saved before anything is removed."""
    waived: WaiverNote | None = None


class Result(msgspec.Struct, frozen=True):
    """One cell of the table: a check on a device."""

    check: str
    device: str
    outcome: Outcome
    reason: str = ""


class PeerCount(msgspec.Struct, frozen=True):
    """On how many devices of a role an object was seen."""

    with_it: int
    of: int
    role: str


class ReviewItem(msgspec.Struct, frozen=True):
    """An object that waits for its operator's judgement."""

    check: str
    device: str
    subject: str
    message: str
    evidence: tuple[Evidence, ...]
    peers: PeerCount | None = None


class UnreadLine(msgspec.Struct, frozen=True):
    """A line that was not understood."""

    line: int
    text: str
    area: str = ""


class DocumentRecord(msgspec.Struct, frozen=True):
    """A document and how much of it was read, in lines."""

    name: str
    sha256: str
    lines: int
    understood: int
    irrelevant: int
    unread: int
    unread_lines: tuple[UnreadLine, ...] = ()


class Cell(msgspec.Struct, frozen=True):
    """A value in a table of what was understood, and the line it stands at."""

    text: str
    document: str = ""
    line: int = 0


class Table(msgspec.Struct, frozen=True):
    """What was understood of one topic of a device."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


class Collected(msgspec.Struct, frozen=True):
    """Documents of a device that were read in one way."""

    way: str
    documents: tuple[str, ...]
    because: str = ""
    """Why not in the device's first way; empty where it was that one."""


class DeviceRecord(msgspec.Struct, frozen=True):
    """One device of the run."""

    name: str
    platform: str
    status: DeviceStatus
    os_version: str = ""
    role: str = ""
    site: str = ""
    address: str = ""
    detection: str = ""
    """How the platform was found, with the confidence; empty where the inventory named it."""
    errors: tuple[str, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    tables: tuple[Table, ...] = ()
    collected: tuple[Collected, ...] = ()
    """How its documents were read from the network; empty for files."""

    @property
    def device(self) -> str:
        """The name, by which entries of a run are found."""
        return self.name


class Skipped(msgspec.Struct, frozen=True):
    """An input that is no configuration, and why it was not judged."""

    path: str
    reason: str


class WaiverRecord(msgspec.Struct, frozen=True):
    """A waiver and what became of it: `used`, `unused` or `expired`."""

    check: str
    device: str
    subject: str
    reason: str
    owner: str
    expires: str
    state: str
    findings: int = 0


class CheckRecord(msgspec.Struct, frozen=True):
    """What a report says about a check."""

    id: str
    title: str
    check_class: str
    severity: Severity
    kind: str
    why: str
    how: str
    false_positives: str
    attack: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    """Title and address."""
    pack: str
    preserve: bool


class Run(msgspec.Struct, frozen=True):
    """A finished audit."""

    id: str
    started: str
    finished: str
    tool_version: str
    engine: str
    inputs: tuple[str, ...]
    packs: tuple[str, ...]
    exit_code: int
    fail_on: Severity
    complete: bool
    """False when a device or document could not be read, a check crashed, or the run was interrupted."""
    checks: tuple[CheckRecord, ...]
    devices: Entries[DeviceRecord]
    results: Entries[Result]
    """By device and check."""
    findings: Entries[Finding]
    """Worst first, then by device, check and subject."""
    review: Entries[ReviewItem] = Listed()
    """Rarest first."""
    skipped: tuple[Skipped, ...] = ()
    waivers: tuple[WaiverRecord, ...] = ()
    notes: tuple[str, ...] = ()
    """Things a reader has to know: declarations used, entries expired, an interruption."""
    declarations: tuple[str, ...] = ()
    """Files that say what the operator intends."""


def listed(run: Run) -> Run:
    """The run with its entries in memory, and with a row for every device and check that an entry names."""
    said: tuple[Result | Finding | ReviewItem, ...] = (*run.results, *run.findings, *run.review)
    devices = {one.name: one for one in run.devices}
    checks = {one.id: one for one in run.checks}
    for one in sorted(said, key=lambda one: (one.device, one.check)):
        devices.setdefault(one.device, DeviceRecord(one.device, "", DeviceStatus.FAILED))
        checks.setdefault(one.check, _undescribed(one.check))
    return msgspec.structs.replace(
        run,
        checks=tuple(checks.values()),
        devices=Listed(devices.values()),
        results=Listed(run.results),
        findings=Listed(run.findings),
        review=Listed(run.review),
    )


def _undescribed(check: str) -> CheckRecord:
    return CheckRecord(check, check, "", Severity.INFO, "", "", "", "", (), (), "", preserve=False)
