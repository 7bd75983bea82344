"""Topologies: which devices a lab consists of. Data in `topologies/*.yaml`, or a file of the user's own in that form."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import yaml

LAB: Final = Path(__file__).resolve().parent
SCHEMA: Final = "auditor/lab/1"


class LabError(Exception):
    """The lab cannot do what was asked; the text is for a person."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One device: a container at its address, or an emulated twin."""

    name: str
    address: str = "127.0.0.1"
    emulates: str = ""
    twin: str = "sound"
    role: str = ""


class Topology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lab. Paths are relative to the lab's folder."""

    schema: Literal["auditor/lab/1"]
    title: str
    kind: Literal["emulated", "containers"]
    devices: tuple[Entry, ...]
    declarations: str = ""
    inventory: str = ""
    compose: str = ""
    audit: tuple[str, ...] = ()
    """Further options of `auditor audit`."""


def names() -> list[str]:
    """The topologies that come with the lab."""
    return sorted(path.stem for path in (LAB / "topologies").glob("*.yaml"))


def load(name: str) -> tuple[str, Topology]:
    """A topology by name or by file, and the name its state is kept under."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else LAB / "topologies" / f"{name}.yaml"
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return path.stem, msgspec.convert(content, Topology)
    except FileNotFoundError:
        raise LabError(f"no topology {name!r}; there are: {', '.join(names())}") from None
    except (OSError, UnicodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise LabError(f"{path}: {' '.join(str(error).split())}") from None
