"""Lines of each file that do not matter to any area, and the area that an unread line belongs to."""

import re

from auditor.model.areas import Area
from auditor.platforms.common.reader import LineTable, any_of, line_table

_IF = r"interface .*\n(?:no )?"
_PROC = r"router (?:ospf|ospf6|isis|openfabric|rip|ripng|eigrp|babel|pim|pim6)\b.*\n(?:no )?"
_BGP = r"router bgp .*\n(?:address-family .*\n)?(?:no )?"

_FRR: dict[str, tuple[str, ...]] = {
    "frame of the capture": (
        "Building configuration",
        "Current configuration",
        "frr (version|defaults) ",
        "end$",
        "exit$",
        r"exit-\S+$",
        r".*\nexit(-\S+)?$",
        r"(no )?service (integrated-vtysh-config|password-encryption|advanced-vty|terminal-length|cputime|walltime)",
        "(hostname|domainname) ",
        r"\S+[#>] ?sh(ow)? run",
        "% Can't open configuration file",
        r"vrf \S+$",
        r"vrf .*\nexit-vrf$",
        "no banner ",
        "memory release",
    ),
    "how routes are chosen and told": (
        r"router (bgp|ospf|ospf6|isis|openfabric|rip|ripng|eigrp|babel|pim|pim6)\b[^\n]*$",
        _BGP
        + r"(bgp (?!listen)|network |redistribute |aggregate-address |timers |maximum-paths|distance |import |rd |rt |route-target |label |nexthop "
        r"|coalesce-time|read-quanta|write-quanta|update-delay|segment-routing|sid |table-map|address-family [^\n]*$|exit|synchronization|auto-summary|neighbor \S+ activate|advertise"
        r"|default-originate|export |mpls |dup-addr|flooding|autort|use-es|mac-vrf|enable-resolve|srv6|bmp |fast-external)",
        _PROC
        + r"(router-id|ospf |ospf6 |log-adjacency|redistribute|default-information|default-metric|distance|timers|auto-cost|maximum-paths|max-metric|capability|compatible"
        r"|network |neighbor |area \S+ (stub|nssa|range|shortcut|default-cost|virtual-link|export|nssa)|refresh|write-multiplier|graceful-restart|segment-routing|mpls|fast-reroute|bfd"
        r"|net |is-type|metric-style|lsp-|spf-|set-|attached|dynamic|hostname|topology|advertise|purge|flex-algo|srv6|version|route |offset-list|variance|eigrp|passive-interface"
        r"|babel|ecmp|join-prune|keep-alive|packets|register|rp |send-v6|spt|ssm|msdp|opaque|aggregation|proactive|detail|flood|exit|interface |p2p|helper|enable|allow-ecmp|default|no |bsr|autorp|dm |rpf-lookup-mode|router-info|max-lsp-lifetime|mroute|flooding)",
        r"route-map [^\n]*$",
        r"(no )?(ip|ipv6) (community-list|extcommunity-list|large-community-list)",
        r"bgp (community-list|extcommunity-list|large-community-list|as-path|route-map|send-extra|suppress|session|graceful|no-rib|input|output)",
        "(no )?ip (protocol|nht|import-table)",
        "(no )?ipv6 (protocol|nht)",
        "(no )?(ip|ipv6) router-id",
        "router-id",
        r"nexthop-group .*\n(?!nexthop)",
        "traffic-eng",
        "(no )?zebra (?!on-rib)",
        "(no )?agentx",
        "allow-",
        "(no )?ip (multicast|mroute|pim|igmp|ssmpingd)",
        "(no )?ipv6 (pim|mld|multicast)",
        "nhrp ",
        "(no )?evpn",
        "vni ",
        r"vrf .*\n(vni|ip pim|ip protocol|ip nht"
        r"|ipv6 (nht|protocol|pim)|(no )?ip import|ip router-id|ipv6 router-id|netns|no )",
        "pbr table",
        "affinity-map",
        "(no )?(ip|ipv6) as-path",
        "babel ",
        "debug ",
        "no (router|route-map|key chain|ip prefix-list|debug|bgp) ",
        r"ip msdp mesh-group",
    ),
    "labels and segments": (
        r"mpls (?!ldp)",
        r"mpls ldp\n(?!(.*\n)*neighbor \S+ password)",
        r"mpls ldp$",
        "(no )?segment-routing",
        "pathd",
        "srv6",
    ),
    "detection of failures": (r"bfd$|bfd\n",),
    "pushing routes to hardware (FPM)": ("(no )?fpm ",),
    "forwarding switches": ("(no )?ip(v6)? forwarding", "(no )?ip(v6)? multicast"),
    "how logs are written on the device": (
        "(no )?log (stdout|facility|timestamp|record-|monitor|trap|daemon|filtered-file|filter-text|unique-id"
        "|immediate-mode|error-category|extended|extended-syslog|record|commands)",
    ),
    "how an interface takes part in protocols": (
        _IF + r"(ip|ipv6) (ospf|ospf6|isis|rip|ripng|eigrp|pim|igmp|mld|router|nd|babel|split-horizon|rsvp"
        r"|mroute|forwarding|multicast|redirects|rp|evpn|bandwidth|hello-interval|hold-time|delay|summary|passive)(?! authentication)",
        _IF + r"(isis|openfabric) (?!password)",
        _IF + r"(ospf|ospf6|bfd|mpls|link-params|bandwidth|multicast|evpn|vrrp|link-detect|ptm-enable|babel"
        r"|exit|segment-routing|pim|mtu|speed|ldp|enable|admin-grp|affinity|metric)",
        r"interface .*\n(link-params|mpls .*)\n",
        r"interface .*\nno ",
    ),
    "how a line behaves once somebody is in": (
        r"line .*\n(no )?(log commands|history|length)",
        "exec-timeout",
    ),
}

FRR = line_table(
    _FRR,
    [
        (r"(no )?(enable )?password|(no )?username ", Area.ACCOUNTS),
        (r"line |(no )?(login|access-class)\b|ipv6 access-class", Area.ACCESS),
        (r"(no )?(ip |ipv6 )?(access-list|prefix-list)", Area.ACLS),
        (r"(no )?log\b", Area.LOGGING),
        (r"(no )?(ip|ipv6) route\b|vrf .*\n(ip|ipv6) route\b", Area.ROUTES),
        (r"pbr-map |nexthop-group|route-map |interface .*\npbr", Area.REDIRECTION),
        (r"interface .*\n(ip nhrp|tunnel)|nhrp", Area.TUNNELS),
        (r"l2vpn", Area.PSEUDOWIRES),
        (r"zebra on-rib", Area.SCRIPTS),
        (r"router |key chain|rpki|mpls ldp|interface .*\n(no )?(ip|ipv6|isis|openfabric) |msdp", Area.ROUTING),
        (r"interface ", Area.INTERFACES),
        (r"banner", Area.SYSTEM),
    ],
)

NFT = line_table(
    {
        "frame and counters": (
            r"table [^\n]*$",
            r"table .*\n(chain|set|map|counter|quota|limit|flowtable|ct helper|ct timeout)\b[^\n]*$",
            r"table .*\n(counter|quota|flowtable|ct helper|ct timeout|limit)\b.*\n",
            "# ",
        ),
    },
    [(r"table .*\nchain .*\n", Area.CONTROL_PLANE), (r"", Area.CONTROL_PLANE)],
)
TC = line_table({"details of a filter": ("qdisc ",)}, [(r"", Area.MIRRORS)])
CRON = line_table({"heads of files": ("==> ", r"total \d", r"[-dl]r[wx-]")}, [(r"", Area.SCRIPTS)])
CHRONY = line_table({"heads of files": ("==> ",)}, [(r"", Area.TIME)])
RESOLV = line_table({"heads of files": ("==> ",)}, [(r"", Area.NAMES)])
SYSCTL = line_table({"what the kernel would not show": ("sysctl: ",)}, [])
PAM = line_table({"what is no authentication": ("-?(account|password|session)", "@include ")}, [(r"", Area.AAA)])
WIREGUARD = line_table({"counters": ("latest handshake", "transfer")}, [(r"", Area.TUNNELS)])
KEYS = line_table({"heads of files": ("==> ",)}, [(r"", Area.ACCOUNTS)])

_LISTING = ("==> ", r"total \d", r"[-dl]r[wx-]")
HSFLOWD = line_table(
    {"what is polled and how": (r"sflow$", r"sflow\n(?!collector|dns-?sd|sampling)[\w.]+")}, [(r"", Area.EXPORTERS)]
)
PMACCT = line_table(
    {"what is counted, and what stays on the router": (*_LISTING, r"(?!\w+_receiver|tee_|\w+_host|plugins)\w")},
    [(r"", Area.EXPORTERS)],
)
SOFTFLOWD = line_table({"heads of files": _LISTING}, [(r"", Area.EXPORTERS)])
SWANCTL = LineTable(irrelevant=re.compile(r"(?!)"), areas=((re.compile(""), Area.CRYPTO),))

NOT_READ: tuple[tuple[str, str], ...] = (
    (
        "other files of PAM, netplan, systemd-networkd, swanctl.conf, lldpd",
        "each is another program's; what it decides is left out with that reason",
    ),
    ("iptables", "`nft list ruleset` shows the rules of iptables-nft too"),
    ("/etc/shadow, /etc/chrony/chrony.keys, /var/lib/snmp", "they hold secrets only: they are never asked for"),
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
    irrelevant=any_of((f"(match .*\\n)?(?!{_SSH_WHO})[a-z0-9]+( |$)", "==> ", "total \\d", r"[-dl]r[wx-]")),
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
