"""`auditor coverage`: what of saved configurations is read."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import typer

from auditor.cli.errors import UsageError, printable
from auditor.cli.sources import loose_files
from auditor.engine.device import NO_INDICATORS, DeviceOutcome, Task, audit_device, read_device
from auditor.engine.key import fingerprint_key
from auditor.engine.packs import Packs, load
from auditor.engine.workers import Workers
from auditor.model.declarations import DeviceDeclarations
from auditor.model.snapshot import Snapshot
from auditor.platforms.redaction import guard

_NUMBERS = re.compile(r"\d+")
_SHAPES = 40


def show_coverage(path: Path, platform: str | None) -> None:
    """Shares for each file and unread lines grouped by shape; for a single file also its lines, each with its mark."""
    packs = load()
    found = loose_files([path], packs, platform, None, Workers())
    opened = [one.opened(packs.platforms) for one in found.intakes]
    outcomes = [
        audit_device(Task(one.snapshot, DeviceDeclarations(), one.detection), packs, (), fingerprint_key())
        for one in opened
    ]
    for skipped in found.skipped:
        _echo([f"{skipped.path}: skipped, {skipped.reason}"], skipped.path)
    if not outcomes:
        raise UsageError(f"{path}: holds no configuration that can be read")
    for outcome in outcomes:
        names = [document.name for document in outcome.record.documents]
        _echo(_shares(outcome), outcome.record.name, *names)
    _echo(_shapes(outcomes))
    if path.is_file():
        for one in opened:
            names = [document.name for document in one.snapshot.documents]
            _echo(_annotated(one.snapshot, packs), one.snapshot.device.name, *names)


def _echo(lines: Iterable[str], *places: str) -> None:
    """Print lines about these documents, unless they hold what was dropped from them."""
    text = "\n".join(lines)
    guard.refuse(text.encode("utf-8", "replace"), places, places)
    typer.echo(text)


def _shares(outcome: DeviceOutcome) -> Iterable[str]:
    for error in outcome.record.errors:
        yield printable(f"{outcome.record.name}: {error}")
    for document in outcome.record.documents:
        lines = max(1, document.lines)
        yield printable(
            f"{document.name}: {outcome.record.platform}, {document.lines} lines: "
            f"{document.understood / lines:.0%} understood, {document.irrelevant / lines:.0%} irrelevant, "
            f"{document.unread / lines:.0%} unread"
        )


def _annotated(snapshot: Snapshot, packs: Packs) -> Iterable[str]:
    """Every line, without secrets and operators of intercepts: `+` understood, `.` known not to matter, `?` unread."""
    read = read_device(Task(snapshot, DeviceDeclarations()), packs, fingerprint_key(), NO_INDICATORS)
    reading, veil = read.reading, read.veil
    texts = {document.name: document.lines for document in reading.documents}
    areas = {
        (source.document, source.line): area for area, sources in reading.facts.unread.items() for source in sources
    }
    for coverage in reading.facts.coverage:
        lost = {line for source in coverage.unread for line in range(source.line, source.end_line + 1)}
        marks = coverage.marks or bytes(0 if line in lost else 2 for line in range(1, coverage.lines + 1))
        yield from ("", f"{coverage.name}: + understood, . known not to matter, ? unread (with the area it belongs to)")
        for number, (text, mark) in enumerate(zip(texts.get(coverage.name, []), marks, strict=False), 1):
            yield printable(f"{number:6} {'?+.'[mark]} {areas.get((coverage.name, number), ''):14} {veil.text(text)}")


def _shapes(outcomes: Iterable[DeviceOutcome]) -> Iterable[str]:
    counts = Counter(
        " ".join(_NUMBERS.sub("N", line.text).split()[:3])
        for outcome in outcomes
        for document in outcome.record.documents
        for line in document.unread_lines
    )
    yield "unread lines by shape:" if counts else "no line is unread"
    for shape, count in counts.most_common(_SHAPES):
        yield printable(f"{count:6} {shape}")
