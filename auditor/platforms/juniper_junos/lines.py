"""Statements of Junos configurations that do not matter to any area, and the area that an unread one belongs to.

A statement is looked at as if it stood outside of groups and logical systems, its words joined by blanks.
"""

import re

from auditor.model.areas import Area
from auditor.platforms.common.reader import LineTable, any_of

_UNIT = r"interfaces \S+ (?:unit \S+ )?"
_ROUTED = r"(?:routing-instances \S+ )?"

_IRRELEVANT: dict[str, tuple[str, ...]] = {
    "frame of the configuration": (
        "version ", "system host-name ", "system domain-(name|search) ", "system time-zone ", "system location ",
        "apply-groups", ".* apply-groups(-except)?( |$)", "system (commit|configuration|schema)( |$)",
    ),
    "housekeeping": (
        "system license ", "system (max-configurations-on-flash|max-configuration-rollbacks|saved-core|auto-snapshot)",
        "system (compress-configuration-files|no-compress-configuration-files|dump-on-panic|fib-streaming)",
        "system ports console log-out-on-disconnect", "system ports auxiliary disable", "system processes \\S+ enable$", "chassis ", "system arp ",
        "system name-server ", "system static-host-mapping ", "system security-profile ",
        "system archival configuration (transfer-interval|transfer-on-commit)", "multi-chassis ",
    ),
    "packets that the device itself does not answer or send": (
        "system no-(redirects|ping-record-route|ping-time-stamp|multicast-echo)", "system internet-options ",
        "system allow-v4mapped-packets", "security screen ", "system ddos-protection ",
    ),
    "physical ports and links": (
        _UNIT + "(mtu|speed|link-mode|hold-time|description|encapsulation|vlan-id|vlan-tags|bandwidth|clocking)( |$)",
        _UNIT + "(flexible-|stacked-)?vlan-tagging", _UNIT + "(no-)?(traps|gratuitous-arp)",
        _UNIT + "(native-vlan-id|number-of-sub-ports|per-unit-scheduler|keepalives|no-keepalives|mac|esi|framing|damping)( |$)",
        _UNIT + "(gigether|ether|fastether|aggregated-ether|redundant-ether|otn|optics|sonet|e1|t1|ds0|fabric)-options",
        _UNIT + "family (mpls|iso|ccc|bridge|vpls|ethernet-switching)( (mtu|maximum-labels|vlan|interface-mode|address)|$)",
        _UNIT + "family inet6? (mtu|dhcp|dhcp-client|dhcpv6-client|no-redirects|no-neighbor-learn|targeted-broadcast)",
        _UNIT + "family inet6? address \\S+ (primary|preferred|master-only|arp|ndp|eui-64|broadcast|virtual-gateway-address|virtual-gateway-accept-data)",
    ),
    "layer 2 that carries no management": (
        "vlans \\S+ (vlan-id|vlan-id-list|l3-interface|description)( |$)", "forwarding-options storm-control",
        "protocols (rstp|mstp|vstp|stp|l2-learning|lacp|igmp-snooping|mld-snooping) ", "poe ",
    ),
    "rates that a filter or a scheduler keeps": (
        r"firewall (family \S+ )?(policer|three-color-policer|hierarchical-policer|load-balance-group) ",
        _UNIT + "family inet6? (policer|rpf-check)( |$)",
    ),
    "forwarding switches": (
        "class-of-service ", "forwarding-options (hash-key|enhanced-hash-key|load-balance|multicast|family inet6 route-accounting)",
        _ROUTED + "routing-options (router-id|autonomous-system|forwarding-table|multipath|nonstop-routing|graceful-restart)( |$)",
        _ROUTED + "routing-options (rib \\S+ )?static (defaults|route \\S+ (qualified-next-hop \\S+ )?"
        "(preference|metric|tag|community|as-path|retain|no-retain|readvertise|no-readvertise|resolve|install|active|passive)( |$))",
        "routing-instances \\S+ (instance-type|route-distinguisher|vrf-target|vrf-table-label|description)( |$)",
    ),
    "names and texts of SNMP, and how the agent works": (
        "snmp (location|contact|description|name|engine-id|filter-|stats-cache-lifetime|health-monitor|rmon|nonvolatile)",
        "snmp (traceoptions|trap-options|interface) ", "snmp trap-group \\S+ categories ",
        "snmp v3 (usm local-engine user \\S+|notify|notify-filter|vacm security-to-group) ",
    ),
    "how logs are written and kept on the device": (
        "system syslog (file|user|console|archive|time-format|source-address|allow-duplicates|log-rotate-frequency) ",
        "system syslog console", "system syslog allow-duplicates",
    ),
    "how a login goes once somebody may try it": (
        "system login (retry-options|password|message|announcement|idle-timeout|deny-sources)( |$)",
        "system login class \\S+ (idle-timeout|deny-|access-start|access-end|allowed-days|login-alarms|login-tip"
        "|configuration-breadcrumbs|cli|security-role|no-hidden-commands|allow-sources|no-scp-server|no-sftp-server)",
        "system login user \\S+ cli ", "system (tacplus|radius)-options ",
        "system (tacplus-server|radius-server) \\S+ ", "system accounting events ", "system accounting destination (tacplus|radius)$", "system password-options ",
    ),
    "how SSH and the web servers behave, not who reaches them": (
        "system services (ssh|telnet|netconf ssh) (connection-limit|rate-limit|client-alive|max-|rekey|log-key-changes)",
        "system services ssh (root-login|protocol-version|ciphers|macs|key-exchange|hostkey|fingerprint-hash|no-)",
        "system services ssh (tcp-forwarding|allow-tcp-forwarding|sftp-server)",
        "system services netconf (rfc-compliant|yang|traceoptions|hello)",
        "system services web-management (https|session|control|management-url|traceoptions)", "system services rest (https|control)",
        "system services (dhcp|dhcp-local-server) ",
    ),
    "names of prefixes and local routes of the switch": ("policy-options prefix-list ", "system management-instance"),
}  # fmt: skip

TABLE = LineTable(
    irrelevant=any_of(pattern for patterns in _IRRELEVANT.values() for pattern in patterns),
    areas=(
        (re.compile(r"system (login|root-authentication|\S+-authentication)"), Area.ACCOUNTS),
        (re.compile(r"system (tacplus|radius|accounting|authentication-order)"), Area.AAA),
        (
            re.compile(r"system (services (ssh|telnet|netconf|rlogin|outbound-ssh|outbound-https|xnm)|ports)"),
            Area.ACCESS,
        ),
        (re.compile(r"interfaces lo0 .*\bfilter\b"), Area.ACCESS),
        (re.compile(r"system services "), Area.SERVICES),
        # Which routing instances may ask changes no principal: unread, and of no area.
        (re.compile(r"snmp (?!routing-instance-access)"), Area.SNMP),
        (
            re.compile(r"(forwarding-options|ethernet-switching-options) (port-mirroring|analyzer|next-hop-group)"),
            Area.MIRRORS,
        ),
        (re.compile(r"firewall .* then (port-mirror|l2-mirror|next-hop-group)"), Area.MIRRORS),
        (
            re.compile(r"firewall .* then (routing-instance|next-ip|next-interface|logical-system|topology)"),
            Area.REDIRECTION,
        ),
        (re.compile(r"firewall "), Area.ACLS),
        (re.compile(r"(system syslog|security log)"), Area.LOGGING),
        (re.compile(r"event-options|system scripts (commit|snmp)|system login class \S+ login-script"), Area.SCRIPTS),
        (re.compile(r"virtual-network-functions"), Area.CONTAINERS),
        (re.compile(r"interfaces .* tunnel|.*\bdynamic-tunnels|services (ipsec-vpn|l2tp)"), Area.TUNNELS),
        (re.compile(_ROUTED + r"routing-options (rib \S+ )?static"), Area.ROUTES),
        (re.compile(_UNIT + r"family \S+ filter|.*forwarding-options family \S+ filter"), Area.REDIRECTION),
        # Sampling belongs to the export of flows, which is not read yet.
        (re.compile(r"interfaces (?!.* sampling( |$))"), Area.INTERFACES),
    ),
)
