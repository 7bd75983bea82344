"""What an absent statement means on Junos: cited claims, and nothing where the references leave it open."""

from auditor.platforms.common.defaults import Default, DefaultTable

_REFERENCE = "syntax-other-families"
_SERVICES_OFF = (
    "Juniper, Remote Access Overview: remote access is disabled until it is configured; what branch SRX, EX and QFX ship"
    " switched on stands in their configuration"
)
_SSH = "Juniper, ssh (System Services): juniper.net/documentation/us/en/software/junos/cli-reference/topics/ref/statement/ssh-edit-system.html"

SERVICES = (
    "ssh", "telnet", "netconf ssh", "netconf tls", "ftp", "tftp-server", "finger", "rlogin", "rsh", "xnm-clear-text",
    "xnm-ssl", "rest http", "rest https", "web-management http", "web-management https", "webapi",
    "extension-service request-response grpc", "extension-service notification", "flow-tap-dtcp", "dns",
    "dhcp-local-server",
)  # fmt: skip
"""Services below `system services` that are off until a statement switches them on."""

TABLE = DefaultTable(
    (
        *(Default(f"set system services {name}", False, _SERVICES_OFF) for name in SERVICES),
        Default(
            "set system services ssh root-login",
            True,
            "Juniper, root-login, Junos OS 12.3 documentation: the default is allow",
            before=(12, 4),
        ),
        Default("set system services ssh allow-tcp-forwarding", False, _SSH, since=(22, 2)),
        Default(
            "set system services ssh allow-tcp-forwarding", True, f"{_SSH}: off by default since 22.2R1", before=(22, 2)
        ),
        Default(
            "set system services ssh protocol-version v1",
            False,
            f"Juniper YANG models: no value v1 from 19.3 on ({_REFERENCE} A4)",
            since=(19, 3),
        ),
        Default(
            "set system services ssh no-passwords",
            True,
            f"{_SSH}: passwords are accepted unless a statement refuses them",
        ),
        Default(
            "set system authentication-order",
            False,
            "Juniper, authentication-order: without the statement users are verified by their configured passwords",
        ),
        Default(
            "set system login retry-options",
            True,
            f"Juniper YANG models: three tries, then a delay that grows with every failure ({_REFERENCE} A2)",
        ),
        Default(
            "set system ports console log-out-on-disconnect",
            False,
            f"Juniper YANG models: a flag that is off without the statement ({_REFERENCE} A4)",
        ),
        Default("set system login idle-timeout", 0, f"Juniper YANG models: no idle timeout ({_REFERENCE} A2)"),
        Default(
            "set system master-password",
            False,
            f"without a master password shared secrets are stored as $9$, which anybody can reverse ({_REFERENCE} A2)",
        ),
        Default(
            "set protocols lldp",
            False,
            f"off until configured; what EX switches ship switched on stands in their configuration ({_REFERENCE} A12)",
        ),
        Default("set routing-options source-routing", False, f"Juniper YANG models: off ({_REFERENCE} A12)"),
        Default("set interfaces proxy-arp", False, f"Juniper YANG models: off ({_REFERENCE} A12)"),
        Default("set interfaces targeted-broadcast", False, f"Juniper YANG models: off ({_REFERENCE} A12)"),
        Default(
            "set system no-redirects", True, f"redirects are sent unless a statement stops them ({_REFERENCE} A12)"
        ),
    )
)
"""The claims of this platform."""

NO_CONTAINERS = f"no statement of the Junos configuration switches a container host on ({_REFERENCE} A10)"
SUPER_USER = frozenset(("super-user", "superuser"))
"""Predefined classes with permission `all`; `superuser` is the second name of the same class
(juniper.net/documentation/us/en/software/junos/user-access/topics/topic-map/junos-os-login-class.html, table 1)."""
LIMITED = frozenset(("operator", "read-only", "unauthorized"))
"""The other predefined classes (same table)."""
