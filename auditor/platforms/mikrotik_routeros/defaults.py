"""What an absent setting means: a compact export prints what differs from the default (syntax-other-families E1.1)."""

from auditor.platforms.common.defaults import Default, DefaultTable

_API = (
    "RouterOS API table of defaults, github.com/ansible-collections/community.routeros,"
    " plugins/module_utils/_api_data.py; syntax-other-families"
)
_DOCS = "help.mikrotik.com/docs, "

_ON = (
    ("/ip service telnet", "E4"),
    ("/ip service ftp", "E4"),
    ("/ip service www", "E4"),
    ("/ip service ssh", "E4"),
    ("/ip service api", "E4"),
    ("/ip service api-ssl", "E4"),
    ("/ip service winbox", "E4"),
    ("/tool bandwidth-server enabled", "E4"),
    ("/tool bandwidth-server authenticate", "E4"),
    ("/tool mac-server ping enabled", "E4"),
    ("/ip settings send-redirects", "E12"),
)
_OFF = (
    ("/ip service www-ssl", "E4"),
    ("/tool romon enabled", "E4"),
    ("/ip proxy enabled", "E4"),
    ("/ip socks enabled", "E4"),
    ("/ip upnp enabled", "E4"),
    ("/ip settings accept-source-route", "E12"),
    ("/snmp enabled", "E5"),
    ("/ip traffic-flow enabled", "E6"),
    ("/tool sniffer streaming-enabled", "E6"),
    ("/system ntp client enabled", "E9"),
    ("/system ntp server enabled", "E9"),
    ("/user aaa use-radius", "E2"),
    ("/radius incoming accept", "E3"),
    ("/interface pptp-server server enabled", "E4"),
    ("/interface l2tp-server server enabled", "E4"),
    ("/interface sstp-server server enabled", "E4"),
    ("/interface ovpn-server server enabled", "E4"),
)
_WORDS = (
    ("/ip ssh forwarding-enabled", "no", "E4"),
    ("/ip settings rp-filter", "no", "E12"),
    ("/ip neighbor discovery-settings protocol", "cdp,lldp,mndp", "E12"),
    ("/snmp trap-community", "public", "E5"),
    ("/snmp trap-version", "1", "E5"),
    ("/user aaa default-group", "read", "E2"),
    ("/system routerboard settings boot-device", "nand-if-fail-then-ethernet", "E11"),
    ("/system note show-at-login", "yes", "threats.md login-banner-missing"),
)

DEFAULTS = DefaultTable(
    (
        *(Default(statement, True, f"{_API} {section}") for statement, section in _ON),
        *(Default(statement, False, f"{_API} {section}") for statement, section in _OFF),
        *(Default(statement, word, f"{_API} {section}") for statement, word, section in _WORDS),
        Default(
            "/tool mac-server allowed-interface-list",
            "all",
            "mikrotikdocs.fyi/mac-server, default output; syntax-other-families E4",
        ),
        Default(
            "/tool mac-server mac-winbox allowed-interface-list",
            "all",
            "mikrotikdocs.fyi/mac-server, default output; syntax-other-families E4",
        ),
        Default(
            "/ip dns allow-remote-requests",
            False,
            "an export that switches it on prints `allow-remote-requests=yes`, and exports print what differs from the"
            " default; syntax-other-families E1.1, E4",
        ),
        Default(
            "/tr069-client enabled",
            False,
            "the client works with an acs-url only; syntax-other-families E4, threats.md",
        ),
        Default(
            "/ip dhcp-client use-peer-dns",
            True,
            f"{_API} E4 (ip dhcp-client)",
        ),
    )
)

CLIENTS = frozenset(
    f"interface {name}"
    for name in (
        "l2tp-client", "ovpn-client", "ppp-client", "ppp-server", "pppoe-client", "pppoe-server server", "pptp-client",
        "sstp-client", "vpls", "wireless", "wifi",
    )
)  # fmt: skip
"""Menus whose entries are off until `disabled=no` is written (the same table, `disabled` of these paths)."""
_VERSION_6 = frozenset(("ip dhcp-server", "ip dhcp-client"))
"""Version 6 prints `disabled=no` at these, as it prints what differs from the default."""


def off_until_enabled(release: str) -> frozenset[str]:
    """Menus whose entries have to be switched on."""
    return CLIENTS | _VERSION_6 if release.startswith("6.") else CLIENTS
