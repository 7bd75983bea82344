"""nxos-implant-artifacts."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    ConfigChange,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.implants import not_observed
from auditor_checks.references import KEV, SYGNIA

_SHELL = re.compile(r"`|\$\(|&&|\|\||;(?=\S)|(?<=\S);|;\s*/")
"""What only a shell understands. ` ; ` with spaces is how the log joins commands; `|` and `>` filter and save outputs."""
_CONFIGURATION = re.compile(r"conf(?:ig(?:ure)?)?(?: t(?:erminal)?)?\s+;")
_TEXT = re.compile(
    r"(?:description|banner|name|remark|location|contact|snmp-server (?:location|contact)|cli alias|alias|action|username"
    r"|password|key|key-string|match|event|vlan-name|set|no description)\b"
)
"""Commands whose argument is free text, or an expression or a secret that may hold any character."""


@device_check(
    id="nxos-implant-artifacts",
    title="A configuration command that carries commands of a shell",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.CISCO_NXOS: Fix(
            "! isolate the switch and save its memory and storage; then install a fixed image from the vendor's media\n"
            "no feature bash-shell",
            verify="show accounting log; show version; show feature | include bash",
            caution="The log is a ring: save it first. Change the passwords and keys of all administrators.",
        )
    },
    how="Lines of 'show accounting log' whose configuration command has an argument with a back-tick, '$(', '&&', '||' or a "
    "joined ';': so the vulnerability CVE-2024-20399 was used. Free texts, expressions, aliases and secrets do not count. "
    "Processes and files of the Linux below are not collected, so that the result is unknown, not observed, else.",
    false_positives="An argument of a feature that takes an expression of its own.",
    attack=("T1068", "T1059.004"),
    references=(SYGNIA, KEV),
    preserve=True,
    evidence=("state",),
)
def injected(facts: Facts) -> Iterator[Judgement]:
    """Velvet Ant came from the command line to the Linux below by an argument, and ran a tool that no command shows."""
    found = [one for one in facts.state.changes.need() if _is_injected(one)]
    for one in found:
        yield Problem(
            f"{one.user} from {one.address or one.line} entered: {one.command[:120]}",
            (one.source,),
            f"command of {one.user} at {one.when}",
            confidence=Confidence.LIKELY,
        )
    if not found:
        yield not_observed("processes, files and listeners of the Linux below the switch were not collected")


def _is_injected(change: ConfigChange) -> bool:
    if not _CONFIGURATION.match(change.command):
        return False
    parts = re.split(r"\s;\s", change.command)[1:]
    return any(_SHELL.search(part) and not _TEXT.match(part.strip()) for part in parts)
