"""What stands in a snapshot: its manifest, and the journal of a run that is not finished.

    manifest.json    written when the run is over; what is signed
    journal.jsonl    until then: the plan in the first line, then a line for each device, in the order they were done
    devices/000000-NAME/00-DOCUMENT.txt

Both are read as if a stranger had written them: bounded in size, types checked, no path that leads anywhere else.

Errors:
    SnapshotError   a file is missing, or is not what it should be; the text names the file
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError

T = TypeVar("T")

SCHEMA = "auditor/snapshot/1"
MANIFEST = "manifest.json"
JOURNAL = "journal.jsonl"
SIGNATURE = "manifest.json.sig"
ARCHIVE = ".tar.zst"
"""Ending of a snapshot in one file."""
SEALED = ".tar.zst.age"
"""Ending of an encrypted one."""
INTERRUPTED = "not collected: the run was interrupted"
SIGNATURE_BYTES = 65536
"""A signature is shorter."""
MAX_MANIFEST = 512 * 1024 * 1024
"""Bytes; 10,000 devices of twenty documents need about 100 MB."""
MAX_DOCUMENT = 256 * 1024 * 1024
"""Bytes; collection reads no output beyond 32 MiB."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_FILE = r"\Adevices/[0-9]{6,9}-[A-Za-z0-9._-]{1,60}/[0-9]{2,6}-[A-Za-z0-9._-]{1,60}\.txt\Z"


class SnapshotError(Exception):
    """A file or folder is no snapshot, or cannot be used as one."""


class DocumentEntry(msgspec.Struct, frozen=True):
    """A document: where it is, what it was, and how and when it was had."""

    name: str
    file: Annotated[str, Meta(pattern=_FILE)]
    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    bytes: Annotated[int, Meta(ge=0, le=MAX_DOCUMENT)]
    collected_by: str
    collected_at: str
    """When it was there."""
    started_at: str = ""
    """When it was asked for."""
    command: str = ""
    """What was sent for it."""
    device_clock: str = ""
    """The time of the device itself, in its own words, where the document shows it."""


class DeviceEntry(msgspec.Struct, frozen=True):
    """A device with what was had of it, and what was not."""

    device: Device
    documents: tuple[DocumentEntry, ...] = ()
    errors: tuple[CollectionError, ...] = ()


class _Version(msgspec.Struct, frozen=True):
    """What every version has."""

    schema: str


class Plan(msgspec.Struct, frozen=True):
    """What a run is to collect: the first line of its journal."""

    schema: str
    auditor: str
    """Version of the program."""
    started: str
    command: str
    """`collect`, `collect --probe` or `probe`."""
    devices: tuple[Device, ...]


class Line(msgspec.Struct, frozen=True):
    """A device that is done: a further line of the journal."""

    index: Annotated[int, Meta(ge=0)]
    entry: DeviceEntry


class Manifest(msgspec.Struct, frozen=True):
    """A run, with its devices in the order of the inventory."""

    schema: str
    devices: tuple[DeviceEntry, ...]
    auditor: str = ""
    started: str = ""
    ended: str = ""
    """Empty where the run was not finished."""
    command: str = ""

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """Every document, in order."""
        return tuple(document for device in self.devices for document in device.documents)

    @property
    def plan(self) -> Plan:
        """What the run was to collect."""
        devices = tuple(entry.device for entry in self.devices)
        return Plan(self.schema, self.auditor, self.started, self.command, devices)

    @property
    def lacking(self) -> bool:
        """Whether something that was asked for is missing."""
        return any(error.asked for entry in self.devices for error in entry.errors)


def place(index: int, device: str) -> str:
    """The folder of a device in a snapshot."""
    return f"devices/{index:06d}-{_safe(device)}"


def file(folder: str, index: int, document: str) -> str:
    """The file of a document in the folder of its device."""
    return f"{folder}/{index:02d}-{_safe(document)}.txt"


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name).strip(".-")[:60] or "unnamed"


def decoded(content: bytes, shown: str) -> Manifest:
    """A manifest from its bytes; `shown` names it in errors."""
    found = _typed(content, Manifest, shown)
    _no_twins([document.file for document in found.documents], shown)
    return found


def journal(content: bytes, shown: str, decrypt: Callable[[bytes], bytes]) -> tuple[Plan, dict[int, DeviceEntry]]:
    """The plan of a run, and what is done of it. A last line without an end was torn when the run was killed."""
    first, *rest = content.split(b"\n")[:-1] or [b""]
    plan = _typed(decrypt(first), Plan, shown)
    done: dict[int, DeviceEntry] = {}
    for number, text in enumerate(rest, 2):
        where = f"{shown}: line {number}"
        line = _decode(decrypt(text), Line, where)
        if line.index in done or line.index >= len(plan.devices) or line.entry.device != plan.devices[line.index]:
            raise SnapshotError(f"{where}: is not of the devices of the first line, each once")
        done[line.index] = line.entry
    _no_twins([document.file for entry in done.values() for document in entry.documents], shown)
    return plan, done


def assembled(plan: Plan, done: dict[int, DeviceEntry], ended: str = "") -> Manifest:
    """The manifest of a run. A device that is not done has no documents and the reason."""
    missing = (CollectionError(INTERRUPTED),)
    devices = (done.get(index) or DeviceEntry(device, errors=missing) for index, device in enumerate(plan.devices))
    return Manifest(SCHEMA, tuple(devices), plan.auditor, plan.started, ended, plan.command)


def read_bounded(path: Path) -> bytes:
    """The bytes of a manifest or journal."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_MANIFEST + 1)
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be read: {error.strerror}") from None
    if len(content) > MAX_MANIFEST:
        raise SnapshotError(f"{path}: is larger than {MAX_MANIFEST} bytes")
    return content


def _typed(content: bytes, kind: type[T], shown: str) -> T:
    if _decode(content, _Version, shown).schema != SCHEMA:
        raise SnapshotError(f"{shown}: expected schema {SCHEMA}")
    return _decode(content, kind, shown)


def _decode(content: bytes, kind: type[T], shown: str) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SnapshotError(f"{shown}: is no manifest: {error}") from None


def _no_twins(files: list[str], shown: str) -> None:
    if len(set(files)) != len(files):
        raise SnapshotError(f"{shown}: names a file twice")
