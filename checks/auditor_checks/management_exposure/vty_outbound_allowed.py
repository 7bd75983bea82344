"""vty-outbound-allowed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    PointKind,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA23_270A, AA25, CISA24
from auditor_checks.wording import by_default, carries_others, cisco, closed, confidence, gap


@device_check(
    id="vty-outbound-allowed",
    title="Sessions on the device may go on to other hosts",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.ACCESS},
    fix={
        **cisco(
            Fix(
                "$line\n transport output none",
                verify="show running-config | section ^line   (transport output none in every range)",
                caution="Copies by SCP and logins from this device to others stop.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "line default\n transport output none\nline console\n transport output none",
            verify="show running-config line",
            caution="Logins from this device to others stop.",
        ),
    },
    how="Every line that people can be on and whose 'transport output' is not none, by a line or the documented default; "
    "high on devices of role pe, p or core. Lines that accept nothing from the network are left out. Unknown where the "
    "default of the release is not documented (IOS-XE, IOS XR). Other systems have no such switch: see "
    "device-egress-unrestricted.",
    false_positives="A device that is declared as a jump host.",
    attack=("T1021.004",),
    references=(CISA24, AA25, AA23_270A),
)
def outbound(facts: Facts) -> Iterator[Judgement]:
    """Intruders go from router to router over Telnet and SSH, with the addresses that the next router's list admits."""
    severity = Severity.HIGH if carries_others(facts) else Severity.MEDIUM
    for point in facts.access.points:
        if point.outbound is None or point.kind is PointKind.ATTACHED:
            continue
        if point.kind is PointKind.REMOTE and closed(point.protocols):
            continue
        if isinstance(point.outbound, Unknown):
            yield gap(point.outbound)
        elif point.outbound.value:
            yield Problem(
                message=f"sessions of {point.name} may go on by {', '.join(point.outbound.value)}{by_default(point.outbound)}",
                evidence=tuple(dict.fromkeys((point.source, *point.outbound.sources))),
                subject=point.name,
                severity=severity,
                confidence=confidence(point.outbound),
                values={"line": point.name},
            )
