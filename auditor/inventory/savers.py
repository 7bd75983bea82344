"""Tools that save configurations: Oxidized and RANCID.

Oxidized: `router.db` of the source `csv` (`name:model[:...]` by default; other maps are told by options), and `/nodes.json`
of its web interface. RANCID: `router.db` (`name;type;state`, before version 3 with colons), with the saved files in
`configs/` beside it (router.db(5)).
"""

import json
import urllib.error
import urllib.request
from pathlib import Path

from auditor.inventory.listed import InventoryError, Listed, Listing, Options, fault, number, text_of, words

_RANCID = {
    "cisco": "cisco_ios",
    "cisco-xr": "cisco_iosxr",
    "cisco-nx": "cisco_nxos",
    "juniper": "juniper_junos",
    "arista": "arista_eos",
    "sros": "nokia_sros",
    "sr-os": "nokia_sros",
    "sros-md": "nokia_sros",
    "srlinux": "nokia_srlinux",
    "huawei": "huawei_vrp",
    "vrp": "huawei_vrp",
    "routeros": "mikrotik_routeros",
    "mikrotik": "mikrotik_routeros",
    "zebra": "frr",
    "frr": "frr",
}
_STATES = ("up", "down", "ticketed")
_COLUMNS = ("name", "model", "ip", "group", "port", "site", "role")
_SECONDS = 30
_MOST_BYTES = 256 * 1024 * 1024


def read_rancid(path: Path, _options: Options) -> Listing:
    """Devices that are `up`, each with the saved configuration beside it where there is one."""
    found, notes = [], []
    for line, row in enumerate(text_of(path).splitlines(), 1):
        text = row.strip()
        if not text or text[0] == "#":
            continue
        fields = [field.strip() for field in text.split(";" if ";" in text else ":")]
        if len(fields) < 3 or fields[2].lower() not in _STATES:
            raise fault(path, line, "expected name;type;state, with state up, down or ticketed")
        name, kind, state = fields[:3]
        if state.lower() != "up":
            notes.append(f"{path}:{line}: '{name}' is left out: it is marked '{state}'")
            continue
        saved = path.parent / "configs" / name.lower()
        found.append(
            Listed(
                name=name,
                line=line,
                platform=_RANCID.get(kind.lower(), kind),
                address=name,
                groups=(path.parent.name,),
                config=f"configs/{name.lower()}" if saved.is_file() else "",
            )
        )
    return Listing(path, tuple(found), tuple(notes))


def read_oxidized(path: Path, options: Options) -> Listing:
    """`router.db` of Oxidized. Options: `delimiter` (`:`), `map` (`name=0,model=1,...`)."""
    delimiter = options.get("delimiter", ":")
    places = _map(path, options.get("map", "name=0,model=1"))
    found = []
    for line, row in enumerate(text_of(path).splitlines(), 1):
        if not row.strip() or row.lstrip()[0] == "#":
            continue
        fields = row.split(delimiter)
        cells = {column: fields[at].strip() for column, at in places.items() if at < len(fields)}
        if not cells.get("name") or not cells.get("model"):
            raise fault(path, line, "a row without a name or a model")
        found.append(
            Listed(
                name=cells["name"],
                line=line,
                platform=cells["model"],
                address=cells.get("ip") or cells["name"],
                port=number(path, line, cells["name"], cells.get("port", "")),
                role=cells.get("role", ""),
                site=cells.get("site", ""),
                groups=tuple(one for one in (cells.get("group", ""),) if one),
            )
        )
    return Listing(path, tuple(found))


def read_oxidized_web(url: str, path: Path) -> Listing:
    """`/nodes.json` of Oxidized's web interface; `path` is the inventory that names it."""
    address = url.rstrip("/") + "/nodes.json"
    if not address.startswith(("http://", "https://")):
        raise InventoryError(f"{path}: '{url}': expected an address that begins with http:// or https://")
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # the scheme was looked at
            content = json.loads(answer.read(_MOST_BYTES))
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise InventoryError(f"{path}: Oxidized does not answer: {getattr(error, 'reason', error)}") from error
    except ValueError as error:
        raise InventoryError(f"{path}: Oxidized answers something that is no JSON") from error
    if not isinstance(content, list) or not all(isinstance(node, dict) and node.get("name") for node in content):
        raise InventoryError(f"{path}: Oxidized answers something that is no list of nodes")
    nodes = [
        Listed(
            name=words(node["name"]),
            line=0,
            platform=words(node.get("model")),
            address=words(node.get("ip")) or words(node["name"]),
            groups=tuple(one for one in (words(node.get("group")),) if one and one != "default"),
        )
        for node in content
    ]
    return Listing(path, tuple(nodes))


def _map(path: Path, text: str) -> dict[str, int]:
    places = {}
    for part in text.split(","):
        column, _, at = part.strip().partition("=")
        if column not in _COLUMNS or not at.isdigit():
            raise InventoryError(f"{path}: map '{part}': expected one of {', '.join(_COLUMNS)}, '=' and a number")
        places[column] = int(at)
    return places
