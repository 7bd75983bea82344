"""Writing reports."""

import os
from pathlib import Path

import msgspec
import typer

from auditor.cli.errors import UsageError, printable
from auditor.engine import outgoing
from auditor.engine.crash import place
from auditor.engine.packs import reports
from auditor.model.report import ReportFormat
from auditor.model.run import Run
from auditor.syntax.datafile import nearest


class Written(msgspec.Struct, frozen=True):
    """What became of the formats."""

    paths: tuple[Path, ...]
    """The file to open first, of each."""
    failures: tuple[str, ...]


def chosen(names: tuple[str, ...]) -> list[ReportFormat]:
    """The formats of these names; an unknown name is an error before anything is audited."""
    known = reports()
    if not names:
        raise UsageError(f"--format names no format; known: {', '.join(sorted(known))}")
    for name in names:
        if name not in known:
            raise UsageError(f"unknown format '{name}'; {nearest(name, list(known))}")
    return [known[name] for name in dict.fromkeys(names)]


def check_writable(output: Path) -> None:
    """Make the output folder, or say why it cannot be written."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        probe = output / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(f"{output}: the output folder cannot be written: {error.strerror}") from error


def write(run: Run, formats: list[ReportFormat], output: Path, workers: int = 1) -> Written:
    """Write every format, on so many processes where it can use several. One that fails takes neither the others nor the run with it.

    Nothing is written of a run that holds what lawful intercept protects (ProtectedTextError).
    """
    outgoing.check(run)
    paths: list[Path] = []
    failures: list[str] = []
    for report in formats:
        try:
            shared = report.write_shared
            paths += (report.write(run, output) if shared is None else shared(run, output, workers))[:1]
        except OSError as error:
            failures.append(f"format {report.name} could not be written: {error.strerror or type(error).__name__}")
        except Exception as error:  # noqa: BLE001  the one boundary round the code of formats
            failures.append(f"format {report.name} could not be written: {place(error)}")
    return Written(tuple(paths), tuple(failures))


def rewrite(source: Path, output: Path, names: tuple[str, ...]) -> int:
    """Reports of an earlier run, from its JSON; 3 where one could not be written."""
    formats = chosen(names)
    loaders = [report for report in reports().values() if report.load is not None]
    if not source.is_file() or not loaders:
        raise UsageError(f"{source}: expected the run.json of an earlier audit")
    load = loaders[0].load
    try:
        run = load(source) if load is not None else None
    except ValueError as error:
        raise UsageError(f"{source}: is no run of schema auditor/run/1: {error}") from error
    if run is None:
        raise UsageError(f"{source}: no installed format can read a run")
    check_writable(output)
    written = write(run, formats, output, os.cpu_count() or 1)
    for path in written.paths:
        typer.echo(str(path))
    for failure in written.failures:
        typer.echo(printable(failure), err=True)
    return 3 if written.failures else 0
