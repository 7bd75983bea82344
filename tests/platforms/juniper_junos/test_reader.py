"""The document as a whole: completeness, coverage, damage, real files."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from auditor.model.evidence import Known
from auditor.platforms.juniper_junos import platform
from auditor.syntax.text import decode

FLAT = b"set version 22.4R3\nset system host-name r1\n"


def without_sources(value: object) -> object:
    """Plain data without evidence, lists in an order of their own."""
    if isinstance(value, dict):
        if "code" in value or value.get("default"):
            return "what an absent statement means"
        gone = (
            "source",
            "sources",
            "remote_source",
            "secret_source",
            "write_source",
            "vantage",
            "protocol_sources",
            "bound",
        )
        return {key: without_sources(inner) for key, inner in value.items() if key not in gone}
    if isinstance(value, list | tuple):
        return sorted((without_sources(inner) for inner in value), key=repr)
    return value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"system {\n host-name a;\n", "not closed"),
        (b"system {\n host-name a;\n}\n}\n", "more blocks"),
        (b"interfaces {\n lo0;\n}\n", "no 'version' statement"),
        (b"set version 1\nset system host-name r", "no end"),
        (b"set version 1\ndelete system services ssh\n", "changes"),
        (b"version 1;\nsystem { /* OMITTED */ };\n", "left out"),
        (b"version 1;\nsystem {\n login { /* ACCESS-DENIED */ }\n}\n", "left out"),
        (b"version 1;\n...\nsystem {\n}\n", ""),
        (b"", "empty"),
        (b"version 1;\nsystem {\n host-na", "not closed"),
    ],
)
def test_what_is_not_whole_says_so(facts, text: bytes, reason: str) -> None:
    found = facts(text).complete
    assert found.code == "U-CUT"
    assert reason in found.reason


def test_a_whole_one(facts) -> None:
    assert facts(FLAT).complete.value is True
    assert facts(b"version 1;\nsystem {\n}\n# trailer of the collector\n").complete.value is True


def test_noise_of_a_capture(facts) -> None:
    text = b"admin@pe1> show configuration | display set\n{master:0}\n" + FLAT + b"\n{master:0}\nadmin@pe1> \n"
    found = facts(text)
    assert (found.hostname, found.complete.value) == ("r1", True)
    assert found.coverage[0].unread == ()


def test_carriage_returns_change_nothing(facts) -> None:
    assert facts(FLAT.replace(b"\n", b"\r\n")).hostname == "r1"


def test_every_line_is_accounted_for(facts, junos_file) -> None:
    found = facts(junos_file.read_bytes())
    coverage = found.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(coverage.unread)
    assert set(found.areas) | set(found.missing) == set(Area)
    print(
        f"{junos_file.name}: {coverage.understood}+{coverage.irrelevant} of {coverage.lines}, {len(coverage.unread)} unread"
    )


def test_every_junos_file_is_recognised(junos_file) -> None:
    assert platform.detect(decode(junos_file.read_bytes())) is not None


def test_no_foreign_file_is_claimed(foreign_file) -> None:
    assert platform.detect(decode(foreign_file.read_bytes())) is None


@pytest.mark.parametrize(
    ("stem", "areas"),
    [
        ("labval_l3vpn_pe1", (Area.ROUTES, Area.TUNNELS, Area.MIRRORS, Area.ACLS, Area.LOGGING, Area.REDIRECTION)),
        ("labval_evpn_type5_router1", (Area.INTERFACES, Area.ROUTES, Area.TUNNELS, Area.ACLS, Area.LOGGING, Area.SNMP)),
    ],
)
def test_both_forms_of_a_real_file_say_the_same(facts, corpus, stem: str, areas: tuple[Area, ...]) -> None:
    """As far as both files hold it: those in braces lack parts of `system` and the management port."""
    curly = facts((corpus / f"{stem}.conf").read_bytes())
    flat = facts((corpus / f"{stem}.set").read_bytes())
    for area in areas:
        one, other = (without_sources(msgspec.to_builtins(found.areas[area])) for found in (curly, flat))
        if stem == "labval_l3vpn_pe1" and area is Area.ROUTES:
            other["static"] = [route for route in other["static"] if route["vrf"] != "mgmt_junos"]
        if area is Area.INTERFACES:
            # Only the flat file holds `system management-instance`.
            for found in (one, other):
                found["interfaces"] = [
                    port | {"vrf": ""} if port["role"] == "management" else port for port in found["interfaces"]
                ]
        assert one == other, area


def test_a_real_hidden_user_list(facts, corpus) -> None:
    found = facts((corpus / "lwaftr_lwaftr1.conf").read_bytes())
    assert [user.name for user in found.accounts.users] == ["root", "lab", "mwiget", "snabbvmx"]
    assert all(user.login for user in found.accounts.users)
    assert found.snmp.communities[0].secret.trivial is True


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cut_at_any_place_is_read(reading, corpus, data) -> None:
    path = data.draw(st.sampled_from(sorted(corpus.glob("*"))))
    content = path.read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    start = data.draw(st.sampled_from([0, 0, cut // 3]))
    found = reading(content[start:cut]).facts
    coverage = found.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(coverage.unread)


@pytest.mark.parametrize(
    "unit", ["a {", "a { ", '"', "[ ", "/* ", "} ", "groups { a { <*> { ", "set a ", "apply-groups a; "]
)
def test_hostile_repetition_ends(facts, unit: str) -> None:
    assert not isinstance(facts((unit * 3000).encode()).complete, Known)
