"""Access lists of FRR, and who gets in where one is bound to a VTY (syntax-ios-family E.8, FRR lib/filter_cli.c)."""

import re
from collections.abc import Sequence

from auditor.model.areas import Acl, AclEntry, Acls, Filter
from auditor.model.evidence import Known, Source
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted, from_wildcard
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.defaults import UNDEFINED_LIST
from auditor.platforms.frr.names import Uses, prefix_lists, undefined

_ADDRESS = re.compile(r"[0-9a-fA-F.:]+$")
_EXACT = "exact-match"
_STARTS = (("access-list", 4), ("ip access-list", 4), ("ipv6 access-list", 6))


def acls(reader: Reader, uses: Uses) -> Acls:
    """Read `[ipv6] access-list NAME [seq N] {permit|deny} ...`; an IPv4 and an IPv6 list of one name are two lists.

    An entry with `exact-match` matches prefixes of that length only, never the single address of a visitor
    (filter_match_zebra): its protocol is set to the word, so that it admits nobody.
    """
    _vty(reader, uses)
    entries: dict[tuple[str, int], list[AclEntry]] = {}
    heads: dict[tuple[str, int], list[Source]] = {}
    for start, family in _STARTS:
        for words, node in reader.take(start):
            name, *rest = words or [""]
            entry = _entry(rest, family, reader.source(node))
            if entry is None and rest[:1] != ["remark"]:
                reader.give_back(node)
                continue
            heads.setdefault((name, family), []).append(reader.source(node))
            entries.setdefault((name, family), []).extend([entry] if entry else [])
    return Acls(
        tuple(
            Acl(name, family, tuple(found), tuple(heads[name, family]), bindings=uses.of("access-list", name))
            for (name, family), found in entries.items()
        ),
        prefix_lists=prefix_lists(reader, uses),
        undefined=undefined(reader, uses),
    )


def _vty(reader: Reader, uses: Uses) -> None:
    for node in reader.find("line vty"):
        for inner in node.children:
            words = inner.words
            if "access-class" in words[:2] and len(words) > 1:
                uses.add("access-list", words[-1], "line vty", reader.source(inner), "in")


def bind(lists: Sequence[Acl], name: str, family: int, bound: Source) -> Filter:
    """A list at a VTY. Nobody is refused by a list that is not defined, everybody by one without entries.

    FRR lib/vty.c, vty_accept: the list is applied only if it is found; lib/filter.c, access_list_apply: no match, no entry.
    """
    found = next((acl for acl in lists if acl.name == name and acl.family == family), None)
    if found is None:
        return Filter(
            name=name,
            family=family,
            bound=bound,
            defined=False,
            any_source=Known(True, (bound,), default=UNDEFINED_LIST),
        )
    return Filter(name, family, bound, any_source=admits_any(found.entries), admitted=admitted(found.entries))


def _entry(words: list[str], family: int, source: Source) -> AclEntry | None:
    if words[:1] == ["seq"]:
        words = words[2:]
    if len(words) < 2 or words[0] not in ("permit", "deny"):
        return None
    permit = words[0] == "permit"
    rest = words[2:] if words[1] in ("ip", "ipv6") else words[1:]
    sources = _sources(rest, family)
    if not sources:
        return None
    short = not sources[0].endswith("/128" if family == 6 else "/32")
    return AclEntry(permit, sources, source, protocol=_EXACT if _EXACT in rest and short else "")


def _sources(words: list[str], family: int) -> tuple[str, ...]:
    """`any`, `A/M`, `host A`, `A` and, in IPv4, `A WILDCARD`; empty for what is none of them."""
    length = 128 if family == 6 else 32
    match words:
        case ["any", *_]:
            return (ANY6 if family == 6 else ANY4,)
        case ["host", address, *_]:
            return (f"{address}/{length}",)
        case [prefix, *_] if "/" in prefix:
            return (prefix,)
        case [address, wildcard, *_] if family == 4 and _ADDRESS.match(address) and _ADDRESS.match(wildcard):
            return (from_wildcard(address, wildcard),)
        case [address] if _ADDRESS.match(address):
            return (f"{address}/{length}",)
        case _:
            return ()
