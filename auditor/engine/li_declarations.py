"""The section `lawful_intercept` of a declarations file (lawful-intercept reference, 5.2).

It names mediation devices and operators of intercepts: a file that holds it is for its owner alone, and what stands in
it is repeated by no report.

Errors:
    DataFileError   the file may be read by others, or an entry is not what it should be; file and line are named
"""

import re
import stat
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from auditor.model.declarations import Declared, LiDeclarations
from auditor.platforms.redaction.guard import digest
from auditor.syntax.datafile import DataFileError, Positions

DIGEST = "digest"
SECTION = "lawful_intercept"
LISTS = ("points", "radius_intercept", "mediation_devices", "admf", "admins", "snmp_groups", "snmp_users")
KEYS = (
    *LISTS, "x1_ports", "protected_paths", "separation_required", "local_save_allowed", "max_tap_days",
)  # fmt: skip
_ROLES = ("control", "delivery", "both")
_PATH = re.compile(r"(?:vrf|vprn) \S+|ipsec|macsec|oob")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

ReadList = Callable[[str, Any], tuple[list[Any], list[Any]]]
"""(name of the list, what was written) -> its entries with their scope: those that hold, and the expired ones."""


class Li(msgspec.Struct, frozen=True):
    """The sections of all files, before they are applied to a device. A list that no file has is absent."""

    lists: dict[str, tuple[Any, ...]] = {}
    expired: dict[str, tuple[Any, ...]] = {}
    """What counts as undeclared, and is repeated by no report either."""
    paths: dict[str, str] = {}
    ports: dict[str, int] = {}
    switches: dict[str, bool] = {}
    max_tap_days: int | None = None


def guard(path: Path, content: Mapping[str, Any], positions: Positions) -> None:
    """Refuse a file with this section that others than its owner may read."""
    if content.get(SECTION) is None:
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        raise DataFileError(
            f"{path}:{positions.line((SECTION,))}: {SECTION}: others than its owner may read or change this file (mode"
            f" {mode:04o}), and this section names who intercepts: 'chmod 600 {path}', or move the section to a file of its own"
        )


def merged(path: Path, positions: Positions, section: Mapping[str, Any], read: ReadList, known: Li) -> Li:
    """What was known and the section of one more file."""
    lists, expired = dict(known.lists), dict(known.expired)
    for name in LISTS:
        if section.get(name) is not None:
            entries, over = read(name, section[name])
            expired[name] = (*expired.get(name, ()), *over)
            if name == "mediation_devices":
                _roles(entries)
            if name == "admins":
                _plain_names(entries)
            lists[name] = (*lists.get(name, ()), *entries)
    where = _Where(path, positions)
    return Li(
        lists,
        expired,
        known.paths | where.mapping(section, "protected_paths", _protected),
        known.ports | where.mapping(section, "x1_ports", _port),
        known.switches | where.switches(section, ("separation_required", "local_save_allowed")),
        where.days(section) or known.max_tap_days,
    )


class _Where(msgspec.Struct, frozen=True):
    path: Path
    positions: Positions

    def error(self, key: str, message: str, *more: str) -> DataFileError:
        return DataFileError(f"{self.path}:{self.positions.line((SECTION, key, *more))}: {key}: {message}")

    def mapping(self, section: Mapping[str, Any], key: str, value: Callable[[Any], Any]) -> dict[str, Any]:
        found = section.get(key)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            raise self.error(key, "expected a mapping of devices to values")
        read = {str(device): value(one) for device, one in found.items()}
        wrong = next((device for device, one in read.items() if one is None), None)
        if wrong is not None:
            wanted = "a port" if key == "x1_ports" else "vrf NAME, vprn N, ipsec, macsec or oob"
            raise self.error(key, f"expected {wanted}", wrong)
        return read

    def switches(self, section: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, bool]:
        found = {key: section[key] for key in keys if section.get(key) is not None}
        for key, value in found.items():
            if not isinstance(value, bool):
                raise self.error(key, "expected true or false")
        return found

    def days(self, section: Mapping[str, Any]) -> int | None:
        value = section.get("max_tap_days")
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise self.error("max_tap_days", "expected a number of days")
        return value


def _protected(value: object) -> str | None:
    text = str(value)
    return text if _PATH.fullmatch(text) else None


def _port(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 65536 else None


def _roles(entries: list[Any]) -> None:
    for entry in entries:
        role = entry.declared.more.get("role", "both")
        if role not in _ROLES:
            raise DataFileError(f"{entry.declared.place}: mediation_devices: role: expected {', '.join(_ROLES)}")


def _plain_names(entries: list[Any]) -> None:
    """Names are compared by keyed fingerprints, so a pattern would fit nothing."""
    for entry in entries:
        if any(mark in entry.declared.value for mark in "*?"):
            raise DataFileError(f"{entry.declared.place}: admins: expected a name, not a pattern")


def on(li: Li, device: str, holds: Callable[[Any], bool]) -> LiDeclarations:
    """The section as it applies to a device; `holds` says whether an entry's scope has it."""

    def listed(name: str) -> tuple[Declared, ...] | None:
        entries = li.lists.get(name)
        return None if entries is None else tuple(entry.declared for entry in entries if holds(entry))

    def named(name: str) -> bool | None:
        entries = listed(name)
        return None if entries is None else any(fnmatchcase(device, entry.value) for entry in entries)

    return LiDeclarations(
        point=named("points"),
        mediation=_labelled(li, "mediation_devices", holds),
        administration=_labelled(li, "admf", holds),
        admins=_digested(listed("admins")),
        snmp_groups=listed("snmp_groups"),
        snmp_users=listed("snmp_users"),
        radius=named("radius_intercept"),
        path=next((path for pattern, path in li.paths.items() if fnmatchcase(device, pattern)), ""),
        x1_port=next((port for pattern, port in li.ports.items() if fnmatchcase(device, pattern)), None),
        separation_required=li.switches.get("separation_required"),
        local_save_allowed=li.switches.get("local_save_allowed"),
        max_tap_days=li.max_tap_days,
        names=tuple(
            entry.declared.value
            for lists in (li.lists, li.expired)
            for name in ("admins", "snmp_users")
            for entry in lists.get(name, ())
        ),
        elsewhere=tuple(_elsewhere(li, holds)),
    )


def _elsewhere(li: Li, holds: Callable[[Any], bool]) -> Iterator[Declared]:
    """Receivers that are declared for other devices or no longer, as reports name them."""
    for name, (_, words) in _WORDS.items():
        for number, entry in enumerate(li.lists.get(name, ()), 1):
            if not holds(entry):
                yield msgspec.structs.replace(entry.declared, label=f"{words} #{number} (declared for other devices)")
        for number, entry in enumerate(li.expired.get(name, ()), 1):
            yield msgspec.structs.replace(
                entry.declared, label=f"{words} (declaration #{number} of those that expired)"
            )


_WORDS = {
    "mediation_devices": ("declared mediation device", "mediation device"),
    "admf": ("declared LI administration function", "LI administration function"),
}
"""How reports name a receiver that is declared for the device, and one that is not."""


def _digested(admins: tuple[Declared, ...] | None) -> tuple[Declared, ...] | None:
    """Administrators with the digest that those have whose names were dropped when a document came in."""
    if admins is None:
        return None
    return tuple(msgspec.structs.replace(one, more={DIGEST: digest(one.value)}) for one in admins)


def _labelled(li: Li, name: str, holds: Callable[[Any], bool]) -> tuple[Declared, ...] | None:
    """Entries with the number that they have among all: the same in every report."""
    entries = li.lists.get(name)
    if entries is None:
        return None
    numbered = [
        (
            entry,
            msgspec.structs.replace(
                entry.declared, label=f"{_WORDS[name][0]} #{number}", kind=entry.declared.more.get("role", "both")
            ),
        )
        for number, entry in enumerate(entries, 1)
    ]
    return tuple(declared for entry, declared in numbered if holds(entry))
