"""Static routes, redirection by policy, address translation."""

import msgspec

from auditor.model.evidence import Source


class StaticRoute(msgspec.Struct, frozen=True):
    """A static route."""

    prefix: str
    next_hop: str
    """Address of the next hop; empty where only an interface is named."""
    interface: str
    source: Source
    vrf: str = ""
    discard: bool = False
    """A sink: Null0, discard, reject, blackhole."""
    next_vrf: str = ""
    """VRF in which the next hop is looked up, where it is another one (`global` for the default)."""
    name: str = ""
    active: bool = True


class Routes(msgspec.Struct, frozen=True):
    """Static routes."""

    static: tuple[StaticRoute, ...]


class Redirect(msgspec.Struct, frozen=True):
    """Policy that sends chosen traffic elsewhere (policy routing, filter-based forwarding, ABF, traffic policy)."""

    name: str
    target_kind: str
    """`interface`, `address`, `vrf`, `lsp` or `cache`."""
    target: str
    source: Source
    bound: tuple[Source, ...] = ()
    """Where it is applied; empty where it is defined and not used."""
    matches: tuple[str, ...] = ()
    """What chooses the traffic: names of lists or prefixes."""
    vrf: str = ""
    match_sources: tuple[Source, ...] = ()


class NextHopRewrite(msgspec.Struct, frozen=True):
    """Routing policy that gives a route another next hop."""

    policy: str
    next_hop: str
    source: Source
    triggers: tuple[str, ...] = ()
    """Communities, prefixes or lists that set it off."""
    discard: bool = False
    """The policy's own action is to discard."""
    bound: tuple[Source, ...] = ()


class Redirection(msgspec.Struct, frozen=True):
    """Redirection by policy, and routing policy that rewrites next hops."""

    redirects: tuple[Redirect, ...]
    rewrites: tuple[NextHopRewrite, ...] = ()
    flowspec: tuple[Source, ...] = ()
    """Lines that let FlowSpec rules from peers act on this device."""


class Translation(msgspec.Struct, frozen=True):
    """A rule of address translation, port forwarding or proxying."""

    kind: str
    """`source`, `static`, `port-forward`, `destination`, `proxy`."""
    source: Source
    inside: str = ""
    """Address or list of the inner side."""
    outside: str = ""
    protocol: str = ""
    inside_port: str = ""
    outside_port: str = ""
    interface: str = ""
    vrf: str = ""
    active: bool = True


class Nat(msgspec.Struct, frozen=True):
    """Address translation."""

    rules: tuple[Translation, ...]
