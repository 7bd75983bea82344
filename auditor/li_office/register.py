"""The authorised register: from the office's plain file to tokens, and from tokens to what a device should have.

A token file holds
    tokens   real ones and random ones, sorted; as many as the next size of SIZES, so that the size tells nothing
    header   encrypted: how many are real, their days, devices and rows (as keyed names), declared destinations

Errors:
    Refused   a file is wrong; the text names file, line and column, never a value: a register names targets
"""

import csv
import io
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from auditor.li_office import canonical, private
from auditor.li_office.keys import TOKEN_BYTES, RegisterKey
from auditor.li_office.refusal import Refused
from auditor.li_office.rules import MAXIMUM_DAYS

SCHEMA = "auditor/li-tokens/1"
SCHEME = "HMAC-SHA-256/128"
COLUMNS = ("device", "mechanism", "content_id", "stream_index", "selector", "md", "not_before", "not_after")
CISCO_TAP2 = "cisco-tap2"
MECHANISMS = (
    CISCO_TAP2,
    "cisco-radius",
    "huawei-radius",
    "junos-dtcp",
    "junos-radius",
    "nokia-li-source",
    "nokia-radius",
    "other",
)
SIZES = (1024, 4096, 16384, 65536)
_HEADER_BYTES_A_TOKEN = 256
_PLAIN_LIMIT = 64 * 1024 * 1024
_HEX = frozenset("0123456789abcdefABCDEF")
_MOST_ID = 2**31 - 1


class Authorised(msgspec.Struct, frozen=True):
    """One line of the plain register. Exists on the office's machine only."""

    line: int
    """Where it ends in the file."""
    device: str
    mechanism: str
    selector: str
    destination: canonical.Endpoint
    not_before: date
    not_after: date

    def __repr__(self) -> str:
        return "Authorised()"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One authorised intercept as the run knows it; names are keyed."""

    token: str
    row: str
    device: str
    mechanism: str
    not_before: date
    not_after: date

    def __repr__(self) -> str:
        return "Entry()"


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    count: int
    maximum_days: int
    entries: tuple[Entry, ...]
    destinations: tuple[str, ...]


class _TokenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    scheme: str
    key: str
    """Name of the key, not the key."""
    header: str
    tokens: tuple[str, ...]


class Register:
    """What is authorised, asked by keyed names."""

    __slots__ = ("_by_device", "_by_token", "_destinations", "maximum_days")

    def __init__(self, header: _Header) -> None:
        self.maximum_days = header.maximum_days
        self._destinations = frozenset(header.destinations)
        self._by_token = {entry.token: entry for entry in header.entries}
        self._by_device: dict[str, list[Entry]] = {}
        for entry in header.entries:
            self._by_device.setdefault(entry.device, []).append(entry)

    def __repr__(self) -> str:
        return "Register()"

    def entry(self, token: str) -> Entry | None:
        """The entry with this token."""
        return self._by_token.get(token)

    def entries(self, device: str) -> tuple[Entry, ...]:
        """All entries of a device, by its keyed name."""
        return tuple(self._by_device.get(device, ()))

    def declares(self, destination: str) -> bool:
        """Whether an address, by its keyed name, is that of a declared mediation device."""
        return destination in self._destinations


def device_tag(key: RegisterKey, device: str) -> str:
    """The keyed name of a device."""
    return key.tag("device", canonical.device(device))


def destination_tag(key: RegisterKey, address: str) -> str:
    """The keyed name of an address that taps deliver to, in its shortest form."""
    return key.tag("destination", address)


def row_tag(key: RegisterKey, device: str, row: str) -> str:
    """The keyed name of a row on a device, whatever it delivers to."""
    return key.tag("row", canonical.device(device), row)


def token(key: RegisterKey, device: str, mechanism: str, selector: str, destination: canonical.Endpoint) -> str:
    """The token of an intercept."""
    return key.token(canonical.device(device), mechanism, selector, destination.text)


def read_plain(path: Path) -> tuple[Authorised, ...]:
    """The office's register: CSV with the columns of COLUMNS, dates as ISO days or times."""
    try:
        lines = private.read(path, _PLAIN_LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path}: is no UTF-8 text") from None
    table = csv.DictReader(io.StringIO(lines, newline=""), strict=True)
    try:
        names = [name.strip() for name in table.fieldnames or ()]
        if sorted(names) != sorted(COLUMNS):
            raise Refused(f"{path}:1: expected the columns {','.join(COLUMNS)}")
        table.fieldnames = names
        return tuple(_authorised(path, table.line_num, row) for row in table)
    except csv.Error:
        raise Refused(f"{path}:{table.line_num}: is no CSV") from None


def _authorised(path: Path, line: int, row: dict[str, str | None]) -> Authorised:
    if None in row or None in row.values():
        raise Refused(f"{path}:{line}: expected {len(COLUMNS)} columns")
    cells = {name: (value or "").strip() for name, value in row.items()}

    def wrong(column: str, expected: str) -> Refused:
        return Refused(f"{path}:{line}: column {column}: expected {expected}")

    if not cells["device"]:
        raise wrong("device", "the device's name in the inventory")
    if cells["mechanism"] not in MECHANISMS:
        raise wrong("mechanism", " or ".join(MECHANISMS))
    try:
        destination = canonical.endpoint(cells["md"])
    except ValueError:
        raise wrong("md", "ADDRESS:PORT or [ADDRESS]:PORT") from None
    begin, end = (_day(cells[column]) for column in ("not_before", "not_after"))
    if begin is None:
        raise wrong("not_before", "an ISO date")
    if end is None or end < begin:
        raise wrong("not_after", "an ISO date, not before not_before")
    if cells["mechanism"] != CISCO_TAP2:
        if not cells["selector"] or cells["content_id"] or cells["stream_index"]:
            raise wrong("selector", "a selector, and neither content_id nor stream_index")
        selector = canonical.selector(cells["selector"])
    else:
        ids = [_number(cells[column]) for column in ("content_id", "stream_index")]
        if cells["selector"] or 0 in ids:
            raise wrong("content_id", "with cisco-tap2 content_id and stream_index (1 to 2147483647), and no selector")
        selector = canonical.row(*ids)
    return Authorised(line, cells["device"], cells["mechanism"], selector, destination, begin, end)


def _number(text: str) -> int:
    """A row id; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= _MOST_ID else 0


def _day(text: str) -> date | None:
    """The day of an ISO date or time, in UTC where a zone is given: hours would tell one order from another."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def make_tokens(
    authorised: Iterable[Authorised],
    key: RegisterKey,
    *,
    maximum_days: int = MAXIMUM_DAYS,
    mediation_devices: Iterable[str] = (),
) -> bytes:
    """The token file of a register. `mediation_devices` are addresses of further declared ones."""
    lines = tuple(authorised)
    entries = tuple(_entry(key, line) for line in lines)
    if len({entry.token for entry in entries}) != len(entries):
        raise Refused("the register has an intercept twice")
    addresses = {*mediation_devices, *(line.destination.address for line in lines)}
    declared = sorted(destination_tag(key, address) for address in addresses)
    header = msgspec.json.encode(_Header(len(entries), maximum_days, entries, tuple(declared)))
    size = next((size for size in SIZES if _fits(size, entries, header)), None)
    if size is None:
        raise Refused(f"the register has more than {SIZES[-1]} intercepts")
    tokens = {entry.token for entry in entries}
    while len(tokens) < size:
        tokens.add(secrets.token_hex(TOKEN_BYTES))
    padded = sodium_pad(header, size * _HEADER_BYTES_A_TOKEN)
    sealed = b64encode(key.box("register-header").encrypt(padded)).decode()
    return msgspec.json.format(
        msgspec.json.encode(_TokenFile(SCHEMA, SCHEME, key.name, sealed, tuple(sorted(tokens)))), indent=1
    )


def _fits(size: int, entries: tuple[Entry, ...], header: bytes) -> bool:
    return len(entries) <= size and len(header) < size * _HEADER_BYTES_A_TOKEN


def _entry(key: RegisterKey, line: Authorised) -> Entry:
    return Entry(
        token(key, line.device, line.mechanism, line.selector, line.destination),
        row_tag(key, line.device, line.selector),
        device_tag(key, line.device),
        line.mechanism,
        line.not_before,
        line.not_after,
    )


def find_line(lines: Iterable[Authorised], key: RegisterKey, token: str) -> int | None:
    """The line of the plain register that a token stands for."""
    return next((line.line for line in lines if _entry(key, line).token == token), None)


def read_tokens(path: Path, key: RegisterKey) -> Register:
    """The register of a token file. Lists of plain hashes are refused: their values can be guessed by trying all."""
    content = private.read(path, _PLAIN_LIMIT)
    try:
        file = msgspec.json.decode(content, type=_TokenFile)
    except ValueError:
        if _looks_like_hashes(content):
            raise Refused(
                f"{path}: is a list of hashes without a key; addresses and numbers can be found from those by trying. "
                "Make tokens with 'auditor li-token make'"
            ) from None
        raise Refused(f"{path}: is no token file ({SCHEMA})") from None
    if file.schema != SCHEMA or file.scheme != SCHEME:
        raise Refused(f"{path}: is no token file ({SCHEMA}) of keyed tokens ({SCHEME})")
    if file.key != key.name:
        raise Refused(f"{path}: was made with another key")
    header = _header(path, file, key)
    known = set(file.tokens)
    if len(file.tokens) not in SIZES or len(known) != len(file.tokens):
        raise Refused(f"{path}: tokens were added or removed")
    if header.count != len(header.entries) or any(entry.token not in known for entry in header.entries):
        raise Refused(f"{path}: tokens were added or removed")
    return Register(header)


def _header(path: Path, file: _TokenFile, key: RegisterKey) -> _Header:
    try:
        padded = key.box("register-header").decrypt(b64decode(file.header, validate=True))
        header = sodium_unpad(padded, len(padded))
        return msgspec.json.decode(header, type=_Header)
    except (ValueError, CryptoError):
        raise Refused(f"{path}: the header was changed") from None


def _looks_like_hashes(content: bytes) -> bool:
    lines = content.decode("ascii", "replace").split()
    words = [word.strip(",;\"'[]{}") for line in lines for word in line.split(",")]
    return any(len(word) in (32, 40, 56, 64, 96, 128) and set(word) <= _HEX for word in words)


def read_counts(path: Path) -> dict[str, int]:
    """The office's own counts, `device,count` a line, for devices that are not asked over SNMP."""
    counts: dict[str, int] = {}
    for line, cells in _rows(path):
        count = cells[1].strip() if len(cells) == 2 else ""
        if line == 1 and [cell.strip() for cell in cells] == ["device", "count"]:
            continue
        if not (count.isascii() and count.isdigit() and len(count) < 7):
            raise Refused(f"{path}:{line}: expected device,count")
        name = canonical.device(cells[0])
        if name in counts:
            raise Refused(f"{path}:{line}: the device is counted twice")
        counts[name] = int(count)
    return counts


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = private.read(path, _PLAIN_LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path}: is no UTF-8 text") from None
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in table:
            if cells:
                yield table.line_num, cells
    except csv.Error:
        raise Refused(f"{path}:{table.line_num}: is no CSV") from None
