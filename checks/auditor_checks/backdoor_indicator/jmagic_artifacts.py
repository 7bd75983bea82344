"""jmagic-artifacts: the state part. The packets that wake the implant are seen in packet captures only."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Process,
    Severity,
    device_check,
)
from auditor_checks.implants import not_observed
from auditor_checks.references import LUMEN_J

_NAME = re.compile(r"\[?nfsiod [01]\]?(?:\{.*\})?$")
"""`[nfsiod 0]` is the agent, `[nfsiod 1]` its shell; the kernel's own threads for NFS have these names too."""
_FILE = "JunoscriptService"


@device_check(
    id="jmagic-artifacts",
    title="Traces of the J-magic implant",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.JUNIPER_JUNOS: Fix(
            "# isolate the router, save memory and disks, then rebuild it from the vendor's media:\n"
            "request vmhost reboot usb   (or the procedure of the model)",
            verify="show system processes detail | match nfsiod   (parent 0 only)",
            caution="A reboot stops the implant and loses what is in memory: save it first.",
        )
    },
    how="Program or file 'JunoscriptService'; a process '[nfsiod 0]' or '[nfsiod 1]' that is a program: it has memory of its "
    "own in 'show system processes extensive' or a parent in 'show system processes detail'. Threads of the kernel with the "
    "same names have neither. Without these signs the result is unknown, not observed. Hashes: see ioc-match.",
    false_positives="None is known for a program of these names.",
    attack=("T1205.002", "T1036.004"),
    references=(LUMEN_J,),
    preserve=True,
    evidence=("state",),
)
def jmagic(facts: Facts) -> Iterator[Judgement]:
    """The implant waits for a packet that only its owner knows, so that no scan of ports finds it."""
    state = facts.state
    observed = False
    for stored in state.files.value if isinstance(state.files, Known) else ():
        if stored.path.rpartition("/")[2].removesuffix("*") == _FILE:
            observed = True
            yield Problem(f"file {stored.path} has the name of the implant", (stored.source,), f"file {stored.path}")
    processes = state.processes.need()
    for one in processes:
        said = _judged(one)
        observed = observed or isinstance(said, Problem)
        if said is not None:
            yield said
    if not observed:
        yield not_observed("neither its processes nor its file is shown; the implant is passive until it is woken")


def _judged(one: Process) -> Problem | Gap | None:
    program = one.name.split("{")[0].split()[0].rpartition("/")[2]
    if program == _FILE:
        return Problem(f"program {one.name} runs", (one.source,), f"process {_FILE}")
    if not _NAME.match(one.name):
        return None
    if not isinstance(one.kernel, Known):
        return Gap(
            Code.STATE, f"whether process {one.name} (pid {one.pid}) is a thread of the kernel: {one.kernel.reason}"
        )
    if one.kernel.value:
        return None
    message = f"process {one.name} (pid {one.pid}) is a program with the name of a thread of the kernel"
    return Problem(message, (one.source,), f"process {one.name}", confidence=Confidence.LIKELY)
