"""Nornir's SimpleInventory: `hosts.yaml` with `groups.yaml` and `defaults.yaml` beside it.

A host's own value is before those of its groups in their order, those before the defaults
(nornir.readthedocs.io, tutorial "Inventory"). containerlab's `nornir-simple-inventory.yml` is such a file of hosts.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from auditor.inventory.listed import InventoryError, Listed, Listing, Options, fault, number, words
from auditor.syntax.datafile import Positions, read

_CONTAINERLAB = "nornir-simple-inventory"
"""Is written without a file of groups beside it."""
_FIELDS = frozenset(("hostname", "port", "username", "password", "platform", "groups", "data", "connection_options"))


def read_nornir(path: Path, _options: Options) -> Listing:
    """The hosts of a file. A group that is named and not defined is an error, as it is for Nornir."""
    content, positions = read(path)
    if not looks_like_nornir(content):
        raise InventoryError(f"{path}: no hosts of Nornir: expected a name for each host, with hostname and platform")
    groups = _groups(path)
    defaults, _, _ = _beside(path, "defaults")
    found = []
    for name, body in content.items():
        host = body or {}
        line = positions.line((name,))
        for group in () if path.stem == _CONTAINERLAB else _names(host):
            if group not in groups:
                raise fault(path, line, f"host '{name}': group '{group}' is not defined")
        chain = [host, *_chain(host, groups), defaults]
        found.append(
            Listed(
                name=name,
                line=line,
                platform=_value(chain, "platform"),
                address=_value(chain, "hostname") or name,
                port=number(path, line, name, _value(chain, "port")),
                role=_data(chain, "role"),
                site=_data(chain, "site"),
                groups=tuple(_names(host)),
            )
        )
    return Listing(path, tuple(found))


def _groups(path: Path) -> dict[str, Any]:
    """The groups beside a file of hosts. One that belongs to a group that is not defined is an error."""
    groups, file, positions = _beside(path, "groups")
    for name, body in groups.items():
        for group in _names(body or {}):
            if group not in groups:
                raise fault(file, positions.line((name,)), f"group '{name}': group '{group}' is not defined")
    return groups


def looks_like_nornir(content: object) -> bool:
    """Whether a YAML document holds hosts with the fields of Nornir and no others."""
    if not isinstance(content, dict) or not content:
        return False
    bodies = [body for body in content.values() if body is not None]
    return bool(bodies) and all(isinstance(body, dict) and body.keys() <= _FIELDS for body in bodies)


def _beside(path: Path, name: str) -> tuple[dict[str, Any], Path, Positions]:
    for suffix in (".yaml", ".yml"):
        file = path.with_name(name + suffix)
        if file.is_file():
            content, positions = read(file)
            return content if isinstance(content, dict) else {}, file, positions
    return {}, path, Positions({})


def _names(host: Mapping[str, Any]) -> list[str]:
    return [words(name) for name in host.get("groups") or ()]


def _chain(host: Mapping[str, Any], groups: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    waiting, seen = _names(host), set[str]()
    while waiting:
        name = waiting.pop(0)
        group = groups.get(name) or {}
        if name not in seen:
            seen.add(name)
            yield group
            waiting += _names(group)


def _value(chain: list[Mapping[str, Any]], field: str) -> str:
    return next((words(one[field]) for one in chain if one.get(field)), "")


def _data(chain: list[Mapping[str, Any]], field: str) -> str:
    return next((words(one["data"][field]) for one in chain if (one.get("data") or {}).get(field)), "")
