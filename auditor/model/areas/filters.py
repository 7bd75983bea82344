"""Access lists where they are bound, already resolved to who gets in."""

import msgspec

from auditor.model.evidence import Known, Setting, Source


class Admission(msgspec.Struct, frozen=True):
    """A source prefix that a filter lets in, and the entry that does it."""

    prefix: str
    source: Source


class Filter(msgspec.Struct, frozen=True):
    """An access list where it is bound, already resolved to who gets in.

    `any_source` is Known(True) when whoever asks is admitted: an entry permits any source, or the
    platform lets everybody in where the list is missing or empty (`defined` tells which).
    """

    name: str
    family: int
    """4, 6, or 0 for both."""
    bound: Source
    defined: bool = True
    any_source: Setting[bool] = Known(False)
    admitted: tuple[Admission, ...] = ()
