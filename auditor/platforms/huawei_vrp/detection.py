"""Tells configurations of VRP from all others."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection
from auditor.platforms.huawei_vrp.tree import clean

_LIMIT = 6000
_HEADER = re.compile(r"!Software Version V\d{3}R\d{3}|\[V\d{3}R\d{3}C\d{2}\S*\]\s*$")
_OTHERS = re.compile(
    r"\s?version \d+\.\d+(?:\.\d+)?(?:,| |$)|Building configuration|!RANCID-CONTENT-TYPE: (?!huawei|vrp)|set system |configure \{"
    r"|# ?TiMOS|/configure |frr (?:version|defaults) |feature [a-z]|hostname |!! IOS"
)
_RANCID = re.compile(r"[!#] ?RANCID-CONTENT-TYPE: (?:huawei|vrp)")
_STATEMENTS = (
    re.compile(r"\s?user-interface (?:con|vty|aux|tty|maximum-vty|current) ?\d*"),
    re.compile(r"\s?(?:undo )?info-center (?:enable|loghost|source|logbuffer|filter-id|timestamp|trapbuffer)"),
    re.compile(r"\s?snmp-agent(?:\s|$)"),
    re.compile(
        r"\s?interface (?:Vlanif|MEth|NULL|GigabitEthernet|XGigabitEthernet|Eth-Trunk|LoopBack|\d+GE|Ethernet|Tunnel|Virtual)"
    ),
    re.compile(r" (?:undo )?(?:local-user|authentication-scheme|accounting-scheme|authorization-scheme) \S+"),
    re.compile(r"\s?ip(?:v6)? route-static "),
    re.compile(r"\s?acl (?:number|name|ipv6) \S+"),
    re.compile(r"\s?(?:stelnet|telnet|snetconf|sftp|ftp)(?: ipv[46])? server (?:enable|disable|port|acl)"),
    re.compile(
        r"\s?(?:ntp-service|hwtacacs-server|radius-server template|traffic (?:classifier|behavior|policy)|observe-port) ?"
    ),
    re.compile(r"\s?(?:vlan batch|ip vpn-instance|diffserv domain|mpls lsr-id|cpu-defend|ip ip-prefix|drop-profile) ?"),
    re.compile(
        r" (?:port link-type|port trunk allow-pass|port default vlan|ip binding vpn-instance|undo portswitch|mpls l2vc) ?"
    ),
)
"""Statements whose words only VRP (and Comware, its relative) has."""


def detect(lines: list[str]) -> Detection | None:
    """VRP, when the header says so, or by its separators, `sysname` and statements in its words."""
    head = clean(lines[:_LIMIT])
    for line in head[:60]:
        if _HEADER.match(line) or _RANCID.match(line):
            return Detection(Platform.HUAWEI_VRP, 98, f"header: {line.strip()[:60]}")
    if any(_OTHERS.match(line) for line in head):
        return None
    found = sum(1 for pattern in _STATEMENTS if any(pattern.match(line) for line in head))
    marks = sum(1 for line in head if line.strip() == "#")
    named = any(line.strip().startswith("sysname ") for line in head)
    if named and marks > 1 and found:
        return Detection(
            Platform.HUAWEI_VRP, min(96, 88 + found), f"'sysname', '#' between views, {found} kinds of statements"
        )
    if found > 1 or (found and marks):
        return Detection(Platform.HUAWEI_VRP, min(75, 30 + 10 * found), f"{found} kinds of statements in VRP's words")
    return None
