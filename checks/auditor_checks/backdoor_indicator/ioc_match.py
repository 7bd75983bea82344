"""ioc-match."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25


@device_check(
    id="ioc-match",
    title="A value of the device is on the list of indicators",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs=set(Area),
    fix={},
    without_fix=set(Platform),
    how="Every address, network, name, hash and fingerprint that was read is compared with the lists given by --iocs; "
    "private and documentation ranges and the operator's own space are never indicators. A match whose indicator is past "
    "its date is medium: verify it again. Without a list the result is unknown.",
    false_positives="Addresses of shared hosting that served an intruder once.",
    attack=("T1071",),
    references=(AA25,),
    preserve=True,
    evidence=("config", "state"),
)
def indicator(facts: Facts) -> Iterator[Judgement]:
    """Advisories publish the addresses and hashes that intruders used; one of them in a router is a matter for the incident team."""
    for area in sorted(set(facts.missing) - {Area.STATE, Area.PROBES}):
        yield Gap(facts.missing[area].code, facts.missing[area].reason)
    if not facts.indicators.files:
        yield Gap(Code.DECLARATION, "no list of indicators was given (--iocs)")
        return
    for text, source in facts.texts():
        found = facts.indicators.match(text)
        if found is None:
            continue
        old = bool(found.valid_until) and found.valid_until < facts.today.isoformat()
        yield Problem(
            message=f"{text} is an indicator of {found.source}"
            + (f" ({found.note})" if found.note else "")
            + (f", valid until {found.valid_until}: verify it again" if old else ""),
            evidence=(source,),
            subject=f"{found.value} in {source.text}"[:120],
            severity=Severity.MEDIUM if old else Severity.CRITICAL,
        )
