"""A report format: a function from the finished run to files."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from auditor.model.run import Run


class ReportFormat(msgspec.Struct, frozen=True):
    """A way to write a run. `write` gets the output folder and returns the files it wrote, the one to open first."""

    name: str
    """What `--format` takes."""
    description: str
    write: Callable[[Run, Path], tuple[Path, ...]]
    load: Callable[[Path], Run] | None = None
    """Reads a run back from a file that this format wrote, where nothing is lost in it. ValueError if it is none."""
    write_shared: Callable[[Run, Path, int], tuple[Path, ...]] | None = None
    """`write` with the number of processes that it may use, where it can use several."""
    pieces: Callable[[Run], Iterable[bytes]] | None = None
    """The whole run as one file, piece by piece, where the format is one."""
