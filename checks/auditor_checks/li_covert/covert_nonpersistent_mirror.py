"""covert-nonpersistent-mirror."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Mirror,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.copies import evidence, has_ticket, same_port
from auditor_checks.references import AA25, NOK_MIR
from auditor_checks.wording import cisco, is_off, is_on

_SAVED_APART = (Platform.CISCO_IOS, Platform.CISCO_IOSXE)
"""Systems that start from another configuration than the one that runs."""
_CAUTION = "It leaves no trace after a restart: save the outputs first, and do not restart the device."


@device_check(
    id="covert-nonpersistent-mirror",
    title="A mirror runs that the configuration does not have",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.COMBINATION,
    needs={Area.MIRRORS, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(Fix("no monitor session $name", verify="show monitor session all", caution=_CAUTION)),
        Platform.JUNIPER_JUNOS: Fix(
            "edit ephemeral\ndelete forwarding-options port-mirroring\ncommit",
            verify="show forwarding-options port-mirroring",
            caution="It may stand in a named instance of the ephemeral database: 'show ephemeral-configuration'. "
            + _CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "no debug mirror-source $name", verify="show mirror mirror-dest; show debug", caution=_CAUTION
        ),
    },
    not_on={
        Platform.ARISTA_EOS: "every mirror is a session of the running configuration; one that is not saved is found by running-startup-mismatch (syntax-ios-family D.6)",
    },
    how="Mirrors that the output of the device shows ('show monitor session all', 'show forwarding-options port-mirroring', 'show "
    "mirror mirror-dest') are looked for in the configuration, by name and by where they lead. A valid ticket in "
    "analysis.capture_tickets allows them. Unknown without the output; where debug state may choose what is copied (SR OS, "
    "classic form); and on systems that start from a saved configuration, which was not collected (IOS, IOS-XE). Captures "
    "are never saved: covert-packet-capture judges them.",
    false_positives="A session that was removed or set up between the two outputs.",
    attack=("T1040",),
    references=(AA25, NOK_MIR),
    preserve=True,
)
def unsaved(facts: Facts) -> Iterator[Judgement]:
    """A mirror outside the configuration is gone after a restart, and whoever compares configurations does not see it."""
    sessions = facts.mirrors.sessions
    running = facts.state.mirrors.need()
    facts.absence(Area.MIRRORS)
    for live in running:
        if is_off(live.active) or has_ticket(facts) or any(_same(live, one) for one in sessions):
            continue
        ends = ", ".join(f"{end.kind} {end.value}" for end in live.destinations)
        yield Problem(
            message=f"mirror {live.name} runs"
            + (f" to {ends}" if ends else "")
            + ", and the configuration does not have it",
            evidence=evidence(live.sources),
            subject=f"mirror {live.name}",
            values={"name": live.name},
        )
    if is_on(facts.mirrors.state_only) and not facts.mirrors.by_hand:
        yield Gap(Code.STATE, "what is copied may be debug state ('debug mirror-source'), which was not collected")
    if facts.platform in _SAVED_APART:
        yield Gap(Code.STATE, "the saved configuration was not collected; sessions may stand in the running one only")


def _same(live: Mirror, one: Mirror) -> bool:
    """Whether a session of the configuration is the one that runs."""
    if one.name.split()[-1:] == [live.name]:
        return True
    return any(same_port(end.value, other.value) for end in live.destinations for other in one.destinations)
