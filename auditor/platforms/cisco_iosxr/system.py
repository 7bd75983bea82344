"""Identity of the device and the texts it shows (syntax-ios-family B.1)."""

import re
from collections.abc import Sequence

from auditor.model.areas import Banner, Feature, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.blocks import TextBlock
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.common.reader import Reader

_BEFORE = frozenset(("login", "motd"))
_MODEL = re.compile(r"cisco (?P<model>.+?)(?: \([^)]*\))? processor|cisco (?P<xrd>IOS[- ]?XRd?v?\S*.*?)(?: \(\))?$")
_RELEASE = re.compile(r"Cisco IOS XR Software, Version (?P<release>[\w.]+)(?P<build>.*)")
_SERIAL = re.compile(r".*\bSN: (?P<serial>\S+)")


def system(
    reader: Configuration, blocks: Sequence[TextBlock], shown: Reader | None, inventory: Reader | None
) -> System:
    """Banners of the configuration; hardware from `show version` and `show inventory`."""
    reader.use(*reader.find("banner"))
    return System(
        model=_model(shown),
        serial=_serial(inventory),
        banners=tuple(_banner(reader, block) for block in blocks if block.kind == "banner"),
        features=Known(
            tuple(Feature("multicast-routing", (reader.source(node),)) for node in reader.find("multicast-routing"))
        ),
    )


def _banner(reader: Configuration, block: TextBlock) -> Banner:
    """`banner {login|motd|exec|incoming ...} DELIMITER text DELIMITER`."""
    rest = reader.lines[block.first].split(None, 2)[-1]
    delimiter = "^C" if rest.startswith("^C") else rest[0]
    text = "\n".join([rest[len(delimiter) :], *reader.lines[block.first + 1 : block.last + 1]])
    head = Source(reader.document, block.first + 1, block.last + 1, reader.lines[block.first].strip())
    return Banner(block.name, block.name in _BEFORE, head, empty=not text.split(delimiter)[0].strip())


def _model(shown: Reader | None) -> Setting[str]:
    """The line `cisco NCS-5500 () processor` of `show version`."""
    for index, line in enumerate(shown.lines if shown is not None else ()):
        match = _MODEL.match(line)
        if match and shown is not None:
            name = match["model"] or match["xrd"]
            return Known(name.strip(), (Source(shown.document, index + 1, index + 1, line.strip()),))
    return Unknown(Code.VERSION, "no 'show version' that names the hardware was collected")


def _serial(inventory: Reader | None) -> Setting[str]:
    """The first serial number of `show inventory`: the chassis."""
    for index, line in enumerate(inventory.lines if inventory is not None else ()):
        match = _SERIAL.match(line)
        if match and inventory is not None:
            return Known(match["serial"], (Source(inventory.document, index + 1, index + 1, line.strip()),))
    return Unknown(Code.VERSION, "no 'show inventory' was collected")


def shown_release(shown: Reader | None) -> Setting[str] | None:
    """The release that `show version` names; None without the document."""
    for index, line in enumerate(shown.lines if shown is not None else ()):
        match = _RELEASE.match(line)
        if match and shown is not None:
            return Known(match["release"], (Source(shown.document, index + 1, index + 1, line.strip()),))
    return None


def single_plane(shown: Reader | None) -> bool:
    """Whether the system has no administration plane of its own: XR7 builds, which say `LNT`, and XRd."""
    return any(
        "XRd" in line or ((match := _RELEASE.match(line)) is not None and "LNT" in match["build"])
        for line in (shown.lines if shown is not None else ())
    )
