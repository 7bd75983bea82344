"""What real files look like: one test for each thing that once led a reader astray (the numbers are those of the list of
parsing traps). Each fails when the handling is taken out.
"""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.secret import Strength
from tests.platforms.cisco_ios.ios import read

GOOD = "version 15.2\nhostname r1\nip http server\nline vty 0 4\n transport input ssh\nend\n"


def names(facts) -> list[str]:
    return [user.name for user in facts.accounts.users]


def http(facts) -> bool:
    return facts.services.state(ServiceKind.HTTP).need()


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode().rstrip(b"\n"),
        GOOD.encode().rstrip(b"\n") + b"\0",
        GOOD.encode().replace(b"ip http server\n", b"ip http server\r\n"),
        b"\xef\xbb\xbf" + GOOD.encode(),
    ],
    ids=["lf", "crlf", "no final newline", "nul at the end", "mixed", "byte order mark"],
)
def test_1_line_ends(content: bytes) -> None:
    facts = read(content).facts
    assert facts.hostname == "r1"
    assert http(facts)
    assert facts.services.state(ServiceKind.HTTP).sources[0].line == 3
    assert facts.access.points[0].protocols.need() == ("ssh",)
    assert isinstance(facts.complete, Known)
    assert facts.os_version.need() == "15.2"
    assert facts.coverage[0].lines == 6


def test_2_broken_encodings_in_texts() -> None:
    config = b"version 15.2\ninterface Gi0/1\n description \xc4\xe3\xba\xc3 \xff\nip http server\nend\n"
    facts = read(config).facts
    assert http(facts)
    assert facts.interfaces.interfaces[0].description == "\\xc4\\xe3\\xba\\xc3 \\xff"


def test_3_noise_of_the_capture() -> None:
    config = (
        "r1#show running-config\nBuilding configuration...\n\nCurrent configuration : 3401 bytes\n!\n"
        + GOOD
        + "\nr1#exit\n"
    )
    facts = read(config).facts
    assert isinstance(facts.complete, Known)
    assert facts.services.state(ServiceKind.HTTP).sources[0].line == 8


@pytest.mark.parametrize("mark", ["!", "! ", " ! ", "!! "])
def test_4_collectors_put_other_outputs_into_comments(mark: str) -> None:
    header = "\n".join(
        mark + text
        for text in (
            "RANCID-CONTENT-TYPE: cisco",
            "username admin privilege 15 password 0 x",
            "line vty 0 4",
            "ip http server",
        )
    )
    facts = read(f"{header}\nversion 15.2\nno ip http server\nend\n").facts
    assert not http(facts)
    assert names(facts) == []
    assert [point.name for point in facts.access.points] == ["line vty"]
    assert facts.coverage[0].unread == ()


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("version 15.2\nhostname r1\n", Code.CUT),
        ("version 15.2\n! ...\nend\n", Code.CUT),
        ("version 15.2\n...\nend\n", Code.CUT),
        ("version 15.2\n<snip>\nend\n", Code.CUT),
        ("version 15.2\ninterface Gi0/1\n (output omitted)\nend\n", Code.CUT),
    ],
)
def test_7_fragments_are_not_complete(config: str, code: Code) -> None:
    complete = read(config).facts.complete
    assert isinstance(complete, Unknown)
    assert complete.code is code


@pytest.mark.parametrize("form", ["{:>5}|{}", "{:>5}: {}", "{}\t{}"])
def test_5_numbers_that_a_viewer_put_in_front(form: str) -> None:
    numbered = "\n".join(form.format(number + 1, line) for number, line in enumerate(GOOD.splitlines()))
    facts = read(numbered).facts
    assert facts.access.points[0].protocols.need() == ("ssh",)
    assert isinstance(facts.complete, Known)
    assert facts.services.state(ServiceKind.HTTP).sources[0].line == 3


def test_5_markdown_around_the_configuration() -> None:
    facts = read(f"```cisco\n{GOOD}```\n").facts
    assert isinstance(facts.complete, Known)
    assert facts.coverage[0].unread == ()


@pytest.mark.parametrize("line", ["conf t", "configure terminal", "r1#conf t", "r1(config)#interface Gi0/1"])
def test_6_a_script_of_commands_is_no_whole_configuration(line: str) -> None:
    complete = read(f"{line}\nhostname r1\nip http server\nend\n").facts.complete
    assert isinstance(complete, Unknown)
    assert complete.code is Code.CUT


def test_7_dots_in_a_banner_cut_nothing() -> None:
    assert isinstance(read("version 15.2\nbanner motd ^C\n...\n^C\nend\n").facts.complete, Known)


def test_7_end_inside_a_block_ends_nothing() -> None:
    assert isinstance(read("version 15.2\ninterface Gi0/1\n end\n").facts.complete, Unknown)


BODY = "username intruder privilege 15 password 0 x\nno ip http server\n\n! not a comment !\n# nor this\nline vty 0 4\n transport input telnet"


@pytest.mark.parametrize(
    "banner",
    [
        f"banner motd ^C\n{BODY}\n^C",
        f"banner login ^CKeep out\n{BODY}\nlast words^Crubbish",
        f"banner login ^C\nbetween ^ and ^\n{BODY}\n^C",
        f"banner exec \x03\n{BODY}\n\x03",
        f"banner incoming @\n{BODY}\n@",
        f"banner motd %\n{BODY}\nlast words%",
        f"banner prompt-timeout ^\n{BODY}\n^",
        f"vacant-message ^C\n{BODY}\n^C",
        f"aaa authentication banner ^C\n{BODY}\n^C",
        f"aaa authentication fail-message $\n{BODY}\n$",
        f"menu M title ^C\n{BODY}\n^C",
        f"banner slip-ppp ^C\n{BODY}\n^",
        "banner motd #Keep out#",
        "banner motd ^CKeep out^C",
        "banner motd ^C\nKeep out",
        "banner motd #",
    ],
    ids=range(16),
)
def test_11_to_13_banners(banner: str) -> None:
    """Whatever the delimiter, also on one line and never closed: the text is no configuration, what follows is."""
    facts = read(f"version 15.2\n{banner}\nip http server\nline vty 0 4\n transport input ssh\nend\n").facts
    assert http(facts)
    assert names(facts) == []
    assert [point.protocols.need() for point in facts.access.points] == [("ssh",)]
    assert isinstance(facts.complete, Known)


@pytest.mark.parametrize("banner", ["banner motd #Keep out#", "banner motd ^CKeep out^C"])
def test_11_a_banner_on_one_line_ends_there(banner: str) -> None:
    config = f"version 15.2\n{banner}\nip http server\nbanner exec #\nx^C\n^\n#\nend\n"
    assert http(read(config).facts)


@pytest.mark.parametrize("quit_line", ["  \tquit", "  quit", "quit"])
def test_14_certificates(quit_line: str) -> None:
    config = (
        "version 15.2\ncrypto pki certificate chain TP\n certificate self-signed 01\n  30820330 30820218 A0030201\n"
        f"  0D06092A 8648\n{quit_line}\n certificate ca 02 nvram:ca#2.cer\nip http server\nend\n"
    )
    facts = read(config).facts
    assert http(facts)
    chain = [source.text for source in facts.coverage[0].unread]
    assert not any(text.startswith(("3082", "0D06", "quit")) for text in chain)


def test_14_a_certificate_that_is_never_closed_swallows_nothing() -> None:
    config = (
        "version 15.2\ncrypto pki certificate chain TP\n certificate self-signed 01\n  30820330\nip http server\nend\n"
    )
    facts = read(config).facts
    assert http(facts)
    assert isinstance(facts.complete, Known)


def test_17_an_indented_comment_ends_nothing() -> None:
    config = "version 15.2\ninterface Tunnel9\n ! uses GRE\n!\n\n tunnel destination 203.0.113.7\n !\nend\n"
    assert read(config).facts.tunnels.tunnels[0].remote == "203.0.113.7"


def test_22_closing_words() -> None:
    config = "version 15.2\nvrf definition A\n rd          1:3001\n address-family ipv4\n exit-address-family\nexit\ninterface Tunnel9\n tunnel destination 203.0.113.7\n no shutdown\n exit\nip http server\nend\n"
    facts = read(config).facts
    assert facts.tunnels.tunnels[0].active
    assert http(facts)
    assert not any(source.text == "exit" for source in facts.coverage[0].unread)


def test_22_what_is_indented_below_a_removal_stands_beside_it() -> None:
    config = "version 17.6\nno ip route 10.0.0.0 255.0.0.0 192.0.2.1\n ip route 10.0.0.0 255.0.0.0 192.0.2.2\nend\n"
    assert [route.next_hop for route in read(config).facts.routes.static] == ["192.0.2.2"]


def test_24_a_list_of_vlans_goes_on_in_the_next_line() -> None:
    config = (
        "version 15.2\ninterface Gi0/1\n switchport trunk allowed vlan 1-5\n switchport trunk allowed vlan add 7\nend\n"
    )
    assert read(config).facts.interfaces.interfaces[0].switchport.allowed_vlans == "1-5,7"


def test_29_descriptions_that_begin_like_comments() -> None:
    config = "version 15.2\ninterface Gi0/1\n description !!! do not touch\n ip address 192.0.2.1 255.255.255.0\ninterface Gi0/2\n description ## core ##\nend\n"
    one, two = read(config).facts.interfaces.interfaces
    assert (one.description, one.addresses) == ("!!! do not touch", ("192.0.2.1/24",))
    assert two.description == "## core ##"


def test_30_names_with_special_characters() -> None:
    config = "version 15.2\nip access-list extended FILTER:V6.IN_1\n permit ip any any\ninterface Gi0/1\n vrf forwarding 10100:339651554\n ip access-group FILTER:V6.IN_1 in\nend\n"
    (port,) = read(config).facts.interfaces.interfaces
    assert port.vrf == "10100:339651554"
    assert port.filters_in[0].any_source.need()


@pytest.mark.parametrize(
    ("form", "strength"),
    [
        ("password 0 Str1ng", Strength.PLAIN),
        ("password Str1ng", Strength.PLAIN),
        ("password 7 094F471A1A0A", Strength.REVERSIBLE),
        ("secret 4 tnhtc92DXBhelxjYk8LWJrPV36S2i4ntXrpb4RFmfqY", Strength.WEAK_HASH),
        ("secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", Strength.WEAK_HASH),
        ("password 6 dXFbNDMTNbQKQKUWgXeJM", Strength.ENCRYPTED),
        ("secret 8 $8$dsYGNam3K1SIJO$7nv/35M", Strength.STRONG_HASH),
        ("secret 9 $9$2MJBozw/9R3UsU$2lFhc", Strength.STRONG_HASH),
        ("secret $9$2MJBozw/9R3UsU$2lFhc", Strength.STRONG_HASH),
        ("secret 5 $9$2MJBozw/9R3UsU$2lFhc", Strength.STRONG_HASH),
        ("secret 9 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", Strength.WEAK_HASH),
        ("secret 14 $14$2MJB$3r3r", Strength.UNKNOWN),
        ("secret 99 abcdef", Strength.UNKNOWN),
    ],
)
def test_31_type_digits_and_prefixes(form: str, strength: Strength) -> None:
    (user,) = read(f"version 15.2\nusername bob {form}\nend\n").facts.accounts.users
    assert user.secret.strength is strength


@pytest.mark.parametrize(
    "value", ["<removed>", "*", "********", "xxxxxxxx", "REMOVED", "$1$SECRET_REMOVED", "<secret hidden>"]
)
def test_32_a_redacted_value_is_none(value: str) -> None:
    config = f"version 15.2\nusername bob password 7 {value}\nsnmp-server community {value} RO\nend\n"
    facts = read(config).facts
    assert facts.accounts.users[0].secret.redacted
    assert facts.snmp.communities[0].secret.redacted
    assert not facts.snmp.communities[0].secret.trivial


def test_32_the_type_that_a_scrubber_leaves_is_evidence() -> None:
    (user,) = read("version 15.2\nusername bob secret 9 <removed>\nend\n").facts.accounts.users
    assert user.secret.strength is Strength.STRONG_HASH
    assert user.secret.fingerprint == ""


@pytest.mark.parametrize(
    "line",
    ["!username bob privilege 15 password 7 <removed>", "!username bob privilege 15 secret 5 <removed>"],
)
def test_32_statements_that_a_scrubber_made_comments(line: str) -> None:
    (user,) = read(f"version 15.2\ninterface Gi0/1\n{line}\nend\n").facts.accounts.users
    assert (user.name, user.role) == ("bob", "privilege 15")
    assert user.secret.redacted


def test_32_a_line_password_that_a_scrubber_made_a_comment() -> None:
    config = "version 15.2\nline vty 0 4\n! password 7 <removed>\n transport input ssh\nend\n"
    facts = read(config).facts
    assert [shared.name for shared in facts.accounts.passwords] == ["line vty 0 4"]
    assert facts.access.points[0].protocols.need() == ("ssh",)


def test_33_values_with_blanks() -> None:
    facts = read("version 15.2\nusername two password 0 MY PASS secret 0 MY SECRET\nenable secret 0 a b c\nend\n")
    (user,) = facts.facts.accounts.users
    assert user.secret.strength is Strength.PLAIN
    assert facts.documents[0].lines[1:3] == [
        "username two password 0 <secret-1> secret 0 <secret-2>",
        "enable secret 0 <secret-3>",
    ]


def test_34_words_in_the_wrong_place() -> None:
    config = """version 15.2
parser view V
 commands configure include username
rmon event 1 log trap public owner config
ip http client source-interface Loopback0
ip telnet tos 60
ip telnet source-interface Loopback0
access-list 10 remark permit telnet any
ip access-list extended X
 remark permit ip any any
interface Gi0/1
 description username bob, monitor session 1, packet mirror, line vty 0 4
line vty 0 4
 transport output telnet
 transport input ssh
end
"""
    facts = read(config).facts
    assert names(facts) == []
    assert facts.snmp.communities == ()
    assert facts.mirrors.sessions == ()
    assert all(acl.entries == () for acl in facts.acls.lists)
    assert facts.services.state(ServiceKind.TELNET) == Known(False, facts.services.state(ServiceKind.TELNET).sources)
    assert Area.SERVICES not in facts.unread
    assert isinstance(facts.services.state(ServiceKind.HTTP), Unknown)


def test_35_lines_come_in_ranges() -> None:
    config = """version 15.2
line con 0
line aux 0
 no exec
 transport input telnet
line vty 0 4
 access-class 10 in
 transport input ssh
line vty 5
 transport input telnet
line vty 6 15
 transport input none
end
"""
    points = read(config).facts.access.points
    assert [(point.name, point.protocols.need(), point.reverse, len(point.filters)) for point in points] == [
        ("line con 0", (), True, 0),
        ("line aux 0", ("telnet",), True, 0),
        ("line vty 0 4", ("ssh",), False, 1),
        ("line vty 5", ("telnet",), False, 0),
        ("line vty 6 15", (), False, 0),
    ]


def test_36_only_one_family_is_protected() -> None:
    config = "version 15.2\ninterface Gi0/1\n ipv6 address 2001:db8::1/64\nipv6 access-list X\n permit tcp 2001:db8::/64 any\nline vty 0 4\n ipv6 access-class X in\n transport input ssh\nend\n"
    (point,) = read(config).facts.access.points
    assert point.open_families == Known((4,))
    assert [bound.family for bound in point.filters] == [6]


def test_37_defaults_are_told_from_statements() -> None:
    silent = read("version 17.18\nend\n", xe=True).facts
    spoken = read("version 17.18\nip http server\nno iox\nend\n", xe=True).facts
    assert (silent.services.state(ServiceKind.HTTP).need(), bool(silent.services.state(ServiceKind.HTTP).default)) == (
        True,
        True,
    )
    assert (spoken.services.state(ServiceKind.HTTP).need(), spoken.services.state(ServiceKind.HTTP).default) == (
        True,
        "",
    )
    assert silent.containers.host.default
    assert not spoken.containers.host.default
    assert isinstance(read("version 12.4\nend\n").facts.services.state(ServiceKind.HTTP), Unknown)


def test_38_old_forms() -> None:
    config = """version 12.0
logging 192.0.2.1
snmp-server host 192.0.2.2 Un1que
tacacs-server host 192.0.2.3 key oldkey
aaa new-model
aaa authentication login default tacacs+ line
interface FastEthernet0/1
 port monitor FastEthernet0/2
interface FastEthernet0/3
 ip address dhcp
end
"""
    facts = read(config).facts
    assert [host.address for host in facts.logging.hosts] == ["192.0.2.1"]
    assert [(host.address, host.version) for host in facts.snmp.hosts] == [("192.0.2.2", "v1")]
    assert [server.address for server in facts.aaa.servers] == ["192.0.2.3"]
    assert facts.aaa.login_lists[0].methods == ("servers", "line password")
    assert facts.mirrors.sessions[0].copied == ("FastEthernet0/2",)
    assert facts.interfaces.interfaces[1].addresses == ()


def test_39_a_no_that_says_something() -> None:
    config = "version 15.2\nspanning-tree mode pvst\nno enable password\nno ip http server\nno vstack\nno aaa new-model\nno logging on\nend\n"
    facts = read(config).facts
    assert facts.services.state(ServiceKind.HTTP) == Known(False, facts.services.state(ServiceKind.HTTP).sources)
    assert facts.services.state(ServiceKind.SMART_INSTALL) == Known(
        False, facts.services.state(ServiceKind.SMART_INSTALL).sources
    )
    assert facts.logging.enabled == Known(False, facts.logging.enabled.sources)
    assert facts.accounts.passwords == ()
    assert facts.unread == {}


def test_40_what_nobody_knows_is_kept_and_told() -> None:
    config = "version 15.2\nrouter ospf 1\n passsive-interface Gi0/1\ninterface Gi0/1\n ip address 999.1.1.1 255.255.255.0\n frobnicate\nend\n"
    facts = read(config).facts
    assert {source.text for source in facts.coverage[0].unread} == {"passsive-interface Gi0/1", "frobnicate"}
    assert set(facts.unread) == {Area.ROUTING, Area.INTERFACES}


def test_a_statement_inside_a_block_that_is_taken_away_later() -> None:
    config = "version 15.2\ninterface Gi0/1\n ip policy route-map R\n ip access-group 10 in\ninterface Gi0/1\n no ip policy route-map R\nroute-map R permit 10\n set ip next-hop 192.0.2.1\nend\n"
    facts = read(config).facts
    assert facts.redirection.redirects == ()
    assert len(facts.interfaces.interfaces[0].filters_in) == 1


def test_a_no_acts_on_what_stands_before_it() -> None:
    config = "version 15.2\nusername a nopassword\nno username a\nno username b\nusername b nopassword\nend\n"
    assert names(read(config).facts) == ["b"]


def test_a_no_takes_away_what_it_names_and_nothing_else() -> None:
    config = "version 15.2\nusername a nopassword\nusername ab nopassword\nlogging host 192.0.2.4\nlogging host 192.0.2.40\nno username a\nno logging host 192.0.2.4\nend\n"
    facts = read(config).facts
    assert names(facts) == ["ab"]
    assert [host.address for host in facts.logging.hosts] == ["192.0.2.40"]


def test_lines_of_a_security_area_that_nobody_understands_are_told() -> None:
    facts = read("version 15.2\nip http teleport\nsnmp-server group G\nmonitor capture X\nend\n").facts
    assert set(facts.unread) == {Area.SERVICES, Area.SNMP}
    assert facts.coverage[0].lines == 5
    total = facts.coverage[0]
    lost = sum(source.end_line - source.line + 1 for source in total.unread)
    assert total.understood + total.irrelevant + lost == total.lines


def test_intercept_users_leave_no_trace() -> None:
    plain = "version 15.2\nusername a nopassword\nend\n"
    tapped = "version 15.2\nli-view s3cr3t user li1 password pw1\nusername lawful-intercept li1 password pw2\nusername a nopassword\nend\n"
    assert read(tapped) == read(plain)


def test_intercept_users_in_a_numbered_copy_leave_no_trace() -> None:
    plain = "    1|version 15.2\n    2|end\n"
    tapped = "    1|version 15.2\n   11|li-view s3cr3t user li1 password pw1\n    2|end\n"
    assert read(tapped) == read(plain)


def test_mediation_devices_leave_no_trace() -> None:
    assert read("version 17.6\nmd-list 192.0.2.77 255.255.255.255\nend\n") == read("version 17.6\nend\n")


def test_members_of_a_group_are_asked_in_their_order() -> None:
    config = """version 15.2
aaa group server tacacs+ TAC
 server name T2
 server-private 192.0.2.33 key k
 server 192.0.2.31
 ip tacacs source-interface Loopback0
aaa group server radius RAD
 server name T1
tacacs server T1
 address ipv4 192.0.2.30
tacacs server T2
 address ipv4 192.0.2.32
tacacs-server host 192.0.2.31
end
"""
    servers = {server.address: (server.group, server.order) for server in read(config).facts.aaa.servers}
    assert servers == {
        "192.0.2.30": ("", None),
        "192.0.2.31": ("TAC", 3),
        "192.0.2.32": ("TAC", 1),
        "192.0.2.33": ("TAC", 2),
    }
