"""Declarations: what the operator intends, read from files and scoped to devices."""

import datetime
import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from auditor.engine import li_declarations
from auditor.engine.dates import day
from auditor.model.declarations import Declared, DeclaredList, DeviceDeclarations, InterfaceRole, RoleList, network
from auditor.model.device import Device
from auditor.syntax.datafile import DataFileError, Positions, nearest, read

SCHEMA = "auditor/declarations/1"
_SCOPE = ("devices", "roles", "sites", "tags")
_COMMON = (*_SCOPE, "owner", "reason", "expires")


class Topic(msgspec.Struct, frozen=True):
    """A list that may be declared: its natural key, further keys of an entry, and what its values are."""

    key: str
    more: tuple[str, ...] = ()
    addresses: bool = False
    words: str = ""
    """Pattern of further values that are no addresses."""


_ADDRESS = Topic("address", addresses=True)
TOPICS: dict[str, dict[str, Topic]] = {
    "address_plan": {
        "operator_prefixes": Topic("prefix", addresses=True),
        "management_sources": Topic("prefix", addresses=True),
    },
    "management": {
        "jump_hosts": _ADDRESS,
        "tacacs_servers": Topic("address", ("port", "vrf")),
        "radius_servers": Topic("address", ("port", "vrf")),
        "coa_clients": _ADDRESS,
        "accounting_servers": Topic("address"),
        "snmp_managers": _ADDRESS,
        "log_hosts": Topic("address"),
        "ntp_servers": Topic("address"),
        "dns_resolvers": _ADDRESS,
        "archive_servers": Topic("address"),
        "telemetry_collectors": Topic("address"),
        "controllers": Topic("address", ("kind",)),
        "services": Topic("kind", ("port",)),
        "oob_firewall": Topic("name"),
        "mfa_backed_aaa": Topic("group"),
        "ssh_ports": Topic("port"),
        "web_ports": Topic("port"),
        "management_vrfs": Topic("name"),
    },
    "accounts": {
        "local_users": Topic("name", ("role", "break_glass", "automation", "last_login")),
        "ssh_keys": Topic("fingerprint", ("user",)),
        "login_hooks": Topic("target", ("kind", "user")),
        "password_types": Topic("type"),
        "linux_accounts": Topic("name", ("platform",)),
        "login_age": Topic("days"),
        "change_users": Topic("name", ("source", "method")),
    },
    "analysis": {
        "analysers": Topic("port", ("device",)),
        "mirror_collectors": Topic("address", addresses=True, words=r"vlan \d+"),
        "flow_collectors": _ADDRESS,
        "tap_switches": Topic("name"),
        "capture_tickets": Topic("device"),
        "capture_directories": Topic("path", ("device",)),
    },
    "paths": {
        "tunnels": Topic("peer", ("kind", "local", "vrf", "purpose")),
        "vpn_peers": _ADDRESS,
        "pseudowires": _ADDRESS,
        "static_next_hops": _ADDRESS,
        "redirect_next_hops": _ADDRESS,
        "rtbh_next_hops": _ADDRESS,
        "rtbh_communities": Topic("community"),
        "flowspec_speakers": _ADDRESS,
        "bgp_peers": Topic("address", ("asn",)),
        "translations": Topic("inside", ("kind",)),
        "addresses": Topic("prefix", ("interface",), addresses=True),
    },
    "onbox": {
        "containers": Topic("name", ("digest", "log_target")),
        "scripts": Topic("name", ("sha256",)),
        "scheduled_jobs": Topic("name"),
        "aliases": Topic("name", ("command",)),
        "packet_sockets": Topic("name"),
    },
    "software": {
        "images": Topic("version", ("platform", "sha512")),
        "packages": Topic("name", ("version", "platform")),
        "patch_months": Topic("months", ("platform",)),
        "boot_sources": Topic("name"),
        "lifecycle": Topic("release", ("platform", "model", "end")),
        "files": Topic("path", ("platform",)),
    },
    "changes": {
        "change_tickets": Topic("ticket", ("from", "until")),
    },
}
_FREE = {
    "address_plan": ("core_ranges",),
    li_declarations.SECTION: li_declarations.KEYS,
}
"""Keys that are known and not read into lists of entries."""
_LI_TOPICS: dict[str, Topic] = {
    "points": Topic("device"),
    "radius_intercept": Topic("device"),
    "mediation_devices": Topic("address", ("role",), addresses=True),
    "admf": _ADDRESS,
    "admins": Topic("name"),
    "snmp_groups": Topic("name"),
    "snmp_users": Topic("name"),
}
_TOP = ("schema", "interfaces", "iocs", li_declarations.SECTION, *TOPICS)


class Entry(msgspec.Struct, frozen=True):
    """One declared thing and the devices it holds for."""

    declared: Declared
    scope: dict[str, tuple[str, ...]]
    expires: str = ""


class Declarations(msgspec.Struct, frozen=True):
    """All declared lists. A list that no file has is absent: nothing was declared on that topic."""

    lists: dict[str, tuple[Entry, ...]] = {}
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    interface_roles: tuple[InterfaceRole, ...] | None = None
    li: li_declarations.Li = li_declarations.Li()

    def on(self, device: Device) -> DeviceDeclarations:
        """The lists as they apply to a device; expired entries are left out."""
        lists = {
            name: DeclaredList(entry.declared for entry in self.lists[name] if _in_scope(entry, device))
            for name in DeviceDeclarations.__struct_fields__
            if name in self.lists
        }
        li = li_declarations.on(self.li, device.name, lambda entry: _in_scope(entry, device))
        roles = None if self.interface_roles is None else RoleList(self.interface_roles)
        return msgspec.structs.replace(DeviceDeclarations(), interface_roles=roles, li=li, **lists)


def load(paths: Iterable[Path], today: datetime.date) -> Declarations:
    """Read declaration files. An unknown key, a bad address or a bad date is an error with file, line and hint."""
    lists: dict[str, list[Entry]] = {}
    notes: list[str] = []
    files = []
    roles: list[InterfaceRole] | None = None
    li = li_declarations.Li()
    for path in paths:
        content, positions = read(path)
        _top_level(path, content, positions)
        for section, topics in TOPICS.items():
            for name, topic in topics.items():
                listed = (content.get(section) or {}).get(name)
                if listed is not None:
                    reader = _ListReader(path, positions, (section, name), topic, today)
                    lists.setdefault(name, []).extend(reader.entries(listed, notes))
        ranges = (content.get("address_plan") or {}).get("core_ranges")
        if ranges is not None:
            lists.setdefault("core_ranges", []).extend(_core_ranges(path, positions, ranges, today, notes))
        if content.get("interfaces") is not None:
            roles = [*(roles or ()), *_interface_roles(path, positions, content["interfaces"])]
        li = _li(path, positions, content, today, notes, li)
        files.append(str(path))
    return Declarations(
        {name: tuple(found) for name, found in lists.items()},
        tuple(notes),
        tuple(files),
        None if roles is None else tuple(roles),
        li,
    )


def _li(
    path: Path,
    positions: Positions,
    content: Mapping[str, Any],
    today: datetime.date,
    notes: list[str],
    known: li_declarations.Li,
) -> li_declarations.Li:
    """What was known of lawful intercept and the section of this file. Notes about it repeat no value."""
    section = content.get(li_declarations.SECTION)
    if section is None:
        return known

    def listed(name: str, written: Any) -> tuple[list[Entry], list[Entry]]:
        reader = _ListReader(path, positions, (li_declarations.SECTION, name), _LI_TOPICS[name], today, quiet=True)
        return reader.sorted(written, notes)

    found = li_declarations.merged(path, positions, section, listed, known)
    li_declarations.guard(path, content, positions)
    return found


def _core_ranges(path: Path, positions: Positions, found: Any, today: datetime.date, notes: list[str]) -> list[Entry]:
    """`core_ranges: {ran: [prefix, ...], ...}`: the name of a range is the kind of its entries."""
    where = ("address_plan", "core_ranges")
    if not isinstance(found, Mapping):
        raise DataFileError(f"{path}:{positions.line(where)}: core_ranges: expected a mapping of names to lists")
    entries = []
    for name, listed in found.items():
        reader = _ListReader(path, positions, (*where, name), Topic("prefix", addresses=True), today)
        for entry in reader.entries(listed, notes):
            declared = msgspec.structs.replace(entry.declared, kind=str(name))
            entries.append(msgspec.structs.replace(entry, declared=declared))
    return entries


def _interface_roles(path: Path, positions: Positions, found: Any) -> list[InterfaceRole]:
    """`interfaces: [{pattern, role}, ...]`; the first pattern that fits an interface decides."""
    if not isinstance(found, list):
        raise DataFileError(f"{path}:{positions.line(('interfaces',))}: interfaces: expected a list")
    roles = []
    for index, item in enumerate(found):
        line = positions.line(("interfaces", index))
        if not isinstance(item, Mapping) or not {"pattern", "role"} <= set(item):
            raise DataFileError(f"{path}:{line}: interfaces: an entry needs 'pattern' and 'role'")
        _keys(path, positions, ("interfaces", index), item, ("pattern", "role"))
        try:
            re.compile(str(item["pattern"]))
        except re.error as error:
            raise DataFileError(f"{path}:{line}: interfaces: not a regular expression: {error}") from None
        roles.append(InterfaceRole(str(item["pattern"]), str(item["role"])))
    return roles


def _top_level(path: Path, content: Any, positions: Positions) -> None:
    if not isinstance(content, Mapping):
        raise DataFileError(f"{path}:1: expected a mapping with 'schema: {SCHEMA}'")
    if content.get("schema") != SCHEMA:
        raise DataFileError(f"{path}:{positions.line(('schema',))}: expected schema {SCHEMA}")
    _keys(path, positions, (), content, _TOP)
    for section in (*TOPICS, li_declarations.SECTION):
        inner = content.get(section)
        if inner is None:
            continue
        if not isinstance(inner, Mapping):
            raise DataFileError(f"{path}:{positions.line((section,))}: {section}: expected a mapping")
        _keys(path, positions, (section,), inner, (*TOPICS.get(section, {}), *_FREE.get(section, ())))


def _keys(
    path: Path, positions: Positions, where: tuple[str | int, ...], found: Mapping[str, Any], known: Iterable[str]
) -> None:
    names = list(known)
    for key in found:
        if key not in names:
            raise DataFileError(f"{path}:{positions.line((*where, key))}: unknown key '{key}'; {nearest(key, names)}")


class _ListReader(msgspec.Struct, frozen=True):
    """Reads the entries of one list."""

    path: Path
    positions: Positions
    where: tuple[str, ...]
    topic: Topic
    today: datetime.date
    quiet: bool = False
    """Notes and errors name the list and not the value."""

    def entries(self, listed: Any, notes: list[str]) -> list[Entry]:
        return self.sorted(listed, notes)[0]

    def sorted(self, listed: Any, notes: list[str]) -> tuple[list[Entry], list[Entry]]:
        """Entries that hold, and those that have expired."""
        if not isinstance(listed, list):
            raise self._error((), "expected a list")
        found: list[Entry] = []
        expired: list[Entry] = []
        for index, item in enumerate(listed):
            entry = self._entry(item, index)
            last = day(entry.expires)
            if last is not None and last < self.today:
                line = self.positions.line((*self.where, index))
                what = f"an entry of {self.where[-1]}" if self.quiet else f"'{entry.declared.value}'"
                notes.append(f"{self.path}:{line}: {what} expired on {entry.expires}: it counts as undeclared")
                expired.append(entry)
            else:
                found.append(entry)
        return found, expired

    def _entry(self, item: Any, index: int) -> Entry:
        if not isinstance(item, Mapping):
            return Entry(Declared(self._value(item, index), place=self._place(index)), {})
        known = (self.topic.key, *self.topic.more, *_COMMON)
        if self.quiet and not set(item) <= set(known):
            raise self._error((index,), f"unknown key; known: {', '.join(known)}")
        _keys(self.path, self.positions, (*self.where, index), item, known)
        if self.topic.key not in item:
            raise self._error((index,), f"an entry needs '{self.topic.key}'")
        expires = str(item.get("expires") or "")
        if expires and day(expires) is None:
            raise self._error((index, "expires"), "expected a date YYYY-MM-DD")
        declared = Declared(
            value=self._value(item[self.topic.key], index),
            owner=str(item.get("owner") or ""),
            reason=str(item.get("reason") or ""),
            kind=str(item.get("kind") or "") if self.topic.key != "kind" else "",
            more={key: _text(item[key]) for key in self.topic.more if item.get(key) is not None},
            place=self._place(index),
        )
        return Entry(declared, {key: self._patterns(item, key, index) for key in _SCOPE if key in item}, expires)

    def _place(self, index: int) -> str:
        return f"{self.path}:{self.positions.line((*self.where, index))}"

    def _patterns(self, item: Mapping[str, Any], key: str, index: int) -> tuple[str, ...]:
        if not isinstance(item[key], list):
            raise self._error((index, key), f"{key}: expected a list of patterns")
        return tuple(str(pattern) for pattern in item[key])

    def _value(self, value: Any, index: int) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            raise self._error((index,), f"expected a text or a number for '{self.topic.key}'")
        text = str(value)
        other = self.topic.words and re.fullmatch(self.topic.words, text)
        if self.topic.addresses and network(text) is None and not other:
            found = "" if self.quiet else f", found '{text}'"
            raise self._error((index,), f"expected an address or prefix{found}")
        return text

    def _error(self, steps: tuple[str | int, ...], message: str) -> DataFileError:
        line = self.positions.line((*self.where, *steps))
        return DataFileError(f"{self.path}:{line}: {'.'.join(self.where)}: {message}")


def _text(value: Any) -> str:
    """Plain YAML as text: `true` and `false` as YAML spells them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_scope(entry: Entry, device: Device) -> bool:
    subjects: dict[str, tuple[str, ...]] = {
        "devices": (device.name,),
        "roles": (device.role,),
        "sites": (device.site,),
        "tags": device.tags,
    }
    return all(
        any(fnmatchcase(subject, pattern) for subject in subjects[key] for pattern in patterns)
        for key, patterns in entry.scope.items()
    )
