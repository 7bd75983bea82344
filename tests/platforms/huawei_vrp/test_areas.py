"""Topic by topic: statements with their options, overridden and removed forms, what an absent line means."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area, Method, PointKind, ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from tests.platforms.huawei_vrp.vrp import facts

OLD = "[V200R019C00SPC500]\n#\nsysname s1\n#\n"
VERSION = (
    "Huawei Versatile Routing Platform Software\nVRP (R) software, Version 8.211 (NE40E V800R021C10SPC600)\n"
    "HUAWEI NE40E-X8A uptime is 405 days, 12 hours, 9 minutes\n"
)


def test_version_and_model_from_display_version() -> None:
    found = facts("", head="#\nsysname r1\n#\n", display_version=VERSION)
    assert found.os_version.need() == "V800R021C10SPC600"
    assert found.system.model.need() == "NE40E-X8A"
    assert isinstance(facts("").system.model, Unknown)


def test_boot_files_from_display_startup() -> None:
    text = "MainBoard:\n  Startup system software:     cfcard:/V800R021.cc\n  Next startup system software: cfcard:/x.cc\n  Startup patch package: NULL\n"
    images = facts("", display_startup=text).boot.images
    assert [(one.path, one.kind) for one in images] == [("cfcard:/V800R021.cc", "image"), ("cfcard:/x.cc", "image")]


@pytest.mark.parametrize(
    ("lines", "admin", "remote", "enabled", "login"),
    [
        (" local-user a privilege level 15\n local-user a service-type terminal\n", True, False, True, True),
        (" local-user a level 1\n local-user a service-type ssh\n", False, True, True, True),
        (" local-user a level 3\n local-user a service-type ppp\n", True, False, True, False),
        (
            " local-user a privilege level 3\n local-user a service-type telnet terminal ssh\n local-user a state block\n",
            True,
            True,
            False,
            True,
        ),
        (
            " local-user a level 3\n local-user a service-type ssh\n local-user a state block fail-times 3 interval 5\n",
            True,
            True,
            True,
            True,
        ),
    ],
)
def test_the_lines_of_a_user_are_one_account(lines: str, admin: bool, remote: bool, enabled: bool, login: bool) -> None:
    (user,) = facts(f"aaa\n{lines}").accounts.users
    assert (user.admin.need(), user.remote.need(), user.enabled.need(), user.login) == (admin, remote, enabled, login)


def test_a_user_without_a_level_is_not_judged() -> None:
    (user,) = facts("aaa\n local-user a password simple x\n").accounts.users
    assert isinstance(user.admin, Unknown)
    assert isinstance(user.remote, Unknown)


def test_limits_of_failed_logins() -> None:
    assert facts("").accounts.login_limited.need()
    assert isinstance(facts("", head=OLD).accounts.login_limited, Unknown)
    assert facts("aaa\n undo local-aaa-user wrong-password\n").accounts.login_limited.need() is False
    assert facts("aaa\n local-aaa-user wrong-password retry-time 3\n", head=OLD).accounts.login_limited.need()


def test_command_levels_roles_and_hooks() -> None:
    body = "command-privilege level 0 view shell display current-configuration\naaa\n user-group OPS\n  task-group T\n#\nuser-interface vty 0 4\n auto-execute command telnet 192.0.2.1\n"
    found = facts(body).accounts
    assert [(one.command, one.level) for one in found.overrides] == [("display current-configuration", "0")]
    assert [one.name for one in found.roles] == ["user-group OPS"]
    assert [one.target for one in found.hooks] == ["telnet 192.0.2.1"]


OPENSSH = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"


def test_public_keys_have_the_fingerprint_of_ssh_keygen() -> None:
    body = f"rsa peer-public-key K encoding-type openssh\n public-key-code begin\n ssh-ed25519 {OPENSSH}\n public-key-code end\npeer-public-key end\n#\nssh user a assign rsa-key K\nssh user b assign rsa-key MISSING\n"
    first, second = facts(body).accounts.keys
    assert (first.algorithm, first.fingerprint) == ("ssh-ed25519", "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU")
    assert (second.user, second.fingerprint) == ("b", "")


def test_schemes_of_the_domain_of_administrators_decide() -> None:
    body = "aaa\n authentication-scheme A\n  authentication-mode radius\n authentication-scheme B\n  authentication-mode local\n domain default\n  authentication-scheme A\n domain default_admin\n  authentication-scheme B\n"
    found = facts(body).aaa
    assert found.enabled.need() is False
    assert [(one.name, one.methods) for one in found.login_lists] == [("A", (Method.SERVERS,)), ("B", (Method.LOCAL,))]
    assert facts(f"domain default admin\n#\n{body}").aaa.enabled.need() is True


def test_a_scheme_without_authentication() -> None:
    (one,) = facts("aaa\n authentication-scheme A\n  authentication-mode hwtacacs none\n").aaa.login_lists
    assert one.methods == (Method.SERVERS, Method.NONE)


@pytest.mark.parametrize("head", ["hwtacacs-server template T", "hwtacacs server template T"])
def test_hwtacacs_templates_of_both_spellings(head: str) -> None:
    word = " ".join(head.split()[:-2])
    body = f"{head}\n {word} authentication 192.0.2.1 4949 vpn-instance M\n {word} authorization 192.0.2.1 4949 vpn-instance M\n {word} authentication 192.0.2.2 secondary\n"
    found = facts(body).aaa.servers
    assert [(one.address, one.port, one.vrf, one.order) for one in found] == [
        ("192.0.2.1", 4949, "M", 1),
        ("192.0.2.2", None, "", 2),
    ]


@pytest.mark.parametrize(
    ("body", "protocols"),
    [
        ("stelnet server enable\nuser-interface vty 0 4\n protocol inbound all\n", ("ssh",)),
        ("stelnet server enable\ntelnet server enable\nuser-interface vty 0 4\n", ("ssh", "telnet")),
        ("telnet server enable\nuser-interface vty 0 4\n protocol inbound ssh\n", ()),
        ("stelnet server enable\nuser-interface vty 0 4\n undo shell\n", ()),
    ],
)
def test_what_a_line_lets_in(body: str, protocols: tuple[str, ...]) -> None:
    (point,) = facts(body).access.points
    assert point.protocols.need() == protocols


def test_lines_of_an_unknown_release_are_unknown() -> None:
    (point,) = facts("user-interface vty 0 4\n", head=OLD).access.points
    assert isinstance(point.protocols, Unknown)
    assert isinstance(point.idle_seconds, Unknown)
    assert point.open_families.need() == (4,)


def test_a_list_of_the_server_guards_the_lines() -> None:
    body = "acl number 2000\n rule 5 permit source 10.0.0.0 0.0.0.255\n#\nstelnet server enable\nssh server acl 2000\nuser-interface vty 0 4\n protocol inbound ssh\n"
    (point,) = facts(body).access.points
    assert [bound.name for bound in point.filters] == ["2000"]
    assert point.open_families.need() == ()


def test_console_without_authentication() -> None:
    (point,) = facts("user-interface con 0\n authentication-mode none\n idle-timeout 0\n").access.points
    assert (point.kind, point.idle_seconds.need()) == (PointKind.CONSOLE, 0)
    assert point.login_open is not None


@pytest.mark.parametrize(
    ("body", "kind", "state"),
    [
        ("telnet server enable\n", ServiceKind.TELNET, True),
        ("telnet ipv6 server enable\n", ServiceKind.TELNET, True),
        ("telnet server disable\n", ServiceKind.TELNET, False),
        ("undo telnet server disable\n", ServiceKind.TELNET, True),
        ("ftp server enable\n", ServiceKind.FTP, True),
        ("http server enable\n", ServiceKind.HTTP, True),
        ("http secure-server enable\n", ServiceKind.HTTPS, True),
        ("snetconf server enable\n", ServiceKind.NETCONF, True),
        ("sftp ipv4 server enable\n", ServiceKind.SFTP, True),
        ("scp server enable\n", ServiceKind.SCP, True),
        ("http\n service restconf\n  server enable\n", ServiceKind.RESTCONF, True),
        ("grpc\n grpc server\n  server enable\n", ServiceKind.GNMI, True),
        ("dhcp enable\n#\nip pool P\n network 10.0.0.0 mask 24\n", ServiceKind.DHCP, True),
        ("dhcp enable\n", ServiceKind.DHCP, False),
        ("dns proxy enable\n", ServiceKind.DNS, True),
        ("cluster enable\n", ServiceKind.VENDOR_MANAGEMENT, True),
        ("cwmp enable\n", ServiceKind.TR069, True),
        ("", ServiceKind.FTP, False),
    ],
)
def test_services(body: str, kind: ServiceKind, state: bool) -> None:
    assert facts(body).services.state(kind).need() is state


def test_ports_lists_and_families_of_services() -> None:
    body = "acl number 2000\n rule 5 permit source 10.0.0.0 0.0.0.255\n#\nssh server port 22022\nstelnet server enable\nssh server acl 2000\nftp server enable\nftp acl 2009\n"
    found = facts(body).services
    (ssh,) = found.of(ServiceKind.SSH)
    (ftp,) = found.of(ServiceKind.FTP)
    assert (ssh.port, ssh.open_families.need(), ssh.filters[0].any_source.need()) == (22022, (), False)
    assert (ftp.filters[0].defined, isinstance(ftp.filters[0].any_source, Unknown)) == (False, True)


def test_algorithms_have_the_names_of_iana() -> None:
    body = "ssh server cipher aes256_gcm aes128_ctr 3des_cbc\nssh server hmac sha2_256 md5\nssh server key-exchange dh_group14_sha1 ecdh_sha2_nistp256\nssh server publickey rsa ecc\nssh server compatible-ssh1x enable\nssh server dh-exchange min-len 1024\nssh server tcp forwarding enable\n"
    found = facts(body).services.ssh
    assert {one.kind: one.names for one in found.algorithms} == {
        "encryption": ("aes256-gcm@openssh.com", "aes128-ctr", "3des-cbc"),
        "mac": ("hmac-sha2-256", "hmac-md5"),
        "kex": ("diffie-hellman-group14-sha1", "ecdh-sha2-nistp256"),
        "publickey": ("ssh-rsa", "ecdsa-sha2-nistp256"),
    }
    assert (found.version1.need(), found.dh_bits.need(), found.forwarding.need()) == (True, 1024, True)
    assert facts("").services.ssh.forwarding.need() is False


def test_a_list_of_snmp_that_is_missing_lets_everybody_in() -> None:
    found = facts("snmp-agent community read x acl 2099\n")
    (bound,) = found.snmp.communities[0].filters
    assert (bound.defined, bound.any_source.need()) == (False, True)
    assert [one.name for one in found.acls.undefined] == ["2099"]


def test_snmp_users_in_one_line_and_views_around_the_intercept_mib() -> None:
    body = "snmp-agent usm-user v3 u G authentication-mode md5 k1 privacy-mode des56 k2 acl 2001\nsnmp-agent mib-view included A iso\nsnmp-agent mib-view excluded A hwLiMib\nsnmp-agent mib-view included B huawei\nsnmp-agent group v3 G privacy notify-view B\n"
    found = facts(body).snmp
    (user,) = found.users
    assert (user.group, user.auth, user.privacy, user.filters[0].name) == ("G", "md5", "des", "2001")
    roots = {view.name: [root.mib for root in view.li_roots.need()] for view in found.views}
    assert roots == {"A": [], "B": ["HUAWEI-LI-MIB"]}


def test_snmp_absent_is_off_and_a_single_statement_starts_it() -> None:
    assert facts("", head=OLD).snmp.enabled.need() is False
    assert facts("snmp-agent community read x\n").snmp.enabled.need() is True


@pytest.mark.parametrize(
    ("rule", "sources", "protocol", "ports"),
    [
        ("permit", ("0.0.0.0/0",), "", ()),
        ("5 permit source any", ("0.0.0.0/0",), "", ()),
        ("5 permit source 10.0.0.1 0", ("10.0.0.1/32",), "", ()),
        ("5 permit source 10.0.0.0 0.0.0.255", ("10.0.0.0/24",), "", ()),
        ("5 permit source 10.0.0.0 24", ("10.0.0.0/24",), "", ()),
        ("5 permit vpn-instance V source 10.0.0.0 0.0.0.255", ("10.0.0.0/24",), "", ()),
        (
            "5 permit tcp source 10.0.0.0 0.0.0.255 destination any destination-port eq telnet",
            ("10.0.0.0/24",),
            "tcp",
            ("23",),
        ),
        ("5 name web permit tcp destination-port range 8000 8010", ("0.0.0.0/0",), "tcp", ("8000-8010",)),
        ("5 permit udp destination-port gt 1023", ("0.0.0.0/0",), "udp", ("1024-65535",)),
        ("5 permit ip source ip-pool P", ("192.0.2.0/24",), "", ()),
        ("5 permit ip source 10.0.0.0 0.255.0.255", ("10.0.0.0 0.255.0.255",), "", ()),
    ],
)
def test_rules(rule: str, sources: tuple[str, ...], protocol: str, ports: tuple[str, ...]) -> None:
    (acl,) = facts(f"acl ip-pool P\n address 192.0.2.0 0.0.0.255\n#\nacl number 3000\n rule {rule}\n").acls.lists
    (entry,) = acl.entries
    assert (entry.sources, entry.protocol, entry.ports) == (sources, protocol, ports)


def test_rules_stand_in_the_order_of_their_numbers_and_a_later_one_replaces() -> None:
    body = "acl number 2000\n rule 10 deny\n rule 5 permit source 10.0.0.0 0.0.0.255\n rule 5 permit source 10.1.0.0 0.0.0.255\n"
    (acl,) = facts(body).acls.lists
    assert [(entry.permit, entry.sources) for entry in acl.entries] == [
        (True, ("10.1.0.0/24",)),
        (False, ("0.0.0.0/0",)),
    ]


def test_lists_of_all_kinds_and_where_they_are_bound() -> None:
    body = (
        "acl name MGMT 2001\n rule 5 permit source 10.0.0.0 0.0.0.255 logging\n#\nacl ipv6 name SIX advance\n rule 5 deny tcp source 2001:db8::/32 tcp-flag established\n#\n"
        "acl number 4000\n rule 5 permit source-mac 0000-0000-0001\n#\ninterface Vlanif1\n traffic-filter inbound acl name MGMT\n#\nuser-interface vty 0 4\n acl 2001 inbound\n"
    )
    first, second, third = facts(body).acls.lists
    assert [(one.where, one.direction) for one in first.bindings] == [
        ("user-interface vty 0 4", "in"),
        ("interface Vlanif1", "in"),
    ]
    assert first.default_permit
    assert first.entries[0].log
    assert (second.family, second.entries[0].established) == (6, True)
    assert (third.family, third.entries[0].sources) == (0, ())


def test_mirrors_of_switches() -> None:
    body = (
        "observe-port 1 interface GigabitEthernet0/0/4 vlan 99\nobserve-port 2 destination-ip 203.0.113.5 source-ip 10.0.0.1\nobserve-port 3 interface GigabitEthernet0/0/5\n#\n"
        "interface GigabitEthernet0/0/1\n port-mirroring to observe-port 1 both\n#\nvlan 20\n mirroring to observe-port 2 inbound\n"
    )
    found = {one.name: one for one in facts(body).mirrors.sessions}
    assert [one.kind for one in found["observe-port 1"].destinations] == ["interface", "vlan"]
    assert (found["observe-port 1"].kind, found["observe-port 2"].kind) == ("rspan", "erspan")
    assert found["observe-port 2"].destinations[0].value == "203.0.113.5"
    assert found["observe-port 2"].copied == ("vlan 20 inbound",)
    assert found["observe-port 3"].active.need() is False


def test_mirrors_of_ce_and_captures() -> None:
    body = "observe-port 1 interface 10GE1/0/1\n#\ninterface 10GE1/0/2\n port-mirroring observe-port 1 inbound\n#\ncapture-packet interface 10GE1/0/3 acl 3000 destination file a.cap\n"
    found = facts(body).mirrors
    assert found.sessions[0].copied == ("10GE1/0/2 inbound",)
    assert (found.captures[0].interfaces, found.captures[0].filters, found.captures[0].target) == (
        ("10GE1/0/3",),
        ("3000",),
        "a.cap",
    )


def test_tunnels_of_all_kinds() -> None:
    body = (
        "interface Tunnel0/0/1\n tunnel-protocol gre p2mp\n source LoopBack0\n nhrp network-id 1\n#\ninterface Tunnel0/0/2\n tunnel-protocol ipv6-ipv4 6to4\n shutdown\n#\n"
        "interface Tunnel0/0/3\n tunnel-protocol mpls te\n destination 10.0.0.9\n mpls te tunnel-id 3\n#\nl2tp enable\nl2tp-group 1\n allow l2tp virtual-template 1\n tunnel password simple x\n"
    )
    found = facts(body).tunnels.tunnels
    assert [(one.mode, one.remote, one.active, one.server) for one in found] == [
        ("mgre", "", True, False),
        ("6to4", "", False, False),
        ("mpls-te", "10.0.0.9", True, False),
        ("l2tp", "", True, True),
    ]
    assert found[0].nhrp


def test_ike_peers_of_a_template_take_anybody() -> None:
    body = (
        "ike peer ANY\n pre-shared-key simple x\n exchange-mode aggressive\n undo version 2\n#\nipsec policy-template T 1\n ike-peer ANY\n#\n"
        "ipsec policy P 1 isakmp template T\n#\ninterface GigabitEthernet0/0/1\n ipsec policy P\n#\nike peer IDLE\n remote-address 192.0.2.1\n"
    )
    first, second = facts(body).crypto.peers
    assert (first.any_peer, first.aggressive.need(), first.version, first.active) == (True, True, "1", True)
    assert (second.any_peer, second.active) == (False, False)


@pytest.mark.parametrize(
    ("line", "hop", "port", "vrf", "discard", "next_vrf"),
    [
        ("ip route-static 10.0.0.0 8 192.0.2.1", "192.0.2.1", "", "", False, ""),
        ("ip route-static 10.0.0.0 255.0.0.0 NULL0 preference 250", "", "NULL0", "", True, ""),
        (
            "ip route-static 10.0.0.0 255.0.0.0 GigabitEthernet0/0/1 192.0.2.1 track nqa a b",
            "192.0.2.1",
            "GigabitEthernet0/0/1",
            "",
            False,
            "",
        ),
        ("ip route-static 10.0.0.0 255.0.0.0 Vlanif 10", "", "Vlanif10", "", False, ""),
        ("ip route-static vpn-instance V 10.0.0.0 8 192.0.2.1 public", "192.0.2.1", "", "V", False, "global"),
        ("ip route-static vpn-instance V 10.0.0.0 8 vpn-instance W 192.0.2.1", "192.0.2.1", "", "V", False, "W"),
    ],
)
def test_static_routes(line: str, hop: str, port: str, vrf: str, discard: bool, next_vrf: str) -> None:
    (route,) = facts(f"{line}\n").routes.static
    assert (route.prefix, route.next_hop, route.interface, route.vrf, route.discard, route.next_vrf) == (
        "10.0.0.0/8",
        hop,
        port,
        vrf,
        discard,
        next_vrf,
    )


def test_redirection_of_all_kinds() -> None:
    body = (
        "acl number 3000\n rule 5 permit ip source 10.66.0.9 0\n#\npolicy-based-route PBR permit node 10\n if-match acl 3000\n apply ip-address next-hop 203.0.113.1\n#\n"
        "ip local policy-based-route PBR\n#\ntraffic behavior B\n redirect interface Tunnel1\n#\ninterface GigabitEthernet0/0/1\n traffic-redirect inbound acl 3000 ip-nexthop 203.0.113.2\n"
    )
    found = facts(body).redirection.redirects
    assert [(one.name, one.target_kind, one.target, bool(one.bound)) for one in found] == [
        ("B", "interface", "Tunnel1", False),
        ("PBR", "address", "203.0.113.1", True),
        ("traffic-redirect", "address", "203.0.113.2", True),
    ]
    assert found[1].matches == ("3000",)


def test_translation() -> None:
    body = "nat address-group 1 203.0.113.1 203.0.113.9\n#\ninterface GigabitEthernet0/0/1\n nat outbound 2000 address-group 1\n nat server protocol tcp global 203.0.113.1 8022 inside 10.0.0.1 22\n nat static global 203.0.113.2 inside 10.0.0.2 netmask 255.255.255.255\n"
    found = facts(body).nat.rules
    assert [(one.kind, one.inside, one.outside, one.outside_port, one.inside_port) for one in found] == [
        ("source", "2000", "1", "", ""),
        ("port-forward", "10.0.0.1", "203.0.113.1", "8022", "22"),
        ("static", "10.0.0.2", "203.0.113.2", "", ""),
    ]


def test_time_is_authenticated_only_with_all_three() -> None:
    key = "ntp-service authentication-keyid 1 authentication-mode md5 cipher x\n"
    server = "ntp-service unicast-server 192.0.2.1 authentication-keyid 1\n"
    trust = "ntp-service reliable authentication-keyid 1\n"
    on = "ntp-service authentication enable\n"
    assert facts(key + server + trust + on).time.servers[0].authenticated.need() is True
    for body in (server + trust + on, key + server + on, key + server + trust):
        assert facts(body).time.servers[0].authenticated.need() is False
    assert isinstance(facts("").time.serves, Unknown)


def test_logging_of_an_older_release() -> None:
    assert isinstance(facts("", head=OLD).logging.enabled, Unknown)
    found = facts(
        "info-center source default channel loghost log level warning\ninfo-center loghost 192.0.2.1\nundo info-center logbuffer\ninfo-center timestamp log none\n"
    ).logging
    assert (found.hosts[0].severity.need(), found.local.need(), found.timestamps.need()) == ("warning", False, False)


def test_code_on_the_device() -> None:
    body = "ops\n script-assistant python a.py\n assistant A\n  condition event name x\n  execute 1 python flash:/b.py\n  execute 2 command reset logbuffer\n#\nschedule reboot at 03:00\n"
    found = facts(body).scripts
    assert [script.path for script in found.scripts] == ["a.py", "flash:/b.py"]
    assert [(one.name, [trait.what for trait in one.traits]) for one in found.policies] == [("A", ["clears logs"])]
    assert [job.when for job in found.jobs] == ["03:00"]


def test_bgp_inherits_from_its_group_and_own_lines_win() -> None:
    body = (
        "bgp 65000\n group EXT external\n peer EXT as-number 65001\n peer EXT password cipher x\n peer EXT ebgp-max-hop 3\n peer 192.0.2.1 group EXT\n peer 192.0.2.2 group EXT\n"
        " peer 192.0.2.2 keychain K\n peer 192.0.2.2 ignore\n peer 192.0.2.3 as-number 65000\n ipv4-family unicast\n  peer EXT enable\n  peer EXT route-policy IN import\n  peer 192.0.2.2 route-policy OWN import\n"
    )
    first, second, third = facts(body).routing.bgp
    assert (first.remote_as, first.authentication.need(), first.multihop.need(), first.policies_in) == (
        "65001",
        "md5",
        3,
        ("IN",),
    )
    assert (second.authentication.need(), second.active, second.policies_in) == ("keychain", False, ("OWN",))
    assert (third.external, third.families) == (False, ())
    assert first.families == ("ipv4-family unicast",)


def test_interior_protocols_and_their_keys() -> None:
    body = (
        "interface Vlanif1\n ip address 10.0.0.1 24\n ospf authentication-mode null\n rip authentication-mode simple x\n isis enable 7\n isis silent\n ospfv3 1 area 0\n pim sm\n#\n"
        "ospf 9 vpn-instance V\n area 1\n  network 172.16.0.0 0.0.255.255\n#\nospf 1\n area 0\n  authentication-mode md5 1 cipher x\n  network 10.0.0.0 0.0.0.255\n#\nrip 1\n network 10.0.0.0\n#\n"
        "msdp\n peer 192.0.2.1 connect-interface LoopBack0\n peer 192.0.2.1 password cipher x\n"
    )
    found = {(one.protocol, one.where): one for one in facts(body).routing.adjacencies}
    assert found["ospf", "area 1"].vrf == "V"
    assert found["ospf", "Vlanif1"].authentication.need() == ""
    assert found["rip", "Vlanif1"].authentication.need() == "text"
    assert (found["isis", "Vlanif1"].instance, found["isis", "Vlanif1"].passive) == ("7", True)
    assert found["ospfv3", "Vlanif1"].instance == "1"
    assert found["msdp", "192.0.2.1"].authentication.need() == "md5"
    assert ("pim", "Vlanif1") in found


def test_interfaces_of_a_router() -> None:
    body = "interface GigabitEthernet0/0/0\n ip address dhcp-alloc\n urpf loose allow-default-route\n undo icmp redirect send\n arp-proxy enable\n undo ip forward-broadcast\n#\ninterface Eth-Trunk 1\n undo portswitch\n#\ninterface XGigabitEthernet0/0/1\n eth-trunk 1\n"
    first, trunk, member = facts(body).interfaces.interfaces
    assert (first.dynamic, first.urpf.need()) == (True, "loose")
    assert first.hardening is not None
    assert (
        first.hardening.redirects.need(),
        first.hardening.proxy_arp.need(),
        first.hardening.directed_broadcast.need(),
    ) == (False, True, False)
    assert (trunk.name, trunk.members, member.bundle) == ("Eth-Trunk1", ("XGigabitEthernet0/0/1",), "Eth-Trunk1")


def test_discovery() -> None:
    found = {
        one.protocol: one
        for one in facts(
            "lldp enable\n#\ninterface GigabitEthernet0/0/1\n undo lldp enable\n#\ninterface GigabitEthernet0/0/2\n lldp compliance cdp receive\n"
        ).discovery.protocols
    }
    assert (found["lldp"].enabled.need(), found["lldp"].off) == (True, ("GigabitEthernet0/0/1",))
    assert found["cdp"].enabled.need()
    assert facts("").discovery.protocols[0].enabled.need()
    assert isinstance(facts("", head=OLD).discovery.protocols[0].enabled, Unknown)


def test_control_plane() -> None:
    found = facts("").control_plane
    assert found.policed.need() is False
    assert found.builtin
    assert facts(
        "cpu-defend policy P\n car packet-type arp cir 64\n#\ncpu-defend-policy P global\n"
    ).control_plane.policed.need()


def test_an_incomplete_configuration_claims_no_default() -> None:
    found = facts("", end="")
    state = found.services.state(ServiceKind.TELNET)
    assert isinstance(state, Unknown)
    assert state.code is Code.CUT
    assert isinstance(found.control_plane.policed, Unknown)
    assert isinstance(found.aaa.enabled, Unknown)


def test_every_area_is_filled_or_missing_with_a_reason() -> None:
    found = facts("")
    assert set(found.areas) | set(found.missing) | {Area.STATE} == set(Area)
    assert set(found.missing) == {Area.CONTAINERS, Area.BOOT}
    assert set(facts("", display_startup="Startup system software: a.cc\n").missing) == {Area.CONTAINERS}
    assert isinstance(found.complete, Known)


def test_a_traffic_filter_lets_through_what_no_rule_matches() -> None:
    """The same list closes a user interface and leaves a port open, until a rule refuses everything."""
    rules = "acl number 3000\n rule 5 permit ip source 10.0.0.0 0.0.0.255\n"
    port = "#\ninterface Vlanif1\n traffic-filter inbound acl 3000\n#\nuser-interface vty 0 4\n acl 3000 inbound\n"
    for closing, passes in (("", True), (" rule 10 deny ip\n", False)):
        found = facts(rules + closing + port)
        assert found.interfaces.interfaces[0].filters_in[0].any_source.need() is passes
        assert found.access.points[0].filters[0].any_source.need() is False
    (bound,) = facts("interface Vlanif1\n traffic-filter inbound acl 3009\n").interfaces.interfaces[0].filters_in
    assert (bound.defined, bound.any_source.need()) == (False, True)


def test_a_protocol_that_is_off_decides_nothing() -> None:
    body = "aaa\n authentication-scheme S\n  authentication-mode hwtacacs local\n domain default_admin\n  authentication-scheme S\n"
    assert facts(body).aaa.enabled.need() is True
    enabled = facts("undo hwtacacs enable\n#\n" + body).aaa.enabled
    assert enabled.need() is False
    assert "undo hwtacacs enable" in [source.text for source in enabled.sources]
    assert facts("undo hwtacacs enable\n#\n" + body.replace("hwtacacs", "hwtacacs radius")).aaa.enabled.need() is True


def test_a_behavior_that_mirrors_and_is_not_applied_is_not_active() -> None:
    body = "traffic behavior B\n mirroring to observe-port 1\n#\nobserve-port 1 interface GigabitEthernet0/0/4\n"
    (session,) = facts(body).mirrors.sessions
    assert session.active.need() is False
    applied = "traffic classifier C\n if-match any\n#\ntraffic policy P\n classifier C behavior B\n#\ninterface GigabitEthernet0/0/1\n traffic-policy P inbound\n"
    (session,) = facts(body + "#\n" + applied).mirrors.sessions
    assert session.active.need() is True


def test_administrators_of_firewalls() -> None:
    """Seen in saved configurations of USG6000V (github.com/huangxuxiao/Medium-Sized-Enterprise-Network-Design)."""
    found = facts(
        "aaa\n"
        " manager-user audit\n  password cipher @%@%abc@%@%\n  service-type web terminal\n  level 15\n\n"
        " manager-user admin\n  password cipher @%@%def@%@%\n  service-type web terminal\n  level 15\n\n"
        " manager-user api\n  password cipher @%@%ghi@%@%\n  level 2\n"
        " bind manager-user audit role audit-admin\n bind manager-user admin role system-admin"
    )
    users = {one.name: one for one in found.accounts.users}
    assert {name: getattr(one.admin, "value", None) for name, one in users.items()} == {
        "audit": None,
        "admin": True,
        "api": False,
    }
    assert users["admin"].remote.need() and users["audit"].role == "audit-admin"
    assert all(one.secret is not None for one in users.values())
    assert found.unread.get(Area.ACCOUNTS) is None
