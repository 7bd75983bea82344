"""What real files look like: each test names the item of the list of parsing traps, and fails without its handling."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.huawei_vrp import platform
from tests.platforms.golden import plain
from tests.platforms.huawei_vrp.vrp import END, NE, facts, reading

GOOD = "!Software Version V800R021C10SPC600\n#\nsysname r1\n#\naaa\n local-user a level 3\n#\nuser-interface vty 0 4\n protocol inbound ssh\n#\nreturn\n"


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode().rstrip(b"\n"),
        GOOD.encode().rstrip(b"\n") + b"\0",
        GOOD.replace("aaa\n", "aaa \r\n").encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        b"\r\n" + GOOD.encode(),
    ],
    ids=["lf", "crlf", "no final newline", "nul at the end", "mixed", "byte order mark", "empty first line"],
)
def test_1_line_ends(content: bytes) -> None:
    """Trap 1."""
    found = reading(content).facts
    assert found.hostname == "r1"
    assert isinstance(found.complete, Known)
    assert [user.name for user in found.accounts.users] == ["a"]
    assert found.os_version.need() == "V800R021C10SPC600"


def test_2_gbk_text() -> None:
    """Trap 2."""
    found = reading(
        NE.encode() + b"interface GigabitEthernet0/0/1\n description \xba\xcb\xd0\xc4\n shutdown\n" + END.encode()
    ).facts
    assert found.interfaces.interfaces[0].description == "\\xba\\xcb\\xd0\\xc4"
    assert found.interfaces.interfaces[0].shutdown


def test_3_noise_of_the_capture() -> None:
    """Trap 3: login text, echoed commands and prompts before, a prompt behind."""
    noise = (
        "Info: The max number of VTY users is 5.\n<r1>screen-length 0 temporary\n<r1>display current-configuration \n"
    )
    found = reading(noise + GOOD + "<r1>quit\nlocal-user ghost level 15\n").facts
    assert isinstance(found.complete, Known)
    assert [user.name for user in found.accounts.users] == ["a"]
    assert found.coverage[0].unread == ()


def test_3_residue_of_the_pager() -> None:
    """Trap 3: what a pager writes over itself stands in front of a line."""
    paged = GOOD.replace(
        " local-user a level 3", "  ---- More ----\x1b[16D                \x1b[16D local-user a level 3"
    )
    found = reading(paged).facts
    assert [user.name for user in found.accounts.users] == ["a"]


@pytest.mark.parametrize("style", ["```\n{text}```\n", "# Title\n\n```text\n{text}```\n"])
def test_5_markdown_fences(style: str) -> None:
    """Trap 5."""
    text = style.replace("{text}", GOOD)
    found = reading(text).facts
    assert [user.name for user in found.accounts.users] == ["a"]
    assert platform.detect(text.split("\n")) is not None


def test_5_line_numbers_in_front() -> None:
    """Trap 5."""
    text = "".join(f"{index:5d}| {line}\n" for index, line in enumerate(GOOD.splitlines(), 1))
    found = reading(text).facts
    assert [user.name for user in found.accounts.users] == ["a"]
    assert isinstance(found.complete, Known)


@pytest.mark.parametrize(
    "config",
    [
        GOOD.replace("return\n", ""),
        GOOD.replace("aaa\n", "...\naaa\n"),
        GOOD.replace("aaa\n", "# ...\naaa\n"),
        "system-view\n" + GOOD,
        GOOD.replace("#\nuser-interface", " quit\nuser-interface"),
        "return\n",
    ],
)
def test_7_fragments_are_not_complete(config: str) -> None:
    """Trap 7."""
    complete = reading(config).facts.complete
    assert isinstance(complete, Unknown)
    assert complete.code is Code.CUT


def test_13_a_banner_is_no_configuration() -> None:
    """Traps 11 and 13: text over several lines that looks like statements and separators."""
    found = facts(
        'header login information "\nlocal-user ghost level 15\n#\nreturn\n"\nheader shell information "hello"\naaa\n local-user a level 3\n'
    )
    assert [user.name for user in found.accounts.users] == ["a"]
    assert [(one.kind, one.before_login) for one in found.system.banners] == [("login", True), ("shell", False)]


def test_13_a_banner_that_is_never_closed_hides_nothing() -> None:
    """Trap 13."""
    found = facts('header login information "open\naaa\n local-user a level 3\n')
    assert [user.name for user in found.accounts.users] == ["a"]


def test_18_a_hash_is_a_separator_only_when_alone() -> None:
    """Trap 18: cipher strings may hold anything; ` #` separates inside a view; a hash before a statement does not hide it."""
    body = 'ike peer P\n pre-shared-key cipher %^%#a;b\\c|"d # e%^%#\n remote-address 192.0.2.1\n#                \naaa\n #local-user n level 3\n #\n local-user m level 1\n # any other comment\n'
    found = facts(body)
    assert [(peer.name, peer.address) for peer in found.crypto.peers] == [("P", "192.0.2.1")]
    assert [user.name for user in found.accounts.users] == ["n", "m"]


def test_19_outermost_lines_may_be_indented() -> None:
    """Trap 19: the blank in front makes no children, not even without a separator between them."""
    body = " snmp-agent\n snmp-agent community read public\n#\nstelnet server enable\n telnet server enable\n ntp-service unicast-server 192.0.2.1 \n"
    found = facts(body)
    assert len(found.snmp.communities) == 1
    assert found.services.state(ServiceKind.TELNET).need()
    assert [one.address for one in found.time.servers] == ["192.0.2.1"]


def test_20_repeated_contexts_are_one() -> None:
    """Trap 20."""
    body = (
        "interface Vlanif10\n ip address 10.0.0.1 24\n#\ninterface Vlanif10\n shutdown\n#\naaa\n local-user a password simple b\n#\n"
        "aaa\n local-user a level 3\n#\nacl number 2000\n rule 5 permit source 10.0.0.0 0.0.0.255\n#\nacl 2000\n rule 10 deny\n"
    )
    found = facts(body)
    (port,) = found.interfaces.interfaces
    assert (port.addresses, port.shutdown) == (("10.0.0.1/24",), True)
    (user,) = found.accounts.users
    assert (user.role, user.secret is not None) == ("level 3", True)
    assert [len(acl.entries) for acl in found.acls.lists] == [2]


def test_23_hand_edited_indents() -> None:
    """Trap 23."""
    body = "aaa\n  local-user a level 3\n  authentication-scheme S\n      authentication-mode none\n#\nuser-interface vty 0 4\n\tprotocol inbound telnet\n"
    found = facts(body)
    assert found.aaa.login_lists[0].spelled == ("none",)
    assert found.accounts.users[0].role == "level 3"


def test_24_lists_that_go_on() -> None:
    """Trap 24."""
    (port,) = facts(
        "interface GigabitEthernet0/0/1\n port link-type trunk\n port trunk allow-pass vlan 2 to 4\n port trunk allow-pass vlan 9\n"
    ).interfaces.interfaces
    assert port.switchport is not None
    assert port.switchport.allowed_vlans == "2 to 4 9"


@pytest.mark.parametrize("text", ["// to leaf-1", "## core ##", "!!! do not touch", "# x", '"quoted'])
def test_29_descriptions_that_start_like_comments(text: str) -> None:
    """Traps 28 and 29."""
    found = facts(f"interface GigabitEthernet0/0/1\n description {text}\n shutdown\n")
    assert found.interfaces.interfaces[0].description == text
    assert found.interfaces.interfaces[0].shutdown


def test_30_names_with_special_characters() -> None:
    """Trap 30."""
    found = facts(
        "ip vpn-instance 10100:339\n#\ninterface Vlanif1\n ip binding vpn-instance 10100:339\n#\nacl name F:V6:IN advance\n rule 5 permit ip\n"
    )
    assert found.interfaces.interfaces[0].vrf == "10100:339"
    assert found.acls.lists[0].name == "F:V6:IN"


@pytest.mark.parametrize(
    "line",
    [
        "http server permit interface GigabitEthernet0/0/0",
        "telnet client-source -i LoopBack0",
        "description telnet server enable",
        "http timeout 10",
    ],
)
def test_34_words_in_the_wrong_place(line: str) -> None:
    """Trap 34."""
    found = facts(f"{line}\n")
    for kind in (ServiceKind.HTTP, ServiceKind.TELNET):
        assert found.services.state(kind).need() is False


def test_36_only_one_family_is_protected() -> None:
    """Trap 36."""
    body = "acl number 2000\n rule 5 permit source 10.0.0.0 0.0.0.255\n#\ninterface Vlanif1\n ipv6 enable\n ipv6 address 2001:db8::1/64\n#\nstelnet server enable\nuser-interface vty 0 4\n acl 2000 inbound\n"
    (point,) = facts(body).access.points
    assert point.open_families.need() == (6,)


def test_37_defaults_depend_on_the_release() -> None:
    """Trap 37: an absent line means what a document says for that release, and nothing else."""
    assert facts("").services.state(ServiceKind.TELNET).need() is False
    for head in ("#\nsysname r1\n#\n", "[V200R003C00]\n#\n sysname r1\n#\n"):
        state = facts("", head=head).services.state(ServiceKind.TELNET)
        assert isinstance(state, Unknown)
        assert state.code in (Code.VERSION, Code.DEFAULT)


def test_38_old_forms() -> None:
    """Trap 38: a local user as a block of its own, mirroring groups."""
    body = "local-user old\n password simple x\n service-type telnet\n level 3\n#\nmirroring-group 1 local\nmirroring-group 1 mirroring-port Ethernet0/1 both\nmirroring-group 1 monitor-port Ethernet0/2\n"
    found = facts(body)
    (user,) = found.accounts.users
    assert (user.name, user.role, user.admin.need(), user.remote.need()) == ("old", "level 3", True, True)
    (mirror,) = found.mirrors.sessions
    assert (mirror.copied, mirror.destinations[0].value) == (("Ethernet0/1 both",), "Ethernet0/2")


def test_39_undo_says_something() -> None:
    """Trap 39."""
    found = facts(
        "undo info-center enable\nundo telnet server enable\nstelnet server enable\nundo stelnet server enable\nsnmp-agent\nundo snmp-agent\n"
    )
    assert found.logging.enabled.need() is False
    assert found.services.state(ServiceKind.SSH).need() is False
    assert found.snmp.enabled.need() is False


def test_39_undo_takes_back_what_stands_before_it() -> None:
    """Trap 39."""
    found = facts(
        "aaa\n local-user a level 3\n local-user a password simple x\n local-user b level 1\n undo local-user a\n#\nacl number 2000\n rule 5 permit\n#\nundo acl number 2000\n"
    )
    assert [user.name for user in found.accounts.users] == ["b"]
    assert found.acls.lists == ()


def test_40_unknown_lines_are_reported() -> None:
    """Trap 40."""
    found = facts("snmp-agent comunity read public\nuser-interface vty 0 4\n protocl inbound ssh\n")
    assert [source.text for source in found.unread[Area.SNMP]] == ["snmp-agent comunity read public"]
    assert [source.text for source in found.unread[Area.ACCESS]] == ["protocl inbound ssh"]


def test_forms_of_the_same_configuration_give_the_same_facts() -> None:
    """AR's blanks in front, CRLF, trailing blanks and sub-separators change no fact."""
    body = "aaa\n local-user a level 3\n authentication-scheme S\n  authentication-mode hwtacacs local\n domain default_admin\n  authentication-scheme S\n#\nstelnet server enable\n#\nuser-interface vty 0 4\n authentication-mode aaa\n"
    forms = [
        body,
        body.replace("\n", " \r\n"),
        body.replace("stelnet", " stelnet"),
        body.replace(" authentication-scheme S\n  auth", " #\n authentication-scheme S\n  auth"),
    ]
    texts = []
    for form in forms:
        areas = facts(form).areas
        texts.append(
            {
                str(area): _without_lines(plain(areas[area]))
                for area in (Area.ACCOUNTS, Area.AAA, Area.ACCESS, Area.SERVICES)
            }
        )
    assert texts[1:] == texts[:1] * 3


def _without_lines(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: _without_lines(one)
            for key, one in value.items()
            if key != "at" and "source" not in key and key != "bound"
        }
    if isinstance(value, list):
        return [_without_lines(one) for one in value if not isinstance(one, int)]
    return value


def test_5_line_numbers_of_two_viewers() -> None:
    """Trap 5: a copied document was numbered twice."""
    once = [f"    {index}|{line}" for index, line in enumerate(GOOD.splitlines(), 1)]
    text = "".join(f"   {index}|{line}\n" for index, line in enumerate(once, 1))
    assert [user.name for user in reading(text).facts.accounts.users] == ["a"]


def test_18_a_separator_inside_a_view_closes_nothing() -> None:
    """Trap 18: broadband gateways print ` #` between the head of a view and what stands in it."""
    body = (
        "interface Eth-Trunk7.11\n ipv6 enable\n ipv6 address auto link-local\n bas\n #\n  access-type layer2-subscriber\n"
        "  default-domain authentication ppp-user d1\n #\n#\ninterface GigabitEthernet0/0/1\n shutdown\n"
    )
    found = facts(body)
    first, second = found.interfaces.interfaces
    assert (first.dynamic, first.shutdown, second.shutdown) == (False, False, True)
    assert found.coverage[0].unread == ()
    assert found.mirrors.state_only.need()


def test_38_key_words_in_capitals() -> None:
    """Trap 38: switches print `FTP server enable` and `FTP acl N`."""
    found = facts("acl number 2000\n rule 5 permit source 10.0.0.0 0.0.0.255\n#\nFTP server enable\nFTP acl 2000\n")
    (ftp,) = found.services.of(ServiceKind.FTP)
    assert ftp.enabled.need()
    assert [bound.name for bound in ftp.filters] == ["2000"]
    assert facts("undo FTP server-source all-interface\n").services.state(ServiceKind.FTP).need() is False


def test_20_schemes_without_separators_and_the_domain_of_administrators() -> None:
    """Trap 20: switches print the views of `aaa` one after the other; `domain D admin` names the domain that decides."""
    body = (
        "domain noc admin\n#\nhwtacacs-server template ht\n hwtacacs-server authentication 192.0.2.1\n#\naaa\n authentication-scheme S\n"
        "  authentication-mode hwtacacs local\n authentication-scheme default\n  authentication-mode local\n local-aaa-user password policy administrator\n"
        "  password expire 0\n domain default_admin\n  authentication-scheme default\n domain noc\n  authentication-scheme S\n  hwtacacs-server ht\n"
        " local-user noc privilege level 3\n#\nuser-interface vty 0 2\n authentication-mode aaa\nuser-interface vty 16 20\n"
    )
    found = facts(body)
    assert found.aaa.enabled.need()
    assert [(point.name, point.login_list) for point in found.access.points] == [
        ("user-interface vty 0 2", "S"),
        ("user-interface vty 16 20", ""),
    ]
    assert found.coverage[0].unread == ()


def test_groups_of_l2tp_that_every_gateway_has_are_no_tunnels() -> None:
    """Trap 37: `default-lac` and `default-lns` are printed and neither take nor open a tunnel."""
    found = facts("l2tp-group default-lac\n tunnel name X\n#\nl2tp-group default-lns\n tunnel name X\n")
    assert found.tunnels.tunnels == ()


def test_saving_at_set_times_sends_nothing() -> None:
    """Trap 34: `set save-configuration interval` is no transfer."""
    assert facts("set save-configuration interval 1440 delay 1\n").transfers.transfers == ()


def test_lists_that_secure_and_limit_a_port() -> None:
    """Trap 35: each line that names a list binds it."""
    body = (
        "acl number 3000\n rule 5 deny ip\n#\nacl name NO_V6 4000\n rule 5 deny l2-protocol 0x86dd\n#\ninterface GigabitEthernet0/0/1\n"
        " traffic-secure inbound acl name NO_V6\n traffic-limit inbound acl 3000 cir 1000\n"
    )
    found = facts(body).acls
    assert [{one.where for one in acl.bindings} for acl in found.lists] == [{"interface GigabitEthernet0/0/1"}] * 2
    assert found.undefined == ()


@pytest.mark.parametrize(
    ("body", "area"),
    [
        ("traffic behavior B\n redirect nonsense\n", Area.REDIRECTION),
        ("xpl route-filter R\n apply ip next-hop 203.0.113.1\n end-filter\n", Area.REDIRECTION),
        ("slot 1\n mirror nonsense\n", Area.MIRRORS),
        ("vlan 10\n mirroring\n", Area.MIRRORS),
        ("mpls ldp\n nonsense\n", Area.ROUTING),
        ("bgp 1\n peer 192.0.2.1 nonsense x\n", Area.ROUTING),
        ("aaa\n nonsense\n", Area.AAA),
        ("interface Tunnel1\n nonsense\n", Area.TUNNELS),
        ("ike peer P\n nonsense\n", Area.CRYPTO),
        ("vsi V static\n nonsense\n", Area.PSEUDOWIRES),
        ("interface GigabitEthernet0/0/1\n nonsense\n", Area.INTERFACES),
        ("acl number 2000\n rule nonsense\n", Area.ACLS),
        ("info-center nonsense\n", Area.LOGGING),
        ("ntp-service nonsense\n", Area.TIME),
        ("ip netstream nonsense\n", Area.EXPORTERS),
        ("grpc\n nonsense\n", Area.SERVICES),
    ],
)
def test_40_what_is_not_understood_counts_against_its_area(body: str, area: Area) -> None:
    """Trap 40: no head of a view hides what stands below it."""
    unread = facts(body).unread
    assert set(unread) == {area}


def test_whether_the_console_asks_for_a_login() -> None:
    for line, expected in ((" authentication-mode none\n", False), (" authentication-mode aaa\n", True)):
        (point,) = facts(f"user-interface con 0\n{line}").access.points
        assert point.authenticated.need() is expected
    (point,) = facts("user-interface con 0\n undo shell\n").access.points
    assert point.interpreter.need() is False
    assert not isinstance(point.authenticated, Known)
