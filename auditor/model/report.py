"""A report format: a function from the finished run to files."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from auditor.model.run import Run


class ReportFormat(msgspec.Struct, frozen=True):
    """A way to write a run. `write` gets the output folder and returns the files it wrote, the one to open first."""

    name: str
    """What `--format` takes."""
    description: str
    write: Callable[[Run, Path], tuple[Path, ...]]
