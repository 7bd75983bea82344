"""The normal and the formal form of one configuration give the same facts."""

from __future__ import annotations

from typing import Any

from auditor.model.areas import Area
from auditor.model.evidence import Known
from tests.platforms.cisco_iosxr.conftest import read
from tests.platforms.cisco_iosxr.formal import formal
from tests.platforms.cisco_iosxr.samples import EDGE
from tests.platforms.golden import plain

PLACES = frozenset(
    (
        "at",
        "source",
        "sources",
        "bound",
        "secret_source",
        "used_by",
        "default_rights",
        "default_role",
        "protocol_sources",
        "remote_source",
        "match_sources",
        "trigger_sources",
        "vantage",
        "flowspec",
        "sampling",
        "network",
        "privileged",
        "validators",
        "static_hosts",
    )
)


def without_places(value: Any) -> Any:
    """Facts without the lines they stand at; how many lines there were is kept."""
    if isinstance(value, dict):
        return {
            name: bool(one) if name in PLACES else without_places(one)
            for name, one in value.items()
            if name != "at" and not (name in PLACES and not isinstance(one, list))
        }
    return [without_places(one) for one in value] if isinstance(value, list) else value


def facts(config: str) -> dict[Area, Any]:
    return {area: without_places(plain(value)) for area, value in read(config).facts.areas.items()}


def test_the_formal_form_gives_the_same_facts() -> None:
    normal, other = facts(EDGE), facts(formal(EDGE))
    assert normal.keys() == other.keys()
    for area, found in normal.items():
        assert other[area] == found, area


def test_the_formal_form_is_read_whole() -> None:
    reading = read(formal(EDGE))
    (coverage,) = reading.facts.coverage
    assert coverage.unread == ()
    assert isinstance(reading.facts.complete, Known)


def test_people_write_levels_on_one_line() -> None:
    config = """
        interface Loopback0 ipv4 address 192.0.2.1 255.255.255.255
        router static address-family ipv4 unicast 0.0.0.0/0 192.0.2.254
        router bgp 1.10 neighbor 192.0.2.2 remote-as 65546
        ntp server 192.0.2.3
        end
        """
    found = read(config).facts
    assert found.interfaces.interfaces[0].addresses == ("192.0.2.1/32",)
    assert found.routes.static[0].next_hop == "192.0.2.254"
    assert found.routing.bgp[0].external is False
    assert found.time.servers[0].address == "192.0.2.3"
    assert found.coverage[0].unread == ()


def test_a_line_counts_once_whichever_levels_share_it() -> None:
    (coverage,) = read("router bgp 1 neighbor 192.0.2.2 frobnicate\nend\n").facts.coverage
    assert [source.text for source in coverage.unread] == ["router bgp 1 neighbor 192.0.2.2 frobnicate"]
    assert coverage.lines == coverage.understood + coverage.irrelevant + 1


def test_preconfigured_interfaces_are_interfaces() -> None:
    (port,) = read("interface preconfigure TenGigE0/0/0/9\n shutdown\n!\nend\n").facts.interfaces.interfaces
    assert (port.name, port.shutdown) == ("TenGigE0/0/0/9", True)
