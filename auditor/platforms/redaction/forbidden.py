"""What an ordinary run never asks a device for: commands and SNMP subtrees that show intercepts (reference, 5.3).

Data, and pure functions over it. The transport layer asks them besides the list of allowed commands; redaction asks
them to leave out what a person captured. Sources of the subtrees: the MIB modules named in the reference, 1.8 and 2.5.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

Oid = tuple[int, ...]

COMMANDS: tuple[str, ...] = (
    # Any system: taps, the intercept view, requests to the tapping service.
    "show li",
    "show lawful-intercept",
    "show lawful",
    "show users lawful-intercept",
    "show parser view li-view",
    "show running-config view li-view",
    "enable view",
    "li-view",
    "configure",
    "debug li",
    "debug lawful-intercept",
    # IOS-XE: features of an interface tell of a running tap (reference, 2.1).
    "show cef interface",
    "show platform hardware qfp active feature li",
    "show platform hardware qfp active feature lawful-intercept",
    "show platform hardware qfp active interface",
    "show platform software lawful-intercept",
    "show platform software li",
    # Junos: filters of the three tapping services.
    "show services flow-tap",
    "show services dynamic-flow-capture",
    "show services radius-flow-tap",
    "show services subscriber-secure-policy",
    "show dynamic-flow-capture",
    "show configuration services radius-flow-tap",
    "show configuration services flow-tap",
    "show subscribers secure-policy",
    # SR OS, both engines: `info` inside the region, sources of mirrors, and the region in every store.
    "configure li",
    "edit-config li",
    "info li",
    "info from state li",
    "info state li",
    "state li",
    "admin show configuration li",
    "admin save li",
    "show mirror",
    "show debug li",
    "show config li",
    "tools dump li",
    "tools perform li",
    "admin tech-support",
    "info from state state li",
    # SR Linux.
    "info system lawful-intercept",
    "info from running system lawful-intercept",
    "info from state system lawful-intercept",
    "show system lawful-intercept",
    # VRP: the words are not public; every spelling that is thinkable.
    "display li",
    "display lawful-intercept",
    "display lawful",
    "display lig",
    "display x1-interface",
    "display x2-interface",
    "display x3-interface",
    # RouterOS.
    "tool calea",
    "ip firewall calea",
    "interface bridge calea",
)
"""Beginnings of commands. A command is forbidden that begins so, each word abbreviated or not."""

_FILTERS = re.compile(
    r"\|.*\b(?:li-view|lawful\S*|li-source|li-filter\S*|flow-tap|drop-policy|intercept-id)", re.IGNORECASE
)
"""A filter behind a permitted command that picks out what is protected."""
_FILES = re.compile(r"(?:^|[\s/:\\\"'])li\.(?:cfg|ndx)\b", re.IGNORECASE)
"""The files of SR OS that hold the region `li`, wherever they lie."""
_CABLE = re.compile(r"^\s*(?:do\s+)?sho?w?\b.*\bcable\b.*\bintercept\b", re.IGNORECASE)
"""IOS of cable modem terminations: `show interface cable N intercept` lists taps (Cisco CMTS Feature Guide 12.3BC, Cable Monitor)."""
_LEAST = 2
"""Letters of an abbreviation that can be meant."""
_PREFIX = re.compile(r"^(?:do|run)\s+|^/+\s*", re.IGNORECASE)
_SPLIT = re.compile(r"[\s/>]+")

SUBTREES: tuple[Oid, ...] = tuple(
    tuple(map(int, oid.split(".")))
    for oid in (
        "1.3.6.1.4.1.9.9.252.1.2",  # CISCO-TAP-MIB: filter and status share a table
        "1.3.6.1.4.1.9.9.252.1.1.2",
        "1.3.6.1.4.1.9.9.394.1.1.2",  # CISCO-IP-TAP-MIB
        "1.3.6.1.4.1.9.9.395.1.1.2",  # CISCO-802-TAP-MIB
        "1.3.6.1.4.1.9.9.399.1.1.2",  # CISCO-TAP2-MIB: mediation, streams, debugging
        "1.3.6.1.4.1.9.9.399.1.2",
        "1.3.6.1.4.1.9.9.399.1.3",
        "1.3.6.1.4.1.9.9.400.1.1.2",  # CISCO-USER-CONNECTION-TAP-MIB
        "1.3.6.1.4.1.9.9.672",  # CISCO-MOBILITY-TAP-MIB
        "1.3.6.1.4.1.9.9.716",  # CISCO-VOIP-TAP-MIB
        "1.3.6.1.4.1.25506.2.111",  # HH3C-LI-MIB
        "1.3.6.1.4.1.11.2.14.11.15.2.111",  # HPN-ICF-LI-MIB
        "1.3.6.1.4.1.43.45.1.10.2.111",  # A3COM-HUAWEI-LI-MIB
        "1.3.6.1.4.1.2011.5.25.131",  # HUAWEI-LI-MIB
        "1.3.6.1.4.1.6527.3.1.2.18",  # TIMETRA-MIRROR-MIB: sources and RADIUS intercepts
        # Reads that write, and an action: never touched at all.
        "1.3.6.1.4.1.9.9.252.1.1.1",
        "1.3.6.1.4.1.9.9.399.1.1.1",  # cTap2MediationNewIndex
        "1.3.6.1.4.1.6527.3.1.2.1.13.2",  # sliSaveConfig
    )
)
"""Subtrees under which nothing is asked for and from which no answer is kept."""

CAPABILITIES: dict[str, Oid] = {
    "CISCO-TAP2-MIB": (1, 3, 6, 1, 4, 1, 9, 9, 399, 1, 1, 3, 0),  # cTap2MediationCapabilities
    "CISCO-IP-TAP-MIB": (1, 3, 6, 1, 4, 1, 9, 9, 394, 1, 1, 1, 0),  # citapStreamCapabilities
}
"""Module -> scalar that shows, by GET, whether a login reaches the intercept MIBs, without touching a tap (reference, 1.8).

Where one of them answers, nothing is walked on that device, what was had is discarded, and the check
`li-mib-visible-to-probe` has its evidence (5.3).
"""

_SHORTEST_ROOT = 7
"""Numbers of the shortest identifier that may be walked: whole trees never are."""
_LAST = 4294967295
"""The largest number in an object identifier (RFC 2578, 3.5)."""


class ForbiddenRootError(Exception):
    """A walk was asked for that would cross a protected subtree; a defect of ours."""


def command(text: str) -> str:
    """The entry of the list that a command falls under; empty where it is none of them."""
    if _FILTERS.search(text):
        return "a filter for what is protected"
    if _FILES.search(text):
        return "a file of the region li"
    if _CABLE.search(text):
        return "taps of cable modems"
    words = _words(text)
    spoken = (words, words[1:]) if words[:1] == ["admin"] else (words,)
    return next((entry for entry, parts in _COMMANDS if any(_begins(one, parts) for one in spoken)), "")


_DESTINATIONS = ["show", "mirror", "mirror-dest"]
"""SR OS: without an identifier it lists where copies go, and no source of any (reference, 5.3: "with sources").

A person's capture of it is kept. It is not sent all the same: `li mirror-dest-template` and `mirror-dest-reservation` (model
of 26.3) let the system make destinations for single intercepts, and whether an ordinary login sees those is not documented.
What an administrator made stands in the configuration.
"""


@lru_cache(maxsize=1024)
def shows_intercepts(text: str) -> bool:
    """Whether the output of a command may hold what is protected; entering a mode shows nothing yet."""
    return _words(text) != _DESTINATIONS and command(text) not in ("", "configure", "enable view", "li-view")


def _words(text: str) -> list[str]:
    bare = text.strip()
    while (cut := _PREFIX.sub("", bare)) != bare:
        bare = cut.strip()
    return [word.strip("\"'").lower() for word in _SPLIT.split(bare) if word.strip("\"'")]


_COMMANDS = tuple((entry, tuple(entry.split())) for entry in COMMANDS)


def _begins(words: list[str], parts: tuple[str, ...]) -> bool:
    if len(words) < len(parts):
        return False
    return all(
        word == part or (len(word) >= _LEAST and part.startswith(word))
        for word, part in zip(words, parts, strict=False)
    )


def subtree(oid: Oid) -> Oid | None:
    """The protected subtree that an identifier lies in; None where it lies in none."""
    return next((root for root in SUBTREES if oid[: len(root)] == root), None)


def walkable(root: Oid) -> Oid:
    """The root, if a walk of it meets no protected subtree. ForbiddenRootError for whole trees and for what is inside one."""
    if len(root) < _SHORTEST_ROOT or subtree(root) is not None:
        raise ForbiddenRootError("a walk of a protected or of a whole tree was about to begin")
    return root


def stretches(root: Oid) -> Iterator[tuple[Oid, Oid]]:
    """The parts of a tree to be walked one by one, each from an identifier to before another: protected ones are left out.

    GETNEXT of the first identifier begins a part behind a protected subtree: nothing in that subtree is larger. The
    answer that ends a part may be the first object of the subtree behind it; a walk is therefore made only where none of
    `CAPABILITIES` answered, one answer at a time (`repetitions`), and such an answer is not even decoded (`keep`).
    """
    start = walkable(root)
    for inner in sorted(one for one in SUBTREES if one[: len(root)] == root):
        if _room(start, inner):
            yield start, inner
        start = (*inner, _LAST)
    yield start, (*root[:-1], root[-1] + 1)


def _room(start: Oid, stop: Oid) -> bool:
    """Whether an object can stand between: not before the first child, nor between neighbours."""
    if stop[: len(start)] == start:
        return any(number > 1 for number in stop[len(start) :])
    return start[-1] != _LAST or stop[:-1] != start[: len(stop) - 1] or stop[-1] > start[len(stop) - 1] + 1


def keep(oid: Oid, stop: Oid) -> bool:
    """Whether an answer of a walk is used. One at or behind the end ends the part; a protected one is not even decoded."""
    return oid < stop and subtree(oid) is None


def repetitions(position: Oid, wanted: int) -> int:
    """How many answers may be asked for at once: one where a protected subtree comes next under the same enterprise.

    A larger bulk would bring rows of it that nobody asked for.
    """
    near = position[:_SHORTEST_ROOT]
    return 1 if any(root[:_SHORTEST_ROOT] == near and root > position for root in SUBTREES) else wanted
