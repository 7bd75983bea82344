"""Lines that do not matter to any area, each group with its reason, and the area that an unread line belongs to."""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_U = r"(?:undo )?"
_IF = rf"interface .*\n{_U}"

REASONS: dict[str, tuple[str, ...]] = {
    "names and clocks": (
        r"sysname ",
        rf"{_U}clock (?:timezone|daylight-saving-time|summer-time|datetime)\b",
        r"language-mode ",
        r"(?:info|language|terminal|screen-length|screen-width|history-command|return)(?=[ \n]|$)",
        rf"{_U}set (?:cpu-usage|memory-usage|workmode|transceiver-monitoring|flow-stat|device|board|slot|fan|lpu|transceiver|cpu|memory|port)\b",
        rf"{_U}(?:temperature|power|fan|device|transceiver|board|energy|led|alarm|assign|resource|license)(?=[ \n]|$)",
        r"set (?:authentication password .* never|autosave)",
        rf"{_U}user-interface maximum-vty ",
    ),
    "parts of the device: licences, virtual systems, alarms": (
        r"license\n|admin$|admin\nvirtual-system|local-aaa-server$|soc$|security password(?:$|\n)",
        rf"{_U}(?:forward alarm|dcn|ddr|capwap|fib|anti-brute-force|file prompt|remote-unit|ip tunnel)\b",
        r"set save-configuration (?:interval|delay|cpu-limit)",
    ),
    "VLANs and spanning tree": (
        rf"{_U}vlan (?:batch|reserved|precedence) ",
        r"vlan \d+(?: to \d+)?$",
        r"vlan .*\n(?:undo |name|description|aggregate-vlan|access-vlan|mac-vlan|management-vlan|multicast-vlan|statistic|igmp-snooping|dhcp snooping|unknown)",
        rf"{_U}(?:stp|rstp|mstp|smart-link|erps|rrpp|loop-detection|loopback-detect|errordown|error-down|mac-address|voice-vlan|gvrp|garp|vcmp|bpdu)\b",
        r"(?:stp region-configuration|erps ring|rrpp domain|smart-link group|port-group|port-isolate|portal-isolate)(?: [^\n]*)?\n",
        rf"{_IF}(?:stp|loopback-detect|bpdu|mac-address|mac-limit|port-security|voice-vlan|storm-control|storm|unicast-suppression|multicast-suppression"
        r"|broadcast-suppression|qinq|dot1q|vlan-type|vlan|encapsulation|port-isolate|am isolate|erps|smart-link|loop-detection|eth-trunk|gvrp|stp)\b",
        rf"{_U}(?:port-isolate|port-group|vlan-mapping|qinq)(?=[ \n]|$)",
    ),
    "hardware of a port": (
        rf"{_IF}(?:speed|duplex|negotiation|auto|combo|flow-control|jumboframe|mtu|carrier|clock|link-protocol|control-flap|mode|lacp|least|max|load-balance"
        r"|bandwidth|set|trap-threshold|transceiver|port-alarm|damp|hold-time|loopback|laser|undo|training|fec|ipv6 mtu|tcp|enable|link-delay|trust|crc|wavelength"
        r"|port-tx-enabling-mode|alarm|device|energy|speed-auto|statistic|statistics|eth-statistics|mac|vmac|optical|local-fault|remote-fault|fan)\b",
        rf"{_U}(?:lacp|load-balance|eth-trunk|hash|dfs-group|stack|css|set css|m-lag|peer-link|ip-trunk)(?=[ \n]|$)",
        r"slot [^\n]*$",
        r"(?:slot|load-balance-profile|dfs-group|stack|e-trunk)(?: [^\n]*)?\n(?!cpu-defend|ma-defend|mirror|observe|traffic-policy|management-plane|port-mirroring)",
        rf"{_IF}(?:peer-link|dfs-group|m-lag|e-trunk|stack-port|port mode|port mode stack)\b",
    ),
    "queues and marks": (
        rf"{_U}(?:diffserv|drop-profile|qos|wred|flow-wred|flow-queue|flow-mapping|user-queue|port-queue|scheduler-profile|queue-profile|port-wred|bandwidth)(?=[ \n]|$)",
        r"(?:diffserv domain|drop-profile|qos .*|flow-wred|flow-queue|scheduler-profile|qos-profile|qos car|dcb .*)(?: [^\n]*)?\n",
        rf"{_IF}(?:qos|trust|diffserv|port-queue|user-queue|traffic-shape|queue|priority|car|rate-limit|wred|dcb)\b",
        r"traffic behavior .*\n(?!redirect|mirroring|port-mirroring|traffic-mirror)",
        rf"{_U}traffic (?:classifier|behavior|policy) [^\n]*$",
        rf"{_U}(?:qos-profile|suppression|dcb)(?=[ \n]|$)",
    ),
    "labels and tunnels of the network": (
        rf"{_U}mpls(?: (?:lsr-id|te|te .*|l2vpn|ldp|rsvp-te|rsvp-te .*|lspv .*|bfd .*))?$",
        rf"{_U}mpls (?!l2vc|static-l2vc|switch-l2vc|ldp)",
        rf"mpls\n(?:{_U})(?:label|lsp-trigger (?:all|host|none|bgp-label-route)|mpls|ttl|te|mtu|lsp|cspf|undo|bfd)",
        rf"{_IF}(?:mpls|mpls te|mpls poison-reverse|mpls mtu|statistic)(?! l2vc| static-l2vc| ldp| rsvp-te)",
        r"(?:static-lsp|explicit-path|bidirectional|tunnel-policy|tunnel-selector|lsp-trigger|static-cr-lsp|te-class-mapping|affinity-mapping|bfd-template)(?=[ \n]|$)",
        r"(?:explicit-path|tunnel-policy|segment-routing|tunnel-selector|te attribute|mpls te)(?: [^\n]*)?\n(?!sr-te policy|srv6-te policy)",
        r"segment-routing(?: [^\n]*)?$",
        rf"{_IF}(?:tunnel-policy|reserved-for-binding|mpls-te|te|isis|ospf|segment-routing|link-quality)\b",
    ),
    "VPN instances": (
        r"ip vpn-instance [^\n]*$",
        rf"ip vpn-instance .*\n{_U}(?:ipv4-family|ipv6-family|route-distinguisher|vpn-target|apply-label|description|tnl-policy|export|import|prefix|routing-table"
        r"|vpn frr|ip frr|transit-vpn|evpn|segment-routing|vxlan|arp|vpn-id|statistics)",
        rf"{_U}set (?:net-manager|neid)(?=[ \n]|$)",
    ),
    "routing between networks": (
        rf"{_U}(?:router id|ip (?:ip-prefix|as-path-filter|community-filter|extcommunity-filter|community-list|rd-filter|large-community-filter|frr|load-balance)"
        r"|ipv6$|ipv6 (?:frr|load-balance|nd|icmp|as-path)|bfd|efm|cfm|nqa|ip ttl-expires|icmp|tcp|ip reassembling|ip netmanager)\b",
        rf"route-policy .*\n{_U}(?:if-match|apply|goto|description|continue|next)",
        r"route-policy \S+ deny",
        r"(?:bfd|efm|cfm|nqa|oam)(?: [^\n]*)?\n",
        rf"{_IF}(?:bfd|efm|cfm|oam|nqa|y1731|ptp|synchronization|bfd-|igmp|pim|multicast|mld|ipv6 nd|ipv6 mtu|undo ipv6 nd|icmp|arp|ip netmanager|ip last-hop|ip re)\b",
        rf"{_U}(?:multicast|igmp-snooping|mld-snooping|pim|igmp|mld|l2-multicast|multicast-vpn)(?=[ \n]|$)",
        r"(?:pim|igmp|mld|multicast .*|l2-multicast .*|igmp-snooping)( .*)?\n",
        rf"{_U}arp (?!anti-attack$)",
        rf"{_U}ip (?:community|as-path|extcommunity)",
        r"(?:ospf|ospfv3|isis|rip|ripng)( .*)?\n(?:area .*\n)?undo ",
    ),
    "what a switch keeps of its neighbours": (
        rf"{_U}(?:dhcp snooping|dhcp relay|dhcp server (?:ping|database|bootp|lease|forbidden|gateway)|arp anti-attack|arp-miss|arp speed|ip source check|nd snooping|mac-authen"
        r"|dot1x|user-bind|anti-attack|attack-source-trace|urpf slot|dhcpv6|ip source-guard|arp dhcp-snooping-detect)\b",
        rf"{_IF}(?:dhcp|dhcpv6|arp anti-attack|arp|ip source check|nd snooping|dot1x|mac-authen|authentication-profile|portal|anti-attack|user-bind|authentication)\b",
        r"(?:ip pool|ipv6 pool|ipv6 prefix|dhcp server group|dhcpv6 pool|dhcpv6 duid)(?: [^\n]*)?\n",
        r"dhcpv6 duid",
        r"(?:ip pool|ipv6 pool|dhcp server group|dhcp option|dhcp relay|dhcpv6 pool|ipv6 prefix|dhcp server)(?=[ \n]|$)",
        rf"{_U}drop (?:illegal-mac|illegal-source)",
        rf"{_U}(?:cluster|ntdp|ndp|cut|topology)(?=[ \n]|$)",
    ),
    "subscribers of a broadband gateway": (
        r"(?:bas|ppp|pppoe-server|access-user|user-vlan|user-group|access|layer2-subscriber|dot1x-template|web-auth-server|value-added-service|accounting-service-policy)(?=[ \n]|$)",
        rf"{_IF}(?:bas\n)?(?:bas|ppp|pppoe-server|pppoe|user-vlan|access-type|ppp-detect|statistic|8021p|ve-group|dcn|access-delay|default-domain"
        r"|client-option|authentication-method|access-line-id|roam-domain|user detect|accounting-copy|link-account|block|nas|vpn-instance|dhcp)\b(?! service-policy mirror)",
        r"aaa\n(?:domain .*\n)?(?:ip-pool|ipv6-pool|dns|prefix-assign-mode|user-priority|accounting-start-fail|idle-cut|access-limit|user-max-session|value-added|redirect-url|service-type"
        r"|state|web-server|qos|nat|user-basic-service|user-group|user-block|ipv6 nd|lease|accounting-copy|adminuser-priority|accounting|default-user-name|quota|force-authen|zone|statistic)",
    ),
    "wireless and web of a branch router": (
        r"(?:undo )?(?:wlan|portal|ssid|security-profile|capwap|free-rule-template|web|authentication-profile|mac-access-profile|dot1x-access-profile|portal-access-profile|free-rule)(?: |$)",
        r"(?:wlan ac.*|wlan|portal .*|capwap|authentication-profile|web .*|ap .*)\n",
        r"(?:undo )?firewall (?:zone|interzone|defend|session|mac-binding|statistic)\b",
        r"firewall zone .*\n(?:priority|add interface)",
        r"(?:voice|pbx|sip|isdn|controller|cellular|dialer-rule|apn profile|usb|autostart) ?.*",
    ),
    "how a line behaves once somebody is in": (
        r"user-interface .*\n(?:undo )?(?:history-command|screen-length|terminal|databits|stopbits|speed|parity|flow-control|modem|set authentication password$|user privilege$)",
    ),
    "how secure shell behaves": (
        rf"{_U}ssh (?:client|server (?:timeout|authentication-retries|rekey-interval|rekey|keyboard-interactive|login-failed|ip-block|assign|dscp|max-connections|authentication-type)"
        r"|authorization-type|user|ipv6 client|server-source)\b",
        r"undo (?:telnet|ftp|http|ssh)(?: ipv6)? server-source",
        r"telnet ipv6 server-source all-interface",
        rf"{_U}(?:sftp|scp|telnet|ftp|http|tftp|stelnet) (?:client|client-source|server (?:default-directory|login-failed|timeout|max-sessions|load|ip-block|dscp)|timeout|client source)\b",
        rf"{_U}(?:ftp timeout|sftp idle-timeout|http (?:timeout|server load|web)|rsa|dsa|ecc|sftp server)",
        r"pki |pki .*\n|ssl policy",
    ),
    "counting and measuring": (
        rf"{_U}(?:statistic|performance|pm|rmon|nqa|perf|ifm|snmp-agent (?:packet|trap-queue)|dpi|kpi|iphm|ifit|twamp|ipfpm|ntp-service log)\b",
        r"(?:pm|nqa .*|rmon .*|perf.*|ifit|twamp.*|nqa test-instance .*|performance.*)\n",
        rf"{_IF}(?:statistic|rmon|pm|ifit|twamp|performance)\b",
        rf"{_U}info-center (?:trapbuffer|snmp|monitor|console|synchronous|statistic-suppress|max-logfile-number|logfile|rate-limit|local|loghost source|channel|timestamp)",
    ),
    "accounting schemes without a mode, and limits of sessions": (
        r"aaa\n(?:accounting-scheme|recording-scheme|service-scheme) [^\n]*$",
        rf"aaa\n{_U}(?:accounting-scheme|service-scheme) .*\n(?:accounting|undo|dns|ip-pool|admin-user|idle-cut|acl-id|redirect)",
        r"aaa\nlocal-aaa-user password policy .*\n",
        rf"aaa\n{_U}(?:user-password|local-user (?:policy|password)|local-aaa-user|domain-location|domainname-parse-direction|aaa-|user-max|session|administrator|online-fail-record"
        r"|offline-record|login-record|abnormal-offline-record|local-user-policy|user-name-format|security-name|password)",
        r"(?:hwtacacs|radius|ldap|ad)(?:-server| server) (?:template|group) .*\n(?:undo )?(?:hwtacacs|radius|ldap|ad)(?:-server| server) (?:timer|retransmit|timeout|user-name|source|traffic-unit|source-ip"
        r"|accounting-start|accounting-stop|accounting-interim|nas|dead|attribute|retry|response|class|testuser|algorithm|format|detect|accounting-stop-packet|source-interface|hw|port|service-type|current-domain|user-original)",
        rf"{_U}(?:hwtacacs|radius)(?:-server| server|) (?:source|enable|dead-interval|accounting-stop-packet|testuser|attribute|source-ip|max-unresponsive|session-manage|authorization (?:match-type|attribute))",
    ),
}
"""Reason -> patterns of statement paths; reviewed one by one."""

TABLE = line_table(
    REASONS,
    [
        (
            rf"{_U}(?:local-user|super|ssh user|rsa peer|dsa peer|ecc peer|command-privilege|peer-public-key|public-key)",
            Area.ACCOUNTS,
        ),
        (
            r"aaa\n(?:undo )?(?:local-user|manager-user|bind manager-user|user-group|task-group|local-aaa-user)",
            Area.ACCOUNTS,
        ),
        (r"aaa\n|(?:undo )?(?:hwtacacs|radius|ldap|ad-server|domain)", Area.AAA),
        (r"user-interface", Area.ACCESS),
        (
            rf"{_U}(?:stelnet|telnet|ssh|sftp|scp|snetconf|ftp|tftp|http|grpc|netconf|dns proxy|cwmp|nqa-server|ssl policy)",
            Area.SERVICES,
        ),
        (rf"{_U}snmp-agent", Area.SNMP),
        (rf"{_U}(?:acl|ip ip-prefix|ip ipv6-prefix|ip address-set)", Area.ACLS),
        (
            r"(?:interface|vlan|slot|traffic behavior) ?.*\n.*(?:mirror|observ)|(?:undo )?(?:observe-port|mirror|port-mirroring|capture|packet-capture|service-policy)",
            Area.MIRRORS,
        ),
        (r".*(?:netstream|sflow)", Area.EXPORTERS),
        (r"interface (?:Tunnel|Nve|MTunnel)|l2tp", Area.TUNNELS),
        (r"(?:ike|ipsec)", Area.CRYPTO),
        (r"vsi|evpn|evpl|bridge-domain|ccc|interface .*\n(?:mpls .*l2vc|l2 binding)|mpls .*l2vc", Area.PSEUDOWIRES),
        (rf"{_U}(?:ip|ipv6) route-static", Area.ROUTES),
        (
            r"traffic (?:behavior|policy|classifier)|policy-based-route|(?:ip|ipv6) local policy|route-policy|xpl route-filter|traffic-(?:redirect|policy)",
            Area.REDIRECTION,
        ),
        (r"nat |interface .*\nnat ", Area.NAT),
        (rf"{_U}info-center", Area.LOGGING),
        (rf"{_U}(?:ntp|sntp)", Area.TIME),
        (r"ops|assistant|script-assistant|schedule|bras-python|command alias|alias", Area.SCRIPTS),
        (rf"{_U}(?:autoconfig|ztp|startup|bootrom)", Area.BOOT),
        (r"set save-configuration|backup|configuration", Area.TRANSFERS),
        (r"telemetry|cloud-mng|netconf", Area.DIALOUT),
        (rf"{_U}(?:dns|ip host)", Area.NAMES),
        (rf"{_U}lldp|interface .*\n{_U}lldp", Area.DISCOVERY),
        (r"cpu-defend|ma-defend|management-plane", Area.CONTROL_PLANE),
        (
            r"(?:bgp|ospf|ospfv3|isis|rip|ripng|msdp|mpls ldp|keychain|rpki)|interface .*\n(?:ospf|isis|rip|mpls|vrrp|pim)",
            Area.ROUTING,
        ),
        (r"interface ", Area.INTERFACES),
    ],
)

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "what lawful intercept says",
        "its words are restricted; that there is a statement is told, the statement is withheld",
    ),
    ("XPL route filters (`xpl route-filter`)", "routing policy in a language of its own; `route-policy` is read"),
    ("sections of virtual systems (`virtual-system V`)", "each is a device of its own: collect it by itself"),
    ("rights of task groups", "which tasks make an administrator is not documented in public"),
)
