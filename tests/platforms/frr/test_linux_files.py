"""What stands in the files of Linux: daemons, sshd, users, rsyslog, snmpd, links."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Known, Unknown
from auditor.model.secret import Strength
from auditor.model.snapshot import RUNNING
from tests.platforms.frr.samples import HEAD, ROOT, facts, reading

LOOPBACK = 'zebra_options="-A 127.0.0.1"\nstaticd_options="-A ::1"\n'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (LOOPBACK, []),
        (LOOPBACK + 'bgpd=yes\nbgpd_options="-A 0.0.0.0"\n', ["bgpd vty (port 2605)"]),
        (LOOPBACK + 'bgpd=no\nbgpd_options="-A 0.0.0.0"\n', []),
        (LOOPBACK + "bgpd=yes\n", ["bgpd vty (port 2605)"]),
        (LOOPBACK + 'bgpd=yes\nbgpd_options="-P 0"\n', []),
        (LOOPBACK + 'bgpd=yes\nbgpd_options="--vty_addr=192.0.2.1 --vty_port 4000"\n', ["bgpd vty (port 4000)"]),
        ('frr_global_options="-A 127.0.0.1"\n', []),
        ('staticd_options="-A 127.0.0.1"\n', ["zebra vty (port 2601)"]),
        (LOOPBACK + 'bgpd=yes\nbgpd_options="-A 0.0.0.0"\nbgpd_options="-A ::1"\n', []),
    ],
)
def test_a_daemon_is_reachable_unless_it_is_off_or_on_loopback(text: str, names: list[str]) -> None:
    found = facts(daemons=text)
    reachable = [point.name for point in found.access.points if "vty (" in point.name]
    assert reachable == names
    assert found.services.state(ServiceKind.TELNET).need() is bool(names)


def test_mgmtd_is_always_started_from_frr_9_on() -> None:
    nine = HEAD.replace("8.4.4", "9.1")
    assert (
        reading({RUNNING: nine, "/etc/frr/daemons": LOOPBACK}).facts.services.state(ServiceKind.TELNET).need() is True
    )
    assert facts(daemons=LOOPBACK).services.state(ServiceKind.TELNET).need() is False


def test_grpc_is_an_api_in_clear_text() -> None:
    assert facts(daemons='zebra_options="-A 127.0.0.1 -M grpc:50051"\n').services.state(ServiceKind.GNMI).need() is True
    assert isinstance(facts(daemons=LOOPBACK).services.state(ServiceKind.HTTP), Unknown)


def test_a_wrap_command_is_never_overlooked() -> None:
    unread = facts(daemons=LOOPBACK + 'all_wrap="/tmp/x"\n').unread[Area.SERVICES]
    assert unread[0].text == 'all_wrap="/tmp/x"'


def ssh(text: str, **further: str):
    found = facts(daemons=LOOPBACK, sshd_config=text, **further)
    return found, [point for point in found.access.points if point.name.startswith("ssh")]


def test_ports_of_sshd_add_up() -> None:
    found, points = ssh("Port 22\nport=22422\n")
    assert [point.name for point in points] == ["ssh (port 22)", "ssh (port 22422)"]
    assert [(one.port, one.sources[0].text) for one in found.services.of(ServiceKind.SSH)] == [(22422, "port=22422")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UsePAM yes\n", {22: (4, 6)}),
        ("AddressFamily inet\n", {22: (4,)}),
        ("ListenAddress 192.0.2.1\nListenAddress [2001:db8::1]:2222\n", {22: (4,), 2222: (6,)}),
        ("Port 2022\nListenAddress 192.0.2.1:22\nListenAddress 192.0.2.1\n", {22: (4,), 2022: (4,)}),
        ("ListenAddress 127.0.0.1\nListenAddress ::1\n", {}),
    ],
)
def test_where_sshd_listens(text: str, expected: dict[int, tuple[int, ...]]) -> None:
    _, points = ssh(text)
    assert {point.name: point.open_families.need() for point in points} == {
        f"ssh (port {port})": families for port, families in expected.items()
    }


def test_allow_users_is_a_filter_when_every_pattern_names_a_host() -> None:
    _, (point,) = ssh("AllowUsers a@172.30.77.* b@2001:db8::/32\n")
    (bound,) = point.filters
    assert bound.any_source.need() is False
    assert [one.prefix for one in bound.admitted] == ["172.30.77.0/24", "2001:db8::/32"]
    assert point.open_families.need() == ()


@pytest.mark.parametrize("text", ["AllowUsers a@10.0.0.1 b\n", "AllowUsers a\n", "PermitRootLogin no\n"])
def test_a_user_without_a_host_leaves_every_source_open(text: str) -> None:
    _, (point,) = ssh(text)
    assert (point.filters, point.open_families.need()) == ((), (4, 6))


def test_a_star_admits_everybody_and_a_name_is_not_resolved() -> None:
    _, (point,) = ssh("AllowUsers a@*\n")
    assert point.filters[0].any_source.need() is True
    _, (point,) = ssh("AllowUsers a@noc.example.net\n")
    assert isinstance(point.filters[0].any_source, Unknown)


def test_users_inside_a_match_block_are_not_worked_out() -> None:
    _, (point,) = ssh("Match Address 10.0.0.0/8\n AllowUsers a\n")
    assert isinstance(point.open_families, Unknown)


def test_files_that_sshd_includes_must_be_seen() -> None:
    text = "Include /etc/ssh/sshd_config.d/*.conf\n"
    found, _ = ssh(text)
    assert Area.ACCESS in found.unread
    assert isinstance(found.services.ssh.ports_known, Unknown)
    documents = {RUNNING: HEAD, "/etc/frr/daemons": LOOPBACK, "/etc/ssh/sshd_config": text}
    file = "==> /etc/ssh/sshd_config.d/a.conf <==\nPort 22922\n"
    seen = reading({**documents, "/etc/ssh/sshd_config.d": file}).facts
    assert [one.port for one in seen.services.of(ServiceKind.SSH)] == [22922]
    assert seen.unread == {}
    empty = reading({**documents, "/etc/ssh/sshd_config.d": "total 0\ndrwxr-xr-x 2 root root 40 May 1 12:00 .\n"}).facts
    assert empty.unread == {}
    hidden = "total 4\n-rw------- 1 root root 12 May 1 12:00 a.conf\n"
    assert isinstance(reading({**documents, "/etc/ssh/sshd_config.d": hidden}).facts.services.ssh.ports_known, Unknown)


def test_without_sshd_config_no_other_port_cannot_be_relied_on() -> None:
    assert isinstance(facts(daemons=LOOPBACK).services.ssh.ports_known, Unknown)


PASSWD = (
    ROOT + "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nsync:x:4:65534:sync:/bin:/bin/sync\n"
    "ops:x:1000:1000:Ops:/home/ops:/bin/bash\nfrrsvc:x:0:0::/var/lib/frrsvc:/bin/sh\n"
    "vty:x:1001:1001::/home/vty:/usr/bin/vtysh\nopen::1002:1002::/home/open:\n"
    "old:$1$abcdefgh$0123456789abcdefghijkl:1003:99:::/bin/bash\n"
)
GROUP = "root:x:0:\nfrrvty:x:103:vty,nobody\nsudo:x:27:\nwheel:x:99:\n"


def test_users_with_a_login_shell_and_what_they_may() -> None:
    found = facts(passwd=PASSWD, group=GROUP).accounts
    assert [(user.name, user.role, user.admin.need(), user.builtin) for user in found.users] == [
        ("root", "root", True, True),
        ("ops", "", False, False),
        ("frrsvc", "uid 0", True, False),
        ("vty", "frrvty", True, False),
        ("open", "", False, False),
        ("old", "wheel", True, False),
    ]
    assert [user.name for user in found.users if user.passwordless] == ["open"]
    old = found.users[-1].secret
    assert old is not None
    assert old.strength is Strength.WEAK_HASH
    assert isinstance(found.users_known, Known)


def test_without_the_groups_rights_are_not_known() -> None:
    users = facts(passwd=PASSWD).accounts.users
    assert isinstance(users[1].admin, Unknown)
    assert users[0].admin.need() is True


def test_a_passwd_without_root_is_not_whole() -> None:
    assert isinstance(facts(passwd="ops:x:1000:1000::/home/ops:/bin/bash\n").accounts.users_known, Unknown)


def test_a_line_that_names_another_source_of_users_is_unread() -> None:
    assert Area.ACCOUNTS in facts(passwd=ROOT + "+@ops::::::\n").unread


def test_nopassword_of_vtysh_is_evidence_of_the_user() -> None:
    users = facts("username ops nopassword\n", passwd=PASSWD).accounts.users
    assert [source.text for source in users[1].sources] == [
        "ops:x:1000:1000:Ops:/home/ops:/bin/bash",
        "username ops nopassword",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("*.* @192.0.2.1", [("192.0.2.1", "udp")]),
        ("*.*;auth.none  @@logs.example.net:10514;RSYSLOG_SyslogProtocol23Format", [("logs.example.net", "tcp")]),
        ("*.* @@(z9)[2001:db8::1]:514", [("2001:db8::1", "tcp")]),
        ("if $programname == 'bgpd' then @@192.0.2.1", [("192.0.2.1", "tcp")]),
        ("& @192.0.2.9", [("192.0.2.9", "udp")]),
        ("*.* :omrelp:192.0.2.1:2514", [("192.0.2.1", "relp")]),
        ('*.* action(type="omfwd" target="192.0.2.1" protocol="tcp")', [("192.0.2.1", "tcp")]),
        ('action(\n  type="omfwd"\n  target=["a.example","b.example"]\n  StreamDriver="gtls"\n)',
         [("a.example", "tls"), ("b.example", "tls")]),
        ('action(type="omelasticsearch" server="192.0.2.5")', [("192.0.2.5", "elasticsearch")]),
        ('action(type="omfile" file="/var/log/x@y.log")', []),
        ("*.* /var/log/syslog", []),
        ("# *.* @192.0.2.1", []),
    ],
)  # fmt: skip
def test_receivers_of_rsyslog(line: str, expected: list[tuple[str, str]]) -> None:
    found = facts(rsyslog=line + "\n")
    assert [(host.address, host.transport) for host in found.logging.hosts] == expected
    assert Area.LOGGING not in found.unread
    assert isinstance(found.logging.hosts_known, Known)


def test_receivers_are_unknown_without_rsyslog_or_what_it_includes() -> None:
    assert isinstance(facts().logging.hosts_known, Unknown)
    assert isinstance(facts(rsyslog="$IncludeConfig /etc/rsyslog.d/*.conf\n").logging.hosts_known, Unknown)


def test_a_program_that_takes_the_logs_is_not_overlooked() -> None:
    assert Area.LOGGING in facts(rsyslog='action(type="omprog" binary="/tmp/x")\n').unread


def test_whether_messages_of_frr_get_to_syslog() -> None:
    assert facts("log syslog informational\n").logging.enabled.need() is True
    assert facts("log extended a\n destination journald\nexit\n").logging.enabled.need() is True
    off = facts("log file /var/log/frr.log\nline vty\n!\n", daemons=LOOPBACK).logging.enabled
    assert isinstance(off, Known)
    assert (off.value, [source.text for source in off.sources]) == (False, ["log file /var/log/frr.log"])
    assert isinstance(facts("line vty\n!\n").logging.enabled, Unknown)
    logs = LOOPBACK + 'frr_global_options="--log=syslog"\n'
    assert isinstance(facts("line vty\n!\n", daemons=logs).logging.enabled, Unknown)


SNMPD = (
    "agentAddress udp:161\nrocommunity public default -V systemonly\nrwcommunity s3cr3t-word 10.0.0.0/8\n"
    "rocommunity6 sixword 2001:db8::/32 .1.3\ncom2sec mgr 192.0.2.7 mapped-word\ngroup G v2c mgr\n"
    'access G "" any noauth exact all writeall none\nview systemonly included .1.3.6.1.2.1.1\n'
    "rouser reader authpriv -V systemonly\nrwuser writer\ntrap2sink 192.0.2.9 trap-word\ntrapsink udp:192.0.2.8:162\n"
    'trapsess -v 2c -c sess-word 192.0.2.6\ncreateUser u SHA "auth phrase" AES privphrase\n'
)


def test_the_agent_of_net_snmp() -> None:
    found = facts(snmpd=SNMPD)
    rows = [(one.writable, one.view, [bound.name for bound in one.filters]) for one in found.snmp.communities]
    assert rows == [
        (False, "systemonly", []),
        (False, ".1.3", ["2001:db8::/32"]),
        (True, "", ["10.0.0.0/8"]),
        (True, "all", ["192.0.2.7"]),
    ]
    assert [(one.name, one.version, one.level, one.write_view) for one in found.snmp.groups] == [
        ("reader", "v3", "priv", ""),
        ("writer", "v3", "auth", ".1"),
        ("G", "v2c", "", "writeall"),
    ]
    assert {(one.address, one.version) for one in found.snmp.hosts} == {
        ("192.0.2.9", "v2c"),
        ("192.0.2.8", "v1"),
        ("192.0.2.6", "v2c"),
    }
    assert Area.SNMP not in found.unread


def test_trivial_words_are_noticed() -> None:
    assert [one.secret.trivial for one in facts(snmpd="rocommunity public\nrocommunity x9-Gh2\n").snmp.communities] == [
        True,
        False,
    ]


def test_an_agent_on_loopback_admits_loopback_only() -> None:
    (one,) = facts(snmpd="agentaddress 127.0.0.1,[::1]\nrocommunity public default\n").snmp.communities
    assert [bound.name for bound in one.filters] == ["agentaddress"]
    (one,) = facts(snmpd="agentaddress 127.0.0.1,udp:161\nrocommunity public default\n").snmp.communities
    assert one.filters == ()


def test_code_behind_the_agent_stays_visible() -> None:
    coverage = facts(snmpd="extend x /tmp/x\n").coverage
    assert [source.text for one in coverage for source in one.unread] == ["extend x /tmp/x"]


LINKS = """\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 minmtu 0 maxmtu 0
2: gre0@NONE: <NOARP> mtu 1476 qdisc noop state DOWN mode DEFAULT group default qlen 1000
    link/gre 0.0.0.0 brd 0.0.0.0 promiscuity 0
    gre remote any local any ttl inherit nopmtudisc
3: up1@NONE: <POINTOPOINT,NOARP> mtu 1476 qdisc noop state DOWN mode DEFAULT group default qlen 1000
    link/gre 10.1.1.2 peer 203.0.113.7 promiscuity 0
    gre remote 203.0.113.7 local 10.1.1.2 ttl 64 addrgenmode eui64
4: six@NONE: <POINTOPOINT,UP,LOWER_UP> mtu 1400 qdisc noqueue state UNKNOWN mode DEFAULT group default
    link/gre6 fd00:1::11 peer fd00:1::12 permaddr 8a7d:b451:65fd:: promiscuity 0
    ip6gre remote fd00:1::12 local fd00:1::11 hoplimit 64
5: many@NONE: <NOARP,UP> mtu 1400 qdisc noqueue master RED state UNKNOWN mode DEFAULT group default
    link/gre 10.1.1.2 brd 0.0.0.0 promiscuity 0
    gre remote any local 10.1.1.2 ttl 64
6: ip1@NONE: <POINTOPOINT,NOARP,UP> mtu 1480 qdisc noop state UNKNOWN mode DEFAULT
    link/ipip 10.1.1.2 peer 10.1.1.1 promiscuity 0
    ipip ipip remote 10.1.1.1 local 10.1.1.2 ttl inherit
"""


def test_tunnels_of_the_kernel() -> None:
    found = reading({RUNNING: HEAD, "ip -d link show": LINKS}).facts.tunnels.tunnels
    assert [(one.name, one.mode, one.remote, one.active, one.vrf) for one in found] == [
        ("up1", "gre", "203.0.113.7", False, ""),
        ("six", "ip6gre", "fd00:1::12", True, ""),
        ("many", "mgre", "", True, "RED"),
        ("ip1", "ipip", "10.1.1.1", True, ""),
    ]
    assert found[0].remote_source is not None
    assert found[0].remote_source.line == 8


IFUPDOWN = """auto lo
iface lo inet loopback
iface gre-up1 inet tunnel
mode gre
endpoint 203.0.113.77
local 192.0.2.1
iface eth1 inet static
    address 192.0.2.1/24
    pre-up ip tunnel add t9 mode ipip remote 203.0.113.9 local 192.0.2.1
"""


def test_tunnels_that_ifupdown_is_told_to_make() -> None:
    documents = {RUNNING: HEAD, "ip -d link show": "1: lo: <LOOPBACK,UP> mtu 1\n    link/loopback 0:0\n"}
    found = reading({**documents, "/etc/network/interfaces": IFUPDOWN}).facts
    ends = [(one.name, one.mode, one.remote, one.source.line) for one in found.tunnels.tunnels]
    assert ends == [("gre-up1", "gre", "203.0.113.77", 3), ("t9", "ipip", "203.0.113.9", 7)]
    assert Area.TUNNELS not in found.unread


def test_a_command_of_ifupdown_that_is_not_understood_may_make_a_tunnel() -> None:
    documents = {RUNNING: HEAD, "ip -d link show": "1: lo: <LOOPBACK,UP> mtu 1\n    link/loopback 0:0\n"}
    text = "iface eth1 inet manual\n    up /usr/local/sbin/start-it\n"
    assert Area.TUNNELS in reading({**documents, "/etc/network/interfaces": text}).facts.unread


def test_programs_that_decide_at_login_are_told_and_keys_in_files_are_not_known() -> None:
    found = facts(
        sshd_config="AuthorizedKeysCommand /opt/keys %u\nTrustedUserCAKeys none\nMatch User bob\n"
        "  ForceCommand /opt/menu.sh\nMatch Group sftp\n  ForceCommand internal-sftp\n",
    ).accounts
    assert [(hook.kind, hook.target) for hook in found.hooks] == [
        ("authorized keys command", "/opt/keys %u"),
        ("forced command", "/opt/menu.sh"),
    ]
    assert isinstance(found.keys_known, Unknown)
    assert isinstance(found.hooks_known, Unknown)
