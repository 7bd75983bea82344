"""Tells Junos from the other systems that are configured in braces, `set` lines, XML or JSON."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection
from auditor.platforms.juniper_junos.forms import Form, form
from auditor.platforms.juniper_junos.text import unnumbered

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
_NAMESPACE = re.compile(r"xml\.juniper\.net/|yang\.juniper\.net/|junos[:-](?:commit|changed|conf)|\bjunos:")
_ELEMENTS = frozenset(
    ("version", "system", "interfaces", "protocols", "routing-options", "policy-options", "firewall", "security", "snmp",
     "groups", "chassis", "forwarding-options", "routing-instances", "vlans", "class-of-service", "event-options")
)  # fmt: skip
_ELEMENT = re.compile(r"""\s*(?:<([\w-]+)(?:\s[^>]*)?>|"([\w-]+)"\s*:)""")


def detect(lines: list[str]) -> Detection | None:
    """Junos by its version line, a collector's header, or statements that end as Junos ends them."""
    lines = unnumbered(lines)
    kind = form(lines)
    if kind is not Form.TEXT:
        return _structured(lines, kind)
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
    shape = "in flat lines" if flat >= stanzas else "in braces"
    return Detection(Platform.JUNIPER_JUNOS, min(90, 50 + 10 * score), f"{score} statements of Junos {shape}")


def _structured(lines: list[str], kind: Form) -> Detection | None:
    """XML or JSON with an element `configuration`: Junos by its namespace, else by the elements below."""
    heads = lines[:_FIRST]
    if any(_NAMESPACE.search(line) for line in heads):
        return Detection(Platform.JUNIPER_JUNOS, 97, f"a configuration in {kind.value.upper()} with Junos's namespace")
    found = {match[1] or match[2] for match in map(_ELEMENT.match, heads) if match} & _ELEMENTS
    if not found:
        return None
    return Detection(
        Platform.JUNIPER_JUNOS,
        min(90, 60 + 10 * len(found)),
        f"a configuration in {kind.value.upper()} with {len(found)} parts of Junos",
    )
