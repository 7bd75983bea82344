"""The pages of the devices: each by itself, so that several processes can share them."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from jinja2 import Environment

from auditor.model.run import Run
from auditor_reports.pages import Site, environment, save
from auditor_reports.review import on_device
from auditor_reports.verdict import device_verdict
from auditor_reports.views import DeviceView, evidence_first, repeats, views

_POOL_FROM = 128
"""Below this number of devices starting processes costs more than it saves."""

_TOGETHER = 8
"""Devices that go to a process at a time."""

_WINDOW = 3
"""Portions in flight for each process."""

_Portion = list[tuple[str, DeviceView]]

_writer: "_Writer | None" = None


def write_devices(run: Run, site: Site, pages: dict[str, str], workers: int) -> Iterator[Path]:
    """Write the page of every device; `pages` names them."""
    coming = ((pages[view.row.name], view) for view in views(run))
    portions = iter(lambda: list(islice(coming, _TOGETHER)), [])
    if workers < 2 or site.devices < _POOL_FROM:
        writer = _Writer(site)
        for portion in portions:
            yield from writer.write(portion)
        return
    yield from _shared(portions, site, workers)


def _shared(portions: Iterable[_Portion], site: Site, workers: int) -> Iterator[Path]:
    waiting: deque[Future[list[Path]]] = deque()
    # "spawn": a forked copy of a database's connection must not be closed by another process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(site,)) as pool:
        for portion in portions:
            waiting.append(pool.submit(_write, portion))
            if len(waiting) >= workers * _WINDOW:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _start(site: Site) -> None:
    global _writer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _writer = _Writer(site)


def _write(portion: _Portion) -> list[Path]:
    if _writer is None:
        raise RuntimeError("the process was not started")
    return _writer.write(portion)


class _Writer:
    """Writes pages of devices in one process."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._templates: Environment = environment(site)

    def write(self, portion: _Portion) -> list[Path]:
        """The page of each device."""
        return [self._page(name, view) for name, view in portion]

    def _page(self, name: str, view: DeviceView) -> Path:
        checks = self._site.checks
        return save(
            self._templates,
            self._site.folder,
            "device.html",
            name,
            root="../",
            device_page={view.row.name: name},
            device=view,
            verdict=device_verdict(view),
            preserve=any(evidence_first(f, checks) for f in view.findings),
            signs=repeats(view.signs, checks),
            weaknesses=repeats(view.weaknesses, checks),
            waived=repeats(view.waived, checks),
            topics=on_device(view.review),
        )
