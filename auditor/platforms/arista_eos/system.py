"""Identity and the texts that people are shown (syntax-ios-family D.1)."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos import jsonform
from auditor.platforms.arista_eos.context import Config
from auditor.platforms.common.hosts import hostname_lines

_DEVICE = re.compile(r"\s*!\s*device: (?P<name>\S+) \((?P<model>[^,()]+), EOS-(?P<version>[^\s)]+)")
_HEAD = 80
_BEFORE_LOGIN = ("login", "motd")
_INVENTORY = re.compile(r"!\s+[\d.]+\s+(?P<serial>[A-Z]{3}[0-9A-Z]{6,})\s+\d{4}-\d\d-\d\d")
_ARISTA = re.compile(r"(?:Arista )?(?P<model>\S+)\s*$")


class Identity(msgspec.Struct):
    """What the header of the configuration and the version document tell."""

    hostname: str = ""
    release: str = ""
    version: Setting[str] = Unknown(Code.VERSION, "no line '! device:' and no version document name the release")
    model: Setting[str] = Unknown(Code.VERSION, "no line '! device:' and no version document name the model")
    serial: Setting[str] = Unknown(Code.VERSION, "no document names a serial number")


def identity(config: Config, told: Mapping[str, str], version: Sequence[str], document: str) -> Identity:
    """Read `! device: NAME (MODEL, EOS-VERSION)`, `hostname N`, and the lines of `show version`."""
    found = Identity()
    for index, line in enumerate(config.lines[:_HEAD]):
        source = Source(config.document, index + 1, index + 1, line.strip())
        match = _DEVICE.match(line)
        if match:
            found.hostname = match["name"]
            found.model = Known(match["model"], (source,))
            _set_version(found, match["version"], source)
        inventory = _INVENTORY.match(line)
        if inventory:
            found.serial = Known(inventory["serial"], (source,))
    for words, _ in config.take("hostname"):
        found.hostname = words[0] if words else found.hostname
    _version_document(found, version, document)
    for name, value in told.items():
        source = Source(config.document, 1, 1, f"{name}: {value}")
        match name:
            case "version":
                _set_version(found, value, source)
            case "modelName":
                found.model = Known(value, (source,))
            case "serialNumber":
                found.serial = Known(value, (source,))
    return found


def _set_version(found: Identity, version: str, source: Source) -> None:
    found.release = version
    found.version = Known(version, (source,))


def _version_document(found: Identity, lines: Sequence[str], document: str) -> None:
    for index, line in enumerate(lines[:_HEAD]):
        source = Source(document, index + 1, index + 1, line.strip())
        key, _, value = line.partition(":")
        value = value.strip()
        if key.strip() == "Software image version" and value:
            _set_version(found, value.split()[0], source)
        elif key.strip() == "Serial number" and value:
            found.serial = Known(value, (source,))
        elif line.startswith("Arista "):
            match = _ARISTA.match(line)
            if match:
                found.model = Known(match["model"], (source,))


def system(config: Config, known: Identity) -> System:
    """Read `banner {login|motd|exec}`; `exec` is shown to people who are in (threats, login-banner-missing)."""
    banners = {}
    for words, node in config.take("banner"):
        if words:
            empty = not any(text for text, _ in config.body(node))
            banners[words[0]] = Banner(words[0], words[0] in _BEFORE_LOGIN, config.source(node), empty)
    return System(model=known.model, serial=known.serial, banners=tuple(banners.values()))


def hosts(lines: list[str]) -> list[tuple[int, str]]:
    """(index, name) of every line that names the host, in text or in JSON."""
    first = jsonform.start(lines)
    if first is None:
        return hostname_lines(lines)
    laid = jsonform.lay_out(lines)
    return hostname_lines(laid.lines) if laid is not None else []
