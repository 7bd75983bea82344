"""`auditor collect` and `auditor probe`."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from datetime import datetime
from pathlib import Path

import typer

from auditor.cli.console import Say
from auditor.cli.errors import UsageError, printable
from auditor.cli.sources import SMART_INSTALL_PLATFORMS, chosen, collection, read_inventory, smart_install_probes
from auditor.collect.run import Probe, collect_as_done
from auditor.collect.sent import sent_to
from auditor.collect.ways import order
from auditor.collect.windows import is_open
from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Snapshot
from auditor.platforms.common.definition import PlatformDefinition
from auditor.snapshots.journal import SnapshotWriter
from auditor.snapshots.output import Output, begin, finish, finished

_PROBED_AT_ONCE = 10


def run_collect(
    inventory: Path,
    output: Output,
    *,
    only: str | None,
    workers: int | None,
    probe: bool,
    resume: bool,
    quiet: bool,
    verbose: int,
) -> int:
    """Collect into a snapshot; 3 where something that was asked for is missing."""
    say = Say(quiet=quiet, verbose=verbose)
    packs = load()
    read = read_inventory(inventory, packs)
    devices = chosen(read.devices, only)
    command = "collect --probe" if probe else "collect"
    if resume and (earlier := finished(output, devices, command)):
        say.line(f"the snapshot was finished before: {output.path}")
        return 3 if earlier.lacking else 0
    with _writer(output, devices, command, resume=resume) as writer:
        left = [index for index in range(len(devices)) if index not in writer.done]
        if len(left) < len(devices):
            say.line(f"{len(writer.done)} of {len(devices)} devices were collected before")
        plan = collection(
            read, [devices[index] for index in left], packs, workers, smart_install_probes() if probe else ()
        )
        told = _InOrder(say)
        try:
            with closing(collect_as_done(plan)) as found:
                for place, snapshot in found:
                    writer.add(left[place], snapshot)
                    told.add(place, snapshot)
        except KeyboardInterrupt:
            told.rest()
            say.line(_interrupted(writer, devices, output))
            return 3
        manifest = finish(output, writer)
    say.line(f"snapshot of {len(devices)} devices: {output.path}")
    return 3 if manifest.lacking else 0


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
    asked = ("command", *(("shell",) if device.shell_commands else ()), *device.channels)
    for channel, sent, _ in sent_to(definition):
        if channel in asked:
            yield f"  {channel}: {sent}"


def run_probe(inventory: Path, output: Path, *, only: str | None, resume: bool, quiet: bool) -> int:
    """Only the probes, without logging in; 3 where the run was interrupted."""
    say = Say(quiet=quiet, verbose=0)
    packs = load()
    devices = chosen(read_inventory(inventory, packs).devices, only)
    probes = smart_install_probes()
    target = Output(output)
    if resume and finished(target, devices, "probe"):
        say.line(f"the snapshot was finished before: {output}")
        return 0
    with (
        _writer(target, devices, "probe", resume=resume) as writer,
        ThreadPoolExecutor(_PROBED_AT_ONCE, thread_name_prefix="probe") as pool,
    ):
        left = [index for index in range(len(devices)) if index not in writer.done]
        if len(left) < len(devices):
            say.line(f"{len(writer.done)} of {len(devices)} devices were asked before")
        try:
            asked = {pool.submit(_probed, devices[index], probes): index for index in left}
            for one in as_completed(asked):
                writer.add(asked[one], one.result())
        except KeyboardInterrupt:
            say.line(_interrupted(writer, devices, target))
            return 3
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        finish(target, writer)
    say.line(f"snapshot of {len(devices)} devices: {output}")
    return 0


def _interrupted(writer: SnapshotWriter, devices: Sequence[Device], output: Output) -> str:
    kept = f"interrupted after {len(writer.done)} of {len(devices)} devices; what was collected is kept in"
    return f"{kept} {output.folder}: go on with --resume"


def _probed(device: Device, probes: tuple[Probe, ...]) -> Snapshot:
    if device.address and device.platform in SMART_INSTALL_PLATFORMS:
        return Snapshot(device, tuple(probe(device.address) for probe in probes))
    reason = "no probe is made for this platform" if device.address else "no address to ask"
    return Snapshot(device, errors=(CollectionError(reason, asked=False),))


def _writer(output: Output, devices: Sequence[Device], command: str, *, resume: bool) -> SnapshotWriter:
    try:
        return begin(output, devices, command, resume=resume)
    except OSError as error:
        raise UsageError(f"{output.path}: cannot be written: {error.strerror}") from None


class _InOrder:
    """Says what is missing in the order of the inventory: what a run says does not depend on who was quicker."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._waiting: dict[int, list[str]] = {}
        self._next = 0

    def add(self, place: int, snapshot: Snapshot) -> None:
        """A device is done; those behind it that were done before are told too."""
        self._waiting[place] = list(_missing(snapshot))
        while self._next in self._waiting:
            self._tell(self._next)
            self._next += 1

    def rest(self) -> None:
        """The run ends here."""
        for place in sorted(self._waiting):
            self._tell(place)

    def _tell(self, place: int) -> None:
        for line in self._waiting.pop(place):
            self._say.line(line)


def _missing(snapshot: Snapshot) -> Iterator[str]:
    name = snapshot.device.name
    for error in snapshot.errors:
        if error.asked:
            yield f"{name}: {error.document + ': ' if error.document else ''}{error.reason}"
    for notice in snapshot.errors:
        if not notice.asked and not notice.document:
            yield f"{name}: {notice.reason}"
