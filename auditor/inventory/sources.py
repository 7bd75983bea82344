"""The lists of other tools: which there are, and what a file is by its name and content."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from auditor.inventory.ansible import looks_like_ansible, read_ansible
from auditor.inventory.labs import looks_like_netlab, read_containerlab, read_netlab
from auditor.inventory.listed import InventoryError, Listing, Options
from auditor.inventory.netbox import read_netbox
from auditor.inventory.nornir import looks_like_nornir, read_nornir
from auditor.inventory.savers import read_oxidized, read_oxidized_web, read_rancid
from auditor.inventory.tables import is_table, read_csv, read_xlsx
from auditor.syntax.datafile import DataFileError, nearest, read

Resolve = Callable[[str], str]
"""Reference of a secret -> the secret."""

_FILES: dict[str, Callable[[Path, Options], Listing]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "ansible": read_ansible,
    "nornir": read_nornir,
    "containerlab": read_containerlab,
    "netlab": read_netlab,
    "oxidized": read_oxidized,
    "rancid": read_rancid,
}
KINDS = (*_FILES, "netbox")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of another tool that an inventory takes devices from."""

    kind: str
    path: str = ""
    """A file, relative to the inventory."""
    url: str = ""
    """NetBox, or the web interface of Oxidized."""
    token: str = ""
    """Reference of NetBox's token."""
    certificates: str = ""
    """File of the authorities that signed NetBox's certificate."""
    filter: dict[str, str] = {}
    """Filters of NetBox, for example `{role: pe, status: active}`."""
    options: dict[str, str] = {}
    """`group` of Ansible; `delimiter` and `map` of Oxidized."""

    def __repr__(self) -> str:
        return f"Source(kind={self.kind!r}, path={self.path!r}, url={self.url!r})"


def listing(source: Source, inventory: Path, resolve: Resolve) -> Listing:
    """The devices of a source."""
    if source.kind not in KINDS:
        raise InventoryError(f"unknown kind '{source.kind}'; {nearest(source.kind, list(KINDS))}")
    if source.kind == "netbox":
        if not source.url or not source.token:
            raise InventoryError("kind 'netbox' needs 'url' and 'token'")
        certificates = str(inventory.parent / source.certificates) if source.certificates else ""
        return read_netbox(source.url, resolve(source.token), source.filter, inventory, certificates)
    if source.kind == "oxidized" and source.url:
        return read_oxidized_web(source.url, inventory)
    if not source.path:
        raise InventoryError(f"kind '{source.kind}' needs 'path'")
    return _FILES[source.kind](inventory.parent / source.path, source.options)


def recognise(path: Path) -> str:
    """The kind of a file that is no inventory of our own; empty for anything else."""
    name, suffix = path.name, path.suffix.lower()
    if not path.is_file():
        return ""
    if suffix == ".xlsx":
        return "xlsx"
    if suffix in (".csv", ".tsv"):
        return "csv" if is_table(path) else ""
    if name == "router.db":
        return "rancid" if _is_rancid(path) else "oxidized"
    if name == "topology-data.json":
        return "containerlab"
    if suffix == ".ini" or name in ("hosts", "inventory"):
        return "ansible"
    return _yaml_kind(path) if suffix in (".yaml", ".yml") else ""


def _is_rancid(path: Path) -> bool:
    rows = [row for row in path.read_text("utf-8", "replace").splitlines() if row.strip() and row.lstrip()[0] != "#"]
    fields = [row.split(";" if ";" in row else ":") for row in rows]
    return any(len(row) > 2 and row[2].strip().lower() in ("up", "down") for row in fields)


def _yaml_kind(path: Path) -> str:
    try:
        content = read(path)[0]
    except DataFileError:
        # A tag such as !vault is no YAML of ours, but may be an inventory of Ansible, which says so.
        return "ansible" if "!vault" in path.read_text("utf-8", "replace") else ""
    if not isinstance(content, dict) or "schema" in content:
        return ""
    if looks_like_netlab(content):
        return "netlab"
    if looks_like_ansible(content):
        return "ansible"
    return "nornir" if looks_like_nornir(content) else ""
