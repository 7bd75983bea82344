"""Tells IOS and IOS-XE from other systems, and from each other."""

import re
from collections.abc import Iterable

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection
from auditor.platforms.common.frame import unnumbered

_VERSION = re.compile(r"version (\d+)\.(\d+)")
_XE_HINTS = (
    "platform punt-keepalive",
    "platform qfp",
    "platform console",
    "diagnostic bootup level",
    "subscriber templating",
    "vrf definition Mgmt-intf",
    "vrf definition Mgmt-vrf",
    "license udi pid",
    "platform hardware throughput",
    "app-hosting appid",
    "iox",
    "netconf-yang",
    "restconf",
    "telemetry ietf subscription",
)
_OTHERS = re.compile(
    r"!! IOS XR|! ?Command: show running-config|!Command: show running|! device: |!Running configuration last done"
    r"|feature [a-z]|frr version|frr defaults|!RANCID-CONTENT-TYPE: (?:arista|cisco-xr|cisco-nx|force10|dell)"
    r"|interface [A-Za-z-]+\d+/\d+/\d+/\d+|ipv4 address |route-policy |end-policy|RP/\d+/|logging events level|tpa$"
    r"|switchname |transceiver qsfp default-mode|service routing protocols model|aaa root|management (?:api|ssh|telnet|security|console)"
    r"|username \S+ (?:.* )?(?:role network-|secret sha512|ssh-key )|daemon \S+$|event-handler |tap aggregation|interface Management\d"
    r"|monitor session [A-Za-z]\S* |undo |sysname |boot system flash \S+\.swi|user-interface |local-user |vlan batch|acl number"
)
_STATEMENTS = re.compile(
    r"(?:(?:no )?service (?:timestamps|password-encryption|pad)|boot-start-marker|hostname \S+$|interface [A-Z][A-Za-z]+[\d/.:]+$"
    r"|line (?:con|vty|aux) \d|(?:no )?aaa new-model|ip access-list (?:standard|extended) |enable secret |router (?:bgp|ospf|isis)"
    r"|(?:no )?ip (?:http|classless|forward-protocol|cef|subnet-zero|ssh)|username \S+ |snmp-server |access-list \d+ |logging |vrf definition "
    r"|banner |end$|monitor session |aaa authentication |tacacs server |crypto isakmp |crypto map |no ip domain)"
)
_RANCID = re.compile(r"! ?RANCID-CONTENT-TYPE: cisco$")
_BANNER_LIMIT = 4000


def detect(lines: list[str]) -> Detection | None:
    """IOS or IOS-XE, with the confidence: a version line decides, statements in IOS's words are the rest."""
    lines = unnumbered(lines[:_BANNER_LIMIT])
    heads = [line.strip() for line in lines if line and not line.startswith(("  ", "\t"))]
    top = [line for line in heads if line and line[0] != "!"]
    if any(_OTHERS.match(line) for line in heads):
        return None
    score = sum(1 for line in top if _STATEMENTS.match(line))
    rancid = any(_RANCID.match(line) for line in heads[:20])
    if rancid and score == 0:
        score = 1
    if score <= _only_names(top) and not rancid and not any(_has(top, hint) for hint in _XE_HINTS):
        return None
    return _decide(heads, top, score, rancid=rancid)


def _only_names(top: list[str]) -> int:
    """1 where a name is all that could be IOS: many systems have `hostname`."""
    return int(any(line.startswith("hostname ") for line in top) and not any(map(_VERSION.match, top)))


def _decide(heads: list[str], top: list[str], score: int, *, rancid: bool) -> Detection:
    header = next((line for line in heads[:30] if "IOS XE Software" in line or "IOS-XE Software" in line), "")
    if header:
        return Detection(Platform.CISCO_IOSXE, 98, f"header: {header[:60]}")
    version = next((match for match in map(_VERSION.match, top) if match), None)
    hint = next((hint for hint in _XE_HINTS if _has(top, hint)), "")
    if version and int(version[1]) >= 16:
        return Detection(Platform.CISCO_IOSXE, 98, f"'version {version[1]}.{version[2]}' is an IOS-XE release")
    if hint:
        return Detection(Platform.CISCO_IOSXE, 85, f"'{hint}' exists on IOS-XE")
    if version and int(version[1]) >= 10:
        return Detection(Platform.CISCO_IOS, 90, f"'version {version[1]}.{version[2]}' and IOS statements")
    if rancid:
        return Detection(Platform.CISCO_IOS, 70, "RANCID names a Cisco device, no version line")
    return Detection(
        Platform.CISCO_IOS, min(75, 30 + 10 * score), f"{score} statements in IOS's words, no version line"
    )


def _has(top: Iterable[str], hint: str) -> bool:
    return any(line == hint or line.startswith(hint + " ") for line in top)
