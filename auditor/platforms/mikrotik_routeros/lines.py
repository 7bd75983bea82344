"""Commands of exports that do not matter to any area, and the area that an unread one belongs to.

A command is looked at as `/menu verb`.
"""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_M = r"(?: (?:add|set|remove|move|enable|disable)$)"

TABLE = line_table(
    {
        "clock, name and lamps": (
            f"/system (clock|clock manual|identity|leds|leds settings|health|health settings|hardware|resource irq.*){_M}",
            f"/(console settings|console|special-login|terminal|system (serial-terminal|watchdog|ups|lcd|lcd .*)|lcd( .*)?){_M}",
        ),
        "serial ports and disks": (f"/(port|port (firmware|remote-access)|disk|disk settings|partitions|store){_M}",),
        "radio": (
            f"/interface (wireless|wifi|wifiwave2|w60g|lte|ppp-client)( .*)?{_M}", f"/caps-man .*{_M}", f"/iot .*{_M}",
            f"/interface lte apn{_M}", f"/system gps{_M}",
        ),
        "queues and rates": (f"/queue .*{_M}", f"/ip firewall layer7-protocol{_M}"),
        "addresses that are given to others": (
            f"/ip pool( .*)?{_M}", f"/ipv6 (pool|nd|nd .*|dhcp-server( .*)?|dhcp-client( .*)?|dhcp-relay){_M}",
            f"/ip dhcp-server (network|lease|option|option sets|option .*|config|alert|matcher|vendor-class-id){_M}",
            f"/ip (dhcp-relay|dhcp-client option|arp|pool){_M}",
        ),
        "layer 2 that carries no management": (
            f"/interface bridge (vlan|mlag|settings|host|msti|mdb|port-controller|port-extender|port mst-override|nat){_M}",
            f"/interface ethernet (poe|poe .*|switch port|switch vlan|switch .*|)( .*)?{_M}", f"/interface (mesh|mesh .*|detect-internet){_M}",
            f"/interface bonding{_M}", f"/interface (list|vlan){_M}",
        ),
        "how the firewall tracks sessions": (f"/ip firewall (connection tracking|service-port|connection){_M}", f"/ipv6 firewall connection{_M}"),
        "tables and names of routing": (
            f"/routing (table|id|settings|ospf (instance|area|area range|neighbor|nbma-neighbor|lsa|static-neighbor)|ospf-v3 (instance|area|network)){_M}",
            f"/routing (bgp (network|aggregate|instance vrf|vpn|session|evpn)|mme|rip|igmp-proxy.*|pimsm instance|pimsm .*|gmp|bfd .*|fantasy|filter (num-set|num-list|community-set|community-list|community-ext-.*|community-large-.*|rule-.*|select-rule|chain|prefix-list)|isis .*|stats .*|nexthop .*|rip .*){_M}",
            f"/mpls( (settings|ldp|ldp .*|forwarding-table|interface|label|traffic-eng .*|mangle))?{_M}", f"/ip (vrf|route vrf){_M}",
        ),
        "guests and subscribers": (
            f"/ip hotspot( .*)?{_M}", f"/ppp (aaa|l2tp-secret){_M}", f"/interface pppoe-server( server)?{_M}", f"/user-manager( .*)?{_M}",
            f"/ip kid-control( .*)?{_M}", f"/ip (smb (shares|users)|media|media settings|nat-pmp.*|accounting.*){_M}", f"/ppp (profile|secret){_M}",
        ),
        "tools that answer nobody": (
            f"/tool (e-mail|graphing|graphing .*|traffic-generator( .*)?|traffic-monitor|speed-test|bandwidth-test|sms|netwatch|wol|ping-speed|flood-ping|ip-scan|profile){_M}",
            f"/tool (romon port|mac-server sessions){_M}", f"/dude .*{_M}", f"/ip cloud advanced{_M}", f"/ip proxy (access|cache|direct){_M}",
            f"/ip dns adlist{_M}", f"/ip (socksify|socks (access|users)|tftp settings){_M}", f"/ip upnp interfaces{_M}",
        ),
        "switches that only lower or raise a level of forwarding": (f"/ip settings{_M}", f"/ipv6 settings{_M}", f"/ip neighbor discovery{_M}"),
        "certificates by name; what they are worth is not in an export": (f"/certificate( .*)?{_M}", f"/ip ipsec (key|mode-config|policy group|settings|statistics){_M}"),
        "software and licences": (f"/system (package( .*)?|license|upgrade.*|routerboard( usb)?|backup.*|swos|default-configuration){_M}", f"/app( .*)?{_M}"),
        "hosted containers' surroundings": (f"/container (config|mounts|envs?|log){_M}", f"/interface veth{_M}"),
        "metering": (f"/ip traffic-flow ipfix{_M}",),
    },
    (
        (r"/user", Area.ACCOUNTS),
        (r"/(radius|ppp aaa)", Area.AAA),
        (r"/(ip ssh|ip service|system console|system ssh)", Area.ACCESS),
        (r"/snmp", Area.SNMP),
        (r".*calea", Area.INTERCEPT),
        (r"/(ip|ipv6) firewall (filter|raw|address-list)|/routing filter|/interface list", Area.ACLS),
        (r"/(ip|ipv6) firewall nat", Area.NAT),
        (r"/(ip|ipv6) firewall mangle|/routing rule|/ip route rule", Area.REDIRECTION),
        (r"/tool sniffer|/interface ethernet switch", Area.MIRRORS),
        (r"/ip traffic-flow", Area.EXPORTERS),
        (r"/ip ipsec", Area.CRYPTO),
        (r"/interface (vpls)|/routing bgp vpls", Area.PSEUDOWIRES),
        (r"/interface (gre|ipip|eoip|6to4|vxlan|wireguard|l2tp|pptp|sstp|ovpn|zerotier|traffic-eng|6rd)|/ppp|/zerotier", Area.TUNNELS),
        (r"/interface|/ip address|/ipv6 address|/ip dhcp-client", Area.INTERFACES),
        (r"/(ip|ipv6) route", Area.ROUTES),
        (r"/routing|/mpls", Area.ROUTING),
        (r"/system logging", Area.LOGGING),
        (r"/system ntp", Area.TIME),
        (r"/system (script|scheduler)|/tool netwatch| :|/ :", Area.SCRIPTS),
        (r"/container", Area.CONTAINERS),
        (r"/system routerboard|/system package", Area.BOOT),
        (r"/tr069|/ip cloud", Area.DIALOUT),
        (r"/ip dns", Area.NAMES),
        (r"/ip neighbor", Area.DISCOVERY),
        (r"/system note", Area.SYSTEM),
        (r"/(tool|ip|file|dude|system)", Area.SERVICES),
    ),
)  # fmt: skip

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "users, SSH keys, certificates, files",
        "an export does not hold them; 'print' of these menus is not collected yet",
    ),
    ("running state of the sniffer, of containers, device-mode", "state, not configuration"),
    ("rules of routing filters of version 7", "they are code; the chain's name and where it is used are read"),
    ("expressions in scripts", "code is searched for what it does, not carried out"),
    (
        "`/ip firewall calea`, `/interface bridge calea`, `/tool calea`, `action=sniff-pc`",
        "lawful intercept: dropped before reading",
    ),
)
"""What is knowingly not read, and why."""
