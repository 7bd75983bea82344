"""covert-tap-aggregation-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.copies import evidence, where
from auditor_checks.references import AA25, ARISTA_MIRROR
from auditor_checks.wording import confidence, is_off


@device_check(
    id="covert-tap-aggregation-undeclared",
    title="The device gathers the traffic of taps, and the operator did not declare it as a switch for taps",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.MIRRORS},
    fix={
        Platform.ARISTA_EOS: Fix(
            "tap aggregation\n no mode",
            verify="show tap aggregation groups",
            caution="The ports go back to switching: shut them down first, or frames of the taps enter the network.",
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $port\n no mode tap-aggregation",
            verify="show running-config | include tap-aggregation",
            caution="The ports go back to switching: shut them down first, or frames of the taps enter the network.",
        ),
    },
    how="A device or ports in a mode of tap aggregation, compared with analysis.tap_switches (names of devices); without the list "
    "an item to review. Ports that are set up for it while the mode is off are info.",
    false_positives="A switch of the monitoring network that nobody declared.",
    attack=("T1040",),
    references=(AA25, ARISTA_MIRROR),
    preserve=True,
)
def tap_switch(facts: Facts) -> Iterator[Judgement]:
    """In this mode a switch hands what it gets on its ports to analysers, and does not switch any more."""
    declared = facts.declared.tap_switches
    reviewed = False
    for one in facts.mirrors.sessions:
        if one.kind != "tap-aggregation" or listed(declared or (), facts.device.name, facts.hostname):
            continue
        tools = ", ".join(end.value for end in one.destinations)
        message = f"{one.name} gathers {where(one)}" + (f" for {tools}" if tools else "")
        if declared is None:
            reviewed = True
            yield Review(one.name, message, evidence(one.sources))
            continue
        idle = is_off(one.active)
        yield Problem(
            message=f"{message}, and the device is not declared" + (" (the mode is off)" if idle else ""),
            evidence=evidence(one.sources),
            subject=one.name,
            severity=Severity.INFO if idle else Severity.MEDIUM,
            confidence=confidence(one.active),
            values={"port": one.copied[0] if one.copied else ""},
        )
    if reviewed:
        yield no_list("switches for taps (analysis.tap_switches)")
