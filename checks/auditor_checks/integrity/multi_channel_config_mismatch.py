"""multi-channel-config-mismatch."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Kind, Platform, Severity, device_check
from auditor_checks.references import AA23_270A, TREND_ZD


@device_check(
    id="multi-channel-config-mismatch",
    title="The device gives different answers over different interfaces",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.CRITICAL,
    kind=Kind.COMBINATION,
    needs={Area.SYSTEM},
    fix={},
    how="Needs the same facts (users, entries of lists, event policies, interfaces, listeners) over two channels, such as the "
    "command line and NETCONF, SNMP or a copied file. One channel is collected, so that the result is unknown on every device.",
    false_positives="Channels that write the same thing in different ways.",
    attack=("T1014", "T1564"),
    references=(TREND_ZD, AA23_270A),
    preserve=True,
    without_fix=tuple(Platform),
)
def two_faces(facts: Facts) -> Iterator[Judgement]:
    """An implant that hides from the command line forgets one of the other ways to ask."""
    yield Gap(Code.STATE, f"one channel only was collected of {facts.device.name}; a second one was not")
