"""What an absent statement means: cited claims by release, in one table per platform."""

import re
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from auditor.model.evidence import Code, Known, Setting, Unknown

T = TypeVar("T", bool, int, str)
Release = tuple[int, ...]

_NUMBERS = re.compile(r"\d+")


class Default(msgspec.Struct, frozen=True):
    """One claim: on these releases the absence of the statement means this value, says this document."""

    statement: str
    """The statement that is absent, as an operator would write it; the key of the claim."""
    value: bool | int | str
    cite: str
    """Document, section or model with its version; the reference and its section at the least."""
    since: Release = ()
    """First release of the claim; empty for any."""
    before: Release = ()
    """First release for which it holds no more; empty for none."""

    @property
    def releases(self) -> str:
        """The releases in words."""
        words = [f"from {'.'.join(map(str, self.since))}" if self.since else ""]
        words.append(f"before {'.'.join(map(str, self.before))}" if self.before else "")
        return " ".join(word for word in words if word) or "all"


class DefaultTable:
    """The claims of a platform. A statement without a claim is unknown when it is absent."""

    def __init__(self, claims: Iterable[Default]) -> None:
        self.claims = tuple(claims)
        self._by_statement: dict[str, list[Default]] = {}
        for claim in self.claims:
            self._by_statement.setdefault(claim.statement, []).append(claim)

    def absent(self, statement: str, value: type[T], release: str, complete: Setting[bool]) -> Setting[T]:
        """What it means that the statement stands nowhere.

        Unknown where the configuration is not complete, where nothing is claimed, and where the claims depend on a
        release that is not known.
        """
        if isinstance(complete, Unknown):
            return complete
        claims = self._by_statement.get(statement, ())
        for claim in claims:
            if _holds(claim, release) and isinstance(claim.value, value):
                return Known(claim.value, default=f"{claim.cite} ({claim.releases} releases)")
        if claims and not release:
            return Unknown(
                Code.VERSION, f"no '{statement}', and its default depends on the release, which is not known"
            )
        return Unknown(Code.DEFAULT, f"no '{statement}', and its default is not documented for this release")


def _holds(claim: Default, release: str) -> bool:
    if not claim.since and not claim.before:
        return True
    numbers = tuple(int(part) for part in _NUMBERS.findall(release))
    if not numbers:
        return False
    return (not claim.since or numbers >= claim.since) and (not claim.before or numbers < claim.before)
