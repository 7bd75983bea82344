"""li-mib-visible-to-probe."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Gap,
    Judgement,
    Platform,
    ProbeAnswer,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.lawful import CISCO, everywhere, office
from auditor_checks.references import CISCO_LI_VXSM, TAP_MIBS


@device_check(
    id="li-mib-visible-to-probe",
    title="An ordinary SNMP credential gets values from the intercept MIBs",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    needs={Area.PROBES},
    fix=everywhere(
        office(
            "snmp-server view <VIEW> 1.3.6.1.4.1.9.9.399 excluded",
            verify="show snmp view   (252, 394, 395, 399, 400, 672 and 716 are excluded)",
            caution="Bind the view to every community and group that is not the mediation device's.",
        ),
        *CISCO,
        Platform.CISCO_NXOS,
    ),
    how="The capability scalars of the intercept MIBs are asked for with GET and with the ordinary credential; no table is read and "
    "nothing is written. A value means that the view lets it through. No answer is unknown; without a probe it is unknown.",
    attack=("T1040", "T1602.001"),
    references=(TAP_MIBS, CISCO_LI_VXSM),
    evidence=("snmp", "probe"),
)
def visible(facts: Facts) -> Iterator[Judgement]:
    """What the credential of network management sees, everybody sees who reads it from a script or a backup."""
    probe = facts.probes.li_mib
    if probe is None:
        yield Gap(Code.STATE, "whether an ordinary credential sees the intercept MIBs was not asked by SNMP")
    elif probe.answer is ProbeAnswer.PRESENT:
        yield Problem(
            message=f"an ordinary credential gets values from {', '.join(probe.visible) or 'an intercept MIB'}",
            evidence=(probe.source,),
            subject="intercept MIBs",
        )
    elif probe.answer is ProbeAnswer.INCONCLUSIVE:
        yield Gap(Code.VANTAGE, f"the question for the intercept MIBs had no clear answer: {probe.detail}")
