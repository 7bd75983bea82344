"""`auditor collect`, `auditor probe` and `auditor snapshot`."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import typer

from auditor.cli.console import Say
from auditor.cli.errors import UsageError, printable
from auditor.cli.sources import SMART_INSTALL_PLATFORMS, chosen, collection, read_inventory, smart_install_probes
from auditor.collect import snapshot as snapshots
from auditor.collect.run import Probe, collect
from auditor.collect.sent import sent_to
from auditor.collect.ways import order
from auditor.collect.windows import is_open
from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Snapshot
from auditor.platforms.common import guard
from auditor.platforms.common.definition import PlatformDefinition

_PROBED_AT_ONCE = 10


def run_collect(
    inventory: Path, output: Path, *, only: str | None, workers: int | None, probe: bool, quiet: bool, verbose: int
) -> int:
    """Collect into a snapshot; 3 where something that was asked for is missing."""
    say = Say(quiet=quiet, verbose=verbose)
    packs = load()
    read = read_inventory(inventory, packs)
    devices = chosen(read.devices, only)
    writer = _writer(output)
    plan = collection(read, devices, packs, workers, smart_install_probes() if probe else ())
    missing = done = 0
    try:
        for snapshot in collect(plan):
            writer.add(snapshot)
            done += 1
            missing += _tell(snapshot, say)
    except KeyboardInterrupt:
        for device in devices[done:]:
            writer.add(Snapshot(device, errors=(CollectionError("not collected: the run was interrupted"),)))
        say.line(f"interrupted after {done} of {len(devices)} devices; what was collected is kept in {output}")
        return 3
    say.line(f"snapshot of {done} devices: {output}")
    return 3 if missing else 0


def dry_run(inventory: Path, *, only: str | None) -> int:
    """What a collection would do: devices, ways, commands. Nothing is sent and no secret is looked up."""
    packs = load()
    read = read_inventory(inventory, packs)
    for device in chosen(read.devices, only):
        credential = read.credentials.get(device.credential)
        enables = bool(credential and credential.enable)
        lines = _planned(device, packs.platforms.get(device.platform), enables=enables)
        typer.echo(printable("\n".join(lines)))
    return 0


def _planned(device: Device, definition: PlatformDefinition | None, *, enables: bool) -> Iterator[str]:
    if device.config:
        yield f"{device.name}: read from {device.config}"
        return
    if definition is None:
        yield f"{device.name}: not visited: its platform is not named"
        return
    way = f" over {', '.join(device.jump)}" if device.jump else f" by {device.proxy}" if device.proxy else ""
    ways = ", then ".join(order(definition, device.transport, enables=enables))
    yield f"{device.name}: {device.address} port {device.port}{way}, credential '{device.credential}', by {ways}"
    if device.window and not is_open(device.window, datetime.now()):
        yield f"  not visited now: its maintenance window ({device.window}) is closed"
    for channel, sent, _ in sent_to(definition):
        if channel in ("command", *device.channels):
            yield f"  {channel}: {sent}"


def run_probe(inventory: Path, output: Path, *, only: str | None, quiet: bool) -> int:
    """Only the probes, without logging in."""
    say = Say(quiet=quiet, verbose=0)
    packs = load()
    devices = chosen(read_inventory(inventory, packs).devices, only)
    writer = _writer(output)
    probes = smart_install_probes()
    with ThreadPoolExecutor(_PROBED_AT_ONCE, thread_name_prefix="probe") as pool:
        try:
            for snapshot in pool.map(lambda device: _probed(device, probes), devices):
                writer.add(snapshot)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    say.line(f"snapshot of {len(devices)} devices: {output}")
    return 0


def _probed(device: Device, probes: tuple[Probe, ...]) -> Snapshot:
    if device.address and device.platform in SMART_INSTALL_PLATFORMS:
        return Snapshot(device, tuple(probe(device.address) for probe in probes))
    reason = "no probe is made for this platform" if device.address else "no address to ask"
    return Snapshot(device, errors=(CollectionError(reason, asked=False),))


def verify_snapshot(snapshot: Path) -> int:
    """3 where a document is not as it was collected."""
    try:
        wrong = snapshots.verify(snapshot)
    except snapshots.SnapshotError as error:
        raise UsageError(str(error)) from None
    for line in wrong:
        typer.echo(printable(line))
    typer.echo("changed or missing documents: " + str(len(wrong)) if wrong else "every document is as it was collected")
    return 3 if wrong else 0


def list_snapshot(snapshot: Path) -> None:
    """Devices, documents and what is missing."""
    try:
        for one in snapshots.read(snapshot):
            lines = [f"{one.device.name} ({one.device.platform})"]
            lines += [f"  {found.name}  {len(found.content)} bytes  {found.collected_by}" for found in one.documents]
            lines += [f"  missing {error.document}: {error.reason}" for error in one.errors]
            guard.refuse("\n".join(lines).encode("utf-8", "replace"), (one.device.name,))
            for line in lines:
                typer.echo(printable(line))
    except snapshots.SnapshotError as error:
        raise UsageError(str(error)) from None


def _writer(output: Path) -> snapshots.SnapshotWriter:
    try:
        return snapshots.SnapshotWriter(output)
    except snapshots.SnapshotError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from None


def _tell(snapshot: Snapshot, say: Say) -> int:
    asked = [error for error in snapshot.errors if error.asked]
    for error in asked:
        say.line(f"{snapshot.device.name}: {error.document + ': ' if error.document else ''}{error.reason}")
    for notice in snapshot.errors:
        if not notice.asked and not notice.document:
            say.line(f"{snapshot.device.name}: {notice.reason}")
    return len(asked)
