"""Statement by statement: what each topic reads, with options, overrides, removals and defaults."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.areas import Area, Method, PointKind, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.cisco_nxos.defaults import TABLE
from auditor.platforms.cisco_nxos.lines import NOT_READ, REASONS
from tests.platforms.cisco_nxos.nxos import HEAD, TAIL, part, read, told, whole
from tests.platforms.cisco_nxos.samples import FULL

FACTS = read(FULL).facts


def named(objects: Any, name: str) -> Any:
    return next(one for one in objects if one.name == name)


# Accounts


def test_users_are_merged_by_name() -> None:
    bob = named(FACTS.accounts.users, "bob")
    assert bob.role == "super, oper"
    assert bob.admin.need()
    assert len(bob.sources) == 3
    assert bob.secret.storage == "type 8 (PBKDF2-SHA-256)"


@pytest.mark.parametrize(
    ("role", "admin"),
    [
        ("network-admin", True),
        ("vdc-admin", True),
        ("priv-15", True),
        ("super", True),
        ("network-operator", False),
        ("oper", False),
        ("dev-ops", False),
    ],
)
def test_rights_follow_from_roles(role: str, admin: bool) -> None:
    facts = part(
        f"username u password 0 x role {role}\nrole name super\n  rule 1 permit read-write\n"
        "role name oper\n  rule 2 permit command show *\n  rule 1 deny command *\n"
    )
    assert facts.accounts.users[0].admin.need() is admin


def test_a_role_with_a_denial_is_not_full() -> None:
    facts = part("role name r\n  rule 1 permit read-write\n  rule 2 deny command reload\n")
    assert facts.accounts.roles[0].full.need() is False
    facts = part("role name r\n  rule 1 permit read-write\n  vlan policy deny\n")
    assert facts.accounts.roles[0].full.need() is False


def test_a_user_without_role_is_an_operator() -> None:
    assert part("username u password 0 x\n").accounts.users[0].role == "network-operator"


def test_a_line_of_password_ages_makes_no_user() -> None:
    assert part("username u passphrase  lifetime 99999 warntime 14 gracetime 3\n").accounts.users == ()


def test_shell_and_certificate_logins() -> None:
    assert named(FACTS.accounts.users, "sh").shell.need()
    (hook,) = FACTS.accounts.hooks
    assert (hook.kind, hook.user) == ("user certificate", "cert")


def test_enable_secret_of_a_level() -> None:
    (password,) = FACTS.accounts.passwords
    assert password.name == "enable secret priv-lvl 15"
    assert password.secret.storage == "type 5 (MD5-crypt)"


def test_lengths_limits_and_obscuring() -> None:
    assert FACTS.accounts.minimum_length.need() == 12
    assert FACTS.accounts.login_limited.need()
    assert FACTS.accounts.obscured == Known(True, FACTS.accounts.obscured.sources)  # type: ignore[union-attr]
    bare = whole("no password strength-check\n").accounts
    assert bare.minimum_length.need() == 0
    assert isinstance(bare.login_limited, Unknown)
    assert bare.obscured is not None
    assert bare.obscured.need() is False


# AAA


def test_servers_with_group_key_and_port() -> None:
    first, second, radius = FACTS.aaa.servers
    assert (first.address, first.group, first.order, first.port, first.vrf) == (
        "192.0.2.10",
        "TAC",
        1,
        4949,
        "management",
    )
    assert first.secret is not None
    assert first.secret.storage == "type 7 (reversible)"
    assert second.secret is not None
    assert second.secret.storage == "type 0 (plain text)"
    assert (radius.protocol, radius.purposes) == ("radius", ("login", "accounting"))


def test_the_key_for_all_servers() -> None:
    (server,) = part('tacacs-server host 192.0.2.1\ntacacs-server key 7 "abc"\n').aaa.servers
    assert server.secret is not None
    assert server.secret.storage == "type 7 (reversible)"


def test_a_member_without_a_definition_is_a_server_all_the_same() -> None:
    aaa = part("aaa group server radius G\n  server 192.0.2.7\n").aaa
    assert aaa.groups[0].undefined == ("192.0.2.7",)
    assert [(server.address, server.group) for server in aaa.servers] == [("192.0.2.7", "G")]


def test_a_server_of_two_groups_is_told_twice() -> None:
    text = "radius-server host 192.0.2.7\naaa group server radius A\n  server 192.0.2.7\naaa group server radius B\n  server 192.0.2.7\n"
    assert [server.group for server in part(text).aaa.servers] == ["A", "B"]


@pytest.mark.parametrize(
    ("lines", "methods"),
    [
        ("aaa authentication login default group T\n", (Method.SERVERS, Method.LOCAL)),
        ("aaa authentication login default group T U none\n", (Method.SERVERS, Method.NONE)),
        ("aaa authentication login default local\n", (Method.LOCAL,)),
        ("aaa authentication login default none\n", (Method.NONE,)),
        (
            "aaa authentication login default group T\nno aaa authentication login default fallback error local\n",
            (Method.SERVERS,),
        ),
    ],
)
def test_login_methods(lines: str, methods: tuple[Method, ...]) -> None:
    aaa = whole(lines).aaa
    assert aaa.login_lists[0].methods == methods
    assert aaa.enabled.need() is (Method.SERVERS in methods)


def test_without_a_list_local_users_decide() -> None:
    enabled = whole("").aaa.enabled
    assert isinstance(enabled, Known)
    assert (enabled.value, bool(enabled.default)) == (False, True)
    assert isinstance(part("hostname r\n").aaa.enabled, Unknown)


def test_accounting_and_its_absence() -> None:
    assert {one.kind for one in FACTS.aaa.accounting} == {"exec", "commands", "config"}
    assert part("aaa accounting default none\n").aaa.accounting[0].off
    later = part("aaa accounting default group A\naaa accounting default group B C local\n").aaa.accounting
    assert [one.groups for one in later] == [("B", "C")] * 3


def test_dynamic_authorization() -> None:
    aaa = part("aaa server radius dynamic-author\n  client 192.0.2.1 vrf V server-key 7 abc\n").aaa
    assert aaa.coa.need()
    assert (aaa.coa_clients[0].address, aaa.coa_clients[0].vrf) == ("192.0.2.1", "V")


def test_tls_to_servers() -> None:
    assert part("tacacs-server host 192.0.2.1\ntacacs-server secure tls\n").aaa.servers[0].tls.need()


# Ways in and services


def test_lines() -> None:
    console, vty = FACTS.access.points
    assert (console.kind, console.idle_seconds.need(), console.login_list) == (PointKind.CONSOLE, 0, "console")
    assert vty.protocols.need() == ("telnet",)
    assert (vty.idle_seconds.need(), vty.session_seconds.need()) == (900, 3600)
    assert [bound.family for bound in vty.filters] == [4, 6]
    assert vty.open_families.need() == ()


def test_lines_that_are_not_printed_stay_open() -> None:
    point = part("hostname r\n").access.points[0]
    assert point.name == "line vty"
    assert isinstance(point.open_families, Unknown)
    assert isinstance(point.protocols, Unknown)


def test_a_line_that_is_entered_twice_is_one_line() -> None:
    facts = part("ip access-list A\n  10 permit ip any any\nline vty\n  access-class A in\nline vty\n")
    assert [len(point.filters) for point in facts.access.points] == [1]


def test_an_undefined_list_is_neither_open_nor_closed() -> None:
    facts = read(HEAD.format(release="9.3(3)") + "line vty\n  access-class GONE in\nboot nxos x\n").facts
    (bound,) = facts.access.points[0].filters
    assert not bound.defined
    assert isinstance(bound.any_source, Unknown)
    assert [one.name for one in facts.acls.undefined] == ["GONE"]


def test_every_kind_of_service_is_listed() -> None:
    kinds = {service.kind for service in whole("").services.found}
    assert kinds == {
        ServiceKind.SSH,
        ServiceKind.TELNET,
        ServiceKind.SCP,
        ServiceKind.SFTP,
        ServiceKind.HTTP,
        ServiceKind.JSON_RPC,
        ServiceKind.NETCONF,
        ServiceKind.RESTCONF,
        ServiceKind.GNMI,
        ServiceKind.XML_API,
    }


@pytest.mark.parametrize(
    ("feature", "kind"),
    [
        ("telnet", ServiceKind.TELNET),
        ("scp-server", ServiceKind.SCP),
        ("sftp-server", ServiceKind.SFTP),
        ("http-server", ServiceKind.HTTP),
        ("netconf", ServiceKind.NETCONF),
        ("restconf", ServiceKind.RESTCONF),
        ("grpc", ServiceKind.GNMI),
        ("nxapi", ServiceKind.JSON_RPC),
    ],
)
def test_features_decide_what_exists(feature: str, kind: ServiceKind) -> None:
    def state(text: str) -> bool:
        setting = whole(text).services.state(kind)
        assert setting is not None
        return bool(setting.need())

    assert not state("")
    assert state(f"feature {feature}\n")
    assert not state(f"feature {feature}\nno feature {feature}\n")
    assert isinstance(part("hostname r\n").services.state(kind), Unknown)


@pytest.mark.parametrize(
    ("release", "lines", "http", "https"),
    [
        ("10.3(9)", "", False, True),
        ("9.2(2)", "", False, True),
        ("7.0(3)I7(9)", "", None, None),
        ("7.0(3)I7(9)", "nxapi http port 80\nno nxapi https\n", True, False),
        ("10.3(9)", "nxapi http port 8080\n", True, True),
    ],
)
def test_listeners_of_nxapi(release: str, lines: str, http: bool | None, https: bool | None) -> None:
    services = whole("feature nxapi\n" + lines, release).services
    found = [named(services.found, f"nxapi {scheme}").enabled for scheme in ("http", "https")]
    assert [setting.value if isinstance(setting, Known) else None for setting in found] == [http, https]


def test_ports_sandbox_and_tls_of_nxapi() -> None:
    services = whole(
        "feature nxapi\nnxapi http port 8080\nnxapi https port 443\nnxapi sandbox\nnxapi use-vrf management\n"
        "nxapi ssl protocols TLSv1 TLSv1.1\nnxapi certificate enable\nnxapi client certificate authentication required\n"
    ).services
    http, https = named(services.found, "nxapi http"), named(services.found, "nxapi https")
    assert (http.port, https.port, http.objects, http.vrfs) == (8080, None, ("sandbox",), ("management",))
    (profile,) = services.tls
    assert profile.versions == ("1.0", "1.1")
    assert profile.client_auth.need()
    assert profile.self_signed is not None
    assert profile.self_signed.need() is False


def test_ssh() -> None:
    services = FACTS.services
    (ssh,) = services.of(ServiceKind.SSH)
    assert (ssh.port, ssh.enabled.need()) == (2222, False)
    assert services.ssh.version1.need() is False
    assert {(one.kind, one.names) for one in services.ssh.algorithms} == {
        ("encryption", ("all",)),
        ("kex", ("ecdh-sha2-nistp256",)),
        ("hostkey", ("rsa 2048",)),
    }


def test_the_xml_agent() -> None:
    assert whole("").services.state(ServiceKind.XML_API) == whole("").services.of(ServiceKind.XML_API)[0].enabled
    assert isinstance(whole("xml server validate all\n").services.of(ServiceKind.XML_API)[0].enabled, Unknown)


# SNMP


def test_communities_join_their_lines() -> None:
    first, second, third = FACTS.snmp.communities
    assert [one.name for one in first.filters] == ["VTY"]
    assert second.writable
    assert second.write_source is not None
    assert third.view == "lisnmp"


@pytest.mark.parametrize("group", ["group network-admin", "group vdc-admin", "rw", "group own"])
def test_who_may_write(group: str) -> None:
    facts = part(f"snmp-server community c {group}\nrole name own\n  rule 1 permit read-write\n")
    assert facts.snmp.communities[0].writable


def test_a_list_for_snmp_lets_in_by_udp() -> None:
    facts = part(
        "ip access-list A\n  10 permit udp 192.0.2.0/24 any eq snmp\n  20 permit tcp any any\n  30 permit udp any any eq 162\n"
        "snmp-server community c ro\nsnmp-server community c use-acl A\n"
    )
    (bound,) = facts.snmp.communities[0].filters
    assert [one.prefix for one in bound.admitted] == ["192.0.2.0/24"]
    assert bound.any_source.need() is False


def test_users_of_version_3() -> None:
    bob, clear, noauth = FACTS.snmp.users
    assert (bob.auth, bob.privacy, bob.group) == ("sha", "aes-128", "network-operator")
    assert (clear.auth, clear.privacy) == ("md5", "des")
    assert (noauth.auth, noauth.privacy, noauth.auth_secret) == ("", "", None)
    assert FACTS.snmp.enforce_privacy is not None
    assert FACTS.snmp.enforce_privacy.need()


def test_a_user_of_another_engine_grants_nothing() -> None:
    users = part(
        "snmp-server user a network-admin auth md5 x\nsnmp-server user a auth md5 y engineID 1:2:3\n"
        "snmp-server user b auth md5 z engineID 1:2:3\n"
    ).snmp.users
    assert [(user.name, user.remote) for user in users] == [("a", False), ("a", True), ("b", False)]


def test_a_user_line_that_a_terminal_wrapped() -> None:
    text = "snmp-server user a network-admin auth md5 0x0123456789abcdef0123456789abcdef priv 0x0123456789abcdef0123456789abcdef\n localizedkey\n"
    facts = part(text)
    (user,) = facts.snmp.users
    assert user.auth_secret is not None
    assert user.auth_secret.storage.startswith("localized key")
    assert not facts.coverage[0].unread


def test_receivers() -> None:
    v3, v2c, v1 = FACTS.snmp.hosts
    assert (v3.user, v3.level, v3.port, v3.vrf, v3.secret) == ("bob", "priv", 1162, "management", None)
    assert (v2c.version, v1.version) == ("v2c", "v1")
    assert FACTS.snmp.auth_failures.need()


def test_intercept_objects_in_a_role() -> None:
    (view,) = FACTS.snmp.views
    assert [root.mib for root in view.li_roots.need()] == ["CISCO-TAP2-MIB"]


def test_the_agent_runs_unless_it_is_switched_off() -> None:
    assert whole("").snmp.enabled.need()
    assert whole("no snmp-server protocol enable\nsnmp-server community c ro\n").snmp.enabled.need() is False


# Access lists


def test_entries_stand_in_the_order_of_their_numbers() -> None:
    vty = named(FACTS.acls.lists, "VTY")
    assert [(entry.permit, entry.ports) for entry in vty.entries] == [(False, ()), (True, ("22",)), (True, ("22-23",))]
    assert vty.entries[1].sources == ("192.0.2.1/32", "192.0.2.64/26", "198.51.100.0/30")
    assert vty.entries[2].log


def test_options_of_entries() -> None:
    core = named(FACTS.acls.lists, "CORE")
    assert [entry.active for entry in core.entries].count(False) == 1
    assert core.entries[3].established
    assert core.entries[4].source_ports == ("443", "1000-2000")
    assert core.entries[4].ports == ("!80",)
    assert core.entries[6].action == "redirect"


@pytest.mark.parametrize(
    ("written", "ports"),
    [("gt 1023", ("1024-65535",)), ("lt 1024", ("0-1023",)), ("neq ssh", ("!ssh",)), ("range 20 ftp", ("20-21",))],
)
def test_ports(written: str, ports: tuple[str, ...]) -> None:
    facts = part(f"ip access-list A\n  10 permit tcp any any {written}\n")
    assert facts.acls.lists[0].entries[0].ports == ports


def test_unknown_groups_leave_the_sources_open() -> None:
    facts = part("ip access-list A\n  10 permit tcp addrgroup GONE any eq 22\nline vty\n  access-class A in\n")
    assert facts.acls.lists[0].entries[0].sources == ()
    assert [(one.kind, one.name) for one in facts.acls.undefined] == [("object-group", "GONE")]
    assert isinstance(facts.access.points[0].filters[0].any_source, Unknown)


def test_bindings() -> None:
    core = named(FACTS.acls.lists, "CORE")
    places = {(binding.where, binding.direction) for binding in core.bindings}
    assert places == {
        ("vlan access-map VM 10", ""),
        ("route-map PBR", ""),
        ("port-profile type ethernet CUST", "in"),
        ("monitor session 3 type erspan-source", ""),
        ("nat", ""),
        ("interface Ethernet1/1", "in"),
    }
    assert {(one.kind, one.name) for one in FACTS.acls.undefined} == {
        ("access-list", "COPP"),
        ("access-list", "NOPE"),
        ("route-map", "GONE"),
    }


def test_prefix_lists() -> None:
    (prefixes,) = FACTS.acls.prefix_lists
    assert [(one.prefix, one.ge, one.le) for one in prefixes.entries] == [("10.0.0.0/8", 16, 24)]
    assert [binding.where for binding in prefixes.bindings] == ["bgp 10.1.1.1"]
    exact = part("ip prefix-list P permit 10.0.0.0/8 eq 24\n").acls.prefix_lists[0].entries[0]
    assert (exact.ge, exact.le) == (24, 24)


# Copies of traffic


def test_mirrors() -> None:
    erspan, span, capture, tap = FACTS.mirrors.sessions
    assert (erspan.kind, erspan.active.need(), erspan.filters) == ("erspan", True, ("CORE",))
    assert [(one.kind, one.value, one.vrf) for one in erspan.destinations] == [("address", "203.0.113.9", "default")]
    assert any(source.text.startswith("monitor erspan origin") for source in erspan.sources)
    assert [(one.kind, one.value) for one in span.destinations] == [("cpu", "sup-eth0")]
    assert span.active.need() is False
    assert (capture.kind, tap.kind) == ("acl-capture", "tap-aggregation")


def test_a_session_is_shut_until_it_is_opened() -> None:
    body = "monitor session 1\n  source vlan 1-4094\n  destination interface Ethernet1/1, Ethernet1/2\n"
    (session,) = whole(body).mirrors.sessions
    assert session.active == Known(False, default=session.active.default)  # type: ignore[union-attr]
    assert session.whole
    assert [one.value for one in session.destinations] == ["Ethernet1/1", "Ethernet1/2"]
    assert isinstance(part(body).mirrors.sessions[0].active, Unknown)
    assert part(body + "  no shut\n").mirrors.sessions[0].active.need()
    assert part(body + "  no shut\n  shut\n").mirrors.sessions[0].active.need() is False


def test_flow_exporters() -> None:
    netflow, sflow = FACTS.exporters.exporters
    assert (netflow.address, netflow.port, netflow.vrf, netflow.protocol) == (
        "198.51.100.5",
        2055,
        "management",
        "netflow",
    )
    assert [source.text for source in netflow.bound] == ["ip flow monitor MON input"]
    assert (sflow.address, sflow.port, sflow.protocol) == ("198.51.100.6", 6343, "sflow")
    assert [source.text for source in FACTS.exporters.sampling] == ["mode 1 out-of 1000"]


# Tunnels and routes


def test_tunnels() -> None:
    found = {(tunnel.name, tunnel.mode, tunnel.remote) for tunnel in FACTS.tunnels.tunnels}
    assert found == {
        ("Tunnel7", "gre", "203.0.113.77"),
        ("nve1", "vxlan", ""),
        ("nve1 vni 5000", "vxlan", "203.0.113.200"),
        ("nve1 vni 5001", "vxlan", "239.1.1.1"),
    }
    gre = named(FACTS.tunnels.tunnels, "Tunnel7")
    assert (gre.local, gre.vrf, gre.active) == ("loopback0", "BLUE", True)
    shut = part(
        "interface Tunnel1\n  tunnel mode ipip ip\n  tunnel destination 192.0.2.1\n  shutdown\n"
    ).tunnels.tunnels[0]
    assert (shut.mode, shut.active) == ("ipip", False)


def test_ipsec() -> None:
    crypto = part(
        "crypto ike domain ipsec\n  key abc address 192.0.2.1\n  policy 1\n    encryption 3des\n    hash md5\n    group 2\n"
        "crypto transform-set domain ipsec T esp-aes 256 esp-sha1-hmac\n"
    ).crypto
    (peer,) = crypto.peers
    assert (peer.address, peer.authentication) == ("192.0.2.1", "psk")
    ike, ipsec = crypto.proposals
    assert (ike.encryption, ike.integrity, ike.groups) == (("3des",), ("md5",), ("2",))
    assert (ipsec.encryption, ipsec.integrity) == (("aes-256-cbc",), ("sha1",))


def test_circuits() -> None:
    circuits = part(
        "interface pseudowire12\n  encapsulation mpls\n  neighbor 192.0.2.5 100\nl2vpn xconnect context X\n  member pseudowire12\n"
        "  member Ethernet2/1 service-instance 1\nevpn\n  vni 5000 l2\n    rd auto\n"
    ).pseudowires.circuits
    assert [(one.name, one.kind, one.peer, one.id, one.attachments) for one in circuits] == [
        ("X", "pseudowire", "192.0.2.5", "100", ("Ethernet2/1",)),
        ("evpn vni 5000", "evpn", "", "5000", ()),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10.0.0.0/8 192.0.2.1", ("10.0.0.0/8", "192.0.2.1", "", False, "", "")),
        ("10.0.0.0/8 Null0 250", ("10.0.0.0/8", "", "Null0", True, "", "")),
        (
            "10.0.0.0/8 Ethernet1/1 192.0.2.1 name up tag 5 10",
            ("10.0.0.0/8", "192.0.2.1", "Ethernet1/1", False, "", "up"),
        ),
        ("10.0.0.0/8 192.0.2.1 vrf V", ("10.0.0.0/8", "192.0.2.1", "", False, "V", "")),
        ("10.0.0.0/8 192.0.2.1 vrf default", ("10.0.0.0/8", "192.0.2.1", "", False, "global", "")),
    ],
)
def test_static_routes(written: str, expected: tuple[object, ...]) -> None:
    (route,) = part(f"ip route {written}\n").routes.static
    assert (route.prefix, route.next_hop, route.interface, route.discard, route.next_vrf, route.name) == expected


def test_a_later_line_of_the_same_route_replaces_it() -> None:
    (route,) = part("ip route 10.0.0.0/8 192.0.2.1 name a\nip route 10.0.0.0/8 192.0.2.1 name b\n").routes.static
    assert route.name == "b"


def test_a_route_that_is_taken_away_in_a_vrf() -> None:
    text = "vrf context V\n  ip route 10.0.0.0/8 192.0.2.1\n  ip route 11.0.0.0/8 192.0.2.1\n  no ip route 10.0.0.0/8 192.0.2.1\n"
    assert [(route.prefix, route.vrf) for route in part(text).routes.static] == [("11.0.0.0/8", "V")]


def test_redirection() -> None:
    redirects = FACTS.redirection.redirects
    assert {(one.name, one.target_kind, one.target) for one in redirects} == {
        ("PBR", "address", "198.51.100.66"),
        ("PBR", "address", "198.51.100.67"),
        ("PBR", "vrf", "BLUE"),
        ("PBR", "interface", "null0"),
        ("VM", "interface", "Ethernet1/10"),
        ("CORE", "interface", "Ethernet1/9"),
    }
    assert all(one.bound for one in redirects)
    assert redirects[0].matches == ("CORE",)
    (rewrite,) = FACTS.redirection.rewrites
    assert (rewrite.policy, rewrite.next_hop, rewrite.triggers) == ("IN", "203.0.113.66", ("CL",))


def test_a_policy_that_nothing_uses() -> None:
    (redirect,) = part("route-map R permit 10\n  set ip next-hop 192.0.2.1\n").redirection.redirects
    assert redirect.bound == ()


def test_wccp_and_itd() -> None:
    redirects = part(
        "ip wccp 61 redirect-list A\ninterface Vlan1\n  ip wccp 61 redirect in\nitd device-group G\n  node ip 192.0.2.9\n"
        "itd S\n  device-group G\n  ingress interface Ethernet1/1\n  no shut\n"
    ).redirection.redirects
    assert [(one.target_kind, one.target, one.matches) for one in redirects] == [
        ("cache", "wccp 61", ("A",)),
        ("address", "192.0.2.9", ()),
    ]


def test_translation() -> None:
    forward, source = FACTS.nat.rules
    assert (forward.kind, forward.inside, forward.inside_port, forward.outside_port) == (
        "port-forward",
        "10.1.1.1",
        "22",
        "2222",
    )
    assert (source.kind, source.inside, source.interface) == ("source", "CORE", "Ethernet1/1")
    (static,) = part("ip nat outside source static 203.0.113.1 10.0.0.1\n").nat.rules
    assert (static.kind, static.inside, static.outside) == ("static", "10.0.0.1", "203.0.113.1")


# Logs and time


def test_log_hosts() -> None:
    secure, bare = FACTS.logging.hosts
    assert (secure.transport, secure.port, secure.vrf, secure.severity.need()) == (
        "tls",
        6514,
        "management",
        "warnings",
    )
    assert isinstance(bare.severity, Unknown)
    assert FACTS.logging.local_severity.need() == "informational"
    assert FACTS.logging.config_changes.need()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("no logging event link-status default", "interface events"),
        ("no logging console", "console messages"),
        ("no logging level aaa", "facility aaa"),
        ("logging level auth 0", "facility auth"),
        ("no logging message 1234", "message 1234"),
    ],
)
def test_suppressions(line: str, what: str) -> None:
    assert [one.what for one in part(line + "\n").logging.suppressions] == [what]


def test_time() -> None:
    server, peer = FACTS.time.servers
    assert (server.key, server.authenticated.need(), server.vrf) == ("1", True, "management")
    assert peer.peer
    assert FACTS.time.keys[0].trusted
    assert FACTS.time.serves.need()
    assert whole("no feature ntp\n").time.serves.need() is False


def test_a_time_server_on_several_lines_is_one() -> None:
    (server,) = part("ntp server 192.0.2.1 key 1\nntp server 192.0.2.1 prefer\n").time.servers
    assert server.key == "1"


@pytest.mark.parametrize("lost", ["ntp authenticate\n", "ntp trusted-key 1\n", "ntp authentication-key 1 md5 x 7\n"])
def test_a_key_needs_the_switch_the_trust_and_itself(lost: str) -> None:
    text = "ntp authenticate\nntp trusted-key 1\nntp authentication-key 1 md5 x 7\nntp server 192.0.2.1 key 1\n"
    assert part(text).time.servers[0].authenticated.need()
    assert not part(text.replace(lost, "")).time.servers[0].authenticated.need()


# Code on the device


def test_applets() -> None:
    hide, other = FACTS.scripts.policies
    assert [source.text for source in hide.hides] == ['event cli match "show users"']
    assert {trait.what for trait in hide.traits} == {"stops a command from being carried out"}
    assert {trait.what for trait in other.traits} == {"switches logging off", "copies to a remote host"}
    assert other.hides == ()


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("cli conf t ; no logging server 192.0.2.1", "switches logging off"),
        ("cli clear logging logfile", "clears logs"),
        ("cli username x password 0 y", "changes accounts"),
        ("cli ip access-list A", "changes access lists"),
        ("cli copy bootflash:a scp://192.0.2.1/b", "copies to a remote host"),
        ("cli ethanalyzer local interface mgmt", "captures traffic"),
        ("cli python bootflash:x.py", "runs foreign code"),
        ("cli run bash ls", "runs foreign code"),
        ("cli delete bootflash:x no-prompt", "deletes files"),
    ],
)
def test_traits(action: str, what: str) -> None:
    (policy,) = part(f"event manager applet A\n  event syslog pattern x\n  action 1.0 {action}\n").scripts.policies
    assert what in {trait.what for trait in policy.traits}


def test_jobs() -> None:
    (job,) = FACTS.scripts.jobs
    assert job.when == "daily 01:00"
    assert job.commands == ("copy running-config tftp://203.0.113.3/cfg vrf management", "python bootflash:x.py")
    assert job.active
    idle = part("scheduler job name J\nshow clock\nend-job\n").scripts.jobs[0]
    assert not idle.active
    assert part("scheduler job name J\nfeature telnet\n").services.of(ServiceKind.TELNET)[0].enabled.need()


def test_aliases_and_shell() -> None:
    assert [(one.name, one.command) for one in FACTS.scripts.aliases] == [("wr", "copy running-config startup-config")]
    assert FACTS.scripts.shell is not None
    assert FACTS.scripts.shell.need()


def test_the_guest_shell_is_known_from_its_own_command() -> None:
    host = whole("guestshell resize cpu 10\n").containers.host
    assert isinstance(host, Unknown)
    assert host.code is Code.STATE
    listed = Document(
        "show virtual-service list", b"Name       Status     Package\nguestshell+   Activated   guestshell.ova\n"
    )
    found = read("hostname r\n", listed).facts.containers
    assert found.host.need()
    assert found.apps[0].guest_shell
    gone = Document("show virtual-service list", b"Name       Status     Package\n")
    assert read("hostname r\n", gone).facts.containers.host.need() is False


def test_virtual_services() -> None:
    (app,) = part("virtual-service NAM\n  vnic gateway ethernet1/1\n  activate\n").containers.apps
    assert (app.name, app.started, len(app.network)) == ("NAM", True, 1)


# Life of the device


def test_boot() -> None:
    assert FACTS.boot.images[0].path == "bootflash:/nxos64-cs.10.3.9.M.bin"
    assert FACTS.boot.autoinstall.need()
    assert FACTS.boot.verified is not None
    assert FACTS.boot.verified.need() is False
    assert part("boot nxos tftp://192.0.2.1/x\n").boot.images[0].remote
    assert part("no boot poap enable\n").boot.autoinstall.need() is False
    assert isinstance(whole("").boot.autoinstall, Unknown)


def test_transfers() -> None:
    found = {(one.kind, one.protocol, one.host, one.outbound) for one in FACTS.transfers.transfers}
    assert found == {("archive", "tftp", "203.0.113.3", True), ("other", "tftp", "203.0.113.3", True)}
    (fetched,) = part("scheduler job name J\ncopy scp://u@192.0.2.1/nxos.bin bootflash:\nend-job\n").transfers.transfers
    assert (fetched.outbound, fetched.host, fetched.kind) == (False, "192.0.2.1", "software")


def test_connections_outwards() -> None:
    telemetry, home = FACTS.dialout.connections
    assert (telemetry.kind, telemetry.address, telemetry.port, telemetry.vrf) == (
        "telemetry",
        "203.0.113.50",
        50051,
        "management",
    )
    assert telemetry.tls.need()
    assert (home.kind, home.address, home.active, home.vrf) == ("call-home", "192.0.2.25", True, "management")
    kinds = [
        one.kind
        for one in part("license smart url smart https://192.0.2.1/x\nfeature intersight\n").dialout.connections
    ]
    assert kinds == ["licence", "cloud-agent"]


def test_names() -> None:
    assert [(one.address, one.vrf) for one in FACTS.names.resolvers] == [
        ("192.0.2.53", "management"),
        ("192.0.2.54", "management"),
        ("192.0.2.55", "BLUE"),
    ]
    assert len(FACTS.names.static_hosts) == 1
    assert whole("no ip domain-lookup\n").names.lookup.need() is False


# Interfaces


def test_interfaces() -> None:
    vlan = named(FACTS.interfaces.interfaces, "Vlan10")
    assert vlan.addresses == ("10.10.0.1/24", "10.11.0.1/24", "2001:db8:10::1/64")
    assert (vlan.secondary, vlan.vrf, vlan.urpf.need(), vlan.role) == (("10.11.0.1/24",), "BLUE", "strict", "vlan")
    assert vlan.hardening.redirects.need() is False
    assert vlan.hardening.proxy_arp.need() is False


def test_port_profiles_are_inherited() -> None:
    port = named(FACTS.interfaces.interfaces, "Ethernet1/1")
    assert [bound.name for bound in port.filters_in] == ["CORE"]
    assert port.hardening.redirects.need() is False
    off = part(
        "port-profile type ethernet P\n  shutdown\n  no state enabled\ninterface Ethernet1/1\n  inherit port-profile P\n"
        "port-profile type ethernet A\n  inherit port-profile B\nport-profile type ethernet B\n  inherit port-profile A\n"
        "interface Ethernet1/2\n  inherit port-profile A\n"
    )
    assert not off.interfaces.interfaces[0].shutdown


@pytest.mark.parametrize(
    ("lines", "layer2", "shutdown"),
    [
        ("interface Ethernet1/1\n", True, False),
        ("system default switchport shutdown\ninterface Ethernet1/1\n", True, True),
        ("no system default switchport\ninterface Ethernet1/1\n", False, True),
        ("interface Ethernet1/1\n  no switchport\n", False, True),
        ("interface Ethernet1/1\n  no switchport\n  no shutdown\n", False, False),
        ("interface Ethernet1/1\ninterface Ethernet1/2\n  switchport\n  switchport mode trunk\n", False, True),
    ],
)
def test_what_a_silent_port_is(lines: str, layer2: bool, shutdown: bool) -> None:
    port = whole(lines).interfaces.interfaces[0]
    assert (port.switchport is not None, port.shutdown) == (layer2, shutdown)


def test_ranges_of_interfaces() -> None:
    facts = part("interface Ethernet1/1-2, eth1/5\n  shutdown\ninterface Ethernet1/2\n  no shutdown\n")
    assert [(port.name, port.shutdown) for port in facts.interfaces.interfaces] == [
        ("Ethernet1/1", True),
        ("Ethernet1/2", False),
        ("Ethernet1/5", True),
    ]


def test_bundles_and_breakouts() -> None:
    facts = part(
        "interface breakout module 1 port 1 map 10g-4x\ninterface port-channel5\ninterface Ethernet1/1\n  channel-group 5 mode active\n"
    )
    bundle, port = facts.interfaces.interfaces
    assert (bundle.members, port.bundle) == (("Ethernet1/1",), "port-channel5")


def test_reverse_path_checks_can_be_switched_off_as_a_whole() -> None:
    text = "interface Vlan1\n  ip verify unicast source reachable-via any\n"
    assert part(text).interfaces.interfaces[0].urpf.need() == "loose"
    assert part("system urpf disable\n" + text).interfaces.interfaces[0].urpf.need() == ""


def test_discovery() -> None:
    cdp, lldp = FACTS.discovery.protocols
    assert (cdp.enabled.need(), cdp.off) == (False, ("Ethernet1/2",))
    assert (lldp.enabled.need(), lldp.off) == (True, ("Ethernet1/1",))
    cdp, lldp = whole("").discovery.protocols
    assert (cdp.enabled.need(), lldp.enabled.need()) == (True, False)


# Routing


def test_neighbours_inherit_from_templates() -> None:
    first, dynamic, vrf = FACTS.routing.bgp
    assert (first.authentication.need(), first.ttl_security.need(), first.prefix_limit.need()) == ("md5", True, True)
    assert (first.policies_in, first.group, first.families) == (("IN",), "PEER", ("ipv4 unicast",))
    assert first.secret is not None
    assert first.secret.storage == "type 3 (3DES, reversible)"
    assert any(source.text.startswith("password") for source in first.sources)
    assert (dynamic.dynamic, dynamic.active, dynamic.authentication.need()) == (True, False, "")
    assert (vrf.vrf, vrf.local_as, vrf.multihop.need(), vrf.policies_out) == ("BLUE", "65100", 3, ("GONE",))
    assert (first.external, vrf.external) == (True, True)


def test_own_statements_override_inherited_ones() -> None:
    (neighbor,) = part(
        "router bgp 1\n  template peer T\n    password 3 abc\n    remote-as 2\n    shutdown\n  neighbor 192.0.2.1\n    inherit peer T\n"
        "    no password\n    no shutdown\n    remote-as 3\n"
    ).routing.bgp
    assert (neighbor.remote_as, neighbor.active, neighbor.authentication.need(), neighbor.secret) == (
        "3",
        True,
        "",
        None,
    )


def test_templates_in_a_circle_end() -> None:
    facts = part("router bgp 1\n  template peer A\n    inherit peer A\n  neighbor 192.0.2.1\n    inherit peer A\n")
    assert len(facts.routing.bgp) == 1


def test_a_neighbour_that_is_taken_away() -> None:
    assert part("router bgp 1\n  neighbor 192.0.2.1\n    remote-as 2\n  no neighbor 192.0.2.1\n").routing.bgp == ()


@pytest.mark.parametrize(
    ("process", "port", "expected"),
    [
        (
            "",
            "ip ospf authentication message-digest\n  ip ospf message-digest-key 1 md5 7 abc",
            ("md5", "type 7 (reversible)"),
        ),
        ("", "ip ospf authentication\n  ip ospf authentication-key abc", ("text", "plain text")),
        ("", "ip ospf authentication key-chain K", ("keychain", None)),
        (
            "  area 0.0.0.0 authentication message-digest\n",
            "ip ospf message-digest-key 1 md5 3 abc",
            ("md5", "type 3 (3DES, reversible)"),
        ),
        ("  area 0 authentication message-digest\n", "ip ospf authentication null", ("", None)),
        ("", "ip ospf cost 5", ("", None)),
    ],
)
def test_ospf(process: str, port: str, expected: tuple[str, str | None]) -> None:
    text = f"router ospf 1\n{process}interface Vlan1\n  ip router ospf 1 area 0.0.0.0\n  {port}\n"
    (adjacency,) = part(text).routing.adjacencies
    storage = adjacency.secret.storage if adjacency.secret else None
    assert (adjacency.authentication.need(), storage) == expected


def test_passive_interfaces() -> None:
    text = "router ospf 1\n  passive-interface default\ninterface Vlan1\n  ip router ospf 1 area 0\n{}"
    assert part(text.format("")).routing.adjacencies[0].passive
    assert not part(text.format("  no ip ospf passive-interface\n")).routing.adjacencies[0].passive


@pytest.mark.parametrize(
    ("lines", "protocol", "authentication"),
    [
        (
            "interface Vlan1\n  ip router isis X\n  isis authentication-type md5 level-2\n  isis authentication key-chain K level-2\n",
            "isis",
            "keychain",
        ),
        ("router isis X\n  authentication-type md5 level-1\ninterface Vlan1\n  ip router isis X\n", "isis", "md5"),
        (
            "interface Vlan1\n  ip router eigrp 1\n  ip authentication mode eigrp 1 md5\n  ip authentication key-chain eigrp 1 K\n",
            "eigrp",
            "keychain",
        ),
        ("interface Vlan1\n  ip router rip R\n  ip rip authentication mode text\n", "rip", "text"),
        (
            "interface Vlan1\n  ospfv3 authentication ipsec spi 256 md5 abc\n  ipv6 router ospfv3 1 area 0\n",
            "ospfv3",
            "ipsec",
        ),
        ("interface Vlan1\n  hsrp 1\n    authentication text abc\n", "hsrp", "text"),
        ("interface Vlan1\n  hsrp 1 ipv6\n    authentication md5 key-chain K\n", "hsrp", "keychain"),
        ("interface Vlan1\n  vrrpv3 1 address-family ipv4\n    address 192.0.2.1\n", "vrrp", ""),
        ("interface Vlan1\n  glbp 1\n    authentication md5 key-string abc\n", "glbp", "md5"),
        ("interface Vlan1\n  ip pim sparse-mode\n", "pim", ""),
        ("ip msdp peer 192.0.2.1 connect-source loopback0\nip msdp password 192.0.2.1 3 abc\n", "msdp", "md5"),
        ("mpls ldp configuration\n  password required\ninterface Vlan1\n  mpls ip\n", "ldp", "md5"),
        ("router ospf 1\n  area 1 virtual-link 192.0.2.1\n    authentication message-digest\n", "ospf", "md5"),
    ],
)
def test_other_protocols(lines: str, protocol: str, authentication: str) -> None:
    (adjacency,) = part(lines).routing.adjacencies
    assert (adjacency.protocol, adjacency.authentication.need()) == (protocol, authentication)


def test_key_chains() -> None:
    (chain,) = FACTS.routing.key_chains
    assert [secret.storage for secret in chain.secrets] == ["type 7 (reversible)", "type 0 (plain text)"]
    assert chain.algorithms == ("HMAC-SHA-256",)


def test_validators() -> None:
    assert len(part("router bgp 1\n  rpki server 192.0.2.1\n    transport tcp port 323\n").routing.validators) == 1


# The rest


@pytest.mark.parametrize(
    ("line", "policed"),
    [
        ("copp profile strict", True),
        ("copp profile lenient", True),
        ("no copp profile", False),
        ("copp profile none", False),
        ("control-plane\n  service-policy input P", True),
    ],
)
def test_control_plane(line: str, policed: bool) -> None:
    assert part(line + "\n").control_plane.policed.need() is policed
    assert isinstance(whole("").control_plane.policed, Unknown)


def test_core_protocols() -> None:
    found = {(one.protocol, one.peers) for one in FACTS.telecom.bindings}
    assert found == {("gtp-c", ("192.0.2.0/24",)), ("gtp-u", ()), ("sctp", ())}


def test_hardware_and_version_from_show_version() -> None:
    version = Document(
        "show version",
        b"Software\n  NXOS: version 9.3(6)\nHardware\n  cisco Nexus9000 C9396PX Chassis \n  Processor Board ID SAL000\n",
    )
    facts = read("hostname r\n", version).facts
    assert facts.system.model.need() == "Nexus9000 C9396PX"
    assert facts.system.serial.need() == "SAL000"
    assert facts.os_version.need() == "9.3(6)"


def test_what_is_left_out_has_a_reason() -> None:
    assert set(FACTS.missing) == {Area.INTERCEPT}
    assert not FACTS.coverage[0].unread
    assert read("").facts.complete == read("").facts.complete


@pytest.mark.parametrize("claim", TABLE.claims, ids=lambda claim: claim.statement)
def test_defaults_are_cited_and_need_a_whole_configuration(claim: Any) -> None:
    assert claim.cite
    complete: Known[bool] = Known(True)
    release = "10.3(9)"
    found = TABLE.absent(claim.statement, type(claim.value), release, complete)
    assert isinstance(found, Known)
    assert claim.cite in found.default
    cut = Unknown(Code.CUT, "cut")
    assert TABLE.absent(claim.statement, type(claim.value), release, cut) is cut


def test_the_manual_is_told_what_is_not_read() -> None:
    assert all(what and why for what, why in NOT_READ)
    assert all(reason and patterns for reason, patterns in REASONS.items())


def test_tail_and_head_are_whole() -> None:
    assert isinstance(read(HEAD.format(release="9.3(3)") + TAIL).facts.complete, Known)
    assert told(FACTS, Area.SYSTEM)["model"] == "unknown U-VER"
