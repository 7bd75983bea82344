"""pfcp-n4-exposed."""

from collections.abc import Iterator

from auditor.api import CheckClass, Facts, Judgement, Severity, device_check
from auditor_checks.core_ports import HOW, NEEDS, admitted, fixes
from auditor_checks.references import SCAS

_PORTS = {"udp": (8805,)}


@device_check(
    id="pfcp-n4-exposed",
    title="PFCP is let in from any source",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.CRITICAL,
    needs=NEEDS,
    fix=fixes("udp", 8805),
    how=HOW,
    false_positives="Lists inside the core that only its own nodes reach: declare the role of the interface.",
    attack=("T1565.002", "T1040"),
    references=(SCAS,),
    evidence=("config",),
)
def pfcp(facts: Facts) -> Iterator[Judgement]:
    """PFCP knows no login: who reaches it can redirect or copy the traffic of any subscriber."""
    yield from admitted(facts, "PFCP", _PORTS, whole=())
