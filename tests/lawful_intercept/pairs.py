"""Pairs of documents of one device that differ only in what is intercepted: the first without, the second with it.

Every platform in every form it is saved in, whole, cut and damaged. The statements of intercepts are those of the
lawful-intercept reference, sections 1 and 2; the identities in them are invented.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.lawful_intercept.identities import Identities

RUNNING = "show running-config"
MARK = "@@\n"
"""Where intercepts stand in a base; a line of its own."""


@dataclass
class Pair:
    """Two captures of one device."""

    name: str
    platform: str
    rule: str
    """The rule without which the two would not be alike."""
    without: bytes
    within: bytes
    document: str = RUNNING
    """The document that differs; another one than the running configuration comes beside that."""
    main: bytes = b""
    drawn: list[str] = field(default_factory=list)


IOS = """version 15.9
service timestamps log datetime msec
!
hostname {host}
!
enable secret 9 $9$abcdefghijklmn$abc
username noc privilege 15 secret 9 $9$opqrstuvwxyz$abc
@@
!
interface GigabitEthernet0/0
 description to core
 ip address 192.0.2.1 255.255.255.0
!
ip http server
snmp-server view LI ciscoTap2MIB included
snmp-server community public RO
line vty 0 4
 transport input telnet
!
end
"""
XE = "version 17.12\nplatform qfp utilization monitor load 80\n" + IOS.partition("\n")[2].replace(
    "ip http server", "aaa intercept\nip http server"
)
XR = """!! IOS XR Configuration 7.5.2
!! Last configuration change at Thu Nov 26 09:00:00 2026 by noc
!
hostname {host}
taskgroup li-only
 task read li
 task write li
!
usergroup li-users
 taskgroup li-only
!
username admin
 group root-lr
 secret 10 $6$abc$defghijklmnopqrstuvwxyz
!
@@
interface GigabitEthernet0/0/0/0
 description to core
 ipv4 address 192.0.2.1 255.255.255.0
!
aaa intercept
telnet vrf default ipv4 server max-servers 10
snmp-server community public RO
end
"""
NXOS = """!Command: show running-config
!Time: Wed May 20 04:01:53 2026

version 10.3(9) Bios:version 05.47
switchname {host}
feature telnet
username admin password 5 $5$SALT$InventedHash0000000000000  role network-admin
@@
interface Ethernet1/1
  description to core
  ip address 192.0.2.1/24
interface mgmt0
  ip address 192.0.2.9/24
snmp-server community public group network-operator
line console
line vty
"""
EOS = """! Command: show running-config
! device: {host} (DCS-7050TX-64, EOS-4.30.1F)
!
hostname {host}
!
username admin privilege 15 role network-admin secret sha512 $6$abc$def
!
interface Ethernet1
@@
   ip address 192.0.2.1/24
!
snmp-server community public ro
!
management telnet
   no shutdown
!
end
"""
FRR = """frr version 9.1
frr defaults traditional
hostname {host}
service integrated-vtysh-config
!
interface eth0
@@
 ip address 192.0.2.1/24
exit
!
router bgp 65000
 neighbor 192.0.2.2 remote-as 65001
exit
!
end
"""
JUNOS = """version 21.4R3.15;
system {
    host-name {host};
    services {
        ssh;
        telnet;
        flow-tap-dtcp {
            ssh;
        }
    }
}
interfaces {
    ge-0/0/0 {
        description "to core";
    }
}
snmp {
    community public;
}
services {
    radius-flow-tap {
        source-ipv4-address 192.0.2.1;
@@
        forwarding-class best-effort;
    }
}
"""
JUNOS_SET = """set version 21.4R3.15
set system host-name {host}
set system services ssh
set system services telnet
set interfaces ge-0/0/0 description "to core"
set snmp community public
set services radius-flow-tap source-ipv4-address 192.0.2.1
@@
set services radius-flow-tap forwarding-class best-effort
"""
JUNOS_XML = """<rpc-reply xmlns:junos="http://xml.juniper.net/junos/21.4R0/junos">
<configuration xmlns="http://xml.juniper.net/xnm/1.1/xnm">
<version>21.4R3.15</version>
<system>
<host-name>{host}</host-name>
<services>
<telnet>
</telnet>
</services>
</system>
<services>
<radius-flow-tap>
<source-ipv4-address>192.0.2.1</source-ipv4-address>
@@
</radius-flow-tap>
</services>
</configuration>
</rpc-reply>
"""
JUNOS_JSON = """{
  "configuration" : {
    "version" : "21.4R3.15",
    "system" : {"host-name" : "{host}", "services" : {"telnet" : [null]}},
    "services" : {
      "radius-flow-tap" : {
        "source-ipv4-address" : "192.0.2.1",
@@
        "forwarding-class" : "best-effort"
      }
    }
  }
}
"""
TIMOS = "# TiMOS-B-24.10.R1 both/x86_64 Nokia 7750 SR-1 Copyright (c) 2000-2024 Nokia.\n"
FINISHED = "\n# Finished 2026-06-05T04:46:54.8+00:00\n"
SROS_MD = (
    TIMOS
    + """configure {
    system {
        name "{host}"
        management-interface {
            snmp {
                admin-state enable
            }
        }
        security {
            telnet-server true
        }
    }
@@
    router "Base" {
        interface "system" {
            ipv4 {
                primary {
                    address 192.0.2.1
                    prefix-length 32
                }
            }
        }
    }
}
"""
    + FINISHED
)
SROS_CLASSIC = (
    TIMOS
    + """exit all
configure
#--------------------------------------------------
echo "System Configuration"
#--------------------------------------------------
    system
        name "{host}"
        snmp
            no shutdown
        exit
    exit
@@
#--------------------------------------------------
echo "Router (Network Side) Configuration"
#--------------------------------------------------
    router Base
        interface "system"
            address 192.0.2.1/32
            no shutdown
        exit
    exit
exit all
"""
    + FINISHED
)
SROS_FLAT = (
    TIMOS
    + """/configure system name "{host}"
/configure system management-interface snmp admin-state enable
@@
/configure router "Base" interface "system" ipv4 primary address 192.0.2.1
"""
    + FINISHED
)
SROS_XML = """<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
<data>
<configure xmlns="urn:nokia.com:sros:ns:yang:sr:conf">
<system>
<name>{host}</name>
</system>
@@
<router>
<router-name>Base</router-name>
</router>
</configure>
</data>
</rpc-reply>
"""
SRL_BLOCKS = """acl {
}
interface mgmt0 {
    admin-state enable
}
system {
    name {
        host-name {host}
    }
    lawful-intercept {
        admin-state enable
@@
    }
    ssh-server mgmt {
        admin-state enable
    }
}
interface ethernet-1/1 {
    description "to core"
    admin-state enable
    subinterface 0 {
    }
}
"""
SRL_FLAT = """set / system name host-name {host}
set / system lawful-intercept admin-state enable
@@
set / interface ethernet-1/1 admin-state enable
set / interface ethernet-1/1 description "to core"
"""
SRL_JSON = """{
  "srl_nokia-system:system": {
    "srl_nokia-system-name:name": {"host-name": "{host}"},
    "srl_nokia-lawful-intercept:lawful-intercept": {"admin-state": "enable"@@}
  },
  "srl_nokia-interfaces:interface": [
    {"name": "ethernet-1/1", "description": "to core", "admin-state": "enable"}
  ]
}
"""
VRP = """!Software Version V800R021C10SPC600
#
sysname {host}
#
aaa
 local-user noc password irreversible-cipher $1c$abc
 local-user noc level 3
#
@@
interface GigabitEthernet0/1/0
 description to core
 ip address 192.0.2.1 255.255.255.0
#
snmp-agent community read cipher public
telnet server enable
#
return
"""
ROS = """# 2026-03-10 15:04:16 by RouterOS 7.18.2
# software id = ABCD-1234
#
/interface bridge
add name=b1
/ip address
add address=192.0.2.1/24 interface=b1
@@
/ip service
set telnet disabled=no
/snmp
set enabled=yes
/system identity
set name={host}
"""
ROS_TERSE = """# 2026-03-10 15:04:16 by RouterOS 7.18.2
# software id = ABCD-1234
/interface bridge add name=b1
/ip address add address=192.0.2.1/24 interface=b1
@@
/ip service set telnet disabled=no
/system identity set name={host}
"""


def _ios_view(ids: Identities) -> str:
    return f"li-view 7 0822455D0A16 user {ids.operator()} password 7 094F471A1A0A\nmd-list MD1 {ids.ip()}\n"


def _ios_user(ids: Identities) -> str:
    return f"username lawful-intercept {ids.operator()} privilege 15 password 7 094F471A1A0A\n"


def _xr_operator(ids: Identities) -> str:
    return f"username {ids.operator()}\n group li-users\n secret 10 $6$abc$def\n!\n"


def _junos_policy(ids: Identities) -> str:
    return (
        f"        /* warrant of {ids.user()} */\n        policy {ids.liid()} {{\n            inet {{\n                drop-policy {ids.filter_entry()} {{\n"
        f"                    from {{\n                        source-address {{\n                            {ids.ip()}/32;\n                        }}\n"
        "                    }\n                }\n            }\n        }\n"
    )


def _junos_set(ids: Identities) -> str:
    return f"set services radius-flow-tap policy {ids.liid()} inet drop-policy {ids.filter_entry()} from source-address {ids.ip()}/32\n"


def _junos_xml(ids: Identities) -> str:
    return (
        f"<policy>\n<name>{ids.liid()}</name>\n<inet>\n<drop-policy>\n<name>{ids.filter_entry()}</name>\n<from><source-address><name>{ids.ip()}/32"
        "</name></source-address></from>\n</drop-policy>\n</inet>\n</policy>\n"
    )


def _junos_json(ids: Identities) -> str:
    return f'        "policy" : [\n          {{"name" : "{ids.liid()}", "inet" : {{"drop-policy" : [{{"name" : "{ids.ip()}"}}]}}}}\n        ],\n'


def _sros_md(ids: Identities) -> str:
    return (
        f'    li {{\n        li-source "{ids.number()}" {{\n            subscriber "{ids.subscriber()}" {{\n                ingress true\n                intercept-id'
        f" {ids.number()}\n            }}\n            sap {ids.sap()} {{\n                session-id {ids.number()}\n            }}\n        }}\n        li-filter {{\n"
        f'            li-ip-filter "{ids.filter_entry()}" {{\n                entry 1 {{\n                    match {{\n                        src-ip {{\n'
        f"                            address {ids.ip()}/32\n                        }}\n                    }}\n                }}\n            }}\n        }}\n    }}\n"
    )


def _sros_classic(ids: Identities) -> str:
    return (
        '#--------------------------------------------------\necho "LI Configuration"\n#--------------------------------------------------\n'
        f'    li\n        li-source {ids.number()}\n            subscriber "{ids.subscriber()}" ingress egress intercept-id {ids.number()}\n'
        f"            sap {ids.sap()} ingress\n            no shutdown\n        exit\n        save\n    exit\n"
    )


def _sros_flat(ids: Identities) -> str:
    return (
        f'/configure li li-source "{ids.number()}" subscriber "{ids.subscriber()}" intercept-id {ids.number()}\n'
        f'/configure li li-filter li-mac-filter "{ids.filter_entry()}" entry 1 match src-mac {ids.mac()}\n'
    )


def _sros_xml(ids: Identities) -> str:
    return f"<li>\n<li-source>\n<name>{ids.number()}</name>\n<subscriber>\n<subscriber-id>{ids.subscriber()}</subscriber-id>\n</subscriber>\n</li-source>\n</li>\n"


def _srl_blocks(ids: Identities) -> str:
    return f"        targets {{\n            subscriber {ids.subscriber()} {{\n                intercept-id {ids.number()}\n                address {ids.ip()}\n            }}\n        }}\n"


def _srl_flat(ids: Identities) -> str:
    return f"set / system lawful-intercept targets subscriber {ids.subscriber()} intercept-id {ids.number()}\n"


def _srl_json(ids: Identities) -> str:
    return f', "targets": {{"subscriber": [{{"name": "{ids.subscriber()}", "intercept-id": "{ids.number()}"}}]}}'


def _vrp(ids: Identities) -> str:
    return f"lawful-intercept target {ids.msisdn()}\n imsi {ids.imsi()}\n li-id {ids.liid()}\n#\nlig x1-peer {ids.ip()}\n#\n"


def _ros(ids: Identities) -> str:
    return f'/ip firewall calea\nadd action=sniff-pc chain=forward comment="case \\\n    {ids.liid()}" sniff-id={ids.number()} src-address={ids.ip()}\n'


def _ros_terse(ids: Identities) -> str:
    return f"/tool calea add case-id={ids.number()} intercept-ip={ids.ip()}\n/interface bridge calea add action=sniff src-mac-address={ids.mac()}\n"


def _sros_user(ids: Identities) -> str:
    name = ids.operator()
    user = f'/configure system security user-params local-user user "{name}"'
    return f'{user} access li true\n{user} password "$2y$10$abc"\n/configure li x-interfaces lic "{ids.operator()}" ipv4 ip-address {ids.ip()}\n'


SROS_GUARDED = SROS_MD.replace(
    MARK,
    """    li {
        log {
            log-id "1" {
                destination {
                    memory {
                        max-entries 100
                    }
                }
            }
        }
        li-filter {
            lock-filter unlock
        }
@@
    }
""",
)
SROS_GUARDED_XML = SROS_XML.replace(MARK, "<li>\n<log>\n<log-id>\n<name>1</name>\n</log-id>\n</log>\n@@\n</li>\n")


def _sros_inner(ids: Identities) -> str:
    return (
        f'        li-source "{ids.number()}" {{\n            subscriber "{ids.subscriber()}" {{\n                intercept-id {ids.number()}\n'
        f'            }}\n        }}\n        mirror-dest-template "{ids.filter_entry()}" {{\n            type ip-only\n        }}\n'
    )


def _sros_inner_xml(ids: Identities) -> str:
    return f"<li-source>\n<name>{ids.number()}</name>\n<sap>\n<sap-id>{ids.sap()}</sap-id>\n</sap>\n</li-source>\n"


FORMS: dict[str, tuple[str, str, str, tuple[Callable[[Identities], str], ...]]] = {
    "junos braces": ("juniper_junos", "Junos: policies of radius-flow-tap", JUNOS, (_junos_policy,)),
    "junos set": ("juniper_junos", "Junos: policies of radius-flow-tap", JUNOS_SET, (_junos_set,)),
    "junos xml": ("juniper_junos", "Junos: policies of radius-flow-tap", JUNOS_XML, (_junos_xml,)),
    "junos json": ("juniper_junos", "Junos: policies of radius-flow-tap", JUNOS_JSON, (_junos_json,)),
    "sros md": ("nokia_sros", "SR OS: the region li", SROS_MD, (_sros_md,)),
    "sros classic": ("nokia_sros", "SR OS: the region li", SROS_CLASSIC, (_sros_classic,)),
    "sros flat": ("nokia_sros", "SR OS: the region li", SROS_FLAT, (_sros_flat,)),
    "sros xml": ("nokia_sros", "SR OS: the region li", SROS_XML, (_sros_xml,)),
    "sros md guarded": ("nokia_sros", "SR OS: the region li", SROS_GUARDED, (_sros_inner,)),
    "sros xml guarded": ("nokia_sros", "SR OS: the region li", SROS_GUARDED_XML, (_sros_inner_xml,)),
    "srl blocks": ("nokia_srlinux", "SR Linux: lawful-intercept", SRL_BLOCKS, (_srl_blocks,)),
    "srl flat": ("nokia_srlinux", "SR Linux: lawful-intercept", SRL_FLAT, (_srl_flat,)),
    "srl json": ("nokia_srlinux", "SR Linux: lawful-intercept", SRL_JSON, (_srl_json,)),
    "vrp": ("huawei_vrp", "VRP: statements", VRP, (_vrp,)),
    "routeros": ("mikrotik_routeros", "RouterOS: calea", ROS, (_ros,)),
    "routeros terse": ("mikrotik_routeros", "RouterOS: calea", ROS_TERSE, (_ros_terse,)),
}
"""Configurations: form -> platform, rule, base, statements of intercepts."""

WATCHERS = {
    "ios view": ("cisco_ios", "Cisco: intercept view", IOS, (_ios_view,)),
    "ios users": ("cisco_ios", "Cisco: users of the intercept view", IOS, (_ios_user,)),
    "iosxe view": ("cisco_iosxe", "Cisco: intercept view", XE, (_ios_view,)),
    "iosxe users": ("cisco_iosxe", "Cisco: users of the intercept view", XE, (_ios_user,)),
    "iosxr": ("cisco_iosxr", "IOS XR: operators of taps", XR, (_xr_operator,)),
    "nxos users": ("cisco_nxos", "Cisco: users of the intercept view", NXOS, (_ios_user,)),
    "sros users": ("nokia_sros", "SR OS: the region li", SROS_FLAT, (_sros_user,)),
}
"""Who operates interception and who receives it (class 2): they go with the targets."""

CASES: dict[str, tuple[str, str, Callable[[Identities], str]]] = {
    "ios description": ("cisco_ios", IOS, lambda ids: f"!! warrant {ids.liid()} of {ids.msisdn()}\n"),
    "eos description": ("arista_eos", EOS, lambda ids: f"   description LIID {ids.liid()} target {ids.ip()}\n"),
    "frr description": ("frr", FRR, lambda ids: f" description intercepted subscriber {ids.msisdn()}\n"),
    "xr description": ("cisco_iosxr", XR, lambda ids: f"! lawful intercept of {ids.imsi()}\n"),
    "nxos remark": ("cisco_nxos", NXOS, lambda ids: f"! li-target {ids.imei()}\n"),
    "junos set description": (
        "juniper_junos",
        JUNOS_SET,
        lambda ids: f'set interfaces ge-0/0/1 unit 0 description "wiretap {ids.number()} {ids.user()}"\n',
    ),
    "vrp description": ("huawei_vrp", VRP, lambda ids: f"# description warrant-no {ids.number()}\n"),
    "sros flat description": (
        "nokia_sros",
        SROS_FLAT,
        lambda ids: f'/configure port 1/1/1 description "intercept-id {ids.number()}"\n',
    ),
    "srl flat description": (
        "nokia_srlinux",
        SRL_FLAT,
        lambda ids: f'set / interface ethernet-1/1 description "liid {ids.liid()} {ids.number()}"\n',
    ),
    "junos json description": (
        "juniper_junos",
        JUNOS_JSON,
        lambda ids: f'        "comment" : "xid {ids.xid()}",\n',
    ),
    "junos xml comment": ("juniper_junos", JUNOS_XML, lambda ids: f"<!-- warrant {ids.number()} {ids.user()} -->\n"),
    "routeros comment": ("mikrotik_routeros", ROS, lambda ids: f"# warrant {ids.liid()} {ids.number()}\n"),
}
"""Free text in configurations that names a case; the rule is the same for all."""
FREE = "free text that names a case"
EVERY = (
    FORMS
    | WATCHERS
    | {form: (platform, FREE, base, (statement,)) for form, (platform, base, statement) in CASES.items()}
)


def _session(prompt: str, shown: str, command: str, output: str) -> tuple[str, str]:
    """A capture of a session with the running configuration, without and with one more command."""
    tail = f"{prompt}\n"
    return f"{prompt}{shown}\n{{config}}{MARK}{tail}", f"{prompt}{command}\n{output}"


CAPTURES: dict[str, tuple[str, str, str, Callable[[Identities], str]]] = {
    "ios capture": ("cisco_ios", "r1#show running-config\n", "r1#", lambda ids: f"r1#show li\nTarget {ids.ip()} {ids.msisdn()}\n"),
    "xe features": (
        "cisco_iosxe", "r1#show running-config\n", "r1#",
        lambda ids: f"r1#sh platform hardware qfp active feature lawful-intercept\n{ids.ip()} {ids.mac()}\n",
    ),
    "junos capture": (
        "juniper_junos", "noc@r1> show configuration\n", "noc@r1> ",
        lambda ids: f"noc@r1> show services flow-tap filters\n  {ids.ip()}/32 {ids.liid()}\n",
    ),
    "sros capture": (
        "nokia_sros", "A:r1# admin display-config\n", "A:r1# ",
        lambda ids: f'A:r1# show li li-source\nsubscriber {ids.subscriber()} sap {ids.sap()}\n',
    ),
    "sros mirrors": (
        "nokia_sros", "A:r1# admin display-config\n", "A:r1# ",
        lambda ids: f"A:r1# show mirror mirror-dest 60000\nsap {ids.sap()} {ids.subscriber()}\n",
    ),
    "vrp capture": ("huawei_vrp", "<r1>display current-configuration\n", "<r1>", lambda ids: f"<r1>display lawful-intercept all\n {ids.imsi()}\n"),
}  # fmt: skip

BESIDE: dict[str, tuple[str, str, Callable[[Identities], str]]] = {
    "snmp numbers": (
        "SNMP: rows of the intercept MIBs", "snmp/walk",
        lambda ids: f".1.3.6.1.4.1.9.9.394.1.1.2.1.5.1.1 = IpAddress: {ids.ip()}\n"
        f'iso.3.6.1.4.1.9.9.672.1.1.2.1.2.1 = STRING: "{ids.imsi()}"\n',
    ),
    "snmp names": (
        "SNMP: rows of the intercept MIBs", "snmp/walk",
        lambda ids: f'CISCO-MOBILITY-TAP-MIB::cmtapStreamSubscriberID.1.1 = STRING: "{ids.msisdn()}\n{ids.imei()}"\n'
        f"CISCO-802-TAP-MIB::c802tapStreamDestinationAddress.1 = Hex-STRING: {ids.mac().replace(':', ' ').upper()} \n"
        f"{ids.mac().replace(':', ' ').upper()} \n",
    ),
    "snmp json": (
        "SNMP: rows of the intercept MIBs", "snmp/json",
        lambda ids: f'"1.3.6.1.4.1.2011.5.25.131.2.4.2.1.3.1": "{ids.user()}",\n',
    ),
    "x1 request": (
        "X1: messages and objects", "x1.log",
        lambda ids: f'<X1Request xmlns="http://uri.etsi.org/03221/X1/2017/10"><x1RequestMessage><taskDetails><xId>{ids.xid()}</xId><targetIdentifiers>\n'
        f"<e164Number>{ids.msisdn()}</e164Number></targetIdentifiers></taskDetails></x1RequestMessage></X1Request>\n",
    ),
    "x1 object": ("X1: messages and objects", "x1.json", lambda ids: f'"targetIdentifiers": [{{"imsi": "{ids.imsi()}"}}], "liid": "{ids.liid()}",\n'),
    "dtcp": (
        "DTCP: requests", "dtcp.log",
        lambda ids: f"ADD DTCP/0.7\nCsource-ID: {ids.operator()}\nCriteria-ID: {ids.number()}\nSource-Address: {ids.ip()}\nX-JTap-Cdest-Dest-Address: {ids.ip()}\n",
    ),
    "radius": (
        "RADIUS: intercept attributes", "debug radius",
        lambda ids: f'RADIUS: Received from id 21 CoA-Request, len 120\nRADIUS:  User-Name [1] 20 "{ids.user()}"\nRADIUS:  Cisco AVpair "intercept-id={ids.number()}"\n'
        f"RADIUS:  Framed-IP-Address [8] 6 {ids.ip()}\n",
    ),
    "radius line": ("RADIUS: intercept attributes", "radius.log", lambda ids: f"  Alc-LI-Intercept-Id = {ids.number()}\n"),
    "cisco log": ("logs: lines about intercepts", "show logging", lambda ids: f"*Nov 26 09:12:01.123: %LI-6-TAP_ADDED: content {ids.number()} {ids.ip()}\n"),
    "junos log": ("logs: lines about intercepts", "show log messages", lambda ids: f"Nov 26 09:12:01 r1 dfcd[1234]: filter added {ids.ip()}\n"),
    "sros log": ("logs: lines about intercepts", "show log log-id 99", lambda ids: f'2026/11/26 09:12:01.12 UTC MINOR: LI #2001 Base "li-source {ids.sap()}"\n'),
    "refusal": ("logs: lines about intercepts", "show service", lambda ids: f"MINOR: MIRROR #1011 owned by LI user {ids.operator()}\n"),
    "case in a log": (
        "free text that names a case", "show logging",
        lambda ids: f"2026-11-26 09:12:01 ticket: interception of {ids.msisdn()} begins\n",
    ),
}  # fmt: skip
"""Documents beside the configuration: name of the rule, of the document, and what intercepts add to it."""
AROUND = {
    "snmp/json": ("{\n", '"1.3.6.1.2.1.1.5.0": "r1"\n}\n'),
    "x1.json": ("{\n", '"name": "r1"\n}\n'),
}


def _frames(text: bytes, how: str) -> bytes:
    """A text as viewers, mails and other systems pass it on."""
    lines = text.decode().split("\n")
    body, end = (lines[:-1], "\n") if lines[-1] == "" else (lines, "")
    if how == "windows":
        return text.replace(b"\n", b"\r\n")
    if how == "numbered":
        return ("\n".join(f"{number:5}| {line}" for number, line in enumerate(body, 1)) + end).encode()
    if how == "quoted":
        return ("\n".join(f"> {line}" for line in body) + end).encode()
    if how == "mark":
        return b"\xef\xbb\xbf" + text
    if how == "junk":
        return b"%%% \x07\xff broken line\n" + text
    return text


FRAMES = ("", "", "windows", "numbered", "quoted", "mark", "junk")


def _configured(count: int) -> Iterator[Pair]:
    """Whole configurations, in every frame."""
    forms = itertools.cycle(EVERY)
    for number in range(count):
        form = next(forms)
        platform, rule, base, statements = EVERY[form]
        host = f"r{number}"
        ids = Identities(number)
        told = "".join(one(ids) for one in statements for _ in range(1 + number % 3 if form not in ONCE else 1))
        base = base.replace("{host}", host)
        how = FRAMES[(number // len(EVERY)) % len(FRAMES)]
        mark = MARK if MARK in base else "@@"
        pair = [_frames(base.replace(mark, one).encode(), how) for one in ("", told)]
        yield Pair(f"{form} {how} {number}", platform, rule, *pair, drawn=ids.drawn)


ONCE = ("junos json", "srl json", "junos json description")


def _cut(count: int) -> Iterator[Pair]:
    """Configurations that end in the middle: inside of the intercepts, or some way behind them."""
    forms = itertools.cycle(form for form in EVERY if form not in ONCE)
    for number in range(count):
        form = next(forms)
        platform, rule, base, statements = EVERY[form]
        ids = Identities(10_000 + number)
        told = "".join(one(ids) for one in statements)
        chance = random.Random(number)
        before, after = base.replace("{host}", f"cut{number}").split(MARK)
        if number % 2:
            first = told.index("\n") + 1 if form in LONG else len(told)
            end = chance.randrange(max(first, len(told) // 2), len(told) + 1)
            texts = (before, before + told[:end].rstrip(" "))
        else:
            end = chance.randrange(len(after))
            texts = (before + after[:end], before + told + after[:end])
        yield Pair(f"{form} cut {number}", platform, rule, texts[0].encode(), texts[1].encode(), drawn=ids.drawn)


LONG = ("junos braces", "sros md", "sros classic", "sros md guarded", "srl blocks", "vrp", "routeros")
"""Forms whose intercepts are blocks; of a torn single line a word of any kind may be left."""


def _captured(count: int) -> Iterator[Pair]:
    """Captures of sessions, with an output that an ordinary run never asks for."""
    bases = {"cisco_ios": IOS, "cisco_iosxe": XE, "juniper_junos": JUNOS, "nokia_sros": SROS_CLASSIC, "huawei_vrp": VRP}
    forms = itertools.cycle(CAPTURES)
    for number in range(count):
        form = next(forms)
        platform, first, prompt, output = CAPTURES[form]
        ids = Identities(30_000 + number)
        config = bases[platform].replace("{host}", f"cap{number}").replace(MARK, "")
        told = output(ids)
        place = number % 2
        texts = [(one if place else "") + first + config + ("" if place else one) + prompt + "\n" for one in ("", told)]
        yield Pair(
            f"{form} {number}",
            platform,
            "captures of protected commands",
            texts[0].encode(),
            texts[1].encode(),
            drawn=ids.drawn,
        )


def beside(count: int) -> Iterator[Pair]:
    """Other documents of a device: answers of SNMP, logs, traces, messages."""
    forms = itertools.cycle(BESIDE)
    for number in range(count):
        form = next(forms)
        rule, document, output = BESIDE[form]
        ids = Identities(40_000 + number)
        head, tail = AROUND.get(document, ("sysName.0 = STRING: r1\nfirst line\n", "\nlast line\n"))
        texts = [(head + one + tail).encode() for one in ("", output(ids))]
        main = IOS.replace("{host}", f"side{number}").replace(MARK, "").encode()
        yield Pair(f"{form} {number}", "cisco_ios", rule, *texts, document=document, main=main, drawn=ids.drawn)


def configurations() -> list[Pair]:
    """Pairs that are saved configurations or captures."""
    return [*_configured(288), *_cut(128), *_captured(42)]


def documents() -> list[Pair]:
    """Pairs that are other documents of a snapshot."""
    return list(beside(78))
