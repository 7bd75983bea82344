"""synful-knock-implant: the state part, which can only clear a device. The handshake is seen by a probe or in captures."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Platform, Reference, Severity, device_check
from auditor_checks.image_digests import image_digest
from auditor_checks.references import TALOS_TUNDRA


@device_check(
    id="synful-knock-implant",
    title="The image of IOS is changed as by SYNful Knock",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={},
    unseen={
        Platform.CISCO_IOS: "only the handshake proves the implant, which a probe or captures show (Mandiant, SYNful Knock); outputs "
        "can clear a device, by the digest of its image, and never convict it"
    },
    how="Only the handshake proves the implant, and outputs do not show it. An image whose sha512 ('verify /sha512 IMAGE') is "
    "the one that software.images declares for the release is not changed on the storage: passed. Every other result is "
    "unknown; a digest that differs is a finding of image-hash-mismatch.",
    false_positives="None.",
    attack=("T1601.001", "T1205"),
    references=(
        Reference("Mandiant, SYNful Knock hunting tools", "https://github.com/fireeye/synfulknock"),
        TALOS_TUNDRA,
    ),
    preserve=True,
    evidence=("state",),
)
def synful_knock(facts: Facts) -> Iterator[Judgement]:
    """The implant is a changed image: it stays over reloads, and opens to whoever knows its handshake."""
    image = image_digest(facts)
    if not image.is_the_vendors:
        yield Gap(Code.STATE, f"the digest of {image.path} is not the declared one: see image-hash-mismatch")
