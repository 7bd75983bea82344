"""eem-policy-undeclared."""

from collections.abc import Iterator

import msgspec

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
    ScriptTrait,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA23_270A, AA25
from auditor_checks.wording import cisco, shown

_HARMLESS_ALONE = ("runs without command authorization", "deletes files")
"""Findings only beside others: how most applets are written, and how versions of a configuration are rotated."""


_WITH_CHECKSUM = ("EEM policy", "EEM policy map", "Junos event script")
"""Kinds of policy that a checksum of the file can be configured for."""
_SCRIPT_KINDS = ("cli-script", "python")
"""Kinds of script that SR OS and VRP hand to their event handlers, schedules and assistants."""


@device_check(
    id="eem-policy-undeclared",
    title="Code that runs on events, and that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SCRIPTS, Area.AAA, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(
            Fix(
                "no event manager applet $name",
                verify="show event manager policy registered",
                caution="Save the applet's text, 'show event manager history events' and policy files on flash first.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no event manager policy $name",
            verify="show event manager policy registered",
            caution="Save the policy's file and 'show event manager history events' first.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no event manager applet $name",
            verify="show event manager policy internal",
            caution="Save the applet's text and 'show event manager history events' first.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no event-handler $name",
            verify="show event-handler   (not listed)",
            caution="Save 'show event-handler $name' and the files in /mnt/flash and /persist first.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure log event-handling handler $name admin-state disable",
            verify="show log event-handling information; show system script-control script-policy",
            caution="Save the script's file and the results in its results location first.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system event-handler instance $name admin-state disable",
            verify="info from state / system event-handler",
            caution="Save the script in /etc/opt/srlinux/eventmgr first.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "ops\n undo assistant $name",
            verify="display ops assistant current",
            caution="Save the assistant's text and the scripts on flash first.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate event-options policy $name",
            verify="show configuration event-options",
            caution="Save the policy and the files in /var/db/scripts/event first; use 'commit confirmed 5'.",
        ),
    },
    how="Every policy, and every one that the device shows as registered and its configuration does not have, is compared with "
    "onbox.scripts. Whether declared or not, one that switches logging off, clears logs, "
    "changes accounts or lists, stops commands, captures, fetches or copies out is a finding, and so is one that bypasses "
    "authorization where commands are authorized. Without the list the others are items to review. One that is switched "
    "off is info, a file without a configured checksum (IOS-XR, Junos) low, and so is one that the device calls the vendor's own. The content of policy files on flash is not seen.",
    false_positives="An applet that copies the configuration to a backup server.",
    attack=("T1546", "T1053"),
    references=(AA23_270A, AA25),
    preserve=True,
)
def event_code(facts: Facts) -> Iterator[Judgement]:
    """Applets and event scripts bring an intruder's changes back, hide them and wipe what was logged."""
    declared = facts.declared.scripts
    reviewed = False
    for policy in _policies(facts):
        known = declared is not None and listed(declared, policy.name)
        deeds = _deeds(facts, policy)
        if deeds or (declared is not None and not known):
            yield _problem(policy, deeds, known=known)
        elif declared is None:
            reviewed = True
            yield Review(
                f"{policy.kind} {policy.name}",
                f"{policy.kind} {policy.name}, runs on: {policy.trigger or 'not known'}",
                policy.sources,
            )
        if policy.active and policy.kind in _WITH_CHECKSUM and not policy.checked:
            yield Problem(
                f"no checksum is configured for {policy.kind} {policy.name}: whoever changes the file changes what runs",
                policy.sources,
                f"{policy.kind} {policy.name}: checksum",
                severity=Severity.LOW,
            )
    if reviewed:
        yield no_list("event-driven code (onbox.scripts)")


def _policies(facts: Facts) -> Iterator[EventPolicy]:
    """Event policies, and the scripts that SR OS and VRP hand to their event handlers and assistants."""
    live = {policy.name: policy for policy in shown(facts.state.policies)}
    for policy in facts.scripts.policies:
        yield _with(policy, live.pop(policy.name)) if policy.name in live else policy
    yield from live.values()
    for script in facts.scripts.scripts:
        if script.kind in _SCRIPT_KINDS:
            fetched = (ScriptTrait("fetches its code from another host", script.sources[-1]),) if script.remote else ()
            traits = (*fetched, *script.traits)
            yield EventPolicy(
                script.name, script.kind, script.sources, traits=traits, active=script.active, checked=script.checked
            )


def _with(policy: EventPolicy, live: EventPolicy) -> EventPolicy:
    """A policy of the configuration that the device shows as registered: it is in force."""
    return msgspec.structs.replace(
        policy,
        sources=(*policy.sources, *live.sources),
        trigger_sources=(*policy.trigger_sources, *live.sources),
        active=True,
    )


def _deeds(facts: Facts, policy: EventPolicy) -> tuple[ScriptTrait, ...]:
    """What it does that is a finding by itself; that it bypasses authorization counts where commands are authorized."""
    deeds = tuple(trait for trait in policy.traits if trait.what not in _HARMLESS_ALONE)
    if policy.bypass is not None and any("commands" in one.kind for one in facts.aaa.authorization):
        deeds += (ScriptTrait("bypasses the authorization of commands", policy.bypass),)
    return deeds


def _problem(policy: EventPolicy, deeds: tuple[ScriptTrait, ...], *, known: bool) -> Problem:
    what = ", ".join(dict.fromkeys(trait.what for trait in deeds))
    text = f"{policy.kind} {policy.name}" + (" is declared but" if known else " is not declared" if not deeds else "")
    return Problem(
        message=f"{text} {what}".strip() + ("" if policy.active else " (switched off)"),
        evidence=policy.sources
        if not deeds
        else (policy.sources[0], *policy.trigger_sources, *(trait.source for trait in deeds)),
        subject=f"{policy.kind} {policy.name}",
        severity=_severity(policy, deeds),
        values={"name": policy.name},
    )


def _severity(policy: EventPolicy, deeds: tuple[ScriptTrait, ...]) -> Severity:
    """What images bring along is registered on every device of a kind."""
    if not policy.active:
        return Severity.INFO
    return Severity.LOW if policy.vendors and not deeds else Severity.HIGH
