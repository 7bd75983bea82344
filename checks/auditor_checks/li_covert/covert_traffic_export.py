"""covert-traffic-export."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    Capture,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Mirror,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.copies import evidence, is_analyser
from auditor_checks.references import AA25, CISCO_RITE
from auditor_checks.wording import is_off


@device_check(
    id="covert-traffic-export",
    title="IP traffic export copies packets out of an interface or into a buffer",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.EXPOSURE,
    needs={Area.MIRRORS},
    fix={
        Platform.CISCO_IOS: Fix(
            "interface <INTERFACE>\n no ip traffic-export apply $name\nno ip traffic-export profile $name",
            verify="show ip traffic-export",
            caution="Save the evidence first. Credentials that crossed the interface have to be changed.",
        )
    },
    not_on={
        Platform.CISCO_IOSXE: "IOS-XE has no 'ip traffic-export'; its captures are 'monitor capture' (syntax-ios-family A.6)"
    },
    how="A profile of 'ip traffic-export' that an interface applies; one that no interface applies is info. A copy to an interface "
    "in analysis.analysers is no finding.",
    false_positives="An intrusion detection system whose port nobody declared.",
    attack=("T1040", "T1020.001"),
    references=(CISCO_RITE, AA25),
    preserve=True,
)
def traffic_export(facts: Facts) -> Iterator[Judgement]:
    """Traffic export copies every packet of an interface to a host on a local network, and no mirror session shows it."""
    exports: list[Mirror | Capture] = [one for one in facts.mirrors.sessions if one.kind == "traffic-export"]
    exports += [one for one in facts.mirrors.captures if one.kind == "traffic-export"]
    for one in exports:
        ends = one.destinations if isinstance(one, Mirror) else ()
        if any(is_analyser(facts, end.value) for end in ends):
            continue
        idle = is_off(one.active)
        to = " ".join(f"{end.kind} {end.value}" for end in ends) or "a buffer of the device"
        places = one.copied if isinstance(one, Mirror) else one.interfaces
        yield Problem(
            message=f"{one.name} copies {', '.join(places) or 'traffic'} to {to}"
            + ("" if one.filters or idle else ", every packet")
            + (" (no interface applies it)" if idle else ""),
            evidence=evidence(one.sources),
            subject=one.name,
            severity=Severity.INFO if idle else Severity.HIGH,
            values={"name": one.name.rpartition(" ")[2]},
        )
