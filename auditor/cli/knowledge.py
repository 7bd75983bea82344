"""Commands that show what the program knows: checks, fixes, commands sent to devices."""

import csv
import json
import sys
from collections.abc import Iterable
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from auditor.cli.errors import UsageError
from auditor.collect.sent import HEAD, rows
from auditor.engine.packs import Packs, load
from auditor.model.catalogue import GuidanceItem
from auditor.model.check import Check, CheckMeta, DeviceCheck
from auditor.model.platform import canonical
from auditor.syntax.datafile import nearest

OWN = "builtin"
"""The pack whose checks have pages in docs/checks."""


def _find(packs: Packs, check_id: str) -> Check:
    check = packs.checks.get(packs.canonical(check_id))
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
    yield from ("", "Why it matters", f"  {meta.why}", "", "How it is decided", f"  {meta.decided}")
    if meta.false_positives:
        yield from ("", "When it is wrong", f"  {meta.false_positives}")
    if meta.preserve:
        yield from ("", "A sign of intrusion: save configuration, logs and volatile state before anything is changed.")
    elsewhere = {"Not on": meta.not_on, "Not decided on": meta.unseen}
    for what, reasons in elsewhere.items():
        if reasons:
            yield from ("", *(f"{what} {platform}: {reason}" for platform, reason in sorted(reasons.items())))
    for platform, fix in sorted(meta.fix.items()):
        yield from ("", f"Fix on {platform}", *(f"  {line}" for line in fix.commands.split("\n")))
        if fix.caution:
            yield f"  Caution: {fix.caution}"
        if fix.verify:
            yield f"  Verify: {fix.verify}"
    if meta.pack == OWN:
        yield from ("", f"Page: docs/checks/{meta.id}.md")
    yield from ("", "References")
    yield from (f"  {reference.title}  {reference.url}".rstrip() for reference in meta.references)
    yield f"  MITRE ATT&CK {', '.join(meta.attack)}"


def coverage_of_checks(*, as_json: bool) -> None:
    """The catalogue by platform and evidence, and the published guidance item by item."""
    packs = load()
    platforms = sorted(packs.platforms)
    cells = {entry: {platform: _cell(packs, entry, platform) for platform in platforms} for entry in _entries(packs)}
    if as_json:
        typer.echo(json.dumps({"checks": cells, "guidance": [_item(packs, item) for item in packs.guidance]}, indent=2))
        return
    table = Table("Entry", "Evidence", *platforms, box=None, pad_edge=False)
    for entry, row in cells.items():
        listed = packs.catalogue.get(entry)
        evidence = listed.evidence if listed else packs.checks[entry].meta.evidence
        table.add_row(entry, ",".join(evidence), *(word.split(":")[0] for word in row.values()))
    console = Console(width=None if Console().is_terminal else 220)
    console.print(table)
    for entry, row in cells.items():
        for platform, word in row.items():
            if ": " in word:
                typer.echo(f"{entry} on {platform}: {word}")
    typer.echo(
        "\njudged: by a check; unknown: the platform has it, and nothing that was collected can show it; n/a: it"
    )
    typer.echo(
        "cannot exist there, or no audit judges it; planned: no check yet; -: the catalogue does not name the platform.\n"
    )
    for item in packs.guidance:
        record = _item(packs, item)
        answer = ", ".join(record["checks"]) or record["reason"]
        missing = f"; no check yet: {', '.join(record['planned'])}" if record["planned"] else ""
        typer.echo(f"{item.document} {item.number} {item.section}: {item.text} -> {answer}{missing}")


def _entries(packs: Packs) -> list[str]:
    """Entries of the catalogue in its order, then checks that it does not name."""
    return [*packs.catalogue, *(check_id for check_id in packs.checks if check_id not in packs.catalogue)]


def _cell(packs: Packs, entry_id: str, platform: str) -> str:
    check, entry = packs.checks.get(entry_id), packs.catalogue.get(entry_id)
    if check is not None:
        if platform in check.meta.judged_on:
            return "judged"
        if platform in check.meta.unseen:
            return f"unknown: {check.meta.unseen[platform]}"
        if platform in check.meta.not_on:
            return f"n/a: {check.meta.not_on[platform]}"
    if entry is not None and (platform in entry.platforms or "any" in entry.platforms):
        where = packs.elsewhere.get(entry_id)
        return f"n/a: {where}" if where else "planned"
    return "-"


def _item(packs: Packs, item: GuidanceItem) -> dict[str, Any]:
    return {
        "document": item.document,
        "item": item.number,
        "section": item.section,
        "text": item.text,
        "checks": [check_id for check_id in item.checks if check_id in packs.checks],
        "planned": [check_id for check_id in item.checks if check_id not in packs.checks],
        "reason": item.reason,
    }


def list_commands(platform: str | None, form: str) -> None:
    """Everything that is ever sent, by platform: the list a change board reads."""
    packs = load()
    wanted = canonical(platform) if platform is not None else None
    if wanted is not None and wanted not in packs.platforms:
        raise UsageError(f"unknown platform '{platform}'; {nearest(str(platform), list(packs.platforms))}")
    if form not in ("text", "csv", "lines"):
        raise UsageError(f"--format: unknown format '{form}'; known: csv, lines, text")
    chosen = [definition for name, definition in packs.platforms.items() if wanted in (None, name)]
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(row for definition in chosen for row in rows(definition))
        return
    if form == "lines":
        lines = [text for definition in chosen for command in definition.commands for text in command.send]
        typer.echo("\n".join(lines))
        return
    for definition in chosen:
        typer.echo(f"{definition.name} (by {', then '.join(definition.transports)})")
        for _, channel, sent, document, _ in rows(definition):
            typer.echo(f"  {channel:8} {sent}" + (f"    -> {document}" if document else ""))
