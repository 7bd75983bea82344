"""`auditor lab`: labs that come with the program, to try it on and to test it."""

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

from auditor.cli.errors import UsageError, printable

_PLACES = ("auditor_lab", "lab")
"""The lab in an installed wheel, and in a checkout."""


def _control() -> ModuleType:
    for name in _PLACES:
        found = importlib.util.find_spec(name)
        places = list(found.submodule_search_locations or ()) if found is not None else []
        if any((Path(place) / "topologies").is_dir() for place in places):
            return importlib.import_module(f"{name}.control")
    raise UsageError("the lab is not part of this installation")


def _asked(what: str, *words: Any) -> Any:  # noqa: ANN401  a function of a package that is found when it is wanted
    control = _control()
    try:
        return getattr(control, what)(*words)
    except control.LabError as error:
        raise UsageError(str(error)) from None


def _shown(rows: list[tuple[str, str, str]]) -> None:
    width = max((len(row[0]) for row in rows), default=0)
    for name, place, state in rows:
        typer.echo(printable(f"{name:<{width}}  {place:<21}  {state}"))


def up(topology: str) -> None:
    """Start it, wait, print addresses."""
    _shown(_asked("up", topology))


def down(topology: str) -> None:
    """End it."""
    typer.echo("ended" if _asked("down", topology) else "nothing ran")


def status(topology: str) -> int:
    """Print addresses and states; 3 where a device is not ready."""
    rows = _asked("status", topology)
    _shown(rows)
    return 0 if all(row.ready for row in rows) else 3


def audit(topology: str, options: list[str]) -> int:
    """Audit it; the exit code of the audit."""
    return int(_asked("audit", topology, options))
