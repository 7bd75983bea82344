"""Statements that do not matter to any area, and the area that an unread one belongs to.

A statement is looked at by the names from the root to itself, joined by blanks, without keys.
"""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

_E = r"(?: |$)"

TABLE = line_table(
    {
        "identity and clock": (
            f"system (name|information|clock|license|sync){_E}", "_preamble", "last-configuration-change",
        ),
        "hardware": (f"platform (chassis|control|fabric|fan-tray|linecard|power-supply|redundancy|resource-management|resource-monitoring|vxdp|trust disk-encryption|healthz){_E}",),
        "queues and rates": (
            f"qos{_E}", f"interface (.* )?qos{_E}", f"acl policers{_E}", f"system (mpls|multicast|load-balancing|mtu|datapath|cgroup|lacp|utilization){_E}",
            f"network-instance (mtu|ip-load-balancing|ip-forwarding|icmp|icmp6|mpls|mpls-forwarding|segment-routing|traffic-engineering|traffic-engineering-policies|flexible-algorithm|bfd){_E}",
        ),
        "names of instances and their plumbing": (
            f"network-instance (description|router-id|bridge-table|interface|vxlan-interface|connection-point|neighbor-group){_E}",
            f"network-instance (type|admin-state){_E}", f"network-instance (inter-instance-policies|table-connections|route-table|aggregate-routes){_E}",
            f"network-instance protocols (bgp-vpn|bgp-evpn|bgp-ipvpn|directly-connected|linux|gribi|igmp|mld|pim|igmp-snooping|mld-snooping|static){_E}",
            f"system (network-instance|bridge-table|protocols|maintenance|protection-policies|l2cp-transparency){_E}",
        ),
        "physical ports": (f"interface (ethernet|transceiver|linux|vhost|resource|packet-link-qualification|p4rt|load-balancing){_E}", f"interface name{_E}"),
        "policy on routes, not on management": (
            f"routing-policy (as-path-set|community-set|extended-community-set|standard-community-set|tag-set){_E}",
            f"routing-policy policy (default-action|description|statement (action|match|description|sequence-id)){_E}",
            f"network-instance protocols isis instance (net|level-capability|max-ecmp-paths|ipv4-unicast|ipv6-unicast|overload|timers|transport|trace-options|level|graceful-restart|auto-cost|attached-bit|inter-level-propagation-policies|iid-tlv|poi-tlv|ldp-synchronization|traffic-engineering|segment-routing|loopfree-alternate|export-policy|import-policy|flexible-algorithm|instance-id|non-stop-forwarding|te-database-install|route-preference|admin-state){_E}",
            f"network-instance protocols ospf instance (router-id|max-ecmp-paths|reference-bandwidth|overload|timers|trace-options|graceful-restart|asbr|export-policy|external-preference|preference|version|admin-state|address-family|advertise-router-capability|area (area-range|stub|nssa|blackhole-aggregate|advertise-router-capability)|te-database-install|loopfree-alternate|ldp-synchronization|instance-id|segment-routing|traffic-engineering|export-limit|rtr-adv-lsa-limit|external-db-overflow){_E}",
            f"network-instance protocols ldp (dynamic-label-block|ipv4|ipv6|graceful-restart|multipath|null-label|entropy-label|peers|discovery|fec-resolution|static-fec|targeted-auto-rx|trace-options|admin-state|session|export-prefix-policy|import-prefix-policy|tunnel-down-damp-time){_E}",
        ),
        "measurement and liveness": (f"(bfd|oam){_E}", f"system (packet-link-qualification|trace-options|twamp){_E}"),
        "subscribers and redundancy of links": (f"subscriber-management{_E}", f"system (dhcp-relay|dot1x|fhs-policy|ra-guard-policy){_E}", f"terminal-device{_E}"),
        "how the configuration itself is kept": (f"system configuration (auto-checkpoint|max-checkpoints|max-candidates|idle-timeout|confirmed-accept|confirmed-reject|session|checkpoint){_E}",),
        "applications of the vendor": (f"system app-management{_E}",),
        "keys of links": (f"transport-security{_E}",),
    },
    (
        (r"system aaa (server-group|accounting|authentication (authentication-method|exit-on-reject))", Area.AAA),
        (r"system (aaa|configuration role)", Area.ACCOUNTS),
        (r"system (ssh-server|netconf-server)", Area.ACCESS),
        (r"system (grpc-server|gnmi-server|gribi-server|p4rt-server|json-rpc-server|ftp-server|tls|dhcp-server|ndk-server|management)", Area.SERVICES),
        (r"system snmp", Area.SNMP),
        (r"acl|routing-policy prefix-set", Area.ACLS),
        (r"system mirroring", Area.MIRRORS),
        (r"system (sflow|ipfix)|interface sflow", Area.EXPORTERS),
        (r"tunnel-interface|network-instance ip-tunnel-decapsulation", Area.TUNNELS),
        (r"tunnel|network-instance protocols (bgp-evpn|bgp-vpn)", Area.PSEUDOWIRES),
        (r"network-instance (static-routes|next-hop-groups)", Area.ROUTES),
        (r"network-instance policy-forwarding|routing-policy", Area.REDIRECTION),
        (r"system logging", Area.LOGGING),
        (r"system ntp", Area.TIME),
        (r"system event-handler", Area.SCRIPTS),
        (r"system boot|platform", Area.BOOT),
        (r"system grpc-tunnel", Area.DIALOUT),
        (r"system dns", Area.NAMES),
        (r"system lldp", Area.DISCOVERY),
        (r"interface", Area.INTERFACES),
        (r"system authentication|network-instance protocols", Area.ROUTING),
        (r"system control-plane-traffic", Area.CONTROL_PLANE),
        (r"system lawful-intercept", Area.INTERCEPT),
        (r"system banner", Area.SYSTEM),
        (r"system", Area.SERVICES),
    ),
)  # fmt: skip

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "agents in `/etc/opt/srlinux/appmgr`, CLI plugins, cron, containers",
        "files of the Linux system, not configuration",
    ),
    ("what a shell captures, `tools system traffic-monitor`", "state, not configuration"),
    ("targets and controller of `system lawful-intercept`", "lawful intercept: dropped before reading"),
    ("MACsec policies", "keys of links; the key chains they use are read"),
    ("a configuration in changes (`delete /`, `insert /`)", "what was there before is not in the document"),
)
"""What is knowingly not read, and why."""
