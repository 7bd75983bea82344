"""The traps of real files (parsing-traps) that can occur on NX-OS; each test names its item."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from tests.platforms.cisco_nxos.nxos import HEAD, TAIL, everything, part, read, told, whole
from tests.platforms.cisco_nxos.samples import FULL


def test_line_ends() -> None:
    """Trap 1: CRLF, both kinds in one file, no newline at the end, a NUL after the last word."""
    plain = everything(read(FULL).facts)
    assert everything(read(FULL.replace("\n", "\r\n")).facts) == plain
    assert everything(read(FULL.replace("\n", "\r\n", 40)).facts) == plain
    assert everything(read(FULL.rstrip("\n") + "\0").facts) == plain


def test_encodings() -> None:
    """Trap 2: bytes that are no UTF-8 pass and stay in the evidence."""
    facts = read(b"interface Ethernet1/1\n  description caf\xe9 \xff\n  shutdown\n").facts
    assert facts.interfaces.interfaces[0].description == r"caf\xe9 \xff"
    assert facts.interfaces.interfaces[0].shutdown


def test_noise_around_the_configuration() -> None:
    """Trap 3: prompts with their commands and pager remains are no facts; a prompt after the end shows the end."""
    text = "n9k# show running-config\n" + HEAD.format(release="9.3(3)") + "line vty\n--More--\nfeature telnet\nn9k#\n"
    facts = read(text).facts
    assert isinstance(facts.complete, Unknown)
    facts = read(text.replace("--More--\n", "")).facts
    assert isinstance(facts.complete, Known)
    assert facts.services.state(ServiceKind.TELNET) == Known(True, facts.services.of(ServiceKind.TELNET)[0].sources)
    assert not facts.coverage[0].unread


def test_comments_of_collectors() -> None:
    """Trap 4: show outputs in comment lines are no configuration; the hardware in them is known."""
    facts = part(
        "!RANCID-CONTENT-TYPE: cisco-nx\n!   NXOS: version 10.4(5) [Maintenance Release]\n"
        "!   cisco Nexus9000 C93180YC-FX3 Chassis \n!   Processor Board ID FDO0000\n! feature telnet\n!username bob role x\n"
    )
    assert facts.accounts.users == ()
    assert facts.system.model == Known("Nexus9000 C93180YC-FX3", facts.system.model.sources)
    assert facts.system.serial == Known("FDO0000", facts.system.serial.sources)
    assert facts.os_version == Known("10.4(5)", facts.os_version.sources)
    assert isinstance(facts.services.state(ServiceKind.TELNET), Unknown)


def test_copied_documents() -> None:
    """Trap 5: Markdown fences and line numbers in front change nothing."""
    plain = everything(read(FULL).facts)
    assert everything(read("# Title\n\n```\n" + FULL + "```\n").facts) == plain
    numbered = "".join(f"{number:5}| {line}\n" for number, line in enumerate(FULL.splitlines(), 1))
    assert everything(read(numbered).facts) == plain


def test_sequence_numbers_are_no_line_numbers() -> None:
    """Trap 5: entries of an access list begin with numbers too."""
    facts = part("ip access-list A\n  1 permit ip any any\n  2 permit ip any any\n  3 permit ip any any\n")
    assert len(facts.acls.lists[0].entries) == 3


def test_command_scripts() -> None:
    """Trap 6: abbreviated input is no complete configuration."""
    facts = part("conf t\nint eth1/1\n  shut\nend\n")
    assert isinstance(facts.complete, Unknown)


@pytest.mark.parametrize(
    "text",
    [
        HEAD.format(release="9.3(3)") + "feature bgp\n",
        HEAD.format(release="9.3(3)") + "line console\nline vty\n",
        HEAD.format(release="9.3(3)") + "(...)\n" + TAIL,
        HEAD.format(release="9.3(3)") + "! ...\n" + TAIL,
        "!Command: show running-config aaa\n" + HEAD.format(release="9.3(3)") + TAIL,
        "!Command: show running-config | include snmp\n" + HEAD.format(release="9.3(3)") + TAIL,
        "hostname r\n" + TAIL,
    ],
    ids=["cut", "no boot", "oxidized", "dots", "section", "filtered", "no version"],
)
def test_fragments(text: str) -> None:
    """Trap 7: a missing line says nothing where the end was not seen or parts were left out."""
    facts = read(text).facts
    assert isinstance(facts.complete, Unknown)
    assert facts.complete.code is Code.CUT
    telnet = facts.services.state(ServiceKind.TELNET)
    assert isinstance(telnet, Unknown)


def test_whole_configurations() -> None:
    """Trap 7: NX-OS prints no end mark; the sections it prints last are the evidence."""
    facts = whole("")
    assert isinstance(facts.complete, Known)
    assert {source.text.split()[0] for source in facts.complete.sources} == {"version", "line", "boot"}


def test_size() -> None:
    """Trap 10: long lines and long lists cost no more than their length."""
    facts = read(
        "interface Ethernet1/1\n  description " + "x" * 1_000_000 + "\nip access-list " + "a" * 100_000 + "\n"
    ).facts
    assert len(facts.interfaces.interfaces[0].description) == 1_000_000


@pytest.mark.parametrize(
    "banner",
    [
        "banner motd #\nfeature telnet\n#\n",
        "banner motd #feature telnet#\n",
        "banner motd  ^oneline^ feature telnet\n",
        "banner motd ^C\nfeature telnet\n^C\n",
        "banner motd \x03\nfeature telnet\n\x03\n",
        "banner exec *multi\nfeature telnet\nline*garbage\n",
        "banner motd @\n\n! hello # there\nfeature telnet\n  indented\n@ feature telnet\n",
    ],
)
def test_banners(banner: str) -> None:
    """Traps 11 to 13: any delimiter, one line or many, rubbish after the end, text that looks like configuration."""
    facts = whole(banner)
    telnet = facts.services.of(ServiceKind.TELNET)[0].enabled
    assert isinstance(telnet, Known)
    assert not telnet.value
    assert len(facts.system.banners) == 1
    assert not facts.system.banners[0].empty
    assert not facts.coverage[0].unread


def test_an_unclosed_banner_swallows_nothing() -> None:
    """Trap 13: without a closing delimiter only the first line is banner."""
    facts = whole("banner motd #\nfeature telnet\n")
    assert facts.services.of(ServiceKind.TELNET)[0].enabled.need()


def test_comments_inside_blocks() -> None:
    """Trap 17: an indented or unindented `!` ends no block."""
    facts = part(
        "monitor session 1\n  !\n  destination interface Ethernet1/1\n!\n  source interface Ethernet1/2\n  no shut\n"
    )
    (session,) = facts.mirrors.sessions
    assert session.copied == ("interface Ethernet1/2",)
    assert session.active.need()


def test_repeated_contexts() -> None:
    """Trap 20: a block that is entered twice is one block."""
    facts = part(
        "interface Ethernet1/1\n  ip address 192.0.2.1/24\nvlan 1\ninterface Ethernet1/1\n  shutdown\n"
        "router bgp 1\n  neighbor 192.0.2.2\n    remote-as 2\nrouter bgp 1\n  neighbor 192.0.2.2\n    password 3 abc\n"
    )
    (interface,) = facts.interfaces.interfaces
    assert interface.addresses == ("192.0.2.1/24",)
    assert interface.shutdown
    (neighbor,) = facts.routing.bgp
    assert neighbor.remote_as == "2"
    assert neighbor.authentication.need() == "md5"


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_indent_step(step: int) -> None:
    """Trap 23: other indents are the same structure."""
    text = "".join(
        " " * ((len(line) - len(line.lstrip())) // 2 * step) + line.lstrip() + "\n" for line in FULL.splitlines()
    )
    assert everything(read(text).facts) == everything(read(FULL).facts)


def test_continued_lists() -> None:
    """Trap 24: `allowed vlan add` goes on where the line before ended."""
    text = "interface Ethernet1/1\n  switchport trunk allowed vlan 1-5\n  switchport trunk allowed vlan add 7\n"
    (interface,) = part(text).interfaces.interfaces
    assert interface.switchport is not None
    assert interface.switchport.allowed_vlans == "1-5,7"


def test_descriptions_that_start_like_comments() -> None:
    """Trap 29."""
    for text in ("## core ##", "!!! do not touch", "// to leaf-1"):
        (interface,) = part(f"interface Ethernet1/1\n  description {text}\n").interfaces.interfaces
        assert interface.description == text


def test_names_with_special_characters() -> None:
    """Trap 30."""
    facts = part(
        "vrf context 10100:339651554\n  ip route 0.0.0.0/0 192.0.2.1\nip access-list F:V4:IN\n  10 permit ip any any\n"
    )
    assert facts.routes.static[0].vrf == "10100:339651554"
    assert facts.acls.lists[0].name == "F:V4:IN"


def test_an_empty_or_locked_password_is_no_open_account() -> None:
    """Trap 32: `!` in place of a hash locks the account; a scrubbed line is no empty password."""
    locked, bare = part(
        "username a password 5 !  role network-operator\nusername b role network-admin\n"
    ).accounts.users
    assert (locked.login, locked.passwordless, locked.secret) == (False, False, None)
    assert (bare.login, bare.passwordless) == (True, False)


def test_statements_that_a_scrubber_made_comments() -> None:
    """Traps 4 and 32: RANCID's `!username ... <removed>` is a statement whose value is gone; other comments are none."""
    facts = part(
        "!username bob password 5 <removed>  role network-admin\n!username eve role network-admin\n"
        "!snmp-server community <removed> group network-admin\n!tacacs-server host 192.0.2.1 key 7 <removed>\n"
        "router bgp 1\n  neighbor 192.0.2.2\n    remote-as 2\n!    password 3 <removed>\n"
    )
    (user,) = facts.accounts.users
    assert (user.name, user.admin.need()) == ("bob", True)
    assert user.secret is not None
    assert user.secret.redacted
    assert facts.snmp.communities[0].writable
    assert facts.aaa.servers[0].address == "192.0.2.1"
    assert facts.routing.bgp[0].authentication.need() == "md5"


def test_redacted_communities_stay_apart() -> None:
    """Trap 32: equal placeholders are no equal strings; a list is not given to a community that may not have it."""
    rights = (
        "snmp-server community <removed> group network-admin\nsnmp-server community <removed> group network-operator\n"
    )
    lists = "ip access-list A\n  10 permit udp 192.0.2.0/24 any\n"
    both = part(lists + rights + "snmp-server community <removed> use-acl A\n" * 2).snmp.communities
    assert [(one.writable, [bound.name for bound in one.filters]) for one in both] == [(True, ["A"]), (False, ["A"])]
    unclear = part(lists + rights + "snmp-server community <removed> use-acl A\n").snmp.communities
    assert all(isinstance(one.filters[0].any_source, Unknown) for one in unclear)


def test_values_with_blanks() -> None:
    """Trap 33: two blanks before `role`, quotes round keys."""
    facts = part(
        'username a password 5 $5$a$b  role network-admin\ntacacs-server host 192.0.2.1 key 7 "abc def" port 50\n'
    )
    assert facts.accounts.users[0].role == "network-admin"
    assert facts.aaa.servers[0].port == 50
    assert facts.aaa.servers[0].secret is not None


def test_words_in_the_wrong_place() -> None:
    """Trap 34: `public` of RMON is no community, remarks and descriptions are no statements."""
    facts = whole(
        "rmon event 1 log trap public description FATAL(1) owner PMON@FATAL\nip access-list A\n  10 remark permit telnet\n"
        "interface Ethernet1/1\n  description route-map GONE ip access-group NOPE in\n"
        "snmp-server location access-class X in use-acl Y\n"
    )
    assert facts.snmp.communities == ()
    assert facts.acls.undefined == ()
    assert facts.acls.lists[0].entries == ()


def test_lines_that_bind() -> None:
    """Trap 35: a list for outgoing sessions guards nothing; a list decides by the service's port."""
    body = (
        "ip access-list V\n  10 permit tcp any any eq 443\n  20 permit tcp 192.0.2.0/24 any eq 22\n"
        "  30 permit udp any any\n  40 permit tcp any any established\n"
    )
    text = HEAD.format(release="10.3(9)") + body + "line vty\n  access-class V {}\nboot nxos bootflash:/x\n"
    out = read(text.format("out")).facts.access.points[0]
    assert out.filters == ()
    assert out.open_families == Known((4,))
    (bound,) = read(text.format("in")).facts.access.points[0].filters
    assert bound.any_source.need() is False
    assert [one.prefix for one in bound.admitted] == ["192.0.2.0/24"]


def test_only_one_family_is_guarded() -> None:
    """Trap 36."""
    text = (
        HEAD.format(release="10.3(9)")
        + "ip access-list V\n  10 permit tcp 192.0.2.0/24 any\ninterface Vlan1\n  no shutdown\n"
        "  ipv6 address 2001:db8::1/64\nline vty\n  access-class V in\nboot nxos bootflash:/x\n"
    )
    (vty,) = read(text).facts.access.points
    assert vty.open_families == Known((6,))


def test_silent_defaults_are_told_from_statements() -> None:
    """Trap 37: a default cites its document, a statement its line."""
    facts = whole("")
    enabled = facts.services.of(ServiceKind.SSH)[0].enabled
    assert isinstance(enabled, Known)
    assert enabled.value
    assert enabled.default
    assert not enabled.sources
    stated = whole("no feature ssh\n").services.of(ServiceKind.SSH)[0].enabled
    assert isinstance(stated, Known)
    assert not stated.value
    assert stated.sources
    assert not stated.default


def test_old_forms() -> None:
    """Trap 38: spellings of older releases and hand-made files."""
    facts = whole("telnet server enable\ninterface ethernet 1/1\n  ip address 192.0.2.1 255.255.255.0\n")
    assert facts.services.of(ServiceKind.TELNET)[0].enabled.need()
    (interface,) = facts.interfaces.interfaces
    assert (interface.name, interface.addresses) == ("Ethernet1/1", ("192.0.2.1/24",))


def test_no_that_says_something() -> None:
    """Trap 39."""
    facts = whole("no feature signature-verification\nno copp profile\nno ip source-route\nno logging logfile\n")
    assert facts.boot.verified is not None
    assert facts.boot.verified.need() is False
    assert facts.control_plane.policed.need() is False
    assert facts.interfaces.source_routing.need() is False
    assert facts.logging.local.need() is False


def test_damage() -> None:
    """Trap 40: damaged statements are kept as unread lines of their area and stop nothing."""
    facts = whole(
        "snmp-server commuXXity x ro\nip route 999.1.1.1/99\nip access-list A\n  10 permXX ip any any\nline vty\n  acXXss-class A in\n"
    )
    assert set(facts.unread) == {Area.SNMP, Area.ROUTES, Area.ACLS, Area.ACCESS}


def test_later_lines_and_removals() -> None:
    """A later line replaces an earlier one, and `no` takes away what stood before it, not what follows."""
    facts = whole(
        "feature telnet\nno feature telnet\nusername bob role network-admin\nno username bob\nusername eve role network-operator\n"
        "no username eve\nusername eve role network-admin\nlogging server 192.0.2.1\nno logging server 192.0.2.1\n"
    )
    assert not facts.services.of(ServiceKind.TELNET)[0].enabled.need()
    assert [(user.name, user.role) for user in facts.accounts.users] == [("eve", "network-admin")]
    assert facts.logging.hosts == ()
    assert not facts.coverage[0].unread


def test_several_virtual_device_contexts() -> None:
    """Trap 8: a file of all contexts gives the users and services of each; what differs is not known."""
    first = (
        HEAD.format(release="8.2(3)") + "username admin role network-admin\nfeature telnet\nip source-route\n" + TAIL
    )
    second = (
        "!Running config for vdc: second\nswitchto vdc second\nversion 8.2(3)\nhostname second\nno ip source-route\n"
        "username bob password 0 x role vdc-admin\ninterface Ethernet3/1\n  ip address 192.0.2.9/24\nline vty\n"
    )
    facts = read(first + second).facts
    assert facts.hostname == "n9k"
    assert [user.name for user in facts.accounts.users] == ["admin", "bob"]
    assert [interface.name for interface in facts.interfaces.interfaces] == ["Ethernet3/1"]
    assert isinstance(facts.interfaces.source_routing, Unknown)
    assert facts.services.state(ServiceKind.TELNET).need()  # type: ignore[union-attr]
    assert isinstance(facts.complete, Known)
    coverage = facts.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant
    assert len(told(facts, Area.ACCESS)["points"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000 + "\n",
        "ip access-list A\n  " + "9" * 6000 + " permit ip any any\n",
        "ip access-list A\n  10 permit tcp any any gt " + "9" * 6000 + "\n",
        "logging server 192.0.2.1 port " + "9" * 6000 + "\n",
        "line vty\n  exec-timeout ²\n",
        "router bgp 1\n  neighbor 192.0.2.1\n    ebgp-multihop " + "9" * 6000 + "\n",
        "interface Vlan1\n  ip router ospf 1 area " + "9" * 6000 + "\n  hsrp ³\n",
        "ip route 10.0.0.0 " + "9" * 6000 + ".0.0.0 192.0.2.1\n",
    ],
)
def test_numbers_of_any_length(text: str) -> None:
    """Trap 40: no damaged number stops a reading."""
    assert read(text).facts.coverage


def test_inheritance_costs_no_more_than_its_lines() -> None:
    """Trap 10: templates that inherit twice from the next one would double the work at each step."""
    templates = "".join(
        f"  template peer T{number}\n    inherit peer T{number + 1}\n    inherit peer T{number + 1}\n"
        for number in range(60)
    )
    facts = part("router bgp 1\n" + templates + "  neighbor 192.0.2.1\n    inherit peer T0\n")
    assert len(facts.routing.bgp[0].sources) < 200


def test_a_filtered_file_of_many_contexts_is_no_chassis() -> None:
    """Trap 10: a file that switches contexts a thousand times is read in one go."""
    assert part("switchto vdc a\nusername b role c\n" * 1000).accounts.users
