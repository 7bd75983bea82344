"""`auditor audit`: sources in, reports and an exit code out."""

import datetime
import os
import sys
from pathlib import Path

from auditor.cli.console import Say, summary
from auditor.cli.data import data_notes
from auditor.cli.errors import UsageError
from auditor.cli.golden import FOLDER, authorised, unused
from auditor.cli.options import AuditOptions
from auditor.cli.reports import check_writable, chosen, write
from auditor.cli.sources import Gathered, gather
from auditor.engine import declarations as declaring
from auditor.engine import waivers as waiving
from auditor.engine.audit import Plan, audit
from auditor.engine.indicators import load as read_indicators
from auditor.engine.key import fingerprint_key
from auditor.engine.packs import Packs, load, reports
from auditor.engine.published import read as read_published
from auditor.engine.workers import Workers
from auditor.model.check import Severity
from auditor.model.published import Published
from auditor.model.report import ReportFormat
from auditor.model.run import Run
from auditor.syntax.datafile import nearest


def run_audit(options: AuditOptions) -> int:
    """Audit and write the reports. Everything that can be wrong with the input is found before a device is touched."""
    started = datetime.datetime.now(datetime.UTC)
    say = Say(quiet=options.quiet, verbose=options.verbose)
    packs = load()
    fail_on = _severity(options.fail_on)
    selected = _selected(options.checks, packs)
    if options.engine != "local":
        raise UsageError(f"unknown engine '{options.engine}'; known: local")
    formats = chosen(options.formats)
    check_writable(options.output)
    _check_json(options.json_file)
    with Workers(options.workers or os.cpu_count() or 1) as workers:
        gathered = gather(options, packs, workers)
        golden = authorised(_golden(options, gathered), packs, workers)
        declared = declaring.load(_beside(options.declarations, gathered, "declarations.yaml"), started.date())
        own = [entry.declared.value for entry in declared.lists.get("operator_prefixes", ())]
        indicators, left_out = read_indicators(options.iocs, own)
        data = next(iter(_beside(_given(options.vulnerabilities), gathered, "vulnerabilities.json")), None)
        published = read_published(data) if data is not None else Published()
        plan = Plan(
            packs=packs,
            selected=selected,
            key=fingerprint_key(),
            fail_on=fail_on,
            inputs=tuple(str(source) for source in options.sources),
            declarations=declared,
            indicators=indicators,
            vulnerabilities=data,
            waivers=tuple(
                waiver
                for path in _beside(options.waivers, gathered, "waivers.yaml")
                for waiver in waiving.read(path, packs.checks, packs.canonical)
            ),
            workers=workers,
            expected=gathered.expected,
            skipped=gathered.skipped,
            notes=(
                *gathered.notes,
                *left_out,
                *unused(golden, gathered.expected),
                *data_notes(published, packs.data_of, started.date()),
            ),
            golden=golden,
        )
        with say.progress(len(gathered.expected)) as advance:
            run = audit(gathered.intakes, plan, started, advance)
    return _write(run, formats, options, say)


def _given(path: Path | None) -> tuple[Path, ...]:
    if path is not None and not path.is_file():
        raise UsageError(f"--vulnerabilities: {path}: is no file")
    return (path,) if path is not None else ()


def _golden(options: AuditOptions, gathered: Gathered) -> Path | None:
    """The folder of authorised configurations: the one that was given, else that beside the inventory."""
    beside = (folder / FOLDER for folder in gathered.beside if (folder / FOLDER).is_dir())
    return options.golden or next(beside, None)


def _write(run: Run, formats: list[ReportFormat], options: AuditOptions, say: Say) -> int:
    every = [*formats, *_json_formats(options.json_file)]
    written = write(run, every, options.output, options.workers or os.cpu_count() or 1)
    summary(run, written.paths, say)
    for failure in written.failures:
        say.error(failure)
    return 3 if written.failures else run.exit_code


def _check_json(target: str | None) -> None:
    if target not in (None, "-"):
        path = Path(target or "")
        if path.is_dir():
            raise UsageError(f"--json: {path}: is a folder")
        check_writable(path.parent)


def _json_formats(target: str | None) -> list[ReportFormat]:
    """What `--json` asks for, as a format: the run as one file, in a place of its own."""
    if target is None:
        return []
    pieces = next((report.pieces for report in reports().values() if report.pieces is not None), None)
    if pieces is None:
        raise UsageError("no installed format can write JSON")

    def write_json(run: Run, _folder: Path) -> tuple[Path, ...]:
        if target == "-":
            sys.stdout.buffer.writelines(pieces(run))
            sys.stdout.buffer.flush()
            return ()
        with Path(target).open("wb") as file:
            file.writelines(pieces(run))
        return (Path(target),)

    return [ReportFormat("json", "the run as one file", write_json)]


def _severity(word: str) -> Severity:
    try:
        return Severity[word.upper()]
    except KeyError:
        known = [severity.label for severity in Severity]
        raise UsageError(f"--fail-on: unknown severity '{word}'; {nearest(word, known)}") from None


def _selected(wanted: str | None, packs: Packs) -> tuple[str, ...]:
    """Check ids, in order; a class stands for its checks."""
    if wanted is None:
        return tuple(packs.checks)
    classes = {str(check.meta.check_class) for check in packs.checks.values()}
    names = [packs.canonical(name.strip()) for name in wanted.split(",") if name.strip()]
    for name in names:
        if name not in packs.checks and name not in classes:
            raise UsageError(f"--checks: unknown check or class '{name}'; {nearest(name, [*packs.checks, *classes])}")
    if not names:
        raise UsageError("--checks names no check")
    return tuple(
        check_id
        for check_id, check in packs.checks.items()
        if check_id in names or str(check.meta.check_class) in names
    )


def _beside(given: tuple[Path, ...], gathered: Gathered, name: str) -> tuple[Path, ...]:
    """The files that were given, else the one that lies beside the inventory."""
    return given or tuple(folder / name for folder in gathered.beside if (folder / name).is_file())
