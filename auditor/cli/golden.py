"""Authorised configurations: a folder with one saved configuration for each device, told by its host's name or its own."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from auditor.cli.errors import UsageError
from auditor.cli.sources import loose_files
from auditor.engine.intake import Intake
from auditor.engine.packs import Packs
from auditor.engine.workers import Workers
from auditor.model.device import Device

FOLDER = "golden"
"""Where authorised copies lie beside an inventory."""
_NAMED = 5


def authorised(folder: Path | None, packs: Packs, workers: Workers) -> dict[str, Intake]:
    """The copy of each device, by its name. Files are read again when their device is judged."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise UsageError(f"--golden: {folder}: no such folder")
    return {one.device.name: one for one in loose_files([folder], packs, None, None, workers).intakes}


def unused(copies: Mapping[str, Intake], devices: Iterable[Device]) -> tuple[str, ...]:
    """What to say about copies that belong to no device."""
    left = sorted(copies.keys() - {device.name for device in devices})
    shown = ", ".join(left[:_NAMED]) + (" ..." if len(left) > _NAMED else "")
    return (f"Authorised copies that belong to no audited device: {shown}.",) if left else ()
