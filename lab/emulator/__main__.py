"""Serves the emulated devices of a topology until it is told to end: `python -m lab.emulator TOPOLOGY FOLDER`.

FOLDER gets what an audit needs: `inventory.yaml`, `known_hosts`, and, when everything listens, `ready.json`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from ..topology import Entry, load  # noqa: TID252  the package has another name in a wheel
from . import twins
from .server import DEFAULT_USER, EmulatedDevice


def _inventory(devices: dict[str, tuple[Entry, EmulatedDevice]]) -> str:
    listed = "".join(
        f"  - {{{twins.listed(name, one)}, role: {entry.role or one.platform}, site: lab}}\n"
        for name, (entry, one) in devices.items()
    )
    return (
        "# Written by the lab for as long as it runs; ports change with every start.\n"
        f'schema: auditor/inventory/1\ncredentials:\n  lab: {{username: {DEFAULT_USER}, password: "env:LAB_PASSWORD"}}\n'
        f"defaults: {{credential: lab}}\ndevices:\n{listed}"
    )


def _write(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def serve(topology: str, folder: Path) -> None:
    """Listen, say so, wait for SIGTERM or SIGINT."""
    _, read = load(topology)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with ExitStack() as stack:
        devices = {
            entry.name: (entry, stack.enter_context(twins.device(entry.emulates, entry.twin))) for entry in read.devices
        }
        _write(folder / "inventory.yaml", _inventory(devices))
        _write(folder / "known_hosts", "".join(f"{one.host_key_line}\n" for _, one in devices.values()))
        ready = {"pid": os.getpid(), "devices": {name: one.port for name, (_, one) in devices.items()}}
        _write(folder / "ready.json", json.dumps(ready, indent=1) + "\n")
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    (folder / "ready.json").unlink(missing_ok=True)


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
