"""The catalogue of exposures and indicators, and the published guidance that it answers."""

import csv
from pathlib import Path

import msgspec


class CatalogueEntry(msgspec.Struct, frozen=True):
    """One thing that a check can see. A check has the id of its entry."""

    id: str
    title: str
    check_class: str
    severity: str
    kind: str
    platforms: tuple[str, ...]
    """`any` for every platform; `network` where no access to the device is needed."""
    evidence: tuple[str, ...]
    attack: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Retired ids that still name it in options and waivers."""
    parent: str = ""
    """A wider entry: the most specific check that applies reports, and it alone."""


class GuidanceItem(msgspec.Struct, frozen=True):
    """One item of a published document: the entries that answer it, or why no device can show it."""

    document: str
    number: str
    section: str
    text: str
    checks: tuple[str, ...]
    reason: str = ""


def read_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """The entries of a tab-separated file with a head line."""
    return tuple(
        CatalogueEntry(
            id=row["id"],
            title=row["title"],
            check_class=row["class"],
            severity=row["severity"],
            kind=row["kind"],
            platforms=_list(row["platforms"]),
            evidence=_list(row["evidence"]),
            attack=_list(row["attack"]),
            aliases=_list(row["aliases"]),
            parent=row["parent"] or "",
        )
        for row in _rows(path)
    )


def read_guidance(path: Path) -> tuple[GuidanceItem, ...]:
    """The items of a tab-separated file with a head line."""
    return tuple(
        GuidanceItem(
            document=row["document"],
            number=row["item"],
            section=row["section"],
            text=row["text"],
            checks=_list(row["checks"]),
            reason=row["reason"] or "",
        )
        for row in _rows(path)
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())
