"""Lines that are known not to matter: the index by first word decides as the whole pattern does."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

TABLE = line_table(
    {"one": ("vlan \\d+|(no )?lacp |ip (domain|host)[ -]|a\\|b", "interface .*\\n(no )?mtu"), "two": (".*\\nexit$",)},
    [("snmp", Area.SNMP)],
)


@pytest.mark.parametrize(
    "path",
    [
        "vlan 10",
        "no lacp rate",
        "no snmp-server contact x",
        "no terminal",
        "lacp rate",
        "ip domain-name x",
        "ip host x",
        "ip route x",
        "a|b",
        "interface Gi0\nno mtu 1500",
        "interface Gi0\nip address",
        "router bgp 1\nexit",
        "exit",
        "no",
        "",
    ],
)
def test_the_index_and_the_pattern_agree(path: str) -> None:
    assert TABLE.is_irrelevant(path) is bool(TABLE.irrelevant.match(path))


def test_the_areas_of_unread_lines() -> None:
    assert TABLE.area("snmp-server community x") is Area.SNMP
    assert TABLE.area("router bgp 1") is None
