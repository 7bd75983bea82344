"""Audits devices one after the other, or on several cores; the order of the results is that of the input."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from auditor.engine.crash import no_core_dumps
from auditor.engine.device import NO_INDICATORS, DeviceOutcome, Task, audit_device
from auditor.engine.packs import Packs, load
from auditor.model.indicators import Indicators

_WINDOW = 4
"""Tasks in flight for each worker: enough to keep it busy, few enough to keep memory flat."""

_POOL_FROM = 16
"""Below this number of devices starting processes costs more than it saves."""

_packs: Packs | None = None
_selected: tuple[str, ...] = ()
_key = b""
_indicators = NO_INDICATORS


def run(
    tasks: Iterable[Task],
    expected: int,
    packs: Packs,
    selected: tuple[str, ...],
    key: bytes,
    workers: int,
    indicators: Indicators = NO_INDICATORS,
) -> Iterator[DeviceOutcome]:
    """The outcome of every task."""
    if workers < 2 or expected < _POOL_FROM:
        for task in tasks:
            yield audit_device(task, packs, selected, key, indicators)
        return
    yield from _parallel(tasks, (selected, key, indicators), workers)


def _parallel(
    tasks: Iterable[Task], told: tuple[tuple[str, ...], bytes, Indicators], workers: int
) -> Iterator[DeviceOutcome]:
    # "spawn": collection may have left threads behind, and a forked copy of a locked lock never opens.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=told) as pool:
        waiting: deque[Future[DeviceOutcome]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(_work, task))
                if len(waiting) >= workers * _WINDOW:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start(selected: tuple[str, ...], key: bytes, indicators: Indicators) -> None:
    no_core_dumps()
    global _packs, _selected, _key, _indicators
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _packs, _selected, _key, _indicators = load(), selected, key, indicators


def _work(task: Task) -> DeviceOutcome:
    if _packs is None:
        raise RuntimeError("the worker was not started")
    return audit_device(task, _packs, _selected, _key, _indicators)
