"""`auditor coverage`: what of saved configurations is read."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import typer

from auditor.cli.errors import UsageError, printable
from auditor.cli.sources import loose_files
from auditor.engine.device import DeviceOutcome, Task, audit_device
from auditor.engine.key import fingerprint_key
from auditor.engine.packs import load
from auditor.model.declarations import DeviceDeclarations

_NUMBERS = re.compile(r"\d+")
_SHAPES = 40


def show_coverage(path: Path, platform: str | None) -> None:
    """Shares for each file, and the unread lines grouped by shape. For a single file, the unread lines themselves."""
    packs = load()
    found = loose_files([path], packs, platform, None)
    outcomes = [
        audit_device(Task(one.snapshot, DeviceDeclarations(), one.detection), packs, (), fingerprint_key())
        for one in found.intakes
    ]
    for skipped in found.skipped:
        typer.echo(printable(f"{skipped.path}: skipped, {skipped.reason}"))
    if not outcomes:
        raise UsageError(f"{path}: holds no configuration that can be read")
    for outcome in outcomes:
        typer.echo("\n".join(_shares(outcome)))
    if path.is_file():
        typer.echo("\n".join(_unread(outcomes)))
    else:
        typer.echo("\n".join(_shapes(outcomes)))


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


def _unread(outcomes: Iterable[DeviceOutcome]) -> Iterable[str]:
    for outcome in outcomes:
        for document in outcome.record.documents:
            for line in document.unread_lines:
                yield printable(f"{line.line:6} {line.area or '-':12} {line.text}")


def _shapes(outcomes: Iterable[DeviceOutcome]) -> Iterable[str]:
    counts = Counter(
        " ".join(_NUMBERS.sub("N", line.text).split()[:3])
        for outcome in outcomes
        for document in outcome.record.documents
        for line in document.unread_lines
    )
    yield "unread lines by shape:"
    for shape, count in counts.most_common(_SHAPES):
        yield printable(f"{count:6} {shape}")
