"""The auditor's own inventory file.

Errors:
    InventoryError   one or more things in the file are wrong; the text names file and line of each
"""

import ipaddress
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from auditor.model.device import AUTO, Device
from auditor.model.platform import canonical
from auditor.syntax.datafile import DataFileError, Positions, convert, nearest
from auditor.syntax.datafile import load as load_file

SCHEMA = "auditor/inventory/1"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*\.?")
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,128}")
_REFERENCES = ("env:", "keyring:", "command:", "prompt:")
_REFERENCE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|keyring:[^/]+/.+|command:\s*\S.*|prompt:.*")


class InventoryError(DataFileError):
    """An inventory is wrong."""


class Credential(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to log in. Passwords are references (`env:NAME` ...), never values."""

    username: str
    password: str = ""
    enable: str = ""
    key_file: str = ""
    """With a key there is no login by password; the password opens the key."""

    def __repr__(self) -> str:
        return f"Credential(username={self.username!r})"


class Inventory(msgspec.Struct, frozen=True):
    """The devices of a file, its credentials by name, and the host keys that are trusted."""

    path: Path
    devices: tuple[Device, ...]
    credentials: dict[str, Credential]
    known_hosts: Path

    @property
    def folder(self) -> Path:
        """The folder that relative paths of the file start from."""
        return self.path.parent


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    platform: str | None = None
    role: str = ""
    site: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    port: int | None = None
    credential: str | None = None
    config: str = ""


class _Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: str = AUTO
    port: int = 22
    credential: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    devices: tuple[_Entry, ...]
    credentials: dict[str, Any] = {}
    """Looked at one by one, so that a fault names its line."""
    defaults: _Defaults = _Defaults()
    known_hosts: str = "known_hosts"


def load(path: Path, platforms: Iterable[str]) -> Inventory:
    """Read an inventory. All faults of its credentials and devices are reported together."""
    try:
        content, positions = load_file(path, _File)
    except DataFileError as error:
        raise InventoryError(str(error)) from error
    faults = _Faults(path, positions)
    if content.schema != SCHEMA:
        faults.add(("schema",), f"expected schema {SCHEMA}")
    credentials = _credentials(content, path, positions, faults)
    devices = [_device(entry, index, content, sorted(platforms), faults) for index, entry in enumerate(content.devices)]
    _check_unique(devices, faults)
    if not devices:
        faults.add(("devices",), "the inventory has no devices")
    faults.report()
    return Inventory(path, tuple(devices), credentials, path.parent / content.known_hosts)


class _Faults:
    """Collects what is wrong, so that one look at the message mends the whole file."""

    def __init__(self, path: Path, positions: Positions) -> None:
        self._path = path
        self._positions = positions
        self._texts: list[str] = []

    def add(self, steps: tuple[str | int, ...], text: str) -> None:
        self._texts.append(f"{self._path}:{self._positions.line(steps)}: {text}")

    def add_error(self, error: DataFileError) -> None:
        self._texts.append(str(error))

    def report(self) -> None:
        if self._texts:
            raise InventoryError("\n".join(self._texts))


def _device(entry: _Entry, index: int, content: _File, platforms: list[str], faults: _Faults) -> Device:
    where: tuple[str | int, ...] = ("devices", index)
    platform = canonical(entry.platform or content.defaults.platform)
    port = content.defaults.port if entry.port is None else entry.port
    credential = content.defaults.credential if entry.credential is None else entry.credential
    label = f"device '{entry.name}'"
    if not _NAME.fullmatch(entry.name) or not entry.name.strip(". "):
        faults.add(
            (*where, "name"), f"name {entry.name!r}: expected 1 to 128 characters, no slashes or control characters"
        )
    if platform != AUTO and platform not in platforms:
        faults.add(
            (*where, "platform"), f"{label}: unknown platform '{platform}'; {nearest(platform, [*platforms, AUTO])}"
        )
    if not 0 < port < 65536:
        faults.add((*where, "port"), f"{label}: port {port}: expected 1 to 65535")
    if entry.address and not _is_address(entry.address):
        # An address with a login in front of it is not repeated: a password may be part of it.
        shown = "with a login in front of it" if "@" in entry.address else f"'{entry.address}'"
        faults.add((*where, "address"), f"{label}: bad address {shown}: expected a name or an IP address")
    if not entry.address and not entry.config:
        faults.add(where, f"{label}: expected 'address' or 'config'")
    if credential and credential not in content.credentials:
        known = list(content.credentials)
        faults.add((*where, "credential"), f"{label}: unknown credential '{credential}'; {nearest(credential, known)}")
    return Device(
        name=entry.name,
        platform=platform,
        role=entry.role,
        site=entry.site,
        tags=entry.tags,
        address=entry.address,
        port=port,
        credential=credential,
        config=entry.config,
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return _HOST.fullmatch(text) is not None and not re.fullmatch(r"[\d.]+", text)
    return True


def _check_unique(devices: list[Device], faults: _Faults) -> None:
    first: dict[str, int] = {}
    for index, device in enumerate(devices):
        known = first.setdefault(device.name.lower(), index)
        if known != index:
            faults.add(("devices", index, "name"), f"device '{device.name}' is listed twice")


def _credentials(content: _File, path: Path, positions: Positions, faults: _Faults) -> dict[str, Credential]:
    found: dict[str, Credential] = {}
    for name, value in content.credentials.items():
        inside = {steps[2:]: line for steps, line in positions.lines.items() if steps[:2] == ("credentials", name)}
        try:
            found[name] = convert(value, Credential, path, Positions(inside))
        except DataFileError as error:
            faults.add_error(error)
        else:
            _check_credential(name, found[name], faults)
    return found


def _check_credential(name: str, credential: Credential, faults: _Faults) -> None:
    """A password in the file is refused; the message must not repeat it."""
    for field in ("password", "enable"):
        value = getattr(credential, field)
        if not value or _REFERENCE.fullmatch(value):
            continue
        wanted = "expected a reference (env:NAME, keyring:SERVICE/USER, command:PROGRAM ... or prompt:TEXT)"
        detail = "" if value.startswith(_REFERENCES) else ", not the secret itself"
        faults.add(("credentials", name, field), f"credential '{name}': {field}: {wanted}{detail}")
