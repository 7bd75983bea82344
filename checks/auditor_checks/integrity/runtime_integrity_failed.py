"""runtime-integrity-failed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    IntegrityResult,
    Judgement,
    Known,
    Platform,
    Problem,
    Setting,
    Severity,
    device_check,
)
from auditor_checks.references import AA23_270A, AA25, CISCO_FORENSICS
from auditor_checks.wording import cisco, is_off

_KEEP = "Do not reload before memory and images are saved: a reload ends what is in memory and its traces."
_OTHERS = {
    Platform.CISCO_IOSXR: "the dossier ('show platform security integrity dossier') is to be verified outside the router",
    Platform.NOKIA_SRLINUX: "the attestation ('tools platform trust attestation') is to be verified outside the router",
}


@device_check(
    id="runtime-integrity-failed",
    title="The software that runs is not what its vendor signed",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    needs={Area.STATE},
    fix={
        **cisco(
            Fix(
                "! save memory and images by the vendor's forensic procedure, then install an image that is signed for production:\n"
                "copy scp://<USER>@<DECLARED-SERVER>/<DECLARED-IMAGE> flash:\nboot system flash:<DECLARED-IMAGE>",
                verify="show software authenticity running   (every Organization Name: CiscoSystems)",
                caution=_KEEP,
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "# save evidence first, then rebuild the routing engine from the vendor's media",
            verify="sysctl security.mac.veriexec.state   (loaded active enforce)",
            caution=_KEEP,
        ),
    },
    how="IOS and IOS-XE: a stage of the start that Cisco did not sign ('show software authenticity running'); on IOS-XE "
    "also memory of IOSd that is code, can be written and was written to ('... name iosd smaps'). Junos: verified execution "
    "that is not active and enforced. What a device says of itself is no pass: the vendor's signed output has to be verified "
    "outside of it, which the auditor does not do; the result is unknown else.",
    false_positives="A process that makes code at run time, in releases where the vendor says so.",
    attack=("T1601.001", "T1014"),
    references=(AA25, CISCO_FORENSICS, AA23_270A),
    preserve=True,
    evidence=("state",),
    unseen={
        platform: f"{reason} (Cisco forensic procedures; threats.md, runtime-integrity-failed)"
        for platform, reason in _OTHERS.items()
    },
)
def changed_software(facts: Facts) -> Iterator[Judgement]:
    """Implants change the software in memory, where no comparison of files finds them."""
    state = facts.state
    if facts.platform in _OTHERS:
        yield Gap(Code.STATE, _OTHERS[Platform(facts.platform)])
    elif facts.platform == Platform.JUNIPER_JUNOS:
        yield from _failed(state.verified_execution, Confidence.CERTAIN)
        state.verified_execution.need()
    else:
        yield from _failed(state.signatures, Confidence.CERTAIN)
        yield from _failed(state.memory, Confidence.LIKELY)
        state.signatures.need()
    yield Gap(Code.STATE, "what the device says of itself was not verified outside of it")


def _failed(results: Setting[tuple[IntegrityResult, ...]], confidence: Confidence) -> Iterator[Problem]:
    for one in results.value if isinstance(results, Known) else ():
        if is_off(one.good):
            yield Problem(f"{one.what}: {one.said}", (one.source,), one.what, confidence=confidence)
