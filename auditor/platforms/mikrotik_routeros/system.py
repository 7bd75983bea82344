"""Identity of the device and the texts that it shows at a login."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.mikrotik_routeros.commands import RESOURCE
from auditor.platforms.mikrotik_routeros.statements import ExportReader
from auditor.syntax.text import decode

_HEADER = re.compile(r"#\s*(model|serial number|board-name|version)\s*[:=]\s*(\S.*?)\s*$")
_RELEASE = re.compile(r"#.*\bby RouterOS (\d[\w.]*)|#\s*(?:version|installed-version): (\d[\w.]*)")
_RESOURCE = re.compile(r"\s*(version|board-name):\s*(\S.*?)\s*$")
_SCRUBBED = re.compile(r"[xX*-]+$|<.*>$")
_HEAD = 80
"""Lines at the beginning in which collectors and the device write their headers."""


def resources(documents: Sequence[Document]) -> dict[str, tuple[str, Source]]:
    """`version: 7.10.1 (stable)` and `board-name: CHR` of `/system resource print`."""
    found = {}
    for document in documents:
        for index, line in enumerate(decode(document.content) if document.role == RESOURCE else ()):
            match = _RESOURCE.match(line)
            if match:
                found[match[1]] = (match[2], Source(document.name, index + 1, index + 1, line.strip()))
    return found


def release(
    lines: Sequence[str], document: str, told: Mapping[str, tuple[str, Source]] = MappingProxyType({})
) -> tuple[str, Setting[str]]:
    """`# 2026-03-10 15:04:16 by RouterOS 7.18.2`, or oxidized's `# version: 7.16 (stable)`."""
    for index, line in enumerate(lines[:_HEAD]):
        match = _RELEASE.match(line)
        if match:
            found = match[1] or match[2]
            return found, Known(found, (Source(document, index + 1, index + 1, line.strip()),))
    if "version" in told:
        number, source = told["version"]
        return number.split()[0], Known(number.split()[0], (source,))
    return "", Unknown(Code.VERSION, "the export has no header that names the release")


def system(reader: ExportReader, told: Mapping[str, tuple[str, Source]] = MappingProxyType({})) -> System:
    """Read the header (`# model = M`, `# serial number = S`) and `/system note set note="..." show-at-login=yes`.

    The note is shown after a login (threats reference, login-banner-missing).
    """
    banners: tuple[Banner, ...] = ()
    note = reader.only("system note", "show-at-login", "show-at-cli-login")
    if note is not None and note.has("note"):
        text = note.get("note")
        banners = (Banner("note", before_login=False, source=reader.at(note, "note"), empty=not text.strip()),)
    model = _header(reader, ("model", "board-name"), "hardware model")
    if isinstance(model, Unknown) and model.code is Code.VERSION and "board-name" in told:
        model = Known(told["board-name"][0], (told["board-name"][1],))
    return System(
        model=model,
        serial=_header(reader, ("serial number",), "serial number"),
        banners=banners,
    )


def _header(reader: ExportReader, names: tuple[str, ...], what: str) -> Setting[str]:
    found: dict[str, Setting[str]] = {}
    for index, line in enumerate(reader.lines[:_HEAD]):
        match = _HEADER.match(line) if line.startswith("#") else None
        if match and match[1] in names:
            source = Source(reader.document, index + 1, index + 1, line.strip())
            hidden = Unknown(Code.HIDDEN, f"the {what} was taken out of the capture", (source,))
            found[match[1]] = hidden if _SCRUBBED.match(match[2]) else Known(match[2], (source,))
    return next((found[name] for name in names if name in found), Unknown(Code.VERSION, f"no header names the {what}"))
