"""Topic by topic: statements with their options, switched off, taken back, and absent."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, Method, PointKind, ServiceKind
from auditor.model.evidence import Code, Known, NotKnownError, Unknown
from tests.platforms.nokia_sros.sros import HEADER, classic, facts, flat, md


def test_defaults_need_a_release_and_a_whole_configuration() -> None:
    whole = facts(flat('system name "x"'))
    assert whole.services.state(ServiceKind.SSH) == Known(
        True, (), whole.services.of(ServiceKind.SSH)[0].enabled.default
    )  # type: ignore[union-attr]
    assert whole.services.state(ServiceKind.TELNET).need() is False  # type: ignore[union-attr]
    no_release = facts('configure {\n    system {\n        name "x"\n    }\n}\n')
    assert isinstance(no_release.services.state(ServiceKind.SSH), Unknown)
    assert no_release.services.state(ServiceKind.SSH).code is Code.VERSION  # type: ignore[union-attr]
    old = facts(flat('system name "x"').replace("24.10", "16.0"))
    assert old.services.state(ServiceKind.SSH).code is Code.DEFAULT  # type: ignore[union-attr]
    part = facts(HEADER + 'system {\n    name "x"\n}\n')
    assert part.services.state(ServiceKind.SSH).code is Code.CUT  # type: ignore[union-attr]


def test_services_on_and_off() -> None:
    text = """
    system security ssh server-admin-state disable
    system security telnet6-server true
    system security ftp-server true
    system management-interface netconf admin-state enable
    system management-interface netconf port 8300
    system grpc admin-state enable
    system grpc allow-unsecure-connection
    system grpc gnoi file admin-state enable
    service vprn "V" management allow-ssh true
    """
    found = facts(flat(text)).services
    assert found.state(ServiceKind.SSH).need() is False  # type: ignore[union-attr]
    assert [one.name for one in found.of(ServiceKind.TELNET) if one.enabled.need()] == ["telnet6-server"]
    assert found.state(ServiceKind.FTP).need() is True  # type: ignore[union-attr]
    (netconf,) = found.of(ServiceKind.NETCONF)
    assert (netconf.enabled.need(), netconf.port) == (True, 8300)
    (grpc,) = found.of(ServiceKind.GNMI)
    assert grpc.tls.need() is False and grpc.objects == ("gnmi", "gnoi file")
    assert any("unsecure" in source.text for source in grpc.sources)
    assert found.of(ServiceKind.SSH)[0].vrfs == ("V",)


def test_the_newer_place_of_netconf_holds() -> None:
    text = "system management-interface netconf admin-state enable\nsystem management-interface netconf listen admin-state disable"
    assert facts(flat(text)).services.state(ServiceKind.NETCONF).need() is False  # type: ignore[union-attr]


def test_algorithms_of_ssh() -> None:
    text = """
    system security ssh version 1-2
    system security ssh listening-port 2222
    system security ssh server-kex-list-v2 kex 10 name diffie-hellman-group1-sha1
    system security ssh client-kex-list-v2 kex 10 name diffie-hellman-group14-sha1
    system security ssh server-host-key-list-v2 host-key 10 name ssh-rsa
    system security ssh authentication-method server public-key-only true
    """
    found = facts(flat(text)).services
    assert found.ssh.version1.need() is True
    assert [(one.kind, one.names) for one in found.ssh.algorithms] == [
        ("kex", ("diffie-hellman-group1-sha1",)),
        ("hostkey", ("ssh-rsa",)),
    ]
    assert found.ssh.password_login is not None and found.ssh.password_login.need() is False
    assert found.of(ServiceKind.SSH)[0].port == 2222


def test_who_reaches_the_command_line() -> None:
    text = """
    system security management-access-filter ip-filter default-action drop
    system security management-access-filter ip-filter entry 20 match src-ip address 192.0.2.0/24
    system security management-access-filter ip-filter entry 20 match protocol tcp
    system security management-access-filter ip-filter entry 20 match dst-port port 22
    system security management-access-filter ip-filter entry 20 action accept
    system security management-access-filter ip-filter entry 10 match src-ip address 192.0.2.128/25
    system security management-access-filter ip-filter entry 10 action drop
    system security management-access-filter ip-filter entry 30 match dst-port port 830
    system security management-access-filter ip-filter entry 30 action accept
    system login-control idle-timeout none
    router "Base" interface "x" ipv6 address 2001:db8::1 prefix-length 64
    """
    remote, console = facts(flat(text)).access.points
    (guard,) = remote.filters
    assert [one.prefix for one in guard.admitted] == ["192.0.2.0/24"]
    assert guard.any_source.need() is False
    assert remote.open_families.need() == (6,)
    assert remote.idle_seconds.need() == 0
    assert console.kind is PointKind.CONSOLE
    netconf = facts(flat(text + "system management-interface netconf admin-state enable")).services.of(
        ServiceKind.NETCONF
    )[0]
    assert netconf.filters[0].any_source.need() is True


def test_the_old_form_of_the_management_access_filter() -> None:
    text = """
    system
        security
            management-access-filter
                default-action deny
                entry 1
                    src-ip 192.0.2.0/24
                    action permit
                exit
            exit
        exit
    exit
    """
    remote, _ = facts(classic(text)).access.points
    assert [one.prefix for one in remote.filters[0].admitted] == ["192.0.2.0/24"]


@pytest.mark.parametrize(
    ("header", "version", "model"),
    [
        ("# TiMOS-C-12.0.R8 cpm/hops64 ALCATEL SR 7750 Copyright (c) 2000-2014 Alcatel-Lucent.", "12.0.R8", "SR 7750"),
        ("# TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1 Copyright (c) 2000-2026 Nokia.", "26.3.R1", "7750 SR-1"),
        (
            "# TiMOS-B-20.10.R3 both/hops Nokia 7705 SAR-8 v2 Copyright (c) 2000-2020 Nokia.",
            "20.10.R3",
            "7705 SAR-8 v2",
        ),
        ("# Configuration format version 26.3 revision 0", "26.3", None),
    ],
)
def test_release_and_model(header: str, version: str, model: str | None) -> None:
    found = facts(f'{header}\nconfigure {{\n    system {{\n        name "x"\n    }}\n}}\n')
    assert found.os_version.need() == version
    assert (found.system.model.need() if model else None) == model


def test_the_release_of_another_document() -> None:
    text = 'configure {\n    system {\n        name "x"\n    }\n}\n'
    shown = {"show version": "TiMOS-C-22.10.R1 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2022 Nokia.\n"}
    assert facts(text, **shown).os_version.need() == "22.10.R1"


def test_a_filter_that_lets_all_in_by_its_default() -> None:
    """A deny that holds for one routing instance only closes nothing elsewhere."""
    text = """
    system
        security
            management-access-filter
                ip-filter
                    default-action permit
                    entry 10
                        router "management"
                        action deny
                    exit
                exit
            exit
        exit
    exit
    """
    remote, _ = facts(classic(text)).access.points
    assert remote.filters[0].any_source.need() is True


def test_filters_that_are_switched_off_guard_nothing() -> None:
    text = """
    system security management-access-filter ip-filter admin-state disable
    system security management-access-filter ip-filter default-action drop
    system security cpm-filter ip-filter entry 10 action drop
    """
    found = facts(flat(text))
    assert found.access.points[0].filters == ()
    assert found.access.points[0].open_families.need() == (4,)
    assert found.control_plane.policed.need() is False
    on = facts(flat(text + "\nsystem security cpm-filter ip-filter admin-state enable"))
    assert [one.name for one in on.control_plane.filters] == ["cpm-filter ip-filter"]
    assert on.control_plane.policed.need() is True


def test_the_agent_is_guarded_by_what_holds_for_udp() -> None:
    text = """
    system security management-access-filter ip-filter default-action drop
    system security management-access-filter ip-filter entry 10 match src-ip address 192.0.2.0/24
    system security management-access-filter ip-filter entry 10 match protocol udp
    system security management-access-filter ip-filter entry 10 match dst-port port 161
    system security management-access-filter ip-filter entry 10 action accept
    """
    found = facts(flat(text))
    assert [one.prefix for one in found.snmp.filters[0].admitted] == ["192.0.2.0/24"]
    assert found.access.points[0].filters[0].admitted == ()


def test_the_shipped_profile_without_its_default_action() -> None:
    """The classic form prints it so; whether it permits all is not written."""
    text = """
    system
        security
            profile "administrative"
                entry 10
                    match "configure li"
                    action deny
                exit
            exit
            user "a"
                access console
                console
                    member "administrative"
                exit
            exit
        exit
    exit
    """
    found = facts(classic(text)).accounts
    assert isinstance(found.roles[0].full, Unknown) and isinstance(found.users[0].admin, Unknown)
    shipped = facts(flat('system security user-params local-user user "a" console member ["administrative"]')).accounts
    assert shipped.users[0].admin.need() is True


@pytest.mark.parametrize(
    "lines",
    [
        flat(
            """
            filter match-list port-list "p" port 22
            filter match-list port-list "p" range 100 end 200
            filter ip-filter "F" entry 1 match dst-port port-list "p"
            """
        ),
        flat(
            """
            filter match-list port-list "p" port 22
            filter match-list port-list "p" range start 100 end 200
            filter ip-filter "F" entry 1 match dst-port port-list "p"
            """
        ),
        classic(
            """
            filter
                match-list
                    port-list "p" create
                        port 22
                        port range 100 200
                    exit
                exit
                ip-filter 1 create
                    entry 1 create
                        match
                            dst-port port-list "p"
                        exit
                        action drop
                    exit
                exit
            exit
            """
        ),
    ],
)
def test_lists_of_ports(lines: str) -> None:
    assert facts(lines).acls.lists[0].entries[0].ports == ("22", "100-200")


def test_embedded_filters() -> None:
    text = """
    filter ip-filter "outer" entry 20 action drop
    filter ip-filter "outer" embed filter "inner" offset 5
    filter ip-filter "outer" embed filter "gone" offset 100
    filter ip-filter "inner" entry 10 match src-ip address 192.0.2.0/24
    filter ip-filter "inner" entry 10 action accept
    """
    found = facts(flat(text)).acls
    assert [(entry.permit, entry.sources) for entry in found.lists[0].entries] == [
        (True, ("192.0.2.0/24",)),
        (False, ("0.0.0.0/0",)),
    ]
    assert [one.name for one in found.undefined] == ["gone"]


def test_users_and_their_rights() -> None:
    text = """
    system security aaa local-profiles profile "all" default-action permit-all
    system security aaa local-profiles profile "administrative" default-action deny-all
    system security user-params local-user user "a" console member ["all"]
    system security user-params local-user user "a" access console true
    system security user-params local-user user "b" console member ["administrative"]
    system security user-params local-user user "b" access console-port-cli true
    system security user-params local-user user "c" access snmp true
    system security user-params local-user user "d" password ""
    system security user-params local-user user "d" console member ["gone"]
    system security user-params local-user user "d" console login-exec "ftp://192.0.2.9/x"
    system security aaa user-template tacplus-default profile "all"
    system security hash-control management-interface md-cli hash-algorithm cleartext
    """
    found = facts(flat(text)).accounts
    a, b, c, d = found.users
    assert (a.admin.need(), a.login, a.remote.need()) == (True, True, True)
    assert (b.admin.need(), b.remote.need()) == (False, False)
    assert (c.login, c.role) == (False, "default")
    assert d.passwordless and isinstance(d.admin, Unknown)
    assert [(hook.kind, hook.target, hook.user) for hook in found.hooks] == [("login script", "ftp://192.0.2.9/x", "d")]
    assert len(found.default_rights) == 1
    assert found.obscured is not None and found.obscured.need() is False


def test_the_order_of_methods() -> None:
    servers = 'system security aaa remote-servers tacplus server 1 address 192.0.2.1\nsystem security aaa remote-servers tacplus server 1 secret "x"\n'
    order = "system security user-params authentication-order order [local tacplus]"
    found = facts(flat(servers + order)).aaa
    assert found.login_lists[0].methods == (Method.LOCAL, Method.SERVERS)
    assert found.login_lists[0].after_reject is True
    assert found.enabled.need() is True
    default = facts(flat(servers)).aaa
    assert default.login_lists[0].spelled == ("radius", "tacplus", "local")
    assert facts(flat("system security user-params authentication-order order [local]")).aaa.enabled.need() is False
    off = facts(flat(servers + order + "\nsystem security aaa remote-servers tacplus admin-state disable")).aaa
    assert off.enabled.need() is False and off.servers[0].purposes == ()


def test_servers_of_every_kind() -> None:
    text = """
    system security aaa remote-servers radius server 1 address 192.0.2.2
    system security aaa remote-servers radius server 1 tls-client-profile "p"
    system security aaa remote-servers radius port 1645
    system security aaa remote-servers radius accounting true
    system security aaa remote-servers ldap server 1 address 192.0.2.3 port 636
    service vprn "V" aaa remote-servers tacplus server 2 address 192.0.2.4
    router "Base" radius server "cpe" address 192.0.2.5
    router "Base" radius server "cpe" accept-coa true
    """
    found = facts(flat(text)).aaa
    assert [(one.protocol, one.address, one.port, one.vrf, one.purposes) for one in found.servers] == [
        ("radius", "192.0.2.2", 1645, "", ("login",)),
        ("ldap", "192.0.2.3", 636, "", ("login",)),
        ("tacacs+", "192.0.2.4", None, "V", ("login",)),
        ("radius", "192.0.2.5", None, "", ("subscriber",)),
    ]
    assert found.servers[0].tls.need() is True
    assert [one.groups for one in found.accounting] == [("192.0.2.2",)]
    assert found.coa.need() is True and found.coa_clients[0].address == "192.0.2.5"


def test_snmp() -> None:
    text = """
    system management-interface snmp admin-state disable
    system security snmp community "a" access-permissions rwa
    system security snmp community "b" access-permissions r
    system security snmp community "b" source-access-list "gone"
    system security snmp usm-community "c" group "g"
    system security snmp access "g" context "" security-model snmpv2c security-level no-auth-no-privacy write "iso"
    system security snmp view "li" subtree "1" type included
    system security snmp view "li" subtree "1.3.6.1.4.1.6527.3.1.2.18" type excluded
    system security snmp access "lig" context "li" security-model usm security-level no-auth-no-privacy read "all"
    system security snmp view "all" subtree "1" type included
    system security user-params local-user user "v3" snmp group "g"
    system security user-params local-user user "v3" snmp authentication authentication-protocol hmac-sha2-256
    system security user-params local-user user "v3" snmp authentication authentication-key "abc hash2"
    system security user-params local-user user "v3" snmp authentication privacy privacy-protocol cfb128-aes-256
    system security user-params local-user user "v3" snmp authentication privacy privacy-key "def hash2"
    """
    found = facts(flat(text)).snmp
    assert found.enabled.need() is False
    a, b, c = found.communities
    assert a.writable and not b.writable and c.writable
    assert c.write_source is not None and "write" in c.write_source.text
    assert b.filters[0].defined is False and isinstance(b.filters[0].any_source, Unknown)
    by_name = {view.name: view for view in found.views}
    assert by_name["li"].li_roots.need() == ()
    assert [root.broad for root in by_name["all"].li_roots.need()] == [True]
    (user,) = found.users
    assert (user.name, user.group, user.auth, user.privacy) == ("v3", "g", "sha-256", "aes-256")
    assert [(group.name, group.version, group.level) for group in found.groups] == [
        ("g", "v2c", ""),
        ("lig", "v3", "noauth"),
    ]


def test_filters_resolved_and_bound() -> None:
    text = """
    filter {
        match-list {
            ip-prefix-list "peers" {
                apply-path {
                    bgp-peers 1 group ".*" neighbor ".*"
                }
            }
            port-list "p" {
                port 22
                port 179
            }
        }
        ip-filter "F" {
            filter-id 7
            default-action drop
            entry 20 {
                match {
                    protocol tcp
                    tcp-established
                }
                action {
                    accept
                }
            }
            entry 10 {
                log 101
                match {
                    protocol tcp
                    src-ip {
                        ip-prefix-list "peers"
                    }
                    dst-port {
                        port-list "p"
                    }
                }
                action {
                    accept
                }
            }
            entry 30 {
                match {
                    src-ip {
                        address 192.0.2.1
                        mask 255.255.255.0
                    }
                }
                action {
                    drop
                }
            }
        }
        ipv6-filter "F" {
            default-action accept
        }
    }
    service {
        epipe "e" {
            sap 1/1/1:5 {
                ingress {
                    filter {
                        ip "7"
                    }
                }
                egress {
                    filter {
                        ip "gone"
                    }
                }
            }
        }
    }
    """
    found = facts(md(text)).acls
    four, six = found.lists
    assert [(entry.ports, entry.sources, entry.established, entry.log) for entry in four.entries] == [
        (("22", "179"), (), False, True),
        ((), ("0.0.0.0/0",), True, False),
        ((), ("192.0.2.0/24",), False, False),
    ]
    assert [(one.where, one.direction) for one in four.bindings] == [("epipe e sap 1/1/1:5", "in")]
    assert six.default_permit and six.family == 6
    assert [(one.kind, one.name) for one in found.undefined] == [("access-list", "gone")]


def test_prefix_lists() -> None:
    text = """
    policy-options prefix-list "p" prefix 192.0.2.0/24 type longer
    policy-options prefix-list "p" prefix 198.51.100.0/24 type range start-length 25
    policy-options prefix-list "p" prefix 198.51.100.0/24 type range end-length 27
    policy-options policy-statement "s" entry 10 from prefix-list ["p" "gone"]
    """
    found = facts(flat(text)).acls
    assert [(one.prefix, one.ge, one.le) for one in found.prefix_lists[0].entries] == [
        ("192.0.2.0/24", 24, 32),
        ("198.51.100.0/24", 25, 27),
    ]
    assert [one.where for one in found.prefix_lists[0].bindings] == ["policy-statement s"]
    assert [(one.kind, one.name) for one in found.undefined] == [("prefix-list", "gone")]


def test_mirrors() -> None:
    text = """
    system name "x"
    mirror mirror-dest "m" admin-state enable
    mirror mirror-dest "m" sap 1/1/5:10
    mirror mirror-dest "m" encap layer-3-encap header-type ip-udp-shim
    mirror mirror-dest "m" encap layer-3-encap router-instance "V"
    mirror mirror-dest "m" encap layer-3-encap gateway ip-address destination 203.0.113.1
    mirror mirror-dest "m" pcap "p" file-url "ftp://192.0.2.1/x.pcap"
    mirror mirror-source "m" port 1/1/1 ingress true
    mirror mirror-source "m" ip-filter "F" entry 10
    mirror mirror-source "m" subscriber "someone" ingress true
    mirror mirror-dest "off" sap 1/1/6:10
    mirror mirror-source "lonely" port 1/1/2 egress true
    """
    found = facts(flat(text)).mirrors
    first, off, lonely = found.sessions
    assert [(one.kind, one.value, one.vrf) for one in first.destinations] == [
        ("interface", "1/1/5:10", ""),
        ("address", "203.0.113.1", "V"),
        ("file", "ftp://192.0.2.1/x.pcap", ""),
    ]
    assert first.copied == ("port 1/1/1 ingress", "ip-filter F entry 10", "subscriber") and first.filters == ("F",)
    assert first.active.need() is True and off.active.need() is False and lonely.active.need() is False
    assert [(one.name, one.target) for one in found.captures] == [("p", "ftp://192.0.2.1/x.pcap")]
    assert found.state_only.need() is False
    assert facts(classic('system\n    name "x"\nexit')).mirrors.state_only.need() is True


def test_flow_export() -> None:
    text = """
    cflowd admin-state disable
    cflowd rate 100
    cflowd collector 192.0.2.1 port 2055 version 9
    router "Base" interface "x" cflowd-parameters sampling unicast type interface
    """
    found = facts(flat(text)).exporters
    (one,) = found.exporters
    assert (one.address, one.port, one.protocol, one.active.need(), len(one.bound)) == (
        "192.0.2.1",
        2055,
        "netflow",
        False,
        1,
    )
    assert len(found.sampling) == 1
    assert facts(flat("cflowd collector 192.0.2.1 port 2055 version 9")).exporters.exporters[0].active.need() is True


def test_tunnels_and_ipsec() -> None:
    text = """
    service sdp 7 delivery-type gre
    service sdp 7 far-end ip-address 203.0.113.7
    service sdp 8 delivery-type mpls
    service vprn "V" interface "g" sap tunnel-1.private:1 ip-tunnel "t" remote-ip-address 203.0.113.8
    service vprn "V" interface "g" sap tunnel-1.private:1 ip-tunnel "t" gre-header admin-state enable
    service vprn "V" interface "i" sap tunnel-1.private:2 ipsec-tunnel "s" admin-state enable
    service vprn "V" interface "i" sap tunnel-1.private:2 ipsec-tunnel "s" tunnel-endpoint remote-gateway-address 203.0.113.9
    service vprn "V" interface "i" sap tunnel-1.private:2 ipsec-tunnel "s" key-exchange dynamic ike-policy 1
    service vprn "V" interface "i" sap tunnel-1.private:2 ipsec-tunnel "s" key-exchange dynamic ipsec-transform [2]
    service vprn "V" interface "i" sap tunnel-1.private:2 ipsec-tunnel "s" key-exchange dynamic pre-shared-key "k hash2"
    service ies "I" interface "p" sap tunnel-1.public:1 ipsec-gateway "gw" ike-policy 1
    ipsec ike-policy 1 ike-version-1 ike-mode aggressive
    ipsec ike-policy 1 ike-version-1 auth-method psk
    ipsec ike-policy 1 ike-transform [3]
    ipsec ike-transform 3 ike-encryption-algorithm des
    ipsec ike-transform 3 ike-auth-algorithm md5
    ipsec ike-transform 3 dh-group group-2
    ipsec ipsec-transform 2 esp-encryption-algorithm aes-256
    ipsec ipsec-transform 2 esp-auth-algorithm sha-256
    ipsec ipsec-transform 4 esp-encryption-algorithm null
    service vpls "x" vxlan instance 1 vni 100
    router "Base" l2tp group "G" tunnel "l" peer 203.0.113.10
    """
    found = facts(flat(text))
    assert [(one.name, one.mode, one.remote, one.active, one.server) for one in found.tunnels.tunnels] == [
        ("sdp 7", "gre", "203.0.113.7", False, False),
        ("t", "gre", "203.0.113.8", False, False),
        ("s", "ipsec", "203.0.113.9", True, False),
        ("gw", "ipsec", "", False, True),
        ("vpls x vxlan 1", "vxlan", "", False, False),
        ("l2tp G l", "l2tp", "203.0.113.10", False, False),
    ]
    peer, gateway = found.crypto.peers
    assert (peer.version, peer.authentication, peer.aggressive.need(), peer.any_peer) == ("1", "psk", True, False)
    assert gateway.any_peer
    assert [(one.name, one.encryption, one.integrity, one.groups, one.used) for one in found.crypto.proposals] == [
        ("ike-policy 1", ("des",), ("md5",), ("2",), True),
        ("ipsec-transform 2", ("aes-256",), ("sha256",), (), True),
        ("ipsec-transform 4", ("null",), (), (), False),
    ]


def test_circuits() -> None:
    text = """
    service sdp 5 far-end ip-address 203.0.113.5
    service vpls "v" admin-state enable
    service vpls "v" mesh-sdp 5:1
    service vpls "v" spoke-sdp 9:2 admin-state disable
    service vprn "V" interface "i" spoke-sdp 5:3
    mirror mirror-dest "m" spoke-sdp 5:4
    """
    found = facts(flat(text)).pseudowires.circuits
    assert [(one.name, one.kind, one.peer, one.id, one.active) for one in found] == [
        ("v", "vpls", "", "2", False),
        ("v", "vpls", "203.0.113.5", "1", True),
        ("vprn V interface i", "pseudowire", "203.0.113.5", "3", True),
        ("m", "mirror", "203.0.113.5", "4", False),
    ]
    assert any("203.0.113.5" in source.text for source in found[1].sources)


def test_routes_and_redirects() -> None:
    text = """
    service vprn "V" static-routes route 192.0.2.1/32 route-type unicast next-hop "10.0.0.1" admin-state enable
    service vprn "V" static-routes route 192.0.2.2/32 route-type unicast interface "i" admin-state enable
    service vprn "V" static-routes route 192.0.2.3/32 route-type unicast grt admin-state enable
    router "Base" static-routes route 192.0.2.4/32 route-type unicast indirect 10.0.0.2
    filter redirect-policy "rp" destination 203.0.113.1 priority 100
    filter ip-filter "F" entry 1 action forward redirect-policy "rp"
    filter ip-filter "F" entry 2 match dst-ip address 192.0.2.0/24
    filter ip-filter "F" entry 2 action forward router-instance "V"
    filter ip-filter "F" entry 3 action http-redirect url "http://evil.example/"
    filter ip-filter "F" entry 4 action forward lsp "L"
    router "Base" interface "x" ingress filter ip "F"
    router "Base" bgp group "g" family flow-ipv4 true
    policy-options policy-statement "s" default-action next-hop 203.0.113.2
    policy-options policy-statement "s" default-action action-type accept
    router "Base" bgp group "g" import policy ["s"]
    """
    found = facts(flat(text))
    assert [
        (one.prefix, one.next_hop, one.interface, one.next_vrf, one.vrf, one.active) for one in found.routes.static
    ] == [
        ("192.0.2.4/32", "10.0.0.2", "", "", "", False),
        ("192.0.2.1/32", "10.0.0.1", "", "", "V", True),
        ("192.0.2.2/32", "", "i", "", "V", True),
        ("192.0.2.3/32", "", "", "global", "V", True),
    ]
    assert [(one.target_kind, one.target, len(one.bound), one.matches) for one in found.redirection.redirects] == [
        ("address", "203.0.113.1", 1, ()),
        ("vrf", "V", 1, ("dst-ip 192.0.2.0/24",)),
        ("address", "http://evil.example/", 1, ()),
        ("lsp", "L", 1, ()),
    ]
    assert [(one.policy, one.next_hop, len(one.bound)) for one in found.redirection.rewrites] == [
        ("s", "203.0.113.2", 1)
    ]
    assert len(found.redirection.flowspec) == 1


def test_address_translation() -> None:
    text = """
    router "Base" nat outside pool "p" admin-state enable
    router "Base" nat outside pool "p" address-range 203.0.113.1 end 203.0.113.9
    service vprn "V" nat inside large-scale nat44 deterministic address-map 10.0.0.1 to 10.0.0.9 nat-policy "n" outside-range 203.0.113.20
    service nat classifier "c" entry 1 action destination-nat ip-address 192.0.2.66
    service nat classifier "c" default action dnat-ip-address 192.0.2.67
    filter ip-filter "F" entry 1 action nat
    """
    found = facts(flat(text)).nat.rules
    assert [(one.kind, one.inside, one.outside, one.vrf, one.active) for one in found] == [
        ("source", "", "203.0.113.1-203.0.113.9", "", True),
        ("static", "10.0.0.1-10.0.0.9", "203.0.113.20", "V", True),
        ("destination", "192.0.2.66", "", "", True),
        ("destination", "192.0.2.67", "", "", True),
        ("source", "F entry 1", "", "", True),
    ]


def test_logs() -> None:
    text = """
    log syslog "s" address 192.0.2.1
    log syslog "s" tls-client-profile "p"
    log syslog "idle" address 192.0.2.2
    log log-id "1" source change true
    log log-id "1" destination syslog "s"
    log log-id "2" admin-state disable
    log log-id "2" source security true
    log log-id "2" destination syslog "idle"
    log log-id "1" filter "f"
    log log-id "3" destination memory
    log log-id "3" filter "g"
    log filter "f" default-action drop
    log filter "g" named-entry "x" match application eq security
    log filter "g" named-entry "x" action drop
    log filter "unused" default-action drop
    service vprn "V" log syslog "v" address 192.0.2.3
    service vprn "V" log log-id "1" source main true
    service vprn "V" log log-id "1" destination syslog "v"
    """
    found = facts(flat(text)).logging
    assert [(one.address, one.transport, one.vrf, one.severity.need()) for one in found.hosts] == [
        ("192.0.2.1", "tls", "", "informational"),
        ("192.0.2.3", "udp", "V", "informational"),
    ]
    assert found.config_changes.need() is True and found.logins.need() is True
    assert [(one.pattern, one.inverted, one.scope) for one in found.suppressions] == [
        ("f", True, "receiver"),
        ("application eq security", False, "local"),
    ]


def test_time() -> None:
    text = """
    system time ntp admin-state enable
    system time ntp server 192.0.2.1 router-instance "management" key-id 9
    system time ntp peer 192.0.2.2
    system time ntp ntp-server authenticate true
    system time sntp admin-state enable
    system time sntp server 192.0.2.3
    """
    found = facts(flat(text)).time
    assert [(one.address, one.vrf, one.key, one.authenticated.need(), one.peer) for one in found.servers] == [
        ("192.0.2.1", "management", "9", False, False),
        ("192.0.2.2", "", "", False, True),
        ("192.0.2.3", "", "", False, False),
    ]
    assert found.serves.need() is True


def test_scripts() -> None:
    text = """
    system script-control script "s" owner "o" location "ftp://192.0.2.1/s.txt"
    system script-control script-policy "p" owner "o" script name "s"
    system cron schedule "c" owner "o" type calendar
    system cron schedule "c" owner "o" hour [3]
    system cron schedule "c" owner "o" script-policy name "p"
    python python-script "py" admin-state enable
    python python-script "py" urls ["tftp://192.0.2.2/x.py"]
    system boot-bad-exec "ftp://192.0.2.3/x"
    system management-interface commit-management python-scripts post-commit-python-script "py"
    system management-interface cli md-cli environment command-alias alias "show" cli-command "tools"
    """
    found = facts(flat(text)).scripts
    assert [(one.name, one.when, one.commands, one.active) for one in found.jobs] == [
        ("c", "calendar hour 3", ("ftp://192.0.2.1/s.txt",), False)
    ]
    assert [(one.name, one.kind, one.remote) for one in found.scripts] == [
        ("s", "cli-script", True),
        ("py", "python", True),
        ("boot-bad-exec", "boot-bad-exec", True),
        ("py", "post-commit-python-script", False),
    ]
    assert [(one.name, one.command) for one in found.aliases] == [("show", "tools")]
    transfers = facts(flat(text)).transfers.transfers
    assert sorted((one.protocol, one.host) for one in transfers) == [
        ("ftp", "192.0.2.1"),
        ("ftp", "192.0.2.3"),
        ("tftp", "192.0.2.2"),
    ]


def test_dialouts() -> None:
    text = """
    system telemetry destination-group "d" allow-unsecure-connection
    system telemetry destination-group "d" destination 192.0.2.1 port 50000 router-instance "management"
    system telemetry persistent-subscriptions subscription "s" admin-state enable
    system telemetry persistent-subscriptions subscription "s" destination-group "d"
    system grpc-tunnel destination-group "g" tls-client-profile "p"
    system grpc-tunnel destination-group "g" destination 192.0.2.2 port 4000
    system grpc-tunnel tunnel "t" admin-state enable
    system grpc-tunnel tunnel "t" destination-group "g"
    system grpc-tunnel tunnel "t" handler "h" target-type ssh-server
    system management-interface netconf call-home netconf-client "c" remote-address 192.0.2.3
    system management-interface remote-management admin-state enable
    system management-interface remote-management manager "m" manager-address 192.0.2.4
    """
    found = facts(flat(text)).dialout.connections
    assert [(one.kind, one.address, one.port, one.takes_commands, one.active) for one in found] == [
        ("telemetry", "192.0.2.1", 50000, False, True),
        ("grpc-tunnel", "192.0.2.2", 4000, True, True),
        ("call-home", "192.0.2.3", None, True, False),
        ("cloud-agent", "192.0.2.4", None, True, False),
    ]
    assert found[0].tls.need() is False and found[1].tls.need() is True


def test_boot_options_of_both_engines() -> None:
    """A second document; without it the two areas are missing, with the reason."""
    body = flat('system name "x"')
    new = """
    bof {
        configuration {
            primary-location "ftp://u:Hidden1@192.0.2.1/x.cfg"
        }
        image {
            primary-location "cf3:/timos"
        }
        auto-boot {
        }
        dns {
            primary-server 192.0.2.53
        }
    }
    """
    old = """
    ===============
    BOF (Memory)
    ===============
        primary-image    cf3:/timos
        primary-config   ftp://u:Hidden1@192.0.2.1/x.cfg
        primary-dns      192.0.2.53
        no li-separate
        persist          off
    ===============
    """
    for text, auto in ((new, True), (old, False)):
        found = facts(body, bof=text)
        assert sorted((one.kind, one.remote) for one in found.boot.images) == [
            ("configuration", True),
            ("image", False),
        ]
        assert found.boot.autoinstall.need() is auto
        assert [one.address for one in found.names.resolvers] == ["192.0.2.53"]
        assert "Hidden1" not in repr(found)
        assert [(one.kind, one.host, one.outbound) for one in found.transfers.transfers] == [
            ("configuration", "192.0.2.1", False)
        ]
        assert found.coverage[1].unread == ()
    for name in ("boot", "names"):
        with pytest.raises(NotKnownError, match="boot options"):
            getattr(facts(body), name)


def test_interfaces() -> None:
    text = """
    router "Base" interface "i" admin-state disable
    router "Base" interface "i" ipv4 primary address 192.0.2.1
    router "Base" interface "i" ipv4 primary prefix-length 24
    router "Base" interface "i" ipv4 secondary 198.51.100.1 prefix-length 24
    router "Base" interface "i" ipv4 urpf-check mode loose
    router "Base" interface "i" ipv4 icmp redirects admin-state disable
    router "Base" interface "i" ipv4 neighbor-discovery remote-proxy-arp true
    router "Base" interface "i" port lag-1:5
    router "Base" interface "l" loopback
    lag "lag-1" admin-state enable
    lag "lag-1" port 1/1/1
    port 1/1/1 admin-state disable
    port 1/1/1 ethernet lldp dest-mac nearest-bridge receive true
    """
    found = facts(flat(text))
    i, loop, lag, port = found.interfaces.interfaces
    assert i.shutdown and i.addresses == ("192.0.2.1/24", "198.51.100.1/24") and i.secondary == ("198.51.100.1/24",)
    assert i.urpf.need() == "loose" and i.bundle == "lag-1"
    assert i.hardening is not None and i.hardening.redirects.need() is False and i.hardening.proxy_arp.need() is True
    assert loop.role == "loopback" and lag.members == ("1/1/1",) and port.shutdown
    assert found.discovery.protocols[0].on == ("1/1/1",)


def test_what_a_bgp_neighbour_inherits() -> None:
    text = """
    router "Base" autonomous-system 65000
    router "Base" bgp authentication-keychain "k"
    router "Base" bgp group "g" type internal
    router "Base" bgp group "g" import policy ["in"]
    router "Base" bgp group "g" family vpn-ipv4 true
    router "Base" bgp neighbor "192.0.2.1" group "g"
    router "Base" bgp neighbor "192.0.2.2" group "g"
    router "Base" bgp neighbor "192.0.2.2" peer-as 65002
    router "Base" bgp neighbor "192.0.2.2" authentication-key "x hash2"
    router "Base" bgp neighbor "192.0.2.2" multihop 5
    router "Base" bgp neighbor "192.0.2.2" admin-state disable
    router "Base" bgp group "g" dynamic-neighbor match prefix 10.0.0.0/8
    """
    one, two, dynamic = facts(flat(text)).routing.bgp
    assert (one.remote_as, one.external, one.authentication.need(), one.policies_in, one.families) == (
        "65000",
        False,
        "keychain",
        ("in",),
        ("vpn-ipv4",),
    )
    assert any("import" in source.text for source in one.sources)
    assert (two.remote_as, two.external, two.authentication.need(), two.multihop.need(), two.active) == (
        "65002",
        True,
        "md5",
        5,
        False,
    )
    assert dynamic.dynamic and dynamic.address == "10.0.0.0/8"


def test_keys_of_other_protocols() -> None:
    text = """
    router "Base" isis 0 authentication-key "a hash2"
    router "Base" isis 0 authentication-type message-digest
    router "Base" isis 0 interface "i"
    router "Base" ospf 0 area 0.0.0.0 interface "i" authentication-type password
    router "Base" ospf 0 area 0.0.0.0 interface "i" authentication-key "b hash2"
    router "Base" ldp tcp-session-parameters authentication-keychain "k"
    router "Base" ldp targeted-session peer 192.0.2.1
    router "Base" rsvp interface "i" authentication-key "c hash2"
    router "Base" interface "i" ipv4 vrrp 1 authentication-key "d hash2"
    router "Base" msdp peer 192.0.2.2 authentication-key "e hash2"
    """
    found = {(one.protocol, one.where): one.authentication.need() for one in facts(flat(text)).routing.adjacencies}
    assert found == {
        ("ospf", "i"): "text",
        ("isis", "i"): "md5",
        ("ldp", "192.0.2.1"): "keychain",
        ("rsvp", "i"): "md5",
        ("msdp", "192.0.2.2"): "md5",
        ("vrrp", "i vrrp 1"): "text",
    }


def test_core_protocols() -> None:
    text = """
    subscriber-mgmt pfcp-association "a" peer ip-address 192.0.2.1
    filter ip-filter "F" entry 1 match protocol udp
    filter ip-filter "F" entry 1 match dst-port eq 2123
    filter ip-filter "F" entry 1 action accept
    """
    assert [(one.protocol, one.peers) for one in facts(flat(text)).telecom.bindings] == [
        ("pfcp", ("192.0.2.1",)),
        ("gtp-c", ()),
    ]


@pytest.mark.parametrize(
    ("line", "area"),
    [
        ("system security snmp frobnicate 1", Area.SNMP),
        ("system security user-params local-user user x frobnicate 1", Area.ACCOUNTS),
        ("system security aaa remote-servers tacplus frobnicate 1", Area.AAA),
        ("system security ssh frobnicate 1", Area.ACCESS),
        ("system security frobnicate 1", Area.SERVICES),
        ("mirror frobnicate 1", Area.MIRRORS),
        ('mirror mirror-dest "m" frobnicate 1', Area.MIRRORS),
        ("system frobnicate 1", Area.SYSTEM),
        ("log frobnicate 1", Area.LOGGING),
        ('filter ip-filter "F" frobnicate 1', Area.ACLS),
        ("system time ntp frobnicate 1", Area.TIME),
        ('router "Base" bgp frobnicate 1', Area.ROUTING),
        ('service vprn "V" static-routes frobnicate 1', Area.ROUTES),
        ("system telemetry frobnicate 1", Area.DIALOUT),
    ],
)
def test_an_unread_line_belongs_to_its_area(line: str, area: Area) -> None:
    found = facts(flat(line))
    assert [source.text for source in found.unread[area]] == [f"/configure {line}"]
    with pytest.raises(NotKnownError):
        found.absence(area)


def test_what_is_accepted_without_a_policy() -> None:
    def accepts(line: str):
        text = 'router "Base" bgp group "G" peer-as 64501\nrouter "Base" bgp neighbor "192.0.2.2" group "G"\n'
        (one,) = facts(flat(text + line)).routing.bgp
        return one.accepts_without_policy

    assert accepts('router "Base" bgp ebgp-default-reject-policy import false').need() is True
    assert accepts('router "Base" bgp ebgp-default-reject-policy import true').need() is False
    assert accepts('router "Base" bgp group "G" ebgp-default-reject-policy export true').need() is True
    assert isinstance(accepts(""), Unknown)


def test_ports_of_an_interface_and_of_its_saps() -> None:
    text = """
    router "Base" interface "a" port 1/1/c1/1:100
    service vprn "V" interface "b" sap 1/1/c2/1:7 admin-state enable
    router "Base" interface "c" loopback
    """
    ports = {one.name: one.ports for one in facts(flat(text)).interfaces.interfaces}
    assert ports == {"a": ("1/1/c1/1",), "b": ("1/1/c2/1",), "c": ()}
