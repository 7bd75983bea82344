"""secure-boot-disabled."""

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

_VIRTUAL = re.compile(r"(?i)\b\S*(?:9000v|nxosv|n9kv|9[35]00v)\b")
"""Virtual switches have a development key from the vendor (example of the forensic procedures of NX-OS)."""
_UNRELEASED = ("Development", "Special")
_IMAGE = Fix(
    "copy scp://<USER>@<DECLARED-SERVER>/<DECLARED-IMAGE> flash:\nboot system flash:<DECLARED-IMAGE>",
    verify="show software authenticity running; show software authenticity keys",
    caution="Compare the hash with the vendor's first; ask the vendor how the key is revoked on the model.",
)

_UNSEEN: dict[str, str] = {
    Platform.JUNIPER_JUNOS: "it is a property of the hardware that no statement and no documented output tells "
    "(syntax-other-families A11)",
    Platform.ARISTA_EOS: "it is a property of the hardware that no documented output tells (syntax-ios-family D11)",
    Platform.NOKIA_SRLINUX: "'tools platform trust secure-boot control' activates and updates it; no documented command shows it "
    "(syntax-other-families C11)",
}


@device_check(
    id="secure-boot-disabled",
    title="Software that is not released by the vendor may start",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    needs={Area.STATE},
    fix={
        **cisco(_IMAGE),
        Platform.CISCO_NXOS: Fix(
            "install all nxos bootflash:<DECLARED-IMAGE>",
            verify="show software authenticity running; show software authenticity keys",
            caution="Compare the hash with the vendor's first; ask the vendor how the key is revoked on the model.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "! no command switches it on: ask the vendor, or replace the card",
            verify="show platform security integrity log secure-boot status   (Enabled)",
            caution="Without it whoever can write to the disk changes the software for good.",
        ),
    },
    how="IOS, IOS-XE and NX-OS: development keys among those that are accepted ('show software authenticity keys'), a running "
    "image of type Development or Special ('... running'), 'Allow Dev Key' of 'show boot' on Catalyst; special keys are on "
    "every device and no finding. A virtual Nexus has a development key: info. IOS XR: secure boot off. On Junos, EOS and SR "
    "Linux no output that shows it is read.",
    false_positives="An image that the vendor made for one case (type Special); hardware of a laboratory.",
    attack=("T1542", "T1601"),
    references=(AA25, AA23_270A, CISCO_FORENSICS),
    evidence=("state",),
    unseen=_UNSEEN,
)
def unreleased_software(facts: Facts) -> Iterator[Judgement]:
    """Where images need no signature of the vendor's release, an intruder's image starts like any other."""
    state = facts.state
    if facts.platform in _UNSEEN:
        yield Gap(Code.STATE, _UNSEEN[facts.platform])
        return
    for one in _known(state.secure_boot):
        if is_off(one.good):
            yield Problem(f"{one.what}: {one.said}", (one.source,), one.what)
    if facts.platform == Platform.CISCO_IOSXR:
        state.secure_boot.need()
        return
    for one in _known(state.signing_keys):
        if is_off(one.good):
            yield _key(facts, one)
    for one in _known(state.signatures):
        if one.said.startswith(_UNRELEASED):
            kind = one.said.partition(",")[0]
            yield Problem(f"{one.what} is of type {kind}", (one.source,), one.what, confidence=Confidence.LIKELY)
    state.signing_keys.need()
    state.signatures.need()


def _known(results: Setting[tuple[IntegrityResult, ...]]) -> tuple[IntegrityResult, ...]:
    return results.value if isinstance(results, Known) else ()


def _key(facts: Facts, one: IntegrityResult) -> Problem:
    """A key that is not for released images; ordinary on virtual switches."""
    release = facts.state.release
    model = release.value.model if isinstance(release, Known) else ""
    virtual = facts.platform == Platform.CISCO_NXOS and bool(_VIRTUAL.search(model))
    return Problem(
        f"{one.said} {one.what}" + (f", as virtual switches have ({model})" if virtual else ""),
        (one.source,),
        f"{one.said.lower()} {one.what}",
        severity=Severity.INFO if virtual else Severity.MEDIUM,
        confidence=Confidence.CERTAIN if model else Confidence.LIKELY,
    )
