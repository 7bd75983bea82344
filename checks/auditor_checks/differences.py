"""How findings speak of two configurations that differ."""

from collections.abc import Iterator

from auditor.api import Area, Comparison, Difference, Gap, Problem, Severity, Unknown

GRAVE = frozenset(
    {
        Area.ACCOUNTS,
        Area.AAA,
        Area.ACCESS,
        Area.ACLS,
        Area.SERVICES,
        Area.SNMP,
        Area.MIRRORS,
        Area.EXPORTERS,
        Area.TUNNELS,
        Area.CRYPTO,
        Area.REDIRECTION,
        Area.NAT,
        Area.LOGGING,
        Area.SCRIPTS,
        Area.CONTAINERS,
    }
)
"""What an intruder changes: ways in, what is copied or diverted, and what would show it."""


def differences(found: Comparison, copy: str, grave: frozenset[Area], lines: Severity) -> Iterator[Problem | Gap]:
    """A finding for each thing: high where it is of a `grave` area, else medium; one for all lines of no area.

    What is absent from a configuration that was not seen to its end is no difference.
    """
    cut = found.whole if isinstance(found.whole, Unknown) else None
    for one in found.differences:
        if not (cut and one.only):
            yield _problem(one, copy, lines if one.area is None else _severity(one.area in grave))
    if cut:
        yield Gap(cut.code, cut.reason)


def _severity(grave: bool) -> Severity:
    return Severity.HIGH if grave else Severity.MEDIUM


def _problem(one: Difference, copy: str, severity: Severity) -> Problem:
    verb = "are" if one.name.endswith("lines") else "is"
    there = {"running": f"not in {copy}", "copy": f"in {copy} only", "": f"another one in {copy}"}[one.only]
    about = f"{one.area}: " if one.area else ""
    return Problem(
        message=f"{about}{one.name} {verb} {there}",
        evidence=one.sources,
        subject=f"{about}{one.name}" if one.area else f"lines {one.only}",
        severity=severity,
    )
