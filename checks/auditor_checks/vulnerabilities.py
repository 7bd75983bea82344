"""The known-exploited vulnerabilities of `data/cve.tsv`, and whether a release is among those that an entry states.

The file holds section 4 of the threats reference: one row a CVE, with the word of the precondition that
`kev-cve-applicable` looks up, and the affected or fixed releases only where a source states them.
"""

import csv
from functools import lru_cache
from pathlib import Path

import msgspec

from auditor_checks.versions import fixed_in, within

EVERY_RELEASE = "all"
"""What stands in place of the affected releases where no release mends it."""
DATA_OF = "2026-08-07"
"""The day of the catalogue of known-exploited vulnerabilities that the file follows (threats reference, section 4)."""
_FILE = Path(__file__).parent / "data" / "cve.tsv"


class Vulnerability(msgspec.Struct, frozen=True):
    """One row."""

    cve: str
    platforms: tuple[str, ...]
    precondition: str
    feature: str
    affected: str
    fixed: str
    kev_date: str
    sources: str
    note: str

    def affects(self, platform: str, release: str) -> bool | None:
        """Whether a release is affected; None where nothing that is stated tells.

        That single releases or trains are named as affected says nothing of the others; `through` and `fixed in` do.
        """
        if release.upper().endswith("-EVO"):
            return None  # Junos Evolved is another system, with advisories of its own
        if self.affected == EVERY_RELEASE:
            return True
        fixed = fixed_in(platform, release, self.fixed)
        if fixed is not None:
            return not fixed
        inside = [within(platform, release, one) for one in self.affected.split()]
        if any(inside):
            return True
        through = self.affected.startswith("<") and not self.fixed
        return False if through and None not in inside else None


@lru_cache(maxsize=1)
def vulnerabilities() -> tuple[Vulnerability, ...]:
    """Every row of the file."""
    with _FILE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(msgspec.convert({**row, "platforms": row["platforms"].split(",")}, Vulnerability) for row in rows)
