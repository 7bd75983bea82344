"""ran-core-control-exposed."""

from collections.abc import Iterator

from auditor.api import CheckClass, Facts, Judgement, Platform, Severity, device_check
from auditor_checks.core_ports import HOW, NEEDS, admitted, fixes
from auditor_checks.references import SCAS, UK_COP

_PORTS = {"sctp": (36412, 38412, 36422, 38422, 38472, 38462)}

_FIXES = {name: fix for name, fix in fixes("sctp", 36412).items() if name is not Platform.HUAWEI_VRP}


@device_check(
    id="ran-core-control-exposed",
    title="The control protocols of the radio network are let in from any source",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.HIGH,
    needs=NEEDS,
    fix=_FIXES,
    not_on={
        Platform.HUAWEI_VRP: "its lists name ports of TCP and UDP only, SCTP by its number; SCTP as a whole is judged by sctp-sigtran-exposed (Huawei, rule (advanced ACL view))",
    },
    how=HOW + " SCTP that is permitted as a whole is reported by sctp-sigtran-exposed.",
    false_positives="Backhaul that a security gateway protects, where the list stands behind it.",
    attack=("T1200", "T1190"),
    references=(
        SCAS,
        UK_COP,
    ),
    evidence=("config",),
)
def ran_control(facts: Facts) -> Iterator[Judgement]:
    """A base station that is not the operator's can attach to the core and take subscribers."""
    yield from admitted(facts, "S1AP, NGAP, X2AP, XnAP, F1AP or E1AP", _PORTS, whole=())
