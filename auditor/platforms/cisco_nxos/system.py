"""Model, serial number and banners (syntax-ios-family C.1)."""

import re
from collections.abc import Iterable

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader

_VERSION = re.compile(r"\s*!?\s*(?:NXOS|system|Software\s+kickstart|kickstart):\s+version\s+(\S+)")
_MODEL = re.compile(r"\s*!?\s*[Cc]isco (Nexus\s?\S+(?: \S+)*?) [Cc]hassis")
_SERIAL = re.compile(r"\s*!?\s*Processor Board ID (\S+)")
_BANNER = re.compile(r"(?:\s*\d+[|:]\s*)?banner\s+(?P<kind>\S+)\s+(?P<rest>\S.*)$", re.DOTALL)
_HEADER_LINES = 200


class Hardware:
    """What `show version` says, as a document of its own or in the comments that a collector writes on top."""

    def __init__(self, documents: Iterable[tuple[str, list[str]]]) -> None:
        self.model: Setting[str] = Unknown(Code.VERSION, "the documents name no hardware model")
        self.serial: Setting[str] = Unknown(Code.VERSION, "the documents name no serial number")
        self.version: Setting[str] = Unknown(Code.VERSION, "the documents name no version")
        for name, lines in documents:
            for index, line in enumerate(lines[:_HEADER_LINES]):
                self._line(name, index, line)

    def _line(self, name: str, index: int, line: str) -> None:
        if isinstance(self.model, Unknown) and (match := _MODEL.match(line)):
            self.model = Known(match[1], (Source(name, index + 1, index + 1, line.strip()),))
        elif isinstance(self.serial, Unknown) and (match := _SERIAL.match(line)):
            self.serial = Known(match[1], (Source(name, index + 1, index + 1, line.strip()),))
        elif isinstance(self.version, Unknown) and (match := _VERSION.match(line)):
            self.version = Known(match[1], (Source(name, index + 1, index + 1, line.strip()),))


def system(reader: Reader, hardware: Hardware) -> System:
    """Read `banner {motd|exec} DELIMITER text DELIMITER`; `motd` is shown before login, `exec` after it."""
    found: dict[str, Banner] = {}
    for words, node in reader.take("banner"):
        if words:
            found[words[0]] = Banner(
                words[0], words[0] != "exec", reader.source(node), _empty(reader, node.number, node.end)
            )
    return System(model=hardware.model, serial=hardware.serial, banners=tuple(found.values()))


def _empty(reader: Reader, first: int, last: int) -> bool:
    match = _BANNER.match("\n".join(reader.lines[first - 1 : last]).strip())
    if match is None:
        return True
    rest = match["rest"]
    delimiter = "^C" if rest.startswith("^C") else rest[0]
    return not rest[len(delimiter) :].partition(delimiter)[0].strip()
