"""What was seen from outside."""

from enum import StrEnum

import msgspec

from auditor.model.evidence import Source


class ProbeAnswer(StrEnum):
    """The three ends of a probe."""

    PRESENT = "present"
    ABSENT = "absent"
    INCONCLUSIVE = "inconclusive"


class SmartInstallProbe(msgspec.Struct, frozen=True):
    """What TCP 4786 answered to the capability query."""

    answer: ProbeAnswer
    source: Source
    detail: str = ""


class LiMibProbe(msgspec.Struct, frozen=True):
    """Whether an ordinary SNMP credential gets a value from the capability scalars of the intercept MIBs."""

    answer: ProbeAnswer
    source: Source
    visible: tuple[str, ...] = ()
    """Modules that gave a value."""
    detail: str = ""


class Probes(msgspec.Struct, frozen=True):
    """What was seen from outside."""

    smart_install: SmartInstallProbe | None = None
    li_mib: LiMibProbe | None = None
