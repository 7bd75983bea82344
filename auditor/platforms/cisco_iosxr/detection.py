"""Tells IOS XR configurations from those of other systems."""

import re

from auditor.model.platform import Platform
from auditor.platforms.cisco_iosxr.frame import unwrapped
from auditor.platforms.common.definition import Detection
from auditor.platforms.common.reader import any_of

_HEAD = re.compile(
    r"\s*!! IOS XR (?:Admin )?Configuration|! ?RANCID-CONTENT-TYPE: cisco-xr\b|!.*Cisco IOS XR Software, Version \d"
)
_PROMPT = re.compile(r"RP/\d+/(?:RP|RSP)?\w*/CPU\d+:\S*#")
_OTHERS = re.compile(
    r"! ?(?:RANCID-CONTENT-TYPE: (?!cisco-xr)|device: |Command: show)|!Command: show|feature [a-z]|boot-start-marker"
    r"|frr (?:version|defaults) |switchname |vdc \S+ id \d|system \{|version \d+\.\d|service integrated-vtysh-config|ip classless"
    r"|aaa new-model|no aaa new-model|line vty \d|spanning-tree mode|user-interface |sysname |/ip |configure \{"
)
_OWN: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"interface (?:preconfigure )?(?:MgmtEth\d+/(?:RS?P)?\d*/CPU\d+/\d+|[A-Z][A-Za-z]+\d+/\w+/\w+/\w+)",
        r" {1,4}ipv4 address \d+\.\d+\.\d+\.\d+[ /]",
        r"route-policy \S+(?: ?\(.*\))?$",
        r"end-policy$",
        r"end-set$",
        r"(?:prefix|community|as-path|rd)-set \S+$",
        r"router static$",
        r" group (?:root-lr|root-system|cisco-support|netadmin|sysadmin)$",
        r"taskgroup \S+$|usergroup \S+$| task (?:read|write|execute|debug) \S+$",
        r"ssh server (?:v2|vrf \S+|netconf|logging|session-limit|rate-limit|algorithms)",
        r"line (?:default|template \S+)$",
        r"vty-pool \S+ \d",
        r"telnet (?:vrf \S+ )?ipv[46] server max-servers",
        r"snmp-server community .*\b(?:SystemOwner|SDROwner|IPv4|IPv6)\b",
        r"ipv4 access-list \S+$",
        r" management-plane$",
        r"end-group$|apply-group \S+$",
        r" {2,4}(?:import|export) route-target$",
        r" use neighbor-group \S+$",
        r"  use neighbor-group \S+$",
        r"router (?:bgp|ospf|isis|static|ospfv3) .*(?:neighbor|area|interface|address-family) \S+",
        r"vrf \S+ address-family ipv[46] unicast",
        r"interface \S+ ipv4 address \d",
        r"hw-module profile |lpts pifib |xml agent|netconf-yang agent|flow exporter-map |mpls ldp$|l2vpn$",
        r"logging (?:events (?:level|threshold|buffer-size)|hostnameprefix|suppress rule)",
    )
)
"""Statements and their forms that are IOS XR's own; each kind counts once."""
_SHARED = (re.compile(r" neighbor \S+$"), re.compile(r"control-plane$"))
"""Statements that others have as well, and which decide nothing by themselves."""
_TELLING = any_of(pattern.pattern for pattern in (*_OWN, *_SHARED))
_LOOK = 6000
_ENOUGH = 5


def detect(lines: list[str]) -> Detection | None:
    """IOS XR, with the confidence: a head line decides, statements that only IOS XR has are the rest."""
    looked = [line.rstrip("\r\0 ") for line in unwrapped(lines[:_LOOK])]
    for line in looked[:400]:
        if _HEAD.match(line):
            return Detection(Platform.CISCO_IOSXR, 98, f"head of the configuration: {line.strip()[:60]}")
    if any(_OTHERS.match(line) for line in looked):
        return None
    prompt = next((line for line in looked[:400] if _PROMPT.match(line)), "")
    own, shared = _kinds(looked)
    if not own and not (prompt and shared):
        return None
    confidence = min(95, 30 + 11 * (2 * own + shared + (3 if prompt else 0)))
    return Detection(Platform.CISCO_IOSXR, confidence, f"{own + shared} kinds of statements in IOS XR's words")


def _kinds(lines: list[str]) -> tuple[int, int]:
    """How many kinds of statements occur that are IOS XR's own, and that it shares; enough of them end the search."""
    own: set[int] = set()
    shared: set[int] = set()
    for line in lines:
        if not _TELLING.match(line):
            continue
        own.update(kind for kind, pattern in enumerate(_OWN) if pattern.match(line))
        shared.update(kind for kind, pattern in enumerate(_SHARED) if pattern.match(line))
        if len(own) > _ENOUGH:
            break
    return len(own), len(shared)
