"""multi-channel-config-mismatch."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA23_270A, TREND_ZD

_ASKED = frozenset({Area.ACCOUNTS, Area.ACLS, Area.SCRIPTS, Area.INTERFACES, Area.SERVICES, Area.MIRRORS, Area.TUNNELS})
"""What an implant hides, and what both channels write (threats reference, multi-channel-config-mismatch)."""
_SHOWN = {
    "running": "is shown by the command line only",
    "copy": "is not shown by the command line",
    "": "is shown in two ways",
}


@device_check(
    id="multi-channel-config-mismatch",
    title="The device gives different answers over different interfaces",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.CRITICAL,
    kind=Kind.COMBINATION,
    needs={Area.SYSTEM},
    fix={},
    how="The configuration by the command line and by NETCONF (document netconf/running): accounts, access lists, code on the "
    "device, interfaces, services, mirrors and tunnels that only one of them shows, or that they show in two ways. Unknown "
    "with one channel, and where one of the two is not whole. Then distrust all other results of the device.",
    false_positives="Channels that write the same thing in different ways.",
    attack=("T1014", "T1564"),
    references=(TREND_ZD, AA23_270A),
    preserve=True,
    without_fix=tuple(Platform),
)
def two_faces(facts: Facts) -> Iterator[Judgement]:
    """An implant that hides from the command line forgets one of the other ways to ask."""
    if not facts.copies.channels:
        yield Gap(Code.STATE, f"one channel only was collected of {facts.device.name}; a second one was not")
    for found in facts.copies.channels:
        missing = sorted(_ASKED - set(found.compared))
        if missing:
            yield Gap(Code.CUT, f"{found.document}: {', '.join(missing)} was not read from both channels")
        if isinstance(found.whole, Unknown):
            yield Gap(found.whole.code, found.whole.reason)
            continue
        for one in found.differences:
            if one.area in _ASKED:
                subject = f"{one.area}: {one.name}"
                yield Problem(f"{subject} {_SHOWN[one.only]}", one.sources, subject)
