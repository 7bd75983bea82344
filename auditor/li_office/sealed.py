"""Sealed results: a file of records, one a line, each bound to the one before.

A record names in clear what is no secret (run, keyed name of the device, hour, version, rules, columns asked for) and
carries the result encrypted to the recipient, always of the same size. It ends with a MAC under a key derived from K and
with the signature of the run's key, Ed25519, derived from K and the run. `previous` is the SHA-256 of the line before;
the head of the chain is the SHA-256 of the last line, its first 128 bits in hex.

Errors:
    Refused   the file is no chain, or was changed: the text says which record and how
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import BadSignatureError, CryptoError

from auditor import __version__
from auditor.li_office import canonical, private
from auditor.li_office.compare import Missing, Result, Row
from auditor.li_office.keys import Recipient, RecipientKey, RegisterKey
from auditor.li_office.refusal import Refused
from auditor.li_office.register import device_tag

RECORD_SCHEMA = "auditor/li-record/1"
RESULT_SCHEMA = "auditor/li-result/1"
PAYLOAD_BYTES = 64 * 1024
"""Every result is padded to this before it is encrypted."""
HEAD_DIGITS = 32
_FIRST = "0" * 64
_LIMIT = 1024 * 1024 * 1024
HANDLING = "LAWFUL INTERCEPTION - for the LI office only"


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file, without MAC and signature."""

    schema: str
    li_mode: Literal["cleared"]
    run: str
    part: int
    parts: int
    device: str
    """Keyed name."""
    hour: str
    tool: str
    rules: str
    oids: tuple[str, ...]
    """Columns that were asked for; none where the office handed in a count."""
    persons: str
    """Keyed name of the two persons."""
    key: str
    """Name of the register key."""
    previous: str
    sealed: str


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    record: Record
    mac: str
    signature: str


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What the recipient reads."""

    schema: str = RESULT_SCHEMA
    li_mode: Literal["cleared"] = "cleared"
    handling: str = HANDLING
    run: str
    reason: str
    examined_at: str
    result: Result


class Examined(msgspec.Struct, frozen=True):
    """A result and the columns that were asked for."""

    result: Result
    oids: tuple[str, ...] = ()


class Run(msgspec.Struct, frozen=True):
    """What all records of a run have in common."""

    reason: str
    persons: str
    started: datetime
    rules: str
    name: str = msgspec.field(default_factory=lambda: secrets.token_hex(16))


def persons_tag(key: RegisterKey, first: str, second: str) -> str:
    """The keyed name of the two persons of a run."""
    return key.tag("persons", canonical.device(first), canonical.device(second))


def append(path: Path, run: Run, examined: Sequence[Examined], key: RegisterKey, recipient: Recipient) -> str:
    """Add a run to a chain, or begin one; returns the head. The file is written whole or not at all."""
    lines = read_lines(path) if path.exists() else []
    verify(lines, key)
    previous = _digest(lines[-1]) if lines else _FIRST
    for part, one in enumerate(examined, 1):
        content = _payload(run, one.result)
        record = Record(
            schema=RECORD_SCHEMA,
            li_mode="cleared",
            run=run.name,
            part=part,
            parts=len(examined),
            device=device_tag(key, one.result.device),
            hour=run.started.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z"),
            tool=__version__,
            rules=run.rules,
            oids=one.oids,
            persons=run.persons,
            key=key.name,
            previous=previous,
            sealed=b64encode(recipient.seal(content)).decode(),
        )
        lines.append(_line(record, key))
        previous = _digest(lines[-1])
    private.replace(path, b"".join(line + b"\n" for line in lines))
    return previous[:HEAD_DIGITS]


def read_lines(path: Path) -> list[bytes]:
    """The lines of a chain; one that is cut short is refused."""
    content = private.read(path, _LIMIT)
    if not content.endswith(b"\n"):
        raise Refused(f"{path}: is no chain of sealed results, or its end was cut off")
    return content[:-1].split(b"\n")


def verify(lines: Iterable[bytes], key: RegisterKey) -> list[Record]:
    """Check every record: form, key, place in the chain, place in its run, MAC, signature."""
    records: list[Record] = []
    previous = _FIRST
    for number, line in enumerate(lines, 1):
        records.append(_checked(number, line, previous, key))
        previous = _digest(line)
    for number, (before, after) in enumerate(zip([None, *records], [*records, None], strict=True), 1):
        if not _follows(before, after):
            raise Refused(f"record {number}: records of a run are missing before it")
    return records


def _checked(number: int, line: bytes, previous: str, key: RegisterKey) -> Record:
    try:
        content = msgspec.json.decode(line, type=_Line)
        signature = bytes.fromhex(content.signature)
    except ValueError:
        raise Refused(f"record {number}: is no record, or was changed or cut") from None
    record = content.record
    # One way of writing only: base64 and JSON allow several for the same content.
    if record.schema != RECORD_SCHEMA or msgspec.json.encode(content) != line or signature.hex() != content.signature:
        raise Refused(f"record {number}: is no record, or was changed")
    if record.key != key.name:
        raise Refused(f"record {number}: was made with another register key; begin a new file for a new key")
    if record.previous != previous:
        raise Refused(f"record {number}: does not follow the record before: one was removed, added or moved")
    body = msgspec.json.encode(record)
    if not hmac.compare_digest(key.mac("chain", body), content.mac):
        raise Refused(f"record {number}: was changed (MAC)")
    try:
        key.signing_key(record.run).verify_key.verify(body, signature)
    except (BadSignatureError, ValueError):
        raise Refused(f"record {number}: was changed (signature)") from None
    return record


def _follows(before: Record | None, after: Record | None) -> bool:
    """Whether a run's parts stand together and are all there."""
    if before is not None and before.part < before.parts:
        return after is not None and (after.run, after.part) == (before.run, before.part + 1)
    return after is None or after.part == 1


def head(lines: Sequence[bytes]) -> str:
    """The head of a chain."""
    return (_digest(lines[-1]) if lines else _FIRST)[:HEAD_DIGITS]


def open_record(record: Record, recipient: RecipientKey) -> Opened:
    """The result in a record."""
    try:
        padded = recipient.open(b64decode(record.sealed, validate=True))
        return msgspec.json.decode(sodium_unpad(padded, len(padded)), type=Opened)
    except CryptoError:
        raise Refused("the results are sealed to another recipient") from None
    except ValueError:
        raise Refused("a result cannot be read by this version") from None


def _payload(run: Run, result: Result) -> bytes:
    """The result at its fixed size. Lists that do not fit are shortened and say so; counts stay."""
    lists = ("unmatched", "missing", "expired", "not_yet_valid", "misdelivered", "no_expiry", "notification_disabled")
    keep = max(len(getattr(result, name)) for name in lists)
    shown = result
    while len(content := _encoded(run, shown)) >= PAYLOAD_BYTES:
        keep //= 2
        cut: dict[str, tuple[Row | Missing, ...]] = {name: getattr(result, name)[:keep] for name in lists}
        totals = ", ".join(f"{name} {len(getattr(result, name))}" for name in lists)
        shown = msgspec.structs.replace(result, **cut, notes=(*result.notes, f"lists are cut; in all: {totals}"))
    return bytes(sodium_pad(content, PAYLOAD_BYTES))


def _encoded(run: Run, result: Result) -> bytes:
    at = run.started.astimezone(UTC).isoformat(timespec="minutes")
    return msgspec.json.encode(Opened(run=run.name, reason=run.reason, examined_at=at, result=result))


def _line(record: Record, key: RegisterKey) -> bytes:
    body = msgspec.json.encode(record)
    signature = key.signing_key(record.run).sign(body).signature
    return msgspec.json.encode(_Line(record, key.mac("chain", body), signature.hex()))


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
