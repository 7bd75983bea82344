"""What the process itself must not give away: no core, no debugger, no log, no traceback."""

import ctypes
import faulthandler
import logging
import resource
import sys
import warnings
from types import TracebackType

_PR_SET_DUMPABLE = 4
"""prctl(2); with 0 the process leaves no core and its memory cannot be read by others of the same user."""


def harden() -> None:
    """Close the ways by which memory of this process reaches a disk or a screen. Linux; elsewhere without prctl."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    faulthandler.disable()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.excepthook = _say_nothing


def _say_nothing(_kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
    sys.stderr.write("auditor: the run did not complete\n")
