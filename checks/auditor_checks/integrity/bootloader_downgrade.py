"""bootloader-downgrade."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from auditor.api import (
    Area,
    BoardLoader,
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
    fleet_check,
)
from auditor_checks.references import AA23_270A
from auditor_checks.wording import cisco, groups, shown

_NEWER_PEERS = 2
"""So many peers of the model have to have a newer one: a single one may be ahead of the others."""


def _loaders(facts: Facts) -> Iterator[Observation]:
    """The boot loader of a device by its model, or those of its boards by the type and revision of the board."""
    told = facts.state.loaders
    if isinstance(told, Known) and told.value:
        yield from map(partial(_of_board, facts), told.value)
        return
    if isinstance(told, Known):
        raise NotKnownError(Code.STATE, "the collected outputs name no boot loader")
    release = facts.state.release.need()
    if not release.bootloader:
        told.need()
    yield Observation(f"{facts.platform} {release.model}\t\t{release.bootloader}", release.bootloader, release.source)


def _of_board(facts: Facts, one: BoardLoader) -> Observation:
    types = {board.slot: board.type for board in shown(facts.state.boards)}
    board = one.board or types.get(one.slot, "")
    kind = f"{facts.platform} {one.kind} of board {board}" if board else _NO_TYPE
    return Observation(f"{kind}\t{one.slot}\t{one.version}", f"{one.kind} {one.version}", one.source)


_NO_TYPE = ""
_CAUTION = "Follow the vendor's procedure: a boot loader that is half written leaves the device dead. Keep the old one as evidence."


@fleet_check(
    id="bootloader-downgrade",
    title="A boot loader that is older than that of the peers",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    needs={Area.STATE},
    observe=_loaders,
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
        Platform.JUNIPER_JUNOS: Fix(
            "# follow the upgrade of the board's firmware that the release notes of the declared release name",
            verify="show chassis firmware; show chassis hardware",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "# copy the boot.ldr of the declared release to cf3: and follow the upgrade procedure of its release notes",
            verify="show card detail",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "# follow the upgrade guide of the declared release for BootROM and BootLoad of the board",
            verify="display version",
            caution=_CAUTION,
        ),
    },
    how="Boot loaders of devices of one role and model are compared; one that is older than those of two or more peers is a "
    "finding. Groups of fewer than three are unknown, and so is a device without the output that tells. IOS, IOS-XE and NX-OS tell "
    "one in 'show version'. Junos ('show chassis firmware', the boards by 'show chassis hardware'), SR OS ('show card detail') "
    "and VRP ('display version' of NE, ATN and AR) tell it board by board: boards of one part number or code and of one revision are "
    "compared, whichever device of the role they are in. The BIOS of routing engines of Junos is not in it.",
    false_positives="Hardware of an older series under the same model name; upgrades that have reached the peers so far.",
    attack=("T1542.004", "T1601.002"),
    references=(AA23_270A,),
    preserve=True,
)
def old_loader(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """Intruders put an older boot loader back, whose holes let it start an image that nobody signed."""
    for _, rows, gap in groups(peers):
        versions: dict[str, list[tuple[int, ...]]] = {}
        for seen in (one for row in rows for one in row.observations):
            model, _, version = seen.key.split("\t")
            versions.setdefault(model, []).append(_number(version))
        for numbers in versions.values():
            numbers.sort()
        for peer in rows:
            if gap is not None:
                yield Gap(gap.code, gap.reason, peer.device)
            else:
                yield from _judged(peer, versions)


def _judged(peer: Peer, versions: Mapping[str, list[tuple[int, ...]]]) -> Iterator[Problem | Gap]:
    for seen in peer.observations:
        model, slot, version = seen.key.split("\t")
        newer = len(versions[model]) - bisect_right(versions[model], _number(version))
        if model == _NO_TYPE:
            yield Gap(Code.STATE, f"the type of {slot} was not collected", peer.device)
        elif len(versions[model]) <= _NEWER_PEERS:
            yield Gap(Code.PEERS, f"fewer than three of {model} to compare", peer.device)
        elif newer >= _NEWER_PEERS:
            where = f" of {slot}" if slot else ""
            yield Problem(
                message=f"boot loader {seen.label}{where}, and {newer} peers of the model have a newer one",
                evidence=(seen.source,),
                subject=f"boot loader{where}",
                confidence=Confidence.LIKELY,
                device=peer.device,
            )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
