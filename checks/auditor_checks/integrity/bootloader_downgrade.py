"""bootloader-downgrade."""

import re
from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    NotKnownError,
    Observation,
    Peer,
    Platform,
    Problem,
    Severity,
    fleet_check,
)
from auditor_checks.references import AA23_270A
from auditor_checks.wording import cisco, groups

_NEWER_PEERS = 2
"""So many peers of the model have to have a newer one: a single one may be ahead of the others."""


def _loader(facts: Facts) -> Iterator[Observation]:
    """The boot loader of a device, by model."""
    release = facts.state.release.need()
    if not release.bootloader:
        raise NotKnownError(Code.STATE, "the collected outputs name no boot loader")
    yield Observation(f"{facts.platform} {release.model}\t{release.bootloader}", release.bootloader, release.source)


_CAUTION = "Follow the vendor's procedure: a boot loader that is half written leaves the device dead. Keep the old one as evidence."


@fleet_check(
    id="bootloader-downgrade",
    title="A boot loader that is older than that of the peers",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    needs={Area.STATE},
    observe=_loader,
    fix={
        **cisco(
            Fix(
                "upgrade rom-monitor filename <DECLARED-ROMMON> all",
                verify="show rom-monitor; show version | include ROM",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "install all nxos bootflash:<DECLARED-IMAGE>   (writes the BIOS of the image as well)",
            verify="show version | include BIOS",
            caution=_CAUTION,
        ),
    },
    how="Boot loaders of devices of one role and model are compared; one that is older than those of two or more peers is a "
    "finding. Groups of fewer than three are unknown, and so is a device without 'show version'. Junos, SR OS and VRP "
    "do not tell it in a form that can be compared.",
    false_positives="Hardware of an older series under the same model name; upgrades that have reached the peers so far.",
    attack=("T1542.004", "T1601.002"),
    references=(AA23_270A,),
    preserve=True,
    unseen={
        Platform.NOKIA_SROS: "no public document shows in what form SR OS tells the release of boot.ldr "
        "(threats.md, bootloader-downgrade; syntax-other-families B15)",
        Platform.HUAWEI_VRP: "'display version' tells the BootROM board by board, in a form that differs by series and that no public "
        "document shows (threats.md, bootloader-downgrade; syntax-other-families D1)",
        Platform.JUNIPER_JUNOS: "'show version' does not tell it; 'show chassis firmware' tells it board by board, by the type of the "
        "board and not by the model of the device (threats.md, bootloader-downgrade; syntax-other-families A11)",
    },
)
def old_loader(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """Intruders put an older boot loader back, whose holes let it start an image that nobody signed."""
    for _, rows, gap in groups(peers):
        for peer in rows:
            for seen in peer.observations:
                model = seen.key.partition("\t")[0]
                like = [one.label for row in rows for one in row.observations if one.key.startswith(f"{model}\t")]
                newer = [label for label in like if _number(label) > _number(seen.label)]
                if gap is not None:
                    yield Gap(gap.code, gap.reason, peer.device)
                elif len(like) <= _NEWER_PEERS:
                    yield Gap(Code.PEERS, f"fewer than three devices of model {model} to compare", peer.device)
                elif len(newer) >= _NEWER_PEERS:
                    yield Problem(
                        message=f"boot loader {seen.label}, and {len(newer)} peers of the model have a newer one",
                        evidence=(seen.source,),
                        subject="boot loader",
                        confidence=Confidence.LIKELY,
                        device=peer.device,
                    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
