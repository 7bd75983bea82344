"""What an absent statement means on Junos: cited claims, and nothing where the references leave it open."""

SERVICES_OFF = (
    "Juniper: remote access services are off until configured (syntax-other-families A4, all releases; what branch SRX,"
    " EX and QFX ship switched on stands in their configuration)"
)
NO_CONTAINERS = "no statement of the Junos configuration switches a container host on (syntax-other-families A10)"
SUPER_USER = frozenset(("super-user", "superuser"))
"""Predefined classes with permission `all`; `superuser` is the second name of the same class
(juniper.net/documentation/us/en/software/junos/user-access/topics/topic-map/junos-os-login-class.html, table 1)."""
LIMITED = frozenset(("operator", "read-only", "unauthorized"))
"""The other predefined classes (same table)."""
