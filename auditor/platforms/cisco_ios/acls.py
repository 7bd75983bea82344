"""Access lists (syntax-ios-family A.8)."""

import re

import msgspec

from auditor.model.areas import Acl, AclEntry, Acls, Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.objects import Groups, groups
from auditor.platforms.common.acl import ANY4, ANY6, bind, from_wildcard
from auditor.platforms.common.reader import Reader

_NUMBERED = re.compile(r"\d+$")
_STANDARD = (range(1, 100), range(1300, 2000))
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+$")


def acls(reader: Reader) -> Acls:
    """Read numbered and named IPv4 lists, standard and extended, and IPv6 lists, as far as sources go."""
    entries: dict[tuple[str, int], list[AclEntry]] = {}
    heads: dict[tuple[str, int], list[Source]] = {}
    members = groups(reader)
    for words, node in reader.take("access-list"):
        if words and _NUMBERED.match(words[0]):
            key = (words[0], 4)
            source = reader.source(node)
            heads.setdefault(key, []).append(source)
            standard = any(int(words[0]) in numbers for numbers in _STANDARD)
            _add(entries.setdefault(key, []), words[1:], source, 4, members, standard=standard)
    for start, family, standard in (
        ("ip access-list standard", 4, True),
        ("ip access-list extended", 4, False),
        ("ipv6 access-list", 6, False),
    ):
        for words, node in reader.take(start):
            if not words:
                continue
            key = (words[0], family)
            heads.setdefault(key, []).append(reader.source(node))
            collected = entries.setdefault(key, [])
            for inner in node.children:
                reader.use(inner)
                _add(collected, inner.words, reader.source(inner), family, members, standard=standard)
    return Acls(
        tuple(
            Acl(name=name, family=family, entries=tuple(found), sources=tuple(heads[name, family]))
            for (name, family), found in entries.items()
        )
    )


class Lists(msgspec.Struct, frozen=True):
    """The lists that are defined, and whether others may stand in a part of the configuration that is missing."""

    found: tuple[Acl, ...]
    complete: Setting[bool]

    def on_line(self, name: str, family: int, bound: Source) -> Filter:
        """A list on a VTY line: a missing or empty one leaves the line unfiltered (syntax-ios-family A.8)."""
        return self._bind(name, family, bound, Known(True, (bound,)))

    def on_service(self, name: str, family: int, bound: Source) -> Filter:
        """A list on the web server or the SNMP agent, where the effect of a missing one is not documented."""
        reason = f"list '{name}' is not defined or empty, and what that means here is not documented"
        return self._bind(name, family, bound, Unknown(Code.DEFAULT, reason, (bound,)))

    def _bind(self, name: str, family: int, bound: Source, undefined: Setting[bool]) -> Filter:
        return bind(self.found, name, family, bound, undefined if isinstance(self.complete, Known) else self.complete)


def _add(
    entries: list[AclEntry], words: list[str], source: Source, family: int, members: Groups, *, standard: bool
) -> None:
    if words and words[0] == "sequence":
        words = words[1:]
    if words and words[0].isdigit():
        words = words[1:]
    if len(words) < 2 or words[0] not in ("permit", "deny"):
        return
    permit = words[0] == "permit"
    if standard:
        entries.append(AclEntry(permit, _sources(words[1:], family, members), source))
        return
    if "established" in words:
        # Answers to sessions that the device itself opened admit nobody.
        return
    protocol, rest = _protocol(words[1:])
    entries.append(AclEntry(permit, _sources(rest, family, members), source, protocol=protocol))


def _protocol(words: list[str]) -> tuple[str, list[str]]:
    """The protocol and what follows. A group of services in its place may hold any protocol."""
    if words[0] == "object-group":
        return "", words[2:]
    if words[0] in ("any", "host") or ":" in words[0]:
        return "", words
    return words[0], words[1:]


def _sources(words: list[str], family: int, members: Groups) -> tuple[str, ...]:
    """The source of an entry; empty where it could not be worked out."""
    match words:
        case ["any", *_]:
            return (ANY6 if family == 6 else ANY4,)
        case ["host", address, *_]:
            return (f"{address}/{128 if family == 6 else 32}",)
        case ["object-group", name, *_]:
            return members.get(name) or ()
        case [prefix, *_] if family == 6 and "/" in prefix:
            return (prefix,)
        case [address, wildcard, *_] if _ADDRESS.match(address) and _ADDRESS.match(wildcard):
            return (from_wildcard(address, wildcard),)
        case [address, *_] if _ADDRESS.match(address):
            return (f"{address}/32",)
        case _:
            return ()
