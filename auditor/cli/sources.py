"""Turns the sources of a command into snapshots: inventories, snapshots, folders and files."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from auditor.cli.errors import UsageError
from auditor.cli.options import AuditOptions
from auditor.collect import files
from auditor.collect.credentials import CredentialError, Resolver
from auditor.collect.gate import Pace
from auditor.collect.run import Collection, JumpHost, LoginData, Probe, collect
from auditor.engine.intake import Collected, Intake, Loose, Survey, names, survey
from auditor.engine.packs import Packs
from auditor.engine.workers import Workers
from auditor.inventory import Inventory, InventoryError, recognise
from auditor.inventory import load as load_inventory
from auditor.model.device import Device
from auditor.model.platform import Platform, canonical
from auditor.model.run import Skipped
from auditor.snapshots import reader as snapshots
from auditor.syntax.datafile import nearest

SMART_INSTALL_PLATFORMS = frozenset({Platform.CISCO_IOS, Platform.CISCO_IOSXE})


class Gathered(msgspec.Struct, frozen=True):
    """What the sources hold."""

    intakes: Iterable[Intake]
    expected: tuple[Device, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()
    """Folders in which declarations and waivers may lie."""


def gather(options: AuditOptions, packs: Packs, workers: Workers) -> Gathered:
    """Everything that the sources of an audit hold. Nothing is collected before the result is iterated."""
    parts = [_source(source, options, packs) for source in options.sources if not _is_loose(source)]
    loose = [source for source in options.sources if _is_loose(source)]
    if loose:
        parts.append(loose_files(loose, packs, options.platform, options.only, workers))
    expected = tuple(device for part in parts for device in part.expected)
    skipped = tuple(one for part in parts for one in part.skipped)
    if not expected:
        why = f": {skipped[0].path}: {skipped[0].reason}" if skipped else ""
        raise UsageError(f"nothing to audit in {', '.join(map(str, options.sources))}{why}")
    _no_twins(expected)
    return Gathered(
        intakes=(intake for part in parts for intake in part.intakes),
        expected=expected,
        skipped=skipped,
        notes=tuple(note for part in parts for note in part.notes),
        beside=tuple(folder for part in parts for folder in part.beside),
    )


def _no_twins(expected: Iterable[Device]) -> None:
    seen: set[str] = set()
    for device in expected:
        if device.name in seen:
            raise UsageError(f"two sources hold a device '{device.name}': audit them apart")
        seen.add(device.name)


def _is_loose(source: Path) -> bool:
    return not _is_inventory(source) and not snapshots.is_snapshot(source)


def _is_inventory(source: Path) -> bool:
    """A YAML file; a folder with an inventory in it is meant by its inventory."""
    if source.is_dir():
        return (source / "inventory.yaml").is_file()
    return source.is_file() and (source.suffix in (".yaml", ".yml") or bool(recognise(source)))


def _source(source: Path, options: AuditOptions, packs: Packs) -> Gathered:
    if snapshots.is_snapshot(source):
        return _snapshot(source, options)
    inventory = read_inventory(source, packs)
    devices = chosen(inventory.devices, options.only)
    probes = smart_install_probes() if options.probe else ()
    collected = collect(collection(inventory, devices, packs, options.workers, probes))
    return Gathered(intakes=map(Collected, collected), expected=tuple(devices), beside=(inventory.folder,))


def _snapshot(source: Path, options: AuditOptions) -> Gathered:
    opened = snapshots.opened(source, options.identity)
    devices = chosen(snapshots.devices(opened), options.only)
    wanted = {device.name for device in devices}
    return Gathered(
        intakes=(Collected(one) for one in snapshots.read(opened) if one.device.name in wanted),
        expected=tuple(devices),
        beside=(source,) if source.is_dir() else (),
    )


def read_inventory(source: Path, packs: Packs) -> Inventory:
    """An inventory file, or the one in a folder."""
    file = source / "inventory.yaml" if source.is_dir() else source
    return load_inventory(file, packs.platforms, _secret)


def _secret(reference: str) -> str:
    """The secret behind the token of a source; what is wrong with it is an error of the inventory."""
    try:
        return Resolver().resolve(reference).reveal()
    except CredentialError as error:
        raise InventoryError(str(error)) from error


def chosen(devices: Sequence[Device], only: str | None) -> list[Device]:
    """The devices whose name fits --only; none at all is an error."""
    found = [device for device in devices if only is None or fnmatchcase(device.name, only)]
    if not found:
        raise UsageError(f"no device matches '{only}'")
    return found


def collection(
    inventory: Inventory, devices: Sequence[Device], packs: Packs, workers: int | None, probes: tuple[Probe, ...]
) -> Collection:
    """What is collected from an inventory."""
    at_once = workers or 10
    given = {field: value for field, value in msgspec.structs.asdict(inventory.pace).items() if value is not None}
    return Collection(
        devices=devices,
        definitions=packs.platforms,
        credentials={name: LoginData(**msgspec.structs.asdict(one)) for name, one in inventory.credentials.items()},
        known_hosts=inventory.known_hosts,
        folder=inventory.folder,
        workers=at_once,
        pace=Pace(**{"total": at_once, **given}),
        probes=probes,
        probed_platforms=SMART_INSTALL_PLATFORMS,
        jumps={
            name: JumpHost(name, host.address, host.port, host.credential) for name, host in inventory.jumps.items()
        },
    )


def smart_install_probes() -> tuple[Probe, ...]:
    """The probes that --probe sends."""
    from auditor.probes.smart_install import probe  # noqa: PLC0415  brings scapy

    return (probe,)


def loose_files(
    sources: Sequence[Path], packs: Packs, platform: str | None, only: str | None, workers: Workers
) -> Gathered:
    """Saved configurations without an inventory. A first look finds platform and name, the audit reads them again."""
    look = Look(_platform(platform, packs))
    skipped: list[Skipped] = []
    surveys: list[Survey] = []
    places: dict[str, Path] = {}
    found = list(_found(sources))
    for one, looked in zip(found, workers.map(look, found, len(found), packs), strict=True):
        if looked.skip:
            skipped.append(Skipped(looked.path, looked.skip))
            continue
        if looked.path in places:
            raise UsageError(f"two sources hold a file '{looked.path}': audit them apart")
        surveys.append(looked)
        places[looked.path] = one.path if isinstance(one, files.Found) else Path()
    named = names(surveys)
    wanted = [one for one in surveys if only is None or fnmatchcase(named[one.path], only)]
    if surveys and not wanted:
        raise UsageError(f"no device matches '{only}'")
    devices = tuple(Device(name=named[one.path], platform=one.platform or "auto") for one in wanted)
    return Gathered(
        intakes=(Loose(one, named[one.path], places[one.path]) for one in wanted),
        expected=devices,
        skipped=tuple(skipped),
    )


def _found(sources: Sequence[Path]) -> Iterator[files.Found | files.Left]:
    for source in sources:
        if not source.exists():
            raise UsageError(f"{source}: no such file or folder")
        yield from files.look(source)


def _platform(platform: str | None, packs: Packs) -> str:
    if platform is None:
        return ""
    forced = canonical(platform)
    if forced not in packs.platforms:
        raise UsageError(f"--platform: unknown platform '{platform}'; {nearest(platform, list(packs.platforms))}")
    return forced


class Look(msgspec.Struct, frozen=True):
    """The first look at a saved file."""

    forced: str = ""
    """The platform that the command line names."""

    def __call__(self, packs: Packs, found: files.Found | files.Left) -> Survey:
        """What the file is; one that cannot be read is an error of its device."""
        if isinstance(found, files.Left):
            return Survey(found.name, fault=found.reason) if found.unreadable else Survey(found.name, skip=found.reason)
        try:
            content = files.read(found)
        except OSError as error:
            return Survey(found.name, fault=f"cannot be read: {error.strerror}")
        if isinstance(content, files.Left):
            return Survey(found.name, skip=content.reason)
        return survey(found.name, content, packs.platforms, self.forced)
