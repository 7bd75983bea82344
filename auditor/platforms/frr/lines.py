"""Lines of each file that do not matter to any area, and the area that an unread line belongs to."""

import re

from auditor.model.areas import Area
from auditor.platforms.common.reader import LineTable, any_of

_FRR: dict[str, tuple[str, ...]] = {
    "frame of the capture": (
        "Building configuration",
        "Current configuration",
        "frr (version|defaults) ",
        "end$",
        "exit$",
        r"exit-\S+$",
        r"(no )?service (integrated-vtysh-config|password-encryption|advanced-vty|terminal-length|cputime|walltime)",
        "(hostname|domainname) ",
        r"\S+[#>] ?sh(ow)? run",
        "% Can't open configuration file",
        r"vrf \S+$",
        r"vrf .*\nexit-vrf$",
        "banner ",
        "no banner ",
        "memory release",
    ),
    "routing protocols and what they exchange": (
        "router ",
        "route-map ",
        "(no )?(ip|ipv6) (prefix-list|community-list|extcommunity-list|large-community-list)",
        "bgp ",
        "(no )?key chain ",
        "mpls ",
        "(no )?segment-routing",
        "bfd$|bfd\\n",
        "rpki",
        "(no )?ip (protocol|nht|import-table)",
        "(no )?ipv6 (protocol|nht)",
        "(no )?(ip|ipv6) router-id",
        "router-id",
        "nexthop-group ",
        "traffic-eng",
        "(no )?zebra ",
        "(no )?fpm ",
        "(no )?agentx",
        "allow-",
        "(no )?ip (multicast|mroute|pim|igmp|msdp|ssmpingd)",
        "(no )?ipv6 (pim|mld|multicast)",
        "l2vpn ",
        "nhrp ",
        "(no )?evpn",
        "vni ",
        r"vrf .*\n(vni|ip pim|ip protocol|ip nht"
        r"|ipv6 (nht|protocol|pim)|(no )?ip import|ip router-id|ipv6 router-id|netns|no )",
        "pathd",
        "pbr table",
        "affinity-map",
        "(no )?(ip|ipv6) as-path",
        "pseudowire",
        "srv6",
        "debug ",
        "babel ",
        "vrrp ",
    ),
    "forwarding switches": ("(no )?ip(v6)? forwarding", "(no )?ip(v6)? multicast"),
    "how logs are written on the device": (
        "(no )?log (file|stdout|facility|timestamp|record-|monitor|commands|trap|daemon|filtered-file|filter-text|unique-id"
        "|immediate-mode|error-category|extended|extended-syslog|record)",
    ),
    "how an interface takes part in protocols": (
        r"interface .*\n(no )?(ip|ipv6) (ospf|ospf6|isis|rip|ripng|eigrp|pim|igmp|mld|nhrp|router|nd|babel|split-horizon|rsvp"
        r"|mroute|forwarding|multicast|redirects|rp|evpn|bandwidth|hello-interval|hold-time|delay|summary|authentication|passive)",
        r"interface .*\n(no )?(ospf|ospf6|isis|bfd|mpls|link-params|bandwidth|multicast|evpn|vrrp|link-detect|ptm-enable|babel"
        r"|openfabric|exit|segment-routing|no |pim|tunnel (protection|source)|mtu|speed|ldp|enable|admin-grp|affinity|metric)",
    ),
    "how a line behaves once somebody is in": (
        r"line .*\n(no )?(exec-timeout|log commands|history|length)",
        "exec-timeout",
    ),
}

FRR = LineTable(
    irrelevant=any_of(pattern for patterns in _FRR.values() for pattern in patterns),
    areas=(
        (re.compile(r"(no )?(enable )?password|(no )?username "), Area.ACCOUNTS),
        (re.compile(r"line |(no )?(login|access-class)\b|ipv6 access-class"), Area.ACCESS),
        (re.compile(r"(no )?(ip |ipv6 )?access-list"), Area.ACLS),
        (re.compile(r"(no )?log\b"), Area.LOGGING),
        (re.compile(r"(no )?(ip|ipv6) route\b|vrf .*\n(ip|ipv6) route\b"), Area.ROUTES),
        (re.compile(r"pbr-map |interface .*\npbr"), Area.REDIRECTION),
        (re.compile(r"interface "), Area.INTERFACES),
    ),
)

DAEMONS = LineTable(
    irrelevant=any_of(
        (
            "vtysh_enable",
            r"\w+_wrap$",
            "MAX_",
            "FRR_NO_ROOT",
            "frr_profile",
            "watchfrr",
            "valgrind",
            r"\w+_(options|instances)",
            r"[a-z0-9]+d (no|0)$",
            "FRR_PATHSPACE",
            "all_wrap$",
            "debug",
        )
    ),
    areas=((re.compile(""), Area.SERVICES),),
)
"""A wrap command is code inserted at the start of a daemon: never irrelevant."""

_SSH_WHO = "match |port |listenaddress |addressfamily |allow(users|groups)|deny(users|groups)|include "
SSHD = LineTable(
    irrelevant=any_of(
        (f"(?!{_SSH_WHO})(match .*\\n)?(?!{_SSH_WHO})[a-z0-9]+( |$)", "==> ", "total \\d", r"[-dl]r[wx-]")
    ),
    areas=((re.compile(_SSH_WHO + r"|match .*\n"), Area.ACCESS),),
)
"""Ciphers, methods, forwarding and the like: who reaches the server is read, how it then behaves is not."""

PASSWD = LineTable(irrelevant=re.compile(r"(?!)"), areas=((re.compile(""), Area.ACCOUNTS),))
GROUP = PASSWD

_SELECTOR = r"(?:\S+\s+)?"
RSYSLOG = LineTable(
    irrelevant=any_of(
        (
            r"\$(?!IncludeConfig)\w",
            r"(module|global|template|input|main_queue|parser|ruleset|lookup_table|timezone|dyn_stats)\s*\(",
            rf"{_SELECTOR}-?/",
            rf"{_SELECTOR}:omusrmsg:",
            rf"{_SELECTOR}:omfile:",
            rf"{_SELECTOR}:omjournal:",
            rf"{_SELECTOR}\|/",
            rf"{_SELECTOR}(stop|~|\*|root)$",
            "then (:omfile:|stop|-?/)",
            "(if|else|and|or)\\b(?!.*[@(])",
            r"\$programname",
            "[{}]+$",
            "==> ",
            "total \\d",
            r"[-dl]r[wx-]",
            r"set \$",
            "(rulesetparser|stop|call)\\b",
            "if .* then (:omfile:|stop|-?/|\\{$|$)",
            "if .*(and|or)$",
            "mail\\.",
        )
    ),
    areas=((re.compile(""), Area.LOGGING),),
)

SNMPD = LineTable(
    irrelevant=any_of(
        (
            "sys(location|contact|name|services|descr|objectid|uptime|ortable)",
            "master",
            "agentx",
            "agent(group|user)",
            "leave_pidfile",
            "authtrapenable",
            "engineid",
            "exactengineid",
            "oldengineid",
            "disk",
            "load",
            "proc",
            "includealldisks",
            "linkupdownnotifications",
            "defaultmonitors",
            "monitor",
            "ignoredisk",
            "interface",
            "dontlog",
            "mibs",
            "==> ",
            "total \\d",
            r"[-dl]r[wx-]",
            "swap",
            "skipnfs",
            "realstorage",
            "max",
            "cachetime",
            "iquery",
            "trapcommunity",
            "logmatch",
            "file",
        )
    ),
    areas=(
        (
            re.compile(
                r"r[ow](community|user)|com2sec|group|view|access|auth|trap|inform|include|createuser|usmuser|set"
            ),
            Area.SNMP,
        ),
    ),
)
"""`extend`, `exec`, `pass` and `dlmod` run code: they stay unread, and no area that is filled here is about them."""

LINKS = LineTable(
    irrelevant=any_of((r"\d+: .*\n", r"\d+: ", "link/")),
    areas=((re.compile(""), Area.TUNNELS),),
)

IFUPDOWN = LineTable(
    irrelevant=any_of(
        (
            r"(auto|allow-\S+|no-auto-down|no-scripts|rename|mapping|template) ",
            r"iface \S+ inet6? (loopback|dhcp|auto|static|manual|ppp|link-local)$",
            r"iface \S+$",
            r"iface .*\n(address|netmask|gateway|broadcast|network|mtu|hwaddress|metric|pointopoint|scope|dns-\S+|bridge-\S+"
            r"|bond-\S+|vlan-\S+|vrf|alias|link-\S+|accept_ra|autoconf|privext|dad-\S+|client|hostname|ttl|clagd-\S+)( |$)",
        )
    ),
    areas=((re.compile(""), Area.TUNNELS),),
)
"""A `source` line or a command that was not understood may make a tunnel: both keep the area from passing."""

TACPLUS = LineTable(
    irrelevant=any_of(
        (
            "#",
            "debug=",
            "timeout=",
            "vrf=",
            "login=",
            "acct_all=",
            "user_homedir=",
            "source_ip=",
            "protocol=",
            "service=",
        )
    ),
    areas=((re.compile(""), Area.AAA),),
)
"""An `include=` of further files stays unread and keeps the area from passing."""
