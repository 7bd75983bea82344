"""Work on many files and devices, one after the other or on several cores; the order of the results is that of the input."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Generic, NamedTuple, TypeVar

from auditor.engine.crash import no_core_dumps
from auditor.engine.packs import Packs, load
from auditor.platforms.redaction import custodian, guard

Item = TypeVar("Item")
Done = TypeVar("Done")

_WINDOW = 4
"""Items in flight for each process: enough to keep it busy, few enough to keep memory flat."""

_POOL_FROM = 16
"""Below this number of items starting processes costs more than it saves."""

_packs: Packs | None = None


class Workers:
    """Processes that have the packs loaded. They start with the first work that is worth it, and serve until the end."""

    def __init__(self, count: int = 1) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._end(wait=kind is None)

    def map(
        self, work: Callable[[Packs, Item], Done], items: Iterable[Item], expected: int, packs: Packs
    ) -> Iterator[Done]:
        """`work` on every item. It and the items go to other processes, so they must be such that can be pickled."""
        if self._count < 2 or expected < _POOL_FROM:
            for item in items:
                yield work(packs, item)
            return
        pool = self._started()
        waiting: deque[Future[_Returned[Done]]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(_call, work, item))
                if len(waiting) >= self._count * _WINDOW:
                    yield _received(waiting.popleft().result())
            while waiting:
                yield _received(waiting.popleft().result())
        except BaseException:
            self._end(wait=False)
            raise

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # "spawn": collection may have left threads behind, and a forked copy of a locked lock never opens.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, context, initializer=_start, initargs=(guard.key(),))
        return self._pool

    def _end(self, *, wait: bool) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=not wait)
            self._pool = None


class _Returned(NamedTuple, Generic[Done]):
    """A result, and what the process has to say of the documents that it saw: to their custodian and to the last look."""

    result: Done
    notes: custodian.Notes
    dropped: guard.Dropped


def _received(returned: _Returned[Done]) -> Done:
    custodian.add(returned.notes)
    guard.add(returned.dropped)
    return returned.result


def _start(key: bytes) -> None:
    global _packs
    no_core_dumps()
    guard.use(key)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _packs = load()


def _call(work: Callable[[Packs, Item], Done], item: Item) -> _Returned[Done]:
    if _packs is None:
        raise RuntimeError("the worker was not started")
    result = work(_packs, item)
    return _Returned(result, custodian.taken(), guard.taken())
