"""Access lists, filters and prefix lists, and where they are bound."""

import msgspec

from auditor.model.evidence import Source


class AclEntry(msgspec.Struct, frozen=True):
    """One entry of an access list.

    Prefixes are written `address/length`; `0.0.0.0/0` and `::/0` for any. An empty tuple of sources means that they
    could not be worked out; an empty tuple of destinations or ports means any.
    """

    permit: bool
    sources: tuple[str, ...]
    source: Source
    protocol: str = ""
    """`tcp`, `udp`, `icmp`, `gre`, a number as text; empty for any."""
    destinations: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    """Destination ports: `22`, `1000-2000`; `!22` for all but one."""
    source_ports: tuple[str, ...] = ()
    log: bool = False
    established: bool = False
    """Only answers to sessions opened from the other side."""
    action: str = ""
    """The device's word where it is neither permit nor deny: `copy`, `next-ip`, `sample`, `police`."""
    active: bool = True
    """False where the entry depends on a time or is switched off."""
    interfaces: tuple[str, ...] = ()
    """Where it holds only for what comes in by these, from whatever source; its `sources` are empty then."""


class Binding(msgspec.Struct, frozen=True):
    """A place where a list is used."""

    where: str
    """`interface Gi0/0`, `line vty 0 4`, `snmp`, `ntp`, `control-plane`, `bgp 192.0.2.1` ..."""
    source: Source
    direction: str = ""
    """`in`, `out`, or empty."""


class Acl(msgspec.Struct, frozen=True):
    """An access list and where it is used."""

    name: str
    family: int
    entries: tuple[AclEntry, ...]
    sources: tuple[Source, ...]
    bindings: tuple[Binding, ...] = ()
    default_permit: bool = False
    """What no entry matches is let through (VRP traffic filters, RouterOS chains, Junos is False)."""


class PrefixEntry(msgspec.Struct, frozen=True):
    """One entry of a prefix list."""

    permit: bool
    prefix: str
    source: Source
    ge: int | None = None
    le: int | None = None


class PrefixList(msgspec.Struct, frozen=True):
    """A list of prefixes, for routing policy."""

    name: str
    family: int
    entries: tuple[PrefixEntry, ...]
    sources: tuple[Source, ...]
    bindings: tuple[Binding, ...] = ()
    derived: bool = False
    """Some of its prefixes are taken from elsewhere in the configuration (`apply-path` of Junos)."""


class Undefined(msgspec.Struct, frozen=True):
    """A name that is used and that no statement defines."""

    kind: str
    """`access-list`, `prefix-list`, `route-map`, `object-group`, `view`, `class-map` ..."""
    name: str
    source: Source


class Acls(msgspec.Struct, frozen=True):
    """Access lists and prefix lists that are defined, where they are bound, and names without a definition."""

    lists: tuple[Acl, ...]
    prefix_lists: tuple[PrefixList, ...] = ()
    undefined: tuple[Undefined, ...] = ()
