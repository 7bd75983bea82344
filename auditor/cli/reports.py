"""Writing reports."""

from pathlib import Path

import typer

from auditor.cli.errors import UsageError
from auditor.engine.packs import reports
from auditor.model.report import ReportFormat
from auditor.model.run import Run
from auditor.syntax.datafile import nearest


def chosen(names: tuple[str, ...]) -> list[ReportFormat]:
    """The formats of these names; an unknown name is an error before anything is audited."""
    known = reports()
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


def write(run: Run, formats: list[ReportFormat], output: Path) -> list[Path]:
    """Write every format; the file to open first comes first."""
    return [path for report in formats for path in report.write(run, output)[:1]]


def rewrite(source: Path, output: Path, names: tuple[str, ...]) -> None:
    """Reports of an earlier run, from its JSON."""
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
    for path in write(run, formats, output):
        typer.echo(str(path))
