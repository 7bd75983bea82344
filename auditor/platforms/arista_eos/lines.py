"""Lines of EOS configurations that do not matter to any area, and the area that an unread line belongs to."""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_INTERFACE = (
    "switchport( |$)|spanning-tree|channel-group|port-channel |lacp |mlag |mtu |l2 |speed |duplex |load-interval|bandwidth |encapsulation"
    "|storm-control|dot1x |logging event|snmp trap|priority-flow-control|qos |service-profile|service-policy (type qos )?(input|output)"
    "|flowcontrol|link-debounce|phone |poe |power |error-correction|transceiver|ptp |bfd |arp |ipv6 nd |ip igmp|ip mfib|ip multicast"
    "|ip helper-address|ipv6 dhcp|dhcp |ip dhcp|multicast |autostate|evpn |vlan id|vlan-aware|tcp mss|ip local-proxy-arp|ip attached-host"
    "|ipv6 attached-host|ip tcp|metadata|comment$|profile |traffic-loopback|unidirectional|hardware|rate-limit|node-segment|ip icmp|ipv6 icmp"
    "|tx-queue|uc-tx-queue|mac timestamp|mac-address|l2-protocol|sync-e|queue|sfec|phy|carrier|link tracking|lease|ttl|ip address$|standby"
    "|location|isolation|private-vlan|ip virtual-router|ipv6 virtual-router|mpls|traffic-engineering|rsvp|monitor link|address locking|vmtracer"
)

TABLE = line_table(
    {
        "frame of the capture": ("end$", "exit$", "hostname ", "(interface .*\\n)+comment$", ".*\\ncomment$"),
        "hardware, its ports and their housekeeping": (
            "(no )?transceiver |platform |(no )?hardware |(no )?system (l1|tcam)|poe|(no )?service interface|(no )?service (routing|running-config|sequence)"
            "|(no )?errdisable |load-interval|(no )?link tracking|power |(no )?environment |ptp|(no )?monitor (device-health|server|layer1|loop)"
            "|agent \\S+ shutdown|terminal |prompt |clock |queue-monitor length( log|$)|no queue-monitor|interface defaults|(no )?lldp (?!run)|sync-e|maintenance|switch |module ",
        ),
        "layer 2 that carries no management": (
            "(no )?spanning-tree |(no )?vlan \\d|vlan internal|vlan \\S+$|(no )?lacp |port-channel |mac address-table|mac security|(no )?dot1x"
            "|mlag configuration|(no )?ip igmp |no ip igmp|(no )?switchport |storm-control|(no )?address locking|(no )?ip arp|(no )?ip dhcp |arp |ip virtual-router|ipv6 virtual-router"
            "|(no )?ip address virtual|evpn |link-flap|private-vlan|loop-protection|l2-protocol|multicast$|(no )?igmp|mvrp|trunk group",
        ),
        "what an interface carries and how fast": (f"interface [^\\n]*\\n(no )?({_INTERFACE})",),
        "VRFs and the switch of forwarding": (
            "vrf instance |vrf definition |(no )?ip routing|(no )?ipv6 unicast-routing|(no )?ip multicast|(no )?mpls (ip|label)|ip hardware|ipv6 hardware|ip load-sharing"
            "|(no )?ip cef|rib |router (bfd|general|multicast|igmp|pim|kernel)|bfd |(no )?ip icmp (?!redirect|rate)|ip ecmp|fib|mpls tunnel|(no )?ip fhrp|tcp mss|ipv6 (neighbor|nd)|ip fragment",
        ),
        "how routes are chosen and labelled": (
            "router bgp [^\\n]*\\n(vrf [^\\n]*\\n|address-family [^\\n]*\\n|vrf [^\\n]*\\naddress-family [^\\n]*\\n)?(no )?(router-id|rd |route-target|redistribute|network |aggregate-address"
            "|distance|maximum-paths|timers|graceful-restart|update |bgp (?!listen|missing)|neighbor default|host-flap|path-selection|next-hop|domain|evpn |route |layer-2|route-distinguisher|identifier)",
            "router (isis|ospf|ospfv3|rip|msdp) [^\\n]*\\n",
            "router (rip|msdp)\\n|ipv6 router ospf [^\\n]*\\n",
            "ip (as-path|community-list|extcommunity-list|large-community-list|ospf|isis)|peer-filter|mpls rsvp|mpls static|segment-routing|dynamic |static ",
            "router bgp [^\\n]*\\nrpki origin-validation",
        ),
        "names and texts": (
            "(no )?(ip domain|dns domain|ip domain-name|ip domain-list)|snmp-server (contact|location|chassis-id)|enable$|email",
        ),
        "how traffic is named and shaped": (
            "application traffic|(policy-map|class-map) type (?!pbr)|(policy-map|class-map) (?!type)|qos |no qos|priority-flow|queue|(no )?match-list|policy-map type tapagg|router adaptive-virtual-topology"
            "|stun|control-plane policy|(policy-map|class-map) type copp|mac access-list|cfm|ethernet cfm|twamp|sla|router path-selection",
        ),
        "which interface a client on the device speaks from": (
            "(no )?ip (tacacs|radius|http client|ssh client|ftp client|tftp client|dns|ldap)|ip (tacacs|radius) vrf|(tacacs|radius)-server (timeout|retransmit|deadtime|policy|attribute|qos)",
        ),
        "how the SSH server holds its sessions": (
            "management ssh\\n(no )?(connection |client-alive|log-level|login |hostkey client|fips|server-port|dscp|qos|known-hosts|rekey|cipher|mac|key-exchange|username)",
            "management (telnet|console)\\n",
        ),
        "what the configuration keeps of itself": (
            "(no )?(archive|configuration |session |save|checkpoint)|management (config|tech-support|session|license)|license",
        ),
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
        ("(no )?(ip|ipv6|mac) access-list|(no )?ip(v6)? prefix-list", Area.ACLS),
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
            "(no )?(traffic-policies|policy-map type pbr|class-map type pbr|router service-insertion|flow-spec|route-map)",
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
    ("policy-map type {tapagg|qos|copp}", "only its use on a tap port is read"),
    (
        "router adaptive-virtual-topology, application traffic recognition",
        "which path an application takes is not read",
    ),
    ("stun", "the servers by which a WAN edge finds its public address are not read"),
    ("zero-touch provisioning", "it runs without a startup configuration only"),
    ("interface ranges and profiles", "a running configuration prints none"),
)
