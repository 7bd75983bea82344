"""The items of the list of parsing traps that can occur on EOS."""

from __future__ import annotations

import json

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Known, Unknown
from auditor.platforms.arista_eos import platform
from tests.platforms.arista_eos.eos import HEADER, as_json, facts, read
from tests.platforms.arista_eos.samples import SAMPLE


def test_1_line_ends_and_a_nul_after_the_last_word() -> None:
    """Item 1: CRLF, LF and both in one file, no line end at the end, a NUL."""
    whole = read(SAMPLE).facts
    assert read(SAMPLE.replace("\n", "\r\n")).facts.areas == whole.areas
    mixed = SAMPLE.replace("hostname r1\n", "hostname r1\r\n").rstrip("\n") + "\0"
    found = read(mixed).facts
    assert found.complete.need()
    assert found.areas == whole.areas


def test_2_broken_encodings() -> None:
    """Item 2: Latin-1 and broken UTF-8 in texts."""
    found = read(f"{HEADER}interface Ethernet1\n   description ".encode() + b"caf\xe9 \xff\n   shutdown\nend\n").facts
    (port,) = found.interfaces.interfaces
    assert port.shutdown
    assert "\\xe9" in port.description


def test_3_noise_of_a_capture() -> None:
    """Item 3: echoed command, prompts, login text."""
    noise = f"Last login: Mon\nr1>enable\nr1#terminal length 0\nPagination disabled.\nr1#show running-config\n{SAMPLE}r1#exit\nConnection to r1 closed.\n"
    found = read(noise).facts
    assert found.complete.need()
    assert found.coverage[0].unread == ()
    assert len(found.accounts.users) == len(read(SAMPLE).facts.accounts.users)


def test_4_headers_of_collectors_are_no_configuration() -> None:
    """Item 4: whole outputs stand in comments."""
    text = "!RANCID-CONTENT-TYPE: arista\n!\n! username eve privilege 15 nopassword\n! telnet enabled\n! device: r1 (X, EOS-4.29.2F)\nhostname r1\nend\n"
    found = read(text).facts
    assert found.accounts.users == ()
    assert found.os_version.need() == "4.29.2F"


def test_4_statements_that_rancid_made_comments_are_statements() -> None:
    """Items 4 and 32: RANCID puts an exclamation mark in front of a line whose secret it removed."""
    text = f"{HEADER}!username eve privilege 15 secret sha512 <removed>\nrouter bgp 1\n   neighbor 192.0.2.1 remote-as 2\n!  neighbor 192.0.2.1 password 7 <removed>\nend\n"
    found = read(text).facts
    assert [(user.name, user.secret.redacted if user.secret else None) for user in found.accounts.users] == [
        ("eve", True)
    ]


def test_5_fences_and_numbers_in_front() -> None:
    """Item 5: Markdown fences, a title, numbers of a viewer."""
    plain = read(SAMPLE).facts
    fenced = read(f"The switch r1:\n\n```\n{SAMPLE}```\nsnmp-server community public rw\n").facts
    assert fenced.accounts.users[0].name == plain.accounts.users[0].name
    assert len(fenced.snmp.communities) == 1
    assert fenced.coverage[0].unread == ()
    numbered = "".join(f"{index:5}| {line}\n" for index, line in enumerate(SAMPLE.splitlines(), 1))
    found = read(numbered).facts
    assert found.areas == plain.areas


def test_6_a_script_is_no_capture() -> None:
    """Item 6: `configure` first; what follows has no end, so nothing is absent for sure."""
    found = read("enable\nconfigure terminal\nhostname x\nsnmp-server community c ro\n").facts
    assert isinstance(found.complete, Unknown)
    assert len(found.snmp.communities) == 1
    assert isinstance(found.services.state(ServiceKind.SSH), Unknown)


def test_7_fragments_are_not_complete() -> None:
    """Item 7: omitted parts."""
    for mark in ("! ...", "...", "<snip>", "(output omitted)"):
        found = read(f"{HEADER}hostname x\n{mark}\nend\n").facts
        assert isinstance(found.complete, Unknown), mark
        assert isinstance(found.accounts.login_limited, Unknown), mark


def test_9_the_same_data_as_json() -> None:
    """Item 9: the form is told from the content."""
    text = as_json(SAMPLE)
    found = platform.detect(text.split("\n"))
    assert found is not None
    assert found.confidence >= 80
    assert read(text).facts.hostname == "r1"


def test_10_long_lines_and_many_lines() -> None:
    """Item 10: size costs no more than size."""
    found = read(f"{HEADER}interface Ethernet1\n   description {'x' * 1_000_000}\nend\n").facts
    assert found.complete.need()
    many = "".join(f"ip route 10.0.{index % 256}.0/24 192.0.2.{index % 256}\n" for index in range(20_000))
    assert len(facts(many).routes.static) == 20_000


def test_12_a_banner_ends_with_a_line_that_is_only_eof() -> None:
    """Item 12."""
    found = facts("banner login\nfirst\nEOF not alone\nnot EOF\nEOF\nhostname x")
    assert [source.text for source in found.coverage[0].unread] == []
    assert found.hostname == "x"


def test_13_a_banner_that_looks_like_a_configuration() -> None:
    """Item 13: blank lines, exclamation marks, statements."""
    found = facts(
        "banner motd\n\n! x\nusername eve privilege 15 nopassword\nno aaa root\nsnmp-server community public rw\n# end\nend\nEOF"
    )
    assert found.accounts.users == ()
    assert found.snmp.communities == ()
    assert found.complete.need()


def test_13_a_banner_that_is_never_closed_swallows_nothing() -> None:
    """Items 12 and 13."""
    found = facts("banner login\nusername bob nopassword")
    assert [user.name for user in found.accounts.users] == ["bob"]


def test_13_texts_of_comments_scripts_and_certificates() -> None:
    """Item 13: the other texts that a line EOF ends."""
    text = "interface Ethernet1\n   comment\n   shutdown\n   EOF\n   no switchport\nevent-handler E\n   trigger on-boot\n   action bash\n      username x nopassword\n      EOF\nmanagement api http-commands\n   protocol https certificate\n   no shutdown\nEOF\nkey\nEOF\n   no shutdown"
    found = facts(text)
    (port,) = found.interfaces.interfaces
    assert not port.shutdown
    assert port.switchport is None
    assert found.accounts.users == ()
    assert found.services.of(ServiceKind.JSON_RPC)[1].enabled.need()


def test_17_an_indented_exclamation_mark_ends_nothing() -> None:
    """Item 17."""
    (port,) = facts(
        "interface Ethernet1\n   !\n   ! uses DHCP\n   shutdown\n   !\n   no switchport"
    ).interfaces.interfaces
    assert port.shutdown
    assert port.switchport is None


def test_20_contexts_that_are_entered_again_are_merged() -> None:
    """Item 20."""
    found = facts(
        "management ssh\n   idle-timeout 5\nrouter bgp 1\n   neighbor 192.0.2.1 remote-as 2\nmanagement ssh\n   shutdown\nrouter bgp 1\n   neighbor 192.0.2.1 password 7 x"
    )
    assert found.access.points[0].idle_seconds.need() == 300
    assert found.services.state(ServiceKind.SSH) == Known(False, found.access.points[0].protocol_sources)
    (neighbor,) = found.routing.bgp
    assert neighbor.authentication.need() == "md5"


def test_23_any_step_of_indentation() -> None:
    """Item 23: three blanks, two, one, and a mix."""
    expected = read(SAMPLE).facts.areas
    for step in (1, 2, 4):
        text = "\n".join(
            " " * (step * ((len(line) - len(line.lstrip(" "))) // 3)) + line.lstrip(" ") for line in SAMPLE.split("\n")
        )
        assert read(text).facts.areas == expected


def test_24_lists_of_vlans_go_on_in_a_further_statement() -> None:
    """Item 24."""
    (port,) = facts(
        "interface Ethernet1\n   switchport trunk allowed vlan 1-5\n   switchport trunk allowed vlan add 7"
    ).interfaces.interfaces
    assert port.switchport is not None
    assert port.switchport.allowed_vlans == "1-5,7"


def test_28_29_texts_that_look_like_comments_or_open_a_quote() -> None:
    """Items 28 and 29."""
    found = facts(
        'interface Ethernet1\n   description !!! do not touch "\n   shutdown\nsnmp-server contact "NOC\nusername a nopassword'
    )
    (port,) = found.interfaces.interfaces
    assert port.description == '!!! do not touch "'
    assert port.shutdown
    assert len(found.accounts.users) == 1


def test_30_names_with_special_characters() -> None:
    """Item 30."""
    found = facts(
        "ip access-list FILTER:V6:IN/1\n   permit ip any any\ninterface Ethernet1\n   no switchport\n   vrf 10100:339651554\n   ip access-group FILTER:V6:IN/1 in"
    )
    assert found.interfaces.interfaces[0].vrf == "10100:339651554"
    assert found.interfaces.interfaces[0].filters_in[0].any_source.need()


def test_32_an_empty_block_is_no_empty_password() -> None:
    """Item 32: whole lines may be filtered away."""
    (user,) = facts("username a privilege 15").accounts.users
    assert not user.passwordless
    assert user.secret is None


def test_34_words_in_the_wrong_place() -> None:
    """Item 34: key words in texts, rules and clients are no statements."""
    text = "role r\n   10 deny mode exec command monitor session\nip access-list A\n   10 remark permit telnet\nip ssh client source-interface Loopback0\nip http client local-interface Loopback0\nmanagement telnet\n   idle-timeout 5\ninterface Ethernet1\n   description snmp-server community public rw\ntap aggregation\n   no mode"
    found = facts(text)
    assert found.mirrors.sessions == ()
    assert found.acls.lists[0].entries == ()
    assert found.snmp.communities == ()
    assert found.services.state(ServiceKind.TELNET).need() is False  # type: ignore[union-attr]
    assert found.services.state(ServiceKind.HTTP).need() is False  # type: ignore[union-attr]


def test_36_only_one_family_is_protected() -> None:
    """Item 36."""
    text = "interface Ethernet1\n   no switchport\n   ipv6 address 2001:db8::1/64\nipv6 access-list S\n   permit ipv6 2001:db8::/32 any\nmanagement ssh\n   ipv6 access-group S in"
    assert facts(text).access.points[0].open_families.need() == (4,)


def test_37_defaults_are_told_apart_from_lines() -> None:
    """Item 37: LLDP is on silently."""
    silent, spoken = facts("hostname x").discovery.protocols[0], facts("lldp run").discovery.protocols[0]
    assert isinstance(silent.enabled, Known)
    assert isinstance(spoken.enabled, Known)
    assert silent.enabled.value is spoken.enabled.value is True
    assert silent.enabled.default
    assert not spoken.enabled.default
    assert spoken.enabled.sources


def test_37_a_configuration_with_all_its_defaults() -> None:
    """Item 37: `show running-config all` prints what the normal form hides, the list that every device has included."""
    text = "management api http-commands\n   vrf default\n      default shutdown\n   no protocol https\n   protocol http\n   default cors allowed-origin\n   no shutdown\nsystem control-plane\n   ip access-group default-control-plane-acl in\nmanagement telnet\n   shutdown\n   idle-timeout 0\nno tacacs-server key\nsnmp-server location x\nno snmp-server contact\ndefault snmp-server enable traps\ninterface Ethernet1\n   default load-interval\n   no ip verify unicast\n   no ip proxy-arp\nlldp run"
    found = facts(text)
    assert found.coverage[0].unread == ()
    assert found.access.points[0].filters == ()
    assert found.access.points[0].open_families.need() == (4,)
    assert found.control_plane.filters[0].any_source.need() is True
    assert found.acls.undefined == ()
    assert found.services.state(ServiceKind.TELNET).need() is False  # type: ignore[union-attr]
    assert found.services.state(ServiceKind.HTTP).need() is True  # type: ignore[union-attr]
    assert found.snmp.traps == ()
    assert found.interfaces.interfaces[0].urpf.need() == ""


def test_38_old_forms() -> None:
    """Item 38: statements of older releases."""
    found = facts(
        "enable secret 5 $1$a$b\nusername a sshkey ssh-rsa AAAA\ncontrol-plane\n   ip access-group A in\nsnmp-server host 192.0.2.1 string"
    )
    assert found.accounts.passwords[0].name == "enable"
    assert len(found.accounts.keys) == 1
    assert found.control_plane.filters[0].name == "A"
    assert found.snmp.hosts[0].secret is not None


def test_39_a_no_that_says_something() -> None:
    """Item 39: `no aaa root`, `no enable password`, `no logging on`."""
    found = facts("no aaa root\nno enable password\nno logging on\nno lldp run")
    assert found.services.ssh.root_login is not None
    assert found.services.ssh.root_login.need() is False
    assert found.accounts.passwords == ()
    assert found.logging.enabled.need() is False
    assert found.discovery.protocols[0].enabled.need() is False
    assert found.coverage[0].unread == ()


def test_40_damage_is_kept_and_told() -> None:
    """Item 40: words that nobody knows."""
    found = facts("usernme bob nopassword\nmanagement ssh\n   idel-timeout 5\nip route 10.0.0.0/8")
    assert [source.text for source in found.coverage[0].unread] == [
        "usernme bob nopassword",
        "idel-timeout 5",
        "ip route 10.0.0.0/8",
    ]
    assert set(found.unread) == {Area.ACCESS, Area.ROUTES}


def test_a_damaged_json_keeps_what_stands_before_the_fault() -> None:
    """Items 9 and 40."""
    text = json.dumps({"cmds": {"username a nopassword": None, "hostname x": None}}, indent=1)
    found = read(text.replace('"hostname x"', "hostname x")).facts
    assert len(found.accounts.users) == 1
    assert isinstance(found.complete, Unknown)
