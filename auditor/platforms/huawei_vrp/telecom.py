"""Intercept capability (lawful-intercept reference 2.6)."""

from collections.abc import Sequence

from auditor.model.areas import Intercept, InterceptStatement
from auditor.model.evidence import Source

WITHHELD = "(a statement of lawful intercept, withheld)"


def intercept(document: str, lines: Sequence[str], places: Sequence[int]) -> Intercept:
    """One statement for every place where text was withheld, shown at the line in front of it."""
    found = []
    for place in places:
        number = max(1, min(place, len(lines)))
        found.append(InterceptStatement("li", Source(document, number, number, WITHHELD)))
    return Intercept(tuple(found))
