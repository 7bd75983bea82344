"""Tables: CSV with a heading, and the first sheet of an Excel workbook.

Columns are told by their heading in any order and letter case: name, address, platform, port, role, site, groups,
config, credential, or one of the other names that people give them. A column of another name is left alone.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from auditor.inventory.listed import InventoryError, Listed, Listing, Options, fault, number, text_of

_COLUMNS = {
    "name": ("name", "hostname", "host", "device", "device name", "node", "sysname"),
    "address": ("address", "ip", "ip address", "mgmt", "management ip", "mgmt ip", "management address", "primary_ip"),
    "platform": ("platform", "os", "device_type", "network_os", "nos", "driver", "vendor os"),
    "port": ("port", "ssh port"),
    "role": ("role", "device role", "function"),
    "site": ("site", "location", "pop"),
    "groups": ("groups", "group", "tags", "tag"),
    "config": ("config", "configuration", "file"),
    "credential": ("credential", "credentials", "login"),
}
_SECRETS = ("password", "secret", "enable", "passwd", "community")
_DELIMITERS = ",;\t|"


def read_csv(path: Path, _options: Options) -> Listing:
    """A CSV file with a heading; the delimiter is the one of comma, semicolon, tab and bar that the heading holds most."""
    lines = text_of(path).splitlines()
    heading = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(lines, delimiter=delimiter)
    return _listing(path, ((reader.line_num, row) for row in reader))


def read_xlsx(path: Path, _options: Options) -> Listing:
    """The first sheet of a workbook; formulas count with the value that was saved."""
    try:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra
    except ImportError as error:
        raise InventoryError(f"{path}: reading workbooks needs the extra 'xlsx'") from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise InventoryError(f"{path}: no Excel workbook that can be read") from error
    try:
        sheet = book.worksheets[0]
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        return _listing(path, [(line, ["" if cell is None else str(cell) for cell in row]) for line, row in rows])
    finally:
        book.close()


def is_table(path: Path) -> bool:
    """Whether the first line of a text is a heading with a name and an address or a configuration."""
    try:
        heading = path.read_bytes()[:2000].decode("utf-8-sig").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        return False
    delimiter = max(_DELIMITERS, key=heading.count)
    found = _places(heading.split(delimiter))
    return "name" in found and ("address" in found or "config" in found)


def _listing(path: Path, rows: Iterable[tuple[int, Sequence[str]]]) -> Listing:
    found: list[Listed] = []
    places: dict[str, int] | None = None
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if places is None:
            places = _heading(path, line, row)
            continue
        cells = {column: row[at].strip() if at < len(row) else "" for column, at in places.items()}
        if not cells["name"]:
            raise fault(path, line, "a row without a name")
        found.append(_listed(path, line, cells))
    if places is None:
        raise InventoryError(f"{path}: no heading: expected columns such as name, address, platform")
    return Listing(path, tuple(found))


def _heading(path: Path, line: int, row: Sequence[str]) -> dict[str, int]:
    places = _places(row)
    if "name" not in places:
        raise fault(path, line, f"no column for the name: expected one of {', '.join(_COLUMNS['name'])}")
    for cell in row:
        if any(word in cell.lower() for word in _SECRETS):
            raise fault(path, line, f"column '{cell.strip()}': a table must hold no secrets; name a credential instead")
    return places


def _places(row: Sequence[str]) -> dict[str, int]:
    titles = [cell.strip().strip('"').lower().replace("-", " ") for cell in row]
    return {
        column: at
        for column, known in _COLUMNS.items()
        if (at := next((titles.index(title) for title in known if title in titles), -1)) >= 0
    }


def _listed(path: Path, line: int, cells: dict[str, str]) -> Listed:
    port = cells.get("port", "").removesuffix(".0")
    return Listed(
        name=cells["name"],
        line=line,
        platform=cells.get("platform", ""),
        address=cells.get("address", "").partition("/")[0],
        port=number(path, line, cells["name"], port),
        role=cells.get("role", ""),
        site=cells.get("site", ""),
        groups=tuple(cells.get("groups", "").replace(",", " ").replace(";", " ").split()),
        config=cells.get("config", ""),
        credential=cells.get("credential", ""),
    )
