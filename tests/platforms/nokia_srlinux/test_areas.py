"""Statements of each topic with their options, overridden and removed forms, defaults."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Known
from auditor.model.snapshot import Document
from tests.platforms.golden import plain
from tests.platforms.nokia_srlinux.forms import WHOLE, facts, in_blocks, in_flat

FACTS = facts(in_blocks(WHOLE))


def system(**parts: Any) -> Any:
    """Facts of a whole configuration with these parts of `system` put in."""
    names = {key.replace("_", "-"): value for key, value in parts.items()}
    return facts(in_blocks(WHOLE | {"system": WHOLE["system"] | names}))


def acl(*entries: dict[str, Any]) -> list[Any]:
    """Who reaches SSH when the control-plane filter has these entries."""
    numbered = [{"sequence-id": str(number), **entry} for number, entry in enumerate(entries, 1)]
    lists = WHOLE["acl"] | {"acl-filter": [{"name": "cpm", "type": "ipv4", "entry": numbered}]}
    (ssh,) = facts(in_blocks(WHOLE | {"acl": lists})).services.of(ServiceKind.SSH)
    (found,) = ssh.filters
    return [plain(found.any_source), [one.prefix for one in found.admitted]]


ACCEPT, DROP = {"action": {"accept": {}}}, {"action": {"drop": {}}}


def on(**match: Any) -> dict[str, Any]:
    return {"match": {key.replace("_", "-"): value for key, value in match.items()}}


SSH = {"destination-port": {"operator": "eq", "value": "ssh"}}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([ACCEPT], [True, ["0.0.0.0/0"]]),
        ([DROP], [False, []]),
        ([on(ipv4={"protocol": "tcp"}, transport=SSH) | ACCEPT, DROP], [True, ["0.0.0.0/0"]]),
        ([on(ipv4={"protocol": "udp"}) | ACCEPT, DROP], [False, []]),
        (
            [on(ipv4={"protocol": "6", "source-ip": {"prefix": "192.0.2.0/24"}}) | ACCEPT, DROP],
            [False, ["192.0.2.0/24"]],
        ),
        (
            [on(ipv4={"source-ip": {"address": "192.0.2.0", "mask": "255.255.255.0"}}) | ACCEPT, DROP],
            [False, ["192.0.2.0/24"]],
        ),
        ([on(ipv4={"source-ip": {"prefix-list": [{"name": "MGMT"}]}}) | ACCEPT, DROP], [False, ["198.51.100.0/28"]]),
        (
            [on(transport={"destination-port": {"range": {"start": "20", "end": "30"}}}) | ACCEPT, DROP],
            [True, ["0.0.0.0/0"]],
        ),
        ([on(transport={"destination-port": {"operator": "ge", "value": "1024"}}) | ACCEPT, DROP], [False, []]),
        ([on(ipv4={"source-ip": {"prefix": "192.0.2.0/24"}}) | DROP, ACCEPT], [True, ["0.0.0.0/0"]]),
        ([on(ipv4={"source-ip": {"prefix": "192.0.2.0/24"}}) | ACCEPT], ["unknown U-DEF", ["192.0.2.0/24"]]),
    ],
)
def test_who_reaches_a_service(entries: list[dict[str, Any]], expected: list[Any]) -> None:
    assert acl(*entries) == expected


def test_lists_bindings_and_names_without_a_definition() -> None:
    lists = {one.name: one for one in FACTS.acls.lists}
    assert [(one.where, one.direction) for one in lists["cpm"].bindings] == [("control-plane", "in")]
    assert [(one.where, one.direction) for one in lists["tap"].bindings] == [("interface ethernet-1/1.0", "in")]
    assert [(one.kind, one.name) for one in FACTS.acls.undefined] == [("access-list", "lost")]
    assert lists["cpm"].entries[0].log


def test_lists_of_older_releases() -> None:
    text = (
        "set / acl ipv4-filter f entry 1 action accept\nset / acl ipv4-filter f entry 1 match source-ip prefix 192.0.2.0/24\n"
        "set / interface ethernet-1/1 subinterface 0 acl input ipv4-filter f\nset / acl cpm-filter ipv6-filter entry 5 action drop\n"
    )
    found = facts(text)
    assert [(one.name, one.family, [bound.where for bound in one.bindings]) for one in found.acls.lists] == [
        ("f", 4, ["interface ethernet-1/1.0"]),
        ("cpm-filter", 6, ["control-plane"]),
    ]
    (sub,) = [one for one in found.interfaces.interfaces if one.name == "ethernet-1/1.0"]
    assert [one.name for one in sub.filters_in] == ["f"]


def test_services() -> None:
    told = {(one.kind.value, one.name): plain(one.enabled) for one in FACTS.services.found}
    assert told == {
        ("ssh", "mgmt"): True, ("netconf", "n1"): True, ("gnmi", "g1"): True, ("json-rpc", "http"): True, ("json-rpc", "https"): False,
        ("ftp-server", ""): True, ("dhcp-server", ""): False,
    }  # fmt: skip
    off = system(json_rpc_server={"network-instance": [{"name": "mgmt", "http": {"admin-state": "enable"}}]})
    assert plain(off.services.state(ServiceKind.JSON_RPC)) is False
    silent = system(ssh_server=[{"name": "x", "network-instance": "mgmt"}], netconf_server=[])
    state = silent.services.state(ServiceKind.SSH)
    assert isinstance(state, Known) and not state.value and "srlinux-yang-models" in state.default


def test_the_older_ssh_server_has_no_documented_default() -> None:
    found = system(ssh_server={"network-instance": [{"name": "old"}]}, netconf_server=[])
    told = {one.name: plain(one.enabled) for one in found.services.of(ServiceKind.SSH)}
    assert told == {"old": "unknown U-DEF"}


def test_grpc_without_tls_and_without_users() -> None:
    (grpc,) = FACTS.services.of(ServiceKind.GNMI)
    assert plain(grpc.tls) is False
    server = {"name": "g", "admin-state": "enable", "default-tls-profile": "true", "metadata-authentication": "false"}
    (grpc,) = system(grpc_server=[server]).services.of(ServiceKind.GNMI)
    assert plain(grpc.tls) is True
    assert grpc.unauthenticated is not None


def test_password_login_and_shell() -> None:
    assert plain(FACTS.services.ssh.password_login) is True
    assert plain(FACTS.scripts.shell) is False
    keys = [{"name": "a", "admin-state": "enable", "allowed-authentication-types": ["publickey"]}]
    found = system(ssh_server=keys, netconf_server=[])
    assert plain(found.services.ssh.password_login) is False
    assert plain(found.scripts.shell) is True


def test_accounts() -> None:
    users = {one.name: one for one in FACTS.accounts.users}
    assert set(users) == {"admin", "linuxadmin", "alice"}
    assert plain(users["alice"].admin) is False
    (key,) = FACTS.accounts.keys
    assert (key.user, key.algorithm, key.comment) == ("admin", "ssh-ed25519", "ops@noc")
    assert plain(FACTS.accounts.login_limited) is True
    assert plain(FACTS.accounts.minimum_length) == 12


def test_aaa() -> None:
    (server,) = FACTS.aaa.servers
    assert (server.protocol, server.port, server.vrf, server.group) == ("tacacs+", 4949, "mgmt", "tac")
    assert not FACTS.aaa.login_lists[0].after_reject
    assert [(one.kind, one.groups) for one in FACTS.aaa.accounting] == [("commands", ("tac",))]


def test_snmp() -> None:
    snmp = FACTS.snmp
    assert plain(snmp.enabled) is True
    (community,) = snmp.communities
    assert community.secret.trivial
    assert [(one.name, plain(one.any_source)) for one in community.filters] == [("MGMT", False)]
    (user,) = snmp.users
    assert (user.name, user.auth, user.privacy, user.group) == ("carol", "sha-256", "aes-256", "v3")
    assert [(one.name, one.version, one.level) for one in snmp.groups] == [("v3", "v3", "priv"), ("ro", "v2c", "")]
    (host,) = snmp.hosts
    assert (host.address, host.version, host.vrf) == ("198.51.100.50", "v2c", "mgmt")


def test_mirrors_exporters_tunnels_and_redirection() -> None:
    (session,) = FACTS.mirrors.sessions
    assert (session.kind, session.copied, session.destinations[0].kind) == (
        "span",
        ("ethernet-1/1 ingress-only",),
        "interface",
    )
    (capture,) = FACTS.mirrors.captures
    assert (capture.name, capture.target, plain(capture.active)) == ("tap", "cpu", True)
    (exporter,) = FACTS.exporters.exporters
    assert (exporter.protocol, exporter.address, exporter.port, plain(exporter.active)) == (
        "ipfix",
        "198.51.100.31",
        4739,
        True,
    )
    assert [(one.mode, one.remote) for one in FACTS.tunnels.tunnels] == [("vxlan", ""), ("gre", "203.0.113.4")]
    redirects = FACTS.redirection.redirects
    assert [(one.target_kind, one.target, len(one.bound)) for one in redirects] == [
        ("address", "192.0.2.77", 1), ("address", "203.0.113.4", 1),
    ]  # fmt: skip
    assert redirects[0].matches == ("prefix 203.0.113.0/24",)


def test_pseudowires_and_routes() -> None:
    (circuit,) = FACTS.pseudowires.circuits
    assert (circuit.kind, circuit.id, circuit.attachments) == ("evpn", "100", ("ethernet-1/2.7",))
    assert [(one.prefix, one.next_hop, one.discard, one.vrf) for one in FACTS.routes.static] == [
        ("0.0.0.0/0", "198.51.100.1", False, "mgmt"),
        ("10.9.0.0/16", "", True, "mgmt"),
    ]


def test_routing() -> None:
    static, dynamic = FACTS.routing.bgp
    assert (static.remote_as, plain(static.authentication), plain(static.multihop), plain(static.prefix_limit)) == (
        "64501",
        "md5",
        4,
        True,
    )
    assert (static.policies_in, static.policies_out, static.families) == (("in",), ("out",), ("ipv4-unicast",))
    assert (dynamic.address, dynamic.remote_as, dynamic.dynamic) == ("10.0.0.0/8", "64999", True)
    told = {(one.protocol, plain(one.authentication), one.passive) for one in FACTS.routing.adjacencies}
    assert told == {("isis", "keychain", True), ("ospf", "", False), ("vrrp", "keychain", False)}


def test_logging_time_and_names() -> None:
    (host,) = FACTS.logging.hosts
    assert (host.address, host.transport, host.port, host.vrf, plain(host.severity)) == (
        "198.51.100.20",
        "tcp",
        1514,
        "mgmt",
        "warning",
    )
    assert [one.pattern for one in FACTS.logging.suppressions] == ["aaa"]
    assert [(one.address, one.vrf) for one in FACTS.time.servers] == [("198.51.100.60", "mgmt")]
    assert system(ntp={"admin-state": "disable", "server": [{"address": "192.0.2.1"}]}).time.servers == ()
    assert [(one.address, one.vrf) for one in FACTS.names.resolvers] == [("9.9.9.9", "mgmt")]


def test_interfaces_and_discovery() -> None:
    told = {one.name: one for one in FACTS.interfaces.interfaces}
    assert told["ethernet-1/2"].shutdown and told["ethernet-1/2.7"].shutdown
    hardening = told["ethernet-1/2.7"].hardening
    assert hardening is not None and plain(hardening.proxy_arp) is True
    (lldp,) = FACTS.discovery.protocols
    assert (plain(lldp.enabled), lldp.off) == (True, ("ethernet-1/1",))


def test_release_and_model_from_show_version() -> None:
    version = Document(
        "show version",
        b"Hostname : r1\nChassis Type         : 7220 IXR-D3L\nSoftware Version     : v24.10.3\nSerial Number : S1\n",
    )
    found = facts(in_flat(WHOLE), version)
    assert (plain(found.os_version), plain(found.system.model), plain(found.system.serial)) == (
        "24.10.3",
        "7220 IXR-D3L",
        "S1",
    )


def test_every_area_is_filled_or_missing_with_a_reason() -> None:
    for area in set(Area) - {Area.STATE}:
        assert area in FACTS.areas or FACTS.missing[area].reason
