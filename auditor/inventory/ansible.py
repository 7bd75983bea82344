"""Ansible inventories in YAML and INI, with `group_vars` and `host_vars` beside them.

Variables: a host's own before those of its groups, an inner group before an outer one, files before the inventory's own
text (docs.ansible.com, "Using variables": where to set variables, and "How to build your inventory"). Logins are left
alone; a value that ansible-vault encrypted is refused, because it would have to be decrypted to know what it says.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from auditor.inventory.listed import InventoryError, Listed, Listing, Options, fault, number, text_of, words
from auditor.model.platform import Platform, canonical
from auditor.syntax.datafile import read

_VAULT = re.compile(r"!vault\b|^\$ANSIBLE_VAULT;")
_HEADING = re.compile(r"\[([^\]:]+)(?::(children|vars|hosts))?\]\s*(?:#.*)?$")
_RANGE = re.compile(r"\[(\w+):(\w+)(?::(\d+))?\]")
_MOST = 100_000
_NO_DEVICE = ("linux", "host", "bridge", "ovs-bridge", "ext-container", "k8s-kind")
"""Groups that containerlab makes of kinds that are no network system."""


class _Group(msgspec.Struct):
    """A group: its own hosts with their variables, its variables, the groups inside."""

    hosts: dict[str, tuple[int, dict[str, Any]]] = {}
    variables: dict[str, Any] = {}
    children: list[str] = []


_PLATFORMS = frozenset(map(str, Platform))
_CONTAINERLAB = "ansible-inventory.yml"
Groups = dict[str, _Group]


def read_ansible(path: Path, options: Options) -> Listing:
    """An inventory file; `group` among the options takes the hosts of one group only."""
    groups = _ini(path) if path.suffix in ("", ".ini", ".cfg") else _yaml(path)
    files = _Files(path.parent)
    parents = _parents(groups, path)
    listed, notes = [], []
    for name, line in _hosts(groups):
        around = _around(name, groups, parents)
        if options.get("group") and options["group"] not in around:
            continue
        values = _values(name, around, groups, files)
        if _no_device(values, around):
            notes.append(f"{path}: '{name}' is left out: no network system")
            continue
        listed.append(_listed(path, line, name, values, around))
    if not listed:
        raise InventoryError(f"{path}: no hosts" + (f" in group '{options['group']}'" if "group" in options else ""))
    return Listing(path, tuple(listed), tuple(notes))


def looks_like_ansible(content: object) -> bool:
    """Whether a YAML document has groups with hosts or groups inside."""
    if not isinstance(content, dict) or not content:
        return False
    return all(isinstance(group, dict) and (group.keys() & {"hosts", "children", "vars"}) for group in content.values())


def _no_device(values: Mapping[str, Any], around: list[str]) -> bool:
    return not _platform(values) and any(group in _NO_DEVICE for group in around)


def _platform(values: Mapping[str, Any]) -> str:
    return next((words(values[key]) for key in ("platform", "ansible_network_os", "network_os") if values.get(key)), "")


def _kind(around: list[str]) -> str:
    """Containerlab groups nodes by their kinds, of which it names the network system for some alone."""
    return next((group for group in reversed(around) if canonical(group) in _PLATFORMS), "")


def _listed(path: Path, line: int, name: str, values: Mapping[str, Any], around: list[str]) -> Listed:
    return Listed(
        name=name,
        line=line,
        platform=_platform(values) or (_kind(around) if path.name == _CONTAINERLAB else ""),
        address=words(values.get("ansible_host") or values.get("ansible_ssh_host") or name),
        port=number(path, line, name, words(values.get("ansible_port") or values.get("ansible_ssh_port") or "")),
        role=words(values.get("role", "")),
        site=words(values.get("site", "")),
        groups=tuple(sorted(group for group in around if group not in ("all", "ungrouped"))),
    )


# Groups ------------------------------------------------------------------------------------------------------------


def _hosts(groups: Groups) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for group in groups.values():
        for name, (line, _) in group.hosts.items():
            if name not in seen:
                seen.add(name)
                yield name, line


def _parents(groups: Groups, path: Path) -> dict[str, list[str]]:
    """Group -> the groups around it."""
    parents: dict[str, list[str]] = {}
    for name, group in groups.items():
        for child in group.children:
            if child not in groups:
                raise InventoryError(f"{path}: group '{name}' has a child '{child}' that is not defined")
            parents.setdefault(child, []).append(name)
    return parents


def _around(host: str, groups: Groups, parents: dict[str, list[str]]) -> list[str]:
    """The groups of a host, the outermost first."""
    found: dict[str, int] = {}
    waiting = [(name, 0) for name, group in groups.items() if host in group.hosts]
    while waiting:
        name, depth = waiting.pop()
        if found.get(name, -1) >= depth or depth > len(groups):
            continue
        found[name] = depth
        waiting += [(parent, depth + 1) for parent in parents.get(name, ())]
    found.pop("all", None)
    return ["all", *sorted(found, key=lambda name: (-found[name], name))]


def _values(host: str, around: list[str], groups: Groups, files: "_Files") -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in around:
        values |= groups[name].variables if name in groups else {}
        values |= files.of("group_vars", name)
    for name in around:
        values |= groups[name].hosts.get(host, (0, {}))[1] if name in groups else {}
    return values | files.of("host_vars", host)


class _Files:
    """`group_vars/NAME[.yml]` and `host_vars/NAME[.yml]`, each a file or a folder of files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], dict[str, Any]] = {}

    def of(self, kind: str, name: str) -> dict[str, Any]:
        known = self._known.get((kind, name))
        if known is None:
            known = self._known[kind, name] = self._read(kind, name)
        return known

    def _read(self, kind: str, name: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if "/" in name or name.startswith("."):
            return values
        base = self._folder / kind / name
        places = [base, base.with_name(f"{name}.yml"), base.with_name(f"{name}.yaml"), base.with_name(f"{name}.json")]
        for place in places:
            inside = sorted(place.iterdir()) if place.is_dir() else [place] if place.is_file() else []
            for file in inside:
                if file.is_file() and file.suffix in ("", ".yml", ".yaml", ".json"):
                    content = _plain(file)[0]
                    values |= content if isinstance(content, dict) else {}
        return values


def _plain(path: Path) -> tuple[Any, Any]:
    text = text_of(path)
    for line, row in enumerate(text.splitlines(), 1):
        if _VAULT.search(row):
            raise fault(
                path, line, "a value encrypted by ansible-vault: take it out, or put it into a file of its own that the "
                "inventory does not need; logins are named in the auditor's own inventory"
            )  # fmt: skip
    return read(path)


# Forms -------------------------------------------------------------------------------------------------------------


def _yaml(path: Path) -> Groups:
    content, positions = _plain(path)
    if not isinstance(content, dict):
        raise InventoryError(f"{path}: no inventory of Ansible: expected groups")
    groups: Groups = {}
    stack: list[tuple[str, Any, tuple[str, ...]]] = [(name, body, (name,)) for name, body in content.items()]
    while stack:
        name, body, steps = stack.pop()
        group = groups.setdefault(name, _Group({}, {}, []))
        if body is None:
            continue
        if not isinstance(body, dict):
            raise fault(path, positions.line(steps), f"group '{name}': expected hosts, children or vars")
        group.variables |= body.get("vars") or {}
        for pattern, values in (body.get("hosts") or {}).items():
            line = positions.line((*steps, "hosts", pattern))
            for host in _expanded(pattern):
                group.hosts[host] = (line, dict(values or {}))
        for child, inner in (body.get("children") or {}).items():
            group.children.append(child)
            stack.append((child, inner, (*steps, "children", child)))
    return groups


def _ini(path: Path) -> Groups:
    groups: Groups = {"ungrouped": _Group({}, {}, [])}
    section, kind = "ungrouped", "hosts"
    for line, row in enumerate(text_of(path).splitlines(), 1):
        text = row.strip()
        if not text or text[0] in "#;":
            continue
        if _VAULT.search(text):
            raise fault(path, line, "a value encrypted by ansible-vault")
        heading = _HEADING.match(text)
        if heading:
            section, kind = heading[1].strip(), heading[2] or "hosts"
            groups.setdefault(section, _Group({}, {}, []))
        elif text[0] == "[":
            raise fault(path, line, "a heading that is no [group], [group:children] or [group:vars]")
        elif kind == "children":
            groups[section].children.append(text.split()[0])
        elif kind == "vars":
            key, _, value = text.partition("=")
            groups[section].variables[key.strip()] = value.strip().strip("\"'")
        else:
            _ini_host(path, line, text, groups[section])
    return groups


def _ini_host(path: Path, line: int, text: str, group: _Group) -> None:
    try:
        pattern, *settings = shlex.split(text, comments=True)
    except ValueError as error:
        raise fault(path, line, "a quote that is not closed") from error
    values = dict(setting.partition("=")[::2] for setting in settings)
    for host in _expanded(pattern):
        name, _, port = host.partition(":") if host.count(":") == 1 else (host, "", "")
        group.hosts[name] = (line, ({"ansible_port": port} if port else {}) | values)


def _expanded(pattern: str) -> list[str]:
    """`pe[01:12]`, `pe-[a:c]`: every host that the pattern stands for."""
    match = _RANGE.search(pattern)
    steps = _steps(match[1], match[2], int(match[3] or 1)) if match is not None else []
    if match is None or not steps:
        return [pattern]
    head, tail = pattern[: match.start()], _expanded(pattern[match.end() :])
    return [f"{head}{step}{end}" for step in steps for end in tail][:_MOST]


def _steps(first: str, last: str, stride: int) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [
            str(at).zfill(len(first))
            for at in range(int(first), min(int(last) + 1, int(first) + _MOST), max(stride, 1))
        ]
    if len(first) == len(last) == 1:
        return [chr(at) for at in range(ord(first), ord(last) + 1, max(stride, 1))]
    return []
