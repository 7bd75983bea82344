"""Each topic: statements with their options, what a later line changes, and what an absent line means by release."""

from __future__ import annotations

import base64
import hashlib

import pytest

from auditor.model.areas import Method, PointKind, ServiceKind
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.facts import Facts
from auditor.model.secret import Strength
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.cisco_iosxe import platform as cisco_iosxe
from auditor.syntax.mask import Masker
from tests.platforms.cisco_ios.ios import read


def ios(config: str, release: str = "15.2") -> Facts:
    return read(f"version {release}\n{config}\nend\n").facts


def xe(config: str, release: str = "17.9") -> Facts:
    return read(f"version {release}\n{config}\nend\n", xe=True).facts


def code(setting) -> Code:
    assert isinstance(setting, Unknown)
    return setting.code


class TestSystem:
    def test_model_and_serial_of_the_licence_line(self) -> None:
        system = xe("license udi pid C1111-4P sn FGL222").system
        assert (system.model.need(), system.serial.need()) == ("C1111-4P", "FGL222")

    def test_show_version_tells_more(self) -> None:
        shown = (
            "Cisco IOS XE Software, Version 16.04.01\n"
            "Cisco IOS Software [Everest], CSR1000V Software (X86_64), Version 16.4.1, RELEASE SOFTWARE (fc2)\n"
            "cisco CSR1000V (VXE) processor (revision VXE) with 1086743K/3075K bytes of memory.\n"
            "Processor board ID 9EL4B3KEOYS\nConfiguration register is 0x2142\n"
        )
        documents = (
            Document(RUNNING, b"version 16.4\nhostname r1\nend\n"),
            Document("show version", shown.encode()),
        )

        reading = cisco_iosxe.read(Device("r1", "cisco_iosxe"), documents, (), Masker(b"k"))
        facts = reading.facts
        assert facts.os_version.need() == "16.04.01"
        assert facts.os_version.sources[0].document == "show version"
        assert (facts.system.model.need(), facts.system.serial.need()) == ("CSR1000V", "9EL4B3KEOYS")
        assert facts.boot.register.need() == "0x2142"
        assert [document.name for document in reading.documents] == [RUNNING, "show version"]

    def test_features(self) -> None:
        features = ios(
            "interface Gi0\n description bfd interval 50\n ip helper-address 192.0.2.1\n no cip enable\nlogin block-for 60 attempts 3 within 9"
        ).system.features
        assert [one.name for one in features.need()] == ["dhcp-relay", "login-block"]

    def test_banners(self) -> None:
        banners = ios("banner motd #Keep out#\nbanner exec ^C^C\nbanner motd #later#\nno banner exec").system.banners
        assert [(one.kind, one.before_login, one.empty, one.source.line) for one in banners] == [
            ("motd", True, False, 4)
        ]
        (banner,) = ios("banner login ^C\n ---\n^C").system.banners
        assert banner.empty

    def test_insecure_mode_exists_from_26_on(self) -> None:
        assert ios("").system.insecure_mode is None
        assert xe("").system.insecure_mode is None
        assert xe("", "26.1").system.insecure_mode == Known(
            False, default="syntax-ios-family A.4 (XE26, YXE26) (from 26.1 releases)"
        )
        assert xe("system mode insecure", "26.1").system.insecure_mode.need()


class TestAccounts:
    def test_options_of_a_user(self) -> None:
        accounts = ios(
            "access-list 9 permit 192.0.2.1\nusername a privilege 15 access-class 9 secret 9 $9$a$b\n"
            "username a autocommand show users\nusername b view OPS one-time password 0 Once\nusername c nopassword"
        ).accounts
        a, b, c = accounts.users
        assert (a.role, a.admin.need(), a.secret.strength) == ("privilege 15", True, Strength.STRONG_HASH)
        assert [bound.name for bound in a.filters] == ["9"]
        assert [(hook.kind, hook.target, hook.user) for hook in accounts.hooks] == [("autocommand", "show users", "a")]
        assert (b.role, b.one_time, b.secret.strength) == ("view OPS", True, Strength.PLAIN)
        assert c.passwordless

    def test_keys(self) -> None:
        blob = base64.b64encode(b"\0\0\0\x07ssh-rsa" + bytes(300)).decode()
        digest = base64.b64encode(hashlib.sha256(base64.b64decode(blob)).digest()).decode().rstrip("=")
        keys = ios(
            "ip ssh pubkey-chain\n  username a\n   key-hash ssh-rsa 0123ABCD someone@host\n   key-string\n"
            f"    {blob[:72]}\n    {blob[72:]}\n    exit\n  server h\n   key-hash ssh-rsa FFFF"
        ).accounts.keys
        assert [(key.user, key.algorithm, key.fingerprint, key.comment) for key in keys] == [
            ("a", "ssh-rsa", "0123ABCD", "someone@host"),
            ("a", "ssh-rsa", f"SHA256:{digest}", ""),
        ]

    def test_views_and_overrides(self) -> None:
        accounts = ios(
            "parser view OPS\n secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\n commands exec include all show\n"
            "parser view ALL\n commands exec include all\nprivilege exec all level 1 show running-config\nprivilege exec reset show"
        ).accounts
        assert [(role.name, role.full.need(), role.rights) for role in accounts.roles] == [
            ("OPS", False, ("exec include all show",)),
            ("ALL", True, ("exec include all",)),
        ]
        assert [(one.name, one.secret.strength) for one in accounts.passwords] == [("view OPS", Strength.WEAK_HASH)]
        assert [(one.command, one.level) for one in accounts.overrides] == [("exec: show running-config", "1")]

    @pytest.mark.parametrize(
        "line",
        ["login block-for 60 attempts 3 within 60", "login delay 3", "aaa local authentication attempts max-fail 3"],
    )
    def test_logins_are_limited(self, line: str) -> None:
        limited = ios(line).accounts.login_limited
        assert limited.need()
        assert limited.sources[0].line == 2

    def test_defaults(self) -> None:
        accounts = ios("").accounts
        assert accounts.login_limited == Known(False, default=accounts.login_limited.default)
        assert not accounts.obscured.need()
        assert code(accounts.minimum_length) is Code.DEFAULT
        assert xe("").accounts.minimum_length.need() == 1
        assert ios("security passwords min-length 12").accounts.minimum_length.need() == 12

    @pytest.mark.parametrize(
        ("config", "obscured"),
        [
            ("service password-encryption", True),
            ("no service password-encryption", False),
            ("no service password-encryption\npassword encryption aes", True),
            ("service password-encryption\nno service password-encryption", False),
        ],
    )
    def test_obscured(self, config: str, obscured: bool) -> None:
        assert ios(config).accounts.obscured.need() is obscured

    def test_rights_of_lines(self) -> None:
        accounts = ios(
            "line vty 0 4\n privilege level 15\n autocommand menu M\nline con 0\n privilege level 1"
        ).accounts
        assert [source.line for source in accounts.default_rights] == [3]
        assert [(hook.target, hook.user) for hook in accounts.hooks] == [("menu M", "line vty 0 4")]

    def test_what_is_cut_claims_nothing(self) -> None:
        accounts = read("version 15.2\nhostname r1\n").facts.accounts
        assert code(accounts.login_limited) is Code.CUT
        assert code(accounts.obscured) is Code.CUT


class TestAaa:
    def test_servers_of_every_spelling(self) -> None:
        aaa = ios(
            "aaa new-model\ntacacs server T\n address ipv4 192.0.2.1\n key 7 094F471A1A0A\n port 4949\n"
            "radius server R\n address ipv6 2001:db8::1 auth-port 1812 acct-port 1813\n key 6 abc\n"
            "tacacs-server host 192.0.2.2 port 50\ntacacs-server key 0 Shared\nradius-server host 192.0.2.3 auth-port 1645 key 7 0822455D0A16"
        ).aaa
        assert [(one.protocol, one.address, one.port, one.secret.storage) for one in aaa.servers] == [
            ("tacacs+", "192.0.2.1", 4949, "type 7 (reversible)"),
            ("radius", "2001:db8::1", 1812, "type 6 (AES with a master key)"),
            ("tacacs+", "192.0.2.2", 50, "type 0 (plain text)"),
            ("radius", "192.0.2.3", 1645, "type 7 (reversible)"),
        ]
        assert aaa.servers[0].secret_source.line == 5
        assert aaa.servers[2].secret_source.text.startswith("tacacs-server key")

    def test_tls(self) -> None:
        (server,) = xe(
            "tacacs server T\n address ipv4 192.0.2.1\n tls port 6049\n tls trustpoint client TP"
        ).aaa.servers
        assert server.tls.need()

    def test_groups(self) -> None:
        aaa = ios(
            "aaa group server tacacs+ G\n server name T\n server name NOWHERE\n server-private 192.0.2.9 key 7 094F471A1A0A\n"
            " ip vrf forwarding M\ntacacs server T\n address ipv4 192.0.2.1"
        ).aaa
        (group,) = aaa.groups
        assert (group.members, group.undefined) == (("192.0.2.1", "NOWHERE", "192.0.2.9"), ("NOWHERE",))
        assert [(one.address, one.order, one.vrf) for one in aaa.servers] == [
            ("192.0.2.1", 1, ""),
            ("192.0.2.9", 3, "M"),
        ]

    def test_lists_and_who_uses_them(self) -> None:
        aaa = ios(
            "aaa new-model\naaa authentication login default group tacacs+ local\naaa authentication login V local none\n"
            "aaa authentication enable default group tacacs+ enable\nline vty 0 4\n login authentication V"
        ).aaa
        assert [(one.name, one.methods, [use.line for use in one.used_by]) for one in aaa.login_lists] == [
            ("default", (Method.SERVERS, Method.LOCAL), []),
            ("V", (Method.LOCAL, Method.NONE), [7]),
        ]
        assert aaa.enable_lists[0].methods == (Method.SERVERS, Method.ENABLE)

    def test_without_the_model_lists_have_no_effect(self) -> None:
        aaa = ios("aaa authentication login default local\nno aaa new-model").aaa
        assert (aaa.login_lists, aaa.enabled.need()) == ((), False)
        assert ios("").aaa.enabled.default

    def test_authorization(self) -> None:
        aaa = ios(
            "aaa new-model\naaa authorization exec default group T local if-authenticated\naaa authorization commands 15 X none\n"
            "aaa authorization config-commands\naaa authorization console"
        ).aaa
        assert [(one.kind, one.level, one.name, one.methods) for one in aaa.authorization] == [
            ("exec", "", "default", (Method.SERVERS, Method.LOCAL, Method.OTHER)),
            ("commands", "15", "X", (Method.NONE,)),
            ("config-commands", "", "", ()),
            ("console", "", "", ()),
        ]

    @pytest.mark.parametrize(
        "config",
        [
            "aaa accounting commands 15 default start-stop broadcast group A group B",
            "aaa accounting commands 15 default\n action-type start-stop\n broadcast\n group A\n group B",
        ],
    )
    def test_both_forms_of_accounting(self, config: str) -> None:
        (one,) = ios(f"aaa new-model\n{config}").aaa.accounting
        assert (one.kind, one.level, one.name, one.groups, one.broadcast, one.off) == (
            "commands",
            "15",
            "default",
            ("A", "B"),
            True,
            False,
        )

    def test_accounting_that_records_nothing(self) -> None:
        (one,) = ios("aaa new-model\naaa accounting exec default none").aaa.accounting
        assert one.off

    def test_dynamic_author(self) -> None:
        aaa = ios(
            "aaa server radius dynamic-author\n client 192.0.2.8 vrf M server-key 7 094F471A1A0A\n client 192.0.2.9\n server-key 0 All\n port 3799"
        ).aaa
        assert aaa.coa.need()
        assert [(one.address, one.vrf, one.secret.storage) for one in aaa.coa_clients] == [
            ("192.0.2.8", "M", "type 7 (reversible)"),
            ("192.0.2.9", "", "type 0 (plain text)"),
        ]
        assert not ios("").aaa.coa.need()


class TestAccess:
    def test_options_of_a_line(self) -> None:
        (con, aux, vty) = ios(
            "line con 0\n exec-timeout 0 0\nline aux 0\n no exec-timeout\nline vty 0 4\n exec-timeout 5 30\n absolute-timeout 60\n"
            " access-class 10 in vrfname M\n transport input telnet ssh\n transport output none\naccess-list 10 permit 192.0.2.1"
        ).access.points
        assert (con.kind, con.idle_seconds.need()) == (PointKind.CONSOLE, 0)
        assert (aux.kind, aux.idle_seconds.need(), aux.outbound.need()) == (PointKind.AUX, 0, ("telnet",))
        assert (vty.idle_seconds.need(), vty.session_seconds.need(), vty.outbound.need()) == (330, 3600, ())
        assert (vty.vrfs, vty.protocols.need()) == (("M",), ("telnet", "ssh"))

    def test_absent_lines(self) -> None:
        (vty,) = ios("line vty 0 4").access.points
        assert vty.idle_seconds == Known(600, default=vty.idle_seconds.default)
        assert code(vty.protocols) is Code.DEFAULT
        (vty,) = xe("line vty 0 4").access.points
        assert code(vty.outbound) is Code.DEFAULT

    def test_whether_a_port_asks_for_a_login_and_gives_a_command_line(self) -> None:
        (con, aux, _) = ios("line con 0\n login local\nline aux 0\n no exec\nline vty 0 4").access.points
        assert (con.authenticated.need(), con.interpreter.need()) == (True, True)
        assert (aux.authenticated.need(), aux.interpreter.need()) == (False, False)
        assert isinstance(aux.authenticated, Known)
        assert aux.authenticated.default
        (con, _) = ios("line con 0\n login\n no login\nline vty 0 4").access.points
        assert con.authenticated.need() is False
        (con, _) = ios("aaa new-model\nline con 0\n no login\nline vty 0 4").access.points
        assert code(con.authenticated) is Code.DEFAULT
        aaa = "aaa new-model\naaa authentication login CON local\nline con 0\n login authentication CON\nline vty 0 4"
        assert ios(aaa).access.points[0].authenticated.need() is True

    def test_the_diagnostic_shell(self) -> None:
        points = xe(
            "transport-map type persistent ssh M\n connection wait allow\n transport interface Gi0\n"
            "transport type persistent ssh input M\nline vty 0 4\n transport input none"
        ).access.points
        assert [(point.name, point.protocols.need()) for point in points] == [
            ("line vty 0 4", ()),
            ("transport type persistent ssh input M", ("ssh",)),
        ]


class TestServices:
    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("ip http server", ServiceKind.HTTP),
            ("ip http secure-server", ServiceKind.HTTPS),
            ("netconf-yang", ServiceKind.NETCONF),
            ("restconf", ServiceKind.RESTCONF),
            ("wsma agent exec\n profile P", ServiceKind.WSMA),
            ("cns config initial 192.0.2.1", ServiceKind.CNS),
            ("ip scp server enable", ServiceKind.SCP),
            ("tftp-server flash:image", ServiceKind.TFTP),
            ("ftp-server enable", ServiceKind.FTP),
            ("ip rcmd rsh-enable", ServiceKind.RSH),
            ("ip finger", ServiceKind.FINGER),
            ("service tcp-small-servers", ServiceKind.SMALL_SERVERS),
            ("service pad", ServiceKind.PAD),
            ("ip bootp server", ServiceKind.BOOTP),
            ("ip identd", ServiceKind.IDENTD),
            ("ip dns server", ServiceKind.DNS),
            ("ip dhcp pool P\n network 192.0.2.0 255.255.255.0", ServiceKind.DHCP),
            ("interface GigabitEthernet1\n mop enabled", ServiceKind.MOP),
            ("vstack", ServiceKind.SMART_INSTALL),
            ("ip sla responder", ServiceKind.OTHER),
        ],
    )
    def test_on_and_off(self, line: str, kind: ServiceKind) -> None:
        on = xe(line).services.state(kind)
        assert on.need()
        assert on.sources
        head = line.split("\n")[0]
        if kind not in (
            ServiceKind.WSMA,
            ServiceKind.CNS,
            ServiceKind.TFTP,
            ServiceKind.DHCP,
            ServiceKind.MOP,
            ServiceKind.OTHER,
        ):
            off = xe(f"{line}\nno {head}").services.state(kind)
            assert isinstance(off, Unknown) or not off.need()

    def test_every_kind_is_listed(self) -> None:
        listed = {service.kind for service in xe("").services.found}
        assert {
            ServiceKind.SSH,
            ServiceKind.TELNET,
            ServiceKind.GNMI,
            ServiceKind.RESTCONF,
            ServiceKind.IDENTD,
        } <= listed
        assert ServiceKind.RESTCONF not in {service.kind for service in ios("").services.found}

    def test_gnmi_in_clear_and_over_tls(self) -> None:
        found = xe("gnxi\ngnxi server\ngnxi secure-server\ngnxi port 50000\ngnxi secure-port 9443").services.of(
            ServiceKind.GNMI
        )
        assert [(one.tls.need(), one.port, one.enabled.need()) for one in found] == [
            (False, 50000, True),
            (True, 9443, True),
        ]
        (unclear,) = xe("gnxi").services.of(ServiceKind.GNMI)
        assert code(unclear.enabled) is Code.DEFAULT

    def test_lists_before_services(self) -> None:
        facts = xe(
            "ip access-list standard A\n permit 192.0.2.1\nip http server\nip http access-class ipv4 A\nnetconf-yang\n"
            "netconf-yang ssh ipv4 access-list name A\nnetconf-yang ssh port 2830\nrestconf\nrestconf ipv4 access-list name A\n"
            "tftp-server flash:a alias b A"
        )
        for kind in (ServiceKind.HTTP, ServiceKind.NETCONF, ServiceKind.RESTCONF, ServiceKind.TFTP):
            (service,) = facts.services.of(kind)
            assert [(bound.name, bound.defined) for bound in service.filters] == [("A", True)], kind
            assert service.open_families == Known(())
        assert facts.services.of(ServiceKind.NETCONF)[0].port == 2830
        assert len(facts.acls.lists[0].bindings) == 4

    def test_a_web_server_that_serves_nothing(self) -> None:
        (one,) = xe("ip http server\nip http active-session-modules none").services.of(ServiceKind.HTTP)
        assert one.objects == ("none",)

    def test_ssh_needs_a_key_that_is_not_shown(self) -> None:
        services = ios("line vty 0 4\n transport input ssh").services
        assert code(services.state(ServiceKind.SSH)) is Code.STATE
        assert ios("line vty 0 4\n transport input telnet").services.state(ServiceKind.SSH) == Known(
            False,
            services.found[0].sources[:0]
            or ios("line vty 0 4\n transport input telnet").services.state(ServiceKind.SSH).sources,
        )

    @pytest.mark.parametrize(
        ("config", "release", "first"),
        [("ip ssh version 2", "15.2", False), ("ip ssh version 1", "15.2", True), ("", "15.2", True)],
    )
    def test_version_1_of_ssh(self, config: str, release: str, first: bool) -> None:
        assert ios(config, release).services.ssh.version1.need() is first

    def test_version_1_of_ssh_on_xe(self) -> None:
        assert code(xe("", "17.3").services.ssh.version1) is Code.DEFAULT
        assert not xe("", "17.18").services.ssh.version1.need()

    def test_algorithms(self) -> None:
        ssh = xe(
            "ip ssh server algorithm encryption aes256-gcm aes256-ctr\nip ssh server algorithm authentication publickey\nip ssh dh min size 4096"
        ).services.ssh
        assert [(one.kind, one.names) for one in ssh.algorithms] == [("encryption", ("aes256-gcm", "aes256-ctr"))]
        assert (ssh.password_login.need(), ssh.dh_bits.need()) == (False, 4096)
        assert ios("").services.ssh.password_login.default

    def test_tls_profiles(self) -> None:
        (profile,) = xe(
            "crypto pki trustpoint T\n enrollment selfsigned\nip http tls-version TLSv1.2\nip http secure-ciphersuite aes-128-cbc-sha\n"
            "ip http secure-trustpoint T\nip http secure-client-auth"
        ).services.tls
        assert (profile.versions, profile.ciphers) == (("1.2",), ("aes-128-cbc-sha",))
        assert (profile.self_signed.need(), profile.client_auth.need()) == (True, True)

    def test_defaults_by_release(self) -> None:
        assert ios("", "12.4").services.state(ServiceKind.BOOTP).need()
        assert code(xe("", "17.9").services.state(ServiceKind.BOOTP)) is Code.DEFAULT
        assert not xe("", "26.1").services.state(ServiceKind.BOOTP).need()
        assert code(read("hostname r1\nend\n").facts.services.state(ServiceKind.FINGER)) is Code.VERSION
        assert not xe("").services.state(ServiceKind.FTP).need()

    def test_mop_is_on_where_an_ethernet_port_says_nothing(self) -> None:
        assert (
            ios("interface FastEthernet0/0\n ip address 192.0.2.1 255.255.255.0").services.state(ServiceKind.MOP).need()
        )
        assert not ios("interface FastEthernet0/0\n no mop enabled").services.state(ServiceKind.MOP).need()
        assert not ios("interface FastEthernet0/0\n shutdown").services.state(ServiceKind.MOP).need()


class TestSnmp:
    def test_groups_views_users_hosts(self) -> None:
        snmp = ios(
            "snmp-server view V iso included\nsnmp-server group G v3 priv read V notify N access 10\n"
            "snmp-server user u G remote 192.0.2.1 v3 auth sha Aa priv aes 256 Bb access 10\n"
            "snmp-server host 192.0.2.7 vrf M version 3 priv u udp-port 161 bgp\nsnmp-server engineID local 8000\n"
            "snmp-server enable traps config\nsnmp-server enable traps snmp authentication linkdown"
        ).snmp
        assert [(one.subtree, one.included) for one in snmp.views[0].entries] == [("iso", True)]
        assert (snmp.groups[0].read_view, snmp.groups[0].notify_view) == ("V", "N")
        (user,) = snmp.users
        assert (user.name, user.group, user.auth, user.privacy, user.remote) == ("u", "G", "sha", "aes-256", True)
        assert (user.auth_secret.strength, user.privacy_secret.strength) == (Strength.PLAIN, Strength.PLAIN)
        (host,) = snmp.hosts
        assert (host.version, host.level, host.user, host.port, host.vrf) == ("v3", "priv", "u", 161, "M")
        assert (snmp.engine_id, snmp.traps, snmp.auth_failures.need()) == (
            "8000",
            ("config", "snmp authentication linkdown"),
            True,
        )
        assert code(snmp.users_known) is Code.STATE

    def test_localized_keys_of_users(self) -> None:
        (user,) = ios("snmp-server user u G v3 encrypted auth sha 0A:0B priv des 0C:0D").snmp.users
        assert (user.auth, user.privacy, user.auth_secret.storage) == ("sha", "des", "localized key")

    @pytest.mark.parametrize(
        ("line", "told"), [("snmp-server enable traps", True), ("snmp-server enable traps bgp", False), ("", False)]
    )
    def test_failed_logins(self, line: str, told: bool) -> None:
        assert ios(line).snmp.auth_failures.need() is told

    def test_a_view_that_nothing_defines(self) -> None:
        undefined = ios("snmp-server community Un1que view NOWHERE RO").acls.undefined
        assert [(one.kind, one.name) for one in undefined] == [("view", "NOWHERE")]


class TestAcls:
    def test_entries_in_full(self) -> None:
        (acl,) = ios(
            "ip access-list extended X\n 10 permit tcp host 192.0.2.1 range 1024 65535 10.0.0.0 0.0.0.255 eq 22 www log\n"
            " deny udp any any neq 53\n permit tcp any any established\n permit tcp any any eq bgp time-range T\n permit 47 any gt 5 any lt 7"
        ).acls.lists
        first, second, third, fourth, _ = acl.entries
        assert (first.protocol, first.sources, first.source_ports) == ("tcp", ("192.0.2.1/32",), ("1024-65535",))
        assert (first.destinations, first.ports, first.log) == (("10.0.0.0/24",), ("22", "80"), True)
        assert (second.permit, second.ports) == (False, ("!53",))
        assert (third.established, fourth.active, fourth.ports) == (True, False, ("179",))

    def test_entries_that_nobody_understands_are_told(self) -> None:
        facts = ios(
            "ip access-list extended X\n remark fine\n dynamic TEST permit tcp any any\naccess-list 10 teleport any"
        )
        assert [source.text for source in facts.unread["acls"]] == [
            "dynamic TEST permit tcp any any",
            "access-list 10 teleport any",
        ]

    def test_bindings_everywhere(self) -> None:
        facts = ios(
            "access-list 10 permit 192.0.2.0 0.0.0.255\nsnmp-server community Un1que RO 10\nntp access-group peer 10\n"
            "interface Gi0/0\n ip access-group 10 in\n ip access-group 10 out\nline vty 0 4\n access-class 10 in\n"
            "ip nat inside source list 10 interface Gi0/0 overload\nclass-map C\n match access-group 10\nroute-map R permit 10\n match ip address 10\n"
            "router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 distribute-list 10 in\nusername u access-class 10\n"
            "crypto map M 10 ipsec-isakmp\n match address 10\nlogin quiet-mode access-class 10\ntftp-server flash:x 10\nip http access-class 10\n"
            "monitor session 1 filter ip access-group 10"
        )
        (acl,) = facts.acls.lists
        assert {(one.where, one.direction) for one in acl.bindings} == {
            ("snmp community", ""),
            ("ntp peer", "in"),
            ("interface Gi0/0", "in"),
            ("interface Gi0/0", "out"),
            ("line vty 0 4", "in"),
            ("nat", ""),
            ("class-map C", ""),
            ("route-map R", ""),
            ("bgp 192.0.2.1", "in"),
            ("user u", ""),
            ("crypto map M 10", ""),
            ("login quiet mode", ""),
            ("tftp server", "in"),
            ("http server", "in"),
            ("monitor session", ""),
        }
        assert facts.acls.undefined == ()

    def test_prefix_lists(self) -> None:
        (one,) = ios(
            "ip prefix-list P description x\nip prefix-list P seq 5 permit 10.0.0.0/8 ge 9 le 24\nip prefix-list P deny 0.0.0.0/0\n"
            "router bgp 1\n neighbor 192.0.2.1 prefix-list P out"
        ).acls.prefix_lists
        assert [(entry.permit, entry.prefix, entry.ge, entry.le) for entry in one.entries] == [
            (True, "10.0.0.0/8", 9, 24),
            (False, "0.0.0.0/0", None, None),
        ]
        assert [(binding.where, binding.direction) for binding in one.bindings] == [("bgp 192.0.2.1", "out")]

    def test_undefined_names(self) -> None:
        undefined = ios(
            "interface Gi0/0\n ip access-group NONE in\n ipv6 traffic-filter NONE6 in\n service-policy input PM\n ip policy route-map RM\n"
            "policy-map Q\n class CM\n class class-default"
        ).acls.undefined
        assert {(one.kind, one.name) for one in undefined} == {
            ("access-list", "NONE"),
            ("access-list", "NONE6"),
            ("policy-map", "PM"),
            ("route-map", "RM"),
            ("class-map", "CM"),
        }

    def test_a_list_that_is_taken_away(self) -> None:
        assert ios("access-list 10 permit any\nno access-list 10").acls.lists == ()


class TestMirrorsAndExporters:
    def test_flat_sessions(self) -> None:
        rspan, local = ios(
            "monitor session 1 source interface Gi0/1 both\nmonitor session 1 filter ip access-group A\n"
            "monitor session 1 destination remote vlan 99\nmonitor session 2 source cpu\nmonitor session 2 destination interface Gi0/2"
        ).mirrors.sessions
        assert (rspan.kind, rspan.copied, rspan.filters) == ("rspan", ("interface Gi0/1 both",), ("A",))
        assert (rspan.destinations[0].kind, rspan.destinations[0].value) == ("vlan", "99")
        assert local.whole

    def test_traffic_export_and_capture(self) -> None:
        mirrors = ios(
            "ip traffic-export profile P\n interface Gi0/2\n mac-address 0011.2233.4455\n incoming access-list A\n"
            "ip traffic-export profile C mode capture\ninterface Gi0/1\n ip traffic-export apply P"
        ).mirrors
        (one,) = mirrors.sessions
        assert (one.kind, one.copied, one.active.need(), one.filters) == ("traffic-export", ("Gi0/1",), True, ("A",))
        assert [(end.kind, end.value) for end in one.destinations] == [
            ("interface", "Gi0/2"),
            ("mac", "0011.2233.4455"),
        ]
        assert [(one.name, one.active.need()) for one in mirrors.captures] == [("traffic-export C", False)]

    def test_vlan_access_maps(self) -> None:
        (one,) = ios(
            "vlan access-map M 10\n match ip address A\n action forward capture\nvlan filter M vlan-list 1-4"
        ).mirrors.sessions
        assert (one.kind, one.filters, one.active.need()) == ("acl-capture", ("A",), True)

    def test_vlans_of_other_switches_copies(self) -> None:
        facts = ios("vlan 99\n remote-span\nvlan 5\n name x")
        (one,) = facts.mirrors.sessions
        assert (one.kind, one.copied, one.destinations) == ("rspan", ("remote vlan 99",), ())

    def test_copies_that_no_line_shows(self) -> None:
        assert ios("").mirrors.state_only.need()

    def test_flexible_netflow(self) -> None:
        flow = ios(
            "flow exporter X\n destination 192.0.2.9 vrf M\n transport udp 2055\n export-protocol ipfix\nflow exporter Y\n destination 192.0.2.8\n"
            "flow monitor F\n exporter X\n record netflow ipv4 original-input\ninterface Gi0/1\n ip flow monitor F input\nsampler S\n mode random 1 out-of 100"
        ).exporters
        x, y = flow.exporters
        assert (x.address, x.vrf, x.port, x.protocol, x.active.need()) == ("192.0.2.9", "M", 2055, "ipfix", True)
        assert [source.text for source in x.bound] == ["exporter X", "ip flow monitor F input"]
        assert (y.active.need(), y.bound) == (False, ())
        assert len(flow.sampling) == 2

    def test_old_netflow(self) -> None:
        (one,) = ios(
            "ip flow-export version 9\nip flow-export destination 192.0.2.9 2055 vrf M\ninterface Gi0/1\n ip flow ingress"
        ).exporters.exporters
        assert (one.address, one.port, one.vrf, one.protocol, len(one.bound)) == ("192.0.2.9", 2055, "M", "netflow", 1)


class TestTunnelsAndCrypto:
    @pytest.mark.parametrize(
        ("mode", "neutral"),
        [
            ("", "gre"),
            ("gre multipoint", "mgre"),
            ("ipip", "ipip"),
            ("ipsec ipv4", "ipsec"),
            ("mpls traffic-eng", "mpls-te"),
        ],
    )
    def test_modes(self, mode: str, neutral: str) -> None:
        line = f" tunnel mode {mode}\n" if mode else ""
        (one,) = ios(
            f"interface Tunnel1\n{line} ip nhrp map multicast dynamic\n tunnel vrf F\n shutdown"
        ).tunnels.tunnels
        assert (one.mode, one.nhrp, one.vrf, one.active) == (neutral, True, "F", False)

    def test_overlays_and_servers(self) -> None:
        nve, dial, web = xe(
            "interface nve1\n source-interface Loopback0\n member vni 10\n  ingress-replication 192.0.2.1\n"
            "vpdn enable\nvpdn-group G\n accept-dialin\n  protocol l2tp\n  virtual-template 1\nwebvpn gateway W\n inservice"
        ).tunnels.tunnels
        assert (nve.mode, nve.remote, nve.local) == ("vxlan", "192.0.2.1", "Loopback0")
        assert (dial.mode, dial.server) == ("l2tp", True)
        assert (web.mode, web.active) == ("sslvpn", True)

    def test_peers_of_version_1(self) -> None:
        peers = ios(
            "crypto isakmp key 6 Abc address 0.0.0.0 0.0.0.0\ncrypto keyring K vrf F\n pre-shared-key address 192.0.2.1 key Pre\n"
            "crypto isakmp aggressive-mode disable"
        ).crypto.peers
        assert [(one.name, one.address, one.any_peer, one.secret.strength, one.vrf) for one in peers] == [
            ("crypto isakmp key", "", True, Strength.ENCRYPTED, ""),
            ("K", "192.0.2.1", False, Strength.PLAIN, "F"),
        ]
        assert not peers[0].aggressive.need()
        assert code(ios("crypto isakmp key Abc address 192.0.2.1").crypto.peers[0].aggressive) is Code.DEFAULT

    def test_remote_clients_and_aggressive_peers(self) -> None:
        clients, peer, server = ios(
            "crypto isakmp client configuration group REMOTE\n key 6 Abc\n pool P\ncrypto isakmp peer address 192.0.2.1\n"
            " set aggressive-mode password 6 Def\n set aggressive-mode client-endpoint fqdn x\ncrypto gdoi group G\n server address ipv4 192.0.2.2"
        ).crypto.peers[:3]
        found = {one.name: one for one in (clients, peer, server)}
        assert found["client group REMOTE"].any_peer
        assert found["client group REMOTE"].secret.strength is Strength.ENCRYPTED
        assert (found["crypto isakmp peer"].address, found["crypto isakmp peer"].aggressive.need()) == (
            "192.0.2.1",
            True,
        )
        assert found["group G"].address == "192.0.2.2"

    def test_version_2(self) -> None:
        crypto = ios(
            "crypto ikev2 keyring K\n peer A\n  address 192.0.2.1\n  pre-shared-key local Abc\n"
            "crypto ikev2 profile P\n match identity remote any\n authentication remote rsa-sig\n"
            "crypto ikev2 proposal W\n encryption aes-cbc-256 aes-gcm-128\n integrity sha512\n group 19 20\ncrypto ikev2 policy Q\n proposal W"
        ).crypto
        assert [(one.name, one.address, one.any_peer, one.version, one.authentication) for one in crypto.peers] == [
            ("K A", "192.0.2.1", False, "2", "psk"),
            ("ikev2 profile P", "", True, "2", "certificate"),
        ]
        (proposal,) = crypto.proposals
        assert (proposal.encryption, proposal.integrity, proposal.groups, proposal.used) == (
            ("aes-256-cbc", "aes-128-gcm"),
            ("sha512",),
            ("19", "20"),
            True,
        )

    def test_maps_act_where_they_are_bound(self) -> None:
        config = "crypto map M 10 ipsec-isakmp\n set peer 192.0.2.1\n set transform-set T\ncrypto ipsec transform-set T esp-3des esp-md5-hmac\n"
        (unbound,) = ios(config).crypto.peers
        (bound,) = ios(config + "interface Gi0/0\n crypto map M").crypto.peers
        assert (unbound.active, bound.active, bound.proposals) == (False, True, ("T",))
        (proposal,) = ios(config).crypto.proposals
        assert (proposal.encryption, proposal.integrity, proposal.used) == (("3des",), ("md5",), True)


class TestPseudowires:
    def test_forms(self) -> None:
        circuits = xe(
            "interface Gi0/1\n xconnect 192.0.2.1 100 encapsulation mpls\n  backup peer 192.0.2.2 100\n"
            "interface Gi0/2\n service instance 5 ethernet\n  xconnect 192.0.2.3 5 pw-class L\npseudowire-class L\n encapsulation l2tpv3\n"
            "l2vpn xconnect context X\n member Gi0/3\n member 192.0.2.4 44 encapsulation mpls\n"
            "l2 vfi V manual\n vpn id 7\n neighbor 192.0.2.5 encapsulation mpls\ninterface pseudowire9\n encapsulation mpls\n neighbor 192.0.2.6 9\n"
            "l2vpn evpn instance 3 vlan-based\nconnect C Gi0/4 Gi0/5"
        ).pseudowires.circuits
        assert {(one.kind, one.peer, one.id) for one in circuits} == {
            ("pseudowire", "192.0.2.1", "100"),
            ("pseudowire", "192.0.2.2", "100"),
            ("l2tpv3", "192.0.2.3", "5"),
            ("pseudowire", "192.0.2.4", "44"),
            ("vpls", "192.0.2.5", "7"),
            ("pseudowire", "192.0.2.6", "9"),
            ("evpn", "", "3"),
            ("local", "", ""),
        }


class TestForwarding:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("ip route 10.0.0.0 255.0.0.0 192.0.2.1 name CORE", ("10.0.0.0/8", "192.0.2.1", "", "", False, "", "CORE")),
            ("ip route 10.0.0.0 255.0.0.0 Null0 250", ("10.0.0.0/8", "", "Null0", "", True, "", "")),
            (
                "ip route vrf V 0.0.0.0 0.0.0.0 192.0.2.1 global",
                ("0.0.0.0/0", "192.0.2.1", "", "V", False, "global", ""),
            ),
            (
                "ip route 10.0.0.0 255.0.0.0 Tunnel1 192.0.2.1",
                ("10.0.0.0/8", "192.0.2.1", "Tunnel1", "", False, "", ""),
            ),
            ("ipv6 route 2001:db8::/32 2001:db8:1::1", ("2001:db8::/32", "2001:db8:1::1", "", "", False, "", "")),
        ],
    )
    def test_routes(self, line: str, expected: tuple) -> None:
        (one,) = ios(line).routes.static
        assert (one.prefix, one.next_hop, one.interface, one.vrf, one.discard, one.next_vrf, one.name) == expected

    def test_policy_routing(self) -> None:
        redirects = ios(
            "interface Gi0/0\n ip policy route-map R\nroute-map R permit 10\n match ip address A B\n"
            " set ip next-hop verify-availability 192.0.2.1 10 track 1\nroute-map R permit 20\n set interface Tunnel1\n"
            "route-map R permit 30\n set vrf V\nroute-map S permit 10\n set ip default next-hop 192.0.2.9\nip local policy route-map S\n"
            "route-map UNUSED permit 10\n set ip next-hop 192.0.2.8"
        ).redirection.redirects
        assert [(one.name, one.target_kind, one.target, one.matches) for one in redirects] == [
            ("R", "address", "192.0.2.1", ("A", "B")),
            ("R", "interface", "Tunnel1", ()),
            ("R", "vrf", "V", ()),
            ("S", "address", "192.0.2.9", ()),
        ]
        assert [source.line for source in redirects[0].match_sources] == [5]

    def test_policy_routing_that_is_taken_off(self) -> None:
        text = "interface Gi0/0\n ip policy route-map R\n no ip policy route-map R\nroute-map R permit 10\n set ip next-hop 192.0.2.1"
        assert ios(text).redirection.redirects == ()

    def test_circuit_that_is_taken_off(self) -> None:
        assert ios("interface Gi0/1\n xconnect 192.0.2.1 1 encapsulation mpls\n no xconnect").pseudowires.circuits == ()

    def test_ports_that_get_copies(self) -> None:
        (one,) = ios(
            "monitor session 1 source interface Gi0/1\nmonitor session 1 destination interface Gi0/2 , Gi0/3 - 4 encapsulation replicate"
        ).mirrors.sessions
        assert [end.value for end in one.destinations] == ["Gi0/2", "Gi0/3 - 4"]
        (copy,) = ios(
            "vlan access-map M 10\n match ip address A\n action forward capture\nvlan filter M vlan-list 1\n"
            "interface Gi0/5\n switchport capture\ninterface Gi0/6\n switchport mode access"
        ).mirrors.sessions
        assert [end.value for end in copy.destinations] == ["Gi0/5"]

    def test_rewrites_flowspec_and_caches(self) -> None:
        redirection = ios(
            "router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 route-map T in\nroute-map T permit 10\n match community C\n"
            " set ip next-hop 192.0.2.66\nflowspec\n local-install interface-all\nip wccp 61 redirect-list W\ninterface Gi0/0\n ip wccp 61 redirect in"
        ).redirection
        (one,) = redirection.rewrites
        assert (one.policy, one.next_hop, one.triggers, [source.line for source in one.bound]) == (
            "T",
            "192.0.2.66",
            ("C",),
            [4],
        )
        assert [source.text for source in redirection.flowspec] == ["local-install interface-all"]
        assert [(one.name, one.target_kind, len(one.bound)) for one in redirection.redirects] == [
            ("wccp 61", "cache", 1)
        ]

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (
                "ip nat inside source static tcp 192.0.2.7 22 203.0.113.7 2222",
                ("port-forward", "192.0.2.7", "203.0.113.7", "tcp", "22", "2222", ""),
            ),
            (
                "ip nat inside source static tcp 192.0.2.7 22 interface Gi0/0 2222",
                ("port-forward", "192.0.2.7", "Gi0/0", "tcp", "22", "2222", "Gi0/0"),
            ),
            (
                "ip nat inside source static 192.0.2.7 203.0.113.7",
                ("static", "192.0.2.7", "203.0.113.7", "", "", "", ""),
            ),
            ("ip nat inside source list 1 interface Gi0/0 overload", ("source", "1", "Gi0/0", "", "", "", "Gi0/0")),
            ("ip nat inside destination list 1 pool P", ("destination", "1", "P", "", "", "", "")),
            (
                "ip nat outside source static 203.0.113.7 192.0.2.7",
                ("static", "192.0.2.7", "203.0.113.7", "", "", "", ""),
            ),
        ],
    )
    def test_nat(self, line: str, expected: tuple) -> None:
        (one,) = ios(f"interface Gi0/0\n ip nat outside\n{line}").nat.rules
        assert (
            one.kind,
            one.inside,
            one.outside,
            one.protocol,
            one.inside_port,
            one.outside_port,
            one.interface,
        ) == expected
        assert one.active
        assert not ios(line).nat.rules[0].active


class TestLogs:
    def test_receivers_and_severity(self) -> None:
        logging = ios(
            "logging trap 4\nlogging host 192.0.2.1 vrf M transport tls port 6514\nlogging buffered 8192 warnings\nlogging host ipv6 2001:db8::1"
        ).logging
        first, second = logging.hosts
        assert (first.transport, first.vrf, first.port, first.severity.need()) == ("tls", "M", 6514, "warnings")
        assert second.address == "2001:db8::1"
        assert (logging.local.need(), logging.local_severity.need()) == (True, "warnings")

    def test_absent_severity_is_known_on_xe_only(self) -> None:
        assert xe("logging host 192.0.2.1").logging.hosts[0].severity.need() == "informational"
        assert code(ios("logging host 192.0.2.1").logging.hosts[0].severity) is Code.DEFAULT

    def test_what_is_left_out(self) -> None:
        logging = ios(
            "logging discriminator D mnemonics drops CONFIG_I msg-body includes ok\nlogging discriminator UNUSED mnemonics drops X\n"
            "logging host 192.0.2.1 discriminator D\nno logging trap\nno logging buffered\ninterface Gi0/1\n no logging event link-status"
        ).logging
        assert [(one.what, one.pattern) for one in logging.suppressions] == [
            ("messages with mnemonics matching a pattern", "CONFIG_I"),
            ("messages with msg-body not matching a pattern", "ok"),
            ("messages to every receiver", ""),
            ("interface events of Gi0/1", ""),
        ]
        assert [(one.inverted, one.scope) for one in logging.suppressions[:2]] == [
            (False, "receiver"),
            (True, "receiver"),
        ]
        assert not logging.local.need()

    def test_a_named_list_of_accounting_acts_where_a_line_uses_it(self) -> None:
        accounting = ios(
            "aaa new-model\naaa accounting commands 15 CMD start-stop group tacacs+\naaa accounting exec default start-stop group tacacs+\n"
            "aaa accounting exec IDLE start-stop group tacacs+\nline vty 0 4\n accounting commands 15 CMD"
        ).aaa.accounting
        used = {one.name: one.used_by if one.used_by is None else len(one.used_by) for one in accounting}
        assert used == {"CMD": 1, "default": None, "IDLE": 0}

    @pytest.mark.parametrize(
        ("config", "recorded"),
        [
            ("archive\n log config\n  logging enable\n  notify syslog contenttype plaintext", True),
            ("archive\n log config\n  hidekeys", False),
            ("archive\n path flash:x", False),
            ("", False),
        ],
    )
    def test_changes(self, config: str, recorded: bool) -> None:
        assert ios(config).logging.config_changes.need() is recorded

    def test_logins(self) -> None:
        assert ios("login on-failure log").logging.logins.need()
        assert not ios("").logging.logins.need()
        assert code(xe("").logging.logins) is Code.DEFAULT
        assert not xe("no login on-success log").logging.logins.need()

    def test_time(self) -> None:
        time = ios(
            "ntp authenticate\nntp authentication-key 1 md5 094F471A1A0A 7\nntp authentication-key 5 hmac-sha2-256 Abc\nntp trusted-key 1 - 3\n"
            "ntp server vrf M 192.0.2.1 key 1\nntp peer 192.0.2.2 key 5\nsntp server 192.0.2.3\nntp access-group serve-only 20"
        ).time
        assert [(one.address, one.vrf, one.key, one.authenticated.need(), one.peer) for one in time.servers] == [
            ("192.0.2.1", "M", "1", True, False),
            ("192.0.2.2", "", "5", False, True),
            ("192.0.2.3", "", "", False, False),
        ]
        assert [(key.id, key.algorithm, key.secret.strength, key.trusted) for key in time.keys] == [
            ("1", "md5", Strength.REVERSIBLE, True),
            ("5", "hmac-sha2-256", Strength.PLAIN, False),
        ]
        assert time.serves.need()
        assert [(bound.name, bound.defined) for bound in time.filters] == [("20", False)]

    def test_a_key_without_the_switch_authenticates_nothing(self) -> None:
        time = ios("ntp authentication-key 1 md5 Abc\nntp trusted-key 1\nntp server 192.0.2.1 key 1").time
        assert not time.servers[0].authenticated.need()

    def test_ports_that_do_not_answer(self) -> None:
        assert not ios("ntp server 192.0.2.1\ninterface Gi0/1\n ntp disable").time.serves.need()
        assert not ios("").time.serves.need()


class TestOnbox:
    def test_applets(self) -> None:
        (one,) = ios(
            'event manager applet A authorization bypass\n event cli pattern "show run.*" sync yes skip yes\n action 1 cli command "no logging on"'
        ).scripts.policies
        assert one.bypass.line == 2
        assert [source.line for source in one.hides] == [3]
        assert {trait.what for trait in one.traits} >= {"switches logging off", "runs without command authorization"}

    def test_a_command_that_is_refused_by_the_exit_status(self) -> None:
        (one,) = ios(
            'event manager applet A\n event cli pattern "show users" sync yes\n action 1 set _exit_status "0"'
        ).scripts.policies
        assert [source.text for source in one.hides] == ['action 1 set _exit_status "0"']
        (harmless,) = ios(
            'event manager applet A\n event cli pattern "show users" sync yes\n action 1 set _exit_status "1"'
        ).scripts.policies
        assert harmless.hides == ()

    def test_where_policies_come_from(self) -> None:
        (one,) = ios("event manager directory user policy tftp://192.0.2.1/x").scripts.scripts
        assert (one.kind, one.remote) == ("directory", True)

    def test_jobs_scripts_aliases(self) -> None:
        scripts = ios(
            "kron policy-list P\n cli copy running-config tftp://192.0.2.1/x\nkron occurrence O at 3:00 recurring\n policy-list P\nkron policy-list LEFT\n cli show clock\n"
            "scripting tcl init tftp://192.0.2.1/i.tcl\nlogging filter flash:f.tcl\nalias exec show show users\nmenu M command 1 telnet 192.0.2.1\n"
            "event manager policy p.tcl type user"
        ).scripts
        job, left = scripts.jobs
        assert (job.name, job.when, job.commands, job.active) == (
            "O",
            "at 3:00 recurring",
            ("copy running-config tftp://192.0.2.1/x",),
            True,
        )
        assert [trait.what for trait in job.traits] == ["copies to a remote host"]
        assert not left.active
        assert [(one.kind, one.path, one.remote) for one in scripts.scripts] == [
            ("tcl", "tftp://192.0.2.1/i.tcl", True),
            ("syslog filter", "flash:f.tcl", False),
        ]
        assert [(one.mode, one.name, one.command) for one in scripts.aliases] == [
            ("exec", "show", "show users"),
            ("menu", "M 1", "telnet 192.0.2.1"),
        ]
        assert [one.name for one in scripts.policies] == ["p.tcl"]

    def test_shell(self) -> None:
        assert ios("").scripts.shell is None
        assert not xe("").scripts.shell.need()
        assert xe("platform shell").scripts.shell.need()

    def test_an_autocommand_of_a_line_can_be_taken_away(self) -> None:
        accounts = ios(
            "line vty 0 4\n autocommand telnet 192.0.2.1\n no autocommand\nline vty 5 15\n autocommand menu M"
        ).accounts
        assert [(hook.user, hook.target) for hook in accounts.hooks] == [("line vty 5 15", "menu M")]

    def test_containers(self) -> None:
        containers = xe(
            "iox\ninterface VirtualPortGroup0\n ip address 192.0.2.1 255.255.255.0\napp-hosting appid guestshell\n"
            " app-vnic gateway0 virtualportgroup 0 guest-interface 0\n  guest-ipaddress 192.0.2.2 netmask 255.255.255.0\n"
            ' app-resource docker\n  run-opts 1 "--privileged"\n  run-opts 2 "-v /:/h"\n  run-opts 3 "-e A=1"\n start'
        ).containers
        (app,) = containers.apps
        assert containers.host.need()
        assert (app.guest_shell, app.started, app.addresses) == (True, True, ("192.0.2.2",))
        assert [source.text for source in app.network] == [
            "app-vnic gateway0 virtualportgroup 0 guest-interface 0",
            "interface VirtualPortGroup0",
        ]
        assert [source.text for source in app.privileged] == ['run-opts 1 "--privileged"', 'run-opts 2 "-v /:/h"']
        assert not ios("").containers.host.need()


class TestLifecycle:
    def test_boot(self) -> None:
        boot = ios(
            "boot system tftp image.bin 192.0.2.1\nboot system flash:a.bin\nboot host tftp://192.0.2.1/c\nconfig-register 0x2142\nservice config\n"
            "no service password-recovery\nfile verify auto"
        ).boot
        assert [(one.kind, one.remote) for one in boot.images] == [
            ("image", True),
            ("image", False),
            ("configuration", True),
        ]
        assert (boot.register.need(), boot.autoinstall.need(), boot.password_recovery.need(), boot.verified.need()) == (
            "0x2142",
            True,
            False,
            True,
        )

    def test_absent_boot_lines(self) -> None:
        boot = ios("").boot
        assert (boot.autoinstall.need(), boot.password_recovery.need(), boot.verified.need()) == (False, True, False)
        assert code(boot.register) is Code.STATE

    def test_transfers(self) -> None:
        transfers = ios(
            "archive\n path ftp://user:Geheim@192.0.2.1/backup\n write-memory\nip ftp password 7 094F471A1A0A\nexception dump 192.0.2.2\n"
            "logging persistent url flash:logs size 1000"
        ).transfers.transfers
        assert {(one.kind, one.protocol, one.host) for one in transfers} == {
            ("archive", "ftp", "192.0.2.1"),
            ("credentials", "ftp", ""),
            ("other", "tftp", "192.0.2.2"),
            ("logs", "local", ""),
        }
        assert next(one for one in transfers if one.kind == "archive").secret.strength is Strength.PLAIN

    def test_dialouts(self) -> None:
        connections = xe(
            "telemetry ietf subscription 1\n receiver name R\ntelemetry receiver protocol R\n host ip-address 192.0.2.1 57500\n protocol grpc-tls profile T\n"
            "telemetry ietf subscription 2\n receiver ip address 192.0.2.2 57501 protocol grpc-tcp\n"
            "service call-home\ncall-home\n profile P\n  active\n  destination address http https://tools.example.com/its\n"
            "pnp profile Q\n transport https ipv4 192.0.2.3 port 443\ncns event 192.0.2.4 encrypt\nlicense smart url https://licence.example.com/x"
        ).dialout.connections
        assert [(one.kind, one.address, one.port, one.takes_commands, one.tls.need()) for one in connections] == [
            ("telemetry", "192.0.2.1", 57500, False, True),
            ("telemetry", "192.0.2.2", 57501, False, False),
            ("call-home", "tools.example.com", None, False, True),
            ("pnp", "192.0.2.3", 443, True, True),
            ("cloud-agent", "192.0.2.4", None, True, True),
            ("licence", "licence.example.com", None, False, True),
        ]

    def test_names(self) -> None:
        names = ios(
            "ip name-server vrf M 192.0.2.1 192.0.2.2\nip host h 192.0.2.3\nno ip domain-lookup\ninterface Gi0/0\n ip address dhcp"
        ).names
        assert [(one.address, one.vrf) for one in names.resolvers] == [("192.0.2.1", "M"), ("192.0.2.2", "M")]
        assert (names.lookup.need(), names.dynamic.need(), len(names.static_hosts)) == (False, True, 1)
        assert ios("").names.lookup.default


class TestInterfaces:
    def test_an_interface_in_full(self) -> None:
        (port,) = ios(
            "interface GigabitEthernet0/1\n description up\n vrf forwarding V\n ip address 192.0.2.1 255.255.255.0\n"
            " ip address 198.51.100.1 255.255.255.0 secondary\n ipv6 address 2001:db8::1/64\n ip access-group IN in\n no ip redirects\n"
            " no ip proxy-arp\n ip verify unicast source reachable-via rx\n channel-group 3 mode active"
        ).interfaces.interfaces
        assert port.addresses == ("192.0.2.1/24", "198.51.100.1/24", "2001:db8::1/64")
        assert (port.secondary, port.vrf, port.urpf.need(), port.bundle) == (
            ("198.51.100.1/24",),
            "V",
            "strict",
            "Port-channel3",
        )
        assert [(bound.name, bound.defined) for bound in port.filters_in] == [("IN", False)]
        hardening = port.hardening
        assert (hardening.redirects.need(), hardening.proxy_arp.need(), hardening.unreachables.need()) == (
            False,
            False,
            True,
        )
        assert hardening.unreachables.default

    def test_switchports(self) -> None:
        trunk, access, dynamic, routed = ios(
            "interface Gi0/1\n switchport mode trunk\n switchport nonegotiate\n switchport trunk native vlan 9\n switchport trunk allowed vlan 1-5\n"
            " switchport trunk allowed vlan add 7\ninterface Gi0/2\n switchport mode access\n switchport access vlan 4\n"
            "interface Gi0/3\n switchport mode dynamic desirable\ninterface Gi0/4\n no switchport"
        ).interfaces.interfaces
        assert (trunk.switchport.mode, trunk.switchport.native_vlan, trunk.switchport.allowed_vlans) == (
            "trunk",
            "9",
            "1-5,7",
        )
        assert not trunk.switchport.negotiates.need()
        assert access.switchport.access_vlan == "4"
        assert dynamic.switchport.negotiates.need()
        assert routed.switchport is None

    @pytest.mark.parametrize(
        ("name", "role"),
        [
            ("Loopback 0", "loopback"),
            ("Tunnel1", "tunnel"),
            ("Vlan10", "vlan"),
            ("Port-channel1", "bundle"),
            ("Gi0/1", ""),
        ],
    )
    def test_roles(self, name: str, role: str) -> None:
        (port,) = ios(f"interface {name}").interfaces.interfaces
        assert (port.name, port.role) == (name.replace(" ", ""), role)

    def test_members_of_a_bundle(self) -> None:
        bundle, _ = ios("interface Port-channel3\ninterface Gi0/1\n channel-group 3 mode active").interfaces.interfaces
        assert bundle.members == ("Gi0/1",)

    def test_source_routing(self) -> None:
        assert not ios("no ip source-route").interfaces.source_routing.need()
        assert ios("").interfaces.source_routing.need()
        assert not xe("", "26.1").interfaces.source_routing.need()
        assert xe("", "17.9").interfaces.source_routing.need()

    def test_discovery(self) -> None:
        cdp, lldp = ios(
            "lldp run\ninterface Gi0/1\n no cdp enable\ninterface Gi0/2\n no lldp transmit\n no lldp receive\ninterface Gi0/3\n no lldp transmit"
        ).discovery.protocols
        assert (cdp.enabled.need(), cdp.off, cdp.on) == (True, ("Gi0/1",), ())
        assert (lldp.enabled.need(), lldp.off, lldp.on) == (True, ("Gi0/2", "Gi0/3"), ())
        assert code(xe("").discovery.protocols[0].enabled) is Code.DEFAULT


class TestBgp:
    def test_groups_are_inherited(self) -> None:
        (one,) = ios(
            "router bgp 64500\n neighbor G peer-group\n neighbor G remote-as 64501\n neighbor G password 7 094F471A1A0A\n neighbor G ttl-security hops 1\n"
            " neighbor G route-map IN in\n neighbor 192.0.2.1 peer-group G\n neighbor 192.0.2.1 route-map OWN in\n neighbor 192.0.2.1 description peer one\n"
            " neighbor 192.0.2.1 maximum-prefix 100"
        ).routing.bgp
        assert (one.remote_as, one.local_as, one.group, one.external) == ("64501", "64500", "G", True)
        assert (one.authentication.need(), one.secret.strength, one.ttl_security.need()) == (
            "md5",
            Strength.REVERSIBLE,
            True,
        )
        assert (one.policies_in, one.description, one.prefix_limit.need()) == (("OWN",), "peer one", True)
        assert [source.line for source in one.sources] == [8, 9, 10, 11, 3, 4, 5, 6, 7]

    def test_templates(self) -> None:
        (one,) = ios(
            "router bgp 1\n template peer-session S\n  remote-as 2\n  password 7 094F471A1A0A\n  inherit peer-session T\n exit-peer-session\n"
            " template peer-session T\n  ebgp-multihop 5\n neighbor 192.0.2.1 inherit peer-session S"
        ).routing.bgp
        assert (one.remote_as, one.authentication.need(), one.multihop.need()) == ("2", "md5", 5)

    def test_families_and_vrfs(self) -> None:
        first, second, third = ios(
            "router bgp 1\n no bgp default ipv4-unicast\n neighbor 192.0.2.1 remote-as 1\n neighbor 192.0.2.2 remote-as 1\n address-family vpnv4\n"
            "  neighbor 192.0.2.1 activate\n address-family ipv4 flowspec\n  neighbor 192.0.2.1 activate\n address-family ipv4 vrf V\n"
            "  neighbor 192.0.2.3 remote-as 3\n  neighbor 192.0.2.3 activate\n  neighbor 192.0.2.3 shutdown"
        ).routing.bgp
        assert (first.families, first.flowspec) == (("vpnv4", "ipv4 flowspec"), True)
        assert second.families == ()
        assert (third.vrf, third.families, third.active) == ("V", ("ipv4",), False)

    def test_ipv4_is_active_unless_it_is_said_otherwise(self) -> None:
        one, two = ios(
            "router bgp 1\n neighbor 192.0.2.1 remote-as 1\n neighbor 192.0.2.2 remote-as 1\n address-family ipv4\n  no neighbor 192.0.2.2 activate"
        ).routing.bgp
        assert (one.families, two.families) == (("ipv4",), ())

    def test_dynamic_neighbours_and_validators(self) -> None:
        routing = ios(
            "router bgp 1\n bgp rpki server tcp 192.0.2.9 port 323 refresh 60\n bgp listen range 192.0.2.0/24 peer-group G\n neighbor G peer-group\n"
            " neighbor G remote-as 2\n neighbor G ao KC include-tcp-options"
        ).routing
        (one,) = routing.bgp
        assert (one.address, one.dynamic, one.remote_as, one.authentication.need()) == (
            "192.0.2.0/24",
            True,
            "2",
            "tcp-ao",
        )
        assert [source.line for source in routing.validators] == [3]

    def test_a_warning_limits_nothing(self) -> None:
        (one,) = ios("router bgp 1\n neighbor 192.0.2.1 maximum-prefix 10 warning-only").routing.bgp
        assert not one.prefix_limit.need()

    def test_groups_that_inherit_each_other_end(self) -> None:
        (one,) = ios(
            "router bgp 1\n template peer-session S\n  inherit peer-session S\n neighbor 192.0.2.1 inherit peer-session S"
        ).routing.bgp
        assert one.remote_as == ""


class TestAdjacencies:
    def one(self, config: str, protocol: str):
        found = [one for one in ios(config).routing.adjacencies if one.protocol == protocol]
        assert len(found) == 1
        return found[0]

    @pytest.mark.parametrize(
        ("port", "process", "authentication"),
        [
            ("", "", ""),
            ("", " area 0 authentication message-digest\n", "md5"),
            ("", " area 0 authentication\n", "text"),
            (" ip ospf authentication message-digest\n ip ospf message-digest-key 1 md5 7 094F471A1A0A\n", "", "md5"),
            (" ip ospf authentication key-chain K\n", "", "keychain"),
            (" ip ospf authentication null\n", " area 0 authentication message-digest\n", ""),
        ],
    )
    def test_ospf(self, port: str, process: str, authentication: str) -> None:
        config = (
            f"interface Gi0/1\n ip address 192.0.2.1 255.255.255.0\n{port}interface Gi0/2\n ip address 198.51.100.1 255.255.255.0\n"
            f"router ospf 1\n{process} network 192.0.2.0 0.0.0.255 area 0"
        )
        one = self.one(config, "ospf")
        assert (one.where, one.authentication.need()) == ("Gi0/1", authentication)

    def test_ospf_at_the_interface_and_in_vrfs(self) -> None:
        found = ios(
            "interface Gi0/1\n ip ospf 7 area 3\ninterface Gi0/2\n vrf forwarding V\n ip address 192.0.2.1 255.255.255.0\nrouter ospf 7\n passive-interface default\n"
            " no passive-interface Gi0/1\nrouter ospf 8 vrf V\n network 0.0.0.0 255.255.255.255 area 0\n passive-interface Gi0/2"
        ).routing.adjacencies
        assert [(one.where, one.instance, one.vrf, one.passive) for one in found] == [
            ("Gi0/1", "7", "", False),
            ("Gi0/2", "8", "V", True),
        ]

    def test_virtual_links(self) -> None:
        one = self.one(
            "router ospf 1\n area 1 virtual-link 192.0.2.9 authentication message-digest\n area 1 virtual-link 192.0.2.9 message-digest-key 1 md5 7 094F471A1A0A",
            "ospf",
        )
        assert (one.where, one.authentication.need(), one.secret.strength) == (
            "virtual-link 192.0.2.9",
            "md5",
            Strength.REVERSIBLE,
        )

    def test_ospf_version_3(self) -> None:
        one = self.one(
            "interface Gi0/1\n ospfv3 1 ipv6 area 0\n ospfv3 authentication ipsec spi 256 sha1 0 0123456789012345678901234567890123456789",
            "ospfv3",
        )
        assert one.authentication.need() == "ipsec"

    @pytest.mark.parametrize(
        ("port", "authentication"),
        [
            (" isis authentication mode md5\n isis authentication key-chain K\n", "md5"),
            (" isis password Abc\n", "text"),
            ("", "text"),
            (" isis authentication mode md5\n", ""),
        ],
    )
    def test_isis(self, port: str, authentication: str) -> None:
        one = self.one(f"interface Gi0/1\n ip router isis CORE\n{port}router isis CORE\n area-password Abc", "isis")
        assert (one.instance, one.authentication.need()) == ("CORE", authentication)

    def test_eigrp_in_both_forms(self) -> None:
        classic = self.one(
            "interface Gi0/1\n ip address 10.1.1.1 255.255.255.0\n ip authentication mode eigrp 5 md5\n ip authentication key-chain eigrp 5 K\nrouter eigrp 5\n network 10.0.0.0",
            "eigrp",
        )
        named = self.one(
            "interface Gi0/1\n ip address 10.1.1.1 255.255.255.0\nrouter eigrp N\n address-family ipv4 unicast autonomous-system 5\n  af-interface default\n"
            "   authentication mode hmac-sha-256 7 094F471A1A0A\n  network 10.0.0.0",
            "eigrp",
        )
        assert (classic.instance, classic.authentication.need()) == ("5", "md5")
        assert (named.instance, named.authentication.need()) == ("5", "sha")

    def test_quiet_interfaces_of_named_eigrp(self) -> None:
        found = ios(
            "interface Gi0/1\n ip address 10.1.1.1 255.255.255.0\ninterface Gi0/2\n ip address 10.1.2.1 255.255.255.0\nrouter eigrp N\n"
            " address-family ipv4 unicast autonomous-system 5\n  af-interface default\n   passive-interface\n  af-interface Gi0/2\n"
            "   no passive-interface\n  network 10.0.0.0"
        ).routing.adjacencies
        assert [(one.where, one.passive) for one in found] == [("Gi0/1", True), ("Gi0/2", False)]

    def test_rip(self) -> None:
        one = self.one(
            "interface Gi0/1\n ip address 10.1.1.1 255.255.255.0\n ip rip authentication mode md5\nrouter rip\n network 10.0.0.0",
            "rip",
        )
        assert one.authentication.need() == "md5"

    @pytest.mark.parametrize(
        ("lines", "protocol", "authentication"),
        [
            (" standby 1 ip 192.0.2.9\n standby 1 authentication Abc", "hsrp", "text"),
            (" standby 1 ip 192.0.2.9\n standby 1 authentication md5 key-string 7 094F471A1A0A", "hsrp", "md5"),
            (" standby ip 192.0.2.9\n standby authentication md5 key-chain K", "hsrp", "keychain"),
            (" vrrp 1 ip 192.0.2.9", "vrrp", ""),
            (" glbp 1 ip 192.0.2.9\n glbp 1 authentication text Abc", "glbp", "text"),
        ],
    )
    def test_first_hop(self, lines: str, protocol: str, authentication: str) -> None:
        assert self.one(f"interface Gi0/1\n{lines}", protocol).authentication.need() == authentication

    def test_ldp(self) -> None:
        found = ios(
            "mpls ldp neighbor 192.0.2.1 password 7 094F471A1A0A\ninterface Gi0/1\n mpls ip"
        ).routing.adjacencies
        assert [(one.where, one.protocol) for one in found] == [("192.0.2.1", "ldp"), ("Gi0/1", "ldp")]
        assert found[0].authentication.need() == "md5"
        assert code(found[1].authentication) is Code.STATE
        assert self.one("interface Gi0/1\n mpls ip", "ldp").authentication.need() == ""
        assert (
            self.one(
                "mpls ldp password required\nmpls ldp password fallback 7 094F471A1A0A\ninterface Gi0/1\n mpls ip",
                "ldp",
            ).authentication.need()
            == "md5"
        )

    def test_the_rest(self) -> None:
        found = ios(
            "interface Gi0/1\n ip rsvp bandwidth 1000\n ip rsvp authentication key 7 094F471A1A0A\n ip pim sparse-mode\nip msdp peer 192.0.2.1\n"
            "ip msdp password peer 192.0.2.1 7 094F471A1A0A"
        ).routing.adjacencies
        assert [(one.protocol, one.where, one.authentication.need()) for one in found] == [
            ("rsvp", "Gi0/1", "md5"),
            ("msdp", "192.0.2.1", "md5"),
            ("pim", "Gi0/1", ""),
        ]

    def test_key_chains(self) -> None:
        (chain,) = ios(
            "key chain K\n key 1\n  key-string 7 094F471A1A0A\n  cryptographic-algorithm hmac-sha-256\n key 2\n  key-string Abc"
        ).routing.key_chains
        assert [secret.strength for secret in chain.secrets] == [Strength.REVERSIBLE, Strength.PLAIN]
        assert chain.algorithms == ("hmac-sha-256",)


class TestControlPlane:
    def test_policies(self) -> None:
        plane = ios(
            "control-plane\n service-policy input P\n service-policy output Q\ncontrol-plane host\n management-interface Gi0/0 allow ssh snmp"
        ).control_plane
        assert (plane.policed.need(), plane.egress.need()) == (True, True)
        assert [(one.interface, one.protocols) for one in plane.management] == [("Gi0/0", ("ssh", "snmp"))]

    def test_nothing(self) -> None:
        plane = ios("control-plane").control_plane
        assert (plane.policed.need(), plane.egress.need()) == (False, False)

    def test_the_list_for_received_packets(self) -> None:
        plane = ios("access-list 110 permit ip any any\nip receive access-list 110").control_plane
        assert plane.policed.need()
        assert plane.filters[0].any_source.need()

    def test_the_management_filter_of_17_18(self) -> None:
        (one,) = xe(
            "mgmt-traffic control ipv4\n interface Gi0\n protocol ssh\n protocol snmp\n address 192.0.2.0/24"
        ).control_plane.management
        assert (one.interface, one.protocols, one.admitted) == ("Gi0", ("ssh", "snmp"), ("192.0.2.0/24",))


class TestTelecom:
    def test_capability(self) -> None:
        intercept = ios(
            "aaa intercept\nsnmp-server view TAP ciscoTap2MIB included\nsnmp-server view ALL iso included"
        ).intercept
        assert [(one.kind, one.source.line) for one in intercept.statements] == [("radius", 2), ("mib", 3)]
        assert code(intercept.separation) is Code.HIDDEN

    def test_core_protocols_in_lists(self) -> None:
        bindings = ios(
            "ip access-list extended GRX\n permit udp 192.0.2.0 0.0.0.255 any eq 2123\n deny udp any any eq 2152\n permit 132 any any eq 2905\n permit tcp any any eq 22"
        ).telecom.bindings
        assert [(one.protocol, one.permits, one.peers) for one in bindings] == [
            ("gtp-c", True, ("192.0.2.0/24",)),
            ("gtp-u", False, ()),
            ("m3ua", True, ()),
        ]


class TestOwnTraffic:
    def test_a_local_policy_filters_what_the_device_sends(self) -> None:
        found = ios("route-map OWN permit 10\n set interface Null0\nip local policy route-map OWN").control_plane
        assert found.egress.need() is True
        assert [source.text for source in found.egress.sources] == ["ip local policy route-map OWN"]
