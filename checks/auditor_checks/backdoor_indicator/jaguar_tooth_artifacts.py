"""jaguar-tooth-artifacts: the state part. TFTP that carries outputs of show commands is seen in packet captures only."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.implants import not_observed
from auditor_checks.references import AA23_108, NCSC_JAGUAR

_PROCESS = "Service Policy Lock"


@device_check(
    id="jaguar-tooth-artifacts",
    title="A process of the Jaguar Tooth implant runs",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.CISCO_IOS: Fix(
            "! after memory and images were saved and the device was isolated: install a fixed release and reload;\n"
            "! then SNMP v3 only, bound to a list of managers",
            verify="show processes cpu | include Service Policy Lock   (no line)",
            caution="A reload clears the memory: save it first (Cisco's forensic procedures). Never try a password on a router in service.",
        )
    },
    how="The name of the process in 'show processes cpu'. The implant lives in memory and a changed system can hide it: "
    "without the name the result is unknown, not observed. That it sends outputs by TFTP is seen in packet captures.",
    false_positives="None is known: no release of the vendor has a process of that name.",
    attack=("T1601.001", "T1556.004", "T1602.002"),
    references=(NCSC_JAGUAR, AA23_108),
    preserve=True,
    evidence=("state",),
)
def jaguar_tooth(facts: Facts) -> Iterator[Judgement]:
    """Russia's military intelligence put this implant into routers over SNMP; it lets in without a password."""
    found = [one for one in facts.state.processes.need() if one.name == _PROCESS]
    for one in found:
        yield Problem(f"process {one.name} (pid {one.pid}) runs", (one.source,), f"process {one.name}")
    if not found:
        yield not_observed(f"no process '{_PROCESS}' is shown; the implant is in memory only and can hide")
