"""Tunnels, overlays, IPsec and pseudowires."""

import msgspec

from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret


class Tunnel(msgspec.Struct, frozen=True):
    """A tunnel of any kind: an interface, an overlay, or a server that takes tunnels in."""

    name: str
    mode: str
    """`gre`, `mgre`, `ipip`, `6to4`, `ipsec`, `mpls-te`, `sr-te`, `vxlan`, `l2tp`, `l2tpv3`, `eoip`, `wireguard`,
    `openvpn`, `pptp`, `sstp`, `geneve`, `etherip`, `mpls-in-gre`, or the device's own word."""
    source: Source
    sources: tuple[Source, ...] = ()
    remote: str = ""
    """Address or name of the other end; empty where any may come (multipoint, server)."""
    local: str = ""
    remote_source: Source | None = None
    active: bool = True
    vrf: str = ""
    """VRF in which the packets of the tunnel travel."""
    protection: str = ""
    """IPsec profile that protects it."""
    secret: Secret | None = None
    server: bool = False
    """Takes tunnels in from whoever can authenticate."""
    nhrp: bool = False


class Tunnels(msgspec.Struct, frozen=True):
    """Tunnels."""

    tunnels: tuple[Tunnel, ...]


class IkePeer(msgspec.Struct, frozen=True):
    """A peer that an IKE or IPsec security association may be set up with."""

    name: str
    address: str
    """Address, prefix or name; empty for any."""
    source: Source
    sources: tuple[Source, ...] = ()
    any_peer: bool = False
    """A wildcard: whoever knows the key is accepted."""
    version: str = ""
    """`1`, `2`, or empty for either."""
    authentication: str = ""
    """`psk`, `certificate`, `eap` ..."""
    secret: Secret | None = None
    aggressive: Setting[bool] = Known(False)
    vrf: str = ""
    active: bool = True
    proposals: tuple[str, ...] = ()
    """Names of the proposals that it uses."""


class Proposal(msgspec.Struct, frozen=True):
    """Algorithms of an IKE or IPsec negotiation."""

    name: str
    kind: str
    """`ike` or `ipsec`."""
    sources: tuple[Source, ...]
    encryption: tuple[str, ...] = ()
    """`des`, `3des`, `aes-128-cbc`, `aes-256-gcm`, `null` ..."""
    integrity: tuple[str, ...] = ()
    """`md5`, `sha1`, `sha256` ..."""
    groups: tuple[str, ...] = ()
    """Diffie-Hellman groups as numbers in text."""
    used: bool = True
    default: str = ""
    """Citation, where some of the algorithms are not written and are the documented ones of the release."""


class Crypto(msgspec.Struct, frozen=True):
    """IKE and IPsec."""

    peers: tuple[IkePeer, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class Pseudowire(msgspec.Struct, frozen=True):
    """A layer-2 circuit towards another device."""

    name: str
    kind: str
    """`pseudowire`, `vpls`, `evpn`, `l2tpv3`, `mirror`, `local` (between two ports of this device)."""
    source: Source
    peer: str = ""
    """Address of the other device; empty where it is learned (BGP)."""
    id: str = ""
    attachments: tuple[str, ...] = ()
    """Interfaces or access points on this device."""
    sources: tuple[Source, ...] = ()
    active: bool = True


class Pseudowires(msgspec.Struct, frozen=True):
    """Layer-2 circuits and services."""

    circuits: tuple[Pseudowire, ...]
