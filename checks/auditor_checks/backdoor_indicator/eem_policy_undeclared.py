"""eem-policy-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    EventPolicy,
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
from auditor_checks.references import AA23_270A, AA25
from auditor_checks.wording import cisco

_HARMLESS_ALONE = "runs without command authorization"
"""A finding only beside others, because it is how most applets are written."""


@device_check(
    id="eem-policy-undeclared",
    title="Code that runs on events, and that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SCRIPTS},
    fix={
        **cisco(
            Fix(
                "no event manager applet $name",
                verify="show event manager policy registered",
                caution="Save the applet's text, 'show event manager history events' and policy files on flash first.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate event-options policy $name",
            verify="show configuration event-options",
            caution="Save the policy and the files in /var/db/scripts/event first; use 'commit confirmed 5'.",
        ),
    },
    how="Every policy is compared with onbox.scripts. Whether declared or not, one that switches logging off, clears logs, "
    "changes accounts or lists, stops commands, captures or copies out is a finding. Without the list the others are items "
    "to review. The content of policy files on flash is not seen.",
    false_positives="An applet that copies the configuration to a backup server.",
    attack=("T1546", "T1053"),
    references=(AA23_270A, AA25),
    preserve=True,
)
def event_code(facts: Facts) -> Iterator[Judgement]:
    """Applets and event scripts bring an intruder's changes back, hide them and wipe what was logged."""
    declared = facts.declared.scripts
    reviewed = False
    for policy in facts.scripts.policies:
        subject = f"{policy.kind} {policy.name}"
        known = declared is not None and listed(declared, policy.name)
        deeds = [trait for trait in policy.traits if trait.what != _HARMLESS_ALONE]
        if deeds or (declared is not None and not known):
            yield Problem(
                message=_message(policy, [trait.what for trait in deeds], known=known),
                evidence=policy.sources
                if not deeds
                else (policy.sources[0], *policy.trigger_sources, *(trait.source for trait in deeds)),
                subject=subject,
                values={"name": policy.name},
            )
        elif declared is None:
            reviewed = True
            yield Review(
                subject, f"{policy.kind} {policy.name}, runs on: {policy.trigger or 'not known'}", policy.sources
            )
    if reviewed:
        yield no_list("event-driven code (onbox.scripts)")


def _message(policy: EventPolicy, deeds: list[str], *, known: bool) -> str:
    text = f"{policy.kind} {policy.name}" + (" is declared but" if known else " is not declared" if not deeds else "")
    return f"{text} {', '.join(dict.fromkeys(deeds))}".strip()
