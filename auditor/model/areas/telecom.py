"""Lawful intercept, as far as an ordinary reader may see it, and the bindings of a mobile core."""

import msgspec

from auditor.model.evidence import Setting, Source


class InterceptStatement(msgspec.Struct, frozen=True):
    """A statement that makes interception possible. Never a target, never the name of an intercept account."""

    kind: str
    """`radius`, `dtcp`, `flow-tap`, `li-user`, `x1`, `mib`, `separation`, `local-save`, `filter-lock`, `package`."""
    source: Source


class Intercept(msgspec.Struct, frozen=True):
    """Intercept capability (lawful-intercept reference, section 5: class 3 only)."""

    statements: tuple[InterceptStatement, ...] = ()
    separation: Setting[bool] | None = None
    """Intercept is apart from ordinary administration; None where the platform has no such switch."""
    local_save: Setting[bool] | None = None


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
