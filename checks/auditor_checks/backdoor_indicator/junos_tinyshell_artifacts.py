"""junos-tinyshell-artifacts."""

from collections.abc import Iterator

from auditor.api import (
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Listener,
    NotKnownError,
    Platform,
    Problem,
    Process,
    Severity,
    device_check,
)
from auditor_checks.copies import evidence
from auditor_checks.implants import not_observed
from auditor_checks.listeners import NEEDS, unexplained
from auditor_checks.references import MANDIANT_J
from auditor_checks.wording import is_off, shown

_WRITABLE = ("/var/tmp/", "/tmp/", "/var/run/", "/var/home/", "/mfs/tmp/")
"""Folders that everybody or every user of the device may write to; no program of the vendor runs from there."""


@device_check(
    id="junos-tinyshell-artifacts",
    title="Traces of a TINYSHELL implant on Junos",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs=NEEDS,
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
    "are no part of the check: no source that could be read confirms them; give them by --iocs. Beside such a process the ports "
    "that nothing explains are evidence too; alone they are listener-undeclared. Without these signs the result is unknown, not "
    "observed.",
    false_positives="A program of the operator that is started from /var/tmp or from a home; a process that just ends.",
    attack=("T1014", "T1036.005", "T1205"),
    references=(MANDIANT_J,),
    preserve=True,
    evidence=("state",),
)
def tinyshell(facts: Facts) -> Iterator[Judgement]:
    """UNC3886 ran backdoors on routers of carriers that imitate daemons and keep their sessions out of the logs."""
    processes = facts.state.processes.need()
    found = {one.pid: why for one in processes if (why := _sign(one) or _indicated(facts, one))}
    for pid, why in found.items():
        rows = [one for one in processes if one.pid == pid]
        first = next(one for one in rows if _sign(one) or _indicated(facts, one))
        ports = _open_ports(facts)
        yield Problem(
            f"process {first.name} (pid {pid}) {why}"
            + (f"; nothing explains why {', '.join(map(_port, ports))} is listened on" if ports else ""),
            evidence(
                first.source,
                (one.source for one in rows if _program(one) == _program(first)),
                (one.source for one in ports),
            ),
            f"process {first.name}",
            confidence=Confidence.LIKELY,
        )
    if not found:
        yield not_observed("no process shows the signs; the implants inject code into programs of the vendor as well")


def _program(one: Process) -> str:
    """`jdosd` of `/var/tmp/jdosd -f` and of `jdosd{worker}`: the outputs name one process in two ways."""
    return one.name.split()[0].partition("{")[0].rpartition("/")[2]


def _indicated(facts: Facts, one: Process) -> str:
    named = facts.indicators.match(one.name.split("{")[0])
    return f"is an indicator of {named.source}" if named is not None else ""


def _open_ports(facts: Facts) -> list[Listener]:
    """What may be the door of the implant: no output of Junos says which process listens."""
    try:
        return list(unexplained(facts, shown(facts.state.listeners)))
    except NotKnownError:
        return []


def _port(one: Listener) -> str:
    return f"{one.protocol.rstrip('46').upper()} port {one.port}"


def _sign(one: Process) -> str:
    if one.name.startswith("[") and one.name.endswith("]") and is_off(one.kernel):
        return "is a program with a name in brackets, as only threads of the kernel have"
    folder = next((folder for folder in _WRITABLE if one.path.startswith(folder)), "")
    return f"runs from {folder}, which users may write to" if folder else ""
