"""Releases of IOS that the SNMPv3 flaw of 2008 (CVE-2008-0960) is in, and the rebuilds that it is fixed in.

`data/snmpv3_2008.tsv` holds what two public sources say alike of a train: between which releases of a branch it is affected
(Nessus plugin 49016, after advisory cisco-sa-20080610-snmpv3), and the fixed ones of OVAL state
`oval:org.mitre.oval:ste:3318`. Each fixed one follows the last affected one of its branch. Branches on which one of them is
silent, or on which they differ, are left out: their releases are unknown. A plus sign stands for every later branch of the
train too.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

import msgspec

_FILE = Path(__file__).parent / "data" / "snmpv3_2008.tsv"
_RELEASE = re.compile(r"(\d+\.\d+)\((\d+)([a-z]*)\)([A-Z]*)(\d*)([a-z]*)$")
_LATER_TOO = "+"


class Rebuild(msgspec.Struct, frozen=True):
    """`12.2(18)SXF10a`: the rebuild 10a of branch 18 of train 12.2SXF."""

    train: str
    branch: int
    rank: tuple[str, int, str]
    """Letter of the branch, number of the rebuild and its letter: what orders the releases of one branch."""


def rebuild(text: str) -> Rebuild | None:
    """A release of IOS; None where it names no branch, as the line `version 12.4` of a configuration."""
    match = _RELEASE.match(text)
    if match is None:
        return None
    return Rebuild(match[1] + match[4], int(match[2]), (match[3], int(match[5] or 0), match[6]))


class _Train(msgspec.Struct, frozen=True):
    affected: tuple[tuple[Rebuild, Rebuild], ...]
    """First and last of each branch."""
    fixed: tuple[tuple[Rebuild, bool], ...]
    """With whether it holds for later branches too."""


@lru_cache(maxsize=1)
def _trains() -> dict[str, _Train]:
    with _FILE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        row["train"]: _Train(
            tuple(_ends(text) for text in row["affected"].split()),
            tuple(
                (one, text.endswith(_LATER_TOO))
                for text in row["fixed"].split()
                if (one := rebuild(text.rstrip(_LATER_TOO))) is not None
            ),
        )
        for row in rows
    }


def _ends(text: str) -> tuple[Rebuild, Rebuild]:
    first, _, last = text.partition("-")
    ends = rebuild(first), rebuild(last or first)
    if ends[0] is None or ends[1] is None:
        raise ValueError(text)
    return ends[0], ends[1]


def affected_2008(text: str) -> bool | None:
    """Whether a release has the flaw; None where the two sources do not both tell."""
    mine = rebuild(text)
    train = _trains().get(mine.train) if mine is not None else None
    if mine is None or train is None:
        return None
    if any(mine.branch == last.branch and first.rank <= mine.rank <= last.rank for first, last in train.affected):
        return True
    for first, later_too in train.fixed:
        same = mine.branch == first.branch and mine.rank >= first.rank
        if same or (later_too and mine.branch > first.branch):
            return False
    return None
