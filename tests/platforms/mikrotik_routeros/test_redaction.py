"""Intercepts are dropped from the bytes before anything is read."""

from __future__ import annotations

from auditor.platforms.mikrotik_routeros.redaction import redact
from tests.platforms.mikrotik_routeros.ros import REST, V7, facts, reading

BLOCK = (
    "/ip firewall calea\nadd action=sniff chain=forward sniff-id=4711 src-address=203.0.113.66\n"
    '# a note\nadd action=sniff-pc chain=forward comment="case \\\n    4712" sniff-id=4712 src-address=203.0.113.67\n'
)
TERSE = (
    "/tool calea add case-id=4711 intercept-ip=203.0.113.66\n/interface/bridge/calea add action=sniff sniff-id=4711\n"
)
RULE = "/ip firewall mangle\nadd action=\\\n    sniff-pc chain=forward sniff-id=4711 src-address=203.0.113.66\n"
WORDS = (b"4711", b"4712", b"203.0.113.66", b"203.0.113.67")


def test_entries_leave_nothing() -> None:
    text = V7 + REST + BLOCK + TERSE + RULE + "/ip address\nadd address=192.0.2.1/24 interface=b1\n"
    assert not any(word in redact(text.encode()) for word in WORDS)
    assert not any(word.decode() in repr(reading(text)) for word in WORDS)
    assert facts(text).interfaces.interfaces[0].addresses == ("192.0.2.1/24",)


def test_a_device_with_intercepts_reads_like_one_without() -> None:
    menu = "/ip firewall mangle\nadd action=mark-packet chain=forward new-packet-mark=m\n"
    assert facts(V7 + REST + menu) == facts(V7 + REST + menu + RULE.partition("\n")[2] + TERSE)


def test_cut_anywhere() -> None:
    whole = (BLOCK + TERSE + RULE).encode()
    for end in range(len(whole)):
        kept = redact(whole[:end])
        assert b"203.0.113.6" not in kept
        assert b"=471" not in kept


def test_a_menu_of_the_package_that_could_not_be_exported_changes_nothing() -> None:
    found, without = facts(V7 + REST + "#error exporting /ip firewall calea\n"), facts(V7 + REST)
    assert found.unread == without.unread == {}
    assert found.missing.keys() == without.missing.keys()
