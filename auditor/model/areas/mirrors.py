"""Copies of traffic: mirrors, captures."""

import msgspec

from auditor.model.evidence import Known, Setting, Source


class MirrorDestination(msgspec.Struct, frozen=True):
    """Where a copy goes: `interface`, `address`, `vlan`, `cpu`, `file`, `pseudowire`, `mac`, or `tunnel` (one without a far end)."""

    kind: str
    value: str
    source: Source
    vrf: str = ""


class Mirror(msgspec.Struct, frozen=True):
    """Traffic that is copied: SPAN, RSPAN, ERSPAN, analyzer, port mirroring, filter actions, tap aggregation."""

    name: str
    kind: str
    """`span`, `rspan`, `erspan`, `traffic-export`, `acl-capture`, `tap-aggregation`, `tzsp` or the device's word."""
    sources: tuple[Source, ...]
    destinations: tuple[MirrorDestination, ...] = ()
    copied: tuple[str, ...] = ()
    """What is copied, in the device's words."""
    active: Setting[bool] = Known(True)
    filters: tuple[str, ...] = ()
    """Names of access lists that choose what is copied."""
    whole: bool = False
    """Everything of a kind is copied: all VLANs, the CPU, a management interface."""
    own: bool = False
    """What is copied is the device's own traffic: its CPU, or a management interface."""
    entries: tuple[Source, ...] = ()
    """The entries of `filters` that choose, where not all of them do."""


class Capture(msgspec.Struct, frozen=True):
    """A packet capture that is configured: to a file, to memory or to a host."""

    name: str
    sources: tuple[Source, ...]
    target: str = ""
    """File, URL or address; empty for memory."""
    interfaces: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    active: Setting[bool] = Known(True)
    kind: str = ""
    """`acl` (packets that an access list copies), `sampling` (samples in a file), `traffic-export`; else empty."""


class Mirrors(msgspec.Struct, frozen=True):
    """Mirror sessions and captures."""

    sessions: tuple[Mirror, ...]
    captures: tuple[Capture, ...] = ()
    state_only: Setting[bool] = Known(False)
    """Known(True) where copies may exist that no configuration shows (SR OS `debug mirror-source`, IOS-XE EPC)."""
    by_hand: str = "processes"
    """Where captures that are started by hand, and that no configuration shows, are seen: `captures` (the device's own
    table of them), `processes` (tcpdump and the like); empty where a capture is always configuration."""
