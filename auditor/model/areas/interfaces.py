"""Interfaces, discovery protocols."""

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown


class Switchport(msgspec.Struct, frozen=True):
    """Layer-2 settings of a port."""

    mode: str = ""
    """`access`, `trunk`, `dynamic`, `hybrid`; empty where nothing is written."""
    negotiates: Setting[bool] = Unknown(Code.DEFAULT, "whether trunking is negotiated is not written")
    native_vlan: str = ""
    """Empty where nothing is written."""
    allowed_vlans: str = ""
    """In the device's words; empty where nothing is written, `all` where that is written."""
    access_vlan: str = ""


class Hardening(msgspec.Struct, frozen=True):
    """Per-interface switches; Unknown where neither a line nor a documented default tells."""

    redirects: Setting[bool] = Unknown(Code.DEFAULT, "not written")
    unreachables: Setting[bool] = Unknown(Code.DEFAULT, "not written")
    proxy_arp: Setting[bool] = Unknown(Code.DEFAULT, "not written")
    directed_broadcast: Setting[bool] = Unknown(Code.DEFAULT, "not written")


class Interface(msgspec.Struct, frozen=True):
    """An interface."""

    name: str
    source: Source
    addresses: tuple[str, ...] = ()
    """`address/length`, secondary ones included."""
    description: str = ""
    shutdown: bool = False
    vrf: str = ""
    sources: tuple[Source, ...] = ()
    """Lines that hold the addresses."""
    secondary: tuple[str, ...] = ()
    """Those of `addresses` that are secondary."""
    filters_in: tuple[Filter, ...] = ()
    filters_out: tuple[Filter, ...] = ()
    urpf: Setting[str] = Known("")
    """`strict`, `loose`, `feasible`; empty without a check of source addresses."""
    hardening: Hardening | None = None
    """None where the platform has none of these switches."""
    switchport: Switchport | None = None
    """None for a routed interface."""
    role: str = ""
    """`loopback`, `management`, `tunnel`, `vlan`, `bundle`, `bridge`, or empty for a plain port."""
    members: tuple[str, ...] = ()
    """Ports of a bundle or bridge; the bundle of a port is in `bundle`."""
    bundle: str = ""
    dynamic: bool = False
    """Gets an address by DHCP or PPP, or borrows that of another interface."""
    ports: tuple[str, ...] = ()
    """Ports that carry it, where its name does not tell."""
    filters_known: Setting[bool] = Known(True)
    """Unknown where filters of the interface stand in a document that was not collected."""
    instances: tuple[str, ...] = ()
    """Numbers of the service instances (Ethernet virtual circuits) that it carries."""


class Interfaces(msgspec.Struct, frozen=True):
    """Interfaces."""

    interfaces: tuple[Interface, ...]
    source_routing: Setting[bool] = Unknown(Code.CUT, "IP source routing is not read on this platform")
    """The device follows IP source routes."""


class DiscoverySetting(msgspec.Struct, frozen=True):
    """A discovery protocol: whether it runs, and where it differs."""

    protocol: str
    """`cdp`, `lldp`, `mndp`, `edp`."""
    enabled: Setting[bool]
    """On the device as a whole."""
    on: tuple[str, ...] = ()
    """Interfaces that say that they take part."""
    off: tuple[str, ...] = ()
    """Interfaces that say that they do not."""
    sources: tuple[Source, ...] = ()


class Discovery(msgspec.Struct, frozen=True):
    """Discovery protocols. One that is not listed does not exist on the platform."""

    protocols: tuple[DiscoverySetting, ...]
