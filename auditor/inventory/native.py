"""The auditor's own inventory file, which may take devices from the lists of other tools.

Errors:
    InventoryError   one or more things in the file are wrong; the text names file and line of each
"""

import ipaddress
import os
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from auditor.inventory.listed import InventoryError, Listed
from auditor.inventory.sources import Resolve, Source, listing, recognise
from auditor.model.device import AUTO, Device
from auditor.model.platform import canonical
from auditor.syntax.datafile import DataFileError, Positions, convert, nearest
from auditor.syntax.datafile import load as load_file

SCHEMA = "auditor/inventory/1"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*\.?")
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,128}")
_REFERENCES = ("env:", "file:", "keyring:", "command:", "prompt:", "vault:")
_REFERENCE = re.compile(
    r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keyring:[^/]+/.+|command:\s*\S.*|prompt:.*|vault:[^/#]+/[^#]+#[^#]+"
)
_TRANSPORTS = ("ssh-exec", "ssh-cli", "netconf", "telnet")
_CHANNELS = ("netconf", "snmp")
_PROXY = re.compile(r"socks[45]://[^@\s]+:\d{1,5}")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_SPAN = rf"(?:{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)* )?(?:[01]\d|2[0-4]):[0-5]\d-(?:[01]\d|2[0-4]):[0-5]\d"
_WINDOW = re.compile(rf"{_SPAN}(?:; ?{_SPAN})*")
_AUTH = ("md5", "sha", "sha224", "sha256", "sha384", "sha512")
_PRIVACY = ("des", "aes128", "aes192", "aes256")


class Credential(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to log in, or how SNMP is asked. Secrets are references (`env:NAME` ...), never values."""

    username: str = ""
    password: str = ""
    enable: str = ""
    key_file: str = ""
    """With a key there is no login by password; the password opens the key."""
    agent: bool = False
    """`key_file` is the public key of one that the SSH agent holds."""
    otherwise: str = ""
    """The credential that is tried once where a device refused this one."""
    community: str = ""
    """SNMP version 2c; without it the user name is one of SNMP version 3."""
    auth: str = "sha256"
    auth_password: str = ""
    privacy: str = "aes128"
    privacy_password: str = ""
    port: int = 161
    """UDP port of SNMP."""

    def __repr__(self) -> str:
        return f"Credential(username={self.username!r})"


class JumpHost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A host that is logged in to on the way to devices."""

    address: str
    port: int = 22
    credential: str = ""


class Pace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How gentle a collection is; unset fields have the collector's values."""

    total: int | None = None
    site: int | None = None
    per_second: float | None = None
    refusals: int | None = None


class Inventory(msgspec.Struct, frozen=True):
    """The devices of a file, its credentials by name, and the host keys that are trusted."""

    path: Path
    devices: tuple[Device, ...]
    credentials: dict[str, Credential]
    known_hosts: Path
    jumps: dict[str, JumpHost] = {}
    pace: Pace = Pace()
    notes: tuple[str, ...] = ()
    """What the lists of other tools hold that is no device to be audited."""

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
    transport: str | None = None
    channels: tuple[str, ...] | None = None
    netconf_port: int | None = None
    jump: tuple[str, ...] | None = None
    proxy: str | None = None
    snmp: str | None = None
    shell_commands: bool | None = None
    window: str | None = None


class _Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    platform: str = AUTO
    port: int = 22
    credential: str = ""
    transport: str = ""
    channels: tuple[str, ...] = ()
    netconf_port: int = 830
    jump: tuple[str, ...] = ()
    proxy: str = ""
    snmp: str = ""
    shell_commands: bool = False
    window: str = ""


class _Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns (`pe-*`); all that are given must fit."""

    name: str = ""
    group: str = ""
    platform: str = ""
    role: str = ""
    site: str = ""

    def fits(self, listed: Listed) -> bool:
        """Whether a listed device is meant."""
        texts = ((self.name, listed.name), (self.role, listed.role), (self.site, listed.site))
        if any(pattern and not fnmatchcase(text, pattern) for pattern, text in texts):
            return False
        if self.platform and canonical(listed.platform) != canonical(self.platform):
            return False
        return not self.group or any(fnmatchcase(group, self.group) for group in listed.groups)


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What listed devices get that their list does not say; of several rules the first that says it."""

    match: _Match = _Match()
    platform: str | None = None
    role: str | None = None
    site: str | None = None
    port: int | None = None
    credential: str | None = None
    transport: str | None = None
    channels: tuple[str, ...] | None = None
    netconf_port: int | None = None
    jump: tuple[str, ...] | None = None
    proxy: str | None = None
    snmp: str | None = None
    shell_commands: bool | None = None
    window: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    devices: tuple[_Entry, ...] = ()
    sources: tuple[Source, ...] = ()
    assign: tuple[_Rule, ...] = ()
    credentials: dict[str, Any] = {}
    """Looked at one by one, so that a fault names its line."""
    defaults: _Defaults = _Defaults()
    known_hosts: str = "known_hosts"
    jumps: dict[str, JumpHost] = {}
    pace: Pace = Pace()


def load(path: Path, platforms: Iterable[str], resolve: Resolve = str) -> Inventory:
    """Read an inventory, or the list of another tool. All faults of credentials and devices are reported together.

    `resolve` gives the secret of a reference; it is asked for NetBox's token alone.
    """
    kind = recognise(path)
    content, positions = (_File(SCHEMA, sources=(Source(kind, path.name),)), Positions({})) if kind else _own(path)
    faults = _Faults(path, positions)
    if content.schema != SCHEMA:
        faults.add(("schema",), f"expected schema {SCHEMA}")
    credentials = _credentials(content, path, positions, faults)
    entries: list[_Placed] = [_Placed(entry, faults.of("devices", at)) for at, entry in enumerate(content.devices)]
    notes: list[str] = []
    for at, source in enumerate(content.sources):
        entries += _listed(source, at, content, path, resolve, faults, notes)
    known = sorted(platforms)
    devices = [(_device(one.entry, content, known, one.fault), one.fault) for one in entries]
    _check_unique(devices)
    _check_ways(devices, content, faults)
    if not devices and not faults.found:
        faults.add(("devices",), "the inventory has no devices")
    faults.report()
    known_hosts = path.parent / content.known_hosts
    found = tuple(device for device, _ in devices)
    return Inventory(path, found, credentials, known_hosts, content.jumps, content.pace, tuple(notes))


def _own(path: Path) -> tuple[_File, Positions]:
    try:
        return load_file(path, _File)
    except InventoryError:
        raise
    except DataFileError as error:
        raise InventoryError(str(error)) from error


Fault = Callable[[str, str], None]
"""(field, text): says what is wrong with a device, at the place where it stands."""


class _Placed(msgspec.Struct, frozen=True):
    entry: _Entry
    fault: Fault


def _listed(
    source: Source, at: int, content: _File, path: Path, resolve: Resolve, faults: "_Faults", notes: list[str]
) -> Iterator[_Placed]:
    try:
        found = listing(source, path, resolve)
    except DataFileError as error:
        faults.add_error(error) if str(error).startswith(str(path.parent)) else faults.add(("sources", at), str(error))
        return
    notes += found.notes
    folder = Path(os.path.relpath(found.path.parent, path.parent))
    for one in found.devices:
        place = faults.at(found.path, one.line) if one.line else faults.whole("sources", at)
        yield _Placed(_entry(one, content.assign, folder), place)


def _entry(listed: Listed, rules: tuple[_Rule, ...], folder: Path) -> _Entry:
    """A listed device with what the rules say of it."""
    fitting = [rule for rule in rules if rule.match.fits(listed)]

    def given(field: str) -> Any:  # noqa: ANN401  fields of several types
        return next((value for rule in fitting if (value := getattr(rule, field)) is not None), None)

    return _Entry(
        name=listed.name,
        platform=listed.platform or given("platform"),
        role=listed.role or given("role") or "",
        site=listed.site or given("site") or "",
        tags=listed.groups,
        address=listed.address,
        port=listed.port if listed.port is not None else given("port"),
        credential=listed.credential or given("credential"),
        config=str(folder / listed.config) if listed.config else "",
        **{field: given(field) for field in _WAY},
    )


class _Faults:
    """Collects what is wrong, so that one look at the message mends the whole file."""

    def __init__(self, path: Path, positions: Positions) -> None:
        self._path = path
        self._positions = positions
        self._texts: list[str] = []

    def add(self, steps: tuple[str | int, ...], text: str) -> None:
        self._texts.append(f"{self._path}:{self._positions.line(steps)}: {text}")

    @property
    def found(self) -> bool:
        """Something is wrong."""
        return bool(self._texts)

    def of(self, *steps: str | int) -> Fault:
        """Faults of one entry of the file."""
        return lambda field, text: self.add((*steps, field) if field else steps, text)

    def whole(self, *steps: str | int) -> Fault:
        """Faults of what a service listed: at the entry that names the service."""
        return lambda _field, text: self.add(steps, text)

    def at(self, path: Path, line: int) -> Fault:
        """Faults of a device that stands in another file."""
        return lambda _field, text: self._texts.append(f"{path}:{line}: {text}" if line else f"{path}: {text}")

    def add_error(self, error: DataFileError) -> None:
        self._texts.append(str(error))

    def report(self) -> None:
        if self._texts:
            raise InventoryError("\n".join(self._texts))


def _device(entry: _Entry, content: _File, platforms: list[str], fault: Fault) -> Device:
    platform = canonical(entry.platform or content.defaults.platform)
    port = content.defaults.port if entry.port is None else entry.port
    credential = content.defaults.credential if entry.credential is None else entry.credential
    label = f"device '{entry.name}'"
    if not _NAME.fullmatch(entry.name) or not entry.name.strip(". "):
        fault("name", f"name {entry.name!r}: expected 1 to 128 characters, no slashes or control characters")
    if platform != AUTO and platform not in platforms:
        fault("platform", f"{label}: unknown platform '{platform}'; {nearest(platform, [*platforms, AUTO])}")
    if not 0 < port < 65536:
        fault("port", f"{label}: port {port}: expected 1 to 65535")
    if entry.address and not _is_address(entry.address):
        # An address with a login in front of it is not repeated: a password may be part of it.
        shown = "with a login in front of it" if "@" in entry.address else f"'{entry.address}'"
        fault("address", f"{label}: bad address {shown}: expected a name or an IP address")
    if not entry.address and not entry.config:
        fault("", f"{label}: expected 'address' or 'config'")
    if credential and credential not in content.credentials:
        known = list(content.credentials)
        fault("credential", f"{label}: unknown credential '{credential}'; {nearest(credential, known)}")
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
        **{field: _own_or_default(entry, content.defaults, field) for field in _WAY},
    )


_WAY = ("transport", "channels", "netconf_port", "jump", "proxy", "snmp", "shell_commands", "window")
"""How a device is reached; each may stand in the defaults."""


def _own_or_default(entry: _Entry, defaults: _Defaults, field: str) -> Any:  # noqa: ANN401  fields of several types
    own = getattr(entry, field)
    return getattr(defaults, field) if own is None else own


def _check_ways(devices: list[tuple[Device, Fault]], content: _File, faults: _Faults) -> None:
    """How devices are reached: known words, and names of the file."""
    for device, fault in devices:
        for field, told in _wrong_ways(device, content):
            fault(field, f"device '{device.name}': {told}")
    for name, host in content.jumps.items():
        if not _is_address(host.address):
            faults.add(("jumps", name, "address"), f"jump host '{name}': bad address")
        if host.credential not in content.credentials:
            known = list(content.credentials)
            text = f"jump host '{name}': unknown credential '{host.credential}'; {nearest(host.credential, known)}"
            faults.add(("jumps", name), text)


def _wrong_ways(device: Device, content: _File) -> Iterable[tuple[str, str]]:
    if device.transport and device.transport not in _TRANSPORTS:
        yield "transport", f"unknown transport '{device.transport}'; {nearest(device.transport, list(_TRANSPORTS))}"
    for channel in device.channels:
        if channel not in _CHANNELS:
            yield "channels", f"unknown channel '{channel}'; {nearest(channel, list(_CHANNELS))}"
    if "snmp" in device.channels and not device.snmp:
        yield "channels", "channel 'snmp' needs 'snmp': the name of a credential"
    if device.snmp and device.snmp not in content.credentials:
        yield "snmp", f"unknown credential '{device.snmp}'; {nearest(device.snmp, list(content.credentials))}"
    for jump in device.jump:
        if jump not in content.jumps:
            yield "jump", f"unknown jump host '{jump}'; {nearest(jump, list(content.jumps))}"
    if device.proxy and not _PROXY.fullmatch(device.proxy):
        yield "proxy", "bad proxy: expected socks5://HOST:PORT, without a login"
    if device.window and not _WINDOW.fullmatch(device.window):
        yield "window", f"bad window '{device.window}': expected for example 'Mo-Fr 22:00-05:00'"
    if not 0 < device.netconf_port < 65536:
        yield "netconf_port", f"port {device.netconf_port}: expected 1 to 65535"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return _HOST.fullmatch(text) is not None and not re.fullmatch(r"[\d.]+", text)
    return True


def _check_unique(devices: list[tuple[Device, Fault]]) -> None:
    seen: set[str] = set()
    for device, fault in devices:
        if device.name.lower() in seen:
            fault("name", f"device '{device.name}' is listed twice")
        seen.add(device.name.lower())


def _credentials(content: _File, path: Path, positions: Positions, faults: _Faults) -> dict[str, Credential]:
    found: dict[str, Credential] = {}
    for name, value in content.credentials.items():
        inside = {steps[2:]: line for steps, line in positions.lines.items() if steps[:2] == ("credentials", name)}
        try:
            found[name] = convert(value, Credential, path, Positions(inside))
        except DataFileError as error:
            faults.add_error(error)
        else:
            _check_credential(name, found[name], content, faults)
    return found


def _check_credential(name: str, credential: Credential, content: _File, faults: _Faults) -> None:
    """A password in the file is refused; the message must not repeat it."""
    where = ("credentials", name)
    if not credential.username and not credential.community:
        faults.add(where, f"credential '{name}': expected 'username' (or 'community', for SNMP version 2c)")
    if credential.otherwise and credential.otherwise not in content.credentials:
        told = (
            f"unknown credential '{credential.otherwise}'; {nearest(credential.otherwise, list(content.credentials))}"
        )
        faults.add((*where, "otherwise"), f"credential '{name}': {told}")
    for field, known in (("auth", _AUTH), ("privacy", _PRIVACY)):
        if getattr(credential, field) not in known:
            faults.add((*where, field), f"credential '{name}': {field}: expected one of {', '.join(known)}")
    for field in ("password", "enable", "community", "auth_password", "privacy_password"):
        value = getattr(credential, field)
        if not value or _REFERENCE.fullmatch(value):
            continue
        wanted = "expected a reference (env:NAME, file:PATH, keyring:SERVICE/USER, command:PROGRAM ..., prompt:TEXT or vault:...)"
        detail = "" if value.startswith(_REFERENCES) else ", not the secret itself"
        faults.add(("credentials", name, field), f"credential '{name}': {field}: {wanted}{detail}")
