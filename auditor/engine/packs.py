"""Checks, report formats and platforms enter here, ours by the same entry points as anyone else's.

Errors:
    PackError   an entry point cannot be loaded, or two things claim one name; nothing is audited then
"""

import sys
from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import TypeVar

import msgspec

from auditor.api import Pack
from auditor.model.catalogue import CatalogueEntry, GuidanceItem
from auditor.model.check import Check
from auditor.model.report import ReportFormat
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.redaction import guard

T = TypeVar("T")


class PackError(Exception):
    """A pack is broken; the text names it."""


class Packs(msgspec.Struct, frozen=True):
    """Everything that was brought in."""

    names: tuple[str, ...]
    """`name version` of every distribution that brought something."""
    checks: dict[str, Check]
    platforms: dict[str, PlatformDefinition]
    catalogue: dict[str, CatalogueEntry] = {}
    guidance: tuple[GuidanceItem, ...] = ()
    elsewhere: dict[str, str] = {}
    """Entries of the catalogue that an audit never judges, and where they are judged instead."""
    data_of: str = ""
    """The day of the newest vulnerability data that a pack brings along."""

    def canonical(self, check_id: str) -> str:
        """The id of a check for any of its names: retired ids still hold."""
        if check_id in self.checks:
            return check_id
        return next((entry.id for entry in self.catalogue.values() if check_id in entry.aliases), check_id)


def load() -> Packs:
    """Load checks and platforms. A pack that cannot be loaded is an error: its checks must not be missing silently."""
    checks: dict[str, Check] = {}
    platforms: dict[str, PlatformDefinition] = {}
    names: set[str] = set()
    catalogue: dict[str, CatalogueEntry] = {}
    guidance: list[GuidanceItem] = []
    elsewhere: dict[str, str] = {}
    data_of = ""
    for name, pack in _entries("auditor.checks", Pack, names):
        for check in pack.checks:
            if check.meta.id in checks:
                raise PackError(f"pack '{name}' brings check '{check.meta.id}', which exists already")
            meta = msgspec.structs.replace(check.meta, pack=pack.name)
            checks[check.meta.id] = msgspec.structs.replace(check, meta=meta)
        catalogue |= {entry.id: entry for entry in pack.catalogue}
        guidance += pack.guidance
        elsewhere |= pack.elsewhere
        data_of = max(data_of, pack.data_of)
    for name, definition in _entries("auditor.platforms", PlatformDefinition, names):
        if definition.name in platforms:
            raise PackError(f"entry point '{name}' brings platform '{definition.name}', which exists already")
        platforms[definition.name] = definition
    if not checks or not platforms:
        raise PackError("no checks or no platforms are installed; is the package installed completely?")
    ordered = dict(sorted(checks.items()))
    return Packs(
        names=tuple(sorted(names)),
        checks=ordered,
        platforms=dict(sorted(platforms.items())),
        catalogue=catalogue,
        guidance=tuple(guidance),
        elsewhere=elsewhere,
        data_of=data_of,
    )


def reports() -> dict[str, ReportFormat]:
    """Report formats by name. Apart from `load`, because the worker processes need none."""
    formats: dict[str, ReportFormat] = {}
    for name, brought in _entries("auditor.reports", tuple, set()):
        for report in brought:
            if not isinstance(report, ReportFormat):
                raise PackError(f"entry point '{name}' holds something that is no ReportFormat")
            if report.name in formats:
                raise PackError(f"entry point '{name}' brings format '{report.name}', which exists already")
            formats[report.name] = report
    return formats


def _entries(group: str, kind: type[T], names: set[str]) -> Iterable[tuple[str, T]]:
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        try:
            brought = entry.load()
        except Exception as error:
            raise PackError(f"entry point '{entry.name}' of {group} cannot be loaded: {error}") from error
        if not isinstance(brought, kind):
            raise PackError(f"entry point '{entry.name}' of {group} is no {kind.__name__}")
        guard.program(getattr(sys.modules[entry.module.partition(".")[0]], "__path__", ()))
        if entry.dist is not None:
            names.add(f"{entry.dist.name} {entry.dist.version}")
        yield entry.name, brought
