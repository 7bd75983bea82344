"""Whether work grows with its input as it should, without a clock: the same on a loaded machine as on a quiet one."""

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

UNENDING = 60.0
"""Seconds of processor time. No figure of speed: linear work on the hostile texts of the tests takes one or two, quadratic work
many minutes."""


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python `work` executes."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def ends(work: Callable[[], object]) -> bool:
    """Whether `work` took no longer than UNENDING; said after it ended."""
    begun = time.process_time()
    work()
    return time.process_time() - begun < UNENDING
