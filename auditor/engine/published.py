"""Reads what is published about vulnerabilities: CISA's catalogue of known-exploited ones, advisories in CSAF 2.0.

CSAF is read as far as it names single releases (`product_version`); ranges of releases are told in words that differ by
vendor, and are counted and left out.

Errors:
    DataFileError   a file cannot be read, is of neither form, is older than what is there, or its signature is not good
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from auditor.model.platform import Platform
from auditor.model.published import SCHEMA, Published, PublishedFile, Statement, spelled
from auditor.syntax.datafile import DataFileError

T = TypeVar("T")

_LARGEST = 256 * 1024 * 1024
_PLATFORMS = (
    (r"(?:cisco )?ios[ -]?xe(?: software)?", Platform.CISCO_IOSXE),
    (r"(?:cisco )?ios[ -]?xr(?: software)?", Platform.CISCO_IOSXR),
    (r"(?:cisco )?nx-?os(?: software)?", Platform.CISCO_NXOS),
    (r"(?:cisco )?ios(?: software)?", Platform.CISCO_IOS),
    (r"(?:juniper networks )?junos(?: os)?", Platform.JUNIPER_JUNOS),
    (r"(?:arista )?eos", Platform.ARISTA_EOS),
    (r"(?:nokia )?(?:7750 )?sr[ -]?os", Platform.NOKIA_SROS),
    (r"(?:nokia )?sr[ -]?linux", Platform.NOKIA_SRLINUX),
    (r"(?:huawei )?vrp", Platform.HUAWEI_VRP),
    (r"frr(?:outing)?", Platform.FRR),
    (r"(?:mikrotik )?routeros", Platform.MIKROTIK_ROUTEROS),
)
"""Names of products in advisories, whole and in any letter case."""


class _Tracking(msgspec.Struct):
    id: str
    current_release_date: str


class _Publisher(msgspec.Struct):
    name: str


class _Document(msgspec.Struct):
    csaf_version: str
    publisher: _Publisher
    tracking: _Tracking


class _Product(msgspec.Struct):
    product_id: str
    name: str


class _Branch(msgspec.Struct):
    category: str
    name: str
    product: _Product | None = None
    branches: "tuple[_Branch, ...]" = ()


class _ProductTree(msgspec.Struct):
    branches: tuple[_Branch, ...] = ()


class _Status(msgspec.Struct):
    known_affected: tuple[str, ...] = ()
    first_affected: tuple[str, ...] = ()
    last_affected: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    first_fixed: tuple[str, ...] = ()
    known_not_affected: tuple[str, ...] = ()


class _Vulnerability(msgspec.Struct):
    cve: str = ""
    product_status: _Status = msgspec.field(default_factory=_Status)


class _Csaf(msgspec.Struct):
    document: _Document
    product_tree: _ProductTree = msgspec.field(default_factory=_ProductTree)
    vulnerabilities: tuple[_Vulnerability, ...] = ()


class _Exploited(msgspec.Struct, rename="camel"):
    date_added: str
    cve_id: str = msgspec.field(name="cveID")
    product: str = ""


class _Kev(msgspec.Struct, rename="camel"):
    catalog_version: str
    date_released: str
    vulnerabilities: tuple[_Exploited, ...]


class Imported(msgspec.Struct, frozen=True):
    """What an import gave."""

    published: Published
    notes: tuple[str, ...]
    """What was taken from each file."""


def read(path: Path) -> Published:
    """The data file of earlier imports; nothing where there is none yet."""
    return _stored(path, path.stat().st_mtime_ns) if path.exists() else Published()


@lru_cache(maxsize=2)
def _stored(path: Path, _changed: int) -> Published:
    try:
        found = msgspec.json.decode(_bytes(path), type=Published)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path}: is no data file of `auditor data import`: {error}") from error
    if found.schema != SCHEMA:
        raise DataFileError(f"{path}: expected schema {SCHEMA}")
    return found


def imported(before: Published, files: Iterable[Path], keyring: Path | None = None) -> Imported:
    """The data with these files beside or in place of what is there. With a keyring a file needs a good signature."""
    notes = []
    for path in files:
        content = _bytes(path)
        signature = _signature(path, keyring)
        raw = _raw(path, content)
        before, note = (_with_kev if "catalogVersion" in raw else _with_csaf)(before, path, raw, content, signature)
        notes.append(note)
    return Imported(before, tuple(notes))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise DataFileError(f"{path}: larger than {_LARGEST} bytes")
        return path.read_bytes()
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error


def _raw(path: Path, content: bytes) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path}: is no JSON: {error}") from error
    if not isinstance(found, dict) or not ({"catalogVersion", "document"} & found.keys()):
        raise DataFileError(f"{path}: neither CISA's catalogue of exploited vulnerabilities (JSON) nor CSAF 2.0")
    return found


def _signature(path: Path, keyring: Path | None) -> str:
    """Who signed a file, verified with GnuPG's `gpgv` against the keys of the keyring alone."""
    detached = path.with_name(f"{path.name}.asc")
    if keyring is None:
        return f"not verified ({detached.name} lies beside it)" if detached.exists() else "none"
    program = shutil.which("gpgv")
    if program is None:
        raise DataFileError("--keyring needs the program gpgv of GnuPG")
    if not detached.exists():
        raise DataFileError(f"{path}: has no signature ({detached.name}), and --keyring asks for one")
    done = subprocess.run(
        [
            program,
            "--status-fd",
            "1",
            "--keyring",
            str(keyring.resolve()),
            str(detached.resolve()),
            str(path.resolve()),
        ],
        capture_output=True,
        check=False,
        timeout=60,
    )
    good = re.search(rb"^\[GNUPG:\] VALIDSIG ([0-9A-F]{40,64})", done.stdout, re.MULTILINE)
    if done.returncode or good is None:
        raise DataFileError(f"{path}: its signature is not good, or of no key in {keyring}")
    return f"good, of {good[1].decode()}"


def _with_kev(
    before: Published, path: Path, raw: Mapping[str, Any], content: bytes, signature: str
) -> tuple[Published, str]:
    kev = _converted(raw, _Kev, path)
    file = _file("kev", kev.catalog_version, "CISA", kev.date_released, content, signature)
    exploited = {one.cve_id: one.date_added for one in kev.vulnerabilities}
    named = {one.cve_id: tuple(_systems(one.product)) for one in kev.vulnerabilities}
    systems = {cve: platforms for cve, platforms in named.items() if platforms}
    after = msgspec.structs.replace(before, files=_replaced(before, path, file), exploited=exploited, systems=systems)
    return after, f"{path}: catalogue {file.id} of {file.date}, {len(exploited)} vulnerabilities, signature {signature}"


def _with_csaf(
    before: Published, path: Path, raw: Mapping[str, Any], content: bytes, signature: str
) -> tuple[Published, str]:
    found = _converted(raw, _Csaf, path)
    tracking = found.document.tracking
    file = _file("csaf", tracking.id, found.document.publisher.name, tracking.current_release_date, content, signature)
    products = dict(_products(found.product_tree.branches))
    statements = tuple(one for each in found.vulnerabilities for one in _statements(each, products, tracking.id))
    kept = tuple(one for one in before.statements if one.advisory != tracking.id)
    after = msgspec.structs.replace(before, files=_replaced(before, path, file), statements=kept + statements)
    named = {one for each in found.vulnerabilities for one in _named(each.product_status)}
    left = len(named - products.keys())
    releases = sum(len(one.affected) + len(one.fixed) for one in statements)
    more = f", {left} products without a single release or of other systems left out" if left else ""
    return after, f"{path}: advisory {file.id} of {file.date}, {releases} releases{more}, signature {signature}"


def _converted(raw: Mapping[str, Any], kind: type[T], path: Path) -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise DataFileError(f"{path}: {error}") from error


def _file(kind: str, name: str, publisher: str, date: str, content: bytes, signature: str) -> PublishedFile:
    return PublishedFile(kind, name, publisher, date[:10], hashlib.sha256(content).hexdigest(), signature)


def _replaced(before: Published, path: Path, file: PublishedFile) -> tuple[PublishedFile, ...]:
    """The files with this one; the catalogue is one file, an advisory has an id."""

    def same(one: PublishedFile) -> bool:
        return one.kind == file.kind and (file.kind == "kev" or one.id == file.id)

    older = next((one for one in before.files if same(one) and one.date > file.date), None)
    if older is not None:
        raise DataFileError(f"{path}: is of {file.date}, and the data holds that of {older.date} already")
    return (*(one for one in before.files if not same(one)), file)


def _products(branches: Iterable[_Branch], platform: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    """Product -> platform and release, for single releases of a system that is audited."""
    for branch in branches:
        mine = _platform(branch.name) if branch.category == "product_name" else platform
        if branch.category == "product_version" and branch.product is not None and mine:
            yield branch.product.product_id, (mine, spelled(branch.name.rsplit(" ", 1)[-1]))
        yield from _products(branch.branches, mine)


def _systems(product: str) -> Iterator[str]:
    """The platforms that a product of the catalogue stands for: `IOS and IOS XE Software` are two."""
    for name in re.split(r",| and ", product):
        if platform := _platform(name):
            yield platform


def _platform(name: str) -> str:
    return next((str(known) for pattern, known in _PLATFORMS if re.fullmatch(pattern, name.strip(), re.IGNORECASE)), "")


def _named(status: _Status) -> set[str]:
    return {*_affected(status), *_fixed(status)}


def _affected(status: _Status) -> tuple[str, ...]:
    return (*status.known_affected, *status.first_affected, *status.last_affected)


def _fixed(status: _Status) -> tuple[str, ...]:
    return (*status.fixed, *status.first_fixed, *status.known_not_affected)


def _statements(one: _Vulnerability, products: Mapping[str, tuple[str, str]], advisory: str) -> Iterator[Statement]:
    affected, fixed = (
        _by_platform(_affected(one.product_status), products),
        _by_platform(_fixed(one.product_status), products),
    )
    for platform in sorted({*affected, *fixed}):
        yield Statement(one.cve, platform, advisory, affected.get(platform, ()), fixed.get(platform, ()))


def _by_platform(ids: Iterable[str], products: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for product in ids:
        if product in products:
            platform, release = products[product]
            found.setdefault(platform, {})[release] = None
    return {platform: tuple(releases) for platform, releases in found.items()}


def newest(published: Published) -> str:
    """The day of the newest file; empty where there is none."""
    return max((one.date for one in published.files), default="")
