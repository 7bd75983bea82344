"""Other copies of a configuration, and how they differ from the running one."""

import msgspec

from auditor.model.areas import Area
from auditor.model.evidence import Known, Setting, Source


class Difference(msgspec.Struct, frozen=True):
    """A thing that only one of two configurations has, or that they have in two ways."""

    area: Area | None
    """None for lines that no area is about."""
    name: str
    """The thing: `account netsvc`."""
    only: str
    """`running` or `copy` for what only one of them has; empty for what both have in two ways."""
    sources: tuple[Source, ...]


class Comparison(msgspec.Struct, frozen=True):
    """The running configuration beside a copy."""

    document: str
    differences: tuple[Difference, ...]
    whole: Setting[bool] = Known(True)
    """Unknown, with the reason, where one of the two is not complete: what is absent from it means nothing."""
    compared: tuple[Area, ...] = ()
    """Areas that were read from both."""


class Copies(msgspec.Struct, frozen=True):
    """The copies that were collected or given. None where there is none."""

    golden: Comparison | None = None
    """The authorised configuration."""
    startup: Comparison | None = None
    """The configuration with which the device starts."""
    channels: tuple[Comparison, ...] = ()
    """The running configuration as another interface gives it."""
