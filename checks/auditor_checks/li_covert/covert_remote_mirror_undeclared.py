"""covert-remote-mirror-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Kind,
    Known,
    Mirror,
    MirrorDestination,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_REMOTE = ("address", "vlan")


@device_check(
    id="covert-remote-mirror-undeclared",
    title="Traffic is copied off the device to a destination that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.MIRRORS},
    fix={
        **cisco(
            Fix(
                "no $name",
                verify="show monitor session all   (declared sessions only)",
                caution="Credentials that crossed the copied interfaces have to be changed.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate forwarding-options $name",
            verify="show configuration forwarding-options; show forwarding-options analyzer",
            caution="Use 'commit confirmed 5'. Credentials that crossed the copied interfaces have to be changed.",
        ),
    },
    how="Destinations of RSPAN, ERSPAN, analyzers and port mirroring that leave the device are compared with analysis."
    "mirror_collectors; critical outside the operator's space. Without the list: items to review. Shut down sessions are "
    "info.",
    false_positives="A troubleshooting session that nobody declared.",
    attack=("T1040", "T1020.001", "T1572"),
    references=(AA25,),
    preserve=True,
)
def remote_copy(facts: Facts) -> Iterator[Judgement]:
    """A copy of customers' traffic that leaves over an ordinary path is what these intruders are after."""
    declared = facts.declared.mirror_collectors
    reviewed = False
    for mirror in facts.mirrors.sessions:
        for end in mirror.destinations:
            if end.kind not in _REMOTE or mirror.kind == "erspan-destination":
                continue
            subject = f"copy to {end.kind} {end.value}"
            if declared is None:
                reviewed = True
                yield Review(
                    subject, f"{mirror.name} copies to {end.kind} {end.value}", (mirror.sources[0], end.source)
                )
            elif not listed(declared, end.value, f"{end.kind} {end.value}"):
                yield _problem(facts, mirror, end, subject)
    if reviewed:
        yield no_list("receivers of copied traffic (analysis.mirror_collectors)")


def _problem(facts: Facts, mirror: Mirror, end: MirrorDestination, subject: str) -> Problem:
    outside = end.kind == "address" and facts.declared.in_operator_space(end.value) is False
    down = isinstance(mirror.active, Known) and not mirror.active.value
    severity = Severity.CRITICAL if outside else Severity.HIGH
    return Problem(
        message=f"{mirror.name} copies {', '.join(mirror.copied) or 'traffic'} to {end.kind} {end.value}, which is not declared"
        + (" and lies outside the operator's address space" if outside else "")
        + (" (shut down)" if down else ""),
        evidence=(mirror.sources[0], end.source),
        subject=subject,
        severity=Severity.INFO if down else severity,
        confidence=Confidence.CERTAIN if isinstance(mirror.active, Known) else Confidence.LIKELY,
        values={"name": mirror.name},
    )
