"""What may be said of code that crashed: the kind of error and its place, never its message, which may quote a device."""

import traceback
from pathlib import PurePath


def place(error: BaseException) -> str:
    """`KeyError in compare, fleet_outlier.py line 40`."""
    frames = traceback.extract_tb(error.__traceback__)
    kind = type(error).__name__
    return (
        f"{kind} in {frames[-1].name}, {PurePath(frames[-1].filename).name} line {frames[-1].lineno}"
        if frames
        else kind
    )
