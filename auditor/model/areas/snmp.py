"""The SNMP agent."""

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret


class LiRoot(msgspec.Struct, frozen=True):
    """A lawful-intercept MIB that a view lets through, and the view's line that does it."""

    mib: str
    oid: str
    source: Source
    broad: bool = False
    """The line names something above the MIB (`iso`, `internet`), so the view is not made for intercept alone."""
    more: tuple[Source, ...] = ()
    """Further lines of the view that let parts of the MIB through."""


class ViewEntry(msgspec.Struct, frozen=True):
    """One statement of a view, in the order written."""

    subtree: str
    """As written: a name, a number, or both; with a mask where the platform has masks."""
    included: bool
    source: Source
    mask: str = ""


class SnmpView(msgspec.Struct, frozen=True):
    """A named view, resolved: which lawful-intercept MIBs it contains."""

    name: str
    sources: tuple[Source, ...]
    li_roots: Setting[tuple[LiRoot, ...]] = Known(())
    entries: tuple[ViewEntry, ...] = ()


class Community(msgspec.Struct, frozen=True):
    """An SNMPv1/v2c community."""

    secret: Secret
    source: Source
    writable: bool = False
    view: str = ""
    """Empty where the agent's default view applies."""
    filters: tuple[Filter, ...] = ()
    sources: tuple[Source, ...] = ()
    write_source: Source | None = None
    vrf: str = ""
    version: str = ""
    """`v1` or `v2c` where the platform tells them apart; empty for both."""


class SnmpGroup(msgspec.Struct, frozen=True):
    """A group of principals with its views."""

    name: str
    version: str
    """`v1`, `v2c` or `v3`."""
    level: str
    """`noauth`, `auth`, `priv`; empty below v3."""
    source: Source
    read_view: str = ""
    write_view: str = ""
    filters: tuple[Filter, ...] = ()
    notify_view: str = ""
    context: str = ""
    """Context of SNMPv3 that the rights hold in, where the platform names one (SR OS `li`)."""
    write_source: Source | None = None
    """The line that names the write view, where it is another one than `source`."""
    community: Secret | None = None
    """The community that an output shows as the name of the group (IOS: v1 and v2c)."""


class SnmpUser(msgspec.Struct, frozen=True):
    """An SNMPv3 user."""

    name: str
    source: Source
    group: str = ""
    auth: str = ""
    """`md5`, `sha`, `sha-224` ... `sha-512`; empty without authentication."""
    privacy: str = ""
    """`des`, `3des`, `aes-128`, `aes-192`, `aes-256`; empty without privacy."""
    auth_secret: Secret | None = None
    privacy_secret: Secret | None = None
    filters: tuple[Filter, ...] = ()
    remote: bool = False
    """A user of another engine, for informs; grants nothing here."""
    sources: tuple[Source, ...] = ()
    """Further lines that say how the user is protected."""
    roles: tuple[tuple[str, Source], ...] = ()
    """Further groups, where a user may have several (NX-OS), each with its line."""


class TrapHost(msgspec.Struct, frozen=True):
    """A receiver of notifications."""

    address: str
    version: str
    source: Source
    secret: Secret | None = None
    user: str = ""
    """Security name of an SNMPv3 receiver."""
    level: str = ""
    port: int | None = None
    vrf: str = ""
    group: str = ""
    """Name of the group of receivers, where a log refers to it (SR OS)."""


class Snmp(msgspec.Struct, frozen=True):
    """The SNMP agent."""

    communities: tuple[Community, ...] = ()
    groups: tuple[SnmpGroup, ...] = ()
    views: tuple[SnmpView, ...] = ()
    hosts: tuple[TrapHost, ...] = ()
    enabled: Setting[bool] = Known(True)
    users: tuple[SnmpUser, ...] = ()
    users_known: Setting[bool] = Known(True)
    """Unknown where the platform does not print its users (IOS, XE)."""
    traps: tuple[str, ...] = ()
    """Kinds of notification that are switched on, in the device's words."""
    auth_failures: Setting[bool] = Unknown(
        Code.CUT, "notifications of failed SNMP logins are not read on this platform"
    )
    """Failed SNMP authentication is notified."""
    engine_id: str = ""
    filters: tuple[Filter, ...] = ()
    """Source lists of the agent as a whole."""
    vrfs: tuple[str, ...] = ()
    enforce_privacy: Setting[bool] | None = None
    """Requests without privacy are refused whatever the user's own level (NX-OS `globalEnforcePriv`); None where the
    platform has no such switch."""
