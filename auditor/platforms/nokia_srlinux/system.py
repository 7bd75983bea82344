"""Identity and the texts before login."""

import re
from collections.abc import Sequence

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.nokia_srlinux.commands import VERSION
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.syntax.text import decode

_FIELD = re.compile(r"\s*(?P<name>Chassis Type|Software Version|Serial Number)\s*:\s*(?P<value>\S.*?)\s*$")
_BANNERS = (("login-banner", True), ("motd-banner", False))


def fields(documents: Sequence[Document], running: Sequence[str], name: str) -> dict[str, tuple[str, Source]]:
    """What `show version` says, in its own document or before the configuration in the same session."""
    found: dict[str, tuple[str, Source]] = {}
    texts = [(name, list(running[:200]))]
    texts += [(one.name, decode(one.content)) for one in documents if one.role == VERSION]
    for document, lines in texts:
        for index, line in enumerate(lines):
            match = _FIELD.match(line) if ":" in line else None
            if match:
                found[match["name"]] = (match["value"], Source(document, index + 1, index + 1, line.strip()))
    return found


def release(told: dict[str, tuple[str, Source]], preamble: str) -> Setting[str]:
    """`Software Version : v23.10.1`, or the release in the preamble of a saved config.json."""
    if "Software Version" in told:
        value, source = told["Software Version"]
        return Known(value.lstrip("v"), (source,))
    if preamble:
        return Known(preamble.lstrip("v"))
    return Unknown(Code.VERSION, "neither 'show version' nor a preamble names the release")


def system(reader: SrlReader, told: dict[str, tuple[str, Source]]) -> System:
    """Model, serial number and banners: `system banner login-banner T`, `motd-banner T`; `show version`."""
    banner = reader.system.at("banner")
    return System(
        model=_told(told, "Chassis Type", "hardware model"),
        serial=_told(told, "Serial Number", "serial number"),
        banners=tuple(
            Banner(word, before, reader.at(banner, word), empty=not banner.leaf(word).strip())
            for word, before in _BANNERS
            if banner.has(word)
        ),
    )


def _told(told: dict[str, tuple[str, Source]], name: str, what: str) -> Setting[str]:
    if name in told:
        return Known(told[name][0], (told[name][1],))
    return Unknown(Code.VERSION, f"'show version' was not collected, which names the {what}")
