"""Pages to read and to print: the fleet first, then one page per device; static, offline, without scripts needed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from auditor.model.entries import Listed
from auditor.model.run import Finding, Run
from auditor_reports import text
from auditor_reports.device_pages import write_devices
from auditor_reports.fleet import CheckGroup, Fleet, arrange
from auditor_reports.pages import Site, environment, save
from auditor_reports.review import Topic, review_groups

FILE_NAME = "index.html"
_PAGE_SIZES = {"devices": 500, "skipped": 100, "waivers": 100}
_ROWS_ON_A_PAGE = 500
_TITLES = {
    "devices": "Devices",
    "skipped": "Skipped inputs",
    "waivers": "Waivers",
}


class Paged(msgspec.Struct, frozen=True):
    """A long list, cut into pages; the first stands on the first page of the report."""

    kind: str
    title: str
    pages: tuple[Sequence[object], ...]
    first: str

    @property
    def files(self) -> tuple[str, ...]:
        """The pages in order."""
        later = (f"{self.kind}-{number}.html" for number in range(2, len(self.pages) + 1))
        return (self.first, *later)


def write(run: Run, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `index.html`, the pages it leads to, and `devices/`; these on several processes where they are many."""
    fleet = arrange(run)
    pages = {name: f"devices/{page}.html" for name, page in text.file_names(d.name for d in fleet.devices).items()}
    check_pages = text.file_names(g.check.id for g in fleet.groups)
    topic_pages = text.file_names(t.check.id for t in fleet.topics)
    site = Site(
        folder=folder,
        run=msgspec.structs.replace(run, devices=Listed(), results=Listed(), findings=Listed(), review=Listed()),
        checks=fleet.checks,
        devices=len(fleet.devices),
        check_page={check: f"checks/{page}.html" for check, page in check_pages.items()},
        topic_page={check: f"review/{page}.html" for check, page in topic_pages.items()},
    )
    made = environment(site)
    made.globals.update(fleet=fleet, device_page=pages)
    lists = {kind: _paged(kind, rows) for kind, rows in _long_lists(fleet).items()}
    saved = partial(save, made, folder)
    return (
        saved("index.html", FILE_NAME, root="", lists=lists),
        saved("checks.html", "checks.html", root=""),
        *_list_pages(saved, lists),
        *(path for group in fleet.groups for path in _group_pages(saved, run, group, check_pages[group.check.id])),
        *(path for topic in fleet.topics for path in _topic_pages(saved, run, topic, topic_pages[topic.check.id])),
        *write_devices(run, site, pages, workers),
    )


def _group_pages(saved: Callable[..., Path], run: Run, group: CheckGroup, name: str) -> Iterator[Path]:
    """The pages of a check, a row for each device."""
    paged = Paged(name, group.check.title, _cut(group.devices, _ROWS_ON_A_PAGE), f"{name}.html")
    for position, file in enumerate(paged.files):
        rows = (_open(run, str(device), group.check.id) for device in paged.pages[position])
        yield saved("group.html", f"checks/{file}", root="../", group=group, rows=rows, paged=paged, position=position)


def _open(run: Run, device: str, check: str) -> list[Finding]:
    return [finding for finding in run.findings.where(device=device, check=check) if finding.waived is None]


def _topic_pages(saved: Callable[..., Path], run: Run, topic: Topic, name: str) -> Iterator[Path]:
    """The pages of a topic of the review list."""
    groups = review_groups(run.review.where(check=topic.check.id))
    paged = Paged(name, topic.check.title, _cut(groups, _ROWS_ON_A_PAGE), f"{name}.html")
    for position, file in enumerate(paged.files):
        yield saved("topic.html", f"review/{file}", root="../", topic=topic, paged=paged, position=position)


def _long_lists(fleet: Fleet) -> dict[str, Sequence[object]]:
    waivers = sorted(fleet.run.waivers, key=lambda w: (w.state, w.check, w.device, w.subject))
    return {
        "devices": fleet.devices,
        "skipped": fleet.run.skipped,
        "waivers": waivers,
    }


def _paged(kind: str, rows: Sequence[object]) -> Paged:
    return Paged(kind, _TITLES[kind], _cut(rows, _PAGE_SIZES[kind]), f"{FILE_NAME}#{kind}")


def _cut(rows: Sequence[object], size: int) -> tuple[Sequence[object], ...]:
    """Rows as pages; one empty page where there are none."""
    return tuple(rows[start : start + size] for start in range(0, len(rows), size)) or ((),)


def _list_pages(saved: Callable[..., Path], lists: dict[str, Paged]) -> Iterator[Path]:
    for paged in lists.values():
        for position in range(1, len(paged.pages)):
            yield saved("list.html", paged.files[position], root="", paged=paged, position=position)
