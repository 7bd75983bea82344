"""What the device says of itself, and to whoever knocks."""

import msgspec

from auditor.model.evidence import Code, Setting, Source, Unknown


class Banner(msgspec.Struct, frozen=True):
    """A text that is shown to people. `before_login` tells a legal notice from a message to those who are in."""

    kind: str
    """In the device's word: `motd`, `login`, `exec`, `message` ..."""
    before_login: bool
    source: Source
    empty: bool = False


class Feature(msgspec.Struct, frozen=True):
    """An optional feature that a statement switches on, in neutral words."""

    name: str
    """`get-vpn`, `dhcp-relay`, `bfd`, `login-block`, `bgp-evpn`, `cip`, `profinet`, `autonomic-networking`, `vpls`,
    `multicast-routing`."""
    sources: tuple[Source, ...]


class System(msgspec.Struct, frozen=True):
    """Identity beyond name and version, and the texts before login."""

    model: Setting[str] = Unknown(Code.VERSION, "the documents name no hardware model")
    """Hardware or virtual model in the vendor's words."""
    serial: Setting[str] = Unknown(Code.VERSION, "the documents name no serial number")
    banners: tuple[Banner, ...] = ()
    insecure_mode: Setting[bool] | None = None
    """A switch of the system that lets insecure services run (IOS-XE 26 `system mode insecure`); None where there is none."""
    features: Setting[tuple[Feature, ...]] = Unknown(Code.CUT, "optional features are not read on this platform")
    """Features that matter for published vulnerabilities and that no other area holds."""
