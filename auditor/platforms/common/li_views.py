"""Which lawful-intercept MIBs an SNMP view lets through.

Longest match wins and, at equal length, the later statement replaces the earlier one
(lawful-intercept reference, sections 1.8, 4A and 6). Names and numbers mix.
"""

import re
from collections.abc import Mapping, Sequence

from auditor.model.areas import LiRoot, ViewEntry

Oid = tuple[int, ...]

ANY_PART = -1
"""What an asterisk in a subtree stands for: any number in this place."""

SOME_PART = -2
"""What stands for the numbers of an object that is given by its name."""

_CISCO_MGMT: Oid = (1, 3, 6, 1, 4, 1, 9, 9)
LI_ROOTS: dict[str, Oid] = {
    "CISCO-TAP-MIB": (*_CISCO_MGMT, 252),
    "CISCO-IP-TAP-MIB": (*_CISCO_MGMT, 394),
    "CISCO-802-TAP-MIB": (*_CISCO_MGMT, 395),
    "CISCO-TAP2-MIB": (*_CISCO_MGMT, 399),
    "CISCO-USER-CONNECTION-TAP-MIB": (*_CISCO_MGMT, 400),
    "CISCO-MOBILITY-TAP-MIB": (*_CISCO_MGMT, 672),
    "CISCO-VOIP-TAP-MIB": (*_CISCO_MGMT, 716),
}

_ANCESTORS: dict[str, Oid] = {
    "iso": (1,),
    "org": (1, 3),
    "dod": (1, 3, 6),
    "internet": (1, 3, 6, 1),
    "private": (1, 3, 6, 1, 4),
    "enterprises": (1, 3, 6, 1, 4, 1),
    "cisco": (1, 3, 6, 1, 4, 1, 9),
    "ciscomgmt": _CISCO_MGMT,
}
_MODULES = {
    "ctapmib": "CISCO-TAP-MIB",
    "ciscotapmib": "CISCO-TAP-MIB",
    "ctap2mib": "CISCO-TAP2-MIB",
    "ciscotap2mib": "CISCO-TAP2-MIB",
    "ciscoiptapmib": "CISCO-IP-TAP-MIB",
    "cisco802tapmib": "CISCO-802-TAP-MIB",
    "ciscouserconnectiontapmib": "CISCO-USER-CONNECTION-TAP-MIB",
    "ciscomobilitytapmib": "CISCO-MOBILITY-TAP-MIB",
    "ciscovoiptapmib": "CISCO-VOIP-TAP-MIB",
}
"""Names of whole MIBs, as `snmp-server view` takes them (lawful-intercept reference, 1.8)."""
_TAP_NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"c(isco)?tap2|ctap2"), "CISCO-TAP2-MIB"),
    (re.compile(r"c(isco)?iptap|citap"), "CISCO-IP-TAP-MIB"),
    (re.compile(r"c(isco)?802tap"), "CISCO-802-TAP-MIB"),
    (re.compile(r"c(isco)?userconnectiontap|cuctap"), "CISCO-USER-CONNECTION-TAP-MIB"),
    (re.compile(r"c(isco)?mobilitytap|cmtap"), "CISCO-MOBILITY-TAP-MIB"),
    (re.compile(r"c(isco)?voiptap|cvoiptap"), "CISCO-VOIP-TAP-MIB"),
    (re.compile(r"c(isco)?tap"), "CISCO-TAP-MIB"),
)


def oid(name: str) -> Oid | None:
    """The object identifier of a subtree, as far as it matters to lawful intercept; None for every other name.

    A name that is none of the ancestors of the tap MIBs and no tap object lies beside them and cannot contain them. An object
    of a tap MIB is a part of it, of which no more is known.
    """
    head, *rest = name.strip(".").lower().split(".")
    try:
        tail = tuple(ANY_PART if part == "*" else int(part) for part in rest)
        if head.isdigit():
            return (int(head), *tail)
    except ValueError:
        return None
    if head in _ANCESTORS:
        return (*_ANCESTORS[head], *tail)
    if head in _MODULES:
        return (*LI_ROOTS[_MODULES[head]], *tail)
    for pattern, mib in _TAP_NAMES:
        if pattern.match(head):
            return (*LI_ROOTS[mib], SOME_PART, *map(ord, head))
    return None


def li_roots(entries: Sequence[ViewEntry], roots: Mapping[str, Oid] = LI_ROOTS) -> tuple[LiRoot, ...]:
    """The lawful-intercept MIBs that the view contains, each with the statement that lets it through.

    `roots` are the MIBs of the platform; Cisco's unless it names others.
    """
    resolved: dict[Oid, ViewEntry] = {}
    for entry in entries:
        where = oid(entry.subtree)
        if where is not None:
            resolved[where] = entry
    found = []
    for mib, root in roots.items():
        opening = _opening(resolved, root)
        if opening:
            first, *rest = opening
            broad = len(oid(first.subtree) or ()) < len(root)
            more = tuple(entry.source for entry in rest)
            found.append(LiRoot(mib, ".".join(map(str, root)), first.source, broad, more))
    return tuple(found)


def _opening(resolved: dict[Oid, ViewEntry], root: Oid) -> list[ViewEntry]:
    """The statements that open the root or a part of it; the one that opens all of it first."""
    above = [where for where in resolved if len(where) <= len(root) and _agree(where, root)]
    whole = [resolved[max(above, key=len)]] if above else []
    inside = [resolved[where] for where in resolved if len(where) > len(root) and _agree(where, root)]
    return [entry for entry in (*whole, *inside) if entry.included]


def _agree(one: Oid, other: Oid) -> bool:
    """Whether the shorter of two identifiers is the beginning of the longer."""
    return all(a in (b, ANY_PART) for a, b in zip(one, other, strict=False))
