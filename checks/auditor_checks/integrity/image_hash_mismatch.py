"""image-hash-mismatch."""

from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Known,
    NotKnownError,
    Observation,
    Peer,
    Platform,
    Problem,
    Severity,
    Unknown,
    fleet_check,
)
from auditor_checks.image_digests import file_name, image_digest
from auditor_checks.references import AA23_270A, AA25, CISA24
from auditor_checks.wording import cisco


def _image(facts: Facts) -> Iterator[Observation]:
    """The image that runs: its digest against the declared one, and its size in the list of files."""
    try:
        image = image_digest(facts)
        yield Observation(f"{_SAME if image.is_the_vendors else _OTHER}\t", image.path, image.source)
    except NotKnownError:
        pass
    release = facts.state.release.need()
    files = facts.state.files
    if isinstance(files, Unknown) and not isinstance(facts.state.digests, Known):
        files.need()
    for stored in files.value if isinstance(files, Known) else ():
        if file_name(stored.path) == file_name(release.image):
            key = f"{facts.platform} {release.version} {file_name(stored.path)}\t{stored.size}"
            yield Observation(key, stored.path, stored.source)


_SAME, _OTHER = "the declared digest", "another digest than the declared one"


@fleet_check(
    id="image-hash-mismatch",
    title="An image that is not the one that the vendor made",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    observe=_image,
    fix={
        **cisco(
            Fix(
                "verify /sha512 <IMAGE>\ncopy scp://<USER>@<DECLARED-SERVER>/<DECLARED-IMAGE> flash:\n"
                "boot system flash:<DECLARED-IMAGE>",
                verify="verify /sha512 <IMAGE>   (the vendor's value)",
                caution="Save the image and the memory first: they are the evidence. The boot loader may be changed as well.",
            )
        ),
    },
    how="The image that runs is looked for in the list of files: where devices with the same release and the same file name "
    "show different sizes, each that differs from the most frequent is a finding, and every one where there is no most "
    "frequent. The digest of 'verify /sha512 IMAGE' is compared with the sha512 that software.images declares for the "
    "release: another one is a finding, the same one a pass. Without it the result is unknown else; the command is not sent, "
    "as it takes minutes of the processor. Lists of files of IOS and "
    "IOS-XE are read so far.",
    false_positives="Images that were rebuilt by the vendor under the same name.",
    attack=("T1601.001",),
    references=(CISA24, AA25, AA23_270A),
    preserve=True,
    without_fix=(
        Platform.CISCO_IOSXR,
        Platform.CISCO_NXOS,
        Platform.JUNIPER_JUNOS,
        Platform.ARISTA_EOS,
        Platform.NOKIA_SROS,
        Platform.HUAWEI_VRP,
    ),
)
def wrong_image(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """A changed image runs what the intruder wants, and shows what he wants to be seen."""
    sizes: dict[str, list[str]] = {}
    for peer in peers:
        for seen in peer.observations:
            name, _, size = seen.key.rpartition("\t")
            if size:
                sizes.setdefault(name, []).append(size)
    for peer in peers:
        for seen in peer.observations:
            name, _, size = seen.key.rpartition("\t")
            if name == _OTHER:
                yield Problem(
                    message=f"{seen.label} has {_OTHER}",
                    evidence=(seen.source,),
                    subject="digest of the running image",
                    device=peer.device,
                )
            elif size and size != _usual(sizes[name]):
                yield Problem(
                    message=f"{seen.label} has {size} bytes, unlike the file of that name and release on other devices",
                    evidence=(seen.source,),
                    subject="running image",
                    confidence=Confidence.LIKELY,
                    device=peer.device,
                )
        if not any(seen.key.startswith((_SAME, _OTHER)) for seen in peer.observations):
            yield Gap(
                Code.STATE, "no hash of the image was collected that the vendor's could be compared with", peer.device
            )


def _usual(values: list[str]) -> str:
    """The most frequent value; empty where two are as frequent."""
    counts = sorted(((values.count(value), value) for value in set(values)), reverse=True)
    return "" if len(counts) > 1 and counts[0][0] == counts[1][0] else counts[0][1]
