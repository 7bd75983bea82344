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
    Release,
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
        if file_name(stored.path) in _names(facts, release):
            key = f"{facts.platform} {release.version} {file_name(stored.path)}\t{stored.size}"
            yield Observation(key, stored.path, stored.source)


def _names(facts: Facts, release: Release) -> set[str]:
    """The file that runs: as `show version` names it, on VRP as `display startup` does, on EOS by its release."""
    if release.image:
        return {file_name(release.image)}
    if facts.platform == Platform.ARISTA_EOS:
        return {f"EOS-{release.version}.swi", f"EOS64-{release.version}.swi"}
    return {file_name(one.path) for one in facts.boot.images if one.kind == "image"}


_SAME, _OTHER = "the declared digest", "another digest than the declared one"


@fleet_check(
    id="image-hash-mismatch",
    title="An image that is not the one that the vendor made",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.CRITICAL,
    needs={Area.BOOT, Area.STATE},
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
    "as it takes minutes of the processor. The file is named by 'show version', on VRP by 'display startup', and on EOS by its "
    "release (EOS-RELEASE.swi).",
    false_positives="Images that were rebuilt by the vendor under the same name.",
    attack=("T1601.001",),
    references=(CISA24, AA25, AA23_270A),
    preserve=True,
    without_fix=(Platform.CISCO_NXOS, Platform.ARISTA_EOS, Platform.HUAWEI_VRP),
    unseen={
        Platform.CISCO_IOSXR: "what runs is installed from packages; the file that 'show version' names is one of theirs, and 'dir "
        "disk0:' does not list their folders ('install verify packages': threats.md, image-hash-mismatch)",
        Platform.JUNIPER_JUNOS: "what runs is a set of signed packages, and 'show version' names no file; 'file checksum' takes "
        "the path of one (threats.md, image-hash-mismatch; junos-veriexec-or-rootfs judges the signatures)",
        Platform.NOKIA_SROS: "the image is a folder of files, and 'file dir cf3:' lists what is beside it; no command that works out "
        "a hash of one of them was found in the vendor's documents, so that hashes are compared off the box (threats.md, image-hash-mismatch)",
    },
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
