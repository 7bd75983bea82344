"""junos-tinyshell-artifacts."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Process,
    Severity,
    device_check,
)
from auditor_checks.implants import not_observed
from auditor_checks.references import MANDIANT_J
from auditor_checks.wording import is_off

_WRITABLE = ("/var/tmp/", "/tmp/", "/var/run/", "/var/home/", "/mfs/tmp/")
"""Folders that everybody or every user of the device may write to; no program of the vendor runs from there."""


@device_check(
    id="junos-tinyshell-artifacts",
    title="Traces of a TINYSHELL implant on Junos",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.JUNIPER_JUNOS: Fix(
            "# isolate the router, save memory and disks; then install a supported release from the vendor's media and run\n"
            "request system malware-scan quick-scan clean-action warn   (releases that have it)",
            verify="show system processes detail; show system connections",
            caution="'clean-action clean' deletes the evidence. A reboot loses what is in memory.",
        )
    },
    how="A process whose name stands in brackets, as those of threads of the kernel do, and that is a program: it has memory "
    "of its own or a parent. A program that runs from a folder that users may write to. The reported names of the implants "
    "are no part of the check: no source that could be read confirms them; give them by --iocs. Listeners: see "
    "listener-undeclared. Without these signs the result is unknown, not observed.",
    false_positives="A program of the operator that is started from /var/tmp or from a home; a process that just ends.",
    attack=("T1014", "T1036.005", "T1205"),
    references=(MANDIANT_J,),
    preserve=True,
    evidence=("state",),
)
def tinyshell(facts: Facts) -> Iterator[Judgement]:
    """UNC3886 ran backdoors on routers of carriers that imitate daemons and keep their sessions out of the logs."""
    observed = False
    for one in facts.state.processes.need():
        why = _sign(one)
        if why:
            observed = True
            yield Problem(
                f"process {one.name} (pid {one.pid}) {why}",
                (one.source,),
                f"process {one.name}",
                confidence=Confidence.LIKELY,
            )
        named = facts.indicators.match(one.name.split("{")[0])
        if named is not None:
            observed = True
            yield Problem(
                f"process {one.name} (pid {one.pid}) is an indicator of {named.source}",
                (one.source,),
                f"process {one.name}",
                confidence=Confidence.LIKELY,
            )
    if not observed:
        yield not_observed("no process shows the signs; the implants inject code into programs of the vendor as well")


def _sign(one: Process) -> str:
    if one.name.startswith("[") and one.name.endswith("]") and is_off(one.kernel):
        return "is a program with a name in brackets, as only threads of the kernel have"
    folder = next((folder for folder in _WRITABLE if one.path.startswith(folder)), "")
    return f"runs from {folder}, which users may write to" if folder else ""
