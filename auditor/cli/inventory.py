"""`auditor inventory`: show, validate, trust."""

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from auditor.cli.errors import printable
from auditor.cli.sources import chosen, read_inventory
from auditor.collect.trust import ScannedKey, scan, store
from auditor.engine.packs import load
from auditor.model.device import Device


def show(inventory: Path, only: str | None) -> None:
    """The devices as a table."""
    table = Table("Device", "Platform", "Role", "Site", "Address", "Credential", "Saved configuration", box=None)
    for device in chosen(read_inventory(inventory, load()).devices, only):
        row = (device.name, device.platform, device.role, device.site, device.address, device.credential, device.config)
        table.add_row(*(Text(printable(text)) for text in row))
    Console().print(table)


def validate(inventory: Path) -> None:
    """Say that an inventory is right; what is wrong is an error."""
    read = read_inventory(inventory, load())
    typer.echo(f"{inventory}: {len(read.devices)} devices, {len(read.credentials)} credentials")
    for note in read.notes:
        typer.echo(printable(note))


def trust(inventory: Path, only: str | None, *, yes: bool) -> int:
    """Show the keys, ask, store. A changed key is never stored; 3 where a device shows none or another one."""
    read = read_inventory(inventory, load())
    hosts = [Device(name=name, address=host.address, port=host.port) for name, host in read.jumps.items()]
    keys = scan(chosen((*read.devices, *hosts), only), read.known_hosts)
    for key in keys:
        typer.echo(printable(_line(key)))
    new = [key for key in keys if key.line and not key.known and not key.changed]
    if new and (yes or _agreed(len(new))):
        store(read.known_hosts, new)
        typer.echo(f"{len(new)} keys stored in {read.known_hosts}")
    return 3 if any(key.error or key.changed for key in keys) else 0


def _line(key: ScannedKey) -> str:
    if key.error:
        return f"{key.device}: {key.error}"
    state = "CHANGED, not stored" if key.changed else "known" if key.known else "new"
    return f"{key.device}: {key.key_type} {key.fingerprint} ({state})"


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        typer.echo("not stored: compare the fingerprints and run again with --yes, or answer on a terminal")
        return False
    return typer.confirm(f"Compare the fingerprints by another channel. Store these {count} keys?", default=False)
