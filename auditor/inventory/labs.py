"""Labs: what containerlab and netlab write about the devices they start.

containerlab: `topology-data.json` (containerlab.dev/manual/inventory); its `ansible-inventory.yml` and
`nornir-simple-inventory.yml` are read as what they are. netlab: `netlab.snapshot.yml`, and `netlab-devices.yml` of the
output module `devices` (netlab.tools/outputs/devices).
"""

import json
import re
from pathlib import Path
from typing import Any

from auditor.inventory.listed import InventoryError, Listed, Listing, Options, fault, number, text_of, words
from auditor.syntax.datafile import read

_HOSTS = ("linux", "host", "bridge", "ovs-bridge", "ext-container", "k8s-kind", "border0", "none", "dnsmasq")
"""Kinds and devices that are no network system."""


def read_containerlab(path: Path, _options: Options) -> Listing:
    """The nodes of `topology-data.json`; a node of a kind that is no network system is left out."""
    text = text_of(path)
    try:
        content = json.loads(text, object_pairs_hook=lambda pairs: _once(path, text, pairs))
    except ValueError as error:
        raise InventoryError(f"{path}: no JSON") from error
    nodes = content.get("nodes") if isinstance(content, dict) else None
    if not isinstance(nodes, dict):
        raise InventoryError(f"{path}: no topology data of containerlab: expected 'nodes'")
    listed, notes = [], []
    for name, node in nodes.items():
        line = _line(text, name)
        if not isinstance(node, dict):
            raise fault(path, line, f"node '{name}': expected an object")
        if words(node.get("kind")) in _HOSTS:
            notes.append(f"{path}: '{name}' is left out: kind '{node['kind']}' is no network system")
            continue
        listed.append(
            Listed(
                name=words(node.get("longname")) or name,
                line=line,
                platform=words(node.get("kind")),
                address=words(node.get("mgmt-ipv4-address")) or words(node.get("mgmt-ipv6-address")),
                groups=tuple(one for one in (words(node.get("group")),) if one),
            )
        )
    return Listing(path, tuple(listed), tuple(notes))


def read_netlab(path: Path, _options: Options) -> Listing:
    """The nodes of a snapshot, or the devices of the output module `devices`."""
    content, positions = read(path)
    nodes, inside = _nodes(content)
    if not isinstance(nodes, dict):
        raise InventoryError(f"{path}: neither a snapshot of netlab nor its list of devices")
    listed, notes = [], []
    for name, node in nodes.items():
        line = positions.line((*inside, name))
        if not isinstance(node, dict):
            raise fault(path, line, f"node '{name}': expected settings")
        if words(node.get("device")) in _HOSTS or node.get("role") == "host":
            notes.append(f"{path}: '{name}' is left out: it is a host")
            continue
        management = node.get("mgmt") or {}
        address = words(node.get("ansible_host")) or words(management.get("ipv4")) or words(management.get("ipv6"))
        listed.append(
            Listed(
                name=name,
                line=line,
                platform=words(node.get("ansible_network_os") or node.get("device")),
                address=(address or name).partition("/")[0],
                port=number(path, line, name, words(node.get("ansible_port", ""))),
                role=words(node.get("role", "")),
                groups=tuple(words(one) for one in node.get("group", ()) or () if isinstance(node.get("group"), list)),
            )
        )
    return Listing(path, tuple(listed), tuple(notes))


def looks_like_netlab(content: object) -> bool:
    """Whether a YAML document is a snapshot of netlab or its list of devices."""
    nodes, _ = _nodes(content)
    return (
        isinstance(nodes, dict)
        and bool(nodes)
        and all(isinstance(one, dict) and "device" in one for one in nodes.values())
    )


def _nodes(content: object) -> tuple[Any, tuple[str, ...]]:
    if isinstance(content, dict) and isinstance(content.get("nodes"), dict):
        return content["nodes"], ("nodes",)
    return content, ()


def _once(path: Path, text: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ: of two nodes of one name the first would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for at, name in enumerate(names) if name in names[:at])
        raise fault(path, _line(text, twice, last=True), f"'{twice}' is listed twice")
    return found


def _line(text: str, name: str, *, last: bool = False) -> int:
    key = re.compile(rf'"{re.escape(name)}"\s*:')
    at = max((one.start() for one in key.finditer(text)), default=-1) if last else _first(key, text)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _first(key: re.Pattern[str], text: str) -> int:
    found = key.search(text)
    return found.start() if found else -1
