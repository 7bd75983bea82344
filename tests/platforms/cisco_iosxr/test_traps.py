"""The parsing traps that can occur on IOS XR; each test fails when the handling of its trap is removed."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.cisco_iosxr.lines import NOT_READ, REASONS, TABLE
from tests.platforms.cisco_iosxr.conftest import read


def test_broken_encodings() -> None:
    """Trap 2: bytes of any encoding are read, and evidence still shows them."""
    found = read(b"interface Loopback0\n description caf\xe9 \xff\xfe\n ipv4 address 192.0.2.1/32\n!\nend\n").facts
    (port,) = found.interfaces.interfaces
    assert (port.description, port.addresses) == ("caf\\xe9 \\xff\\xfe", ("192.0.2.1/32",))


def test_noise_of_a_session() -> None:
    """Trap 3: the echoed command, the prompt, the date line and messages around the text are no statements."""
    found = read(
        "username evil\n group root-lr\nRP/0/RP0/CPU0:pe1#show run\nTue Mar  4 10:11:12.345 UTC\nBuilding configuration...\n"
        "!! IOS XR Configuration 7.3.2\nhostname pe1\n!\nend\n\nRP/0/RP0/CPU0:pe1#show version\nusername evil2\n group root-lr\n"
    ).facts
    assert found.accounts.users == ()
    assert found.coverage[0].unread == ()
    assert found.hostname == "pe1"


def test_comments_of_collectors() -> None:
    """Trap 4: what a collector wrote into comments is no configuration."""
    found = read(
        "!RANCID-CONTENT-TYPE: cisco-xr\n!\n! username evil\n!Chassis type: ASR9K\n!username other secret\nhostname r1\nend\n"
    ).facts
    assert found.accounts.users == ()


def test_fragments() -> None:
    """Trap 7: a file that says that parts were left out is not complete."""
    for mark in ("! ...", "...", "<snip>", "(output omitted)"):
        found = read(f"hostname r1\n{mark}\nend\n").facts
        assert isinstance(found.complete, Unknown)
        assert found.complete.sources[0].text == mark


def test_long_lines() -> None:
    """Trap 10: lines of any length are statements like others."""
    members = " ".join(f"10.{number}.0.1" for number in range(200))
    found = read(f"hostname r1\ntacacs-server host 192.0.2.1 port 49\n description {members}\n!\nend\n").facts
    assert [one.address for one in found.aaa.servers] == ["192.0.2.1"]


@pytest.mark.parametrize(
    "banner",
    [
        "banner login ^CKeep out\n group root-lr\nlast words^Crubbish\n",
        "banner motd ~\nusername evil\n~\n",
        "banner exec /one line/ ignored\n",
        "banner login ^\nFirst\nSecond^\n",
        "banner motd \x03\nusername evil\n\x03\n",
    ],
)
def test_banner_delimiters(banner: str) -> None:
    """Traps 11 to 13: any delimiter, text on the first and last line, text that looks like configuration."""
    found = read(f"hostname r1\n{banner}username good\n group root-lr\n!\nend\n").facts
    assert [user.name for user in found.accounts.users] == ["good"]
    (one,) = found.system.banners
    assert one.before_login == (one.kind in ("login", "motd"))


def test_an_empty_banner() -> None:
    assert read("banner motd ^C\n^C\nend\n").facts.system.banners[0].empty


def test_a_banner_that_is_never_closed_swallows_nothing() -> None:
    found = read("hostname r1\nbanner motd ~Keep out\nusername good\n group root-lr\n!\nend\n").facts
    assert [user.name for user in found.accounts.users] == ["good"]


def test_policies_and_sets_are_free_form() -> None:
    """Trap 15: indentation inside them means nothing; parameters stand in the name and in the use."""
    found = read(
        "route-policy CUST-IN($as, $set)\nif community matches-any C then\n  set next-hop 203.0.113.1\nendif\nusername evil\nend-policy\n!\n"
        "community-set C\n  65000:1\nend-set\n!\n"
        "router bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n  address-family ipv4 unicast\n   route-policy CUST-IN(AS64500, NONE) in\n  !\n !\n!\nend\n"
    ).facts
    assert found.accounts.users == ()
    assert found.routing.bgp[0].policies_in == ("CUST-IN",)
    (rewrite,) = found.redirection.rewrites
    assert (rewrite.policy, len(rewrite.bound), rewrite.triggers) == ("CUST-IN", 1, ("C", "65000:1"))


def test_a_policy_that_is_never_closed_swallows_nothing() -> None:
    found = read("route-policy P\n  pass\nrouter bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n !\n!\nend\n").facts
    assert [one.address for one in found.routing.bgp] == ["192.0.2.1"]


def test_a_template_holds_nothing_that_acts() -> None:
    found = read("template T\nroute-policy P\n  set next-hop 203.0.113.1\nend-policy\n!\nend-template\nend\n").facts
    assert found.redirection.rewrites == ()


def test_a_mark_closes_a_level_and_an_indented_comment_ends_nothing() -> None:
    """Trap 17: ` !` closes a level, which the indentation of what follows says as well."""
    found = read(
        "interface Loopback0\n ! used by BGP\n ipv4 address 192.0.2.1/32\n!\nrouter bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n !\n"
        " neighbor 192.0.2.2\n  remote-as 3\n !\n!\nend\n"
    ).facts
    assert found.interfaces.interfaces[0].addresses == ("192.0.2.1/32",)
    assert [one.remote_as for one in found.routing.bgp] == ["2", "3"]


def test_descriptions_that_start_like_comments() -> None:
    """Trap 29."""
    (port,) = read(
        "interface Loopback0\n description !!! do not touch\n shutdown\n!\nend\n"
    ).facts.interfaces.interfaces
    assert (port.description, port.shutdown) == ("!!! do not touch", True)


def test_names_with_special_characters() -> None:
    """Trap 30."""
    found = read(
        "vrf 10100:339651554\n!\ninterface Loopback0\n vrf 10100:339651554\n!\nipv6 access-list FILTER:V6:IN\n 10 permit ipv6 any any\n!\n"
        "ssh server vrf 10100:339651554 ipv6 access-list FILTER:V6:IN\nend\n"
    ).facts
    (service,) = found.services.of(ServiceKind.SSH)
    assert (service.vrfs, service.filters[0].family, service.filters[0].defined) == (("10100:339651554",), 6, True)


def test_secrets_with_blanks() -> None:
    """Trap 33: a plain secret may hold blanks; no word of it is left."""
    reading = read(
        'username u\n group root-lr\n secret 0 correct horse battery\n!\nline console\n password clear "two wurds"\n!\nend\n'
    )
    for word in ("correct", "horse", "battery", "wurds"):
        assert word not in repr(reading)


def test_words_in_remarks_and_descriptions() -> None:
    """Trap 34: statements are matched, not words."""
    found = read(
        "ipv4 access-list A\n 10 remark permit telnet any\n 20 permit tcp host 192.0.2.1 any eq telnet\n!\n"
        "interface Loopback0\n description monitor-session X packet mirror\n!\nend\n"
    ).facts
    assert len(found.acls.lists[0].entries) == 1
    assert found.mirrors.sessions == ()


def test_old_forms() -> None:
    """Trap 38: receivers without a level, servers without a VRF, traps without a version."""
    found = read(
        "logging 192.0.2.1\ntelnet ipv4 server max-servers 5\nsnmp-server host 192.0.2.2 traps public\nusername bob password 7 0822455D0A16\nend\n"
    ).facts
    assert found.logging.hosts[0].address == "192.0.2.1"
    assert found.services.of(ServiceKind.TELNET)[0].vrfs == ("default",)
    assert (found.snmp.hosts[0].version, found.snmp.hosts[0].secret and found.snmp.hosts[0].secret.trivial) == (
        "v1",
        True,
    )
    assert found.accounts.users[0].secret is not None


def test_no_says_something() -> None:
    """Trap 39: `no shutdown`, `no ipv4 source-route`, and removals of what stands before."""
    found = read(
        "interface Loopback0\n shutdown\n no shutdown\n ipv4 address 192.0.2.1/32\n no ipv4 address\n!\nno ipv4 source-route\n"
        "logging 192.0.2.1\nlogging 192.0.2.2\nno logging 192.0.2.1\nend\n"
    ).facts
    assert (found.interfaces.interfaces[0].shutdown, found.interfaces.interfaces[0].addresses) == (False, ())
    assert [one.address for one in found.logging.hosts] == ["192.0.2.2"]
    assert isinstance(found.interfaces.source_routing, Known)


def test_damage_is_reported() -> None:
    """Trap 40: mistyped statements are unread lines of their area, never lost and never guessed."""
    found = read(
        "hostname r1\nsnmp-servr community x RO\nusrname bob\nntp\n serer 192.0.2.1\n!\nssh servr v2\nend\n"
    ).facts
    texts = {source.text for source in found.coverage[0].unread}
    assert {"usrname bob", "serer 192.0.2.1", "ssh servr v2"} <= texts
    assert len(texts) == 4


def test_an_unread_line_is_laid_to_its_area() -> None:
    found = read(
        "hostname r1\naaa frobnicate\nlogging frobnicate x\nusername u\n frobnicate\n!\nrouter bgp 1\n neighbor 192.0.2.1\n  frobnicate\n !\n!\nend\n"
    ).facts
    assert {str(area) for area in found.unread} == {"aaa", "logging", "accounts", "routing"}


def test_a_filtered_capture_is_not_an_empty_password() -> None:
    """Trap 32: a user whose secret line was filtered away cannot be judged as one without a password."""
    (user,) = read("username u\n group root-lr\n!\nend\n").facts.accounts.users
    assert (user.passwordless, user.login, user.secret) == (False, False, None)


def test_a_partial_file_gives_no_defaults() -> None:
    found = read("interface Loopback0\n ipv4 address 192.0.2.1/32\n").facts
    hardening = found.interfaces.interfaces[0].hardening
    assert hardening is not None
    assert isinstance(hardening.proxy_arp, Unknown) and hardening.proxy_arp.code is Code.CUT


def test_lines_that_were_shifted_by_hand() -> None:
    """Trap 40: a description holds nothing, so what is indented below it belongs to the interface."""
    (port,) = read(
        "interface TenGigE0/0/0/0\n description to core\n  ipv4 address 192.0.2.1/24\n  shutdown\n!\nend\n"
    ).facts.interfaces.interfaces
    assert (port.addresses, port.shutdown) == (("192.0.2.1/24",), True)


def test_several_parts_in_one_file() -> None:
    """Trap 8: a collector joins both planes and marks the parts with hashes."""
    found = read(
        "############ MultiConfigPart running configuration\n!! IOS XR Configuration version = 5.2.1\nhostname r1\nend\n"
        "############ MultiConfigPart END\n\n############ MultiConfigPart admin configuration\n"
        "username root\n group root-system\n secret 5 $1$a$b\n!\n############ MultiConfigPart END\n"
    ).facts
    assert [user.role for user in found.accounts.users] == ["(admin plane) root-system"]
    assert isinstance(found.complete, Known)
    assert found.coverage[0].unread == ()


def test_a_script_of_commands_is_no_saved_configuration() -> None:
    """Trap 6."""
    found = read("configure terminal\ninterface Loopback0\n no shut\n!\ncommit\nend\n").facts
    assert isinstance(found.complete, Unknown)
    assert found.coverage[0].unread == ()


def test_every_area_has_lines_of_its_own() -> None:
    """An unread line turns a pass of its area into unknown, so every area that statements belong to is named."""
    named = {area for _, area in TABLE.areas}
    assert set(Area) - named == {Area.TELECOM, Area.STATE, Area.PROBES}
    assert NOT_READ
    assert all(reason and patterns for reason, patterns in REASONS.items())
