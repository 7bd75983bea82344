"""eem-output-tampering."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    EventPolicy,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
)
from auditor_checks.references import AA23_270A, TREND_ZERO_DISCO
from auditor_checks.wording import cisco

_TELLING = re.compile(r"\b(?:sh(?:ow?)?|deb\w*|ena\w*|login|copy|no +log\w*)\b|\.\*", re.IGNORECASE)
"""Commands by which an operator sees what is going on, as typed or in a pattern."""


@device_check(
    id="eem-output-tampering",
    title="An applet keeps typed commands, or their output, from the operator",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.SCRIPTS},
    fix={
        **cisco(
            Fix(
                "no event manager applet $name",
                verify="show event manager policy registered",
                caution="Do not trust this command line: collect the configuration by NETCONF, SNMP or the console, and re-image.",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "no event manager applet $name",
            verify="show event manager policy internal",
            caution="Do not trust this command line: collect the configuration by another way, and re-image.",
        ),
    },
    how="Applets on typed commands that do not carry them out: 'skip yes', an exit status of 0, on NX-OS no "
    "'event-default'. Critical for show, debug, enable, login, copy and no logging, high where onbox.scripts declares the "
    "applet. For other commands a guard rail: medium, and nothing where it is declared. A device under suspicion proves "
    "nothing by its own command line: compare with a second way to read it.",
    false_positives="A guard rail of the operator against 'reload' or 'write erase'.",
    attack=("T1564", "T1546", "T1562.003"),
    references=(AA23_270A, TREND_ZERO_DISCO),
    preserve=True,
)
def hiding_applet(facts: Facts) -> Iterator[Judgement]:
    """Implants in routers hid themselves by taking lines out of what operators are shown."""
    for policy in facts.scripts.policies:
        known = listed(facts.declared.scripts or (), policy.name)
        telling = _TELLING.search(_command(policy.trigger)) is not None
        if policy.hides and (telling or not known):
            yield _problem(policy, telling=telling, known=known)


def _command(trigger: str) -> str:
    """The pattern of the typed command, without the words of the statement."""
    found = re.search(r'"([^"]*)"', trigger)
    return found[1] if found else trigger


def _problem(policy: EventPolicy, *, telling: bool, known: bool) -> Problem:
    severity = Severity.MEDIUM
    if telling:
        severity = Severity.HIGH if known else Severity.CRITICAL
    return Problem(
        f"{policy.kind} {policy.name} keeps a typed command from being carried out: {_command(policy.trigger)}"
        + (", as declared" if known else ""),
        tuple(dict.fromkeys((policy.sources[0], *policy.trigger_sources, *policy.hides))),
        subject=f"{policy.kind} {policy.name}",
        severity=severity,
        values={"name": policy.name},
    )
