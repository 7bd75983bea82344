"""Lawful intercept, as far as an ordinary reader may see it, and the bindings of a mobile core."""

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret

WITHHELD = "(a statement of lawful intercept, withheld)"
"""What is shown as evidence in place of a line that was dropped or names an operator or a mediation device."""


class InterceptStatement(msgspec.Struct, frozen=True):
    """A statement that makes interception possible. Never a target, never the name of an intercept account."""

    kind: str
    """`radius`, `dtcp`, `flow-tap`, `li-user`, `x1`, `mib`, `separation`, `local-save`, `filter-lock`, `package`."""
    source: Source


class LiAccount(msgspec.Struct, frozen=True):
    """An account or class of accounts that may see, operate or administer intercepts. It has no name here."""

    fingerprint: str
    """Keyed; equal to that of a declared administrator of the same name."""
    source: Source
    right: str = "operate"
    """`view` where it may see statements of interception and not set any up."""
    general: Setting[bool] = Known(False)
    """It is also an administrator of everything else."""
    secret: Secret | None = None
    keyed: bool = False
    """It can log in with a key."""
    catch_all: bool = False
    """The right comes with a role of all rights, not with one that was made for interception."""
    remote: bool = False
    """It is no account: whom a server of RADIUS or TACACS+ lets in gets the right."""
    file_transfer: bool = False
    weak_algorithms: tuple[str, ...] = ()
    """`md5` and `des`, where it is a user of SNMPv3 that has them."""


class LiReceiver(msgspec.Struct, frozen=True):
    """An address that intercepted traffic or notices of interception go to, by configuration."""

    use: str
    """`content`, `control` or `notices`."""
    address: str
    """Never shown."""
    source: Source
    protected: bool = False
    """The stream is encrypted or its integrity is protected."""


class LiResidue(msgspec.Struct, frozen=True):
    """What may be said of text that was dropped from a document: how interception is guarded, and nothing of any intercept.

    Sources name no document; their lines count the kept text.
    """

    accounts: tuple[LiAccount, ...] = ()
    lock: Known[str] | None = None
    support: Known[bool] | None = None
    log: Known[bool] | None = None
    """A log of interception: whether it leaves the device."""
    log_ids: tuple[str, ...] = ()
    radius: Source | None = None
    x_interfaces: Source | None = None
    receivers: tuple[LiReceiver, ...] = ()


class Intercept(msgspec.Struct, frozen=True):
    """Intercept capability (lawful-intercept reference, section 5: class 3 only)."""

    statements: tuple[InterceptStatement, ...] = ()
    separation: Setting[bool] | None = None
    """Intercept is apart from ordinary administration; None where the platform has no such switch, or what holds it was
    not collected."""
    local_save: Setting[bool] | None = None
    visible: Setting[bool] = Known(True)
    """Whether the account that collected sees statements of interception at all: what it may not see is not absent."""
    accounts: tuple[LiAccount, ...] = ()
    accounts_visible: Setting[bool] = Known(True)
    receivers: tuple[LiReceiver, ...] = ()
    software: Setting[bool] = Unknown(Code.STATE, "which software is installed was not collected")
    """Software that can intercept is installed and not switched off."""
    filter_lock: Setting[str] | None = None
    """`locked`, `li-users` or `all`: who may change filters that intercepts use; None where there is no such lock."""
    support_data: Setting[bool] | None = None
    """Support dumps hold data of interception; None where there is no such switch."""
    log_leaves: Setting[bool] | None = None
    """The log of interception goes to a receiver; None where the platform has no such log."""
    log_ids: tuple[str, ...] = ()
    """Logs of interception that go to the receivers of a trap group of the same name."""
    dtcp_filters: tuple[Filter, ...] = ()
    """What the sources of DTCP must pass."""
    x_interfaces: Source | None = None
    """Interfaces X1 to X3 are on, in a form without TLS."""


class CoreBinding(msgspec.Struct, frozen=True):
    """A protocol of the mobile or signalling core that this device speaks or lets through."""

    protocol: str
    """`gtp-c`, `gtp-u`, `pfcp`, `diameter`, `sctp`, `m3ua`, `s1ap`, `ngap`, `radius`."""
    where: str
    """Interface, peer or list."""
    source: Source
    vrf: str = ""
    peers: tuple[str, ...] = ()
    """Addresses or prefixes that are let in; empty for any."""
    permits: bool = True


class Telecom(msgspec.Struct, frozen=True):
    """Bindings of the mobile and signalling core."""

    bindings: tuple[CoreBinding, ...] = ()
