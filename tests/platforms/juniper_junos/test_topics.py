"""Topic by topic: statements with their options, overridden and removed forms, what an absent statement means."""

from collections.abc import Callable

import pytest

from auditor.model.areas import Method, PointKind, ServiceKind
from auditor.model.evidence import Known, Unknown
from auditor.model.facts import Facts

Read = Callable[[str], Facts]
HEAD = "set version 22.4R3\nset system host-name r1\n"


def read(facts: Read, *lines: str, head: str = HEAD) -> Facts:
    """The facts of some lines behind a version and a host name."""
    found = facts(
        head
        + "".join(f"set {line}\n" if line.split()[0] not in ("delete", "deactivate") else f"{line}\n" for line in lines)
    )
    assert found.unread == {}, found.unread
    return found


def test_system(facts: Read) -> None:
    found = read(facts, 'system login message "go away"', 'system login announcement "hello"').system
    assert [(banner.kind, banner.before_login) for banner in found.banners] == [
        ("message", True),
        ("announcement", False),
    ]
    assert isinstance(found.model, Unknown)
    assert read(facts).system.banners == ()
    assert facts("# Model: srx300\n" + HEAD).system.model.need() == "srx300"


def test_keys_and_classes(facts: Read) -> None:
    found = read(
        facts,
        "system login class OPS permissions [ view shell ]",
        'system login class OPS deny-commands "request system"',
        "system login class OPS login-script x.slax",
        "system login class OPS idle-timeout 10",
        "system login user a class OPS",
        'system login user a authentication ssh-ed25519 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 a@b" from "10.*"',
        'system root-authentication ssh-rsa "AAAAB3NzaC1yc2E="',
        "system services ssh authorized-keys-command /usr/bin/x",
        "system services ssh authorized-keys-command-user nobody",
        "system services ssh trusted-user-ca-key-file /etc/ca.pub",
    )
    accounts = found.accounts
    (role,) = accounts.roles
    assert (role.name, role.full.need(), role.shell.need()) == ("OPS", False, True)
    assert role.rights == ("view", "shell", "deny-commands request system")
    assert [(key.user, key.algorithm, key.comment) for key in accounts.keys] == [
        ("root", "ssh-rsa", ""),
        ("a", "ssh-ed25519", "a@b"),
    ]
    assert all(key.fingerprint.startswith("SHA256:") for key in accounts.keys)
    assert [(hook.kind, hook.target, hook.user) for hook in accounts.hooks] == [
        ("authorized keys command", "/usr/bin/x", "nobody"),
        ("user certificate authority", "/etc/ca.pub", ""),
        ("login script", "x.slax", ""),
    ]
    assert (accounts.users[1].shell.need(), accounts.users[1].admin.need()) == (True, False)
    assert found.scripts.shell is not None and found.scripts.shell.need() is True


def test_a_key_that_is_none_has_no_fingerprint(facts: Read) -> None:
    (key,) = read(facts, 'system login user a authentication ssh-rsa "not base64 at all"').accounts.keys
    assert key.fingerprint == ""


def test_what_guards_logins(facts: Read) -> None:
    found = read(
        facts, "system login retry-options tries-before-disconnect 4", "system login password minimum-length 12"
    ).accounts
    assert (found.login_limited.need(), found.login_limited.sources[0].line, found.minimum_length.need()) == (
        True,
        3,
        12,
    )
    none = read(facts).accounts
    assert none.login_limited.need() is True and none.login_limited.default
    assert isinstance(none.minimum_length, Unknown)
    assert none.obscured is not None and none.obscured.need() is False
    assert read(facts, 'system radius-server 10.0.0.1 secret "$8$aes"').accounts.obscured.need() is True


def test_aaa_in_full(facts: Read) -> None:
    found = read(
        facts,
        "system authentication-order [ radius tacplus ]",
        'system radius-server 192.0.2.1 secret "$9$a" port 1645',
        "system radius-server 192.0.2.1 routing-instance mgmt_junos",
        'system tacplus-server 192.0.2.2 secret "$9$b"',
        "system accounting events [ login change-log interactive-commands ]",
        'system accounting destination tacplus server 192.0.2.3 secret "$9$c"',
        "system tacplus-options strict-authorization",
        "system services ssh authentication-order tacplus",
        'access radius-server 192.0.2.4 secret "$9$d" dynamic-request-port 3799',
        "access profile P radius authentication-server [ 192.0.2.4 192.0.2.5 ]",
        "system login user remote class super-user",
    ).aaa
    assert [
        (one.protocol, one.address, one.order, one.port, one.vrf, one.group, one.purposes) for one in found.servers
    ] == [
        ("tacacs+", "192.0.2.2", 1, None, "", "", ()),
        ("radius", "192.0.2.1", 1, 1645, "mgmt_junos", "", ()),
        ("tacacs+", "192.0.2.3", None, None, "", "accounting", ("accounting",)),
        ("radius", "192.0.2.4", None, None, "", "access", ("subscriber",)),
    ]
    assert all(one.secret is not None and one.secret.storage == "reversible ($9$)" for one in found.servers)
    assert found.enabled.need() is True
    device, ssh = found.login_lists
    assert (device.methods, device.after_reject, device.used_by) == ((Method.SERVERS, Method.SERVERS), False, ())
    assert (ssh.name, [source.line for source in ssh.used_by]) == ("authentication-order services ssh", [10])
    assert [(one.kind, one.groups) for one in found.accounting] == [
        ("exec", ("192.0.2.3",)),
        ("config", ("192.0.2.3",)),
        ("commands", ("192.0.2.3",)),
    ]
    assert [one.name for one in found.authorization] == ["strict-authorization"]
    assert [(group.name, group.members, group.undefined) for group in found.groups] == [
        ("P", ("192.0.2.4", "192.0.2.5"), ("192.0.2.5",))
    ]
    assert (found.coa.need(), [client.address for client in found.coa_clients]) == (True, ["192.0.2.4"])
    assert [source.line for source in found.default_role] == [13]


def test_aaa_absent(facts: Read) -> None:
    found = read(facts).aaa
    assert (found.servers, found.login_lists, found.enabled.need(), bool(found.enabled.default)) == (
        (),
        (),
        False,
        True,
    )
    assert isinstance(facts("interfaces {\n}\n").aaa.enabled, Unknown)


def test_accounting_without_servers_tells_those_of_logins(facts: Read) -> None:
    found = read(
        facts,
        'system tacplus-server 192.0.2.2 secret "$9$b"',
        "system accounting events login",
        "system accounting destination tacplus",
    ).aaa
    assert found.accounting[0].groups == ("192.0.2.2",)


def test_ports_and_idle_sessions(facts: Read) -> None:
    found = read(facts, "system ports console insecure", "system services ssh", "system login idle-timeout 15").access
    assert [(one.name, one.kind, one.idle_seconds.need()) for one in found.points] == [
        ("ssh", PointKind.REMOTE, 900),
        ("console", PointKind.CONSOLE, 900),
    ]
    ports = read(facts, "system ports console disable", "system ports auxiliary type vt100").access.points
    assert [(one.name, one.kind) for one in ports] == [("auxiliary", PointKind.AUX)]
    assert read(facts, "system ports auxiliary disable", "system ports console disable").access.points == ()
    never = read(facts, "system services ssh", "system login user a class super-user").access.points[0]
    assert never.idle_seconds.need() == 0
    classes = read(
        facts,
        "system services ssh",
        "system login class A idle-timeout 5",
        "system login class B idle-timeout 20",
        "system login user a class A",
        "system login user b class B",
    ).access.points[0]
    assert classes.idle_seconds.need() == 1200


def test_ssh_that_is_closed_to_the_network(facts: Read) -> None:
    point = read(facts, "system services ssh access-disable-external").access.points[0]
    assert (point.protocols.need(), point.open_families.need()) == ((), ())


def test_every_kind_of_service_is_listed(facts: Read) -> None:
    found = read(facts).services
    kinds = {service.kind for service in found.found}
    assert {
        ServiceKind.SSH, ServiceKind.TELNET, ServiceKind.HTTP, ServiceKind.HTTPS, ServiceKind.NETCONF, ServiceKind.GNMI,
        ServiceKind.JSON_RPC, ServiceKind.XML_API, ServiceKind.FTP, ServiceKind.TFTP, ServiceKind.SFTP, ServiceKind.SCP,
        ServiceKind.RSH, ServiceKind.FINGER, ServiceKind.DNS, ServiceKind.DHCP, ServiceKind.DTCP, ServiceKind.OTHER,
    } == kinds  # fmt: skip
    assert all(isinstance(one.enabled, Known) and not one.enabled.value and one.enabled.default for one in found.found)
    part = facts("interfaces {\n}\n").services
    assert all(isinstance(one.enabled, Unknown) for one in part.found)


@pytest.mark.parametrize(
    ("line", "kind", "name", "port", "tls"),
    [
        ("system services telnet", ServiceKind.TELNET, "telnet", None, False),
        ("system services netconf ssh port 831", ServiceKind.NETCONF, "netconf ssh", 831, True),
        ("system services ftp", ServiceKind.FTP, "ftp", None, False),
        ("system services tftp-server", ServiceKind.TFTP, "tftp-server", None, False),
        ("system services finger", ServiceKind.FINGER, "finger", None, False),
        ("system services rlogin", ServiceKind.RSH, "rlogin", None, False),
        ("system services xnm-clear-text", ServiceKind.XML_API, "xnm-clear-text", None, False),
        ("system services xnm-ssl local-certificate C", ServiceKind.XML_API, "xnm-ssl", None, True),
        ("system services web-management http port 8081", ServiceKind.HTTP, "web-management http", 8081, False),
        ("system services web-management https system-generated-certificate", ServiceKind.HTTPS, "web-management https", None, True),
        ("system services rest http", ServiceKind.JSON_RPC, "rest http", None, False),
        ("system services flow-tap-dtcp ssh", ServiceKind.DTCP, "flow-tap-dtcp", 32001, True),
        ("system services extension-service request-response grpc clear-text port 50051", ServiceKind.GNMI, "grpc clear-text", 50051, False),
        ("system services extension-service request-response grpc ssl local-certificate C", ServiceKind.GNMI, "grpc ssl", 32767, True),
        ("system services dhcp-local-server group g interface ge-0/0/0.0", ServiceKind.DHCP, "dhcp-local-server", None, False),
        ("routing-instances R system services dhcp-local-server group g interface ge-0/0/0.0", ServiceKind.DHCP, "dhcp-local-server", None, False),
        ("system services ssh sftp-server", ServiceKind.SFTP, "sftp", None, True),
    ],
)  # fmt: skip
def test_services_that_are_on(
    facts: Read, line: str, kind: ServiceKind, name: str, port: int | None, tls: bool
) -> None:
    found = [one for one in read(facts, line).services.of(kind) if isinstance(one.enabled, Known) and one.enabled.value]
    assert [(one.name, one.port, one.tls.need()) for one in found] == [(name, port, tls)]
    assert found[0].sources[0].line == 3
    if not line.startswith("routing"):
        off = read(facts, line, f"deactivate {line}").services.of(kind)
        assert not any(isinstance(one.enabled, Known) and one.enabled.value for one in off)


def test_services_that_let_anybody_in(facts: Read) -> None:
    ftp = read(facts, "system services ftp enable-anonymous-login").services.of(ServiceKind.FTP)[0]
    assert ftp.unauthenticated is not None and ftp.unauthenticated.line == 3
    grpc = read(
        facts,
        "system services extension-service request-response grpc clear-text port 1",
        "system services extension-service request-response grpc skip-authentication",
    ).services.of(ServiceKind.GNMI)[0]
    assert grpc.unauthenticated is not None and grpc.unauthenticated.line == 4


def test_lists_of_clients(facts: Read) -> None:
    rest = read(
        facts, "system services rest http", "system services rest control allowed-sources [ 192.0.2.1 192.0.2.2 ]"
    )
    (passed,) = rest.services.of(ServiceKind.JSON_RPC)[0].filters
    assert ([one.prefix for one in passed.admitted], passed.any_source.need()) == (["192.0.2.1", "192.0.2.2"], False)
    jet = read(facts, "system services extension-service notification allow-clients address 0.0.0.0/0").services
    assert next(one for one in jet.of(ServiceKind.OTHER) if one.filters).filters[0].any_source.need() is True


@pytest.mark.parametrize(
    ("release", "line", "root", "passwords", "forwarding", "old"),
    [
        ("22.4R3", "system services ssh", None, True, False, False),
        ("21.4R3", "system services ssh", None, True, True, False),
        ("12.3R1", "system services ssh", True, True, True, None),
        ("18.4R1", "system services ssh root-login allow", True, True, True, None),
        ("22.4R3", "system services ssh root-login deny", False, True, False, False),
        ("22.4R3", "system services ssh root-login deny-password", False, True, False, False),
        ("22.4R3", "system services ssh no-passwords", None, False, False, False),
        ("22.4R3", "system services ssh no-password-authentication", None, False, False, False),
        ("22.4R3", "system services ssh allow-tcp-forwarding", None, True, True, False),
        ("21.4R3", "system services ssh no-tcp-forwarding", None, True, False, False),
        ("18.4R1", "system services ssh protocol-version [ v1 v2 ]", None, True, True, True),
        ("18.4R1", "system services ssh protocol-version v2", None, True, True, False),
    ],
)
def test_how_ssh_behaves(
    facts: Read, release: str, line: str, root: bool | None, passwords: bool, forwarding: bool, old: bool | None
) -> None:
    ssh = read(facts, line, head=f"set version {release}\nset system host-name r1\n").services.ssh

    def value(setting: object) -> object:
        return setting.value if isinstance(setting, Known) else None

    assert (value(ssh.root_login), value(ssh.password_login), value(ssh.forwarding), value(ssh.version1)) == (
        root,
        passwords,
        forwarding,
        old,
    )


def test_root_by_its_key(facts: Read) -> None:
    ssh = read(
        facts, "system services ssh root-login deny-password", 'system root-authentication ssh-rsa "ssh-rsa AAAA x"'
    ).services.ssh
    assert ssh.root_login is not None
    assert (ssh.root_login.need(), [source.line for source in ssh.root_login.sources]) == (True, [3, 4])


def test_algorithms(facts: Read) -> None:
    found = read(
        facts,
        "system services ssh ciphers [ aes256-ctr 3des-cbc ]",
        "system services ssh macs hmac-sha2-256",
        "system services ssh key-exchange group-exchange-sha2",
        "system services ssh hostkey-algorithm ssh-ed25519",
        "system services ssh hostkey-algorithm no-ssh-dss",
    ).services.ssh
    assert [(one.kind, one.names) for one in found.algorithms] == [
        ("encryption", ("aes256-ctr", "3des-cbc")),
        ("mac", ("hmac-sha2-256",)),
        ("kex", ("group-exchange-sha2",)),
        ("hostkey", ("ssh-ed25519",)),
    ]


def test_tls(facts: Read) -> None:
    (web,) = read(facts, "system services web-management https system-generated-certificate").services.tls
    assert web.self_signed is not None and web.self_signed.need() is True
    (rest,) = read(
        facts,
        "system services rest https server-certificate C",
        "system services rest https cipher-list [ rsa-with-aes-128-cbc-sha ]",
        "system services rest https mutual-authentication certificate-authority CA",
    ).services.tls
    assert (rest.ciphers, rest.client_auth.need(), isinstance(rest.self_signed, Unknown)) == (
        ("rsa-with-aes-128-cbc-sha",),
        True,
        True,
    )


def test_snmp_users_and_views(facts: Read) -> None:
    found = read(
        facts,
        'snmp v3 usm local-engine user u authentication-sha256 authentication-key "$9$a"',
        'snmp v3 usm local-engine user u privacy-aes128 privacy-key "$9$b"',
        "snmp v3 usm local-engine user weak authentication-none",
        'snmp v3 usm remote-engine 80001 user far authentication-md5 authentication-key "$9$c"',
        "snmp v3 vacm security-to-group security-model usm security-name u group G",
        "snmp view V oid 1.3.6.1 include",
        "snmp view V oid .1.3.6.1.4 exclude",
        "snmp engine-id local abc",
    ).snmp
    assert [(one.name, one.group, one.auth, one.privacy, one.remote) for one in found.users] == [
        ("u", "G", "sha-256", "aes-128", False),
        ("weak", "", "", "", False),
        ("far", "", "md5", "", True),
    ]
    assert found.users[0].auth_secret is not None and found.users[0].auth_secret.storage == "reversible ($9$)"
    assert [(one.subtree, one.included) for one in found.views[0].entries] == [("1.3.6.1", True), (".1.3.6.1.4", False)]
    assert found.engine_id == "local"


def test_snmp_tags_and_targets(facts: Read) -> None:
    found = read(
        facts,
        'snmp v3 snmp-community I community-name "$9$q" security-name S tag T1',
        'snmp v3 target-address A address 192.0.2.0 address-mask 255.255.255.0 tag-list "T0 T1" target-parameters P port 1162',
        "snmp v3 target-parameters P parameters message-processing-model v3 security-model usm security-level privacy security-name u",
        "snmp v3 notify N tag T1",
    ).snmp
    (passed,) = found.communities[0].filters
    assert ([one.prefix for one in passed.admitted], passed.any_source.need()) == (["192.0.2.0/24"], False)
    assert [(one.address, one.version, one.user, one.level, one.port) for one in found.hosts] == [
        ("192.0.2.0", "v3", "u", "priv", 1162)
    ]
    assert isinstance(found.auth_failures, Unknown)


def test_snmp_of_instances_and_traps(facts: Read) -> None:
    found = read(
        facts,
        "snmp community c authorization read-only",
        "snmp community c routing-instance R clients 10.0.0.0/8",
        "snmp trap-group T categories [ link authentication ]",
        "snmp trap-group T targets 192.0.2.9",
        "snmp trap-group T routing-instance R",
    ).snmp
    assert [(one.vrf, [a.prefix for f in one.filters for a in f.admitted]) for one in found.communities] == [
        ("R", ["10.0.0.0/8"])
    ]
    assert (found.traps, found.auth_failures.need(), found.hosts[0].vrf) == (("link", "authentication"), True, "R")
    assert (
        read(
            facts, "snmp community c", "snmp trap-group T categories link", "snmp trap-group T targets 192.0.2.9"
        ).snmp.auth_failures.need()
        is False
    )


def test_entries_of_filters(facts: Read) -> None:
    term = "firewall family inet filter F term"
    (acl,) = read(
        facts,
        f"{term} a from source-address 192.0.2.1",
        f"{term} a from destination-address 198.51.100.0/24",
        f"{term} a from protocol [ tcp udp ]",
        f"{term} a from destination-port [ ssh 1000-2000 ]",
        f"{term} a from source-port 53",
        f"{term} a then log",
        f"{term} a then accept",
        f"{term} b from tcp-established",
        f"{term} c from destination-port-except 22",
        f"{term} c then discard",
        f"{term} look then count x",
        f"{term} look then next term",
        f"{term} away then next-ip 203.0.113.1/32",
    ).acls.lists
    assert [
        (e.permit, e.sources, e.protocol, e.destinations, e.ports, e.source_ports, e.log, e.established, e.action)
        for e in acl.entries
    ] == [
        (True, ("192.0.2.1/32",), "tcp", ("198.51.100.0/24",), ("22", "1000-2000"), ("53",), True, False, ""),
        (True, ("192.0.2.1/32",), "udp", ("198.51.100.0/24",), ("22", "1000-2000"), ("53",), True, False, ""),
        (True, ("0.0.0.0/0",), "", (), (), (), False, True, ""),
        (False, ("0.0.0.0/0",), "", (), ("!22",), (), False, False, ""),
        (True, ("0.0.0.0/0",), "", (), (), (), False, False, "next-ip"),
    ]


def test_filters_of_other_families(facts: Read) -> None:
    (acl,) = read(
        facts,
        "firewall family ethernet-switching filter L2 term a from ip-source-address 192.0.2.0/24",
        "firewall family ethernet-switching filter L2 term a then discard",
        "vlans V filter input L2",
    ).acls.lists
    assert (acl.family, [(one.where, one.direction) for one in acl.bindings]) == (0, [("vlan V", "in")])


def test_prefix_lists_and_their_uses(facts: Read) -> None:
    found = read(
        facts,
        "policy-options prefix-list A [ 192.0.2.0/24 198.51.100.1 ]",
        'policy-options prefix-list N apply-path "system ntp server <*>"',
        "system ntp server 203.0.113.5",
        "policy-options policy-statement P term t from prefix-list A",
        "policy-options policy-statement P term t then accept",
        "firewall family inet filter F term a from source-prefix-list N",
        "firewall family inet filter F term a from source-prefix-list GONE",
        "snmp community c client-list-name A",
    ).acls
    one, two = found.prefix_lists
    assert ([entry.prefix for entry in one.entries], [use.where for use in one.bindings]) == (
        ["192.0.2.0/24", "198.51.100.1/32"],
        ["policy P", "snmp"],
    )
    assert [(entry.prefix, entry.source.line) for entry in two.entries] == [("203.0.113.5/32", 5)]
    assert [(gone.kind, gone.name) for gone in found.undefined] == [("prefix-list", "GONE")]


def test_views_without_a_definition(facts: Read) -> None:
    found = read(facts, "snmp community c view GONE", "snmp community d view V", "snmp view V oid .1 include")
    assert [(gone.kind, gone.name, gone.source.line) for gone in found.acls.undefined] == [("view", "GONE", 3)]


def test_policies_without_a_definition(facts: Read) -> None:
    found = read(
        facts, "protocols bgp group G import [ KNOWN GONE ]", "policy-options policy-statement KNOWN then accept"
    )
    assert [(gone.kind, gone.name) for gone in found.acls.undefined] == [("route-map", "GONE")]


def test_nested_filters(facts: Read) -> None:
    found = read(
        facts,
        "system services ssh",
        "interfaces lo0 unit 0 family inet filter input RE",
        "firewall family inet filter RE term x filter INNER",
        "firewall family inet filter INNER term a from source-address 10.0.0.0/8",
        "firewall family inet filter INNER term a then accept",
    )
    (passed,) = found.access.points[0].filters
    assert [one.prefix for one in passed.admitted] == ["10.0.0.0/8"]


def test_captures(facts: Read) -> None:
    found = read(
        facts,
        "forwarding-options packet-capture file filename grab",
        "firewall family inet filter F term a then packet-capture",
        "firewall family inet filter F term b then next-hop-group G",
        "forwarding-options next-hop-group G interface gr-0/0/0.0",
        "forwarding-options sampling family inet output file filename samples",
        "forwarding-options sampling input rate 10",
        "security datapath-debug capture-file dump",
    ).mirrors
    assert [(one.name, one.target, one.filters) for one in found.captures] == [
        ("packet-capture", "grab", ("F",)),
        ("datapath-debug", "dump", ()),
        ("sampling sampling", "samples", ()),
    ]
    assert [(one.name, [end.value for end in one.destinations]) for one in found.sessions] == [
        ("filter F term b", ["gr-0/0/0.0"])
    ]
    off = read(facts, "forwarding-options packet-capture disable", "forwarding-options packet-capture file filename x")
    assert off.mirrors.captures[0].active.need() is False


def test_exporters(facts: Read) -> None:
    found = read(
        facts,
        "forwarding-options sampling instance I input rate 100",
        "forwarding-options sampling instance I family inet output flow-server 192.0.2.1 port 2055",
        "forwarding-options sampling instance I family inet output flow-server 192.0.2.1 version-ipfix template t",
        "forwarding-options sampling instance I family inet output flow-server 192.0.2.1 routing-instance R",
        "forwarding-options sampling instance I family inet output inline-jflow source-address 192.0.2.9",
        "chassis fpc 0 sampling-instance I",
        "interfaces ge-0/0/0 unit 0 family inet sampling input",
        "protocols sflow collector 192.0.2.2 udp-port 6343",
        "protocols sflow interfaces ge-0/0/0",
        "services inline-monitoring instance M collector C destination-address 192.0.2.3",
        "services inline-monitoring instance M collector C destination-port 9996",
    ).exporters
    assert [(one.address, one.protocol, one.port, one.vrf, [s.line for s in one.bound]) for one in found.exporters] == [
        ("192.0.2.1", "ipfix", 2055, "R", [8, 9]),
        ("192.0.2.2", "sflow", 6343, "", [11]),
        ("192.0.2.3", "ipfix", 9996, "", []),
    ]
    assert [source.line for source in found.sampling] == [3]
    off = read(
        facts,
        "forwarding-options sampling disable",
        "forwarding-options sampling family inet output flow-server 192.0.2.1 port 1",
    )
    assert off.exporters.exporters[0].active.need() is False


def test_tunnels_of_all_kinds(facts: Read) -> None:
    found = read(
        facts,
        "interfaces ip-0/0/0 unit 1 tunnel source 192.0.2.1",
        "interfaces ip-0/0/0 unit 1 tunnel destination 203.0.113.1",
        "interfaces ip-0/0/0 unit 1 disable",
        "protocols mpls label-switched-path L to 203.0.113.2",
        "switch-options vtep-source-interface lo0.0",
        "switch-options remote-vtep-list 203.0.113.3",
        "services l2tp tunnel-group G local-gateway address 192.0.2.1",
        "policy-options tunnel-attribute T tunnel-type ipip",
        "policy-options tunnel-attribute T remote-end-point 203.0.113.4",
        "services ipsec-vpn rule R term 1 then remote-gateway 203.0.113.5",
        "services ipsec-vpn rule R term 1 then dynamic ipsec-policy P",
        "routing-instances V routing-options dynamic-tunnels D source-address 192.0.2.1",
        "routing-instances V routing-options dynamic-tunnels D gre",
        "routing-instances V routing-options dynamic-tunnels D destination-networks 203.0.113.6/32",
    ).tunnels.tunnels
    assert [(one.mode, one.remote, one.active, one.server, one.protection) for one in found] == [
        ("ipip", "203.0.113.1", False, False, ""),
        ("gre", "203.0.113.6/32", True, False, ""),
        ("mpls-te", "203.0.113.2", True, False, ""),
        ("vxlan", "203.0.113.3", True, False, ""),
        ("l2tp", "", True, True, ""),
        ("ipip", "203.0.113.4", True, False, ""),
        ("ipsec", "203.0.113.5", True, False, "P"),
    ]


def test_crypto(facts: Read) -> None:
    found = read(
        facts,
        "security ike proposal weak encryption-algorithm 3des-cbc",
        "security ike proposal weak authentication-algorithm md5",
        "security ike proposal weak dh-group group1",
        "security ike policy P mode aggressive",
        "security ike policy P proposals weak",
        'security ike policy P pre-shared-key ascii-text "$9$abc"',
        "security ike policy Q proposal-set standard",
        "security ike gateway any dynamic general-ikeid",
        "security ike gateway any ike-policy P",
        "security ike gateway named dynamic hostname peer.example.net",
        "security ike gateway named ike-policy Q",
        "security ike gateway lost ike-policy GONE",
        "security ike gateway lost address 203.0.113.1",
        "security ipsec proposal ah protocol ah",
        "security ipsec proposal ah authentication-algorithm hmac-sha-256-128",
        "security ipsec security-association OSPF manual direction bidirectional authentication algorithm hmac-md5-96",
    ).crypto
    assert [(one.name, one.address, one.any_peer, one.authentication, one.proposals) for one in found.peers] == [
        ("any", "", True, "psk", ("weak",)),
        ("named", "peer.example.net", False, "", ("proposal-set standard",)),
        ("lost", "203.0.113.1", False, "", ()),
    ]
    assert found.peers[0].aggressive.need() is True
    assert found.peers[0].secret is not None and found.peers[0].secret.storage == "reversible ($9$)"
    assert isinstance(found.peers[2].aggressive, Unknown)
    assert [(one.name, one.kind, one.encryption, one.integrity, one.groups, one.used) for one in found.proposals] == [
        ("proposal-set standard", "ike", (), (), (), True),
        ("weak", "ike", ("3des",), ("md5",), ("1",), True),
        ("ah", "ipsec", ("null",), ("sha256",), (), False),
        ("security-association OSPF", "ipsec", ("null",), ("md5",), (), True),
    ]


def test_pseudowires(facts: Read) -> None:
    found = read(
        facts,
        "protocols l2circuit neighbor 192.0.2.1 interface ge-0/0/0.5 virtual-circuit-id 5",
        "protocols l2circuit neighbor 192.0.2.1 interface ge-0/0/0.5 backup-neighbor 192.0.2.2",
        "protocols l2circuit local-switching interface ge-0/0/1.0 end-interface interface ge-0/0/2.0",
        "protocols connections interface-switch S interface [ ge-0/0/3.0 ge-0/0/4.0 ]",
        "routing-instances V instance-type vpls",
        "routing-instances V interface ge-0/0/5.0",
        "routing-instances V protocols vpls vpls-id 7",
        "routing-instances V protocols vpls neighbor 192.0.2.3",
        "routing-instances V protocols vpls mesh-group M neighbor 192.0.2.4",
        "routing-instances E instance-type mac-vrf",
        "routing-instances E protocols evpn encapsulation vxlan",
    ).pseudowires.circuits
    assert [(one.kind, one.peer, one.id, one.attachments) for one in found] == [
        ("pseudowire", "192.0.2.1", "5", ("ge-0/0/0.5",)),
        ("pseudowire", "192.0.2.2", "5", ("ge-0/0/0.5",)),
        ("local", "", "", ("ge-0/0/1.0", "ge-0/0/2.0")),
        ("vpls", "192.0.2.3", "7", ("ge-0/0/5.0",)),
        ("vpls", "192.0.2.4", "7", ("ge-0/0/5.0",)),
        ("evpn", "", "", ()),
        ("local", "", "", ("ge-0/0/3.0", "ge-0/0/4.0")),
    ]


def test_routes_of_every_kind(facts: Read) -> None:
    found = read(
        facts,
        "routing-options static route 10.0.0.0/8 qualified-next-hop 192.0.2.1 interface ge-0/0/0.0",
        "routing-options static route 10.1.0.0/16 next-table CUST.inet.0",
        "routing-options static route 10.2.0.0/16 next-table inet.0",
        "routing-options static route 10.3.0.0/16 lsp-next-hop L",
        "routing-options static route 10.4.0.0/16 reject",
        "routing-options static route 10.5.0.0/16 next-hop 192.0.2.9",
        "deactivate routing-options static route 10.5.0.0/16",
    ).routes.static
    assert [(one.prefix, one.next_hop, one.interface, one.next_vrf, one.discard) for one in found] == [
        ("10.0.0.0/8", "192.0.2.1", "ge-0/0/0.0", "", False),
        ("10.1.0.0/16", "", "table CUST.inet.0", "CUST", False),
        ("10.2.0.0/16", "", "table inet.0", "global", False),
        ("10.3.0.0/16", "", "lsp L", "", False),
        ("10.4.0.0/16", "", "reject", "", True),
    ]


def test_redirects_name_what_they_choose(facts: Read) -> None:
    found = read(
        facts,
        "policy-options prefix-list VICTIM 198.51.100.7/32",
        "firewall family inet filter F term a from source-prefix-list VICTIM",
        "firewall family inet filter F term a then routing-instance AWAY",
        "interfaces ge-0/0/0 unit 0 family inet filter input F",
        "routing-instances AWAY instance-type forwarding",
        "routing-options flow route X match destination 198.51.100.9/32",
        "routing-options flow route X then routing-instance target:65000:1",
    ).redirection
    one, flow = found.redirects
    assert (one.target_kind, one.target, one.matches) == (
        "vrf",
        "AWAY",
        ("source-prefix-list VICTIM", "198.51.100.7/32"),
    )
    assert [source.line for source in one.match_sources] == [4, 3]
    assert (flow.name, flow.target_kind, flow.target, flow.matches) == (
        "flow route X",
        "vrf",
        "target:65000:1",
        ("198.51.100.9/32",),
    )


def test_next_hops_that_policies_rewrite(facts: Read) -> None:
    policy = "policy-options policy-statement P term"
    found = read(
        facts,
        f"{policy} divert from community TRIGGER",
        f"{policy} divert then next-hop 203.0.113.9",
        f"{policy} hole from route-filter 198.51.100.0/24 exact",
        f"{policy} hole then next-hop discard",
        f"{policy} own then next-hop self",
        "policy-options community TRIGGER members 65000:666",
        "protocols bgp group G import P",
        "protocols bgp group G neighbor 192.0.2.1 family inet flow",
    ).redirection
    assert [
        (one.policy, one.next_hop, one.triggers, one.discard, [s.line for s in one.bound]) for one in found.rewrites
    ] == [
        ("P term divert", "203.0.113.9", ("community TRIGGER",), False, [9]),
        ("P term hole", "", ("route-filter 198.51.100.0/24 exact",), True, [9]),
    ]
    assert [source.line for source in found.flowspec] == [10]


def test_nat(facts: Read) -> None:
    found = read(
        facts,
        "security nat source pool P address 203.0.113.0/28",
        "security nat source rule-set S rule r match source-address 10.0.0.0/8",
        "security nat source rule-set S rule r then source-nat pool P",
        "security nat destination pool D address 10.0.0.9/32 port 8443",
        "security nat destination rule-set T rule r match destination-address 203.0.113.1/32",
        "security nat destination rule-set T rule r match destination-port 443",
        "security nat destination rule-set T rule r then destination-nat pool D",
        "security nat static rule-set U rule r match destination-address 203.0.113.2/32",
        "security nat static rule-set U rule r then static-nat prefix 10.0.0.2/32",
        "security nat source rule-set S rule none match source-address 10.9.0.0/16",
        "security nat source rule-set S rule none then source-nat off",
        "services nat pool X address 203.0.113.9/32",
        "services nat rule R term 1 from source-address 10.8.0.0/16",
        "services nat rule R term 1 then translated source-pool X",
        "services nat rule R term 1 then translated translation-type basic-nat44",
    ).nat.rules
    assert [(one.kind, one.inside, one.outside, one.inside_port, one.outside_port, one.active) for one in found] == [
        ("source", "10.0.0.0/8", "203.0.113.0/28", "", "", True),
        ("source", "10.9.0.0/16", "off", "", "", False),
        ("port-forward", "10.0.0.9/32", "203.0.113.1/32", "8443", "443", True),
        ("static", "10.0.0.2/32", "203.0.113.2/32", "", "", True),
        ("source", "10.8.0.0/16", "203.0.113.9/32", "", "", True),
    ]


def test_logs_in_full(facts: Read) -> None:
    found = read(
        facts,
        "system syslog host 192.0.2.1 any notice",
        "system syslog host 192.0.2.1 authorization none",
        'system syslog host 192.0.2.1 match "!(SSHD)"',
        "system syslog host 192.0.2.1 port 6514",
        "system syslog host 192.0.2.2 change-log info",
        "system syslog host 192.0.2.2 interactive-commands any",
        "system syslog host 192.0.2.2 transport tls",
        "system syslog file messages any warning",
        "system syslog file auth authorization info",
        "system processes eventd disable",
        "event-options policy P events [ ui_login_event ]",
        "event-options policy P then ignore",
        "security log stream S host 192.0.2.3 port 514",
        "security log transport protocol tls",
    ).logging
    assert [
        (one.address, one.transport, one.port, one.severity.need() if isinstance(one.severity, Known) else None)
        for one in found.hosts
    ] == [
        ("192.0.2.1", "udp", 6514, "notice"),
        ("192.0.2.2", "tls", None, "debug"),
        ("192.0.2.3", "tls", 514, None),
    ]
    assert [(one.what, one.pattern) for one in found.suppressions] == [
        ("messages matching a pattern for 192.0.2.1", "!(SSHD)"),
        ("facility authorization for 192.0.2.1", ""),
        ("process eventd", ""),
        ("events of policy P", "ui_login_event"),
    ]
    assert (found.config_changes.need(), found.logins.need(), found.local.need(), found.local_severity.need()) == (
        True,
        True,
        True,
        "warning",
    )


def test_changes_that_nobody_records(facts: Read) -> None:
    found = read(facts, "system syslog file messages kernel any").logging
    assert (found.config_changes.need(), found.logins.need()) == (False, False)
    assert isinstance(read(facts).logging.config_changes, Unknown)


def test_time(facts: Read) -> None:
    found = read(
        facts,
        "system ntp server 192.0.2.1 key 1",
        "system ntp server 192.0.2.2 key 2",
        "system ntp server 192.0.2.3",
        "system ntp peer 192.0.2.4 key 1",
        'system ntp authentication-key 1 type sha256 value "$9$a"',
        'system ntp authentication-key 2 type md5 value "$9$b"',
        "system ntp trusted-key 1",
    ).time
    assert [(one.address, one.key, one.authenticated.need(), one.peer) for one in found.servers] == [
        ("192.0.2.1", "1", True, False),
        ("192.0.2.2", "2", False, False),
        ("192.0.2.3", "", False, False),
        ("192.0.2.4", "1", True, True),
    ]
    assert [(one.id, one.algorithm, one.trusted, one.secret.storage) for one in found.keys] == [
        ("1", "sha256", True, "reversible ($9$)"),
        ("2", "md5", False, "reversible ($9$)"),
    ]
    assert isinstance(found.serves, Unknown)


def test_scripts_in_full(facts: Read) -> None:
    found = read(
        facts,
        "system scripts op file a.slax source https://203.0.113.1/a.slax",
        "system scripts op file b.py checksum sha-256 abc",
        "system scripts commit file c.slax",
        "system scripts commit allow-transients",
        "system scripts snmp file d.py oid .1.3.6.1",
        "system scripts language python3",
        "system extensions extension-service application file e.sh interpreter bash",
        "system extensions extension-service application file e.sh username root",
        "system processes chassisd command /var/tmp/x",
        "event-options event-script file f.py checksum sha-256 abc",
        "event-options generate-event TICK time-interval 300",
        "event-options policy P events TICK",
        'event-options policy P then execute-commands commands "request system reboot"',
    ).scripts
    assert [(one.name, one.kind, one.remote, one.checked, [t.what for t in one.traits]) for one in found.scripts] == [
        ("a.slax", "op script", True, False, ["is fetched from another host"]),
        ("b.py", "op script", False, True, []),
        ("c.slax", "commit script", False, False, ["changes the configuration without showing it"]),
        ("d.py", "snmp script", False, False, []),
        ("e.sh", "JET application", False, False, ["runs in a shell", "runs as root"]),
        ("chassisd", "process binary", False, False, ["replaces a system process"]),
    ]
    assert found.scripts[5].path == "/var/tmp/x"
    assert [source.line for source in found.scripts[1].sources] == [4, 8]
    (job,) = found.jobs
    assert (job.name, job.when, job.commands) == ("TICK", "time-interval 300", ("request system reboot",))
    assert [(one.name, one.kind, one.checked) for one in found.policies] == [
        ("P", "Junos event policy", False),
        ("f.py", "Junos event script", True),
    ]


def test_what_it_boots_and_loads(facts: Read) -> None:
    found = read(
        facts,
        "chassis auto-image-upgrade",
        "system extensions providers chef license-type juniper deployment-scope commercial",
    )
    assert (found.boot.autoinstall.need(), [source.line for source in found.boot.packages]) == (True, [4])
    assert isinstance(read(facts).boot.autoinstall, Unknown)
    server = read(facts, "system autoinstallation configuration-servers tftp://203.0.113.1/x").boot
    assert [(one.path, one.remote, one.kind) for one in server.images] == [
        ("tftp://203.0.113.1/x", True, "configuration")
    ]


def test_transfers(facts: Read) -> None:
    found = read(
        facts,
        "system archival configuration transfer-interval 60",
        'system archival configuration archive-sites "scp://u@203.0.113.1/x" password "$9$a"',
        "system archival configuration archive-sites ftp://u:pw@203.0.113.2:2121/x",
        "system archival configuration archive-sites /var/tmp",
        "event-options destinations D archive-sites user@203.0.113.3:/in",
        "system scripts op file a.slax source http://203.0.113.4/a",
    ).transfers.transfers
    assert [
        (one.kind, one.protocol, one.host, one.outbound, one.secret.storage if one.secret else "") for one in found
    ] == [
        ("archive", "scp", "203.0.113.1", True, "reversible ($9$)"),
        ("archive", "ftp", "203.0.113.2", True, "plain text"),
        ("archive", "local", "", True, ""),
        ("other", "scp", "203.0.113.3", True, ""),
        ("software", "http", "203.0.113.4", False, ""),
    ]


def test_dialouts(facts: Read) -> None:
    found = read(
        facts,
        "system services outbound-ssh client C device-id x",
        'system services outbound-ssh client C secret "$9$a"',
        "system services outbound-ssh client C services netconf",
        "system services outbound-ssh client C 203.0.113.1 port 2200",
        "system services outbound-https client H servers 203.0.113.2 port 443",
        "services analytics streaming-server S remote-address 203.0.113.3",
        "services analytics streaming-server S remote-port 50000",
        "routing-options bmp station B station-address 203.0.113.4",
        "routing-options bmp station B station-port 11019",
        "system phone-home server https://redirect.example.net",
        "system services grpc-tunnel servers 203.0.113.5 port 57401",
    ).dialout.connections
    assert [(one.kind, one.address, one.port, one.takes_commands) for one in found] == [
        ("outbound-ssh", "203.0.113.1", 2200, True),
        ("outbound-https", "203.0.113.2", 443, True),
        ("grpc-tunnel", "203.0.113.5", 57401, True),
        ("telemetry", "203.0.113.3", 50000, False),
        ("telemetry", "203.0.113.4", 11019, False),
        ("pnp", "redirect.example.net", None, False),
    ]


def test_names(facts: Read) -> None:
    found = read(
        facts,
        "system name-server 192.0.2.53 routing-instance mgmt_junos",
        "system static-host-mapping h inet 192.0.2.1",
    ).names
    assert [(one.address, one.vrf) for one in found.resolvers] == [("192.0.2.53", "mgmt_junos")]
    assert (found.lookup.need(), len(found.static_hosts)) == (True, 1)


def test_interfaces_in_full(facts: Read) -> None:
    found = read(
        facts,
        "interfaces ge-0/0/0 gigether-options 802.3ad ae0",
        "interfaces ae0 unit 0 family inet address 192.0.2.1/24",
        "interfaces ae0 unit 0 family inet rpf-check mode loose",
        "interfaces ae0 unit 0 family inet no-redirects",
        "interfaces ae0 unit 0 proxy-arp restricted",
        "interfaces ge-0/0/1 unit 0 family ethernet-switching interface-mode trunk",
        "interfaces ge-0/0/1 unit 0 family ethernet-switching vlan members [ a b ]",
        "interfaces ge-0/0/1 native-vlan-id 9",
        "interfaces ge-0/0/2 unit 0 family inet dhcp",
        "interfaces ge-0/0/2 unit 0 family inet targeted-broadcast",
        "interfaces ge-0/0/3 disable",
    ).interfaces
    port, bundle, switched, dynamic, down = found.interfaces
    assert (port.name, port.bundle) == ("ge-0/0/0", "ae0")
    assert (bundle.role, bundle.members, bundle.urpf.need()) == ("bundle", ("ge-0/0/0",), "loose")
    assert bundle.hardening is not None
    assert (
        bundle.hardening.redirects.need(),
        bundle.hardening.proxy_arp.need(),
        bundle.hardening.directed_broadcast.need(),
    ) == (False, True, False)
    assert switched.switchport is not None
    assert (switched.switchport.mode, switched.switchport.allowed_vlans, switched.switchport.native_vlan) == (
        "trunk",
        "a b",
        "9",
    )
    assert dynamic.dynamic and dynamic.hardening is not None and dynamic.hardening.directed_broadcast.need() is True
    assert dynamic.hardening.redirects.need() is True and dynamic.hardening.redirects.default
    assert (down.name, down.shutdown) == ("ge-0/0/3", True)
    assert (found.source_routing.need(), bool(found.source_routing.default)) == (False, True)
    assert read(facts, "chassis source-route").interfaces.source_routing.need() is True
    assert read(facts, "routing-options source-routing ip").interfaces.source_routing.need() is True


def test_filters_of_interfaces(facts: Read) -> None:
    (port,) = read(
        facts,
        "interfaces ge-0/0/0 unit 0 family inet filter input F",
        "interfaces ge-0/0/0 unit 0 family inet filter output GONE",
        "firewall family inet filter F term a from source-address 10.0.0.0/8",
        "firewall family inet filter F term a then accept",
    ).interfaces.interfaces
    assert ([one.prefix for one in port.filters_in[0].admitted], port.filters_out[0].defined) == (["10.0.0.0/8"], False)


def test_discovery(facts: Read) -> None:
    (lldp,) = read(
        facts, "protocols lldp interface all", "protocols lldp interface ge-0/0/0 disable"
    ).discovery.protocols
    assert (lldp.enabled.need(), lldp.on, lldp.off) == (True, ("all",), ("ge-0/0/0",))
    (off,) = read(facts, "protocols lldp interface all", "protocols lldp disable").discovery.protocols
    assert off.enabled.need() is False
    (absent,) = read(facts).discovery.protocols
    assert (absent.enabled.need(), bool(absent.enabled.default)) == (False, True)


def test_bgp_inherits(facts: Read) -> None:
    bgp = "protocols bgp"
    found = read(
        facts,
        "routing-options autonomous-system 65000",
        f"{bgp} import ALL",
        f"{bgp} group G type external",
        f"{bgp} group G import GROUP",
        f'{bgp} group G authentication-key "$9$g"',
        f"{bgp} group G multihop ttl 2",
        f"{bgp} group G family inet unicast prefix-limit maximum 100",
        f"{bgp} group G neighbor 192.0.2.1 peer-as 65001",
        f"{bgp} group G neighbor 192.0.2.2 peer-as 65002",
        f'{bgp} group G neighbor 192.0.2.2 authentication-key "$9$n"',
        f"{bgp} group G neighbor 192.0.2.2 import OWN",
        f"{bgp} group G neighbor 192.0.2.2 ttl 255",
        f"{bgp} group G neighbor 192.0.2.2 family inet unicast prefix-limit maximum 100 teardown 80",
        f"{bgp} group D type external",
        f"{bgp} group D peer-as 65003",
        f"{bgp} group D allow 198.51.100.0/24",
        f"{bgp} group D authentication-key-chain KC",
        f"{bgp} group D authentication-algorithm ao",
        'security authentication-key-chains key-chain KC key 1 secret "$9$k" algorithm ao',
        *(f"policy-options policy-statement {name} then accept" for name in ("ALL", "GROUP", "OWN")),
    ).routing
    one, two, dynamic = found.bgp
    assert (
        one.remote_as,
        one.local_as,
        one.external,
        one.policies_in,
        one.authentication.need(),
        one.multihop.need(),
    ) == ("65001", "65000", True, ("GROUP",), "md5", 2)
    assert (one.prefix_limit.need(), one.ttl_security.need(), one.families) == (False, False, ("inet unicast",))
    assert (two.policies_in, two.prefix_limit.need(), two.ttl_security.need()) == (("OWN",), True, True)
    assert one.secret is not None and two.secret is not None and one.secret.fingerprint != two.secret.fingerprint
    assert {4, 5, 6, 7, 10} <= {source.line for source in one.sources}
    assert (dynamic.dynamic, dynamic.address, dynamic.authentication.need(), dynamic.policies_in) == (
        True,
        "198.51.100.0/24",
        "tcp-ao",
        ("ALL",),
    )
    assert [(chain.name, chain.algorithms, [s.storage for s in chain.secrets]) for chain in found.key_chains] == [
        ("KC", ("ao",), ["reversible ($9$)"])
    ]


def test_a_key_chain_that_is_not_defined_protects_nothing_for_sure(facts: Read) -> None:
    (peer,) = read(
        facts,
        "protocols bgp group G neighbor 192.0.2.1 peer-as 1",
        "protocols bgp group G authentication-key-chain GONE",
    ).routing.bgp
    assert isinstance(peer.authentication, Unknown)


def test_interior_protocols(facts: Read) -> None:
    area = "protocols ospf area 0.0.0.0"
    found = read(
        facts,
        f'{area} interface ge-0/0/0.0 authentication md5 1 key "$9$a"',
        f"{area} interface ge-0/0/1.0 authentication simple-password plain",
        f"{area} interface ge-0/0/2.0 passive",
        f"{area} interface ge-0/0/3.0 disable",
        f"{area} interface ge-0/0/4.0",
        "protocols ospf3 area 0.0.0.0 interface ge-0/0/0.0 ipsec-sa S",
        'protocols isis level 2 authentication-key "$9$b" authentication-type md5',
        "protocols isis interface ge-0/0/0.0 level 1 disable",
        'protocols isis interface ge-0/0/1.0 level 2 hello-authentication-key "$9$c" hello-authentication-type simple',
        "protocols isis interface lo0.0",
        'protocols ldp session 192.0.2.1 authentication-key "$9$d"',
        "protocols ldp interface ge-0/0/0.0",
        'protocols rsvp interface ge-0/0/0.0 authentication-key "$9$e"',
        "protocols rsvp interface ge-0/0/1.0",
        'protocols msdp peer 192.0.2.9 authentication-key "$9$f"',
        "protocols pim interface ge-0/0/0.0",
        'protocols rip authentication-type md5 authentication-key "$9$g"',
        "protocols rip group R neighbor ge-0/0/0.0",
        "interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24 vrrp-group 1 authentication-type md5",
        'interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24 vrrp-group 1 authentication-key "$9$h"',
        "interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24 vrrp-group 1 virtual-address 192.0.2.3",
        "routing-options validation group V session 192.0.2.99 port 8282",
    ).routing
    told = [
        (
            one.protocol,
            one.where,
            one.authentication.value if isinstance(one.authentication, Known) else None,
            one.passive,
            one.active,
        )
        for one in found.adjacencies
    ]
    assert told == [
        ("ospf", "area 0.0.0.0 interface ge-0/0/0.0", "md5", False, True),
        ("ospf", "area 0.0.0.0 interface ge-0/0/1.0", "text", False, True),
        ("ospf", "area 0.0.0.0 interface ge-0/0/2.0", "", True, True),
        ("ospf", "area 0.0.0.0 interface ge-0/0/3.0", "", False, False),
        ("ospf", "area 0.0.0.0 interface ge-0/0/4.0", "", False, True),
        ("ospfv3", "area 0.0.0.0 interface ge-0/0/0.0", "ipsec", False, True),
        ("isis", "interface ge-0/0/0.0", "md5", False, True),
        ("isis", "interface ge-0/0/1.0", "text", False, True),
        ("isis", "interface lo0.0", "md5", True, True),
        ("rip", "interface ge-0/0/0.0", "md5", False, True),
        ("ldp", "session 192.0.2.1", "md5", False, True),
        ("ldp", "interface ge-0/0/0.0", None, False, True),
        ("rsvp", "interface ge-0/0/0.0", "md5", False, True),
        ("rsvp", "interface ge-0/0/1.0", "", False, True),
        ("msdp", "peer 192.0.2.9", "md5", False, True),
        ("pim", "interface ge-0/0/0.0", "", False, True),
        ("vrrp", "ge-0/0/0.0 group 1", "md5", False, True),
    ]
    assert len(found.validators) == 1


def test_isis_that_checks_nothing(facts: Read) -> None:
    (one,) = read(
        facts,
        'protocols isis level 2 authentication-key "$9$b"',
        "protocols isis no-authentication-check",
        "protocols isis interface ge-0/0/0.0",
    ).routing.adjacencies
    assert (one.authentication.need(), [source.line for source in one.authentication.sources]) == ("", [4])


def test_control_plane(facts: Read) -> None:
    found = read(
        facts,
        "interfaces lo0 unit 0 family inet filter input RE",
        "interfaces lo0 unit 0 family inet filter output OUT",
        "firewall family inet filter RE term a from source-address 10.0.0.0/8",
        "firewall family inet filter RE term a then accept",
        "firewall family inet filter OUT term a then accept",
        "security zones security-zone trust host-inbound-traffic system-services [ ssh ping ]",
        "security zones security-zone trust interfaces ge-0/0/0.0",
        "security zones security-zone trust interfaces ge-0/0/1.0 host-inbound-traffic system-services all",
        "security zones security-zone trust interfaces ge-0/0/1.0 host-inbound-traffic system-services telnet except",
        "security zones security-zone dark interfaces ge-0/0/2.0",
    ).control_plane
    assert (found.policed.need(), found.egress.need()) == (True, True)
    assert [one.prefix for one in found.filters[0].admitted] == ["10.0.0.0/8"]
    assert [(one.interface, one.protocols) for one in found.management] == [
        ("ge-0/0/0.0", ("ssh", "ping")),
        ("ge-0/0/1.0", ("all",)),
    ]
    assert read(facts).control_plane.policed.need() is False
    assert isinstance(facts("interfaces {\n}\n").control_plane.policed, Unknown)


def test_intercept_capability(facts: Read) -> None:
    found = read(
        facts,
        "services flow-tap interface sp-0/0/0.0",
        "services radius-flow-tap source-ipv4-address 192.0.2.1",
        "system services flow-tap-dtcp ssh",
        "system login class MD permissions flow-tap-operation",
    ).intercept
    assert [(one.kind, one.source.line) for one in found.statements] == [
        ("flow-tap", 3),
        ("radius", 4),
        ("dtcp", 5),
        ("li-user", 6),
    ]
    assert read(facts).intercept.statements == ()


def test_core_protocols_in_filters(facts: Read) -> None:
    term = "firewall family inet filter F term"
    found = read(
        facts,
        f"{term} a from source-address 192.0.2.0/24",
        f"{term} a from protocol udp",
        f"{term} a from destination-port 2152",
        f"{term} a then accept",
        f"{term} b from protocol sctp",
        f"{term} b then discard",
        "interfaces ge-0/0/0 unit 0 family inet filter input F",
    ).telecom.bindings
    assert [(one.protocol, one.where, one.peers, one.permits) for one in found] == [
        ("gtp-u", "interface ge-0/0/0.0", ("192.0.2.0/24",), True),
        ("sctp", "interface ge-0/0/0.0", (), False),
    ]


def test_hosted_systems(facts: Read) -> None:
    found = read(
        facts,
        "virtual-network-functions V image /var/x.qcow2",
        "virtual-network-functions V interfaces eth2 mapping vlan members a",
    ).containers
    assert (found.host.need(), [(one.name, one.image, len(one.network)) for one in found.apps]) == (
        True,
        [("V", "/var/x.qcow2", 1)],
    )
    assert isinstance(read(facts, head="set version 22.4R3-EVO\nset system host-name r1\n").containers.host, Unknown)


def test_what_no_document_shows(facts: Read) -> None:
    complete = facts(HEAD + "set system configuration-database ephemeral instance X\n").complete
    assert isinstance(complete, Unknown) and "in no document" in complete.reason


def test_sources_of_a_class(facts: Read) -> None:
    (user,) = read(
        facts,
        "system login class C permissions view",
        "system login class C allow-sources 10.0.0.0/8",
        "system login user u class C",
    ).accounts.users
    assert [one.prefix for one in user.filters[0].admitted] == ["10.0.0.0/8"]


def test_the_instance_of_management(facts: Read) -> None:
    found = read(
        facts,
        "system management-instance",
        "interfaces fxp0 unit 0 family inet address 192.0.2.1/24",
        "interfaces ge-0/0/0 unit 0 family inet address 192.0.2.5/24",
    )
    assert [port.vrf for port in found.interfaces.interfaces] == ["mgmt_junos", ""]


def test_gateways_with_several_addresses(facts: Read) -> None:
    found = read(
        facts, "security ike gateway G address [ 203.0.113.1 203.0.113.2 ]", "security ike gateway G ike-policy P"
    ).crypto
    assert [peer.address for peer in found.peers] == ["203.0.113.1", "203.0.113.2"]


def test_an_unread_line_of_a_range_is_of_the_area(facts: Read) -> None:
    found = facts(
        HEAD + "set interfaces interface-range R member ge-0/0/0\nset interfaces interface-range R unit 0 tunnel-x y\n"
    )
    assert {str(area): [source.line for source in lines] for area, lines in found.unread.items()} == {"tunnels": [4]}


def test_what_event_policies_do(facts: Read) -> None:
    found = read(
        facts,
        "event-options policy P events [ ui_commit ui_login_event ]",
        "event-options policy P then priority-override severity none",
        'event-options policy P then change-configuration commands "set system login user x class super-user"',
        "event-options policy P then upload filename /var/log/messages destination OUT",
        "event-options destinations OUT archive-sites scp://u@203.0.113.1/",
    ).scripts.policies[0]
    assert [(one.what, one.source.line) for one in found.traits] == [
        ("changes the severity of an event", 4),
        ("changes the configuration", 5),
        ("changes accounts", 5),
        ("copies to a remote host", 6),
    ]
    assert [source.line for source in found.trigger_sources] == [3, 3]


def test_filters_that_choose_what_is_copied(facts: Read) -> None:
    (mirror,) = read(
        facts,
        "forwarding-options port-mirroring instance M family inet output interface gr-0/0/0.0",
        "firewall family inet filter F term a from source-address 192.0.2.1/32",
        "firewall family inet filter F term a then port-mirror-instance M",
        "firewall family inet filter F term b then port-mirror-instance M",
        "firewall family inet filter G term a then port-mirror",
    ).mirrors.sessions
    assert (mirror.filters, mirror.copied) == (("F",), ("filter F term a", "filter F term b"))
