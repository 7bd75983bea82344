"""Groups of addresses, and the entries that refer to them."""

from __future__ import annotations

import pytest

from tests.platforms.cisco_ios.ios import read


def sources(group: str, entry: str = "permit tcp object-group G any eq 22") -> tuple[str, ...]:
    config = f"version 17.6\n{group}\nip access-list extended X\n {entry}\nend\n"
    (acl,) = read(config, xe=True).facts.acls.lists
    return acl.entries[0].sources


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (" host 192.0.2.17", ("192.0.2.17/32",)),
        (" description host 203.0.113.1\n host 192.0.2.17", ("192.0.2.17/32",)),
        (" 192.0.2.16 255.255.255.240", ("192.0.2.16/28",)),
        (" 192.0.2.16 /28", ("192.0.2.16/28",)),
        (" 192.0.2.16/28", ("192.0.2.16/28",)),
        (" range 192.0.2.16 192.0.2.18", ("192.0.2.16/31", "192.0.2.18/32")),
        (" any", ("0.0.0.0/0",)),
        (" host 192.0.2.17\n group-object H", ("192.0.2.17/32", "198.51.100.0/24")),
        (" group-object NOWHERE", ()),
        (" group-object G", ()),
        (" host jump.example.net", ()),
        (" range 192.0.2.18 192.0.2.16", ()),
        (" teleport 192.0.2.1 192.0.2.2", ()),
    ],
)
def test_members(members: str, expected: tuple[str, ...]) -> None:
    further = "object-group network H\n 198.51.100.0 255.255.255.0"
    assert sources(f"object-group network G\n{members}\n{further}") == expected


def test_groups_of_ipv6() -> None:
    config = "version 17.6\nobject-group v6-network G\n 2001:DB8::/64\n any\nipv6 access-list X\n permit tcp object-group G any\nend\n"
    (acl,) = read(config, xe=True).facts.acls.lists
    assert acl.entries[0].sources == ("2001:db8::/64", "::/0")


def test_a_long_chain_of_groups_ends() -> None:
    chain = "\n".join(f"object-group network G{number}\n group-object G{number + 1}" for number in range(5000))
    assert sources(f"object-group network G\n group-object G0\n{chain}") == ()


@pytest.mark.parametrize(
    ("entry", "protocol", "expected"),
    [
        ("10 permit object-group SVC 192.0.2.16 0.0.0.15 any", "", ("192.0.2.16/28",)),
        ("permit ip any any", "ip", ("0.0.0.0/0",)),
        ("permit tcp host 192.0.2.1 any", "tcp", ("192.0.2.1/32",)),
        ("permit tcp addrgroup G any", "tcp", ()),
    ],
)
def test_entries(entry: str, protocol: str, expected: tuple[str, ...]) -> None:
    config = f"version 17.6\nip access-list extended X\n {entry}\nend\n"
    (acl,) = read(config).facts.acls.lists
    assert (acl.entries[0].protocol, acl.entries[0].sources) == (protocol, expected)


def test_ipv6_entries_without_a_protocol() -> None:
    config = "version 12.2\nipv6 access-list X\n permit any any\n permit host 2001:DB8::1 any\n deny 2001:DB8::/32 any\nend\n"
    (acl,) = read(config).facts.acls.lists
    assert [entry.sources for entry in acl.entries] == [("::/0",), ("2001:DB8::1/128",), ("2001:DB8::/32",)]
    assert {entry.protocol for entry in acl.entries} == {""}


def test_groups_of_services() -> None:
    config = (
        "version 17.6\nobject-group service SVC\n description ssh\n tcp eq 22\n tcp source gt 1023 range 80 81\n tcp-udp eq domain\n icmp\n"
        " group-object MORE\nobject-group service MORE\n udp\nip access-list extended X\n permit object-group SVC host 192.0.2.1 any log\nend\n"
    )
    facts = read(config, xe=True).facts
    (acl,) = facts.acls.lists
    assert [(entry.protocol, entry.source_ports, entry.ports) for entry in acl.entries] == [
        ("tcp", (), ("22",)),
        ("tcp", ("1024-65535",), ("80-81",)),
        ("tcp", (), ("53",)),
        ("udp", (), ("53",)),
        ("icmp", (), ()),
        ("udp", (), ()),
    ]
    assert {entry.source.line for entry in acl.entries} == {12}
    assert all(entry.log and entry.sources == ("192.0.2.1/32",) for entry in acl.entries)
    assert facts.unread == {}


def test_groups_that_nothing_defines() -> None:
    facts = read("version 17.6\nip access-list extended X\n permit tcp object-group G any\nend\n").facts
    assert [(one.kind, one.name) for one in facts.acls.undefined] == [("object-group", "G")]
