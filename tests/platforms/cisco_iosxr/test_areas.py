"""Topic by topic: statements with their options, overridden and removed ones, and what silence means."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.areas import Area, PointKind, ServiceKind
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.facts import Facts
from auditor.platforms.cisco_iosxr import platform
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.syntax.mask import Masker
from tests.platforms.cisco_iosxr.conftest import read
from tests.platforms.cisco_iosxr.samples import EDGE

HEAD = "!! IOS XR Configuration {}\nhostname r1\n"


def facts(text: str, release: str = "", **others: str) -> Facts:
    return read(HEAD.format(release) + text + "end\n", **others).facts


def value(setting: Known[Any] | Unknown) -> Any:
    return setting.value if isinstance(setting, Known) else setting.code


# Frame


def test_version_hostname_and_end() -> None:
    for head in ("!! IOS XR Configuration version = 6.2.2", "!! IOS XR Configuration 6.2.2"):
        found = read(f"{head}\nhostname r1\nend\n").facts
        assert (value(found.os_version), found.hostname) == ("6.2.2", "r1")
        assert isinstance(found.complete, Known)
    assert value(read("!! IOS XR Configuration\nhostname r1\nend\n").facts.os_version) is Code.VERSION
    assert value(read("hostname r1\n").facts.complete) is Code.CUT


def test_what_follows_the_end_is_no_configuration() -> None:
    found = read("hostname r1\nend\nusername evil\n group root-lr\n").facts
    assert found.accounts.users == ()
    assert isinstance(found.complete, Known)


def test_an_incomplete_configuration_has_no_defaults() -> None:
    found = read("hostname r1\nssh server v2\n").facts
    assert value(found.services.of(ServiceKind.TELNET)[0].enabled) is Code.CUT
    assert value(found.snmp.enabled) is Code.CUT
    assert value(found.containers.host) is Code.CUT
    assert value(found.accounts.users_known) is Code.CUT


def test_every_default_is_cited() -> None:
    assert len(TABLE.claims) > 20
    assert all("B." in claim.cite or "F." in claim.cite for claim in TABLE.claims)


def test_defaults_that_depend_on_the_release() -> None:
    grpc = "grpc\n port 57400\n!\n"
    assert value(facts(grpc, "26.1.1").services.of(ServiceKind.GNMI)[0].tls) is True
    assert value(facts(grpc, "6.2.2").services.of(ServiceKind.GNMI)[0].tls) is Code.DEFAULT
    assert value(facts(grpc).services.of(ServiceKind.GNMI)[0].tls) is Code.VERSION


def test_version_hardware_and_serial_of_other_documents() -> None:
    shown = "Cisco IOS XR Software, Version 7.9.2 LNT\nBuild Information:\n\ncisco 8000 (VXR)\ncisco NCS-5500 () processor\n"
    inventory = 'NAME: "Rack 0", DESCR: "Chassis"\nPID: NCS-5501 , VID: V01, SN: FOC0000AAAA\n'
    found = read("hostname r1\nend\n", version=shown, inventory=inventory).facts
    assert value(found.os_version) == "7.9.2"
    assert value(found.system.model) == "NCS-5500"
    assert value(found.system.serial) == "FOC0000AAAA"
    assert value(found.accounts.users_known) is True


# Accounts


def test_task_groups_decide_rights() -> None:
    found = facts(
        "taskgroup a\n inherit taskgroup b\n!\ntaskgroup b\n task write root-lr\n!\nusergroup g\n taskgroup a\n!\n"
        "usergroup h\n inherit usergroup g\n!\nusername u\n group h\n secret 10 $6$a$b\n!\nusername v\n group operator\n!\n"
    ).accounts
    assert [(role.name, value(role.full)) for role in found.roles] == [
        ("a", True),
        ("b", True),
        ("g", True),
        ("h", True),
    ]
    assert [(user.name, value(user.admin), user.login) for user in found.users] == [
        ("u", True, True),
        ("v", False, False),
    ]


def test_a_later_secret_replaces_an_earlier_one() -> None:
    (user,) = facts("username u\n group root-lr\n password 7 0822455D0A16\n secret 10 $6$a$b\n!\n").accounts.users
    assert user.secret is not None and user.secret.storage == "type 10 (SHA-512-crypt)"


def test_a_removed_user_is_gone() -> None:
    assert facts("username u\n group root-lr\n!\nno username u\n").accounts.users == ()


def test_the_administration_plane_has_users_of_its_own() -> None:
    admin = "!! IOS XR Admin Configuration\nusername root\n group root-system\n secret 5 $1$a$b\n!\nend\n"
    found = read("hostname r1\nusername u\n group root-lr\n!\nend\n", admin=admin).facts
    assert [(user.name, user.role, value(user.admin)) for user in found.accounts.users] == [
        ("u", "root-lr", True),
        ("root", "(admin plane) root-system", True),
    ]
    assert value(found.accounts.users_known) is True
    assert [one.name for one in found.coverage] == ["show running-config", "admin show running-config"]


def test_both_planes_in_one_file() -> None:
    joined = (
        "RP/0/RP0/CPU0:r1#show running-config\n!! IOS XR Configuration 6.2.2\nhostname r1\nssh server v2\nend\n"
        "RP/0/RP0/CPU0:r1#admin show running-config\nTue Mar  4 10:11:12.345 UTC\n"
        "aaa authentication users user root\n uid 9000\n password $1$a$b\n!\n"
        'aaa authentication groups group root-system\n users "root"\n!\nconfig-register 0x2102\nend\n'
    )
    found = read(joined).facts
    assert [(user.name, user.role, user.builtin) for user in found.accounts.users] == [
        ("root", "(admin plane) root-system", True)
    ]
    assert value(found.boot.register or Unknown(Code.CUT, "")) == "0x2102"
    assert found.services.of(ServiceKind.SSH)[0].vrfs == ("default",)
    assert isinstance(found.complete, Known)


def test_the_administration_plane_may_come_first() -> None:
    joined = (
        "RP/0/RP0/CPU0:r1#admin show running-config\nTue Mar  4 10:11:12.345 UTC\nBuilding configuration...\n"
        "!! IOS XR Admin Configuration = 4.3.2\nusername root\n group root-system\n secret 5 $1$a$b\n!\nend\n"
        "username evil\n group root-lr\nRP/0/RP0/CPU0:r1#show running-config\nBuilding configuration...\n!! IOS XR Configuration 4.3.2\n"
        "hostname r1\nusername bob\n group operator\n!\nend\n"
    )
    found = read(joined).facts
    assert [(user.name, user.role) for user in found.accounts.users] == [
        ("bob", "operator"),
        ("root", "(admin plane) root-system"),
    ]
    assert isinstance(found.complete, Known) and found.hostname == "r1"
    assert value(found.os_version) == "4.3.2"


def test_an_admin_block_is_the_administration_plane() -> None:
    found = facts("admin\n username root\n  group root-system\n  secret 5 $1$a$b\n !\n!\n").accounts
    assert [user.role for user in found.users] == ["(admin plane) root-system"]


def test_hooks_and_rights_for_everybody() -> None:
    found = facts(
        "aaa default-taskgroup root-lr\naaa map-to username bob spiffe-id any\nssh server trustpoint user CA\n"
        "line default\n autocommand show version\n users group root-lr\n!\n"
    ).accounts
    assert {hook.kind for hook in found.hooks} == {"autocommand", "identity mapping", "user certificate authority"}
    assert len(found.default_rights) == 2


def test_failed_logins_and_length_of_passwords() -> None:
    limited = facts("aaa password-policy P\n min-length 10\n authen-max-attempts 3\n!\n").accounts
    assert (value(limited.login_limited), value(limited.minimum_length)) == (True, 10)
    assert value(facts("ssh server rate-limit 60\n").accounts.login_limited) is True
    assert value(facts("aaa password-policy P\n authen-max-attempts 0\n!\n").accounts.login_limited) is False
    assert value(facts("").accounts.login_limited) is False


# AAA


def test_servers_groups_and_orders() -> None:
    found = facts(
        "tacacs-server host 192.0.2.1 port 49\n tls trustpoint T\n!\ntacacs-server key 7 0822455D0A16\n"
        "aaa group server tacacs+ G\n server 192.0.2.1\n server 192.0.2.9\n vrf M\n!\n"
        "aaa authentication login default group G local\naaa authentication login L local none\n"
        "line default\n login authentication L\n!\n"
    ).aaa
    (server,) = found.servers
    assert (server.group, server.order, server.vrf, value(server.tls)) == ("G", 1, "M", True)
    assert server.secret is not None and len(server.sources) == 4
    assert found.groups[0].undefined == ("192.0.2.9",)
    assert [str(method) for method in found.login_lists[1].methods] == ["local", "none"]
    assert len(found.login_lists[1].used_by) == 1
    assert value(found.enabled) is True


def test_accounting() -> None:
    found = facts(
        "aaa accounting commands default start-stop broadcast group A group B\naaa accounting exec default none\n"
        "aaa accounting commands default stop-only group C\naaa accounting update newinfo\n"
    ).aaa.accounting
    assert [(one.kind, one.groups, one.broadcast, one.off) for one in found] == [
        ("commands", ("C",), False, False),
        ("exec", (), False, True),
    ]


def test_without_servers_logins_are_local() -> None:
    assert value(facts("aaa authentication login default local\n").aaa.enabled) is False


# Ways in


def test_telnet_needs_a_server_a_pool_and_a_line() -> None:
    """Parsing trap 35: the server, the pool of VTYs and the template of its line decide together."""
    server = "telnet vrf default ipv4 server max-servers 5 access-list A\n"
    line = (
        "line default\n transport input ssh\n!\nline template T\n transport input telnet\n access-class ingress B\n!\n"
    )
    lists = "ipv4 access-list A\n 10 permit ipv4 192.0.2.0/24 any\n!\nipv4 access-list B\n 10 permit ipv4 any any\n!\n"

    def remote(text: str) -> list[tuple[str, Any, list[str]]]:
        return [
            (point.name, value(point.protocols), [one.name for one in point.filters])
            for point in facts(text).access.points
            if point.kind is PointKind.REMOTE and "telnet" in point.name
        ]

    assert remote(line + "vty-pool default 0 4 line-template T\n") == []
    assert remote(server + line) == []
    assert remote(lists + server + line + "vty-pool default 0 4 line-template T\n") == [
        ("vty-pool default 0 4: telnet in vrf default", ("telnet",), ["A", "B"])
    ]


def test_a_pool_for_the_event_manager_lets_nobody_in() -> None:
    assert len(facts("vty-pool eem 100 105\n").access.points) == 2


def test_a_line_that_accepts_nothing_is_closed() -> None:
    point = facts("ssh server v2\nline default\n transport input none\n!\n").access.points[1]
    assert (value(point.protocols), value(point.open_families)) == ((), ())


def test_the_ssh_server_without_a_statement_is_not_known() -> None:
    found = facts("")
    assert value(found.services.of(ServiceKind.SSH)[0].enabled) is Code.DEFAULT
    assert value(found.access.points[1].protocols) is Code.DEFAULT


def test_every_vrf_has_its_own_lists() -> None:
    found = facts(
        "ssh server v2\nssh server vrf A ipv4 access-list L4 ipv6 access-list L6\nssh server vrf default\nssh server port 5522\n"
        "interface Loopback0\n ipv6 address 2001:db8::1/128\n!\n"
        "ipv4 access-list L4\n 10 permit tcp host 192.0.2.1 any\n!\nipv6 access-list L6\n 10 permit ipv6 any any\n!\n"
    )
    one, two = found.services.of(ServiceKind.SSH)
    assert ([flt.name for flt in one.filters], value(one.open_families), one.port) == (["L4", "L6"], (), 5522)
    assert ([flt.name for flt in two.filters], value(two.open_families)) == ([], (4, 6))
    assert value(one.filters[1].any_source) is True


def test_only_one_family_is_protected() -> None:
    """Parsing trap 36."""
    found = facts(
        "ssh server vrf default ipv4 access-list L4\ninterface Loopback0\n ipv6 address 2001:db8::1/128\n!\n"
        "ipv4 access-list L4\n 10 permit tcp host 192.0.2.1 any\n!\n"
    )
    assert value(found.services.of(ServiceKind.SSH)[0].open_families) == (6,)


def test_timers_and_ways_out_of_a_line() -> None:
    point = facts(
        "ssh server v2\nline default\n exec-timeout 5 30\n absolute-timeout 60\n transport output ssh\n!\n"
    ).access.points[1]
    assert (value(point.idle_seconds), value(point.session_seconds)) == (330, 3600)
    assert point.outbound is not None and value(point.outbound) == ("ssh",)


MPP = "control-plane\n management-plane\n  inband\n   interface {}\n    {}\n   !\n  !\n !\n!\nssh server vrf default\n"


@pytest.mark.parametrize(
    ("interface", "allow", "admitted"),
    [
        ("Loopback0", "allow SSH peer\n     address ipv4 192.0.2.0/24\n    !", ["192.0.2.0/24"]),
        ("Loopback0", "allow SSH peer\n     address ipv4 192.0.2.0 255.255.255.0\n    !", ["192.0.2.0/24"]),
        ("Loopback0", "allow SNMP", []),
        ("Loopback0", "allow SSH peer", ["0.0.0.0/32"]),
    ],
)
def test_management_plane_protection(interface: str, allow: str, admitted: list[str]) -> None:
    (service,) = facts(MPP.format(interface, allow)).services.of(ServiceKind.SSH)
    (shield,) = service.filters
    assert (shield.name, value(shield.any_source)) == ("management-plane", False)
    assert [one.prefix for one in shield.admitted] == admitted
    assert value(service.open_families) == ()


@pytest.mark.parametrize("allow", ["allow all", "allow SSH", "allow SSH peer\n     address ipv4 0.0.0.0/0\n    !"])
def test_protection_that_lets_everybody_in_is_no_filter(allow: str) -> None:
    """Lawful-intercept reference, section 6: `allow` without `peer` permits everybody."""
    found = facts(MPP.format("all", allow))
    (service,) = found.services.of(ServiceKind.SSH)
    assert (service.filters, value(service.open_families)) == ((), (4,))
    assert [one.interface for one in found.control_plane.management] == ["all"]


def test_a_management_port_that_nobody_named_keeps_accepting() -> None:
    port = "interface MgmtEth0/RP0/CPU0/0\n ipv4 address 192.0.2.1 255.255.255.0\n!\n"
    allow = "allow SSH peer\n     address ipv4 192.0.2.0/24\n    !"
    (shield,) = facts(MPP.format("Loopback0", allow) + port).services.of(ServiceKind.SSH)[0].filters
    assert value(shield.any_source) is Code.DEFAULT


def test_protection_of_the_management_plane_does_not_cover_linux() -> None:
    text = MPP.format("Loopback0", "allow SSH") + "grpc\n port 57400\n!\n"
    assert facts(text).services.of(ServiceKind.GNMI)[0].filters == ()
    linux = (
        "linux networking\n vrf default\n  address-family ipv4\n   protection\n"
        "    protocol tcp local-port 57400 default-action deny\n     permit remote-address 192.0.2.0/24\n    !\n   !\n  !\n !\n!\n"
    )
    (one,) = facts(text + linux).services.of(ServiceKind.GNMI)[0].filters
    assert (value(one.any_source), [flt.prefix for flt in one.admitted]) == (False, ["192.0.2.0/24"])


# Services


def test_every_kind_of_service_is_listed() -> None:
    kinds = {service.kind for service in facts("").services.found}
    assert kinds == {
        ServiceKind.SSH,
        ServiceKind.TELNET,
        ServiceKind.NETCONF,
        ServiceKind.GNMI,
        ServiceKind.XML_API,
        ServiceKind.HTTP,
        ServiceKind.HTTPS,
        ServiceKind.TFTP,
        ServiceKind.SMALL_SERVERS,
        ServiceKind.DHCP,
        ServiceKind.LINUX_SSH,
    }


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("telnet ipv4 server max-servers no-limit\n", ServiceKind.TELNET),
        ("telnet vrf M ipv6 server max-servers 5\n", ServiceKind.TELNET),
        ("http server\n", ServiceKind.HTTP),
        ("http server ssl access-group A\n", ServiceKind.HTTPS),
        ("netconf-yang agent\n ssh\n!\n", ServiceKind.NETCONF),
        ("netconf agent tty\n", ServiceKind.NETCONF),
        ("xml agent tty\n", ServiceKind.XML_API),
        ("xml agent\n vrf M\n  ipv4 access-list A\n !\n!\n", ServiceKind.XML_API),
        ("tftp ipv4 server homedir disk0:\n", ServiceKind.TFTP),
        ("service ipv4 tcp-small-servers max-servers 5\n", ServiceKind.SMALL_SERVERS),
        ("dhcp ipv4\n profile P server\n !\n interface Bundle-Ether1 server profile P\n!\n", ServiceKind.DHCP),
        ("grpc\n!\n", ServiceKind.GNMI),
    ],
)
def test_services_that_are_switched_on(statement: str, kind: ServiceKind) -> None:
    assert value(facts("").services.of(kind)[0].enabled) is False
    (service,) = facts(statement).services.of(kind)
    assert (value(service.enabled), len(service.sources) > 0) == (True, True)


def test_words_in_the_wrong_place() -> None:
    """Parsing trap 34: clients, relays and timers are no servers."""
    found = facts(
        "telnet vrf default ipv4 client\ntelnet ipv4 client source-interface Loopback0\ntftp client retries 3\n"
        "ssh client v2\nssh server netconf port 831\nssh timeout 30\ndhcp ipv4\n profile P relay\n !\n"
        " interface Bundle-Ether1 relay profile P\n!\ninterface Loopback0\n description telnet server tftp server\n!\n"
    ).services
    for kind in (ServiceKind.TELNET, ServiceKind.TFTP, ServiceKind.NETCONF, ServiceKind.DHCP):
        assert value(found.of(kind)[0].enabled) is False, kind


def test_grpc_servers_of_their_own() -> None:
    one, two = facts(
        "grpc\n port 57400\n no-tls\n server LAB\n  port 57999\n  services\n   gnmi\n  !\n  tls\n   disable\n  !\n"
        "  metadata-authentication\n   disable\n  !\n !\n!\n"
    ).services.of(ServiceKind.GNMI)
    assert (one.port, value(one.tls), one.unauthenticated) == (57400, False, None)
    assert (two.name, two.port, value(two.tls), two.objects) == ("LAB", 57999, False, ("gnmi",))
    assert two.unauthenticated is not None


def test_the_ssh_server_in_detail() -> None:
    ssh = facts(
        "ssh server v2\nssh server algorithms cipher aes256-ctr aes128-cbc\nssh server enable cipher 3des-cbc\n"
        "ssh server port-forwarding local\nssh server backup port 11022 vrf M\n"
    ).services
    assert (value(ssh.ssh.version1), value(ssh.ssh.forwarding or Known(False))) == (False, True)
    assert [one.names for one in ssh.ssh.algorithms] == [("aes256-ctr", "aes128-cbc"), ("3des-cbc",)]
    assert [(value(one.enabled), one.port, one.vrfs) for one in ssh.of(ServiceKind.SSH)] == [
        (Code.DEFAULT, None, ("default",)),
        (True, 11022, ("M",)),
    ]
    assert value(facts("ssh server\n").services.of(ServiceKind.SSH)[0].enabled) is True


# SNMP


def test_snmp_is_off_without_a_statement() -> None:
    assert value(facts("").snmp.enabled) is False
    assert value(facts("snmp-server contact noc\n").snmp.enabled) is True


def test_views_and_taps() -> None:
    found = facts(
        "snmp-server view V iso included\nsnmp-server view V ciscoTap2MIB excluded\nsnmp-server view T 1.3.6.1.4.1.9.9.399 included\n"
        "snmp-server community c view MISSING RO A\n"
    )
    v, t = found.snmp.views
    assert "CISCO-TAP2-MIB" not in {root.mib for root in v.li_roots.need()}
    assert [root.mib for root in t.li_roots.need()] == ["CISCO-TAP2-MIB"]
    assert [one.kind for one in found.intercept.statements] == ["mib"]
    assert {(one.kind, one.name) for one in found.acls.undefined} == {("view", "MISSING"), ("access-list", "A")}


def test_users_and_receivers() -> None:
    found = facts(
        "snmp-server user u G v3 auth sha-512 encrypted 0822455D0A16 priv des56 encrypted 0822455D0A16 IPv4 A SystemOwner\n"
        "snmp-server user w G v3\nsnmp-server user r G remote 192.0.2.1 v3 auth md5 clear abc\n"
        "snmp-server host 192.0.2.1 traps version 3 auth u\n"
    ).snmp
    assert [(user.auth, user.privacy, user.remote) for user in found.users] == [
        ("sha-512", "des", False),
        ("", "", False),
        ("md5", "", True),
    ]
    assert (found.hosts[0].user, found.hosts[0].level, found.hosts[0].version) == ("u", "auth", "v3")


def test_notifications_of_failed_logins() -> None:
    assert value(facts("snmp-server traps\n").snmp.auth_failures) is True
    assert value(facts("snmp-server traps ntp\n").snmp.auth_failures) is False
    assert (
        value(facts("snmp-server traps snmp\nsnmp-server trap authentication vrf disable\n").snmp.auth_failures)
        is False
    )
    assert value(facts("snmp-server community c RO\n").snmp.auth_failures) is Code.DEFAULT


# Access lists


@pytest.mark.parametrize(
    ("entry", "sources", "ports", "protocol"),
    [
        ("permit tcp 192.0.2.0 0.0.0.255 any eq ssh", ("192.0.2.0/24",), ("22",), "tcp"),
        ("permit tcp 192.0.2.0/24 eq bgp any", ("192.0.2.0/24",), (), "tcp"),
        ("permit udp host 192.0.2.1 any range 1000 2000", ("192.0.2.1/32",), ("1000-2000",), "udp"),
        ("permit tcp any any neq telnet", ("0.0.0.0/0",), ("!23",), "tcp"),
        ("permit tcp any any gt 1023", ("0.0.0.0/0",), ("1024-65535",), "tcp"),
        ("permit 6 any any lt 1024", ("0.0.0.0/0",), ("0-1023",), "tcp"),
        ("permit ipv4 net-group NET any", ("192.0.2.0/24", "192.0.2.9/32"), (), ""),
        ("permit ipv4 net-group NONE any", (), (), ""),
        ("permit ipv4 10.0.0.0 0.255.0.255 any", ("10.0.0.0 0.255.0.255",), (), ""),
        ("permit host 192.0.2.1", ("192.0.2.1/32",), (), ""),
    ],
)
def test_entries(entry: str, sources: tuple[str, ...], ports: tuple[str, ...], protocol: str) -> None:
    group = "object-group network ipv4 NET\n 192.0.2.0/24\n object-group INNER\n!\nobject-group network ipv4 INNER\n host 192.0.2.9\n!\n"
    (acl,) = facts(f"{group}ipv4 access-list A\n 10 {entry}\n!\n").acls.lists
    (one,) = acl.entries
    assert (one.sources, one.ports, one.protocol) == (sources, ports, protocol)


def test_remarks_logs_and_sessions() -> None:
    (acl,) = facts(
        "ipv6 access-list A\n 10 remark permit ipv6 any any\n 20 permit tcp any any established\n 30 deny ipv6 any any log-input\n!\n"
    ).acls.lists
    assert [(one.established, one.log, one.permit) for one in acl.entries] == [
        (True, False, True),
        (False, True, False),
    ]


def test_lists_where_they_are_bound() -> None:
    found = facts(
        "interface TenGigE0/0/0/0\n ipv4 access-group IN ingress\n ipv4 access-group OUT egress hardware-count\n"
        " ipv6 access-group common C SIX ingress\n!\nipv4 access-list IN\n 10 deny ipv4 any any\n!\n"
    )
    (port,) = found.interfaces.interfaces
    assert [(one.name, one.defined) for one in port.filters_in] == [("IN", True), ("C", False), ("SIX", False)]
    assert [one.name for one in port.filters_out] == ["OUT"]
    assert [(one.where, one.direction) for one in found.acls.lists[0].bindings] == [("interface TenGigE0/0/0/0", "in")]
    assert {one.name for one in found.acls.undefined} == {"OUT", "C", "SIX"}


def test_undefined_names_need_a_complete_configuration() -> None:
    assert read("interface TenGigE0/0/0/0\n ipv4 access-group IN ingress\n!\n").facts.acls.undefined == ()


# Copies and export


@pytest.mark.parametrize(
    ("destination", "kind", "target"),
    [
        ("interface TenGigE0/0/0/9", "span", ("interface", "TenGigE0/0/0/9", "")),
        ("interface tunnel-ip7", "erspan", ("interface", "tunnel-ip7", "")),
        ("next-hop 203.0.113.1 vrf V", "erspan", ("address", "203.0.113.1", "V")),
        ("udp ipv4 203.0.113.1 port 5000", "udp", ("address", "203.0.113.1", "")),
        ("pseudowire", "span", ("pseudowire", "", "")),
        ("file size 1000 always-on", "file", ("file", "", "")),
    ],
)
def test_mirror_sessions(destination: str, kind: str, target: tuple[str, str, str]) -> None:
    feed = "interface TenGigE0/0/0/0\n monitor-session S ethernet direction tx-only port-level\n  acl A\n !\n!\n"
    (session,) = facts(f"monitor-session S ethernet\n destination {destination}\n!\n{feed}").mirrors.sessions
    (one,) = session.destinations
    assert (session.kind, (one.kind, one.value, one.vrf)) == (kind, target)
    assert (value(session.active), session.filters, session.copied) == (True, ("A",), ("TenGigE0/0/0/0 tx-only",))


def test_a_session_that_nothing_feeds_copies_nothing() -> None:
    found = facts("monitor-session S\n rx destination interface TenGigE0/0/0/9\n!\n").mirrors
    assert value(found.sessions[0].active) is False


def test_a_file_is_a_capture() -> None:
    found = facts(
        "monitor-session S ethernet\n destination file size 1\n!\ninterface TenGigE0/0/0/0\n monitor-session S ethernet\n!\n"
    ).mirrors
    assert [(one.interfaces, value(one.active)) for one in found.captures] == [(("TenGigE0/0/0/0",), True)]


def test_an_exporter_that_nothing_feeds() -> None:
    found = facts("flow exporter-map E\n version ipfix\n destination 192.0.2.1\n!\n").exporters.exporters
    assert [(one.protocol, value(one.active), one.port) for one in found] == [("ipfix", False, None)]


# Tunnels, circuits, keys


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("", "gre"),
        (" tunnel mode gre ipv6\n", "gre"),
        (" tunnel mode ipv4 decap\n", "ipip"),
        (" tunnel mode gre multipoint\n", "mgre"),
    ],
)
def test_tunnels(mode: str, told: str) -> None:
    (tunnel,) = facts(
        f"interface tunnel-ip1\n{mode} tunnel source Loopback0\n tunnel destination 203.0.113.1\n shutdown\n!\n"
    ).tunnels.tunnels
    assert (tunnel.mode, tunnel.remote, tunnel.local, tunnel.active) == (told, "203.0.113.1", "Loopback0", False)


def test_traffic_engineering_and_overlays() -> None:
    found = facts(
        "interface tunnel-te5\n destination 192.0.2.5\n!\ninterface nve1\n member vni 100\n!\n"
        "segment-routing\n traffic-eng\n  policy P\n   color 10 end-point ipv4 192.0.2.6\n  !\n !\n!\n"
        "mpls traffic-eng\n named-tunnels\n  tunnel-te X\n   destination 192.0.2.7\n  !\n !\n!\n"
    ).tunnels.tunnels
    assert [(one.mode, one.remote) for one in found] == [
        ("mpls-te", "192.0.2.5"),
        ("vxlan", ""),
        ("mpls-te", "192.0.2.7"),
        ("sr-te", "192.0.2.6"),
    ]


def test_circuits() -> None:
    found = facts(
        "l2vpn\n xconnect group X\n  p2p a\n   interface TenGigE0/0/0/1.1\n   neighbor ipv4 192.0.2.1 pw-id 5\n    pw-class C\n   !\n  !\n"
        "  p2p b\n   interface TenGigE0/0/0/1.2\n   interface TenGigE0/0/0/1.3\n  !\n"
        "  p2p c\n   interface TenGigE0/0/0/1.4\n   neighbor evpn evi 10 target 1 source 2\n  !\n"
        "  p2p d\n   monitor-session S\n   neighbor ipv4 203.0.113.1 pw-id 6\n  !\n !\n"
        " bridge group B\n  bridge-domain D\n   interface TenGigE0/0/0/2.1\n   !\n   evi 7\n   !\n  !\n !\n!\n"
    ).pseudowires.circuits
    assert [(one.name, one.kind, one.peer, one.id) for one in found] == [
        ("X a", "pseudowire", "192.0.2.1", "5"),
        ("X b", "local", "", ""),
        ("X c", "evpn", "", "10"),
        ("X d", "mirror", "203.0.113.1", "6"),
        ("B D", "evpn", "", "7"),
    ]


# Forwarding


def test_static_routes() -> None:
    found = facts(
        "router static\n address-family ipv4 unicast\n  10.0.0.0/8 TenGigE0/0/0/1 192.0.2.1 200 description to core\n"
        "  10.1.0.0/16 null 0\n  10.2.0.0/16 192.0.2.1 tag 7 permanent\n !\n address-family ipv6 unicast\n  ::/0 2001:db8::1\n !\n!\n"
    ).routes.static
    assert [(one.prefix, one.interface, one.next_hop, one.discard, one.name) for one in found] == [
        ("10.0.0.0/8", "TenGigE0/0/0/1", "192.0.2.1", False, "to core"),
        ("10.1.0.0/16", "null", "", True, ""),
        ("10.2.0.0/16", "", "192.0.2.1", False, ""),
        ("::/0", "", "2001:db8::1", False, ""),
    ]


def test_redirects_say_where_they_are_bound() -> None:
    found = facts(
        "ipv4 access-list A\n 10 permit ipv4 host 203.0.113.8 any nexthop1 ipv4 198.51.100.7 nexthop2 ipv4 198.51.100.8\n"
        " 20 permit ipv4 any any nexthop1 vrf V\n!\ninterface TenGigE0/0/0/0\n ipv4 access-group A ingress\n!\n"
    ).redirection.redirects
    assert [(one.target_kind, one.target, len(one.bound)) for one in found] == [
        ("address", "198.51.100.7", 1),
        ("address", "198.51.100.8", 1),
        ("vrf", "V", 1),
    ]


def test_policies_that_set_next_hops() -> None:
    found = facts(
        "route-policy P\n  if community matches-any (65000:666, 65000:667) then\n    set next-hop 203.0.113.9\n  endif\n"
        "  if destination in (10.0.0.0/8 le 32) then set next-hop self else set next-hop peer-address endif\nend-policy\n!\n"
        "router bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n  address-family ipv4 unicast\n   route-policy P in\n  !\n !\n!\n"
    ).redirection.rewrites
    assert [(one.next_hop, one.triggers, len(one.bound)) for one in found] == [
        ("203.0.113.9", ("65000:666", "65000:667"), 1)
    ]


# Logs and time


def test_receivers() -> None:
    found = facts(
        "logging trap critical\nlogging 192.0.2.1 vrf default\nlogging loghost vrf M severity warning\nlogging 192.0.2.1 vrf default severity error\n"
    ).logging.hosts
    assert [(one.address, one.vrf, value(one.severity)) for one in found] == [
        ("192.0.2.1", "", "error"),
        ("loghost", "M", "warning"),
    ]


def test_what_keeps_messages_from_being_logged() -> None:
    found = facts(
        "logging trap disable\nlogging events link-status disable\nlogging buffered discriminator\n nomatch1 LOGIN\n!\n"
        "logging suppress rule A\n alarm X Y Z\n!\nlogging suppress rule B\n all-alarms\n!\nlogging suppress apply rule B\n all-of-router\n!\n"
    ).logging
    assert {one.pattern for one in found.suppressions} == {"", "LOGIN", "all-alarms"}
    assert len(found.suppressions) == 4


def test_the_local_log() -> None:
    assert value(facts("").logging.local) is True
    assert value(facts("logging buffered disable\n").logging.local) is False
    assert value(facts("logging buffered errors\n").logging.local_severity) == "error"
    assert value(facts("service timestamps log disable\n").logging.timestamps) is False


def test_authenticated_time_needs_three_statements() -> None:
    key = " authentication-key 1 md5 encrypted 0822455D0A16\n"
    server = " server 192.0.2.1 key 1\n"
    for text, told in (
        (f"ntp\n{key} authenticate\n trusted-key 1\n{server}!\n", True),
        (f"ntp\n{key} trusted-key 1\n{server}!\n", False),
        (f"ntp\n{key} authenticate\n{server}!\n", False),
        (f"ntp\n authenticate\n trusted-key 1\n{server}!\n", False),
    ):
        (one,) = facts(text).time.servers
        assert value(one.authenticated) is told
    assert value(facts("ntp\n master 4\n!\n").time.serves) is True


# On-box code and what it calls


def test_event_manager_of_the_new_kind() -> None:
    found = facts(
        'event manager event-trigger E\n type syslog pattern "LOGIN"\n!\nevent manager event-trigger T\n type timer watchdog value 60\n!\n'
        "event manager action A\n username root\n type script x.py checksum sha256 aa\n!\n"
        "event manager policy-map P\n trigger event E\n action A\n!\nevent manager policy-map Q\n trigger event T\n action A\n!\n"
    ).scripts
    assert [(one.name, one.trigger, one.checked) for one in found.policies] == [
        ("P", 'type syslog pattern "LOGIN"', True),
        ("Q", "type timer watchdog value 60", True),
    ]
    assert [(one.name, one.commands) for one in found.jobs] == [("Q", ("type script x.py checksum sha256 aa",))]


def test_a_suspended_scheduler() -> None:
    (one,) = facts("event manager policy a.tcl username u\nevent manager scheduler suspend\n").scripts.policies
    assert (one.active, one.checked) == (False, False)


def test_containers() -> None:
    found = facts(
        'appmgr\n allow-sensitive-paths\n application A\n  activate type docker source s docker-run-opts "--net=host -v /:/mnt -e H=192.0.2.9"\n !\n'
        " process-script P\n  executable p.py\n  autorun\n !\n!\n"
    )
    (app,) = found.containers.apps
    assert (value(found.containers.host), app.started, app.image, app.addresses) == (True, True, "s", ("192.0.2.9",))
    assert (len(app.network), len(app.privileged)) == (1, 2)
    assert [(one.name, one.active) for one in found.scripts.scripts] == [("P", True)]
    assert value(facts("").containers.host) is False


def test_connections_that_the_device_opens() -> None:
    found = facts(
        "call-home\n service active\n profile A\n  active\n  destination address email noc@example.net\n !\n profile B\n  destination address http http://198.51.100.1:8080/x\n !\n!\n"
        "telemetry model-driven\n destination-group D\n  vrf M\n  address-family ipv4 192.0.2.1 port 5432\n   protocol tcp\n  !\n !\n!\n"
        "bmp server 1\n host 192.0.2.2 port 1790\n!\nlicense smart url smart https://licence.example.net/x\n"
    ).dialout.connections
    assert [(one.kind, one.address, one.active, value(one.tls)) for one in found] == [
        ("call-home", "noc@example.net", True, Code.DEFAULT),
        ("call-home", "198.51.100.1", False, False),
        ("telemetry", "192.0.2.1", False, False),
        ("telemetry", "192.0.2.2", True, False),
        ("licence", "licence.example.net", True, True),
    ]


def test_transfers() -> None:
    found = facts(
        "configuration commit auto-save filename sftp://bob@192.0.2.1/x\nftp client password encrypted 0822455D0A16\n"
    ).transfers.transfers
    assert [(one.kind, one.protocol, one.host) for one in found] == [
        ("archive", "sftp", "192.0.2.1"),
        ("credentials", "ftp", ""),
    ]


# Interfaces


def test_an_interface_in_detail() -> None:
    (port,) = facts(
        "interface Bundle-Ether1.10\n ipv4 address 192.0.2.1/24\n ipv6 address fe80::1 link-local\n ipv6 enable\n ipv4 redirects\n"
        " ipv4 directed-broadcast\n ipv4 verify unicast source reachable-via any\n!\n"
    ).interfaces.interfaces
    assert (port.role, port.addresses[0], value(port.urpf)) == ("vlan", "192.0.2.1/24", "loose")
    assert port.hardening is not None
    assert (value(port.hardening.redirects), value(port.hardening.directed_broadcast)) == (True, True)
    assert (value(port.hardening.unreachables), value(port.hardening.proxy_arp)) == (True, False)


def test_a_second_primary_address_replaces_the_first() -> None:
    (port,) = facts(
        "interface Loopback0\n ipv4 address 192.0.2.1/32\n ipv4 address 192.0.2.2/32\n!\n"
    ).interfaces.interfaces
    assert port.addresses == ("192.0.2.2/32",)


def test_source_routing_is_open_when_nothing_is_said() -> None:
    assert value(facts("").interfaces.source_routing) is Code.DEFAULT
    assert value(facts("ipv4 source-route\n").interfaces.source_routing) is True
    assert value(facts("no ipv4 source-route\n").interfaces.source_routing) is False


def test_discovery() -> None:
    found = facts(
        "cdp\ninterface TenGigE0/0/0/0\n cdp\n lldp\n  transmit disable\n  receive disable\n !\n!\n"
    ).discovery.protocols
    assert [(one.protocol, value(one.enabled), one.on, one.off) for one in found] == [
        ("cdp", True, ("TenGigE0/0/0/0",), ()),
        ("lldp", False, (), ("TenGigE0/0/0/0",)),
    ]


# Groups


GROUP = (
    "group EDGE\n interface 'TenGigE0/0/0/[0-9]+'\n  ipv4 access-group IN ingress\n  ipv4 verify unicast source reachable-via rx\n !\n"
    " router bgp '.*'\n  neighbor '.*'\n   ttl-security\n  !\n !\nend-group\n"
)


def test_groups_act_where_their_names_match() -> None:
    found = facts(
        GROUP
        + "apply-group EDGE\ninterface TenGigE0/0/0/1\n ipv4 address 10.0.0.1/24\n!\ninterface Loopback0\n ipv4 address 10.0.1.1/32\n!\n"
        "router bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n !\n!\n"
    )
    port, loop = found.interfaces.interfaces
    assert ([one.name for one in port.filters_in], value(port.urpf)) == (["IN"], "strict")
    assert (loop.filters_in, value(loop.urpf)) == ((), "")
    assert value(found.routing.bgp[0].ttl_security) is True
    assert [source.text for source in found.routing.bgp[0].sources if "group" in source.text] == ["apply-group EDGE"]
    assert found.coverage[0].unread == ()


def test_a_group_that_nobody_applies_does_nothing() -> None:
    found = facts(GROUP + "interface TenGigE0/0/0/1\n ipv4 address 10.0.0.1/24\n!\n")
    assert found.interfaces.interfaces[0].filters_in == ()
    assert found.coverage[0].unread == ()


def test_statements_of_the_level_itself_override_the_group() -> None:
    group = "group G\n interface 'Loop.*'\n  vrf OUTER\n  ipv4 address 192.0.2.1/32\n !\nend-group\n"
    (port,) = facts(group + "apply-group G\ninterface Loopback0\n vrf INNER\n!\n").interfaces.interfaces
    assert (port.vrf, port.addresses) == ("INNER", ("192.0.2.1/32",))


def test_a_group_that_is_applied_nearer_wins() -> None:
    groups = "group A\n interface '.*'\n  vrf FAR\n !\nend-group\ngroup B\n interface '.*'\n  vrf NEAR\n !\nend-group\n"
    (port,) = facts(groups + "apply-group A\ninterface Loopback0\n apply-group B\n!\n").interfaces.interfaces
    assert port.vrf == "NEAR"


def test_a_group_with_a_plain_name_creates_the_level() -> None:
    group = "group G\n router isis core\n  interface TenGigE0/0/0/7\n   hello-password text encrypted 0822455D0A16\n  !\n !\nend-group\n"
    (one,) = facts(group + "apply-group G\nrouter isis core\n!\n").routing.adjacencies
    assert (one.where, value(one.authentication)) == ("TenGigE0/0/0/7", "text")


def test_an_expression_that_could_take_long_leaves_the_configuration_open() -> None:
    found = facts("group G\n interface '(a+)+$'\n  shutdown\n !\nend-group\napply-group G\ninterface Loopback0\n!\n")
    assert value(found.complete) is Code.CUT


# Routing


def test_neighbours_inherit() -> None:
    first, second, third = read(EDGE).facts.routing.bgp
    assert (first.remote_as, value(first.authentication), value(first.ttl_security)) == ("64999", "md5", True)
    assert (first.policies_in, first.policies_out, value(first.prefix_limit)) == (("OUTER",), ("PASS",), True)
    assert (value(second.authentication), second.active, second.external) == ("", False, True)
    assert (third.dynamic, value(third.multihop), third.vrf) == (True, 2, "CUST")


def test_tcp_authentication_option() -> None:
    (one,) = facts(
        "router bgp 1\n neighbor 192.0.2.1\n  ao KEYS include-tcp-options enable\n  password encrypted 0822455D0A16\n !\n!\n"
    ).routing.bgp
    assert (value(one.authentication), one.secret) == ("tcp-ao", None)


def test_groups_of_groups_and_circles() -> None:
    (one,) = facts(
        "router bgp 1\n neighbor-group A\n  use neighbor-group B\n  remote-as 2\n !\n neighbor-group B\n  use neighbor-group A\n  remote-as 3\n"
        "  ttl-security\n !\n neighbor 192.0.2.1\n  use neighbor-group A\n !\n!\n"
    ).routing.bgp
    assert (one.remote_as, value(one.ttl_security)) == ("2", True)


def test_interior_protocols() -> None:
    found = {(one.protocol, one.where): one for one in read(EDGE).facts.routing.adjacencies}
    assert value(found["ospf", "TenGigE0/0/0/0"].authentication) == "keychain"
    assert value(found["ospf", "TenGigE0/0/0/1"].authentication) == ""
    assert value(found["isis", "TenGigE0/0/0/0"].authentication) == "md5"
    assert value(found["isis", "link-state database"].authentication) == "text"
    assert value(found["ldp", "TenGigE0/0/0/0"].authentication) == "md5"
    assert value(found["ldp", "192.0.2.9:0"].authentication) == ""
    assert value(found["hsrp", "TenGigE0/0/0/1 group 1"].authentication) == "text"


def test_more_interior_protocols() -> None:
    found = facts(
        "rsvp\n authentication\n  key-source key-chain K\n !\n interface TenGigE0/0/0/0\n !\n!\n"
        "router eigrp 7\n address-family ipv4\n  interface TenGigE0/0/0/1\n   authentication keychain K\n  !\n !\n!\n"
        "router rip\n interface TenGigE0/0/0/2\n  passive-interface\n !\n!\n"
        "router msdp\n peer 192.0.2.9\n  password encrypted 0822455D0A16\n !\n!\n"
        "router pim\n address-family ipv4\n  interface TenGigE0/0/0/3\n  !\n !\n!\n"
        "router vrrp\n interface TenGigE0/0/0/4\n  address-family ipv4\n   vrrp 5\n    text-authentication abc\n   !\n  !\n !\n!\n"
        "router ospfv3 1\n vrf V\n  area 0\n   interface TenGigE0/0/0/5\n    authentication ipsec spi 256 md5 clear abc\n   !\n  !\n !\n!\n"
    ).routing.adjacencies
    assert {(one.protocol, value(one.authentication)) for one in found} == {
        ("rsvp", "keychain"),
        ("eigrp", "keychain"),
        ("rip", ""),
        ("msdp", "md5"),
        ("pim", ""),
        ("vrrp", "text"),
        ("ospfv3", "ipsec"),
    }
    assert next(one for one in found if one.protocol == "ospfv3").vrf == "V"


# Intercept and telecom


def test_capability_of_intercept() -> None:
    found = facts("aaa intercept\nlawful-intercept overlap-tap enable\ntaskgroup L\n task execute li\n!\n").intercept
    assert [one.kind for one in found.statements] == ["radius", "package", "li-user"]
    assert facts("lawful-intercept disable\ntaskgroup R\n task read li\n!\n").intercept.statements == ()


def test_protocols_of_the_mobile_core() -> None:
    found = facts(
        "ipv4 access-list A\n 10 permit udp 192.0.2.0/24 any eq 2123\n 20 deny udp any any eq 8805\n 30 permit sctp any any eq 36412\n 40 permit 132 any any\n!\n"
    ).telecom.bindings
    assert [(one.protocol, one.peers, one.permits) for one in found] == [
        ("gtp-c", ("192.0.2.0/24",), True),
        ("pfcp", (), False),
        ("s1ap", (), True),
        ("sctp", (), True),
    ]


def test_all_areas_are_filled() -> None:
    found = read(EDGE).facts
    assert set(found.areas) == set(Area) - {Area.STATE}
    assert found.missing == {}


def test_without_a_configuration_everything_is_missing() -> None:
    found = platform.read(Device("r1"), [], [], Masker(b"k")).facts
    assert set(found.missing) | {Area.STATE} == set(Area) - {Area.PROBES}


def test_prefix_lists_of_both_kinds() -> None:
    found = facts(
        "ipv4 prefix-list P\n 10 permit 10.0.0.0/8 ge 16 le 24\n 20 deny 0.0.0.0/0\n!\nprefix-set S\n  2001:db8::/32 eq 48,\n  192.0.2.1\nend-set\n!\n"
        "route-policy R\n  if destination in S then pass endif\nend-policy\n!\n"
    ).acls.prefix_lists
    assert [(one.name, one.family, [(e.permit, e.prefix, e.ge, e.le) for e in one.entries]) for one in found] == [
        ("S", 6, [(True, "2001:db8::/32", 48, 48), (True, "192.0.2.1/32", None, None)]),
        ("P", 4, [(True, "10.0.0.0/8", 16, 24), (False, "0.0.0.0/0", None, None)]),
    ]
    assert [binding.where for binding in found[0].bindings] == ["route-policy R"]


def test_entries_act_in_the_order_of_their_numbers() -> None:
    (acl,) = facts(
        "ipv4 access-list A\n 20 permit ipv4 any any\n 10 deny ipv4 host 192.0.2.1 any\n 20 deny ipv4 any any\n permit tcp any any\n!\n"
    ).acls.lists
    assert [(one.permit, one.protocol) for one in acl.entries] == [(False, ""), (False, ""), (True, "tcp")]


def test_a_next_hop_of_a_deny_sends_nothing_elsewhere() -> None:
    assert facts("ipv4 access-list A\n 10 deny ipv4 any any nexthop1 ipv4 203.0.113.1\n!\n").redirection.redirects == ()


def test_policies_are_bound_wherever_they_are_used() -> None:
    found = facts(
        "route-policy P\n  set next-hop 203.0.113.1\nend-policy\n!\nvrf V\n address-family ipv4 unicast\n  import route-policy P\n !\n!\n"
        "router ospf 1\n redistribute static route-policy P\n!\nrouter bgp 1\n address-family ipv4 unicast\n  table-policy P\n"
        "  redistribute connected route-policy NONE\n !\n!\n"
    )
    (one,) = found.redirection.rewrites
    assert len(one.bound) == 3
    assert [(name.kind, name.name) for name in found.acls.undefined] == [("route-policy", "NONE")]


def test_subscribers_may_be_mirrored() -> None:
    found = facts(
        "monitor-session S ethernet\n destination interface TenGigE0/0/0/9\n!\ndynamic-template\n type ppp P\n  monitor-session S direction rx-only\n !\n!\n"
    ).mirrors.sessions
    assert [(one.copied, value(one.active)) for one in found] == [(("subscribers of type ppp P rx-only",), True)]


def test_multicast_routing_is_a_feature() -> None:
    (one,) = facts("multicast-routing\n address-family ipv4\n  interface all enable\n").system.features.need()
    assert one.name == "multicast-routing"
    assert facts("hostname r1\n").system.features.need() == ()
