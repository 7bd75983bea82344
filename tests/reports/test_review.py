"""The review list: what stands out comes first, one row for what is seen together."""

from auditor.model.run import Evidence, PeerCount, ReviewItem
from auditor_reports.fleet import arrange
from auditor_reports.review import on_device, review_groups
from tests.reports.example_run import RUN, changed

PES = 412


def item(check: str, device: str, subject: str, seen: int, of: int = PES, role: str = "pe") -> ReviewItem:
    evidence = (Evidence("running", 1, 1, subject),)
    return ReviewItem(check, device, subject, f"object {subject}", evidence, PeerCount(seen, of, role))


def fleet() -> list[ReviewItem]:
    """Every PE has a loopback of its own and the common time server; one has another; three have a tunnel of their own."""
    names = [f"pe{n}" for n in range(PES)]
    found = [item("loopback", name, f"loopback of {name}", 1) for name in names]
    found += [item("time", name, "192.0.2.1", PES) for name in names]
    found += [item("time", "pe7", "203.0.113.9", 1)]
    found += [item("tunnel", f"pe{n}", f"tunnel {n}", 1) for n in (3, 8, 9)]
    return found


def test_what_every_device_has_one_of_does_not_hide_what_one_device_has() -> None:
    groups = review_groups(fleet())
    assert [group.item.subject for group in groups[:4]] == ["203.0.113.9", "tunnel 3", "tunnel 8", "tunnel 9"]
    assert groups[0].share == 1 / PES
    assert {group.check for group in groups[4:]} == {"loopback", "time"}


def test_objects_that_are_seen_together_are_one_row() -> None:
    together = [item("acl", name, f"list admits {n}", 2) for n in range(26) for name in ("pe1", "pe2")]
    alone = item("acl", "pe1", "list admits 99", 1)
    first, second = review_groups([*together, alone])
    assert (first.items, first.devices) == ((alone,), ("pe1",))
    assert (len(second.items), second.devices) == (26, ("pe1", "pe2"))


def test_roles_are_not_mixed() -> None:
    groups = review_groups([item("time", "pe1", "x", 1, 2), item("time", "rr1", "x", 1, 1, "rr")])
    assert [(group.devices, group.share) for group in groups] == [(("pe1",), 0.5), (("rr1",), 1.0)]


def test_without_peers_everything_is_shown_last() -> None:
    bare = ReviewItem("time", "pe1", "x", "object x", ())
    groups = review_groups([bare, item("tunnel", "pe1", "t", 1)])
    assert [group.item.subject for group in groups] == ["t", "x"]


def test_topics_hold_everything_and_come_in_the_order_of_what_stands_out() -> None:
    found = arrange(changed(RUN, review=fleet())).topics
    assert [topic.check.id for topic in found] == ["time", "tunnel", "loopback"]
    assert [topic.objects for topic in found] == [2, 3, PES]
    assert [topic.devices for topic in found] == [PES, 3, PES]


def test_on_the_page_of_a_device_each_object_has_its_row() -> None:
    mine = [one for one in fleet() if one.device == "pe7"]
    assert [group.item.subject for groups in on_device(mine).values() for group in groups] == [
        "loopback of pe7",
        "203.0.113.9",
        "192.0.2.1",
    ]
