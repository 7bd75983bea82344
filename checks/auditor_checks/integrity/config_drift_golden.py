"""config-drift-golden."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Kind, Platform, Severity, device_check
from auditor_checks.differences import GRAVE, differences
from auditor_checks.references import AA25, CISA24


@device_check(
    id="config-drift-golden",
    title="The configuration is not the authorised one",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SYSTEM},
    fix={},
    how="The authorised copies are given by --golden, or lie in the folder 'golden' beside the inventory, one file for each "
    "device. Both configurations are read and what they mean is compared: order, form and the salt of a reversible secret "
    "make no difference; lines that no area is about are compared as lines. High for accounts, AAA, access, lists, services, "
    "SNMP, mirrors, exporters, tunnels, redirection, logging and code on the device, medium for other areas, low for lines. "
    "Unknown without a copy, and where one of the two is not whole. Intercept settings are not compared.",
    false_positives="A change with a ticket that the copy does not hold yet.",
    attack=("T1562", "T1098"),
    references=(AA25, CISA24),
    preserve=True,
    without_fix=tuple(Platform),
)
def drift(facts: Facts) -> Iterator[Judgement]:
    """A difference from the authorised configuration that has no ticket is the first thing to look for."""
    found = facts.copies.golden
    if found is None:
        yield Gap(
            Code.DECLARATION, f"no authorised copy of the configuration of {facts.device.name} was given (--golden)"
        )
    else:
        yield from differences(found, "the authorised copy", GRAVE, Severity.LOW)
