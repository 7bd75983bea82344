"""gtpu-exposed."""

from collections.abc import Iterator

from auditor.api import CheckClass, Facts, Judgement, Severity, device_check
from auditor_checks.core_ports import HOW, NEEDS, admitted, fixes
from auditor_checks.references import SCAS

_PORTS = {"udp": (2152,)}


@device_check(
    id="gtpu-exposed",
    title="GTP-U is let in from any source",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.HIGH,
    needs=NEEDS,
    fix=fixes("udp", 2152),
    how=HOW,
    false_positives="Access networks whose base stations have changing addresses behind IPsec.",
    attack=("T1599", "T1572"),
    references=(SCAS,),
    evidence=("config",),
)
def gtp_u(facts: Facts) -> Iterator[Judgement]:
    """Who reaches GTP-U can inject packets into the traffic of subscribers, and tunnel his own past other filters."""
    yield from admitted(facts, "GTP-U", _PORTS, whole=())
