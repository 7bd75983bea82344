"""Commands that show what the program knows: checks, fixes, commands sent to devices."""

import json
from collections.abc import Iterable
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from auditor.cli.errors import UsageError
from auditor.engine.packs import Packs, load
from auditor.model.check import Check, CheckMeta, DeviceCheck
from auditor.syntax.datafile import nearest


def _find(packs: Packs, check_id: str) -> Check:
    check = packs.checks.get(check_id)
    if check is None:
        raise UsageError(f"unknown check '{check_id}'; {nearest(check_id, list(packs.checks))}")
    return check


def _record(check: Check) -> dict[str, Any]:
    meta = check.meta
    return {
        "id": meta.id,
        "title": meta.title,
        "class": str(meta.check_class),
        "severity": meta.severity.label,
        "kind": str(meta.kind),
        "platforms": sorted(meta.platforms),
        "evidence": list(meta.evidence),
        "references": [
            reference.title + (f" <{reference.url}>" if reference.url else "") for reference in meta.references
        ],
        "attack": list(meta.attack),
        "needs": sorted(meta.needs),
        "scope": "device" if isinstance(check, DeviceCheck) else "fleet",
        "pack": meta.pack,
        "since": meta.since,
    }


def list_checks(*, as_json: bool) -> None:
    """All checks, as a table or as JSON."""
    packs = load()
    if as_json:
        typer.echo(json.dumps([_record(check) for check in packs.checks.values()], indent=2))
        return
    table = Table("Check", "Class", "Severity", "Title", box=None, pad_edge=False)
    for check in packs.checks.values():
        meta = check.meta
        table.add_row(meta.id, str(meta.check_class), meta.severity.label, meta.title)
    Console().print(table)


def show_check(check_id: str, *, as_json: bool) -> None:
    """One check, as text or as JSON."""
    if not as_json:
        explain_check(check_id)
        return
    typer.echo(json.dumps(_record(_find(load(), check_id)), indent=2))


def explain_check(check_id: str) -> None:
    """The page of a check."""
    typer.echo("\n".join(_page(_find(load(), check_id).meta)))


def _page(meta: CheckMeta) -> Iterable[str]:
    yield f"{meta.id}: {meta.title}"
    yield ""
    yield f"Class {meta.check_class}, severity {meta.severity.label}, kind {meta.kind}, from {', '.join(meta.evidence)}."
    yield f"Platforms: {', '.join(sorted(meta.platforms))}."
    yield from ("", "Why it matters", f"  {meta.why}", "", "How it is decided", f"  {meta.how}")
    if meta.false_positives:
        yield from ("", "When it is wrong", f"  {meta.false_positives}")
    if meta.preserve:
        yield from ("", "A sign of intrusion: save configuration, logs and volatile state before anything is changed.")
    for platform, fix in sorted(meta.fix.items()):
        yield from ("", f"Fix on {platform}", *(f"  {line}" for line in fix.commands.split("\n")))
        if fix.caution:
            yield f"  Caution: {fix.caution}"
        if fix.verify:
            yield f"  Verify: {fix.verify}"
    yield from ("", "References")
    yield from (f"  {reference.title}  {reference.url}".rstrip() for reference in meta.references)
    yield f"  MITRE ATT&CK {', '.join(meta.attack)}"


def coverage_of_checks(*, as_json: bool) -> None:
    """Check by platform: judged, not readable yet, or not applicable."""
    packs = load()
    platforms = sorted(packs.platforms)
    rows = {
        check.meta.id: {platform: _judged(check, platform) for platform in platforms} for check in packs.checks.values()
    }
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    table = Table("Check", *platforms, box=None, pad_edge=False)
    for check_id, row in rows.items():
        table.add_row(check_id, *row.values())
    Console().print(table)


def _judged(check: Check, platform: str) -> str:
    if platform in check.meta.fix:
        return "judged"
    return "unknown" if platform in check.meta.platforms else "-"


def list_commands(platform: str | None) -> None:
    """Every command that is ever sent, by platform: the list a change board reads."""
    packs = load()
    if platform is not None and platform not in packs.platforms:
        raise UsageError(f"unknown platform '{platform}'; {nearest(platform, list(packs.platforms))}")
    for name, definition in packs.platforms.items():
        if platform in (None, name):
            typer.echo(f"{name} ({definition.transport})")
            for command in definition.commands:
                typer.echo(f"  {'  or  '.join(command.send)}    -> {command.document}")
