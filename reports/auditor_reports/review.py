"""The review list for a person: what stands out first, one row for what is seen together, one page for each topic."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from auditor.model.run import CheckRecord, PeerCount, ReviewItem

FIRST = 20
"""Rows that the first page shows; everything stands on the pages of the topics."""


class ReviewGroup(msgspec.Struct, frozen=True):
    """Objects of one check that are seen on the same devices, and wait for the same judgement."""

    check: str
    items: tuple[ReviewItem, ...]
    """One for each object."""
    devices: tuple[str, ...]
    peers: PeerCount | None
    share: float
    """The part of the peers that has something as rare as this or rarer, by the same check. 1 without peers."""

    @property
    def item(self) -> ReviewItem:
        """The object that is shown."""
        return self.items[0]

    @property
    def message(self) -> str:
        """What is said of the object that is shown."""
        return self.items[0].message


class Topic(msgspec.Struct, frozen=True):
    """What waits for judgement by one check: how much, and what stands out most."""

    check: CheckRecord
    first: tuple[ReviewGroup, ...]
    """As many as a first page shows; there is one at least."""
    objects: int
    devices: int


def review_groups(items: Iterable[ReviewItem]) -> tuple[ReviewGroup, ...]:
    """What stands out comes first.

    Rarity alone does not tell: a loopback address is on one device only, and every device has one. An object stands out
    when few of its peers have anything as rare by the same check.
    """
    by_role: dict[tuple[str, str], list[ReviewItem]] = defaultdict(list)
    for item in items:
        by_role[item.check, item.peers.role if item.peers else ""].append(item)
    groups = [group for found in by_role.values() for group in _of_role(found)]
    return tuple(sorted(groups, key=order))


def on_device(items: Iterable[ReviewItem]) -> dict[str, list[ReviewGroup]]:
    """The objects of one device by check, each by itself, rarest first."""
    groups = [ReviewGroup(one.check, (one,), (one.device,), one.peers, _rarity(one.peers)) for one in items]
    by_check: dict[str, list[ReviewGroup]] = defaultdict(list)
    for group in sorted(groups, key=order):
        by_check[group.check].append(group)
    return by_check


def topic_of(check: CheckRecord, items: Iterable[ReviewItem]) -> Topic | None:
    """What waits for judgement by a check, or None."""
    groups = review_groups(items)
    if not groups:
        return None
    devices = {name for group in groups for name in group.devices}
    return Topic(check, groups[:FIRST], sum(len(group.items) for group in groups), len(devices))


def first_of(topics: Iterable[Topic]) -> tuple[ReviewGroup, ...]:
    """What stands out most, whatever the check."""
    return tuple(sorted((group for topic in topics for group in topic.first), key=order))[:FIRST]


def _of_role(items: Sequence[ReviewItem]) -> list[ReviewGroup]:
    """The groups of one check among the devices of one role."""
    by_subject: dict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        by_subject[item.subject].append(item)
    together: dict[tuple[str, ...], list[ReviewItem]] = defaultdict(list)
    for _, found in sorted(by_subject.items()):
        together[tuple(dict.fromkeys(item.device for item in found))].append(found[0])
    having: set[str] = set()
    shares: dict[int, float] = {}
    for devices in sorted(together, key=len):
        having.update(devices)
        peers = together[devices][0].peers
        shares[len(devices)] = len(having) / peers.of if peers else 1.0
    return [
        ReviewGroup(found[0].check, tuple(found), devices, found[0].peers, shares[len(devices)])
        for devices, found in together.items()
    ]


def _rarity(peers: PeerCount | None) -> float:
    return peers.with_it / peers.of if peers else 1.0


def order(group: ReviewGroup) -> tuple[object, ...]:
    """By what this is sorted: what stands out most comes first."""
    return (group.share, _rarity(group.peers), group.check, group.item.subject, group.devices)
