"""Findings that are worse because of what else was found on the same device (threats reference, 0.2).

Looked at are ids, classes and severities of findings, never their texts. What somebody waived makes nothing worse.
"""

from collections.abc import Iterable, Mapping

import msgspec

from auditor.model.check import CheckMeta, Severity
from auditor.model.run import Finding


def aggravated(findings: Iterable[Finding], checks: Mapping[str, CheckMeta]) -> tuple[Finding, ...]:
    """The findings, each as bad as what stands beside it makes it; the message says why."""
    findings = tuple(findings)
    found: dict[str, dict[str, set[str]]] = {}
    for finding in findings:
        for name in _names(finding, checks) if finding.waived is None else ():
            found.setdefault(finding.device, {}).setdefault(name, set()).add(finding.check)
    return tuple(_raised(finding, checks[finding.check], found.get(finding.device, {})) for finding in findings)


def _names(finding: Finding, checks: Mapping[str, CheckMeta]) -> tuple[str, ...]:
    """What a finding counts as: itself, and one of its class where it is high."""
    return (finding.check, checks[finding.check].check_class) if finding.severity >= Severity.HIGH else (finding.check,)


def _raised(finding: Finding, meta: CheckMeta, found: Mapping[str, set[str]]) -> Finding:
    for one in meta.worse:
        severity = one.severity if one.severity is not None else min(finding.severity + 1, Severity.CRITICAL)
        if found.get(one.beside, set()) - {finding.check} and severity > finding.severity:
            return msgspec.structs.replace(
                finding,
                severity=Severity(severity),
                message=f"{finding.message}; {Severity(severity).label} because {one.reason}",
                preserve=meta.preserve and severity >= Severity.HIGH,
            )
    return finding
