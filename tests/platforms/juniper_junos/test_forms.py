"""Braces, flat lines, XML and JSON of one device give the same facts (parsing trap 9)."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Known
from auditor.model.facts import Facts
from auditor.platforms.common.definition import Reading
from auditor.platforms.juniper_junos import platform
from auditor.syntax.text import decode
from tests.platforms.juniper_junos.forms import (
    Part,
    as_json,
    bare,
    block,
    curly,
    entry,
    flag,
    flat,
    keyed,
    leaf,
    off,
    unplaced,
    xml,
)

FORMS: dict[str, Callable[[list[Part]], str]] = {
    "curly": curly,
    "flat": flat,
    "xml": xml,
    "json": as_json,
    "old json": lambda parts: as_json(parts, old=True),
}


def unit(number: str, *inside: Part) -> Part:
    return entry("unit", number, *inside)


CONFIG = [
    leaf("version", "22.4R3-S2.11"),
    entry("groups", "BASE", block("system", block("services", flag("telnet")))),
    leaf("apply-groups", "BASE"),
    block(
        "system",
        leaf("host-name", "pe1"),
        block("root-authentication", leaf("encrypted-password", "$6$salt$Zq0")),
        leaf("authentication-order", "tacplus"),
        leaf("authentication-order", "password"),
        entry("tacplus-server", "192.0.2.5", leaf("secret", "$9$Zq2"), leaf("port", "4949")),
        entry("name-server", "192.0.2.53"),
        block(
            "login",
            leaf("message", "authorised <only>"),
            entry("class", "NOC", leaf("permissions", "view"), leaf("permissions", "shell")),
            entry(
                "user",
                "bob",
                leaf("uid", "2001"),
                leaf("class", "NOC"),
                block(
                    "authentication",
                    leaf("encrypted-password", "$1$salt$Zq1"),
                    entry("ssh-rsa", "ssh-rsa AAAAB3NzaC1yc2E= bob@home"),
                ),
            ),
            off(entry("user", "mallory", leaf("class", "super-user"))),
        ),
        block(
            "services",
            block("ssh", leaf("root-login", "deny"), leaf("protocol-version", "v2"), leaf("port", "22022")),
            block("netconf", flag("ssh")),
            off(flag("finger")),
            block("rest", block("http", leaf("port", "3001"))),
        ),
        block(
            "syslog",
            entry("host", "192.0.2.9", keyed("contents", "any", flag("info")), leaf("port", "6514")),
            entry("file", "messages", keyed("contents", "any", flag("notice"))),
        ),
        block("ntp", entry("authentication-key", "1", leaf("type", "md5"), leaf("value", "$9$Zq3")), entry("server", "192.0.2.7", leaf("key", "1")), leaf("trusted-key", "1")),
        block("archival", block("configuration", flag("transfer-on-commit"), entry("archive-sites", "scp://u:Zq4@203.0.113.4/in"))),
        block("scripts", block("op", entry("file", "x.slax", leaf("checksum", "abc")))),
    ),
    block(
        "interfaces",
        keyed(
            "interface",
            "ge-0/0/0",
            leaf("description", "customer & sons"),
            unit("0", block("family", block("inet", block("filter", block("input", bare("filter-name", "DIVERT"))), entry("address", "192.0.2.1/24")))),
        ),
        keyed("interface", "gr-0/0/0", unit("0", block("tunnel", leaf("source", "192.0.2.1"), leaf("destination", "203.0.113.7")), block("family", flag("inet")))),
        keyed(
            "interface",
            "lo0",
            unit("0", block("family", block("inet", block("filter", block("input", bare("filter-name", "RE"))), entry("address", "192.0.2.100/32")))),
        ),
    ),
    block(
        "snmp",
        leaf("name", "router"),
        entry("view", "V", entry("oid", "1.3.6.1", flag("include"))),
        entry("community", "Zq5", leaf("authorization", "read-write"), entry("clients", "10.0.0.0/8")),
        entry("trap-group", "T", leaf("version", "v2"), leaf("categories", "authentication"), entry("targets", "192.0.2.20")),
    ),
    block(
        "routing-options",
        block("autonomous-system", bare("as-number", "65000")),
        block("static", entry("route", "10.0.0.0/8", leaf("next-hop", "192.0.2.2")), entry("route", "172.16.0.0/12", flag("discard"))),
    ),
    block(
        "protocols",
        block(
            "bgp",
            entry(
                "group",
                "PEERS",
                leaf("type", "external"),
                leaf("authentication-key", "$9$Zq6"),
                leaf("import", "IN"),
                entry("neighbor", "203.0.113.1", leaf("peer-as", "65001")),
                off(entry("neighbor", "203.0.113.2", leaf("peer-as", "65002"))),
            ),
        ),
        block("ospf", entry("area", "0.0.0.0", entry("interface", "ge-0/0/0.0", block("authentication", entry("md5", "1", leaf("key", "$9$Zq7")))))),
        block("lldp", entry("interface", "all")),
    ),
    block(
        "policy-options",
        entry("prefix-list", "MGMT", keyed("prefix-list-item", "10.9.0.0/16")),
        entry("policy-statement", "IN", entry("term", "t", block("from", leaf("community", "BLACK")), block("then", block("next-hop", bare("address", "198.51.100.9")), flag("accept")))),
        entry("community", "BLACK", leaf("members", "65000:666")),
    ),
    block(
        "firewall",
        block(
            "family",
            block(
                "inet",
                entry("filter", "DIVERT", entry("term", "a", block("from", entry("source-address", "10.9.9.9/32")), block("then", leaf("routing-instance", "FBF")))),
                entry(
                    "filter",
                    "RE",
                    entry("term", "ssh", block("from", entry("source-prefix-list", "MGMT"), leaf("protocol", "tcp"), leaf("destination-port", "22022")), block("then", flag("accept"))),
                    entry("term", "rest", block("then", flag("syslog"), flag("discard"))),
                ),
            ),
        ),
    ),
    block("routing-instances", keyed("instance", "FBF", leaf("instance-type", "forwarding"), block("routing-options", block("static", entry("route", "0.0.0.0/0", leaf("next-hop", "203.0.113.99")))))),
]  # fmt: skip


def told(found: Facts) -> dict[str, object]:
    return {str(area): unplaced(value) for area, value in found.areas.items()}


@pytest.fixture(scope="module")
def readings(reading: Callable[[bytes], Reading]) -> dict[str, Reading]:
    return {name: reading(write(CONFIG).encode()) for name, write in FORMS.items()}


@pytest.mark.parametrize("form", [name for name in FORMS if name != "curly"])
@pytest.mark.parametrize("area", sorted(set(Area) - {Area.STATE}))
def test_every_area_is_the_same_in_every_form(readings: dict[str, Reading], form: str, area: Area) -> None:
    wanted, found = readings["curly"].facts, readings[form].facts
    assert told(found)[area] == told(wanted)[area]


@pytest.mark.parametrize("form", list(FORMS))
def test_the_whole_is_known(readings: dict[str, Reading], form: str) -> None:
    found = readings[form].facts
    assert isinstance(found.complete, Known), found.complete
    assert (found.hostname, found.os_version.need(), found.unread) == ("pe1", "22.4R3-S2.11", {})
    coverage = found.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(coverage.unread)
    assert coverage.unread == ()


@pytest.mark.parametrize("form", list(FORMS))
def test_evidence_stands_at_its_line(readings: dict[str, Reading], form: str) -> None:
    found = readings[form]
    lines = found.documents[0].lines
    mine = [
        *found.facts.tunnels.tunnels,
        *found.facts.routing.bgp,
        *found.facts.routes.static,
        *found.facts.aaa.login_lists,
    ]
    for one in mine:
        assert lines[one.source.line - 1].strip() == one.source.text
    bgp = found.facts.routing.bgp[0]
    assert "203.0.113.1" in bgp.source.text or "neighbor" in bgp.source.text
    assert (
        "203.0.113.99" in found.facts.routes.static[-1].source.text
        or "next-hop" in found.facts.routes.static[-1].source.text
    )


@pytest.mark.parametrize("form", list(FORMS))
def test_no_secret_is_left_in_any_form(readings: dict[str, Reading], form: str) -> None:
    spoken = repr(readings[form])
    assert "Zq" not in spoken, spoken[spoken.index("Zq") - 80 :][:160]


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_is_recognised(form: str) -> None:
    lines = decode(FORMS[form](CONFIG).encode())
    found = platform.detect(lines)
    assert found is not None and found.confidence >= 80
    assert [name for _, name in platform.hosts(lines)] == ["pe1"]


def test_groups_and_inactive_parts_in_every_form(readings: dict[str, Reading]) -> None:
    for found in readings.values():
        assert found.facts.services.state(ServiceKind.TELNET) != Known(False)
        assert [user.name for user in found.facts.accounts.users] == ["root", "bob"]
        assert [one.address for one in found.facts.routing.bgp] == ["203.0.113.1"]


@pytest.mark.parametrize("form", ["xml", "json", "old json"])
@pytest.mark.parametrize("part", range(1, 40))
def test_a_cut_says_so_and_leaks_nothing(reading: Callable[[bytes], Reading], form: str, part: int) -> None:
    text = FORMS[form](CONFIG)
    found = reading(text[: len(text) * part // 40].encode())
    assert not isinstance(found.facts.complete, Known)
    assert "Zq" not in repr(found)
    coverage = found.facts.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(coverage.unread)


def test_prompts_around_xml_and_json(reading: Callable[[bytes], Reading]) -> None:
    """Parsing trap 3."""
    for form in ("xml", "json"):
        text = "admin@pe1> show configuration | display x\n\n" + FORMS[form](CONFIG) + "\n{master}\nadmin@pe1> \n"
        found = reading(text.encode()).facts
        assert (found.hostname, isinstance(found.complete, Known)) == ("pe1", True), found.complete


def test_what_a_session_says_before(reading: Callable[[bytes], Reading]) -> None:
    hello = '<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n<session-id>1</session-id>\n</hello>\n]]>]]>\n<?xml version="1.0"?>\n'
    for text in (
        f"{hello}{xml(CONFIG)}]]>]]>\n",
        "{master:0}\nadmin@pe1> show configuration | display json\n" + as_json(CONFIG),
    ):
        found = reading(text.encode()).facts
        assert (found.hostname, isinstance(found.complete, Known)) == ("pe1", True), found.complete


def test_one_line_of_xml_or_json(reading: Callable[[bytes], Reading]) -> None:
    wanted = told(reading(curly(CONFIG).encode()).facts)
    for form in ("xml", "json"):
        text = re.sub(r"\n\s*", "", FORMS[form](CONFIG)) + "\n"
        found = told(reading(text.encode()).facts)
        for area in ("accounts", "aaa", "access", "snmp", "acls", "tunnels", "routing", "redirection"):
            assert found[area] == wanted[area], (form, area)


def test_names_with_their_module(reading: Callable[[bytes], Reading]) -> None:
    """The style of RFC 7951."""
    text = (
        as_json(CONFIG)
        .replace('"configuration"', '"junos-conf-root:configuration"')
        .replace('"interfaces"', '"junos-conf-interfaces:interfaces"')
    )
    found = reading(text.encode()).facts
    assert isinstance(found.complete, Known)
    assert [port.name for port in found.interfaces.interfaces] == ["ge-0/0/0.0", "gr-0/0/0.0", "lo0.0"]


def test_document_types_are_refused(reading: Callable[[bytes], Reading]) -> None:
    text = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "x">]>\n<configuration>\n<version>&e;</version>\n</configuration>\n'
    complete = reading(text.encode()).facts.complete
    assert not isinstance(complete, Known)


def test_a_request_that_deletes_is_no_configuration(reading: Callable[[bytes], Reading]) -> None:
    text = '<configuration>\n<version>1</version>\n<system>\n<host-name>a</host-name>\n<login operation="delete"/>\n</system>\n</configuration>\n'
    assert "changes" in getattr(reading(text.encode()).facts.complete, "reason", "")


NAMES = st.sampled_from(["alpha", "beta", "gamma", "delta"])
PREFIXES = st.integers(0, 255).map(lambda number: f"10.{number}.0.0/16")
HOSTS = st.integers(1, 254).map(lambda number: f"192.0.2.{number}")


def _unique(parts: list[Part]) -> list[Part]:
    return list({(part.name, part.value): part for part in parts}.values())


@st.composite
def configurations(draw: st.DrawFn) -> list[Part]:
    def several(one: st.SearchStrategy[Part]) -> list[Part]:
        return _unique(draw(st.lists(one, max_size=4)))

    maybe = st.booleans()
    users = st.builds(
        lambda n, c: entry("user", n, leaf("class", c)), NAMES, st.sampled_from(["super-user", "operator", "own"])
    )
    servers = st.builds(lambda h, p: entry("tacplus-server", h, leaf("port", str(p))), HOSTS, st.integers(1, 65535))
    routes = st.builds(lambda p, h: entry("route", p, leaf("next-hop", h)), PREFIXES, HOSTS)
    lists = st.builds(
        lambda n, ps: entry("prefix-list", n, *(keyed("prefix-list-item", p) for p in sorted(set(ps)))),
        NAMES,
        st.lists(PREFIXES, min_size=1, max_size=3),
    )
    neighbors = st.builds(lambda h, a: entry("neighbor", h, leaf("peer-as", str(a))), HOSTS, st.integers(1, 65000))
    communities = st.builds(lambda n, p: entry("community", n, entry("clients", p)), NAMES, PREFIXES)
    parts = [
        leaf("version", "22.4R3"),
        block("system", leaf("host-name", "r1"), *several(servers), block("login", *several(users), flag("x-unheard"))),
        block("snmp", leaf("location", "here"), *several(communities)),
        block("routing-options", block("static", leaf("x-unheard", "1"), *several(routes))),
        block("policy-options", leaf("x-unheard", "1"), *several(lists)),
        block("protocols", block("bgp", leaf("x-unheard", "1"), entry("group", "G", leaf("type", "external"), *several(neighbors)))),
    ]  # fmt: skip
    return [
        off(part) if part.kind == "block" and part.name != "system" and draw(maybe) and draw(maybe) else part
        for part in parts
    ]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=configurations())
def test_any_configuration_is_the_same_in_every_form(reading: Callable[[bytes], Reading], parts: list[Part]) -> None:
    wanted = reading(curly(parts).encode()).facts
    for write in FORMS.values():
        found = reading(write(parts).encode()).facts
        assert told(found) == told(wanted)
        assert {area: len(lines) for area, lines in found.unread.items()} == {
            area: len(lines) for area, lines in wanted.unread.items()
        }
