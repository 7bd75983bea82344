"""What every topic needs to know of the configuration as a whole."""

from typing import TypeVar

import msgspec

from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_nxos.acls import Lists
from auditor.platforms.cisco_nxos.blocks import Port
from auditor.platforms.cisco_nxos.defaults import TABLE
from auditor.platforms.cisco_nxos.references import Reference
from auditor.platforms.common.reader import Reader

T = TypeVar("T", bool, int, str)


class Context(msgspec.Struct, frozen=True):
    """One virtual device: its statements, release, interfaces, access lists and features."""

    reader: Reader
    release: str
    complete: Setting[bool]
    ports: list[Port]
    lists: Lists
    references: list[Reference]
    features: dict[str, tuple[bool, Source]]
    families: tuple[int, ...]
    """Address families in which the device can be reached."""

    def absent(self, statement: str, value: type[T]) -> Setting[T]:
        """What it means that the statement stands nowhere."""
        return TABLE.absent(statement, value, self.release, self.complete)

    def feature(self, name: str) -> Setting[bool]:
        """Whether `feature NAME` is on."""
        found = self.features.get(name)
        return self.absent(f"feature {name}", bool) if found is None else Known(found[0], (found[1],))

    def switch(self, statement: str) -> Setting[bool]:
        """Whether `STATEMENT` or `no STATEMENT` holds; the documented default where neither stands."""
        last = self.reader.last(statement)
        if last is None:
            return self.absent(statement, bool)
        return Known(not last.text.startswith("no "), (self.reader.source(last),))


_OLD_FORMS = {"telnet server enable": "telnet", "ssh server enable": "ssh"}
"""Spellings of releases before features."""


def features(reader: Reader) -> dict[str, tuple[bool, Source]]:
    """Read `feature F`, `no feature F` and `feature-set S`; the last statement of a feature holds."""
    found: dict[str, tuple[int, bool, Source]] = {}
    statements = [
        (" ".join(words), on, node)
        for start, on in (("feature", True), ("no feature", False), ("feature-set", True), ("no feature-set", False))
        for words, node in reader.take(start)
    ]
    statements += [
        (name, not start.startswith("no "), node)
        for text, name in _OLD_FORMS.items()
        for start in (text, f"no {text}")
        for _, node in reader.take(start)
    ]
    for name, on, node in statements:
        if name not in found or found[name][0] < node.number:
            found[name] = (node.number, on, reader.source(node))
    return {name: (on, source) for name, (_, on, source) in found.items()}
