"""Finds out what a saved file is: a configuration of a platform that can be read, of one that cannot, or none."""

import re
from collections.abc import Mapping

from auditor.platforms.common.definition import Detection, PlatformDefinition
from auditor.platforms.common.reader import any_of

MIN_CONFIDENCE = 30

# Tells of systems without a reader, so that their files are skipped with the right reason and never judged as
# something alike (syntax-other-families, detection table; parsing traps 4, 5, 9).
_FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cisco_iosxr", any_of((r"!! IOS XR", r"!! Last configuration change", r"! ?RANCID-CONTENT-TYPE: cisco-xr", r"RP/\d+/RP?\d+/CPU\d+:",
                            r"route-policy \S+", r" ipv4 address \d", r"interface MgmtEth", r"taskgroup ", r"telnet vrf "))),
    ("cisco_nxos", any_of((r"!Command: show running-config", r"! ?RANCID-CONTENT-TYPE: cisco-nx", r"feature (?:bgp|ospf|nxapi|telnet|tacacs|lacp|interface-vlan|vpc|bash|nv|isis|pim|hsrp)",
                           r"boot nxos ", r"vdc \S+ id \d", r"install feature-set"))),
    ("arista_eos", any_of((r"! Command: show running-config", r"! device: .*(?:EOS|eos)", r"! ?RANCID-CONTENT-TYPE: arista", r"!RANCID-CONTENT-TYPE: arista",
                           r"management (?:ssh|api|security|telnet|console)", r"event-handler ", r"daemon ", r"username \S+ .*secret sha512",
                           r"transceiver qsfp default-mode", r"service routing protocols model", r"aaa authorization exec default local$",
                           r"tap aggregation", r"interface Management\d", r"username \S+ ssh-key ", r"boot system flash \S+\.swi", r"   tunnel mode gre$", r"EOF$", r"interface Ethernet\d+$", r"monitor session [A-Za-z]\S* ", r"hardware counter feature"))),
    ("nokia_sros", any_of((r"# ?TiMOS-", r"# ?Configuration format version", r"/configure ", r"configure \{", r"exit all$", r"echo \""))),
    ("nokia_srlinux", any_of((r"set / ", r"--\{ .* \}--", r"\s*\"srl_nokia"))),
    ("huawei_vrp", any_of((r"!Software Version V", r"#$", r" ?sysname ", r"user-interface ", r"return$"))),
    ("mikrotik_routeros", any_of((r"# .* by RouterOS ", r"# software id =", r"/(?:interface|ip|system|user|routing)\b"))),
)  # fmt: skip
_LOOKED_AT = 5000
_ENOUGH = 2
_DECISIVE = {"nokia_sros": 1, "mikrotik_routeros": 1, "nokia_srlinux": 1, "arista_eos": 1}


def detect(lines: list[str], platforms: Mapping[str, PlatformDefinition]) -> Detection | None:
    """The platform that is surest of the text; None where none of them claims it."""
    claims = [claim for definition in platforms.values() if (claim := definition.detect(lines)) is not None]
    best = max(claims, key=lambda claim: claim.confidence, default=None)
    return best if best is not None and best.confidence >= MIN_CONFIDENCE else None


def foreign(lines: list[str]) -> str:
    """The system without a reader that a text belongs to; empty where there is no sign of one."""
    counts = {name: sum(1 for line in lines[:_LOOKED_AT] if pattern.match(line)) for name, pattern in _FOREIGN}
    name, count = max(counts.items(), key=lambda item: item[1])
    return name if count >= _DECISIVE.get(name, _ENOUGH) else ""
