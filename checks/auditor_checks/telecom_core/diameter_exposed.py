"""diameter-exposed."""

from collections.abc import Iterator

from auditor.api import CheckClass, Facts, Judgement, Severity, device_check
from auditor_checks.core_ports import HOW, NEEDS, admitted, fixes
from auditor_checks.references import SCAS, UK_COP

_PORTS = {"tcp": (3868, 5868), "sctp": (3868, 5868)}


@device_check(
    id="diameter-exposed",
    title="Diameter is let in from any source",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.HIGH,
    needs=NEEDS,
    fix=fixes("tcp", 3868),
    how=HOW,
    false_positives="Lists in front of a Diameter edge agent that knows the peers.",
    attack=("T1040",),
    references=(
        UK_COP,
        SCAS,
    ),
    evidence=("config",),
)
def diameter(facts: Facts) -> Iterator[Judgement]:
    """Who reaches Diameter can ask for the location and keys of subscribers, and change their profiles."""
    yield from admitted(facts, "Diameter", _PORTS, whole=())
