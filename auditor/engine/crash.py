"""What may be said of code that crashed: the kind of error and its place, never its message, which may quote a device.

And no image of the memory of a process that may hold what a device said.
"""

import contextlib
import sys
import traceback
from pathlib import PurePath

_PR_SET_DUMPABLE = 4
"""prctl(2)."""


def no_core_dumps() -> None:
    """From here on a crash of this process leaves no core file. Its children have to ask for the same."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        # The limit does not hold where the kernel hands cores to a program (core(5)); this does, and ends with exec.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def place(error: BaseException) -> str:
    """`KeyError in compare, fleet_outlier.py line 40`."""
    frames = traceback.extract_tb(error.__traceback__)
    kind = type(error).__name__
    return (
        f"{kind} in {frames[-1].name}, {PurePath(frames[-1].filename).name} line {frames[-1].lineno}"
        if frames
        else kind
    )
