"""Lines of IOS configurations that do not matter to any area, and the area that an unread line belongs to."""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_IRRELEVANT: dict[str, tuple[str, ...]] = {
    "frame of the capture": (
        "Building configuration",
        "Current configuration",
        "Using \\d+ out of",
        "version ",
        "end$",
        "exit$",
        "exit-\\S+$",
        "(.*\\n)+exit(-\\S+)?$",
        "boot-(start|end)-marker",
        "```",
        "[\\w.-]{1,64}[#>]\\s*(sh|show|more|exit|quit|logout|term|terminal|en|enable)?( .*)?$",
        "hostname ",
    ),
    "hardware, display and housekeeping": (
        "(no )?service (compress|counters|sequence-numbers|tcp-keepalives-in|tcp-keepalives-out|linenumber|nagle|unsupported-transceiver"
        "|internal|prompt|slave-log|sequence|tcp-keepalives|telnet-zeroidle|exec-callback|exec-wait|disable-ip-fast-frag"
        "|log-neighbor|pt-vty-logging|udp-keepalive|decimal-tty)",
        "(no )?license (smart enable|feature|boot|accept|suite|install|call-home)",
        "diagnostic ",
        "memory ",
        "memory-size ",
        "(no )?platform (punt|qfp|console|hardware|sudi|tcam|bfd|xconnect|tcam-parity-error|tcam-threshold|ipsec|multicast|punt-keepalive"
        "|punt-policer|resource|urpf|usb)",
        "subscriber templating",
        "multilink bundle-name",
        "redundancy",
        "transceiver ",
        "power ",
        "hw-module ",
        "card ",
        "controller ",
        "clock ",
        "sdm prefer",
        "system mtu",
        "switch \\d+ ",
        "stack-power ",
        "(no )?scheduler ",
        "(no )?mac address-table",
        "(no )?mac-address-table",
        "(no )?mmi ",
        "network-clock ",
        "esmc ",
        "facility-alarm ",
        "environment ",
        "upgrade ",
        "process ",
        "(no )?parser (config|cache|command serializer|maximum)",
        "terminal ",
        "buffers ",
        "macro name ",
        "macro global ",
        "default-value ",
        "downward-compatible-config",
        "(no )?ip (tcp|udp) ",
        "(no )?ip icmp (rate-limit|redirect)",
        "csdb ",
        # Defaults that `show running-config all` prints.
        "(no )?(eou|clns|metadata|media-proxy|per-call|mab|bsd-client|sccp|ccm-manager|service-routing|terminal-queue|bulkstat) ",
        "(no )?monitor event-trace",
        "(no )?call (fallback|treatment|rsvp-sync|threshold|rscmon)",
        "diameter timer",
        "(no )?cts (server|cache|dot1x|logging|sxp (retry|reconciliation|log|mapping|speaker|listener))",
        "(no )?(ip|ipv6) (mfib|mux|rtcp|sap cache|pgm|msdp timer)",
        "ipv6 (traffic interface-statistics|inspect|spd|rip vrf-mode|prefix-list sequence-number)",
        "(no )?mpls (mldp|ldp maxhops|export|discovery)",
        "kerberos (timeout|retry|processes)",
        "(no )?virtual-template (subinterface|snmp)",
        "(ppp (hold-queue|packet throttle)|prompt config|mop (device-code|retransmit|retries)|process-max-time|xmpp id|isis display"
        "|profile flow|l2tp tunnel l2tpv3 accounting|frame-relay address|multilink virtual-template) ?",
        "no (service|configuration mode exclusive|route-tag|exception|buffers) ?",
        "(no )?exception (data-corruption|crashinfo (buffersize|maximum))",
        "line .*\\n(flush-at-activation|logout-warning|ip tcp )",
        "router ospf.*\\n(no area \\S+ authentication$|domain-tag |no local-rib-criteria)",
        "(no )?ip sctp ",
        "(no )?cef table ",
        "(no )?ip (ttl decrement|verify drop-rate)",
        "ipc ",
        "spd ",
        "-+$",
        "aqm-register-fnf$",
        "(no )?(nmsp|device-sensor|location prefer) ",
        "(no )?ipv6 (ioam|icmp|hop-limit)",
    ),
    "layer 2 and quality of service": (
        "(no )?spanning-tree ",
        "vlan (\\d|internal|dot1q|accounting)",
        "(no )?errdisable ",
        "(no )?udld ",
        "(no )?lacp ",
        "port-channel ",
        "vtp ",
        "(no )?mls (?!netflow|flow|nde)",
        "(no )?qos ",
        "(no )?auto qos",
        "table-map ",
        "(no )?ethernet (cfm|evc|lmi|oam|ring|mac)",
        "(no )?l2protocol ",
        "(no )?ip (dhcp snooping|arp inspection|igmp|device tracking|verify source|source binding|dhcp relay|dhcp smart-relay"
        "|dhcp excluded-address|dhcp ping|dhcp conflict|dhcp use|dhcp database|dhcp class|dhcp-server|dhcp-client|dhcp limit|dhcp binding)",
        "(no )?device-tracking ",
        "(no )?ipv6 (nd|mld|snooping|dhcp (?!pool)|dhcp-relay|destination-guard|neighbor|pim|multicast)",
        "dot1x ",
        "(no )?authentication ",
        "(no )?access-session ",
        "interface .*\\n(no )?(spanning-tree|storm-control|duplex|speed|negotiation|mtu|ip mtu|media-type|load-interval|bandwidth"
        "|delay|encapsulation|keepalive|carrier-delay|dampening|hold-queue|queue|fair-queue|priority-queue|mls|trust|auto qos|qos|lacp"
        "|udld|l2protocol|l2protocol-tunnel|ipv6 nd|ipv6 mtu|ip (tcp|load-sharing|igmp|virtual-reassembly|helper-address|flow-cache"
        "|dhcp|summary-address|bandwidth-percent|hello-interval|hold-time|split-horizon|cef|tcp adjust-mss|nbar|arp|route-cache|verify unicast notification"
        "|pim|rtp|rsvp|multicast|local-proxy-arp|mroute-cache|mask-reply|accounting|broadcast-address|mobile|sla|next-hop-self|dampening-change)"
        "|snmp|logging event|load-balance|port-channel|port-type|plim|rep|srr-queue|wrr-queue|rcv-queue|platform|hw-switch|macro|dot1x"
        "|authentication|mab|access-session|power|voice|cdp tlv|cdp log|lldp (med|tlv)|mop sysid|ethernet|service-module|clock|framing"
        "|linecode|cablelength|crc|serial|atm|frame-relay|pvc|ppp|dialer|isdn|pos|aps|ipv6 (mld|dhcp|pim|verify unicast)|arp|bfd"
        "|mpls (mtu|bgp|traffic-eng|label)|clns|carrier|synchronous|gig|tx-ring-limit|max-reserved-bandwidth|random-detect|tunnel (path-mtu|ttl"
        "|mpls|checksum|key|bandwidth|tos|flow|entropy|rbscp|sequence)|keepalive|backup|down-when-looped|history|autonomous|ipv6 (redirects"
        "|unreachables)|vpdn|peer|pppoe|group-range|async|physical-layer|vrf autoclassify|map-group|mfib|mac access-group|channel-protocol|bridge-group|crypto ipsec|host-reachability|l2vpn|mpls (ldp|ip)"
        "|ipv6 authentication|logging event|lldp|bridge-domain|dot1q|h323-gateway|bgp-policy|tx-queue-limit|ip mfib|ipv6 mfib"
        "|ip ospf (flood-reduction|demand-circuit|mtu-ignore|database-filter))\\b",
        "interface .*\\n(no )?ip(v6)? address$",
        "interface .*\\n(no )?(description: |description$)",
        "interface .*\\nno (ip address|cdp tlv|mop sysid|keepalive|logging event|snmp trap)",
    ),
    "names and texts": (
        "(no )?ip domain (name|list|timeout|retry|round-robin|multicast|lookup source-interface)",
        "(no )?ip domain-(name|list|round-robin)",
        "ip domain-lookup source-interface",
        "snmp-server (location|contact|chassis-id|ifindex|engineID|queue|queue-length|packetsize|trap link|trap-source|trap|source-interface"
        "|cache|inform|context|tcp-connection|aaa-user|ifmib|logging|manager|max-ifindex-per-module|overload-control|priority|protocol"
        "|system-shutdown|tcp-session|trap-timeout|traps|enable|vrf|drop|ip)",
        "no snmp-server \\S",
        "snmp(-server)? (mib )?community-map",
        "snmp-server$",
        "snmp ifmib",
        "snmp mib (?!community-map|bulkstat transfer|target)",
        "snmp mib (expression|event) ",
        "rmon ",
        "(no )?aaa authentication (username-prompt|password-prompt|attempts|suppress|policy|privilege-mode|fail-message|ppp|dot1x|arap|nasi"
        "|include|sgbp|token|enable implicit-user|eou|login (banner|fail-message|password-prompt|privilege-mode|invalid-username-log))",
        "no aaa authentication (login|enable) invalid",
        "(no )?aaa accounting (update|send|nested|delay-start|suppress|gigawords|jitter|redundancy|system guarantee-first)",
        "(no )?aaa (session-id|attribute|nas|pod|dnis|cache|local authentication default|traceback|max-sessions|common-criteria|password)",
        "banner ",
        "menu \\S+ (text|title|prompt|clear-screen|options|line-mode|single-space|status-line|default)",
        "no banner ",
    ),
    "public certificates and keys of the device itself": (
        "crypto pki certificate ",
        "crypto pki (profile|server|export|crl|token|cache|trustpool)",
        "crypto key ",
        "crypto ca certificate",
        "(no )?crypto (call|xauth|fips|mib)",
    ),
    "forwarding switches": (
        "(no )?ip (cef|classless|subnet-zero|routing|forward-protocol|multicast-routing|multicast|routing protocol|load-sharing|flow-cache)",
        "(no )?ip (bgp-community|as-path|community-list|extcommunity-list|large-community-list|default-gateway|default-network|pim|mroute"
        "|local pool|sla(?! responder)|rtr(?! responder)|explicit-path|inspect|urlfilter|audit|reflexive-list|accounting|ospf|prefix-list sequence-number"
        "|nbar|vrf .*\\n|gratuitous-arps|arp|access-list (log-update|logging|persistent|match-local-traffic|resequence)|rsvp|mobile|drp|sdee|ips"
        "|admission|auth-proxy|port-map|options|radius|source-track|spd|cache|hello-interval|hold-time|address-pool|default|ddns)",
        "(no )?ipv6 (unicast-routing|cef|source-route|general-prefix|local pool|router|static|access-list log-update)",
        "(no )?mpls (ip|label|ldp (router-id|discovery|session|graceful-restart|sync|igp|label|logging|holdtime|explicit-null|neighbor .* targeted"
        "|targeted-sessions|backoff|advertise-labels|nsr|entropy-label)|traffic-eng|oam|static|bgp)",
        "(no )?segment-routing",
        "track ",
        "(no )?bfd",
        "template (?!type pseudowire)",
        "ipv4-prefix",
        "(no )?lisp ",
        "fhrp ",
        "(no )?rep ",
        "key config-key",
        "dialer-list ",
        "(no )?nat64 (?:prefix|logging|translation)",
        "ip nat (pool|translation|log|create|settings|service|piggyback-support|portmap|stateful|alg)",
    ),
    "what routing protocols announce and compute": (
        "(no )?router (bgp|ospf|ospfv3|isis|eigrp|rip) ?.*\\n(?:[^\\n]*\\n)?(no )?(bgp|network|router-id|maximum-paths|auto-summary|synchronization"
        "|timers|distance|default-information|default-metric|aggregate-address|log-adjacency-changes|auto-cost|nsf|nsr|graceful-restart|mpls|bfd"
        "|area .* (stub|nssa|range|default-cost|filter-list)|area \\S+ (stub|nssa|range|default-cost)|summary-address|max-metric|ispf|prefix-suppression"
        "|snmp|capability|fast-reroute|microloop|segment-routing|is-type|metric-style|net|set-overload-bit|spf-interval|prc-interval"
        "|lsp-gen-interval|lsp-refresh-interval|max-lsp-lifetime|hello|metric|advertise|protocol|table-map|scan-time|exit-address-family|eigrp|topology"
        "|offset-list|variance|traffic-share|version|validate-update-source|flash-update-threshold|output-delay|address-family|external|event-log"
        "|ttl-security|limit|queue-depth|ignore|process-min-time|additional-paths|dampening"
        "|shutdown|adjacency|mvpn|retain|soft-reconfiguration|update-delay|default|summary-metric|interface-id"
        "|compatible|discard-route|domain-id|external-lsa|private)\\b",
        "router eigrp .*\\n.*\\ntopology",
        "ip (bgp|ospf) ",
        "(no )?ip vrf .*\\n",
    ),
    "how a line behaves once somebody is in": (
        "line .*\\n(no )?(session-timeout|logging synchronous|length|width|stopbits|speed|history|flowcontrol|transport preferred|notify"
        "|escape-character|activation-character|location|databits|parity|modem|exec-character-bits|editing|buffer-length|hold-character"
        "|stop-character|start-character|authorization|accounting|monitor|usb-inactivity|vacant-message|rxspeed|txspeed"
        "|disconnect-character|special-character-bits|default-value|autoselect|autohangup|padding|dispatch|full-help|international|ip netmask-format"
        "|lockable|refuse-message|domain-lookup|timeout|terminal-type|data-character-bits|media-type|callback|session-limit|login-string|motd-banner"
        "|exec-banner|prc)",
    ),
    "how clients and servers on the device speak, not who reaches them": (
        "(no )?ip telnet (tos|source-interface|quiet|hidden|comport|timeout)",
        "(no )?ip ssh (time-out|authentication-retries|source-interface|logging|client|rsa|maxstartups|stricthostkeycheck|bulk-mode|window-size"
        "|rekey|break-string|server (peruser|authenticate|certificate)|precedence|dscp|pubkey-chain$|dh)",
        "(no )?ip http (max-connections|timeout-policy|client|path|session-idle-timeout|session-module-list|banner|digest|help-path|tls-version"
        "|session-module|session-idle|banner-path|cors|content-security-policy)",
        "(no )?cdp (timer|holdtime|advertise-v2|log|source-interface|tlv|advertise)",
        "(no )?lldp (timer|holdtime|reinit|tlv-select|med-tlv-select|med|med-ipv6)",
        "(no )?ntp (max-associations|panic|orphan|maxdistance|mindistance|passive|refid)",
        "ip (ftp|tftp|scp|rcmd) source-interface",
        "service template ",
        "(no )?parameter-map ",
        "(no )?sip-ua",
        "(no )?gatekeeper",
        "(no )?mgcp",
        "(no )?voice",
        "(no )?dial-peer ",
        "(no )?telephony-service",
    ),
}

TABLE = line_table(
    _IRRELEVANT,
    (
        (
            "(no )?(user-?name|enable|parser view|privilege|login|security|password|ip ssh pubkey-chain|service password-encryption|aaa local|key-string|key-hash)\\b",
            Area.ACCOUNTS,
        ),
        ("(no )?aaa intercept", Area.INTERCEPT),
        ("(no )?(aaa|tacacs|radius)", Area.AAA),
        ("(default )?line |(no )?transport", Area.ACCESS),
        (
            "(no )?(ip http|ip ssh|ip telnet|vstack|netconf|restconf|gnxi(?! grpctunnel)|gnmi-yang|wsma|ip scp|tftp-server|ftp-server|ip rcmd|ip finger|ip identd)",
            Area.SERVICES,
        ),
        ("(no )?(service (finger|pad|tcp-small|udp-small|dhcp)|ip bootp|ip dns|ip dhcp pool)", Area.SERVICES),
        ("(no )?(snmp-server|snmp mib community)", Area.SNMP),
        (
            "(no )?(monitor[ -](session|capture)|ip traffic-export|vlan (access-map|filter))|interface .*\\n(port monitor|ip traffic-export|switchport capture)",
            Area.MIRRORS,
        ),
        ("(no )?(flow |ip flow-export|sampler|sflow)|interface .*\\n(ip|ipv6) flow", Area.EXPORTERS),
        (
            "(no )?(access-list|ip access-list|ipv6 access-list|mac access-list|object-group|ip prefix-list|ipv6 prefix-list|time-range|class-map|policy-map)",
            Area.ACLS,
        ),
        # At the margin, where somebody's editor took the blanks away.
        ("(\\d+ )?(permit|deny) |(ip access-group|ipv6 traffic-filter) ", Area.ACLS),
        ("interface .*\\n(ip access-group|ipv6 traffic-filter|mac access-group|zone-member)", Area.ACLS),
        (
            "interface (?i:tunnel|nve).*\\n(tunnel|ip nhrp|member|source-interface)|interface .*\\n(tunnel|ip nhrp)|(no )?(vpdn|webvpn|l2tp|ip nhrp)",
            Area.TUNNELS,
        ),
        ("(no )?crypto |interface .*\\ncrypto", Area.CRYPTO),
        (
            "(no )?(l2vpn|l2 vfi|pseudowire-class|bridge-domain|connect |evpn)|interface .*\\n(xconnect|service instance|bridge-domain)",
            Area.PSEUDOWIRES,
        ),
        ("(no )?(ip|ipv6) route\\b", Area.ROUTES),
        (
            "(no )?(ip|ipv6) local policy|interface .*\\n(ip|ipv6) (policy|wccp)|(no )?(route-map|ip wccp|flowspec)",
            Area.REDIRECTION,
        ),
        ("(no )?(ip nat|nat64)|interface .*\\nip nat", Area.NAT),
        ("(no )?(logging|archive|service timestamps)", Area.LOGGING),
        ("(no )?(ntp|sntp)|interface .*\\nntp", Area.TIME),
        ("(no )?(event manager|kron|scripting|alias|menu|macro auto|platform shell)", Area.SCRIPTS),
        ("(no )?(iox|app-hosting|virtual-service|guestshell)", Area.CONTAINERS),
        ("(no )?(boot|config-register|service config|file verify|secure boot)", Area.BOOT),
        ("(no )?(exception|ip ftp|ip tftp)", Area.TRANSFERS),
        (
            "(no )?(gnxi grpctunnel|telemetry|call-home|service call-home|pnp|cns|license smart|cwmp|netconf-yang callhome)|receiver ",
            Area.DIALOUT,
        ),
        ("(no )?(ip|ipv6) (name-server|host|domain)", Area.NAMES),
        ("(no )?(cdp|lldp)|interface .*\\n(no )?(cdp|lldp)", Area.DISCOVERY),
        ("(no )?(control-plane|mgmt-traffic|ip receive)", Area.CONTROL_PLANE),
        ("(no )?(banner|system mode)", Area.SYSTEM),
        (
            "interface .*\\n(no )?(standby|vrrp|glbp|ip ospf|ipv6 ospf|ospfv3|isis|ip router|ip rip|ip rsvp|mpls|ip pim|ip authentication|bfd)",
            Area.ROUTING,
        ),
        ("(no )?(router |key chain|ip msdp|mpls ldp|mpls|vrf definition|ip vrf|ipv6 router|bfd)", Area.ROUTING),
        ("(no )?(gprs|gtp|sctp|cs7|iwmsc)", Area.TELECOM),
        ("interface |(no )?(ip source-route|ip arp proxy)", Area.INTERFACES),
    ),
)

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "zone-based firewall (zone, zone-pair, inspect policies)",
        "who passes a zone is not worked out; lists in class maps are",
    ),
    ("class maps beyond access groups", "protocols and markings select traffic for quality of service"),
    ("MAC access lists", "they filter frames, and no area has a place for them"),
    ("SNMPv3 users", "the device does not print them; the output of 'show snmp user' is not collected"),
    (
        "tokens of embedded applets that call other applets",
        "an applet's own commands are read, not those of the policies it runs",
    ),
    ("voice, dial peers and mobile gateways of old releases", "nothing of the catalogue asks for them"),
)
"""What is knowingly not read, and why."""
