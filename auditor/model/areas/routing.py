"""Routing protocols: who speaks them, and what guards them."""

import msgspec

from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret


class KeyChain(msgspec.Struct, frozen=True):
    """A named list of keys."""

    name: str
    sources: tuple[Source, ...]
    secrets: tuple[Secret, ...] = ()
    algorithms: tuple[str, ...] = ()


class BgpNeighbor(msgspec.Struct, frozen=True):
    """A BGP neighbour with everything that it inherits from groups and templates."""

    address: str
    """Address, interface (unnumbered), or prefix (dynamic)."""
    source: Source
    remote_as: str = ""
    """AS number in text; `external` or `internal` where only that is written; empty where unknown."""
    local_as: str = ""
    vrf: str = ""
    group: str = ""
    description: str = ""
    authentication: Setting[str] = Known("")
    """`md5`, `tcp-ao`, `keychain`, `ipsec`; empty without."""
    secret: Secret | None = None
    ttl_security: Setting[bool] = Known(False)
    multihop: Setting[int] = Known(0)
    """Hops that are allowed; 0 where nothing is written."""
    prefix_limit: Setting[bool] = Known(False)
    policies_in: tuple[str, ...] = ()
    """Policies and lists for routes received; empty without."""
    policies_out: tuple[str, ...] = ()
    accepts_without_policy: Setting[bool] = Unknown(
        Code.DEFAULT, "whether routes are accepted where no policy stands is not known"
    )
    """Routes of an external neighbour are accepted where `policies_in` is empty."""
    families: tuple[str, ...] = ()
    """Address families that are active, in the device's words."""
    flowspec: bool = False
    dynamic: bool = False
    """Any peer of a prefix may connect."""
    active: bool = True
    sources: tuple[Source, ...] = ()
    """Every line that says something about it, inherited ones included."""

    @property
    def external(self) -> bool | None:
        """Whether the neighbour is of another AS; None where that is not written."""
        if self.remote_as in ("external", "internal"):
            return self.remote_as == "external"
        return self.remote_as != self.local_as if self.remote_as and self.local_as else None


class ProtocolAdjacency(msgspec.Struct, frozen=True):
    """A place where an interior, redundancy, label or multicast protocol talks to neighbours."""

    protocol: str
    """`ospf`, `ospfv3`, `isis`, `eigrp`, `rip`, `babel`, `hsrp`, `vrrp`, `glbp`, `ldp`, `rsvp`, `msdp`, `pim`, `bfd`."""
    where: str
    """Interface, area, peer or group."""
    source: Source
    instance: str = ""
    vrf: str = ""
    authentication: Setting[str] = Unknown(Code.CUT, "authentication of this protocol is not read on this platform")
    """`md5`, `sha`, `text`, `keychain`, `ipsec`; empty without."""
    secret: Secret | None = None
    passive: bool = False
    active: bool = True
    sources: tuple[Source, ...] = ()


class Routing(msgspec.Struct, frozen=True):
    """Routing protocols."""

    bgp: tuple[BgpNeighbor, ...] = ()
    adjacencies: tuple[ProtocolAdjacency, ...] = ()
    key_chains: tuple[KeyChain, ...] = ()
    validators: tuple[Source, ...] = ()
    """RPKI servers."""
