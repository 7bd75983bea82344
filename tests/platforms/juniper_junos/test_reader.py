"""The document as a whole: completeness, coverage, damage, real files."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from auditor.model.evidence import Known
from auditor.platforms.juniper_junos import platform
from auditor.syntax.text import decode
from tests import growth

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
    assert set(found.areas) | set(found.missing) | {Area.STATE} == set(Area)
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


def test_a_provider_edge_is_understood_to_its_last_line(facts) -> None:
    """Many statements on a line, options that nobody needs, groups of routing engines, every protocol of a carrier."""
    found = facts((Path(__file__).parent / "provider_edge.conf").read_bytes())
    assert (found.coverage[0].unread, found.unread) == ((), {})
    assert isinstance(found.complete, Known)
    bgp = {(one.address, one.vrf): one for one in found.routing.bgp}
    assert bgp["203.0.113.1", ""].flowspec and bgp["203.0.113.1", ""].ttl_security.value
    assert bgp["192.0.2.200", ""].authentication.value == "keychain"
    assert [entry.prefix for entry in found.acls.prefix_lists[0].entries] == ["203.0.113.1/32", "192.0.2.200/32"]
    assert [one.prefix for one in found.access.points[0].filters[0].admitted] == ["10.0.0.0/24"]
    assert [end.value for end in found.mirrors.sessions[0].destinations] == ["gr-0/0/0.1", "ae0.0"]
    assert [one.next_hop for one in found.redirection.rewrites] == ["192.0.2.66"]
    assert [one.target for one in found.redirection.redirects] == ["203.0.113.77"]
    assert {port.name: port.vrf for port in found.interfaces.interfaces}["fxp0.0"] == "mgmt_junos"


def test_the_cost_of_a_fact_does_not_grow(reading) -> None:
    def cost(count: int) -> int:
        lines = ["set version 1", "set system host-name r1"]
        for number in range(count):
            port = f"interfaces xe-0/0/{number} unit 0 family inet"
            lines += [
                f"set {port} address 10.{number // 256 % 256}.{number % 256}.1/30",
                f"set {port} filter input F{number % 50}",
            ]
            lines += [f"set protocols bgp group G neighbor 10.{number // 256 % 256}.{number % 256}.2 peer-as {number}"]
            lines += [
                f"set firewall family inet filter F{number % 50} term t{number} from source-address 10.{number % 256}.0.0/16"
            ]
            lines += [f"set policy-options prefix-list P 10.{number // 256 % 256}.{number % 256}.0/24"]
        content = ("\n".join(lines) + "\n").encode()
        return growth.steps(lambda: reading(content))

    assert cost(1_600) < 12 * cost(160)
