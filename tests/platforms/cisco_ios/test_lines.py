"""Lines that nobody understands belong to an area, and the table of lines that do not matter is found by first word."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area
from auditor.platforms.cisco_ios.lines import NOT_READ, TABLE
from tests.platforms.cisco_ios.ios import read
from tests.platforms.cisco_ios.test_properties import CONFIG


@pytest.mark.parametrize(
    ("config", "area"),
    [
        ("enable teleport", Area.ACCOUNTS),
        ("privilege", Area.ACCOUNTS),
        ("aaa teleport", Area.AAA),
        ("transport teleport", Area.ACCESS),
        ("line vty 0 4\n teleport", Area.ACCESS),
        ("ip http teleport", Area.SERVICES),
        ("ip ssh teleport", Area.SERVICES),
        ("snmp-server group G", Area.SNMP),
        ("monitor session 1 teleport", Area.MIRRORS),
        ("interface Gi0/1\n switchport capture", None),
        ("flow teleport", Area.EXPORTERS),
        ("ip access-list extended A\n teleport", Area.ACLS),
        ("interface Tunnel1\n tunnel teleport", Area.TUNNELS),
        ("crypto teleport", Area.CRYPTO),
        ("l2vpn teleport", Area.PSEUDOWIRES),
        ("ip route teleport", Area.ROUTES),
        ("interface Gi0/1\n ip policy-teleport", Area.REDIRECTION),
        ("logging teleport", Area.LOGGING),
        ("ntp teleport", Area.TIME),
        ("event manager teleport", Area.SCRIPTS),
        ("app-hosting teleport", Area.CONTAINERS),
        ("license smart teleport", None),
        ("telemetry teleport", Area.DIALOUT),
        ("gnxi grpctunnel destination X", Area.DIALOUT),
        ("cdp teleport", Area.DISCOVERY),
        ("mgmt-traffic teleport", Area.CONTROL_PLANE),
        ("control-plane\n teleport", Area.CONTROL_PLANE),
        ("router bgp 1\n teleport", Area.ROUTING),
        ("interface Gi0/1\n teleport", Area.INTERFACES),
    ],
)
def test_an_unread_line_belongs_to_its_area(config: str, area: Area | None) -> None:
    facts = read(f"version 15.2\n{config}\nend\n").facts
    assert set(facts.unread) == ({area} if area else set())
    assert len(facts.coverage[0].unread) == (1 if area else 0)


def test_the_index_by_first_word_finds_what_the_whole_pattern_finds() -> None:
    head = ""
    for line in CONFIG.splitlines():
        head = head if line.startswith(" ") else line
        for text in (line.strip(), f"no {line.strip()}", f"{head}\n{line.strip()}", f"{head}\nx\n{line.strip()}"):
            assert TABLE.is_irrelevant(text) == bool(TABLE.irrelevant.match(text)), text


@pytest.mark.parametrize(
    "path", ["", "no", "no ", "\n", "exit", "no exit", "interface Gi0/1\nexit", "redundancy\nmode sso"]
)
def test_the_index_at_the_edges(path: str) -> None:
    assert TABLE.is_irrelevant(path) == bool(TABLE.irrelevant.match(path))


def test_every_reason_has_patterns_and_every_gap_a_reason() -> None:
    assert all(patterns for patterns in TABLE.reasons.values())
    assert all(what and why for what, why in NOT_READ)
