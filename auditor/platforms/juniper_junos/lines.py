"""Statements of Junos configurations that do not matter to any area, and the area that an unread one belongs to.

A statement is looked at as if it stood outside of groups, logical systems and routing instances, its words joined by blanks.
"""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_UNIT = r"interfaces \S+ (?:unit \S+ )?"
_RANGE = r"interfaces (?:interface-range )?\S+ (?:unit \S+ )?"
_FAMILY = _RANGE + r"family \S+ "
_BGP = r"protocols bgp (?:group \S+ )?(?:neighbor \S+ )?"
_IGP = r"protocols (?:ospf3?|isis|rip|ripng|pim|ldp|rsvp|mpls|igmp|mld|msdp|bfd) (?:group \S+ )?(?:area \S+ )?"
_PORT = r"(?:(?:interface|neighbor|session|session-group|peer|virtual-link) \S+ )?(?:level \d )?"

_REASONS: dict[str, tuple[str, ...]] = {
    "frame of the configuration": (
        "version ", "system (host-name|domain-name|domain-search|time-zone|location|configuration|schema|commit)( |$)",
        "apply-groups( |$)", r".* apply-groups(-except)?( |$)", r".*\bapply-(flags|macro)\b",
        "system export-format", "system autosave", "system (no-)?debugger-on",
    ),
    "housekeeping": (
        "system license( (?!autoupdate)|$)",
        "system (max-configurations-on-flash|max-configuration-rollbacks|saved-core|auto-snapshot|dump-on-panic)",
        "system (compress-configuration-files|no-compress-configuration-files|fib-streaming|dump-device|encrypt-configuration)",
        "system (arp|security-profile|switchover-on-routing-crash|nd-override|default-address-selection|disk-)",
        r"system processes \S+ (enable|failover|traceoptions|maximum-)", "multi-chassis ", "system usb", "system graceful",
        r"system processes (?!event|audit|syslog|snmp)\S+ disable$", "system power-", "system packet-forwarding-options",
        "system (radius|tacplus)-options (timeout|retry|enhanced-accounting|attributes|password-protocol|service-name|no-cmd|exclude-cmd|timestamp"
        "|authorization-time-interval|no-strict)", "system static-arp",
        "chassis (fpc|aggregated-devices|alarm|cluster|redundancy|network-services|maximum-ecmp|fabric|craft-lockout|config-button"
        "|ambient|lcd|usb|fru|pseudowire-service|node|member|virtual|container-devices|forwarding-options|routing-engine|synchronization"
        r"|system-domains|state|redundancy-group|control-slot|sfm|fan|display|route-memory|vrrp|ids?|no-reset|nssu|psu|power)[\w-]*( |$)",
        r"accounting-options (?!file \S+ archive)", "event-options (traceoptions|max-policies)",
    ),
    "traces for the support": (r".*\btraceoptions( |$)",),
    "how packets to the device are answered": (
        "system (no-ping-record-route|no-ping-time-stamp|no-multicast-echo|internet-options|icmp|allow-v4mapped-packets)",
    ),
    "physical ports and links": (
        _RANGE + "(mtu|speed|link-mode|hold-time|encapsulation|vlan-id|vlan-id-list|vlan-id-range|vlan-tags|bandwidth|clocking)( |$)",
        _RANGE + "(flexible-|stacked-)?vlan-tagging", _RANGE + "(no-)?(traps|gratuitous-arp|gratuitous-arp-reply|auto-negotiation)",
        _RANGE + "(native-vlan-id|number-of-sub-ports|per-unit-scheduler|keepalives|no-keepalives|mac|esi|framing|damping)( |$)",
        _RANGE + "(hierarchical-scheduler|port-mode|unused|media-type|flow-control|arp-resp|input-vlan-map|output-vlan-map|layer2-policer)",
        _RANGE + "(gigether|ether|fastether|aggregated-ether|redundant-ether|otn|optics|sonet|e1|t1|ds0|fabric|serial|cellular|dsl|vdsl"
        "|interface|lsq-failure|mlppp|ppp|pppoe|dialer|modem|fastether|coc|t3|e3|shdsl)-?options?( |$)",
        _RANGE + "(clear-dont-fragment-bit|copy-tos-to-outer-ip-header|reassemble-packets|targeted-options|accounting-profile|passive-monitor|service-options|services-options|load-balancing-options|statistics|peer-unit"
        "|demux|proxy-macip-advertisement|rpm|l2-circuit|swap-by|disable-mld|multi-chassis|radio-router|unnumbered|forwarding-class)",
        r"interfaces (interface-set|traceoptions) ",
        _FAMILY + "(mtu|no-neighbor-learn|primary|destination-udp-port|maximum-labels|accounting|sampling|service|policer|vlan"
        "|interface-mode|port-mode|recovery-timeout|storm-control|bridge-domain-type|dad-disable|no-dad|nd6|ndp|mac-validate|unnumbered-address"
        "|tcp-mss|simple-filter|tag-protocol-id|mka|protocols|split-horizon|destination|preferred|multicast-only|negotiate-address"
        "|interconnect|core-facing|label-switched|address)( |$)",
        _RANGE + r"family (mpls|iso|ccc|bridge|vpls|ethernet-switching|tcc|inet6?|inet-vpn|any|mlppp|pppoe)$",
        r"interfaces \S+$",
    ),
    "layer 2 that carries no management": (
        r"(vlans|bridge-domains) \S+ (vlan-id|vlan-id-list|l3-interface|routing-interface|description|vxlan|interface|no-arp-suppression"
        r"|domain-type|switch-options|mac|vlan-range|dot1q-tunneling|private|isolated|mcast|multicast|igmp)[\w-]*( |$)",
        "forwarding-options storm-control", "switch-options (route-distinguisher|vrf-target|vrf-import|vrf-export|service-id|mac|interface|voip)",
        "switch-options (unknown|authentication|vrf)", "ethernet-switching-options (?!analyzer)",
        "protocols (rstp|mstp|vstp|stp|l2-learning|lacp|igmp-snooping|mld-snooping|layer2-control|loop-detect|dcbx|oam|mvrp|gvrp|uplink"
        "|protection-group|sstp|xstp|iccp|ptp|clock-synchronization|vrrp|ppp|pppoe|neighbor-discovery|router-advertisement|router-discovery"
        "|link-management|dot1x|loopback|lmp|elmi|ilmi|esmc)( |$)",
        "poe ", r"service-id |no-irb-layer-2-copy",
    ),
    "relays of requests for addresses and names to their servers": (
        "forwarding-options (dhcp-relay|helpers)( |$)", "access address-(assignment|pool|protection)", r"access (group-profile|domain|ppp)",
    ),
    "rates that a filter or a scheduler keeps": (
        r"firewall (family \S+ )?(policer|three-color-policer|hierarchical-policer|load-balance-group|prefix-action|flexible-match) ",
        "firewall (flexible-match|policer|atm-policer|hierarchical-policer|filter-specific|traceoptions)", "class-of-service( |$)",
    ),
    "how packets are spread and carried": (
        "forwarding-options (hash-key|enhanced-hash-key|load-balance|multicast|family (inet6 route-accounting|mpls mode|iso mode)|cut-through"
        r"|vxlan|evpn|hyper|satellite|rpf-loose|no-load|tcp-mss|local-bias|lpm|num|unified|link-layer|fast)[\w-]*( |$)",
        r"forwarding-options (family (inet6|mpls|iso) mode)", r"security forwarding-options ",
        r"routing-options (router-id|autonomous-system|forwarding-table|multipath|nonstop-routing|graceful-restart|auto-export|resolution|route-record"
        r"|rib-groups|interface-routes|instance-import|instance-export|generate|aggregate|martians|maximum-prefixes|maximum-paths|confederation"
        r"|route-distinguisher-id|ppm|max-interface-supported|multicast|nsr-phantom|protect|topologies|fate-sharing|admin-groups|srlg|dynamic-tunnels"
        r"|options|resolution-ribs|l3vpn|access|programmable-rpd|transport-class|source-packet|bgp-static|flowspec|route-resolution|session)[\w-]*( |$)",
        r"routing-options rib \S+ (aggregate|generate|martians|maximum|multipath|protect|static (defaults|rib-group)|access|label)",
        "routing-options static (defaults|rib-group)", r"routing-options flow (validation|term-order)",
        r"(instance-type|route-distinguisher|vrf-target|vrf-table-label|no-vrf-propagate-ttl|no-vrf-advertise|vrf-propagate-ttl|description|no-local-switching"
        r"|no-normalization|l2vpn-id|provider-tunnel|egress-protection|routing-interface|vxlan|multicast-snooping-options|service-type"
        r"|vtep-source-interface|no-irb|vlan-id|no-tunnel|extranet|evpn|interface \S+ (any|primary|protect|unicast|multicast))( |$)",
    ),
    "how routes are told and how fast sessions fail over": (
        _BGP + "(local-address|mtu-discovery|multipath|bfd-liveness-detection|vpn-apply-export|log-updown|graceful-restart|passive"
        "|hold-time|out-delay|keep|remove-private|preference|local-preference|metric-out|cluster|damping|as-override|advertise|no-advertise|no-client"
        "|tcp|outbound|traffic|include|local-interface|precision|path-selection|session|egress|stale|rib|add-path|no-aggregator|loops|accept-remote"
        "|enforce-first|output-queue|optimal|bgp-error|minimum-hold|idle|peer-as-list|passive|mvpn|confederation|advertise-peer|restart|group-split"
        r"|error-tolerance|disable-4byte|no-nexthop|drop-path|tracking|dynamic-tunnel|snmp|update-threading|auto-discovered|bmp)[\w-]*( |$)",
        _IGP + _PORT + "(metric|te-metric|hello-interval|hold-time|dead-interval|retransmit|transit-delay|priority|hello-padding|point-to-point"
        "|interface-type|ldp-synchronization|bfd-liveness-detection|link-protection|node-link-protection|wide-metrics-only|overload"
        "|reference-bandwidth|export|import|traffic-engineering|spf|lsp|stub|nssa|area-range|no-|graceful|prefix-export|rib|topology|csnp"
        "|ipv6|ipv4|post-convergence|backup|max|mesh|source-packet|flood|ignore|context|clns|multipath|route-timeout|update|message|neighbor-policy"
        "|track|explicit|deaggregate|entropy|egress|ingress|l2-smart|longest|make-before|mac|mtu|p2mp|policy|preference|strict|transport|targeted|upstream"
        "|keepalive|label|log|auto|bandwidth|aggregate|load|refresh|reliable|subscription|path|admin|cspf|expand|icmp|optimize|smart"
        "|statistics|static|tunnel|dense|mode|version|rp|join|spt|assert|family|reset|ssm|send|receive|demand|realm|sham|domain|external"
        "|interface-type|secondary|delay|application|flexible|dynamic|min|adjacency|passive|poll|area-range|active|holddown|data|source|cache|local"
        r"|adv|layer2|any|check|metric-in|metric-out|session-protection)[\w-]*( |$)",
        r"protocols (ospf3?|isis|rip|ripng|pim|ldp|rsvp|mpls|igmp|mld|msdp|bfd|bgp|mvpn|sap|dvmrp|pgm|amt|rift|pcep|source-packet-routing|ancp|vpls|l2vpn|esis)$",
        r"protocols (igmp|mld|mvpn|sap|dvmrp|pgm|amt|source-packet-routing|rift|esis|l2iw|ancp) ", r"protocols mpls (?!label-switched-path)",
        r"protocols (ospf3?|isis) (area \S+ )?$", r"protocols (rsvp|ldp|mpls|isis|ospf3?) (area \S+ )?interface \S+$",
    ),
    "how virtual routers of a link take turns": (r".*\bvrrp(-inet6)?-group \S+ (priority|virtual|accept|preempt|no-|fast|track|advertise)",),
    "names and texts of SNMP, and how the agent works": (
        "snmp (location|contact|description|name|filter-|stats-cache-lifetime|health-monitor|rmon|nonvolatile|arp|if-count)",
        "snmp (trap-options|interface|logical-system-trap-filter|subagent|alarm|proxy|customization|engine-id|agent-address)( |$)",
        "snmp routing-instance-access$", "snmp v3 (usm|vacm)$", "snmp$",
    ),
    "what is measured and served for customers": (
        r"services (rpm|service-set|stateful-firewall|ids|cos|captive-portal|pcp|softwire|dns-filtering|ssl|user-identification|application-identification"
        r"|application-firewall|ipfix|hosted-services|traffic-load-balance|mobile|adaptive|border|server-load|service-device-pools|logging|packet-triggered"
        r"|interface|video|unified-edge|url-filtering|web-filter|screen|jflow-log|unicast|subscriber|twamp)[\w-]*( |$)",
        "dynamic-profiles ", "system services (subscriber-management|resource-monitor|bbe|local-policy|database-replication|dynamic-dns)",
        "system dynamic-profile-options", "diameter ", "jsrc", "access (profile|firewall|gx|tacplus|protocol|nas)",
    ),
    "rules of the firewall between customers, not those of the device": (
        r"security (screen|policies|address-book|flow|alg|application|utm|idp|forwarding|pki|ssh-known-hosts|gprs|dynamic|alarms|cache|certificates"
        r"|tcp-encap|remote-access|user-identification|intelligence|softwires|traceoptions|group-vpn|macsec|advpn|dns|resource|analysis|keychain"
        r"|firewall-authentication|advance|authentication-key-chains$|l3vpn|application-tracking|nat$|zones$|ike$|ipsec$)[\w-]*( |$)",
        r"security zones (security-zone|functional-zone) \S+ (screen|tcp-rst|application-tracking|address-book|enable|source|description|unidirectional)",
        r"security ipsec (internal|vpn-monitor|anti|traceoptions)", "applications ", "schedulers ",
    ),
    "names of prefixes and conditions for policies": ("policy-options (?!policy-statement|prefix-list|tunnel-attribute)",),
    "how a login looks once somebody is in": (
        r"system login class \S+ (login-alarms|login-tip|configuration-breadcrumbs|cli)( |$)", r"system login user \S+ cli( |$)",
        "system login (announcement|message)$", "system management-instance$", "system accounting destination (tacplus|radius)$",
    ),
    "where models of other bodies are shown": (r"ietf-[\w-]+:", "openconfig-"),
}  # fmt: skip

_AREAS: tuple[tuple[str, Area], ...] = (
    (r"system (login|root-authentication|\S+-authentication|master-password)", Area.ACCOUNTS),
    (
        r"system services (ssh|telnet|netconf) authentication-order|system (tacplus|radius|accounting|authentication-order)",
        Area.AAA,
    ),
    (r"system (services (ssh|telnet|netconf|rlogin|rsh)|ports)", Area.ACCESS),
    (r"system services (outbound-|grpc-tunnel|service-deployment|extension-service remote)", Area.DIALOUT),
    (r"interfaces lo0 .*\bfilter\b", Area.ACCESS),
    (
        r"system services flow-tap|services (flow-tap|flow-tap-lite|radius-flow-tap|dynamic-flow-capture)",
        Area.INTERCEPT,
    ),
    (r"system services ", Area.SERVICES),
    # Which routing instances may ask changes no principal: unread, and of no area.
    (r"snmp (?!routing-instance-access)", Area.SNMP),
    (
        r"(forwarding-options|ethernet-switching-options) (port-mirroring|analyzer|next-hop-group|packet-capture)",
        Area.MIRRORS,
    ),
    (r"security datapath-debug|firewall .* then (port-mirror|l2-mirror|next-hop-group)", Area.MIRRORS),
    (
        r"forwarding-options (sampling|monitoring|accounting)|protocols sflow|services (inline-monitoring|flow-monitoring)",
        Area.EXPORTERS,
    ),
    (_UNIT + r"family \S+ sampling", Area.EXPORTERS),
    (r"firewall .* then (routing-instance|next-ip|next-interface|logical-system|topology)", Area.REDIRECTION),
    (r"firewall tunnel-end-point", Area.TUNNELS),
    (r"firewall |policy-options prefix-list|(vlans|bridge-domains) \S+ (forwarding-options )?filter", Area.ACLS),
    (r"policy-options policy-statement|routing-options flow", Area.REDIRECTION),
    (r"system (syslog|processes)|security log", Area.LOGGING),
    (r"system ntp", Area.TIME),
    (r"event-options|system (scripts|extensions)", Area.SCRIPTS),
    (r"virtual-network-functions", Area.CONTAINERS),
    (r"system archival|accounting-options file", Area.TRANSFERS),
    (r"system (phone-home|autoinstallation)|chassis auto-image", Area.BOOT),
    (
        r"system license|services (analytics|advanced-anti-malware|security-intelligence|web-proxy)|routing-options bmp",
        Area.DIALOUT,
    ),
    (r"system (name-server|static-host-mapping|name-resolution)", Area.NAMES),
    (r"security (ike|ipsec)|services ipsec-vpn", Area.CRYPTO),
    (r"security nat|services nat", Area.NAT),
    (r"security zones|system ddos-protection", Area.CONTROL_PLANE),
    (
        r"interfaces .* tunnel|.*\bdynamic-tunnels|services l2tp|policy-options tunnel-attribute|switch-options",
        Area.TUNNELS,
    ),
    (r"protocols (l2circuit|connections|vpls|l2vpn|evpn)", Area.PSEUDOWIRES),
    (r"routing-options (rib \S+ )?static", Area.ROUTES),
    (r"protocols lldp", Area.DISCOVERY),
    (r"protocols |security authentication-key-chains|routing-options validation", Area.ROUTING),
    (_UNIT + r"family \S+ filter|.*forwarding-options family \S+ filter", Area.ACLS),
    (r"interfaces |chassis (no-)?source-route", Area.INTERFACES),
    (r"access ", Area.AAA),
)

TABLE = line_table(_REASONS, _AREAS)

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "security policies between zones",
        "they decide on traffic of customers; only what the device itself lets in is read",
    ),
    ("rib-groups, instance-import", "routes that leak between tables are not followed"),
    ("when conditions of groups", "what they guard is taken as applied"),
    (
        "ephemeral databases",
        "what is configured there stands in no document; the statement that opens one is not judged",
    ),
    ("macsec", "encryption of links is not judged"),
    ("bfd-liveness-detection", "sessions of BFD and their keys are not judged"),
    ('ssh-rsa ".." from "PATTERN"', "where a key may be used from is not kept beside the key"),
    ("dynamic-profiles", "what a subscriber gets at login is not expanded"),
    (
        "expressions of policies",
        "a policy that is used as `( A && B )` counts as used, and the expression is not evaluated",
    ),
    (
        "security zones as filters of sessions",
        "zones restrict by interface, not by source; they are facts of the control plane",
    ),
)
"""What is knowingly not read, and why."""
