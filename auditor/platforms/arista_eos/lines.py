"""Lines of EOS configurations that do not matter to any area, and the area that an unread line belongs to."""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_INTERFACE = (
    "switchport( (?!tap|tool)|$)|spanning-tree|channel-group|port-channel |lacp |mlag |mtu |l2 |speed |duplex "
    "|load-interval"
    "|bandwidth |encapsulation|storm-control|dot1x |logging event|snmp trap|priority-flow-control|qos |service-profile"
    "|service-policy (type qos )?(input|output)|flowcontrol|link-debounce|phone |poe |power |error-correction"
    "|transceiver|ptp |bfd"
    "|arp |ipv6 nd|ip igmp|ip mfib|ip multicast|ip helper-address|ipv6 dhcp|dhcp |ip dhcp|multicast |autostate|evpn "
    "|vlan id"
    "|tcp mss|ip local-proxy-arp|ip attached-host|ipv6 attached-host|ip tcp|metadata|comment$|traffic-loopback"
    "|unidirectional"
    "|hardware|rate-limit|shape |bgp session|mac security|vmtracer |node-segment|comment |ip icmp|ipv6 icmp|tx-queue"
    "|uc-tx-queue|mac timestamp|mac-address|l2-protocol|sync-e|queue"
    "|phy|link tracking|ip address$|private-vlan|pvlan |mpls|traffic-engineering|rsvp|address locking|lldp |mc-tx-queue|speed$|dcbx|msrp|mvrp|mlag$|igmp|mfib|mld|rip |ip attached-routes"
    "|ipv6 attached-routes|ip virtual address|ip rip|ip pim|default "
)
_PROTOCOL = (
    "router-id|net |is-type|log-adjacency|mpls ldp sync|timers|advertise|address-family|segment-routing|redistribute"
    "|max-lsa|maximum-paths"
    "|hello|area |auto-cost|distance|default-information|graceful-restart|spf|set-overload|bfd|max-metric"
    "|point-to-point|shutdown|tunnel"
    "|metric|summary|fast-reroute|passive|network |is-hostname|lsp |default-metric|adjacency|compatible"
    "|prefix-segment|originator-id|group-limit|rejected-limit|connection |forward |vrf |distribute-list"
    "|traffic-engineering|exit$"
)
_BGP = (
    "router-id|rd |route-target|redistribute|network |aggregate-address|distance|maximum-paths|timers"
    "|graceful-restart|update "
    "|bgp (?!listen|missing)|neighbor default|host-flap|path-selection|next-hop|domain|evpn |route |layer-2"
    "|route-distinguisher|default-route |label |tunnel |aigp-session|session tracker|recovery |exit$"
)

TABLE = line_table(
    {
        "what an interface carries and how fast": (f"interface [^\\n]*\\n(no )?({_INTERFACE})",),
        "how routes are chosen and labelled": (
            f"router bgp [^\\n]*\\n(vrf [^\\n]*\\n|address-family [^\\n]*\\n"
            f"|vrf [^\\n]*\\naddress-family [^\\n]*\\n)?(no )?({_BGP})",
            f"router (isis|ospf|ospfv3|rip|msdp)[^\\n]*\\n(no )?({_PROTOCOL})",
            f"ipv6 router ospf [^\\n]*\\n(no )?({_PROTOCOL})",
            "ip (as-path|community-list|extcommunity-list|large-community-list)|peer-filter|mpls rsvp|mpls static"
            "|dynamic prefix-list",
            "router bgp [^\\n]*\\nrpki origin-validation",
        ),
        "hardware, its ports and their housekeeping": (
            "(no )?transceiver |platform |(no )?hardware |(no )?system (l1|tcam)|poe|(no )?service interface"
            "|service unsupported-transceiver"
            "|(no )?service (routing|running-config|sequence)|(no )?errdisable |load-interval|(no )?link tracking"
            "|power |(no )?environment |ptp"
            "|(no )?monitor (device-health|server|layer1|loop)|agent \\S+ shutdown|terminal |prompt |clock "
            "|queue-monitor length(?! mirror)|track |redundancy|event-monitor|group (bgp|interface)"
            "|(no )?monitor connectivity|entropy"
            "|no queue-monitor|(no )?lldp (?!run)|sync-e|maintenance|module ",
        ),
        "layer 2 that carries no management": (
            "(no )?spanning-tree |(no )?vlan \\d|vlan internal|(no )?lacp |port-channel |mac address-table"
            "|mac security|(no )?dot1x"
            "|mlag configuration|(no )?ip igmp |(no )?switchport |storm-control|(no )?address locking|(no )?ip arp"
            "|(no )?ip dhcp |arp "
            "|ip virtual-router|ipv6 virtual-router|(no )?ip address virtual|evpn |link-flap|loop-protection"
            "|l2-protocol|mvrp|trunk group|router l2-vpn|dhcp relay|ipv6 dhcp",
        ),
        "VRFs and the switch of forwarding": (
            "vrf instance |vrf definition |(no )?ip routing|(no )?ipv6 unicast-routing|(no )?ip multicast"
            "|(no )?mpls (ip|label)|ip hardware"
            "|ipv6 hardware|ip load-sharing|rib |router (bfd|multicast|igmp|pim)|bfd |(no )?ip icmp (?!redirect"
            "|rate)|ip ecmp|fib|tcp mss"
            "|(no )?ipv6 icmp|mpls icmp|ipv6 (neighbor|nd)|router general\n(router-id|hardware|exit)|ip fragment",
        ),
        "names and texts": (
            "(no )?(ip domain|dns domain|ip domain-name|ip domain-list)|snmp-server (contact|location|chassis-id"
            "|ifmib)|no sflow (extension|hardware)",
        ),
        "how traffic is named and shaped": (
            "application traffic|(policy-map|class-map) type (?!pbr|tapagg)|(policy-map|class-map) (?!type)|qos "
            "|no qos|priority-flow"
            "|router adaptive-virtual-topology|stun|mac access-list|cfm|ethernet cfm|twamp|match-list input prefix"
            "|ip nat (translation|kernel)|ip security\nhardware",
        ),
        "which interface a client on the device speaks from": (
            "(no )?ip (tacacs|radius|http client|ssh client|telnet client|ftp client|tftp client|ldap)"
            "|(tacacs|radius)-server (timeout|retransmit|deadtime|policy|attribute|qos)",
        ),
        "how the SSH server holds its sessions": (
            "management ssh\\n(no )?(connection |client-alive|log-level|login |hostkey client|fips|dscp|qos"
            "|known-hosts|rekey)",
            "management (telnet|console)\\n(no )?(session|connection)",
        ),
        "what is said to be at its default, or not to be configured (the form with 'all')": (
            "default |[^\\n]+\\ndefault |[^\\n]+\\n[^\\n]+\\ndefault ",
            "no (tacacs-server (key|policy|timeout)|radius-server (key|deadtime|attribute|timeout|retransmit)|ntp trusted-key"
            "|sflow source|snmp-server (engineID|chassis-id|contact|location|source-interface)|aaa authentication policy on-"
            "|terminal|dcbx|msrp|mrp|mvrp|virtual-cable|mdns|ip pim|ip virtual-router|ipv6 hardware|vxlan vni|forwarding|banner"
            "|mpls routing|system coredump)",
            "management security\\nno (entropy|password minimum)",
            "management api http-commands\\nno cors",
            "management cvx\\nno |ip access-list [^\\n]*\\nno statistics|ipv6 access-list [^\\n]*\\nno statistics",
        ),
        "protocols of media, of multicast and of the lab": (
            "directflow|mrp |msrp|ip pim|ip msdp|ip mfib|system coredump|monitor (hadoop|reachability)|switch forwarding-mode"
            "|ip fhrp|no ip fhrp|bridge ",
        ),
        "where keys take their randomness from": ("management security\nentropy",),
        "frame of the capture": ("end$", "exit$", "hostname ", "comment$", "[^\\n]+\\n([^\\n]+\\n)?comment$"),
        "how configurations and licences are kept": ("management (config|tech-support|license)|license",),
    },
    [
        (
            "(no )?(username|enable |role |aaa root|aaa authentication policy|management (security|accounts|defaults))",
            Area.ACCOUNTS,
        ),
        ("(no )?(aaa|tacacs|radius|ldap|management ldap)", Area.AAA),
        ("(no )?management (ssh|telnet|console)", Area.ACCESS),
        ("(no )?(management (api|http|xmpp)|cvx|openflow|p4-runtime|dhcp server)", Area.SERVICES),
        ("(no )?snmp-server", Area.SNMP),
        ("(\\d+ )?(permit|deny) |(no )?(ip|ipv6|mac) access-list|(no )?ip(v6)? prefix-list", Area.ACLS),
        ("interface .*\\n(no )?(ip|ipv6|mac) access-group", Area.ACLS),
        (
            "(no )?(monitor session|tap aggregation|monitor telemetry postcard|queue-monitor length mirror)",
            Area.MIRRORS,
        ),
        ("interface .*\\nswitchport (tap|tool)", Area.MIRRORS),
        ("(no )?(sflow|flow tracking|flow )|interface .*\\n(sflow|flow )", Area.EXPORTERS),
        ("interface (Tunnel|Vxlan).*\\n(tunnel|vxlan)|(no )?(nexthop-group|ip decap-group)", Area.TUNNELS),
        ("(no )?ip security", Area.CRYPTO),
        ("(no )?(patch panel|mpls ldp\\npseudowires)", Area.PSEUDOWIRES),
        ("(no )?(ip|ipv6) route ", Area.ROUTES),
        (
            "(no )?(router internet-exit|traffic-policies|policy-map type pbr|class-map type pbr"
            "|router service-insertion|flow-spec|route-map)",
            Area.REDIRECTION,
        ),
        ("interface .*\\n(service-policy type pbr|traffic-policy)", Area.REDIRECTION),
        ("(no )?ip nat |interface .*\\n(no )?ip nat", Area.NAT),
        ("(no )?logging", Area.LOGGING),
        ("(no )?ntp", Area.TIME),
        ("(no )?(event-handler|daemon|schedule|alias|agent)", Area.SCRIPTS),
        ("(no )?(container-manager|virtual-machine)", Area.CONTAINERS),
        ("(no )?boot ", Area.BOOT),
        ("(no )?(management cvx|monitor telemetry)", Area.DIALOUT),
        ("(no )?ip (name-server|host)", Area.NAMES),
        ("interface .*\\n(ip|ipv6) address|(default )?interface ", Area.INTERFACES),
        ("(no )?(router |ip ospf|rip)", Area.ROUTING),
        ("(no )?(system )?control-plane", Area.CONTROL_PLANE),
        ("(no )?banner", Area.SYSTEM),
    ],
)

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "extensions (SWIX, RPM) and boot-extensions",
        "they are kept outside of the configuration; 'show extensions' tells",
    ),
    ("/mnt/flash/rc.eos, cron, users of the underlying Linux", "they are kept outside of the configuration"),
    ("packet captures that are started by hand", "'bash tcpdump' leaves no statement"),
    ("mac access-list", "it admits nobody by address; that it is defined is known, its entries are not read"),
    ("policy-map type {qos|copp}", "how traffic is shaped and policed is not read"),
    (
        "router adaptive-virtual-topology, application traffic recognition",
        "which path an application takes is not read",
    ),
    ("stun", "the servers by which a WAN edge finds its public address are not read"),
    ("zero-touch provisioning", "it runs without a startup configuration only"),
    ("interface profile P", "what a profile gives to interfaces is not read; its lines are reported as unread"),
    ("router general, control functions (RCF)", "code of routing policy is not read; its lines are reported as unread"),
)
