"""The JSON form of the running configuration (`show running-config | json`), laid out as the text it stands for.

    {"header": ["! device: r1 (...)"], "comments": [], "cmds": {"hostname r1": null,
     "interface Ethernet1": {"comments": [], "cmds": {"no switchport": null}}}}

Each statement is put at the line of the document where it stands, indented by its depth. Where several stand on one
line, they are laid out one a line, and line numbers count that layout. Arrays of results (eAPI) may be around it.
"""

import re
from collections.abc import Iterator

import msgspec

from auditor.syntax import jsonitems
from auditor.syntax.items import Item

_STEP = "   "
_NOISE = re.compile(r"\s*$|[!#]|[\w.()@:~/-]+[#>]|```|Enter commands:")
_LEAD = 40
"""Lines of capture noise that may stand before the first brace."""
_SIGN = '"cmds"'
_TEXT = re.compile(r'"output"\s*:\s*"[^"]{0,2000}\\n')


class Laid(msgspec.Struct):
    """A configuration laid out as text."""

    lines: list[str]
    bodies: dict[int, list[str]] = {}
    """Index of a statement -> the text inside it (banner, script)."""
    fault: str = ""
    """Why the document could not be read to its end."""
    text: bool = False
    """The result held the text form, which has an end mark of its own."""
    facts: dict[str, str] = {}
    """`modelName`, `version`, `serialNumber` of another result in the same document."""


def start(lines: list[str]) -> int | None:
    """Index of the line where the JSON begins; None where the document has another form."""
    for index, line in enumerate(lines[:_LEAD]):
        text = line.lstrip()
        if text[:1] in ("{", "["):
            rest = "\n".join(lines[index : index + 2000])
            return index if _SIGN in rest or _TEXT.search(rest) else None
        if not _NOISE.match(line):
            return None
    return None


def lay_out(lines: list[str]) -> Laid | None:
    """The document as text; None where it is no JSON of a running configuration."""
    first = start(lines)
    if first is None:
        return None
    root, fault = jsonitems.parse(lines, first)
    holder = next((item for item in (root, *root.walk()) if item.child("cmds") is not None), None)
    if holder is None:
        texts = [item for item in root.walk() if item.name == "output" and "\n" in item.value]
        return Laid(texts[0].value.split("\n"), text=True, fault=fault) if texts else None
    statements = list(_statements(holder))
    places = [line for _, _, line in statements]
    laid = Laid([], {}, fault, facts=_version(root))
    if len(set(places)) == len(places):
        laid.lines = [""] * len(lines)
        for depth, text, line in statements:
            _place(laid, line - 1, depth, text)
    else:
        laid.lines = [""] * len(statements)
        for index, (depth, text, _) in enumerate(statements):
            _place(laid, index, depth, text)
    return laid


def _place(laid: Laid, index: int, depth: int, text: str) -> None:
    first, *body = text.strip().split("\n")
    laid.lines[index] = _STEP * depth + first.strip()
    if body:
        laid.bodies[index] = body


def _statements(holder: Item) -> Iterator[tuple[int, str, int]]:
    """(depth, statement, line) in the order of the document; the header's comments come first."""
    for item in holder.children:
        if item.name == "header" and item.value:
            yield 0, item.value.split("\n")[0], item.line
    stack = [(0, item) for item in reversed(_inner(holder))]
    while stack:
        depth, item = stack.pop()
        if item.name.strip():
            yield depth, item.name, item.line
        stack.extend((depth + 1, inner) for inner in reversed(_inner(item)))


def _inner(item: Item) -> list[Item]:
    """The statements inside a block. An array of that name, which no device sends, has none."""
    return [inner for child in item.children if child.name == "cmds" and not child.listed for inner in child.children]


def _version(root: Item) -> dict[str, str]:
    for item in (root, *root.walk()):
        if item.child("modelName") is not None:
            return {name: item.text(name) for name in ("modelName", "version", "serialNumber") if item.text(name)}
    return {}
