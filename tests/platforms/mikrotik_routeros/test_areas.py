"""Statements of each topic with their options, overridden and removed forms, defaults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.model.areas import Area, ServiceKind
from auditor.model.device import Device
from auditor.model.evidence import Known
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.mikrotik_routeros import platform
from auditor.syntax.mask import Masker
from tests.platforms.golden import plain
from tests.platforms.mikrotik_routeros.ros import REST, facts, v6, v7

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
INPUT = "/ip firewall filter\n"


def ssh(text: str) -> tuple[object, list[str], object]:
    """Whether anybody reaches SSH, who does, and the families without a list."""
    (found,) = v7(text).services.of(ServiceKind.SSH)
    prefixes = [one.prefix for item in found.filters for one in item.admitted]
    return [plain(item.any_source) for item in found.filters], prefixes, plain(found.open_families)


NAT = "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=wan\n"
LISTS = "/interface list\nadd name=WAN\nadd name=LAN\n/interface list member\nadd interface=wan list=WAN\nadd interface=b1 list=LAN\n"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("add action=drop chain=input\n", ([False], [], [])),
        ("add action=accept chain=forward\n", ([], [], [4])),
        ("add action=accept chain=input\n", ([True], ["0.0.0.0/0"], [])),
        ("add action=accept chain=input src-address=192.0.2.0/24\nadd action=drop chain=input\n", ([False], ["192.0.2.0/24"], [])),
        ("add action=accept chain=input src-address=192.0.2.0/24\n", ([True], ["192.0.2.0/24", "0.0.0.0/0"], [])),
        ("add action=accept chain=input dst-port=80 protocol=tcp\nadd action=drop chain=input\n", ([False], [], [])),
        ("add action=accept chain=input dst-port=20-25 protocol=tcp\nadd action=drop chain=input\n", ([True], ["0.0.0.0/0"], [])),
        ("add action=accept chain=input dst-port=22 protocol=udp\nadd action=drop chain=input\n", ([False], [], [])),
        ("add action=accept chain=input connection-state=established\nadd action=drop chain=input\n", ([False], [], [])),
        ("add action=accept chain=input connection-state=!invalid\nadd action=drop chain=input\n", ([True], ["0.0.0.0/0"], [])),
        ("add action=drop chain=input disabled=yes\n", ([], [], [4])),
        ("add action=drop chain=input limit=1,5:packet\n", ([True], ["0.0.0.0/0"], [])),
        ("add action=drop chain=input src-address-list=!noc\n", ([False], ["198.51.100.0/28"], [])),
        ("add action=drop chain=input src-address-list=!knock\n", (["unknown U-STATE"], [], [])),
        ("add action=drop chain=input in-interface-list=!LAN\n", ([False], ["interface list LAN"], [])),
        ("add action=drop chain=input in-interface-list=WAN\n", ([False], ["not interface list WAN"], [])),
        ("add action=accept chain=input dst-port=22 in-interface=wan protocol=tcp\nadd action=drop chain=input\n", ([True], ["0.0.0.0/0"], [])),
        ("add action=accept chain=input in-interface=b1\nadd action=drop chain=input\n", ([False], ["interface b1"], [])),
        ("add action=jump chain=input jump-target=m\nadd action=drop chain=input\nadd action=accept chain=m src-address=192.0.2.7\n", ([False], ["192.0.2.7/32"], [])),
        ("add action=jump chain=input jump-target=m src-address=192.0.2.0/24\nadd action=drop chain=m\n", ([True], ["0.0.0.0/0"], [])),
        ("add action=jump chain=input jump-target=m src-address=192.0.2.0/24\nadd action=drop chain=input\nadd action=accept chain=m\n", ([False], ["192.0.2.0/24"], [])),
        ("add action=jump chain=input jump-target=m\nadd action=return chain=m\nadd action=accept chain=m\nadd action=drop chain=input\n", ([False], [], [])),
        ("add action=jump chain=input jump-target=input\nadd action=drop chain=input\n", ([False], [], [])),
    ],
)  # fmt: skip
def test_who_reaches_a_service(rules: str, expected: tuple[object, list[str], object]) -> None:
    lists = "/ip firewall address-list\nadd address=198.51.100.0/28 list=noc\n"
    knock = "/ip firewall mangle\nadd action=add-src-to-address-list address-list=knock chain=prerouting dst-port=7 protocol=tcp\n"
    assert ssh(LISTS + lists + NAT + knock + INPUT + rules) == expected


def test_hairpin_translation_makes_no_outside() -> None:
    rules = INPUT + "add action=accept chain=input in-interface=b1\nadd action=drop chain=input\n"
    hairpin = "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=b1\n"
    served = "/ip dhcp-server\nadd interface=b1 name=d\n"
    assert ssh(hairpin + rules) == ([True], ["0.0.0.0/0"], [])
    assert ssh(hairpin + served + rules) == ([False], ["interface b1"], [])


def test_a_source_list_and_the_chain_have_both_to_be_passed() -> None:
    limited = "/ip service\nset ssh address=192.0.2.0/24\n"
    assert ssh(limited) == ([False], ["192.0.2.0/24"], [])
    assert ssh(limited + INPUT + "add action=accept chain=input\n") == ([False], ["192.0.2.0/24"], [])
    assert ssh("/ip service\nset ssh address=0.0.0.0/0\n") == ([True], ["0.0.0.0/0"], [])


def test_services_of_the_vendor() -> None:
    found = v7(
        "/tool mac-server\nset allowed-interface-list=none\n/tool bandwidth-server\nset authenticate=no\n/ip smb\nset enabled=yes\n/ip tftp\nadd ip-addresses=192.0.2.0/24 real-filename=f req-filename=f\n"
    )
    told = {one.name: one for one in found.services.found}
    assert plain(told["mac-telnet"].enabled) is False
    assert told["bandwidth-test"].unauthenticated is not None
    assert plain(told["smb"].enabled) is True
    assert (plain(told["tftp"].enabled), told["tftp"].objects) == (True, ("f", "f"))
    old = v6("/tool mac-server\nset [ find default=yes ] disabled=yes\n")
    assert plain(next(one for one in old.services.found if one.name == "mac-telnet").enabled) is False


def test_rules_of_the_proxies() -> None:
    text = "/ip socks\nset enabled=yes\n/ip socks access\nadd src-address=192.0.2.0/24\n"
    closed = v7(text + "add action=deny\n").services.of(ServiceKind.PROXY)[1]
    assert [(plain(one.any_source), [entry.prefix for entry in one.admitted]) for one in closed.filters] == [
        (False, ["192.0.2.0/24"])
    ]
    assert [plain(one.any_source) for one in v7(text).services.of(ServiceKind.PROXY)[1].filters] == [True]


def test_ssh_server() -> None:
    assert plain(v7("").services.ssh.forwarding) is False
    assert plain(v7("/ip ssh\nset forwarding-enabled=both\n").services.ssh.forwarding) is True
    assert plain(v7("/ip ssh\nset always-allow-password-login=yes\n").services.ssh.password_login) is True
    assert plain(v7("/ip ssh\nset password-authentication=no\n").services.ssh.password_login) is False
    (none,) = v6("/ip ssh\nset allow-none-crypto=yes\n").services.ssh.algorithms
    assert none.names == ("none",)


def test_users_groups_and_aaa() -> None:
    text = "/user group\nadd name=ops policy=read,write,policy,ssh\n/user\nadd address=192.0.2.0/24 group=ops name=eve password=x\nadd disabled=yes group=read name=old\n"
    found = v7(text + "/user aaa\nset accounting=no default-group=ops use-radius=yes\n")
    eve, old = found.accounts.users
    assert (plain(eve.admin), [one.prefix for item in eve.filters for one in item.admitted]) == (True, ["192.0.2.0/24"])
    assert (plain(old.admin), plain(old.enabled)) == (False, False)
    assert found.aaa.default_role
    assert found.aaa.accounting[0].off


def test_snmp() -> None:
    found = v7(
        "/snmp\nset enabled=yes trap-target=192.0.2.1,192.0.2.2 trap-version=3\n/snmp community\nset [ find default=yes ] addresses=192.0.2.0/24 name=q7 write-access=yes\n"
        "add addresses=::/0 name=w9\nadd disabled=yes name=x1\nadd authentication-protocol=MD5 name=u security=authorized\n"
    )
    first, second = found.snmp.communities
    assert (first.writable, [plain(one.any_source) for one in first.filters]) == (True, [False, False])
    assert [plain(one.any_source) for one in second.filters] == [True, True]
    (user,) = found.snmp.users
    assert (user.name, user.auth, user.privacy) == ("u", "md5", "")
    (group,) = found.snmp.groups
    assert (group.name, group.level, group.read_view, group.write_view) == ("u", "auth", "all", "")
    assert [(one.address, one.version) for one in found.snmp.hosts] == [("192.0.2.1", "v3"), ("192.0.2.2", "v3")]
    assert found.snmp.hosts[0].secret is not None and found.snmp.hosts[0].secret.trivial


def test_mirrors_and_captures() -> None:
    found = v7(
        "/tool sniffer\nset file-name=flash/x.pcap filter-interface=wan filter-port=ssh\n/interface ethernet switch\nset 0 mirror-source=none\n"
        "/interface ethernet switch rule\nadd mirror=yes ports=ether1 switch=switch1 copy-to-cpu=yes\n"
        "/ip firewall mangle\nadd action=sniff-tzsp chain=forward disabled=yes sniff-target=192.0.2.9\n"
    )
    rule, tzsp = found.mirrors.sessions
    assert [one.kind for one in rule.destinations] == ["cpu"]
    assert (tzsp.kind, plain(tzsp.active), tzsp.whole, tzsp.destinations[0].value) == ("tzsp", False, True, "192.0.2.9")
    (capture,) = found.mirrors.captures
    assert (capture.target, capture.interfaces, capture.filters) == ("flash/x.pcap", ("wan",), ("filter-port=ssh",))


def test_tunnels_of_all_kinds() -> None:
    found = v7(
        "/interface vxlan\nadd name=vx vni=7\n/interface vxlan vteps\nadd interface=vx remote-ip=192.0.2.5\n/interface ipip\nadd name=ip remote-address=192.0.2.6 ipsec-secret=s3\n"
        "/interface ovpn-client\nadd connect-to=192.0.2.7 disabled=no name=ov user=u\n/interface pptp-server server\nset enabled=yes\n/interface sstp-server server\nset enabled=no\n"
        "/interface wireguard\nadd listen-port=1 name=wg\n/interface wireguard peers\nadd interface=wg public-key=a\nadd endpoint-address=192.0.2.8 interface=wg public-key=b\n"
    )
    told = [(one.name, one.mode, one.remote, one.server, one.active) for one in found.tunnels.tunnels]
    assert sorted(told) == [
        ("ip", "ipip", "192.0.2.6", False, True),
        ("ov", "openvpn", "192.0.2.7", False, True),
        ("pptp-server", "pptp", "", True, True),
        ("vx", "vxlan", "192.0.2.5", False, True),
        ("wg", "wireguard", "", True, True),
        ("wg", "wireguard", "192.0.2.8", False, True),
    ]
    assert next(one for one in found.tunnels.tunnels if one.name == "ip").protection == "ipsec"


def test_ipsec() -> None:
    found = v7(
        "/ip ipsec proposal\nadd auth-algorithms=md5 enc-algorithms=des name=weak pfs-group=none\n/ip ipsec peer\nadd exchange-mode=aggressive name=any passive=yes\n"
        "/ip ipsec identity\nadd peer=any secret=s3cret\n/ip ipsec policy\nadd peer=any proposal=weak\n"
    )
    (peer,) = found.crypto.peers
    assert (peer.any_peer, plain(peer.aggressive), peer.authentication, peer.proposals) == (
        True,
        True,
        "psk",
        ("default", "weak"),
    )
    weak = next(one for one in found.crypto.proposals if one.name == "weak")
    assert (weak.encryption, weak.integrity, weak.groups) == (("des",), ("md5",), ())


def test_scripts_and_what_they_do() -> None:
    found = v7(
        '/system script\nadd name=a source="/tool sniffer start\\r\\n/file remove [find]"\n/system scheduler\nadd disabled=yes name=b on-event=a start-time=startup\n'
        '/ip dhcp-server\nadd interface=b1 lease-script=":log info x" name=d\n/interface vrrp\nadd interface=b1 name=v on-master="/user disable admin"\n'
    )
    (script,) = found.scripts.scripts
    assert [one.what for one in script.traits] == ["captures traffic", "deletes files"]
    assert [(one.name, one.active) for one in found.scripts.jobs] == [("b", False)]
    assert {one.name: [trait.what for trait in one.traits] for one in found.scripts.policies} == {
        "d lease-script": [],
        "v on-master": ["changes accounts"],
    }


def test_containers_boot_and_dialout() -> None:
    found = v7(
        "/container mounts\nadd dst=/host name=m src=/\n/container\nadd interface=veth1 mounts=m remote-image=evil/c2:latest start-on-boot=yes\n/interface veth\nadd address=172.17.0.2/24 gateway=172.17.0.1 name=veth1\n"
        "/tr069-client\nset acs-url=http://192.0.2.1 enabled=yes\n/ip cloud\nset back-to-home-vpn=enabled ddns-enabled=yes\n/system routerboard settings\nset protected-routerboot=enabled\n"
    )
    (app,) = found.containers.apps
    assert (app.image, app.started, bool(app.privileged), app.addresses) == (
        "evil/c2:latest",
        True,
        True,
        ("172.17.0.2/24",),
    )
    assert [(one.kind, one.takes_commands, one.active) for one in found.dialout.connections] == [
        ("tr-069", True, True), ("cloud-agent", False, True), ("cloud-agent", True, True),
    ]  # fmt: skip
    assert (plain(found.boot.autoinstall), plain(found.boot.password_recovery)) == (False, False)


def test_routing() -> None:
    found = v7(
        "/routing bgp template\nadd as=64500 input.filter=in name=t output.filter-chain=out\n/routing bgp connection\nadd local.role=ebgp name=c remote.address=10.0.0.0/8 templates=t\n"
        "/routing filter rule\nadd chain=in rule=accept\nadd chain=out rule=reject\n/interface vrrp\nadd authentication=simple interface=b1 name=v password=x version=2\n/mpls ldp interface\nadd interface=b1\n"
    )
    (peer,) = found.routing.bgp
    assert (peer.local_as, peer.remote_as, peer.dynamic, peer.policies_in, len(peer.sources)) == (
        "64500",
        "external",
        True,
        ("in",),
        2,
    )
    assert [(one.protocol, plain(one.authentication)) for one in found.routing.adjacencies] == [
        ("vrrp", "text"),
        ("ldp", "unknown U-DEF"),
    ]
    hidden = v7("/routing bgp connection\nadd as=1 name=c remote.address=192.0.2.1 .as=2\n").routing.bgp[0]
    assert plain(hidden.authentication) == "unknown U-HID"
    assert found.acls.undefined == ()


def test_logging_and_time() -> None:
    found = v6(
        "/system logging\nset 0 disabled=yes\nadd action=remote topics=critical,warning\n/system logging action\nset 3 remote=192.0.2.1\nadd name=unused remote=192.0.2.2 target=remote\n/system ntp client\nset enabled=yes primary-ntp=192.0.2.3\n/system ntp server\nset enabled=yes\n"
    )
    (host,) = found.logging.hosts
    assert (host.address, plain(host.severity)) == ("192.0.2.1", "warning")
    assert len(found.logging.suppressions) == 1
    assert [one.address for one in found.time.servers] == ["192.0.2.3"]
    assert plain(found.time.serves) is True
    keyed = v7(
        "/system ntp client\nset enabled=yes\n/system ntp client servers\nadd address=192.0.2.3 auth-key=7\n/system ntp key\nadd key-id=7 key=k\n"
    )
    assert plain(keyed.time.servers[0].authenticated) is True


def test_discovery_lists_are_resolved_to_their_members() -> None:
    members = "/interface list\nadd name=X\n/interface list member\nadd interface=ether2 list=X\n"
    for word, on, off in (("X", ("ether2",), ()), ("!X", ("all",), ("ether2",)), ("static", ("all",), ())):
        found = v7(f"{members}/ip neighbor discovery-settings\nset discover-interface-list={word}\n").discovery
        assert {(one.on, one.off) for one in found.protocols} == {(on, off)}


def test_names_discovery_and_interfaces() -> None:
    found = v7(
        "/ip dns\nset servers=192.0.2.1 use-doh-server=https://d/q\n/ip neighbor discovery-settings\nset discover-interface-list=LAN protocol=lldp\n/ip settings\nset rp-filter=strict send-redirects=no\n/interface bonding\nadd name=bond1 slaves=ether1,ether2\n/ip vrf\nadd interfaces=b1 name=cust\n"
    )
    assert [one.address for one in found.names.resolvers] == ["192.0.2.1", "https://d/q"]
    assert {one.protocol: plain(one.enabled) for one in found.discovery.protocols} == {
        "cdp": False,
        "lldp": True,
        "mndp": False,
    }
    bridge, bond = found.interfaces.interfaces
    assert (bridge.vrf, plain(bridge.urpf), bond.members) == ("cust", "strict", ("ether1", "ether2"))
    off = v7("/ip neighbor discovery-settings\nset discover-interface-list=none\n").discovery
    assert [plain(one.enabled) for one in off.protocols] == [False, False, False]


def test_release_and_model_from_resources() -> None:
    device = Device(name="r1", platform=platform.name)
    more = Document("/system resource print", b"        version: 7.10.1 (stable)\n     board-name: CHR\n")
    found = platform.read(device, (Document(RUNNING, REST.encode()), more), (), Masker(b"k")).facts
    assert (plain(found.os_version), plain(found.system.model)) == ("7.10.1", "CHR")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
@pytest.mark.parametrize("path", sorted((CORPUS / "mikrotik_routeros").glob("*")), ids=lambda path: path.name)
def test_every_real_file_is_read(path: Path) -> None:
    found = facts(path.read_bytes())
    for area in set(Area) - {Area.STATE}:
        assert area in found.areas or found.missing[area].reason, area
    (coverage,) = found.coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.lines == coverage.understood + coverage.irrelevant + lost
    assert lost <= 2
    assert isinstance(found.complete, Known)
