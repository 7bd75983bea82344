"""Identity and banners (syntax-other-families A1.5, A2)."""

import re
from collections.abc import Sequence

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.text import decode

VERSION_DOCUMENT = "show version"
_MODEL = re.compile(r"(?:# )?Model: (\S+)\s*$")
_RELEASE = re.compile(
    r"Junos: (\d\S*)\s*$|JUNOS (?:EX +)?(?:Software Release|Software Suite|Base OS boot) \[(\d[^\]]*)\]"
)
_HEADER = 40
_BANNERS = (("message", True), ("announcement", False))


def system(reader: JunosReader, documents: Sequence[Document]) -> System:
    """Read `system login message` (before login) and `announcement` (after it), `Model:` of `show version`."""
    found = []
    for kind, before in _BANNERS:
        text = reader.leaf("system", "login", kind)
        if text is not None:
            found.append(Banner(kind, before, reader.source(text), empty=not text.text.strip()))
    return System(model=_model(reader, documents), banners=tuple(found))


def version(reader: JunosReader, documents: Sequence[Document]) -> Setting[str]:
    """The release that the configuration names, else the one of `show version`."""
    word = reader.leaf("version")
    if word is not None:
        return Known(word.text, (reader.source(word),))
    found = _search(documents, _RELEASE)
    if found is not None:
        match, source = found
        return Known(match[1] or match[2], (source,))
    return Unknown(Code.VERSION, "neither the configuration nor 'show version' names a release")


def _model(reader: JunosReader, documents: Sequence[Document]) -> Setting[str]:
    """The device's own word; a collector that puts `show version` above the configuration gives the same line."""
    found = _search(documents, _MODEL)
    if found is not None:
        return Known(found[0][1], (found[1],))
    for number, line in enumerate(reader.lines[:_HEADER], 1):
        match = _MODEL.match(line)
        if match is not None and line.startswith("#"):
            return Known(match[1], (reader.at(number),))
    return Unknown(Code.VERSION, "the documents name no hardware model")


def _search(documents: Sequence[Document], pattern: re.Pattern[str]) -> tuple[re.Match[str], Source] | None:
    for document in documents:
        if document.role == VERSION_DOCUMENT:
            for number, line in enumerate(decode(document.content), 1):
                match = pattern.match(line.strip())
                if match is not None:
                    return match, Source(document.name, number, number, line.strip())
    return None
