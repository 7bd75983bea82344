"""config-drift-golden."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Kind, Platform, Severity, device_check
from auditor_checks.references import AA25, CISA24


@device_check(
    id="config-drift-golden",
    title="The configuration is not the authorised one",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SYSTEM},
    fix={},
    how="Needs an authorised copy of the configuration to compare with. The declarations hold none yet, so that the result is "
    "unknown on every device; acl-unreferenced-or-changed and fleet-outlier compare devices with their peers meanwhile.",
    false_positives="A change with a ticket that the copy does not hold yet.",
    attack=("T1562", "T1098"),
    references=(AA25, CISA24),
    preserve=True,
    without_fix=tuple(Platform),
)
def drift(facts: Facts) -> Iterator[Judgement]:
    """A difference from the authorised configuration that has no ticket is the first thing to look for."""
    yield Gap(Code.DECLARATION, f"no authorised copy of the configuration of {facts.device.name} was declared")
