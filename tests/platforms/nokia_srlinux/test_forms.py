"""Blocks, flat lines and JSON of the same configuration give the same facts."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.areas import Area
from auditor.model.evidence import Known
from tests.platforms.golden import plain
from tests.platforms.nokia_srlinux.forms import WHOLE, as_json, facts, in_blocks, in_flat

_LINES = ("at", "source", "sources", "bound", "trigger_sources", "match_sources", "protocol_sources", "secret_source")
_MORE = ("remote_source", "write_source", "vantage", "unauthenticated", "used_by", "default_rights", "sampling", "denies", "flowspec", "static_hosts")  # fmt: skip


def without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_lines(one) for key, one in value.items() if key not in (*_LINES, *_MORE)}
    return [without_lines(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("other", [in_flat(WHOLE), as_json(WHOLE)], ids=["flat", "json"])
def test_every_area_is_the_same(other: str) -> None:
    first, second = facts(in_blocks(WHOLE)), facts(other)
    assert first.areas.keys() == second.areas.keys()
    for area in first.areas:
        if area is not Area.PROBES:
            assert without_lines(plain(second.areas[area])) == without_lines(plain(first.areas[area])), area
    assert first.hostname == second.hostname == "r1"
    assert isinstance(first.complete, Known) and isinstance(second.complete, Known)


@pytest.mark.parametrize("text", [in_blocks(WHOLE), in_flat(WHOLE), as_json(WHOLE)], ids=["blocks", "flat", "json"])
def test_every_statement_is_understood(text: str) -> None:
    found = facts(text)
    assert [source.text for source in found.coverage[0].unread] == []
    assert found.unread == {}


def test_json_on_one_line() -> None:
    wide = as_json(WHOLE)
    narrow = wide.replace("\n", "")
    assert without_lines(plain(facts(narrow).services)) == without_lines(plain(facts(wide).services))


def test_evidence_stands_at_the_cited_line() -> None:
    rest = {key: value for key, value in WHOLE["system"].items() if key != "lawful-intercept"}
    config = WHOLE | {"system": rest}
    for text in (in_blocks(config), in_flat(config), as_json(config)):
        lines = text.split("\n")
        found = facts(text)
        for service in found.services.found:
            for source in service.sources:
                assert lines[source.line - 1].strip().split()[:1] == source.text.split()[:1]


SOURCED = """\
# commands from the root, as a file for `source` holds them
/ interface ethernet-1/1 {
    admin-state enable
    subinterface 0 {
        ipv4 {
            address 192.0.2.1/31 {
            }
        }
    }
}
/ network-instance default interface ethernet-1/1.0
set / network-instance default {
    protocols {
        bgp {
            autonomous-system 64500
            dynamic-neighbors {
                interface ethernet-1/1.0 {
                    peer-group fabric
                    allowed-peer-as [
                        64501
                    ]
                }
            }
            group fabric {
            }
        }
    }
}
/ system {
    ssh-server mgmt {
        admin-state enable
        network-instance mgmt
    }
}
set / system aaa authentication admin-user password $y$j9T$abc
set / system dns-instance oob network-instance mgmt
set / system dns-instance oob server-list [ 192.0.2.53 ]
"""


def test_blocks_and_flat_lines_from_the_root_in_one_text() -> None:
    """Seen in the labs of the vendor (github.com/srl-labs/srl-mirroring-lab, github.com/nokia/SReXperts)."""
    found = facts(SOURCED)
    assert [source.text for source in found.coverage[0].unread] == []
    assert [one.name for one in found.interfaces.interfaces if one.addresses] == ["ethernet-1/1.0"]
    assert [(one.address, one.remote_as, one.group) for one in found.routing.bgp] == [
        ("ethernet-1/1.0", "64501", "fabric")
    ]
    assert [(one.address, one.vrf, one.source.line) for one in found.names.resolvers] == [("192.0.2.53", "mgmt", 37)]
    assert "admin" in [one.name for one in found.accounts.users if one.secret_source is not None]
    assert isinstance(found.complete, Known)


def test_a_part_that_says_nothing_of_users_is_no_whole_configuration() -> None:
    part = "interface ethernet-1/1 {\n}\nnetwork-instance default {\n}\nsystem logging {\n    file f {\n    }\n}\n"
    found = facts(part)
    assert not isinstance(found.complete, Known) and "users" in found.complete.reason


def test_a_change_among_blocks() -> None:
    found = facts(SOURCED + "delete / system dns-instance oob server-list\n")
    assert not isinstance(found.complete, Known) and "changes a configuration" in found.complete.reason
