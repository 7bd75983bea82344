"""Lines of IOS XR configurations that do not matter to any area, and the area that an unread line belongs to."""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_IN_INTERFACE = (
    "mtu|bandwidth|load-interval|carrier-delay|dampening|negotiation|speed|duplex|encapsulation|rewrite|lacp|bundle|logging"
    "|transceiver|fec|priority-flow-control|hold-time|rx|frequency|keepalive|mac-address|loopback|link-status|damping|arp"
    "|ipv4 (?:mtu|tcp-mss-adjust|point-to-point|forwarding-enable|ttl-propagate|bgp|helper-address|arp|virtual)"
    "|ipv6 (?:mtu|nd|tcp-mss-adjust|virtual|ttl-propagate)|mpls|ethernet|performance-measurement|l2transport|service-policy"
    "|snmp|affinity|signalled|autoroute|path-option|priority|record-route|fast-reroute|auto-bw|backup-bw|bfd|l2protocol"
    "|host-routing|nd |macsec|flowcontrol|weight|metric|delay|dot1q|ptp|synchronous|storm-control|queueing|self-ping"
    "|attribute-set|soft-preemption|tp-oam|vlan"
)
_IN_NEIGHBOR = (
    "update-source|advertisement-interval|timers|bfd|graceful-restart|capability|cluster-id|precedence|dscp|idle-watch-time"
    "|ignore-connected-check|internal-vpn-client|local |log |tcp |session-open-mode|receive-buffer-size|send-buffer-size|egress-engineering"
    "|graceful-maintenance|peer-set|send-|dmz-link-bandwidth|enforce-first-as|update |dampening|keychain$|use "
)
_IN_FAMILY = (
    "next-hop|soft-reconfiguration|send-|remove-private-AS|remove-private-as|route-reflector-client|allowas-in|as-override|weight"
    "|default-originate|additional-paths|advertise|label|maximum-paths|network|redistribute|aggregate-address|bgp |dampening"
    "|origin-as|bestpath|nexthop|retain|table-policy|import|export|unchanged|multipath|distance|segment-routing|locator|alloc|accept-own|site-of-origin"
    "|signalling|encapsulation-type|capability|aigp|long-lived|update |vrf all|allocate-label|mvpn|rt-constrain|use |orf|validation"
    "|optimal-route-reflection|permanent-network|withdraw|prefix-sid|event-prefix|dynamic-med|scale-mode|hw-ageout|rnh|ao "
)

REASONS: dict[str, tuple[str, ...]] = {
    "frame of the capture": (
        "Building configuration",
        "end$",
        "exit$",
        "end-group$",
        "hostname ",
        "commit",
        "configure",
        "root$",
    ),
    "display and hardware housekeeping": (
        "hw-module ",
        "mhost ",
        "configuration display",
        "isolation ",
        "nsr ",
        "controller ",
        "redundancy",
        "service unsupported-transceiver",
        "clock ",
        "locale ",
        "(no )?fpd ",
        "platform ",
        "power-mgmt ",
        "environment ",
        "cef ",
        "fabric ",
        "srlg",
        "frequency synchronization",
        "ptp",
        "macsec",
        "nv$",
        "nv\n",
        "license (?!smart url)",
        "cinetd ",
        "tcp ",
        "udp ",
        "vty-pool eem",
        "line [^\n]*\n(timestamp|width|length|escape-character|session-timeout|session-limit|timeout|disconnect-character|telnet"
        "|cli |pager|terminal|databits|parity|stopbits|speed|flowcontrol|exec-banner|transport preferred)",
        "watchdog ",
        "performance-measurement",
        "lacp ",
        "storm-control",
        "mac-address-table",
        "icmp ",
        "ipv4 (netmask-format|conflict-policy|virtual|assembler|unnumbered)",
        "ipv6 (conflict-policy|path-mtu-discovery|hop-limit|neighbor|icmp|virtual|assembler|nd)",
        "ipv[46] access-list (maximum|log-update)",
        "selective-vrf-download",
        "arp ",
        "interface-manager|dampening",
        "bfd$",
        "bfd\n",
        "bfd ",
        "mpls (oam|label|static|ip-ttl|ip |lsd)",
        "multicast-routing",
        "router (igmp|mld)$",
        "router (igmp|mld)\n",
        "ethernet (cfm|oam|sla|egress|ring)",
        "ipsla",
        "nvsatellite",
        "rcc",
        "object-tracking|track ",
        "ipv4 forwarding|cgv6",
        "generic-interface-list",
        "address-family ipv",
        "cli ",
        "aps ",
        "profile ",
        "qos ",
        "lpts ",
        "username [^\n]*\n(policy|login-history)",
    ),
    "addressing and speed of interfaces, quality of service": (
        f"interface [^\n]*\n(no )?({_IN_INTERFACE})",
        "policy-map (?!type pbr)",
        "class-map ",
        "end-policy-map",
        "(.*\n)+end-(policy|class)-map$",
        "bridge ",
    ),
    "VRFs and what they import": (
        "vrf [^\n]*$",
        "vrf [^\n]*\n(address-family|import|export|maximum|rd|mhost|mode|description|fallback-vrf|vpn|remote-route|evpn|route-target|\\d)",
    ),
    "what a protocol computes, not who speaks it": (
        "router static$",
        "router static(\n(vrf|address-family)[^\n]*)+$",
        "router bgp [^\n]*\n(bgp |address-family|timers|default-|ibgp|nsr|mvpn|socket|distance|segment-routing|mpls|update|bfd"
        "|attribute-filter|graceful|route-refresh|allow|rpki|as-league|optimal|additional|slow-peer|network|maximum|exit|ao)",
        "router bgp [^\n]*\nvrf [^\n]*\n(rd|bgp|address-family|timers|default-|label|mpls|bfd|import|export|table|mode|distance|rnh)",
        f"router bgp [^\n]*\n(vrf [^\n]*\n)?(neighbor|neighbor-group|session-group) [^\n]*\n({_IN_NEIGHBOR})",
        f"router bgp [^\n]*\n(vrf [^\n]*\n)?(neighbor|neighbor-group|session-group) [^\n]*\naddress-family [^\n]*\n({_IN_FAMILY})",
        f"router bgp [^\n]*\naf-group [^\n]*\n({_IN_FAMILY})",
        "router (ospf|ospfv3) [^\n]*\n(log|router-id|network|auto-cost|max-metric|redistribute|nsf|nsr|timers|address-family|cost|mpls"
        "|distance|default|bfd|fast-reroute|segment-routing|maximum|dead|hello|mtu|flood|prefix-suppression|capability|snmp|weight"
        "|max-lsa|queue|area|ignore|summary|domain|microloop|distribute|external|spf|nssa|trace|affinity|flex-algo|protocol|security"
        "|ucmp|vrf|ispf|apply|loopback|adjacency|priority|transmit|retransmit|demand|database|packet|instance|graceful|range)",
        "router isis [^\n]*\n(is-type|net |log |lsp-|hello-padding|max-lsp|authentication-check|address-family|nsf|nsr|metric|set-overload"
        "|distribute|affinity|flex-algo|min-lsp|ignore|segment-routing|instance|mpls|spf|protocol|trace|iid|nsr|lsp |hello-|csnp|retransmit"
        "|vrf|restart|purge|srlg|adjacency|record|interface [^\n]*\n(circuit-type|point-to-point|hello-|address-family|metric|bfd|tag|mesh"
        "|csnp|lsp|priority|retransmit|affinity|link-down|remote|prefix|fast|override|delay|microloop|weight|ldp|mpls|auto-metric))",
        "router isis [^\n]*\n(address-family|flex-algo|interface [^\n]*\naddress-family)",
        "router rib",
        "router (rip|eigrp [^\n]*)\n([^\n]*\n)?([^\n]*\n)?(address-family|default-|redistribute|router-id|network|timers|metric|log|nsf|auto-summary"
        "|distance|maximum|variance|bandwidth|hello|hold|split|summary|next-hop|site|receive|broadcast|poison|autonomous-system|stub)",
        "router pim\n([^\n]*\n)?([^\n]*\n)?(address-family|rp-address|auto-rp|bsr|accept|allow-rp|convergence|dr-priority|hello|join|log|mofrr|multipath|neighbor"
        "|nsf|old|override|propagation|rp-static|spt|ssm|state|suppress|rpf|sg-expiry)",
        "router msdp\n(vrf [^\n]*\n)?(default-peer|originator-id|sa-filter|cache|maximum|ttl|connect-source|nsr|timer)",
        "router (hsrp|vrrp)\n(message|interface [^\n]*\n([^\n]*\n)?([^\n]*\n)?(address|preempt|priority|timer|track|name|version|delay|bfd|use-bia|mac|accept|redirects"
        "|address-family|slave|follow))",
        "router bgp [^\n]*\nvrf [^\n]*\naddress-family",
        "mpls ldp\n(vrf [^\n]*\n)?(address-family [^\n]*\n)?(igp|router-id|log|graceful|nsr|label|discovery|session|mldp|signalling|capabilities|address-family|explicit|default"
        "|redistribute|entropy|neighbor [^\n]*(targeted|label|dual)|hold|backoff|ltrace|ipv4|interface [^\n]*\n(address-family|igp|discovery|mldp|session))",
        "mpls traffic-eng",
        "rsvp\n((interface|neighbor) [^\n]*\n)?(bandwidth|signalling|logging|ltrace|latency|window-size|life-time)",
        "segment-routing",
        "l2vpn(\n(xconnect group|bridge group|logging|router-id|redundancy|ignore|load|pw-|capability|neighbor|nsr|autodiscovery|snmp|pbb)[^\n]*)?$",
        "l2vpn\nlogging\n",
        "l2vpn\n(xconnect|bridge) group [^\n]*(\n[^\n]*)?$",
        "evpn",
        "route-policy ",
        "key chain [^\n]*\nkey [^\n]*$",
        "pce",
        "cdp ",
        "lldp",
    ),
    "texts and locations": ("snmp-server (contact|location)", "domain (name|list) "),
    "how sessions by SSH behave, not who may have them": (
        "ssh (server (logging|rate-limit|session-limit|max-auth-limit|dscp|rekey|tcp-window-scale|disable hmac|usergroup|set)|timeout"
        "|client|version|key-exchange|backup)",
        "telnet ([^\n]*client|[^\n]*dscp|timeout|ipv[46] client)",
        "tftp [^\n]*(client|dscp)",
        "netconf-yang agent\n",
        "aaa (admin-accounting|display-login-failed-users|enable-mask|accounting (update|service)|attribute|service|unauthenticated)",
        "tacacs (source-interface|server)",
        "(tacacs|radius) source-interface",
        "password6? encryption",
        "nacm",
        "crypto (ca|key|fips|pki)",
        "control-plane$|control-plane\n(management-plane)?(\n(inband|out-of-band))?$",
        "process ",
        "logging$",
    ),
    "removals of what does not stand there": (
        "no (ipv[46] access-list|username|usergroup|taskgroup|router|vrf|interface|route-policy|prefix-set|class-map|policy-map|group) ",
        "router static(\n(vrf|address-family)[^\n]*)*\nno ",
    ),
    "keys that the system makes for itself": ("confdConfig encryptedStrings",),
    "templates, which act only when somebody types apply-template": ("template ",),
    "filters of MAC addresses, which decide on no management": ("ethernet-services access-list",),
    "subscribers": (
        "dynamic-template",
        "subscriber",
        "pppoe",
        "policy-map type control",
        "vpdn",
        "ancp",
        "pool ",
        "radius ",
    ),
}
"""Reason -> patterns of the paths of statements. Reviewed: nothing that an area asks for matches one of them."""

TABLE = line_table(
    REASONS,
    (
        (r"(?:no )?(?:username|usergroup|taskgroup|aaa (?:password-policy|default-taskgroup|map-to))", Area.ACCOUNTS),
        (r"(?:no )?(?:aaa intercept|lawful-intercept)", Area.INTERCEPT),
        (r"(?:no )?(?:aaa|tacacs|radius)", Area.AAA),
        (r"(?:no )?(?:line|vty-pool)", Area.ACCESS),
        (r"(?:no )?(?:ssh|telnet|netconf|grpc|xml|xr-xml|http server|tftp|service ipv|dhcp|linux|tpa)", Area.SERVICES),
        (r"(?:no )?snmp-server", Area.SNMP),
        (
            r"(?:\d+ )?(?:permit|deny) |(?:no )?(?:ipv[46] (?:access|prefix)-list|object-group|prefix-set|ethernet-services)",
            Area.ACLS,
        ),
        (r"(?:no )?monitor-session|interface [^\n]*\nmonitor-session", Area.MIRRORS),
        (r"(?:no )?(?:flow|sampler|sflow)|interface [^\n]*\n(?:flow|sflow)", Area.EXPORTERS),
        (r"interface tunnel-[^\n]*\n|interface nve", Area.TUNNELS),
        (r"(?:no )?(?:crypto|ikev2|ipsec|keyring)", Area.CRYPTO),
        (r"(?:no )?l2vpn", Area.PSEUDOWIRES),
        (r"(?:no )?router static", Area.ROUTES),
        (
            r"(?:no )?(?:policy-map type pbr|flowspec|vrf-policy|apply-template)|interface [^\n]*\nservice-policy type pbr",
            Area.REDIRECTION,
        ),
        (r"(?:no )?service cgn", Area.NAT),
        (r"(?:no )?(?:logging|service timestamps)", Area.LOGGING),
        (r"(?:no )?ntp", Area.TIME),
        (r"(?:no )?(?:event manager|script|alias)", Area.SCRIPTS),
        (r"(?:no )?appmgr", Area.CONTAINERS),
        (r"(?:no )?(?:configuration|performance-mgmt|ftp|rcp|http client)", Area.TRANSFERS),
        (r"(?:no )?(?:telemetry|call-home|bmp|license)", Area.DIALOUT),
        (r"(?:no )?domain", Area.NAMES),
        (r"(?:no )?interface|(?:no )?ipv[46] source-route", Area.INTERFACES),
        (r"(?:no )?(?:router|key chain|mpls|rsvp)", Area.ROUTING),
        (r"(?:no )?(?:control-plane|lpts)", Area.CONTROL_PLANE),
        (r"(?:no )?banner", Area.SYSTEM),
        (r"(?:no )?(?:cdp|lldp)", Area.DISCOVERY),
        (r"(?:no )?config-register", Area.BOOT),
    ),
)

NOT_READ: tuple[tuple[str, str], ...] = (
    ("template ... end-template", "a template holds statements that act only after 'apply-template' was typed"),
    ("taps of lawful intercept", "they are never in the configuration"),
    ("route-policy bodies beside next hops", "attributes that do not move traffic elsewhere are not facts"),
    ("subscriber management", "dynamic templates and control policies decide on customers, not on the device"),
    ("Linux under the system", "users, sshd_operns, cron and containers started there are in no configuration"),
)
"""What is knowingly not read, and why."""
