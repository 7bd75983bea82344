"""Tells Junos from the other systems that are configured in braces or in `set` lines."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection

_VERSION = re.compile(r"(?:set )?version \"?(\d+\.\d+[A-Z][\w.:-]*)\"?;?$")
_HEADER = re.compile(
    r"# ?RANCID-CONTENT-TYPE: juniper|## Last (?:commit|changed): |#+ ?Junos: \d|#+ JUNOS |\{master(?::\d+)?\}"
)
_OTHERS = re.compile(
    r"/?configure \{$|/configure |# TiMOS-|exit all$|set / |set interfaces (?:ethernet|bonding|loopback|bridge) |set deviceconfig "
    r"|frr (?:version|defaults)|/system |/ip |/interface|!|config system |nv set |set system .*'$|#\s*\w{3}/\d\d/\d{4} .*RouterOS"
)
_STANZA = re.compile(
    r"(?:[^{}]*\*/\s*)?(?:(?:inactive|protect|replace): )?(?:system|interfaces(?: \S+)?|protocols|routing-options|policy-options|firewall"
    r"|security|snmp|groups|chassis|forwarding-options|routing-instances|vlans|class-of-service|event-options|access"
    r"|services|logical-systems|switch-options|applications|bridge-domains|ethernet-switching-options) \{"
)
_FLAT = re.compile(
    r"(?:set|deactivate|delete) (?:system (?:host-name|services|login|syslog|root-authentication|ntp|tacplus-server"
    r"|radius-server|authentication-order|time-zone|ports|processes|scripts|archival) ?"
    r"|interfaces (?:\S+ (?:unit \d|description|mtu|disable)|interface-range )|protocols (?:bgp|ospf3?|isis|mpls|ldp|lldp|rsvp|evpn) "
    r"|routing-options |routing-instances \S+ |policy-options (?:policy-statement|prefix-list|community) "
    r"|firewall (?:family inet6? )?filter |snmp (?:community|location|contact|view|v3|trap-group) "
    r"|security (?:zones|policies|ike|ipsec|nat) |groups \S+ |apply-groups |forwarding-options |event-options |chassis |vlans \S+ )"
)
_FIRST = 5000


def detect(lines: list[str]) -> Detection | None:
    """Junos by its version line, a collector's header, or statements that end as Junos ends them."""
    heads = [line.rstrip() for line in lines[:_FIRST] if line.strip()]
    if any(_OTHERS.match(line) for line in heads):
        return None
    version = next((match for match in map(_VERSION.match, heads) if match), None)
    header = next((line for line in heads[:60] if _HEADER.match(line)), "")
    stanzas = sum(1 for line in heads if _STANZA.match(line))
    flat = sum(1 for line in heads if _FLAT.match(line))
    ended = any(line.endswith(";") or ";" in line.partition("##")[0][-2:] for line in heads)
    score = (stanzas if ended else 0) + flat
    if version and (score or ended):
        return Detection(Platform.JUNIPER_JUNOS, 98, f"version {version[1]} in Junos's words")
    if header and score:
        return Detection(Platform.JUNIPER_JUNOS, 95, f"header: {header[:60]}")
    if score == 0:
        return None
    kind = "in flat lines" if flat >= stanzas else "in braces"
    return Detection(Platform.JUNIPER_JUNOS, min(90, 50 + 10 * score), f"{score} statements of Junos {kind}")
