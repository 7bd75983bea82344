"""Lines of NX-OS configurations that do not matter to any area, and the area that an unread line belongs to."""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_PORT = r"(?:interface|port-profile) [^\n]*\n(?:no )?"
_BGP = r"router bgp [^\n]*\n(?:vrf [^\n]*\n)?(?:no )?"
_FAMILY = r"router bgp [^\n]*\n(?:[^\n]*\n)?address-family [^\n]*"
_IGP = r"router (?:ospf|ospfv3|isis|eigrp|rip) [^\n]*\n(?:vrf [^\n]*\n)?(?:address-family [^\n]*\n)?(?:no )?"

REASONS: dict[str, tuple[str, ...]] = {
    "how a client on the device speaks": (
        "ip (?:http|ftp|tftp|scp|ssh|telnet) source-interface ",
        "no ip (?:http|ftp|tftp|scp|ssh|telnet) source-interface",
    ),
    "hardening of a shell, which changes nobody's way to it": ("(?:no )?system security ",),
    "keys of certificates": ("crypto key param ", "crypto ca "),
    "frame of the capture": (
        "exit$",
        "end$",
        r"\.\.\.$",
        r"\(\.\.\.\)$",
        "configure terminal$",
        "conf t$",
        "switchto vdc ",
    ),
    "hardware, licences, redundancy and resources of virtual devices": (
        r"vdc \S+ id \d+",
        "license (?!smart url)",
        "power ",
        "hardware ",
        "module ",
        "install feature-set ",
        "slot ",
        "poweroff ",
        "system (?:jumbomtu|qos|default switchport(?! shutdown)|routing template|nve|vlan|memory|mode|cores|health|fast-reload)",
        r"system qos\n",
        "no system (?:default switchport$|cores)",
        "fips mode",
        "diagnostic ",
        "redundancy",
        "service unsupported-transceiver",
        "fex \\d+",
        "interface breakout ",
        "terminal ",
        "cfs ",
        "no cfs ",
    ),
    "layer 2 that carries no management": (
        r"vlan (?:[\d,-]+|dot1[qQ])",
        r"vlan configuration [^\n]*(?:\n(?!.*flow monitor)[^\n]*)?$",
        "(?:no )?spanning-tree ",
        "(?:no )?errdisable ",
        "(?:no )?udld ",
        "(?:no )?lacp ",
        "port-channel load-balance",
        "(?:no )?mac address-table ",
        r"vpc domain \d+(?:\n(?:no )?(?:peer-switch|role|system-priority|system-mac|peer-keepalive|delay|peer-gateway|auto-recovery"
        r"|ip arp|ipv6 nd|layer3|graceful|fast-convergence|virtual peer-link|track|dual-active|mode))?",
        "vtp (?:mode|domain|version)",
        "fabric ",
        "nv overlay evpn",
        "mdns|l2protocol|bridge-domain|encapsulation profile",
        rf"{_PORT}(?:switchport (?:voice|block|autostate|private|vlan|port-security|dot1q|priority|isolated|monitor)|spanning-tree"
        "|storm-control|channel-group|duplex|speed|negotiate|mtu|medium|bandwidth|delay|load-interval|lacp|vpc|mac-address|carrier-delay"
        "|logging event|snmp trap|beacon|flowcontrol|link|encapsulation|udld|fec|priority-flow-control|hardware|rate-limit"
        "|buffer-boost|fabric|autostate|management$|state enabled|max-ports|vmware|ip (?:mtu|tcp|arp|dhcp relay|forward|unnumbered|load-sharing"
        "|port-unreachable|ospf (?:cost|network|hello|dead|priority|mtu|bfd|retransmit|transmit)|eigrp|hello-interval|hold-time|igmp"
        "|delay|bandwidth|pim (?:dr-priority|hello-interval|border|bfd|anycast)|local-proxy-arp)|ipv6 (?:nd|mtu|dhcp relay|forward|enable)"
        "|ip (?:sticky-arp|dhcp|distribute-list|route-cache)|ipv6 (?:mld|pim|redirects)|vtp|mdix|packet|private-vlan|port-channel port"
        "|no-shutdown|isis (?:metric|network|circuit|hello|priority|csnp|mesh|bfd)|bfd|medium p2p|service-policy|inherit|fex|aggregate"
        "|ip redirects)",
        rf"{_PORT}(?:hsrp|vrrp|vrrpv3|glbp) [^\n]*\n(?:no )?(?:preempt|priority|ip |ipv6|address|timers|track|mac-address|name|load-balancing"
        "|forwarder|weighting|vrrs|use-v2|advertisement|description|object-track|bfd|hsrp)",
        rf"{_PORT}(?:hsrp|vrrp) (?:version|bfd|delay|use-bia|mac-refresh)",
    ),
    "how a line behaves once somebody is in": (
        r"line [^\n]*\n(?:no )?(?:session-limit|logout-warning|speed|databits|stopbits|parity|terminal|flowcontrol|modem|width|length)",
    ),
    "names and texts": (
        "(?:no )?ip domain-(?:name|list)",
        "snmp-server (?:location|contact|source-interface|packetsize|aaa-user|tcp-session|context|mib|counter|load-mib|disable)",
        "no snmp-server (?!protocol|globalEnforcePriv)",
        "rmon (?:event|alarm|hcalarm) ",
    ),
    "quality of service, which changes no destination": (
        r"class-map [^\n]*(?:\n(?!match access-group)[^\n]*)?$",
        r"policy-map [^\n]*(?:\n[^\n]*)*",
        "qos ",
        r"table-map [^\n]*(?:\n[^\n]*)*",
    ),
    "clock of the device": ("clock (?:timezone|summer-time|format|protocol)", "ptp ", "no clock "),
    "routing that trusts nobody": (
        r"vrf context [^\n]*(?:\n(?:rd|vni|route-target|address-family|description|ip domain|ip pim|ip igmp|export|import|ip multicast|mdt"
        r"|ipv6 pim|ip auto-discard|shutdown|no shutdown)[^\n]*(?:\n(?:route-target|import|export|maximum)[^\n]*)?)?$",
        rf"{_BGP}(?:router-id|log-neighbor|bestpath|cluster-id|confederation|graceful|timers|enforce-first|reconnect|fast-external"
        "|maxas-limit|neighbor-down|event-history|template|suppress-fib|isolate|shutdown|nexthop|dynamic-med|rd|allocate|default-metric"
        "|local-as|bfd|always|dampen-igp-metric|mdt)",
        rf"{_FAMILY}$",
        rf"{_FAMILY}\n(?:no )?(?:network|redistribute|aggregate|maximum-paths|dampening|default-(?:information|metric)|nexthop|additional"
        "|advertise|suppress|distance|client-to-client|table-map|dampen-igp-metric|retain|export|import|label|allocate|inject|timers|wait|vni|bestpath)",
        rf"{_IGP}(?:router-id|log-adjacency|auto-cost|timers|redistribute|default-information|area [^\n]* (?:stub|nssa|range|default-cost"
        "|filter-list)|max-metric|maximum-paths|distance|summary-address|bfd|net |is-type|set-overload|metric|autonomous-system"
        "|address-family|passive-interface|graceful|nsf|reference-bandwidth|distribute|lsp|hostname|shutdown|name-lookup|network|vrf"
        "|stub|variance|eigrp|flush|mpls|multi-topology|max-lsp|spf|dynamic|fast-reroute|segment|max-lsa|default-metric|isolate)",
        "ip (?:load-sharing|arp|igmp|pim (?!.*password)|multicast|adjacency|routing|ecmp|tcp|prefix|auto-discard|ping|icmp-errors|dhcp"
        "|verify|sla|community-list|extcommunity-list|as-path|directed-broadcast|forward)",
        "ipv6 (?:pim|nd|mld|dhcp|icmp|load-sharing|adjacency)",
        "no ip (?:igmp|icmp-errors|load-sharing|tcp|arp|multicast)",
        r"route-map [^\n]*\ndescription",
        "track \\d+",
        "mpls (?!ldp)",
        r"mpls ldp[^\n]*\n(?!.*password)",
        r"segment-routing(?:\n[^\n]*)*",
        r"bfd [^\n]*",
        r"(?:no )?service dhcp",
        "key-?chain mka",
        r"icam |system pause|callhome$|no callhome",
        "snmp ifmib|slb|hsrp ",
    ),
}

_AREAS: tuple[tuple[str, Area], ...] = (
    (r"(?:no )?(?:username |enable |role |userpassphrase |password )", Area.ACCOUNTS),
    (r"(?:no )?(?:aaa |tacacs-server|radius-server|ldap-server|ip (?:tacacs|radius))", Area.AAA),
    (r"(?:no )?line ", Area.ACCESS),
    (r"(?:no )?(?:nxapi|grpc|ssh |xml server|telnet|feature |feature-set |ip http|restconf|netconf)", Area.SERVICES),
    (r"(?:no )?snmp-server", Area.SNMP),
    (
        r"(?:\d+ )?(?:permit|deny) |(?:no )?(?:(?:ip|ipv6|mac) access-list|object-group|(?:ip|ipv6) prefix-list|time-range)",
        Area.ACLS,
    ),
    (r"(?:no )?monitor |interface [^\n]*\n(?:mode tap|switchport monitor)", Area.MIRRORS),
    (r"(?:no )?(?:flow |sflow |sampler )|interface [^\n]*\n(?:ip|ipv6|layer2-switched) flow", Area.EXPORTERS),
    (r"interface (?:[Tt]unnel|nve)", Area.TUNNELS),
    (r"(?:no )?crypto ", Area.CRYPTO),
    (r"(?:no )?(?:l2vpn|evpn)|interface pseudowire", Area.PSEUDOWIRES),
    (r"(?:no )?(?:ip|ipv6) route |vrf context [^\n]*\n(?:ip|ipv6) route", Area.ROUTES),
    (
        r"(?:no )?(?:ip local policy|vlan (?:access-map|filter)|itd |catena |epbr |ip wccp|route-map )|interface [^\n]*\n(?:ip policy|epbr )",
        Area.REDIRECTION,
    ),
    (r"(?:no )?ip nat|interface [^\n]*\nip nat", Area.NAT),
    (r"(?:no )?(?:logging |login )", Area.LOGGING),
    (r"(?:no )?ntp ", Area.TIME),
    (r"(?:no )?(?:event manager|scheduler |cli alias|nxsdk|python)", Area.SCRIPTS),
    (r"(?:no )?(?:virtual-service|app-hosting|guestshell|docker)", Area.CONTAINERS),
    (r"(?:no )?boot ", Area.BOOT),
    (r"(?:no )?(?:telemetry|callhome|license smart|intersight)", Area.DIALOUT),
    (r"(?:no )?ip (?:name-server|host|domain)|vrf context [^\n]*\nip name-server", Area.NAMES),
    (r"(?:no )?(?:cdp|lldp) |interface [^\n]*\n(?:no )?(?:cdp|lldp)", Area.DISCOVERY),
    (r"(?:no )?(?:interface |port-profile |ip source-route|system urpf)", Area.INTERFACES),
    (r"(?:no )?(?:router |key chain|ip msdp|ip pim|mpls ldp)", Area.ROUTING),
    (r"(?:no )?(?:copp |control-plane)|class-map type control-plane|policy-map type control-plane", Area.CONTROL_PLANE),
)

TABLE = line_table(REASONS, _AREAS)

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "guestshell enable|destroy",
        "commands that leave no line; `show virtual-service list` is read where it is collected",
    ),
    ("bash, docker, RPM and cron content", "lives in the Linux under NX-OS and stands in no configuration"),
    ("ethanalyzer", "captures are started by hand and stand in no configuration"),
    ("catena", "steering by service chains: its statements are not documented in the references; they stay unread"),
    ("epbr", "enhanced policy redirection: its statements are not documented in the references; they stay unread"),
    (
        "device connector to a cloud",
        "only `feature intersight` is read; releases that run it without a line are not told by the references",
    ),
    ("end of the configuration", "NX-OS prints none: a capture that was cut after `line vty` may pass for a whole one"),
    ("crypto ca trustpoint", "trust points of certificates are not followed to the services that use them"),
    ("fcdomain, zone, vsan, fcip", "storage networking is not read"),
)
