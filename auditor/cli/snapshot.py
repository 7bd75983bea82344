"""`auditor snapshot`."""

from pathlib import Path

import typer

from auditor.cli.errors import UsageError, printable
from auditor.platforms.redaction import guard
from auditor.snapshots import reader as snapshots
from auditor.snapshots.disk import create
from auditor.snapshots.manifest import SIGNATURE, SIGNATURE_BYTES, SnapshotError
from auditor.snapshots.output import Output, pack
from auditor.snapshots.source import Source


def verify_snapshot(path: Path, key: Path | None, identity: Path | None) -> int:
    """3 where anything is not as it was collected, or is not signed with the key."""
    source = snapshots.opened(path, identity)
    wrong = list(snapshots.wrong(source))
    told = "no signature"
    try:
        told = _signed(source, path, key) or told
    except SnapshotError as error:
        wrong.append(str(error))
    for line in wrong:
        typer.echo(printable(line))
    if wrong:
        typer.echo("not verified")
        return 3
    typer.echo(f"every document is as it was collected; {told}")
    return 0


def sign_snapshot(path: Path, key: Path, identity: Path | None) -> int:
    """Write the signature beside the manifest, or beside the one file; 3 where the snapshot is not as it was collected."""
    from auditor.snapshots import keys, signature  # noqa: PLC0415  heavy

    source = snapshots.opened(path, identity)
    if not source.signed:
        raise UsageError(f"{path}: the run was not finished: go on with auditor collect --resume")
    place = _signature_file(path)
    if source.signature or place.exists():
        raise UsageError(f"{path}: is signed already")
    if wrong := snapshots.wrong(source):
        for line in wrong:
            typer.echo(printable(line))
        typer.echo("not signed")
        return 3
    private = keys.signing(key)
    create(place, signature.sign(source.signed, private))
    typer.echo(f"signed with {signature.fingerprint(private.public_key())}: {printable(str(place))}")
    return 0


def pack_snapshot(path: Path, output: Output, identity: Path | None) -> int:
    """Write a snapshot as one file."""
    if output.path.exists():
        raise UsageError(f"{output.path}: exists already")
    if not snapshots.is_archive(output.path):
        raise UsageError(f"{output.path}: the name has to end with .tar.zst or .tar.zst.age")
    source = snapshots.opened(path, identity)
    try:
        pack(source, output)
    except SnapshotError as error:
        raise UsageError(f"{path}: {error}") from None
    typer.echo(f"packed: {printable(str(output.path))}")
    return 0


def list_snapshot(path: Path, identity: Path | None) -> None:
    """Devices, documents and what is missing."""
    source = snapshots.opened(path, identity)
    if source.manifest.started:
        ended = source.manifest.ended or "not finished"
        typer.echo(printable(f"collected {source.manifest.started} to {ended} by auditor {source.manifest.auditor}"))
    for one in snapshots.read(source):
        lines = [f"{one.device.name} ({one.device.platform})"]
        for found in one.documents:
            clock = f"  device's clock: {found.device_clock}" if found.device_clock else ""
            lines.append(f"  {found.name}  {len(found.content)} bytes  {found.collected_by}{clock}")
        lines += [f"  missing {error.document}: {error.reason}" for error in one.errors]
        names = (one.device.name, *(found.name for found in one.documents))
        guard.state(names, (found.content for found in one.documents))
        guard.refuse("\n".join(lines).encode("utf-8", "replace"), names, names)
        for line in lines:
            typer.echo(printable(line))


def _signed(source: Source, path: Path, trusted: Path | None) -> str:
    """Who signed it; empty where nobody did. SnapshotError where that is not who should have."""
    from auditor.snapshots import keys, signature  # noqa: PLC0415  heavy

    expected = keys.trusted(trusted) if trusted else None
    beside = _signature_file(path)
    found = source.signature
    if not found and beside.is_file():
        with beside.open("rb") as file:
            found = file.read(SIGNATURE_BYTES)
    if not found:
        if expected is not None:
            raise SnapshotError("it is not signed")
        return ""
    signer = signature.signer(source.signed, found)
    name = f"signed with {signature.fingerprint(signer)}"
    if expected is None:
        return f"{name} (not compared with a key: --key)"
    if signature.fingerprint(signer) != signature.fingerprint(expected):
        raise SnapshotError(f"it is {name}, not with the key of {trusted}")
    return name


def _signature_file(path: Path) -> Path:
    return path / SIGNATURE if path.is_dir() else path.with_name(path.name + ".sig")
