"""What a saved configuration of NX-OS looks like."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection

_LINES = 4000
_NUMBER = re.compile(r"\s{0,8}\d{1,9}[|:] ?")
_RANCID = re.compile(r"[!#] ?RANCID-CONTENT-TYPE: cisco-nx\b")
_VERSION = re.compile(r"version \d+\.\d+\(\S+\)\S*(?: Bios:version.*)?$")
_BIOS = re.compile(r"version \S+ Bios:version")
_HEADER = re.compile(r"! ?(?:Cisco Nexus Operating System|  NXOS: version|Running configuration last done at)")
_OTHERS = re.compile(
    r"!! IOS XR|! Command: show |! device: |frr version|frr defaults|service routing protocols model"
    r"|!RANCID-CONTENT-TYPE: (?:arista|cisco$|cisco-xr|force10|dell)|boot-start-marker|boot-end-marker|sysname |end-policy$"
)
_STRONG = re.compile(
    r"vdc \S+ id \d|feature (?:bash-shell|bgp|copp|dhcp|eigrp|evmed|fabric|grpc|hsrp|http-server|interface-vlan|isis|lacp|ldap|lldp"
    r"|msdp|mpls|nat|netconf|netflow|ngmvpn|ngoam|nv overlay|nxapi|openconfig|ospf|ospfv3|password|pbr|pim|pim6|port-security|private-vlan"
    r"|privilege|ptp|restconf|rip|scheduler|scp-server|sflow|sftp-server|sla|ssh|tacacs\+|telemetry|telnet|tunnel|udld|vn-segment"
    r"|vpc|vrrp|vrrpv3|vtp|wccp|itd|fex|bfd)\b|copp profile |vrf context |boot nxos |boot kickstart |username \S+ password 5 \S+ +role "
    r"|snmp-server user \S+ .*localized(?:V2)?key|snmp-server community \S+ group |(?:no )?password strength-check|line vty$|nxapi "
    r"|cfs (?:eth|ipv4) |spanning-tree port type |system default switchport|switchname |rmon event \d+ (?:log )?(?:trap public )?description "
    r"|port-profile type |fabric forwarding |hardware access-list tcam|install feature-set"
    r"|feature-set |scheduler job name |no system default switchport|banner motd +\S.*\S$|role name |interface mgmt0|interface nve\d"
    r"|telemetry$|switchto vdc "
)
_WEAK = re.compile(
    r"interface (?:Ethernet\d+/\d|loopback\d|port-channel\d|Vlan\d)|hostname \S|ip access-list \S+$|router (?:bgp|ospf|isis|eigrp) "
    r"|logging level |ip route \S+/\d+ |vlan [\d,-]+$|route-map |line console$|monitor session \d+$|snmp-server |aaa group server "
)
_IOS = re.compile(
    r"(?:service (?:timestamps|password)|ip classless|ip cef|line con 0|line vty \d|interface (?:Gigabit|Fast|TenGig)"
    r"|enable secret [59] |aaa new-model|transceiver qsfp|daemon |management (?:api|ssh)"
    r"|snmp-server (?:community \S+ (?:RO|RW|view)\b|view |group )|(?:radius|tacacs) server |aaa authentication \S+ \S+ group \S+ enable|ip routing$|set |end$|ipv4 address|configure$)"
)


def detect(lines: list[str]) -> Detection | None:
    """NX-OS, by its own header, by the features and sections that only it prints, or by several weaker hints."""
    heads = [
        line[match.end() :].rstrip() if (match := _NUMBER.match(line)) else line.rstrip() for line in lines[:_LINES]
    ]
    heads = [line for line in heads if line and line[0] not in " \t"]
    if any(_RANCID.match(line) for line in heads[:20]):
        return Detection(Platform.CISCO_NXOS, 95, "RANCID names a Cisco Nexus")
    if any(_OTHERS.match(line) for line in heads):
        return None
    bios = next((line for line in heads if _BIOS.match(line)), "")
    if bios:
        return Detection(Platform.CISCO_NXOS, 98, f"'{bios[:40].strip()}' is printed by NX-OS only")
    strong = {match[0] for line in heads if (match := _STRONG.match(line))}
    weak = {match[0][:14] for line in heads if (match := _WEAK.match(line))}
    against = sum(1 for line in heads if _IOS.match(line))
    header = any(_HEADER.match(line) for line in heads[:200])
    version = any(_VERSION.match(line) for line in heads)
    if not strong and not header:
        return None
    score = 30 * len(strong) + 5 * len(weak) + 25 * header + 20 * version - 30 * against
    if score < 30:
        return None
    first = sorted(strong)[0] if strong else "header"
    return Detection(
        Platform.CISCO_NXOS, min(95, score), f"{len(strong)} statements that only NX-OS has, first '{first[:40]}'"
    )
