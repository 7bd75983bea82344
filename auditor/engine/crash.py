"""What may be said of code that crashed: the kind of error and its place, never its message, which may quote a device.

And no image of the memory of a process that may hold what a device said.
"""

import contextlib
import traceback
from pathlib import PurePath


def no_core_dumps() -> None:
    """From here on a crash of this process leaves no core file, and its children leave none."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def place(error: BaseException) -> str:
    """`KeyError in compare, fleet_outlier.py line 40`."""
    frames = traceback.extract_tb(error.__traceback__)
    kind = type(error).__name__
    return (
        f"{kind} in {frames[-1].name}, {PurePath(frames[-1].filename).name} line {frames[-1].lineno}"
        if frames
        else kind
    )
