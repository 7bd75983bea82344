"""The forms of a configuration give the same facts (parsing traps 9 and 21)."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.areas import Area
from tests.platforms.golden import plain
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import FILES, HEADER, classic, facts, flat, folded, full_context, md

LINES = {
    "at",
    "source",
    "sources",
    "bound",
    "secret_source",
    "write_source",
    "remote_source",
    "trigger_sources",
    "vantage",
}
LINES |= {"match_sources", "protocol_sources", "sampling", "flowspec", "default_rights", "validators"}
FORMS = {
    "classic": classic(device.CLASSIC),
    "flat": flat(device.flat_lines()),
    "full-context": full_context(device.flat_lines()),
    "full-context in a block": md("\n".join(folded(line) for line in device.flat_lines().split("\n"))),
    "netconf": f"{device.xml()}",
}


def bare(value: Any) -> Any:
    """Facts without the lines they come from."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key not in LINES}
    if isinstance(value, list):
        return [bare(one) for one in value]
    return value


def of(text: str, area: Area) -> Any:
    found = facts(text)
    return bare(plain(found.areas[area]))


def sort(value: Any) -> Any:
    """Objects in the order of their text: the order of a document is not that of another form."""
    if isinstance(value, dict):
        return {key: sort(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted((sort(one) for one in value), key=repr)
    return value


SAME = [area for area in Area if area not in (Area.PROBES, Area.STATE, Area.BOOT, Area.NAMES)]


@pytest.mark.parametrize("area", SAME, ids=str)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str, area: Area) -> None:
    wanted, found = sort(of(md(device.MD), area)), sort(of(FORMS[form], area))
    if area is Area.MIRRORS:
        # The classic form does not show the sources of mirrors.
        assert found.pop("state_only") is (form == "classic")
        wanted.pop("state_only")
    if form == "netconf" and area is Area.SYSTEM:
        # The header with release and model is a comment that NETCONF has not.
        wanted.pop("model"), found.pop("model")
    if form == "netconf" and area is Area.INTERCEPT:
        # Nor the release, and so not whether its software can intercept.
        wanted.pop("software"), found.pop("software")
    if form == "netconf":
        wanted, found = _known(wanted), _known(found)
    assert found == wanted


def _known(value: Any) -> Any:
    """Without what depends on the release, which NETCONF does not tell."""
    if isinstance(value, dict):
        return {
            key: _known(one)
            for key, one in value.items()
            if key not in ("enabled", "password_login", "version1", "minimum_length")
        }
    return [_known(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("form", ["md", *FORMS])
def test_the_device_is_read_to_the_last_line(form: str) -> None:
    found = facts(md(device.MD) if form == "md" else FORMS[form])
    assert found.hostname == "pe1"
    assert [source.text for source in found.coverage[0].unread] == []
    assert found.complete.need()


def test_info_without_the_outer_block() -> None:
    """Trap 21: `info` prints what stands below `configure`, and nothing tells that it is whole."""
    found = facts(HEADER + device.MD)
    assert found.areas[Area.ROUTES] == facts(HEADER.replace("\n", "\n") + device.MD).areas[Area.ROUTES]
    assert sort(bare(plain(found.areas[Area.ACCOUNTS]))["users"]) == sort(of(md(device.MD), Area.ACCOUNTS)["users"])
    assert not hasattr(found.complete, "value")


def test_netconf_on_one_line() -> None:
    """Trap 10: a whole configuration on one line; its secrets are masked, and evidence does not quote all of it."""
    line = "".join(part.strip() for part in device.xml().split("\n"))
    found = facts(line)
    assert bare(plain(found.areas[Area.AAA])) == bare(plain(facts(device.xml()).areas[Area.AAA]))
    assert "TacK3y" not in repr(found)
    assert max(len(source.text) for source in found.accounts.users[0].sources) <= 1000


def test_info_inside_a_context() -> None:
    """The upper line of the prompt says where the output of `info` belongs."""
    text = """
    (ro)[/configure router "Base" bgp]
    A:admin@pe1# info
        group "g" {
            peer-as 65001
        }
        neighbor "192.0.2.1" {
            group "g"
        }

    (ro)[/configure system security]
    A:admin@pe1# info
        telnet-server true

    (ro)[/]
    A:admin@pe1# info
        frobnicate 1
    """
    found = facts(text)
    assert [(one.address, one.remote_as) for one in found.routing.bgp] == [("192.0.2.1", "65001")]
    assert [one.enabled.need() for one in found.services.found if one.name == "telnet-server"] == [True]
    assert not hasattr(found.complete, "value")
    assert [source.text for source in found.coverage[0].unread] == ["frobnicate 1"] and found.unread == {}


def test_info_of_the_classic_engine() -> None:
    text = """
    *A:pe1>config>service# info
    ----------------------------------------------
            vprn 10 customer 1 create
                interface "ce" create
                    address 192.0.2.1/24
                exit
            exit
    ----------------------------------------------
    *A:pe1>config>service# /configure system security
    *A:pe1>config>system>security# info
    ----------------------------------------------
            telnet-server
            user "a"
                access console
            exit
    ----------------------------------------------
    *A:pe1>config>system>security#
    """
    found = facts(text)
    assert [(one.vrf, one.addresses) for one in found.interfaces.interfaces] == [("10", ("192.0.2.1/24",))]
    assert [user.name for user in found.accounts.users] == ["a"]
    assert [one.enabled.need() for one in found.services.found if one.name == "telnet-server"] == [True]
    assert found.coverage[0].unread == () and not hasattr(found.complete, "value")


def test_blocks_and_flat_lines_mixed() -> None:
    """Trap 21: a block may follow a flat line."""
    mixed = HEADER + '/configure system name "pe1"\n/configure router "Base" {\n    interface "x" {\n    }\n}\n'
    found = facts(mixed)
    assert found.hostname == "pe1"
    assert [one.name for one in found.interfaces.interfaces] == ["x"]


@pytest.mark.skipif(not FILES, reason="the corpus of real configurations is not on this machine")
def test_info_and_the_whole_dump_of_a_real_device() -> None:
    by_name = {path.name: facts(path.read_bytes()) for path in FILES}
    whole = by_name["napalm_sros_admin_show_configuration.mdcli.cfg"]
    part = by_name["napalm_sros_info.mdcli.cfg"]
    for area in (Area.INTERFACES, Area.ROUTING, Area.SCRIPTS, Area.MIRRORS, Area.ACLS):
        assert bare(plain(whole.areas[area])) == bare(plain(part.areas[area]))


def test_a_path_that_stands_alone_is_the_head_of_what_others_write() -> None:
    """`info full-context` names every container (seen in github.com/srl-labs/nokia-segment-routing-lab)."""
    lines = (
        'router "Base" interface "to-p1"',
        'router "Base" interface "to-p1" ipv4 primary',
        'router "Base" interface "to-p1" ipv4 primary address 192.0.2.1',
        'router "Base" interface "to-p1" ipv4 primary prefix-length 31',
        "system grpc",
        "system grpc admin-state enable",
        "system security aaa local-profiles",
        'system security aaa local-profiles profile "p" default-action deny-all',
    )
    found = facts(full_context("\n".join(lines)))
    assert [source.text for source in found.coverage[0].unread] == []
    assert found.interfaces.interfaces[0].addresses == ("192.0.2.1/31",)
