"""`auditor data import`, and what a run says of the vulnerability data it used."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import msgspec
import typer

from auditor.cli.errors import printable
from auditor.engine.dates import day
from auditor.engine.published import imported, newest, read
from auditor.model.published import Published

_OLD = datetime.timedelta(days=90)


def import_files(files: tuple[Path, ...], output: Path, keyring: Path | None) -> int:
    """Add published files to a data file; it is written whole or not at all."""
    done = imported(read(output), files, keyring)
    beside = output.with_name(f"{output.name}.new")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(done.published), indent=1) + b"\n")
    beside.replace(output)
    for note in done.notes:
        typer.echo(printable(note))
    typer.echo(f"written: {printable(str(output))}")
    return 0


def data_notes(published: Published, own: str, today: datetime.date) -> Iterator[str]:
    """What a reader has to know of the data: what it is, of which day, how it is signed, and when it is old."""
    for file in published.files[:5]:
        yield (
            f"Vulnerability data: {file.kind.upper()} {file.id} of {file.publisher}, {file.date}, signature "
            f"{file.signature}, SHA-256 {file.sha256}"
        )
    if len(published.files) > 5:
        yield f"Vulnerability data: {len(published.files) - 5} more files, the newest of {newest(published)}"
    latest = max(own, newest(published))
    made = day(latest)
    if made is not None and today - made > _OLD:
        yield (
            f"The vulnerability data is of {latest}, {(today - made).days} days ago: what was published since is not "
            "looked for (`auditor data import` brings it in)"
        )
