"""What an absent line means, by release: cited claims, and nothing where the references leave it open."""

from auditor.platforms.common.defaults import Default, DefaultTable

_MANUAL = "syntax-ios-family D.4 (EOS hardening guide, EOS management guide)"
_DUMP = "full dump of 4.13.7M (pyeapi test fixture)"

DEFAULTS = DefaultTable(
    (
        Default("management ssh", True, f"{_MANUAL}: SSH is on in the default VRF; F.1"),
        Default("management telnet", False, f"{_MANUAL}: only SSH is accepted unless Telnet is switched on; F.1"),
        Default("management api http-commands", False, f"{_MANUAL}: eAPI is off; CIS benchmark of EOS, 2.9"),
        Default("protocol https", True, f"{_MANUAL}: with eAPI on, HTTPS is on"),
        Default("protocol http", False, f"{_MANUAL}: with eAPI on, HTTP is off"),
        Default("management api gnmi", False, f"{_MANUAL}; F.1"),
        Default("management api netconf", False, f"{_MANUAL}; F.1"),
        Default("management api restconf", False, f"{_MANUAL}; F.1"),
        Default("idle-timeout (ssh)", 0, f"syntax-ios-family D.4: no idle timeout; {_DUMP} prints 'idle-timeout 0'"),
        Default("idle-timeout (console)", 0, f"syntax-ios-family D.4: no timeout; {_DUMP} prints 'idle-timeout 0'"),
        Default(
            "allow-nopassword-remote-login",
            False,
            "syntax-ios-family D.2: a user without password may log in on the console only",
        ),
        Default("lockout", False, "syntax-ios-family D.2 (AVD templates): no lockout"),
        Default("on-success log", False, "syntax-ios-family D.2 (AVD templates): logins are not logged"),
        Default("enable password", True, "syntax-ios-family D.2: 'enable' is free for any logged-in user"),
        Default("login method list", False, "syntax-ios-family D.3: logins are decided locally"),
        Default("dynamic-authorization", False, "syntax-ios-family D.3: dynamic authorization is off"),
        Default(
            "dhcp server",
            False,
            "AVD templates (aristanetworks/avd 3cac535, dhcp-servers.j2): there is one where the block is printed",
        ),
        Default("snmp-server", False, "syntax-ios-family D.5: no agent without a community or user; F.1"),
        Default("logging on", True, "syntax-ios-family D.9: logging is on"),
        Default(
            "configuration log",
            True,
            "syntax-ios-family D.9: %SYS-5-CONFIG_I is logged; captures and full dump of 4.13.7M",
        ),
        Default("ntp serve", False, f"syntax-ios-family D.8: 'no ntp serve all' in {_DUMP} and Batfish test dumps"),
        Default("lldp run", True, f"syntax-ios-family D.12: {_DUMP} and dumps to 4.22 print 'lldp run'; F.1"),
        Default("ip proxy-arp", False, "syntax-ios-family D.12 (AVD templates); F.1"),
        Default("ip directed-broadcast", False, "syntax-ios-family D.12 (AVD templates); F.1"),
        Default("ip icmp redirect", True, f"syntax-ios-family D.12: {_DUMP} prints 'ip icmp redirect'; F.1"),
        Default("switchport negotiation", False, "syntax-ios-family D.12: no dynamic trunking"),
        Default(
            "maximum-routes",
            True,
            "syntax-ios-family D.13: 12000 in full dumps of 4.16.10M to 4.23.0.1F",
            before=(4, 24),
        ),
        Default("bash", True, "syntax-ios-family F.1: 'bash' for privileged users"),
        Default("unlisted vrf", False, f"{_MANUAL}: off in other VRFs"),
    )
)
BUILTIN_POLICING = "syntax-ios-family D.4: the built-in default-control-plane-acl and the policy copp-system-policy guard the processor"
