"""Reads lists of indicators: plain text, CSV, STIX 2.1 bundles.

What is private, reserved, for documentation or in the operator's own space is left out, with a note: such an indicator
would match by accident everywhere.

Errors:
    DataFileError   the file cannot be read, or is of no known form
"""

import csv
import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditor.model.declarations import contains
from auditor.model.indicators import Indicator, Indicators
from auditor.syntax.datafile import DataFileError

_LARGEST = 64 * 1024 * 1024
_HASH = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$", re.IGNORECASE)
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}=?$")
_NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$", re.IGNORECASE)
_DEFANGED = (("hxxp", "http"), ("[.]", "."), ("(.)", "."), ("[:]", ":"))
_COLUMNS = (
    "indicator",
    "ioc",
    "value",
    "address",
    "ip",
    "ipv4",
    "ipv6",
    "domain",
    "hash",
    "sha256",
    "md5",
    "fingerprint",
)
_UNTIL = ("valid_until", "expires", "until")
_COMPARISON = re.compile(r"(?P<path>[a-z0-9-]+:[^\s=]+)\s*=\s*'(?P<value>[^']+)'")
# RFC 5737, RFC 3849 and their like are not "private" in every version of the standard library.
_DOCUMENTATION = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20", "233.252.0.0/24")
)


def load(paths: Iterable[Path], own: Iterable[str]) -> tuple[Indicators, tuple[str, ...]]:
    """The indicators of all files, and notes on those that were left out. `own` are the operator's prefixes."""
    texts: dict[str, Indicator] = {}
    networks: dict[str, Indicator] = {}
    notes: list[str] = []
    files: list[str] = []
    space = tuple(own)
    for path in paths:
        left = 0
        for value, source, until, note in _read(path):
            spelled, network = _spelled(value)
            if not spelled:
                continue
            if not _usable(spelled, space):
                left += 1
                continue
            (networks if network else texts).setdefault(spelled, Indicator(spelled, source, until, note))
        files.append(str(path))
        if left:
            notes.append(
                f"{path}: {left} indicator(s) are private, reserved, for documentation or in the operator's own space"
                " and were left out"
            )
    return Indicators(tuple(files), texts, tuple(networks.values())), tuple(notes)


def _read(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """(value, source, valid until, note) of every indicator of a file."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DataFileError(f"{path}: larger than {_LARGEST} bytes")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: is not UTF-8 text") from error
    if text.lstrip().startswith(("{", "[")):
        yield from _stix(path, text)
    elif path.suffix.lower() == ".csv" or _has_columns(text):
        yield from _csv(path, text)
    else:
        yield from _plain(path, text)


def _plain(path: Path, text: str) -> Iterator[tuple[str, str, str, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        word, _, note = line.partition("#")
        if word.strip():
            yield word.strip().split()[0], f"{path}:{number}", "", note.strip()


def _has_columns(text: str) -> bool:
    head = text.split("\n", 1)[0].lower()
    return "," in head and any(cell.strip().strip('"') in _COLUMNS for cell in head.split(","))


def _csv(path: Path, text: str) -> Iterator[tuple[str, str, str, str]]:
    rows = csv.reader(text.splitlines())
    head = [cell.strip().lower() for cell in next(rows, [])]
    named = [index for index, cell in enumerate(head) if cell in _COLUMNS]
    if not named:
        raise DataFileError(f"{path}:1: no column named {', '.join(_COLUMNS[:5])} ...")
    until = next((index for index, cell in enumerate(head) if cell in _UNTIL), None)
    for row in rows:
        for index in named:
            if index < len(row) and row[index].strip():
                last = row[until].strip() if until is not None and until < len(row) else ""
                yield row[index].strip(), f"{path}:{rows.line_num}", last[:10], ""


def _stix(path: Path, text: str) -> Iterator[tuple[str, str, str, str]]:
    """Patterns of indicators, and observed objects, of a bundle; parsed by the OASIS library."""
    import stix2  # noqa: PLC0415  only where a bundle is brought

    try:
        bundle = stix2.parse(text, allow_custom=True)
    except (stix2.exceptions.STIXError, KeyError, ValueError, TypeError) as error:
        raise DataFileError(f"{path}: no STIX 2.1 bundle: {type(error).__name__}") from None
    for item in getattr(bundle, "objects", [bundle]):
        kind = str(_field(item, "type"))
        if kind == "indicator":
            until = str(_field(item, "valid_until"))[:10]
            for match in _COMPARISON.finditer(str(_field(item, "pattern"))):
                if _telling(match["path"]):
                    yield match["value"], f"{path}: {_field(item, 'id')}", until, str(_field(item, "name"))
        elif kind in ("ipv4-addr", "ipv6-addr", "domain-name"):
            yield str(_field(item, "value")), f"{path}: {_field(item, 'id')}", "", ""


def _field(item: Mapping[str, object], name: str) -> object:
    return item.get(name, "") or ""


def _telling(path: str) -> bool:
    return path.endswith(":value") or ":hashes" in path or "fingerprint" in path


def _spelled(value: str) -> tuple[str, bool]:
    """The usual spelling, and whether it is a network; an empty text for what is no indicator of a known kind."""
    for written, meant in _DEFANGED:
        value = value.replace(written, meant)
    value = value.strip().strip("'\"").removeprefix("http://").removeprefix("https://").rstrip("/")
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        if _FINGERPRINT.match(value):
            return value.rstrip("=").lower(), False
        return (value.lower(), False) if _HASH.match(value) or _NAME.match(value) else ("", False)
    single = network.prefixlen == network.max_prefixlen
    return (str(network.network_address), False) if single else (str(network), True)


def _usable(value: str, own: tuple[str, ...]) -> bool:
    try:
        network = ipaddress.ip_network(value)
    except ValueError:
        return True
    if not network.is_global or network.is_multicast or network.prefixlen < 8:
        return False
    if any(network.version == block.version and network.overlaps(block) for block in _DOCUMENTATION):
        return False
    return not any(contains(prefix, value) or contains(value, prefix) for prefix in own)
