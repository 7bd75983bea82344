"""Tells an EOS configuration from other systems': the device line decides, statements in EOS's words are the rest."""

import re

from auditor.model.platform import Platform
from auditor.platforms.arista_eos import jsonform
from auditor.platforms.common.definition import Detection

_DEVICE = re.compile(r"\s*!\s*device: \S+ \(.*EOS-\d+\.")
_RANCID = re.compile(r"! ?RANCID-CONTENT-TYPE: arista\s*$")
_OTHERS = re.compile(
    r"!! IOS XR|!Command: show running|!Running configuration last done|frr (?:version|defaults) |feature [a-z]"
    r"|switchname "
    r"|!RANCID-CONTENT-TYPE: (?:cisco|juniper|huawei)|boot-start-marker|version \d+\.\d+\s*$|(?:route|end)-policy"
    r"|ipv4 address "
)
_ONLY_HERE = re.compile(
    r"(?:transceiver qsfp default-mode|service routing protocols model|management (?:api|ssh|telnet|console|security"
    r"|cvx|defaults|accounts)\b"
    r"|(?:no )?aaa root\b|daemon \S+\s*$|event-handler \S+\s*$|vrf instance |username \S+ (?:.* )?(?:nopassword"
    r"|secret sha512 |ssh-key )"
    r"|vlan internal order |mlag configuration|tap aggregation\s*$|traffic-policies\s*$|system control-plane\s*$"
    r"|monitor session \S+ (?:destination Cpu|source [A-Z]\w+\d)|snmp-server vrf |no service interface inactive"
    r"|ip routing vrf "
    r"|no ip routing vrf |interface (?:Vxlan|Dps|Management)\d|switchport default mode |patch panel\s*$"
    r"|aaa authorization policy local |queue-monitor )"
)
_STRONG = re.compile(r"management (?:api|ssh|telnet|console|security)\b|transceiver qsfp|service routing protocols")
"""Signs that count twice."""
_INNER = re.compile(r" {3}(?:(?:no )?vxlan |mlag \d|neighbor \S+ peer group|ip address \d+\.\d+\.\d+\.\d+/\d+ ?)")
_SHARED = re.compile(
    r"(?:hostname |interface (?:Ethernet\d|Management\d|Port-Channel\d|Loopback\d|Vlan\d)|ip access-list "
    r"|spanning-tree mode |router bgp "
    r"|ip route |ntp server |logging host |snmp-server |aaa authorization exec default local|ip routing\s*$|router "
    r"|end\s*$)"
)
_BANNER = re.compile(r"banner (?:login|motd|exec)\s*$")
_HEAD = 6000


def detect(lines: list[str]) -> Detection | None:
    """EOS, with the confidence and what shows it."""
    if jsonform.start(lines) is not None:
        return Detection(Platform.ARISTA_EOS, 95, "the running configuration as JSON, with nested 'cmds'")
    head = lines[:_HEAD]
    if any(_DEVICE.match(line) for line in head):
        return Detection(Platform.ARISTA_EOS, 98, "the header names an EOS device")
    if any(_RANCID.match(line) for line in head[:40]):
        return Detection(Platform.ARISTA_EOS, 95, "RANCID names an Arista device")
    signs = (_ONLY_HERE, _STRONG, _INNER)
    own = sum(1 for sign in signs for line in head if sign.match(line))
    banner = any(_BANNER.match(line) for line in head) and any(line.rstrip() == "EOF" for line in head)
    if own == 0 and not banner:
        return None
    if any(_OTHERS.match(line) for line in head):
        return None if own < _MANY else Detection(Platform.ARISTA_EOS, 40, "statements of EOS and of another system")
    shared = sum(1 for line in head if _SHARED.match(line))
    score = own + 2 * banner
    statements = sum(1 for line in head if line[:1] not in ("", " ", "!"))
    lone = score == 1 and statements > _CROWD
    confidence = 45 if lone else min(92, 60 + 12 * score + min(shared, 5))
    return Detection(Platform.ARISTA_EOS, confidence, f"{score} statements in EOS's words")


_CROWD = 40
"""Outermost statements among which a single one of EOS is an accident."""
_MANY = 5
"""Statements of EOS that outweigh one of another system."""
