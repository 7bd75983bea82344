"""gtpc-exposed."""

from collections.abc import Iterator

from auditor.api import CheckClass, Facts, Judgement, Severity, device_check
from auditor_checks.core_ports import HOW, NEEDS, admitted, fixes
from auditor_checks.references import CS_LIMINAL_PANDA, SAMSIK, SCAS

_PORTS = {"udp": (2123,)}


@device_check(
    id="gtpc-exposed",
    title="GTP-C is let in from any source",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.CRITICAL,
    needs=NEEDS,
    fix=fixes("udp", 2123),
    how=HOW,
    false_positives="Networks whose roaming partners are filtered on another device.",
    attack=("T1071", "T1095", "T1599"),
    references=(
        SAMSIK,
        CS_LIMINAL_PANDA,
        SCAS,
    ),
    evidence=("config",),
)
def gtp_c(facts: Facts) -> Iterator[Judgement]:
    """Who reaches GTP-C can set up and tear down sessions of subscribers, and use the roaming network as a way in."""
    yield from admitted(facts, "GTP-C", _PORTS, whole=())
