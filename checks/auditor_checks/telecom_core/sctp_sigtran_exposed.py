"""sctp-sigtran-exposed."""

from collections.abc import Iterator

from auditor.api import CheckClass, Facts, Judgement, Severity, device_check
from auditor_checks.core_ports import HOW, NEEDS, admitted, fixes
from auditor_checks.references import CS_LIMINAL_PANDA, SAMSIK, UK_COP

_PORTS = {"sctp": (2905, 2904, 3565, 14001)}


@device_check(
    id="sctp-sigtran-exposed",
    title="SIGTRAN or any SCTP is let in from any source",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.CRITICAL,
    needs=NEEDS,
    fix=fixes("sctp", 2905),
    how=HOW,
    false_positives="Lists in front of a signalling firewall that knows the peers.",
    attack=("T1040", "T1071"),
    references=(
        CS_LIMINAL_PANDA,
        SAMSIK,
        UK_COP,
    ),
    evidence=("config",),
)
def sigtran(facts: Facts) -> Iterator[Judgement]:
    """Access to SS7 shows where subscribers are and lets calls and messages be redirected and read."""
    yield from admitted(facts, "SIGTRAN", _PORTS, whole=("sctp",))
