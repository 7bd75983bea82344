"""What an absent statement means on NX-OS: cited claims, and nothing where the references leave it open."""

from auditor.platforms.common.defaults import Default, DefaultTable

_HARDENING = "Cisco NX-OS hardening guide, by syntax-ios-family"
_YANG = "Cisco-NX-OS-device YANG 9.3(2), every feature but SSH is disabled, by syntax-ios-family C.4"
_NXAPI = "Nexus 9000 programmability guides 9.2(2) and 9.3 (HTTPS 443 only), by syntax-ios-family C.4"

_FEATURES_OFF = (
    "telnet",
    "scp-server",
    "sftp-server",
    "nxapi",
    "netconf",
    "restconf",
    "grpc",
    "bash-shell",
    "lldp",
    "netflow",
    "sflow",
)

TABLE = DefaultTable(
    (
        *(Default(f"feature {name}", False, _YANG) for name in _FEATURES_OFF),
        Default("feature http-server", False, _YANG, since=(9,)),
        Default("feature ssh", True, f"{_HARDENING} C.4 and F.1 (version 2 only)"),
        Default("feature ntp", True, f"{_HARDENING} C.4 and C.9"),
        Default("feature password encryption aes", False, f"{_HARDENING} C.2 (keys are of type 7)"),
        Default("nxapi http", False, _NXAPI, since=(9, 2, 2)),
        Default("nxapi https", True, _NXAPI, since=(9, 2, 2)),
        Default("xml server", False, _YANG),
        Default("line exec-timeout", 1800, f"{_HARDENING} C.4 (30 minutes)"),
        Default("aaa authentication login", "local", f"{_HARDENING} C.3"),
        Default("aaa authentication login fallback error local", True, f"{_HARDENING} C.3"),
        Default("snmp-server protocol enable", True, f"{_HARDENING} C.5 and F.1"),
        Default("snmp-server globalEnforcePriv", False, f"{_HARDENING} C.5"),
        Default("monitor session no shut", False, "Cisco node-utils (monitor session), by syntax-ios-family C.6"),
        Default("cdp enable", True, f"{_HARDENING} C.12 and F.1"),
        Default("ip source-route", True, f"{_HARDENING} C.4 and F.1 (all releases)"),
        Default("ip redirects", True, f"{_HARDENING} C.12"),
        Default("ip proxy-arp", False, "Cisco-NX-OS-device YANG 9.3(2) and node-utils, by syntax-ios-family C.12"),
        Default("ip directed-broadcast", False, f"{_HARDENING} C.12"),
        Default("ip domain-lookup", True, "captures of lab-validation, by syntax-ios-family C.4"),
        Default("logging logfile", True, f"{_HARDENING} C.9 (file `messages`)"),
        Default("accounting log", True, "NDFC listing of AAA defaults, by syntax-ios-family C.1 and C.9"),
    )
)
