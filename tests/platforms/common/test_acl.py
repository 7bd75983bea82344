"""Who gets in by a list of entries."""

from __future__ import annotations

import pytest

from auditor.model.areas import Acl, AclEntry
from auditor.model.evidence import Known, Source, Unknown
from auditor.platforms.common.acl import admits_any, admitted, bind, from_wildcard


def entries(*rows: tuple[str, str, str]) -> list[AclEntry]:
    """Rows of `permit|deny`, protocol, sources with blanks between."""
    return [
        AclEntry(action == "permit", tuple(sources.split()), Source("d", number, number, sources), protocol)
        for number, (action, protocol, sources) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(
    ("address", "wildcard", "prefix"),
    [
        ("192.0.2.16", "0.0.0.15", "192.0.2.16/28"),
        ("192.0.2.17", "0.0.0.15", "192.0.2.16/28"),
        ("192.0.2.1", "0.0.0.0", "192.0.2.1/32"),
        ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),
        ("192.0.2.0", "0.0.0.254", "192.0.2.0 0.0.0.254"),
        ("192.0.2.0", "255.255.255.0", "192.0.2.0 255.255.255.0"),
        ("192.0.2.300", "0.0.0.0", "192.0.2.300 0.0.0.0"),
    ],
)
def test_wildcards(address: str, wildcard: str, prefix: str) -> None:
    assert from_wildcard(address, wildcard) == prefix


@pytest.mark.parametrize(
    ("rows", "everybody"),
    [
        ([("permit", "", "192.0.2.0/24")], False),
        ([("permit", "", "0.0.0.0/0")], True),
        ([("permit", "tcp", "0.0.0.0/0")], True),
        ([("permit", "udp", "0.0.0.0/0")], False),
        ([("permit", "", "0.0.0.0/1"), ("permit", "", "128.0.0.0/1")], True),
        ([("permit", "", "0.0.0.0/1"), ("permit", "", "128.0.0.0/2")], False),
        ([("deny", "", "0.0.0.0/0"), ("permit", "", "0.0.0.0/0")], False),
        ([("deny", "udp", "0.0.0.0/0"), ("permit", "", "0.0.0.0/0")], True),
        ([("deny", "", "203.0.113.0/24"), ("permit", "", "0.0.0.0/0")], True),
        ([("permit", "", "::/0")], True),
        ([("permit", "", "::/1"), ("permit", "", "8000::/1")], True),
        ([("permit", "", "::/1"), ("permit", "", "128.0.0.0/1")], False),
    ],
)
def test_any_source(rows: list[tuple[str, str, str]], everybody: bool) -> None:
    assert admits_any(entries(*rows)).need() is everybody


def test_sources_that_were_not_worked_out() -> None:
    assert isinstance(admits_any(entries(("permit", "", ""))), Unknown)
    assert admits_any(entries(("permit", "", ""), ("permit", "", "0.0.0.0/0"))).need() is True
    assert admits_any(entries(("deny", "", ""), ("permit", "", "192.0.2.0/24"))).need() is False


def test_admitted_sources() -> None:
    found = admitted(
        entries(
            ("deny", "", "203.0.113.64/28"),
            ("deny", "tcp", "203.0.113.1/32"),
            ("permit", "", "203.0.113.66/32"),
            ("permit", "tcp", "203.0.113.1/32 192.0.2.0/24"),
            ("permit", "icmp", "203.0.113.2/32"),
            ("permit", "", "2001:db8::/32"),
        )
    )
    assert [admission.prefix for admission in found] == ["203.0.113.1/32", "192.0.2.0/24", "2001:db8::/32"]
    assert [admission.source.line for admission in found] == [4, 4, 6]


def test_binding() -> None:
    where = Source("d", 9, 9, "access-class A in")
    lists = [Acl("A", 4, tuple(entries(("permit", "", "192.0.2.0/24"))), ()), Acl("E", 4, (), ())]
    undefined = Known(True, (where,))
    assert bind(lists, "A", 4, where, undefined).any_source == Known(False, (lists[0].entries[0].source,))
    for name, family in (("A", 6), ("E", 4), ("X", 4)):
        bound = bind(lists, name, family, where, undefined)
        assert (bound.defined, bound.any_source) == (False, undefined)
