"""Sound interception points, look-alikes, and three declared states by three observed ones (R-LI-06)."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
import yaml

from auditor.engine import packs as packs_module
from auditor.engine.declarations import Declarations, load
from auditor.engine.device import DeviceOutcome, Task, audit_device
from auditor.model.check import CheckClass, Severity
from auditor.model.device import Device
from auditor.model.run import Outcome
from auditor.model.snapshot import RUNNING, Document, Snapshot
from tests.cli.conftest import in_a_process

TODAY = datetime.date(2026, 11, 24)
PACKS = packs_module.load()
LAWFUL = (CheckClass.LI_PROVISIONING, CheckClass.LI_DELIVERY)
MINE = tuple(name for name, check in PACKS.checks.items() if check.meta.check_class in LAWFUL)
INTERCEPTION = tuple(name for name, check in PACKS.checks.items() if str(check.meta.check_class).startswith("li-"))
POINT = {
    "lawful_intercept": {
        "points": ["r1"],
        "mediation_devices": ["192.0.2.70"],
        "admf": ["192.0.2.72"],
        "admins": ["li-op1", "md1"],
        "snmp_groups": ["LI", "LI-AUDIT"],
        "snmp_users": ["md1", "audit1"],
        "radius_intercept": ["r1"],
        "protected_paths": {"r1": "ipsec"},
        "separation_required": True,
        "local_save_allowed": False,
    },
    "management": {"coa_clients": ["192.0.2.60"], "radius_servers": ["192.0.2.60"]},
    "analysis": {"mirror_collectors": [], "analysers": [], "flow_collectors": []},
    "paths": {"tunnels": [], "static_next_hops": [], "redirect_next_hops": [], "pseudowires": []},
}
SOUND = {
    "cisco_iosxe": """version 17.9
hostname r1
aaa new-model
aaa intercept
aaa server radius dynamic-author
 client 192.0.2.60 server-key 6 AAbbCC
radius server R
 address ipv4 192.0.2.60 auth-port 1812 acct-port 1813
 key 6 AAbbCC
access-list 70 permit 192.0.2.70
snmp-server view LIV ciscoTap2MIB included
snmp-server view LIV ciscoIpTapMIB included
snmp-server group LI v3 priv read LIV write LIV notify LIV access 70
snmp-server host 192.0.2.70 informs version 3 priv md1 udp-port 161
snmp-server enable traps snmp authentication
username lawful-intercept li-op1 view li-view secret 9 $9$abc$def
snmp-server view COUNT 1.3.6.1.4.1.9.9.399.1.2.1.1.3 included
snmp-server view COUNT 1.3.6.1.4.1.9.9.399.1.2.1.1.6 included
snmp-server view COUNT 1.3.6.1.4.1.9.9.399.1.1.2.1.2 included
snmp-server group LI-AUDIT v3 priv read COUNT access 70
control-plane
 service-policy input COPP
ip route 192.0.2.70 255.255.255.255 Null0
end
""",
    "cisco_ios": """version 15.2
hostname r1
aaa new-model
aaa intercept
aaa server radius dynamic-author
 client 192.0.2.60 server-key 6 AAbbCC
 auth-type all
radius-server host 192.0.2.60 auth-port 1812 acct-port 1813 key 6 AAbbCC
radius-server attribute 44 include-in-access-req
ip access-list standard MD
 permit 192.0.2.70
 deny any log
snmp-server view LIV ciscoTap2MIB included
snmp-server view LIV ciscoIpTapMIB included
snmp-server view NMSV iso included
snmp-server view NMSV cTapMIB excluded
snmp-server view NMSV ciscoIpTapMIB excluded
snmp-server view NMSV cisco802TapMIB excluded
snmp-server view NMSV ciscoTap2MIB excluded
snmp-server view NMSV ciscoUserConnectionTapMIB excluded
snmp-server view NMSV ciscoMobilityTapMIB excluded
snmp-server view NMSV ciscoVoIpTapMIB excluded
snmp-server group NMS v3 priv read NMSV access MD
snmp-server group LI v3 priv read LIV write LIV notify LIV access MD
snmp-server host 192.0.2.70 informs version 3 priv md1 udp-port 161
snmp-server host 192.0.2.20 version 3 priv nms1
snmp-server enable traps snmp authentication linkdown linkup
control-plane
 service-policy input COPP
end
""",
    "cisco_nxos": """!Command: show running-config
version 9.3(10)
hostname r1
role name nms
  rule 1 permit read oid 1.3.6.1.2.1
snmp-server user probe nms auth sha 0x1234567890abcdef1234567890abcdef priv aes-128 0x1234567890abcdef1234567890abcdef localizedkey
line vty
boot nxos bootflash:/nxos64-cs.9.3.10.bin
""",
    "huawei_vrp": """!Software Version V800R021C10SPC600
#
sysname r1
#
radius-server authorization 192.0.2.60 shared-key-cipher %^%#abc%^%#
#
snmp-agent
snmp-agent mib-view included LIV hwLiMib
snmp-agent mib-view included NMSV iso
snmp-agent mib-view excluded NMSV hwLiMib
snmp-agent group v3 LI privacy read-view LIV write-view LIV notify-view LIV acl 2000
snmp-agent group v3 NMS privacy read-view NMSV
#
return
""",
    "cisco_iosxr": """!! IOS XR Configuration 7.5.2
hostname r1
aaa intercept
taskgroup LIT
 task write li
!
usergroup LIG
 taskgroup LIT
!
username li-op1
 group LIG
 secret 10 $6$abc$def
!
radius-server host 192.0.2.60 auth-port 1812 acct-port 1813
 key 7 0822455D0A16
!
snmp-server view LIV ciscoTap2MIB included
snmp-server group LI v3 priv read LIV write LIV notify LIV
snmp-server user md1 LI v3 auth sha encrypted 094F471A1A0A priv aes 256 encrypted 094F471A1A0A
snmp-server host 192.0.2.70 traps version 3 priv md1
snmp-server traps snmp authentication
control-plane
 management-plane
  inband
   interface all
    allow SNMP peer
     address ipv4 192.0.2.70/32
    !
   !
  !
 !
!
end
""",
    "juniper_junos": """set version 22.4R3.25
set system host-name r1
set system login class MD permissions flow-tap-operation
set system login user li-op1 class MD
set system login user li-op1 authentication ssh-ed25519 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1 md"
set system services flow-tap-dtcp ssh connection-limit 2
set services flow-tap tunnel-interface vt-0/0/0.0
set services radius-flow-tap interfaces vt-1/1/0.0
set services radius-flow-tap snmp notify-targets 192.0.2.70
set services dynamic-flow-capture capture-group g1 content-destination cd1 address 192.0.2.70
set snmp trap-group G categories authentication
set snmp trap-group G targets 192.0.2.70
set interfaces lo0 unit 0 family inet filter input RE
set firewall family inet filter RE term dtcp from source-address 192.0.2.70/32
set firewall family inet filter RE term dtcp from protocol tcp
set firewall family inet filter RE term dtcp from destination-port 32001
set firewall family inet filter RE term dtcp then accept
""",
    "nokia_sros": """# TiMOS-C-23.10.R1 cpm/x86_64 Nokia 7750 SR Copyright (c) 2000-2023 Nokia.
/configure system name "r1"
/configure li li-filter lock-filter lock
/configure li radius mirror-dest-template "T"
/configure li log log-id "7" source li true
/configure li log log-id "7" destination snmp max-entries 100
/configure log snmp-trap-group "7" trap-target "one" address 192.0.2.70
/configure log snmp-trap-group "7" trap-target "one" version snmpv3
/configure log snmp-trap-group "7" trap-target "one" security-level privacy
/configure system security user-params local-user user "li-op1" password "$2y$10$abc"
/configure system security user-params local-user user "li-op1" access console true
/configure system security user-params local-user user "li-op1" access li true
/configure system security cpm-filter default-action drop
/configure system security cpm-filter ip-filter admin-state enable
/configure system security cpm-filter ip-filter entry 10 match src-ip address 192.0.2.70/32
/configure system security cpm-filter ip-filter entry 10 action accept
# Finished 2026-11-20T10:00:00.0Z
""",
}
SOUND |= {
    "nokia_srlinux": """set / interface mgmt0 admin-state enable
set / network-instance mgmt type ip-vrf
set / system name host-name r1
set / system aaa authentication authentication-method [ local ]
set / system lawful-intercept admin-state enable
""",
    "mikrotik_routeros": """# 2026-11-20 10:00:00 by RouterOS 7.18.2
# software id = ABCD-1234
#
# model = CCR2216
/interface list
add name=LAN
/radius
add address=192.0.2.60 secret=abc service=ppp
/radius incoming
set accept=yes
/system identity
set name=r1
""",
    "arista_eos": """! Command: show running-config
! device: r1 (DCS-7280SR3, EOS-4.31.2F)
!
hostname r1
!
radius-server host 192.0.2.60 key 7 060506324F41
radius-server dynamic-authorization port 3799
!
end
""",
    "frr": """frr version 8.5.1
frr defaults traditional
hostname r1
ip route 192.0.2.70/32 Null0
end
""",
}
BOF = {"nokia_sros": "bof {\n    li {\n        separate true\n        local-save false\n    }\n}\n"}
LOOKALIKES = {
    "cisco_iosxe": """version 17.9
hostname li
aaa new-model
aaa group server radius intercept
ip wccp web-cache redirect-list lawful-intercept
ip dns view intercept
ip access-list extended TACACS-MIRROR
 permit tcp any any eq www
parser view tap
 secret 9 $9$abc$def
snmp-server view SYS internet.6.3 included
snmp-server view SYS ciscoMgmt.399 excluded
snmp-server group NMS v3 priv context vlan- match prefix read SYS
snmp-server group DEF v3 priv
snmp-server community s3cr RO
snmp-server host 192.0.2.70 version 2c s3cr
interface Tunnel0
 description username lawful-intercept li-op1
banner motd ^C aaa intercept, lawful-intercept, li-view ^C
ip route 192.0.2.70 255.255.255.255 Null0
end
""",
    "cisco_ios": """version 15.2
hostname r1
ip tcp intercept list 101
ip tcp intercept mode watch
ip route 192.0.2.70 255.255.255.255 Null0
snmp-server view SYS system included
snmp-server view SYS ciscoTap2MIB excluded
snmp-server group NMS v3 priv context vlan- match prefix read SYS
interface Tunnel0
 description lawful intercept tap of the li view
route-map tap permit 10
end
""",
    "cisco_iosxr": """!! IOS XR Configuration 7.5.2
hostname r1
lawful-intercept disable
interface GigabitEthernet0/0/0/0
 description tap aggregation for li
!
taskgroup ops
 task write bgp
!
taskgroup look
 task read li
!
router static
 address-family ipv4 unicast
  192.0.2.70/32 Null0
 !
!
control-plane
 management-plane
  inband
   interface all
    allow all
   !
  !
 !
!
end
""",
    "juniper_junos": """set version 22.4R3.25
set system host-name r1
set interfaces ge-0/0/0 description "flow-tap mirror, permissions flow-tap"
set system login class ops permissions view
set system login class ops deny-commands "show services flow-tap"
set system login message "permissions flow-tap-operation"
set groups li system login class ops2 permissions view
set services flow-monitoring version9 template tap
set forwarding-options port-mirroring input rate 1
deactivate forwarding-options port-mirroring
set firewall family inet filter lawful-intercept term li then accept
set routing-options static route 192.0.2.70/32 discard
""",
    "nokia_sros": """# TiMOS-C-23.10.R1 cpm/x86_64 Nokia 7750 SR Copyright (c) 2000-2023 Nokia.
/configure system name "r1"
/configure system security aaa local-profiles profile "noc" default-action deny-all
/configure system security aaa local-profiles profile "noc" entry 10 match "configure li"
/configure system security aaa local-profiles profile "noc" entry 10 action deny
/configure router "Base" interface "tap" description "li"
/configure mirror mirror-dest "li" admin-state disable
/configure filter ip-filter "li" default-action accept
/configure filter ip-filter "li" entry 10 action http-redirect url "http://192.0.2.80"
/configure router "Base" static-routes route 192.0.2.70/32 route-type unicast blackhole admin-state enable
# Finished 2026-11-20T10:00:00.0Z
""",
    "cisco_nxos": """!Command: show running-config
version 9.3(10)
hostname r1
ip tcp path-mtu-discovery
hardware access-list tap-agg
interface Ethernet1/1
  description lawful intercept tap of li
role name li
  rule 1 permit read feature snmp
monitor session 1
  description tap
line vty
boot nxos bootflash:/nxos64-cs.9.3.10.bin
""",
    "huawei_vrp": """!Software Version V800R021C10SPC600
#
sysname r1
#
acl name intercept-tcp 3001
 rule 5 permit tcp
#
interface GigabitEthernet0/0/1
 description lawful intercept of li to x1-interface
#
snmp-agent
snmp-agent mib-view excluded SYS hwLiMib
snmp-agent target-host trap address udp-domain 192.0.2.70 params securityname li v3
snmp-agent mib-view included SYS 1.3.6.1.2.1
snmp-agent group v3 NMS privacy read-view SYS
#
ip route-static 192.0.2.70 255.255.255.255 NULL0
#
return
""",
    "nokia_srlinux": """set / interface mgmt0 admin-state enable
set / interface ethernet-1/1 description "lawful-intercept tap"
set / system banner login-banner "lawful-intercept admin-state enable"
set / network-instance default static-routes route 192.0.2.70/32 next-hop-group li
set / network-instance mgmt type ip-vrf
set / system name host-name r1
set / system aaa authentication authentication-method [ local ]
""",
    "mikrotik_routeros": """# 2026-11-20 10:00:00 by RouterOS 7.18.2
# software id = ABCD-1234
#
# model = CCR2216
/interface list
add name=LAN comment="calea sniff-pc"
/ip route
add blackhole dst-address=192.0.2.70/32
/ip firewall filter
add action=drop chain=input comment="action=sniff-pc" dst-port=37008 protocol=udp
/interface bridge
add name=calea
/system identity
set name=r1
""",
    "frr": """frr version 8.5.1
frr defaults traditional
hostname r1
ip route 192.0.2.70/32 Null0
interface tap0
 description li tap
interface mirror0
 description tc action mirred egress mirror dev li
end
""",
    "arista_eos": """! Command: show running-config
! device: r1 (DCS-7280SR3, EOS-4.31.2F)
!
hostname r1
!
interface Ethernet1
   description lawful intercept tap
   switchport trunk group tap
!
monitor session li source Ethernet1 rx
ip route 192.0.2.70/32 Null0
!
end
""",
}

pytestmark = pytest.mark.requirement("R-LI-06")


def declared(folder: Path, content: dict[str, object] | None) -> Declarations:
    if content is None:
        return Declarations()
    path = folder / "d.yaml"
    path.write_text(yaml.safe_dump({"schema": "auditor/declarations/1", **content}), "utf-8")
    path.chmod(0o600)
    return load([path], TODAY)


def audited(platform: str, config: str, declarations: Declarations, checks: tuple[str, ...] = MINE) -> DeviceOutcome:
    documents = [Document(RUNNING, config.encode())]
    if platform in BOF:
        documents.append(Document("bof", BOF[platform].encode()))
    device = Device("r1", platform)
    return audit_device(Task(Snapshot(device, tuple(documents)), declarations.on(device)), PACKS, checks, b"key")


@pytest.mark.parametrize("platform", SOUND)
def test_a_sound_point_has_nothing_serious(platform: str, tmp_path: Path) -> None:
    found = audited(platform, SOUND[platform], declared(tmp_path, POINT), INTERCEPTION)
    assert not [one for one in found.results if one.outcome is Outcome.ERROR]
    assert not [(one.check, one.message) for one in found.findings if one.severity >= Severity.HIGH]


@pytest.mark.parametrize("platform", LOOKALIKES)
def test_look_alikes_are_silent(platform: str, tmp_path: Path) -> None:
    for content in (None, {"lawful_intercept": {"points": ["bng1"], "mediation_devices": ["192.0.2.70"]}}):
        found = audited(platform, LOOKALIKES[platform], declared(tmp_path, content))
        assert not [(one.check, one.message) for one in found.findings if one.severity > Severity.LOW]
        assert not found.reviews


@pytest.mark.parametrize("platform", sorted(PACKS.platforms))
def test_without_a_declaration_nothing_passes(platform: str, tmp_path: Path) -> None:
    config = SOUND.get(platform) or LOOKALIKES.get(platform, "")
    found = audited(platform, config, declared(tmp_path, None))
    outcomes = {str(one.outcome) for one in found.results}
    assert outcomes <= {"unknown", "not_applicable", "fail"}
    judged = [one for one in found.results if one.outcome is Outcome.UNKNOWN]
    assert all(one.reason for one in judged)


PRESENT = "set services flow-tap tunnel-interface vt-0/0/0.0\n"
HEAD = "set version 22.4R3.25\nset system host-name r1\n"
HIDDEN = "version 22.4R3.25;\nsystem {\n    host-name r1;\n    services {\n        ssh;\n    }\n}\nservices { /* ACCESS-DENIED */ }\n"


@pytest.mark.parametrize(
    ("points", "config", "outcome"),
    [
        (["r1"], HEAD + PRESENT, "pass"),
        (["r1"], HEAD, "pass"),
        (["r1"], HIDDEN, "unknown"),
        (["bng1"], HEAD + PRESENT, "fail"),
        (["bng1"], HEAD, "pass"),
        (["bng1"], HIDDEN, "unknown"),
        (None, HEAD + PRESENT, "unknown"),
        (None, HEAD, "unknown"),
        (None, HIDDEN, "unknown"),
    ],
)
def test_three_by_three(points: list[str] | None, config: str, outcome: str, tmp_path: Path) -> None:
    content = None if points is None else {"lawful_intercept": {"points": points}}
    found = audited("juniper_junos", config, declared(tmp_path, content), ("li-capability-undeclared",))
    assert [str(one.outcome) for one in found.results] == [outcome]


def test_operators_that_were_dropped_count_only_where_points_are_declared(tmp_path: Path) -> None:
    """The same kept text, with and without operators: alike without a declaration, judged with one."""
    config = "version 15.2\nhostname r1\n{}end\n"
    user = "username lawful-intercept liop4711 privilege 15 password 7 0822455D0A16\n"
    for content, alike in ((None, True), ({"lawful_intercept": {"points": ["r1"], "admins": []}}, False)):
        declarations = declared(tmp_path, content)
        with_one = audited("cisco_ios", config.format(user), declarations)
        without = audited("cisco_ios", config.format(""), declarations)
        assert (
            (with_one.findings, with_one.results, with_one.reviews)
            == (without.findings, without.results, without.reviews)
        ) is alike
        assert "liop4711" not in repr(with_one)


def test_files_are_judged_where_they_are_read(tmp_path: Path) -> None:
    """From the file on, in one process and in several: the count is right, and no name is in anything that is written."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(17):
        text = f"version 15.2\nhostname r{number}\nusername lawful-intercept liop4711 secret 9 $9$abc$def\n"
        (folder / f"r{number}.cfg").write_text(text + "username lawful-intercept li-good secret 9 $9$abc$def\nend\n")
    path = tmp_path / "d.yaml"
    path.write_text("schema: auditor/declarations/1\nlawful_intercept:\n  points: ['r*']\n  admins: [li-good]\n")
    path.chmod(0o600)
    for workers in (1, 2):
        out = tmp_path / f"out{workers}"
        done = in_a_process(
            *("audit", "in", "--checks", "li-admin-undeclared", "--declarations", path, "--workers", workers),
            *("-o", out, "--format", "json,html"), cwd=tmp_path, XDG_STATE_HOME=str(tmp_path / "state"),
        )  # fmt: skip
        found = json.loads((out / "run.json").read_text())["findings"]
        assert [one["message"][:19] for one in found] == ["1 of 2 accounts or "] * 17
        written = b"".join(one.read_bytes() for one in out.rglob("*") if one.is_file())
        for name in (b"liop4711", b"li-good"):
            assert name not in written
            assert name.decode() not in done.stdout + done.stderr


def test_entries_of_the_cleared_run_are_in_no_ordinary_result() -> None:
    cleared = set(PACKS.elsewhere)
    assert cleared == {
        "li-intercept-count-mismatch", "li-intercept-no-expiry", "li-debug-user-active", "li-target-identity-in-clear",
    }  # fmt: skip
    assert not cleared & set(PACKS.checks)
    entries = {one.id for one in PACKS.catalogue.values() if one.check_class in ("li-provisioning", "li-delivery")}
    seen = {one for one in entries if set(PACKS.catalogue[one].evidence) & {"config", "state", "snmp"}}
    assert len(seen) == 33
    assert seen - cleared <= set(PACKS.checks)


@pytest.mark.requirement("R-LI-11")
def test_wording_is_neutral() -> None:
    for name in MINE:
        meta = PACKS.checks[name].meta
        fixes = " ".join(f"{fix.commands} {fix.verify} {fix.caution}" for fix in meta.fix.values())
        text = f"{meta.title} {meta.how} {meta.false_positives} {fixes}".lower()
        for word in (
            "illegal",
            "unlawful",
            "criminal",
            "show li",
            "delete tap",
            "remove the tap",
            "show lawful",
            "li-source",
        ):
            assert word not in text, (name, word)
        assert all("LI office" in f"{fix.commands} {fix.caution}" for fix in meta.fix.values()) or name.startswith(
            "li-tls"
        ), name
