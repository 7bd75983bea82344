"""Statements of SR OS configurations that do not matter to any area, and the area that an unread one belongs to.

A statement is looked at as if it stood outside of groups, its words joined by blanks, in the spelling of MD-CLI; a
blank inside a name is shown as an underscore.
"""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_ROUTED = r"(?:router|service (?:vprn|ies)) \S+ "
_L2 = r"service (?:epipe|vpls|ipipe|cpipe|apipe|fpipe) \S+ "
_SERVICE = r"service (?:epipe|vpls|ipipe|cpipe|apipe|fpipe|vprn|ies) \S+ "
_IP = (
    _ROUTED
    + r"(?:interface|network-interface|subscriber-interface|group-interface|redundant-interface) \S+ (?:group-interface \S+ )?"
)
_SAP = r"(?:sap|spoke-sdp|mesh-sdp) \S+ "

_IRRELEVANT: dict[str, tuple[str, ...]] = {
    "frame of the configuration and of its engines": (
        r"(?:log|system|service|filter|mirror|policy-options|cflowd|router \S+|system security(?: hash-control| telnet| ssh)?)$",
        "system dns address-pref", "filter log ", "apply-groups", r".* apply-groups(?:-exclude)?(?: |$)", "groups group \\S+$",
        "system management-interface (?:configuration-mode|configuration-save|commit-history|commit-confirmed|operations|yang-modules)(?: |$)",
        "system management-interface cli (?:cli-engine|classic-cli (?:allow-immediate|rollback (?:local|remote)-checkpoints)|md-cli (?:auto-config-save|command-accounting-during-load|environment (?!command-alias)))",
        "system management-interface netconf (?:auto-config-save|capabilities|delay-on-boot|listen delay-on-boot)(?: |$)",
        "system environment (?!alias)", "system ip (?!forward-)", "system (?:persistence|synchronize|switchover-exec|config-backup|rollback)(?: |$)",
        "system (?:contact|location|coordinates|clli-code|alarms|l4-load-balancing|lsr-load-balancing|load-balancing|chassis-mode|selective-fib)(?: |$)",
        ".* description \\S*$",
    ),
    "hardware": (
        "(?:card|chassis|sfm|power-shelf|fwd-path-ext|port-xc|port-policy|satellite|connection-profile|multilink-bundle|aps|redundancy|pw-port|esa) ",
        "(?:card|chassis|sfm|redundancy)$", "system (?:power-management|switch-fabric|fan-control|fp|resource|resource-profile|ptp|sync-if-timing|central-frequency-clock|usb|bluetooth (?!passkey))(?: |$)",
        "system (?:thresholds|congestion-management|cpm-http-redirect|efm-oam|eth-cfm|lacp|ned|oper-group|bluetooth)(?: |$)",
    ),
    "physical ports, bundles and how their frames are carried": (
        "port \\S+ (?:connector|otu|sonet-sdh|tdm|dwdm|transceiver|hybrid-buffer-allocation|access|network|modify-buffer-allocation-rate|dist-cpu-protection|dwl|ddm-events|monitor-agg-egress-queue-stats)(?: |$)",
        "port \\S+ ethernet (?!lldp|dot1x|sflow)", "port \\S+ ethernet$",
        "lag \\S+ (?!admin-state|port|description)", "lag \\S+ port \\S+ ",
    ),
    "classes of service, which say how and not whether packets go": (
        "qos(?: |$)", f"{_IP}(?:{_SAP})?(?:qos|ingress qos|egress qos|tos-marking-state)(?: |$)", f"{_IP}(?:{_SAP})?(?:ingress|egress)$",
        f"{_L2}{_SAP}(?:ingress|egress) (?!filter)", f"{_IP}{_SAP}(?:ingress|egress) (?!filter|flowspec)", f"{_IP}(?:ingress|egress) (?!filter|flowspec)",
        "mcast-management ", "multicast-management ",
    ),
    "how a service is named, numbered and kept alive": (
        _SERVICE + "(?:service-id|customer|description|service-mtu|name|vpn-id|admin-state|collect-stats|accounting-policy|ecmp|maximum-routes|maximum-ipv6-routes"
        "|fdb|mac-move|stp|split-horizon-group|load-balancing|igmp-snooping|mld-snooping|pim-snooping|routed-vpls|etree|endpoint|eth-cfm|vlan-vc-etype"
        "|send-flush-on-failure|propagate-mac-flush|proxy-arp|proxy-nd|discard-unknown|isid-policy|pbb|mcast-ipv4-routing|segment-routing-v6|bgp-vpn-backup|label-mode|hash-label|weighted-ecmp"
        "|ipv4-multicast|multicast-domain|static-mac|site|vc-switching|test|l2pt-termination|interface \\S+ vpls)(?: |$)",
        _SERVICE + "(?:route-distinguisher|vrf-target|vrf-import|vrf-export|auto-bind-tunnel|bgp \\d+|bgp-ipvpn|grt-lookup|grt-leaking|autonomous-system|router-id|sgt-qos|confederation|ttl-propagate|spoke-sdp|mvpn)(?: |$)",
        _SERVICE + "(?:sap|spoke-sdp|mesh-sdp) \\S+ (?!ingress filter|egress filter|cflowd|ip-tunnel|ipsec|static-host|dhcp|sub-sla)",
        "service (?:customer|md-auto-id|pw-template|system|mac-list|mac-name|sdp-group|template|proxy-arp-nd|oper-group)(?: |$)",
    ),
    "how routes are computed, carried and kept alive": (
        _ROUTED + "(?:autonomous-system|router-id|ecmp|mpls-labels|sr-mpls|sr-policies|segment-routing|aggregates|aggregate|bfd|bier|confederation|entropy-label|ip-fast-reroute|leak-export|loop|mc-maximum-routes|mtrace2|pcep"
        "|route-next-hop-policy|static-route-hold-down|triggered-policy|ttl-propagate|class-forwarding|fib-priority|flex-algos|flexible-algorithm-definitions|if-attribute|label-block|mpls-forwarding-policies|weighted-ecmp|tunnel-interface|twamp-light|allow-icmp-redirect|admin-tags|sfm-overload|icmp-tunneling|igp-shortcut|network-domains|origin-validation|rib-leak|mss-adjust|icmp)(?: |$)",
        _ROUTED + "mpls (?!lsp )", _ROUTED + "mpls$", _ROUTED + "rsvp (?!interface \\S+ auth)", _ROUTED + "(?:igmp|mld|p2mp-sr-tree|gtm|bgp admin-state|lsp-bfd|router-advertisement|ipv6|wlan-gw|rib-api)(?: |$)",
        _ROUTED + "isis \\S+ (?!authentication|auth-keychain|interface \\S+ (?:hello-auth|authentication|level \\S+ hello-auth)|level \\S+ (?:authentication|hello-auth))",
        _ROUTED + "ospf3? \\S+ (?!area \\S+ (?:interface|virtual-link) \\S+ (?:auth|message-digest))",
        _ROUTED + "(?:pim|rip|ripng) (?!.*auth)", _ROUTED + "(?:pim|ldp|rsvp)$",
        _ROUTED + "ldp (?!.*(?:auth|ttl-security|import|export))", _ROUTED + "ldp (?:import|export)",
        _ROUTED + "bgp (?:group \\S+|neighbor \\S+)$", _ROUTED + "admin-state ",
    ),
    "contents of routing policy other than next hops and prefixes": (
        "policy-options (?:community|as-path|as-path-group|damping|policy-variables|global-variables|route-distinguisher-list|begin|commit|abort|exclusive|triggered-policy)(?: |$)",
        "policy-options policy-statement \\S+(?: (?:entry|named-entry) \\S+)? (?:entry-type|description|from|to|conditional-expression|default-action|action)(?! next-hop )(?! .*\\bnext-hop )(?: |$)",
        "policy-options policy-statement \\S+(?: (?:entry|named-entry) \\S+)?$", "routing-options ",
    ),
    "how an interface behaves towards its neighbours": (
        _IP + "(?:ldp-sync-timer|mac|ip-mtu|ingress-stats|egress-stats|enable-ingress-stats|enable-mac-accounting|enable-egress-stats|lag|load-balancing|port|ptp-hw-assist|strip-label|if-attribute|hold-time|accounting-policy|collect-stats|eth-cfm|ntp-broadcast|cpm|untrusted|vas-if-type|srrp|monitor-oper-group|static-tunnel-redundant-next-hop|vpls|arp-host|redundant-interface|sub-sla|wlan-gw|authentication-policy|ipoe-session|ipoe-linking|pppoe|arp-populate|tos-marking-state|qos-route-lookup|unnumbered|delayed-enable|network-domains)(?: |$)",
        _IP + "ipv4 (?:tcp-mss|ip-helper-address|dhcp|qos-route-lookup|unnumbered|shcv-policy|default-host)(?: |$)",
        _IP + "ipv6 (?!urpf|vrrp|address)", _IP + "ipv6$", _IP + "ipv4$", _IP + "(?:dhcp|sap \\S+|spoke-sdp \\S+)$",
    ),
    "operation and measurement": (
        "(?:eth-cfm|oam-pm|saa|test-oam|bfd|eth-ring|service-activation-testhead|application-assurance|isa|vrrp|group-encryption|dms)(?: |$)",
        "system (?:saa|oam-test)(?: |$)", "log (?:accounting-policy|throttle-rate|file-storage-control|route-preference|event-damping|services-all-events|app-route-notifications|encryption-key)(?: |$)",
    ),
    "clocks that nobody sets over the network": ("system time (?:zone|dst-zone|daylight-saving-time-zone|prefer-local-time|gnss)(?: |$)",),
    "how many sessions there may be": (
        "system login-control (?:ssh|telnet|ftp) (?:inbound-max-sessions|outbound-max-sessions|graceful-shutdown|disable-graceful-shutdown|enable-graceful-shutdown|max-channels-per-connection)(?: |$)",
        "system login-control (?:exponential-backoff|(?:ssh|telnet) ttl-security)", "system security aaa cli-session-group", "system security (?:vprn-network-exceptions|tech-support)(?: |$)",
        "system security ssh (?:key-re-exchange|preserve-key|client-)", "system grpc (?:max-msg-size|delay-on-boot|tcp-keepalive)", "system grpc-tunnel delay-on-boot",
    ),
    "subscribers' sessions": (_ROUTED + "radius (?:proxy|server-policy)", "subscriber-mgmt (?!gtp|pfcp)", "aaa (?:isa-radius-policy|radius-script-policy|l2tp-accounting-policy|radius-coa-port|acct-on-off-group|route-downloader|wpp|radius )"),
    "encryption and authentication of single links": ("macsec(?: |$)", "anysec(?: |$)", "port \\S+ ethernet dot1x"),
    "certificates, which are files, and the device as a client": (
        "system security (?:pki|tls (?:cert-profile|client-\\S+|trust-anchor-profile|server-(?:group|signature)-list)|source-address)(?: |$)",
    ),
    "boot options that load nothing": (
        "bof (?:autonegotiate|duplex|speed|address|static-route|wait|persist|console-speed|console|uplinka-\\S+|no|system|port|router|dns|eth-mgmt-\\S+|fips-140\\S*|system-base-mac|system-profile|auto-configure|encrypt|ess-system-type|password)(?: |$)",
        "bof configuration (?:encrypt|encryption-key|password)",
    ),
}  # fmt: skip

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "flat lines in the classic spelling (`/configure ... no shutdown`)",
        "the words of a flat line are taken as those of MD-CLI",
    ),
    (
        "debug configuration and classic `debug mirror-source`",
        "debug state is not part of the configuration; `mirrors.state_only` says so",
    ),
    ("the `li` region", "dropped before reading (lawful intercept, classes 1 and 2)"),
    ("SDPs over MPLS as tunnels", "they are shown as the peers of the circuits that use them"),
    ("leaf-list values of groups together with local ones", "the local list is taken as the whole list"),
    ("sessions of subscribers, application assurance", "policies of single sessions are no statement about the device"),
    ("MAC filters", "the facts know filters by address families of IP"),
)
"""What is knowingly not read, and why."""

TABLE = line_table(
    _IRRELEVANT,
    [
        (r"(?:li|debug li) ", Area.INTERCEPT),
        (r"debug mirror-source", Area.MIRRORS),
        (r"system security (?:user-params|aaa (?:local-profiles|user-template)|system-passwords|hash-control|cli-session-group)", Area.ACCOUNTS),
        (r"system security (?:aaa|dot1x|source-address)|aaa |" + _ROUTED + r"(?:aaa|radius)", Area.AAA),
        (r"system security (?:ssh|telnet|telnet6-server|console|management|management-access-filter)|system login-control|" + _ROUTED + "management", Area.ACCESS),
        (r"system security (?:cpm|cpu|dist-cpu)", Area.CONTROL_PLANE),
        (r"system security snmp|system management-interface snmp|system snmp|" + _ROUTED + "snmp|log snmp-trap-group", Area.SNMP),
        (r"system (?:telemetry|grpc-tunnel)|system management-interface (?:remote-management|netconf call-home)|bmp", Area.DIALOUT),
        (r"system security |system (?:grpc|netconf)|system management-interface netconf|" + _ROUTED + r"(?:dhcp-server|dhcp|dhcp6|dns)", Area.SERVICES),
        (r"system (?:script-control|cron|boot-\S+|environment alias)|system management-interface (?:cli|commit-management)|python|log event-(?:handling|trigger)", Area.SCRIPTS),
        (r"system time", Area.TIME),
        (r"system software-repository|bof (?:image|configuration|license|\S+-(?:image|config|location)|auto-boot)", Area.BOOT),
        (r"system lldp|port \S+ ethernet (?:lldp)", Area.DISCOVERY),
        (r"log |" + _ROUTED + "log", Area.LOGGING),
        (r"filter redirect-policy|filter \S+ \S+ entry \S+ action", Area.REDIRECTION),
        (r"filter ", Area.ACLS),
        (r".* (?:ingress|egress) filter", Area.ACLS),
        (r".* (?:ingress )?flowspec", Area.REDIRECTION),
        (r"mirror |call-trace", Area.MIRRORS),
        (r"cflowd|sflow|port \S+ ethernet sflow|.* cflowd", Area.EXPORTERS),
        (r"ipsec|.* ipsec", Area.CRYPTO),
        (r"service sdp|.* ip-tunnel|.* vxlan|" + _ROUTED + r"(?:l2tp|mpls lsp)|system ip ", Area.TUNNELS),
        (_L2, Area.PSEUDOWIRES),
        (_ROUTED + "static-routes", Area.ROUTES),
        (_ROUTED + "nat|service nat", Area.NAT),
        (r"policy-options policy-statement", Area.REDIRECTION),
        (r"policy-options", Area.ACLS),
        (_ROUTED + r"(?:bgp|ospf3?|isis|ldp|rsvp|pim|rip|msdp|origin-validation)", Area.ROUTING),
        (r"subscriber-mgmt (?:gtp|pfcp)|" + _ROUTED + "(?:gtp|pfcp|diameter)", Area.TELECOM),
        (_IP + "|lag |port ", Area.INTERFACES),
        (r"system ", Area.SYSTEM),
    ],
)  # fmt: skip
