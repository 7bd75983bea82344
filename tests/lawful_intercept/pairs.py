"""Pairs of documents of one device that differ only in what is intercepted: the first without, the second with it.

Every platform in every form it is saved in, whole, cut and damaged. The statements of intercepts are those of the
lawful-intercept reference, sections 1 and 2; the identities in them are invented.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from tests.lawful_intercept.identities import Identities

T = TypeVar("T")
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
CABLE = IOS.replace("@@\n", "!\ninterface Cable3/0\n ip address 192.0.2.33 255.255.255.248\n@@\n")
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


def _ios_cable(ids: Identities) -> str:
    return f" cable intercept {ids.modem()} {ids.ip()} 512\n"


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


SROS_USERS = SROS_MD.replace(MARK, "").replace(
    "            telnet-server true\n",
    "            telnet-server true\n            user-params {\n                local-user {\n@@\n                }\n            }\n",
)
SROS_CLASSIC_USERS = SROS_CLASSIC.replace(
    MARK, "    system\n        security\n            telnet-server\n@@\n        exit\n    exit\n"
)


def _sros_md_user(ids: Identities) -> str:
    return (
        f'                    user "{ids.operator()}" {{\n                        password "$2y$10$abc"\n                        access {{\n'
        f"                            console true\n                            li true\n                        }}\n                    }}\n"
    )


def _sros_classic_user(ids: Identities) -> str:
    return (
        f'            user "{ids.operator()}"\n                password "$2y$10$abc"\n                access console li\n                console\n'
        f'                    member "default"\n                exit\n            exit\n'
    )


def _sros_password_first(ids: Identities) -> str:
    user = f'/configure system security user-params local-user user "{ids.operator()}"'
    return f'{user} password "$2y$10$abc"\n{user} access console true\n{user} access li true\n'


def _sros_inner(ids: Identities) -> str:
    return (
        f'        li-source "{ids.number()}" {{\n            subscriber "{ids.subscriber()}" {{\n                intercept-id {ids.number()}\n'
        f'            }}\n        }}\n        mirror-dest-template "{ids.filter_entry()}" {{\n            type ip-only\n        }}\n'
    )


def _sros_inner_xml(ids: Identities) -> str:
    return f"<li-source>\n<name>{ids.number()}</name>\n<sap>\n<sap-id>{ids.sap()}</sap-id>\n</sap>\n</li-source>\n"


class Form(NamedTuple):
    """A form that configurations are saved in, and what stands in it of interception."""

    platform: str
    rule: str
    base: str
    statements: tuple[Callable[[Identities], str], ...]


JUNOS_RULE, SROS_RULE, SRL_RULE = (
    "Junos: policies of radius-flow-tap",
    "SR OS: the region li",
    "SR Linux: lawful-intercept",
)
VIEW, USERS = "Cisco: intercept view", "Cisco: users of the intercept view"
TORN = "SR OS: a user in whom the text ends"
FREE = "free text that names a case"
TAPS = {
    "junos braces": Form("juniper_junos", JUNOS_RULE, JUNOS, (_junos_policy,)),
    "junos set": Form("juniper_junos", JUNOS_RULE, JUNOS_SET, (_junos_set,)),
    "junos xml": Form("juniper_junos", JUNOS_RULE, JUNOS_XML, (_junos_xml,)),
    "junos json": Form("juniper_junos", JUNOS_RULE, JUNOS_JSON, (_junos_json,)),
    "sros md": Form("nokia_sros", SROS_RULE, SROS_MD, (_sros_md,)),
    "sros classic": Form("nokia_sros", SROS_RULE, SROS_CLASSIC, (_sros_classic,)),
    "sros flat": Form("nokia_sros", SROS_RULE, SROS_FLAT, (_sros_flat,)),
    "sros xml": Form("nokia_sros", SROS_RULE, SROS_XML, (_sros_xml,)),
    "sros md guarded": Form("nokia_sros", SROS_RULE, SROS_GUARDED, (_sros_inner,)),
    "sros xml guarded": Form("nokia_sros", SROS_RULE, SROS_GUARDED_XML, (_sros_inner_xml,)),
    "srl blocks": Form("nokia_srlinux", SRL_RULE, SRL_BLOCKS, (_srl_blocks,)),
    "srl flat": Form("nokia_srlinux", SRL_RULE, SRL_FLAT, (_srl_flat,)),
    "srl json": Form("nokia_srlinux", SRL_RULE, SRL_JSON, (_srl_json,)),
    "vrp": Form("huawei_vrp", "VRP: statements", VRP, (_vrp,)),
    "ios cable": Form("cisco_ios", "Cisco: taps of cable modems", CABLE, (_ios_cable,)),
    "routeros": Form("mikrotik_routeros", "RouterOS: calea", ROS, (_ros,)),
    "routeros terse": Form("mikrotik_routeros", "RouterOS: calea", ROS_TERSE, (_ros_terse,)),
}
"""What is intercepted."""
WATCHERS = {
    "ios view": Form("cisco_ios", VIEW, IOS, (_ios_view,)),
    "ios users": Form("cisco_ios", USERS, IOS, (_ios_user,)),
    "iosxe view": Form("cisco_iosxe", VIEW, XE, (_ios_view,)),
    "iosxe users": Form("cisco_iosxe", USERS, XE, (_ios_user,)),
    "iosxr": Form("cisco_iosxr", "IOS XR: operators of taps", XR, (_xr_operator,)),
    "nxos users": Form("cisco_nxos", USERS, NXOS, (_ios_user,)),
    "sros users": Form("nokia_sros", SROS_RULE, SROS_FLAT, (_sros_user,)),
    "sros flat users": Form("nokia_sros", SROS_RULE, SROS_FLAT, (_sros_password_first,)),
    "sros md users": Form("nokia_sros", SROS_RULE, SROS_USERS, (_sros_md_user,)),
    "sros classic users": Form("nokia_sros", SROS_RULE, SROS_CLASSIC_USERS, (_sros_classic_user,)),
}
"""Who operates interception and who receives it (class 2): they go with the targets."""


def _case(platform: str, base: str, told: Callable[[Identities], str]) -> Form:
    return Form(platform, FREE, base, (told,))


CASES = {
    "ios description": _case("cisco_ios", IOS, lambda ids: f"!! warrant {ids.liid()} of {ids.msisdn()}\n"),
    "eos description": _case("arista_eos", EOS, lambda ids: f"   description LIID {ids.liid()} target {ids.ip()}\n"),
    "frr description": _case("frr", FRR, lambda ids: f" description intercepted subscriber {ids.msisdn()}\n"),
    "xr description": _case("cisco_iosxr", XR, lambda ids: f"! lawful intercept of {ids.imsi()}\n"),
    "nxos remark": _case("cisco_nxos", NXOS, lambda ids: f"! li-target {ids.imei()}\n"),
    "junos set description": _case(
        "juniper_junos", JUNOS_SET,
        lambda ids: f'set interfaces ge-0/0/1 unit 0 description "wiretap {ids.number()} {ids.user()}"\n',
    ),
    "vrp description": _case("huawei_vrp", VRP, lambda ids: f"# description warrant-no {ids.number()}\n"),
    "sros flat description": _case(
        "nokia_sros", SROS_FLAT, lambda ids: f'/configure port 1/1/1 description "intercept-id {ids.number()}"\n'
    ),
    "srl flat description": _case(
        "nokia_srlinux", SRL_FLAT,
        lambda ids: f'set / interface ethernet-1/1 description "liid {ids.liid()} {ids.number()}"\n',
    ),
    "junos json description": _case("juniper_junos", JUNOS_JSON, lambda ids: f'        "comment" : "xid {ids.xid()}",\n'),
    "junos xml comment": _case("juniper_junos", JUNOS_XML, lambda ids: f"<!-- warrant {ids.number()} {ids.user()} -->\n"),
    "routeros comment": _case("mikrotik_routeros", ROS, lambda ids: f"# warrant {ids.liid()} {ids.number()}\n"),
}  # fmt: skip
"""Free text in configurations that names a case; the rule is the same for all."""
FORMS = TAPS | WATCHERS | CASES


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

ROWS, RECORDS, X1, RADIUS, LINES = (
    "SNMP: rows of the intercept MIBs",
    "records of intercepts in JSON",
    "X1: messages and objects",
    "RADIUS: intercept attributes",
    "logs: lines about intercepts",
)
BESIDE: dict[str, tuple[str, str, Callable[[Identities], str]]] = {
    "snmp numbers": (
        ROWS, "snmp/walk",
        lambda ids: f".1.3.6.1.4.1.9.9.394.1.1.2.1.5.1.1 = IpAddress: {ids.ip()}\n"
        f'iso.3.6.1.4.1.9.9.672.1.1.2.1.2.1 = STRING: "{ids.imsi()}"\n',
    ),
    "snmp names": (
        ROWS, "snmp/walk",
        lambda ids: f'CISCO-MOBILITY-TAP-MIB::cmtapStreamSubscriberID.1.1 = STRING: "{ids.msisdn()}\n{ids.imei()}"\n'
        f"CISCO-802-TAP-MIB::c802tapStreamDestinationAddress.1 = Hex-STRING: {ids.mac().replace(':', ' ').upper()} \n"
        f"{ids.mac().replace(':', ' ').upper()} \n",
    ),
    "snmp json": (
        ROWS, "snmp/json",
        lambda ids: f'"1.3.6.1.4.1.2011.5.25.131.2.4.2.1.3.1": "{ids.user()}",\n',
    ),
    "x1 request": (
        X1, "x1.log",
        lambda ids: f'<X1Request xmlns="http://uri.etsi.org/03221/X1/2017/10"><x1RequestMessage><taskDetails><xId>{ids.xid()}</xId><targetIdentifiers>\n'
        f"<e164Number>{ids.msisdn()}</e164Number></targetIdentifiers></taskDetails></x1RequestMessage></X1Request>\n",
    ),
    "x1 object": (X1, "x1.json", lambda ids: f'"targetIdentifiers": [{{"imsi": "{ids.imsi()}"}}], "liid": "{ids.liid()}",\n'),
    "record": (
        RECORDS, "targets.json",
        lambda ids: f'{{"subscriber": "{ids.subscriber()}", "warrant": "{ids.number()}", "address": "{ids.ip()}"}},\n',
    ),
    "dtcp": (
        "DTCP: requests", "dtcp.log",
        lambda ids: f"ADD DTCP/0.7\nCsource-ID: {ids.operator()}\nCriteria-ID: {ids.number()}\nSource-Address: {ids.ip()}\nX-JTap-Cdest-Dest-Address: {ids.ip()}\n",
    ),
    "radius": (
        RADIUS, "debug radius",
        lambda ids: f'RADIUS: Received from id 21 CoA-Request, len 120\nRADIUS:  User-Name [1] 20 "{ids.user()}"\nRADIUS:  Cisco AVpair "intercept-id={ids.number()}"\n'
        f"RADIUS:  Framed-IP-Address [8] 6 {ids.ip()}\n",
    ),
    "radius line": (RADIUS, "radius.log", lambda ids: f"  Alc-LI-Intercept-Id = {ids.number()}\n"),
    "cisco log": (LINES, "show logging", lambda ids: f"*Nov 26 09:12:01.123: %LI-6-TAP_ADDED: content {ids.number()} {ids.ip()}\n"),
    "junos log": (LINES, "show log messages", lambda ids: f"Nov 26 09:12:01 r1 dfcd[1234]: filter added {ids.ip()}\n"),
    "sros log": (LINES, "show log log-id 99", lambda ids: f'2026/11/26 09:12:01.12 UTC MINOR: LI #2001 Base "li-source {ids.sap()}"\n'),
    "refusal": (LINES, "show service", lambda ids: f"MINOR: MIRROR #1011 owned by LI user {ids.operator()}\n"),
    "snmp debug": (
        "debug: packets of SNMP that set taps", "debug.log",
        lambda ids: f"*Nov 26 09:12:01.123: SNMP: Packet received via UDP from {ids.ip()} on GigabitEthernet0/0\n*Nov 26 09:12:01.123: SNMP: Set request, reqid 17,"
        f" errstat 0, erridx 0\n*Nov 26 09:12:01.123:  cTap2MediationEntry.3.1 = {ids.ip()}\n*Nov 26 09:12:01.124: SNMP: Packet sent via UDP to {ids.ip()}\n",
    ),
    "coa debug": (
        "debug: changes of authorization that set taps", "debug.log",
        lambda ids: f"*Nov 26 09:12:01.123: COA: {ids.ip()} request queued\n*Nov 26 09:12:01.123:  ++++++ CoA Attribute List ++++++\n*Nov 26 09:12:01.123: 6523AE20 0"
        f" 00000001 username(336) 4 {ids.user()}\n*Nov 26 09:12:01.123: 6523AF4C 0 00000009 li-action(1) 4 1\n*Nov 26 09:12:01.123: COA: Sending ACK to {ids.ip()}\n",
    ),
    "openli": (
        "OpenLI: files", "running-intercept.yaml",
        lambda ids: f"agencies:\n - agencyid: {ids.operator()}\n   hi2address: {ids.ip()}\nipintercepts:\n # of {ids.user()}\n - liid: {ids.liid()}\n"
        f"   staticips:\n     - iprange: {ids.ip()}\nx2x3inputs:\n - listenaddr: {ids.ip()}\n",
    ),
    "case in a log": (
        FREE, "show logging",
        lambda ids: f"2026-11-26 09:12:01 ticket: interception of {ids.msisdn()} begins\n",
    ),
}  # fmt: skip
"""Documents beside the configuration: name of the rule, of the document, and what intercepts add to it."""
AROUND = {
    "snmp/json": ("{\n", '"1.3.6.1.2.1.1.5.0": "r1"\n}\n'),
    "targets.json": ("[\n", '{"name": "r1"}\n]\n'),
    "x1.json": ("{\n", '"system": {"host-name": "r1"},\n"interfaces": []\n}\n'),
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


ONCE = ("junos json", "srl json", "junos json description")
"""Forms in which a statement stands once."""
USERS_OF_SROS = ("sros flat users", "sros md users", "sros classic users")
LONG = (
    "junos braces",
    "sros md",
    "sros classic",
    "sros md guarded",
    "srl blocks",
    "vrp",
    "routeros",
    "iosxr",
    *USERS_OF_SROS,
)
"""Forms whose intercepts are blocks; of a torn single line a word of any kind may be left."""


def _configured(number: int, name: str, form: Form) -> Pair:
    """A whole configuration, in one of the frames."""
    ids = Identities(number)
    times = 1 if name in ONCE else 1 + number % 3
    told = "".join(one(ids) for one in form.statements for _ in range(times))
    how = FRAMES[(number // len(FORMS)) % len(FRAMES)]
    before, after = _round(form, f"r{number}")
    texts = [_frames((before + one + after).encode(), how) for one in ("", told)]
    return Pair(f"{name} {how} {number}", form.platform, form.rule, *texts, drawn=ids.drawn)


def _cut(number: int, name: str, form: Form) -> Pair:
    """A configuration that ends in the middle: inside of the intercepts, or some way behind them."""
    ids = Identities(10_000 + number)
    told = "".join(one(ids) for one in form.statements)
    chance = random.Random(number)
    before, after = _round(form, f"cut{number}")
    rule = form.rule
    if number % 2:
        first = told.index("\n") + 1 if name in LONG else len(told)
        end = chance.randrange(max(first, len(told) // 2), len(told) + 1)
        if name in USERS_OF_SROS:
            rule, end = TORN, chance.randrange(first, told.rindex("li"))
        texts = (before, before + told[:end].rstrip(" "))
    else:
        end = chance.randrange(len(after))
        texts = (before + after[:end], before + told + after[:end])
    without, within = (one.encode() for one in texts)
    return Pair(f"{name} cut {number}", form.platform, rule, without, within, drawn=ids.drawn)


def _round(form: Form, host: str) -> tuple[str, str]:
    """What stands before intercepts and behind them."""
    before, _, after = form.base.replace("{host}", host).partition(MARK if MARK in form.base else MARK.strip())
    return before, after


def _captured(number: int, name: str) -> Pair:
    """A capture of a session, with an output that an ordinary run never asks for."""
    platform, first, prompt, output = CAPTURES[name]
    ids = Identities(30_000 + number)
    config = CAPTURED[platform].replace("{host}", f"cap{number}").replace(MARK, "")
    told = output(ids)
    texts = [(first + config + one if number % 2 == 0 else one + first + config) + prompt + "\n" for one in ("", told)]
    without, within = (one.encode() for one in texts)
    return Pair(f"{name} {number}", platform, "captures of protected commands", without, within, drawn=ids.drawn)


CAPTURED = {
    "cisco_ios": IOS,
    "cisco_iosxe": XE,
    "juniper_junos": JUNOS,
    "nokia_sros": SROS_CLASSIC,
    "huawei_vrp": VRP,
}
"""The configurations in captures."""


def _beside(number: int, name: str) -> Pair:
    """Another document of a device: an answer of SNMP, a log, a trace, a message."""
    rule, document, output = BESIDE[name]
    ids = Identities(40_000 + number)
    head, tail = AROUND.get(document, ("sysName.0 = STRING: r1\nfirst line\n", "\nlast line\n"))
    without, within = ((head + one + tail).encode() for one in ("", output(ids)))
    main = IOS.replace("{host}", f"side{number}").replace(MARK, "").encode()
    return Pair(f"{name} {number}", "cisco_ios", rule, without, within, document=document, main=main, drawn=ids.drawn)


COMMITS = """Thu Nov 26 09:20:00.000 UTC
SNo. Label/ID              User      Line                Client      Time Stamp
~~~~ ~~~~~~~~              ~~~~      ~~~~                ~~~~~~      ~~~~~~~~~~
1    1000000219            noc       vty0:node0_RSP0_C   CLI         Thu Nov 26 09:12:01 2026
2    {told} noc       vty1:node0_RSP0_C   CLI         Thu Nov 26 09:02:01 2026
"""
NAMED: dict[str, tuple[str, str, str, str, Callable[[str], str], Callable[[Identities], str]]] = {
    "label of a commit": (
        "cisco_iosxr", "IOS XR: labels of commits that name a case", "show configuration commit list", COMMITS,
        lambda value: f"{value:21}", lambda ids: f"warrant-{ids.number()}",
    ),
    "applet": (
        "cisco_ios", "commands that run by themselves", RUNNING,
        IOS.replace(MARK, 'event manager applet x\n event timer watchdog time 60\n action 1 cli command "show lawful-intercept{told} | append tftp://192.0.2.9/x"\n'),
        lambda value: f" {value}" if value else "", Identities.msisdn,
    ),
    "event policy": (
        "juniper_junos", "commands that run by themselves", RUNNING,
        JUNOS_SET.replace(MARK, 'set event-options policy p then execute-commands commands "show services flow-tap{told}"\n'),
        lambda value: f" filter {value}" if value else "", Identities.liid,
    ),
}  # fmt: skip
"""What stays without the name in it: whoever runs something is not hidden by a word."""


def _stripped(number: int, name: str) -> Pair:
    """A document in which a name stands, and one in which it does not."""
    platform, rule, document, base, told, identity = NAMED[name]
    ids = Identities(50_000 + number)
    text = base.replace("{host}", f"named{number}")
    without, within = (text.replace("{told}", told(value)).encode() for value in ("", identity(ids)))
    main = XR.replace("{host}", f"named{number}").replace(MARK, "").encode() if document != RUNNING else b""
    return Pair(f"{name} {number}", platform, rule, without, within, document=document, main=main, drawn=ids.drawn)


def configurations() -> list[Pair]:
    """Pairs that are saved configurations or captures."""
    torn = {name: form for name, form in FORMS.items() if name not in ONCE}
    return [
        *(_configured(number, *one) for number, one in enumerate(_again(FORMS.items(), 288))),
        *(_cut(number, *one) for number, one in enumerate(_again(torn.items(), 128))),
        *(_captured(number, name) for number, name in enumerate(_again(CAPTURES, 42))),
        *(_stripped(number, name) for number, name in enumerate(_again(("applet", "event policy"), 8))),
    ]


def documents() -> list[Pair]:
    """Pairs that are other documents of a snapshot."""
    return [
        *(_beside(number, name) for number, name in enumerate(_again(BESIDE, 96))),
        *(_stripped(number, "label of a commit") for number in range(4)),
    ]


def _again(these: Iterable[T], count: int) -> Iterator[T]:
    """So many of them, from the first one on again and again."""
    return itertools.islice(itertools.cycle(these), count)
